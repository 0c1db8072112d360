//! Areas of official geography: their codes, their types with vintage, and the words for them.

use std::fmt;

use geo_types::{MultiPolygon, Point};

use super::crs::Bng;

/// A nine-character code of the Government Statistical Service, such as `E01025965`.
///
/// One capital letter and eight digits; `parse` takes either case, `Display` prints capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode([u8; 9]);

/// What stands where an area code was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an area code (one letter and eight digits, such as E01025965), found {found:?}")]
pub struct AreaCodeError {
    /// The text as it was given, cut at 40 characters.
    pub found: String,
}

impl AreaCode {
    /// Makes a code from text; surrounding white space is dropped, letters may be of either case.
    ///
    /// # Errors
    /// When the text is not one letter followed by eight digits.
    pub fn parse(text: &str) -> Result<Self, AreaCodeError> {
        let trimmed = text.trim().as_bytes();
        let refusal = || AreaCodeError { found: text.chars().take(40).collect() };
        let mut code: [u8; 9] = trimmed.try_into().map_err(|_| refusal())?;
        code[0] = code[0].to_ascii_uppercase();
        if code[0].is_ascii_uppercase() && code[1..].iter().all(u8::is_ascii_digit) { Ok(Self(code)) } else { Err(refusal()) }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code holds ASCII letters and digits only")
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A level of official geography, smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaKind {
    /// Lower layer super output area.
    Lsoa,
    /// Middle layer super output area.
    Msoa,
    /// Electoral ward.
    Ward,
    /// Local authority district or unitary authority.
    Lad,
    /// County, or county and unitary authority.
    County,
    /// Sub-integrated-care-board location.
    SubIcb,
    /// Integrated care board.
    Icb,
}

impl AreaKind {
    /// Every kind, smallest first.
    pub const ALL: [Self; 7] = [Self::Lsoa, Self::Msoa, Self::Ward, Self::Lad, Self::County, Self::SubIcb, Self::Icb];

    /// The letters that stand before the vintage in an area type's id and in ONS column names (`LSOA11CD`).
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Lsoa => "lsoa",
            Self::Msoa => "msoa",
            Self::Ward => "wd",
            Self::Lad => "lad",
            Self::County => "cty",
            Self::SubIcb => "sicbl",
            Self::Icb => "icb",
        }
    }

    /// The plain English word for one area of this kind.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Lsoa => "neighbourhood",
            Self::Msoa => "community",
            Self::Ward => "ward",
            Self::Lad => "district",
            Self::County => "county",
            Self::SubIcb => "sub-ICB location",
            Self::Icb => "integrated care board",
        }
    }

    /// The plain English word for several areas of this kind.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Lsoa => "neighbourhoods",
            Self::Msoa => "communities",
            Self::Ward => "wards",
            Self::Lad => "districts",
            Self::County => "counties",
            Self::SubIcb => "sub-ICB locations",
            Self::Icb => "integrated care boards",
        }
    }

    /// What a reader should know about the size of an area of this kind.
    #[must_use]
    pub const fn note(self) -> &'static str {
        match self {
            Self::Lsoa => "about 1,500 people each",
            Self::Msoa => "about 8,000 people each",
            Self::Ward => "the areas that elect councillors",
            Self::Lad => "districts, boroughs, cities and unitary authorities",
            Self::County => "upper-tier authorities",
            Self::SubIcb => "the former clinical commissioning groups",
            Self::Icb => "the planners of health care",
        }
    }

    const fn abbreviation(self) -> &'static str {
        match self {
            Self::Lsoa => "LSOA",
            Self::Msoa => "MSOA",
            Self::Ward => "ward",
            Self::Lad => "local authority district",
            Self::County => "county",
            Self::SubIcb => "sub-ICB location",
            Self::Icb => "ICB",
        }
    }
}

/// A kind of area with the year of its boundaries, such as `lsoa11` or `lad24`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaType {
    /// The level.
    pub kind: AreaKind,
    /// The last two digits of the year of the boundaries: 11 for 2011.
    pub vintage: u8,
}

/// What stands where an area type was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an area type such as lsoa11, msoa21 or lad24, found {found:?}")]
pub struct AreaTypeError {
    /// The text as it was given, cut at 40 characters.
    pub found: String,
}

impl AreaType {
    /// Makes a type from letters and two digits, in either case; `wd` and `ward` both mean wards.
    ///
    /// # Errors
    /// When the letters are not those of a known kind or no two digits follow.
    pub fn parse(text: &str) -> Result<Self, AreaTypeError> {
        let refusal = || AreaTypeError { found: text.chars().take(40).collect() };
        let lower = text.trim().to_ascii_lowercase();
        let at = lower.find(|c: char| c.is_ascii_digit()).ok_or_else(refusal)?;
        let (letters, digits) = lower.split_at(at);
        let letters = if letters == "ward" { "wd" } else { letters };
        let kind = AreaKind::ALL.into_iter().find(|kind| kind.letters() == letters).ok_or_else(refusal)?;
        if digits.len() != 2 {
            return Err(refusal());
        }
        Ok(Self { kind, vintage: digits.parse().map_err(|_| refusal())? })
    }

    /// The year of the boundaries, four digits.
    #[must_use]
    pub fn year(self) -> u16 {
        2000 + u16::from(self.vintage)
    }

    /// The exact term: `LSOA (2011)`.
    #[must_use]
    pub fn exact_term(self) -> String {
        format!("{} ({})", self.kind.abbreviation(), self.year())
    }

    /// A heading for a list of such areas: `Neighbourhoods (LSOA, 2011)`.
    #[must_use]
    pub fn heading(self) -> String {
        let plural = self.kind.plural();
        let (first, rest) = plural.split_at(1);
        match self.kind {
            AreaKind::Lsoa | AreaKind::Msoa => format!("{}{rest} ({}, {})", first.to_uppercase(), self.kind.abbreviation(), self.year()),
            _ => format!("{}{rest} ({})", first.to_uppercase(), self.year()),
        }
    }
}

impl fmt::Display for AreaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:02}", self.kind.letters(), self.vintage)
    }
}

impl fmt::Debug for AreaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where the representative point of an area comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CentroidKind {
    /// Published by ONS, or the population-weighted mean of published ones.
    PopulationWeighted,
    /// A point inside the polygon, made because nothing was published.
    Geometric,
}

/// One area of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its official code.
    pub code: AreaCode,
    /// Its official name, such as `Melton 005A`.
    pub name: String,
    /// The name people use, such as the House of Commons Library's `Melton Mowbray West`.
    pub alias: Option<String>,
    /// The areas that contain it, smallest first.
    pub parents: Vec<(AreaType, AreaCode)>,
    /// Its polygons in the British National Grid, metres.
    pub geometry: Bng<MultiPolygon<f64>>,
    /// Its representative point in the British National Grid, metres.
    pub centroid: Bng<Point<f64>>,
    /// What kind of point that is.
    pub centroid_kind: CentroidKind,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_printed_and_read_again_is_the_same_code(text in "[A-Za-z][0-9]{8}") {
            let code = AreaCode::parse(&text).unwrap();
            prop_assert_eq!(AreaCode::parse(&code.to_string()).unwrap(), code);
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in ".{0,20}") {
            let _ = AreaCode::parse(&text);
            let _ = AreaType::parse(&text);
        }
    }

    #[test]
    fn an_area_type_printed_and_read_again_is_the_same_type() {
        for kind in AreaKind::ALL {
            let area_type = AreaType { kind, vintage: 21 };
            assert_eq!(AreaType::parse(&area_type.to_string()), Ok(area_type));
        }
        assert_eq!(AreaType::parse("ward24").unwrap().kind, AreaKind::Ward);
        assert!(AreaType::parse("lsoa").is_err());
        assert!(AreaType::parse("lsoa2011").is_err());
    }

    #[test]
    fn a_code_with_the_wrong_shape_is_refused_with_the_text_found() {
        let error = AreaCode::parse("E0102596").unwrap_err();
        assert!(error.to_string().contains("\"E0102596\""));
    }
}

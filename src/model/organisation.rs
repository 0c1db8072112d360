//! Organisations of health care: practices, hospitals and pharmacies, their codes, addresses and points.

use std::fmt;

use geo_types::Point;

use super::crs::Bng;

/// The longest code in use, that of a branch: a practice's six characters and three digits, with room for newer ones.
const LONGEST_CODE: usize = 12;

/// A code of the Organisation Data Service: `C82038` for a practice, `U25294` for a primary care network.
///
/// Capital letters and digits, 2 to 12 of them; `parse` takes either case, `Display` prints capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OdsCode {
    // Unused places hold 0, so that codes are ordered as their texts are.
    text: [u8; LONGEST_CODE],
    length: u8,
}

/// What stands where an ODS code was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an ODS code (2 to 12 letters and digits, such as C82038), found {found:?}")]
pub struct OdsCodeError {
    /// The text as it was given, cut at 40 characters.
    pub found: String,
}

impl OdsCode {
    /// Makes a code from text; surrounding white space is dropped, letters may be of either case.
    ///
    /// # Errors
    /// When the text is not made of 2 to 12 letters and digits.
    pub fn parse(text: &str) -> Result<Self, OdsCodeError> {
        let trimmed = text.trim().as_bytes();
        let plain = (2..=LONGEST_CODE).contains(&trimmed.len()) && trimmed.iter().all(u8::is_ascii_alphanumeric);
        let (true, Ok(length)) = (plain, u8::try_from(trimmed.len())) else {
            return Err(OdsCodeError { found: text.chars().take(40).collect() });
        };
        let mut code = [0; LONGEST_CODE];
        for (place, byte) in code.iter_mut().zip(trimmed) {
            *place = byte.to_ascii_uppercase();
        }
        Ok(Self { text: code, length })
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).expect("a code holds ASCII letters and digits only")
    }
}

impl fmt::Display for OdsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for OdsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How well a point is known; the map draws an approximate one as a soft ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// The place itself, as its publisher gives it.
    Exact,
    /// The middle of its postcode.
    Postcode,
    /// Placed by hand or taken from the middle of something larger.
    Approximate,
}

impl Precision {
    /// Every precision.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Postcode, Self::Approximate];

    /// The word in files and answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Postcode => "postcode",
            Self::Approximate => "approximate",
        }
    }

    /// Finds the precision with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precision| precision.id() == id)
    }
}

/// Where something is. What has no location is *not located*: it stands in tables and totals, never on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    /// The point, British National Grid, metres.
    pub point: Bng<Point<f64>>,
    /// How well it is known.
    pub precision: Precision,
}

/// Whether an organisation is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganisationStatus {
    /// At work.
    Active,
    /// Closed: `C` in the older files, `INACTIVE` in those since 2026.
    Closed,
    /// Open on paper, without activity.
    Dormant,
}

impl OrganisationStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::Closed, Self::Dormant];

    /// The word in files and answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Closed => "closed",
            Self::Dormant => "dormant",
        }
    }

    /// Finds the status with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == id)
    }
}

/// What every organisation has.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Its code.
    pub code: OdsCode,
    /// Its name, in the publisher's capitals or as people write it.
    pub name: String,
    /// Its address in one line, without the postcode.
    pub address: String,
    /// Its postcode, `LE13 1NX`.
    pub postcode: Option<String>,
    /// Whether it is at work.
    pub status: OrganisationStatus,
    /// Where it is.
    pub location: Option<Location>,
}

/// An organisation that another belongs to: a network, a commissioner.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Membership {
    /// Its code.
    pub code: OdsCode,
    /// Its name.
    pub name: String,
}

/// A general practice.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Code, name, address, point.
    pub organisation: Organisation,
    /// All patients registered with it, wherever they live; none where no register is held.
    pub list_size: Option<u32>,
    /// Its primary care network.
    pub pcn: Option<Membership>,
    /// Its commissioner: the sub-ICB location, once a clinical commissioning group.
    pub commissioner: Option<Membership>,
    /// Its other sites, sorted by code.
    pub branches: Vec<Organisation>,
}

/// A hospital.
#[derive(Debug, Clone, PartialEq)]
pub struct Hospital {
    /// Its ODS code in capitals, or its name in small letters and hyphens where no code is published.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `acute`, `community`, `mental health` … in the source's word; empty where it has none.
    pub kind: String,
    /// `NHS` or `independent`; empty where the source does not say.
    pub sector: String,
    /// Its address in one line, without the postcode.
    pub address: String,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Where it is.
    pub location: Option<Location>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_ods_code_printed_and_read_again_is_the_same_code(text in "[A-Za-z0-9]{2,12}") {
            let code = OdsCode::parse(&text).unwrap();
            prop_assert_eq!(OdsCode::parse(&code.to_string()).unwrap(), code);
        }

        #[test]
        fn codes_are_ordered_as_their_texts_are(a in "[A-Z0-9]{2,12}", b in "[A-Z0-9]{2,12}") {
            prop_assert_eq!(OdsCode::parse(&a).unwrap().cmp(&OdsCode::parse(&b).unwrap()), a.cmp(&b));
        }
    }

    #[test]
    fn what_is_no_ods_code_is_refused_with_the_text_found() {
        for text in ["", "C", "C82-38", "C820380000000", "Café1"] {
            assert!(OdsCode::parse(text).unwrap_err().to_string().contains(&format!("{text:?}")));
        }
    }
}

//! Postcodes and their points: what locates an organisation that has no point of its own. They are used at import and not kept.

use std::fmt;

use geo_types::{Point, Rect};

use crate::model::crs::Bng;

/// A postcode such as `LE13 1NX`, packed into eight bytes: letters and digits without the space, the rest 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode([u8; 8]);

impl Postcode {
    /// Reads a postcode with or without spaces, in either case: five to seven letters and digits, of which the last three are a
    /// digit and two letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut packed = [0; 8];
        let mut length = 0;
        for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
            if length == 7 || !byte.is_ascii_alphanumeric() {
                return None;
            }
            packed[length] = byte.to_ascii_uppercase();
            length += 1;
        }
        let (outward, inward) = packed[..length].split_at_checked(length.checked_sub(3)?)?;
        let formed = (2..=4).contains(&outward.len())
            && outward[0].is_ascii_uppercase()
            && matches!(inward, [digit, second, third] if digit.is_ascii_digit() && second.is_ascii_uppercase() && third.is_ascii_uppercase());
        formed.then_some(Self(packed))
    }

    fn as_text(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..length]).expect("a postcode holds ASCII letters and digits only")
    }

    /// The part before the space, `LE13`: a town or a part of one.
    #[must_use]
    pub fn outward(&self) -> &str {
        let text = self.as_text();
        &text[..text.len() - 3]
    }

    /// Whether it lies in Northern Ireland, the Channel Islands or the Isle of Man, which the British National Grid does not reach.
    #[must_use]
    pub fn off_the_grid(&self) -> bool {
        ["BT", "JE", "GY", "IM"].iter().any(|area| self.as_text().starts_with(area))
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (outward, inward) = self.as_text().split_at(self.outward().len());
        write!(f, "{outward} {inward}")
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A postcode with its point in whole metres, or without one; sixteen bytes, because there are 1.7 million.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    postcode: Postcode,
    // NaN where there is no point; whole metres of the grid are exact in 32 bits.
    easting: f32,
    northing: f32,
}

/// What is known of a postcode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PostcodePoint {
    /// Its point, British National Grid, metres.
    At(Bng<Point<f64>>),
    /// It exists or existed, but has no point.
    WithoutPoint,
    /// No file lists it.
    Unlisted,
}

/// Postcodes of one or several files, and the sources they come from.
#[derive(Debug, Clone, Default)]
pub struct Postcodes {
    /// Ids of the sources.
    pub sources: Vec<String>,
    sorted: Vec<Entry>,
}

impl Postcodes {
    /// Adds the postcodes of a file; a postcode that stands several times has the first point that is given for it.
    pub fn add(&mut self, source: &str, postcodes: impl IntoIterator<Item = (Postcode, Option<Bng<Point<f64>>>)>) {
        if !self.sources.iter().any(|known| known == source) {
            self.sources.push(source.to_owned());
        }
        self.sorted.extend(postcodes.into_iter().map(|(postcode, point)| entry(postcode, point)));
        // The sort is stable: of two points the one that was read first comes first.
        self.sorted.sort_by_key(|entry| (entry.postcode, entry.easting.is_nan()));
        self.sorted.dedup_by_key(|entry| entry.postcode);
        self.sorted.shrink_to_fit();
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether none were read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// What is known of a postcode.
    #[must_use]
    pub fn find(&self, postcode: Postcode) -> PostcodePoint {
        let Ok(at) = self.sorted.binary_search_by_key(&postcode, |entry| entry.postcode) else { return PostcodePoint::Unlisted };
        let Entry { easting, northing, .. } = self.sorted[at];
        if easting.is_nan() { PostcodePoint::WithoutPoint } else { PostcodePoint::At(Bng(Point::new(f64::from(easting), f64::from(northing)))) }
    }

    /// Whether a postcode's neighbours, those with the same part before the space, have a point within the rectangle.
    #[must_use]
    pub fn near(&self, postcode: Postcode, within: &Bng<Rect<f64>>) -> bool {
        let outward = postcode.outward();
        let from = self.sorted.partition_point(|entry| entry.postcode.as_text() < outward);
        let inside = |entry: &Entry| {
            let (x, y) = (f64::from(entry.easting), f64::from(entry.northing));
            let (min, max) = (within.0.min(), within.0.max());
            (min.x..=max.x).contains(&x) && (min.y..=max.y).contains(&y)
        };
        let beginning = self.sorted[from..].iter().take_while(|entry| entry.postcode.as_text().starts_with(outward));
        beginning.filter(|entry| entry.postcode.outward() == outward).any(inside)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole metres of the grid are exact in 32 bits")]
fn entry(postcode: Postcode, point: Option<Bng<Point<f64>>>) -> Entry {
    let (easting, northing) = point.map_or((f32::NAN, f32::NAN), |point| (point.0.x().round() as f32, point.0.y().round() as f32));
    Entry { postcode, easting, northing }
}

#[cfg(test)]
mod tests {
    use geo_types::coord;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_postcode_printed_and_read_again_is_the_same_postcode(text in "[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}") {
            let postcode = Postcode::parse(&text).unwrap();
            prop_assert_eq!(Postcode::parse(&postcode.to_string()), Some(postcode));
        }

        #[test]
        fn whole_metres_come_back_as_they_went_in(x in 0..700_000_u32, y in 0..1_300_000_u32) {
            let mut postcodes = Postcodes::default();
            let (postcode, point) = (Postcode::parse("LE131NX").unwrap(), Bng(Point::new(f64::from(x), f64::from(y))));
            postcodes.add("twin", [(postcode, Some(point))]);
            prop_assert_eq!(postcodes.find(postcode), PostcodePoint::At(point));
        }
    }

    #[test]
    fn spellings_of_one_postcode_are_one_and_what_is_none_is_refused() {
        for text in ["LE131NX", "le13 1nx", " LE13  1NX "] {
            assert_eq!(Postcode::parse(text).unwrap().to_string(), "LE13 1NX");
        }
        for text in ["", "1NX", "L1NX", "LE13", "LE13 1N1", "LE13 1NXX", "LE13-1NX", "13LE 1NX", "É13 1NX"] {
            assert_eq!(Postcode::parse(text), None, "{text}");
        }
        assert!(Postcode::parse("BT1 1AA").unwrap().off_the_grid() && !Postcode::parse("B1 1AA").unwrap().off_the_grid());
    }

    #[test]
    fn a_point_is_kept_over_none_and_the_first_over_the_second() {
        let at = |x: f64| Some(Bng(Point::new(x, 300_000.0)));
        let [a, b, c] = ["LE1 1AA", "LE1 1AB", "LE13 1AA"].map(|text| Postcode::parse(text).unwrap());
        let mut postcodes = Postcodes::default();
        postcodes.add("onspd", [(a, None), (b, at(1.0)), (c, None)]);
        postcodes.add("code-point", [(a, at(2.0)), (b, at(3.0))]);
        assert_eq!(postcodes.find(a), PostcodePoint::At(at(2.0).unwrap()));
        assert_eq!(postcodes.find(b), PostcodePoint::At(at(1.0).unwrap()));
        assert_eq!(postcodes.find(c), PostcodePoint::WithoutPoint);
        assert_eq!(postcodes.find(Postcode::parse("LE2 1AA").unwrap()), PostcodePoint::Unlisted);
        let within = |x: f64| Bng(Rect::new(coord! { x: x, y: 0.0 }, coord! { x: x + 5.0, y: 400_000.0 }));
        let unlisted = |text: &str| Postcode::parse(text).unwrap();
        assert!(postcodes.near(unlisted("LE1 9ZZ"), &within(0.0)) && !postcodes.near(unlisted("LE1 9ZZ"), &within(10.0)));
        assert!(!postcodes.near(unlisted("LE13 9ZZ"), &within(0.0)) && !postcodes.near(unlisted("L1 9ZZ"), &within(0.0)));
    }
}

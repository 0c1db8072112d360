//! Where organisations are: their own points, else those of their postcodes; and which of them concern the edition.

use geo::BoundingRect;
use geo_types::{Coord, Rect, coord};

use super::postcodes::{Postcode, PostcodePoint, Postcodes};
use super::report::{Finding, Report, Severity};
use super::row::RowPlace;
use crate::model::crs::Bng;
use crate::model::edition::AreaLayer;
use crate::model::organisation::{Location, Precision};

/// Locates organisations and knows how far the edition reaches.
pub struct Locating<'a> {
    postcodes: &'a Postcodes,
    extent: Option<Rect<f64>>,
    without_postcodes: usize,
}

impl<'a> Locating<'a> {
    /// With the postcodes that were read, for an edition of these areas.
    #[must_use]
    pub fn new(postcodes: &'a Postcodes, layers: &[AreaLayer]) -> Self {
        let rects = layers.first().into_iter().flat_map(|layer| &layer.areas).filter_map(|area| area.geometry.inner().bounding_rect());
        let around = |a: Rect<f64>, b: Rect<f64>| {
            let (low, high) = ((a.min(), b.min()), (a.max(), b.max()));
            Rect::new(coord! { x: low.0.x.min(low.1.x), y: low.0.y.min(low.1.y) }, coord! { x: high.0.x.max(high.1.x), y: high.0.y.max(high.1.y) })
        };
        Self { postcodes, extent: rects.reduce(around), without_postcodes: 0 }
    }

    /// The location of what stands in `place`: its own, else that of its postcode; `postcode` gets its usual spelling.
    /// What cannot be located becomes a finding.
    pub fn locate(&mut self, code: &str, place: &RowPlace, own: Option<Location>, postcode: &mut Option<String>, report: &mut Report) -> Option<Location> {
        let parsed = postcode.as_deref().map(|text| (text.to_owned(), Postcode::parse(text)));
        if let Some((_, Some(usual))) = parsed {
            *postcode = Some(usual.to_string());
        }
        if own.is_some() {
            return own;
        }
        let why = match parsed {
            None => "it has no postcode".to_owned(),
            Some((text, None)) => format!("{text:?} is no postcode"),
            Some(_) if self.postcodes.is_empty() => {
                self.without_postcodes += 1;
                return None;
            }
            Some((_, Some(postcode))) => match self.postcodes.find(postcode) {
                PostcodePoint::At(point) => return Some(Location { point, precision: Precision::Postcode }),
                PostcodePoint::WithoutPoint => format!("its postcode {postcode} has no point"),
                PostcodePoint::Unlisted => format!("no file of postcodes lists {postcode}"),
            },
        };
        report.add(place.finding(Severity::Warning, "postcode-without-point", format!("{code} is not located: {why}")));
        None
    }

    /// Whether an organisation lies in the edition or at most so many kilometres from its extent. One whose postcode has no point
    /// concerns the edition if the postcodes round it do.
    #[must_use]
    pub fn concerns(&self, own: Option<Location>, postcode: Option<&str>, within_km: f64) -> bool {
        let Some(extent) = self.extent else { return false };
        let reach = Coord { x: within_km * 1000.0, y: within_km * 1000.0 };
        let reached = Rect::new(extent.min() - reach, extent.max() + reach);
        let inside = |location: Location| {
            let (point, min, max) = (location.point.0, reached.min(), reached.max());
            (min.x..=max.x).contains(&point.x()) && (min.y..=max.y).contains(&point.y())
        };
        if let Some(own) = own {
            return inside(own);
        }
        let Some(postcode) = postcode.and_then(Postcode::parse) else { return false };
        match self.postcodes.find(postcode) {
            PostcodePoint::At(point) => inside(Location { point, precision: Precision::Postcode }),
            PostcodePoint::WithoutPoint | PostcodePoint::Unlisted => self.postcodes.near(postcode, &Bng(reached)),
        }
    }

    /// Says once how many organisations could not be located because no postcodes were read.
    pub fn finish(self, report: &mut Report) {
        if self.without_postcodes > 0 {
            let message = format!("not located, because they have no point of their own and the recipe reads no postcodes: {}", self.without_postcodes);
            report.add(Finding::of_file(Severity::Warning, "no-postcodes", "", message));
        }
    }
}

//! Bands of a travel map: round minutes or kilometres that two maps can share, or fifths of the areas shown.

use super::basis::By;
use crate::model::measure::number_text;
use crate::model::style::{Colour, Scheme};
use crate::query::classes::AreasAndPeople;
use crate::statistics::classes::quantile_edges;

/// Which bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BandKind {
    /// Round numbers, the same on every map.
    #[default]
    Standard,
    /// Fifths of the areas shown.
    Local,
}

impl BandKind {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Local];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Local => "local",
        }
    }

    /// Finds it by its word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// The limits of the standard bands.
#[must_use]
pub const fn standard_limits(by: By) -> [f64; 6] {
    match by {
        By::Minutes => [10.0, 15.0, 20.0, 30.0, 45.0, 60.0],
        By::Kilometres => [2.0, 5.0, 10.0, 15.0, 20.0, 30.0],
    }
}

/// One band.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its range in words: `up to 10 minutes`.
    pub label: String,
    /// Its least value; of standard bands the limit below it, which is not part of it.
    pub min: Option<f64>,
    /// Its greatest value.
    pub max: Option<f64>,
    /// Its colour, darker from band to band.
    pub colour: Colour,
    /// Areas and people in it.
    pub held: AreasAndPeople,
}

/// The bands of a map, nearest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Which.
    pub kind: BandKind,
    /// The bands.
    pub classes: Vec<Band>,
    /// Areas that no site reaches.
    pub missing: AreasAndPeople,
    /// Of standard bands their upper limits, which belong to them; of local ones the least values of all but the first.
    limits: Vec<f64>,
}

impl Bands {
    /// Puts areas into bands: values (none where not reached) with the people of each area.
    #[must_use]
    pub fn of(kind: BandKind, by: By, rows: &[(Option<f64>, f64)]) -> Self {
        let values: Vec<f64> = rows.iter().filter_map(|(value, _)| *value).collect();
        let limits = match kind {
            BandKind::Standard => standard_limits(by).to_vec(),
            BandKind::Local => quantile_edges(&values, 5),
        };
        let colours = Scheme::YellowGreenBlue.colours(limits.len() + 1).into_iter();
        let classes = colours.map(|colour| Band { label: String::new(), min: None, max: None, colour, held: AreasAndPeople::default() }).collect();
        let mut bands = Self { kind, classes, missing: AreasAndPeople::default(), limits };
        for (value, people) in rows {
            let band = value.map(|value| bands.band_of(value));
            let held = band.map_or(&mut bands.missing, |band| &mut bands.classes[band].held);
            held.areas += 1;
            held.people += people;
        }
        bands.name(by, &values);
        bands
    }

    /// The band of a value, 0 the nearest.
    #[must_use]
    pub fn band_of(&self, value: f64) -> usize {
        match self.kind {
            BandKind::Standard => self.limits.partition_point(|limit| *limit < value),
            BandKind::Local => self.limits.partition_point(|limit| *limit <= value),
        }
    }

    fn name(&mut self, by: By, values: &[f64]) {
        let unit = if by == By::Minutes { "minutes" } else { "km" };
        for at in 0..self.classes.len() {
            let (below, above) = (at.checked_sub(1).map(|at| self.limits[at]), self.limits.get(at).copied());
            let (label, min, max) = match self.kind {
                BandKind::Standard => match (below, above) {
                    (None, above) => (format!("up to {} {unit}", text(above.unwrap_or(f64::NAN))), None, above),
                    (Some(below), Some(above)) => (format!("over {} to {} {unit}", text(below), text(above)), Some(below), Some(above)),
                    (Some(below), None) => (format!("over {} {unit}", text(below)), Some(below), None),
                },
                BandKind::Local => {
                    let own = values.iter().copied().filter(|value| self.band_of(*value) == at);
                    let (min, max) = own.fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), value| (min.min(value), max.max(value)));
                    if min > max { ("no area".to_owned(), None, None) } else { (format!("{} to {} {unit}", text(min), text(max)), Some(min), Some(max)) }
                }
            };
            let class = &mut self.classes[at];
            (class.label, class.min, class.max) = (label, min, max);
        }
    }
}

/// A number without idle decimals.
#[must_use]
pub fn text(value: f64) -> String {
    let plain = number_text(value, 2);
    if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.').to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_belongs_to_the_band_that_it_ends() {
        let rows = [(Some(10.0), 100.0), (Some(10.1), 50.0), (Some(75.0), 5.0), (None, 7.0)];
        let bands = Bands::of(BandKind::Standard, By::Minutes, &rows);
        let words: Vec<String> = bands.classes.iter().map(|band| format!("{}: {}", band.label, band.held.people)).collect();
        assert_eq!(
            words,
            [
                "up to 10 minutes: 100",
                "over 10 to 15 minutes: 50",
                "over 15 to 20 minutes: 0",
                "over 20 to 30 minutes: 0",
                "over 30 to 45 minutes: 0",
                "over 45 to 60 minutes: 0",
                "over 60 minutes: 5"
            ]
        );
        assert_eq!((bands.missing.areas, bands.missing.people), (1, 7.0));
    }

    #[test]
    fn local_bands_are_fifths_of_the_areas_and_print_what_they_hold() {
        let rows: Vec<(Option<f64>, f64)> = (1..=10).map(|n| (Some(f64::from(n) * 1.5), 1.0)).collect();
        let bands = Bands::of(BandKind::Local, By::Kilometres, &rows);
        assert!(bands.classes.iter().all(|band| band.held.areas == 2));
        assert_eq!((bands.classes[0].label.as_str(), bands.classes[4].label.as_str()), ("1.5 to 3 km", "13.5 to 15 km"));
        assert!(bands.classes.windows(2).all(|pair| pair[0].colour.luminance() > pair[1].colour.luminance()));
    }
}

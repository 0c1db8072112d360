//! The classes in which a catchment's areas are shaded: round edges, words and colours for map, key and table.

use super::{Catchment, CatchmentArea};
use crate::model::measure::number_text;
use crate::model::style::{CATCHMENT_COLOURS, Colour};

/// Edges of shares of a neighbourhood: they have a scale of their own, whatever the practice.
const AREA_SHARE_EDGES: [f64; 4] = [0.1, 0.25, 0.5, 0.75];

/// What a catchment's areas are shaded by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShadeBy {
    /// How many patients live in each.
    #[default]
    Patients,
    /// Which share of the list that is.
    ShareOfPractice,
    /// Which share that is of everybody registered there.
    ShareOfArea,
}

impl ShadeBy {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::Patients, Self::ShareOfPractice, Self::ShareOfArea];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Patients => "patients",
            Self::ShareOfPractice => "share-of-practice",
            Self::ShareOfArea => "share-of-area",
        }
    }

    /// The head of the key.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Patients => "Patients",
            Self::ShareOfPractice => "Share of the list",
            Self::ShareOfArea => "Share of the neighbourhood",
        }
    }

    /// What it says of each neighbourhood.
    #[must_use]
    pub const fn note(self) -> &'static str {
        match self {
            Self::Patients => "How many patients of the practice live in each neighbourhood.",
            Self::ShareOfPractice => "Of all its patients, how many in a hundred live in each neighbourhood.",
            Self::ShareOfArea => "Of all people registered anywhere who live there, how many in a hundred are patients of the practice.",
        }
    }
}

/// One class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shade {
    /// The range in words: `50 to 99`.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// Areas in it.
    pub areas: usize,
}

/// The classes of a catchment, from the most to the least.
#[derive(Debug, Clone, PartialEq)]
pub struct Shading {
    /// By what.
    pub by: ShadeBy,
    /// The classes.
    pub shades: Vec<Shade>,
    /// Areas with patients of whom no number may be printed.
    pub withheld: usize,
    /// Least values, ascending; the first is 0.
    edges: Vec<f64>,
    list_size: Option<f64>,
}

impl Shading {
    /// The shading of a catchment; none where there are no patients to shade by: a shape without a practice.
    #[must_use]
    pub fn of(catchment: &Catchment<'_>, list_size: Option<f64>, by: ShadeBy) -> Option<Self> {
        if catchment.asked.is_empty() || catchment.register.is_none() {
            return None;
        }
        let values: Vec<f64> = catchment.areas.iter().filter_map(|area| value(catchment, area, list_size, by)).collect();
        let edges = match by {
            ShadeBy::ShareOfArea => AREA_SHARE_EDGES.to_vec(),
            ShadeBy::Patients => round_edges(&values, 1.0),
            ShadeBy::ShareOfPractice => round_edges(&values, 0.0),
        };
        let edges: Vec<f64> = [0.0].into_iter().chain(edges).collect();
        let last = edges.len() - 1;
        let shades = (0..edges.len()).rev().map(|at| {
            // Few classes take colours from all over the scheme.
            let colour = CATCHMENT_COLOURS[((last - at) * 8 + last) / (2 * last.max(1))];
            let label = label(by, (at > 0).then(|| edges[at]), edges.get(at + 1).copied());
            Shade { label, colour, areas: values.iter().filter(|value| class_of(&edges, **value) == at).count() }
        });
        let shades = shades.collect();
        let withheld = catchment.areas.iter().filter(|area| area.withheld && !has_patients(area)).count();
        Some(Self { by, shades, withheld, edges, list_size })
    }

    /// The class of an area as a position in `shades`: none where its number is withheld or nobody there is a patient.
    #[must_use]
    pub fn class_of(&self, catchment: &Catchment<'_>, area: &CatchmentArea) -> Option<usize> {
        let value = value(catchment, area, self.list_size, self.by)?;
        Some(self.edges.len() - 1 - class_of(&self.edges, value))
    }
}

/// Whether a number of patients may be printed: none and too few are said in words.
#[must_use]
pub fn has_patients(area: &CatchmentArea) -> bool {
    area.patients.is_some_and(|patients| patients > 0.0)
}

/// Patients of an area as a count or a share; none where there are none that may be printed.
#[must_use]
pub fn value(catchment: &Catchment<'_>, area: &CatchmentArea, list_size: Option<f64>, by: ShadeBy) -> Option<f64> {
    let patients = area.patients.filter(|patients| *patients > 0.0)?;
    let of = |all: f64| if all > 0.0 { patients / all } else { 0.0 };
    Some(match by {
        ShadeBy::Patients => patients,
        ShadeBy::ShareOfPractice => of(list_size.unwrap_or(0.0)),
        ShadeBy::ShareOfArea => of(catchment.register.map_or(0.0, |register| f64::from(register.registered(area.place as usize)) * area.weight)),
    })
}

fn class_of(edges: &[f64], value: f64) -> usize {
    edges.iter().rposition(|edge| value >= *edge).unwrap_or(0)
}

/// The largest of 1, 2, 2.5, 5, 10, … that is not above a value.
fn step(value: f64) -> f64 {
    let size = 10_f64.powf(value.log10().floor());
    let fitting = [5.0, 2.5, 2.0, 1.0].into_iter().find(|each| each * size <= value * 1.0001);
    to_digits(fitting.unwrap_or(1.0) * size, 3)
}

/// A number with so many digits that count.
fn to_digits(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

/// Edges near the fifths of the values, rounded to numbers that people can say, going up, without the ends.
fn round_edges(values: &[f64], smallest: f64) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some((low, high)) = sorted.first().copied().zip(sorted.last().copied()).filter(|(low, high)| high > low) else { return Vec::new() };
    let unit = step((high - low) / 12.0).max(smallest);
    let mut edges: Vec<f64> = (1..5).map(|fifth| to_digits((sorted[fifth * sorted.len() / 5] / unit).round() * unit, 6)).collect();
    edges.dedup();
    edges.retain(|edge| *edge > low && *edge <= high);
    edges
}

fn per_cent(share: f64) -> String {
    let hundredth = share * 100.0;
    let whole = (hundredth * 1e6).round() % 1e6 == 0.0;
    format!("{}%", number_text(hundredth, u8::from(!whole)))
}

fn label(by: ShadeBy, low: Option<f64>, high: Option<f64>) -> String {
    let count = by == ShadeBy::Patients;
    let whole = |number: f64| number_text(number, 0);
    match (low, high) {
        (None, None) if count => "All with patients".to_owned(),
        (None, None) => "All".to_owned(),
        (None, Some(high)) if count => format!("Fewer than {}", whole(high)),
        (None, Some(high)) => format!("Under {}", per_cent(high)),
        (Some(low), None) if count => format!("{} or more", whole(low)),
        (Some(low), None) => format!("{} or more", per_cent(low)),
        (Some(low), Some(high)) if !count => format!("{} to under {}", per_cent(low), per_cent(high)),
        (Some(low), Some(high)) if high - 1.0 <= low => whole(low),
        (Some(low), Some(high)) => format!("{} to {}", whole(low), whole(high - 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: [f64; 10] = [1870.0, 1640.0, 1500.0, 1420.0, 1200.0, 900.0, 350.0, 120.0, 40.0, 5.0];

    #[test]
    fn edges_are_numbers_that_people_can_say() {
        assert_eq!(round_edges(&COUNTS, 1.0), [100.0, 900.0, 1400.0, 1600.0]);
        assert!(round_edges(&[7.0, 7.0, 7.0], 0.0).is_empty());
        assert!(round_edges(&[], 0.0).is_empty());
    }

    #[test]
    fn ranges_of_counts_end_before_the_next_begins_and_shares_say_under() {
        let words = |by| [(None, Some(100.0)), (Some(100.0), Some(900.0)), (Some(900.0), None), (None, None)].map(|(low, high)| label(by, low, high));
        assert_eq!(words(ShadeBy::Patients), ["Fewer than 100", "100 to 899", "900 or more", "All with patients"]);
        assert_eq!(label(ShadeBy::ShareOfArea, Some(0.1), Some(0.25)), "10% to under 25%");
        assert_eq!(label(ShadeBy::ShareOfPractice, None, Some(0.025)), "Under 2.5%");
        assert_eq!(label(ShadeBy::Patients, Some(5.0), Some(6.0)), "5");
    }
}

//! What a reader must know of times: on which basis they stand, how many of each, with which error.

use super::basis::{By, Leg, Times};
use super::by_timetable::ByTimetable;
use super::estimate;
use super::places::Places;
use crate::model::measure::number_text;
use crate::model::travel::Basis;

/// How many areas (or pairs) and people stand on one basis.
#[derive(Debug, Clone, PartialEq)]
pub struct BasisCount {
    /// The basis.
    pub basis: Basis,
    /// Areas, or pairs.
    pub areas: usize,
    /// People in them.
    pub people: f64,
    /// Its error or meaning in words.
    pub words: String,
    /// The id of its source, where it has one.
    pub source: Option<String>,
}

/// Counts journeys by basis, one at a time.
#[derive(Debug, Clone, Default)]
pub struct Counting {
    /// Journeys and people, in the order of [`Basis::ALL`].
    counts: [(usize, f64); 3],
    far: bool,
}

impl Counting {
    /// Counts a journey with the people who make it; no journey is not counted.
    pub fn add(&mut self, leg: &Leg, people: f64) {
        if leg.minutes.is_finite() {
            let (journeys, all) = &mut self.counts[leg.basis as usize];
            *journeys += 1;
            *all += people;
            self.far |= leg.basis == Basis::Estimate && f64::from(leg.kilometres) > estimate::FAR_KM;
        }
    }

    /// What was counted, firmest first.
    #[must_use]
    pub fn counts(&self, times: &Times<'_>) -> Vec<BasisCount> {
        let one = |(basis, (areas, people)): (Basis, (usize, f64))| {
            let table = times.table().filter(|_| basis == Basis::Published);
            let words = match basis {
                Basis::Network if times.timetable().is_some() => times.timetable().map(ByTimetable::words).unwrap_or_default(),
                Basis::Network => "worked out on the edition's road network".to_owned(),
                Basis::Published => table.map(|table| format!("published, {}", table.note)).unwrap_or_default(),
                Basis::Estimate if times.how().by == By::Kilometres => "the straight line, not the road".to_owned(),
                Basis::Estimate => format!("estimated from the straight line, {}", estimate::error_words(self.far)),
            };
            BasisCount { basis, areas, people, words, source: table.map(|table| table.source.clone()).or_else(|| Some(times.timetable()?.source().to_owned())) }
        };
        Basis::ALL.into_iter().zip(self.counts).filter(|(_, (areas, _))| *areas > 0).map(one).collect()
    }
}

/// The notes that go with counted journeys; `what` says what is counted.
#[must_use]
pub fn of_counts(counts: &[BasisCount], what: &str, times: &Times<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if counts.len() > 1 {
        let parts: Vec<String> = counts.iter().map(|count| format!("{} {}", number(count.areas), count.words)).collect();
        notes.push(format!("Times of different kinds stand side by side, of {what}: {}.", parts.join("; ")));
    }
    if times.how().by == By::Kilometres && counts.iter().any(|count| count.basis == Basis::Estimate) {
        notes.push("Kilometres are those of the straight line, because this edition holds no road network; roads are longer.".to_owned());
    } else if counts.iter().any(|count| count.basis == Basis::Estimate) {
        notes.push(format!("Estimated: {}. It knows no roads, rivers or traffic.", estimate::FORMULA));
        notes.push("Kilometres are those of the straight line.".to_owned());
    } else if times.timetable().is_some() || counts.iter().any(|count| count.basis == Basis::Published) {
        notes.push("Kilometres are those of the straight line.".to_owned());
    }
    notes
}

/// That some of the places named have no point.
#[must_use]
pub fn not_located(places: &Places) -> Option<String> {
    let many = places.not_located.len();
    let first: Vec<&str> = places.not_located.iter().take(5).map(String::as_str).collect();
    let more = if many > first.len() { " and others" } else { "" };
    (many > 0).then(|| format!("Not located, so left out: {}{more} ({many} in all).", first.join(", ")))
}

/// The ids of the sources of the times that were counted.
#[must_use]
pub fn sources(counts: &[BasisCount]) -> Vec<String> {
    counts.iter().filter_map(|count| count.source.clone()).collect()
}

fn number(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of areas and pairs lie far below 2^53")]
    number_text(count as f64, 0)
}

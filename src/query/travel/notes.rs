//! What a reader must know of times: on which basis they stand, how many of each, with which error.

use super::basis::{By, Leg, Times};
use super::estimate;
use super::places::{Place, Places};
use crate::model::measure::number_text;
use crate::model::travel::{Basis, Mode, TimeOfDay};

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
                Basis::Network => network_words(times),
                Basis::Published => table.map(|table| format!("published, {}", table.note)).unwrap_or_default(),
                Basis::Estimate if times.how().by == By::Kilometres => "measured along the straight line, not the road".to_owned(),
                Basis::Estimate => format!("estimated from the straight line, {}", estimate::error_words(self.far)),
            };
            let roads = times.roads().filter(|_| basis == Basis::Network);
            BasisCount { basis, areas, people, words, source: table.map(|table| table.source.clone()).or(roads.map(|roads| roads.source().to_owned())) }
        };
        Basis::ALL.into_iter().zip(self.counts).filter(|(_, (areas, _))| *areas > 0).map(one).collect()
    }
}

/// `worked out on the road network at off-peak speeds (British roads, 2026)`.
fn network_words(times: &Times<'_>) -> String {
    let table = times.roads().map(|roads| roads.speeds().name.as_str()).unwrap_or_default();
    let speeds = match (times.how().mode, times.how().time) {
        (Mode::Car, TimeOfDay::FreeFlow) => "at the speeds of empty roads",
        (Mode::Car, TimeOfDay::OffPeak) => "at speeds between the peaks",
        (Mode::Car, TimeOfDay::MorningPeak) => "at speeds of the morning peak",
        _ => "at even speeds",
    };
    format!("worked out on the road network {speeds} ({table})")
}

/// That some of the places lie too far from any road of the mode.
#[must_use]
pub fn off_road(times: &Times<'_>, places: &[Place]) -> Option<String> {
    times.roads()?;
    let off: Vec<&str> = places.iter().filter(|place| place.snap_metres.is_none()).map(|place| place.name.as_str()).collect();
    let first = off.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let more = if off.len() > 5 { format!(" and {} others", off.len() - 5) } else { String::new() };
    let so = if times.can_be_estimated() { "their times are published or estimated" } else { "no journey to them is known" };
    (!off.is_empty()).then(|| format!("Not near any road of this edition's network, so {so}: {first}{more}."))
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
        notes.push("Kilometres that are called estimates are those of the straight line, because no road is known here; roads are longer.".to_owned());
    } else if counts.iter().any(|count| count.basis == Basis::Estimate) {
        notes.push(format!("Estimated: {}. It knows no roads, rivers or traffic.", estimate::FORMULA));
        notes.push("Kilometres beside published and estimated times are those of the straight line.".to_owned());
    } else if counts.iter().any(|count| count.basis == Basis::Published) {
        notes.push("Kilometres beside published and estimated times are those of the straight line.".to_owned());
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

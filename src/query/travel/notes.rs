//! What a reader must know of times: on which basis they stand, how many of each, with which error.

use super::basis::{By, Leg, Times};
use super::by_timetable::ByTimetable;
use super::change::Change;
use super::estimate;
use super::places::{Place, Places};
use crate::model::measure::number_text;
use crate::model::travel::{Basis, Mode, TimeOfDay};
use crate::store::Roads;

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
                Basis::Network => times.timetable().map_or_else(|| network_words(times), ByTimetable::words),
                Basis::Published => table.map(|table| format!("published, {}", table.note)).unwrap_or_default(),
                Basis::Estimate if times.how().by == By::Kilometres => "measured along the straight line, not the road".to_owned(),
                Basis::Estimate => format!("estimated from the straight line, {}", estimate::error_words(self.far)),
            };
            let roads = times.roads().filter(|_| basis == Basis::Network).map(Roads::source);
            let source = table.map(|table| table.source.as_str()).or(roads).or_else(|| Some(times.timetable()?.source()));
            BasisCount { basis, areas, people, words, source: source.map(str::to_owned) }
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
    }
    notes
}

/// Which kilometres stand beside times that no road was asked for; for answers that give kilometres.
#[must_use]
pub fn of_kilometres(counts: &[BasisCount], times: &Times<'_>) -> Option<String> {
    if times.how().by == By::Kilometres {
        None
    } else if times.timetable().is_some() {
        Some("Kilometres are those of the straight line.".to_owned())
    } else {
        let without_road = counts.iter().any(|count| count.basis != Basis::Network);
        without_road.then(|| "Kilometres beside published and estimated times are those of the straight line.".to_owned())
    }
}

/// That some areas lie too far from any road to be counted in shapes that follow the roads.
#[must_use]
pub fn areas_off_the_roads(times: &Times<'_>, places: &[Place]) -> Option<String> {
    let (mut areas, mut people) = (0, 0.0);
    for area in times.areas_off_the_roads() {
        areas += 1;
        people += times.layer().population_at(area).unwrap_or(0.0);
    }
    let on_roads = places.iter().filter(|place| times.on_a_road(place).is_some()).count();
    if areas == 0 || on_roads == 0 {
        return None;
    }
    let kind = times.layer().area_type().kind;
    let (kind, lie, they) = if areas == 1 { (kind.singular(), "lies", "it is") } else { (kind.plural(), "lie", "they are") };
    let counted = if on_roads == places.len() { "not counted" } else { "counted only around places that are far from any road too" };
    let (areas, people) = (number(areas), number_text(people, 0));
    Some(format!("{areas} {kind} with {people} residents {lie} where this edition holds no roads: {they} {counted}, and the shape ends where the roads end."))
}

/// That times before and after a site was added are not the firmest that are known, so that like is compared with like.
#[must_use]
pub fn one_yardstick(firmest: &Times<'_>, used: &Times<'_>, sites: &[Place]) -> Option<String> {
    let roads_left = firmest.roads().is_some() && used.roads().is_none();
    let published_left = used.roads().is_none() && sites.iter().any(|site| firmest.is_published(site));
    let reason = match (roads_left, published_left) {
        (true, _) => "because not every site is near a road of this edition's network",
        (false, true) => "because no times to a new site are published",
        (false, false) => return None,
    };
    let what =
        if used.how().by == By::Kilometres { "kilometres before and after are all of the straight line" } else { "times before and after are all estimated" };
    Some(format!("To compare like with like, {what}, {reason}."))
}

/// That some of the people to whom an added site is the nearest reached none before.
#[must_use]
pub fn newly_reached(change: &Change) -> Option<String> {
    let people = number_text(change.newly_reached, 0);
    (change.newly_reached > 0.0).then(|| {
        format!("Of those to whom the added site is the nearest, {people} people had no known journey before; they are not in what is saved on average.")
    })
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

//! What one more site would change: who would have a shorter journey, and how many more people would be within reach.

use super::basis::{By, Leg};
use super::within::{Quintiles, Reached, Spread};

/// What a site changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// People for whom it is the nearest.
    pub people: f64,
    /// Areas for which it is the nearest.
    pub areas: usize,
    /// Those of them who had no known journey before.
    pub newly_reached: f64,
    /// What the others save on average, minutes or kilometres; none where there are none.
    pub saved_mean: Option<f64>,
    /// Everybody before and after.
    pub all: [Spread; 2],
    /// The people for whom it is the nearest, by national fifth of deprivation, most deprived first; none without deciles.
    pub by_quintile: Option<[Gain; 5]>,
}

/// What a site changes for a group of people.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gain {
    /// Those for whom it is the nearest.
    pub people: f64,
    /// Those of them who had a journey before.
    pub savers: f64,
    /// What those save together, minutes or kilometres times people.
    pub saved: f64,
    /// People within each limit before and after.
    pub within: [Vec<f64>; 2],
}

/// Compares journeys before and after a site was added; `nearer` says for which areas it is the nearest.
#[must_use]
pub fn change(before: &Reached<'_>, after: &Reached<'_>, nearer: impl Fn(usize) -> bool) -> Change {
    let people = |place: usize| before.layer.population_at(place).unwrap_or(0.0);
    let saved = |place: usize| before.values[place].zip(after.values[place]).map(|(before, after)| before - after);
    let gained: Vec<usize> = before.members.iter().copied().filter(|&place| nearer(place)).collect();
    let all_gained: f64 = gained.iter().map(|&place| people(place)).sum();
    let savings: Vec<(usize, f64)> = gained.iter().filter_map(|&place| Some((place, saved(place)?))).collect();
    let savers: f64 = savings.iter().map(|&(place, _)| people(place)).sum();
    let all_saved: f64 = savings.iter().map(|&(place, saved)| people(place) * saved).sum();
    let by_quintile = Quintiles::of(before.store, before.layer).map(|quintiles| {
        let mut gains: [Gain; 5] = Default::default();
        for &place in &gained {
            if let Some(fifth) = quintiles.at(place) {
                gains[fifth].people += people(place);
            }
        }
        for &(place, saved) in &savings {
            if let Some(fifth) = quintiles.at(place) {
                gains[fifth].savers += people(place);
                gains[fifth].saved += people(place) * saved;
            }
        }
        let (earlier, later) = (before.by_quintile().unwrap_or_default(), after.by_quintile().unwrap_or_default());
        for ((gain, earlier), later) in gains.iter_mut().zip(earlier).zip(later) {
            gain.within = [earlier.within, later.within];
        }
        gains
    });
    Change {
        people: all_gained,
        areas: gained.len(),
        newly_reached: all_gained - savers,
        saved_mean: (savers > 0.0).then(|| all_saved / savers),
        all: [before.all(), after.all()],
        by_quintile,
    }
}

/// What counts of every journey, to the decimal that is printed.
#[must_use]
pub fn values(legs: &[Leg], by: By) -> Vec<Option<f64>> {
    legs.iter().map(|leg| leg.value(by)).collect()
}

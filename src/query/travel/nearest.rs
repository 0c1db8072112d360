//! The nearest of a set of sites for every area.

use super::basis::{By, Leg, Times};
use super::places::Place;

/// For each area the site that is nearest, and the journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Positions of sites in the order of the list; none where no site is reached.
    pub site: Vec<Option<u32>>,
    /// The journeys, areas in dataset order.
    pub legs: Vec<Leg>,
}

/// Finds the nearest site of every area; of two equally near the first of the list.
#[must_use]
pub fn nearest(times: &Times<'_>, sites: &[Place]) -> Nearest {
    let areas = times.layer().areas().len();
    let mut found = Nearest { site: vec![None; areas], legs: vec![Leg::NONE; areas] };
    times.each(sites, |at, row| found.offer(at, row, times.how().by));
    found
}

impl Nearest {
    /// As [`nearest`], by the journeys only that agree with the shapes drawn around the sites.
    #[must_use]
    pub(in crate::query) fn as_drawn(times: &Times<'_>, sites: &[Place]) -> Self {
        let areas = times.layer().areas().len();
        let mut found = Self { site: vec![None; areas], legs: vec![Leg::NONE; areas] };
        times.each_drawn(sites, |at, row| found.offer(at, row, times.how().by));
        found
    }

    /// Takes a site for the areas to which it is nearer than all before, or as near and earlier in the list.
    pub(super) fn offer(&mut self, at: usize, row: &[Leg], by: By) {
        let at = u32::try_from(at).expect("a list holds at most a thousand places");
        for ((site, held), leg) in self.site.iter_mut().zip(&mut self.legs).zip(row) {
            let (new, old) = match by {
                By::Minutes => (leg.minutes, held.minutes),
                By::Kilometres => (leg.kilometres, held.kilometres),
            };
            #[expect(clippy::float_cmp, reason = "a tie is exact equality")]
            let earlier = new == old && site.is_some_and(|site| at < site);
            if !new.is_nan() && (old.is_nan() || new < old || earlier) {
                (*site, *held) = (Some(at), *leg);
            }
        }
    }
}

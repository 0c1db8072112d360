//! The laws of published travel times: as many minutes as areas and sites, and no minutes below zero.

use std::collections::HashSet;

use super::{Broken, Fault, areas_of};
use crate::model::edition::Edition;
use crate::model::travel::PublishedTimes;

/// The first law that a table of times breaks.
pub(super) fn fault(edition: &Edition) -> Option<Broken> {
    let hospitals: HashSet<&str> = edition.hospitals.items.iter().map(|hospital| hospital.id.as_str()).collect();
    let mut tables = HashSet::new();
    for times in &edition.published_times {
        let part = format!("published times {} {}", times.mode.id(), times.area_type);
        if !tables.insert((times.mode, times.area_type)) {
            return Some((part, "one table of that mode and area type", "two".to_owned()));
        }
        let Some(areas) = areas_of(edition, times.area_type) else {
            return Some((part, "a layer of that area type", "none".to_owned()));
        };
        if let Some((expected, found)) = of_table(times, areas, &hospitals) {
            return Some((part, expected, found));
        }
    }
    None
}

fn of_table(times: &PublishedTimes, areas: usize, hospitals: &HashSet<&str>) -> Fault {
    if times.sites.is_empty() {
        return Some(("one site or more", "none".to_owned()));
    }
    if let Some(id) = times.sites.iter().filter_map(|site| site.hospital.as_deref()).find(|id| !hospitals.contains(id)) {
        return Some(("hospitals of the edition", format!("{id:?}")));
    }
    if Some(times.minutes.len()) != areas.checked_mul(times.sites.len()) {
        return Some(("minutes for every area and site", format!("{} for {areas} areas and {} sites", times.minutes.len(), times.sites.len())));
    }
    let wrong = times.minutes.iter().find(|minutes| **minutes < 0.0 || minutes.is_infinite())?;
    Some(("finite minutes, not below zero", wrong.to_string()))
}

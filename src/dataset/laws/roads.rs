//! The laws of a road network: links between junctions that are there, along points on the grid, and one order per mode.

use super::{Broken, Fault};
use crate::dataset::table::MOST_ROWS;
use crate::model::edition::Edition;
use crate::model::roads::{GridPoint, Link, MODES_ON_ROADS, NOT_IN_NETWORK, RoadNetwork};

/// The extent of the National Grid, centimetres.
const GRID_CM: (i32, i32) = (70_000_000, 125_000_000);
/// The bits of access that mean something.
const ACCESS_BITS: u8 = 0b11_1111;

/// The first law that the network breaks.
pub(super) fn fault(edition: &Edition) -> Option<Broken> {
    let roads = edition.roads.as_ref()?;
    let fault = || of_sizes(roads).or_else(|| of_points(roads)).or_else(|| of_links(roads));
    if let Some((expected, found)) = fault() {
        return Some(("roads".to_owned(), expected, found));
    }
    MODES_ON_ROADS
        .into_iter()
        .zip(&roads.ranks)
        .find_map(|(mode, ranks)| of_ranks(ranks, roads.junctions.len()).map(|(expected, found)| (format!("roads, ranks by {}", mode.id()), expected, found)))
}

fn of_sizes(roads: &RoadNetwork) -> Fault {
    let sizes = [roads.junctions.len(), roads.links.len(), roads.shape.len()];
    let large = sizes.into_iter().find(|size| *size > MOST_ROWS)?;
    Some(("tables of at most 2147483647 rows", large.to_string()))
}

fn of_points(roads: &RoadNetwork) -> Fault {
    let on_grid = |point: &GridPoint| (0..=GRID_CM.0).contains(&point.easting_cm) && (0..=GRID_CM.1).contains(&point.northing_cm);
    let off = roads.junctions.iter().chain(&roads.shape).find(|point| !on_grid(point))?;
    Some(("points of the National Grid", format!("{}, {} cm", off.easting_cm, off.northing_cm)))
}

fn of_links(roads: &RoadNetwork) -> Fault {
    let (junctions, points) = (roads.junctions.len(), roads.shape.len());
    let mut before: Option<&Link> = None;
    for link in &roads.links {
        let told = || format!("way {} from {} to {}", link.way, link.tail, link.head);
        if link.tail as usize >= junctions || link.head as usize >= junctions {
            return Some(("links between junctions of the network", told()));
        }
        let begins = before.map_or(0, |before| before.first_point);
        if link.first_point < begins || link.first_point as usize > points || (before.is_none() && link.first_point != 0) {
            return Some(("points of links one after the other", format!("{} after {begins} of {points}", link.first_point)));
        }
        if let Some(before) = before
            && (before.tail, before.head, before.way) > (link.tail, link.head, link.way)
        {
            return Some(("links sorted by tail, head and way", format!("way {} from {} to {} before {}", before.way, before.tail, before.head, told())));
        }
        if !(1..=i32::MAX.cast_unsigned()).contains(&link.length_cm) {
            return Some(("a length of one centimetre or more", format!("{} of {}", link.length_cm, told())));
        }
        if link.access.0 & !ACCESS_BITS != 0 {
            return Some(("access of six bits", format!("{:#b} of {}", link.access.0, told())));
        }
        before = Some(link);
    }
    if before.is_none() && points > 0 { Some(("points of links", format!("{points} points without a link"))) } else { None }
}

/// Ranks are the numbers from zero on, each once, for the junctions of the mode's network.
fn of_ranks(ranks: &[u32], junctions: usize) -> Fault {
    if ranks.len() != junctions {
        return Some(("as many ranks as junctions", format!("{} for {junctions}", ranks.len())));
    }
    let ranked = ranks.iter().filter(|rank| **rank != NOT_IN_NETWORK).count();
    let mut taken = vec![false; ranked];
    for &rank in ranks.iter().filter(|rank| **rank != NOT_IN_NETWORK) {
        match taken.get_mut(rank as usize) {
            Some(taken) if !*taken => *taken = true,
            Some(_) => return Some(("every rank once", format!("{rank} twice"))),
            None => return Some(("ranks from zero on without a gap", format!("{rank} among {ranked}"))),
        }
    }
    None
}

//! How sites are told apart on a map: a letter or number for each, and a light colour that its neighbours do not have.

use std::collections::BTreeMap;

use super::places::Place;
use super::times::Allocated;
use crate::model::style::{Colour, SITE_COLOURS};

/// Letters suffice for so many.
const LETTERS: usize = 26;

/// The look of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteLook {
    /// Its letter or number, on the map, in the key and in tables.
    pub mark: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether the colour comes round again, and is striped.
    pub striped: bool,
}

/// Letters while they suffice, else numbers.
#[must_use]
pub fn mark_of(at: usize, count: usize) -> String {
    match u8::try_from(at) {
        Ok(letter) if count <= LETTERS => char::from(b'A' + letter.min(25)).to_string(),
        _ => (at + 1).to_string(),
    }
}

/// The look of each site. Few sites have a colour each; many share twelve, neighbours never the same where that can be helped.
/// Sites that are nearest to nobody are on the map, but colour nothing.
#[must_use]
pub fn site_looks(sites: &[Place], allocated: &[Allocated]) -> Vec<SiteLook> {
    let count = SITE_COLOURS.len();
    let used = |at: usize| allocated.get(at).is_none_or(|one| one.areas > 0);
    let mut order: Vec<usize> = (0..sites.len()).collect();
    order.sort_by_key(|&at| (!used(at), at));
    let few = order.iter().filter(|&&at| used(at)).count() <= 2 * count;
    let mut chosen: BTreeMap<usize, usize> = BTreeMap::new();
    for (turn, &at) in order.iter().enumerate() {
        let mut colour = turn % count;
        if !few && used(at) {
            let mut near: Vec<usize> = chosen.keys().copied().collect();
            near.sort_by(|a, b| sites[*a].kilometres_to(&sites[at].point).total_cmp(&sites[*b].kilometres_to(&sites[at].point)).then(a.cmp(b)));
            let taken: Vec<usize> = near.iter().take(count - 1).filter_map(|other| chosen.get(other).copied()).collect();
            colour = (0..count).map(|each| (each + turn) % count).find(|each| !taken.contains(each)).unwrap_or(colour);
        }
        chosen.insert(at, colour);
    }
    let turn_of = |at: usize| order.iter().position(|other| *other == at).unwrap_or_default();
    (0..sites.len())
        .map(|at| SiteLook {
            mark: mark_of(at, sites.len()),
            colour: SITE_COLOURS[chosen.get(&at).copied().unwrap_or_default()],
            striped: few && used(at) && turn_of(at) >= count,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use geo_types::Point;

    use super::super::places::PlaceKind;
    use super::*;
    use crate::model::crs::Bng;

    fn sites(count: u32) -> Vec<Place> {
        let one = |at: u32| Place {
            kind: PlaceKind::Point,
            id: at.to_string(),
            name: at.to_string(),
            point: Bng(Point::new(f64::from(at % 10) * 1000.0, f64::from(at / 10) * 1000.0)),
            position: None,
            snap_metres: None,
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn few_sites_have_a_colour_each_and_a_second_round_is_striped() {
        let looks = site_looks(&sites(14), &[]);
        assert_eq!((looks[0].mark.as_str(), looks[13].mark.as_str()), ("A", "N"));
        assert_eq!((looks[0].colour, looks[0].striped), (looks[12].colour, !looks[12].striped));
        assert!(looks[..12].iter().all(|look| !look.striped));
    }

    #[test]
    fn of_many_sites_neighbours_have_different_colours() {
        let sites = sites(60);
        let looks = site_looks(&sites, &[]);
        assert_eq!(looks[59].mark, "60");
        for at in 1..60 {
            assert_ne!(looks[at].colour, looks[at - 1].colour, "{at}");
        }
    }

    #[test]
    fn a_site_that_is_nearest_to_nobody_takes_no_colour_from_the_others() {
        let mut allocated = vec![Allocated { areas: 1, people: 1.0 }; 13];
        allocated[0].areas = 0;
        let looks = site_looks(&sites(13), &allocated);
        assert!(looks.iter().all(|look| !look.striped));
        assert_eq!(looks[1].colour, SITE_COLOURS[0]);
    }
}

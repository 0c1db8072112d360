//! Access by two-step floating catchments: how much supply each area has within reach, when everybody within reach shares it.
//!
//! Section 7 of the calculations: `R_j = S_j / Σ_i P_i W(t_ij)`; `A_i = Σ_j R_j W(t_ij)`, with W the weight of the band of the time.

use std::collections::HashMap;

use super::basis::{By, How, Times};
use super::notes::{self, BasisCount, Counting};
use super::places::{MOST_PLACES, Place, PlaceKind, Places, places};
use super::times::{MOST_LIMITS, known_areas, layer_of, limits, some_on_a_road};
use crate::query::QueryError;
use crate::query::classes::AreasAndPeople;
use crate::query::points::PointCollection;
use crate::query::view::{Extent, extent};
use crate::statistics::weighted::Weighted;
use crate::store::{Layer, Store};

/// Bands and weights where nobody names any.
const USUAL_BANDS: [f64; 3] = [10.0, 20.0, 30.0];
const USUAL_WEIGHTS: [f64; 3] = [1.0, 0.68, 0.22];

/// What each site has to give.
#[derive(Debug, Clone, PartialEq)]
pub enum Supply {
    /// The same everywhere.
    Each(f64),
    /// Its registered patients, for practices.
    ListSize,
    /// Given for each site by its id.
    Given(Vec<(String, f64)>),
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct AccessRequest {
    /// A list of places.
    pub sites: String,
    /// What they have to give.
    pub supply: Supply,
    /// How people travel.
    pub how: How,
    /// Upper limits of the bands, minutes; 10, 20 and 30 otherwise.
    pub bands: Option<Vec<f64>>,
    /// Their weights; 1, 0.68 and 0.22 otherwise, or 1 for each where bands are given.
    pub weights: Option<Vec<f64>>,
    /// Area codes; empty means the whole edition.
    pub within: Vec<String>,
    /// The areas; the smallest otherwise.
    pub area_type: Option<String>,
}

/// What a site has to give to how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteAccess {
    /// Supply.
    pub supply: f64,
    /// People within reach, weighted.
    pub demand: f64,
    /// Supply for each of them; none without any.
    pub ratio: Option<f64>,
}

/// Access of every area.
#[derive(Debug)]
pub struct Access<'s> {
    /// How people travel.
    pub how: How,
    /// The areas.
    pub layer: &'s Layer,
    /// Where they are.
    pub extent: Extent,
    /// The sites.
    pub places: Places,
    /// What each has to give.
    pub sites: Vec<SiteAccess>,
    /// Upper limits of the bands with their weights.
    pub bands: Vec<(f64, f64)>,
    /// Supply for each person, by place in the layer.
    pub accessibility: Vec<f64>,
    /// For every area of the layer whether its journeys are known at all.
    pub known: Vec<bool>,
    /// The areas of the extent whose journeys are not known.
    pub unknown: AreasAndPeople,
    /// Population-weighted mean, median and tenth of the people of the extent whose journeys are known, supply for each person.
    pub summary: [Option<f64>; 3],
    /// People of the extent, and those of them with no site within reach.
    pub people: [f64; 2],
    /// On which basis the times stand that are within reach.
    pub basis: Vec<BasisCount>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// The ids of the sources of the times.
    pub sources: Vec<String>,
}

/// The two steps over rows of weights, one row of all areas for each site: what each site has to give to how many, and what each area gets.
pub fn floating_catchment<R: AsRef<[f64]>>(populations: &[f64], supplies: &[f64], weights: impl Iterator<Item = R>) -> (Vec<SiteAccess>, Vec<f64>) {
    let mut accessibility = vec![0.0; populations.len()];
    let one = |(supply, row): (&f64, R)| {
        let row = row.as_ref();
        let demand: f64 = populations.iter().zip(row).map(|(people, weight)| people * weight).sum();
        let ratio = (demand > 0.0).then(|| supply / demand);
        if let Some(ratio) = ratio {
            for (sum, weight) in accessibility.iter_mut().zip(row) {
                *sum += ratio * weight;
            }
        }
        SiteAccess { supply: *supply, demand, ratio }
    };
    let sites = supplies.iter().zip(weights).map(one).collect();
    (sites, accessibility)
}

/// The weight of a time: that of the first band that holds it, nothing beyond the last.
fn weight(bands: &[(f64, f64)], minutes: Option<f64>) -> f64 {
    minutes.and_then(|minutes| bands.iter().find(|(limit, _)| minutes <= *limit)).map_or(0.0, |(_, weight)| *weight)
}

/// Finds the access of every area.
///
/// # Errors
/// When a place is unknown, bands and weights do not go together, supply is not known, or times of the mode are not.
pub fn access<'s>(store: &'s Store, request: &AccessRequest) -> Result<Access<'s>, QueryError> {
    let how = How { by: By::Minutes, ..request.how };
    let (position, layer) = layer_of(store, request.area_type.as_deref())?;
    let extent = extent(store, position, &request.within)?;
    let bands = bands(request)?;
    let mut places = places(store, "sites", &request.sites, MOST_PLACES)?;
    let supplies = supplies(store, &places, &request.supply)?;
    let times = Times::of(store, layer, how)?;
    times.bring_to_roads("sites", &mut places.list)?;
    some_on_a_road(&times, "sites", &places.list)?;
    let mut known = known_areas(store, position, &times);
    let populations: Vec<f64> = (0..layer.areas().len()).map(|place| layer.population_at(place).unwrap_or(0.0)).collect();
    let mut sites = Vec::with_capacity(places.list.len());
    let mut accessibility = vec![0.0; populations.len()];
    let mut counting = Counting::default();
    // One site's row at a time: a thousand sites of the whole country never stand in memory together.
    times.each(&places.list, |at, row| {
        known.iter_mut().zip(row).for_each(|(known, leg)| *known |= leg.minutes.is_finite());
        let weights: Vec<f64> = row.iter().map(|leg| weight(&bands, leg.printed_minutes())).collect();
        let (site, gained) = floating_catchment(&populations, &supplies[at..=at], std::iter::once(&weights));
        sites.extend(site);
        for (sum, gained) in accessibility.iter_mut().zip(gained) {
            *sum += gained;
        }
        row.iter().zip(&weights).filter(|(_, weight)| **weight > 0.0).for_each(|(leg, _)| counting.add(leg, 0.0));
    });
    let anyone_known = extent.members.iter().any(|place| known[place]);
    let basis = counting.counts(&times);
    let mut notes = notes::of_counts(&basis, "journeys within reach", &times);
    notes.push("Only people of this edition share the supply: towards its edge, sites have fewer people to serve here than in life.".to_owned());
    let off_road = |place: &Place| times.roads().is_some() && !times.can_be_estimated() && place.snap_metres.is_none();
    let idle: Vec<&str> = sites
        .iter()
        .zip(&places.list)
        .filter(|(site, place)| site.ratio.is_none() && anyone_known && !off_road(place))
        .map(|(_, place)| place.name.as_str())
        .collect();
    if !idle.is_empty() {
        notes.push(format!("Nobody of this edition lives within reach of {}; what they have to give is not shared out.", idle.join(", ")));
    }
    let without: Vec<&str> = supplies.iter().zip(&places.list).filter(|(supply, _)| **supply <= 0.0).map(|(_, place)| place.name.as_str()).collect();
    if !without.is_empty() {
        notes.push(format!("No registered patients are held for {}, so nothing is given there.", without.join(", ")));
    }
    notes.extend(notes::not_located(&places).into_iter().chain(notes::off_road(&times, &places.list)));
    let members = || extent.members.iter().filter(|&place| known[place]).map(|place| (accessibility[place], populations[place]));
    let weighted = Weighted::of(members());
    let summary = [weighted.mean(), weighted.quantile(0.5), weighted.quantile(0.1)];
    let everybody = extent.members.iter().map(|place| populations[place]).sum();
    let people = [everybody, members().filter(|(score, _)| *score <= 0.0).map(|(_, people)| people).sum()];
    let unknown = extent.members.iter().filter(|&place| !known[place]);
    let unknown = unknown.fold(AreasAndPeople::default(), |sum, place| AreasAndPeople { areas: sum.areas + 1, people: sum.people + populations[place] });
    let sources = notes::sources(&basis);
    Ok(Access { how, layer, extent, places, sites, bands, accessibility, known, unknown, summary, people, basis, notes, sources })
}

fn bands(request: &AccessRequest) -> Result<Vec<(f64, f64)>, QueryError> {
    let upper = match &request.bands {
        None => USUAL_BANDS.to_vec(),
        Some(asked) => {
            let upper = limits(Some(asked), By::Minutes).map_err(|error| QueryError::unfit("bands", list(asked), error.expected().to_owned()))?;
            if upper != *asked {
                return Err(QueryError::unfit("bands", list(asked), "minutes in ascending order, none twice"));
            }
            upper
        }
    };
    let weights = match (&request.weights, &request.bands) {
        (Some(weights), _) => weights.clone(),
        (None, None) => USUAL_WEIGHTS.to_vec(),
        (None, Some(_)) => vec![1.0; upper.len()],
    };
    let fit = weights.len() == upper.len() && weights.len() <= MOST_LIMITS && weights.iter().all(|weight| *weight > 0.0 && *weight <= 1.0);
    if !fit || weights.windows(2).any(|pair| pair[0] < pair[1]) {
        let expected = format!("{} weights above 0 and at most 1, one for each band, none greater than the one before", upper.len());
        return Err(QueryError::unfit("weights", list(&weights), expected));
    }
    Ok(upper.into_iter().zip(weights).collect())
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn supplies(store: &Store, places: &Places, supply: &Supply) -> Result<Vec<f64>, QueryError> {
    let positive = |value: f64, found: &str| {
        if value > 0.0 && value <= 1e9 { Ok(value) } else { Err(QueryError::unfit("supply", found, "numbers above 0")) }
    };
    match supply {
        Supply::Each(value) => Ok(vec![positive(*value, &value.to_string())?; places.list.len()]),
        Supply::ListSize => {
            let list_of = |place: &Place| {
                let practice = matches!(place.kind, PlaceKind::Site(PointCollection::Practices));
                let position = place.position.filter(|_| practice);
                let expected = "practices, whose registered patients are held, beside supply=list-size";
                let position =
                    position.and_then(|position| u32::try_from(position).ok()).ok_or_else(|| QueryError::unfit("supply", place.name.as_str(), expected))?;
                let list = store.register().map_or(store.practices().at(position).list_size, |register| register.list_size(position));
                Ok(list.map_or(0.0, f64::from))
            };
            places.list.iter().map(list_of).collect()
        }
        Supply::Given(pairs) => {
            let given: HashMap<String, f64> = pairs.iter().map(|(id, value)| (id.to_ascii_lowercase(), *value)).collect();
            if let Some((id, _)) = pairs.iter().find(|(id, _)| !places.list.iter().any(|place| place.id.eq_ignore_ascii_case(id))) {
                return Err(QueryError::unknown("supply", id, "the id of one of the sites"));
            }
            let one = |id: &str| {
                given.get(&id.to_ascii_lowercase()).copied().ok_or_else(|| QueryError::unfit("supply", "none", format!("a number for {id} as for every site")))
            };
            places.list.iter().map(|place| positive(one(&place.id)?, &place.id)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BANDS: [(f64, f64); 3] = [(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)];

    #[test]
    fn the_golden_numbers_of_the_calculations_are_met() {
        // Minutes of A, B and C to the first site and to the second.
        let minutes = [[5.0, 12.0, 35.0], [18.0, 8.0, 25.0]];
        let rows = minutes.map(|row| row.map(|minutes| weight(&BANDS, Some(minutes))));
        let (sites, areas) = floating_catchment(&[1000.0, 2000.0, 1500.0], &[2.0, 3.0], rows.iter());
        for (site, expected) in sites.iter().zip([0.847_458, 0.996_678]) {
            assert!((site.ratio.unwrap() * 1000.0 - expected).abs() < 1e-6, "{site:?}");
        }
        for (area, expected) in areas.iter().zip([1.525_198, 1.572_949, 0.219_269]) {
            assert!((area * 1000.0 - expected).abs() < 1e-6, "{area}");
        }
    }

    #[test]
    fn a_time_weighs_as_the_band_that_ends_with_it_and_nothing_beyond_the_last() {
        let weights = [Some(0.0), Some(10.0), Some(10.1), Some(30.0), Some(30.1), None].map(|minutes| weight(&BANDS, minutes).to_string());
        assert_eq!(weights, ["1", "1", "0.68", "0.22", "0", "0"]);
    }

    proptest! {
        #[test]
        fn what_areas_get_is_what_sites_with_demand_give(
            people in prop::collection::vec(0..5000_u16, 1..12),
            sites in prop::collection::vec((1..100_u8, prop::collection::vec(0..40_u8, 12)), 1..8),
        ) {
            let people: Vec<f64> = people.into_iter().map(f64::from).collect();
            let supplies: Vec<f64> = sites.iter().map(|(supply, _)| f64::from(*supply)).collect();
            let rows: Vec<Vec<f64>> = sites.iter().map(|(_, row)| row[..people.len()].iter().map(|minutes| weight(&BANDS, Some(f64::from(*minutes)))).collect()).collect();
            let (sites, areas) = floating_catchment(&people, &supplies, rows.iter());
            let given: f64 = sites.iter().filter(|site| site.ratio.is_some()).map(|site| site.supply).sum();
            let taken: f64 = people.iter().zip(&areas).map(|(people, area)| people * area).sum();
            prop_assert!((given - taken).abs() < 1e-6 * given.max(1.0), "{given} against {taken}");
        }
    }
}

//! How far everybody has to travel to the nearest of some sites, and what one more site would change.

use super::bands::{BandKind, Bands};
use super::basis::{By, How, Times};
use super::change::{self, Change};
use super::nearest::{Nearest, nearest};
use super::notes::{self, BasisCount, Counting};
use super::places::{MOST_PLACES, Place, Places, places};
use super::within::{AgeSpread, DistrictSpread, Reached, Spread, usual_limits};
use crate::model::area::{AreaKind, AreaType};
use crate::query::QueryError;
use crate::query::classes::AreasAndPeople;
use crate::query::view::{Extent, extent};
use crate::store::{Layer, Store};

/// The most limits of one question, and the greatest.
pub const MOST_LIMITS: usize = 10;
/// Nobody asks who lives four hours away.
pub const MOST_MINUTES: f64 = 240.0;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct TravelTimesRequest {
    /// A list of places.
    pub to: String,
    /// How people travel.
    pub how: How,
    /// The areas; the smallest otherwise.
    pub area_type: Option<String>,
    /// Area codes; empty means the whole edition.
    pub within: Vec<String>,
    /// Which bands.
    pub bands: BandKind,
    /// Limits within which people are counted, minutes or kilometres; the usual ones otherwise.
    pub limits: Option<Vec<f64>>,
    /// One more site.
    pub adding: Option<String>,
}

/// A site with the areas and people to whom it is the nearest.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Allocated {
    /// Areas.
    pub areas: usize,
    /// People.
    pub people: f64,
}

/// How far everybody has to travel.
#[derive(Debug)]
pub struct TravelTimes<'s> {
    /// How people travel.
    pub how: How,
    /// The areas.
    pub layer: &'s Layer,
    /// Where they are.
    pub extent: Extent,
    /// The places asked about, ascending.
    pub members: Vec<usize>,
    /// The sites; one that was added is the last.
    pub sites: Places,
    /// Whether the last of the sites was added.
    pub added: bool,
    /// For each site those to whom it is the nearest.
    pub allocated: Vec<Allocated>,
    /// The nearest site of every area of the layer.
    pub nearest: Nearest,
    /// For every area of the layer whether its journeys are known at all: far from any road of the edition they are not.
    pub known: Vec<bool>,
    /// The areas asked about whose journeys are not known.
    pub unknown: AreasAndPeople,
    /// Bands.
    pub bands: Bands,
    /// Limits within which people are counted, ascending.
    pub limits: Vec<f64>,
    /// Everybody.
    pub all: Spread,
    /// By district.
    pub by_district: Vec<DistrictSpread>,
    /// By national fifth of deprivation, most deprived first.
    pub by_quintile: Option<[Spread; 5]>,
    /// By age.
    pub by_age: Vec<AgeSpread>,
    /// What the added site changes.
    pub change: Option<Change>,
    /// On which basis the times stand.
    pub basis: Vec<BasisCount>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// The ids of the sources of the times.
    pub sources: Vec<String>,
}

/// Finds how far everybody has to travel.
///
/// # Errors
/// When a place, area or area type is unknown, a limit is out of bounds, or times of the mode are not known.
pub fn travel_times<'s>(store: &'s Store, request: &TravelTimesRequest) -> Result<TravelTimes<'s>, QueryError> {
    let how = request.how;
    let (position, layer) = layer_of(store, request.area_type.as_deref())?;
    let extent = extent(store, position, &request.within)?;
    let limits = limits(request.limits.as_deref(), how.by)?;
    let firmest = Times::of(store, layer, how)?;
    let mut sites = places(store, "to", &request.to, MOST_PLACES)?;
    let added = request.adding.as_deref().map(|text| one_more(store, text, &sites)).transpose()?;
    let times = added.as_ref().map_or(firmest, |added| firmest.on_one_yardstick(sites.list.iter().chain([added])));
    let yardstick = added.as_ref().and_then(|_| notes::one_yardstick(&firmest, &times, &sites.list));
    times.bring_to_roads("to", &mut sites.list)?;
    // What a new site would change can be asked even where no journey to the others is known.
    if added.is_none() {
        some_on_a_road(&times, "to", &sites.list)?;
    }
    let on_roads = known_areas(store, position, &times);
    let mut nearest = nearest(&times, &sites.list);
    let members: Vec<usize> = extent.members.iter().collect();
    let before = change::values(&nearest.legs, how.by);
    let known: Vec<bool> = on_roads.iter().zip(&before).map(|(on, value)| *on || value.is_some()).collect();
    let change = match added {
        None => None,
        Some(mut added) => {
            times.bring_to_roads("adding", std::slice::from_mut(&mut added))?;
            times.each(std::slice::from_ref(&added), |_, row| nearest.offer(sites.list.len(), row, how.by));
            sites.list.push(added);
            let after = change::values(&nearest.legs, how.by);
            let last = u32::try_from(sites.list.len() - 1).ok();
            let earlier = Reached { store, layer, members: &members, values: &before, known: &known, limits: &limits };
            Some(change::change(&earlier, &Reached { values: &after, ..earlier }, |place| nearest.site[place] == last))
        }
    };
    let values = change::values(&nearest.legs, how.by);
    let people = |place: usize| layer.population_at(place).unwrap_or(0.0);
    let mut allocated = vec![Allocated::default(); sites.list.len()];
    for (place, site) in members.iter().filter_map(|&place| Some((place, nearest.site[place]?))) {
        allocated[site as usize].areas += 1;
        allocated[site as usize].people += people(place);
    }
    let mut counting = Counting::default();
    for &place in &members {
        counting.add(&nearest.legs[place], people(place));
    }
    let basis = counting.counts(&times);
    let mut notes = notes::of_counts(&basis, layer.area_type().kind.plural(), &times);
    notes.extend(notes::of_kilometres(&basis, &times).into_iter().chain(yardstick).chain(change.as_ref().and_then(notes::newly_reached)));
    notes.extend(notes::not_located(&sites).into_iter().chain(notes::off_road(&times, &sites.list)));
    let whole = Reached { store, layer, members: &members, values: &values, known: &known, limits: &limits };
    Ok(TravelTimes {
        how,
        layer,
        unknown: whole.unknown(),
        bands: Bands::of(request.bands, how.by, &whole.rows()),
        all: whole.all(),
        by_district: whole.by_district(),
        by_quintile: whole.by_quintile(),
        by_age: whole.by_age(),
        sources: notes::sources(&basis),
        added: change.is_some(),
        allocated,
        change,
        basis,
        notes,
        extent,
        limits: limits.clone(),
        nearest,
        sites,
        members: members.clone(),
        known: known.clone(),
    })
}

/// The place that is added to a list, under an id and a name of its own.
fn one_more(store: &Store, text: &str, sites: &Places) -> Result<Place, QueryError> {
    let added = places(store, "adding", text, 1)?;
    let mut added = added.list.into_iter().next().expect("a list of places holds one");
    if sites.list.iter().any(|site| (site.kind, &site.id) == (added.kind, &added.id)) && added.position.is_some() {
        return Err(QueryError::unfit("adding", text, "a site that is not among those asked about"));
    }
    if added.id.starts_with("point-") {
        "added".clone_into(&mut added.id);
        if added.name == "Point 1" {
            "New site".clone_into(&mut added.name);
        }
    }
    // Who types the point of a site does so to a few decimals; nobody is nearer for that.
    if let Some(there) = sites.list.iter().find(|site| site.is_at(&added)) {
        added.point = there.point;
    }
    Ok(added)
}

/// The layer of an area type; the smallest areas without one. Areas too large for one point are refused.
pub(super) fn layer_of<'s>(store: &'s Store, area_type: Option<&str>) -> Result<(usize, &'s Layer), QueryError> {
    let known = || store.layers().iter().map(|layer| layer.area_type().to_string()).collect::<Vec<_>>().join(", ");
    let found = match area_type {
        None => store.layers().iter().enumerate().next().ok_or_else(|| QueryError::unknown("area-type", "none", "an edition that holds areas")),
        Some(text) => AreaType::parse(text)
            .ok()
            .and_then(|area_type| store.layer(area_type))
            .ok_or_else(|| QueryError::unknown("area-type", text, format!("one of the area types {}", known()))),
    }?;
    if found.0 > 0 && !stands_for_its_people(found.1) {
        let fit: Vec<String> = store.layers().iter().filter(|layer| stands_for_its_people(layer)).map(|layer| layer.area_type().to_string()).collect();
        let instead = if fit.is_empty() { "ask without area-type".to_owned() } else { format!("ask with area-type={}", fit.join(" or ")) };
        let what = format!("one point cannot stand for a {}", found.1.area_type().kind.singular());
        return Err(QueryError::NothingHeld { parameter: "area-type", what, instead });
    }
    Ok(found)
}

/// Whether its areas are small enough for one point each to stand for where people live.
fn stands_for_its_people(layer: &Layer) -> bool {
    matches!(layer.area_type().kind, AreaKind::Lsoa | AreaKind::Msoa)
}

/// For every area of the layer whether its journeys are known where no figure says so: near a road of the mode, or by something that needs none.
pub(super) fn known_areas(store: &Store, position: usize, times: &Times<'_>) -> Vec<bool> {
    let places = times.roads().filter(|_| !times.can_be_estimated()).and_then(|_| store.area_places(position, times.how().mode));
    places.map_or_else(|| vec![true; times.layer().areas().len()], |places| places.snapped().iter().map(crate::store::Snapped::is_on_a_road).collect())
}

/// Refuses places none of which lies on a road, where nothing else knows their times: nobody knows who reaches them.
///
/// # Errors
/// As for a point that somebody gave, when the first of them is too far from any road and so are all others.
pub(super) fn some_on_a_road(times: &Times<'_>, parameter: &'static str, places: &[Place]) -> Result<(), QueryError> {
    let Some(roads) = times.roads().filter(|_| !times.can_be_estimated()) else { return Ok(()) };
    let Some(first) = places.first().filter(|_| places.iter().all(|place| place.snap_metres.is_none() && !times.is_published(place))) else {
        return Ok(());
    };
    let Err(off) = roads.snapped(&first.point, times.how().mode) else { return Ok(()) };
    Err(QueryError::unfit(parameter, first.name.as_str(), off.to_string().trim_start_matches("expected ")))
}

/// Limits in ascending order, each once.
///
/// # Errors
/// When there is none or too many, or one is out of bounds.
pub fn limits(asked: Option<&[f64]>, by: By) -> Result<Vec<f64>, QueryError> {
    let Some(asked) = asked else { return Ok(usual_limits(by)) };
    let expected = || format!("1 to {MOST_LIMITS} numbers from 1 to {MOST_MINUTES}, with commas between");
    if let Some(wrong) = asked.iter().find(|limit| !(1.0..=MOST_MINUTES).contains(*limit)) {
        return Err(QueryError::unfit("minutes", wrong.to_string(), expected()));
    }
    if asked.is_empty() || asked.len() > MOST_LIMITS {
        return Err(QueryError::unfit("minutes", format!("{} numbers", asked.len()), expected()));
    }
    let mut limits = asked.to_vec();
    limits.sort_by(f64::total_cmp);
    limits.dedup();
    Ok(limits)
}

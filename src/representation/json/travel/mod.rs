//! Travel as answers: what was asked, on which basis, how far people go, tables, access, and what journeys the edition knows.

mod access;
mod isochrones;
mod matrix;
mod network;
mod times;

pub use access::{AccessAnswer, AccessAreaRef, access_areas};
pub use isochrones::{IsochroneRef, IsochronesFrame};
pub use matrix::MatrixAnswer;
pub use network::RoadNetworkAnswer;
pub use times::{TravelAreaRef, TravelTimesAnswer, TravelTimesFrame, travel_areas};

use serde::Serialize;
use utoipa::ToSchema;

use super::rounded;
use crate::model::travel::Mode;
use crate::query::PointCollection;
use crate::query::travel::{BasisCount, By, How, Place, PlaceKind, Spread};
use crate::representation::drawing::lonlat_point;
use crate::representation::json::six_decimals;
use crate::store::{Layer, Store};

/// What was asked, every choice filled in.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct TravelQuestion {
    /// Where to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Where from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Around which places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Which sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sites: Option<String>,
    /// One more site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adding: Option<String>,
    /// `car`, `walk`, `cycle` or `transit`.
    pub mode: &'static str,
    /// `free-flow`, `off-peak` or `morning-peak`.
    pub time: &'static str,
    /// `to` the site or `from` it.
    pub direction: &'static str,
    /// `09:00-10:00`, by timetable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// `tuesday`, by timetable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<&'static str>,
    /// `minutes` or `kilometres`.
    pub by: &'static str,
    /// The type of the areas.
    pub area_type: String,
    /// Where, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// `standard` or `local`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<&'static str>,
    /// `separate`, `union` or `overlap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<&'static str>,
}

impl TravelQuestion {
    /// How people travel, over areas of a layer.
    #[must_use]
    pub fn new(how: How, layer: Option<&Layer>) -> Self {
        Self {
            mode: how.mode.id(),
            time: how.time.id(),
            direction: how.direction.id(),
            by: how.by.id(),
            window: (how.mode == Mode::Transit).then(|| how.when.window_text()),
            weekday: (how.mode == Mode::Transit).then(|| how.when.weekday_id()),
            area_type: layer.map(|layer| layer.area_type().to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }
}

/// A place of an answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceRef {
    /// Its id or code, or `point-1`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `hospital`, `practice`, `pharmacy`, `housing-site`, `area` or `point`.
    pub kind: &'static str,
    /// Longitude.
    pub lon: Option<f64>,
    /// Latitude.
    pub lat: Option<f64>,
    /// Metres from the place to the road that it was put on; none without a road network.
    pub snap_metres: Option<f64>,
}

impl PlaceRef {
    /// Of a place.
    #[must_use]
    pub fn new(place: &Place) -> Self {
        let point = lonlat_point(&place.point);
        Self {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind.id(),
            lon: point.map(|point| six_decimals(point.x())),
            lat: point.map(|point| six_decimals(point.y())),
            snap_metres: place.snap_metres.map(|metres| rounded(metres, 1)),
        }
    }
}

/// How many areas (or pairs) are known on one basis.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BasisRef {
    /// `network`, `published` or `estimate`.
    pub basis: &'static str,
    /// Areas, or pairs.
    pub areas: usize,
    /// People in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
    /// Its meaning and error in words.
    pub error: String,
    /// The id of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Bases as an answer; `with_people` says whether the people behind them were counted.
#[must_use]
pub fn basis(counts: &[BasisCount], with_people: bool) -> Vec<BasisRef> {
    let one = |count: &BasisCount| BasisRef {
        basis: count.basis.id(),
        areas: count.areas,
        population: with_people.then(|| rounded(count.people, 1)),
        error: count.words.clone(),
        source: count.source.clone(),
    };
    counts.iter().map(one).collect()
}

/// People within a limit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WithinRef {
    /// The limit, minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
    /// The limit, kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kilometres: Option<f64>,
    /// People.
    pub people: f64,
    /// Their share of all, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// How far a group of people has to travel.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpreadRef {
    /// All of them.
    pub population: f64,
    /// Those of them whose time is known, of whom shares are; only where it is not known of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<f64>,
    /// Their mean, of those who reach a site at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Half of them travel no farther.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median: Option<f64>,
    /// Nine in ten of them travel no farther.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90: Option<f64>,
    /// Those within each limit.
    pub within: Vec<WithinRef>,
}

impl SpreadRef {
    /// Of a spread.
    #[must_use]
    pub fn new(spread: &Spread, limits: &[f64], by: By) -> Self {
        let decimal = |number: Option<f64>| number.map(|number| rounded(number, 1));
        let within = limits.iter().zip(&spread.within).map(|(limit, people)| {
            let (minutes, kilometres) = of_unit(*limit, by);
            WithinRef { minutes, kilometres, people: rounded(*people, 1), share: spread.share(*people).map(|share| rounded(share, 6)) }
        });
        Self {
            population: rounded(spread.people, 1),
            known: (spread.known < spread.people).then(|| rounded(spread.known, 1)),
            mean: decimal(spread.mean),
            median: decimal(spread.median),
            p90: decimal(spread.ninth_tenth),
            within: within.collect(),
        }
    }
}

/// A number as minutes or as kilometres.
const fn of_unit(number: f64, by: By) -> (Option<f64>, Option<f64>) {
    match by {
        By::Minutes => (Some(number), None),
        By::Kilometres => (None, Some(number)),
    }
}

/// The ids of the sources of the areas, people and places of an answer.
#[must_use]
pub fn sources_of<'s>(store: &'s Store, layer: &'s Layer, places: &[Place]) -> Vec<&'s str> {
    let population = store.population_source().filter(|_| layer.holds_population()).map(|source| source.id.as_str());
    let mut collections: Vec<PointCollection> = Vec::new();
    for place in places {
        if let PlaceKind::Site(collection) = place.kind
            && !collections.contains(&collection)
        {
            collections.push(collection);
        }
    }
    let of_sites = collections.into_iter().flat_map(|collection| collection.sources(store).iter().map(String::as_str));
    population.into_iter().chain([layer.source()]).chain(of_sites).collect()
}

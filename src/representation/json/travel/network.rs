//! What journeys the edition knows: its road network, timetable, published times and the estimate.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::roads::{ClassSpeeds, MODES_ON_ROADS, RoadClass, SpeedTable};
use crate::model::timetable::Timetable;
use crate::model::travel::{Mode, TimeOfDay};
use crate::query::travel::estimate;
use crate::representation::drawing::lonlat_bounds;
use crate::representation::json::{Base, Provenance, rounded};
use crate::store::{Layer, Roads, Store, Transit};

/// The network of one mode.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModeNetworkRef {
    /// `car`, `walk` or `cycle`.
    pub mode: &'static str,
    /// Junctions.
    pub junctions: usize,
    /// Links.
    pub links: usize,
    /// Kilometres of road.
    pub kilometres: f64,
}

/// A table of published times.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedRef {
    /// How people travel.
    pub mode: &'static str,
    /// The areas they start from.
    pub area_type: String,
    /// What the times mean.
    pub note: String,
    /// The id of the source.
    pub source: String,
    /// The hospitals of the edition to which times are published.
    pub sites: Vec<PublishedSiteRef>,
}

/// A site of a table of published times.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedSiteRef {
    /// The id of the hospital, where it is one of the edition.
    pub id: Option<String>,
    /// The published name.
    pub name: String,
}

/// The estimate from the straight line.
#[derive(Debug, Serialize, ToSchema)]
pub struct EstimateRef {
    /// The formula.
    pub formula: &'static str,
    /// Its error.
    pub error: &'static str,
    /// The modes that it speaks for.
    pub modes: [&'static str; 1],
}

/// Speeds on one class of road, km/h.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassSpeedsRef {
    /// The class.
    pub class: &'static str,
    /// The limit where none is mapped, in a built-up area.
    pub urban_limit: f64,
    /// The limit where none is mapped, elsewhere.
    pub rural_limit: f64,
    /// The share of the limit that cars make in built-up areas, with empty roads, between the peaks, in the morning peak.
    pub urban_share: [f64; 3],
    /// The same elsewhere.
    pub rural_share: [f64; 3],
    /// On foot; 0 where nobody walks.
    pub walk: f64,
    /// By bicycle; 0 where nobody cycles.
    pub cycle: f64,
}

/// How fast people travel.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpeedsRef {
    /// What the table is called.
    pub name: String,
    /// Where its numbers come from.
    pub origin: String,
    /// By class of road.
    pub classes: Vec<ClassSpeedsRef>,
    /// Off the road, km/h.
    pub off_road: f64,
    /// How many roads an operator closed.
    pub closed: usize,
    /// Names of roads that an operator added.
    pub added: Vec<String>,
}

impl SpeedsRef {
    fn new(table: &SpeedTable) -> Self {
        let one = |(class, speeds): (RoadClass, &ClassSpeeds)| ClassSpeedsRef {
            class: class.id(),
            urban_limit: speeds.urban_limit_kmh,
            rural_limit: speeds.rural_limit_kmh,
            urban_share: speeds.urban_share,
            rural_share: speeds.rural_share,
            walk: speeds.walk_kmh,
            cycle: speeds.cycle_kmh,
        };
        Self {
            name: table.name.clone(),
            origin: table.origin.clone(),
            classes: RoadClass::ALL.into_iter().zip(&table.classes).map(one).collect(),
            off_road: table.off_road_kmh,
            closed: table.closed_ways.len(),
            added: table.added_roads.iter().map(|road| road.name.clone()).collect(),
        }
    }
}

/// What journeys the edition knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoadNetworkAnswer {
    /// Whether a road network is held.
    pub held: bool,
    /// The id of its source.
    pub source: Option<String>,
    /// Junctions of all modes.
    pub junctions: usize,
    /// Links of all modes.
    pub links_held: usize,
    /// The modes that can be asked for.
    pub modes: Vec<&'static str>,
    /// The times of day that can be asked for, by car.
    pub times: Vec<&'static str>,
    /// By mode; empty without a network.
    pub by_mode: Vec<ModeNetworkRef>,
    /// The table of speeds.
    pub speeds: Option<SpeedsRef>,
    /// What of the operator's changes to the roads could not be made.
    pub notes: Vec<String>,
    /// The timetable.
    #[schema(value_type = Option<Object>)]
    pub timetable: Option<serde_json::Value>,
    /// Published times.
    pub published: Vec<PublishedRef>,
    /// The estimate for what nothing else knows.
    pub estimate: EstimateRef,
    /// West, south, east, north of the edition.
    pub bounds: Option<[f64; 4]>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl RoadNetworkAnswer {
    /// Of a store.
    #[must_use]
    pub fn new(store: &Store, base: &Base) -> Self {
        let tables = store.published_times();
        let published = tables.iter().map(|table| PublishedRef {
            mode: table.mode.id(),
            area_type: table.area_type.to_string(),
            note: table.note.clone(),
            source: table.source.clone(),
            sites: table.sites.iter().map(|site| PublishedSiteRef { id: site.hospital.clone(), name: site.name.clone() }).collect(),
        });
        let roads = store.roads();
        let by_mode = |roads: &Roads| {
            let one = |mode: Mode| {
                let (links, kilometres) = roads.extent_of(mode);
                ModeNetworkRef { mode: mode.id(), junctions: roads.junctions_of(mode), links, kilometres: rounded(kilometres, 1) }
            };
            MODES_ON_ROADS.map(one).into()
        };
        let bounds = roads.map(Roads::bounds).or_else(|| store.layers().iter().find_map(Layer::extent));
        let sources = roads.map(Roads::source).into_iter().chain(tables.iter().map(|table| table.source.as_str()));
        let transit = store.transit().map(Transit::timetable);
        let sources = sources.chain(transit.map(|timetable| timetable.source.as_str()));
        let mut modes = if roads.is_some() { MODES_ON_ROADS.map(Mode::id).to_vec() } else { vec![Mode::Car.id()] };
        modes.extend(transit.map(|_| Mode::Transit.id()));
        Self {
            held: roads.is_some(),
            source: roads.map(|roads| roads.source().to_owned()),
            junctions: roads.map_or(0, |roads| roads.len().0),
            links_held: roads.map_or(0, |roads| roads.len().1),
            modes,
            times: if roads.is_some() { TimeOfDay::ALL.map(TimeOfDay::id).to_vec() } else { vec![TimeOfDay::OffPeak.id()] },
            by_mode: roads.map(by_mode).unwrap_or_default(),
            speeds: roads.map(|roads| SpeedsRef::new(roads.speeds())),
            notes: roads.map(|roads| roads.notes().to_vec()).unwrap_or_default(),
            timetable: transit.map(timetable),
            published: published.collect(),
            estimate: EstimateRef { formula: estimate::FORMULA, error: estimate::error_words(true), modes: ["car"] },
            bounds: bounds.as_ref().and_then(lonlat_bounds),
            provenance: Provenance::of(store, sources, vec![base.link("/api/road-network", "self", "application/json")]),
        }
    }
}

fn timetable(held: &Timetable) -> serde_json::Value {
    let trips: usize = held.patterns.iter().map(|pattern| pattern.trips.len()).sum();
    serde_json::json!({
        "source": held.source,
        "first_day": held.first_day,
        "last_day": held.last_day,
        "stops": held.stops.len(),
        "patterns": held.patterns.len(),
        "trips": trips,
        "walks": "by the straight line times 1.3, at 4.8 km/h",
    })
}

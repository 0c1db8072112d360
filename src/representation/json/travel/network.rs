//! What journeys the edition knows: its road network, timetable, published times and the estimate.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::timetable::Timetable;
use crate::query::travel::estimate;
use crate::representation::drawing::lonlat_bounds;
use crate::representation::json::{Base, Provenance};
use crate::store::{Layer, Store};

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
    /// By mode; empty without a network.
    pub by_mode: Vec<ModeNetworkRef>,
    /// The table of speeds.
    #[schema(value_type = Option<Object>)]
    pub speeds: Option<serde_json::Value>,
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
        Self {
            held: false,
            source: None,
            junctions: 0,
            links_held: 0,
            modes: if store.transit().is_some() { vec!["car", "transit"] } else { vec!["car"] },
            by_mode: Vec::new(),
            speeds: None,
            timetable: store.transit().map(|transit| timetable(transit.timetable())),
            published: published.collect(),
            estimate: EstimateRef { formula: estimate::FORMULA, error: estimate::error_words(true), modes: ["car"] },
            bounds: store.layers().iter().find_map(Layer::extent).as_ref().and_then(lonlat_bounds),
            provenance: Provenance::of(
                store,
                tables.iter().map(|table| table.source.as_str()).chain(store.transit().map(|transit| transit.timetable().source.as_str())),
                vec![base.link("/api/road-network", "self", "application/json")],
            ),
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

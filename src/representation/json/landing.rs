//! The landing page of the interface, its conformance, and the answers of health checks.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AreaTypeRef, Base, Provenance, attribution_line};
use crate::representation::drawing::lonlat_bounds;
use crate::store::{Layer, Store};

/// The rectangle around the edition.
#[derive(Debug, Serialize, ToSchema)]
pub struct LandingExtent {
    /// West, south, east, north in degrees.
    pub bbox: Option<[f64; 4]>,
}

/// The view that opens first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefaultViewRef {
    /// `imd-2019.score`.
    pub measure: String,
    /// `lsoa11`.
    pub area_type: String,
}

/// An area type of the edition.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldAreaType {
    /// The type and its words.
    #[serde(flatten)]
    pub area_type: AreaTypeRef,
    /// How many areas the edition holds.
    pub areas: usize,
    /// The id of its collection.
    pub collection: String,
    /// Whether there are at least two areas to compare on a map.
    pub selectable: bool,
}

/// The first answer a client reads.
#[derive(Debug, Serialize, ToSchema)]
pub struct Landing {
    /// What this is.
    pub title: &'static str,
    /// What the edition holds.
    pub description: String,
    /// The rectangle around it.
    pub extent: LandingExtent,
    /// The view that opens first.
    pub default_view: DefaultViewRef,
    /// The area types, smallest first.
    pub area_types: Vec<HeldAreaType>,
    /// The organisation's own basemap style, if the operator gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basemap_style: Option<String>,
    /// The line that must be printed with everything.
    pub attribution: String,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Landing {
    /// The landing page of a store.
    #[must_use]
    pub fn new(store: &Store, base: &Base, basemap_style: Option<String>) -> Self {
        let view = store.default_view();
        let json = "application/json";
        let links = vec![
            base.link("/api", "self", json),
            base.link("/api/openapi.json", "service-desc", "application/vnd.oai.openapi+json;version=3.1"),
            base.link("/api/conformance", "conformance", json),
            base.link("/api/collections", "data", json),
            base.link("/api/measures", "describedby", json),
            base.link("/", "alternate", "text/html"),
        ];
        let area_types = store.layers().iter().map(|layer| HeldAreaType {
            area_type: AreaTypeRef::new(layer.area_type()),
            areas: layer.areas().len(),
            collection: layer.area_type().to_string(),
            selectable: layer.areas().len() > 1,
        });
        Self {
            title: "needsmap",
            description: store.description().to_owned(),
            extent: LandingExtent { bbox: store.layers().iter().find_map(Layer::extent).as_ref().and_then(lonlat_bounds) },
            default_view: DefaultViewRef { measure: format!("{}.{}", view.measure, view.field), area_type: view.area_type.to_string() },
            area_types: area_types.collect(),
            basemap_style,
            attribution: attribution_line(store, &[]),
            provenance: Provenance::of_everything(store, links),
        }
    }
}

/// The standards that the interface keeps to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Conformance {
    /// Conformance classes.
    #[serde(rename = "conformsTo")]
    pub conforms_to: Vec<&'static str>,
}

impl Default for Conformance {
    fn default() -> Self {
        Self {
            conforms_to: vec![
                "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
                "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
                "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
                "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
            ],
        }
    }
}

/// Whether the server lives, or is ready.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
    /// The edition it answers from.
    pub edition: String,
    /// The version of the program.
    pub version: &'static str,
}

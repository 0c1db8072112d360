//! Collections as OGC API – Features describes them.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Base, Link, Provenance};
use crate::model::crs::Crs;
use crate::query::PointCollection;
use crate::representation::drawing::{bounds_of_context, bounds_of_places, bounds_of_points, lonlat_bounds};
use crate::representation::points;
use crate::store::{Layer, Store};

/// What the features of a collection are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CollectionKind {
    /// Areas with figures.
    Area,
    /// Polygons that are only drawn.
    Context,
    /// Towns and villages.
    Place,
    /// Practices, hospitals, pharmacies, housing sites.
    Point,
}

/// Where a collection lies.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpatialExtent {
    /// West, south, east, north.
    pub bbox: Vec<[f64; 4]>,
    /// The system of the numbers.
    pub crs: &'static str,
}

/// The extent of a collection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionExtent {
    /// In space.
    pub spatial: SpatialExtent,
}

/// One collection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Collection {
    /// Its id in addresses.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What its features are.
    pub description: String,
    /// Always `feature`.
    #[serde(rename = "itemType")]
    pub item_type: &'static str,
    /// Areas, context or places.
    pub kind: CollectionKind,
    /// How many features it has.
    pub count: usize,
    /// Where it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<CollectionExtent>,
    /// Systems that answers can be given in.
    pub crs: Vec<&'static str>,
    /// The system the server stores.
    #[serde(rename = "storageCrs")]
    pub storage_crs: &'static str,
    /// Where to go on.
    pub links: Vec<Link>,
}

/// All collections.
#[derive(Debug, Serialize, ToSchema)]
pub struct Collections {
    /// The collections.
    pub collections: Vec<Collection>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// All collections of a store.
#[must_use]
pub fn collections(store: &Store, base: &Base) -> Collections {
    let mut list: Vec<Collection> = store.layers().iter().map(|layer| collection_of_layer(layer, base)).collect();
    for context in store.context() {
        let bounds = bounds_of_context(context);
        list.push(collection(
            &context.id,
            context.title.clone(),
            "Polygons for orientation, without figures.".to_owned(),
            CollectionKind::Context,
            (context.features.len(), bounds),
            base,
        ));
    }
    if !store.places().is_empty() {
        let bounds = bounds_of_places(store.places());
        list.push(collection(
            "places",
            "Towns and villages".to_owned(),
            "Points with names for orientation.".to_owned(),
            CollectionKind::Place,
            (store.places().len(), bounds),
            base,
        ));
    }
    list.extend(PointCollection::ALL.into_iter().filter(|one| !one.is_empty(store)).map(|one| collection_of_points(store, one, base)));
    let links = vec![base.link("/api/collections", "self", "application/json")];
    Collections { collections: list, provenance: Provenance::of_everything(store, links) }
}

fn collection_of_points(store: &Store, of: PointCollection, base: &Base) -> Collection {
    let count = of.len(store);
    let located = (0..count).filter_map(|position| of.point(store, position));
    let bounds = bounds_of_points(located);
    let (title, description) = match of {
        PointCollection::Practices => ("General practices", "Practices with their lists and networks."),
        PointCollection::Hospitals => ("Hospitals", "Hospitals by kind."),
        PointCollection::Pharmacies => ("Pharmacies", "Pharmacies and other dispensing contractors."),
        PointCollection::HousingSites => {
            ("Housing sites", "Sites of plans and registers with their status and dwellings; those without a point have no geometry.")
        }
    };
    collection(of.id(), title.to_owned(), description.to_owned(), CollectionKind::Point, (count, bounds), base)
}

/// The collection of an area layer.
#[must_use]
pub fn collection_of_layer(layer: &Layer, base: &Base) -> Collection {
    let area_type = layer.area_type();
    let bounds = layer.extent().as_ref().and_then(lonlat_bounds);
    let description = format!("{}, {}.", area_type.exact_term(), area_type.kind.note());
    collection(&area_type.to_string(), area_type.heading(), description, CollectionKind::Area, (layer.areas().len(), bounds), base)
}

fn collection(id: &str, title: String, description: String, kind: CollectionKind, held: (usize, Option<[f64; 4]>), base: &Base) -> Collection {
    let (count, bounds) = held;
    let path = format!("/api/collections/{id}");
    let mut links = vec![
        base.link(&path, "self", "application/json"),
        base.link(&format!("{path}/items"), "items", "application/geo+json"),
        base.link(&format!("{path}/queryables"), "http://www.opengis.net/def/rel/ogc/1.0/queryables", "application/schema+json"),
        base.link(&format!("{path}/tiles/WebMercatorQuad"), "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", "application/json"),
    ];
    if matches!(kind, CollectionKind::Area | CollectionKind::Point) {
        links.push(base.link(&format!("{path}/items?f=csv&limit=10000"), "alternate", "text/csv"));
    }
    Collection {
        id: id.to_owned(),
        title,
        description,
        item_type: "feature",
        kind,
        count,
        extent: bounds.map(|bbox| CollectionExtent { spatial: SpatialExtent { bbox: vec![bbox], crs: Crs::Crs84.uri() } }),
        crs: Crs::ALL.iter().map(|crs| crs.uri()).collect(),
        storage_crs: Crs::Epsg27700.uri(),
        links,
    }
}

/// The properties of a collection's features as a JSON Schema.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queryables {
    /// The dialect.
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    /// Its own address.
    #[serde(rename = "$id")]
    pub id: String,
    /// Always `object`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The collection's title.
    pub title: String,
    /// The properties.
    pub properties: serde_json::Value,
}

impl Queryables {
    /// Of a collection, at this address.
    #[must_use]
    pub fn new(store: &Store, collection: &Collection, id: String) -> Self {
        let text = |title: &str| serde_json::json!({"type": "string", "title": title});
        let number = |title: &str| serde_json::json!({"type": "number", "title": title});
        let mut properties = serde_json::Map::new();
        properties.insert("name".to_owned(), text("Name"));
        match collection.kind {
            CollectionKind::Area => {
                properties.insert("code".to_owned(), text("Area code"));
                properties.insert("alias".to_owned(), text("Name people use"));
                properties.insert("area_type".to_owned(), text("Area type"));
                properties.insert("parents".to_owned(), serde_json::json!({"type": "object", "title": "Areas that contain it, by area type"}));
                properties.insert("population".to_owned(), number("Residents"));
                for measure in store.measures() {
                    for field in &measure.fields {
                        properties.insert(format!("{}.{}", measure.id, field.id), number(&format!("{}: {} ({})", measure.name, field.name, field.unit)));
                    }
                }
            }
            CollectionKind::Place => {
                properties.insert("rank".to_owned(), number("1 city, 2 town, 3 small town, 4 village"));
                properties.insert("population".to_owned(), number("Residents"));
            }
            CollectionKind::Point => {
                for name in PointCollection::parse(&collection.id).map(points::columns).unwrap_or_default() {
                    properties.entry((*name).to_owned()).or_insert_with(|| text(&name.replace('_', " ")));
                }
            }
            CollectionKind::Context => {}
        }
        Self { schema: "https://json-schema.org/draft/2020-12/schema", id, kind: "object", title: collection.title.clone(), properties: properties.into() }
    }
}

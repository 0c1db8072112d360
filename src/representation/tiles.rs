//! Vector tiles of collections and their TileJSON: ids and names only, since the figures of a view come once, by `values`.

use serde::Serialize;
use utoipa::ToSchema;

use super::drawing::{Drawing, MercatorShape};
use super::json::{Base, Provenance};
use super::mvt::{TileFeature, TileGeometry, Value, tile, tile_reach};
use super::points::list_size;
use crate::query::PointCollection;
use crate::store::Store;

/// The deepest zoom that is cut; maps draw deeper ones from it.
pub const DEEPEST_ZOOM: u8 = 14;

/// Cuts a tile of a collection; empty when nothing lies in it.
#[must_use]
pub fn collection_tile(store: &Store, drawing: &Drawing, zoom: u8, column: u32, row: u32) -> Vec<u8> {
    let reach = tile_reach(zoom, column, row).0;
    let (min, max) = (reach.min(), reach.max());
    let shapes = drawing.shapes(store).iter().enumerate();
    let near = shapes.filter(|(_, shape)| {
        let (low, high) = (shape.envelope.min(), shape.envelope.max());
        low.x <= max.x && high.x >= min.x && low.y <= max.y && high.y >= min.y
    });
    let labelled: Vec<_> = near.map(|(position, shape)| (position, &shape.mercator, labels(store, drawing, position))).collect();
    let features = labelled.iter().map(|(position, shape, properties)| TileFeature {
        id: *position as u64,
        geometry: match shape {
            MercatorShape::Area(polygons) => TileGeometry::Polygons(polygons),
            MercatorShape::Place(point) => TileGeometry::Point(point),
        },
        properties,
    });
    tile(&drawing.collection, features, zoom, column, row)
}

/// The properties of the feature at a position.
fn labels<'s>(store: &'s Store, drawing: &Drawing, position: usize) -> Vec<(&'static str, Value<'s>)> {
    let (code, name) = drawing.label(store, position);
    let mut properties = vec![("name", Value::Text(name))];
    properties.extend(code.map(|code| ("code", Value::Text(code))));
    properties.extend(drawing.place(store, position).map(|place| ("rank", Value::Whole(i64::from(place.rank)))));
    if let Some(collection) = drawing.points() {
        properties.extend(of_a_point(store, collection, position));
    }
    properties
}

/// What symbols are drawn by: the size of a list, the kind of a hospital, what is known of a site.
fn of_a_point(store: &Store, collection: PointCollection, position: usize) -> Vec<(&'static str, Value<'_>)> {
    let whole = |number: Option<u32>| number.map(|number| Value::Whole(i64::from(number)));
    let precision = collection.location(store, position).map(|location| Value::Text(location.precision.id()));
    match collection {
        PointCollection::Practices => whole(list_size(store, position)).map(|list| ("list_size", list)).into_iter().collect(),
        PointCollection::Hospitals => vec![("kind", Value::Text(&store.hospitals().items[position].kind))],
        PointCollection::Pharmacies => Vec::new(),
        PointCollection::HousingSites => {
            let site = &store.housing().sites.items[position];
            let known = whole(site.dwellings).map(|dwellings| ("dwellings", dwellings)).into_iter();
            known.chain(precision.map(|precision| ("precision", precision))).chain([("status", Value::Text(site.status.id()))]).collect()
        }
    }
}

/// A layer of a vector tile set.
#[derive(Debug, Serialize, ToSchema)]
pub struct VectorLayer {
    /// Its name inside the tiles.
    pub id: String,
    /// Its properties with their descriptions.
    pub fields: std::collections::BTreeMap<&'static str, &'static str>,
}

/// A tile set, described as TileJSON 3.0.
#[derive(Debug, Serialize, ToSchema)]
pub struct TileSet {
    /// The version of TileJSON.
    pub tilejson: &'static str,
    /// The collection.
    pub name: String,
    /// Addresses of the tiles.
    pub tiles: Vec<String>,
    /// The shallowest zoom.
    pub minzoom: u8,
    /// The deepest zoom.
    pub maxzoom: u8,
    /// West, south, east, north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// The layers.
    pub vector_layers: Vec<VectorLayer>,
    /// The line that must be printed with it.
    pub attribution: String,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl TileSet {
    /// The tile set of a collection.
    #[must_use]
    pub fn new(store: &Store, collection: &str, bounds: Option<[f64; 4]>, base: &Base) -> Self {
        let path = format!("/api/collections/{collection}/tiles/WebMercatorQuad");
        let tiles = base.href(&format!("{path}/{{z}}/{{y}}/{{x}}?edition={}", store.version()));
        let area = [("name", "Name"), ("code", "Code"), ("rank", "1 city, 2 town, 3 small town, 4 village")].as_slice();
        let of_points: &[(&str, &str)] = match PointCollection::parse(collection) {
            Some(PointCollection::Practices) => &[("list_size", "Registered patients")],
            Some(PointCollection::Hospitals) => &[("kind", "acute, community …")],
            Some(PointCollection::HousingSites) => {
                &[("status", "How far the site has come"), ("dwellings", "Net dwellings"), ("precision", "exact, postcode, approximate")]
            }
            Some(PointCollection::Pharmacies) | None => &[],
        };
        let fields = area.iter().chain(of_points).copied();
        Self {
            tilejson: "3.0.0",
            name: collection.to_owned(),
            tiles: vec![tiles],
            minzoom: 0,
            maxzoom: DEEPEST_ZOOM,
            bounds,
            vector_layers: vec![VectorLayer { id: collection.to_owned(), fields: fields.collect() }],
            attribution: super::json::attribution_line(store, &[]),
            provenance: Provenance::of_everything(store, vec![base.link(&path, "self", "application/json")]),
        }
    }
}

//! Shapes as they are drawn: degrees and Web Mercator made from the National Grid once, and kept.

use std::fmt::Write as _;
use std::sync::OnceLock;

use geo::{BoundingRect, MapCoords};
use geo_types::{Coord, MultiPolygon, Point, Rect};

use crate::model::crs::{Bng, Crs, LonLat, WebMercator};
use crate::model::edition::{ContextLayer, Place};
use crate::model::organisation::Organisation;
use crate::query::PointCollection;
use crate::representation::json::six_decimals;
use crate::store::Store;

/// What can be drawn of one collection; the position of a shape is the id of its feature.
#[derive(Debug)]
pub struct Drawing {
    /// The collection's id.
    pub collection: String,
    source: Origin,
    shapes: OnceLock<Vec<Shape>>,
}

#[derive(Debug, Clone, Copy)]
enum Origin {
    Layer(usize),
    Context(usize),
    Places,
    Points(PointCollection),
}

/// One feature, ready to be drawn.
#[derive(Debug)]
pub struct Shape {
    /// Its geometry as GeoJSON in degrees, six decimals.
    pub geojson: Box<str>,
    /// Its geometry for tiles.
    pub mercator: MercatorShape,
    /// The rectangle around it in Web Mercator metres.
    pub envelope: Rect<f64>,
}

/// A geometry in Web Mercator.
#[derive(Debug)]
pub enum MercatorShape {
    /// Polygons.
    Area(WebMercator<MultiPolygon<f64>>),
    /// A point.
    Place(WebMercator<Point<f64>>),
}

/// Every collection's drawing, made when it is first asked for.
#[derive(Debug)]
pub struct Drawings(Vec<Drawing>);

impl Drawings {
    /// Notes what there is to draw; nothing is converted yet.
    #[must_use]
    pub fn new(store: &Store) -> Self {
        let layers = store.layers().iter().enumerate().map(|(position, layer)| (layer.area_type().to_string(), Origin::Layer(position)));
        let context = store.context().iter().enumerate().map(|(position, context)| (context.id.clone(), Origin::Context(position)));
        let places = (!store.places().is_empty()).then(|| ("places".to_owned(), Origin::Places));
        let points = PointCollection::ALL.into_iter().filter(|collection| !collection.is_empty(store));
        let points = points.map(|collection| (collection.id().to_owned(), Origin::Points(collection)));
        let all = layers.chain(context).chain(places).chain(points);
        Self(all.map(|(collection, source)| Drawing { collection, source, shapes: OnceLock::new() }).collect())
    }

    /// The drawing of a collection.
    #[must_use]
    pub fn of(&self, collection: &str) -> Option<&Drawing> {
        self.0.iter().find(|drawing| drawing.collection == collection)
    }

    /// Makes every drawing now, so that nobody waits for the first one.
    pub fn make_all(&self, store: &Store) {
        for drawing in &self.0 {
            drawing.shapes(store);
        }
    }
}

impl Drawing {
    /// The shapes, in dataset order; converted on the first call.
    pub fn shapes(&self, store: &Store) -> &[Shape] {
        self.shapes.get_or_init(|| match self.source {
            Origin::Layer(position) => store.layer_at(position).areas().iter().map(|area| polygons(&area.geometry)).collect(),
            Origin::Context(position) => store.context()[position].features.iter().map(|(_, geometry)| polygons(geometry)).collect(),
            Origin::Places => store.places().iter().map(|place| point(&place.point)).collect(),
            Origin::Points(collection) => {
                (0..collection.len(store)).map(|position| collection.point(store, position).map_or_else(not_located, |at| point(&at))).collect()
            }
        })
    }

    /// The name of the feature at a position, and its code if it is an area.
    #[must_use]
    pub fn label<'s>(&self, store: &'s Store, position: usize) -> (Option<&'s str>, &'s str) {
        match self.source {
            Origin::Layer(layer) => {
                let area = &store.layer_at(layer).areas()[position];
                (Some(area.code.as_str()), &area.name)
            }
            Origin::Context(context) => (None, &store.context()[context].features[position].0),
            Origin::Places => (None, &store.places()[position].name),
            Origin::Points(PointCollection::Practices) => named(&store.practices().all.items[position].organisation),
            Origin::Points(PointCollection::Pharmacies) => named(&store.pharmacies().items[position]),
            Origin::Points(PointCollection::Hospitals) => {
                let hospital = &store.hospitals().items[position];
                (Some(&hospital.id), &hospital.name)
            }
            Origin::Points(PointCollection::HousingSites) => {
                let site = &store.housing().sites.items[position];
                (Some(&site.id), &site.name)
            }
        }
    }

    /// Which collection of points it draws, if it does.
    #[must_use]
    pub const fn points(&self) -> Option<PointCollection> {
        match self.source {
            Origin::Points(collection) => Some(collection),
            _ => None,
        }
    }

    /// Rank and population of the place at a position, if the collection is of places.
    #[must_use]
    pub fn place<'s>(&self, store: &'s Store, position: usize) -> Option<&'s Place> {
        matches!(self.source, Origin::Places).then(|| &store.places()[position])
    }
}

fn polygons(geometry: &Bng<MultiPolygon<f64>>) -> Shape {
    let lonlat = lonlat_of(geometry);
    let mercator = lonlat.to_web_mercator();
    let envelope = mercator.0.bounding_rect().unwrap_or_else(nowhere);
    Shape { geojson: polygons_text(&lonlat.0, 6, false).into(), mercator: MercatorShape::Area(mercator), envelope }
}

fn point(geometry: &Bng<Point<f64>>) -> Shape {
    let lonlat = lonlat_of(geometry);
    let mercator = lonlat.to_web_mercator();
    let envelope = Rect::new(mercator.0.0, mercator.0.0);
    Shape { geojson: point_text(lonlat.0, 6, false).into(), mercator: MercatorShape::Place(mercator), envelope }
}

/// What is not located has no geometry, and stands in no tile.
fn not_located() -> Shape {
    let nowhere = nowhere();
    Shape { geojson: "null".into(), mercator: MercatorShape::Place(WebMercator(Point(nowhere.min()))), envelope: nowhere }
}

fn named(organisation: &Organisation) -> (Option<&str>, &str) {
    (Some(organisation.code.as_str()), &organisation.name)
}

/// An empty shape is drawn nowhere.
fn nowhere() -> Rect<f64> {
    Rect::new(Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MAX, y: f64::MAX })
}

/// Degrees of a geometry that the importer put into the grid through the same conversion: it can be turned back.
fn lonlat_of<G: MapCoords<f64, f64, Output = G>>(geometry: &Bng<G>) -> LonLat<G> {
    geometry.to_lonlat().expect("an edition's geometry came into the grid from degrees, so it lies where the grid is defined")
}

/// A geometry as GeoJSON in a named system; EPSG:4326 puts latitude first, as its definition says.
#[must_use]
pub fn polygons_in(geometry: &Bng<MultiPolygon<f64>>, crs: Crs) -> String {
    match crs {
        Crs::Epsg27700 => polygons_text(geometry.inner(), 3, false),
        Crs::Epsg3857 => polygons_text(&lonlat_of(geometry).to_web_mercator().0, 2, false),
        Crs::Crs84 => polygons_text(&lonlat_of(geometry).0, 6, false),
        Crs::Epsg4326 => polygons_text(&lonlat_of(geometry).0, 6, true),
    }
}

/// A point as GeoJSON in a named system.
#[must_use]
pub fn point_in(geometry: &Bng<Point<f64>>, crs: Crs) -> String {
    match crs {
        Crs::Epsg27700 => point_text(*geometry.inner(), 3, false),
        Crs::Epsg3857 => point_text(lonlat_of(geometry).to_web_mercator().0, 2, false),
        Crs::Crs84 => point_text(lonlat_of(geometry).0, 6, false),
        Crs::Epsg4326 => point_text(lonlat_of(geometry).0, 6, true),
    }
}

/// Polygons as GeoJSON in degrees, if all of them lie where the grid is defined: a drawn shape may reach beyond.
#[must_use]
pub fn polygons_in_degrees(geometry: &Bng<MultiPolygon<f64>>) -> Option<String> {
    geometry.to_lonlat().ok().map(|lonlat| polygons_text(&lonlat.0, 6, false))
}

/// A point as GeoJSON in degrees, if it lies where the grid is defined.
#[must_use]
pub fn point_in_degrees(geometry: &Bng<Point<f64>>) -> Option<String> {
    geometry.to_lonlat().ok().map(|lonlat| point_text(lonlat.0, 6, false))
}

fn polygons_text(geometry: &MultiPolygon<f64>, decimals: usize, swapped: bool) -> String {
    let one = geometry.0.len() == 1;
    let mut text = String::from(if one { r#"{"type":"Polygon","coordinates":"# } else { r#"{"type":"MultiPolygon","coordinates":["# });
    for (position, polygon) in geometry.0.iter().enumerate() {
        text.push_str(if position > 0 { ",[" } else { "[" });
        for (ring_position, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            text.push_str(if ring_position > 0 { ",[" } else { "[" });
            for (vertex, coord) in ring.0.iter().enumerate() {
                if vertex > 0 {
                    text.push(',');
                }
                position_text(&mut text, *coord, decimals, swapped);
            }
            text.push(']');
        }
        text.push(']');
    }
    text.push_str(if one { "}" } else { "]}" });
    text
}

fn point_text(point: Point<f64>, decimals: usize, swapped: bool) -> String {
    let mut text = String::from(r#"{"type":"Point","coordinates":"#);
    position_text(&mut text, point.0, decimals, swapped);
    text.push('}');
    text
}

fn position_text(text: &mut String, coord: Coord<f64>, decimals: usize, swapped: bool) {
    let (first, second) = if swapped { (coord.y, coord.x) } else { (coord.x, coord.y) };
    text.push('[');
    number(text, first, decimals);
    text.push(',');
    number(text, second, decimals);
    text.push(']');
}

/// Fixed decimals without the zeros that say nothing.
fn number(text: &mut String, value: f64, decimals: usize) {
    let start = text.len();
    write!(text, "{value:.decimals$}").expect("writing to a string cannot fail");
    if text[start..].contains('.') {
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept.max(start + 1));
    }
    if &text[start..] == "-0" {
        text.replace_range(start.., "0");
    }
}

/// A point in degrees.
#[must_use]
pub fn lonlat_point(point: &Bng<Point<f64>>) -> Option<Point<f64>> {
    point.to_lonlat().ok().map(|lonlat| lonlat.0)
}

/// West, south, east, north around a rectangle of the grid.
#[must_use]
pub fn lonlat_bounds(rect: &Bng<Rect<f64>>) -> Option<[f64; 4]> {
    rect.to_lonlat_around().ok().map(|around| bounds_of(around.0))
}

/// West, south, east, north of polygons.
#[must_use]
pub fn lonlat_bounds_of_geometry(geometry: &Bng<MultiPolygon<f64>>) -> Option<[f64; 4]> {
    geometry.to_lonlat().ok()?.0.bounding_rect().map(bounds_of)
}

/// West, south, east, north of a context layer.
#[must_use]
pub fn bounds_of_context(context: &ContextLayer) -> Option<[f64; 4]> {
    let corners = context.features.iter().filter_map(|(_, geometry)| geometry.inner().bounding_rect()).flat_map(|rect| [rect.min(), rect.max()]);
    grid_bounds(corners)
}

/// West, south, east, north of points.
#[must_use]
pub fn bounds_of_points(points: impl Iterator<Item = Bng<Point<f64>>>) -> Option<[f64; 4]> {
    grid_bounds(points.map(|point| point.inner().0))
}

/// West, south, east, north of places.
#[must_use]
pub fn bounds_of_places(places: &[Place]) -> Option<[f64; 4]> {
    grid_bounds(places.iter().map(|place| place.point.inner().0))
}

fn grid_bounds(corners: impl Iterator<Item = Coord<f64>>) -> Option<[f64; 4]> {
    let rect = corners.map(|corner| Rect::new(corner, corner)).reduce(|a, b| {
        Rect::new(Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) }, Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) })
    })?;
    lonlat_bounds(&Bng(rect))
}

fn bounds_of(rect: Rect<f64>) -> [f64; 4] {
    [rect.min().x, rect.min().y, rect.max().x, rect.max().y].map(six_decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_fixed_decimals_and_without_idle_zeros() {
        let written = |value, decimals| {
            let mut text = String::new();
            number(&mut text, value, decimals);
            text
        };
        assert_eq!(written(-1.100_000_4, 6), "-1.1");
        assert_eq!(written(52.0, 6), "52");
        assert_eq!(written(-0.000_000_1, 6), "0");
        assert_eq!(written(450_000.0, 3), "450000");
        assert_eq!(written(0.0, 3), "0");
    }
}

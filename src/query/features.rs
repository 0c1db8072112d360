//! Features of a collection: which areas, by rectangle and by the area they lie within, a page at a time.

use geo_types::{Coord, LineString, Polygon, Rect};

use super::QueryError;
use super::view::extent;
use crate::model::area::AreaCode;
use crate::model::crs::{Bng, Crs, WebMercator, bng_of_corner};
use crate::store::{AreaRef, Layer, Members, Store};

/// Points put on each side of a rectangle before it is turned into the National Grid, where its sides are curves.
const POINTS_PER_SIDE: u32 = 16;

/// A rectangle as a client gave it: two corners in a named system, in the order x, y (longitude, latitude).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// The corner with the smaller coordinates.
    pub min: Coord<f64>,
    /// The corner with the larger ones.
    pub max: Coord<f64>,
    /// Their system; pairs in latitude, longitude have been turned already.
    pub crs: Crs,
}

impl BoundingBox {
    /// The rectangle's outline in the National Grid, cut to the surroundings of a layer; `None` when they do not meet.
    ///
    /// Cutting first means that a rectangle around the whole world is a fair question.
    fn outline(&self, layer: &Layer) -> Option<Bng<Polygon<f64>>> {
        self.outline_near(&layer.extent()?)
    }

    /// The same, cut to the surroundings of a rectangle.
    pub(super) fn outline_near(&self, extent: &Bng<Rect<f64>>) -> Option<Bng<Polygon<f64>>> {
        if self.crs == Crs::Epsg27700 {
            // Cut as well: products of coordinates of 10^160 are no numbers any more.
            let around = Rect::new(extent.inner().min() - Coord { x: 1.0, y: 1.0 }, extent.inner().max() + Coord { x: 1.0, y: 1.0 });
            let (low, high) = (around.min(), around.max());
            let (min, max) = (Coord { x: self.min.x.max(low.x), y: self.min.y.max(low.y) }, Coord { x: self.max.x.min(high.x), y: self.max.y.min(high.y) });
            return (min.x <= max.x && min.y <= max.y).then(|| Bng(Rect::new(min, max).to_polygon()));
        }
        let (mut min, mut max) = (self.min, self.max);
        if self.crs == Crs::Epsg3857 {
            min = WebMercator(geo_types::Point(min)).to_lonlat().0.0;
            max = WebMercator(geo_types::Point(max)).to_lonlat().0.0;
        }
        let around = extent.to_lonlat_around().ok()?.0;
        // A little room, so that the cut never runs along the edge of an area.
        let room = Coord { x: 0.02, y: 0.02 };
        let (low, high) = (around.min() - room, around.max() + room);
        let (min, max) = (Coord { x: min.x.max(low.x), y: min.y.max(low.y) }, Coord { x: max.x.min(high.x), y: max.y.min(high.y) });
        if min.x > max.x || min.y > max.y {
            return None;
        }
        let corners = [(min.x, min.y), (max.x, min.y), (max.x, max.y), (min.x, max.y)];
        let mut ring = Vec::with_capacity(4 * POINTS_PER_SIDE as usize);
        for (side, &(x, y)) in corners.iter().enumerate() {
            let (next_x, next_y) = corners[(side + 1) % 4];
            for step in 0..POINTS_PER_SIDE {
                let along = f64::from(step) / f64::from(POINTS_PER_SIDE);
                ring.push(bng_of_corner(Coord { x: x + (next_x - x) * along, y: y + (next_y - y) * along })?);
            }
        }
        Some(Bng(Polygon::new(LineString(ring), vec![])))
    }
}

/// Which features are wanted.
#[derive(Debug, Clone)]
pub struct FeatureQuery {
    /// Only those that share a point with the rectangle.
    pub bbox: Option<BoundingBox>,
    /// Only those within the areas of these codes.
    pub within: Vec<String>,
    /// At most so many.
    pub limit: usize,
    /// Leaving out so many first.
    pub offset: usize,
}

/// A page of features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeaturePage {
    /// Places in the layer, ascending.
    pub places: Vec<u32>,
    /// How many fit the question in all.
    pub matched: usize,
    /// Where the next page starts, if there is one.
    pub next_offset: Option<usize>,
}

/// Finds the features of a layer, in dataset order.
///
/// # Errors
/// When a code in `within` is unknown or contains no area of the layer.
pub fn features(store: &Store, layer: usize, query: &FeatureQuery) -> Result<FeaturePage, QueryError> {
    let members = extent(store, layer, &query.within)?.members;
    let layer = store.layer_at(layer);
    let matching: Vec<u32> = match (&query.bbox, members) {
        (None, Members::All(areas)) => return Ok(page((0..areas).skip(query.offset).take(query.limit).collect(), areas as usize, query)),
        (None, Members::Some(places)) => places,
        (Some(bbox), members) => {
            let mut places = bbox.outline(layer).map(|outline| layer.places_intersecting(&outline)).unwrap_or_default();
            if let Members::Some(within) = members {
                places.retain(|place| within.binary_search(place).is_ok());
            }
            places
        }
    };
    let matched = matching.len();
    Ok(page(matching.into_iter().skip(query.offset).take(query.limit).collect(), matched, query))
}

fn page(places: Vec<u32>, matched: usize, query: &FeatureQuery) -> FeaturePage {
    let end = query.offset + places.len();
    FeaturePage { places, matched, next_offset: (end < matched).then_some(end) }
}

/// The area of a layer with this code.
///
/// # Errors
/// When the text is no code, or no such area is in the layer.
pub fn area(store: &Store, layer: usize, code: &str) -> Result<AreaRef, QueryError> {
    let of_layer = store.layer_at(layer);
    let expected = || format!("the code of an area of type {}", of_layer.area_type());
    let parsed = AreaCode::parse(code).map_err(|_| QueryError::unknown("code", code, expected()))?;
    let place = of_layer.areas().binary_search_by_key(&parsed, |area| area.code).map_err(|_| QueryError::unknown("code", code, expected()))?;
    Ok(AreaRef {
        layer: u16::try_from(layer).expect("an edition has fewer than 65,536 layers"),
        place: u32::try_from(place).expect("a layer has fewer than 2^32 areas"),
    })
}

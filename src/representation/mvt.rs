//! Mapbox Vector Tiles 2.1: areas and places of one layer in one tile of the `WebMercatorQuad` set.
//!
//! | step | what | coordinates |
//! |---|---|---|
//! | 1 | metres to whole units of the world at this zoom, snapped to a grid of the world | Web Mercator → world units |
//! | 2 | repeated positions are dropped, rings without area too, exteriors wound one way and holes the other | world units |
//! | 3 | rings are cut at the tile's edge plus a buffer | tile units, y downwards |
//! | 4 | positions on straight lines and spikes are dropped, rings without area too | tile units |
//! | 5 | exteriors and their holes become commands, features become bytes | tile units → bytes |
//!
//! The grid of step 1 is one for the whole world, not one per tile or area: neighbours that share a border before
//! share it afterwards, and so do two tiles. For the same reason straight lines are thinned in step 4, not before the
//! cut: a cut point is rounded, and both neighbours must round the very same line.

mod encode;
mod ring;

use geo_types::{Coord, MultiPolygon, Point, Rect, coord};

use crate::model::crs::{WEB_MERCATOR_HALF_WIDTH_METRES, WebMercator};
use encode::Layer;
use ring::{Ring, Window};

/// Units across a tile.
pub const EXTENT: u32 = 4096;
/// Units beyond a tile's edge that are kept, so that strokes along a cut stay out of sight.
pub const BUFFER: u32 = 64;
/// The deepest zoom that is drawn; beyond it a tile is empty.
pub const MAX_ZOOM: u8 = 24;

/// One feature on its way into a tile.
#[derive(Debug, Clone, Copy)]
pub struct TileFeature<'a> {
    /// Its number, such as the place of an area in dataset order.
    pub id: u64,
    /// Its shape.
    pub geometry: TileGeometry<'a>,
    /// Names and values that travel with it.
    pub properties: &'a [(&'a str, Value<'a>)],
}

/// The shape of a feature.
#[derive(Debug, Clone, Copy)]
pub enum TileGeometry<'a> {
    /// An area.
    Polygons(&'a WebMercator<MultiPolygon<f64>>),
    /// A place.
    Point(&'a WebMercator<Point<f64>>),
}

/// The value of a property.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// Any number.
    Number(f64),
}

/// The square that a tile covers, without its buffer.
#[must_use]
pub fn tile_bounds(z: u8, x: u32, y: u32) -> WebMercator<Rect<f64>> {
    bounds(z, x, y, 0)
}

/// The square whose features a tile needs: its bounds and its buffer.
#[must_use]
pub fn tile_reach(z: u8, x: u32, y: u32) -> WebMercator<Rect<f64>> {
    bounds(z, x, y, BUFFER)
}

fn bounds(z: u8, x: u32, y: u32, buffer: u32) -> WebMercator<Rect<f64>> {
    let side = 2.0 * WEB_MERCATOR_HALF_WIDTH_METRES / 2_f64.powi(i32::from(z));
    let margin = side * f64::from(buffer) / f64::from(EXTENT);
    let left = f64::from(x) * side - WEB_MERCATOR_HALF_WIDTH_METRES;
    let top = WEB_MERCATOR_HALF_WIDTH_METRES - f64::from(y) * side;
    WebMercator(Rect::new(coord! { x: left - margin, y: top - side - margin }, coord! { x: left + side + margin, y: top + margin }))
}

/// The bytes of one tile; none at all when no feature shows in it.
#[must_use]
pub fn tile<'a>(layer: &str, features: impl Iterator<Item = TileFeature<'a>>, z: u8, x: u32, y: u32) -> Vec<u8> {
    if z > MAX_ZOOM {
        return Vec::new();
    }
    let grid = Grid::of(z, x, y);
    let mut encoded = Layer::default();
    for feature in features {
        match feature.geometry {
            TileGeometry::Polygons(polygons) => {
                let rings = grid.polygons(polygons);
                encoded.polygons(feature.id, &rings, feature.properties);
            }
            TileGeometry::Point(point) => {
                let at = grid.unit(point.0.0, 1);
                if grid.window.holds(at) {
                    encoded.point(feature.id, at, feature.properties);
                }
            }
        }
    }
    encoded.into_tile(layer)
}

/// The grid of the world at one zoom, seen from one tile.
struct Grid {
    units_per_metre: f64,
    /// Positions are rounded to multiples of this many units.
    step: i64,
    origin: Coord<i64>,
    window: Window,
}

/// How coarse the grid is: at eight units to a pixel, shapes differ by half a pixel where a whole country is drawn.
const fn step(z: u8) -> i64 {
    match z {
        0..=11 => 4,
        _ => 1,
    }
}

impl Grid {
    fn of(z: u8, x: u32, y: u32) -> Self {
        let extent = i64::from(EXTENT);
        let buffer = i64::from(BUFFER);
        Self {
            units_per_metre: f64::from(EXTENT) * 2_f64.powi(i32::from(z)) / (2.0 * WEB_MERCATOR_HALF_WIDTH_METRES),
            step: step(z),
            origin: coord! { x: i64::from(x) * extent, y: i64::from(y) * extent },
            window: Window { min: -buffer, max: extent + buffer },
        }
    }

    /// Step 1 for one position, seen from the tile's upper left corner.
    fn unit(&self, c: Coord<f64>, step: i64) -> Coord<i64> {
        // Nothing in Web Mercator lies further out; without the limit sums of what is not a place could overflow.
        let limit = 2.0 * WEB_MERCATOR_HALF_WIDTH_METRES;
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at zoom 24 the world is 2^36 units wide")]
        let snapped = |metres: f64| ((metres.clamp(-limit, limit) * self.units_per_metre / step as f64 + 0.5).floor() as i64) * step;
        Coord { x: snapped(c.x + WEB_MERCATOR_HALF_WIDTH_METRES) - self.origin.x, y: snapped(WEB_MERCATOR_HALF_WIDTH_METRES - c.y) - self.origin.y }
    }

    /// Steps 1 to 4: exteriors, each followed by its holes.
    fn polygons(&self, polygons: &WebMercator<MultiPolygon<f64>>) -> Vec<Ring> {
        let mut shown = Vec::new();
        for polygon in &polygons.0 {
            let ring = |line: &geo_types::LineString<f64>| Ring::of(line.0.iter().map(|c| self.unit(*c, self.step)));
            let Some(exterior) = ring(polygon.exterior()).wound(true) else {
                continue;
            };
            if self.window.misses(&exterior) {
                continue;
            }
            let inside = self.window.covers(&exterior);
            let mut rings = vec![exterior];
            rings.extend(polygon.interiors().iter().filter_map(|hole| ring(hole).wound(false)));
            let rings = if inside { rings } else { self.window.cut(rings) };
            shown.extend(ring::assembled(rings));
        }
        shown
    }
}

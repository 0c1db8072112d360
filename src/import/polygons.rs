//! Polygons as files give them, brought into the National Grid: judged, rounded to the millimetre, and put right where their rings cross.

use geo::{CoordsIter, InteriorPoint, MapCoords, Orient, Validation, orient::Direction, unary_union};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};

use crate::model::crs::{Bng, Crs, LonLat};

/// More vertices than any official area has: the whole coast of Great Britain at full resolution stays below.
const MOST_VERTICES: usize = 5_000_000;

/// Polygons in the National Grid, outer rings anticlockwise; where `crs` is not known yet, it is told by the size of the numbers.
///
/// # Errors
/// When they are no polygons at all, too many vertices, or lie outside Great Britain; the text says which.
pub fn in_grid(polygons: &MultiPolygon<f64>, crs: &mut Option<Crs>) -> Result<Bng<MultiPolygon<f64>>, String> {
    if polygons.coords_count() > MOST_VERTICES {
        return Err(format!("expected at most {MOST_VERTICES} vertices"));
    }
    for ring in polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())) {
        check_ring(ring)?;
    }
    let crs = *crs.get_or_insert_with(|| if polygons.coords_iter().all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0) { Crs::Crs84 } else { Crs::Epsg27700 });
    let grid = match crs {
        // RFC 7946 and FlatGeobuf put longitude first whatever the axis order of EPSG:4326 is.
        Crs::Crs84 | Crs::Epsg4326 => LonLat(polygons.clone()).to_bng().map_err(|outside| outside.to_string())?.0,
        Crs::Epsg27700 => polygons.clone(),
        Crs::Epsg3857 => return Err("expected degrees or the National Grid, found Web Mercator".to_owned()),
    };
    if let Some(outside) = grid.coords_iter().find(|c| !((-1000.0..=700_000.0).contains(&c.x) && (-1000.0..=1_300_000.0).contains(&c.y))) {
        return Err(format!("expected a place in Great Britain, found {}, {} metres", outside.x, outside.y));
    }
    let rounded = grid.map_coords(to_millimetre);
    let whole: Vec<Polygon<f64>> = rounded.into_iter().filter_map(without_repeats).collect();
    if whole.is_empty() {
        Err("expected an area, found a ring that encloses nothing".to_owned())
    } else {
        Ok(Bng(MultiPolygon(whole).orient(Direction::Default)))
    }
}

/// Polygons after a look at their rings.
#[derive(Debug, Clone, PartialEq)]
pub enum Uncrossed {
    /// Nothing crosses.
    Sound(Bng<MultiPolygon<f64>>),
    /// Something crossed and was put right by a union of the polygons with themselves.
    Repaired {
        /// The sound polygons.
        geometry: Bng<MultiPolygon<f64>>,
        /// What crossed.
        problem: String,
    },
    /// Something crosses and could not be put right.
    BeyondRepair {
        /// The polygons as they were.
        geometry: Bng<MultiPolygon<f64>>,
        /// What crosses.
        problem: String,
    },
}

/// Puts right polygons whose rings cross.
#[must_use]
pub fn uncrossed(geometry: Bng<MultiPolygon<f64>>) -> Uncrossed {
    let Err(problem) = geometry.inner().check_validation() else { return Uncrossed::Sound(geometry) };
    let problem = problem.to_string();
    let united = unary_union(geometry.inner());
    let rounded = united.map_coords(to_millimetre);
    let whole: Vec<Polygon<f64>> = rounded.into_iter().filter_map(without_repeats).collect();
    let repaired = MultiPolygon(whole).orient(Direction::Default);
    if !repaired.0.is_empty() && repaired.is_valid() {
        Uncrossed::Repaired { geometry: Bng(repaired), problem }
    } else {
        Uncrossed::BeyondRepair { geometry, problem }
    }
}

/// A point inside polygons, rounded to the millimetre; none where they enclose nothing.
#[must_use]
pub fn point_inside(geometry: &Bng<MultiPolygon<f64>>) -> Option<Bng<Point<f64>>> {
    geometry.inner().interior_point().map(|point| Bng(Point(to_millimetre(point.0))))
}

fn to_millimetre(c: Coord<f64>) -> Coord<f64> {
    Coord { x: (c.x * 1000.0).round() / 1000.0, y: (c.y * 1000.0).round() / 1000.0 }
}

fn check_ring(ring: &LineString<f64>) -> Result<(), String> {
    if let Some(bad) = ring.coords().find(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return Err(format!("expected finite coordinates, found {}, {}", bad.x, bad.y));
    }
    if ring.0.len() < 4 {
        return Err(format!("expected a ring of at least 4 positions, found {}", ring.0.len()));
    }
    if ring.0.first() == ring.0.last() { Ok(()) } else { Err("expected a closed ring, found an open one".to_owned()) }
}

/// Drops positions that became equal by rounding, and rings that have vanished by it.
fn without_repeats(polygon: Polygon<f64>) -> Option<Polygon<f64>> {
    let (exterior, interiors) = polygon.into_inner();
    let tidy = |mut ring: LineString<f64>| {
        ring.0.dedup();
        (ring.0.len() >= 4).then_some(ring)
    };
    Some(Polygon::new(tidy(exterior)?, interiors.into_iter().filter_map(tidy).collect()))
}

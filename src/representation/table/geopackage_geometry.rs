//! Geometries as a `GeoPackage` holds them: a head with the system and the rectangle around, then well-known binary, all little-endian.

use geo::BoundingRect;
use geo_types::{Geometry, LineString, MultiPolygon, Point, Rect};

use super::super::figure::TableShape;

/// EPSG's number of the British National Grid, which is also its number in the file.
pub(super) const NATIONAL_GRID: i32 = 27_700;

/// A shape as bytes with the rectangle around it; none where it is not located.
pub(super) fn encoded(shape: &TableShape<'_>) -> Option<(Vec<u8>, Option<Rect<f64>>)> {
    match shape {
        TableShape::Area(area) => Some(polygons(area.inner())),
        TableShape::Owned(area) => Some(polygons(area.inner())),
        TableShape::Point(at) => Some(point(*at.inner())),
        TableShape::None => None,
    }
}

fn polygons(polygons: &MultiPolygon<f64>) -> (Vec<u8>, Option<Rect<f64>>) {
    let around = polygons.bounding_rect();
    let mut bytes = head(around.as_ref(), polygons.0.is_empty());
    kind(&mut bytes, 6);
    count(&mut bytes, polygons.0.len());
    for polygon in polygons {
        kind(&mut bytes, 3);
        count(&mut bytes, 1 + polygon.interiors().len());
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).for_each(|line| ring(&mut bytes, line));
    }
    (bytes, around)
}

fn point(point: Point<f64>) -> (Vec<u8>, Option<Rect<f64>>) {
    // A point is its own rectangle; the standard advises against writing it twice.
    let mut bytes = head(None, false);
    kind(&mut bytes, 1);
    number(&mut bytes, point.x());
    number(&mut bytes, point.y());
    (bytes, Geometry::from(point).bounding_rect())
}

/// `GP`, version 1, the flags (little-endian; what rectangle follows; whether it is empty), the system, the rectangle.
fn head(around: Option<&Rect<f64>>, empty: bool) -> Vec<u8> {
    let flags = 0b0000_0001 | if around.is_some() { 0b0000_0010 } else { 0 } | if empty { 0b0001_0000 } else { 0 };
    let mut bytes = vec![b'G', b'P', 0, flags];
    bytes.extend_from_slice(&NATIONAL_GRID.to_le_bytes());
    if let Some(around) = around {
        for side in [around.min().x, around.max().x, around.min().y, around.max().y] {
            number(&mut bytes, side);
        }
    }
    bytes
}

fn kind(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(1);
    bytes.extend_from_slice(&kind.to_le_bytes());
}

fn ring(bytes: &mut Vec<u8>, ring: &LineString<f64>) {
    count(bytes, ring.0.len());
    for c in &ring.0 {
        number(bytes, c.x);
        number(bytes, c.y);
    }
}

fn count(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend_from_slice(&u32::try_from(length).expect("no shape here has four thousand million vertices").to_le_bytes());
}

fn number(bytes: &mut Vec<u8>, number: f64) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;
    use crate::model::crs::Bng;

    #[test]
    fn a_point_is_a_head_of_eight_bytes_and_well_known_binary() {
        let (bytes, around) = encoded(&TableShape::Point(Bng(Point::new(1.0, 2.0)))).unwrap();
        let wanted = [&b"GP\x00\x01"[..], &27_700_i32.to_le_bytes(), &[1, 1, 0, 0, 0], &1.0_f64.to_le_bytes(), &2.0_f64.to_le_bytes()].concat();
        assert_eq!(bytes, wanted);
        assert_eq!(around.unwrap().min(), around.unwrap().max());
    }

    #[test]
    fn polygons_say_the_rectangle_around_them_west_east_south_north() {
        let shape = MultiPolygon(vec![polygon![(x: 1.0, y: 5.0), (x: 3.0, y: 5.0), (x: 3.0, y: 9.0), (x: 1.0, y: 5.0)]]);
        let (bytes, _) = encoded(&TableShape::Owned(Bng(shape))).unwrap();
        let side = |at: usize| f64::from_le_bytes(*bytes[at..].first_chunk().unwrap());
        assert_eq!(bytes[3], 0b11);
        assert_eq!([side(8), side(16), side(24), side(32)].map(|side| format!("{side}")), ["1", "3", "5", "9"]);
        assert_eq!(bytes.len(), 8 + 32 + 9 + 9 + 4 + 4 * 16);
    }

    #[test]
    fn what_is_not_located_has_no_geometry() {
        assert!(encoded(&TableShape::None).is_none());
    }
}

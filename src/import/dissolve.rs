//! Larger areas from the polygons of smaller ones, without slivers or gaps.
//!
//! Neighbours of one publication share their vertices, and coordinates are whole millimetres, so an inner boundary
//! is an edge that stands in both directions: such pairs cancel and what is left is the outline. Where polygons do
//! not share vertices the leftover slivers are dropped, and if that is not clean a boolean union takes over.

use std::collections::{BTreeMap, HashMap, HashSet};

use geo::{Area, BoundingRect, CoordinatePosition, LinesIter, MapCoords, Orient, Validation, coordinate_position::CoordPos, orient::Direction, unary_union};
use geo_types::{Coord, LineString, MultiPolygon, Polygon, coord};

/// A position in whole millimetres.
type Millimetres = (i64, i64);

/// A ring whose mean width is below this is a sliver between polygons that do not share vertices, not a place.
const SLIVER_WIDTH_METRES: f64 = 2.0;

/// By how much of the sum of the parts the area of the whole may differ before the result is distrusted.
const AREA_TOLERANCE: f64 = 1e-4;

/// The union of polygons that lie side by side.
#[must_use]
pub fn dissolve(parts: &[&MultiPolygon<f64>]) -> MultiPolygon<f64> {
    let sum: f64 = parts.iter().map(|part| part.unsigned_area()).sum();
    let trusted = |whole: &MultiPolygon<f64>| (whole.unsigned_area() - sum).abs() <= sum * AREA_TOLERANCE && whole.is_valid();
    let stitched = outline_of_edges(parts).map(polygons_from_rings);
    if let Some(whole) = stitched.filter(trusted) {
        return whole;
    }
    let owned: Vec<MultiPolygon<f64>> = parts.iter().map(|part| (*part).clone()).collect();
    let union = unary_union(owned.iter());
    let rings = union.into_iter().flat_map(|polygon| {
        let (exterior, interiors) = polygon.into_inner();
        std::iter::once(exterior).chain(interiors)
    });
    polygons_from_rings(rings.map(|ring| ring.map_coords(|c| metres(millimetres(c)))).collect()).orient(Direction::Default)
}

fn millimetres(c: Coord<f64>) -> Millimetres {
    #[expect(clippy::cast_possible_truncation, reason = "coordinates of Great Britain in millimetres stay below 2^31")]
    let whole = |metres: f64| (metres * 1000.0).round() as i64;
    (whole(c.x), whole(c.y))
}

fn metres((x, y): Millimetres) -> Coord<f64> {
    #[expect(clippy::cast_precision_loss, reason = "coordinates of Great Britain in millimetres stay below 2^31")]
    let part = |whole: i64| whole as f64 / 1000.0;
    coord! { x: part(x), y: part(y) }
}

/// The rings that remain when edges in both directions have cancelled; nothing if an edge stands twice in one direction.
fn outline_of_edges(parts: &[&MultiPolygon<f64>]) -> Option<Vec<LineString<f64>>> {
    let mut edges: Vec<(Millimetres, Millimetres)> = Vec::new();
    for part in parts {
        for polygon in part.orient(Direction::Default).iter() {
            for line in polygon.lines_iter() {
                let (start, end) = (millimetres(line.start), millimetres(line.end));
                if start != end {
                    edges.push((start, end));
                }
            }
        }
    }
    let standing: HashSet<(Millimetres, Millimetres)> = edges.iter().copied().collect();
    if standing.len() < edges.len() {
        return None;
    }
    let mut outgoing: BTreeMap<Millimetres, Vec<Millimetres>> = BTreeMap::new();
    for (start, end) in edges {
        if !standing.contains(&(end, start)) {
            outgoing.entry(start).or_default().push(end);
        }
    }
    rings_from_edges(outgoing)
}

/// Walks the edges into rings, none of which passes a vertex twice: a walk that comes back to a vertex closes a ring there.
fn rings_from_edges(mut outgoing: BTreeMap<Millimetres, Vec<Millimetres>>) -> Option<Vec<LineString<f64>>> {
    let mut rings = Vec::new();
    while let Some((&start, _)) = outgoing.first_key_value() {
        let mut path = vec![start];
        let mut position_in_path: HashMap<Millimetres, usize> = HashMap::from([(start, 0)]);
        while let Some(&here) = path.last() {
            let before = path.len().checked_sub(2).map(|at| path[at]);
            let Some(next) = take_leftmost(&mut outgoing, before, here) else {
                if path.len() == 1 {
                    break;
                }
                return None;
            };
            if let Some(&at) = position_in_path.get(&next) {
                let mut ring: Vec<Coord<f64>> = path[at..].iter().map(|point| metres(*point)).collect();
                ring.push(metres(next));
                rings.push(LineString(ring));
                for closed in path.drain(at + 1..) {
                    position_in_path.remove(&closed);
                }
            } else {
                position_in_path.insert(next, path.len());
                path.push(next);
            }
        }
    }
    Some(rings)
}

/// Takes the edge that turns most to the left, so that rings that touch in a point do not cross there.
fn take_leftmost(outgoing: &mut BTreeMap<Millimetres, Vec<Millimetres>>, before: Option<Millimetres>, here: Millimetres) -> Option<Millimetres> {
    let ends = outgoing.get_mut(&here)?;
    let turn = |end: &Millimetres| {
        let Some(before) = before else { return 0.0 };
        let (a, b) = ((metres(here) - metres(before)), (metres(*end) - metres(here)));
        (a.x * b.y - a.y * b.x).atan2(a.x * b.x + a.y * b.y)
    };
    let (at, _) = ends.iter().enumerate().max_by(|(_, a), (_, b)| turn(a).total_cmp(&turn(b)))?;
    let end = ends.swap_remove(at);
    if ends.is_empty() {
        outgoing.remove(&here);
    }
    Some(end)
}

/// Sorts rings into outer rings and the holes in them, without slivers.
fn polygons_from_rings(rings: Vec<LineString<f64>>) -> MultiPolygon<f64> {
    let (mut outer, mut holes) = (Vec::new(), Vec::new());
    for ring in rings {
        let polygon = Polygon::new(ring, Vec::new());
        let length: f64 = polygon.exterior().lines().map(|line| line.end - line.start).map(|d| d.x.hypot(d.y)).sum();
        let area = polygon.signed_area();
        if 2.0 * area.abs() < SLIVER_WIDTH_METRES * length {
            continue;
        }
        if area > 0.0 { outer.push((area, polygon)) } else { holes.push(polygon) }
    }
    // The smallest outer ring around a hole is the one it is a hole of.
    outer.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut interiors: Vec<Vec<LineString<f64>>> = vec![Vec::new(); outer.len()];
    for hole in holes {
        let holder = outer.iter().position(|(_, polygon)| contains(polygon, hole.exterior()));
        if let Some(at) = holder {
            interiors[at].push(hole.into_inner().0);
        }
    }
    let mut polygons: Vec<Polygon<f64>> = outer.into_iter().zip(interiors).map(|((_, polygon), holes)| Polygon::new(polygon.into_inner().0, holes)).collect();
    polygons.reverse();
    MultiPolygon(polygons)
}

fn contains(polygon: &Polygon<f64>, ring: &LineString<f64>) -> bool {
    let (Some(outer), Some(inner)) = (polygon.bounding_rect(), ring.bounding_rect()) else { return false };
    if inner.min().x < outer.min().x || inner.max().x > outer.max().x || inner.min().y < outer.min().y || inner.max().y > outer.max().y {
        return false;
    }
    let places = ring.coords().map(|c| polygon.coordinate_position(c));
    places.into_iter().find(|place| *place != CoordPos::OnBoundary).is_some_and(|place| place == CoordPos::Inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;
    use proptest::prelude::*;

    fn square(x: f64, y: f64, size: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![polygon![(x: x, y: y), (x: x + size, y: y), (x: x + size, y: y + size), (x: x, y: y + size)]])
    }

    fn dissolved(parts: &[MultiPolygon<f64>]) -> MultiPolygon<f64> {
        dissolve(&parts.iter().collect::<Vec<_>>())
    }

    #[test]
    fn two_squares_side_by_side_become_one_ring() {
        let whole = dissolved(&[square(0.0, 0.0, 100.0), square(100.0, 0.0, 100.0)]);
        assert_eq!(whole.0.len(), 1);
        assert!(whole.0[0].interiors().is_empty());
        assert!((whole.unsigned_area() - 20_000.0).abs() < 1e-6);
    }

    #[test]
    fn a_city_missing_from_its_county_is_a_hole_and_squares_that_touch_in_a_point_stay_two() {
        let ring: Vec<MultiPolygon<f64>> = (0..9).filter(|i| *i != 4).map(|i| square(f64::from(i % 3) * 100.0, f64::from(i / 3) * 100.0, 100.0)).collect();
        let county = dissolved(&ring);
        assert_eq!((county.0.len(), county.0[0].interiors().len()), (1, 1));
        let corners = dissolved(&[square(0.0, 0.0, 100.0), square(100.0, 100.0, 100.0)]);
        assert_eq!(corners.0.len(), 2);
        assert!(corners.is_valid());
    }

    #[test]
    fn polygons_that_do_not_share_vertices_join_without_a_sliver() {
        let left = MultiPolygon(vec![polygon![(x: 0.0, y: 0.0), (x: 100.0, y: 0.0), (x: 100.3, y: 50.0), (x: 100.0, y: 100.0), (x: 0.0, y: 100.0)]]);
        let whole = dissolved(&[left, square(100.0, 0.0, 100.0)]);
        assert_eq!(whole.0.len(), 1);
        assert!(whole.0[0].interiors().is_empty() && whole.is_valid());
    }

    proptest! {
        #[test]
        fn the_whole_is_as_large_as_its_parts_and_valid(cells in proptest::collection::btree_set((0..6i32, 0..6i32), 1..30)) {
            let parts: Vec<MultiPolygon<f64>> = cells.iter().map(|(x, y)| square(f64::from(*x) * 100.0, f64::from(*y) * 100.0, 100.0)).collect();
            let whole = dissolved(&parts);
            let sum: f64 = parts.iter().map(Area::unsigned_area).sum();
            prop_assert!((whole.unsigned_area() - sum).abs() < 1e-6);
            prop_assert!(whole.is_valid());
        }
    }
}

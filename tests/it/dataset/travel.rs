//! Made-up roads, timetables and published times for the editions of these tests, and their laws.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Point;
use needsmap::dataset::{Location, read, write};
use needsmap::model::area::AreaType;
use needsmap::model::crs::Bng;
use needsmap::model::edition::Edition;
use needsmap::model::roads::{Access, GridPoint, Link, NOT_IN_NETWORK, RoadClass, RoadNetwork};
use needsmap::model::timetable::{Days, Pattern, Stop, Timetable, Trip};
use needsmap::model::travel::{Mode, PublishedSite, PublishedTimes};
use proptest::prelude::*;

use super::editions::{hillshire, hillshire_of_version_2, told};

/// The edition with one of everything that version 3 of the format has brought.
pub fn with_travel(edition: Edition) -> Edition {
    let site = |name: &str, hospital: Option<&str>| PublishedSite { name: name.into(), hospital: hospital.map(Into::into) };
    let times = PublishedTimes {
        source: "made-up".into(),
        mode: Mode::Car,
        area_type: AreaType::parse("lsoa11").unwrap(),
        note: "outside peak hours".into(),
        sites: vec![site("Hill Infirmary", Some("RWE")), site("Hill Infirmary", None), site("code", None), site("", None)],
        minutes: (0..16_u8).map(|n| if n == 5 { f32::NAN } else { f32::from(n) + 0.1 }).collect(),
    };
    Edition { published_times: vec![times], roads: Some(roads()), timetable: Some(timetable()), ..edition }
}

fn at(easting_cm: i32, northing_cm: i32) -> GridPoint {
    GridPoint { easting_cm, northing_cm }
}

/// A triangle of three roads, one of them a loop's twin, and a path off it that is of no network by car.
fn roads() -> RoadNetwork {
    let both = |mode| Access::default().with(mode, true).with(mode, false);
    let link = |(tail, head), first_point, way, class, access| Link {
        tail,
        head,
        first_point,
        length_cm: 50_000,
        way,
        class,
        urban: first_point == 0,
        roundabout: first_point > 1,
        limit: 483,
        access,
    };
    RoadNetwork {
        source: "made-up".into(),
        junctions: vec![at(45_800_000, 30_400_000), at(45_850_000, 30_400_000), at(45_800_000, 30_450_000), at(0, 125_000_000)],
        links: vec![
            link((0, 1), 0, 1, RoadClass::Primary, both(Mode::Car)),
            link((0, 2), 2, 2, RoadClass::Motorway, Access::default().with(Mode::Car, false)),
            link((0, 2), 2, i64::MAX, RoadClass::Ferry, Access::default()),
            Link { limit: 0, length_cm: i32::MAX.cast_unsigned(), ..link((2, 1), 3, -1, RoadClass::Residential, Access(0b11_1111)) },
            link((2, 3), 3, 4, RoadClass::Steps, both(Mode::Walk)),
        ],
        shape: vec![at(45_810_000, 30_401_000), at(45_820_000, 30_401_000), at(70_000_000, 0)],
        ranks: [vec![2, 0, 1, NOT_IN_NETWORK], vec![0, 1, 2, 3], vec![NOT_IN_NETWORK; 4]],
    }
}

fn timetable() -> Timetable {
    let stop = |id: &str, x| Stop { id: id.into(), name: format!("Stop “{id}”"), point: Bng(Point::new(x, 304_000.1)) };
    let trip = |from: u32, days| Trip { days: Days(days), times: vec![(from, from), (from + 60, from + 90), (from + 300, from + 300)] };
    Timetable {
        source: "boundaries".into(),
        first_day: "2023-06-13".into(),
        last_day: "2023-09-01".into(),
        stops: vec![stop("A", 458_000.0), stop("B", 458_500.0), stop("C", 0.1 + 0.2)],
        patterns: vec![
            Pattern { route: "5".into(), stops: vec![2, 0], trips: vec![] },
            Pattern { route: "X55".into(), stops: vec![0, 1, 0], trips: vec![trip(25_200, 0b1_1111), trip(90_000, 0b100_0000)] },
        ],
    }
}

/// Any travel, beside an edition whose areas of `lsoa11` are four.
pub fn any_travel() -> impl Strategy<Value = (Vec<PublishedTimes>, Option<RoadNetwork>, Option<Timetable>)> {
    (any_times(), prop::option::of(any_roads()), prop::option::of(any_timetable()))
}

fn any_times() -> impl Strategy<Value = Vec<PublishedTimes>> {
    let minutes = prop_oneof![4 => 0.0..1e4_f32, 1 => Just(f32::NAN)];
    let site = (".{0,6}", prop::collection::vec(minutes, 4));
    let table = (prop::sample::select(Mode::ALL.to_vec()), ".{0,8}", prop::collection::vec(site, 1..4));
    prop::collection::vec(table, 0..4).prop_map(|tables| {
        let mut modes = BTreeSet::new();
        let tables = tables.into_iter().filter(|(mode, _, _)| modes.insert(*mode));
        tables
            .map(|(mode, note, sites)| PublishedTimes {
                source: "made-up".into(),
                mode,
                area_type: AreaType::parse("lsoa11").unwrap(),
                note,
                minutes: (0..4).flat_map(|area| sites.iter().map(move |(_, minutes)| minutes[area])).collect(),
                sites: sites.into_iter().map(|(name, _)| PublishedSite { name, hospital: None }).collect(),
            })
            .collect()
    })
}

fn any_point() -> impl Strategy<Value = GridPoint> {
    (0..=70_000_000, 0..=125_000_000).prop_map(|(easting_cm, northing_cm)| GridPoint { easting_cm, northing_cm })
}

fn any_roads() -> impl Strategy<Value = RoadNetwork> {
    let kind = (any::<i64>(), prop::sample::select(RoadClass::ALL.to_vec()), 1..=i32::MAX.cast_unsigned(), any::<u16>(), 0..64_u8);
    let link = (any::<(prop::sample::Index, prop::sample::Index)>(), kind, any::<(bool, bool)>(), prop::collection::vec(any_point(), 0..4));
    let junction = (any_point(), any::<[bool; 3]>(), any::<u32>());
    (prop::collection::vec(junction, 1..12), prop::collection::vec(link, 0..20)).prop_map(|(junctions, links)| {
        let places = junctions.len();
        let mut sorted: Vec<_> = links
            .into_iter()
            .map(|((tail, head), kind, flags, points)| {
                let place = |index: prop::sample::Index| u32::try_from(index.index(places)).unwrap();
                ((place(tail), place(head), kind.0), kind, flags, points)
            })
            .collect();
        sorted.sort_by_key(|link| link.0);
        let mut shape = Vec::new();
        let links = sorted.into_iter().map(|((tail, head, way), (_, class, length_cm, limit, access), (urban, roundabout), points)| {
            let first_point = u32::try_from(shape.len()).unwrap();
            shape.extend(points);
            Link { tail, head, first_point, length_cm, way, class, urban, roundabout, limit, access: Access(access) }
        });
        let links = links.collect();
        let ranks = [0, 1, 2].map(|mode: usize| {
            let order: BTreeMap<(u32, usize), usize> =
                junctions.iter().enumerate().filter(|(_, (_, within, _))| within[mode]).map(|(at, (_, _, key))| ((*key, at), at)).collect();
            let mut ranks = vec![NOT_IN_NETWORK; places];
            (0..).zip(order.into_values()).for_each(|(rank, at)| ranks[at] = rank);
            ranks
        });
        RoadNetwork { source: "made-up".into(), junctions: junctions.into_iter().map(|(point, _, _)| point).collect(), links, shape, ranks }
    })
}

fn any_timetable() -> impl Strategy<Value = Timetable> {
    let stop = (".{0,6}", (-1e6..1e6_f64, prop::num::f64::NORMAL));
    let waits = prop::collection::vec((0..600_u32, 0..600_u32), 5);
    let trip = (0..3000_u32, 1..128_u8);
    let pattern = (".{0,4}", prop::collection::vec(any::<prop::sample::Index>(), 2..5), waits, prop::collection::vec(trip, 0..5));
    (prop::collection::btree_map(".{0,6}", stop, 1..5), prop::collection::vec(pattern, 0..4)).prop_map(|(stops, patterns)| {
        let stops: Vec<Stop> = stops.into_iter().map(|(id, (name, point))| Stop { id, name, point: Bng(Point::new(point.0, point.1)) }).collect();
        let mut patterns: Vec<Pattern> = patterns
            .into_iter()
            .map(|(route, calls, waits, trips)| {
                let calls: Vec<u32> = calls.into_iter().map(|index| u32::try_from(index.index(stops.len())).unwrap()).collect();
                let mut first = 0;
                let trips = trips.into_iter().map(|(after, days)| {
                    first += after;
                    let mut now = first;
                    let times = waits[..calls.len()].iter().map(|(run, wait)| {
                        now += run + wait;
                        (now - wait, now)
                    });
                    Trip { days: Days(days), times: times.collect() }
                });
                Pattern { route, trips: trips.collect(), stops: calls }
            })
            .collect();
        patterns.sort_by(|a, b| (&a.route, &a.stops).cmp(&(&b.route, &b.stops)));
        Timetable { source: "made-up".into(), first_day: "2023-06-13".into(), last_day: "2023-06-20".into(), stops, patterns }
    })
}

/// What `write` says of the county after this change.
fn refusal(change: impl FnOnce(&mut Edition)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut edition = hillshire();
    change(&mut edition);
    let error = write(&edition, &folder.path().join("dataset")).unwrap_err();
    error.to_string().trim_start_matches("edition hillshire-2022: ").to_owned()
}

fn refusal_of_roads(change: impl FnOnce(&mut RoadNetwork)) -> String {
    refusal(|edition| change(edition.roads.as_mut().unwrap()))
}

fn refusal_of_timetable(change: impl FnOnce(&mut Timetable)) -> String {
    refusal(|edition| change(edition.timetable.as_mut().unwrap()))
}

#[test]
fn links_join_junctions_that_are_there_in_one_order() {
    let refusals = [
        refusal_of_roads(|roads| roads.source = "hearsay".into()),
        refusal_of_roads(|roads| roads.junctions[0].easting_cm = -1),
        refusal_of_roads(|roads| roads.shape[0].northing_cm = 125_000_001),
        refusal_of_roads(|roads| roads.links[0].head = 4),
        refusal_of_roads(|roads| roads.links.swap(0, 1)),
        refusal_of_roads(|roads| roads.links[4].first_point = 2),
        refusal_of_roads(|roads| roads.links[4].first_point = 4),
        refusal_of_roads(|roads| roads.links[2].way = 1),
        refusal_of_roads(|roads| roads.links[0].length_cm = 0),
        refusal_of_roads(|roads| roads.links[0].access = Access(64)),
        refusal_of_roads(|roads| roads.links.clear()),
    ];
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn ranks_are_one_order_of_the_junctions_of_a_modes_network() {
    let refusals = [
        refusal_of_roads(|roads| roads.ranks[0][0] = 0),
        refusal_of_roads(|roads| roads.ranks[1][0] = 4),
        refusal_of_roads(|roads| roads.ranks[2][3] = 1),
        refusal_of_roads(|roads| roads.ranks[2].truncate(3)),
    ];
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn trips_keep_their_order_and_serve_stops_that_are_there() {
    let refusals = [
        refusal_of_timetable(|timetable| timetable.source = "hearsay".into()),
        refusal_of_timetable(|timetable| timetable.stops.swap(0, 1)),
        refusal_of_timetable(|timetable| timetable.stops[1].point = Bng(Point::new(f64::NAN, 1.0))),
        refusal_of_timetable(|timetable| timetable.patterns.swap(0, 1)),
        refusal_of_timetable(|timetable| timetable.patterns[0].stops = vec![1]),
        refusal_of_timetable(|timetable| timetable.patterns[0].stops = vec![1, 3]),
        refusal_of_timetable(|timetable| timetable.patterns[1].trips[0].times.truncate(2)),
        refusal_of_timetable(|timetable| timetable.patterns[1].trips[0].days = Days(0)),
        refusal_of_timetable(|timetable| timetable.patterns[1].trips[0].times[1] = (25_260, 25_259)),
        refusal_of_timetable(|timetable| timetable.patterns[1].trips[1].times[2].1 = 604_801),
        refusal_of_timetable(|timetable| timetable.patterns[1].trips[0].times[2] = (90_301, 90_301)),
    ];
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn published_minutes_are_those_of_every_area_to_every_site() {
    let refusals = [
        refusal(|edition| edition.published_times[0].source = "hearsay".into()),
        refusal(|edition| edition.published_times.push(edition.published_times[0].clone())),
        refusal(|edition| edition.published_times[0].area_type = AreaType::parse("lsoa21").unwrap()),
        refusal(|edition| edition.published_times[0].sites.clear()),
        refusal(|edition| edition.published_times[0].sites[1].hospital = Some("hearsay".into())),
        refusal(|edition| edition.published_times[0].minutes.truncate(15)),
        refusal(|edition| edition.published_times[0].minutes[3] = -5.0),
        refusal(|edition| edition.published_times[0].minutes[3] = f32::INFINITY),
    ];
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn a_dataset_of_the_second_version_is_read_as_an_edition_without_travel() {
    let stored = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dataset-version-2");
    let manifest = std::fs::read_to_string(stored.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"format_version\": 2,"));
    assert_eq!(told(&read(Location::Directory(&stored)).unwrap()), told(&hillshire_of_version_2()));
}

/// A table of several batches, whose footer and rows are all there.
#[test]
fn a_long_road_comes_back_point_by_point() {
    let folder = tempfile::tempdir().unwrap();
    let mut edition = hillshire();
    let roads = edition.roads.as_mut().unwrap();
    let bend = |n: i32| at(45_800_000 + n % 977 * 31, 30_400_000 + n / 3);
    roads.shape.extend((0..150_000).map(bend));
    write(&edition, &folder.path().join("dataset")).unwrap();
    let again = read(Location::Directory(&folder.path().join("dataset"))).unwrap();
    assert!(again.roads == edition.roads, "the points differ");
}

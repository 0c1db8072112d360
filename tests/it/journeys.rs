//! Journeys on the real roads of Rutland: equal to plain searches, and the laws that every network keeps.

use std::path::PathBuf;

use geo::Contains as _;
use geo_types::Point;
use needsmap::dataset::default_speeds;
use needsmap::import::input::Input;
use needsmap::import::report::Report;
use needsmap::import::source::osm_roads;
use needsmap::model::crs::Bng;
use needsmap::model::roads::{AddedRoad, Link, RoadClass, RoadNetwork, SpeedTable};
use needsmap::model::travel::{Direction, Mode, TimeOfDay};
use needsmap::store::{By, Journey, Roads, Snapped, Together, Travel};

/// The network of the county, or nothing with a line that says so.
fn rutland() -> Option<RoadNetwork> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/roads/rutland-2022-07-20.osm.pbf");
    if !path.exists() {
        println!("skipped: ../shared/roads is absent");
        return None;
    }
    Some(osm_roads::read(&Input::read(&path, None).unwrap(), None, &mut Report::default()).unwrap())
}

/// Places all over the county, in an order that looks random, those near a road of the mode.
fn places(roads: &Roads, mode: Mode, count: usize) -> Vec<Snapped> {
    let spots = (0..).map(|at: u32| Point::new(480_000.0 + f64::from(at * 7_919 % 24_000), 296_000.0 + f64::from(at * 4_001 % 20_000)));
    spots.take(10 * count).filter_map(|point| roads.snapped(&Bng(point), mode).ok()).take(count).collect()
}

fn travel(mode: Mode, direction: Direction) -> Travel {
    Travel { mode, direction, ..Travel::default() }
}

#[test]
fn on_real_roads_every_journey_equals_a_plain_search_both_ways_and_by_every_mode() {
    let Some(network) = rutland() else { return };
    let roads = Roads::new(network, default_speeds());
    for mode in Mode::ON_ROADS {
        let places = places(&roads, mode, 12);
        for direction in Direction::ALL {
            let asked = travel(mode, direction);
            let together = roads.to_junctions(&places, asked);
            let junctions = roads.junctions_of(mode);
            for (place, row) in places.iter().zip(together.chunks(junctions)) {
                let searched = roads.junctions_within(place, asked, f64::INFINITY);
                assert!(searched.iter().filter(|seconds| seconds.is_finite()).count() > 5_000, "{mode:?}");
                assert_eq!(row, searched, "{mode:?} {direction:?}");
                assert_eq!(roads.to_junctions(std::slice::from_ref(place), asked), searched, "{mode:?} {direction:?}");
            }
        }
    }
}

#[test]
fn detours_peaks_and_shortest_ways_keep_their_laws() {
    let Some(network) = rutland() else { return };
    let roads = Roads::new(network, default_speeds());
    let places = places(&roads, Mode::Car, 25);
    let asked = travel(Mode::Car, Direction::FromSite);
    let table = |time, by| roads.matrix(&places, &places, Travel { time, by, ..asked });
    let [free, usual, peak] = TimeOfDay::ALL.map(|time| table(time, By::Minutes));
    let shortest = table(TimeOfDay::OffPeak, By::Kilometres);
    for a in 0..places.len() {
        assert_eq!(usual[a][a], Journey { seconds: 0.0, metres: 0.0 }, "a place to itself");
        for b in 0..places.len() {
            assert!(free[a][b].seconds <= usual[a][b].seconds && usual[a][b].seconds <= peak[a][b].seconds);
            // A metre and a second each way for what is made whole at the ends.
            assert!(shortest[a][b].metres <= usual[a][b].metres + 1.0 && usual[a][b].seconds <= shortest[a][b].seconds + 1.0);
            for c in 0..places.len() {
                // Over a third place people also walk to its road and back.
                assert!(usual[a][c].seconds <= usual[a][b].seconds + usual[b][c].seconds + 1.0, "{a} {b} {c}");
            }
        }
    }
}

#[test]
fn closing_a_road_makes_no_journey_shorter_and_an_added_one_makes_none_longer() {
    let Some(network) = rutland() else { return };
    let usual = Roads::new(network.clone(), default_speeds());
    let places = places(&usual, Mode::Car, 20);
    let asked = travel(Mode::Car, Direction::FromSite);
    let seconds = |roads: &Roads| -> Vec<f32> {
        // By the very same spots, so that only the way changes.
        roads.matrix(&places, &places, asked).into_iter().flatten().map(|journey| journey.seconds).collect()
    };
    let primary: Vec<Link> = network.links.iter().filter(|link| link.class == RoadClass::Primary).copied().collect();
    let mut closed = default_speeds();
    closed.closed_ways.extend(primary.iter().map(|link| link.way).take(200));
    let (first, last) = (primary[0], primary[primary.len() - 1]);
    let added = AddedRoad {
        name: "bypass".into(),
        from: network.junctions[first.tail as usize],
        to: network.junctions[last.head as usize],
        class: RoadClass::Motorway,
        limit_kmh: 112.0,
        one_way: false,
        urban: false,
    };
    let with_bypass = SpeedTable { added_roads: vec![added], ..default_speeds() };
    let open = seconds(&usual);
    let shut = seconds(&Roads::new(network.clone(), closed));
    let faster = Roads::new(network, with_bypass);
    assert_eq!(faster.notes(), [] as [&str; 0]);
    let faster = seconds(&faster);
    assert!(open.iter().zip(&shut).any(|(open, shut)| shut.is_nan() || shut > open), "somebody used a road that was closed");
    assert!(open.iter().zip(&shut).all(|(open, shut)| shut.is_nan() || open <= shut));
    assert!(open.iter().zip(&faster).any(|(open, faster)| faster < open), "somebody uses the bypass");
    assert!(open.iter().zip(&faster).all(|(open, faster)| faster <= open));
}

#[test]
fn an_isochrone_agrees_with_the_times_at_random_points_and_shrinks_in_the_peak() {
    let Some(network) = rutland() else { return };
    let roads = Roads::new(network, default_speeds());
    let points = places(&roads, Mode::Car, 900);
    for place in places(&roads, Mode::Car, 3) {
        for direction in Direction::ALL {
            let asked = travel(Mode::Car, direction);
            let outlines = roads.isochrones(&[place], asked, Together::Union, &[600.0, 1_200.0]);
            let in_the_peak = roads.isochrones(&[place], Travel { time: TimeOfDay::MorningPeak, ..asked }, Together::Union, &[600.0, 1_200.0]);
            let times: Vec<f32> = match direction {
                Direction::FromSite => roads.matrix(&[place], &points, asked)[0].iter().map(|journey| journey.seconds).collect(),
                Direction::ToSite => roads.matrix(&points, &[place], asked).iter().map(|row| row[0].seconds).collect(),
            };
            for ((outline, peak), limit) in outlines.iter().zip(&in_the_peak).zip([600.0, 1_200.0]) {
                let agreed = points.iter().zip(&times).filter(|(point, seconds)| outline.0.contains(&point.point.0) == (**seconds <= limit)).count();
                assert!(agreed * 1_000 >= points.len() * 985, "{agreed} of {} {direction:?} {limit}", points.len());
                assert!(points.iter().all(|point| !peak.0.contains(&point.point.0) || outline.0.contains(&point.point.0)));
            }
        }
    }
}

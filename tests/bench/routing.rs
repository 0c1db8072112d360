//! How long journeys take to be worked out, on an extract and places given as arguments; its last line is JSON for the comparison with other engines.
//!
//! `cargo bench --bench routing -- EXTRACT.osm.pbf PLACES.csv --json`: places are `lon,lat,role` with the roles `place` (asked from and to) and
//! `point` (judged: does the polygon's verdict agree with the time to the very point?). Without arguments it says so and ends.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use geo::{BoundingRect, Contains};
use geo_types::{Coord, MultiPolygon, Point};
use needsmap::dataset::default_speeds;
use needsmap::import::input::Input;
use needsmap::import::report::Report;
use needsmap::import::source::osm_roads;
use needsmap::model::crs::{Bng, bng_from_lonlat};
use needsmap::model::travel::{Direction, Mode, TimeOfDay};
use needsmap::store::{Journey, Roads, Snapped, Together, Travel};

/// Places from which rows, trees and isochrones are made.
const ORIGINS: usize = 20;
const BANDS: [f64; 5] = [5.0, 10.0, 15.0, 20.0, 30.0];
const JUDGED: [f64; 3] = [10.0, 15.0, 30.0];
/// Points further away are in no polygon and would only flatter the agreement.
const NEAR_MINUTES: f64 = 45.0;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [extract, places] = &words[..] else {
        println!("routing: expected an extract (.osm.pbf) and a file of places, found {words:?}; nothing measured");
        return;
    };
    let (places, points) = read_places(Path::new(places));
    let begun = Instant::now();
    let input = Input::read(Path::new(extract), None).expect("the extract is there");
    let network = osm_roads::read(&input, None, &mut Report::default()).expect("the extract holds roads");
    drop(input);
    let read = begun.elapsed();
    let table = default_speeds();
    let roads = Roads::new(network.clone(), table.clone());
    let asked = Travel { time: TimeOfDay::FreeFlow, direction: Direction::FromSite, ..Travel::default() };
    roads.prepare(asked);
    let preparation = begun.elapsed();
    eprintln!("read {read:?}, ready {preparation:?}; junctions {}, bytes {} MB", roads.junctions_of(Mode::Car), roads.bytes() / 1_000_000);

    let snap = |places: &[Bng<Point<f64>>]| -> Vec<Snapped> { places.iter().filter_map(|place| roads.snapped(place, Mode::Car).ok()).collect() };
    let on_roads = snap(&places);
    assert_eq!(on_roads.len(), places.len(), "every place is near a road");
    let matrix = median_ms(5, || black_box(roads.matrix(&on_roads, &on_roads, asked)));
    let row = median_ms_of(&on_roads[..ORIGINS], |place| black_box(roads.matrix(std::slice::from_ref(place), &on_roads, asked)));
    let all = median_ms_of(&on_roads[..ORIGINS], |place| black_box(roads.to_junctions(std::slice::from_ref(place), asked)));
    let lanes = median_ms(3, || black_box(roads.to_junctions(&on_roads[..64], asked))) / 64.0;
    let tree = median_ms_of(&on_roads[..ORIGINS], |place| black_box(roads.junctions_within(place, asked, 1_800.0)));
    let seconds = BANDS.map(|minutes| minutes * 60.0);
    let isochrones = median_ms_of(&on_roads[..ORIGINS], |place| black_box(roads.isochrones(std::slice::from_ref(place), asked, Together::Union, &seconds)));
    let walking = Travel { mode: Mode::Walk, ..asked };
    let on_foot: Vec<Snapped> = places[..ORIGINS].iter().filter_map(|place| roads.snapped(place, Mode::Walk).ok()).collect();
    let walks = median_ms_of(&on_foot, |place| black_box(roads.isochrones(std::slice::from_ref(place), walking, Together::Union, &seconds[..3])));
    let customise = median_ms(5, || black_box(roads.customised(&table, asked)));
    let agreement = agreement(&roads, &on_roads[..ORIGINS], &points, asked);
    let minutes = pair_minutes(&roads, &on_roads, asked);
    let added = median_ms(3, || black_box(Roads::new(network.clone(), table.clone())));
    println!(
        "  one place to 500: {row:.3} ms; to all junctions, 64 places side by side: {lanes:.3} ms each; on foot, 3 bands: {walks:.2} ms; all networks contracted again (an added road): {added:.0} ms"
    );
    let own = serde_json::json!({
        "preparation_ms": preparation.as_secs_f64() * 1000.0, "peak_memory_mb": held("VmHWM"), "serving_mb": held("VmRSS"), "matrix_500_ms": matrix,
        "one_to_all_ms": all, "tree_30_min_ms": tree, "isochrones_ms": isochrones, "customise_ms": customise, "agreement_percent": agreement,
        "pair_minutes": minutes,
    });
    println!("{own}");
}

type Places = Vec<Bng<Point<f64>>>;

/// The places that are asked about, and the points that are judged.
fn read_places(path: &Path) -> (Places, Places) {
    let (mut places, mut points) = (Vec::new(), Vec::new());
    let mut rows = csv::Reader::from_path(path).expect("the file of places is there");
    let heads = rows.headers().expect("it has a head").clone();
    let column = |name: &str| heads.iter().position(|head| head == name).expect("it has lon, lat and role");
    let (lon, lat, role) = (column("lon"), column("lat"), column("role"));
    for row in rows.records() {
        let row = row.expect("rows are read");
        let place = Coord { x: row[lon].parse().expect("a longitude"), y: row[lat].parse().expect("a latitude") };
        let list = if &row[role] == "place" { &mut places } else { &mut points };
        list.push(Bng(Point(bng_from_lonlat(place).expect("in Great Britain"))));
    }
    (places, points)
}

/// Of random points, how many per cent a polygon judges as the time to the very point does.
fn agreement(roads: &Roads, origins: &[Snapped], points: &[Bng<Point<f64>>], asked: Travel) -> f64 {
    let targets: Vec<Snapped> = points.iter().filter_map(|point| roads.snapped(point, asked.mode).ok()).collect();
    let (mut judged, mut agreed) = (0_u32, 0_u32);
    for origin in origins {
        let times = &roads.matrix(std::slice::from_ref(origin), &targets, asked)[0];
        let polygons = roads.isochrones(std::slice::from_ref(origin), asked, Together::Union, &JUDGED.map(|minutes| minutes * 60.0));
        for (minutes, polygon) in JUDGED.iter().zip(&polygons) {
            for (target, Journey { seconds, .. }) in targets.iter().zip(times) {
                let time = f64::from(*seconds) / 60.0;
                let within = inside(&polygon.0, target.point.0);
                if within || time <= NEAR_MINUTES {
                    judged += 1;
                    agreed += u32::from(within == (time <= *minutes));
                }
            }
        }
    }
    100.0 * f64::from(agreed) / f64::from(judged)
}

fn inside(polygons: &MultiPolygon<f64>, point: Point<f64>) -> bool {
    polygons.0.iter().any(|polygon| polygon.bounding_rect().is_some_and(|rect| rect.contains(&point)) && polygon.contains(&point))
}

/// Minutes of the 2,000 pairs that all engines are compared by.
fn pair_minutes(roads: &Roads, places: &[Snapped], asked: Travel) -> Vec<Option<f64>> {
    let table = roads.matrix(places, places, asked);
    let count = places.len();
    (0..2_000)
        .map(|k| {
            let seconds = f64::from(table[k % count][(k % count + 1 + 97 * (1 + k / count)) % count].seconds);
            seconds.is_finite().then_some(seconds / 60.0)
        })
        .collect()
}

fn median_ms<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut spent: Vec<f64> = (0..runs).map(|_| timed(&mut work)).collect();
    spent.sort_by(f64::total_cmp);
    spent[spent.len() / 2]
}

fn median_ms_of<I, T>(items: &[I], mut work: impl FnMut(&I) -> T) -> f64 {
    work(&items[0]);
    let mut spent: Vec<f64> = (0..3).flat_map(|_| items).map(|item| timed(|| work(item))).collect();
    spent.sort_by(f64::total_cmp);
    spent[spent.len() / 2]
}

fn timed<T>(mut work: impl FnMut() -> T) -> f64 {
    let begun = Instant::now();
    let done = work();
    let spent = begun.elapsed().as_secs_f64() * 1000.0;
    drop(done);
    spent
}

/// MiB that this process holds (`VmRSS`) or has held at most (`VmHWM`).
fn held(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

//! Catchments with their full profile at the size of England: a practice, a circle and a polygon of 200 corners, in process.
//!
//! Areas, residents and deprivation are made up (a grid of 33,000 neighbourhoods); the register has as many rows as England's
//! of July 2022 had: 865,965.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop where it stands")]

use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};
use needsmap::model::area::{Area, AreaCode, AreaKind, AreaType, CentroidKind};
use needsmap::model::crs::{Bng, LonLat};
use needsmap::model::edition::{AreaLayer, DefaultView, Edition};
use needsmap::model::measure::{Field, FigureKind, Figures, Measure, Polarity, Series, Sex};
use needsmap::model::organisation::{Location, OdsCode, Organisation, OrganisationStatus, Practice, Precision};
use needsmap::model::provenance::{Source, Sourced};
use needsmap::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};
use needsmap::query::{CatchmentRequest, Comparators, Definition, Membership, catchment_answer};
use needsmap::store::Store;

const LSOA: AreaType = AreaType { kind: AreaKind::Lsoa, vintage: 11 };
const LAD: AreaType = AreaType { kind: AreaKind::Lad, vintage: 19 };
const COLUMNS: u32 = 180;
const AREAS: u32 = 33_000;
const PRACTICES: u32 = 6_500;
const ROWS: u32 = 865_965;
/// West and south of the grid, metres; each neighbourhood is a square of 1.5 km.
const CORNER: (f64, f64) = (300_000.0, 120_000.0);
const SIDE: f64 = 1_500.0;

fn corner(place: u32) -> Coord<f64> {
    Coord { x: CORNER.0 + f64::from(place % COLUMNS) * SIDE, y: CORNER.1 + f64::from(place / COLUMNS) * SIDE }
}

fn area(code: &str, at: Coord<f64>, side: f64, parents: Vec<(AreaType, AreaCode)>) -> Area {
    Area {
        code: AreaCode::parse(code).unwrap(),
        name: code.to_owned(),
        alias: None,
        parents,
        geometry: Bng(MultiPolygon(vec![Rect::new(at, at + Coord { x: side, y: side }).to_polygon()])),
        centroid: Bng(Point(at + Coord { x: side / 2.0, y: side / 2.0 })),
        centroid_kind: CentroidKind::PopulationWeighted,
    }
}

fn district(place: u32) -> String {
    format!("E07{:06}", place / 110)
}

fn series(measure: &str, field: &str, age: Option<&str>, value: impl Fn(u32) -> f64) -> Series {
    Series {
        measure: measure.to_owned(),
        field: field.to_owned(),
        area_type: LSOA,
        period: "mid-2020".to_owned(),
        sex: None,
        age: age.map(str::to_owned),
        kind: FigureKind::Published,
        note: None,
        figures: Figures::from_values((0..AREAS).map(|place| Some(value(place)))),
    }
}

fn measure(id: &str, fields: &[&str]) -> Measure {
    let field = |id: &&str| Field {
        id: (*id).to_owned(),
        name: (*id).to_owned(),
        unit: (*id).to_owned(),
        decimals: 0,
        polarity: Polarity::Neutral,
        high_end: String::new(),
        low_end: String::new(),
        scheme: "blues".to_owned(),
    };
    Measure {
        id: id.to_owned(),
        name: id.to_owned(),
        short_name: id.to_owned(),
        theme: "other".to_owned(),
        definition: String::new(),
        source: "s".to_owned(),
        fields: fields.iter().map(field).collect(),
    }
}

/// Each practice has patients in about 133 neighbourhoods: many in those around it, few further off, as registers have.
fn register() -> RegisteredPatients {
    let mut counts = Vec::with_capacity(ROWS as usize);
    for practice in 0..PRACTICES {
        let rows = ROWS / PRACTICES + u32::from(practice < ROWS % PRACTICES);
        let home = practice * (AREAS / PRACTICES);
        let mut places: Vec<u32> = (0..rows).map(|step| (home + (step % 12) + (step / 12) * COLUMNS) % AREAS).collect();
        places.sort_unstable();
        places.dedup();
        counts.extend(places.into_iter().map(|place| {
            let apart = place.abs_diff(home) % COLUMNS + place.abs_diff(home) / COLUMNS;
            PatientCount { with: RegisteredWith::Practice(practice), residence: Residence::Area(place), patients: 1 + 900 / (1 + apart * apart) }
        }));
    }
    RegisteredPatients { source: "s".to_owned(), period: "July 2022".to_owned(), area_type: LSOA, sex: Sex::Persons, disclosure_threshold: 5, counts }
}

fn england() -> Store {
    let practice = |number: u32| Practice {
        organisation: Organisation {
            code: OdsCode::parse(&format!("A{number:05}")).unwrap(),
            name: format!("Practice {number}"),
            address: String::new(),
            postcode: None,
            status: OrganisationStatus::Active,
            location: Some(Location { point: Bng(Point(corner(number * (AREAS / PRACTICES)))), precision: Precision::Postcode }),
        },
        list_size: None,
        pcn: None,
        commissioner: None,
        branches: Vec::new(),
    };
    let bands = (0..90).step_by(5).map(|from| format!("{from} to {}", from + 4)).chain(["90 and over".to_owned()]);
    let mut all = vec![series("population", "number", Some("all ages"), |_| 1700.0)];
    all.extend(bands.map(|band| series("population", "number", Some(&band), |place| 50.0 + f64::from(place % 80))));
    all.push(series("imd-2019", "score", None, |place| f64::from(place % 700) / 10.0));
    all.push(series("imd-2019", "decile", None, |place| f64::from(place % 10) + 1.0));
    let source = Source {
        id: "s".to_owned(),
        publisher: String::new(),
        title: String::new(),
        edition: String::new(),
        licence: String::new(),
        licence_url: String::new(),
        attribution: String::new(),
        url: None,
        files: Vec::new(),
    };
    let edition = Edition {
        id: "england".to_owned(),
        title: "England".to_owned(),
        description: String::new(),
        default_view: DefaultView { measure: "imd-2019".to_owned(), field: "score".to_owned(), area_type: LSOA },
        sources: vec![source],
        layers: vec![
            AreaLayer {
                area_type: LSOA,
                source: "s".to_owned(),
                areas: (0..AREAS)
                    .map(|place| area(&format!("E01{place:06}"), corner(place), SIDE, vec![(LAD, AreaCode::parse(&district(place)).unwrap())]))
                    .collect(),
            },
            AreaLayer {
                area_type: LAD,
                source: "s".to_owned(),
                areas: (0..AREAS).step_by(110).map(|place| area(&district(place), corner(place), SIDE, Vec::new())).collect(),
            },
        ],
        context: Vec::new(),
        places: Vec::new(),
        measures: vec![measure("population", &["number"]), measure("imd-2019", &["score", "decile"])],
        series: all,
        national_breaks: Vec::new(),
        practices: Sourced { sources: vec!["s".to_owned()], items: (0..PRACTICES).map(practice).collect() },
        registered_patients: vec![register()],
        hospitals: Sourced::default(),
        pharmacies: Sourced::default(),
        housing_sites: Sourced::default(),
        housing_requirements: Sourced::default(),
        published_times: Vec::new(),
        roads: None,
        timetable: None,
    };
    Store::new(edition).unwrap()
}

/// A star of 200 corners, 10 and 20 km from the middle of the grid.
fn star() -> Definition {
    let corner = |step: u32| {
        let angle = f64::from(step) / 200.0 * std::f64::consts::TAU;
        let reach = if step.is_multiple_of(2) { 20_000.0 } else { 10_000.0 };
        Coord { x: 440_000.0 + reach * angle.cos(), y: 260_000.0 + reach * angle.sin() }
    };
    let ring: LineString<f64> = (0..200).map(corner).collect();
    let LonLat(polygon) = Bng(MultiPolygon(vec![Polygon::new(ring, Vec::new())])).to_lonlat().unwrap();
    Definition::Polygon(LonLat(polygon))
}

fn bench(c: &mut Criterion) {
    let store = england();
    let comparators = Comparators::new(&store);
    let asked = |practice: &str, definition: Definition, membership: Membership| CatchmentRequest {
        practices: vec![practice.to_owned()],
        definition,
        membership,
        compare: None,
    };
    let mut group = c.benchmark_group("catchments");
    for (name, request) in [
        ("core of a practice", asked("A03000", Definition::Core { share: 0.75 }, Membership::Centroid)),
        ("reach of a practice", asked("A03000", Definition::Reach { patients: 10 }, Membership::Centroid)),
        ("largest share", asked("A03000", Definition::Plurality, Membership::Centroid)),
        ("circle of 3 km", asked("A03000", Definition::Radius { centre: None, metres: 3_000.0 }, Membership::Centroid)),
        ("circle of 20 km", asked("A03000", Definition::Radius { centre: None, metres: 20_000.0 }, Membership::Centroid)),
        ("polygon of 200 corners, 20 km across", asked("A03000", star(), Membership::Centroid)),
        ("polygon of 200 corners by share of area", asked("A03000", star(), Membership::AreaShare)),
    ] {
        group.bench_function(name, |b| b.iter(|| catchment_answer(&store, &comparators, &request).unwrap()));
    }
    group.sample_size(10);
    group.bench_function("profiles of every district, once at the start", |b| b.iter(|| Comparators::new(&store)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);

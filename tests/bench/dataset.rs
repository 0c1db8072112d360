//! How long a synthetic edition of England's size takes to write and to read.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop where it stands")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use needsmap::dataset::{Location, read, write};
use needsmap::model::area::{Area, AreaCode, AreaType, CentroidKind};
use needsmap::model::crs::Bng;
use needsmap::model::edition::{AreaLayer, DefaultView, Edition};
use needsmap::model::measure::{Field, FigureKind, Figures, Measure, Polarity, Series, Sex};
use needsmap::model::organisation::{Location as Place, OdsCode, Organisation, OrganisationStatus, Practice, Precision};
use needsmap::model::provenance::{Source, Sourced};
use needsmap::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};

/// LSOAs, MSOAs and districts of England in 2021, with the vertices of a generalised boundary.
const LAYERS: [(&str, u32, u32); 3] = [("lsoa21", 33_755, 60), ("msoa21", 6_856, 120), ("lad24", 296, 600)];
const SERIES_PER_LAYER: u32 = 50;

fn england() -> Edition {
    let mut edition = Edition {
        id: "england".into(),
        title: "England".into(),
        description: "Synthetic.".into(),
        default_view: DefaultView { measure: "imd-2019".into(), field: "score".into(), area_type: AreaType::parse("lsoa21").unwrap() },
        sources: vec![Source {
            id: "synthetic".into(),
            publisher: String::new(),
            title: String::new(),
            edition: String::new(),
            licence: String::new(),
            licence_url: String::new(),
            attribution: String::new(),
            url: None,
            files: vec![],
        }],
        layers: vec![],
        context: vec![],
        places: vec![],
        measures: vec![measure()],
        series: vec![],
        national_breaks: vec![],
        practices: Sourced::default(),
        registered_patients: Vec::new(),
        hospitals: Sourced::default(),
        pharmacies: Sourced::default(),
        housing_sites: Sourced::default(),
        housing_requirements: Sourced::default(),
        published_times: Vec::new(),
        roads: None,
        timetable: None,
    };
    for (area_type, count, vertices) in LAYERS {
        let area_type = AreaType::parse(area_type).unwrap();
        edition.layers.push(AreaLayer { area_type, source: "synthetic".into(), areas: (0..count).map(|n| area(n, vertices)).collect() });
        for number in 0..SERIES_PER_LAYER {
            let value = |n: u32| if number % 3 == 0 { f64::from(n % 10) } else { f64::from(n.wrapping_mul(2_654_435_761) >> 8) / 1000.0 };
            edition.series.push(Series {
                measure: "imd-2019".into(),
                field: "score".into(),
                area_type,
                period: number.to_string(),
                sex: None,
                age: None,
                kind: FigureKind::Published,
                note: None,
                figures: Figures::from_values((0..count).map(|n| (n % 101 != 0).then(|| value(n)))),
            });
        }
    }
    edition
}

fn measure() -> Measure {
    let field = Field {
        id: "score".into(),
        name: "score".into(),
        unit: "score".into(),
        decimals: 1,
        polarity: Polarity::HigherIsWorse,
        high_end: String::new(),
        low_end: String::new(),
        scheme: "purples".into(),
    };
    Measure {
        id: "imd-2019".into(),
        name: String::new(),
        short_name: String::new(),
        theme: "deprivation".into(),
        definition: String::new(),
        source: "synthetic".into(),
        fields: vec![field],
    }
}

fn area(number: u32, vertices: u32) -> Area {
    let centre = Coord { x: 100_000.0 + f64::from(number % 500) * 1000.0, y: 20_000.0 + f64::from(number / 500) * 9000.0 };
    let at = |vertex: u32| {
        let angle = std::f64::consts::TAU * f64::from(vertex % vertices) / f64::from(vertices);
        Coord { x: centre.x + 450.0 * angle.cos(), y: centre.y + 450.0 * angle.sin() }
    };
    Area {
        code: AreaCode::parse(&format!("E{number:08}")).unwrap(),
        name: format!("Somewhere {number:03}A"),
        alias: Some(format!("Some Place {number}")),
        parents: vec![(AreaType::parse("cty24").unwrap(), AreaCode::parse(&format!("E{:08}", number / 100)).unwrap())],
        geometry: Bng(MultiPolygon(vec![Polygon::new(LineString((0..=vertices).map(at).collect()), vec![])])),
        centroid: Bng(Point(centre)),
        centroid_kind: CentroidKind::PopulationWeighted,
    }
}

/// General practices of England and rows of its register: each practice has patients in some 130 neighbourhoods.
const PRACTICES: u32 = 6_500;
const REGISTER_ROWS: u32 = 866_000;

/// England's neighbourhoods without figures, its practices, and perhaps its register.
fn registered(rows: u32) -> Edition {
    let mut edition = england();
    edition.layers.truncate(1);
    edition.series.clear();
    let practice = |n: u32| Practice {
        organisation: Organisation {
            code: OdsCode::parse(&format!("C{n:05}")).unwrap(),
            name: format!("SURGERY {n}"),
            address: format!("{n} High Street"),
            postcode: Some("LE13 1NX".into()),
            status: OrganisationStatus::Active,
            location: Some(Place { point: Bng(Point::new(400_000.0 + f64::from(n), 300_000.0)), precision: Precision::Postcode }),
        },
        list_size: Some(n),
        pcn: None,
        commissioner: None,
        branches: vec![],
    };
    edition.practices = Sourced { sources: vec!["synthetic".into()], items: (0..PRACTICES).map(practice).collect() };
    let areas = LAYERS[0].1;
    let counts = (0..rows).map(|row| {
        let practice = u32::try_from(u64::from(row) * u64::from(PRACTICES) / u64::from(REGISTER_ROWS)).unwrap();
        let area = practice * 5 + row % 134 * 7;
        PatientCount { with: RegisteredWith::Practice(practice), residence: Residence::Area(area % areas), patients: 1 + row % 97 * (row % 11) }
    });
    let mut counts: Vec<PatientCount> = counts.collect();
    counts.sort_unstable();
    counts.dedup_by_key(|count| (count.with, count.residence));
    let (source, area_type) = ("synthetic".into(), edition.layers[0].area_type);
    edition.registered_patients.push(RegisteredPatients { source, period: "July 2022".into(), area_type, sex: Sex::Persons, disclosure_threshold: 0, counts });
    edition
}

fn register(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("register");
    group.sample_size(10);
    for rows in [0, REGISTER_ROWS] {
        let out = folder.path().join(rows.to_string());
        let edition = registered(rows);
        println!("{} counts", edition.registered_patients[0].counts.len());
        write(&edition, &out).unwrap();
        group.bench_function(format!("read England's neighbourhoods and practices with {rows} rows of its register"), |bencher| {
            bencher.iter(|| read(Location::Directory(black_box(&out))).unwrap());
        });
    }
    group.finish();
}

fn dataset(criterion: &mut Criterion) {
    let edition = england();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("england");
    write(&edition, &out).unwrap();
    for entry in std::fs::read_dir(&out).unwrap().map(Result::unwrap) {
        println!("{}: {} bytes", entry.file_name().display(), entry.metadata().unwrap().len());
    }
    let mut group = criterion.benchmark_group("dataset");
    group.sample_size(10);
    group.bench_function("read an edition of England's size", |bencher| bencher.iter(|| read(Location::Directory(black_box(&out))).unwrap()));
    group.bench_function("write an edition of England's size", |bencher| bencher.iter(|| write(black_box(&edition), &out).unwrap()));
    group.finish();
}

criterion_group!(benches, register, dataset);
criterion_main!(benches);

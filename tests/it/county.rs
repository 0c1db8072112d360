//! A made-up county for tests: two districts, four communities, twelve square neighbourhoods of one kilometre, with figures one can add in the head.

mod health;
mod homes;
pub mod travel;

use geo_types::{MultiPolygon, Point, Rect};
use needsmap::model::area::{Area, AreaCode, AreaKind, AreaType, CentroidKind};
use needsmap::model::crs::Bng;
use needsmap::model::edition::{AreaLayer, ContextLayer, DefaultView, Edition, Place};
use needsmap::model::measure::{Field, FigureKind, FigureStatus, Figures, Measure, NationalBreaks, NationalClass, Polarity, Series, Sex};
use needsmap::model::provenance::{Source, SourceFile, Sourced};

const LSOA: AreaType = AreaType { kind: AreaKind::Lsoa, vintage: 11 };
const MSOA: AreaType = AreaType { kind: AreaKind::Msoa, vintage: 11 };
const LAD: AreaType = AreaType { kind: AreaKind::Lad, vintage: 19 };

/// West and south of the county in the National Grid, metres.
const CORNER: (f64, f64) = (480_000.0, 318_000.0);

/// The edition. Neighbourhood n (0 to 11) stands in column n mod 4 and row n div 4; columns 0 and 1 are East Wold, 2 and 3 West Wold.
pub fn edition() -> Edition {
    Edition {
        id: "wold".to_owned(),
        title: "Wold".to_owned(),
        description: "A made-up county.".to_owned(),
        default_view: DefaultView { measure: "imd-2019".to_owned(), field: "score".to_owned(), area_type: LSOA },
        sources: vec![
            source("iod2019", "Ministry of Tests"),
            source("boundaries", "Office of Squares"),
            source("register", "Health Service of Wold"),
            source("plans", "Councils of Wold"),
        ],
        layers: vec![layer(LSOA, (0..12).map(area).collect()), layer(MSOA, (0..4).map(community).collect()), layer(LAD, (0..2).map(district).collect())],
        context: vec![ContextLayer {
            id: "neighbours".to_owned(),
            title: "Districts around".to_owned(),
            source: "boundaries".to_owned(),
            features: vec![("Elsewhere".to_owned(), square(4.0, 0.0, 2.0, 3.0))],
        }],
        places: vec![Place { id: 1, name: "Wold Magna".to_owned(), population: 9000, rank: 2, point: Bng(Point::new(CORNER.0 + 1500.0, CORNER.1 + 1500.0)) }],
        measures: measures(),
        series: series(),
        national_breaks: vec![breaks("score", &[(0.5, 8.62, 6568), (8.63, 14.24, 6569), (14.25, 21.55, 6569), (21.56, 33.25, 6569), (33.26, 92.73, 6569)])],
        practices: health::practices(),
        registered_patients: vec![health::register()],
        hospitals: health::hospitals(),
        pharmacies: Sourced::default(),
        housing_sites: homes::sites(),
        housing_requirements: homes::requirements(),
        published_times: travel::published_times(),
        roads: None,
        timetable: None,
    }
}

fn source(id: &str, publisher: &str) -> Source {
    Source {
        id: id.to_owned(),
        publisher: publisher.to_owned(),
        title: format!("Title of {id}"),
        edition: "2019".to_owned(),
        licence: "Open Government Licence v3.0".to_owned(),
        licence_url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".to_owned(),
        attribution: "Contains public sector information licensed under the Open Government Licence v3.0.".to_owned(),
        url: None,
        files: vec![SourceFile { name: format!("{id}.csv"), sha256: "0".repeat(64), rows_read: 12, rows_kept: 12 }],
    }
}

fn layer(area_type: AreaType, areas: Vec<Area>) -> AreaLayer {
    let mut areas = areas;
    areas.sort_by_key(|area| area.code);
    AreaLayer { area_type, source: "boundaries".to_owned(), areas }
}

fn square(column: f64, row: f64, width: f64, height: f64) -> Bng<MultiPolygon<f64>> {
    let (x, y) = (CORNER.0 + column * 1000.0, CORNER.1 + row * 1000.0);
    Bng(MultiPolygon(vec![Rect::new((x, y), (x + width * 1000.0, y + height * 1000.0)).to_polygon()]))
}

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).expect("the county's codes are codes")
}

fn district_of(n: u8) -> u8 {
    u8::from(n % 4 >= 2)
}

/// East Wold has communities 0 (rows 0 and 1) and 1 (row 2), West Wold 2 and 3.
fn community_of(n: u8) -> u8 {
    district_of(n) * 2 + u8::from(n / 4 == 2)
}

fn area(n: u8) -> Area {
    let (column, row) = (f64::from(n % 4), f64::from(n / 4));
    Area {
        code: code(&format!("E010000{n:02}")),
        name: format!("{} {:03}{}", district_name(district_of(n)), community_of(n) + 1, char::from(b'A' + n)),
        alias: Some(community_alias(community_of(n)).to_owned()),
        parents: vec![(MSOA, code(&format!("E020000{:02}", community_of(n)))), (LAD, code(&format!("E070000{:02}", district_of(n))))],
        geometry: square(column, row, 1.0, 1.0),
        centroid: Bng(Point::new(CORNER.0 + column * 1000.0 + 500.0, CORNER.1 + row * 1000.0 + 500.0)),
        centroid_kind: CentroidKind::PopulationWeighted,
    }
}

fn community_alias(n: u8) -> &'static str {
    ["Wold Magna", "Wold Parva", "Nether Wold", "Upper Wold & Bêche"][usize::from(n)]
}

fn district_name(n: u8) -> &'static str {
    ["East Wold", "West Wold"][usize::from(n)]
}

fn community(n: u8) -> Area {
    let (column, row, height) = (f64::from(n / 2) * 2.0, if n.is_multiple_of(2) { 0.0 } else { 2.0 }, if n.is_multiple_of(2) { 2.0 } else { 1.0 });
    Area {
        code: code(&format!("E020000{n:02}")),
        name: format!("{} {:03}", district_name(n / 2), n + 1),
        alias: Some(community_alias(n).to_owned()),
        parents: vec![(LAD, code(&format!("E070000{:02}", n / 2)))],
        geometry: square(column, row, 2.0, height),
        centroid: Bng(Point::new(CORNER.0 + column * 1000.0 + 900.0, CORNER.1 + row * 1000.0 + 400.0)),
        centroid_kind: CentroidKind::PopulationWeighted,
    }
}

fn district(n: u8) -> Area {
    Area {
        code: code(&format!("E070000{n:02}")),
        name: district_name(n).to_owned(),
        alias: None,
        parents: Vec::new(),
        geometry: square(f64::from(n) * 2.0, 0.0, 2.0, 3.0),
        centroid: Bng(Point::new(CORNER.0 + f64::from(n) * 2000.0 + 1000.0, CORNER.1 + 1500.0)),
        centroid_kind: CentroidKind::PopulationWeighted,
    }
}

fn field(id: &str, unit: &str, decimals: u8, polarity: Polarity, ends: (&str, &str)) -> Field {
    Field {
        id: id.to_owned(),
        name: id.to_owned(),
        unit: unit.to_owned(),
        decimals,
        polarity,
        high_end: ends.0.to_owned(),
        low_end: ends.1.to_owned(),
        scheme: "purples".to_owned(),
    }
}

fn measures() -> Vec<Measure> {
    let measure = |id: &str, name: &str, theme: &str, fields: Vec<Field>| Measure {
        id: id.to_owned(),
        name: name.to_owned(),
        short_name: name.to_owned(),
        theme: theme.to_owned(),
        definition: format!("What {name} means."),
        source: "iod2019".to_owned(),
        fields,
    };
    vec![
        measure(
            "imd-2019",
            "Index of Multiple Deprivation 2019",
            "deprivation",
            vec![
                field("score", "score", 2, Polarity::HigherIsWorse, ("more deprived", "less deprived")),
                field("rank", "rank", 0, Polarity::HigherIsBetter, ("less deprived", "more deprived")),
                field("decile", "decile", 0, Polarity::HigherIsBetter, ("less deprived", "more deprived")),
            ],
        ),
        measure("population", "Residents", "population", vec![field("number", "people", 0, Polarity::Neutral, ("more people", "fewer people"))]),
        measure(
            "life-expectancy",
            "Life expectancy at birth",
            "health",
            vec![field("years", "years", 1, Polarity::HigherIsBetter, ("longer life", "shorter life"))],
        ),
    ]
}

/// Scores fall from 60 in steps of five; neighbourhood 10 is withheld, 11 is not held.
fn scores() -> Figures {
    let mut figures = Figures::from_values((0..12).map(|n| (n < 10).then(|| 60.0 - 5.0 * f64::from(n))));
    figures.status[10] = FigureStatus::Suppressed;
    figures
}

fn series() -> Vec<Series> {
    let one = |measure: &str, field: &str, area_type, period: &str, kind, figures| Series {
        measure: measure.to_owned(),
        field: field.to_owned(),
        area_type,
        period: period.to_owned(),
        sex: None,
        age: None,
        kind,
        note: None,
        figures,
    };
    let whole = |numbers: &[f64]| Figures::from_values(numbers.iter().copied().map(Some));
    let mut series = vec![
        one("imd-2019", "score", LSOA, "2019", FigureKind::Published, scores()),
        one("imd-2019", "rank", LSOA, "2019", FigureKind::Published, Figures::from_values((0..12).map(|n| (n < 10).then(|| f64::from(n) * 3000.0 + 1.0)))),
        one("imd-2019", "decile", LSOA, "2019", FigureKind::Published, Figures::from_values((0..12).map(|n| (n < 10).then(|| f64::from(n) + 1.0)))),
        one("imd-2019", "score", LAD, "2019", FigureKind::Derived, whole(&[42.5, 31.25])),
        one(
            "population",
            "number",
            LSOA,
            "mid-2020",
            FigureKind::Counted,
            whole(&[1000.0, 1100.0, 1200.0, 1300.0, 1400.0, 1500.0, 1600.0, 1700.0, 1800.0, 1900.0, 2000.0, 2100.0]),
        ),
        one("population", "number", MSOA, "mid-2020", FigureKind::Counted, whole(&[5000.0, 3700.0, 5800.0, 4100.0])),
        one("population", "number", LAD, "mid-2020", FigureKind::Counted, whole(&[8700.0, 9900.0])),
    ];
    for (sex, years) in [(Sex::Persons, 80.0), (Sex::Females, 82.0), (Sex::Males, 78.0)] {
        let mut figures = whole(&[years, years + 1.0, years + 2.0, years + 3.0]);
        figures.lower = Some(figures.value.iter().map(|value| value - 1.5).collect());
        figures.upper = Some(figures.value.iter().map(|value| value + 1.5).collect());
        series.push(Series { sex: Some(sex), ..one("life-expectancy", "years", MSOA, "2016 to 2020", FigureKind::Published, figures) });
    }
    series
}

fn breaks(field: &str, classes: &[(f64, f64, u32)]) -> NationalBreaks {
    NationalBreaks {
        measure: "imd-2019".to_owned(),
        field: field.to_owned(),
        area_type: LSOA,
        period: "2019".to_owned(),
        sex: None,
        age: None,
        areas: 32_844,
        classes: classes.iter().map(|&(min, max, areas)| NationalClass { min, max, areas }).collect(),
    }
}

//! Small editions of made-up areas: one fixed, and as many random ones as a law needs.

use geo_types::{LineString, MultiPolygon, Point, Polygon, Rect, coord};
use needsmap::model::area::{Area, AreaCode, AreaType, CentroidKind};
use needsmap::model::crs::Bng;
use needsmap::model::edition::{AreaLayer, ContextLayer, DefaultView, Edition, Place};
use needsmap::model::measure::{Field, FigureKind, FigureStatus, Figures, Measure, NationalBreaks, NationalClass, Polarity, Series, Sex};
use needsmap::model::provenance::{Source, SourceFile, Sourced};
use proptest::prelude::*;

use super::organisations::{any_organisations, with_organisations};
use super::travel::{any_travel, with_travel};

/// Everything that tells two editions apart, as text: NaN, the number that is not there, does not equal itself.
pub fn told(edition: &Edition) -> String {
    format!("{edition:#?}")
}

/// A county with practices, patients and sites to come, roads and buses.
pub fn hillshire() -> Edition {
    with_travel(hillshire_of_version_2())
}

/// The county without roads and buses; it stands in tests/data as the second version of the format wrote it.
pub fn hillshire_of_version_2() -> Edition {
    with_organisations(hillshire_of_version_1())
}

/// A county of four neighbourhoods in two communities, with a hole, an island and every kind of missing figure.
///
/// It stands in tests/data as the first version of the format wrote it: what is changed here must be told there.
pub fn hillshire_of_version_1() -> Edition {
    let lsoa11 = AreaType::parse("lsoa11").unwrap();
    let msoa11 = AreaType::parse("msoa11").unwrap();
    let mut score = Figures::from_values([Some(33.26), Some(0.1 + 0.2), None, Some(0.0)]);
    score.status[2] = FigureStatus::Suppressed;
    let mut years = Figures::from_values([Some(79.123_456_789), None]);
    years.lower = Some(vec![78.0, f64::NAN]);
    years.upper = Some(vec![80.0, f64::NAN]);
    let series = |measure: &str, field: &str, area_type, period: &str, sex, figures| Series {
        measure: measure.into(),
        field: field.into(),
        area_type,
        period: period.into(),
        sex,
        age: sex.map(|_| "all ages".into()),
        kind: FigureKind::Published,
        note: (area_type == msoa11).then(|| "as published".into()),
        figures,
    };
    Edition {
        id: "hillshire-2022".into(),
        title: "Hillshire".into(),
        description: "A made-up county, “for tests”.".into(),
        default_view: DefaultView { measure: "imd-2019".into(), field: "score".into(), area_type: lsoa11 },
        sources: vec![source("made-up", Some("https://example.org/figures".into())), source("boundaries", None)],
        layers: vec![
            AreaLayer {
                area_type: lsoa11,
                source: "boundaries".into(),
                areas: (0..4)
                    .map(|n| {
                        let parents = vec![(msoa11, code('E', 2_000_001 + n / 2)), (AreaType::parse("lad19").unwrap(), code('E', 7_000_001))];
                        area('E', 1_000_001 + n, (n == 1).then(|| "Hill Top".into()), parents, f64::from(n) * 500.0)
                    })
                    .collect(),
            },
            AreaLayer {
                area_type: msoa11,
                source: "boundaries".into(),
                areas: (0..2).map(|n| area('E', 2_000_001 + n, None, vec![], f64::from(n) * 1000.0)).collect(),
            },
        ],
        context: vec![ContextLayer {
            id: "neighbours".into(),
            title: "Districts around".into(),
            source: "boundaries".into(),
            features: vec![("Daleshire".into(), Bng(polygons(9000.0))), ("Daleshire".into(), Bng(polygons(9900.0)))],
        }],
        places: vec![
            Place { id: 2_649_808, name: "Hill".into(), population: 350_000, rank: 1, point: Bng(Point::new(458_000.5, 304_000.25)) },
            Place { id: 9, name: "Ashby".into(), population: 0, rank: 4, point: Bng(Point::new(1.0, 2.0)) },
        ],
        measures: vec![measure("imd-2019", "score"), measure("life-expectancy", "years")],
        series: vec![
            series("life-expectancy", "years", msoa11, "2016 to 2020", Some(Sex::Males), years.clone()),
            series("imd-2019", "score", lsoa11, "2019", None, score),
            // The same heading as the column of the series above, with the sex in the period: names must stay apart.
            series("life-expectancy", "years", msoa11, "2016 to 2020 males all ages", None, years),
        ],
        national_breaks: vec![NationalBreaks {
            measure: "imd-2019".into(),
            field: "score".into(),
            area_type: lsoa11,
            period: "2019".into(),
            sex: None,
            age: None,
            areas: 32_844,
            classes: vec![NationalClass { min: 0.54, max: 8.62, areas: 6569 }, NationalClass { min: 8.63, max: 0.1 + 0.2 + 14.0, areas: 6569 }],
        }],
        practices: Sourced::default(),
        registered_patients: Vec::new(),
        hospitals: Sourced::default(),
        pharmacies: Sourced::default(),
        housing_sites: Sourced::default(),
        housing_requirements: Sourced::default(),
        published_times: Vec::new(),
        roads: None,
        timetable: None,
    }
}

/// Editions of up to twelve areas with figures of every status and any finite number.
pub fn any_edition() -> impl Strategy<Value = Edition> {
    let figure = prop_oneof![
        4 => prop::num::f64::NORMAL.prop_map(|value| (value, FigureStatus::Present)),
        1 => Just((0.0, FigureStatus::Present)),
        1 => Just((f64::NAN, FigureStatus::NotHeld)),
        1 => Just((f64::NAN, FigureStatus::Suppressed)),
        1 => Just((f64::NAN, FigureStatus::NotApplicable)),
    ];
    let optional = prop_oneof![3 => prop::num::f64::NORMAL, 1 => Just(f64::NAN)];
    let areas = (0..12_usize).prop_flat_map(move |count| {
        let figures = (prop::collection::vec(figure.clone(), count), prop::option::of(prop::collection::vec(optional.clone(), count)));
        let each = (".{0,12}", prop::option::of(".{0,12}"), -1e6..1e6_f64, any::<bool>());
        (prop::collection::vec(each, count), prop::collection::vec((figures, ".{0,8}", prop::sample::select(Sex::ALL.to_vec())), 0..4))
    });
    (areas, ".{0,20}", any_organisations(), any_travel()).prop_map(|((areas, figures), title, mut edition, (times, roads, timetable))| {
        (edition.published_times, edition.roads, edition.timetable) = (times, roads, timetable);
        let lsoa21 = AreaType::parse("lsoa21").unwrap();
        edition.title = title;
        edition.layers.push(AreaLayer {
            area_type: lsoa21,
            source: "boundaries".into(),
            areas: (0..)
                .zip(areas)
                .map(|(n, (name, alias, at, weighted))| {
                    let parents = if weighted { vec![(AreaType::parse("lad24").unwrap(), code('W', n))] } else { vec![] };
                    let centroid_kind = if weighted { CentroidKind::PopulationWeighted } else { CentroidKind::Geometric };
                    Area { name, centroid_kind, ..area('W', n, alias, parents, at) }
                })
                .collect(),
        });
        for (number, ((values, lower), period, sex)) in figures.into_iter().enumerate() {
            let (value, status) = values.into_iter().unzip();
            edition.series.push(Series {
                measure: "imd-2019".into(),
                field: "score".into(),
                area_type: lsoa21,
                period: format!("{number} {period}"),
                sex: Some(sex),
                age: None,
                kind: FigureKind::Estimated,
                note: None,
                figures: Figures { value, status, upper: lower.clone(), count: None, denominator: lower.clone(), lower },
            });
        }
        edition
    })
}

fn source(id: &str, url: Option<String>) -> Source {
    Source {
        id: id.into(),
        publisher: "Office of Invented Statistics".into(),
        title: "Figures of Hillshire".into(),
        edition: "2022".into(),
        licence: "Open Government Licence v3.0".into(),
        licence_url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".into(),
        attribution: "Source: Office of Invented Statistics".into(),
        url,
        files: vec![SourceFile { name: "figures.csv".into(), sha256: "00".repeat(32), rows_read: 5, rows_kept: 4 }],
    }
}

fn measure(id: &str, first_field: &str) -> Measure {
    let field = |id: &str, decimals| Field {
        id: id.into(),
        name: id.into(),
        unit: id.into(),
        decimals,
        polarity: Polarity::HigherIsWorse,
        high_end: "more deprived".into(),
        low_end: "less deprived".into(),
        scheme: "purples".into(),
    };
    Measure {
        id: id.into(),
        name: id.into(),
        short_name: id.into(),
        theme: "deprivation".into(),
        definition: "What it measures.".into(),
        source: "made-up".into(),
        fields: vec![field(first_field, 1), field("rank", 0)],
    }
}

fn area(letter: char, number: u32, alias: Option<String>, parents: Vec<(AreaType, AreaCode)>, at: f64) -> Area {
    Area {
        code: code(letter, number),
        name: format!("Hillshire {number}"),
        alias,
        parents,
        geometry: Bng(polygons(at)),
        centroid: Bng(Point::new(at + 0.125, 300_000.0)),
        centroid_kind: CentroidKind::PopulationWeighted,
    }
}

fn code(letter: char, number: u32) -> AreaCode {
    AreaCode::parse(&format!("{letter}{number:08}")).unwrap()
}

/// A square with a hole, and an island beside it.
fn polygons(at: f64) -> MultiPolygon<f64> {
    let ring = |x: f64, width: f64| -> LineString<f64> {
        Rect::new(coord! { x: x, y: 300_000.0 + x / 7.0 }, coord! { x: x + width, y: 300_000.0 + x / 7.0 + width }).to_polygon().into_inner().0
    };
    MultiPolygon(vec![Polygon::new(ring(at, 400.0), vec![ring(at + 100.0, 50.0), ring(at + 200.0, 50.0)]), Polygon::new(ring(at + 450.0, 20.0), vec![])])
}

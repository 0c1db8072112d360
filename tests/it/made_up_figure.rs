//! A made-up figure: tables with every reason for a missing number, words that programs would take for something else, holes, and rows without a place.

use geo_types::{LineString, MultiPolygon, Point, Polygon, Rect};
use needsmap::model::crs::Bng;
use needsmap::model::measure::FigureStatus;
use needsmap::representation::figure::{Cell, ColumnKind, Figure, FigureMap, FigureTable, KeyBlock, KeyRow, Swatch, TableColumn, TableShape};

/// Where its shapes lie in the National Grid, metres.
const CORNER: (f64, f64) = (440_000.0, 310_000.0);

/// Words that a spreadsheet, a page or a database might act on.
pub const HOSTILE: [&str; 5] = [
    "=HYPERLINK(\"http://example.org\")",
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE neighbourhoods; --",
    "a \"quoted\", comma\nand a line",
    "@sum(1)",
];

/// The figure: neighbourhoods (polygons), sites (points, one without a place) and travel times (no shapes).
pub fn figure() -> Figure<'static> {
    let text = str::to_owned;
    Figure {
        title: text("Deprivation <in> Wold & elsewhere"),
        subtitle: text("IMD 2019 score by neighbourhood"),
        caption: text("In Wold 2 of 5 neighbourhoods are among the most deprived fifth in England."),
        alternative: text("A map of Wold. High scores lie in the west."),
        citation: text("Deprivation in Wold, edition wold-1."),
        map: FigureMap::default(),
        key: vec![KeyBlock {
            title: text("IMD 2019 score"),
            columns: vec![text("Areas"), text("People")],
            rows: vec![KeyRow {
                swatch: Swatch::None,
                name: Some(text("most deprived fifth")),
                label: text("33.26 to 92.73"),
                values: vec![text("2"), text("3,000")],
            }],
            note: text("Fifths of England."),
        }],
        direction: text("Purple is more deprived, green is less deprived."),
        profile: Vec::new(),
        notes: vec![text("Scores are of 2019."), text("=1+1 is not worked out.")],
        sources: vec![text("Ministry of Tests, Indices 2019, edition 1, OGL")],
        attributions: vec![text("Contains public sector information licensed under the Open Government Licence v3.0.")],
        edition: text("Wold (wold-1)"),
        link: text("/?measure=imd-2019.score&extent=wold"),
        tables: vec![neighbourhoods(), sites(), times()],
    }
}

fn column(id: &str, title: &str, kind: ColumnKind) -> TableColumn {
    TableColumn { id: id.to_owned(), title: title.to_owned(), kind }
}

fn neighbourhoods() -> FigureTable<'static> {
    let scores = [
        Cell::Number(51.664),
        Cell::Number(-0.5),
        Cell::Missing(FigureStatus::Suppressed),
        Cell::Missing(FigureStatus::NotHeld),
        Cell::Missing(FigureStatus::NotApplicable),
    ];
    let rows = scores.into_iter().zip(HOSTILE).zip(0_u32..).map(|((score, name), number)| {
        let people = if number == 4 { Cell::Empty } else { Cell::Number(f64::from(1000 + number)) };
        vec![Cell::Text(format!("0000{number}")), Cell::Text(name.to_owned()), score, people]
    });
    FigureTable {
        name: "neighbourhoods".to_owned(),
        title: "A row is a neighbourhood (LSOA 2011)".to_owned(),
        columns: vec![
            column("code", "Code", ColumnKind::Code),
            column("name", "Name", ColumnKind::Text),
            column("imd_2019_score", "IMD 2019 score", ColumnKind::Number(2)),
            column("population", "Residents (people)", ColumnKind::Number(0)),
        ],
        rows: rows.collect(),
        shapes: vec![
            TableShape::Owned(square(0.0, 0.0)),
            TableShape::Owned(Bng(MultiPolygon([square(1.0, 0.0).0.0, square(1.0, 2.0).0.0].concat()))),
            TableShape::Owned(with_a_hole()),
            TableShape::None,
            TableShape::Owned(square(3.0, 0.0)),
        ],
    }
}

fn sites() -> FigureTable<'static> {
    let row = |id: &str, name: &str, homes: Cell| vec![Cell::Text(id.to_owned()), Cell::Text(name.to_owned()), homes];
    FigureTable {
        name: "housing sites".to_owned(),
        title: "A row is a housing site".to_owned(),
        columns: vec![column("id", "Site", ColumnKind::Code), column("name", "Name", ColumnKind::Text), column("dwellings", "Homes", ColumnKind::Number(0))],
        rows: vec![
            row("S1", "North of the mill", Cell::Number(120.0)),
            row("S2", "Nobody knows where", Cell::Number(8.0)),
            row("S3", "-- late entry", Cell::Text("under 5".to_owned())),
        ],
        shapes: vec![
            TableShape::Point(Bng(Point::new(CORNER.0 + 500.0, CORNER.1 + 500.0))),
            TableShape::None,
            TableShape::Point(Bng(Point::new(CORNER.0 + 2500.0, CORNER.1 + 250.0))),
        ],
    }
}

fn times() -> FigureTable<'static> {
    FigureTable {
        name: "travel-times".to_owned(),
        title: "A row is a way of travelling".to_owned(),
        columns: vec![column("mode", "Way of travelling", ColumnKind::Text), column("minutes", "Minutes", ColumnKind::Number(1))],
        rows: vec![vec![Cell::Text("car".to_owned()), Cell::Number(12.5)], vec![Cell::Text("walking".to_owned()), Cell::Missing(FigureStatus::NotHeld)]],
        shapes: Vec::new(),
    }
}

fn square(column: f64, row: f64) -> Bng<MultiPolygon<f64>> {
    let (x, y) = (CORNER.0 + column * 1000.0, CORNER.1 + row * 1000.0);
    Bng(MultiPolygon(vec![Rect::new((x, y), (x + 1000.0, y + 1000.0)).to_polygon()]))
}

fn with_a_hole() -> Bng<MultiPolygon<f64>> {
    let (x, y) = (CORNER.0 + 2000.0, CORNER.1);
    let outer = Rect::new((x, y), (x + 1000.0, y + 1000.0)).to_polygon();
    let inner = LineString::from(vec![(x + 250.0, y + 250.0), (x + 750.0, y + 250.0), (x + 750.0, y + 750.0), (x + 250.0, y + 250.0)]);
    Bng(MultiPolygon(vec![Polygon::new(outer.exterior().clone(), vec![inner])]))
}

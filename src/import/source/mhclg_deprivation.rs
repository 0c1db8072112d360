//! Indices of Deprivation, File 7 (scores, ranks, deciles and population denominators) of 2019 and 2025, or the same in short columns.

use std::collections::BTreeMap;

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::figures::{AreaList, Figure, FigureColumn, FigureTable, LargerAreas, figures_from};
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Cell, Column, Row, Table, key};
use crate::model::area::{AreaKind, AreaType};
use crate::model::measure::{Field, FigureKind, FigureStatus, Measure, Polarity, Series};

/// The people over whom a score of larger areas is averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Denominator {
    Everybody,
    Children,
    Older,
    WorkingAge,
}

/// An index, domain or sub-domain with the words for it.
struct Index {
    id: &'static str,
    name: &'static str,
    short_name: &'static str,
    /// How the official columns begin, before ` Score`, ` Rank`, ` Decile`.
    column: &'static str,
    denominator: Denominator,
    definition: &'static str,
}

const fn index(
    id: &'static str,
    name: &'static str,
    short_name: &'static str,
    column: &'static str,
    denominator: Denominator,
    definition: &'static str,
) -> Index {
    Index { id, name, short_name, column, denominator, definition }
}

use Denominator::{Children, Everybody, Older, WorkingAge};

/// What File 7 holds, in its order.
const INDICES: [Index; 16] = [
    index(
        "imd",
        "Index of Multiple Deprivation",
        "Multiple deprivation (IMD)",
        "Index of Multiple Deprivation (IMD)",
        Everybody,
        "How deprived a neighbourhood is overall, from seven kinds of deprivation: income, employment, education, health, crime, barriers to housing and services, and the living environment.",
    ),
    index(
        "income",
        "Income deprivation",
        "Income",
        "Income",
        Everybody,
        "The share of people who live on a low income, whether out of work or in work: 0.2 means 20 in 100.",
    ),
    index(
        "employment",
        "Employment deprivation",
        "Employment",
        "Employment",
        WorkingAge,
        "The share of people of working age who would work but cannot, because of unemployment, sickness, disability or caring: 0.1 means 10 in 100.",
    ),
    index(
        "education",
        "Education, skills and training deprivation",
        "Education and skills",
        "Education, Skills and Training",
        Everybody,
        "Low attainment and low participation of children and young people, and few qualifications or little English among adults.",
    ),
    index(
        "health",
        "Health deprivation and disability",
        "Health and disability",
        "Health Deprivation and Disability",
        Everybody,
        "The risk of dying early and of a life made harder by poor physical or mental health.",
    ),
    index("crime", "Crime", "Crime", "Crime", Everybody, "The risk of becoming a victim of crime against the person or against property."),
    index(
        "barriers",
        "Barriers to housing and services",
        "Barriers to housing and services",
        "Barriers to Housing and Services",
        Everybody,
        "How hard it is to find a home one can afford and to reach everyday services such as a surgery, a shop, a school.",
    ),
    index(
        "living-environment",
        "Living environment deprivation",
        "Living environment",
        "Living Environment",
        Everybody,
        "The condition of homes, the quality of the air and the danger on the roads.",
    ),
    index(
        "idaci",
        "Income Deprivation Affecting Children Index",
        "Children in income deprivation (IDACI)",
        "Income Deprivation Affecting Children Index (IDACI)",
        Children,
        "The share of children under 16 who live in families on a low income.",
    ),
    index(
        "idaopi",
        "Income Deprivation Affecting Older People Index",
        "Older people in income deprivation (IDAOPI)",
        "Income Deprivation Affecting Older People (IDAOPI)",
        Older,
        "The share of people aged 60 and over who live on a low income.",
    ),
    index(
        "children-and-young-people",
        "Children and young people sub-domain",
        "Education: children and young people",
        "Children and Young People Sub-domain",
        Everybody,
        "The part of education deprivation that is about attainment, absence and staying on in education.",
    ),
    index(
        "adult-skills",
        "Adult skills sub-domain",
        "Education: adult skills",
        "Adult Skills Sub-domain",
        Everybody,
        "The part of education deprivation that is about adults with few qualifications or little English.",
    ),
    index(
        "geographical-barriers",
        "Geographical barriers sub-domain",
        "Barriers: distance to services",
        "Geographical Barriers Sub-domain",
        Everybody,
        "The part of barriers to housing and services that is about how far away everyday services are.",
    ),
    index(
        "wider-barriers",
        "Wider barriers sub-domain",
        "Barriers: access to housing",
        "Wider Barriers Sub-domain",
        Everybody,
        "The part of barriers to housing and services that is about crowded homes, homelessness and prices out of reach.",
    ),
    index(
        "indoors",
        "Indoors sub-domain",
        "Living environment: indoors",
        "Indoors Sub-domain",
        Everybody,
        "The part of the living environment that is about the condition and heating of homes.",
    ),
    index(
        "outdoors",
        "Outdoors sub-domain",
        "Living environment: outdoors",
        "Outdoors Sub-domain",
        Everybody,
        "The part of the living environment that is about the quality of the air and road accidents.",
    ),
];

/// An edition of the indices that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndicesEdition {
    /// The year in its title.
    pub year: u16,
    /// How many LSOAs of England are ranked.
    pub areas: u32,
    /// The date of its denominators in words.
    denominators: &'static str,
}

impl IndicesEdition {
    /// The edition of a year.
    #[must_use]
    pub const fn of(year: u16) -> Option<Self> {
        match year {
            2019 => Some(Self { year, areas: 32_844, denominators: "mid-2015" }),
            2025 => Some(Self { year, areas: 33_755, denominators: "mid-2022" }),
            _ => None,
        }
    }
}

struct IndexColumns {
    score: Column,
    rank: Column,
    decile: Column,
}

struct IndexFigures {
    scores: Vec<Figure>,
    ranks: Vec<Figure>,
    deciles: Vec<Figure>,
}

/// Reads the indices of one year.
///
/// # Errors
/// When it is not a table or lacks a score, rank or decile of any index.
pub fn read(input: &Input, edition: IndicesEdition, report: &mut Report) -> Result<FigureTable, ImportError> {
    let mut table = Table::open(input)?;
    let (code, area_type) = code_column(&table)?;
    let columns = index_columns(&table)?;
    let denominators = [Everybody, Children, Older, WorkingAge].map(|denominator| denominator_column(&table, denominator));
    let mut areas = AreaList::default();
    let mut lines = Vec::new();
    let mut gathered: Vec<IndexFigures> = INDICES.iter().map(|_| IndexFigures { scores: Vec::new(), ranks: Vec::new(), deciles: Vec::new() }).collect();
    while let Some(row) = table.next_row(report)? {
        if areas.add(&row, &code, report).is_none() {
            continue;
        }
        lines.push(row.line());
        let people = denominators.each_ref().map(|column| column.as_ref().and_then(|column| row.number(column, report).number()).unwrap_or(f64::NAN));
        for ((index, of_index), columns) in INDICES.iter().zip(&mut gathered).zip(&columns) {
            let score = row.number(&columns.score, report);
            of_index.scores.push(Figure { denominator: people[index.denominator as usize], ..Figure::of(score) });
            let rank = whole_number_in(&row, &columns.rank, edition.areas, report);
            let decile = whole_number_in(&row, &columns.decile, 10, report);
            check_decile(&row, &columns.decile, rank, decile, edition, report);
            of_index.ranks.push(Figure::of(rank));
            of_index.deciles.push(Figure::of(decile));
        }
    }
    for (of_index, columns) in gathered.iter().zip(&columns) {
        check_shared_ranks(input.name(), &lines, of_index, columns, report);
        note_not_held(input.name(), &of_index.scores, &columns.score, report);
    }
    let measures = INDICES.iter().map(|index| measure(index, edition)).collect();
    let columns = INDICES.iter().zip(gathered).flat_map(|(index, of_index)| series(index, edition, area_type, of_index)).collect();
    let codes = areas.into_codes();
    report.count(input.name(), table.rows_read(), codes.len() as u64);
    Ok(FigureTable { file: input.name().into(), area_type, codes, measures, columns })
}

/// `LSOA code (2011)` or `LSOA11CD`.
fn code_column(table: &Table<'_>) -> Result<(Column, AreaType), ImportError> {
    let official = |column: &Column| {
        let year = key(column.name()).strip_prefix("lsoa code (20")?.strip_suffix(')')?.parse().ok()?;
        Some(AreaType { kind: AreaKind::Lsoa, vintage: year })
    };
    let short = |column: &Column| area_column(column.name()).filter(|(t, role)| t.kind == AreaKind::Lsoa && *role == AreaColumn::Code).map(|(t, _)| t);
    let mut columns = table.columns().iter();
    columns
        .find_map(|column| official(column).or_else(|| short(column)).map(|area_type| (column.clone(), area_type)))
        .ok_or_else(|| table.wrong_columns(vec!["LSOA code (2011) or LSOA code (2021)".into()]))
}

fn index_columns(table: &Table<'_>) -> Result<Vec<IndexColumns>, ImportError> {
    let mut missing = Vec::new();
    let mut find = |index: &Index, word: &str| {
        let begins = key(&format!("{} {word}", index.column));
        let begins_otherwise = begins.replace("(idaopi)", "index (idaopi)");
        let short = format!("{}_{}", index.id.replace('-', "_"), word.to_lowercase());
        let found = table.columns().iter().find(|column| {
            let name = key(column.name());
            name == short
                || [&begins, &begins_otherwise]
                    .into_iter()
                    .any(|begins| name.strip_prefix(begins.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        });
        if found.is_none() {
            missing.push(format!("{} {word}", index.column));
        }
        found.cloned()
    };
    let columns: Vec<Option<IndexColumns>> = INDICES
        .iter()
        .map(|index| match (find(index, "Score"), find(index, "Rank"), find(index, "Decile")) {
            (Some(score), Some(rank), Some(decile)) => Some(IndexColumns { score, rank, decile }),
            _ => None,
        })
        .collect();
    if missing.is_empty() { Ok(columns.into_iter().flatten().collect()) } else { Err(table.wrong_columns(missing)) }
}

fn denominator_column(table: &Table<'_>, denominator: Denominator) -> Option<Column> {
    let (official, short) = match denominator {
        Everybody => ("total population", "population_20"),
        Children => ("dependent children", "children_0_15_"),
        Older => ("older population", "population_60_plus_"),
        WorkingAge => ("working age population", "working_age_"),
    };
    table.columns().iter().find(|column| key(column.name()).starts_with(official) || key(column.name()).starts_with(short)).cloned()
}

/// A rank or decile: a whole number from 1 to `most`; anything else becomes a finding and is not held.
fn whole_number_in(row: &Row, column: &Column, most: u32, report: &mut Report) -> Cell {
    let cell = row.number(column, report);
    match cell {
        Cell::Number(number) if number.fract() != 0.0 || !(1.0..=f64::from(most)).contains(&number) => {
            let message = format!("expected a whole number from 1 to {most}, found {number}; taken as not held");
            report.add(row.finding(Severity::Error, "rank-out-of-range", Some(column), message));
            Cell::Missing(FigureStatus::NotHeld)
        }
        other => other,
    }
}

fn check_decile(row: &Row, column: &Column, rank: Cell, decile: Cell, edition: IndicesEdition, report: &mut Report) {
    if let (Some(rank), Some(decile)) = (rank.number(), decile.number()) {
        let expected = (rank * 10.0 / f64::from(edition.areas)).ceil();
        if (expected - decile).abs() > 0.5 {
            let message = format!("expected decile {expected} for rank {rank} of {}, found {decile}; kept as published", edition.areas);
            report.add(row.finding(Severity::Warning, "decile-against-rank", Some(column), message));
        }
    }
}

/// Areas may share a rank only if their scores are equal; one note says how many do, others are warned of one by one.
fn check_shared_ranks(file: &str, lines: &[u64], figures: &IndexFigures, columns: &IndexColumns, report: &mut Report) {
    let mut first_with: BTreeMap<u64, usize> = BTreeMap::new();
    let mut shared = 0;
    for (place, rank) in figures.ranks.iter().enumerate() {
        let Some(rank) = rank.value.number() else { continue };
        let Some(&first) = first_with.get(&rank.to_bits()) else {
            first_with.insert(rank.to_bits(), place);
            continue;
        };
        let scores = (figures.scores[first].value.number(), figures.scores[place].value.number());
        if let (Some(a), Some(b)) = scores
            && a.to_bits() != b.to_bits()
        {
            let message = format!("rank {rank} stands here with score {b} and in line {} with score {a}", lines[first]);
            report.add(Finding {
                line: Some(lines[place]),
                column: Some(columns.rank.name().into()),
                ..Finding::of_file(Severity::Warning, "rank-twice", file, message)
            });
        } else {
            shared += 1;
        }
    }
    if shared > 0 {
        let areas = if shared == 1 { "area shares its" } else { "areas share their" };
        let message = format!("{shared} {areas} rank with another of the same score");
        report.add(Finding { column: Some(columns.rank.name().into()), ..Finding::of_file(Severity::Note, "rank-shared", file, message) });
    }
}

fn note_not_held(file: &str, figures: &[Figure], column: &Column, report: &mut Report) {
    let missing = figures.iter().filter(|figure| figure.value.number().is_none()).count();
    if missing > 0 {
        let message = format!("{missing} of {} values are not held", figures.len());
        report.add(Finding { column: Some(column.name().into()), ..Finding::of_file(Severity::Note, "not-held", file, message) });
    }
}

fn measure(index: &Index, edition: IndicesEdition) -> Measure {
    let field = |id: &str, name: String, unit: &str, decimals: u8, polarity: Polarity, ends: (&str, &str)| Field {
        id: id.into(),
        name,
        unit: unit.into(),
        decimals,
        polarity,
        high_end: ends.0.into(),
        low_end: ends.1.into(),
        scheme: "purples".into(),
    };
    let (more, less) = ("more deprived", "less deprived");
    let mut fields = vec![
        field("score", "score".into(), "score", if index.id == "imd" { 2 } else { 3 }, Polarity::HigherIsWorse, (more, less)),
        field("rank", format!("national rank (1 = most deprived of {})", thousands(edition.areas)), "rank", 0, Polarity::HigherIsBetter, (less, more)),
        field("decile", "national decile (1 = most deprived)".into(), "decile", 0, Polarity::HigherIsBetter, (less, more)),
    ];
    if index.id == "imd" {
        let name = "people living in the most deprived fifth of neighbourhoods in England (Core20)".into();
        fields.push(field("core20", name, "%", 1, Polarity::HigherIsWorse, (more, less)));
    }
    Measure {
        id: format!("{}-{}", index.id, edition.year),
        name: format!("{} {}", index.name, edition.year),
        short_name: format!("{} {}", index.short_name, edition.year),
        theme: "deprivation".into(),
        definition: index.definition.into(),
        source: String::new(),
        fields,
    }
}

fn thousands(number: u32) -> String {
    format!("{},{:03}", number / 1000, number % 1000)
}

fn series(index: &Index, edition: IndicesEdition, area_type: AreaType, figures: IndexFigures) -> [FigureColumn; 3] {
    let people = match index.denominator {
        Everybody => "residents",
        Children => "children aged 0 to 15",
        Older => "residents aged 60 and over",
        WorkingAge => "residents of working age",
    };
    let column = |field: &str, figures: Vec<Figure>, larger_areas| FigureColumn {
        series: Series {
            measure: format!("{}-{}", index.id, edition.year),
            field: field.into(),
            area_type,
            period: edition.year.to_string(),
            sex: None,
            age: None,
            kind: FigureKind::Published,
            note: None,
            figures: figures_from(figures),
        },
        larger_areas,
    };
    let deciles_make = if index.id == "imd" { LargerAreas::ShareInMostDeprivedFifth { people_of: "score".into() } } else { LargerAreas::NotMade };
    [
        column("score", figures.scores, LargerAreas::WeightedMean { weights: format!("{} {people}", edition.denominators) }),
        column("rank", figures.ranks, LargerAreas::NotMade),
        column("decile", figures.deciles, deciles_make),
    ]
}

//! The table that any analyst can write: `area_code, measure, period, sex, age, value, lower, upper, count, denominator`.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::import::error::ImportError;
use crate::import::figures::{AreaList, Figure, FigureColumn, FigureTable, LargerAreas, figures_from};
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::area::{AreaCode, AreaType};
use crate::model::measure::{Field, FigureKind, Measure, Polarity, Series, Sex};
use crate::model::style::Scheme;

/// What the recipe says about a measure, because the table holds numbers only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureEntry {
    /// The word in the table's `measure` column.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The name where there is little room; the full name if absent.
    pub short_name: Option<String>,
    /// The id of its theme.
    #[serde(default = "other")]
    pub theme: String,
    /// One or two plain sentences on what it measures.
    pub definition: String,
    /// The id of its one field.
    #[serde(default = "value")]
    pub field: String,
    /// `%`, `people`, `per 1,000` …
    pub unit: String,
    /// How many decimals are printed.
    #[serde(default)]
    pub decimals: u8,
    /// `higher-is-worse`, `higher-is-better` or `none`.
    pub polarity: String,
    /// What a high number means.
    pub high_end: String,
    /// What a low number means.
    pub low_end: String,
    /// The id of the colour scheme.
    #[serde(default = "scheme")]
    pub scheme: String,
    /// How the figures came to be.
    #[serde(default = "published")]
    pub kind: String,
    /// How larger areas get theirs.
    #[serde(default)]
    pub larger_areas: LargerAreasEntry,
}

fn other() -> String {
    "other".into()
}
fn value() -> String {
    "value".into()
}
fn scheme() -> String {
    Scheme::Purples.id().into()
}
fn published() -> String {
    FigureKind::Published.id().into()
}

/// How larger areas get their figures, in the recipe's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LargerAreasEntry {
    /// They get none.
    #[default]
    NotMade,
    /// Counts are added.
    Sum,
    /// Percentages are made again from added counts and denominators.
    Ratio,
    /// The mean weighted by the denominators, or by residents where there are none.
    WeightedMean,
}

/// A measure of the recipe, checked.
#[derive(Debug, Clone)]
pub struct GeneralMeasure {
    measure: Measure,
    kind: FigureKind,
    larger_areas: LargerAreas,
}

impl GeneralMeasure {
    /// Checks the words of a recipe's entry.
    ///
    /// # Errors
    /// When polarity, kind or scheme is no word that is known; the text says which were expected.
    pub fn from_entry(entry: &MeasureEntry) -> Result<Self, String> {
        let unknown =
            |what: &str, found: &str, known: Vec<&str>| format!("measure {:?}: expected {what} among {}, found {found:?}", entry.id, known.join(", "));
        let polarity = Polarity::parse(&entry.polarity)
            .ok_or_else(|| unknown("polarity", &entry.polarity, Polarity::ALL.iter().map(|polarity| polarity.id()).collect()))?;
        let kind = FigureKind::parse(&entry.kind).ok_or_else(|| unknown("kind", &entry.kind, FigureKind::ALL.iter().map(|kind| kind.id()).collect()))?;
        let scheme = Scheme::parse(&entry.scheme).ok_or_else(|| unknown("scheme", &entry.scheme, Scheme::ALL.iter().map(|scheme| scheme.id()).collect()))?;
        let field = Field {
            id: entry.field.clone(),
            name: entry.unit.clone(),
            unit: entry.unit.clone(),
            decimals: entry.decimals,
            polarity,
            high_end: entry.high_end.clone(),
            low_end: entry.low_end.clone(),
            scheme: scheme.id().into(),
        };
        let measure = Measure {
            id: entry.id.clone(),
            name: entry.name.clone(),
            short_name: entry.short_name.clone().unwrap_or_else(|| entry.name.clone()),
            theme: entry.theme.clone(),
            definition: entry.definition.clone(),
            source: String::new(),
            fields: vec![field],
        };
        let larger_areas = match entry.larger_areas {
            LargerAreasEntry::NotMade => LargerAreas::NotMade,
            LargerAreasEntry::Sum => LargerAreas::Sum,
            LargerAreasEntry::Ratio => LargerAreas::Ratio,
            LargerAreasEntry::WeightedMean => LargerAreas::WeightedMean { weights: "the denominators of the table".into() },
        };
        Ok(Self { measure, kind, larger_areas })
    }
}

struct Columns {
    area: Column,
    measure: Column,
    period: Column,
    value: Column,
    sex: Option<Column>,
    age: Option<Column>,
    lower: Option<Column>,
    upper: Option<Column>,
    count: Option<Column>,
    denominator: Option<Column>,
}

type SeriesKey = (AreaType, usize, String, Option<Sex>, Option<String>);

/// Reads a general table; `known` says of which type each area of the edition is.
///
/// # Errors
/// When it is not a table or lacks `area_code`, `measure`, `period` or `value`.
pub fn read<S: std::hash::BuildHasher>(
    input: &Input,
    measures: &[GeneralMeasure],
    known: &HashMap<AreaCode, AreaType, S>,
    report: &mut Report,
) -> Result<Vec<FigureTable>, ImportError> {
    let mut table = Table::open(input)?;
    let [area, measure, period, value] = table.require([&["area_code"], &["measure"], &["period"], &["value"]])?;
    let [sex, age, lower, upper, count, denominator] = ["sex", "age", "lower", "upper", "count", "denominator"].map(|name| table.column(&[name]));
    let columns = Columns { area, measure, period, value, sex, age, lower, upper, count, denominator };
    let mut areas: BTreeMap<AreaType, AreaList> = BTreeMap::new();
    let mut order: Vec<SeriesKey> = Vec::new();
    let mut groups: HashMap<SeriesKey, BTreeMap<usize, Figure>> = HashMap::new();
    let mut kept = 0;
    while let Some(row) = table.next_row(report)? {
        let Some((code, key)) = key_of(&row, &columns, measures, known, report) else { continue };
        let place = areas.entry(key.0).or_default().place(code);
        let group = groups.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            BTreeMap::new()
        });
        if group.contains_key(&place) {
            let message = format!("{code} stands here a second time for the same measure, period, sex and age; the first row was kept");
            report.add(row.finding(Severity::Error, "duplicate-area", Some(&columns.area), message));
            continue;
        }
        group.insert(place, figure(&row, &columns, report));
        kept += 1;
    }
    report.count(input.name(), table.rows_read(), kept);
    let mut tables = Vec::new();
    for (area_type, areas) in areas {
        let series = order.iter().filter(|key| key.0 == area_type).map(|key| {
            let (_, at, period, sex, age) = key.clone();
            let GeneralMeasure { measure, kind, larger_areas } = &measures[at];
            let figures = figures_from((0..areas.len()).map(|place| groups[key].get(&place).copied().unwrap_or(Figure::MISSING)));
            let field = measure.fields[0].id.clone();
            let series = Series { measure: measure.id.clone(), field, area_type, period, sex, age, kind: *kind, note: None, figures };
            FigureColumn { series, larger_areas: larger_areas.clone() }
        });
        let columns = series.collect();
        let measures = measures.iter().map(|general| general.measure.clone()).collect();
        tables.push(FigureTable { file: input.name().into(), area_type, codes: areas.into_codes(), measures, columns });
    }
    Ok(tables)
}

fn key_of<S: std::hash::BuildHasher>(
    row: &Row,
    columns: &Columns,
    measures: &[GeneralMeasure],
    known: &HashMap<AreaCode, AreaType, S>,
    report: &mut Report,
) -> Option<(AreaCode, SeriesKey)> {
    let code = row.area_code(&columns.area, report)?;
    let Some(&area_type) = known.get(&code) else {
        report.add(row.finding(Severity::Error, "unknown-area", Some(&columns.area), format!("{code} is no area of this edition; the row was left out")));
        return None;
    };
    let word = row.text(&columns.measure);
    let Some(measure) = measures.iter().position(|general| general.measure.id == word) else {
        let message = format!("expected a measure of the recipe, found {word:?}; the row was left out");
        report.add(row.finding(Severity::Error, "unknown-measure", Some(&columns.measure), message));
        return None;
    };
    let text = |column: &Option<Column>| column.as_ref().map(|column| row.text(column)).filter(|text| !text.is_empty());
    let sex = match text(&columns.sex).map(|text| (text, Sex::parse(text))) {
        None => None,
        Some((_, Some(sex))) => Some(sex),
        Some((found, None)) => {
            let message = format!("expected persons, females, males or nothing, found {found:?}; the row was left out");
            report.add(row.finding(Severity::Error, "sex", columns.sex.as_ref(), message));
            return None;
        }
    };
    Some((code, (area_type, measure, row.text(&columns.period).to_owned(), sex, text(&columns.age).map(str::to_owned))))
}

fn figure(row: &Row, columns: &Columns, report: &mut Report) -> Figure {
    let value = row.number(&columns.value, report);
    let mut optional = |column: &Option<Column>| column.as_ref().and_then(|column| row.number(column, report).number()).unwrap_or(f64::NAN);
    let (mut lower, mut upper) = (optional(&columns.lower), optional(&columns.upper));
    let (count, denominator) = (optional(&columns.count), optional(&columns.denominator));
    if lower > upper {
        let message = format!("expected a lower limit below the upper one, found {lower} and {upper}; the limits were left out");
        report.add(row.finding(Severity::Error, "limits", columns.lower.as_ref(), message));
        (lower, upper) = (f64::NAN, f64::NAN);
    } else if let Some(value) = value.number()
        && (lower > value || upper < value)
    {
        let message = format!("expected limits around {value}, found {lower} to {upper}; kept as given");
        report.add(row.finding(Severity::Warning, "value-outside-limits", Some(&columns.value), message));
    }
    Figure { value, lower, upper, count, denominator }
}

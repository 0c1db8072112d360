//! Fifths and tenths of the whole country: computed from national figures, kept as a small table beside a part of the country.

use std::collections::BTreeSet;

use super::error::ImportError;
use super::figures::{FigureColumn, FigureTable, LargerAreas, reordered};
use super::gather;
use super::input::Input;
use super::recipe::Recipe;
use super::report::{Finding, Report, Severity};
use super::row::{Column, Row, Table};
use crate::model::area::AreaType;
use crate::model::measure::{FigureStatus, NationalBreaks, NationalClass, Series, Sex};
use crate::statistics::quantiles::public_health_quantiles;

const COLUMNS: [&str; 11] = ["measure", "field", "area_type", "period", "sex", "age", "quantiles", "class", "min", "max", "areas"];

/// A table of national classes as bytes, with what was noticed on the way.
#[derive(Debug)]
pub struct NationalBreaksTable {
    /// The table as CSV.
    pub csv: String,
    /// All findings and the rows of each file.
    pub report: Report,
}

impl AsRef<[u8]> for NationalBreaksTable {
    fn as_ref(&self) -> &[u8] {
        self.csv.as_bytes()
    }
}

/// Makes the table of national classes from the whole-country files of a recipe.
///
/// # Errors
/// When a file cannot be read or is not what the recipe says.
pub fn national_breaks_table(recipe: &Recipe, progress: &mut dyn FnMut(&str)) -> Result<NationalBreaksTable, ImportError> {
    let mut report = Report::default();
    let gathered = gather::gather(recipe, progress, &mut report)?;
    progress("dividing the country into fifths and tenths");
    let columns: Vec<FigureColumn> = gathered.tables.into_iter().flat_map(|table| of_england(table, &mut report)).collect();
    let breaks = national_breaks(&columns, &mut report);
    let mut csv = COLUMNS.join(",");
    csv.push('\n');
    for set in &breaks {
        for (class, national) in set.classes.iter().enumerate() {
            let sex = set.sex.map(Sex::id).unwrap_or_default();
            let age = set.age.as_deref().unwrap_or_default();
            let (number, NationalClass { min, max, areas }) = (class + 1, national);
            let line =
                format!("{},{},{},{},{sex},{age},{},{number},{min},{max},{areas}\n", set.measure, set.field, set.area_type, set.period, set.classes.len());
            csv.push_str(&line);
        }
    }
    Ok(NationalBreaksTable { csv, report })
}

/// Releases of ONS cover Wales too; the fifths and tenths are those of England, whose codes begin with E.
fn of_england(table: FigureTable, report: &mut Report) -> Vec<FigureColumn> {
    let places = table.codes.iter().enumerate().filter(|(_, code)| code.as_str().starts_with('E'));
    let order: Vec<Option<usize>> = places.map(|(place, _)| Some(place)).collect();
    if order.len() < table.codes.len() {
        let message = format!("{} of {} areas lie outside England and were left out", table.codes.len() - order.len(), table.codes.len());
        report.add(Finding::of_file(Severity::Note, "areas-outside", &table.file, message));
    }
    let mut columns = table.columns;
    for column in &mut columns {
        column.series.figures = reordered(&column.series.figures, &order);
    }
    columns
}

/// Fifths and tenths of every column that holds the whole country; counts and deciles have none.
///
/// Where the publisher gives deciles, its deciles (or pairs of them) are the classes; elsewhere the public health rule
/// for quantiles. A division that would leave a class empty, because too many values are equal, is not made.
#[must_use]
pub fn national_breaks(columns: &[FigureColumn], report: &mut Report) -> Vec<NationalBreaks> {
    let mut result = Vec::new();
    let divided = columns.iter().filter(|column| column.larger_areas != LargerAreas::Sum && column.series.field != "decile");
    for FigureColumn { series, .. } in divided {
        let deciles = columns.iter().map(|column| &column.series).find(|s| {
            let same = (&s.measure, s.area_type, &s.period, s.sex, &s.age) == (&series.measure, series.area_type, &series.period, series.sex, &series.age);
            same && s.field == "decile"
        });
        let present: Vec<usize> = (0..series.figures.value.len()).filter(|place| series.figures.status[*place] == FigureStatus::Present).collect();
        if present.is_empty() {
            continue;
        }
        for quantiles in [5, 10] {
            let classes = match deciles {
                Some(deciles) => classes_by_decile(series, deciles, quantiles, &present),
                None => classes_by_rank(series, quantiles, &present),
            };
            if let Some(classes) = classes {
                let areas = classes.iter().map(|class| class.areas).sum();
                let Series { measure, field, area_type, period, sex, age, .. } = series.clone();
                result.push(NationalBreaks { measure, field, area_type, period, sex, age, areas, classes });
            } else {
                let of = [series.age.as_deref(), series.sex.map(Sex::id)].into_iter().flatten().collect::<Vec<_>>().join(", ");
                let of = if of.is_empty() { String::new() } else { format!(" ({of})") };
                let message = format!(
                    "{}.{}{of} of {}: too few or too many equal values to divide the country into {quantiles} classes",
                    series.measure, series.field, series.area_type
                );
                report.add(Finding::of_file(Severity::Note, "no-national-classes", "", message));
            }
        }
    }
    result
}

/// The published deciles as classes, lowest values first.
fn classes_by_decile(series: &Series, deciles: &Series, quantiles: usize, present: &[usize]) -> Option<Vec<NationalClass>> {
    let class_of = |place: &usize| {
        let decile = deciles.figures.value_at(*place)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "deciles were checked to be whole numbers from 1 to 10")]
        let class = (decile as usize - 1) * quantiles / 10;
        Some((class, series.figures.value[*place]))
    };
    let pairs: Vec<(usize, f64)> = present.iter().filter_map(class_of).collect();
    let mut classes = classes_from(quantiles, pairs.into_iter())?;
    classes.sort_by(|a, b| a.min.total_cmp(&b.min));
    Some(classes)
}

fn classes_by_rank(series: &Series, quantiles: usize, present: &[usize]) -> Option<Vec<NationalClass>> {
    let values: Vec<f64> = present.iter().map(|place| series.figures.value[*place]).collect();
    let class = public_health_quantiles(&values, quantiles, false)?;
    classes_from(quantiles, class.into_iter().map(|quantile| quantile - 1).zip(values))
}

/// Smallest and largest value and number of areas of each class; nothing if a class stays empty.
fn classes_from(quantiles: usize, members: impl Iterator<Item = (usize, f64)>) -> Option<Vec<NationalClass>> {
    let mut classes = vec![NationalClass { min: f64::INFINITY, max: f64::NEG_INFINITY, areas: 0 }; quantiles];
    for (class, value) in members {
        let NationalClass { min, max, areas } = classes[class];
        classes[class] = NationalClass { min: min.min(value), max: max.max(value), areas: areas + 1 };
    }
    classes.iter().all(|class| class.areas > 0).then_some(classes)
}

/// Of the classes read, those for which the edition has figures; the rest are counted in a note.
#[must_use]
pub fn only_held(breaks: Vec<NationalBreaks>, columns: &[FigureColumn], report: &mut Report) -> Vec<NationalBreaks> {
    let key = |measure: &str, field: &str, area_type: AreaType, period: &str, sex: Option<Sex>, age: Option<&str>| {
        format!("{measure}\t{field}\t{area_type}\t{period}\t{sex:?}\t{age:?}")
    };
    let held: BTreeSet<String> =
        columns.iter().map(|FigureColumn { series: s, .. }| key(&s.measure, &s.field, s.area_type, &s.period, s.sex, s.age.as_deref())).collect();
    let all = breaks.len();
    let kept: Vec<NationalBreaks> =
        breaks.into_iter().filter(|b| held.contains(&key(&b.measure, &b.field, b.area_type, &b.period, b.sex, b.age.as_deref()))).collect();
    if kept.len() < all {
        let message = format!("{} of {all} sets of national classes belong to no figures of the edition and were left out", all - kept.len());
        report.add(Finding::of_file(Severity::Note, "national-classes-unused", "", message));
    }
    kept
}

/// Reads a table of national classes.
///
/// # Errors
/// When it is not a table, lacks a column, or its classes are not whole: a set of five or ten, numbered, with numbers in each.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<NationalBreaks>, ImportError> {
    let mut table = Table::open(input)?;
    let columns = table.require(COLUMNS.each_ref().map(std::slice::from_ref))?;
    let mut result: Vec<(usize, NationalBreaks)> = Vec::new();
    while let Some(row) = table.next_row(report)? {
        let (set, quantiles, number, class) = class_of(&row, &columns, report)
            .ok_or_else(|| broken(&row, input.name(), "an area type, quantiles 5 or 10, a class from 1, and numbers with min not above max"))?;
        if number == 1 {
            result.push((quantiles, set));
        }
        let in_order =
            result.last_mut().filter(|(of, last)| *of == quantiles && last.classes.len() + 1 == number && number <= quantiles && belongs(&row, &columns, last));
        let (_, last) = in_order.ok_or_else(|| broken(&row, input.name(), "the next class of the same set"))?;
        last.classes.push(class);
        last.areas += class.areas;
    }
    if let Some((quantiles, short)) = result.iter().find(|(quantiles, set)| set.classes.len() != *quantiles) {
        let found = format!("{} for {}.{}", short.classes.len(), short.measure, short.field);
        return Err(ImportError::WrongFormat { file: input.name().into(), expected: format!("{quantiles} classes"), found });
    }
    report.count(input.name(), table.rows_read(), table.rows_read());
    Ok(result.into_iter().map(|(_, set)| set).collect())
}

fn broken(row: &Row, file: &str, expected: &str) -> ImportError {
    ImportError::WrongFormat { file: file.to_owned(), expected: expected.to_owned(), found: format!("something else in line {}", row.line()) }
}

/// Whether a row says that it belongs to a set.
fn belongs(row: &Row, columns: &[Column; 11], set: &NationalBreaks) -> bool {
    let area_type = set.area_type.to_string();
    let (sex, age) = (set.sex.map(Sex::id).unwrap_or_default(), set.age.as_deref().unwrap_or_default());
    let words = [&set.measure, &set.field, area_type.as_str(), &set.period, sex, age];
    words.into_iter().zip(columns).all(|(word, column)| row.text(column) == word)
}

fn class_of(row: &Row, columns: &[Column; 11], report: &mut Report) -> Option<(NationalBreaks, usize, usize, NationalClass)> {
    let text = |at: usize| row.text(&columns[at]).to_owned();
    let set = NationalBreaks {
        measure: text(0),
        field: text(1),
        area_type: AreaType::parse(&text(2)).ok()?,
        period: text(3),
        sex: Sex::parse(&text(4)),
        age: Some(text(5)).filter(|age| !age.is_empty()),
        areas: 0,
        classes: Vec::new(),
    };
    let quantiles = text(6).parse().ok().filter(|quantiles| [5, 10].contains(quantiles))?;
    let (min, max) = (row.number(&columns[8], report).number()?, row.number(&columns[9], report).number()?);
    let class = NationalClass { min, max, areas: text(10).parse().ok()? };
    (min <= max).then_some((set, quantiles, text(7).parse().ok()?, class))
}

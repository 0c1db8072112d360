//! Mid-year population estimates of small areas by ONS: by single year of age, by five-year band, or totals only.

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::figures::{AreaList, Figure, FigureColumn, FigureTable, LargerAreas, figures_from};
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Cell, Column, Row, Table, key};
use crate::model::area::AreaType;
use crate::model::measure::{Field, FigureKind, FigureStatus, Measure, Polarity, Series};

/// The age from which everybody is in the last band.
const OLDEST: u8 = 90;

/// What the recipe says about a population file.
#[derive(Debug, Clone)]
pub struct PopulationOptions {
    /// `mid-2020`.
    pub period: String,
    /// The type of the areas, where the header says `LSOA Code` without a year.
    pub area_type: Option<AreaType>,
}

/// A column of people aged `from` to `to`.
struct AgeColumn {
    from: u8,
    to: u8,
    column: Column,
}

/// Ages that become a series: those of a band or of several.
struct AgeBand {
    name: String,
    from: u8,
    to: u8,
}

/// Reads a population table.
///
/// # Errors
/// When it is not a table, names no areas, no total and no ages, or its area type is not known.
pub fn read(input: &Input, options: &PopulationOptions, report: &mut Report) -> Result<FigureTable, ImportError> {
    let mut table = Table::open(input)?;
    let (code, area_type) = code_column(&table, options)?;
    let [total] = table.require([&["All Ages", "all_ages", "population", "Total", "mid_year_population"]])?;
    let ages = age_columns(&table);
    let bands = bands(&ages);
    let mut areas = AreaList::default();
    let mut totals: Vec<Cell> = Vec::new();
    let mut people: Vec<Vec<f64>> = vec![Vec::new(); bands.len()];
    while let Some(row) = table.next_row(report)? {
        if areas.add(&row, &code, report).is_none() {
            continue;
        }
        let all = people_in(&row, &total, report);
        let by_age: Vec<f64> = ages.iter().map(|age| people_in(&row, &age.column, report).number().unwrap_or(f64::NAN)).collect();
        let sum: f64 = by_age.iter().sum();
        if let Some(all) = all.number()
            && !ages.is_empty()
            && (sum - all).abs() > 0.5
        {
            let message = format!("expected the ages to add up to {all}, found {sum}; kept as published");
            report.add(row.finding(Severity::Error, "ages-do-not-add-up", Some(&total), message));
        }
        totals.push(all);
        for (band, column) in bands.iter().zip(&mut people) {
            let inside = ages.iter().zip(&by_age).filter(|(age, _)| age.from >= band.from && age.to <= band.to);
            column.push(inside.map(|(_, people)| people).sum());
        }
    }
    let missing = totals.iter().filter(|cell| cell.number().is_none()).count();
    if missing > 0 {
        let message = format!("{missing} of {} values are not held", totals.len());
        report.add(Finding { column: Some(total.name().into()), ..Finding::of_file(Severity::Note, "not-held", input.name(), message) });
    }
    let codes = areas.into_codes();
    report.count(input.name(), table.rows_read(), codes.len() as u64);
    let columns = series(options, area_type, &bands, &totals, &people);
    Ok(FigureTable { file: input.name().into(), area_type, codes, measures: vec![measure(!bands.is_empty())], columns })
}

fn code_column(table: &Table<'_>, options: &PopulationOptions) -> Result<(Column, AreaType), ImportError> {
    let dated =
        table.columns().iter().find_map(|column| area_column(column.name()).filter(|(_, role)| *role == AreaColumn::Code).map(|(t, _)| (column.clone(), t)));
    if let Some((column, area_type)) = dated.filter(|(_, found)| options.area_type.is_none_or(|wanted| wanted == *found)) {
        return Ok((column, area_type));
    }
    match (table.column(&["LSOA Code", "MSOA Code", "Area Code", "Code"]), options.area_type) {
        (Some(column), Some(area_type)) => Ok((column, area_type)),
        (Some(_), None) => Err(ImportError::Recipe {
            file: table.file().to_owned(),
            problem: "expected area_type in the recipe, because the header gives no year of the areas".into(),
        }),
        (None, _) => Err(table.wrong_columns(vec!["LSOA Code or LSOA21CD".into()])),
    }
}

/// Columns `0`, `1` … `90+`, or `age_0_4` … `age_90_plus`.
fn age_columns(table: &Table<'_>) -> Vec<AgeColumn> {
    let of = |column: &Column| {
        let name = key(column.name());
        let name = name.strip_prefix("age_").unwrap_or(&name);
        let (from, to) = if let Some(from) = name.strip_suffix('+').or_else(|| name.strip_suffix("_plus")) {
            (from.parse().ok()?, u8::MAX)
        } else if let Some((from, to)) = name.split_once('_') {
            (from.parse().ok()?, to.parse().ok()?)
        } else {
            let age = name.parse().ok()?;
            (age, age)
        };
        Some(AgeColumn { from, to, column: column.clone() })
    };
    table.columns().iter().filter_map(of).collect()
}

/// The bands that the ages make up: five years each to `85 to 89`, `90 and over`, and three sums.
fn bands(ages: &[AgeColumn]) -> Vec<AgeBand> {
    let five = (0..OLDEST).step_by(5).map(|from| (from, from + 4));
    let wanted = five.chain([(OLDEST, u8::MAX), (0, 14), (0, 15), (65, u8::MAX), (85, u8::MAX)]);
    let made_up = |(from, to): (u8, u8)| {
        let mut next = Some(from);
        for age in ages.iter().filter(|age| age.from >= from && age.to <= to) {
            if next != Some(age.from) {
                return None;
            }
            next = age.to.checked_add(1);
        }
        let name = if to == u8::MAX { format!("{from} and over") } else { format!("{from} to {to}") };
        (next == to.checked_add(1)).then_some(AgeBand { name, from, to })
    };
    wanted.filter_map(made_up).collect()
}

fn people_in(row: &Row, column: &Column, report: &mut Report) -> Cell {
    match row.number(column, report) {
        Cell::Number(people) if people < 0.0 => {
            report.add(row.finding(Severity::Error, "fewer-than-none", Some(column), format!("expected people, found {people}; taken as not held")));
            Cell::Missing(FigureStatus::NotHeld)
        }
        cell => cell,
    }
}

fn series(options: &PopulationOptions, area_type: AreaType, bands: &[AgeBand], totals: &[Cell], people: &[Vec<f64>]) -> Vec<FigureColumn> {
    let column = |field: &str, age: &str, larger_areas, figures: Vec<Figure>| FigureColumn {
        series: Series {
            measure: "population".into(),
            field: field.into(),
            area_type,
            period: options.period.clone(),
            sex: None,
            age: Some(age.into()),
            kind: FigureKind::Counted,
            note: Some(format!("official estimate of residents, {}", options.period)),
            figures: figures_from(figures),
        },
        larger_areas,
    };
    let held = |people: f64| if people.is_finite() { Cell::Number(people) } else { Cell::Missing(FigureStatus::NotHeld) };
    let mut columns = vec![column("number", "all ages", LargerAreas::Sum, totals.iter().map(|cell| Figure::of(*cell)).collect())];
    for (band, people) in bands.iter().zip(people) {
        columns.push(column("number", &band.name, LargerAreas::Sum, people.iter().map(|people| Figure::of(held(*people))).collect()));
    }
    for (band, people) in bands.iter().zip(people) {
        let share = |(people, total): (&f64, &Cell)| {
            let total = total.number().filter(|total| *total > 0.0).unwrap_or(f64::NAN);
            Figure { count: *people, denominator: total, ..Figure::of(held(100.0 * people / total)) }
        };
        columns.push(column("share", &band.name, LargerAreas::Ratio, people.iter().zip(totals).map(share).collect()));
    }
    columns
}

fn measure(with_ages: bool) -> Measure {
    let field = |id: &str, name: &str, unit: &str, decimals, ends: (&str, &str)| Field {
        id: id.into(),
        name: name.into(),
        unit: unit.into(),
        decimals,
        polarity: Polarity::Neutral,
        high_end: ends.0.into(),
        low_end: ends.1.into(),
        scheme: "blues".into(),
    };
    let mut fields = vec![field("number", "residents", "people", 0, ("more people", "fewer people"))];
    if with_ages {
        fields.push(field("share", "share of residents", "%", 1, ("a larger share", "a smaller share")));
    }
    Measure {
        id: "population".into(),
        name: "Population by age".into(),
        short_name: "Population".into(),
        theme: "population".into(),
        definition: "How many people usually live here, of all ages or in one age band, by the official estimate for the middle of the year.".into(),
        source: String::new(),
        fields,
    }
}

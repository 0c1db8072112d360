//! Dwellings that plans require: `local_authority_code, plan, option, from_year, to_year, dwellings_total, dwellings_per_year, average_household_size, source`.

use std::rc::Rc;

use crate::import::error::ImportError;
use crate::import::housing::{Origin, ReadRequirement, SiteColumns};
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table, whole};
use crate::model::housing::HousingRequirement;

/// The years that a plan may speak of.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2200;
/// Fewer or more people than this live in no average household.
const HOUSEHOLD_SIZES: std::ops::RangeInclusive<f64> = 1.0..=6.0;

struct Columns {
    authority: Column,
    plan: Column,
    from_year: Column,
    to_year: Column,
    option: Option<Column>,
    total: Option<Column>,
    per_year: Option<Column>,
    household_size: Option<Column>,
    source: Option<Column>,
}

/// Reads requirements, in the file's order.
///
/// # Errors
/// When it is not a table, lacks `local_authority_code`, `plan`, `from_year` or `to_year`, or has neither `dwellings_total` nor `dwellings_per_year`.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<ReadRequirement>, ImportError> {
    let mut table = Table::open(input)?;
    let [authority, plan, from_year, to_year] = table.require([&["local_authority_code"], &["plan"], &["from_year"], &["to_year"]])?;
    table.require([&["dwellings_total", "dwellings_per_year"]])?;
    let [option, total, per_year, household_size, source] =
        ["option", "dwellings_total", "dwellings_per_year", "average_household_size", "source"].map(|name| table.column(&[name]));
    let columns = Columns { authority, plan, from_year, to_year, option, total, per_year, household_size, source };
    let names = Rc::new(SiteColumns { authority: Some(columns.authority.name().to_owned()), ..SiteColumns::default() });
    let mut read: Vec<ReadRequirement> = Vec::new();
    while let Some(row) = table.next_row(report)? {
        let Some(requirement) = requirement(&row, &columns, report) else { continue };
        let same_option = |earlier: &&ReadRequirement| {
            let earlier = &earlier.requirement;
            (earlier.authority, &earlier.plan, &earlier.option) == (requirement.authority, &requirement.plan, &requirement.option)
        };
        let overlap = |earlier: &ReadRequirement| earlier.requirement.from_year < requirement.to_year && requirement.from_year < earlier.requirement.to_year;
        if let Some(earlier) = read.iter().filter(same_option).find(|earlier| overlap(earlier)) {
            let message = format!(
                "the years {} to {} overlap those of line {} for the same plan and option; the row was left out",
                requirement.from_year, requirement.to_year, earlier.origin.line
            );
            report.add(row.finding(Severity::Error, "overlapping-years", Some(&columns.from_year), message));
            continue;
        }
        read.push(ReadRequirement { requirement, origin: Origin { file: input.name().into(), line: row.line(), columns: Rc::clone(&names) } });
    }
    report.count(input.name(), table.rows_read(), read.len() as u64);
    Ok(read)
}

fn requirement(row: &Row, columns: &Columns, report: &mut Report) -> Option<HousingRequirement> {
    let authority = row.area_code(&columns.authority, report)?;
    let text = |column: &Option<Column>| column.as_ref().map_or("", |column| row.text(column)).to_owned();
    let plan = row.text(&columns.plan);
    if plan.is_empty() {
        report.add(row.finding(Severity::Error, "no-plan", Some(&columns.plan), "expected the name of a plan, found nothing; the row was left out".into()));
        return None;
    }
    let (from_year, to_year) = (year(row, &columns.from_year, report), year(row, &columns.to_year, report));
    let (from_year, to_year) = (from_year?, to_year?);
    if from_year >= to_year {
        let message = format!("expected a year before {to_year}, found {from_year}; the row was left out");
        report.add(row.finding(Severity::Error, "years", Some(&columns.from_year), message));
        return None;
    }
    let dwellings = dwellings(row, columns, f64::from(to_year - from_year), report)?;
    let household_size = columns.household_size.as_ref().and_then(|column| {
        let size = row.number(column, report).number()?;
        let likely = HOUSEHOLD_SIZES.contains(&size);
        if !likely {
            let message = format!("expected {} to {} people per dwelling, found {size}; taken as not held", HOUSEHOLD_SIZES.start(), HOUSEHOLD_SIZES.end());
            report.add(row.finding(Severity::Error, "household-size", Some(column), message));
        }
        likely.then_some(size)
    });
    let option = text(&columns.option);
    let reference = text(&columns.source);
    Some(HousingRequirement { authority, plan: plan.to_owned(), option, from_year, to_year, dwellings, household_size, reference })
}

/// The total over all years, by itself or from the dwellings of each year; the two are held against each other.
fn dwellings(row: &Row, columns: &Columns, years: f64, report: &mut Report) -> Option<u32> {
    let mut number = |column: &Option<Column>| {
        let column = column.as_ref()?;
        let number = row.number(column, report).number()?;
        if whole(number).is_none() {
            let message = format!("expected a whole number of dwellings, found {number}; taken as not held");
            report.add(row.finding(Severity::Error, "not-a-whole-number", Some(column), message));
            return None;
        }
        Some(number)
    };
    let (total, per_year) = (number(&columns.total), number(&columns.per_year));
    let dwellings = match (total, per_year) {
        (Some(total), Some(per_year)) => {
            // A published number of each year is rounded to whole dwellings.
            if (total / years - per_year).abs() > 0.5 {
                let message = format!("expected {:.0} a year ({total} over {years} years), found {per_year}; the total was kept", total / years);
                report.add(row.finding(Severity::Warning, "total-and-yearly", columns.per_year.as_ref(), message));
            }
            total
        }
        (Some(total), None) => total,
        (None, Some(per_year)) => {
            let message = format!("no total is held; {per_year} a year over {years} years make {}", per_year * years);
            report.add(row.finding(Severity::Note, "total-from-yearly", columns.per_year.as_ref(), message));
            per_year * years
        }
        (None, None) => {
            let column = columns.total.as_ref().or(columns.per_year.as_ref());
            report.add(row.finding(Severity::Error, "no-dwellings", column, "expected a number of dwellings, found none; the row was left out".into()));
            return None;
        }
    };
    let all = whole(dwellings);
    if all.is_none() {
        let message = format!("expected fewer dwellings than {dwellings}; the row was left out");
        report.add(row.finding(Severity::Error, "not-a-whole-number", columns.per_year.as_ref(), message));
    }
    all
}

fn year(row: &Row, column: &Column, report: &mut Report) -> Option<u16> {
    let year = row.text(column).parse().ok().filter(|year| YEARS.contains(year));
    if year.is_none() {
        let found: String = row.text(column).chars().take(40).collect();
        let message = format!("expected a year from {} to {}, found {found:?}; the row was left out", YEARS.start(), YEARS.end());
        report.add(row.finding(Severity::Error, "not-a-year", Some(column), message));
    }
    year
}

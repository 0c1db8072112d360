//! Travel times that somebody else has worked out, in a long table: an area code, a site, minutes.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Deserializer};

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::recipe::area_type;
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::area::{AreaCode, AreaType};
use crate::model::travel::Mode;

/// Nobody travels longer than a day to a site.
const MOST_MINUTES: f64 = 1_440.0;

/// What the recipe says about a table of times.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimesOptions {
    /// How people travel.
    #[serde(deserialize_with = "mode")]
    pub mode: Mode,
    /// Which areas it is of.
    #[serde(deserialize_with = "area_type")]
    pub area_type: AreaType,
    /// What the times mean, in the publisher's sense.
    pub note: String,
}

fn mode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Mode, D::Error> {
    let text = String::deserialize(deserializer)?;
    let known = || Mode::ALL.map(Mode::id).join(", ");
    Mode::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("expected one of {}, found {text:?}", known())))
}

/// A table of times as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct TimesTable {
    /// The id of its source.
    pub source: String,
    /// The file's name, for findings that are made after all files are read.
    pub file: String,
    /// How people travel.
    pub mode: Mode,
    /// Which areas it is of.
    pub area_type: AreaType,
    /// What the times mean.
    pub note: String,
    /// Names of the sites, in the order in which they are met.
    pub sites: Vec<String>,
    /// Minutes from an area to a site, by its position; none where the table says that none is held.
    pub minutes: Vec<(AreaCode, usize, Option<f32>)>,
}

/// Reads a table of `LSOA11CD` (or another area code), `site`, `minutes_by_car` (or `minutes`).
///
/// # Errors
/// When it is not a table, or one of the three columns is absent.
pub fn read(input: &Input, options: &TimesOptions, report: &mut Report) -> Result<TimesTable, ImportError> {
    let mut table = Table::open(input)?;
    let area = area_code_column(&table, options.area_type)?;
    let by_mode = format!("minutes_by_{}", options.mode.id());
    let [site, minutes] = table.require([&["site", "destination"], &["minutes", &by_mode]])?;
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut met: HashSet<(AreaCode, usize)> = HashSet::new();
    let mut read = TimesTable {
        source: String::new(),
        file: input.name().to_owned(),
        mode: options.mode,
        area_type: options.area_type,
        note: options.note.clone(),
        sites: Vec::new(),
        minutes: Vec::new(),
    };
    while let Some(row) = table.next_row(report)? {
        let Some(code) = row.area_code(&area, report) else { continue };
        let name = row.text(&site);
        if name.is_empty() {
            report.add(row.finding(Severity::Error, "no-site", Some(&site), "expected the name of a site, found nothing; the row was left out".into()));
            continue;
        }
        let at = *places.entry(name.to_owned()).or_insert_with(|| {
            read.sites.push(name.to_owned());
            read.sites.len() - 1
        });
        if !met.insert((code, at)) {
            let message = format!("{code} and {name} stand here a second time; the first row was kept");
            report.add(row.finding(Severity::Error, "duplicate-time", Some(&site), message));
            continue;
        }
        read.minutes.push((code, at, minutes_in(&row, &minutes, report)));
    }
    report.count(input.name(), table.rows_read(), read.minutes.len() as u64);
    Ok(read)
}

/// Minutes of a row, to a tenth; what cannot be a time is a finding and not held.
fn minutes_in(row: &Row, column: &Column, report: &mut Report) -> Option<f32> {
    let number = row.number(column, report).number()?;
    if !(0.0..=MOST_MINUTES).contains(&number) {
        let message = format!("expected minutes from 0 to {MOST_MINUTES}, found {number}; taken as not held");
        report.add(row.finding(Severity::Error, "not-a-time", Some(column), message));
        return None;
    }
    let tenths = (number * 10.0).round() / 10.0;
    if (tenths - number).abs() > 1e-9 {
        let message = format!("expected whole minutes or tenths, found {number}; kept as {tenths}");
        report.add(row.finding(Severity::Warning, "finer-than-tenths", Some(column), message));
    }
    #[expect(clippy::cast_possible_truncation, reason = "tenths up to a day: the nearest number of 32 bits prints the same tenth")]
    Some(tenths as f32)
}

/// The column of codes of the type that the recipe names.
fn area_code_column(table: &Table<'_>, wanted: AreaType) -> Result<Column, ImportError> {
    let fits = |column: &&Column| matches!(area_column(column.name()), Some((area_type, AreaColumn::Code)) if area_type == wanted);
    let found = table.columns().iter().find(fits).cloned();
    found.ok_or_else(|| table.wrong_columns(vec![format!("{}CD", wanted.to_string().to_uppercase())]))
}

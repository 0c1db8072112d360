//! Patients registered at a general practice by the LSOA they live in, as NHS England publishes them or in a short table of the same counts.

use std::collections::HashMap;

use serde::Deserialize;

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::recipe::area_type;
use crate::import::register::{RegisterFile, RegisterRow, RegisteredPractice};
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table, number_from_text, whole};
use crate::model::area::{AreaCode, AreaType};
use crate::model::measure::Sex;
use crate::model::organisation::OdsCode;
use crate::model::registered_patients::{PatientCount, RegisteredWith, Residence, USUAL_DISCLOSURE_THRESHOLD};

/// What the recipe says about a register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterOptions {
    /// Which areas it counts patients by, because most releases do not say.
    #[serde(deserialize_with = "area_type")]
    pub area_type: AreaType,
    /// `July 2022`; needed where the table holds no date.
    pub period: Option<String>,
    /// Counts below it are withheld in every answer.
    #[serde(default = "usual_threshold")]
    pub disclosure_threshold: u32,
    /// A practice with fewer patients in the edition joins the other practices.
    #[serde(default)]
    pub least_patients: u32,
    /// A practice with a smaller part of its patients in the edition joins the other practices, per cent of its list.
    #[serde(default)]
    pub least_share_percent: f64,
}

const fn usual_threshold() -> u32 {
    USUAL_DISCLOSURE_THRESHOLD
}

struct Columns {
    practice: Column,
    name: Option<Column>,
    area: Column,
    patients: Column,
    sex: Option<Column>,
    date: Option<Column>,
}

/// Reads the register of one file.
///
/// # Errors
/// When it is not a table, lacks a column, names areas of another vintage, or neither it nor the recipe names a period.
pub fn read(input: &Input, options: &RegisterOptions, report: &mut Report) -> Result<RegisterFile, ImportError> {
    let mut table = Table::open(input)?;
    let columns = columns(&table, options.area_type)?;
    if columns.date.is_none() && options.period.is_none() {
        let expected = "a column EXTRACT_DATE, or a period in the recipe";
        return Err(ImportError::WrongFormat { file: input.name().into(), expected: expected.into(), found: "neither".into() });
    }
    let mut reading = Reading {
        file: RegisterFile::new(input.name(), options),
        date: String::new(),
        practice_before: None,
        practices: HashMap::new(),
        areas: HashMap::new(),
    };
    let (mut row, mut kept) = (table.blank_row(), 0);
    while table.read_row(&mut row, report)? {
        kept += u64::from(reading.add(&row, &columns, report).is_some());
    }
    kept -= reading.file.leave_out_duplicates(report);
    report.count(input.name(), table.rows_read(), kept);
    Ok(reading.file)
}

fn columns(table: &Table<'_>, area_type: AreaType) -> Result<Columns, ImportError> {
    let [practice, patients] = table.require([&["PRACTICE_CODE"], &["NUMBER_OF_PATIENTS", "PATIENTS"]])?;
    // A header that names the vintage must name the one that the recipe promises.
    let of_type = |column: &&Column| area_column(column.name()) == Some((area_type, AreaColumn::Code));
    let area = table.column(&["LSOA_CODE"]).or_else(|| table.columns().iter().find(of_type).cloned());
    let area = area.ok_or_else(|| table.wrong_columns(vec![format!("LSOA_CODE or {area_type}cd")]))?;
    let [name, sex, date] = ["PRACTICE_NAME", "SEX", "EXTRACT_DATE"].map(|name| table.column(&[name]));
    Ok(Columns { practice, name, area, patients, sex, date })
}

/// A file while it is read: practices and areas get a place when they are first met.
struct Reading {
    file: RegisterFile,
    /// The spelling of the date in the row before: nearly always that of the next.
    date: String,
    practice_before: Option<u32>,
    practices: HashMap<OdsCode, u32>,
    areas: HashMap<AreaCode, u32>,
}

impl Reading {
    /// Adds a row, or says why not.
    fn add(&mut self, row: &Row, columns: &Columns, report: &mut Report) -> Option<()> {
        let patients = patients(row, &columns.patients, report)?;
        let sex = sex(row, columns.sex.as_ref(), report)?;
        self.same_period(row, columns.date.as_ref(), report)?;
        let residence = self.residence(row, &columns.area, report)?;
        let with = self.practice(row, columns, report)?;
        let count = PatientCount { with, residence, patients };
        self.file.rows_of(sex).push(RegisterRow { count, line: row.line() });
        Some(())
    }

    /// Whether the row counts the same day as the rows before it.
    fn same_period(&mut self, row: &Row, column: Option<&Column>, report: &mut Report) -> Option<()> {
        let Some(text) = column.map(|column| row.text(column)).filter(|text| *text != self.date) else { return Some(()) };
        let period = period_of(text);
        if self.file.period.is_empty() {
            self.file.period = period.clone().unwrap_or_default();
        }
        if period.as_ref() == Some(&self.file.period) {
            text.clone_into(&mut self.date);
            return Some(());
        }
        let expected = if self.file.period.is_empty() { "a day such as 01JUL2022 or 01/07/2026" } else { &self.file.period };
        report.add(row.finding(Severity::Error, "period", column, format!("expected {expected}, found {text:?}; the row was left out")));
        None
    }

    fn residence(&mut self, row: &Row, column: &Column, report: &mut Report) -> Option<Residence> {
        match row.text(column) {
            "OUTSIDE" => return Some(Residence::Outside),
            "EMPTY" | "CLOSED" => return Some(Residence::Unknown),
            text => {
                if let Some(vintage) = text.strip_prefix("NO20") {
                    self.file.name_vintage(vintage);
                    return Some(Residence::Unknown);
                }
            }
        }
        let code = row.area_code(column, report)?;
        let areas = &mut self.file.areas;
        let place = *self.areas.entry(code).or_insert_with(|| {
            areas.push(code);
            position(areas.len())
        });
        Some(Residence::Area(place))
    }

    fn practice(&mut self, row: &Row, columns: &Columns, report: &mut Report) -> Option<RegisteredWith> {
        if row.text(&columns.practice) == "OTHER" {
            return Some(RegisteredWith::OtherPractices);
        }
        let code = row.ods_code(&columns.practice, report)?;
        let practices = &mut self.file.practices;
        // The rows of a practice stand together.
        if let Some(same) = self.practice_before.filter(|before| practices[*before as usize].code == code) {
            return Some(RegisteredWith::Practice(same));
        }
        let place = *self.practices.entry(code).or_insert_with(|| {
            let name = columns.name.as_ref().map(|column| row.text(column)).unwrap_or_default().to_owned();
            practices.push(RegisteredPractice { place: row.place(), code, name });
            position(practices.len())
        });
        self.practice_before = Some(place);
        Some(RegisteredWith::Practice(place))
    }
}

/// The position of the last of so many.
fn position(length: usize) -> u32 {
    u32::try_from(length - 1).expect("a file of two gigabytes has fewer rows than 2³²")
}

fn patients(row: &Row, column: &Column, report: &mut Report) -> Option<u32> {
    let text = row.text(column);
    let patients = text.parse().ok().or_else(|| number_from_text(text).and_then(whole)).filter(|patients| *patients > 0);
    if patients.is_none() {
        let message = format!("expected a whole number of patients, at least 1, found {text:?}; the row was left out");
        report.add(row.finding(Severity::Error, "not-a-count", Some(column), message));
    }
    patients
}

fn sex(row: &Row, column: Option<&Column>, report: &mut Report) -> Option<Sex> {
    let Some(text) = column.map(|column| row.text(column)) else { return Some(Sex::Persons) };
    let sex = Sex::parse(text);
    if sex.is_none() {
        report.add(row.finding(Severity::Error, "sex", column, format!("expected ALL, MALE or FEMALE, found {text:?}; the row was left out")));
    }
    sex
}

/// The month of a day in the spellings in use: `01JUL2022`, `01Jul2022`, `01/07/2026` → `July 2022`.
fn period_of(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let (_, rest) = text.split_at_checked(2).filter(|(day, _)| day.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (month, year) = if let Some(rest) = rest.strip_prefix('/') {
        let (month, year) = rest.split_once('/')?;
        (month.parse::<usize>().ok()?.checked_sub(1)?, year)
    } else {
        let (month, year) = rest.split_at_checked(3)?;
        (MONTHS.iter().position(|name| name[..3].eq_ignore_ascii_case(month))?, year)
    };
    let month = MONTHS.get(month)?;
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{month} {year}"))
}

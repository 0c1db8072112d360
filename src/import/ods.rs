//! The layout that all files of the Organisation Data Service share: 27 columns without a header line, in the words of before and since 2026.

use super::error::ImportError;
use super::input::Input;
use super::organisations::OrganisationRecord;
use super::report::{Finding, Report, Severity};
use super::row::{Column, Row, Table};
use crate::model::organisation::{Membership, OdsCode, OrganisationStatus};

/// What the columns hold; a column that is always empty has no name.
const COLUMNS: [&str; 27] = [
    "organisation code",
    "name",
    "national grouping",
    "high level health geography",
    "address line 1",
    "address line 2",
    "address line 3",
    "address line 4",
    "address line 5",
    "postcode",
    "open date",
    "close date",
    "status code",
    "organisation sub-type code",
    "commissioner or parent",
    "join date",
    "left date",
    "telephone",
    "",
    "",
    "",
    "amended record indicator",
    "",
    "provider or purchaser",
    "",
    "prescribing setting",
    "",
];

/// The columns that are read.
pub struct OdsColumns {
    code: Column,
    name: Column,
    address: Vec<Column>,
    postcode: Column,
    closed: Column,
    status: Column,
    /// Of a practice its commissioner, of a branch its practice.
    pub parent: Column,
    /// Of a practice its prescribing setting or role.
    pub setting: Column,
}

/// Opens a file of the Organisation Data Service.
///
/// # Errors
/// When it is not a table of 27 columns.
pub fn open(input: &Input) -> Result<(Table<'_>, OdsColumns), ImportError> {
    let table = Table::open_headless(input, &COLUMNS)?;
    let [code, name, postcode, closed, status, parent, setting] = table.require([
        &["organisation code"],
        &["name"],
        &["postcode"],
        &["close date"],
        &["status code"],
        &["commissioner or parent"],
        &["prescribing setting"],
    ])?;
    let address = table.columns()[4..=8].to_vec();
    Ok((table, OdsColumns { code, name, address, postcode, closed, status, parent, setting }))
}

/// An organisation as its row gives it, or nothing where its code cannot be read; the row of one that has not opened yet gives none either,
/// and `proposed` counts it.
pub fn record(row: &Row, columns: &OdsColumns, proposed: &mut usize, report: &mut Report) -> Option<OrganisationRecord> {
    let code = row.ods_code(&columns.code, report)?;
    if row.text(&columns.name).is_empty() {
        let message = format!("expected the name of {code}, found none; the row was left out");
        report.add(row.finding(Severity::Error, "no-name", Some(&columns.name), message));
        return None;
    }
    if matches!(row.text(&columns.status), "P" | "PROPOSED") {
        *proposed += 1;
        return None;
    }
    let closed = (!row.text(&columns.closed).is_empty()).then_some(OrganisationStatus::Closed);
    Some(OrganisationRecord {
        place: row.place(),
        code,
        name: row.text(&columns.name).to_owned(),
        address: one_line(row, &columns.address),
        postcode: text(row, &columns.postcode),
        // Branches have dates only; where there is a status, it decides.
        status: status(row, &columns.status, report).or(closed).or(Some(OrganisationStatus::Active)),
        location: None,
    })
}

/// The lines of an address as one, without the empty ones.
#[must_use]
pub fn one_line(row: &Row, columns: &[Column]) -> String {
    columns.iter().map(|column| row.text(column)).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The text of a cell that may be empty.
#[must_use]
pub fn text(row: &Row, column: &Column) -> Option<String> {
    Some(row.text(column)).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A status in the words of either dialect; an unknown word becomes a finding.
pub fn status(row: &Row, column: &Column, report: &mut Report) -> Option<OrganisationStatus> {
    let found = match row.text(column) {
        "" => return None,
        "A" | "ACTIVE" => Some(OrganisationStatus::Active),
        "C" | "INACTIVE" => Some(OrganisationStatus::Closed),
        "D" | "DORMANT" => Some(OrganisationStatus::Dormant),
        _ => None,
    };
    if found.is_none() {
        let message = format!("expected a status such as A, C or ACTIVE, found {:?}; taken as not given", row.text(column));
        report.add(row.finding(Severity::Warning, "status", Some(column), message));
    }
    found
}

/// Whether a prescribing setting or role is that of a general practice.
#[must_use]
pub fn is_general_practice(setting: &str) -> bool {
    matches!(setting, "4" | "RO76")
}

/// A network or commissioner by its code and name; none where the code is empty or only says that there is none.
#[must_use]
pub fn membership(code: &str, name: &str) -> Option<Membership> {
    OdsCode::parse(code).ok().map(|code| Membership { code, name: name.to_owned() })
}

/// Says how many organisations of a file have not opened yet.
pub fn note_proposed(input: &Input, proposed: usize, report: &mut Report) {
    if proposed > 0 {
        let message = format!("left out, because they are proposed and not open yet: {proposed}");
        report.add(Finding::of_file(Severity::Note, "not-open-yet", input.name(), message));
    }
}

//! The mapping of practices to networks and commissioners that NHS England publishes beside the register.

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::ods;
use crate::import::organisations::{OrganisationRecord, PracticeRecord};
use crate::import::report::Report;
use crate::import::row::Table;

/// Reads practices with their networks and commissioners, in the order of the file.
///
/// # Errors
/// When it is not a table or lacks a column.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<PracticeRecord>, ImportError> {
    let mut table = Table::open(input)?;
    let [code, name, pcn, pcn_name, commissioner, commissioner_name] = table.require([
        &["PRACTICE_CODE"],
        &["PRACTICE_NAME"],
        &["PCN_CODE"],
        &["PCN_NAME"],
        &["CCG_CODE", "SUB_ICB_LOCATION_CODE"],
        &["CCG_NAME", "SUB_ICB_LOCATION_NAME"],
    ])?;
    let postcode = table.column(&["PRACTICE_POSTCODE"]);
    let mut practices = Vec::new();
    while let Some(row) = table.next_row(report)? {
        let Some(code) = row.ods_code(&code, report) else { continue };
        let postcode = postcode.as_ref().and_then(|column| ods::text(&row, column));
        let (place, name) = (row.place(), row.text(&name).to_owned());
        practices.push(PracticeRecord {
            organisation: OrganisationRecord { place, code, name, address: String::new(), postcode, status: None, location: None },
            lists: true,
            list_size: None,
            // A practice of no network has the code `U`, which is too short for one.
            pcn: ods::membership(row.text(&pcn), row.text(&pcn_name)),
            commissioner: ods::membership(row.text(&commissioner), row.text(&commissioner_name)),
        });
    }
    report.count(input.name(), table.rows_read(), practices.len() as u64);
    Ok(practices)
}

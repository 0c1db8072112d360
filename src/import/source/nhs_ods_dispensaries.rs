//! Pharmacies and dispensing appliance contractors: the file `edispensary` of the Organisation Data Service.

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::ods;
use crate::import::organisations::OrganisationRecord;
use crate::import::report::{Finding, Report, Severity};
use crate::model::organisation::OrganisationStatus;

/// Reads pharmacies that are not closed, in the order of the file.
///
/// # Errors
/// When it is not a table of 27 columns.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<OrganisationRecord>, ImportError> {
    let (mut table, columns) = ods::open(input)?;
    let (mut pharmacies, mut closed, mut proposed) = (Vec::new(), 0_usize, 0);
    while let Some(row) = table.next_row(report)? {
        let Some(organisation) = ods::record(&row, &columns, &mut proposed, report) else { continue };
        if organisation.status == Some(OrganisationStatus::Closed) {
            closed += 1;
            continue;
        }
        pharmacies.push(organisation);
    }
    ods::note_proposed(input, proposed, report);
    if closed > 0 {
        report.add(Finding::of_file(Severity::Note, "closed", input.name(), format!("left out, because they are closed: {closed}")));
    }
    report.count(input.name(), table.rows_read(), pharmacies.len() as u64);
    Ok(pharmacies)
}

//! Primary care networks: the workbook `ePCN` of the Organisation Data Service, of clinical commissioning groups or of sub-ICB locations.

use std::collections::HashMap;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::ods;
use crate::import::organisations::{OrganisationRecord, PracticeRecord};
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::Table;
use crate::import::spreadsheet::sheet;
use crate::model::organisation::OdsCode;

/// Reads which practice is a member of which network; a membership that has ended does not count.
///
/// # Errors
/// When it is no workbook, lacks the sheet of core partners, or the sheet lacks a column.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<PracticeRecord>, ImportError> {
    let partners = sheet(input, &["PCN Core Partner Details"])?;
    let mut table = Table::open(&partners)?;
    let [code, name, pcn, pcn_name, left, commissioner, commissioner_name] = table.require([
        &["Partner Organisation Code"],
        &["Partner Name"],
        &["PCN Code"],
        &["PCN Name"],
        &["Practice to PCN Relationship End Date"],
        &["Practice Parent CCG Code", "Practice Parent Sub ICB Loc Code"],
        &["Practice Parent CCG Name", "Practice Parent Sub ICB Loc Name"],
    ])?;
    let mut networks: HashMap<OdsCode, OdsCode> = HashMap::new();
    let (mut members, mut ended) = (Vec::new(), 0_usize);
    while let Some(row) = table.next_row(report)? {
        if !row.text(&left).is_empty() {
            ended += 1;
            continue;
        }
        let (Some(code), Some(network)) = (row.ods_code(&code, report), row.ods_code(&pcn, report)) else { continue };
        if let Some(first) = networks.get(&code) {
            let message = format!("{code} is a member of {first} by an earlier row and of {network} by this one; the first was kept");
            report.add(row.finding(Severity::Error, "two-networks", Some(&pcn), message));
            continue;
        }
        networks.insert(code, network);
        let (place, name) = (row.place(), row.text(&name).to_owned());
        members.push(PracticeRecord {
            organisation: OrganisationRecord { place, code, name, address: String::new(), postcode: None, status: None, location: None },
            lists: false,
            list_size: None,
            pcn: ods::membership(row.text(&pcn), row.text(&pcn_name)),
            commissioner: ods::membership(row.text(&commissioner), row.text(&commissioner_name)),
        });
    }
    if ended > 0 {
        report.add(Finding::of_file(Severity::Note, "membership-ended", input.name(), format!("left out, because the membership has ended: {ended}")));
    }
    report.count(input.name(), table.rows_read(), members.len() as u64);
    Ok(members)
}

//! General practices: the file `epraccur` of the Organisation Data Service, or the short table `practice_code, name … easting, northing, list_size`.

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::ods;
use crate::import::organisations::{OrganisationRecord, PracticeRecord};
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table, whole};
use crate::model::crs::{Bng, on_the_grid};
use crate::model::organisation::{Location, Precision};

/// Reads practices in the order of the file.
///
/// Prescribers of other kinds are in the result too, for a register may count patients of theirs, but list no practice.
///
/// # Errors
/// When it is neither table.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<PracticeRecord>, ImportError> {
    let mut table = Table::open(input)?;
    let short = table.column(&["practice_code"]).is_some();
    let practices = if short { read_short(&mut table, report)? } else { read_official(input, &mut table, report)? };
    let others = practices.iter().filter(|practice| !practice.lists).count();
    if others > 0 {
        let message = format!("used only if a register counts their patients, because they are no general practices (setting 4, role RO76): {others}");
        report.add(Finding::of_file(Severity::Note, "not-a-general-practice", input.name(), message));
    }
    report.count(input.name(), table.rows_read(), (practices.len() - others) as u64);
    Ok(practices)
}

fn read_official<'i>(input: &'i Input, table: &mut Table<'i>, report: &mut Report) -> Result<Vec<PracticeRecord>, ImportError> {
    let columns;
    (*table, columns) = ods::open(input)?;
    let (mut practices, mut proposed) = (Vec::new(), 0);
    while let Some(row) = table.next_row(report)? {
        let Some(organisation) = ods::record(&row, &columns, &mut proposed, report) else { continue };
        practices.push(PracticeRecord {
            organisation,
            lists: ods::is_general_practice(row.text(&columns.setting)),
            list_size: None,
            pcn: None,
            commissioner: ods::membership(row.text(&columns.parent), ""),
        });
    }
    ods::note_proposed(input, proposed, report);
    Ok(practices)
}

fn read_short(table: &mut Table<'_>, report: &mut Report) -> Result<Vec<PracticeRecord>, ImportError> {
    let [code, name, postcode] = table.require([&["practice_code"], &["name"], &["postcode"]])?;
    let pair = |first: &str, second: &str| table.column(&[first]).zip(table.column(&[second]));
    let (point, pcn) = (pair("easting", "northing"), pair("pcn_code", "pcn_name"));
    let [status, commissioner, setting, list_size] = ["status", "commissioner", "prescribing_setting", "list_size"].map(|name| table.column(&[name]));
    let address: Vec<Column> = ["address_1", "address_2", "address_3", "town", "county"].iter().filter_map(|name| table.column(&[name])).collect();
    let mut practices = Vec::new();
    while let Some(row) = table.next_row(report)? {
        let Some(code) = row.ods_code(&code, report) else { continue };
        let organisation = OrganisationRecord {
            place: row.place(),
            code,
            name: row.text(&name).to_owned(),
            address: ods::one_line(&row, &address),
            postcode: ods::text(&row, &postcode),
            status: status.as_ref().and_then(|column| ods::status(&row, column, report)),
            location: point.as_ref().and_then(|(easting, northing)| postcode_point(&row, easting, northing, report)),
        };
        practices.push(PracticeRecord {
            organisation,
            lists: setting.as_ref().is_none_or(|setting| matches!(row.text(setting), "") || ods::is_general_practice(row.text(setting))),
            list_size: list_size.as_ref().and_then(|column| patients(&row, column, report)),
            pcn: pcn.as_ref().and_then(|(code, name)| ods::membership(row.text(code), row.text(name))),
            commissioner: commissioner.as_ref().and_then(|code| ods::membership(row.text(code), "")),
        });
    }
    Ok(practices)
}

fn patients(row: &Row, column: &Column, report: &mut Report) -> Option<u32> {
    let patients = whole(row.number(column, report).number()?);
    if patients.is_none() {
        let message = format!("expected a whole number, found {:?}; taken as not given", row.text(column));
        report.add(row.finding(Severity::Error, "not-a-count", Some(column), message));
    }
    patients
}

/// The point of a practice in the short table is that of its postcode.
fn postcode_point(row: &Row, easting: &Column, northing: &Column, report: &mut Report) -> Option<Location> {
    let point = Point::new(row.number(easting, report).number()?, row.number(northing, report).number()?);
    if on_the_grid(&Bng(geo_types::Rect::new(point.0, point.0))) {
        return Some(Location { point: Bng(point), precision: Precision::Postcode });
    }
    let message = format!("expected metres of the British National Grid, found {}, {}; the point was left out", point.x(), point.y());
    report.add(row.finding(Severity::Error, "outside-great-britain", Some(easting), message));
    None
}

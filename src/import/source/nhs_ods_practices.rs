//! General practices: the short table `practice_code, name, address_1 …, easting, northing, list_size, pcn_code, pcn_name`.

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::organisations::{OrganisationRecord, PracticeRecord};
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Row, Table, whole};
use crate::model::crs::{Bng, on_the_grid};
use crate::model::organisation::{Location, Membership, OdsCode, OrganisationStatus, Precision};

/// The columns of the short table that a practice can do without.
struct Columns {
    address: Vec<Column>,
    status: Option<Column>,
    commissioner: Option<Column>,
    setting: Option<Column>,
    list_size: Option<Column>,
    pcn: Option<(Column, Column)>,
    point: Option<(Column, Column)>,
}

/// Reads practices in the order of the file.
///
/// # Errors
/// When it is not a table or lacks a column.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<PracticeRecord>, ImportError> {
    let mut table = Table::open(input)?;
    let [code, name, postcode] = table.require([&["practice_code"], &["name"], &["postcode"]])?;
    let pair = |first: &str, second: &str| table.column(&[first]).zip(table.column(&[second]));
    let columns = Columns {
        address: ["address_1", "address_2", "address_3", "town", "county"].iter().filter_map(|name| table.column(&[name])).collect(),
        status: table.column(&["status"]),
        commissioner: table.column(&["commissioner"]),
        setting: table.column(&["prescribing_setting"]),
        list_size: table.column(&["list_size"]),
        pcn: pair("pcn_code", "pcn_name"),
        point: pair("easting", "northing"),
    };
    let mut practices = Vec::new();
    while let Some(row) = table.next_row(report)? {
        let Some(code) = row.ods_code(&code, report) else { continue };
        if columns.setting.as_ref().is_some_and(|setting| !matches!(row.text(setting), "" | GENERAL_PRACTICE_SETTING)) {
            report.add(row.finding(Severity::Note, "not-a-general-practice", columns.setting.as_ref(), format!("{code} is no general practice; left out")));
            continue;
        }
        let organisation = OrganisationRecord {
            place: row.place(),
            code,
            name: row.text(&name).to_owned(),
            address: columns.address.iter().map(|column| row.text(column)).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", "),
            postcode: Some(row.text(&postcode)).filter(|text| !text.is_empty()).map(str::to_owned),
            status: columns.status.as_ref().and_then(|column| status(&row, column, report)),
            location: columns.point.as_ref().and_then(|(easting, northing)| postcode_point(&row, easting, northing, report)),
        };
        let membership = |code: &str, name: &str| OdsCode::parse(code).ok().map(|code| Membership { code, name: name.to_owned() });
        practices.push(PracticeRecord {
            organisation,
            list_size: columns.list_size.as_ref().and_then(|column| list_size(&row, column, report)),
            pcn: columns.pcn.as_ref().and_then(|(code, name)| membership(row.text(code), row.text(name))),
            commissioner: columns.commissioner.as_ref().and_then(|code| membership(row.text(code), "")),
        });
    }
    report.count(input.name(), table.rows_read(), practices.len() as u64);
    Ok(practices)
}

/// The prescribing setting of a general practice.
const GENERAL_PRACTICE_SETTING: &str = "4";

fn status(row: &Row, column: &Column, report: &mut Report) -> Option<OrganisationStatus> {
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

fn list_size(row: &Row, column: &Column, report: &mut Report) -> Option<u32> {
    let size = whole(row.number(column, report).number()?);
    if size.is_none() {
        report.add(row.finding(
            Severity::Error,
            "not-a-count",
            Some(column),
            format!("expected a whole number, found {:?}; taken as not given", row.text(column)),
        ));
    }
    size
}

/// The published point of a practice is that of its postcode.
fn postcode_point(row: &Row, easting: &Column, northing: &Column, report: &mut Report) -> Option<Location> {
    let point = Point::new(row.number(easting, report).number()?, row.number(northing, report).number()?);
    if on_the_grid(&Bng(geo_types::Rect::new(point.0, point.0))) {
        return Some(Location { point: Bng(point), precision: Precision::Postcode });
    }
    let message = format!("expected metres of the British National Grid, found {}, {}; kept as not located", point.x(), point.y());
    report.add(row.finding(Severity::Error, "outside-great-britain", Some(easting), message));
    None
}

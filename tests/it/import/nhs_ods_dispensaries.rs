//! Pharmacies and dispensing appliance contractors.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::nhs_ods_dispensaries::read;

use super::nhs_ods_practices::ods_row;
use super::official;

#[test]
fn a_closed_pharmacy_and_one_that_is_not_open_yet_are_left_out_and_counted() {
    let text = ods_row("ZA001", "LE13 1NX", "", "A", "P08F", "")
        + &ods_row("ZA002", "LE13 1NX", "20240205", "C", "P08F", "")
        + &ods_row("ZA003", "LE13 1NX", "", "P", "P08F", "")
        + &ods_row("ZA004", "LE13 1NX", "", "ACTIVE", "", "");
    let mut report = Report::default();
    let pharmacies = read(&Input::from_bytes("twin.csv", text), &mut report).unwrap();
    assert_eq!(pharmacies.iter().map(|pharmacy| pharmacy.code.to_string()).collect::<Vec<_>>(), ["ZA001", "ZA004"]);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 2 notes
    note [closed] twin.csv: left out, because they are closed: 1
    note [not-open-yet] twin.csv: left out, because they are proposed and not open yet: 1
    twin.csv: 4 rows read, 2 kept
    ");
}

#[test]
fn a_row_that_is_no_pharmacy_is_found() {
    let text = ods_row("ZA001", "LE13 1NX", "", "SHUT", "P08F", "") + &ods_row("?", "LE13 1NX", "", "A", "P08F", "") + "\"ZA003\"\n";
    let mut report = Report::default();
    assert_eq!(read(&Input::from_bytes("twin.csv", text), &mut report).unwrap().len(), 1);
    insta::assert_snapshot!(report, @r#"
    2 errors, 2 warnings, 0 notes
    error [no-name] twin.csv:3 "name": expected the name of ZA003, found none; the row was left out
    error [not-an-ods-code] twin.csv:2 "organisation code": expected an ODS code (2 to 12 letters and digits, such as C82038), found "?"; the row was left out
    warning [row-length] twin.csv:3: expected 27 cells, found 1
    warning [status] twin.csv:1 "status code": expected a status such as A, C or ACTIVE, found "SHUT"; taken as not given
    twin.csv: 3 rows read, 1 kept
    "#);
}

#[test]
fn the_official_pharmacies_are_read() {
    let Some(path) = official("organisations/edispensary_2025-04.csv") else { return };
    let mut report = Report::default();
    assert_eq!(read(&Input::read(&path, None).unwrap(), &mut report).unwrap().len(), 11_276);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 2 notes
    note [closed] edispensary_2025-04.csv: left out, because they are closed: 9558
    note [not-open-yet] edispensary_2025-04.csv: left out, because they are proposed and not open yet: 98
    edispensary_2025-04.csv: 20932 rows read, 11276 kept
    ");
}

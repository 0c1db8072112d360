//! Branch surgeries.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::nhs_ods_branches::read;

use super::nhs_ods_practices::ods_row;
use super::official;

#[test]
fn a_branch_belongs_to_a_practice_and_a_closed_one_is_left_out() {
    let text = ods_row("Z90001001", "LE13 1NX", "", "", "Z90001", "") + &ods_row("Z90001002", "LE13 1NX", "20161231", "", "Z90001", "");
    let mut report = Report::default();
    let branches = read(&Input::from_bytes("twin.csv", text), &mut report).unwrap();
    assert_eq!(branches.iter().map(|branch| format!("{} of {}", branch.organisation.code, branch.practice)).collect::<Vec<_>>(), ["Z90001001 of Z90001"]);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [closed] twin.csv: left out, because they are closed: 1
    twin.csv: 2 rows read, 1 kept
    ");
}

#[test]
fn a_branch_without_a_practice_or_a_code_is_found() {
    let text = ods_row("Z90001001", "LE13 1NX", "", "", "", "") + &ods_row("Z90001-02", "LE13 1NX", "", "", "Z90001", "");
    let mut report = Report::default();
    assert!(read(&Input::from_bytes("twin.csv", text), &mut report).unwrap().is_empty());
    insta::assert_snapshot!(report, @r#"
    2 errors, 0 warnings, 0 notes
    error [not-an-ods-code] twin.csv:1 "commissioner or parent": expected an ODS code (2 to 12 letters and digits, such as C82038), found ""; the row was left out
    error [not-an-ods-code] twin.csv:2 "organisation code": expected an ODS code (2 to 12 letters and digits, such as C82038), found "Z90001-02"; the row was left out
    twin.csv: 2 rows read, 0 kept
    "#);
}

#[test]
fn the_official_branches_are_read() {
    let Some(path) = official("organisations/ebranchs_2017-08.csv") else { return };
    let mut report = Report::default();
    let branches = read(&Input::read(&path, None).unwrap(), &mut report).unwrap();
    assert_eq!(branches.len(), 2615);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [closed] ebranchs_2017-08.csv: left out, because they are closed: 87
    ebranchs_2017-08.csv: 2702 rows read, 2615 kept
    ");
}

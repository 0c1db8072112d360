//! General practices.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::organisations::PracticeRecord;
use needsmap::import::source::nhs_ods_practices::read;
use needsmap::model::organisation::{OrganisationStatus, Precision};

use super::{official, ours};

/// A row of the service's layout: code, status, commissioner and setting are what matters here.
pub fn ods_row(code: &str, postcode: &str, closed: &str, status: &str, parent: &str, setting: &str) -> String {
    format!(
        "\"{code}\",\"TWIN OF {code}\",\"Y60\",\"QK1\",\"THE SURGERY\",\"1 TWIN STREET\",\"\",\"TWINTON\",\"\",\"{postcode}\",\"19740401\",\"{closed}\",\
         \"{status}\",\"B\",\"{parent}\",\"20130401\",\"\",\"0116 4960000\",\"\",\"\",\"\",\"0\",\"\",\"{parent}\",\"\",\"{setting}\",\"\"\n"
    )
}

fn read_text(text: &str) -> (Vec<PracticeRecord>, Report) {
    let mut report = Report::default();
    let read = read(&Input::from_bytes("twin.csv", text), &mut report).unwrap();
    (read, report)
}

#[test]
fn both_dialects_say_the_same_and_only_general_practices_list_practices() {
    let old = ods_row("Z90001", "LE13 1NX", "", "A", "99X", "4")
        + &ods_row("Z90002", "LE13 1NX", "20210331", "C", "99X", "4")
        + &ods_row("Z90003", "LE13 1NX", "", "D", "99X", "4")
        + &ods_row("Z90004", "LE13 1NX", "", "A", "99X", "9")
        + &ods_row("Z90005", "LE13 1NX", "", "P", "99X", "4");
    let new = [("\"A\"", "\"ACTIVE\""), ("\"C\"", "\"INACTIVE\""), ("\"D\"", "\"DORMANT\""), ("\"4\"", "\"RO76\""), ("\"9\"", "\"RO247\"")];
    let new = new.into_iter().fold(old.clone(), |text, (from, to)| text.replace(from, to));
    let (practices, report) = read_text(&old);
    let words: Vec<String> = practices
        .iter()
        .map(|p| format!("{} {} {}", p.organisation.code, p.organisation.status.unwrap().id(), if p.lists { "listed" } else { "not listed" }))
        .collect();
    assert_eq!(words, ["Z90001 active listed", "Z90002 closed listed", "Z90003 dormant listed", "Z90004 active not listed"]);
    assert_eq!(practices[0].organisation.address, "THE SURGERY, 1 TWIN STREET, TWINTON");
    assert_eq!(practices[0].commissioner.as_ref().unwrap().code.as_str(), "99X");
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 2 notes
    note [not-a-general-practice] twin.csv: used only if a register counts their patients, because they are no general practices (setting 4, role RO76): 1
    note [not-open-yet] twin.csv: left out, because they are proposed and not open yet: 1
    twin.csv: 5 rows read, 3 kept
    ");
    let (again, same) = read_text(&new);
    assert_eq!((format!("{again:?}"), same), (format!("{practices:?}"), report));
}

#[test]
fn a_row_of_the_services_layout_that_cannot_be_right_is_found() {
    let text = ods_row("Z90001", "LE13 1NX", "", "A", "99X", "4")
        + &ods_row("Z9 001", "LE13 1NX", "", "A", "99X", "4")
        + &ods_row("Z90003", "LE13 1NX", "", "OPEN", "99X", "4")
        + "\"Z90004\",\"CUT SHORT\"\n";
    let (_, report) = read_text(&text);
    insta::assert_snapshot!(report, @r#"
    1 error, 2 warnings, 1 note
    error [not-an-ods-code] twin.csv:2 "organisation code": expected an ODS code (2 to 12 letters and digits, such as C82038), found "Z9 001"; the row was left out
    warning [row-length] twin.csv:4: expected 27 cells, found 2
    warning [status] twin.csv:3 "status code": expected a status such as A, C or ACTIVE, found "OPEN"; taken as not given
    note [not-a-general-practice] twin.csv: used only if a register counts their patients, because they are no general practices (setting 4, role RO76): 1
    twin.csv: 4 rows read, 2 kept
    "#);
    let error = read(&Input::from_bytes("twin.csv", "Z90001,TWIN SURGERY,LE13 1NX\n"), &mut Report::default()).unwrap_err();
    assert_eq!(error.to_string(), "twin.csv: expected a table of 27 columns without a header line, found 3 columns");
}

#[test]
fn the_short_table_gives_points_of_postcodes_and_list_sizes() {
    let mut report = Report::default();
    let practices = read(&Input::read(&ours("data/inputs/practices_2022.csv"), None).unwrap(), &mut report).unwrap();
    assert_eq!(report.to_string(), "0 errors, 0 warnings, 0 notes\npractices_2022.csv: 146 rows read, 146 kept\n");
    let latham = practices.iter().find(|practice| practice.organisation.code.as_str() == "C82038").unwrap();
    assert_eq!(latham.organisation.location.unwrap().precision, Precision::Postcode);
    assert_eq!(latham.organisation.status, Some(OrganisationStatus::Active));
    let broken = "practice_code,name,postcode,status,easting,northing,list_size\nZ90001,TWIN,LE13 1NX,Q,475000,9000000,many\nZ90002,TWIN,LE13 1NX,A,,,1.5\n";
    let (practices, report) = read_text(broken);
    assert!(practices.iter().all(|practice| practice.organisation.location.is_none() && practice.list_size.is_none()));
    insta::assert_snapshot!(report, @r#"
    3 errors, 1 warning, 0 notes
    error [not-a-count] twin.csv:3 "list_size": expected a whole number, found "1.5"; taken as not given
    error [not-a-number] twin.csv:2 "list_size": expected a number, found "many"; taken as not held
    error [outside-great-britain] twin.csv:2 "easting": expected metres of the British National Grid, found 475000, 9000000; the point was left out
    warning [status] twin.csv:2 "status": expected a status such as A, C or ACTIVE, found "Q"; taken as not given
    twin.csv: 2 rows read, 2 kept
    "#);
}

#[test]
fn both_official_editions_are_read() {
    for (file, closed, general, others) in [("epraccur_2022-08.csv", 1511, 8631, 6332), ("epraccur_2026-02.csv", 1534, 8183, 7206)] {
        let Some(path) = official("organisations").map(|folder| folder.join(file)) else { return };
        let mut report = Report::default();
        let practices = read(&Input::read(&path, None).unwrap(), &mut report).unwrap();
        let listed: Vec<&PracticeRecord> = practices.iter().filter(|practice| practice.lists).collect();
        assert_eq!((listed.len(), practices.len() - listed.len()), (general, others), "{report}");
        assert_eq!(listed.iter().filter(|practice| practice.organisation.status == Some(OrganisationStatus::Closed)).count(), closed);
        assert_eq!(report.findings().len(), 1, "{report}");
    }
}

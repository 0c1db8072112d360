//! Primary care networks.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::nhs_ods_networks::read;

use super::official;
use super::workbook::workbook;

const SHEET: &str = "PCN Core Partner Details";
const HEADER: [&str; 11] = [
    "Partner&#10;Organisation&#10;Code",
    "Partner&#10;Name",
    "Practice&#10;Parent&#10;Sub ICB Loc Code",
    "Practice&#10;Parent&#10;Sub ICB Loc Name",
    "PCN Code",
    "PCN Name",
    "PCN Parent&#10;Sub ICB Loc Code",
    "PCN Parent&#10;Sub ICB Loc Name",
    "Practice to PCN&#10;Relationship&#10;Start Date",
    "Practice to PCN&#10;Relationship&#10;End Date",
    "Practice Sub ICB Loc and PCN Sub ICB Loc Match ",
];

fn row<'a>(code: &'a str, pcn: &'a str, left: &'a str) -> [&'a str; 11] {
    [code, "TWIN SURGERY", "99X", "NHS TWIN ICB - 99X", pcn, "TWIN PCN", "99X", "NHS TWIN ICB - 99X", "20191001", left, "1"]
}

#[test]
fn a_membership_that_has_ended_does_not_count() {
    let book = workbook(SHEET, &[&HEADER, &row("Z90001", "U90001", "20211231"), &row("Z90001", "U90002", ""), &row("Z90002", "U90001", "")]);
    let mut report = Report::default();
    let members = read(&Input::from_bytes("twin.xlsx", book), &mut report).unwrap();
    let networks: Vec<String> = members.iter().map(|member| format!("{} in {}", member.organisation.code, member.pcn.as_ref().unwrap().code)).collect();
    assert_eq!(networks, ["Z90001 in U90002", "Z90002 in U90001"]);
    assert_eq!(members[0].commissioner.as_ref().unwrap().name, "NHS TWIN ICB - 99X");
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [membership-ended] twin.xlsx: left out, because the membership has ended: 1
    twin.xlsx: 3 rows read, 2 kept
    ");
}

#[test]
fn a_practice_in_two_networks_at_once_or_with_an_impossible_code_is_found_in_its_row() {
    let book = workbook(SHEET, &[&HEADER, &row("Z90001", "U90001", ""), &row("Z90001", "U90002", ""), &row("Z9-001", "U90001", ""), &row("Z90003", "", "")]);
    let mut report = Report::default();
    assert_eq!(read(&Input::from_bytes("twin.xlsx", book), &mut report).unwrap().len(), 1);
    insta::assert_snapshot!(report, @r#"
    3 errors, 0 warnings, 0 notes
    error [not-an-ods-code] twin.xlsx, sheet PCN Core Partner Details:4 "Partner Organisation Code": expected an ODS code (2 to 12 letters and digits, such as C82038), found "Z9-001"; the row was left out
    error [not-an-ods-code] twin.xlsx, sheet PCN Core Partner Details:5 "PCN Code": expected an ODS code (2 to 12 letters and digits, such as C82038), found ""; the row was left out
    error [two-networks] twin.xlsx, sheet PCN Core Partner Details:3 "PCN Code": Z90001 is a member of U90001 by an earlier row and of U90002 by this one; the first was kept
    twin.xlsx: 4 rows read, 1 kept
    "#);
}

#[test]
fn what_is_no_workbook_or_lacks_the_sheet_or_a_column_is_refused() {
    let refused = |bytes: Vec<u8>| read(&Input::from_bytes("twin.xlsx", bytes), &mut Report::default()).unwrap_err().to_string();
    assert!(refused(b"PCN Code,PCN Name\n".to_vec()).starts_with("twin.xlsx: expected an Excel workbook, found "));
    assert_eq!(refused(workbook("PCNDetails", &[&HEADER])), "twin.xlsx: expected a sheet PCN Core Partner Details, found PCNDetails");
    let error = refused(workbook(SHEET, &[&HEADER[1..]]));
    assert!(error.starts_with(r#"twin.xlsx, sheet PCN Core Partner Details: missing column: "Partner Organisation Code"; found: "Partner Name""#), "{error}");
}

#[test]
fn both_official_editions_give_each_practice_the_one_network_it_is_in() {
    for (file, members, ended) in [("ePCN_2022-08.xlsx", 6474, 885), ("ePCN_2026-02.xlsx", 6224, 1481)] {
        let Some(path) = official("organisations").map(|folder| folder.join(file)) else { return };
        let mut report = Report::default();
        let read = read(&Input::read(&path, None).unwrap(), &mut report).unwrap();
        assert_eq!(read.len(), members, "{report}");
        assert!(read.iter().all(|member| member.pcn.is_some() && member.commissioner.is_some()));
        let findings: Vec<String> = report.findings().iter().map(ToString::to_string).collect();
        assert_eq!(findings, [format!("note [membership-ended] {file}: left out, because the membership has ended: {ended}")]);
    }
}

//! Postcodes of Code-Point Open.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::postcodes::{Postcode, PostcodePoint, Postcodes};
use needsmap::import::source::{ons_postcodes, os_code_point_open::read};

use super::official;

#[test]
fn a_pair_of_zeros_is_no_point() {
    let rest = "\"E92000001\",\"E19000001\",\"E18000004\",\"\",\"E06000016\",\"E05010463\"";
    let text = format!("\"LE13 1NX\",10,475267,319039,{rest}\n\"LE13 1NY\",90,0,0,{rest}\n");
    let mut report = Report::default();
    let postcodes = read(&Input::from_bytes("le.csv", text), &mut report).unwrap();
    assert_eq!(postcodes.iter().filter(|(_, point)| point.is_some()).count(), 1);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [postcodes-without-point] le.csv: known without a point: 1 of 2 postcodes
    le.csv: 2 rows read, 2 kept
    ");
}

#[test]
fn rows_that_are_no_postcodes_are_found_and_another_layout_is_refused() {
    let text = "LE13 1NX,10,475267,319039,,,,,,\nnowhere,10,475267,319039,,,,,,\nLE13 1NY,10,-1,319039,,,,,,\nLE13 1NZ\n";
    let mut report = Report::default();
    assert_eq!(read(&Input::from_bytes("le.csv", text), &mut report).unwrap().len(), 3);
    insta::assert_snapshot!(report, @r#"
    2 errors, 1 warning, 1 note
    error [not-a-postcode] le.csv:2 "postcode": expected a postcode such as LE13 1NX, found "nowhere"; the row was left out
    error [outside-great-britain] le.csv:3 "eastings": expected metres of the British National Grid, found -1, 319039; the point was left out
    warning [row-length] le.csv:4: expected 10 cells, found 1
    note [postcodes-without-point] le.csv: known without a point: 2 of 3 postcodes
    le.csv: 4 rows read, 3 kept
    "#);
    let error = read(&Input::from_bytes("le.csv", "pcds,oseast1m,osnrth1m\n"), &mut Report::default()).unwrap_err();
    assert_eq!(error.to_string(), "le.csv: expected a table of 10 columns without a header line, found 3 columns");
}

#[test]
fn the_official_files_agree_with_the_directory_of_ons_where_both_know_a_postcode() {
    let Some(folder) = official("postcodes") else { return };
    let mut report = Report::default();
    let mut code_point = Postcodes::default();
    for file in ["le.csv", "ng.csv", "pe.csv"] {
        code_point.add("os", read(&Input::read(&folder.join("codepoint-open").join(file), None).unwrap(), &mut report).unwrap());
    }
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 0 notes
    le.csv: 23176 rows read, 23176 kept
    ng.csv: 29650 rows read, 29650 kept
    pe.csv: 27580 rows read, 27580 kept
    ");
    assert_eq!(code_point.len(), 80_406);
    let directory = ons_postcodes::read(&Input::read(&folder.join("onspd_layout_leicestershire_2022-05.csv"), None).unwrap(), &mut report).unwrap();
    let (mut both, mut near) = (0, 0);
    for (postcode, point) in directory {
        if let (Some(point), PostcodePoint::At(other)) = (point, code_point.find(postcode)) {
            both += 1;
            near += u32::from((point.0.x() - other.0.x()).hypot(point.0.y() - other.0.y()) < 100.0);
        }
    }
    println!("{both} postcodes are in both, {near} within 100 m of one another");
    assert!(both > 20_000 && near * 100 > both * 98, "{near} of {both}");
}

#[test]
fn the_postcode_of_a_practice_is_found() {
    let Some(path) = official("postcodes/codepoint-open/le.csv") else { return };
    let mut postcodes = Postcodes::default();
    postcodes.add("os", read(&Input::read(&path, None).unwrap(), &mut Report::default()).unwrap());
    assert!(matches!(postcodes.find(Postcode::parse("le131nx").unwrap()), PostcodePoint::At(_)));
}

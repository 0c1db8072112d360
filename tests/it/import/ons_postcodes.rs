//! Postcodes of the ONS Postcode Directory.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::postcodes::{Postcode, PostcodePoint, Postcodes};
use needsmap::import::source::ons_postcodes::read;

use super::official;

#[test]
fn terminated_postcodes_and_those_of_northern_ireland_are_known_without_a_point() {
    let text = "pcd,pcd2,pcds,dointr,doterm,oseast1m,osnrth1m\nLE131NX,LE13 1NX,LE13 1NX,198001,,475267,319039\n\
                LE131ZZ,LE13 1ZZ,LE13 1ZZ,198001,200310,,\nBT1 1AA,BT1  1AA,BT1 1AA,198001,,333800,374000\n";
    let mut report = Report::default();
    let mut postcodes = Postcodes::default();
    postcodes.add("twin", read(&Input::from_bytes("twin.csv", text), &mut report).unwrap());
    let find = |text: &str| postcodes.find(Postcode::parse(text).unwrap());
    assert!(matches!(find("LE13 1NX"), PostcodePoint::At(point) if (point.0.x(), point.0.y()) == (475_267.0, 319_039.0)));
    assert_eq!([find("LE13 1ZZ"), find("BT1 1AA"), find("LE13 1AA")], [PostcodePoint::WithoutPoint, PostcodePoint::WithoutPoint, PostcodePoint::Unlisted]);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [postcodes-without-point] twin.csv: known without a point: 2 of 3 postcodes
    twin.csv: 3 rows read, 3 kept
    ");
}

#[test]
fn what_is_no_postcode_or_no_point_of_the_grid_is_found() {
    let text = "pcds,oseast1m,osnrth1m\n13LE 1NX,475267,319039\nLE13 1NX,4752670,3190390\nLE13 1NY,east,319039\n";
    let mut report = Report::default();
    assert_eq!(read(&Input::from_bytes("twin.csv", text), &mut report).unwrap().len(), 2);
    insta::assert_snapshot!(report, @r#"
    3 errors, 0 warnings, 1 note
    error [not-a-number] twin.csv:4 "oseast1m": expected a number, found "east"; taken as not held
    error [not-a-postcode] twin.csv:2 "pcds": expected a postcode such as LE13 1NX, found "13LE 1NX"; the row was left out
    error [outside-great-britain] twin.csv:3 "oseast1m": expected metres of the British National Grid, found 4752670, 3190390; the point was left out
    note [postcodes-without-point] twin.csv: known without a point: 2 of 2 postcodes
    twin.csv: 3 rows read, 2 kept
    "#);
}

#[test]
fn the_official_layout_is_read_without_errors() {
    let Some(path) = official("postcodes/onspd_layout_leicestershire_2022-05.csv") else { return };
    let mut report = Report::default();
    assert_eq!(read(&Input::read(&path, None).unwrap(), &mut report).unwrap().len(), 44_749);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [postcodes-without-point] onspd_layout_leicestershire_2022-05.csv: known without a point: 14032 of 44749 postcodes
    onspd_layout_leicestershire_2022-05.csv: 44749 rows read, 44749 kept
    ");
}

//! Towns and villages.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::geonames_places::read;

use super::ours;

#[test]
fn the_most_important_places_stand_first() {
    let mut report = Report::default();
    let places = read(&Input::read(&ours("data/inputs/places.csv"), None).unwrap(), &mut report).unwrap();
    assert!(report.findings().is_empty(), "{report}");
    let leicester = places.iter().position(|place| place.name == "Leicester").unwrap();
    let wing = places.iter().position(|place| place.name == "Wing").unwrap();
    assert!(leicester < wing && places[leicester].rank == 1 && places[wing].rank == 4);
    let point = places[leicester].point.0;
    assert!((point.x() - 458_800.0).abs() < 500.0 && (point.y() - 304_900.0).abs() < 500.0, "{point:?}");
}

#[test]
fn a_place_without_a_name_twice_or_in_the_sea_is_found() {
    let text = "geonameid,name,rank,population,lon,lat\n1,Twinton,2,20000,-1.1,52.6\n1,Twinton,2,20000,-1.1,52.6\n2,,2,1,-1.1,52.6\n\
                3,Atlantis,1,0,-30.0,40.0\n4,Twinley,9,0,-1.1,52.6\n5,Twinthorpe,4,,-1.2,52.6\n";
    let mut report = Report::default();
    assert_eq!(read(&Input::from_bytes("twin.csv", text), &mut report).unwrap().len(), 2);
    insta::assert_snapshot!(report, @r#"
    4 errors, 0 warnings, 0 notes
    error [not-a-number] twin.csv:6 "rank": expected a whole number from 1 to 4, found "9"
    error [outside-great-britain] twin.csv:5 "lon": expected a place in Great Britain, found -30, 40; the row was left out
    error [place] twin.csv:3 "name": expected a name and a number that stands once, found "Twinton" and 1; the row was left out
    error [place] twin.csv:4 "name": expected a name and a number that stands once, found "" and 2; the row was left out
    twin.csv: 6 rows read, 2 kept
    "#);
}

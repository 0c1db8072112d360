//! Hospitals.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::organisations::HospitalRecord;
use needsmap::import::source::nhs_hospitals::read;
use needsmap::model::organisation::Precision;

use super::{official, ours};

const HEADER: &str = "OrganisationID,OrganisationCode,OrganisationType,SubType,Sector,OrganisationStatus,IsPimsManaged,OrganisationName,Address1,City,Postcode,Latitude,Longitude\n";

fn read_bytes(bytes: impl Into<Vec<u8>>) -> (Vec<HospitalRecord>, Report) {
    let mut report = Report::default();
    let read = read(&Input::from_bytes("twin.csv", bytes), &mut report).unwrap();
    (read, report)
}

#[test]
fn a_hospital_without_a_code_is_called_by_its_name_and_a_point_from_a_postcode_says_so() {
    let mut report = Report::default();
    let hospitals = read(&Input::read(&ours("data/inputs/hospitals.csv"), None).unwrap(), &mut report).unwrap();
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 0 notes
    hospitals.csv: 23 rows read, 23 kept
    ");
    let nottingham = &hospitals.iter().find(|record| record.hospital.name == "Nottingham City Hospital").unwrap().hospital;
    assert_eq!((nottingham.id.as_str(), nottingham.kind.as_str(), nottingham.postcode.as_deref()), ("nottingham-city-hospital", "acute", Some("NG5 1PB")));
    assert_eq!(nottingham.location.unwrap().precision, Precision::Postcode);
    assert!(hospitals.iter().any(|record| record.hospital.id == "st-lukes-hospital-market-harborough"));
}

#[test]
fn commas_and_the_odd_separator_say_the_same_in_either_encoding() {
    let rows = "1,ZZ001,Hospital,Mental Health Hospital,NHS Sector,Visible,True,Café Hospital,1 Twin Street,Twinton,LE13 1NX,52.7649,-0.8867\n\
                2,ZZ002,Hospital,UNKNOWN,Independent Sector,Visible,True,Twin Clinic,,Twinton,LE13 1NX,,\n\
                3,ZZ003,Hospital,Hospital,NHS Sector,Hidden,True,Gone Hospital,,Twinton,LE13 1NX,52.7649,-0.8867\n";
    let commas = format!("{HEADER}{rows}");
    let (hospitals, report) = read_bytes(commas.as_str());
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 1 note
    note [not-visible] twin.csv: left out, because they are not visible on NHS.uk: 1
    twin.csv: 3 rows read, 2 kept
    ");
    let words: Vec<String> = hospitals
        .iter()
        .map(|HospitalRecord { hospital, .. }| format!("{} {:?} {:?} {:?}", hospital.id, hospital.name, hospital.kind, hospital.sector))
        .collect();
    assert_eq!(words, [r#"ZZ001 "Café Hospital" "mental health" "NHS""#, r#"ZZ002 "Twin Clinic" "" "independent""#]);
    assert!(hospitals[0].hospital.location.is_some() && hospitals[1].hospital.location.is_none());
    let odd = commas.replace(',', "¬");
    let windows: Vec<u8> = odd.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [odd.into_bytes(), windows] {
        let (again, same) = read_bytes(bytes);
        assert_eq!((format!("{again:?}"), same), (format!("{hospitals:?}"), report.clone()));
    }
}

#[test]
fn of_two_entries_the_one_that_is_kept_up_stays_and_broken_rows_are_found() {
    let text = format!(
        "{HEADER}1,ZZ001,Hospital,UNKNOWN,Independent Sector,Visible,False,Twin Hospital,,Twinton,LE13 1NX,52.7649,-0.8867\n\
         2,ZZ001,Hospital,Hospital,NHS Sector,Visible,True,Twin Hospital,,Twinton,LE13 1NX,52.7649,-0.8867\n\
         3,ZZ001,Hospital,Hospital,NHS Sector,Visible,True,Third Hospital,,Twinton,LE13 1NX,52.7649,-0.8867\n\
         4,ZZ-04,Hospital,Hospital,NHS Sector,Visible,True,Fourth Hospital,,Twinton,LE13 1NX,52.7649,-0.8867\n\
         5,ZZ005,Hospital,Hospital,NHS Sector,Visible,True,Fifth Hospital,,Twinton,LE13 1NX,-0.8867,52.7649\n\
         6,ZZ006,Hospital,Hospital,NHS Sector,Visible,True,Sixth Hospital,,Twinton,LE13 1NX,north,-0.8867\n"
    );
    let (hospitals, report) = read_bytes(text);
    assert_eq!(hospitals.iter().map(|record| record.hospital.sector.as_str()).collect::<Vec<_>>(), ["NHS", "NHS", "NHS"]);
    insta::assert_snapshot!(report, @r#"
    3 errors, 2 warnings, 0 notes
    error [not-a-number] twin.csv:7 "Latitude": expected a number, found "north"; taken as not held
    error [not-an-ods-code] twin.csv:5 "OrganisationCode": expected an ODS code (2 to 12 letters and digits, such as C82038), found "ZZ-04"; the row was left out
    error [outside-great-britain] twin.csv:6 "Longitude": expected a place in Great Britain, found 52.7649, -0.8867; the point was left out
    warning [duplicate-hospital] twin.csv:3: ZZ001 stands here a second time; this row was kept, because NHS.uk itself keeps it
    warning [duplicate-hospital] twin.csv:4: ZZ001 stands here a second time; the first row was kept
    twin.csv: 6 rows read, 3 kept
    "#);
    let (_, report) = read_bytes("name,type,lon,lat,source\n,acute,-1.1,52.6,twin\nTwin Hospital,acute,-1.1,52.6,twin\nTwin hospital,acute,-1.1,52.6,twin\n");
    insta::assert_snapshot!(report, @r#"
    1 error, 1 warning, 0 notes
    error [no-name] twin.csv:2 "name": expected the name of a hospital, found ""; the row was left out
    warning [duplicate-hospital] twin.csv:4: twin-hospital stands here a second time; the first row was kept
    twin.csv: 3 rows read, 1 kept
    "#);
}

#[test]
fn the_official_lists_of_both_dialects_are_read() {
    let Some(folder) = official("hospitals") else { return };
    for (file, hospitals, located) in [("Hospital_2018.csv", 1226, 1225), ("Hospital_2023.csv", 1211, 1209), ("points_hospitals22.csv", 0, 0)] {
        let mut report = Report::default();
        let read = read(&Input::read(&folder.join(file), None).unwrap(), &mut report).unwrap();
        println!("{report}");
        let found = read.iter().filter(|record| record.hospital.location.is_some()).count();
        if hospitals > 0 {
            assert_eq!((read.len(), found), (hospitals, located), "{report}");
        }
    }
}

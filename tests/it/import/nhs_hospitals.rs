//! Hospitals.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::nhs_hospitals::read;
use needsmap::model::organisation::Precision;

use super::ours;

#[test]
fn a_hospital_is_called_by_its_name_and_a_point_from_its_postcode_says_so() {
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

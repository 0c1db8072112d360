//! Dwellings that plans require.

use needsmap::import::Report;
use needsmap::import::housing::ReadRequirement;
use needsmap::import::input::Input;
use needsmap::import::source::plan_requirements::read;

const HEADER: &str = "local_authority_code,plan,option,from_year,to_year,dwellings_total,dwellings_per_year,average_household_size,source\n";

fn read_twin(rows: &str) -> (Vec<ReadRequirement>, Report) {
    let mut report = Report::default();
    let read = read(&Input::from_bytes("twin.csv", format!("{HEADER}{rows}")), &mut report).unwrap();
    (read, report)
}

#[test]
fn periods_of_one_plan_follow_each_other_and_its_household_size_is_kept() {
    let rows = "E07000001,Wold Plan,adopted,2011,2021,1700,170,,Wold Plan policy 2\n\
                E07000001,Wold Plan,adopted,2021,2026,1225,245,,Wold Plan policy 2\n\
                E07000002,Vale Plan,Standard methodology,2019,2038,\"6,441\",339,2.39,Vale Plan\n";
    let (read, report) = read_twin(rows);
    assert!(report.findings().is_empty(), "{report}");
    let last = &read[2].requirement;
    assert_eq!((last.dwellings, last.household_size, last.from_year, last.to_year), (6441, Some(2.39), 2019, 2038));
    assert_eq!((last.option.as_str(), last.reference.as_str()), ("Standard methodology", "Vale Plan"));
}

#[test]
fn years_totals_and_household_sizes_that_cannot_be_are_found() {
    let rows = "E0700001,Wold Plan,adopted,2011,2021,1700,170,,\n\
                E07000001,,adopted,2011,2021,1700,170,,\n\
                E07000001,Wold Plan,adopted,2021,2011,1700,170,,\n\
                E07000001,Wold Plan,adopted,2011,21,1700,170,,\n\
                E07000001,Wold Plan,adopted,2011,2021,1700,150,,\n\
                E07000001,Wold Plan,adopted,2020,2026,1700,,,\n\
                E07000001,Wold Plan,revised,2020,2026,,,,\n\
                E07000001,Wold Plan,revised,2020,2026,12.5,-1,,\n\
                E07000001,Wold Plan,revised,2020,2026,,200,24,\n";
    let (read, report) = read_twin(rows);
    assert_eq!(read.last().unwrap().requirement.dwellings, 1200);
    insta::assert_snapshot!(report);
}

#[test]
fn a_table_without_dwellings_is_refused() {
    let text = "local_authority_code,plan,from_year,to_year\nE07000001,Wold Plan,2011,2021\n";
    let error = read(&Input::from_bytes("twin.csv", text), &mut Report::default()).unwrap_err();
    assert!(error.to_string().contains("dwellings_total or dwellings_per_year"), "{error}");
}

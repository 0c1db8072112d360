//! Practices with their networks and commissioners.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::nhs_practice_mapping::read;

use super::official;

const HEADER: &str = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ONS_CCG_CODE,CCG_CODE,CCG_NAME\n";

#[test]
fn a_practice_of_no_network_has_none_and_an_impossible_code_is_found() {
    let text = format!(
        "{HEADER}TWIN,01Jan2022,Z90001,TWIN SURGERY,LE13 1NX,U90001,TWIN PCN,E38000999,99X,NHS Twin CCG\n\
         TWIN,01Jan2022,Z90002,OTHER SURGERY,LE13 1NX,U,Unallocated,E38000999,99X,NHS Twin CCG\n\
         TWIN,01Jan2022,(none),THIRD SURGERY,LE13 1NX,U,Unallocated,E38000999,99X,NHS Twin CCG\n"
    );
    let mut report = Report::default();
    let practices = read(&Input::from_bytes("twin.csv", text), &mut report).unwrap();
    let networks: Vec<_> = practices.iter().map(|practice| practice.pcn.as_ref().map(|pcn| pcn.name.as_str())).collect();
    assert_eq!(networks, [Some("TWIN PCN"), None]);
    assert_eq!(practices[1].commissioner.as_ref().unwrap().name, "NHS Twin CCG");
    insta::assert_snapshot!(report, @r#"
    1 error, 0 warnings, 0 notes
    error [not-an-ods-code] twin.csv:4 "PRACTICE_CODE": expected an ODS code (2 to 12 letters and digits, such as C82038), found "(none)"; the row was left out
    twin.csv: 3 rows read, 2 kept
    "#);
}

#[test]
fn a_table_without_networks_is_refused() {
    let error = read(&Input::from_bytes("twin.csv", "PRACTICE_CODE,PRACTICE_NAME\nZ90001,TWIN SURGERY\n"), &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(error, @r#"twin.csv: missing columns: "PCN_CODE", "PCN_NAME", "CCG_CODE or SUB_ICB_LOCATION_CODE", "CCG_NAME or SUB_ICB_LOCATION_NAME"; found: "PRACTICE_CODE", "PRACTICE_NAME""#);
}

#[test]
fn the_official_mapping_is_read_without_findings() {
    let Some(path) = official("registered-patients/gp-reg-pat-prac-map_2022-01.csv") else { return };
    let mut report = Report::default();
    let practices = read(&Input::read(&path, None).unwrap(), &mut report).unwrap();
    assert_eq!(report.to_string(), "0 errors, 0 warnings, 0 notes\ngp-reg-pat-prac-map_2022-01.csv: 6527 rows read, 6527 kept\n");
    assert_eq!(practices.iter().filter(|practice| practice.pcn.is_none()).count(), 68);
    assert!(practices.iter().all(|practice| practice.commissioner.is_some()));
}

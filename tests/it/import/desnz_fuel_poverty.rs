//! Sub-regional fuel poverty.

use needsmap::import::Report;
use needsmap::import::figures::FigureTable;
use needsmap::import::input::Input;
use needsmap::import::source::desnz_fuel_poverty::read;
use needsmap::model::area::AreaType;

use super::official;

const HEADER: &str = "LSOA Code,LSOA Name,Number of households,Number of households in fuel poverty,Proportion of households fuel poor (%)\n";

fn read_twin(rows: &str) -> (FigureTable, Report) {
    let mut report = Report::default();
    let table = read(&Input::from_bytes("twin.csv", format!("{HEADER}{rows}")), AreaType::parse("lsoa11").unwrap(), "2020", &mut report).unwrap();
    (table, report)
}

#[test]
fn shares_come_with_their_households() {
    let (table, report) = read_twin("E01000001,Twin 001A,\"1,000\",179,17.9\n");
    let share = &table.column("fuel-poverty", "share").unwrap().series.figures;
    assert_eq!((share.value[0], share.count.as_ref().unwrap()[0], share.denominator.as_ref().unwrap()[0]), (17.9, 179.0, 1000.0));
    assert_eq!(table.column("fuel-poverty", "number").unwrap().series.figures.value[0], 179.0);
    assert!(report.findings().is_empty(), "{report}");
}

#[test]
fn a_share_against_its_own_households_is_found() {
    let (_, report) = read_twin("E01000001,Twin 001A,1000,179,19.7\nE01000002,Twin 001B,1000,c,c\n");
    insta::assert_snapshot!(report, @r#"
    0 errors, 1 warning, 0 notes
    warning [share-against-counts] twin.csv:2 "Proportion of households fuel poor (%)": expected 17.900 % from 179 of 1000 households, found 19.7; kept as published
    twin.csv: 2 rows read, 2 kept
    "#);
}

#[test]
fn another_table_of_the_publication_is_refused() {
    let input = Input::from_bytes("twin.csv", "LA Code,Number of households\n");
    let refusal = read(&input, AreaType::parse("lsoa11").unwrap(), "2020", &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(refusal, @r#"twin.csv: missing columns: "LSOA Code or lsoa11cd or lsoa21cd", "Number of households in fuel poverty", "Proportion of households fuel poor (%)"; found: "LA Code", "Number of households""#);
}

#[test]
fn table_3_is_read_whole() {
    let Some(path) = official("fuel-poverty/fuel_poverty_2020_table3_lsoa.csv") else { return };
    let mut report = Report::default();
    let table = read(&Input::read(&path, None).unwrap(), AreaType::parse("lsoa11").unwrap(), "2020", &mut report).unwrap();
    assert_eq!(table.codes.len(), 32_844);
    assert!(report.findings().is_empty(), "{report}");
}

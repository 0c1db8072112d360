//! Mid-year population estimates.

use needsmap::import::Report;
use needsmap::import::figures::FigureTable;
use needsmap::import::input::Input;
use needsmap::import::source::ons_population::{PopulationOptions, read};
use needsmap::model::area::AreaType;

use super::{official, ours};

fn options(area_type: Option<&str>) -> PopulationOptions {
    PopulationOptions { period: "mid-2020".into(), area_type: area_type.map(|id| AreaType::parse(id).unwrap()) }
}

fn read_twin(text: &str, area_type: Option<&str>) -> (FigureTable, Report) {
    let mut report = Report::default();
    let table = read(&Input::from_bytes("twin.csv", text), &options(area_type), &mut report).unwrap();
    (table, report)
}

fn people(table: &FigureTable, field: &str, age: &str) -> Option<f64> {
    let column = table.columns.iter().find(|column| column.series.field == field && column.series.age.as_deref() == Some(age))?;
    column.series.figures.value_at(0)
}

/// One person of each age 0 to 89 and ten of 90 and over.
fn single_years() -> String {
    let ages: Vec<String> = (0..90).map(|age| age.to_string()).collect();
    format!("LSOA Code,LSOA Name,All Ages,{},90+\nE01000001,Twin 001A,100,{},10\n", ages.join(","), ["1"; 90].join(","))
}

#[test]
fn single_years_become_bands_sums_and_shares() {
    let (table, report) = read_twin(&single_years(), Some("lsoa11"));
    assert!(report.findings().is_empty(), "{report}");
    for (age, expected) in [
        ("all ages", 100.0),
        ("0 to 4", 5.0),
        ("85 to 89", 5.0),
        ("90 and over", 10.0),
        ("0 to 14", 15.0),
        ("0 to 15", 16.0),
        ("65 and over", 35.0),
        ("85 and over", 15.0),
    ] {
        assert_eq!(people(&table, "number", age), Some(expected), "{age}");
    }
    assert_eq!(people(&table, "share", "65 and over"), Some(35.0));
    assert_eq!(people(&table, "share", "all ages"), None);
}

#[test]
fn five_year_bands_and_totals_alone_are_read_too() {
    let text = std::fs::read_to_string(ours("data/inputs/population_mid2020_lsoa11.csv")).unwrap();
    let (table, report) = read_twin(&text, None);
    assert!(report.findings().is_empty(), "{report}");
    assert_eq!((people(&table, "number", "0 to 14"), people(&table, "number", "0 to 15")), (Some(527.0), None));
    let (table, _) = read_twin("lsoa21cd,population\nE01000001,1866\n", None);
    assert_eq!((table.area_type.to_string().as_str(), table.columns.len(), table.measures[0].fields.len()), ("lsoa21", 1, 1));
}

#[test]
fn ages_that_do_not_add_up_and_fewer_people_than_none_are_found() {
    let text = single_years().replace(",100,1,", ",101,-1,") + "E01000001,Twin 001A,\nE01000002,Twin 001B,*\n";
    let (_, report) = read_twin(&text, Some("lsoa11"));
    insta::assert_snapshot!(report, @r#"
    2 errors, 2 warnings, 1 note
    error [duplicate-area] twin.csv:3 "LSOA Code": E01000001 stands here a second time; the first row was kept
    error [fewer-than-none] twin.csv:2 "0": expected people, found -1; taken as not held
    warning [row-length] twin.csv:3: expected 94 cells, found 3
    warning [row-length] twin.csv:4: expected 94 cells, found 3
    note [not-held] twin.csv "All Ages": 1 of 2 values are not held
    twin.csv: 3 rows read, 2 kept
    "#);
}

#[test]
fn a_table_whose_areas_have_no_year_needs_one_from_the_recipe() {
    let input = Input::from_bytes("twin.csv", single_years());
    let refusal = read(&input, &options(None), &mut Report::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "twin.csv: expected area_type in the recipe, because the header gives no year of the areas");
}

#[test]
fn published_estimates_add_up_and_agree_with_ours() {
    let Some(path) = official("population/sape23dt2_mid2020_lsoa11_persons_syoa.csv.gz") else { return };
    let mut report = Report::default();
    let published = read(&Input::read(&path, None).unwrap(), &options(Some("lsoa11")), &mut report).unwrap();
    assert!(report.findings().is_empty(), "{report}");
    let own = read(&Input::read(&ours("data/inputs/population_mid2020_lsoa11.csv"), None).unwrap(), &options(None), &mut report).unwrap();
    for column in &own.columns {
        let there = published.columns.iter().find(|c| c.series.field == column.series.field && c.series.age == column.series.age).unwrap();
        let code = own.codes[7];
        let place = published.codes.iter().position(|other| *other == code).unwrap();
        assert_eq!(column.series.figures.value_at(7), there.series.figures.value_at(place), "{:?}", column.series.age);
    }
}

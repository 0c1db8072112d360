//! Life expectancy by small area.

use needsmap::import::Report;
use needsmap::import::figures::FigureTable;
use needsmap::import::input::Input;
use needsmap::import::source::ons_life_expectancy::read;
use needsmap::model::measure::Sex;

use super::{official, ours};

const HEADER: &str = "Period,Analysis,Geography Type,Code,Code Name,Sex,No of Deaths,Population,\"Life Expectancy\n at birth (in years)\",\
                      Lower 95% confidence interval,Upper 95% confidence interval\n";

fn read_twin(rows: &str) -> (FigureTable, Report) {
    let mut report = Report::default();
    let table = read(&Input::from_bytes("twin.csv", format!("{HEADER}{rows}")), &mut report).unwrap();
    (table, report)
}

#[test]
fn values_limits_deaths_and_person_years_are_read_by_sex() {
    let rows = "2016 to 2020,Twin,2011MSOAs,E02000001,Twin 001,Males,97,24214,80.5,79.5,81.5\n\
                2016 to 2020,Twin,2011MSOAs,E02000001,Twin 001,Persons,,,,,\n";
    let (table, report) = read_twin(rows);
    assert_eq!(table.area_type.to_string(), "msoa11");
    let of = |sex: Sex| &table.columns.iter().find(|column| column.series.sex == Some(sex)).unwrap().series.figures;
    let males = of(Sex::Males);
    assert_eq!((males.value[0], males.lower.as_ref().unwrap()[0], males.upper.as_ref().unwrap()[0]), (80.5, 79.5, 81.5));
    assert_eq!((males.count.as_ref().unwrap()[0], males.denominator.as_ref().unwrap()[0]), (97.0, 24214.0));
    assert_eq!(of(Sex::Persons).value_at(0), None);
    assert_eq!(report.findings()[0].message, "1 of 1 values are not held for persons, 2016 to 2020");
}

#[test]
fn limits_on_the_wrong_side_an_unknown_sex_and_another_area_type_are_found() {
    let rows = "2016 to 2020,Twin,2011MSOAs,E02000001,Twin 001,Males,97,24214,80.5,81.5,82.5\n\
                2016 to 2020,Twin,2011MSOAs,E02000001,Twin 001,Males,97,24214,80.5,79.5,81.5\n\
                2016 to 2020,Twin,2011MSOAs,E02000002,Twin 002,Boys,97,24214,80.5,79.5,81.5\n\
                2016 to 2020,Twin,2011LSOAs,E01000002,Twin 002A,Males,97,24214,80.5,79.5,81.5\n\
                2016 to 2020,Twin,Wards,E05000002,Twin,Males,97,24214,80.5,79.5,81.5\n\
                2016 to 2020,Twin,2011MSOAs,E02000003,Twin 003,Males,x,24214,long,79.5,81.5\n";
    let (table, report) = read_twin(rows);
    assert!(table.columns[0].series.figures.lower.as_ref().unwrap()[0].is_nan());
    insta::assert_snapshot!(report, @r#"
    6 errors, 0 warnings, 1 note
    error [area-type] twin.csv:6 "Geography Type": expected the area type of the first row, such as 2011MSOAs, found "2011LSOAs"; the row was left out
    error [area-type] twin.csv:7 "Geography Type": expected the area type of the first row, such as 2011MSOAs, found "Wards"; the row was left out
    error [duplicate-area] twin.csv:4 "Code": E02000001, males stands here a second time; the first row was kept
    error [limits] twin.csv:3 "Lower 95% confidence interval": expected limits around 80.5, found 81.5 to 82.5; the limits were left out
    error [not-a-number] twin.csv:8 "Life Expectancy at birth (in years)": expected a number, found "long"; taken as not held
    error [sex] twin.csv:5 "Sex": expected Males, Females or Persons, found "Boys"; the row was left out
    note [not-held] twin.csv "Life Expectancy at birth (in years)": 1 of 2 values are not held for males, 2016 to 2020
    twin.csv: 6 rows read, 2 kept
    "#);
}

#[test]
fn a_table_without_limits_is_refused() {
    let refusal = read(&Input::from_bytes("twin.csv", "Period,Code,Sex,Population\n"), &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(refusal, @r#"twin.csv: missing columns: "No of Deaths or deaths", "Life Expectancy at birth (in years) or life_expectancy_years", "Lower 95% confidence interval or lower_95", "Upper 95% confidence interval or upper_95"; found: "Period", "Code", "Sex", "Population""#);
}

#[test]
fn the_release_is_read_and_agrees_with_ours() {
    let Some(path) = official("life-expectancy/REQ3292_LifeExpectancy_2011MSOAs_England_2016_to_2020.csv") else { return };
    let mut report = Report::default();
    let published = read(&Input::read(&path, None).unwrap(), &mut report).unwrap();
    assert_eq!((published.codes.len(), published.columns.len()), (7201, 3));
    let missing: usize = published.columns.iter().map(|column| published.codes.len() - column.series.figures.present()).sum();
    assert_eq!(missing, 464);
    let own = read(&Input::read(&ours("data/inputs/life_expectancy_2016_2020_msoa11.csv"), None).unwrap(), &mut report).unwrap();
    for (place, code) in own.codes.iter().enumerate() {
        let there = published.codes.iter().position(|other| other == code).unwrap();
        for (a, b) in own.columns.iter().zip(&published.columns) {
            let (a, b) = (a.series.figures.value_at(place), b.series.figures.value_at(there));
            assert!(a.is_none() == b.is_none() && (a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() < 0.000_1, "{code}: {a:?} {b:?}");
        }
    }
}

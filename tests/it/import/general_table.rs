//! The table that any analyst can write.

use std::collections::HashMap;

use needsmap::import::Report;
use needsmap::import::figures::FigureTable;
use needsmap::import::input::Input;
use needsmap::import::source::general_table::{GeneralMeasure, MeasureEntry, read};
use needsmap::model::area::{AreaCode, AreaType};
use needsmap::model::measure::{FigureStatus, Sex};

const ENTRY: &str = "id = \"smoking\"\nname = \"Adults who smoke\"\ndefinition = \"The share of adults who smoke.\"\nunit = \"%\"\n\
                     decimals = 1\npolarity = \"higher-is-worse\"\nhigh_end = \"more smoking\"\nlow_end = \"less smoking\"\nlarger_areas = \"ratio\"\n";
const HEADER: &str = "area_code,measure,period,sex,age,value,lower,upper,count,denominator\n";

fn measure() -> GeneralMeasure {
    GeneralMeasure::from_entry(&toml::from_str::<MeasureEntry>(ENTRY).unwrap()).unwrap()
}

fn read_twin(rows: &str) -> (Vec<FigureTable>, Report) {
    let known = [("E01000001", "lsoa11"), ("E01000002", "lsoa11"), ("E07000001", "lad19")];
    let known: HashMap<AreaCode, AreaType> = known.map(|(code, id)| (AreaCode::parse(code).unwrap(), AreaType::parse(id).unwrap())).into();
    let mut report = Report::default();
    let tables = read(&Input::from_bytes("twin.csv", format!("{HEADER}{rows}")), &[measure()], &known, &mut report).unwrap();
    (tables, report)
}

#[test]
fn figures_of_several_area_types_sexes_and_ages_are_read_from_one_table() {
    let rows = "E01000001,smoking,2022,Female,16 and over,12.5,10.1,15.0,125,1000\n\
                E01000002,smoking,2022,Female,16 and over,suppressed,,,,\n\
                E07000001,smoking,2022,,,not applicable,,,,\n";
    let (tables, report) = read_twin(rows);
    assert!(report.findings().is_empty(), "{report}");
    assert_eq!(tables.iter().map(|table| table.area_type.to_string()).collect::<Vec<_>>(), ["lsoa11", "lad19"]);
    let series = &tables[0].columns[0].series;
    assert_eq!((series.sex, series.age.as_deref(), series.figures.status[1]), (Some(Sex::Females), Some("16 and over"), FigureStatus::Suppressed));
    assert_eq!(tables[1].columns[0].series.figures.status[0], FigureStatus::NotApplicable);
}

#[test]
fn unknown_areas_measures_and_sexes_duplicates_and_crossed_limits_are_found() {
    let rows = "E01000009,smoking,2022,,,1,,,,\n\
                E01000001,drinking,2022,,,1,,,,\n\
                E01000001,smoking,2022,other,,1,,,,\n\
                E01000001,smoking,2022,,,12.5,15.0,10.1,,\n\
                E01000001,smoking,2022,,,12.5,10.1,15.0,,\n\
                E01000002,smoking,2022,,,12.5,13.0,15.0,,\n\
                E01000002,smoking,2023,,,lots,13.0,15.0\n";
    let (_, report) = read_twin(rows);
    insta::assert_snapshot!(report, @r#"
    6 errors, 2 warnings, 0 notes
    error [duplicate-area] twin.csv:6 "area_code": E01000001 stands here a second time for the same measure, period, sex and age; the first row was kept
    error [limits] twin.csv:5 "lower": expected a lower limit below the upper one, found 15 and 10.1; the limits were left out
    error [not-a-number] twin.csv:8 "value": expected a number, found "lots"; taken as not held
    error [sex] twin.csv:4 "sex": expected persons, females, males or nothing, found "other"; the row was left out
    error [unknown-area] twin.csv:2 "area_code": E01000009 is no area of this edition; the row was left out
    error [unknown-measure] twin.csv:3 "measure": expected a measure of the recipe, found "drinking"; the row was left out
    warning [row-length] twin.csv:8: expected 10 cells, found 8
    warning [value-outside-limits] twin.csv:7 "value": expected limits around 12.5, found 13 to 15; kept as given
    twin.csv: 7 rows read, 3 kept
    "#);
}

#[test]
fn words_that_a_recipe_does_not_know_are_refused() {
    let entry: MeasureEntry = toml::from_str(&ENTRY.replace("higher-is-worse", "bad")).unwrap();
    let refusal = GeneralMeasure::from_entry(&entry).unwrap_err();
    insta::assert_snapshot!(refusal, @r#"measure "smoking": expected polarity among higher-is-worse, higher-is-better, none, found "bad""#);
    assert!(toml::from_str::<MeasureEntry>(&format!("{ENTRY}colour = 1\n")).unwrap_err().to_string().contains("unknown field `colour`"));
}

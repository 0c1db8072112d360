//! Indices of Deprivation, File 7.

use needsmap::import::Report;
use needsmap::import::figures::FigureTable;
use needsmap::import::input::Input;
use needsmap::import::source::mhclg_deprivation::{IndicesEdition, read};

use super::official;

/// The beginnings of the official columns, in their order.
const INDICES: [&str; 16] = [
    "Index of Multiple Deprivation (IMD)",
    "Income",
    "Employment",
    "\"Education, Skills and Training",
    "Health Deprivation and Disability",
    "Crime",
    "Barriers to Housing and Services",
    "Living Environment",
    "Income Deprivation Affecting Children Index (IDACI)",
    "Income Deprivation Affecting Older People (IDAOPI)",
    "Children and Young People Sub-domain",
    "Adult Skills Sub-domain",
    "Geographical Barriers Sub-domain",
    "Wider Barriers Sub-domain",
    "Indoors Sub-domain",
    "Outdoors Sub-domain",
];

fn header() -> String {
    let mut cells = vec!["\u{feff}LSOA code (2011)".to_owned(), "LSOA name (2011)".into()];
    for index in INDICES {
        let end = if index.starts_with('"') { "\"" } else { "" };
        cells.push(format!("{index} Score{end}"));
        cells.push(format!("{index} Rank (where 1 is most deprived){end}"));
        cells.push(format!("{index} Decile (where 1 is most deprived 10% of LSOAs){end}"));
    }
    cells.extend(["Total population: mid 2015 (excluding prisoners)", "Dependent Children aged 0-15: mid 2015 (excluding prisoners)"].map(String::from));
    cells.join(",")
}

/// A row with the same score, rank and decile for every index.
fn row(code: &str, figures: &str, people: &str) -> String {
    format!("{code},Twin 001A,{},{people}", [figures; 16].join(","))
}

fn read_twin(rows: &[String]) -> (FigureTable, Report) {
    let mut report = Report::default();
    let text = format!("{}\n{}\n", header(), rows.join("\n"));
    let table = read(&Input::from_bytes("twin.csv", text), IndicesEdition::of(2019).unwrap(), &mut report).unwrap();
    (table, report)
}

#[test]
fn both_spellings_of_numbers_are_read_and_an_empty_cell_is_not_held() {
    let rows = [row("E01000001", "0.010,29199.00,9.00", "\"1,296\",175.00"), row("E01000002", ",29199,9", "1156,")];
    let (table, report) = read_twin(&rows);
    assert_eq!((table.measures.len(), table.columns.len()), (16, 48));
    let score = &table.column("income-2019", "score").unwrap().series.figures;
    assert_eq!((score.value_at(0), score.value_at(1)), (Some(0.01), None));
    assert_eq!(score.denominator.as_ref().unwrap()[0], 1296.0);
    let children = &table.column("idaci-2019", "score").unwrap().series.figures;
    assert_eq!(children.denominator.as_ref().unwrap()[0], 175.0);
    assert_eq!(table.column("imd-2019", "rank").unwrap().series.figures.value_at(1), Some(29199.0));
    let text = report.to_string();
    assert!(text.starts_with("0 errors, 0 warnings, 32 notes\n"), "{text}");
    assert!(text.contains("1 of 2 values are not held"), "{text}");
}

#[test]
fn a_wrong_decile_a_rank_out_of_range_and_a_rank_twice_are_found_in_their_place() {
    let imd = |code: &str, imd: &str| format!("{code},Twin 001A,{imd},{},1000,200", [",,"; 15].join(","));
    let rows = [
        imd("E01000001", "50.1,3284,2"),
        imd("E01000002", "49.0,3284,1"),
        imd("E01000003", "1.0,32845,10"),
        imd("E01000003", "1.0,1,1"),
        imd("E0100000X", "1.0,1,1"),
        imd("E01000004", "many,10000.5,4"),
    ];
    let (table, report) = read_twin(&rows);
    assert_eq!(table.codes.len(), 4);
    let text: Vec<String> = report.findings().iter().filter(|finding| finding.rule != "not-held").map(ToString::to_string).collect();
    insta::assert_snapshot!(text.join("\n"), @r#"
    error [duplicate-area] twin.csv:5 "LSOA code (2011)": E01000003 stands here a second time; the first row was kept
    error [not-a-number] twin.csv:7 "Index of Multiple Deprivation (IMD) Score": expected a number, found "many"; taken as not held
    error [not-an-area-code] twin.csv:6 "LSOA code (2011)": expected an area code (one letter and eight digits, such as E01025965), found "E0100000X"; the row was left out
    error [rank-out-of-range] twin.csv:4 "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)": expected a whole number from 1 to 32844, found 32845; taken as not held
    error [rank-out-of-range] twin.csv:7 "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)": expected a whole number from 1 to 32844, found 10000.5; taken as not held
    warning [decile-against-rank] twin.csv:2 "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)": expected decile 1 for rank 3284 of 32844, found 2; kept as published
    warning [rank-twice] twin.csv:3 "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)": rank 3284 stands here with score 49 and in line 2 with score 50.1
    "#);
}

#[test]
fn a_file_without_its_columns_is_refused_with_their_names() {
    let header = header().replace("Crime Rank (where 1 is most deprived)", "Crime position");
    let mut report = Report::default();
    let refusal = read(&Input::from_bytes("twin.csv", format!("{header}\n")), IndicesEdition::of(2019).unwrap(), &mut report).unwrap_err();
    assert!(refusal.to_string().starts_with("twin.csv: missing column: \"Crime Rank\"; found: \"LSOA code (2011)\""), "{refusal}");
}

#[test]
fn the_indices_of_2019_are_read_whole() {
    let Some(path) = official("deprivation/File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv") else { return };
    let mut report = Report::default();
    let table = read(&Input::read(&path, None).unwrap(), IndicesEdition::of(2019).unwrap(), &mut report).unwrap();
    assert_eq!((table.codes.len(), table.area_type.to_string().as_str()), (32_844, "lsoa11"));
    assert!(report.findings().iter().all(|finding| finding.rule == "rank-shared"), "{report}");
    let place = table.codes.iter().position(|code| code.as_str() == "E01013600").unwrap();
    let at = |measure: &str, field: &str| table.column(measure, field).unwrap().series.figures.value_at(place).unwrap();
    assert_eq!((at("imd-2019", "score"), at("imd-2019", "rank"), at("imd-2019", "decile")), (51.66, 1928.0, 1.0));
    assert_eq!((at("outdoors-2019", "score"), at("outdoors-2019", "rank")), (0.224, 11793.0));
}

#[test]
fn the_indices_of_2025_are_read_whole_though_some_scores_are_not_held() {
    let Some(path) = official("deprivation/File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv") else { return };
    let mut report = Report::default();
    let table = read(&Input::read(&path, None).unwrap(), IndicesEdition::of(2025).unwrap(), &mut report).unwrap();
    assert_eq!((table.codes.len(), table.area_type.to_string().as_str()), (33_755, "lsoa21"));
    let idaci = |field: &str| table.column("idaci-2025", field).unwrap().series.figures.present();
    assert_eq!((idaci("score"), idaci("rank"), idaci("decile")), (0, 33_755, 33_755));
    assert!(table.column("imd-2025", "score").unwrap().series.figures.denominator.is_none());
}

//! The numbers behind a figure as files, read back by other programs and libraries than those that wrote them.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use needsmap::representation::table;
use serde_json::Value;

use crate::made_up_figure::{HOSTILE, figure};

#[test]
fn a_table_as_csv_keeps_numbers_gives_reasons_and_is_safe_to_open() {
    let figure = figure();
    insta::assert_snapshot!("neighbourhoods_csv", String::from_utf8(table::csv(&figure.tables[0], &figure)).unwrap());
    insta::assert_snapshot!("sites_csv", String::from_utf8(table::csv(&figure.tables[1], &figure)).unwrap());
}

#[test]
fn a_table_as_geojson_has_a_feature_a_row_with_nulls_and_reasons() {
    let figure = figure();
    let json: Value = serde_json::from_slice(&table::geojson(&figure.tables[0], &figure)).unwrap();
    insta::assert_json_snapshot!("neighbourhoods_geojson", json);
    let sites: Value = serde_json::from_slice(&table::geojson(&figure.tables[1], &figure)).unwrap();
    assert_eq!(sites["features"][1]["geometry"], Value::Null);
    assert_eq!(sites["features"][2]["properties"]["dwellings_status"], "under 5");
}

#[test]
fn a_workbook_has_a_worksheet_a_table_with_numbers_as_numbers_and_codes_as_text() {
    let figure = figure();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(table::xlsx(&figure).unwrap())).unwrap();
    assert_eq!(book.sheet_names(), ["neighbourhoods", "housing sites", "travel-times", "Sources and notes"]);
    let sheet = book.worksheet_range("neighbourhoods").unwrap();
    let cell = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(0, 2), Data::String("IMD 2019 score".to_owned()));
    assert_eq!(cell(1, 0), Data::String("00000".to_owned()));
    assert_eq!(cell(1, 2), Data::Float(51.664));
    assert_eq!((3..6).map(|row| cell(row, 2).to_string()).collect::<Vec<_>>(), ["suppressed", "not held", "not applicable"]);
    assert_eq!(cell(5, 3), Data::Empty);
    for (row, words) in (1..).zip(HOSTILE) {
        assert_eq!(cell(row, 1), Data::String(words.to_owned()), "text stays text as it was");
    }
    assert_eq!(book.worksheet_formula("neighbourhoods").unwrap().used_cells().count(), 0);
    let words = book.worksheet_range("Sources and notes").unwrap();
    let lines: Vec<String> = words.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")).collect();
    insta::assert_snapshot!("workbook_sources_and_notes", lines.join("\n"));
}

#[test]
fn a_workbook_of_several_figures_begins_with_its_contents() {
    let figure = figure();
    let numbered = [table::Numbered { name: "1 deprivation", figure: &figure }, table::Numbered { name: "2 again", figure: &figure }];
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(table::xlsx_of_many("Wold", &numbered).unwrap())).unwrap();
    let names = book.sheet_names();
    assert_eq!((names.first().unwrap().as_str(), names.last().unwrap().as_str(), names.len()), ("Contents", "Sources and notes", 8));
    let contents = book.worksheet_range("Contents").unwrap();
    let listed: Vec<String> = contents.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(listed, names[1..7]);
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    let make = || {
        let figure = figure();
        [
            table::xlsx(&figure).unwrap(),
            table::geopackage(&figure).unwrap(),
            table::flatgeobuf(&figure.tables[0], &figure).unwrap(),
            table::csv(&figure.tables[0], &figure),
            table::geojson(&figure.tables[0], &figure),
        ]
    };
    let first = make();
    // A file that held the time of day, or memory left over from other work, would differ now.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let elsewhere = std::thread::spawn(move || (vec![0xA5_u8; 4 << 20], make())).join().unwrap().1;
    assert!(first == elsewhere);
}

/// What GDAL says of a file, as JSON of its layers; none where GDAL is not installed.
fn ogrinfo(name: &str, bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    run(Command::new("ogrinfo").args(["-al", "-ro"]).arg(&path))
}

fn run(command: &mut Command) -> Option<String> {
    let Ok(output) = command.output() else {
        println!("skipped: {} is not installed", command.get_program().display());
        return None;
    };
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{words}");
    Some(words)
}

fn holds(words: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(words.contains(wanted), "no {wanted:?} in\n{words}");
    }
    assert!(!words.contains("ERROR") && !words.contains("Warning"), "{words}");
}

#[test]
fn gdal_reads_the_geopackage_with_its_system_types_and_counts() {
    let Some(words) = ogrinfo("figure.gpkg", &table::geopackage(&figure()).unwrap()) else { return };
    let tables = ["Layer name: neighbourhoods", "Layer name: housing_sites", "Layer name: travel_times", "Layer name: sources_and_notes"];
    holds(&words, &tables);
    holds(&words, &["Geometry: Multi Polygon", "Feature Count: 5", "Geometry: Point", "Feature Count: 3", "Geometry: None", "Feature Count: 2"]);
    holds(&words, &["ID[\"EPSG\",27700]", "Extent: (440000.000000, 310000.000000) - (444000.000000, 313000.000000)"]);
    holds(
        &words,
        &["code: String", "imd_2019_score: Real", "imd_2019_score_status: String", "imd_2019_score (Real) = 51.664", "dwellings_status (String) = under 5"],
    );
    holds(&words, &["Robert'); DROP TABLE neighbourhoods; --", "imd_2019_score (Real) = (null)"]);
}

#[test]
fn gdal_reads_the_flatgeobuf_files_with_their_system_types_and_counts() {
    let figure = figure();
    let of = |table: usize| ogrinfo("table.fgb", &table::flatgeobuf(&figure.tables[table], &figure).unwrap());
    let Some(areas) = of(0) else { return };
    holds(&areas, &["Geometry: Multi Polygon", "Feature Count: 5", "ID[\"EPSG\",27700]", "code: String", "imd_2019_score: Real", "MULTIPOLYGON (((441000 31"]);
    holds(&areas, &["imd_2019_score_status (String) = not_applicable", "alternative name=\"IMD 2019 score\""]);
    let bytes = table::flatgeobuf(&figure.tables[0], &figure).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("Attribution: Contains public sector information"), "the words belong to the file");
    let sites = of(1).unwrap();
    holds(&sites, &["Geometry: Point", "Feature Count: 3", "POINT (440500 310500)", "dwellings_status (String) = under 5"]);
    assert_eq!(sites.matches("POINT (").count(), 2, "{sites}");
    holds(&of(2).unwrap(), &["Feature Count: 2", "minutes (Real) = 12.5"]);
}

#[test]
fn gdal_reads_the_geojson_in_degrees() {
    let figure = figure();
    let Some(words) = ogrinfo("table.geojson", &table::geojson(&figure.tables[0], &figure)) else { return };
    holds(&words, &["Feature Count: 5", "WGS 84", "imd_2019_score: Real", "code: String", "Extent: (-1.4"]);
}

#[test]
fn an_office_program_opens_the_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.xlsx");
    std::fs::write(&path, table::xlsx(&figure()).unwrap()).unwrap();
    if !Path::new("/usr/bin/soffice").exists() {
        println!("skipped: soffice is not installed");
        return;
    }
    let home = format!("-env:UserInstallation=file://{}", folder.path().join("home").display());
    run(Command::new("soffice")
        .args([home.as_str(), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir"])
        .arg(folder.path())
        .arg(&path));
    let words = std::fs::read_to_string(folder.path().join("figure.csv")).unwrap();
    assert!(
        words.starts_with("Code,Name,IMD 2019 score,Residents (people)\n00000,") && words.contains(",51.66,\"1,000\"") && words.contains(",suppressed,"),
        "{words}"
    );
}

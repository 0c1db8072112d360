//! Patients registered at a practice.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::time::Instant;

use geo_types::{MultiPolygon, Point};
use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::register::{RegisterFile, Registers};
use needsmap::import::source::nhs_registered_patients::{RegisterOptions, read};
use needsmap::model::area::{Area, AreaCode, AreaType, CentroidKind};
use needsmap::model::crs::Bng;
use needsmap::model::edition::AreaLayer;
use needsmap::model::measure::Sex;
use needsmap::model::registered_patients::{RegisteredPatients, RegisteredWith, Residence};

use super::default_edition::DEFAULT;
use super::{official, ours};

const HEADER: &str = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS\n";

fn options(area_type: &str) -> RegisterOptions {
    let area_type = AreaType::parse(area_type).unwrap();
    RegisterOptions { area_type, period: None, disclosure_threshold: 5, least_patients: 0, least_share_percent: 0.0 }
}

fn read_text(text: &str, options: &RegisterOptions) -> (RegisterFile, Report) {
    let mut report = Report::default();
    let read = read(&Input::from_bytes("twin.csv", text), options, &mut report).unwrap();
    (read, report)
}

/// Counts as `practice residence patients`, with the file's own areas.
fn words(file: &mut RegisterFile, sex: Sex) -> Vec<String> {
    let (practices, areas) = (file.practices.clone(), file.areas.clone());
    let word = |with| if let RegisteredWith::Practice(at) = with { practices[at as usize].code.to_string() } else { "others".into() };
    let place = |residence| if let Residence::Area(at) = residence { areas[at as usize].to_string() } else { format!("{residence:?}") };
    file.rows_of(sex).iter().map(|row| format!("{} {} {}", word(row.count.with), place(row.count.residence), row.count.patients)).collect()
}

#[test]
fn one_day_in_three_spellings_is_one_period_and_marks_are_no_areas() {
    let text = format!(
        "{HEADER}TWIN,01JUL2022,Z90001,TWIN SURGERY,E01025893,ALL,7\nTWIN,01Jul2022,Z90001,TWIN SURGERY,NO2011,ALL,2\n\
         TWIN,01/07/2022,Z90002,OTHER SURGERY,W01001964,ALL,\"1,234\"\nTWIN,01/07/2022,Z90002,OTHER SURGERY,EMPTY,ALL,3.0\n\
         TWIN,01/07/2022,Z90002,OTHER SURGERY,CLOSED,ALL,1\n"
    );
    let (mut file, report) = read_text(&text, &options("lsoa11"));
    assert_eq!(file.period, "July 2022");
    let expected = ["Z90001 E01025893 7", "Z90001 Unknown 2", "Z90002 W01001964 1234", "Z90002 Unknown 3", "Z90002 Unknown 1"];
    assert_eq!(words(&mut file, Sex::Persons), expected);
    assert_eq!(report.to_string(), "0 errors, 0 warnings, 0 notes\ntwin.csv: 5 rows read, 5 kept\n");
}

#[test]
fn a_row_that_cannot_be_right_is_found_and_left_out() {
    let row = |date: &str, code: &str, area: &str, sex: &str, patients: &str| format!("TWIN,{date},{code},TWIN SURGERY,{area},{sex},{patients}\n");
    let day = "01JUL2022";
    let text = HEADER.to_owned()
        + &row(day, "Z90001", "E01025893", "ALL", "7")
        + &row(day, "Z90001", "E01025893", "ALL", "8")
        + &row(day, "Z90001", "E01025894", "ALL", "0")
        + &row(day, "Z90001", "E01025895", "ALL", "-3")
        + &row(day, "Z90001", "E01025896", "ALL", "2.5")
        + &row(day, "Z90001", "E01025897", "ALL", "*")
        + &row("01AUG2022", "Z90001", "E01025898", "ALL", "1")
        + &row(day, "Z90001", "Melton", "ALL", "1")
        + &row(day, "Z9/001", "E01025898", "ALL", "1")
        + &row(day, "Z90001", "E01025898", "UNKNOWN", "1");
    let (mut file, report) = read_text(&text, &options("lsoa11"));
    assert_eq!(words(&mut file, Sex::Persons), ["Z90001 E01025893 7"]);
    insta::assert_snapshot!(report, @r#"
    9 errors, 0 warnings, 0 notes
    error [duplicate-count] twin.csv:3: Z90001 and E01025893 stand here a second time, first in line 2; the first row was kept
    error [not-a-count] twin.csv:4 "NUMBER_OF_PATIENTS": expected a whole number of patients, at least 1, found "0"; the row was left out
    error [not-a-count] twin.csv:5 "NUMBER_OF_PATIENTS": expected a whole number of patients, at least 1, found "-3"; the row was left out
    error [not-a-count] twin.csv:6 "NUMBER_OF_PATIENTS": expected a whole number of patients, at least 1, found "2.5"; the row was left out
    error [not-a-count] twin.csv:7 "NUMBER_OF_PATIENTS": expected a whole number of patients, at least 1, found "*"; the row was left out
    error [not-an-area-code] twin.csv:9 "LSOA_CODE": expected an area code (one letter and eight digits, such as E01025965), found "Melton"; the row was left out
    error [not-an-ods-code] twin.csv:10 "PRACTICE_CODE": expected an ODS code (2 to 12 letters and digits, such as C82038), found "Z9/001"; the row was left out
    error [period] twin.csv:8 "EXTRACT_DATE": expected July 2022, found "01AUG2022"; the row was left out
    error [sex] twin.csv:11 "SEX": expected ALL, MALE or FEMALE, found "UNKNOWN"; the row was left out
    twin.csv: 10 rows read, 1 kept
    "#);
}

#[test]
fn the_short_table_needs_a_period_and_names_its_vintage() {
    let text = "practice_code,lsoa11cd,patients\nZ90001,E01025893,7\nZ90001,OUTSIDE,3\nOTHER,E01025893,2\n";
    let with_period = RegisterOptions { period: Some("July 2022".into()), ..options("lsoa11") };
    let (mut file, report) = read_text(text, &with_period);
    assert_eq!(words(&mut file, Sex::Persons), ["Z90001 E01025893 7", "Z90001 Outside 3", "others E01025893 2"]);
    assert_eq!(report.findings().len(), 0);
    let refused = |options: &RegisterOptions| read(&Input::from_bytes("twin.csv", text), options, &mut Report::default()).unwrap_err().to_string();
    assert_eq!(refused(&options("lsoa11")), "twin.csv: expected a column EXTRACT_DATE, or a period in the recipe, found neither");
    let other = RegisterOptions { area_type: AreaType::parse("lsoa21").unwrap(), ..with_period };
    assert_eq!(refused(&other), r#"twin.csv: missing column: "LSOA_CODE or lsoa21cd"; found: "practice_code", "lsoa11cd", "patients""#);
}

#[test]
fn a_day_that_is_none_leaves_no_period_to_count() {
    let text = format!("{HEADER}TWIN,2022-07-01,Z90001,TWIN SURGERY,E01025893,ALL,7\nTWIN,01/13/2022,Z90001,TWIN SURGERY,E01025893,ALL,7\n");
    let (file, report) = read_text(&text, &options("lsoa11"));
    assert_eq!(file.period, "");
    insta::assert_snapshot!(report, @r#"
    2 errors, 0 warnings, 0 notes
    error [period] twin.csv:2 "EXTRACT_DATE": expected a day such as 01JUL2022 or 01/07/2026, found "2022-07-01"; the row was left out
    error [period] twin.csv:3 "EXTRACT_DATE": expected a day such as 01JUL2022 or 01/07/2026, found "01/13/2022"; the row was left out
    twin.csv: 2 rows read, 0 kept
    "#);
}

fn england() -> Option<Input> {
    official("registered-patients/gp-reg-pat-prac-lsoa-all_2022-07.csv.gz").map(|path| Input::read(&path, None).unwrap())
}

/// The sums made here by splitting lines know nothing of the importer.
#[test]
fn england_in_july_2022_adds_up_to_its_own_total() {
    let Some(input) = england() else { return };
    let mut text = String::new();
    input.stream().read_to_string(&mut text).unwrap();
    let (mut rows, mut total, mut by_practice) = (0_u64, 0_u64, HashMap::<&str, u64>::new());
    for line in text.lines().skip(1) {
        let (code, patients) = (line.split(',').nth(2).unwrap(), line.rsplit(',').next().unwrap().parse::<u64>().unwrap());
        rows += 1;
        total += patients;
        *by_practice.entry(code).or_default() += patients;
    }
    println!("{rows} rows, {total} patients of {} practices", by_practice.len());
    assert_eq!((rows, total, by_practice.len()), (865_965, 61_768_942, 6_484));

    let (mut report, started) = (Report::default(), Instant::now());
    let mut file = read(&input, &options("lsoa11"), &mut report).unwrap();
    println!("read in {:.2} s", started.elapsed().as_secs_f64());
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 0 notes
    gp-reg-pat-prac-lsoa-all_2022-07.csv.gz: 865965 rows read, 865965 kept
    ");
    let mut read_by_practice = vec![0_u64; file.practices.len()];
    for row in file.rows_of(Sex::Persons).iter() {
        let RegisteredWith::Practice(at) = row.count.with else { panic!("no practice is another") };
        read_by_practice[at as usize] += u64::from(row.count.patients);
    }
    assert_eq!(read_by_practice.iter().sum::<u64>(), total);
    let codes = file.practices.iter().map(|practice| practice.code);
    for (code, patients) in codes.zip(read_by_practice) {
        assert_eq!(Some(&patients), by_practice.get(code.as_str()), "{code}");
    }
}

/// The default register was cut from the national one: practices with 50 patients and a twentieth of their list in the edition.
#[test]
fn the_national_file_cut_by_the_recipe_gives_the_register_of_the_default_edition() {
    let Some(input) = england() else { return };
    let options = RegisterOptions { least_patients: 50, least_share_percent: 5.0, ..options("lsoa11") };
    let mut report = Report::default();
    let mut file = read(&input, &options, &mut report).unwrap();
    file.source = "nhs-registered-patients".into();
    let registers = Registers::new(vec![file], &DEFAULT.edition.layers, &mut report);
    let listed = registers.listed(&registers.totals());
    let made = registers.registered_patients(&listed, &mut report);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 2 notes
    note [codes-not-held] gp-reg-pat-prac-lsoa-all_2022-07.csv.gz: 32328 of 32939 codes (98.1 %) are no areas of the edition; who lives there counts as outside
    note [patients-elsewhere] gp-reg-pat-prac-lsoa-all_2022-07.csv.gz: persons: 61768942 patients, of whom 1332964 are kept; the others neither live in the edition nor are registered with its practices
    gp-reg-pat-prac-lsoa-all_2022-07.csv.gz: 865965 rows read, 865965 kept
    ");
    let codes: Vec<_> = DEFAULT.edition.practices.items.iter().map(|practice| practice.organisation.code).collect();
    assert_eq!(listed, codes);
    let [made] = made.as_slice() else { panic!("expected one register") };
    let held = &DEFAULT.edition.registered_patients[0];
    assert_eq!((&made.period, made.area_type, made.sex), (&held.period, held.area_type, held.sex));
    assert!(outside_or_unknown(made) == outside_or_unknown(held), "the counts differ");
}

/// Counts by practice and area; the default register does not tell those outside from those of whom no area is known.
fn outside_or_unknown(register: &RegisteredPatients) -> BTreeMap<(RegisteredWith, Residence), u32> {
    let mut counts = BTreeMap::new();
    for count in &register.counts {
        let residence = if count.residence == Residence::Unknown { Residence::Outside } else { count.residence };
        *counts.entry((count.with, residence)).or_default() += count.patients;
    }
    counts
}

#[test]
fn list_sizes_of_the_default_edition_are_those_that_were_published() {
    let text = std::fs::read_to_string(ours("data/inputs/practices_2022.csv")).unwrap();
    let sizes: HashMap<&str, u32> = text
        .lines()
        .skip(1)
        .map(|line| {
            // The name of a network may hold a comma, and only that: the size is the first number of digits after the degrees.
            let (code, rest) = line.split_once(',').unwrap();
            let after_degrees = rest.split(",52.").nth(1).unwrap();
            (code, after_degrees.split(',').nth(1).unwrap().parse().unwrap())
        })
        .collect();
    assert_eq!(sizes.len(), 146);
    let edition = &DEFAULT.edition;
    let register: &RegisteredPatients = &edition.registered_patients[0];
    for (at, practice) in (0..).zip(&edition.practices.items) {
        let of_practice = register.counts.iter().filter(|count| count.with == RegisteredWith::Practice(at));
        let sum: u32 = of_practice.map(|count| count.patients).sum();
        let code = practice.organisation.code;
        assert_eq!((practice.list_size, Some(&sum)), (Some(sum), sizes.get(code.as_str())), "{code}");
    }
}

/// The areas of Lincolnshire in one vintage, without their shapes.
fn lincolnshire(area_type: &str, folder: &str, property: &str) -> Option<AreaLayer> {
    let text = std::fs::read_to_string(official(&format!("boundaries/by-county/{folder}/E10000019.geojson"))?).unwrap();
    let mark = format!("\"{property}\": \"");
    let mut codes: Vec<AreaCode> = text.split(&mark).skip(1).map(|rest| AreaCode::parse(&rest[..9]).unwrap()).collect();
    codes.sort_unstable();
    let area = |code: AreaCode| Area {
        code,
        name: code.to_string(),
        alias: None,
        parents: Vec::new(),
        geometry: Bng(MultiPolygon::new(Vec::new())),
        centroid: Bng(Point::new(0.0, 0.0)),
        centroid_kind: CentroidKind::Geometric,
    };
    let areas = codes.into_iter().map(area).collect();
    Some(AreaLayer { area_type: AreaType::parse(area_type).unwrap(), source: "twin".into(), areas })
}

#[test]
fn the_registers_of_everybody_females_and_males_in_2026_stand_side_by_side_and_add_up() {
    let Some(layer) = lincolnshire("lsoa21", "lsoa", "LSOA21CD") else { return };
    let layers = [layer];
    let mut report = Report::default();
    let mut files = Vec::new();
    for (sex, rows, patients) in [("all", 6590, 817_133_u64), ("male", 5307, 408_062), ("female", 4492, 415_078)] {
        let path = official(&format!("registered-patients/gp-reg-pat-prac-lsoa-{sex}_2026-07_lincolnshire.csv")).unwrap();
        let mut file = read(&Input::read(&path, None).unwrap(), &options("lsoa21"), &mut report).unwrap();
        let read = file.rows_of(Sex::parse(sex).unwrap());
        assert_eq!((read.len(), read.iter().map(|row| u64::from(row.count.patients)).sum()), (rows, patients));
        files.push(file);
    }
    let registers = Registers::new(files, &layers, &mut report);
    let made = registers.registered_patients(&registers.listed(&registers.totals()), &mut report);
    assert_eq!(
        made.iter().map(|register| (register.sex.id(), register.period.as_str())).collect::<Vec<_>>(),
        ["persons", "females", "males"].map(|sex| (sex, "July 2026"))
    );
    for register in made {
        assert!(register.counts.is_sorted_by(|a, b| (a.with, a.residence) < (b.with, b.residence)), "no pair stands twice");
    }
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 5 notes
    note [codes-not-held] gp-reg-pat-prac-lsoa-all_2026-07_lincolnshire.csv: 1670 of 2105 codes (79.3 %) are no areas of the edition; who lives there counts as outside
    note [codes-not-held] gp-reg-pat-prac-lsoa-female_2026-07_lincolnshire.csv: 762 of 1197 codes (63.7 %) are no areas of the edition; who lives there counts as outside
    note [codes-not-held] gp-reg-pat-prac-lsoa-male_2026-07_lincolnshire.csv: 1135 of 1570 codes (72.3 %) are no areas of the edition; who lives there counts as outside
    note [patients-elsewhere] gp-reg-pat-prac-lsoa-female_2026-07_lincolnshire.csv: females: 415078 patients, of whom 415077 are kept; the others neither live in the edition nor are registered with its practices
    note [patients-elsewhere] gp-reg-pat-prac-lsoa-male_2026-07_lincolnshire.csv: males: 408062 patients, of whom 408054 are kept; the others neither live in the edition nor are registered with its practices
    gp-reg-pat-prac-lsoa-all_2026-07_lincolnshire.csv: 6590 rows read, 6590 kept
    gp-reg-pat-prac-lsoa-male_2026-07_lincolnshire.csv: 5307 rows read, 5307 kept
    gp-reg-pat-prac-lsoa-female_2026-07_lincolnshire.csv: 4492 rows read, 4492 kept
    ");
}

#[test]
fn a_register_of_2021_areas_taken_for_2011_is_noticed() {
    let Some(layer) = lincolnshire("lsoa11", "lsoa11", "LSOA11CD") else { return };
    let mut report = Report::default();
    let path = official("registered-patients/gp-reg-pat-prac-lsoa-all_2026-07_lincolnshire.csv").unwrap();
    let file = read(&Input::read(&path, None).unwrap(), &options("lsoa11"), &mut report).unwrap();
    let _ = Registers::new(vec![file], &[layer], &mut report);
    insta::assert_snapshot!(report, @"
    0 errors, 1 warning, 1 note
    warning [areas-without-patients] gp-reg-pat-prac-lsoa-all_2026-07_lincolnshire.csv: 14 of 420 lsoa11 areas (3.3 %) are not named by the register; is it of this vintage?
    note [codes-not-held] gp-reg-pat-prac-lsoa-all_2026-07_lincolnshire.csv: 1699 of 2105 codes (80.7 %) are no areas of the edition; who lives there counts as outside
    gp-reg-pat-prac-lsoa-all_2026-07_lincolnshire.csv: 6590 rows read, 6590 kept
    ");
}

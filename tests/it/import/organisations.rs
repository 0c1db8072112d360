//! Practices, branches, hospitals and pharmacies put together from several files, on a made-up district of four neighbourhoods.

use std::fmt::Write as _;

use needsmap::import::report::Severity;
use needsmap::import::{Imported, Recipe, import};
use needsmap::model::organisation::{Location, Membership, Practice};
use needsmap::model::registered_patients::RegisteredPatients;

use super::default_edition::DEFAULT;
use super::nhs_ods_practices::ods_row;
use super::official;
use super::workbook::workbook;

const HEAD: &str = r#"
[edition]
id = "twin"
title = "Twinshire"
description = "A made-up district."
area_types = ["lsoa11"]
default_view = { measure = "allotments", field = "value", area_type = "lsoa11" }
"#;

/// A source of one file; `reads` is the importer with its options.
fn source(id: &str, path: &str, reads: &str) -> String {
    let words =
        "publisher = \"Nobody\"\ntitle = \"Twins\"\nedition = \"1\"\nlicence = \"None\"\nlicence_url = \"https://example.org/\"\nattribution = \"Made up.\"";
    format!("[[source]]\nid = \"{id}\"\n{words}\n[[source.file]]\npath = \"{path}\"\nreads = {reads}\n")
}

/// Four squares of a kilometre in a row.
fn boundaries() -> String {
    let squares = (0..4).map(|i| {
        let (w, e) = (475_000 + 1000 * i, 476_000 + 1000 * i);
        let ring = format!("[{w},319000],[{e},319000],[{e},320000],[{w},320000],[{w},319000]");
        let code = format!("\"LSOA11CD\":\"E0100000{}\",\"LSOA11NM\":\"Twin 00{}\"", i + 1, i + 1);
        format!(r#"{{"type":"Feature","properties":{{{code}}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#)
    });
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, squares.collect::<Vec<_>>().join(","))
}

const POSTCODES: &str = "pcds,oseast1m,osnrth1m\nTW1 1AA,475500,319500\nTW1 1AB,476500,319500\nTW1 1AC,,\nTW9 9ZZ,500000,400000\n";

/// A register in the official layout: practice, area, sex, patients.
fn register(rows: &[(&str, &str, &str, u32)]) -> String {
    let mut text = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS\n".to_owned();
    for (practice, area, sex, patients) in rows {
        let _ = writeln!(text, "TWIN,01JUL2022,{practice},REGISTERED {practice},{area},{sex},{patients}");
    }
    text
}

/// Imports a recipe of files that are given as `(source id, importer with options, bytes)`.
fn import_files(files: &[(&str, &str, Vec<u8>)]) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("areas.geojson"), boundaries()).unwrap();
    let mut recipe = HEAD.to_owned() + &source("areas", "areas.geojson", "\"ons-area-boundaries\"");
    for (id, reads, bytes) in files {
        std::fs::write(folder.path().join(id), bytes).unwrap();
        recipe += &source(id, id, reads);
    }
    import(&Recipe::parse("twin.toml", &recipe, vec![folder.path().to_owned()]).unwrap(), &mut |_| {}).unwrap()
}

fn words(practice: &Practice) -> String {
    let Practice { organisation, list_size, pcn, commissioner, branches } = practice;
    let place = organisation.location.map_or_else(|| "not located".into(), |location| format!("{:?} {}", location.point.0.x_y(), location.precision.id()));
    let name = |membership: &Option<Membership>| membership.as_ref().map_or("none", |membership| membership.name.as_str()).to_owned();
    let branches = branches.iter().map(|branch| branch.code.to_string()).collect::<Vec<_>>().join(" ");
    format!(
        "{} {}, {}, {place}, {list_size:?}, {}, {}, [{branches}]",
        organisation.code,
        organisation.name,
        organisation.status.id(),
        name(pcn),
        name(commissioner)
    )
}

fn counts(register: &RegisteredPatients) -> Vec<String> {
    register.counts.iter().map(|count| format!("{:?} {:?} {}", count.with, count.residence, count.patients)).collect()
}

const REGISTER: &str = "\"nhs-registered-patients\"\narea_type = \"lsoa11\"";

fn practices_files() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let practices = ods_row("Z90001", "tw11aa", "", "A", "99X", "4")
        + &ods_row("Z90002", "TW1 1AC", "20210331", "C", "99X", "4")
        + &ods_row("Z90003", "TW9 9ZZ", "", "A", "99Y", "4")
        + &ods_row("Z90004", "TW1 1AB", "", "A", "99Y", "9")
        + &ods_row("Z90005", "TW1 1AB", "20210331", "C", "99Y", "4")
        + &ods_row("Z90001", "TW1 1AB", "", "A", "99X", "4");
    let mapping = "PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,CCG_CODE,CCG_NAME\nZ90001,Twin,TW1 1AA,U90001,Twin PCN,99X,NHS Twin\n\
                   Z90003,Far,TW9 9ZZ,U,Unallocated,99X,NHS Twin\n";
    let header = ["Partner Organisation Code", "Partner Name", "Practice Parent CCG Code", "Practice Parent CCG Name", "PCN Code", "PCN Name"];
    let header = [&header[..], &["Practice to PCN Relationship End Date"]].concat();
    let networks = workbook("PCN Core Partner Details", &[&header, &["Z90002", "Closed", "99X", "NHS Twin", "U90002", "Other PCN", ""]]);
    let branches = ods_row("Z90001002", "TW1 1AB", "", "", "Z90001", "")
        + &ods_row("Z90001001", "TW1 1ZZ", "", "", "Z90001", "")
        + &ods_row("Z99999001", "TW1 1AB", "", "", "Z99999", "");
    vec![
        ("practices.csv", "\"nhs-ods-practices\"", practices.into_bytes()),
        ("mapping.csv", "\"nhs-practice-mapping\"", mapping.into()),
        ("networks.xlsx", "\"nhs-ods-networks\"", networks),
        ("branches.csv", "\"nhs-ods-branches\"", branches.into_bytes()),
        ("postcodes.csv", "\"ons-postcodes\"", POSTCODES.into()),
    ]
}

#[test]
fn practices_with_patients_in_the_edition_are_listed_and_filled_from_every_file() {
    let rows = [
        ("Z90001", "E01000001", "ALL", 100),
        ("Z90001", "W01000001", "ALL", 3),
        ("Z90001", "E01999999", "ALL", 4),
        ("Z90001", "NO2011", "ALL", 1),
        ("Z90002", "E01000002", "ALL", 50),
        ("Z90003", "E01999999", "ALL", 900),
        ("Z90004", "E01000003", "ALL", 7),
        ("Z90006", "E01000004", "ALL", 8),
    ];
    let mut files = practices_files();
    files.push(("register.csv", REGISTER, register(&rows).into_bytes()));
    let imported = import_files(&files);
    let practices = &imported.edition.practices;
    insta::assert_snapshot!(practices.items.iter().map(words).collect::<Vec<_>>().join("\n"), @"
    Z90001 Twin of Z90001, active, (475500.0, 319500.0) postcode, Some(108), Twin PCN, NHS Twin, [Z90001001 Z90001002]
    Z90002 Twin of Z90002, closed, not located, Some(50), Other PCN, NHS Twin, []
    Z90004 Twin of Z90004, active, (476500.0, 319500.0) postcode, Some(7), none, 99Y, []
    Z90006 Registered Z90006, active, not located, Some(8), none, none, []
    ");
    assert_eq!(practices.sources, ["practices.csv", "mapping.csv", "networks.xlsx", "register.csv", "branches.csv", "postcodes.csv"]);
    insta::assert_snapshot!(counts(&imported.edition.registered_patients[0]).join("\n"), @"
    Practice(0) Area(0) 100
    Practice(0) Outside 7
    Practice(0) Unknown 1
    Practice(1) Area(1) 50
    Practice(2) Area(2) 7
    Practice(3) Area(3) 8
    ");
    insta::assert_snapshot!(imported.report, @r#"
    1 error, 3 warnings, 7 notes
    error [duplicate-code] practices.csv:6: Z90001 stands here a second time; the first row was kept
    warning [postcode-without-point] branches.csv:2: Z90001001 is not located: no file of postcodes lists TW1 1ZZ
    warning [postcode-without-point] practices.csv:2: Z90002 is not located: its postcode TW1 1AC has no point
    warning [practice-not-listed] register.csv:9: no file of practices lists Z90006; it is kept under the name "Registered Z90006" and not located
    note [codes-not-held] register.csv: 2 of 6 codes (33.3 %) are no areas of the edition; who lives there counts as outside
    note [elsewhere] branches left out, because the edition does not list their practices: 1
    note [not-a-general-practice] practices.csv: used only if a register counts their patients, because they are no general practices (setting 4, role RO76): 1
    note [patients-elsewhere] register.csv: persons: 1073 patients, of whom 173 are kept; the others neither live in the edition nor are registered with its practices
    note [postcodes-without-point] postcodes.csv: known without a point: 1 of 4 postcodes
    note [without-patients] closed practices left out, because too few patients of theirs live in the edition, or none: 1
    note [without-patients] practices left out, because too few patients of theirs live in the edition, or none: 1
    areas.geojson: 4 rows read, 4 kept
    practices.csv: 6 rows read, 5 kept
    mapping.csv: 2 rows read, 2 kept
    networks.xlsx: 1 row read, 1 kept
    branches.csv: 3 rows read, 3 kept
    postcodes.csv: 4 rows read, 4 kept
    register.csv: 8 rows read, 8 kept
    "#);
}

#[test]
fn without_a_register_open_practices_within_the_extent_are_listed() {
    let imported = import_files(&practices_files());
    insta::assert_snapshot!(imported.edition.practices.items.iter().map(words).collect::<Vec<_>>().join("\n"), @"Z90001 Twin of Z90001, active, (475500.0, 319500.0) postcode, None, Twin PCN, NHS Twin, [Z90001001 Z90001002]");
    assert!(imported.edition.registered_patients.is_empty());
    let notes: Vec<String> = imported.report.findings().iter().filter(|finding| finding.file.is_empty()).map(ToString::to_string).collect();
    insta::assert_snapshot!(notes.join("\n"), @"
    note [closed] practices left out, because they are closed: 2
    note [elsewhere] branches left out, because the edition does not list their practices: 1
    note [elsewhere] practices left out, because they lie elsewhere or cannot be located: 1
    ");
}

#[test]
fn small_practices_join_the_others_and_what_the_others_have_outside_does_not_count() {
    let rows = [
        ("Z90001", "E01000001", "ALL", 100),
        ("Z90002", "E01000001", "ALL", 60),
        ("Z90002", "E01999999", "ALL", 5_000),
        ("Z90003", "E01000001", "ALL", 40),
        ("Z90003", "E01000002", "ALL", 2),
    ];
    let options = format!("{REGISTER}\nleast_patients = 50\nleast_share_percent = 5.0\ndisclosure_threshold = 0");
    let imported = import_files(&[("register.csv", &options, register(&rows).into_bytes())]);
    assert_eq!(imported.edition.practices.items.iter().map(|practice| practice.organisation.code.to_string()).collect::<Vec<_>>(), ["Z90001"]);
    let made = &imported.edition.registered_patients[0];
    assert_eq!(counts(made), ["Practice(0) Area(0) 100", "OtherPractices Area(0) 100", "OtherPractices Area(1) 2"]);
    assert_eq!(made.disclosure_threshold, 0);
    insta::assert_snapshot!(imported.report, @"
    0 errors, 2 warnings, 2 notes
    warning [areas-without-patients] register.csv: 2 of 4 lsoa11 areas (50.0 %) are not named by the register; is it of this vintage?
    warning [practice-not-listed] no file lists practices; those of the register have its names and are not located: 1
    note [codes-not-held] register.csv: 1 of 3 codes (33.3 %) are no areas of the edition; who lives there counts as outside
    note [patients-elsewhere] register.csv: persons: 5202 patients, of whom 202 are kept; the others neither live in the edition nor are registered with its practices
    areas.geojson: 4 rows read, 4 kept
    register.csv: 5 rows read, 5 kept
    ");
}

#[test]
fn females_and_males_that_are_not_everybody_are_found_by_practice() {
    let all = register(&[("Z90001", "E01000001", "ALL", 100), ("Z90002", "E01000002", "ALL", 50)]);
    let female = register(&[("Z90001", "E01000001", "FEMALE", 60), ("Z90002", "E01000002", "FEMALE", 25)]);
    let male = register(&[("Z90001", "E01000001", "MALE", 40), ("Z90002", "E01000002", "MALE", 26)]);
    let files = [("all.csv", REGISTER, all.into_bytes()), ("female.csv", REGISTER, female.into_bytes()), ("male.csv", REGISTER, male.into_bytes())];
    let imported = import_files(&files);
    // Three sources cannot be one register: only files of one source are put together.
    assert_eq!(imported.edition.registered_patients.len(), 1);
    let together = register(&[
        ("Z90001", "E01000001", "ALL", 100),
        ("Z90001", "E01000001", "FEMALE", 60),
        ("Z90001", "E01000001", "MALE", 40),
        ("Z90002", "E01000002", "ALL", 50),
        ("Z90002", "E01000002", "FEMALE", 25),
        ("Z90002", "E01000002", "MALE", 26),
    ]);
    let imported = import_files(&[("register.csv", REGISTER, together.into_bytes())]);
    let sexes: Vec<&str> = imported.edition.registered_patients.iter().map(|register| register.sex.id()).collect();
    assert_eq!(sexes, ["persons", "females", "males"]);
    let found: Vec<String> = imported.report.findings().iter().filter(|finding| finding.rule == "sexes-do-not-add-up").map(ToString::to_string).collect();
    assert_eq!(found, ["warning [sexes-do-not-add-up] Z90002: expected 50 patients as in the register of everybody, found 25 females and 26 males"]);
}

#[test]
fn a_register_of_another_vintage_is_never_mixed_in_silently() {
    let marked = register(&[("Z90001", "E01000001", "ALL", 100), ("Z90001", "NO2021", "ALL", 1)]);
    let imported = import_files(&[("register.csv", REGISTER, marked.into_bytes())]);
    assert!(imported.edition.registered_patients.is_empty());
    let unmarked = register(&[("Z90001", "E01000001", "ALL", 100), ("Z90001", "E01033999", "ALL", 50)]);
    let other = import_files(&[("register.csv", REGISTER, unmarked.clone().into_bytes())]);
    let unheld = import_files(&[("register.csv", "\"nhs-registered-patients\"\narea_type = \"lsoa21\"", unmarked.into_bytes())]);
    insta::assert_snapshot!(format!("{}\n{}\n{}", imported.report, other.report, unheld.report), @"
    1 error, 0 warnings, 0 notes
    error [wrong-vintage] register.csv: expected areas of lsoa11, found the mark NO2021; the register was left out
    areas.geojson: 4 rows read, 4 kept
    register.csv: 2 rows read, 2 kept

    0 errors, 2 warnings, 1 note
    warning [areas-without-patients] register.csv: 3 of 4 lsoa11 areas (75.0 %) are not named by the register; is it of this vintage?
    warning [practice-not-listed] no file lists practices; those of the register have its names and are not located: 1
    note [codes-not-held] register.csv: 1 of 2 codes (50.0 %) are no areas of the edition; who lives there counts as outside
    areas.geojson: 4 rows read, 4 kept
    register.csv: 2 rows read, 2 kept

    1 error, 0 warnings, 0 notes
    error [unknown-area-type] register.csv: the edition holds no lsoa21 areas; the register was left out
    areas.geojson: 4 rows read, 4 kept
    register.csv: 2 rows read, 2 kept
    ");
}

#[test]
fn a_list_size_that_contradicts_the_register_is_found_and_the_registers_is_held() {
    let practices = "practice_code,name,postcode,easting,northing,list_size\nZ90001,TWIN,TW1 1AA,475500,319500,99\nZ90002,TWIN,TW1 1AA,475500,319500,50\n";
    let rows = register(&[("Z90001", "E01000001", "ALL", 100), ("Z90002", "E01000002", "ALL", 50)]);
    let imported = import_files(&[("practices.csv", "\"nhs-ods-practices\"", practices.into()), ("register.csv", REGISTER, rows.into_bytes())]);
    assert_eq!(imported.edition.practices.items.iter().map(|practice| practice.list_size).collect::<Vec<_>>(), [Some(100), Some(50)]);
    let found: Vec<String> = imported.report.findings().iter().filter(|finding| finding.rule == "list-size").map(ToString::to_string).collect();
    assert_eq!(found, ["warning [list-size] practices.csv:2: Z90001: expected 100 patients as in the register, found 99; the register's number is held"]);
}

#[test]
fn pharmacies_and_hospitals_are_those_within_reach_and_one_without_a_point_is_found() {
    let pharmacies = ods_row("ZA001", "TW1 1AA", "", "A", "", "")
        + &ods_row("ZA002", "TW9 9ZZ", "", "A", "", "")
        + &ods_row("ZA003", "TW1 1AC", "", "A", "", "")
        + &ods_row("ZA001", "TW1 1AB", "", "A", "", "")
        + &ods_row("ZA004", "", "", "A", "", "");
    let hospitals = "OrganisationCode,SubType,Sector,OrganisationStatus,OrganisationName,Address1,Postcode,Latitude,Longitude\n\
                     ZH001,Hospital,NHS Sector,Visible,Near Hospital,,TW1 1AA,52.7649,-0.8867\nZH002,Hospital,NHS Sector,Visible,Far Hospital,,TW9 9ZZ,51.5,-0.1\n\
                     ZH003,Hospital,NHS Sector,Visible,Postcode Hospital,,TW1 1AB,,\nZH004,Hospital,NHS Sector,Visible,Lost Hospital,,TW1 1AC,,\n";
    let imported = import_files(&[
        ("pharmacies.csv", "\"nhs-ods-dispensaries\"", pharmacies.into_bytes()),
        ("hospitals.csv", "\"nhs-hospitals\"\nwithin_km = 20.0", hospitals.into()),
        ("postcodes.csv", "\"ons-postcodes\"", POSTCODES.into()),
    ]);
    let edition = &imported.edition;
    let located = |location: Option<Location>| location.map_or("not located", |location| location.precision.id());
    let pharmacies: Vec<String> = edition.pharmacies.items.iter().map(|pharmacy| format!("{} {}", pharmacy.code, located(pharmacy.location))).collect();
    assert_eq!(pharmacies, ["ZA001 postcode", "ZA003 not located"]);
    let hospitals: Vec<String> = edition.hospitals.items.iter().map(|hospital| format!("{} {}", hospital.id, located(hospital.location))).collect();
    assert_eq!(hospitals, ["ZH001 exact", "ZH003 postcode", "ZH004 not located"]);
    assert_eq!((edition.pharmacies.sources.len(), edition.hospitals.sources.len()), (2, 2));
    insta::assert_snapshot!(imported.report, @"
    1 error, 2 warnings, 3 notes
    error [duplicate-code] pharmacies.csv:4: ZA001 stands here a second time; the first row was kept
    warning [postcode-without-point] hospitals.csv:5: ZH004 is not located: its postcode TW1 1AC has no point
    warning [postcode-without-point] pharmacies.csv:3: ZA003 is not located: its postcode TW1 1AC has no point
    note [elsewhere] hospitals left out, because they lie elsewhere or cannot be located: 1
    note [elsewhere] pharmacies left out, because they lie elsewhere or cannot be located: 2
    note [postcodes-without-point] postcodes.csv: known without a point: 1 of 4 postcodes
    areas.geojson: 4 rows read, 4 kept
    pharmacies.csv: 5 rows read, 5 kept
    hospitals.csv: 4 rows read, 4 kept
    postcodes.csv: 4 rows read, 4 kept
    ");
}

#[test]
fn what_the_official_files_say_about_the_default_edition_comes_together() {
    let Some(folder) = official("") else { return };
    let inputs = super::ours("data/inputs");
    let head = std::fs::read_to_string(inputs.join("sources.toml")).unwrap();
    // The boundaries and lookups of the default edition, and the whole country's organisations.
    let head = head.split("[[source]]\nid = \"iod2019\"").next().unwrap().to_owned();
    let files = [
        ("practices", "organisations/epraccur_2022-08.csv", "\"nhs-ods-practices\""),
        ("networks", "organisations/ePCN_2022-08.xlsx", "\"nhs-ods-networks\""),
        ("mapping", "registered-patients/gp-reg-pat-prac-map_2022-01.csv", "\"nhs-practice-mapping\""),
        ("branches", "organisations/ebranchs_2017-08.csv", "\"nhs-ods-branches\""),
        ("pharmacies", "organisations/edispensary_2025-04.csv", "\"nhs-ods-dispensaries\""),
        ("hospitals", "hospitals/Hospital_2023.csv", "\"nhs-hospitals\"\nwithin_km = 30"),
        ("onspd", "postcodes/onspd_layout_leicestershire_2022-05.csv", "\"ons-postcodes\""),
        ("le", "postcodes/codepoint-open/le.csv", "\"os-code-point-open\""),
        ("ng", "postcodes/codepoint-open/ng.csv", "\"os-code-point-open\""),
        ("pe", "postcodes/codepoint-open/pe.csv", "\"os-code-point-open\""),
        (
            "register",
            "registered-patients/gp-reg-pat-prac-lsoa-all_2022-07_leicestershire.csv",
            "\"nhs-registered-patients\"\narea_type = \"lsoa11\"\nleast_patients = 50\nleast_share_percent = 5",
        ),
    ];
    let recipe = files.iter().fold(head, |recipe, (id, path, reads)| recipe + &source(id, path, reads));
    let imported = import(&Recipe::parse("official.toml", &recipe, vec![inputs, folder]).unwrap(), &mut |_| {}).unwrap();
    let edition = &imported.edition;
    println!("{}", imported.report);
    assert_eq!(imported.report.total(Severity::Error), 0);
    assert_eq!((edition.practices.items.len(), edition.hospitals.items.len(), edition.pharmacies.items.len()), (157, 153, 384));
    // The default edition's practices were put together by others from the same publications.
    let (mut both, mut located) = (0, 0);
    for known in &DEFAULT.edition.practices.items {
        let code = known.organisation.code;
        let made = edition.practices.items.iter().find(|practice| practice.organisation.code == code).unwrap();
        assert_eq!((&made.organisation.name, &made.organisation.address), (&known.organisation.name, &known.organisation.address));
        assert_eq!((&made.organisation.postcode, made.organisation.status), (&known.organisation.postcode, known.organisation.status));
        let code_of = |membership: &Option<Membership>| membership.as_ref().map(|membership| membership.code);
        assert_eq!((code_of(&made.pcn), code_of(&made.commissioner)), (code_of(&known.pcn), code_of(&known.commissioner)), "{code}");
        both += 1;
        if let Some(location) = made.organisation.location {
            located += 1;
            let (a, b) = (location.point.0, known.organisation.location.unwrap().point.0);
            assert!((a.x() - b.x()).hypot(a.y() - b.y()) < 200.0, "{code} lies at {a:?} and {b:?}");
        }
    }
    println!("{both} practices are the same in both, {located} of them located by postcodes of three areas");
    assert!(both == 146 && located > 120);
}

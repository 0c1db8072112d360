//! Lookups between areas.

use std::collections::HashMap;

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::ons_lookup::{AreaColumn, Lookup, area_column, read};
use needsmap::model::area::{AreaCode, AreaType};

use super::official;

fn types(ids: &[&str]) -> Vec<AreaType> {
    ids.iter().map(|id| AreaType::parse(id).unwrap()).collect()
}

fn lookup_of(text: &str, ids: &[&str]) -> (Lookup, Report) {
    let (mut lookup, mut report) = (Lookup::default(), Report::default());
    read(&Input::from_bytes("twin.csv", text), &types(ids), &HashMap::new(), &mut lookup, &mut report).unwrap();
    lookup.complete();
    (lookup, report)
}

fn parent(lookup: &Lookup, from: &str, to: &str, code: &str) -> Option<String> {
    let relation = lookup.parents.get(&(AreaType::parse(from).unwrap(), AreaType::parse(to).unwrap()))?;
    relation.get(&AreaCode::parse(code).unwrap()).map(ToString::to_string)
}

#[test]
fn columns_are_known_by_type_and_vintage_in_every_spelling() {
    for (name, area_type, role) in [
        ("LSOA11CD", "lsoa11", AreaColumn::Code),
        ("\u{feff}msoa21hcln", "msoa21", AreaColumn::Alias),
        ("MSOA11HCLNM", "msoa11", AreaColumn::Alias),
        ("ltla22_code", "lad22", AreaColumn::Code),
        ("CTYUA23NM", "cty23", AreaColumn::Name),
        ("WD24CD", "wd24", AreaColumn::Code),
        ("sicbl22_name", "sicbl22", AreaColumn::Name),
    ] {
        assert_eq!(area_column(name), Some((AreaType::parse(area_type).unwrap(), role)), "{name}");
    }
    for name in ["icb22_code_h", "LSOA11NMW", "CHGIND", "LONG", "UTLACD", "LAD", ""] {
        assert_eq!(area_column(name), None, "{name}");
    }
}

#[test]
fn parents_names_and_aliases_are_gathered_and_a_county_is_reached_through_its_district() {
    let text = "\u{feff}LSOA11CD,LSOA11NM,MSOA11CD,MSOA11HCLNM,LAD19CD,LAD19NM\n\
                E01000001,Twin 001A,E02000001,Town End,E07000001,Twinshire\n";
    let (mut lookup, mut report) = lookup_of(text, &["lsoa11", "msoa11", "lad19", "cty19"]);
    let county = "LAD19CD,CTY19CD,CTY19NM\nE07000001,E10000001,Twin County\nE06000001,,\n";
    read(&Input::from_bytes("county.csv", county), &types(&["lad19", "cty19"]), &HashMap::new(), &mut lookup, &mut report).unwrap();
    lookup.complete();
    assert_eq!(parent(&lookup, "lsoa11", "cty19", "E01000001").as_deref(), Some("E10000001"));
    assert_eq!(parent(&lookup, "msoa11", "lad19", "E02000001").as_deref(), Some("E07000001"));
    assert_eq!(lookup.aliases.values().collect::<Vec<_>>(), ["Town End"]);
    assert!(report.findings().is_empty(), "{report}");
}

#[test]
fn an_area_in_two_districts_and_a_code_that_is_none_are_found() {
    let text = "LSOA11CD,MSOA11CD,LAD19CD\n\
                E01000001,E02000001,E07000001\n\
                E01000001,E02000001,E07000002\n\
                E01000002,nowhere,E07000001\n";
    let (lookup, report) = lookup_of(text, &["lsoa11", "msoa11", "lad19"]);
    assert_eq!(parent(&lookup, "lsoa11", "lad19", "E01000001").as_deref(), Some("E07000001"));
    assert_eq!(parent(&lookup, "msoa11", "lad19", "E02000001"), None);
    insta::assert_snapshot!(report, @r#"
    2 errors, 0 warnings, 1 note
    error [not-an-area-code] twin.csv:4 "MSOA11CD": expected an area code (one letter and eight digits, such as E01025965), found "nowhere"; the row was left out
    error [two-parents] twin.csv:3 "LAD19CD": E01000001 lies in E07000001 by an earlier row and in E07000002 by this one; the first was kept
    note [not-nested] twin.csv: 1 of 1 msoa11 areas lie in more than one lad19 area; no parents of that type are given
    twin.csv: 3 rows read, 3 kept
    "#);
}

#[test]
fn a_table_without_area_codes_is_refused() {
    let (mut lookup, mut report) = (Lookup::default(), Report::default());
    let refusal = read(&Input::from_bytes("twin.csv", "code,name\n"), &types(&["lsoa11"]), &HashMap::new(), &mut lookup, &mut report).unwrap_err();
    assert_eq!(refusal.to_string(), r#"twin.csv: missing column: "LSOA11CD"; found: "code", "name""#);
}

#[test]
fn published_lookups_are_read() {
    let files: [(&str, &[&str], usize); 4] = [
        ("lookups/lookup_lsoa11_msoa11.csv", &["lsoa11", "msoa11"], 34_753),
        ("lookups/derived_LSOA21_MSOA21_WD24_LAD24.csv", &["lsoa21", "wd24"], 35_672),
        ("lookups/lookup_lsoa21_icb24.csv", &["lsoa21", "icb24"], 33_755),
        ("lookups/Lower_Layer_Super_Output_Area_(2021)_to_Ward_(2022)_to_LAD_(2022)_Lookup_in_England_and_Wales_v3.csv", &["lsoa21", "lad22"], 35_672),
    ];
    for (path, ids, least) in files {
        let Some(path) = official(path) else { return };
        let (mut lookup, mut report) = (Lookup::default(), Report::default());
        read(&Input::read(&path, None).unwrap(), &types(ids), &HashMap::new(), &mut lookup, &mut report).unwrap();
        let [smaller, larger] = types(ids)[..] else { unreachable!("two types each") };
        let found = lookup.parents[&(smaller, larger)].len();
        assert!(found >= least, "{}: {found}", path.display());
    }
}

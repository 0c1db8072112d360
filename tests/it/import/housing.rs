//! Housing sites and requirements, put together: those of the default edition, and sites that lie in or contradict each other.

use std::collections::BTreeMap;

use needsmap::import::housing::HousingFiles;
use needsmap::import::input::Input;
use needsmap::import::source::mhclg_brownfield_register::{self, RegisterOptions};
use needsmap::import::source::{general_site_table, plan_requirements};
use needsmap::import::{Recipe, Report, import};
use needsmap::model::housing::HousingSite;

use super::ours;
use crate::county;

#[test]
fn the_default_edition_holds_304_sites_of_which_18_are_not_located_and_8_requirements() {
    let imported = import(&Recipe::read(&ours("data/inputs/sources.toml"), None).unwrap(), &mut |_| {}).unwrap();
    let sites = &imported.edition.housing_sites;
    let not_located = sites.items.iter().filter(|site| site.location.is_none()).count();
    assert_eq!((sites.items.len(), not_located, imported.edition.housing_requirements.items.len()), (304, 18, 8), "{}", imported.report);
    assert!(sites.items.is_sorted_by(|a, b| a.id < b.id));
    assert_eq!(sites.sources, ["housing-sites"]);
    assert_eq!(imported.edition.housing_requirements.sources, ["local-plans"]);
}

/// Ten columns: id, authority, status, dwellings, easting, northing, precision, part of.
const HEADER: &str = "site_id,name,local_authority_code,status,dwellings,easting,northing,location_precision,part_of\n";

/// Sites of a table in the made-up county: twelve squares of a kilometre from 480000, 318000; columns 0 and 1 are E07000000, 2 and 3 E07000001.
fn put_together(tables: &[&str]) -> (Vec<HousingSite>, Report) {
    let mut report = Report::default();
    let mut files = HousingFiles::default();
    for (table, number) in tables.iter().zip(1..) {
        let text = if table.starts_with('{') { (*table).to_owned() } else { format!("{HEADER}{table}") };
        let input = Input::from_bytes(&format!("twin-{number}"), text);
        files.add_sites("plans", general_site_table::read(&input, &mut report).unwrap());
    }
    let (sites, _) = files.put_together(&county::edition().layers, &mut report);
    (sites.items, report)
}

#[test]
fn sites_that_nothing_ties_to_the_edition_are_left_out_with_a_count_of_their_dwellings() {
    let (sites, report) = put_together(&["IN,At home,E07000000,option,10,480500,318500,point,\n\
         IN-2,Not located,E07000001,option,10,,,none,\n\
         IN-3,Nothing known,,option,10,,,none,\n\
         IN-4,By its point,,option,10,480500,318500,point,\n\
         FOREIGN,Foreign authority but here,E07000009,option,10,480500,318500,point,\n\
         OUT-1,Elsewhere,E07000009,option,100,500500,318500,point,\n\
         OUT-2,Elsewhere not located,E07000009,option,,,,none,\n\
         OUT-3,By its point,,option,30,500500,318500,point,\n"]);
    assert_eq!(sites.iter().map(|site| site.id.as_str()).collect::<Vec<_>>(), ["FOREIGN", "IN", "IN-2", "IN-3", "IN-4"]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_point_in_another_district_is_found_unless_the_border_may_be_generalised() {
    let (_, report) = put_together(&["A,Next district,E07000000,option,10,483500,318500,point,\n\
         B,Just over the border,E07000000,option,10,482100,318500,point,\n\
         C,Far away,E07000000,option,10,560000,318500,point,\n\
         D,Just outside the county,E07000000,option,10,479900,318500,point,\n"]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_larger_site_that_is_none_or_leads_back_is_found() {
    let (sites, report) = put_together(&["A,Part of itself,,option,10,,,none,A\n\
         B,Part of nothing,,option,10,,,none,Z\n\
         C,Circle,,option,10,,,none,D\n\
         D,Circle,,option,10,,,none,E\n\
         E,Circle,,option,10,,,none,C\n\
         F,Part of the circle,,option,10,,,none,D\n"]);
    let parts: Vec<_> = sites.iter().map(|site| site.part_of.as_deref()).collect();
    assert_eq!(parts, [None, None, None, Some("E"), Some("C"), Some("D")]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_site_inside_the_outline_of_another_is_a_part_of_the_smallest_such() {
    let square = |west: f64, south: f64, side: f64| {
        let corner = |x: f64, y: f64| format!("[{},{}]", west + x * side, south + y * side);
        let ring = [corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 1.0), corner(0.0, 0.0)].join(",");
        format!("{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}")
    };
    let feature = |id: &str, geometry: String| {
        format!("{{\"type\":\"Feature\",\"properties\":{{\"site_id\":\"{id}\",\"name\":\"{id}\",\"status\":\"allocation\"}},\"geometry\":{geometry}}}")
    };
    let twice = square(481_000.0, 318_000.0, 400.0);
    let features = [
        feature("LARGE", square(480_000.0, 318_000.0, 900.0)),
        feature("MIDDLE", square(480_200.0, 318_200.0, 500.0)),
        feature("TWIN-1", twice.clone()),
        feature("TWIN-2", twice),
    ];
    let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
    let (sites, report) = put_together(&[
        &collection,
        "IN-LARGE,In the larger,,option,10,480100,318100,point,\n\
         IN-BOTH,In both,,option,10,480300,318300,point,\n\
         SAID,In both but said,,option,10,480300,318300,point,LARGE\n\
         LARGE,Twice,,option,10,,,none,\n",
    ]);
    let parts: Vec<(&str, Option<&str>)> = sites.iter().map(|site| (site.id.as_str(), site.part_of.as_deref())).collect();
    let expected = [
        ("IN-BOTH", Some("MIDDLE")),
        ("IN-LARGE", Some("LARGE")),
        ("LARGE", None),
        ("MIDDLE", Some("LARGE")),
        ("SAID", Some("LARGE")),
        ("TWIN-1", Some("TWIN-2")),
        ("TWIN-2", None),
    ];
    assert_eq!(parts, expected);
    insta::assert_snapshot!(report);
}

#[test]
fn registers_of_other_places_are_left_out_of_the_default_edition_and_doubtful_points_are_named() {
    let imported = import(&Recipe::read(&ours("data/inputs/sources.toml"), None).unwrap(), &mut |_| {}).unwrap();
    let rules = ["outside-its-authority", "beyond-a-generalised-border", "unknown-authority", "lies-in-another-site"];
    let found: Vec<String> =
        rules.iter().map(|rule| format!("{rule}: {}", imported.report.findings().iter().filter(|finding| finding.rule == *rule).count())).collect();
    println!("{}", imported.report.text(true));
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn of_two_editions_of_a_register_in_two_files_the_later_counts() {
    let register = |name: &str, date: &str, dwellings: u32, report: &mut Report| {
        let text = format!(
            "organisation,site,site-address,planning-permission-status,latitude,longitude,minimum-net-dwellings,entry-date\n\
             local-authority-eng:WOL,A,Mill,permissioned,52.76,-0.88,{dwellings},{date}\n"
        );
        let options = RegisterOptions::from_entry(Some("E07000000"), &BTreeMap::new()).unwrap();
        mhclg_brownfield_register::read(&Input::from_bytes(name, text), &options, report).unwrap()
    };
    let mut report = Report::default();
    let mut files = HousingFiles::default();
    files.add_sites("registers", register("later.csv", "2019-12-31", 12, &mut report));
    files.add_sites("registers", register("earlier.csv", "2018-12-31", 10, &mut report));
    let (sites, _) = files.put_together(&county::edition().layers, &mut report);
    assert_eq!((sites.items.len(), sites.items[0].dwellings, sites.sources.len()), (1, Some(12), 1));
    insta::assert_snapshot!(report);
}

#[test]
fn requirements_of_other_authorities_are_left_out_with_a_count() {
    let text = "local_authority_code,plan,option,from_year,to_year,dwellings_total\nE07000000,Wold Plan,adopted,2011,2036,100\nE07000009,Vale Plan,adopted,2011,2036,100\n";
    let mut report = Report::default();
    let mut files = HousingFiles::default();
    files.add_requirements("plans", plan_requirements::read(&Input::from_bytes("twin.csv", text), &mut report).unwrap());
    let (_, requirements) = files.put_together(&county::edition().layers, &mut report);
    assert_eq!(requirements.items.iter().map(|requirement| requirement.plan.as_str()).collect::<Vec<_>>(), ["Wold Plan"]);
    insta::assert_snapshot!(report);
}

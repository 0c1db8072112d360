//! Travel times that others have published.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::published_travel_times::{TimesOptions, TimesTable, read};
use needsmap::model::area::AreaType;
use needsmap::model::travel::Mode;

use super::default_edition::DEFAULT;

fn read_twin(text: &str) -> (TimesTable, Report) {
    let mut report = Report::default();
    let options = TimesOptions { mode: Mode::Car, area_type: AreaType::parse("lsoa11").unwrap(), note: "a twin's times".to_owned() };
    let table = read(&Input::from_bytes("twin.csv", text), &options, &mut report).unwrap();
    (table, report)
}

const HEADER: &str = "LSOA11CD,site,minutes_by_car\n";

#[test]
fn sites_stand_in_the_order_in_which_they_are_met_and_minutes_keep_their_tenths() {
    let (table, report) = read_twin(&format!("{HEADER}E01000001,Twin Infirmary,14.4\nE01000001,Twin General,9\ne01000002,Twin Infirmary,\n"));
    assert_eq!(table.sites, ["Twin Infirmary", "Twin General"]);
    let minutes: Vec<String> = table.minutes.iter().map(|(code, site, minutes)| format!("{code} {site} {minutes:?}")).collect();
    assert_eq!(minutes, ["E01000001 0 Some(14.4)", "E01000001 1 Some(9.0)", "E01000002 0 None"]);
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 0 notes
    twin.csv: 3 rows read, 3 kept
    ");
}

#[test]
fn what_cannot_be_a_time_is_found_with_its_place() {
    let rows = "E0100001,Twin Infirmary,14.4\nE01000001,,14.4\nE01000001,Twin Infirmary,-5\nE01000002,Twin Infirmary,ten\nE01000003,Twin Infirmary,20000\n\
                E01000004,Twin Infirmary,14.44\nE01000004,Twin Infirmary,15\nE01000005,Twin Infirmary\n";
    let (table, report) = read_twin(&format!("{HEADER}{rows}"));
    assert_eq!(table.minutes.iter().filter_map(|(.., minutes)| *minutes).collect::<Vec<_>>(), [14.4]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_table_of_other_areas_or_without_minutes_is_refused() {
    let options = TimesOptions { mode: Mode::Car, area_type: AreaType::parse("lsoa11").unwrap(), note: String::new() };
    let refusal = |text: &str| read(&Input::from_bytes("twin.csv", text), &options, &mut Report::default()).unwrap_err().to_string();
    assert!(refusal("LSOA21CD,site,minutes\nE01000001,Twin,1\n").contains("LSOA11CD"), "{}", refusal("LSOA21CD,site,minutes\n"));
    assert!(refusal("LSOA11CD,site,minutes_on_foot\n").contains("minutes or minutes_by_car"));
    assert!(refusal("").contains("nothing"));
}

#[test]
fn the_default_edition_holds_car_minutes_to_nine_hospitals_six_of_which_are_its_own() {
    let [times] = DEFAULT.edition.published_times.as_slice() else { panic!("expected one table of times") };
    assert_eq!((times.mode, times.sites.len(), times.minutes.len()), (Mode::Car, 9, 611 * 9));
    assert!(times.minutes.iter().all(|minutes| (5.8..=118.6).contains(minutes)));
    let elsewhere: Vec<&str> = times.sites.iter().filter(|site| site.hospital.is_none()).map(|site| site.name.as_str()).collect();
    assert_eq!(elsewhere, ["Northampton General Hospital", "Royal Stoke University Hospital", "Lincoln County Hospital"]);
    let findings: Vec<String> =
        DEFAULT.report.findings().iter().filter(|finding| finding.rule == "not-a-hospital").map(|finding| finding.message.clone()).collect();
    assert_eq!(findings.len(), 3, "{findings:?}");
}

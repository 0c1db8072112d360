//! Housing sites in the table that any planner can write.

use needsmap::import::Report;
use needsmap::import::housing::ReadSite;
use needsmap::import::input::Input;
use needsmap::import::source::general_site_table::read;
use needsmap::model::housing::SiteStatus;
use needsmap::model::organisation::Precision;

const HEADER: &str =
    "site_id,name,local_authority_code,status,dwellings,dwellings_in_plan_period,permitted_now,first_year,last_year,lon,lat,location_precision,source\n";

fn read_twin(text: &str) -> (Vec<ReadSite>, Report) {
    let mut report = Report::default();
    let sites = read(&Input::from_bytes("twin.csv", text), &mut report).unwrap();
    (sites, report)
}

#[test]
fn a_site_is_read_with_all_that_it_has_and_what_is_missing_is_not_held() {
    let rows = "A-1,South Field,E07000001,under construction,\"2,000\",1700,600,2016,2030,-0.893,52.749,approximate (hand-placed),Local Plan policy 4\n\
                A-2,North Field,,Register only,,,,,,,,none,\n\
                A-3,West Field,,option,0,,,,,-0.885,52.7845,,\n";
    let (sites, report) = read_twin(&format!("{HEADER}{rows}"));
    assert!(report.findings().is_empty(), "{report}");
    let first = &sites[0].site;
    assert_eq!((first.dwellings, first.dwellings_in_plan_period, first.permitted_now), (Some(2000), Some(1700), Some(600)));
    assert_eq!((first.status, first.first_year, first.last_year), (SiteStatus::UnderConstruction, Some(2016), Some(2030)));
    assert_eq!(first.location.as_ref().unwrap().location.precision, Precision::Approximate);
    assert_eq!((sites[1].site.dwellings, &sites[1].site.location), (None, &None));
    assert_eq!((sites[2].site.dwellings, sites[2].site.location.as_ref().unwrap().location.precision), (Some(0), Precision::Exact));
}

#[test]
fn every_doubt_about_a_site_has_its_place() {
    let rows = ",No id,,option,,,,,,-0.9,52.7,point,\n\
                B-1,,,option,,,,,,-0.9,52.7,point,\n\
                B-2,Maybe,,maybe,,,,,,-0.9,52.7,point,\n\
                B-1,Again,,option,,,,,,-0.9,52.7,point,\n\
                B-3,Half a dwelling,E0700001,option,12.5,many,-3,20x6,,-0.9,52.7,point,\n\
                B-4,More than all,,option,10,11,12,2030,2016,-0.9,52.7,point,\n\
                B-5,Swapped,,option,,,,,,52.7,-0.9,point,\n\
                B-6,Sydney,,option,,,,,,151.2,-33.9,point,\n\
                B-7,None and some,,option,,,,,,-0.9,52.7,none,\n\
                B-8,Nothing said,,option,,,,,,,,,\n\
                B-9,Half a point,,option,,,,,,-0.9,,point,\n\
                B-10,Strange,,option,,,,99,,-0.9,52.7,roughly,\n";
    let (_, report) = read_twin(&format!("{HEADER}{rows}"));
    insta::assert_snapshot!(report);
}

#[test]
fn a_table_without_ids_names_or_statuses_is_refused() {
    let error = read(&Input::from_bytes("twin.csv", "site_id,status\n1,option\n"), &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(error, @r#"twin.csv: missing column: "name"; found: "site_id", "status""#);
}

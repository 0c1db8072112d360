//! Brownfield land registers in both layouts, with what councils wrote into them.

use std::collections::BTreeMap;

use needsmap::import::Report;
use needsmap::import::housing::ReadSite;
use needsmap::import::input::Input;
use needsmap::import::source::general_site_table;
use needsmap::import::source::mhclg_brownfield_register::{RegisterOptions, read};
use needsmap::model::housing::{HousingSite, SiteStatus};
use needsmap::model::organisation::Precision;

use super::{official, ours};

const COLLECTION: &str = "resource-date,entry-date,organisation,site,site-address,planning-permission-status,planning-permission-type,\
                          latitude,longitude,minimum-net-dwellings,maximum-net-dwellings,start-date,end-date\n";
const STANDARD: &str = "OrganisationURI,OrganisationLabel,SiteReference,PreviouslyPartOf,SiteNameAddress,CoordinateReferenceSystem,GeoX,GeoY,\
                        PlanningStatus,PermissionType,MinNetDwellings,NetDwellingsRangeFrom,NetDwellingsRangeTo,FirstAddedDate,LastUpdatedDate\n";

fn options() -> RegisterOptions {
    let authorities = [("local-authority-eng:WOL", "E07000001"), ("vale", "E07000002"), ("Borough of Dale", "E07000003")];
    let authorities: BTreeMap<String, String> = authorities.map(|(organisation, code)| (organisation.to_owned(), code.to_owned())).into();
    RegisterOptions::from_entry(None, &authorities).unwrap()
}

fn read_twin(text: String) -> (Vec<ReadSite>, Report) {
    let mut report = Report::default();
    let sites = read(&Input::from_bytes("twin.csv", text), &options(), &mut report).unwrap();
    (sites, report)
}

#[test]
fn a_register_of_the_national_collection_is_read_with_the_least_number_of_dwellings() {
    let rows = "2019-11-30,2018-12-31,local-authority-eng:WOL,WP/1 (part),\"The Old Mill, Wold\",permissioned,full planning permission,52.76,-0.88,10,12,2018-12-31,\n\
                2019-11-30,2018-12-31,local-authority-eng:WOL,WP/2,Gasworks,pending decision,,52.75,-0.87,\"1,240\",1240,,2029-01-01\n\
                2019-11-30,2018-12-31,local-authority-eng:WOL,WP/3,Depot,not permissioned,,,,5,5,,\n";
    let (sites, report) = read_twin(format!("{COLLECTION}{rows}"));
    let first = &sites[0].site;
    assert_eq!((first.id.as_str(), first.name.as_str(), first.dwellings), ("BLR-WOL-WP/1 (part)", "The Old Mill, Wold", Some(10)));
    assert_eq!((first.authority.unwrap().to_string().as_str(), first.status), ("E07000001", SiteStatus::Permission));
    assert_eq!(first.reference, "Brownfield land register 2019-11");
    assert_eq!((sites[1].site.status, sites[1].site.dwellings), (SiteStatus::RegisterOnly, Some(1240)));
    insta::assert_snapshot!(report);
}

#[test]
fn a_register_in_the_standard_layout_is_read_in_metres_and_in_degrees() {
    let rows = "http://example.org/id/vale,Vale,V1,,\"\"\"Station Yard\n  (north)\"\"\",OSGB36,475000.5,317000.25,permissioned,other,350,,,31/12/2017,2018-01-05\n\
                http://example.org/id/vale,Vale,V1a,V1,Signal box,WGS84,-0.88,52.74,Not Permissioned,,,14,20,31/12/2017,\n\
                http://example.org/id/dale,Borough of Dale,V1,,Mill,ETRS89,-0.87,52.73,Pending decision,,7,7,7,,\n";
    let (sites, report) = read_twin(format!("{STANDARD}{rows}"));
    let ids: Vec<&str> = sites.iter().map(|read| read.site.id.as_str()).collect();
    assert_eq!(ids, ["BLR-vale-V1", "BLR-vale-V1a", "BLR-dale-V1"]);
    assert_eq!(sites[0].site.name, "Station Yard (north)");
    assert_eq!(sites[0].site.reference, "Brownfield land register 2018-01");
    assert_eq!(sites[1].site.part_of.as_deref(), Some("BLR-vale-V1"));
    assert_eq!((sites[1].site.dwellings, sites[2].site.dwellings), (Some(14), Some(7)));
    assert_eq!(sites[2].site.authority.unwrap().to_string(), "E07000003");
    assert_eq!(report.findings().iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["least-dwellings"], "{report}");
}

#[test]
fn what_councils_wrote_into_registers_is_found_in_its_place() {
    let rows = "http://example.org/id/vale,,G1,,Geocentric,ETRS89,3975323.664,-7125.8838,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,G2,,Filled down,ETRS114,-0.88,52.74,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,G3,,Old datum in degrees,OSGB36,-0.88,52.74,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,G4,,Metres called degrees,WGS84,475000,317000,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,G5,,Exchanged,WGS84,52.74,-0.88,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,G6,,Sydney,WGS84,151.2,-33.9,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,G7,,No point,OSGB36,,,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,D1,G99,Fewer than none,OSGB36,475000,317000,permissioned,,-48,,,2017-12-31,12/31/2017\n\
                http://example.org/id/vale,,D2,,Range,OSGB36,475000,317000,permissioned,,12,12,10,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,S1,,No status,OSGB36,475000,317000,,full planning permis,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,S2,,Other status,OSGB36,475000,317000,maybe,permission in principle,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/vale,,,,No reference,OSGB36,475000,317000,permissioned,,1,,,2017-12-31,2017-12-31\n\
                ,,N1,,No organisation,OSGB36,475000,317000,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/moor,,M1,,Unknown organisation,OSGB36,475000,317000,permissioned,,1,,,2017-12-31,2017-12-31\n\
                http://example.org/id/moor,,M2,,Unknown organisation,OSGB36,475000,317000,permissioned,,1,,,2017-12-31,2017-12-31\n";
    let (sites, report) = read_twin(format!("{STANDARD}{rows}"));
    let precise = |id: &str| sites.iter().find(|read| read.site.id.ends_with(id)).unwrap().site.location.as_ref().map(|location| location.location.precision);
    assert_eq!([precise("G1"), precise("G2"), precise("G3")], [None, Some(Precision::Exact), Some(Precision::Approximate)]);
    assert_eq!([precise("G4"), precise("G5"), precise("G6")], [Some(Precision::Approximate), None, None]);
    insta::assert_snapshot!(report);
}

#[test]
fn of_several_entries_the_latest_counts_and_what_has_ended_does_not() {
    let rows = "2018-05-22,2017-12-31,local-authority-eng:WOL,A,Mill,not permissioned,,52.76,-0.88,10,10,,\n\
                2019-11-30,2019-10-31,local-authority-eng:WOL,A,Mill,permissioned,,52.76,-0.88,12,12,,\n\
                2018-05-22,2017-12-31,local-authority-eng:WOL,B,Gasworks,not permissioned,,52.76,-0.88,20,20,,\n\
                2019-11-30,2019-10-31,local-authority-eng:WOL,B,Gasworks,permissioned,,52.76,-0.88,20,20,,2019-06-01\n\
                2019-11-30,2019-10-31,local-authority-eng:WOL,C,Depot,permissioned,,52.76,-0.88,30,30,,01/06/2020\n\
                2019-11-30,2019-10-31,local-authority-eng:WOL,D,Yard,permissioned,,52.76,-0.88,40,40,,soon\n\
                2019-11-30,2019-10-31,local-authority-eng:WOL,E,Shop,permissioned,,52.76,-0.88,50,50,,\n\
                2019-11-30,2019-10-31,local-authority-eng:WOL,E,Shop,permissioned,,52.76,-0.88,55,55,,\n";
    let (sites, report) = read_twin(format!("{COLLECTION}{rows}"));
    let kept: Vec<(&str, Option<u32>)> = sites.iter().map(|read| (read.site.id.as_str(), read.site.dwellings)).collect();
    assert_eq!(kept, [("BLR-WOL-A", Some(12)), ("BLR-WOL-C", Some(30)), ("BLR-WOL-D", Some(40)), ("BLR-WOL-E", Some(55))]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_point_as_text_and_one_authority_for_the_whole_file_are_read_too() {
    let text = "reference,name,point,planning-permission-status,minimum-net-dwellings,entry-date,end-date\n\
                R1,Mill,POINT (-0.88 52.76),permissioned,12,2024-03-01,\n\
                R2,Yard,MULTIPOINT (-0.88 52.76),permissioned,12,2024-03-01,\n";
    let options = RegisterOptions::from_entry(Some("E07000001"), &BTreeMap::new()).unwrap();
    let mut report = Report::default();
    let sites = read(&Input::from_bytes("twin.csv", text), &options, &mut report).unwrap();
    assert_eq!((sites[0].site.id.as_str(), sites[0].site.location.is_some()), ("BLR-E07000001-R1", true));
    assert_eq!((sites[1].site.authority.is_some(), &sites[1].site.location), (true, &None));
    insta::assert_snapshot!(report);
}

#[test]
fn a_table_that_is_no_register_and_codes_that_are_none_are_refused() {
    let refusal = |text: &str| read(&Input::from_bytes("twin.csv", text), &options(), &mut Report::default()).unwrap_err().to_string();
    insta::assert_snapshot!(refusal("site,name\n1,2\n"), @r#"twin.csv: missing column: "planning-permission-status or PlanningStatus"; found: "site", "name""#);
    insta::assert_snapshot!(refusal("site,name,planning-permission-status\n1,2,3\n"), @r#"twin.csv: missing column: "longitude and latitude, GeoX and GeoY, or point"; found: "site", "name", "planning-permission-status""#);
    let bad = BTreeMap::from([("MEL".to_owned(), "E0700013".to_owned())]);
    insta::assert_snapshot!(RegisterOptions::from_entry(None, &bad).unwrap_err(), @r#"organisation "MEL": expected an area code (one letter and eight digits, such as E01025965), found "E0700013""#);
}

fn published(path: &str, authorities: &[(&str, &str)], report: &mut Report) -> Option<Vec<ReadSite>> {
    let path = official("housing")?.join(path);
    let authorities: BTreeMap<String, String> = authorities.iter().map(|(organisation, code)| ((*organisation).to_owned(), (*code).to_owned())).collect();
    let options = RegisterOptions::from_entry(None, &authorities).unwrap();
    Some(read(&Input::read(&path, None).unwrap(), &options, report).unwrap())
}

/// The register abbreviated HAR is Harlow's, not Harborough's: none of its sites is ours.
#[test]
fn the_registers_of_the_collection_agree_with_our_sites() {
    let mut report = Report::default();
    let input = Input::read(&ours("data/inputs/housing_sites.csv"), None).unwrap();
    let own: BTreeMap<String, HousingSite> =
        general_site_table::read(&input, &mut report).unwrap().into_iter().map(|read| (read.site.id.clone(), read.site)).collect();
    let mut compared = 0;
    for (organisation, code) in [
        ("bla", "E07000129"),
        ("cha", "E07000130"),
        ("hin", "E07000132"),
        ("lce", "E06000016"),
        ("mel", "E07000133"),
        ("nwl", "E07000134"),
        ("oad", "E07000135"),
        ("rut", "E06000017"),
    ] {
        let upper = organisation.to_uppercase();
        let file = format!("brownfield_2020-11_digital-land/local-authority-eng-{organisation}.csv");
        let Some(sites) = published(&file, &[(upper.as_str(), code)], &mut report) else { return };
        for site in sites.into_iter().map(|read| read.site) {
            assert_eq!(Some(&site), own.get(&site.id));
            compared += 1;
        }
    }
    assert_eq!(compared, 295);
    println!("{report}");
}

#[test]
fn registers_in_the_standard_layout_are_read_whole() {
    let mut report = Report::default();
    let Some(leicester) = published("brownfield_standard_layout/leicester_city_BLR_official_layout.csv", &[("leicester", "E06000016")], &mut report) else {
        return;
    };
    assert_eq!((leicester.len(), leicester.iter().filter(|read| read.site.location.is_some()).count()), (66, 66));
    assert_eq!(leicester.iter().filter(|read| read.site.status == SiteStatus::Permission).count(), 56);
    let london = published("brownfield_standard_layout/islington_2017_official_BLR_layout.csv", &[], &mut report).unwrap();
    assert_eq!((london.len(), london.iter().filter(|read| read.site.location.is_none()).count()), (1079, 101));
    let parts: Vec<(&str, &str)> = london.iter().filter_map(|read| Some((read.site.id.as_str(), read.site.part_of.as_deref()?))).collect();
    assert_eq!(parts, [("BLR-old-oak-and-park-royal-DCS43a", "BLR-old-oak-and-park-royal-DCS43")]);
    println!("{report}");
}

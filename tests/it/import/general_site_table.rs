//! Housing sites in the table that any planner can write.

use geo::Contains;
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

fn features(features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{geometry}}}")
}

#[test]
fn a_feature_collection_gives_points_and_outlines_with_a_point_inside() {
    let square = "{\"type\":\"Polygon\",\"coordinates\":[[[-0.90,52.74],[-0.88,52.74],[-0.88,52.75],[-0.90,52.75],[-0.90,52.74]]]}";
    let two = "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[-0.90,52.78],[-0.89,52.78],[-0.89,52.79],[-0.90,52.79],[-0.90,52.78]]],\
               [[[-0.87,52.78],[-0.86,52.78],[-0.86,52.79],[-0.87,52.78]]]]}";
    let members = |id: &str, more: &str| format!("\"Site_ID\":\"{id}\",\"name\":\"Site {id}\",\"status\":\"allocation\"{more}");
    let text = features(
        &[
            feature(&members("C-1", ",\"dwellings\":2000,\"first_year\":2020.0"), square),
            feature(&members("C-2", ",\"dwellings\":null,\"location_precision\":\"approximate\""), two),
            feature(&members("C-3", ""), "{\"type\":\"Point\",\"coordinates\":[-0.893,52.749]}"),
            feature(&members("C-4", ",\"location_precision\":\"none\""), "null"),
            feature(&members("C-5", ",\"lon\":-0.893,\"lat\":52.749"), "null"),
        ]
        .join(","),
    );
    let (sites, report) = read_twin(&text);
    assert!(report.findings().is_empty(), "{report}");
    let location = |at: usize| sites[at].site.location.clone();
    let (first, second) = (location(0).unwrap(), location(1).unwrap());
    assert_eq!((sites[0].site.dwellings, sites[0].site.first_year, first.location.precision), (Some(2000), Some(2020), Precision::Exact));
    assert!(first.outline.unwrap().0.contains(&first.location.point.0));
    assert_eq!((sites[1].site.dwellings, second.location.precision, second.outline.unwrap().0.0.len()), (None, Precision::Approximate, 2));
    assert_eq!(location(3), None);
    assert_eq!(location(2), location(4));
}

#[test]
fn a_feature_that_is_no_valid_site_is_found_by_its_place_in_the_file() {
    let members = |id: &str, more: &str| format!("\"site_id\":\"{id}\",\"name\":\"Site\",\"status\":\"option\"{more}");
    let bow = "{\"type\":\"Polygon\",\"coordinates\":[[[-0.90,52.74],[-0.88,52.75],[-0.88,52.74],[-0.90,52.75],[-0.90,52.74]]]}";
    let open = "{\"type\":\"Polygon\",\"coordinates\":[[[-0.90,52.74],[-0.88,52.74],[-0.88,52.75],[-0.90,52.75]]]}";
    let flat = "{\"type\":\"Polygon\",\"coordinates\":[[[-0.90,52.74],[-0.90,52.74],[-0.90,52.74],[-0.90,52.74]]]}";
    let far = "{\"type\":\"Polygon\",\"coordinates\":[[[151.1,-33.9],[151.2,-33.9],[151.2,-33.8],[151.1,-33.9]]]}";
    let point = "{\"type\":\"Point\",\"coordinates\":[-0.893,52.749]}";
    let text = features(
        &[
            feature(&members("D-1", ",\"colour\":\"red\""), bow),
            feature(&members("D-2", ""), open),
            feature(&members("D-3", ""), flat),
            feature(&members("D-4", ""), far),
            feature(&members("D-5", ""), "{\"type\":\"LineString\",\"coordinates\":[[-0.9,52.7],[-0.8,52.7]]}"),
            feature(&members("D-6", ""), "{\"type\":\"Point\",\"coordinates\":[52.749,-0.893]}"),
            feature(&members("D-7", ",\"location_precision\":\"none\""), point),
            feature(&members("D-8", ",\"lon\":-0.9,\"lat\":52.7"), point),
            feature(&members("D-9", ""), "null"),
            feature(&members("D-1", ""), point),
            feature("\"name\":\"No id\",\"status\":\"option\"", point),
        ]
        .join(","),
    );
    let (sites, report) = read_twin(&text);
    assert_eq!(sites.iter().filter(|read| read.site.location.is_some()).count(), 2);
    insta::assert_snapshot!(report);
}

#[test]
fn a_collection_whose_features_are_no_sites_is_refused() {
    let text = features(&feature("\"site_id\":\"1\"", "null"));
    let error = read(&Input::from_bytes("twin.geojson", text), &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(error, @r#"twin.geojson: missing columns: "name", "status"; found: "site_id""#);
    let error = read(&Input::from_bytes("twin.geojson", "{\"type\":\"Feature\"}"), &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(error, @r#"twin.geojson: expected a table or a GeoJSON feature collection, found no "features" near its start"#);
    let cut = features(&feature("\"site_id\":\"1\",\"name\":\"a\",\"status\":\"option\"", "null"));
    assert!(read(&Input::from_bytes("twin.geojson", &cut.as_bytes()[..cut.len() - 20]), &mut Report::default()).is_err());
}

#[test]
fn eastings_and_northings_are_read_where_there_are_no_degrees() {
    let text = "site_id,name,status,easting,northing\nE-1,Field,option,475000,\"317,000\"\nE-2,Degrees,option,-0.9,52.7\nE-3,Beyond,option,475000,1317000\n";
    let (sites, report) = read_twin(text);
    assert_eq!(sites[0].site.location.as_ref().unwrap().location.point.0, geo_types::Point::new(475_000.0, 317_000.0));
    let messages: Vec<String> = report.findings().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn no_bytes_make_it_panic() {
    for text in ["", "{", "{}", "{\"features\":[{}]}", "{\"features\":[1]}", "\u{feff}{\"features\":[]}", "site_id,name,status\n\"", "\u{0}"] {
        let _ = read(&Input::from_bytes("twin", text), &mut Report::default());
    }
}

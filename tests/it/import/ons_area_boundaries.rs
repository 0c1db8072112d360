//! Area boundaries as GeoJSON and FlatGeobuf.

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType, geozero::PropertyProcessor};
use geo::{Area as _, Validation};
use geo_types::{Geometry, MultiPolygon, Polygon, polygon};
use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::ons_area_boundaries::{Boundaries, read};
use needsmap::model::area::AreaType;

use super::official;

fn feature(code: &str, ring: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"FID":1,"LSOA21CD":{code:?},"LSOA21NM":"Twin 001A","LAD24CD":"E07000001"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
    )
}

fn collection(members: &str, features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection",{members}"features":[{}]}}"#, features.join(",\n"))
}

fn read_twin(text: &str) -> (Boundaries, Report) {
    let mut report = Report::default();
    let boundaries = read(&Input::from_bytes("twin.geojson", text), None, &mut report).unwrap();
    (boundaries, report)
}

const DEGREES: &str = "[-1.10,52.60],[-1.09,52.60],[-1.09,52.61],[-1.10,52.61],[-1.10,52.60]";
const METRES: &str = "[460000,300000],[461000,300000],[461000,301000],[460000,301000],[460000,300000]";

#[test]
fn degrees_become_metres_and_the_smallest_area_type_is_taken() {
    let (boundaries, report) = read_twin(&collection(r#""bbox":[-2,52,-1,53],"#, &[feature("E01000001", DEGREES)]));
    assert!(report.findings().is_empty(), "{report}");
    assert_eq!((boundaries.area_type.to_string().as_str(), boundaries.areas[0].name.as_str()), ("lsoa21", "Twin 001A"));
    let area = boundaries.areas[0].geometry.inner().unsigned_area();
    assert!((area - 753_000.0).abs() < 2000.0, "{area}");
}

#[test]
fn metres_are_known_by_the_crs_member_or_by_their_size() {
    for crs in ["", r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"#] {
        let (boundaries, _) = read_twin(&collection(crs, &[feature("E01000001", METRES)]));
        assert!((boundaries.areas[0].geometry.inner().unsigned_area() - 1e6).abs() < 1e-6);
    }
}

#[test]
fn features_that_are_no_valid_area_are_found_by_name_and_left_out() {
    let open = "[-1.10,52.60],[-1.09,52.60],[-1.09,52.61],[-1.10,52.61]";
    let short = "[-1.10,52.60],[-1.09,52.60],[-1.10,52.60]";
    let sydney = "[151.10,-33.60],[151.11,-33.60],[151.11,-33.61],[151.10,-33.60]";
    let bow_tie = "[-1.10,52.60],[-1.09,52.61],[-1.09,52.60],[-1.10,52.61],[-1.10,52.60]";
    let features = [
        feature("E01000001", open),
        feature("E01000002", short),
        feature("E01000003", sydney),
        feature("E01000004", bow_tie),
        feature("E01000005", DEGREES),
        feature("E01000005", DEGREES),
        feature("somewhere", DEGREES),
        r#"{"type":"Feature","properties":{"LSOA21CD":"E01000007"},"geometry":null}"#.to_owned(),
        r#"{"type":"Feature","properties":{"LSOA21CD":"E01000008"},"geometry":{"type":"Point","coordinates":[-1,52]}}"#.to_owned(),
    ];
    let (boundaries, report) = read_twin(&collection("", &features));
    assert_eq!(boundaries.areas.iter().map(|area| area.code.as_str()).collect::<Vec<_>>(), ["E01000004", "E01000005"]);
    assert!(boundaries.areas.iter().all(|area| area.geometry.inner().is_valid()));
    insta::assert_snapshot!(report, @r#"
    7 errors, 1 warning, 0 notes
    error [duplicate-area] twin.geojson "LSOA21CD": feature 6: E01000005 stands here a second time; the first feature was kept
    error [not-a-valid-area] twin.geojson: feature 1: E01000001 Twin 001A: expected a polygon, found an open ring; the feature was left out
    error [not-a-valid-area] twin.geojson: feature 2: E01000002 Twin 001A: expected a polygon, found a ring of 3 positions, fewer than 4; the feature was left out
    error [not-a-valid-area] twin.geojson: feature 3: E01000003 Twin 001A: expected a place in Great Britain, found 151.1, -33.6; the feature was left out
    error [not-a-valid-area] twin.geojson: feature 8: E01000007: expected a polygon, found no geometry; the feature was left out
    error [not-a-valid-area] twin.geojson: feature 9: E01000008: expected a polygon, found another kind of geometry; the feature was left out
    error [not-an-area-code] twin.geojson "LSOA21CD": feature 7: expected an area code (one letter and eight digits, such as E01025965), found "somewhere"; the feature was left out
    warning [crossing-rings] twin.geojson: feature 4: E01000004 Twin 001A: polygon at index 0 is invalid: exterior ring has a self-intersection; repaired
    twin.geojson: 9 rows read, 2 kept
    "#);
}

#[test]
fn files_that_break_off_or_are_something_else_are_refused() {
    let whole = collection("", &[feature("E01000001", DEGREES)]);
    let nameless = whole.replace("CD", "XX");
    let web_mercator = collection(r#""crs":{"type":"name","properties":{"name":"EPSG:9999"}},"#, &[]);
    let cases =
        [&whole[..whole.len() - 20], &whole[..whole.len() - 2], "a,b\n1,2\n", "", r#"{"type":"FeatureCollection","features":[]}"#, &nameless, &web_mercator];
    let refusals: Vec<String> =
        cases.iter().map(|text| read(&Input::from_bytes("twin.geojson", *text), None, &mut Report::default()).unwrap_err().to_string()).collect();
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    twin.geojson: expected feature 1, found Error while deserializing GeoJSON: EOF while parsing a list at line 1 column 209
    twin.geojson: expected feature 2, found IO Error: failed to fill whole buffer
    twin.geojson: expected a GeoJSON feature collection or FlatGeobuf, found no "features" near its start
    twin.geojson: expected a GeoJSON feature collection or FlatGeobuf, found no "features" near its start
    twin.geojson: expected feature 1, found Error while deserializing GeoJSON: expected value at line 1 column 1
    twin.geojson: expected an area code property such as LSOA21CD, found properties "FID", "LAD24XX", "LSOA21NM", "LSOA21XX" in feature 1
    twin.geojson: expected a coordinate system among CRS84, EPSG:4326 and EPSG:27700, found EPSG:9999
    "#);
}

fn flatgeobuf(epsg: i32, square: Polygon<f64>, index: bool) -> Vec<u8> {
    let options = FgbWriterOptions { crs: FgbCrs { code: epsg, ..Default::default() }, write_index: index, ..Default::default() };
    let mut writer = FgbWriter::create_with_options("twin", GeometryType::MultiPolygon, options).unwrap();
    writer.add_column("LSOA21CD", ColumnType::String, |_, _| {});
    let geometry = Geometry::MultiPolygon(MultiPolygon(vec![square]));
    writer
        .add_feature_geom(geometry, |feature| {
            feature.property(0, "LSOA21CD", &flatgeobuf::geozero::ColumnValue::String("E01000001")).unwrap();
        })
        .unwrap();
    let mut bytes = Vec::new();
    writer.write(&mut bytes).unwrap();
    bytes
}

#[test]
fn flatgeobuf_is_read_in_degrees_and_metres_and_every_cut_of_it_is_refused() {
    let metres = polygon![(x: 460_000.0, y: 300_000.0), (x: 461_000.0, y: 300_000.0), (x: 461_000.0, y: 301_000.0), (x: 460_000.0, y: 301_000.0)];
    let degrees = polygon![(x: -1.10, y: 52.60), (x: -1.09, y: 52.60), (x: -1.09, y: 52.61), (x: -1.10, y: 52.61)];
    for (bytes, expected) in [(flatgeobuf(27700, metres.clone(), true), 1e6), (flatgeobuf(4326, degrees, false), 753_000.0)] {
        let read_bytes = |bytes: &[u8]| read(&Input::from_bytes("twin.fgb", bytes), None, &mut Report::default());
        let area = read_bytes(&bytes).unwrap().areas[0].geometry.inner().unsigned_area();
        assert!((area - expected).abs() < 2000.0, "{area}");
        for cut in 0..bytes.len() {
            assert!(read_bytes(&bytes[..cut]).is_err(), "cut at {cut} of {}", bytes.len());
        }
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0xff;
            // Whatever it gives, it must not panic or allocate what a hostile length asks for.
            let _ = read_bytes(&flipped);
        }
    }
}

#[test]
fn published_boundaries_of_every_level_are_read() {
    for (path, area_type, least) in [
        ("boundaries/by-county/lsoa/E06000017.geojson", "lsoa21", 23),
        ("boundaries/by-county/lsoa11/E06000016.geojson", "lsoa11", 190),
        ("boundaries/by-county/ward/E06000017.geojson", "wd25", 10),
        ("boundaries/Integrated_Care_Boards_April_2023_EN_BSC_-187828753279616787.geojson", "icb23", 42),
        ("boundaries/england_msoa11.geojson.gz", "msoa11", 6791),
    ] {
        let Some(path) = official(path) else { return };
        let mut report = Report::default();
        let boundaries = read(&Input::read(&path, None).unwrap(), None, &mut report).unwrap();
        println!("{}: {}", path.display(), report);
        assert_eq!(boundaries.area_type, AreaType::parse(area_type).unwrap());
        assert!(boundaries.areas.len() >= least, "{}", boundaries.areas.len());
    }
}

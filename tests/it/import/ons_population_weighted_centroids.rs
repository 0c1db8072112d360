//! Population-weighted centroids.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::ons_population_weighted_centroids::{Centroids, read};
use needsmap::model::area::AreaCode;

use super::{official, ours};

fn read_twin(text: &str) -> (Centroids, Report) {
    let mut report = Report::default();
    let centroids = read(&Input::from_bytes("twin.csv", text), &mut report).unwrap();
    (centroids, report)
}

#[test]
fn both_published_layouts_and_our_own_give_the_same_point() {
    for text in [
        "\u{feff}X,Y,objectid,lsoa11cd,lsoa11nm\n423162.659,564144.35700000077486,201,E01008331,Twin 029A\n",
        "\u{feff}FID,LSOA21CD,GlobalID,x,y\n1,E01008331,38ad8fe8,423162.659,564144.357\n",
        "LSOA11CD,MSOA11CD,pwc_easting,pwc_northing\nE01008331,E02000001,423162.659,564144.357\n",
    ] {
        let (centroids, report) = read_twin(text);
        let point = centroids.points[&AreaCode::parse("E01008331").unwrap()].0;
        assert_eq!((point.x(), point.y()), (423_162.659, 564_144.357));
        assert!(report.findings().is_empty(), "{report}");
    }
}

#[test]
fn degrees_no_point_and_an_area_twice_are_found() {
    let text = "LSOA21CD,x,y\nE01000001,-1.1,52.6\nE01000002,,\nE01000003,450000,300000\nE01000003,450001,300000\n";
    let (centroids, report) = read_twin(text);
    assert_eq!(centroids.points.len(), 1);
    insta::assert_snapshot!(report, @r#"
    2 errors, 1 warning, 0 notes
    error [duplicate-area] twin.csv:5 "LSOA21CD": E01000003 stands here a second time; the first row was kept
    error [outside-great-britain] twin.csv:2 "x": expected metres of the British National Grid, found -1.1, 52.6; the point was left out
    warning [no-point] twin.csv:3: expected an easting and a northing; the area gets no published centroid
    twin.csv: 4 rows read, 1 kept
    "#);
}

#[test]
fn a_table_without_coordinates_is_refused() {
    let refusal = read(&Input::from_bytes("twin.csv", "LSOA21CD,lon,lat\n"), &mut Report::default()).unwrap_err();
    insta::assert_snapshot!(refusal, @r#"twin.csv: missing columns: "pwc_easting or x or BNG_E", "pwc_northing or y or BNG_N"; found: "LSOA21CD", "lon", "lat""#);
}

#[test]
fn published_centroids_are_read_and_agree_with_ours() {
    let Some(path) = official("centroids/Lower_Layer_Super_Output_Areas_December_2011_Population_Weighted_Centroids.csv") else { return };
    let mut report = Report::default();
    let published = read(&Input::read(&path, None).unwrap(), &mut report).unwrap();
    assert_eq!(published.points.len(), 34_753);
    let own = read(&Input::read(&ours("data/inputs/areas_lsoa11.csv"), None).unwrap(), &mut report).unwrap();
    assert!(own.points.iter().all(|(code, point)| published.points[code] == *point));
    assert!(report.findings().is_empty(), "{report}");
}

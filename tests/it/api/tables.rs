//! The numbers behind map sheets: one table or all of them, in formats that other programs open.

use axum::http::StatusCode;

use crate::client::{ask, refusal};

#[test]
fn every_format_of_the_tables_is_what_it_says() {
    for (f, media_type, start) in [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK".as_slice()),
        ("csv", "text/csv; charset=utf-8; header=present", b""),
        ("geojson", "application/geo+json", b"{"),
        ("fgb", "application/vnd.flatgeobuf", b"fgb"),
        ("gpkg", "application/geopackage+sqlite3", b"SQLite format 3"),
    ] {
        let answer = ask(&format!("/api/tables/map?within=E07000001&f={f}"));
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media_type), "{f}: {}", answer.text());
        assert!(answer.body.starts_with(start), "{f}");
        assert!(answer.header("content-disposition").ends_with(&format!(".{f}\"")), "{f}");
    }
    assert!(ask("/api/tables/map").header("content-type").ends_with("spreadsheetml.sheet"));
}

#[test]
fn every_table_that_a_sheet_names_can_be_had_where_it_says() {
    for link in ["within=E07000001&points=practices", "view=travel", "view=practice&practice=A00001", "view=growth&practice=A00001"] {
        let sheet = ask(&format!("/api/sheets/map?{link}&f=json")).json();
        for table in sheet["tables"].as_array().unwrap() {
            for format in table["formats"].as_array().unwrap() {
                let answer = ask(format["href"].as_str().unwrap());
                assert_eq!(answer.status, StatusCode::OK, "{format}: {}", answer.text());
                assert_eq!(answer.header("content-type"), format["media_type"].as_str().unwrap());
            }
        }
        for format in sheet["formats"].as_array().unwrap() {
            assert_eq!(ask(format["href"].as_str().unwrap()).status, StatusCode::OK, "{format}");
        }
    }
}

#[test]
fn the_rows_are_those_of_the_map_with_a_reason_where_there_is_no_number() {
    insta::assert_snapshot!(ask("/api/tables/map?f=csv").text());
}

#[test]
fn a_catchments_rows_withhold_what_its_answer_withholds() {
    insta::assert_snapshot!(ask("/api/tables/map?view=practice&practice=A00001&definition=areas&areas=E07000000,E07000001&f=csv").text());
}

#[test]
fn a_table_is_asked_for_by_its_name() {
    let sites = ask("/api/tables/map?view=travel&table=sites&f=geojson").json();
    assert_eq!(sites["features"][0]["geometry"]["type"], "Point");
    insta::assert_snapshot!([refusal("/api/tables/map?table=nothing&f=csv"), refusal("/api/tables/map?f=pdf")].join("\n"));
}

//! Tags, 304 and compression.

use axum::http::StatusCode;

use crate::client::{ask, ask_with};

const ADDRESS: &str = "/api/measures/imd-2019/values?area-type=lsoa11";

#[test]
fn who_has_the_bytes_already_is_told_so_and_sent_none() {
    let first = ask(ADDRESS);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 10, "{tag}");
    for held in [tag.clone(), format!("\"other\", {tag}"), format!("W/{tag}")] {
        let again = ask_with(ADDRESS, &[("if-none-match", &held)]);
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), tag);
    }
    assert_eq!(ask_with(ADDRESS, &[("if-none-match", "\"something else\"")]).status, StatusCode::OK);
}

#[test]
fn each_address_format_and_encoding_has_a_tag_of_its_own() {
    let tags = [
        ask(ADDRESS),
        ask(&format!("{ADDRESS}&within=E07000000")),
        ask_with(ADDRESS, &[("accept", "text/csv")]),
        ask_with(ADDRESS, &[("accept-encoding", "gzip")]),
        ask_with(ADDRESS, &[("accept-encoding", "br, gzip")]),
    ]
    .map(|answer| answer.header("etag").to_owned());
    for (position, tag) in tags.iter().enumerate() {
        assert!(!tags[..position].contains(tag), "{tags:?}");
    }
}

#[test]
fn a_body_is_compressed_as_the_client_accepts_and_is_the_same_underneath() {
    let plain = ask(ADDRESS).body;
    let gzip = ask_with(ADDRESS, &[("accept-encoding", "gzip;q=0.5")]);
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gzip.body[..]), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    let brotli = ask_with(ADDRESS, &[("accept-encoding", "gzip, br")]);
    assert_eq!(brotli.header("content-encoding"), "br");
    assert!(brotli.body.len() < plain.len() / 2);
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut brotli::Decompressor::new(&brotli.body[..], 4096), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    assert_eq!(ask_with(ADDRESS, &[("accept-encoding", "br;q=0")]).header("content-encoding"), "");
    assert_eq!(brotli.header("vary"), "accept, accept-encoding");
}

#[test]
fn an_address_that_names_the_version_of_the_edition_may_be_kept_for_ever() {
    let address = "/api/collections/lsoa11/tiles/WebMercatorQuad/10/332/508";
    assert_eq!(ask(&format!("{address}?edition=wold")).header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(ask(&format!("{address}?edition=older")).header("cache-control"), "no-cache");
    assert_eq!(ask(address).header("cache-control"), "no-cache");
}

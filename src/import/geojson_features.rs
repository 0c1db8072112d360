//! GeoJSON feature collections, feature by feature: properties as text, geometries judged before they are used.

use std::io::{BufRead, BufReader, Read};

use geo_types::Geometry;
use geojson::{FeatureReader, GeometryValue, JsonValue};

use super::error::ImportError;
use super::input::Input;
use crate::model::crs::Crs;

/// The longest text before the features of a file in which its coordinate system is looked for.
const MOST_HEADER_BYTES: u64 = 1 << 16;

/// One feature of a collection.
#[derive(Debug)]
pub struct Feature {
    /// Its properties; numbers are written out, and what is neither text, number nor a yes or no is empty.
    pub properties: Vec<(String, String)>,
    /// Its geometry, or why it is none; nothing where the file says null.
    pub geometry: Option<Result<Geometry<f64>, String>>,
}

/// The coordinate system that a collection names, and its features one after the other.
pub type Collection<'i> = (Option<Crs>, Box<dyn Iterator<Item = Result<Feature, ImportError>> + 'i>);

/// Opens a collection; `expected` is what the error says of a file that is none.
///
/// # Errors
/// When there are no features near the start, or the coordinate system is unknown; each feature may be an error of its own.
pub fn read<'i>(input: &'i Input, expected: &str) -> Result<Collection<'i>, ImportError> {
    let mut stream = BufReader::with_capacity(1 << 16, input.stream());
    let prefix = text_before_features(&mut stream).ok_or_else(|| wrong(input.name(), expected, "no \"features\" near its start"))?;
    let crs = crs_of(&prefix, input.name())?;
    let features = FeatureReader::from_reader(stream).features().enumerate().map(|(at, feature)| {
        let mut feature = feature.map_err(|cause| wrong(input.name(), &format!("feature {}", at + 1), cause.to_string()))?;
        let properties = feature.properties.take().unwrap_or_default();
        let properties = properties.iter().map(|(name, value)| (name.clone(), text(value))).collect();
        // geo-types closes open rings by itself, so the ring is judged before it becomes one of theirs.
        let geometry = feature
            .geometry
            .map(|geometry| check_closed(&geometry.value).and_then(|()| Geometry::<f64>::try_from(geometry).map_err(|cause| cause.to_string())));
        Ok(Feature { properties, geometry })
    });
    Ok((crs, Box::new(features)))
}

fn wrong(file: &str, expected: &str, found: impl Into<String>) -> ImportError {
    ImportError::WrongFormat { file: file.to_owned(), expected: expected.to_owned(), found: found.into() }
}

fn text(value: &JsonValue) -> String {
    match value {
        JsonValue::String(text) => text.clone(),
        JsonValue::Number(number) => number.to_string(),
        JsonValue::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}

/// Consumes the stream up to and with `"features"`, so that a `bbox` or `crs` before it is not taken for a feature.
fn text_before_features(stream: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut limited = stream.take(MOST_HEADER_BYTES);
    let mut prefix = Vec::new();
    // The key ends with a quotation mark, so looking at each of them is enough.
    while limited.read_until(b'"', &mut prefix).ok()? > 0 {
        if prefix.ends_with(b"\"features\"") {
            return Some(prefix);
        }
    }
    None
}

fn crs_of(prefix: &[u8], file: &str) -> Result<Option<Crs>, ImportError> {
    let text = format!("{}:[]}}", String::from_utf8_lossy(prefix).trim_start_matches('\u{feff}'));
    let header: serde_json::Value = serde_json::from_str(&text).map_err(|cause| wrong(file, "a GeoJSON feature collection", cause.to_string()))?;
    let Some(name) = header.pointer("/crs/properties/name").and_then(serde_json::Value::as_str) else { return Ok(None) };
    Crs::parse(name).map(Some).ok_or_else(|| wrong(file, "a coordinate system among CRS84, EPSG:4326 and EPSG:27700", name))
}

fn check_closed(value: &GeometryValue) -> Result<(), String> {
    let polygons = match value {
        GeometryValue::Polygon { coordinates } => std::slice::from_ref(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.as_slice(),
        _ => &[],
    };
    for ring in polygons.iter().flatten() {
        if ring.len() < 4 {
            return Err(format!("a ring of {} positions, fewer than 4", ring.len()));
        }
        if ring.first() != ring.last() {
            return Err("an open ring".to_owned());
        }
    }
    Ok(())
}

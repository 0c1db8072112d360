//! Shapes that clients send: well-known text in an address, GeoJSON in a body.

use geo_types::{Geometry, MultiPolygon, Polygon};
use geojson::GeoJson;
use serde_json::Value;
use wkt::TryFromWkt;

use super::problem::Problem;
use crate::model::crs::LonLat;

/// What a shape in an address should have been.
const EXPECTED_TEXT: &str = "POLYGON((longitude latitude, …)) or MULTIPOLYGON in well-known text";
/// What a shape in a body should have been.
const EXPECTED_GEOJSON: &str = "a GeoJSON Polygon or MultiPolygon, or features of these, in longitude and latitude";

/// The polygons of a well-known text, in degrees.
///
/// # Errors
/// When it is no such text, or another geometry than polygons.
pub fn polygons_from_text(text: &str) -> Result<LonLat<MultiPolygon<f64>>, Problem> {
    let refuse = || Problem::bad_parameter("polygon", text, EXPECTED_TEXT);
    let geometry = Geometry::try_from_wkt_str(text.trim()).map_err(|_| refuse())?;
    let mut polygons = Vec::new();
    if !gather(geometry, &mut polygons) || polygons.is_empty() {
        return Err(refuse());
    }
    Ok(LonLat(MultiPolygon(polygons)))
}

/// The polygons of GeoJSON: a geometry, a feature or several, in degrees.
///
/// # Errors
/// When it is no GeoJSON, or holds another geometry than polygons.
pub fn polygons_from_geojson(value: Value) -> Result<LonLat<MultiPolygon<f64>>, Problem> {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or("no type").to_owned();
    let refuse = || Problem::bad_parameter("polygon", &kind, EXPECTED_GEOJSON);
    let geometries: Vec<geojson::Geometry> = match serde_json::from_value(value).map_err(|_| refuse())? {
        GeoJson::Geometry(geometry) => vec![geometry],
        GeoJson::Feature(feature) => feature.geometry.into_iter().collect(),
        GeoJson::FeatureCollection(features) => features.features.into_iter().filter_map(|feature| feature.geometry).collect(),
    };
    let mut polygons = Vec::new();
    for geometry in geometries {
        let geometry = Geometry::try_from(geometry).map_err(|_| refuse())?;
        if !gather(geometry, &mut polygons) {
            return Err(refuse());
        }
    }
    if polygons.is_empty() { Err(refuse()) } else { Ok(LonLat(MultiPolygon(polygons))) }
}

/// Adds the polygons of a geometry; false when it is, or holds, something else.
fn gather(geometry: Geometry<f64>, polygons: &mut Vec<Polygon<f64>>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => polygons.push(polygon),
        Geometry::MultiPolygon(several) => polygons.extend(several.0),
        Geometry::GeometryCollection(several) => return several.0.into_iter().all(|one| gather(one, polygons)),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,60}") {
            let _ = polygons_from_text(&text);
        }

        #[test]
        fn no_well_known_words_make_the_parser_panic(words in proptest::collection::vec(prop_oneof!["POLYGON", "MULTIPOLYGON", "EMPTY", "Z", "[(),]", "-?[0-9]{1,3}(\\.[0-9]{1,3})?", "1e400", "NaN"], 0..20)) {
            let _ = polygons_from_text(&words.join(" "));
        }
    }

    #[test]
    fn polygons_with_holes_and_parts_are_read_from_both() {
        let text = "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1)),((5 5,6 5,6 6,5 5)))";
        let from_text = polygons_from_text(text).ok().unwrap();
        assert_eq!((from_text.0.0.len(), from_text.0.0[0].interiors().len()), (2, 1));
        let feature =
            serde_json::json!({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 0]]]}});
        assert_eq!(polygons_from_geojson(feature.clone()).ok().unwrap().0.0.len(), 1);
        let several = serde_json::json!({"type": "FeatureCollection", "features": [feature.clone(), feature]});
        assert_eq!(polygons_from_geojson(several).ok().unwrap().0.0.len(), 2);
    }

    #[test]
    fn lines_points_and_nothing_are_refused() {
        for text in ["POINT(0 0)", "LINESTRING(0 0,1 1)", "POLYGON EMPTY AND MORE", "", "POLYGON((0 0"] {
            assert!(polygons_from_text(text).is_err(), "{text}");
        }
        assert!(polygons_from_geojson(serde_json::json!({"type": "Point", "coordinates": [0, 0]})).is_err());
        assert!(polygons_from_geojson(serde_json::json!([1, 2])).is_err());
    }
}

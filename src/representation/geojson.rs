//! Features as GeoJSON: each geometry's bytes are written once when the collection is first drawn, and copied from then on.

use std::io::Write as _;

use serde::Serialize;

use super::drawing::{Drawing, point_in, polygons_in};
use super::json::{ExtentRef, MeasureRef, Provenance, ValueRow};
use crate::model::crs::Crs;
use crate::model::edition::{ContextLayer, Place};
use crate::query::{Classification, FeaturePage, View};
use crate::representation::csv::Column;
use crate::store::{Layer, Store};

/// What stands around the features of an answer.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// How many fit the question.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are here.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// What stands around the features of a view.
#[derive(Debug, Serialize)]
struct ValuesFrame {
    measure: MeasureRef,
    area_type: String,
    extent: ExtentRef,
    #[serde(flatten)]
    frame: Frame,
}

/// A page of areas with the chosen columns.
#[must_use]
pub fn areas(store: &Store, layer: &Layer, drawing: &Drawing, page: &FeaturePage, columns: &[Column<'_>], crs: Crs, provenance: Provenance) -> Vec<u8> {
    let frame = Frame { number_matched: page.matched, number_returned: page.places.len(), provenance };
    collection(&frame, page.places.iter(), |out, &place| area(out, store, layer, drawing, place as usize, columns, crs))
}

/// One area as a feature with links, edition and sources.
#[must_use]
pub fn one_area(store: &Store, layer: &Layer, drawing: &Drawing, place: usize, columns: &[Column<'_>], crs: Crs, provenance: &Provenance) -> Vec<u8> {
    let mut out = Vec::new();
    area(&mut out, store, layer, drawing, place, columns, crs);
    // The feature's own closing brace makes room for the members that every answer carries.
    out.pop();
    let members = json(provenance);
    out.push(b',');
    out.extend_from_slice(&members[1..]);
    out
}

/// The rows of a view as features.
#[must_use]
pub fn values<'s>(store: &'s Store, view: &View<'s>, classification: Option<&Classification<'s>>, drawing: &Drawing, provenance: Provenance) -> Vec<u8> {
    let shapes = drawing.shapes(store);
    let rows: Vec<_> = view.rows().collect();
    // A file that is passed on must still say what its numbers are.
    let frame = ValuesFrame {
        measure: MeasureRef::new(view),
        area_type: view.layer.area_type().to_string(),
        extent: ExtentRef::new(store, view),
        frame: Frame { number_matched: rows.len(), number_returned: rows.len(), provenance },
    };
    collection(&frame, rows.iter(), |out, row| {
        let properties = json(&ValueRow::new(store, view, row, classification));
        feature(out, Some(row.area.code.as_str()), &shapes[row.place].geojson, &properties);
    })
}

/// Context polygons.
#[must_use]
pub fn context(layer: &ContextLayer, positions: &[usize], crs: Crs, matched: usize, provenance: Provenance) -> Vec<u8> {
    let frame = Frame { number_matched: matched, number_returned: positions.len(), provenance };
    collection(&frame, positions.iter(), |out, &position| {
        let (name, geometry) = &layer.features[position];
        feature(out, Some(name), &polygons_in(geometry, crs), &json(&serde_json::json!({ "name": name })));
    })
}

/// Towns and villages.
#[must_use]
pub fn places(all: &[Place], positions: &[usize], crs: Crs, matched: usize, provenance: Provenance) -> Vec<u8> {
    let frame = Frame { number_matched: matched, number_returned: positions.len(), provenance };
    collection(&frame, positions.iter(), |out, &position| {
        let place = &all[position];
        let properties = serde_json::json!({ "name": place.name, "rank": place.rank, "population": place.population });
        feature(out, Some(&place.id.to_string()), &point_in(&place.point, crs), &json(&properties));
    })
}

fn area(out: &mut Vec<u8>, store: &Store, layer: &Layer, drawing: &Drawing, place: usize, columns: &[Column<'_>], crs: Crs) {
    let one = &layer.areas()[place];
    let mut properties = serde_json::Map::new();
    for column in columns {
        column.put(layer, place, &mut properties);
    }
    let properties = json(&properties);
    if crs == Crs::Crs84 {
        feature(out, Some(one.code.as_str()), &drawing.shapes(store)[place].geojson, &properties);
    } else {
        feature(out, Some(one.code.as_str()), &polygons_in(&one.geometry, crs), &properties);
    }
}

pub(super) fn feature(out: &mut Vec<u8>, id: Option<&str>, geometry: &str, properties: &[u8]) {
    out.extend_from_slice(br#"{"type":"Feature","#);
    if let Some(id) = id {
        out.extend_from_slice(br#""id":"#);
        out.extend_from_slice(&json(&id));
        out.push(b',');
    }
    out.extend_from_slice(br#""geometry":"#);
    out.extend_from_slice(geometry.as_bytes());
    out.extend_from_slice(br#","properties":"#);
    out.extend_from_slice(properties);
    out.push(b'}');
}

pub(super) fn collection<T>(frame: &impl Serialize, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
    for (position, item) in items.enumerate() {
        if position > 0 {
            out.push(b',');
        }
        write(&mut out, item);
    }
    out.write_all(b"],").expect("writing to memory cannot fail");
    out.extend_from_slice(&json(frame)[1..]);
    out
}

pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("answers hold text, finite numbers and lists only")
}

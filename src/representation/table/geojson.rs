//! A figure's table as GeoJSON in longitude and latitude (CRS84), with everything that must be said with it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{ColumnKind, Content, FigureTable, Part, TableShape, heads, shape_of};
use crate::representation::drawing::{point_in_degrees, polygons_in_degrees};
use crate::representation::figure::Figure;
use crate::representation::geojson::{collection, feature, json};

/// What stands around the features.
#[derive(Serialize)]
struct Frame<'f> {
    name: &'f str,
    title: &'f str,
    table: &'f str,
    direction: &'f str,
    notes: &'f [String],
    sources: &'f [String],
    attribution: String,
    edition: &'f str,
    link: &'f str,
}

/// The table: a feature a row, numbers as numbers. A missing number is null, and `<column>_status` says why.
#[must_use]
pub fn geojson(table: &FigureTable<'_>, figure: &Figure<'_>) -> Vec<u8> {
    let columns = heads(table, &[]);
    let id = columns.first().filter(|head| *head.kind == ColumnKind::Code);
    let frame = Frame {
        name: &table.name,
        title: &figure.title,
        table: &table.title,
        direction: &figure.direction,
        notes: &figure.notes,
        sources: &figure.sources,
        attribution: figure.attributions.join(" "),
        edition: &figure.edition,
        link: &figure.link,
    };
    collection(&frame, table.rows.iter().enumerate(), |out, (position, row)| {
        let mut properties = Map::new();
        let mut words = String::new();
        for head in &columns {
            match head.content(row, &mut words) {
                Content::Text("present") | Content::Nothing if head.part == Part::Status => None,
                Content::Text(text) => properties.insert(head.id.clone(), text.into()),
                Content::Number(number) => properties.insert(head.id.clone(), number.into()),
                Content::Nothing => properties.insert(head.id.clone(), Value::Null),
            };
        }
        let id = id.and_then(|head| if let Content::Text(code) = head.content(row, &mut words) { Some(code) } else { None });
        feature(out, id, &geometry(shape_of(table, position)), &json(&properties));
    })
}

/// The shape in degrees; null where it is not located, or lies where the grid's transformation ends.
fn geometry(shape: &TableShape<'_>) -> String {
    match shape {
        TableShape::Area(polygons) => polygons_in_degrees(polygons),
        TableShape::Owned(polygons) => polygons_in_degrees(polygons),
        TableShape::Point(point) => point_in_degrees(point),
        TableShape::None => None,
    }
    .unwrap_or_else(|| "null".to_owned())
}

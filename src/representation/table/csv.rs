//! A figure's table as CSV: every row says where it comes from, so that a copied row can still be quoted.

use super::{Content, FigureTable, TableShape, heads, kinds_of_shapes, shape_of, unique};
use crate::representation::csv;
use crate::representation::drawing::lonlat_point;
use crate::representation::figure::Figure;
use crate::representation::json::six_decimals;

/// The table, made safe for spreadsheets. Points have longitude and latitude in degrees; areas are known by their codes.
#[must_use]
pub fn csv(table: &FigureTable<'_>, figure: &Figure<'_>) -> Vec<u8> {
    let columns = heads(table, &[]);
    let mut names: Vec<String> = columns.iter().map(|head| head.id.clone()).collect();
    let mut taken = names.iter().map(|name| name.to_lowercase()).collect();
    let (_, points) = kinds_of_shapes(table);
    let places: &[&str] = if points { &["longitude", "latitude"] } else { &[] };
    names.extend(places.iter().chain(&["edition", "source", "attribution"]).map(|name| unique(&mut taken, name)));
    let last = [figure.edition.clone(), figure.sources.join("; "), figure.attributions.join(" ")];
    csv::table(
        &names,
        table.rows.iter().enumerate().map(|(position, row)| {
            let mut words = String::new();
            let mut cells: Vec<String> = columns.iter().map(|head| text(head.content(row, &mut words))).collect();
            if points {
                let at = if let TableShape::Point(point) = shape_of(table, position) { lonlat_point(point) } else { None };
                cells.push(csv::optional(at.map(|at| six_decimals(at.x()))));
                cells.push(csv::optional(at.map(|at| six_decimals(at.y()))));
            }
            cells.extend(last.iter().cloned());
            cells
        }),
    )
}

fn text(content: Content<'_>) -> String {
    match content {
        Content::Text(text) => text.to_owned(),
        Content::Number(number) => number.to_string(),
        Content::Nothing => String::new(),
    }
}

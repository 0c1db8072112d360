//! The numbers behind a figure as files that other programs open: CSV, workbook, GeoJSON, `FlatGeobuf` and `GeoPackage`.
//!
//! All of them write the same columns. A number that is missing stays an empty place in its column, so that the column
//! can be added up, and says why in a column of its own beside it; that column is there wherever a number is missing.

mod csv;
mod flatgeobuf;
mod geojson;
mod geopackage;
mod geopackage_geometry;
mod xlsx;

use std::collections::HashSet;

pub use csv::csv;
pub use flatgeobuf::flatgeobuf;
pub use geojson::geojson;
pub use geopackage::geopackage;
pub use xlsx::{Numbered, xlsx, xlsx_of_many};

use super::figure::{Cell, ColumnKind, Figure, FigureTable, TableShape};
use crate::model::measure::FigureStatus;

/// What stops a table from becoming a file: a limit of the format, or its library.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The workbook.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A `FlatGeobuf` file.
    #[error("the table {table:?} could not be written as FlatGeobuf: {reason}")]
    FlatGeobuf {
        /// The table's name.
        table: String,
        /// What the library says.
        reason: String,
    },
    /// The `GeoPackage`.
    #[error("the GeoPackage could not be written: {0}")]
    GeoPackage(#[from] rusqlite::Error),
}

/// The day that stands in files which must name one: nobody here knows the day on which a file is made, and the same
/// link must give the same bytes tomorrow. The edition beside it says how old the numbers are.
const NO_DAY: &str = "1970-01-01T00:00:00.000Z";

/// One column of a file: a column of the table, or the reasons beside it.
#[derive(Debug)]
struct Head<'t> {
    /// Unique in the file, even if letters are taken as large or small.
    id: String,
    /// Words for people.
    title: String,
    /// The column of the table.
    column: usize,
    /// What it takes of the column's cells.
    part: Part,
    /// What its cells are.
    kind: &'t ColumnKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The value itself.
    Value,
    /// Why there is no number.
    Status,
}

/// What a cell of a file holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Content<'t> {
    Text(&'t str),
    Number(f64),
    Nothing,
}

/// The columns of a table, numbers that miss somewhere followed by their reasons. `reserved` are names that the format itself uses.
fn heads<'t>(table: &'t FigureTable<'_>, reserved: &[&str]) -> Vec<Head<'t>> {
    let mut taken: HashSet<String> = reserved.iter().map(|&name| name.to_owned()).collect();
    let mut heads = Vec::new();
    for (position, column) in table.columns.iter().enumerate() {
        heads.push(Head { id: unique(&mut taken, &column.id), title: column.title.clone(), column: position, part: Part::Value, kind: &column.kind });
        let has_reasons = table.rows.iter().any(|row| status(row.get(position).unwrap_or(&Cell::Empty)).is_some());
        if matches!(column.kind, ColumnKind::Number(_)) && has_reasons {
            let id = unique(&mut taken, &format!("{}_status", column.id));
            heads.push(Head { id, title: format!("{}: why there is no number", column.title), column: position, part: Part::Status, kind: &ColumnKind::Text });
        }
    }
    heads
}

impl Head<'_> {
    /// Whether its cells are numbers.
    fn is_number(&self) -> bool {
        matches!(self.kind, ColumnKind::Number(_))
    }

    /// What it holds of a row; a row that is too short ends in nothing. `words` keeps a number that is asked for as text.
    fn content<'t>(&self, row: &'t [Cell], words: &'t mut String) -> Content<'t> {
        let cell = row.get(self.column).unwrap_or(&Cell::Empty);
        match (self.part, cell) {
            (Part::Status, Cell::Number(_)) => Content::Text(FigureStatus::Present.id()),
            (Part::Status, cell) => status(cell).map_or(Content::Nothing, Content::Text),
            (Part::Value, Cell::Number(number)) if !number.is_finite() => Content::Nothing,
            (Part::Value, Cell::Number(number)) if self.is_number() => Content::Number(*number),
            (Part::Value, Cell::Number(number)) => {
                *words = number.to_string();
                Content::Text(words)
            }
            (Part::Value, Cell::Text(text)) if !self.is_number() => Content::Text(text),
            (Part::Value, Cell::Missing(status)) if !self.is_number() => Content::Text(status.id()),
            (Part::Value, _) => Content::Nothing,
        }
    }
}

/// Why there is no number in a cell: the status, or the words that stand in a number's place.
fn status(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Missing(status) => Some(status.id()),
        Cell::Text(words) => Some(words),
        Cell::Number(_) | Cell::Empty => None,
    }
}

/// A name that has not been given yet; a second of the same name gets a number.
fn unique(taken: &mut HashSet<String>, name: &str) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(&name.to_lowercase())).expect("numbers do not end");
    taken.insert(free.to_lowercase());
    free
}

/// The shape of a row.
fn shape_of<'t, 's>(table: &'t FigureTable<'s>, row: usize) -> &'t TableShape<'s> {
    table.shapes.get(row).unwrap_or(&TableShape::None)
}

/// What shapes a table holds: areas, points.
fn kinds_of_shapes(table: &FigureTable<'_>) -> (bool, bool) {
    let areas = table.shapes.iter().any(|shape| matches!(shape, TableShape::Area(_) | TableShape::Owned(_)));
    let points = table.shapes.iter().any(|shape| matches!(shape, TableShape::Point(_)));
    (areas, points)
}

/// Everything that must be said with the numbers, part by part, in reading order; no part and no text is empty.
fn about(figure: &Figure<'_>) -> Vec<(&'static str, String)> {
    let mut parts = vec![
        ("Title", figure.title.clone()),
        ("Subtitle", figure.subtitle.clone()),
        ("Caption", figure.caption.clone()),
        ("Alternative text", figure.alternative.clone()),
        ("Direction", figure.direction.clone()),
    ];
    for block in &figure.key {
        let heads = if block.columns.is_empty() { String::new() } else { format!(" ({})", block.columns.join("; ")) };
        parts.push(("Key", format!("{}{heads}", block.title)));
        for row in &block.rows {
            let words = row.name.iter().chain([&row.label]).chain(&row.values).filter(|words| !words.is_empty());
            parts.push(("Key", words.map(String::as_str).collect::<Vec<_>>().join("; ")));
        }
        parts.push(("Key", block.note.clone()));
    }
    if figure.tables.iter().flat_map(|table| &table.rows).flatten().any(|cell| matches!(cell, Cell::Missing(_))) {
        parts.push(("Missing numbers", MISSING.to_owned()));
    }
    parts.extend(figure.notes.iter().enumerate().map(|(number, note)| ("Note", format!("{}. {note}", number + 1))));
    parts.extend(figure.sources.iter().map(|source| ("Source", source.clone())));
    parts.extend(figure.attributions.iter().map(|line| ("Attribution", line.clone())));
    parts.push(("Edition", figure.edition.clone()));
    parts.push(("Link", figure.link.clone()));
    parts.push(("Citation", figure.citation.clone()));
    parts.retain(|(_, text)| !text.trim().is_empty());
    parts
}

/// What the words in the place of a number mean.
const MISSING: &str = "Where a number is missing, the reason stands in its place or beside it. Suppressed: withheld so that nobody can be recognised. \
Not held: the source has no number for it. Not applicable: the number would make no sense there. None of them is a zero.";

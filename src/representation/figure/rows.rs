//! Columns and cells that tables of figures have in common.

use super::{Cell, ColumnKind, TableColumn};
use crate::model::measure::FigureStatus;
use crate::store::{Layer, Store};

/// A column.
#[must_use]
pub fn column(id: &str, title: &str, kind: ColumnKind) -> TableColumn {
    TableColumn { id: id.to_owned(), title: title.to_owned(), kind }
}

/// A number, or that it is not held.
#[must_use]
pub fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::Missing(FigureStatus::NotHeld), Cell::Number)
}

/// Words, or nothing.
#[must_use]
pub fn text(value: Option<&str>) -> Cell {
    value.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

/// Code, names and district of an area.
#[must_use]
pub fn area_columns() -> Vec<TableColumn> {
    vec![
        column("code", "Code", ColumnKind::Code),
        column("name", "Name", ColumnKind::Text),
        column("local_name", "Name that people use", ColumnKind::Text),
        column("district", "District", ColumnKind::Text),
    ]
}

/// The cells of the same.
pub fn area_cells(store: &Store, layer: &Layer, place: usize) -> Vec<Cell> {
    let area = &layer.areas()[place];
    let district = store.district_of(layer, place);
    vec![Cell::Text(area.code.to_string()), Cell::Text(area.name.clone()), text(area.alias.as_deref()), text(district.map(|district| district.name.as_str()))]
}

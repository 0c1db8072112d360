//! The plain map of places: districts with their names, and symbols; nothing is classed.

use super::draft::Draft;
use super::ground::{Ground, of_kind};
use super::points::{Overlay, Symbols, shown};
use super::rows::{column, number};
use super::words::{alternative, counted, first_large, list};
use super::{Cell, ColumnKind, FigureTable, Fill, LabelKind, MapArea, Pattern, TableShape};
use crate::model::area::{Area, AreaKind};
use crate::model::style::Colour;
use crate::query::Extent;
use crate::store::{Layer, Store};

/// The ground of a map on which nothing is classed.
pub const PLAIN: Fill = Fill { colour: Colour(0xf4, 0xf1, 0xea), pattern: Pattern::Plain };

/// A plain map of places: districts with their names, and symbols.
#[must_use]
pub fn plain<'s>(store: &'s Store, extent: &Extent, overlay: Overlay<'_>) -> Draft<'s> {
    let ground = Ground::of_extent(store, extent).seen(overlay.seen);
    let mut map = ground.map();
    map.areas = ground.ground_areas().into_iter().map(|shape| MapArea { shape, fill: PLAIN }).collect();
    let points = shown(&ground, overlay.symbols, true);
    let kinds: Vec<String> = overlay.symbols.iter().map(Symbols::plural).collect();
    let what = if kinds.is_empty() { "Districts and towns".to_owned() } else { first_large(&list(&kinds)) };
    let around = if points.counts.iter().any(|(_, beyond)| *beyond > 0) { "in and around" } else { "in" };
    let title = format!("{what} {around} {}", extent.label);
    let count_of = |(symbols, (all, beyond)): (&Symbols, &(usize, usize))| {
        let all_of = if *all == 0 { format!("no {}", symbols.plural()) } else { counted(*all, &symbols.singular(), &symbols.plural()) };
        if *beyond > 0 { format!("{all_of} ({beyond} outside)") } else { all_of }
    };
    let counts: Vec<String> = overlay.symbols.iter().zip(&points.counts).map(count_of).collect();
    let districts = ground.districts_touched();
    let shows = if counts.is_empty() { String::new() } else { format!("The map shows {}.", list(&counts)) };
    let sources: Vec<&str> = store.layers().iter().take(1).map(Layer::source).chain(points.sources).collect();
    let of = sources.iter().skip(1).filter_map(|id| store.source(id)).map(|source| format!("{} ({})", source.publisher, source.edition));
    let mut of: Vec<String> = of.collect();
    of.dedup();
    let origin = if of.is_empty() { String::new() } else { format!(" Places: {}.", of.join("; ")) };
    let largest = map.labels.iter().filter(|label| label.kind == LabelKind::Town).take(5).map(|label| label.text.as_str()).collect::<Vec<_>>();
    map.points = points.points;
    let mut tables = points.tables;
    tables.push(districts_table(store, &districts));
    Draft {
        subtitle: String::new(),
        caption: format!("{title}.{}{origin}", if shows.is_empty() { String::new() } else { format!(" {shows}") }),
        alternative: alternative(&[
            format!("Map: {title}."),
            shows,
            format!("Districts: {}.", list(&districts.iter().map(|area| area.name.as_str()).collect::<Vec<_>>())),
            if largest.is_empty() { String::new() } else { format!("Towns: {}.", list(&largest)) },
        ]),
        title,
        map,
        key: points.key,
        notes: points.notes,
        sources,
        tables,
        ..Draft::default()
    }
}

fn districts_table<'s>(store: &'s Store, districts: &[&'s Area]) -> FigureTable<'s> {
    let layer = of_kind(store, AreaKind::Lad).map(|(_, layer)| layer);
    let residents = |area: &Area| {
        let layer = layer?;
        let place = layer.areas().iter().position(|other| other.code == area.code)?;
        layer.population_at(place)
    };
    let period = store.population_period().unwrap_or_default();
    FigureTable {
        name: "districts".to_owned(),
        title: "The districts of the map".to_owned(),
        columns: vec![
            column("code", "Code", ColumnKind::Code),
            column("name", "Name", ColumnKind::Text),
            column("residents", &format!("Residents, {period}"), ColumnKind::Number(0)),
        ],
        rows: districts.iter().map(|area| vec![Cell::Text(area.code.to_string()), Cell::Text(area.name.clone()), number(residents(area))]).collect(),
        shapes: districts.iter().map(|area| TableShape::Area(&area.geometry)).collect(),
    }
}

//! What can be reached in so many minutes, on a map: nested outlines, dashed where they are estimates.

use geo::BoundingRect;

use super::draft::Draft;
use super::ground::{Ground, both};
use super::plain::PLAIN;
use super::points::{Overlay, shown};
use super::rows::{column, number, text};
use super::travel::{key_of_bases, key_of_marks, marked, residents, when};
use super::words::{alternative, first_large, list, whole};
use super::{Cell, ColumnKind, FigureTable, KeyBlock, KeyRow, MapArea, Outline, OutlineShape, Swatch, TableShape};
use crate::model::style::INK;
use crate::model::travel::{Basis, Direction};
use crate::query::travel::{By, Combine, Isochrone, Isochrones, limit_text};
use crate::representation::json::travel::sources_of;
use crate::representation::sentence;
use crate::store::Store;

/// What can be reached of (or from) some places.
#[must_use]
pub fn isochrones<'s>(store: &'s Store, found: &Isochrones<'s>, overlay: Overlay<'_>) -> Draft<'s> {
    let shapes = found.shapes.iter().filter_map(|one| one.shape.as_ref()?.0.bounding_rect());
    let at = found.places.list.iter().map(|place| geo_types::Rect::new(place.point.0.0, place.point.0.0));
    let frame = shapes.chain(at).reduce(both);
    let ground = Ground::of_rect(store, String::new(), frame).seen(overlay.seen);
    let mut map = ground.map();
    map.areas = ground.ground_areas().into_iter().map(|shape| MapArea { shape, fill: PLAIN }).collect();
    map.outlines = found.shapes.iter().filter_map(|one| outline(found, one)).collect();
    let points = shown(&ground, overlay.symbols, false);
    map.points = points.points;
    map.points.extend(marked(&found.places.list, None));
    let title = title(found);
    let mixed = found.basis.len() > 1;
    let key = [key(found)]
        .into_iter()
        .chain(key_of_bases(&found.basis, mixed, By::Minutes, false))
        .chain(key_of_marks(&found.places.list, "Places", |_| true))
        .chain(points.key);
    let of_times = found.sources.iter().filter_map(|id| store.source(id)).map(|source| source.id.as_str());
    let people: Vec<String> =
        found.minutes.iter().zip(&found.people).map(|(minutes, people)| format!("within {}: {}", limit_text(*minutes), whole(*people))).collect();
    let mut tables = vec![shapes_table(found), places_table(found)];
    tables.extend(points.tables);
    Draft {
        subtitle: subtitle(found),
        caption: format!("{}{}", sentence::travel::isochrones(found), residents(store, found.layer.holds_population())),
        alternative: alternative(&[
            format!("Map: {title}. Outlines of what is reached, one inside the other."),
            format!("Residents, in minutes {}: {}.", found.how.mode.phrase(), people.join("; ")),
            if found.shapes.iter().any(|one| one.basis == Some(Basis::Estimate)) {
                "Dashed outlines are estimates from the straight line.".to_owned()
            } else {
                String::new()
            },
            widest(found),
        ]),
        title,
        map,
        key: key.collect(),
        direction: "Lighter is nearer.".to_owned(),
        notes: found.notes.iter().cloned().chain(points.notes).collect(),
        sources: sources_of(store, found.layer, &found.places.list).into_iter().chain(of_times).chain(points.sources).collect(),
        tables,
        ..Draft::default()
    }
}

fn outline<'s>(found: &Isochrones<'_>, one: &Isochrone) -> Option<Outline<'s>> {
    let shape = one.shape.clone()?;
    Some(Outline { shape: OutlineShape::Owned(shape), line: INK, fill: Some(found.colour(one.minutes)), dashed: one.basis == Some(Basis::Estimate) })
}

/// Of which places, in words.
fn of_places(found: &Isochrones<'_>) -> String {
    let names: Vec<&str> = found.places.list.iter().map(|place| place.name.as_str()).collect();
    match (names.as_slice(), found.combine) {
        ([one], _) => (*one).to_owned(),
        (many, Combine::Overlap) if many.len() > 3 => format!("each of {} {}", many.len(), found.places.plural),
        (many, _) if many.len() > 3 => format!("any of {} {}", many.len(), found.places.plural),
        (many, Combine::Overlap) => format!("each of {}", list(many)),
        (many, Combine::Union) => format!("any of {}", list(many)),
        (many, Combine::Separate) => list(many),
    }
}

fn title(found: &Isochrones<'_>) -> String {
    let minutes: Vec<String> = found.minutes.iter().map(|minutes| limit_text(*minutes)).collect();
    let way = if found.how.direction == Direction::ToSite { "of" } else { "from" };
    format!("Within {} minutes {} {way} {}", list(&minutes), found.how.mode.phrase(), of_places(found))
}

fn subtitle(found: &Isochrones<'_>) -> String {
    let parts = [when(found.how), "residents counted by the times of their neighbourhoods".to_owned()];
    first_large(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "))
}

fn key(found: &Isochrones<'_>) -> KeyBlock {
    let rows = found.minutes.iter().zip(&found.people).map(|(minutes, people)| {
        let dashed = found.shapes.iter().any(|one| one.minutes.total_cmp(minutes).is_eq() && one.basis == Some(Basis::Estimate));
        KeyRow {
            swatch: Swatch::Line { line: INK, fill: Some(found.colour(*minutes)), dashed },
            name: None,
            label: format!("Within {} minutes", limit_text(*minutes)),
            values: vec![whole(*people)],
        }
    });
    let dashed = found.shapes.iter().any(|one| one.basis == Some(Basis::Estimate));
    KeyBlock {
        title: format!("Reached {}", found.how.mode.phrase()),
        columns: vec!["People".to_owned()],
        rows: rows.collect(),
        note: if dashed { "Dashed: estimated from the straight line.".to_owned() } else { String::new() },
    }
}

fn widest(found: &Isochrones<'_>) -> String {
    let Some(longest) = found.minutes.last() else { return String::new() };
    let of_each = found.shapes.iter().filter(|one| one.minutes.total_cmp(longest).is_eq());
    let mut of_each: Vec<(&str, f64)> = of_each.filter_map(|one| Some((found.places.list[one.place?].name.as_str(), one.people))).collect();
    of_each.sort_by(|a, b| b.1.total_cmp(&a.1));
    let words: Vec<String> = of_each.iter().take(5).map(|(name, people)| format!("{name} {}", whole(*people))).collect();
    if words.len() < 2 { String::new() } else { format!("Within {} minutes of each place: {}.", limit_text(*longest), list(&words)) }
}

#[expect(clippy::cast_precision_loss, reason = "fewer areas than the country has")]
fn shapes_table<'s>(found: &Isochrones<'_>) -> FigureTable<'s> {
    let mut ordered: Vec<&Isochrone> = found.shapes.iter().collect();
    ordered.sort_by(|a, b| a.minutes.total_cmp(&b.minutes).then(a.place.cmp(&b.place)));
    let row = |one: &&Isochrone| {
        let name = one.place.map_or_else(|| of_places(found), |place| found.places.list[place].name.clone());
        vec![
            Cell::Number(one.minutes),
            text(Some(&first_large(&name))),
            Cell::Number(one.areas as f64),
            Cell::Number(one.people),
            text(Some(one.basis.map_or("mixed", Basis::id))),
        ]
    };
    FigureTable {
        name: "reached".to_owned(),
        title: format!("What is reached {}", found.how.mode.phrase()),
        columns: vec![
            column("minutes", "Minutes", ColumnKind::Number(0)),
            column("place", "Place", ColumnKind::Text),
            column("areas", "Areas within reach", ColumnKind::Number(0)),
            column("residents", "Residents within reach", ColumnKind::Number(0)),
            column("basis", "How the times are known", ColumnKind::Text),
        ],
        rows: ordered.iter().map(row).collect(),
        shapes: ordered.iter().map(|one| one.shape.clone().map_or(TableShape::None, TableShape::Owned)).collect(),
    }
}

fn places_table<'s>(found: &Isochrones<'_>) -> FigureTable<'s> {
    let rows = found.places.list.iter().enumerate().map(|(at, place)| {
        vec![
            text(Some(&crate::query::travel::mark_of(at, found.places.list.len()))),
            text(Some(&place.id)),
            text(Some(&place.name)),
            text(Some(place.kind.id())),
            place.snap_metres.map_or(Cell::Empty, |metres| number(Some(metres))),
        ]
    });
    FigureTable {
        name: "places".to_owned(),
        title: "The places asked about".to_owned(),
        columns: vec![
            column("mark", "Mark", ColumnKind::Code),
            column("id", "Id", ColumnKind::Code),
            column("name", "Name", ColumnKind::Text),
            column("kind", "Kind", ColumnKind::Text),
            column("metres_to_road", "Metres to the road it was put on", ColumnKind::Number(0)),
        ],
        rows: rows.collect(),
        shapes: found.places.list.iter().map(|place| TableShape::Point(place.point)).collect(),
    }
}

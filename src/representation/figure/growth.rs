//! What housing growth means for a catchment: sites by status and size, people, lists, what plans require.

use super::draft::Draft;
use super::ground::Ground;
use super::plain::PLAIN;
use super::points::{Overlay, shown};
use super::practice::{counted_when, notes as catchment_notes, outline, practice_rows, practices_on_map};
use super::rows::{column, number, text};
use super::words::{alternative, count, counted, first_small, list, whole};
use super::{Cell, ColumnKind, FigureTable, KeyBlock, KeyRow, MapArea, MapPoint, Swatch, Symbol, TableShape};
use crate::model::housing::SiteStatus;
use crate::model::organisation::Precision;
use crate::model::style::INK;
use crate::query::{Growth, SiteGrowth, StatusTotal, WhyNot};
use crate::representation::json::growth_sources;
use crate::representation::sentence;
use crate::store::Store;

/// More names than these would hide the map.
const NAMED: usize = 12;
/// Assumptions that change every number, so that they are said even where they are the usual ones.
const ASSUMED: [&str; 5] = ["status", "count", "household-size", "share-new", "joins"];
/// Homes that the key's symbols stand for.
const KEY_HOMES: f64 = 200.0;

/// Housing growth in a catchment.
#[must_use]
pub fn growth<'s>(store: &'s Store, found: &Growth<'s>, overlay: Overlay<'_>) -> Draft<'s> {
    let catchment = &found.catchment;
    let practices = practices_on_map(store, catchment);
    let ground = Ground::of_catchment(store, catchment).with(practices.iter().map(|point| point.point.0)).seen(overlay.seen);
    let mut map = ground.map();
    map.areas = catchment.areas.iter().map(|area| MapArea { shape: &catchment.layer.areas()[area.place as usize].geometry, fill: PLAIN }).collect();
    outline(&mut map, catchment, None);
    let points = shown(&ground, overlay.symbols, false);
    map.points = points.points;
    map.points.extend(sites_on_map(found));
    map.points.extend(practices);
    let title = match catchment.asked.label() {
        Some(_) => format!("Housing growth in the catchment of {}", catchment.label()),
        None => format!("Housing growth: {}", first_small(&catchment.definition.label())),
    };
    let mut tables = vec![
        sites_table(found),
        statuses_table(found),
        years_table(found),
        joining_table(found),
        plans_table(found),
        unlocated_table(found),
        assumptions_table(found),
    ];
    tables.extend(points.tables);
    tables.retain(|table| !table.rows.is_empty());
    let plans = found.plans.iter().map(sentence::plan);
    Draft {
        subtitle: format!("{} counted on {}", counted_homes(found.counted.dwellings), counted(found.counted.sites, "site", "sites")),
        caption: format!("{} {}", sentence::growth(found), counted_when(store, catchment)),
        alternative: told(found, &title),
        title,
        map,
        key: [key(found), key_of_lines(found)].into_iter().chain(points.key).collect(),
        direction: String::new(),
        notes: plans.chain([not_located(found)]).chain([assumed(found)]).chain(catchment_notes(catchment)).chain(points.notes).collect(),
        sources: growth_sources(store).into_iter().chain(points.sources).collect(),
        tables,
        ..Draft::default()
    }
}

fn counted_homes(homes: f64) -> String {
    let text = whole(homes);
    format!("{text} {}", if text == "1" { "home" } else { "homes" })
}

fn sites_on_map(found: &Growth<'_>) -> Vec<MapPoint> {
    let mut sites: Vec<(&SiteGrowth<'_>, MapPoint)> = found
        .sites
        .iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let location = one.site.location.as_ref()?.location;
            let symbol = Symbol::Site { status: one.site.status, dwellings: one.site.dwellings.map_or(0.0, f64::from) };
            let name = (at < NAMED && one.dwellings.is_ok()).then(|| one.site.name.clone());
            Some((one, MapPoint { point: location.point, symbol, name, approximate: location.precision == Precision::Approximate }))
        })
        .collect();
    // Larger symbols below smaller ones, so that none is hidden whole.
    sites.sort_by(|a, b| b.0.site.dwellings.cmp(&a.0.site.dwellings).then_with(|| a.0.site.id.cmp(&b.0.site.id)));
    sites.into_iter().map(|(_, point)| point).collect()
}

/// The number of a status's homes that the question counts by.
fn homes_of(found: &Growth<'_>, total: &StatusTotal) -> f64 {
    found.sites.iter().filter(|one| one.site.status == total.status).filter_map(|one| one.dwellings.as_ref().ok()).sum()
}

fn key(found: &Growth<'_>) -> KeyBlock {
    let mut rows: Vec<KeyRow> = found
        .by_status
        .iter()
        .rev()
        .map(|total| KeyRow {
            swatch: Swatch::Symbol(Symbol::Site { status: total.status, dwellings: KEY_HOMES }),
            name: None,
            label: if total.counted { total.status.label().to_owned() } else { format!("{} (not counted)", total.status.label()) },
            values: vec![count(total.sites), if total.counted { whole(homes_of(found, total)) } else { whole(f64::from(total.dwellings)) }],
        })
        .collect();
    rows.push(KeyRow {
        swatch: Swatch::None,
        name: Some("Counted".to_owned()),
        label: format!("about {} people", whole(found.people)),
        values: vec![count(found.counted.sites), whole(found.counted.dwellings)],
    });
    let rough = |one: &SiteGrowth<'_>| one.site.location.as_ref().is_some_and(|location| location.location.precision == Precision::Approximate);
    if found.sites.iter().any(rough) {
        rows.push(KeyRow { swatch: Swatch::Approximate, name: None, label: "Soft ring: place approximate".to_owned(), values: Vec::new() });
    }
    KeyBlock {
        title: "Housing sites in the catchment".to_owned(),
        columns: vec!["Sites".to_owned(), "Homes".to_owned()],
        rows,
        note: "The symbol's area follows the number of homes. A site inside a larger one is counted once.".to_owned(),
    }
}

fn key_of_lines(found: &Growth<'_>) -> KeyBlock {
    let kind = found.catchment.layer.area_type().kind;
    let areas = counted(found.catchment.areas.len(), kind.singular(), kind.plural());
    let line = |dashed, label: String| KeyRow { swatch: Swatch::Line { line: INK, fill: None, dashed }, name: None, label, values: Vec::new() };
    let mut rows = vec![line(false, format!("{}: {areas}", found.catchment.definition.label()))];
    rows.extend(found.catchment.shape.as_ref().map(|_| line(true, "Shape asked for".to_owned())));
    rows.extend(practice_rows(&found.catchment));
    KeyBlock { title: "Catchment".to_owned(), columns: Vec::new(), rows, note: String::new() }
}

fn not_located(found: &Growth<'_>) -> String {
    let sites: usize = found.not_located.iter().map(|one| one.sites.len()).sum();
    if sites == 0 {
        return String::new();
    }
    let several = found.not_located.len() > 1;
    let of = |authority: &str, sites: usize| if several { format!("{authority} ({})", count(sites)) } else { authority.to_owned() };
    let of = found.not_located.iter().map(|one| of(&one.authority.name, one.sites.len())).collect::<Vec<_>>();
    format!("Not located, so on no map and in no number: {} in {}, named in a table.", counted(sites, "site", "sites"), list(&of))
}

/// A value with the words of the key rather than those of links.
fn in_words(id: &str, value: &str) -> String {
    if id != "status" {
        return value.replace('-', " ");
    }
    let statuses = value.split(',').filter_map(SiteStatus::parse).map(|status| first_small(status.label()));
    list(&statuses.collect::<Vec<_>>())
}

/// What was assumed, in a line.
fn assumed(found: &Growth<'_>) -> String {
    let parts = found.assumptions.iter().filter(|one| one.id != "definition" && (one.given || ASSUMED.contains(&one.id))).filter_map(|one| {
        let unit = if one.unit.is_empty() { String::new() } else { format!(" {}", one.unit) };
        let given = if one.given { "" } else { " (usual)" };
        Some(format!("{}: {}{unit}{given}", first_small(one.label), in_words(one.id, one.value.as_ref()?)))
    });
    format!("Assumed: {}.", parts.collect::<Vec<_>>().join("; "))
}

fn told(found: &Growth<'_>, title: &str) -> String {
    let statuses = found.by_status.iter().rev().map(|total| format!("{}: {}", total.status.label(), counted(total.sites, "site", "sites")));
    let statuses = statuses.collect::<Vec<_>>().join("; ");
    let largest = found.sites.iter().filter_map(|one| Some((one, *one.dwellings.as_ref().ok()?))).take(3);
    let largest: Vec<String> = largest.map(|(one, homes)| format!("{} ({})", one.site.name, counted_homes(homes))).collect();
    alternative(&[
        format!("Map: {title}."),
        sentence::growth(found),
        if largest.is_empty() { String::new() } else { format!("Largest: {}.", list(&largest)) },
        if statuses.is_empty() { String::new() } else { format!("{statuses}.") },
    ])
}

fn sites_table<'s>(found: &Growth<'s>) -> FigureTable<'s> {
    let year = |year: Option<u16>| text(year.map(|year| year.to_string()).as_deref());
    let row = |one: &SiteGrowth<'s>| {
        let site = one.site;
        vec![
            text(Some(&site.id)),
            text(Some(&site.name)),
            text(Some(site.status.label())),
            number(site.dwellings.map(f64::from)),
            one.dwellings.as_ref().map_or(Cell::Number(0.0), |homes| Cell::Number(*homes)),
            text(one.dwellings.as_ref().err().map(WhyNot::text).as_deref()),
            Cell::Number(one.people),
            one.joining.map_or(Cell::Empty, Cell::Number),
            year(site.first_year),
            year(site.last_year),
            text(site.location.as_ref().map(|location| location.location.precision.id())),
            text(Some(&site.reference)),
        ]
    };
    FigureTable {
        name: "housing sites".to_owned(),
        title: "Housing sites in the catchment".to_owned(),
        columns: vec![
            column("id", "Id", ColumnKind::Code),
            column("name", "Name", ColumnKind::Text),
            column("status", "Status", ColumnKind::Text),
            column("homes", "Homes", ColumnKind::Number(0)),
            column("counted_homes", "Homes counted", ColumnKind::Number(0)),
            column("why_not", "Why not counted", ColumnKind::Text),
            column("people", "People (estimate)", ColumnKind::Number(0)),
            column("joining", "People who would join the practice (estimate)", ColumnKind::Number(0)),
            column("first_year", "First year", ColumnKind::Code),
            column("last_year", "Last year", ColumnKind::Code),
            column("precision", "How well the point is known", ColumnKind::Text),
            column("reference", "Document", ColumnKind::Text),
        ],
        rows: found.sites.iter().map(row).collect(),
        shapes: found
            .sites
            .iter()
            .map(|one| one.site.location.as_ref().map_or(TableShape::None, |location| TableShape::Point(location.location.point)))
            .collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "fewer sites than the country has")]
fn statuses_table<'s>(found: &Growth<'_>) -> FigureTable<'s> {
    let row = |total: &StatusTotal| {
        vec![
            text(Some(total.status.label())),
            text(Some(if total.counted { "yes" } else { "no" })),
            Cell::Number(total.sites as f64),
            Cell::Number(f64::from(total.dwellings)),
            Cell::Number(homes_of(found, total)),
        ]
    };
    FigureTable {
        name: "by status".to_owned(),
        title: "Sites by status".to_owned(),
        columns: vec![
            column("status", "Status", ColumnKind::Text),
            column("counted", "Added up", ColumnKind::Text),
            column("sites", "Sites", ColumnKind::Number(0)),
            column("homes", "Homes", ColumnKind::Number(0)),
            column("counted_homes", "Homes counted", ColumnKind::Number(0)),
        ],
        rows: found.by_status.iter().map(row).collect(),
        shapes: Vec::new(),
    }
}

fn years_table<'s>(found: &Growth<'_>) -> FigureTable<'s> {
    let rows = found.by_year.iter().map(|one| vec![text(Some(&one.year.to_string())), Cell::Number(one.dwellings), Cell::Number(one.people)]);
    FigureTable {
        name: "by year".to_owned(),
        title: "Counted homes by year, of sites whose years are known".to_owned(),
        columns: vec![
            column("year", "Year", ColumnKind::Code),
            column("homes", "Homes", ColumnKind::Number(1)),
            column("people", "People (estimate)", ColumnKind::Number(1)),
        ],
        rows: rows.collect(),
        shapes: Vec::new(),
    }
}

fn joining_table<'s>(found: &Growth<'_>) -> FigureTable<'s> {
    let rows = found.joining.iter().map(|one| {
        let practice = one.practice.map(|practice| &practice.organisation);
        let growth = one.list_size.filter(|list| *list > 0).map(|list| one.people / f64::from(list) * 100.0);
        vec![
            text(practice.map(|practice| practice.code.as_str())),
            text(Some(practice.map_or("Other practices, and counts that are withheld", |practice| practice.name.as_str()))),
            Cell::Number(one.people),
            one.list_size.map_or(Cell::Empty, |list| Cell::Number(f64::from(list))),
            growth.map_or(Cell::Empty, Cell::Number),
        ]
    });
    FigureTable {
        name: "joining".to_owned(),
        title: "Which practices people would join (estimate)".to_owned(),
        columns: vec![
            column("code", "Code", ColumnKind::Code),
            column("practice", "Practice", ColumnKind::Text),
            column("people", "People (estimate)", ColumnKind::Number(0)),
            column("list", "List today", ColumnKind::Number(0)),
            column("growth", "Growth of the list, %", ColumnKind::Number(1)),
        ],
        rows: rows.collect(),
        shapes: Vec::new(),
    }
}

fn plans_table<'s>(found: &Growth<'_>) -> FigureTable<'s> {
    let rows = found.plans.iter().map(|plan| {
        let (from, to) = plan.years();
        vec![
            text(Some(&plan.authority.name)),
            text(Some(&plan.phases[0].plan)),
            text(Some(&plan.phases[0].option)),
            text(Some(&from.to_string())),
            text(Some(&to.to_string())),
            Cell::Number(f64::from(plan.dwellings)),
            Cell::Number(plan.located.dwellings),
            Cell::Number(plan.in_catchment.dwellings),
            Cell::Number(plan.not_located.dwellings),
            Cell::Number(plan.unexplained),
        ]
    });
    FigureTable {
        name: "plans".to_owned(),
        title: "What plans require, and how much of it sites explain".to_owned(),
        columns: vec![
            column("district", "District", ColumnKind::Text),
            column("plan", "Plan", ColumnKind::Text),
            column("option", "Option", ColumnKind::Text),
            column("from", "From", ColumnKind::Code),
            column("to", "To", ColumnKind::Code),
            column("homes", "Homes required", ColumnKind::Number(0)),
            column("located", "Homes on located sites", ColumnKind::Number(0)),
            column("in_catchment", "Those in the catchment", ColumnKind::Number(0)),
            column("not_located", "Homes on sites that no map shows", ColumnKind::Number(0)),
            column("unexplained", "Homes on no site held here", ColumnKind::Number(0)),
        ],
        rows: rows.collect(),
        shapes: Vec::new(),
    }
}

fn unlocated_table<'s>(found: &Growth<'_>) -> FigureTable<'s> {
    let rows = found.not_located.iter().flat_map(|one| one.sites.iter().map(|site| (one.authority, *site))).map(|(authority, site)| {
        vec![
            text(Some(&site.id)),
            text(Some(&site.name)),
            text(Some(&authority.name)),
            text(Some(site.status.label())),
            number(site.dwellings.map(f64::from)),
            text(Some(&site.reference)),
        ]
    });
    FigureTable {
        name: "not located".to_owned(),
        title: "Sites of these districts that no map shows".to_owned(),
        columns: vec![
            column("id", "Id", ColumnKind::Code),
            column("name", "Name", ColumnKind::Text),
            column("district", "District", ColumnKind::Text),
            column("status", "Status", ColumnKind::Text),
            column("homes", "Homes", ColumnKind::Number(0)),
            column("reference", "Document", ColumnKind::Text),
        ],
        rows: rows.collect(),
        shapes: Vec::new(),
    }
}

fn assumptions_table<'s>(found: &Growth<'_>) -> FigureTable<'s> {
    let rows = found.assumptions.iter().map(|one| {
        vec![
            text(Some(one.label)),
            text(one.value.as_deref().or(Some("not set"))),
            text(Some(one.unit)),
            text(Some(if one.given { "given" } else { "usual" })),
            text(Some(&one.note)),
        ]
    });
    FigureTable {
        name: "assumptions".to_owned(),
        title: "What was assumed".to_owned(),
        columns: vec![
            column("assumption", "Assumption", ColumnKind::Text),
            column("value", "Value", ColumnKind::Text),
            column("unit", "Unit", ColumnKind::Text),
            column("given", "Given or usual", ColumnKind::Text),
            column("note", "Where it comes from", ColumnKind::Text),
        ],
        rows: rows.collect(),
        shapes: Vec::new(),
    }
}

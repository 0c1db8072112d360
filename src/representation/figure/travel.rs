//! How far people have to travel, on a map: bands of minutes or kilometres, or the nearest site.

use super::draft::Draft;
use super::ground::{Ground, area_of};
use super::points::{Overlay, shown};
use super::rows::{area_cells, area_columns, column, number, text};
use super::words::{alternative, count, counted, first_large, list, per_cent, whole};
use super::{Cell, ColumnKind, FigureTable, Fill, KeyBlock, KeyRow, MapArea, MapPoint, Pattern, Swatch, Symbol, TableShape};
use crate::model::measure::FigureStatus;
use crate::model::style::{Colour, MISSING_COLOUR};
use crate::model::travel::{Basis, Direction, Mode, TimeOfDay};
use crate::query::travel::{BasisCount, By, How, Place, Quintiles, SiteLook, Spread, TravelTimes, limit_text, mark_of, site_looks};
use crate::representation::json::FIFTHS;
use crate::representation::json::travel::sources_of;
use crate::representation::sentence;
use crate::store::Store;

/// More than so many sites are found by their mark in the table.
const LISTED: usize = 10;
/// More marks than these are not listed in the key.
const MARKED: usize = 15;
/// More names than these would hide the map.
const NAMED: usize = 12;

/// How far people have to travel; `by_site` colours areas by the nearest site instead of the band.
#[must_use]
pub fn travel<'s>(store: &'s Store, found: &TravelTimes<'s>, by_site: bool, overlay: Overlay<'_>) -> Draft<'s> {
    let ground = Ground::of_extent(store, &found.extent).seen(overlay.seen);
    let looks = site_looks(&found.sites.list, &found.allocated);
    let mut map = ground.map();
    let mixed = found.basis.len() > 1;
    let fill = |place: usize| fill(found, &looks, by_site, mixed, place);
    map.areas = found.members.iter().map(|&place| MapArea { shape: &found.layer.areas()[place].geometry, fill: fill(place) }).collect();
    let points = shown(&ground, overlay.symbols, false);
    map.points = points.points;
    map.points.extend(marked(&found.sites.list, map.frame.as_ref()));
    let mut key = vec![if by_site { key_by_site(found, &looks) } else { key_by_band(found) }];
    key.extend(key_of_bases(&found.basis, mixed, found.how.by, true));
    if !by_site {
        key.extend(key_of_marks(&found.sites.list, "Sites", |at| found.allocated[at].areas > 0));
    }
    key.extend(points.key);
    let title = title(found, by_site);
    let index = Quintiles::of(store, found.layer).and_then(|quintiles| store.measure(quintiles.measure)).map(|measure| measure.source.as_str());
    let of_times = found.sources.iter().filter_map(|id| store.source(id)).map(|source| source.id.as_str());
    let mut tables = vec![areas_table(store, found, &looks), sites_table(found, &looks), people_table(store, found)];
    tables.extend(points.tables);
    let mut notes = found.notes.clone();
    notes.insert(0, "Each neighbourhood is judged by one journey, to or from its population-weighted centre.".to_owned());
    notes.extend(points.notes);
    Draft {
        subtitle: subtitle(found),
        caption: format!("{}{}", sentence::travel::times(found), residents(store, found.layer.holds_population())),
        alternative: told(store, found, &title, by_site),
        title,
        map,
        key,
        direction: if by_site {
            "Colours and letters tell sites apart; they say nothing about how far it is.".to_owned()
        } else {
            "Darker areas are farther away.".to_owned()
        },
        notes,
        sources: sources_of(store, found.layer, &found.sites.list).into_iter().chain(index).chain(of_times).chain(points.sources).collect(),
        tables,
        ..Draft::default()
    }
}

/// Whose residents are counted, and when.
pub fn residents(store: &Store, held: bool) -> String {
    let source = store.population_source().zip(store.population_period()).filter(|_| held);
    source.map(|(source, period)| format!(" Residents: {period}, {}.", source.publisher)).unwrap_or_default()
}

fn fill(found: &TravelTimes<'_>, looks: &[SiteLook], by_site: bool, mixed: bool, place: usize) -> Fill {
    let leg = found.nearest.legs[place];
    let Some((value, site)) = leg.value(found.how.by).zip(found.nearest.site[place]) else {
        return Fill { colour: MISSING_COLOUR, pattern: Pattern::Missing(without_time(found, place)) };
    };
    let estimated = if mixed && leg.basis == Basis::Estimate { Pattern::Estimated } else { Pattern::Plain };
    if !by_site {
        return Fill { colour: found.bands.classes[found.bands.band_of(value)].colour, pattern: estimated };
    }
    let look = &looks[site as usize];
    Fill { colour: look.colour, pattern: if look.striped { Pattern::Striped } else { estimated } }
}

/// Out of reach is one thing, not known another.
fn without_time(found: &TravelTimes<'_>, place: usize) -> FigureStatus {
    if found.known[place] { FigureStatus::NotApplicable } else { FigureStatus::NotHeld }
}

/// Symbols of the places asked about, those in sight.
#[must_use]
pub fn marked(places: &[Place], frame: Option<&crate::model::crs::Bng<geo_types::Rect<f64>>>) -> Vec<MapPoint> {
    let seen = |place: &&(usize, &Place)| frame.is_none_or(|frame| geo::Intersects::intersects(&frame.0, &place.1.point.0));
    let numbered: Vec<(usize, &Place)> = places.iter().enumerate().collect();
    let few = numbered.iter().filter(seen).count() <= NAMED;
    let one = |(at, place): &(usize, &Place)| MapPoint {
        point: place.point,
        symbol: Symbol::Mark(mark_of(*at, places.len())),
        name: few.then(|| place.name.clone()),
        approximate: false,
    };
    numbered.iter().filter(seen).map(one).collect()
}

const fn unit(by: By) -> &'static str {
    match by {
        By::Minutes => "Minutes",
        By::Kilometres => "Kilometres",
    }
}

/// Whether no road is known: kilometres are those of the straight line.
fn is_straight(found: &TravelTimes<'_>) -> bool {
    found.how.by == By::Kilometres && found.basis.iter().all(|part| part.basis != Basis::Network)
}

fn target(found: &TravelTimes<'_>) -> String {
    match found.sites.list.as_slice() {
        [one] => one.name.clone(),
        _ => format!("the nearest {}", found.sites.singular),
    }
}

fn title(found: &TravelTimes<'_>, by_site: bool) -> String {
    let (place, phrase) = (&found.extent.label, found.how.mode.phrase());
    if by_site {
        return format!("Nearest {} {phrase}, {place}", found.sites.singular);
    }
    let what = match found.how.by {
        By::Kilometres if is_straight(found) => "Straight-line distance".to_owned(),
        By::Kilometres => format!("Distance {phrase}"),
        By::Minutes => format!("Travel time {phrase}"),
    };
    match found.how.direction {
        Direction::ToSite => format!("{what} to {} from {place}", target(found)),
        Direction::FromSite => format!("{what} from {} to {place}", target(found)),
    }
}

/// When people travel, in words; empty where it does not matter.
#[must_use]
pub fn when(how: How) -> String {
    match (how.mode, how.time) {
        (Mode::Transit, _) => format!("{}, {}", first_large(how.when.weekday_id()), how.when.window_text().replace('-', " to ")),
        (Mode::Car, TimeOfDay::FreeFlow) => "on empty roads".to_owned(),
        (Mode::Car, TimeOfDay::OffPeak) => "between the peaks".to_owned(),
        (Mode::Car, TimeOfDay::MorningPeak) => "in the morning peak".to_owned(),
        _ => String::new(),
    }
}

fn subtitle(found: &TravelTimes<'_>) -> String {
    let when = if is_straight(found) { String::new() } else { when(found.how) };
    let sites = counted(found.sites.list.len(), &found.sites.singular, &found.sites.plural);
    [found.layer.area_type().heading(), sites, when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn bare(label: &str) -> &str {
    label.trim_end_matches(" minutes").trim_end_matches(" km")
}

fn columns(found: &TravelTimes<'_>) -> Vec<String> {
    let mut columns = vec!["Areas".to_owned()];
    columns.extend(found.layer.holds_population().then(|| "People".to_owned()));
    columns
}

fn values(found: &TravelTimes<'_>, areas: usize, people: f64) -> Vec<String> {
    let mut values = vec![count(areas)];
    values.extend(found.layer.holds_population().then(|| whole(people)));
    values
}

fn key_by_band(found: &TravelTimes<'_>) -> KeyBlock {
    let mut rows: Vec<KeyRow> = found
        .bands
        .classes
        .iter()
        .map(|band| KeyRow {
            swatch: Swatch::Fill(Fill { colour: band.colour, pattern: Pattern::Plain }),
            name: None,
            label: first_large(bare(&band.label)),
            values: values(found, band.held.areas, band.held.people),
        })
        .collect();
    rows.extend(missing_rows(found));
    let straight = if is_straight(found) { " in a straight line".to_owned() } else { format!(" {}", found.how.mode.phrase()) };
    let way = if found.how.direction == Direction::ToSite { "to" } else { "from" };
    KeyBlock { title: format!("{}{straight} {way} {}", unit(found.how.by), target(found)), columns: columns(found), rows, note: String::new() }
}

fn key_by_site(found: &TravelTimes<'_>, looks: &[SiteLook]) -> KeyBlock {
    let mut used: Vec<usize> = (0..found.sites.list.len()).filter(|&at| found.allocated[at].areas > 0).collect();
    let all = used.len();
    if found.sites.list.len() > LISTED {
        used.sort_by(|a, b| found.allocated[*b].areas.cmp(&found.allocated[*a].areas).then(a.cmp(b)));
    }
    let listed = used.iter().take(LISTED).map(|&at| KeyRow {
        swatch: Swatch::Fill(Fill { colour: looks[at].colour, pattern: if looks[at].striped { Pattern::Striped } else { Pattern::Plain } }),
        name: None,
        label: format!("{}  {}", looks[at].mark, found.sites.list[at].name),
        values: values(found, found.allocated[at].areas, found.allocated[at].people),
    });
    let rows = listed.chain(missing_rows(found)).collect();
    let note = if all > LISTED { format!("And {} more, each marked on the map where it lies within it.", count(all - LISTED)) } else { String::new() };
    KeyBlock { title: format!("Nearest {}, {}", found.sites.singular, found.how.mode.phrase()), columns: columns(found), rows, note }
}

fn missing_rows(found: &TravelTimes<'_>) -> Vec<KeyRow> {
    let all = found.bands.missing;
    let out = (all.areas - found.unknown.areas, all.people - found.unknown.people);
    let row = |label: &str, status, (areas, people): (usize, f64)| KeyRow {
        swatch: Swatch::Fill(Fill { colour: MISSING_COLOUR, pattern: Pattern::Missing(status) }),
        name: None,
        label: label.to_owned(),
        values: values(found, areas, people),
    };
    let rows = [("Not reached", FigureStatus::NotApplicable, out), ("No time known", FigureStatus::NotHeld, (found.unknown.areas, found.unknown.people))];
    rows.into_iter().filter(|(.., (areas, _))| *areas > 0).map(|(label, status, held)| row(label, status, held)).collect()
}

/// How the times are known: always in words, for nobody should take an estimate for a published time.
#[must_use]
pub fn key_of_bases(basis: &[BasisCount], mixed: bool, by: By, on_areas: bool) -> Option<KeyBlock> {
    let row = |part: &BasisCount| {
        let swatch = match (part.basis, mixed, on_areas) {
            (Basis::Estimate, true, true) => Swatch::Fill(Fill { colour: Colour(0xff, 0xff, 0xff), pattern: Pattern::Estimated }),
            _ => Swatch::None,
        };
        let words = match part.basis {
            Basis::Network => "Worked out on the road network".to_owned(),
            Basis::Published => "Published times".to_owned(),
            Basis::Estimate if by == By::Kilometres => "Straight line, not the road".to_owned(),
            Basis::Estimate => first_large(&part.words),
        };
        KeyRow { swatch, name: None, label: if mixed { format!("{words}: {}", counted(part.areas, "area", "areas")) } else { words }, values: Vec::new() }
    };
    (!basis.is_empty()).then(|| KeyBlock {
        title: "How that is known".to_owned(),
        columns: Vec::new(),
        rows: basis.iter().map(row).collect(),
        note: String::new(),
    })
}

/// The marks of places with their names, while they are few.
pub fn key_of_marks(places: &[Place], title: &str, used: impl Fn(usize) -> bool) -> Option<KeyBlock> {
    let row = |(at, place): (usize, &Place)| KeyRow {
        swatch: Swatch::Symbol(Symbol::Mark(mark_of(at, places.len()))),
        name: None,
        label: first_large(&place.name),
        values: Vec::new(),
    };
    let rows: Vec<KeyRow> = places.iter().enumerate().filter(|(at, _)| used(*at)).map(row).collect();
    let (note, rows) = match (rows.len() > MARKED, places.len() - rows.len()) {
        (true, _) => (format!("{} places, each marked on the map where it lies within it.", count(places.len())), Vec::new()),
        (false, 0) => (String::new(), rows),
        (false, others) => (format!("{} nearest to nobody here.", counted(others, "other is", "others are")), rows),
    };
    (!places.is_empty()).then(|| KeyBlock { title: title.to_owned(), columns: Vec::new(), rows, note })
}

fn told(store: &Store, found: &TravelTimes<'_>, title: &str, by_site: bool) -> String {
    let kind = found.layer.area_type().kind;
    let classes: Vec<String> = if by_site {
        let used = found.sites.list.iter().zip(&found.allocated).filter(|(_, allocated)| allocated.areas > 0);
        used.take(LISTED).map(|(site, allocated)| format!("{}: {}", site.name, allocated.areas)).collect()
    } else {
        found.bands.classes.iter().filter(|band| band.held.areas > 0).map(|band| format!("{}: {}", band.label, band.held.areas)).collect()
    };
    let farthest = found.members.iter().filter_map(|&place| Some((place, found.nearest.legs[place].value(found.how.by)?)));
    let farthest = farthest.reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(place, value)| {
        let area = &found.layer.areas()[place];
        format!("Farthest: {}, {} {}.", sentence::measure::area_name(area), limit_text(value), unit(found.how.by).to_lowercase())
    });
    let mut districts: Vec<(String, f64)> =
        found.by_district.iter().filter_map(|one| Some((area_of(store, one.area).name.clone(), one.spread.median?))).collect();
    districts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let districts: Vec<String> = districts.iter().take(3).map(|(name, median)| format!("{name} ({})", limit_text((median * 10.0).round() / 10.0))).collect();
    let missing = found.bands.missing.areas;
    alternative(&[
        format!("Map: {title}. {}.", first_large(&counted(found.members.len(), kind.singular(), kind.plural()))),
        format!("Number of areas: {}.", classes.join("; ")),
        if missing > 0 { format!("Not reached or not known: {missing}.") } else { String::new() },
        farthest.unwrap_or_default(),
        if districts.len() > 1 { format!("Districts with the longest medians: {}.", list(&districts)) } else { String::new() },
    ])
}

fn areas_table<'s>(store: &'s Store, found: &TravelTimes<'s>, looks: &[SiteLook]) -> FigureTable<'s> {
    let mut columns = area_columns();
    columns.extend([
        column("site", "Nearest site, by its mark", ColumnKind::Code),
        column("site_name", "Nearest site", ColumnKind::Text),
        column("minutes", &format!("Minutes {}", found.how.mode.phrase()), ColumnKind::Number(1)),
        column("kilometres", "Kilometres", ColumnKind::Number(1)),
        column("basis", "How the time is known", ColumnKind::Text),
        column("band", "Band", ColumnKind::Text),
        column("residents", &format!("Residents, {}", store.population_period().unwrap_or_default()), ColumnKind::Number(0)),
    ]);
    let row = |&place: &usize| {
        let (leg, site) = (found.nearest.legs[place], found.nearest.site[place].map(|site| site as usize));
        let missing = Cell::Missing(without_time(found, place));
        let known = |value: Option<f64>| value.filter(|_| site.is_some()).map_or(missing.clone(), Cell::Number);
        let mut cells = area_cells(store, found.layer, place);
        cells.extend([
            text(site.map(|site| looks[site].mark.as_str())),
            text(site.map(|site| found.sites.list[site].name.as_str())),
            known(leg.printed_minutes()),
            known(leg.printed_kilometres()),
            text(site.map(|_| leg.basis.id()).or(Some(if found.known[place] { "not reached" } else { "no time held" }))),
            text(leg.value(found.how.by).map(|value| found.bands.classes[found.bands.band_of(value)].label.as_str())),
            number(found.layer.population_at(place)),
        ]);
        cells
    };
    FigureTable {
        name: found.layer.area_type().kind.plural().to_owned(),
        title: format!("Each {} with its journey to {}", found.layer.area_type().kind.singular(), target(found)),
        columns,
        rows: found.members.iter().map(row).collect(),
        shapes: found.members.iter().map(|&place| TableShape::Area(&found.layer.areas()[place].geometry)).collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "fewer areas than the country has")]
fn sites_table<'s>(found: &TravelTimes<'_>, looks: &[SiteLook]) -> FigureTable<'s> {
    let rows = found.sites.list.iter().zip(looks).zip(&found.allocated).map(|((site, look), allocated)| {
        vec![
            text(Some(&look.mark)),
            text(Some(&site.id)),
            text(Some(&site.name)),
            text(Some(site.kind.id())),
            Cell::Number(allocated.areas as f64),
            Cell::Number(allocated.people),
        ]
    });
    FigureTable {
        name: "sites".to_owned(),
        title: "Sites with the areas and residents to whom they are the nearest".to_owned(),
        columns: vec![
            column("mark", "Mark", ColumnKind::Code),
            column("id", "Id", ColumnKind::Code),
            column("name", "Name", ColumnKind::Text),
            column("kind", "Kind", ColumnKind::Text),
            column("areas", "Areas to which it is the nearest", ColumnKind::Number(0)),
            column("residents", "Residents of these areas", ColumnKind::Number(0)),
        ],
        rows: rows.collect(),
        shapes: found.sites.list.iter().map(|site| TableShape::Point(site.point)).collect(),
    }
}

fn people_table<'s>(store: &Store, found: &TravelTimes<'_>) -> FigureTable<'s> {
    let unit = if found.how.by == By::Minutes { "minutes" } else { "km" };
    let limits = found.limits.iter().flat_map(|limit| {
        let id = limit_text(*limit).replace('.', "_");
        [
            column(&format!("within_{id}"), &format!("Residents within {} {unit}", limit_text(*limit)), ColumnKind::Number(0)),
            column(&format!("share_{id}"), "Their share", ColumnKind::Text),
        ]
    });
    let columns =
        [column("group", "Residents", ColumnKind::Text), column("residents", "All of them", ColumnKind::Number(0))].into_iter().chain(limits).chain([
            column("mean", &format!("Mean, {unit}"), ColumnKind::Number(1)),
            column("median", &format!("Median, {unit}"), ColumnKind::Number(1)),
            column("nine_in_ten", &format!("Nine in ten travel at most, {unit}"), ColumnKind::Number(1)),
        ]);
    let row = |name: &str, spread: &Spread| {
        let mut cells = vec![text(Some(name)), Cell::Number(spread.people)];
        cells.extend(spread.within.iter().flat_map(|people| [Cell::Number(*people), text(spread.share(*people).map(per_cent).as_deref())]));
        cells.extend([spread.mean, spread.median, spread.ninth_tenth].map(number));
        cells
    };
    let mut rows = vec![row("Everybody", &found.all)];
    rows.extend(found.by_district.iter().map(|one| row(&area_of(store, one.area).name, &one.spread)));
    rows.extend(found.by_quintile.iter().flatten().zip(FIFTHS).map(|(spread, name)| row(name, spread)));
    rows.extend(found.by_age.iter().map(|one| row(&format!("Aged {}", one.label), &one.spread)));
    FigureTable { name: "people".to_owned(), title: "Residents by how far they travel".to_owned(), columns: columns.collect(), rows, shapes: Vec::new() }
}

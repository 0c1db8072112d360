//! The catchment of practices, or of a shape: its areas shaded, its outline, the practices; who lives there on a second page.

use geo_types::Point;

use super::draft::Draft;
use super::ground::Ground;
use super::measure::of_national_classes;
use super::measure::{fill as class_fill, key as class_key, subject};
use super::points::{Overlay, practice_symbol, shown};
use super::profile::{profile_parts, profile_tables};
use super::rows::{area_cells, area_columns, column, number, text};
use super::words::{alternative, count, counted, first_large, list, missing_fill, per_cent, whole};
use super::{
    Cell, ColumnKind, FigureMap, FigureTable, Fill, Flow, KeyBlock, KeyRow, MapArea, MapPoint, Outline, OutlineShape, Pattern, Swatch, Symbol, TableShape,
};
use crate::model::measure::FigureStatus;
use crate::model::organisation::{Location, Precision};
use crate::model::style::{Colour, INK};
use crate::query::{Catchment, CatchmentAnswer, CatchmentArea, Classification, Comparators, Definition, ShadeBy, Shading, View, has_patients, shade_value};
use crate::representation::sentence;
use crate::store::Store;

/// Areas of a catchment in which nobody is a patient.
const NOBODY: Fill = Fill { colour: Colour(0xff, 0xff, 0xff), pattern: Pattern::Plain };
/// Areas outside the catchment: the ground shows that they are there, and nothing about them.
pub const OUTSIDE: Fill = Fill { colour: Colour(0xe6, 0xe9, 0xeb), pattern: Pattern::Plain };
/// The line around a second catchment.
const SECOND: Colour = Colour(0xb3, 0x58, 0x06);

/// What is asked of a catchment's map.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a, 's> {
    /// What areas are shaded by.
    pub shade: ShadeBy,
    /// Whether lines show where patients come from.
    pub flows: bool,
    /// A second catchment, to be outlined.
    pub against: Option<&'a Catchment<'s>>,
    /// A measure over the areas, where there are no patients to shade by.
    pub measured: Option<(&'a View<'s>, &'a Classification<'s>)>,
    /// The name of the only area it is made of, where it is one.
    pub area: Option<&'a str>,
}

/// A catchment with its profile.
#[must_use]
pub fn practice<'s>(store: &'s Store, comparators: &Comparators, answer: &CatchmentAnswer<'s>, wanted: Wanted<'_, 's>, overlay: Overlay<'_>) -> Draft<'s> {
    let catchment = &answer.catchment;
    let beside = wanted.against.and_then(Catchment::bounds).into_iter().flat_map(|bounds| [Point(bounds.0.min()), Point(bounds.0.max())]);
    let ground = Ground::of_catchment(store, catchment).with(practice_points(catchment).map(|(_, location)| location.point.0).chain(beside)).seen(overlay.seen);
    let shading = Shading::of(catchment, answer.summary.list_size, wanted.shade);
    let mut map = ground.map();
    map.areas = ground.areas_around().into_iter().map(|shape| MapArea { shape, fill: OUTSIDE }).collect();
    map.areas.extend(catchment.areas.iter().map(|area| MapArea { shape: shape_of(catchment, area), fill: fill(catchment, shading.as_ref(), wanted, area) }));
    outline(&mut map, catchment, wanted.against);
    map.flows = if wanted.flows { flows(catchment) } else { Vec::new() };
    let points = shown(&ground, overlay.symbols, false);
    map.points = points.points;
    map.points.extend(practices_on_map(store, catchment));
    let mut key: Vec<KeyBlock> = shading.iter().map(|shading| key(answer, shading)).collect();
    if shading.is_none() {
        key.extend(wanted.measured.map(|(view, classification)| class_key(store, view, classification)));
    }
    key.push(key_of_lines(catchment, wanted, &map));
    key.extend(points.key);
    let title = title(answer, wanted.area);
    let (view, sources) = (wanted.measured.filter(|_| shading.is_none()), comparators.sources(store));
    let direction = match (&shading, view) {
        (Some(_), _) => "Darker areas have more patients, or a larger share of them.".to_owned(),
        (None, Some((_, classification))) => classification.direction.clone(),
        (None, None) => String::new(),
    };
    let mut tables = vec![areas_table(store, comparators, answer), registered_with(answer)];
    tables.extend(profile_tables(store, comparators, answer));
    tables.extend(points.tables);
    tables.retain(|table| !table.rows.is_empty());
    Draft {
        subtitle: subtitle(store, answer),
        caption: caption(store, answer, wanted.area),
        alternative: told(answer, &title, shading.as_ref(), wanted),
        title,
        map,
        key,
        direction,
        profile: profile_parts(store, comparators, answer),
        notes: notes_of(store, catchment, wanted).into_iter().chain(points.notes).collect(),
        sources: sources
            .into_iter()
            .chain(view.map(|(view, _)| view.measure.source.as_str()))
            .chain(view.and_then(|(_, classification)| of_national_classes(store, classification)))
            .chain(points.sources)
            .collect(),
        tables,
    }
}

fn shape_of<'s>(catchment: &Catchment<'s>, area: &CatchmentArea) -> &'s crate::model::crs::Bng<geo_types::MultiPolygon<f64>> {
    let layer = catchment.layer;
    &layer.areas()[area.place as usize].geometry
}

fn fill(catchment: &Catchment<'_>, shading: Option<&Shading>, wanted: Wanted<'_, '_>, area: &CatchmentArea) -> Fill {
    let Some(shading) = shading else {
        return wanted.measured.map_or(super::plain::PLAIN, |(view, classification)| class_fill(classification, &view.row(area.place as usize)));
    };
    match shading.class_of(catchment, area) {
        Some(class) => Fill { colour: shading.shades[class].colour, pattern: Pattern::Plain },
        None if area.withheld => missing_fill(FigureStatus::Suppressed),
        None => NOBODY,
    }
}

/// The outer edge of a catchment, the shape that was asked for, and a second catchment.
pub fn outline<'s>(map: &mut FigureMap<'s>, catchment: &Catchment<'s>, against: Option<&Catchment<'s>>) {
    let around = |catchment: &Catchment<'s>| OutlineShape::Around(catchment.areas.iter().map(|area| shape_of(catchment, area)).collect());
    map.outlines.extend(against.map(|against| Outline { shape: around(against), line: SECOND, fill: None, dashed: false }));
    map.outlines.push(Outline { shape: around(catchment), line: INK, fill: None, dashed: false });
    let shape = catchment.shape.as_ref().map(|shape| OutlineShape::Owned(shape.outline()));
    map.outlines.extend(shape.map(|shape| Outline { shape, line: INK, fill: None, dashed: true }));
}

fn practice_points<'c>(catchment: &'c Catchment<'_>) -> impl Iterator<Item = (usize, Location)> + 'c {
    catchment.asked.practices.iter().enumerate().filter_map(|(at, practice)| Some((at, practice.organisation.location?)))
}

/// The practices asked about, and their branches.
pub fn practices_on_map(store: &Store, catchment: &Catchment<'_>) -> Vec<MapPoint> {
    let approximate = |location: &Location| location.precision == Precision::Approximate;
    let branches = catchment.asked.practices.iter().flat_map(|practice| &practice.branches).filter_map(|branch| {
        let location = branch.location?;
        let symbol = Symbol::Practice { list_size: 0.0, chosen: false };
        Some(MapPoint { point: location.point, symbol, name: Some(format!("Branch: {}", branch.name)), approximate: approximate(&location) })
    });
    let practices = practice_points(catchment).map(|(at, location)| MapPoint {
        point: location.point,
        symbol: practice_symbol(store, catchment.asked.positions[at] as usize, true),
        name: Some(catchment.asked.practices[at].organisation.name.clone()),
        approximate: approximate(&location),
    });
    branches.chain(practices).collect()
}

/// Lines from neighbourhoods to the practice; with several practices nobody knows which share goes where.
fn flows(catchment: &Catchment<'_>) -> Vec<Flow> {
    let [practice] = catchment.asked.practices.as_slice() else { return Vec::new() };
    let Some(to) = practice.organisation.location.map(|location| location.point) else { return Vec::new() };
    let most = catchment.areas.iter().filter_map(|area| area.patients).fold(0.0, f64::max);
    let from = catchment.areas.iter().filter(|area| has_patients(area));
    from.map(|area| Flow { from: catchment.layer.areas()[area.place as usize].centroid, to, weight: area.patients.unwrap_or(0.0) / most }).collect()
}

/// The practices asked about, by name while there are few.
fn who(catchment: &Catchment<'_>) -> String {
    catchment.asked.label().unwrap_or_default()
}

fn title(answer: &CatchmentAnswer<'_>, area: Option<&str>) -> String {
    let catchment = &answer.catchment;
    match (area, catchment.asked.is_empty()) {
        (Some(area), true) => format!("Profile of {area}"),
        (_, true) => format!("Who lives here: {}", super::words::first_small(&catchment.definition.label())),
        (_, false) => format!("Catchment of {}", catchment.label()),
    }
}

fn subtitle(store: &Store, answer: &CatchmentAnswer<'_>) -> String {
    let kind = answer.catchment.layer.area_type();
    let areas = counted(answer.catchment.areas.len(), kind.kind.singular(), kind.kind.plural());
    let register =
        answer.catchment.register.filter(|_| !answer.catchment.asked.is_empty()).map(|register| format!("patients registered {}", register.period()));
    let residents = store.population_period().map(|period| format!("residents {period}"));
    [format!("{areas} ({})", kind.exact_term().replace(" (", ", ").replace(')', ""))]
        .into_iter()
        .chain(register)
        .chain(residents)
        .collect::<Vec<_>>()
        .join("; ")
}

/// When patients and residents were counted, and by whom.
pub fn counted_when(store: &Store, catchment: &Catchment<'_>) -> String {
    let publisher = |id: &str| store.source(id).map(|source| source.publisher.as_str()).unwrap_or_default();
    let patients = catchment.register.map(|register| format!("Patients: {}, {}.", register.period(), publisher(register.source())));
    let residents = store.population_source().zip(store.population_period()).map(|(source, period)| format!("Residents: {period}, {}.", source.publisher));
    patients.into_iter().chain(residents).collect::<Vec<_>>().join(" ")
}

fn caption(store: &Store, answer: &CatchmentAnswer<'_>, area: Option<&str>) -> String {
    format!("{} {}", said(answer, area), counted_when(store, &answer.catchment))
}

/// Who lives there, with the area's own name where it has one.
fn said(answer: &CatchmentAnswer<'_>, area: Option<&str>) -> String {
    let sentence = sentence::catchment(&answer.catchment, &answer.summary);
    let Some(area) = area.filter(|_| answer.catchment.asked.is_empty()) else { return sentence };
    if answer.catchment.areas.len() == 1 {
        return sentence.replace("1 neighbourhood in this area", area);
    }
    sentence.replace("in this area", &format!("in {area}"))
}

fn told(answer: &CatchmentAnswer<'_>, title: &str, shading: Option<&Shading>, wanted: Wanted<'_, '_>) -> String {
    let catchment = &answer.catchment;
    let classes = shading.map(|shading| {
        let shades = shading.shades.iter().filter(|shade| shade.areas > 0).map(|shade| format!("{}: {}", shade.label, shade.areas));
        format!("{}, number of neighbourhoods: {}.", shading.by.title(), shades.collect::<Vec<_>>().join("; "))
    });
    let mut areas: Vec<&CatchmentArea> = catchment.areas.iter().filter(|area| has_patients(area)).collect();
    areas.sort_by(|a, b| b.patients.unwrap_or(0.0).total_cmp(&a.patients.unwrap_or(0.0)).then(a.place.cmp(&b.place)));
    let most: Vec<String> = areas
        .iter()
        .take(3)
        .map(|area| format!("{} ({})", sentence::measure::area_name(&catchment.layer.areas()[area.place as usize]), whole(area.patients.unwrap_or(0.0))))
        .collect();
    alternative(&[
        format!("Map: {title}."),
        said(answer, wanted.area),
        classes.unwrap_or_default(),
        wanted.measured.filter(|_| shading.is_none()).map(|(view, classification)| sentence::measure::measure(view, classification)).unwrap_or_default(),
        if most.is_empty() { String::new() } else { format!("Most patients: {}.", list(&most)) },
    ])
}

fn key(answer: &CatchmentAnswer<'_>, shading: &Shading) -> KeyBlock {
    let mut rows: Vec<KeyRow> = shading
        .shades
        .iter()
        .map(|shade| KeyRow {
            swatch: Swatch::Fill(Fill { colour: shade.colour, pattern: Pattern::Plain }),
            name: None,
            label: shade.label.clone(),
            values: vec![count(shade.areas)],
        })
        .collect();
    let without = answer.catchment.areas.iter().filter(|area| !area.withheld && !has_patients(area)).count();
    let more = [(missing_fill(FigureStatus::Suppressed), "Few patients: number not shown", shading.withheld), (NOBODY, "No patients", without)];
    rows.extend(more.into_iter().filter(|(.., areas)| *areas > 0).map(|(fill, label, areas)| KeyRow {
        swatch: Swatch::Fill(fill),
        name: None,
        label: label.to_owned(),
        values: vec![count(areas)],
    }));
    let period = answer.catchment.register.map(|register| format!(", {}", register.period())).unwrap_or_default();
    KeyBlock {
        title: format!("{}: {}{period}", shading.by.title(), who(&answer.catchment)),
        columns: vec!["Areas".to_owned()],
        rows,
        note: shading.by.note().to_owned(),
    }
}

/// What lines and symbols mean.
fn key_of_lines(catchment: &Catchment<'_>, wanted: Wanted<'_, '_>, map: &FigureMap<'_>) -> KeyBlock {
    let row = |swatch, label: String| KeyRow { swatch, name: None, label, values: Vec::new() };
    let line = |line, dashed| Swatch::Line { line, fill: None, dashed };
    let kind = catchment.layer.area_type().kind;
    let of = |catchment: &Catchment<'_>| counted(catchment.areas.len(), kind.singular(), kind.plural());
    let own = wanted.area.filter(|_| catchment.asked.is_empty()).map_or_else(|| catchment.definition.label(), str::to_owned);
    let mut rows = vec![row(line(INK, false), format!("{own}: {}", of(catchment)))];
    rows.extend(wanted.against.map(|against| row(line(SECOND, false), format!("Beside it: {}: {}", against.label(), of(against)))));
    let edge = if matches!(catchment.definition, Definition::TravelTime { .. }) { "Edge of what is reached" } else { "Shape asked for" };
    rows.extend(catchment.shape.as_ref().map(|_| row(line(INK, true), edge.to_owned())));
    let most = catchment.areas.iter().filter_map(|area| area.patients).fold(0.0, f64::max);
    rows.extend((!map.flows.is_empty()).then(|| row(Swatch::Flow, format!("Widest line: {} patients of one neighbourhood", whole(most)))));
    rows.extend(practice_rows(catchment));
    let title = if wanted.area.is_some() && catchment.asked.is_empty() { "Area" } else { "Catchment" };
    KeyBlock { title: title.to_owned(), columns: Vec::new(), rows, note: String::new() }
}

/// The symbols of the practices asked about.
#[must_use]
pub fn practice_rows(catchment: &Catchment<'_>) -> Vec<KeyRow> {
    let row = |chosen: bool, label: &str| KeyRow {
        swatch: Swatch::Symbol(Symbol::Practice { list_size: if chosen { 10_000.0 } else { 0.0 }, chosen }),
        name: None,
        label: label.to_owned(),
        values: Vec::new(),
    };
    let many = catchment.asked.practices.len();
    let practices = (many > 0).then(|| row(true, if many == 1 { "The practice" } else { "The practices" }));
    let branches = catchment.asked.practices.iter().any(|practice| practice.branches.iter().any(|branch| branch.location.is_some()));
    practices.into_iter().chain(branches.then(|| row(false, "Branch"))).collect()
}

/// What a reader must know of the map, which may be of an area rather than of a catchment.
fn notes_of(store: &Store, catchment: &Catchment<'_>, wanted: Wanted<'_, '_>) -> Vec<String> {
    let of_area = wanted.area.is_some() && catchment.asked.is_empty();
    let mut all = if of_area { catchment.notes.clone() } else { notes(catchment) };
    all.extend(wanted.measured.filter(|_| catchment.asked.is_empty()).map(|(view, _)| format!("{}: {}", subject(view), view.measure.definition.trim())));
    all.extend(store.population_period().filter(|_| of_area).map(|period| {
        format!("Residents are official estimates of {period}; people registered with practices are counted by the practices, so the two differ.")
    }));
    all
}

/// Definition, membership, what is withheld.
#[must_use]
pub fn notes(catchment: &Catchment<'_>) -> Vec<String> {
    let mut notes = vec![format!("{}: {}", catchment.definition.label(), super::words::first_small(&catchment.definition.text()))];
    notes.extend(catchment.definition.has_shape().then(|| catchment.membership.text().to_owned()));
    notes.extend(catchment.notes.iter().cloned());
    let threshold = catchment.register.filter(|_| !catchment.asked.is_empty()).map(|register| register.threshold()).filter(|threshold| *threshold > 1);
    notes.extend(
        threshold.map(|threshold| format!("Counts of fewer than {threshold} patients are withheld, and counts that would give them away; no sum holds them.")),
    );
    notes
}

fn areas_table<'s>(store: &'s Store, comparators: &Comparators, answer: &CatchmentAnswer<'s>) -> FigureTable<'s> {
    let catchment = &answer.catchment;
    let with_patients = !catchment.asked.is_empty() && catchment.register.is_some();
    let part = answer.summary.estimated;
    let period = catchment.register.map(|register| register.period()).unwrap_or_default();
    let mut columns = area_columns();
    if with_patients {
        columns.push(column("patients", &format!("Patients, {period}"), ColumnKind::Number(0)));
        columns.push(column("share_of_list", "Share of the list, %", ColumnKind::Number(1)));
        columns.push(column("share_of_area", "Share of people registered there, %", ColumnKind::Number(1)));
    }
    columns.extend(catchment.register.map(|_| column("registered", &format!("People registered with any practice, {period}"), ColumnKind::Number(0))));
    columns.push(column("residents", &format!("Residents, {}", store.population_period().unwrap_or_default()), ColumnKind::Number(0)));
    columns.extend(part.then(|| column("share_inside", "Share of the area inside the shape, %", ColumnKind::Number(1))));
    columns.push(column("deprivation_score", "Deprivation score (higher = more deprived)", ColumnKind::Number(2)));
    columns.push(column("deprivation_decile", "National decile of deprivation (1 = most deprived)", ColumnKind::Number(0)));
    let row = |area: &CatchmentArea| {
        let place = area.place as usize;
        let mut cells = area_cells(store, catchment.layer, place);
        let patients = |value: Option<f64>| match value {
            Some(value) => Cell::Number(value),
            None if area.withheld => Cell::Missing(FigureStatus::Suppressed),
            None => Cell::Number(0.0),
        };
        if with_patients {
            let share = |by| shade_value(catchment, area, answer.summary.list_size, by).map(in_hundredths);
            cells.extend([patients(area.patients), patients(share(ShadeBy::ShareOfPractice)), patients(share(ShadeBy::ShareOfArea))]);
        }
        cells.extend(catchment.register.map(|register| Cell::Number(f64::from(register.registered(place)) * area.weight)));
        cells.push(number(catchment.layer.population_at(place).map(|people| people * area.weight)));
        cells.extend(part.then(|| Cell::Number(in_hundredths(area.weight))));
        let (score, decile) = comparators.deprivation_at(store, area.place);
        cells.extend([number(score), number(decile)]);
        cells
    };
    FigureTable {
        name: catchment.layer.area_type().kind.plural().to_owned(),
        title: "The neighbourhoods of the catchment".to_owned(),
        columns,
        rows: catchment.areas.iter().map(row).collect(),
        shapes: catchment.areas.iter().map(|area| TableShape::Area(shape_of(catchment, area))).collect(),
    }
}

/// A share as per cent, without digits that mean nothing.
fn in_hundredths(share: f64) -> f64 {
    (share * 1e6).round() / 1e4
}

fn registered_with<'s>(answer: &CatchmentAnswer<'_>) -> FigureTable<'s> {
    let all = answer.summary.registered.unwrap_or(0.0);
    let share = |people: f64| if all > 0.0 { Cell::Text(per_cent(people / all)) } else { Cell::Empty };
    let mut rows: Vec<Vec<Cell>> = answer
        .summary
        .registered_with
        .iter()
        .map(|one| {
            let organisation = &one.practice.organisation;
            vec![text(Some(organisation.code.as_str())), text(Some(&organisation.name)), Cell::Number(one.patients), share(one.patients)]
        })
        .collect();
    let others = answer.summary.registered_with_others;
    if !rows.is_empty() && others > 0.0 {
        rows.push(vec![Cell::Empty, text(Some("Other practices, and counts that are withheld")), Cell::Number(others), share(others)]);
    }
    FigureTable {
        name: "registered with".to_owned(),
        title: first_large("with which practices the people of these areas are registered"),
        columns: vec![
            column("code", "Code", ColumnKind::Code),
            column("name", "Practice", ColumnKind::Text),
            column("people", "People of these areas", ColumnKind::Number(0)),
            column("share", "Their share", ColumnKind::Text),
        ],
        rows,
        shapes: Vec::new(),
    }
}

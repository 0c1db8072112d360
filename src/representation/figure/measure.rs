//! A measure on a map, and the plain map of places.

use super::draft::{Draft, NATIONAL_CLASSES};
use super::ground::Ground;
use super::points::{Overlay, shown};
use super::rows::{area_cells, area_columns, column, number, text};
use super::words::{alternative, count, counted, first_large, list, machine_id, missing, missing_fill, per_cent, whole};
use super::{Cell, ColumnKind, FigureTable, Fill, KeyBlock, KeyRow, MapArea, Pattern, Swatch, TableColumn, TableShape};
use crate::model::measure::FigureStatus;
use crate::model::style::ClassMethod;
use crate::query::{AreasAndPeople, Classification, Row, View};
use crate::representation::sentence::measure::{greatest_first, measure as sentence, quantity, totals};
use crate::store::Store;

/// How many of the highest and lowest are named to a listener.
const NAMED: usize = 3;

/// A measure in its classes.
#[must_use]
pub fn measure<'s>(store: &'s Store, view: &View<'s>, classification: &Classification<'s>, overlay: Overlay<'_>) -> Draft<'s> {
    let ground = Ground::of_extent(store, &view.extent).seen(overlay.seen);
    let mut map = ground.map();
    map.areas = view.rows().map(|row| MapArea { shape: &row.area.geometry, fill: fill(classification, &row) }).collect();
    let points = shown(&ground, overlay.symbols, false);
    map.points = points.points;
    let title = title(view);
    let mut key = vec![key(store, view, classification)];
    key.extend(points.key);
    let mut tables = vec![table(store, view, classification), classes_table(view, classification)];
    tables.extend(points.tables);
    let population = store.population_source().filter(|_| view.layer.holds_population());
    let sources = [view.measure.source.as_str(), view.layer.source()].into_iter().chain(population.map(|source| source.id.as_str()));
    Draft {
        subtitle: subtitle(view, classification),
        caption: format!("{} {}", sentence(view, classification), origin(store, view)),
        alternative: told(store, view, classification, &title),
        title,
        map,
        key,
        direction: classification.direction.clone(),
        notes: notes(view, classification).into_iter().chain(points.notes).collect(),
        sources: sources.chain(of_national_classes(store, classification)).chain(points.sources).collect(),
        tables,
        ..Draft::default()
    }
}

/// The fill of an area: its class's colour, or the pattern of what is missing.
#[must_use]
pub fn fill(classification: &Classification<'_>, row: &Row<'_>) -> Fill {
    classification.class_of(row).map_or_else(
        || missing_fill(if row.status == FigureStatus::Present { FigureStatus::NotHeld } else { row.status }),
        |class| Fill { colour: classification.classes[class].colour, pattern: Pattern::Plain },
    )
}

/// Sex and age where they are not everybody, and the period where the name does not say it.
fn divided(view: &View<'_>, name: &str) -> Vec<String> {
    let series = view.series;
    let sex = series.sex.map(|sex| sex.id()).filter(|sex| *sex != "persons");
    let age = series.age.as_deref().filter(|age| *age != "all ages").map(|age| format!("aged {age}"));
    let period = Some(series.period.as_str()).filter(|period| !name.contains(period));
    sex.map(str::to_owned).into_iter().chain(age).chain(period.map(str::to_owned)).collect()
}

/// What is mapped: the measure, and the field where it is not the usual one.
#[must_use]
pub fn subject(view: &View<'_>) -> String {
    let measure = view.measure;
    let usual = measure.fields.first().is_some_and(|field| field.id == view.field.id);
    let name = if usual { measure.name.clone() } else { format!("{}: {}", measure.name, view.field.name) };
    [name.clone()].into_iter().chain(divided(view, &name)).collect::<Vec<_>>().join(", ")
}

fn title(view: &View<'_>) -> String {
    let subject = subject(view);
    let comma = if subject.contains(", ") { "," } else { "" };
    format!("{subject}{comma} in {}", view.extent.label)
}

fn subtitle(view: &View<'_>, classification: &Classification<'_>) -> String {
    let head = head(view);
    format!(
        "{head}, {}. {}; classes: {}",
        view.series.period,
        view.layer.area_type().heading(),
        classification.method.label().to_lowercase().replace("england", "England")
    )
}

/// The field with its unit, each said once.
fn head(view: &View<'_>) -> String {
    let (name, unit) = (first_large(&view.field.name), view.field.unit.as_str());
    if ["score", "rank", "decile", ""].contains(&unit) || view.field.name.contains(unit) { name } else { format!("{name} ({unit})") }
}

/// The classes with their counts, and what is missing.
#[must_use]
pub fn key(store: &Store, view: &View<'_>, classification: &Classification<'_>) -> KeyBlock {
    let people = view.layer.holds_population();
    let values = |held: AreasAndPeople| {
        let mut values = vec![count(held.areas)];
        values.extend(people.then(|| whole(held.people)));
        values
    };
    let mut rows: Vec<KeyRow> = classification
        .classes
        .iter()
        .map(|class| KeyRow {
            swatch: Swatch::Fill(Fill { colour: class.colour, pattern: Pattern::Plain }),
            name: class.name.clone(),
            label: class.label.clone(),
            values: values(class.held),
        })
        .collect();
    let held = classification.missing;
    let by_status = [(FigureStatus::Suppressed, held.suppressed), (FigureStatus::NotHeld, held.not_held), (FigureStatus::NotApplicable, held.not_applicable)];
    rows.extend(by_status.into_iter().filter(|(_, held)| held.areas > 0).map(|(status, held)| KeyRow {
        swatch: Swatch::Fill(missing_fill(status)),
        name: None,
        label: missing(status).to_owned(),
        values: values(held),
    }));
    if held.all.areas == 0 {
        rows.push(KeyRow { swatch: Swatch::None, name: None, label: "No figure".to_owned(), values: values(AreasAndPeople::default()) });
    }
    let residents = store.population_period().filter(|_| people).map(|period| format!(" People: residents, {period}.")).unwrap_or_default();
    let mut columns = vec!["Areas".to_owned()];
    columns.extend(people.then(|| "People".to_owned()));
    let divided = divided(view, &view.measure.name);
    let divided = if divided.is_empty() { String::new() } else { format!(", {}", divided.join(", ")) };
    KeyBlock {
        title: format!("{}: {}{divided}", view.measure.name, first_small_head(view)),
        columns,
        rows,
        note: format!("{}.{residents}", classification.note),
    }
}

fn first_small_head(view: &View<'_>) -> String {
    super::words::first_small(&head(view))
}

/// Whose numbers they are, and of when: to stand with them wherever they are quoted.
fn origin(store: &Store, view: &View<'_>) -> String {
    let source = store.source(&view.measure.source);
    let figures = source.map(|source| format!("{}, {}", source.publisher, source.title)).unwrap_or_default();
    let residents = store.population_source().zip(store.population_period()).filter(|_| view.layer.holds_population());
    let residents = residents.map(|(source, period)| format!("; residents {period}: {}", source.publisher)).unwrap_or_default();
    format!("Figures {}: {figures}{residents}.", view.series.period)
}

/// The source of the country's classes, where they make the classes here.
pub(super) fn of_national_classes<'s>(store: &'s Store, classification: &Classification<'_>) -> Option<&'s str> {
    let national = matches!(classification.method, ClassMethod::NationalQuintiles | ClassMethod::NationalDeciles);
    store.source(NATIONAL_CLASSES).filter(|_| national).map(|source| source.id.as_str())
}

fn told(store: &Store, view: &View<'_>, classification: &Classification<'_>, title: &str) -> String {
    let all = totals(classification);
    let kind = view.layer.area_type().kind;
    let classes = classification.classes.iter().filter(|class| class.held.areas > 0);
    let classes: Vec<String> = classes.map(|class| format!("{}: {}", class.name.as_ref().unwrap_or(&class.label), class.held.areas)).collect();
    let rows = greatest_first(view);
    let short = |row: &Row<'_>| match &row.area.alias {
        Some(alias) => format!("{alias} {}", row.area.name.rsplit(' ').next().unwrap_or_default()),
        None => row.area.name.clone(),
    };
    let said = |row: &Row<'_>| format!("{} {}", short(row), row.value.map(|value| quantity(view, value)).unwrap_or_default());
    let highest: Vec<String> = rows.iter().take(NAMED).map(said).collect();
    let lowest: Vec<String> = rows.iter().rev().take(NAMED).map(said).collect();
    let missing = classification.missing.all.areas;
    alternative(&[
        format!(
            "Map: {title}. {} in {}.",
            first_large(&counted(all.areas, kind.singular(), kind.plural())),
            counted(classification.classes.len(), "class", "classes")
        ),
        format!("{}.", classes.join("; ")),
        if missing > 0 { format!("No figure: {missing}.") } else { String::new() },
        if rows.len() > 1 { format!("Highest: {}. Lowest: {}.", list(&highest), list(&lowest)) } else { String::new() },
        districts_told(store, view, classification),
    ])
}

/// In which districts the areas of the class of greatest need (or highest) lie, where there are several districts.
fn districts_told(store: &Store, view: &View<'_>, classification: &Classification<'_>) -> String {
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    for row in view.rows() {
        let Some(district) = store.district_of(view.layer, row.place) else { continue };
        let first = usize::from(classification.class_of(&row) == Some(0));
        match found.iter_mut().find(|(name, ..)| *name == district.name) {
            Some((_, areas, all)) => (*areas, *all) = (*areas + first, *all + 1),
            None => found.push((&district.name, first, 1)),
        }
    }
    if found.len() < 2 {
        return String::new();
    }
    found.retain(|(_, areas, _)| *areas > 0);
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let most: Vec<String> = found.iter().take(NAMED).map(|(name, areas, all)| format!("{name} {areas} of its {all}")).collect();
    let others = found.iter().skip(NAMED).map(|(_, areas, _)| areas).sum::<usize>();
    let others = if others > 0 { format!("; {others} elsewhere") } else { String::new() };
    let class = classification.classes.first().map(|class| class.name.clone().unwrap_or_else(|| class.label.clone())).unwrap_or_default();
    if most.is_empty() { String::new() } else { format!("{class} by district: {}{others}.", list(&most)) }
}

fn notes(view: &View<'_>, classification: &Classification<'_>) -> Vec<String> {
    use crate::model::measure::FigureKind;
    let kind = match view.series.kind {
        FigureKind::Counted => "Counted",
        FigureKind::Derived => "Worked out from published figures",
        FigureKind::Published => "As published",
        FigureKind::Modelled => "Modelled estimate",
        FigureKind::Approximate => "Approximate",
        FigureKind::Estimated => "Estimate",
    };
    let how = view.series.note.as_ref().map_or_else(|| format!("{kind}."), |note| format!("{kind}: {note}."));
    let definition = view.measure.definition.trim();
    let on_borders = view.decile.is_some() && classification.method.id().starts_with("national");
    let mut notes = vec![definition.to_owned()];
    notes.extend((view.series.note.is_some() || kind != "As published").then(|| how.replace("..", ".")));
    notes.extend(on_borders.then(|| "Where a value lies on the border of two classes, the published decile decides.".to_owned()));
    notes
}

fn table<'s>(store: &'s Store, view: &View<'s>, classification: &Classification<'s>) -> FigureTable<'s> {
    let decimals = view.field.decimals;
    let value_id = machine_id(&format!("{} {}", view.measure.id, view.field.id));
    let figures = &view.series.figures;
    let mut columns = area_columns();
    columns.push(TableColumn { id: value_id, title: format!("{}, {}", subject(view), head(view)), kind: ColumnKind::Number(decimals) });
    let limits = figures.lower.is_some() && figures.upper.is_some();
    if limits {
        columns.push(column("lower_95", "Lower 95% limit", ColumnKind::Number(decimals)));
        columns.push(column("upper_95", "Upper 95% limit", ColumnKind::Number(decimals)));
    }
    columns.extend(view.rank.map(|_| column("national_rank", "National rank (1 = most deprived)", ColumnKind::Number(0))));
    columns.extend(view.decile.map(|_| column("national_decile", "National decile (1 = most deprived)", ColumnKind::Number(0))));
    columns.push(column("class", "Class", ColumnKind::Text));
    let people = view.layer.holds_population();
    let period = store.population_period().unwrap_or_default();
    columns.extend(people.then(|| column("residents", &format!("Residents, {period}"), ColumnKind::Number(0))));
    let row = |row: Row<'s>| {
        let mut cells = area_cells(store, view.layer, row.place);
        let why = if row.status == FigureStatus::Present { FigureStatus::NotHeld } else { row.status };
        cells.push(row.value.map_or(Cell::Missing(why), Cell::Number));
        if limits {
            cells.extend([row.lower, row.upper].map(|limit| limit.map_or(Cell::Empty, Cell::Number)));
        }
        cells.extend(view.rank.map(|_| number(row.rank)));
        cells.extend(view.decile.map(|_| number(row.decile)));
        let class = classification.class_of(&row).map(|class| &classification.classes[class]);
        cells.push(text(class.map(|class| class.name.as_ref().map_or_else(|| class.label.clone(), |name| format!("{name}: {}", class.label))).as_deref()));
        cells.extend(people.then(|| number(row.population)));
        cells
    };
    FigureTable {
        name: view.layer.area_type().kind.plural().to_owned(),
        title: format!("{}, by {}", subject(view), view.layer.area_type().kind.singular()),
        columns,
        rows: view.rows().map(row).collect(),
        shapes: view.rows().map(|row| TableShape::Area(&row.area.geometry)).collect(),
    }
}

fn classes_table<'s>(view: &View<'_>, classification: &Classification<'_>) -> FigureTable<'s> {
    let people = view.layer.holds_population();
    let all = totals(classification);
    let mut columns = vec![
        column("class", "Class", ColumnKind::Text),
        column("range", "Range", ColumnKind::Text),
        column("colour", "Colour", ColumnKind::Text),
        column("areas", "Areas", ColumnKind::Number(0)),
    ];
    if people {
        columns.push(column("residents", "Residents", ColumnKind::Number(0)));
        columns.push(column("share", "Share of residents", ColumnKind::Text));
    }
    let row = |name: &str, range: &str, colour: String, held: AreasAndPeople| {
        #[expect(clippy::cast_precision_loss, reason = "fewer areas than the country has")]
        let mut cells = vec![text(Some(name)), text(Some(range)), text(Some(&colour)), Cell::Number(held.areas as f64)];
        if people {
            cells.push(Cell::Number(held.people));
            cells.push(if all.people > 0.0 { Cell::Text(per_cent(held.people / all.people)) } else { Cell::Empty });
        }
        cells
    };
    let classes = classification.classes.iter().map(|class| row(class.name.as_deref().unwrap_or_default(), &class.label, class.colour.hex(), class.held));
    let held = classification.missing;
    let without = [(FigureStatus::Suppressed, held.suppressed), (FigureStatus::NotHeld, held.not_held), (FigureStatus::NotApplicable, held.not_applicable)];
    let without = without.into_iter().filter(|(_, held)| held.areas > 0).map(|(status, held)| row("No figure", missing(status), String::new(), held));
    FigureTable { name: "classes".to_owned(), title: "The classes of the map".to_owned(), columns, rows: classes.chain(without).collect(), shapes: Vec::new() }
}

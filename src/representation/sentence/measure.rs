//! A measure in a sentence: how many areas are in greatest need, who lives there, where the ends lie, what is not known.

use super::{counted, per_cent, whole};
use crate::model::measure::Polarity;
use crate::query::{AreasAndPeople, Classification, Row, View};

/// Units that are said by the measure's own name.
const SILENT: [&str; 4] = ["score", "rank", "decile", ""];

/// A value with its unit: `51.66`, `12.4%`, `81.2 years`.
#[must_use]
pub fn quantity(view: &View<'_>, value: f64) -> String {
    let text = view.field.text(value);
    match view.field.unit.as_str() {
        "%" => format!("{text}%"),
        unit if SILENT.contains(&unit) => text,
        unit => format!("{text} {unit}"),
    }
}

/// A range with its unit, once: labels of percentages carry theirs already.
fn with_unit(view: &View<'_>, label: &str) -> String {
    let unit = view.field.unit.as_str();
    if SILENT.contains(&unit) || label.contains(unit) { label.to_owned() } else { format!("{label} {unit}") }
}

/// The people's name of an area with the official one: `Melton Mowbray West (Melton 005A)`.
#[must_use]
pub fn area_name(area: &crate::model::area::Area) -> String {
    area.alias.as_ref().map_or_else(|| area.name.clone(), |alias| format!("{alias} ({})", area.name))
}

/// The rows with a number, greatest first; of equals in the order of the dataset.
#[must_use]
pub fn greatest_first<'s>(view: &View<'s>) -> Vec<Row<'s>> {
    let mut rows: Vec<Row<'s>> = view.rows().filter(|row| row.value.is_some()).collect();
    rows.sort_by(|a, b| b.value.unwrap_or(f64::NAN).total_cmp(&a.value.unwrap_or(f64::NAN)).then(a.place.cmp(&b.place)));
    rows
}

/// Everything that a view counts.
#[must_use]
pub fn totals(classification: &Classification<'_>) -> AreasAndPeople {
    classification
        .classes
        .iter()
        .map(|class| class.held)
        .chain([classification.missing.all])
        .fold(AreasAndPeople::default(), |sum, one| AreasAndPeople { areas: sum.areas + one.areas, people: sum.people + one.people })
}

/// How many areas are in the first class, and who lives there.
#[must_use]
pub fn measure(view: &View<'_>, classification: &Classification<'_>) -> String {
    let all = totals(classification);
    let kind = view.layer.area_type().kind;
    let of = counted(all.areas, kind.singular(), kind.plural());
    let place = &view.extent.label;
    let residents = |people: f64| if view.layer.holds_population() { format!(": {} residents", whole(people)) } else { String::new() };
    if all.areas == classification.missing.all.areas {
        return format!("No figure is held for the {of} of {place}{}.", residents(all.people));
    }
    let missing = missing(view, classification);
    if let (1, Some(row)) = (all.areas, greatest_first(view).first()) {
        let value = row.value.map(|value| quantity(view, value)).unwrap_or_default();
        let name = area_name(row.area);
        let one = if *place == name { name } else { format!("{place} has one {}, {name}", kind.singular()) };
        return format!("{one}: {} {value}{}.", view.field.name, residents(all.people).replace(": ", ", "));
    }
    let Some(first) = classification.classes.first() else { return format!("No figure is held for the {of} of {place}.") };
    let people = if view.layer.holds_population() {
        let share = if all.people > 0.0 { format!(" ({})", per_cent(first.held.people / all.people)) } else { String::new() };
        format!(": {} of {} residents{share}", whole(first.held.people), whole(all.people))
    } else {
        String::new()
    };
    let end = if view.field.polarity == Polarity::HigherIsBetter { &view.field.low_end } else { &view.field.high_end };
    let class = match &first.name {
        Some(name) if name.contains("deprived") => format!("among the {} ({})", lower(name), with_unit(view, &first.label)),
        Some(name) => format!("in the {} ({})", lower(name), with_unit(view, &first.label)),
        None => format!("in the class {} ({end})", with_unit(view, &first.label)),
    };
    let main = match first.held.areas {
        0 => format!("In {place} none of the {of} is {class}"),
        1 => format!("In {place} 1 of {of} is {class}{people}"),
        areas => format!("In {place} {} {of} are {class}{people}", counted(areas, "of", "of")),
    };
    format!("{main}. {}{missing}", ends(view))
}

/// Where the greatest and the least value lie.
#[must_use]
pub fn ends(view: &View<'_>) -> String {
    let rows = greatest_first(view);
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return String::new() };
    let (Some(most), Some(least)) = (first.value, last.value) else { return String::new() };
    let name = if view.field.unit == "rank" { "national rank" } else { view.field.name.as_str() };
    let name = name.split(" (").next().unwrap_or(name);
    let what = if ["score", "national rank", "national decile"].contains(&name) { name } else { "figure" };
    // Values are told apart as they are printed: equals are never one alone.
    let alike = |value: f64| rows.iter().filter(|row| row.value.is_some_and(|other| view.field.text(other) == view.field.text(value))).count();
    let kind = view.layer.area_type().kind;
    let place = |row: &Row<'_>, alike: usize| match alike {
        1 => area_name(row.area),
        // So many that naming one would mislead.
        4.. => format!("{alike} {}", kind.plural()),
        _ => format!("{} and {} of the same", area_name(row.area), counted(alike - 1, "other", "others")),
    };
    if quantity(view, most) == quantity(view, least) {
        return format!("The {what} is {} in all of them.", quantity(view, most));
    }
    format!("The {what} runs from {} in {} to {} in {}.", quantity(view, least), place(last, alike(least)), quantity(view, most), place(first, alike(most)))
}

/// What is not known, by reason.
fn missing(view: &View<'_>, classification: &Classification<'_>) -> String {
    let missing = classification.missing;
    if missing.all.areas == 0 {
        return String::new();
    }
    let kind = view.layer.area_type().kind;
    let parts: Vec<String> =
        [(missing.suppressed, "suppressed (too few people to publish)"), (missing.not_held, "not held"), (missing.not_applicable, "not applicable")]
            .into_iter()
            .filter(|(held, _)| held.areas > 0)
            .map(|(held, words)| format!("{} {words}", held.areas))
            .collect();
    let residents = if view.layer.holds_population() { format!(" with {} residents", whole(missing.all.people)) } else { String::new() };
    format!(" For {}{residents} there is no figure: {}.", counted(missing.all.areas, kind.singular(), kind.plural()), parts.join(", "))
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

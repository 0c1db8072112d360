//! Classes of a view: breaks, colours, words and counts, decided here once for the map, its key, its table and every sheet.

use super::view::{Row, View};
use super::{QueryError, default_method, methods};
use crate::model::measure::{Field, FigureStatus, NationalBreaks, Polarity, Series, number_text};
use crate::model::style::{ClassMethod, Colour, Scheme};
use crate::statistics::classes::{class_of, equal_interval_edges, natural_break_edges, quantile_edges};
use crate::store::Store;

/// The most classes a reader can tell apart by colour, and then some.
pub const MAX_CLASSES: usize = 10;

/// How somebody wants values classed; `None` means the usual way.
#[derive(Debug, Clone, Default)]
pub struct ClassChoice {
    /// The method.
    pub method: Option<ClassMethod>,
    /// How many classes, for the methods that leave it open.
    pub classes: Option<usize>,
    /// Inner edges, ascending, for typed breaks.
    pub breaks: Option<Vec<f64>>,
    /// The colours.
    pub scheme: Option<Scheme>,
}

/// A number of areas and the people who live in them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AreasAndPeople {
    /// Areas.
    pub areas: usize,
    /// Residents, as far as they are held.
    pub people: f64,
}

impl AreasAndPeople {
    fn add(&mut self, row: &Row<'_>) {
        self.areas += 1;
        self.people += row.population.unwrap_or(0.0);
    }
}

/// One class of the key.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// In words, where the class has a meaning beyond its range: `Most deprived fifth in England`.
    pub name: Option<String>,
    /// The range in words: `33.26 to 92.73`.
    pub label: String,
    /// Smallest value that belongs to it, where it is bounded.
    pub min: Option<f64>,
    /// Largest value that belongs to it (or, of edges, where the next class starts), where it is bounded.
    pub max: Option<f64>,
    /// Its colour.
    pub colour: Colour,
    /// The areas of the extent in it.
    pub held: AreasAndPeople,
}

/// Areas without a number, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Missing {
    /// All of them.
    pub all: AreasAndPeople,
    /// Withheld.
    pub suppressed: AreasAndPeople,
    /// The source has none.
    pub not_held: AreasAndPeople,
    /// The measure makes no sense there.
    pub not_applicable: AreasAndPeople,
}

/// How an area finds its class.
#[derive(Debug, Clone)]
enum Assignment<'s> {
    /// By the decile its publisher gave it: exact even where rounded scores tie across a border.
    PublishedDecile { deciles: &'s Series, per_class: usize },
    /// By its value among the inner edges.
    Value,
}

/// A classification of a view, classes in reading order: greatest need (or highest) first.
#[derive(Debug, Clone)]
pub struct Classification<'s> {
    /// The method used.
    pub method: ClassMethod,
    /// What the method means here: `Fifths of all 32,844 LSOAs of England`.
    pub note: String,
    /// Inner edges, ascending.
    pub edges: Vec<f64>,
    /// The colours' scheme.
    pub scheme: Scheme,
    /// Classes in reading order.
    pub classes: Vec<Class>,
    /// Areas without a number.
    pub missing: Missing,
    /// Which end is which, in a sentence.
    pub direction: String,
    assignment: Assignment<'s>,
    descending: bool,
}

impl Classification<'_> {
    /// The class of a row, as a position in `classes`; none without a number.
    #[must_use]
    pub fn class_of(&self, row: &Row<'_>) -> Option<usize> {
        let value = row.value?;
        let ascending = match &self.assignment {
            Assignment::Value => class_of(&self.edges, value),
            Assignment::PublishedDecile { deciles, per_class } => {
                let decile = deciles.figures.value_at(row.place)?;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the store checked that a decile is a whole number from 1 to 10")]
                let from_most_deprived = (decile as usize - 1) / per_class;
                if self.descending { self.classes.len() - 1 - from_most_deprived } else { from_most_deprived }
            }
        };
        Some(if self.descending { self.classes.len() - 1 - ascending } else { ascending })
    }
}

/// Ascending classes before anybody is counted.
struct Ranges {
    edges: Vec<f64>,
    /// Label, smallest, largest.
    ranges: Vec<(String, Option<f64>, Option<f64>)>,
}

/// Classes the values of a view.
///
/// # Errors
/// When the method cannot be used for the measure, or its numbers do not make classes.
pub fn classification<'s>(store: &'s Store, view: &View<'s>, choice: &ClassChoice) -> Result<Classification<'s>, QueryError> {
    let possible = methods(store, view.series);
    let method = choice.method.unwrap_or_else(|| if choice.breaks.is_some() { ClassMethod::GivenBreaks } else { default_method(&possible) });
    if !possible.contains(&method) {
        let expected = possible.iter().map(|method| method.id()).collect::<Vec<_>>().join(", ");
        return Err(QueryError::unknown("method", method.id(), format!("a method that this measure has: {expected}")));
    }
    let wanted = wanted_classes(method, choice)?;
    let descending = view.field.polarity != Polarity::HigherIsBetter;
    let mut assignment = Assignment::Value;
    let (ranges, note) = match method {
        ClassMethod::NationalQuintiles | ClassMethod::NationalDeciles => {
            let breaks = store.national_breaks(view.series, wanted);
            if let Some(deciles) = store.companion(view.series, "decile") {
                assignment = Assignment::PublishedDecile { deciles, per_class: 10 / wanted };
            }
            let ranked = breaks.map(|breaks| breaks.areas).or_else(|| store.ranked_nationally(view.series));
            (national_ranges(view.field, breaks, wanted), national_note(view, wanted, ranked))
        }
        ClassMethod::GivenBreaks => {
            let edges = choice.breaks.clone().unwrap_or_default();
            (edge_ranges(view.field, edges, None), "Breaks typed by the reader; a value on a break belongs to the class above it".to_owned())
        }
        ClassMethod::EqualIntervals | ClassMethod::Quantiles | ClassMethod::NaturalBreaks => computed_ranges(view, method, wanted),
    };
    let scheme = choice.scheme.or_else(|| Scheme::parse(&view.field.scheme)).unwrap_or(Scheme::Blues);
    let mut classification = Classification {
        method,
        note,
        edges: ranges.edges,
        scheme,
        classes: coloured(view.field, method, ranges.ranges, scheme, descending),
        missing: Missing::default(),
        direction: direction(view.field),
        assignment,
        descending,
    };
    count(&mut classification, view);
    Ok(classification)
}

fn wanted_classes(method: ClassMethod, choice: &ClassChoice) -> Result<usize, QueryError> {
    let unfit = |parameter, found: String, expected: &str| QueryError::Unfit { parameter, found, expected: expected.to_owned() };
    // A number that the method does not leave open must not be passed over in silence.
    let fixed = |classes: usize| match choice.classes {
        Some(other) if other != classes => Err(unfit("classes", other.to_string(), &format!("{classes}, or no such parameter, with {}", method.id()))),
        _ => Ok(classes),
    };
    match method {
        ClassMethod::NationalQuintiles => fixed(5),
        ClassMethod::NationalDeciles => fixed(10),
        ClassMethod::GivenBreaks => {
            let breaks = choice.breaks.as_deref().unwrap_or_default();
            if breaks.is_empty() || breaks.len() >= MAX_CLASSES {
                return Err(unfit("breaks", format!("{} breaks", breaks.len()), "one to nine numbers with commas between, such as 10,20,30"));
            }
            if breaks.windows(2).any(|pair| pair[0] >= pair[1]) {
                let found = breaks.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
                return Err(unfit("breaks", found, "numbers that rise from one to the next"));
            }
            fixed(breaks.len() + 1)
        }
        _ => {
            let classes = choice.classes.unwrap_or(5);
            if (2..=MAX_CLASSES).contains(&classes) { Ok(classes) } else { Err(unfit("classes", classes.to_string(), "a whole number from 2 to 10")) }
        }
    }
}

fn computed_ranges(view: &View<'_>, method: ClassMethod, wanted: usize) -> (Ranges, String) {
    let mut values: Vec<f64> = view.rows().filter_map(|row| row.value).collect();
    values.sort_by(f64::total_cmp);
    let (edges, words) = match method {
        ClassMethod::EqualIntervals => (equal_interval_edges(&values, wanted), "Steps of equal width between the lowest and the highest value"),
        ClassMethod::NaturalBreaks => (natural_break_edges(&values, wanted), "Natural breaks: the split with the least spread inside classes, over the areas"),
        _ => (quantile_edges(&values, wanted), "Equal numbers of areas; areas with the same value share a class. Over the areas"),
    };
    let note = format!("{words} of {}", view.extent.label);
    let bounds = values.first().copied().zip(values.last().copied());
    let ranges = if method == ClassMethod::EqualIntervals { edge_ranges(view.field, edges, bounds) } else { observed_ranges(view.field, edges, &values) };
    (ranges, note)
}

fn national_note(view: &View<'_>, wanted: usize, ranked: Option<u32>) -> String {
    let parts = if wanted == 5 { "Fifths" } else { "Tenths" };
    let ranked = ranked.map(|areas| number_text(f64::from(areas), 0) + " ").unwrap_or_default();
    format!("{parts} of all {ranked}{} areas in England that hold a value", view.layer.area_type().exact_term())
}

/// The smallest count of decimals, from the field's own, with which no two neighbouring bounds read the same.
fn decimals_to_tell_apart(field: &Field, bounds: &[f64]) -> u8 {
    (field.decimals..=6)
        .find(|decimals| {
            bounds.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq() || number_text(pair[0], *decimals) != number_text(pair[1], *decimals))
        })
        .unwrap_or(6)
}

fn national_ranges(field: &Field, breaks: Option<&NationalBreaks>, wanted: usize) -> Ranges {
    let bounds: Vec<(f64, f64)> = match breaks {
        Some(breaks) => breaks.classes.iter().map(|class| (class.min, class.max)).collect(),
        // A decile is its own class; a fifth is two of them.
        #[expect(clippy::cast_precision_loss, reason = "at most ten")]
        None => (0..wanted).map(|class| ((class * 10 / wanted + 1) as f64, ((class + 1) * 10 / wanted) as f64)).collect(),
    };
    let edges = bounds.iter().skip(1).map(|bound| bound.0).collect();
    // As in printed keys, a range starts one unit of the last decimal above the range below it: 21.56 to 33.25, then 33.26.
    // Rounded scores can touch across a border, and then the published decile decides, not the printed range.
    let step = 10f64.powi(-i32::from(field.decimals));
    let rounded = |value: f64| number_text(value, field.decimals).replace(',', "").parse().unwrap_or(value);
    let ranges = bounds
        .iter()
        .enumerate()
        .map(|(class, &(min, max))| {
            let from = if class == 0 { min } else { f64::min(rounded(bounds[class - 1].1) + step, max) };
            (range_label(field, from, max, field.decimals), Some(min), Some(max))
        })
        .collect();
    Ranges { edges, ranges }
}

fn observed_ranges(field: &Field, edges: Vec<f64>, sorted: &[f64]) -> Ranges {
    let mut bounds = Vec::with_capacity(edges.len() + 1);
    let mut from = 0;
    for class in 0..=edges.len() {
        let to = edges.get(class).map_or(sorted.len(), |edge| sorted.partition_point(|value| value < edge));
        if from < to {
            bounds.push((sorted[from], sorted[to - 1]));
        }
        from = to;
    }
    let flat: Vec<f64> = bounds.iter().flat_map(|&(min, max)| [min, max]).collect();
    let decimals = decimals_to_tell_apart(field, &flat);
    let ranges = bounds.iter().map(|&(min, max)| (range_label(field, min, max, decimals), Some(min), Some(max))).collect();
    Ranges { edges, ranges }
}

/// Ranges between edges: the lower edge belongs to the class, the upper one to the next.
fn edge_ranges(field: &Field, edges: Vec<f64>, outer: Option<(f64, f64)>) -> Ranges {
    let lowest = outer.map(|(lowest, _)| lowest);
    let highest = outer.map(|(_, highest)| highest);
    let bounds: Vec<f64> = lowest.into_iter().chain(edges.iter().copied()).chain(highest).collect();
    let decimals = decimals_to_tell_apart(field, &bounds);
    let text = |value: f64| format!("{}{}", number_text(value, decimals), percent(field));
    let ranges = (0..=edges.len())
        .map(|class| {
            let min = if class == 0 { lowest } else { Some(edges[class - 1]) };
            let max = edges.get(class).copied().or(highest);
            let last = class == edges.len();
            let label = match (min, max) {
                (Some(min), Some(max)) if last => format!("{} to {}", text(min), text(max)),
                (Some(min), Some(max)) => format!("{} to under {}", text(min), text(max)),
                (None, Some(max)) => format!("under {}", text(max)),
                (Some(min), None) => format!("{} and over", text(min)),
                (None, None) => "no values".to_owned(),
            };
            (label, min, max)
        })
        .collect();
    Ranges { edges, ranges }
}

fn range_label(field: &Field, min: f64, max: f64, decimals: u8) -> String {
    let (low, high) = (number_text(min, decimals), number_text(max, decimals));
    let percent = percent(field);
    if low == high { format!("{low}{percent}") } else { format!("{low}{percent} to {high}{percent}") }
}

fn percent(field: &Field) -> &'static str {
    if field.unit == "%" { "%" } else { "" }
}

fn coloured(field: &Field, method: ClassMethod, ascending: Vec<(String, Option<f64>, Option<f64>)>, scheme: Scheme, descending: bool) -> Vec<Class> {
    let colours = scheme.colours(ascending.len());
    let national = matches!(method, ClassMethod::NationalQuintiles | ClassMethod::NationalDeciles);
    let classes = ascending.len();
    let ordered: Vec<_> = if descending { ascending.into_iter().rev().collect() } else { ascending };
    // The first class in reading order is always the darkest.
    let ranges = ordered.into_iter().zip(colours.into_iter().rev());
    let named = ranges.enumerate().map(|(position, ((label, min, max), colour))| {
        let name = national.then(|| national_name(field, position, classes));
        Class { name, label, min, max, colour, held: AreasAndPeople::default() }
    });
    named.collect()
}

/// What a national fifth or tenth is called, by its place in reading order.
fn national_name(field: &Field, position: usize, classes: usize) -> String {
    let part = if classes == 5 { "fifth" } else { "tenth" };
    let worse = if field.polarity == Polarity::HigherIsBetter { &field.low_end } else { &field.high_end };
    let (first, last) = if worse.contains("deprived") {
        ("Most deprived", "Least deprived")
    } else if field.polarity == Polarity::HigherIsBetter {
        ("Lowest", "Highest")
    } else {
        ("Highest", "Lowest")
    };
    let ordinal = |n: usize| ["", "second ", "third ", "fourth ", "fifth "].get(n).copied().unwrap_or_default();
    let from_last = classes - 1 - position;
    let words = if position == 0 {
        format!("{first} {part} in England")
    } else if from_last == 0 {
        format!("{last} {part} in England")
    } else if classes == 5 && position == 2 {
        "Middle fifth".to_owned()
    } else if position <= from_last {
        format!("{}{} {part}", ordinal(position), first.to_lowercase())
    } else {
        format!("{}{} {part}", ordinal(from_last), last.to_lowercase())
    };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |letter| letter.to_uppercase().collect::<String>() + letters.as_str())
}

/// Which end is which: printed with every map.
fn direction(field: &Field) -> String {
    let darker = if field.polarity == Polarity::HigherIsBetter { &field.low_end } else { &field.high_end };
    match field.unit.as_str() {
        "rank" => format!("Rank 1 is the most deprived; darker areas are {darker}."),
        "decile" => format!("Decile 1 is the most deprived tenth of England; darker areas are {darker}."),
        "score" => format!("A higher score means {}; darker areas are {darker}.", field.high_end),
        _ => {
            let verb = if darker.contains("deprived") { "are" } else { "have" };
            format!("A higher number means {}; darker areas {verb} {darker}.", field.high_end)
        }
    }
}

fn count(classification: &mut Classification<'_>, view: &View<'_>) {
    for row in view.rows() {
        if let Some(class) = classification.class_of(&row) {
            classification.classes[class].held.add(&row);
            continue;
        }
        let missing = &mut classification.missing;
        missing.all.add(&row);
        match row.status {
            FigureStatus::Suppressed => missing.suppressed.add(&row),
            FigureStatus::NotApplicable => missing.not_applicable.add(&row),
            FigureStatus::Present | FigureStatus::NotHeld => missing.not_held.add(&row),
        }
    }
}

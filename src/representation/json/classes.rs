//! The key of a map: classes with ranges, colours, areas and people, and the sentence that says which end is which.

use serde::Serialize;
use utoipa::ToSchema;

use super::values::{ExtentRef, MeasureRef};
use super::{Base, Provenance};
use crate::model::style::MISSING_COLOUR;
use crate::query::{AreasAndPeople, Classification, View};
use crate::store::Store;

/// A class of the key.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassRef {
    /// Its position, the `class` of a values row.
    pub index: usize,
    /// What it is called, where it has a meaning beyond its range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its range in words.
    pub label: String,
    /// Smallest value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest value (of edges: where the next class starts).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// `#rrggbb`.
    pub colour: String,
    /// Areas of the extent in it.
    pub areas: usize,
    /// People living in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
}

/// Areas and people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// Areas.
    pub areas: usize,
    /// People living in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
}

/// Areas without a number, by reason: three different things, none of them zero.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingByStatus {
    /// Withheld so that nobody can be recognised.
    pub suppressed: Counts,
    /// The source has no number.
    pub not_held: Counts,
    /// The measure makes no sense there.
    pub not_applicable: Counts,
}

/// Areas without a number.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingRef {
    /// Areas.
    pub areas: usize,
    /// People living in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
    /// `#rrggbb`, under a pattern.
    pub colour: String,
    /// By reason.
    pub by_status: MissingByStatus,
}

/// How the classes were made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MethodRef {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it means here.
    pub note: String,
}

/// The key of a view.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassesAnswer {
    /// Which figures.
    pub measure: MeasureRef,
    /// Of which areas.
    pub area_type: String,
    /// Which end is which.
    pub direction: String,
    /// Where.
    pub extent: ExtentRef,
    /// How the classes were made.
    pub method: MethodRef,
    /// Inner edges, ascending: what `breaks` takes to keep these classes.
    pub breaks: Vec<f64>,
    /// The colours' scheme.
    pub scheme: &'static str,
    /// Whose residents are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population_source: Option<String>,
    /// The classes: most deprived (or highest) first.
    pub classes: Vec<ClassRef>,
    /// Areas without a number.
    pub missing: MissingRef,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl ClassesAnswer {
    /// The key of a view. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &Store, view: &View<'_>, classification: &Classification<'_>, base: &Base, own: &str) -> Self {
        // Without residents for these areas a count of people would be a made-up zero.
        let people = |held: AreasAndPeople| view.layer.holds_population().then_some(held.people);
        let counts = |held: AreasAndPeople| Counts { areas: held.areas, population: people(held) };
        let classes = classification.classes.iter().enumerate().map(|(index, class)| ClassRef {
            index,
            name: class.name.clone(),
            label: class.label.clone(),
            min: class.min,
            max: class.max,
            colour: class.colour.hex(),
            areas: class.held.areas,
            population: people(class.held),
        });
        let missing = classification.missing;
        let population = store.population_source().filter(|_| view.layer.holds_population());
        let population_source = population.zip(store.population_period()).map(|(source, period)| format!("Residents {period}, {}", source.publisher));
        let sources = [view.measure.source.as_str(), view.layer.source()].into_iter().chain(population.map(|source| source.id.as_str()));
        Self {
            measure: MeasureRef::new(view),
            area_type: view.layer.area_type().to_string(),
            direction: classification.direction.clone(),
            extent: ExtentRef::new(store, view),
            method: MethodRef { id: classification.method.id(), label: classification.method.label(), note: classification.note.clone() },
            breaks: classification.edges.clone(),
            scheme: classification.scheme.id(),
            population_source,
            classes: classes.collect(),
            missing: MissingRef {
                areas: missing.all.areas,
                population: people(missing.all),
                colour: MISSING_COLOUR.hex(),
                by_status: MissingByStatus {
                    suppressed: counts(missing.suppressed),
                    not_held: counts(missing.not_held),
                    not_applicable: counts(missing.not_applicable),
                },
            },
            provenance: Provenance::of(store, sources, vec![base.link(own, "self", "application/json")]),
        }
    }
}

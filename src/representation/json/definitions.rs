//! The definitions of a catchment side by side, as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::catchment::links;
use super::growth::{AssumptionRef, PlanRef, assumption_ref, plan_ref, sources};
use super::{Base, Provenance, rounded};
use crate::query::{CatchmentAnswer, Comparators, DefinitionRow};
use crate::representation::sentence;
use crate::store::Store;

/// One definition of a catchment beside the others.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DefinitionRef {
    /// The definition.
    pub definition: &'static str,
    /// Its name with its number.
    pub label: String,
    /// What it means.
    pub text: String,
    /// How many areas.
    pub areas: usize,
    /// Patients of the practices who live there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_patients: Option<f64>,
    /// Their share of the list, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_list: Option<f64>,
    /// Residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<f64>,
    /// People there who are registered elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_elsewhere: Option<f64>,
    /// Patients who live outside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients_outside: Option<f64>,
    /// Residents in the most deprived fifth of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub core20_people: Option<f64>,
    /// Mean deprivation score; higher = more deprived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Counted sites.
    pub sites: usize,
    /// Their dwellings.
    pub dwellings: f64,
    /// People in them.
    pub people: f64,
    /// People who join the practices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_growth: Option<f64>,
    /// The same as a share of the list, 0.1 = 10 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_growth_share: Option<f64>,
}

impl DefinitionRef {
    /// Of a row.
    #[must_use]
    pub fn new(row: &DefinitionRow<'_>) -> Self {
        let DefinitionRow { answer: CatchmentAnswer { catchment, summary, profiles }, growth } = row;
        let people = |number: Option<f64>| number.map(|number| rounded(number, 1));
        let deprivation = profiles.first().and_then(|profile| profile.deprivation.as_ref());
        Self {
            definition: catchment.definition.id(),
            label: catchment.definition.label(),
            text: catchment.definition.text(),
            areas: catchment.areas.len(),
            registered_patients: people(summary.registered_patients),
            share_of_list: summary.share_of_list().map(|share| rounded(share, 6)),
            residents: people(summary.residents),
            registered_elsewhere: people(summary.registered_elsewhere()),
            patients_outside: people(summary.patients_outside()),
            core20_people: deprivation.map(|one| rounded(one.quintiles[0].people, 1)),
            score: deprivation.and_then(|one| one.score).map(|score| rounded(score, 3)),
            sites: growth.counted.sites,
            dwellings: rounded(growth.counted.dwellings, 1),
            people: rounded(growth.people, 1),
            list_growth: people(growth.list_growth),
            list_growth_share: growth.list_growth.zip(growth.list_size).filter(|(_, list)| *list > 0.0).map(|(people, list)| rounded(people / list, 6)),
        }
    }
}

/// The definitions side by side.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefinitionsAnswer {
    /// What it says, in a sentence or two.
    pub sentence: String,
    /// One row for each definition.
    pub rows: Vec<DefinitionRef>,
    /// What was assumed of the growth.
    pub assumptions: Vec<AssumptionRef>,
    /// What the plans of the districts of the widest definition require.
    pub plans: Vec<PlanRef>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl DefinitionsAnswer {
    /// Rows as an answer. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &Store, comparators: &Comparators, rows: &[DefinitionRow<'_>], base: &Base, own: &str) -> Self {
        // The catchment is what the rows differ in, so it is no assumption that they share.
        let shared = rows.first().map(|row| row.growth.assumptions.iter().filter(|one| one.id != "definition").map(assumption_ref).collect());
        let widest = rows.iter().max_by_key(|row| row.answer.catchment.areas.len());
        let sources = comparators.sources(store).into_iter().chain(sources(store));
        Self {
            sentence: sentence::definitions(rows),
            rows: rows.iter().map(DefinitionRef::new).collect(),
            assumptions: shared.unwrap_or_default(),
            plans: widest.map(|row| row.growth.plans.iter().map(plan_ref).collect()).unwrap_or_default(),
            provenance: Provenance::of(store, sources, links(base, own)),
        }
    }
}

//! Patients and residents of a catchment, added up: how well the areas and the list overlap, and where else people are registered.

use std::collections::HashMap;

use super::Catchment;
use crate::model::organisation::Practice;
use crate::model::registered_patients::RegisteredWith;
use crate::store::Store;

/// How many practices are listed by name; the rest are put together.
const MOST_LISTED: usize = 24;

/// What a catchment adds up to. Withheld counts enter none of the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary<'s> {
    /// Patients on the lists of the practices asked, wherever they live; none without practices.
    pub list_size: Option<f64>,
    /// Those of them who live in the areas.
    pub registered_patients: Option<f64>,
    /// Those who live outside the edition; none where withheld.
    pub patients_outside_edition: Option<f64>,
    /// Areas of the catchment with patients whose number is withheld.
    pub withheld_areas: usize,
    /// Everybody who lives in the areas and is registered anywhere; none without a register.
    pub registered: Option<f64>,
    /// Residents; none where not held.
    pub residents: Option<f64>,
    /// With whom the people of the areas are registered, most first.
    pub registered_with: Vec<RegisteredWithOne<'s>>,
    /// People registered with practices that are not listed by name, and withheld counts.
    pub registered_with_others: f64,
    /// Whether areas count by share, so that every number is an estimate.
    pub estimated: bool,
}

/// One practice with which people of a catchment are registered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegisteredWithOne<'s> {
    /// The practice.
    pub practice: &'s Practice,
    /// People.
    pub patients: f64,
    /// Whether it is one of the practices asked.
    pub asked: bool,
}

impl<'s> Summary<'s> {
    /// Adds a catchment up.
    #[must_use]
    pub fn of(store: &'s Store, catchment: &Catchment<'s>) -> Self {
        let with_practices = catchment.register.filter(|_| !catchment.asked.is_empty());
        let positions = &catchment.asked.positions;
        let list_size = with_practices.and_then(|register| positions.iter().map(|&position| register.list_size(position).map(f64::from)).sum());
        let outside = with_practices.and_then(|register| positions.iter().map(|&position| register.elsewhere(position).outside.map(f64::from)).sum());
        let registered =
            catchment.register.map(|register| catchment.areas.iter().map(|area| f64::from(register.registered(area.place as usize)) * area.weight).sum());
        let residents = catchment.areas.iter().map(|area| catchment.layer.population_at(area.place as usize).map(|people| people * area.weight)).sum();
        let (registered_with, listed) = registered_with(store, catchment);
        Self {
            list_size,
            registered_patients: with_practices.map(|_| catchment.areas.iter().filter_map(|area| area.patients).sum()),
            patients_outside_edition: outside,
            withheld_areas: catchment.areas.iter().filter(|area| area.withheld).count(),
            registered,
            residents,
            registered_with,
            registered_with_others: registered.map_or(0.0, |registered: f64| (registered - listed).max(0.0)),
            estimated: catchment.areas.iter().any(|area| area.weight < 1.0),
        }
    }

    /// The share of the list that lives in the areas, 0 to 1.
    #[must_use]
    pub fn share_of_list(&self) -> Option<f64> {
        let (patients, list) = self.registered_patients.zip(self.list_size)?;
        (list > 0.0).then(|| patients / list)
    }

    /// Patients on the list who do not live in the areas, or whose number there is withheld.
    #[must_use]
    pub fn patients_outside(&self) -> Option<f64> {
        self.list_size.zip(self.registered_patients).map(|(list, patients)| list - patients)
    }

    /// People of the areas who are registered with other practices than those asked, or in withheld counts.
    #[must_use]
    pub fn registered_elsewhere(&self) -> Option<f64> {
        self.registered.zip(self.registered_patients).map(|(registered, patients)| registered - patients)
    }
}

/// Practices with the people registered with them, most first, and how many people those listed hold together.
fn registered_with<'s>(store: &'s Store, catchment: &Catchment<'_>) -> (Vec<RegisteredWithOne<'s>>, f64) {
    let Some(register) = catchment.register else { return (Vec::new(), 0.0) };
    let mut people: HashMap<u32, f64> = HashMap::new();
    for area in &catchment.areas {
        for count in register.of_area(area.place as usize).iter().filter(|count| !count.withheld) {
            if let RegisteredWith::Practice(position) = count.of {
                *people.entry(position).or_insert(0.0) += f64::from(count.patients) * area.weight;
            }
        }
    }
    let mut people: Vec<(u32, f64)> = people.into_iter().collect();
    people.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let asked = |position: u32| catchment.asked.positions.binary_search(&position).is_ok();
    let mut rank = 0;
    people.retain(|(position, _)| {
        rank += 1;
        rank <= MOST_LISTED || asked(*position)
    });
    let listed = people.iter().map(|(_, patients)| patients).sum();
    (
        people
            .into_iter()
            .map(|(position, patients)| RegisteredWithOne { practice: store.practices().at(position), patients, asked: asked(position) })
            .collect(),
        listed,
    )
}

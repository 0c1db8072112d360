//! A table of journeys as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::catchment::links;
use super::{BasisRef, PlaceRef, TravelQuestion, basis, sources_of};
use crate::query::travel::{Leg, Matrix};
use crate::representation::json::{Base, Provenance, rounded};
use crate::representation::sentence;
use crate::store::Store;

/// Kilometres of a mile.
const KILOMETRES_PER_MILE: f64 = 1.609_344;

/// A table of journeys: one row for each origin, one number for each destination; none where it is not reached.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixAnswer {
    /// What was asked.
    pub question: TravelQuestion,
    /// What it says, in a sentence.
    pub sentence: String,
    /// On which basis the times stand.
    pub basis: Vec<BasisRef>,
    /// Where journeys begin.
    pub origins: Vec<PlaceRef>,
    /// Where they end.
    pub destinations: Vec<PlaceRef>,
    /// Minutes.
    pub minutes: Vec<Vec<Option<f64>>>,
    /// Kilometres: along the road by a network, else of the straight line.
    pub kilometres: Vec<Vec<Option<f64>>>,
    /// The same in miles.
    pub miles: Vec<Vec<Option<f64>>>,
    /// `network`, `published` or `estimate`.
    pub basis_of: Vec<Vec<Option<&'static str>>>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Miles to a hundredth.
#[must_use]
pub fn miles(leg: &Leg) -> Option<f64> {
    let kilometres = f64::from(leg.kilometres);
    kilometres.is_finite().then(|| rounded(kilometres / KILOMETRES_PER_MILE, 2))
}

impl MatrixAnswer {
    /// Of a table. `from`, `to` and `own` are as they were asked.
    #[must_use]
    pub fn new(store: &Store, found: &Matrix, asked: (&str, &str), base: &Base, own: &str) -> Self {
        fn rows<T>(found: &Matrix, cell: impl Fn(&Leg) -> T) -> Vec<Vec<T>> {
            found.legs.chunks(found.destinations.list.len()).map(|row| row.iter().map(&cell).collect()).collect()
        }
        let all: Vec<_> = found.origins.list.iter().chain(&found.destinations.list).cloned().collect();
        let layer = store.layers().first();
        let sources = layer.map(|layer| sources_of(store, layer, &all)).unwrap_or_default();
        let sources = sources.into_iter().chain(found.sources.iter().map(String::as_str));
        let without_shapes = |link: &super::super::Link| link.media_type != Some("application/geo+json");
        Self {
            question: TravelQuestion { from: Some(asked.0.to_owned()), to: Some(asked.1.to_owned()), ..TravelQuestion::new(found.how, layer) },
            sentence: sentence::travel::matrix(found),
            basis: basis(&found.basis, false),
            origins: found.origins.list.iter().map(PlaceRef::new).collect(),
            destinations: found.destinations.list.iter().map(PlaceRef::new).collect(),
            minutes: rows(found, Leg::printed_minutes),
            kilometres: rows(found, Leg::printed_kilometres),
            miles: rows(found, miles),
            basis_of: rows(found, |leg| leg.minutes.is_finite().then(|| leg.basis.id())),
            notes: found.notes.clone(),
            provenance: Provenance::of(store, sources, links(base, own).into_iter().filter(without_shapes).collect()),
        }
    }
}

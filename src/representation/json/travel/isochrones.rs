//! Isochrones as an answer: what stands around the shapes, and what each says.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::catchment::links;
use super::{BasisRef, PlaceRef, TravelQuestion, WithinRef, basis, sources_of};
use crate::model::travel::Basis;
use crate::query::travel::{Isochrone, IsochroneRequest, Isochrones, limit_text};
use crate::representation::json::{Base, Provenance, rounded};
use crate::representation::sentence;
use crate::store::Store;

/// What one shape says.
#[derive(Debug, Serialize, ToSchema)]
pub struct IsochroneRef {
    /// Its minutes.
    pub minutes: f64,
    /// `within 10 minutes by car`.
    pub label: String,
    /// The position of its place in `places`; none where places go together.
    pub place: Option<usize>,
    /// The name of its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_name: Option<String>,
    /// Residents within reach, counted by times and not from the shape.
    pub people: f64,
    /// Areas within reach.
    pub areas: usize,
    /// How the times of the people counted are known: `network`, `estimate`, or `mixed` where in both ways.
    pub basis: &'static str,
    /// `#rrggbb`: light is near.
    pub colour: String,
}

impl IsochroneRef {
    /// Of a shape.
    #[must_use]
    pub fn new(found: &Isochrones<'_>, shape: &Isochrone) -> Self {
        let name = shape.place.map(|place| found.places.list[place].name.clone());
        Self {
            minutes: shape.minutes,
            label: format!("within {} minutes {}", limit_text(shape.minutes), found.how.mode.phrase()),
            place: shape.place,
            place_name: name,
            people: rounded(shape.people, 1),
            areas: shape.areas,
            basis: shape.basis.map_or("mixed", Basis::id),
            colour: found.colour(shape.minutes).hex(),
        }
    }
}

/// Everything but the shapes.
#[derive(Debug, Serialize, ToSchema)]
pub struct IsochronesFrame {
    /// What was asked.
    pub question: TravelQuestion,
    /// What it says, in a sentence.
    pub sentence: String,
    /// On which basis the times stand.
    pub basis: Vec<BasisRef>,
    /// People within reach in each time, of all places as they go together (of separate ones: of any).
    pub people: Vec<WithinRef>,
    /// The places.
    pub places: Vec<PlaceRef>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl IsochronesFrame {
    /// Of an answer. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &Store, asked: &IsochroneRequest, found: &Isochrones<'_>, base: &Base, own: &str) -> Self {
        let people = found.minutes.iter().zip(&found.people).map(|(minutes, people)| WithinRef {
            minutes: Some(*minutes),
            kilometres: None,
            people: rounded(*people, 1),
            share: (found.everybody > 0.0).then(|| rounded(people / found.everybody, 6)),
        });
        let plain = |link: &super::super::Link| !(link.rel == "alternate" && link.media_type == Some("application/json"));
        Self {
            question: TravelQuestion { at: Some(asked.at.clone()), combine: Some(found.combine.id()), ..TravelQuestion::new(found.how, Some(found.layer)) },
            sentence: sentence::travel::isochrones(found),
            basis: basis(&found.basis, false),
            people: people.collect(),
            places: found.places.list.iter().map(PlaceRef::new).collect(),
            notes: found.notes.clone(),
            provenance: Provenance::of(
                store,
                sources_of(store, found.layer, &found.places.list).into_iter().chain(found.sources.iter().map(String::as_str)),
                links(base, own).into_iter().filter(plain).collect(),
            ),
        }
    }
}

//! What a typed name may mean, as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Base, Provenance, in_a_path, six_decimals};
use crate::query::{Candidate, CandidateKind};
use crate::representation::drawing::{lonlat_bounds, lonlat_point};
use crate::store::Store;

/// One candidate.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateRef {
    /// Its area type's id, or `place`, `practice`, `pcn`, `hospital`, `housing-site`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its type in words.
    pub type_name: String,
    /// Its code; a place has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Where it is, in words.
    pub detail: String,
    /// Longitude, latitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centroid: Option<[f64; 2]>,
    /// West, south, east, north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    /// Where more is said about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// Everything a query may mean, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchAnswer {
    /// The query as it was read.
    pub query: String,
    /// The candidates.
    pub candidates: Vec<CandidateRef>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl SearchAnswer {
    /// Candidates as an answer. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &Store, query: &str, candidates: &[Candidate<'_>], base: &Base, own: &str) -> Self {
        let links = vec![base.link(own, "self", "application/json")];
        Self {
            query: query.to_owned(),
            candidates: candidates.iter().map(|one| candidate_ref(one, base)).collect(),
            provenance: Provenance::of_everything(store, links),
        }
    }
}

fn candidate_ref(one: &Candidate<'_>, base: &Base) -> CandidateRef {
    let path = |code: &String| match one.kind {
        CandidateKind::Practice | CandidateKind::Network => format!("/api/practices/{code}"),
        CandidateKind::Hospital => format!("/api/collections/hospitals/items/{code}"),
        CandidateKind::HousingSite => format!("/api/collections/housing-sites/items/{}", in_a_path(code)),
        CandidateKind::Area(_) | CandidateKind::Place => format!("/api/areas/{code}"),
    };
    CandidateRef {
        kind: one.kind.id(),
        type_name: one.kind.name(),
        code: one.code.clone(),
        name: one.name.to_owned(),
        alias: one.alias.map(str::to_owned),
        detail: one.detail.clone(),
        centroid: one.point.as_ref().and_then(lonlat_point).map(|point| [six_decimals(point.x()), six_decimals(point.y())]),
        bbox: one.bounds.as_ref().and_then(lonlat_bounds),
        href: one.code.as_ref().map(|code| base.href(&path(code))),
    }
}

//! Search: what a typed name, alias or code may mean, each candidate with its kind and where it lies.

use geo::BoundingRect;
use geo_types::{Point, Rect};

use super::QueryError;
use super::view::area_of;
use crate::model::area::AreaType;
use crate::model::crs::Bng;
use crate::store::{AreaRef, Named, Store};

/// The longest query that is looked at, in characters.
const LONGEST_QUERY: usize = 100;

/// What kind of thing a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateKind {
    /// An area of this type.
    Area(AreaType),
    /// A town or village.
    Place,
    /// A general practice.
    Practice,
    /// A primary care network.
    Network,
    /// A hospital.
    Hospital,
    /// A housing site.
    HousingSite,
}

impl CandidateKind {
    /// The word in links and answers: `lsoa11`, `place`, `practice`, `pcn` …
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Area(area_type) => area_type.to_string(),
            Self::Place => "place".to_owned(),
            Self::Practice => "practice".to_owned(),
            Self::Network => "pcn".to_owned(),
            Self::Hospital => "hospital".to_owned(),
            Self::HousingSite => "housing-site".to_owned(),
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Area(area_type) => area_type.exact_term(),
            Self::Network => "primary care network".to_owned(),
            Self::HousingSite => "housing site".to_owned(),
            _ => self.id(),
        }
    }

    fn of(store: &Store, named: Named) -> Self {
        match named {
            Named::Area(area) => Self::Area(store.layer_at(usize::from(area.layer)).area_type()),
            Named::Place(_) => Self::Place,
            Named::Practice(_) => Self::Practice,
            Named::Network(_) => Self::Network,
            Named::Hospital(_) => Self::Hospital,
            Named::HousingSite(_) => Self::HousingSite,
        }
    }
}

/// One thing that a query may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'s> {
    /// What it is.
    pub kind: CandidateKind,
    /// Its code; none for a place.
    pub code: Option<String>,
    /// Its name.
    pub name: &'s str,
    /// The name people use.
    pub alias: Option<&'s str>,
    /// Where it is, in words: `Neighbourhood in Melton`.
    pub detail: String,
    /// Its point; none where it is not located.
    pub point: Option<Bng<Point<f64>>>,
    /// The rectangle around it, for an area.
    pub bounds: Option<Bng<Rect<f64>>>,
}

/// Finds candidates, best first. `kinds` keeps only area types of these ids, or `place`; empty keeps all.
///
/// # Errors
/// When the query is empty or too long, or a kind is unknown.
pub fn search<'s>(store: &'s Store, query: &str, kinds: &[String], limit: usize) -> Result<Vec<Candidate<'s>>, QueryError> {
    if query.trim().is_empty() || query.chars().count() > LONGEST_QUERY {
        let found = format!("{} characters", query.chars().count());
        return Err(QueryError::Unfit { parameter: "q", found, expected: "a name or code of 1 to 100 characters".to_owned() });
    }
    let others = [CandidateKind::Place, CandidateKind::Practice, CandidateKind::Network, CandidateKind::Hospital, CandidateKind::HousingSite];
    let kinds_known = store.layers().iter().map(|layer| CandidateKind::Area(layer.area_type())).chain(others);
    let known: Vec<String> = kinds_known.map(CandidateKind::id).collect();
    if let Some(unknown) = kinds.iter().find(|kind| !known.contains(&kind.to_ascii_lowercase())) {
        return Err(QueryError::unknown("type", unknown, format!("one of {}", known.join(", "))));
    }
    let kind_of = |named| CandidateKind::of(store, named).id();
    let keep = |named| kinds.is_empty() || kinds.iter().any(|kind| kind.eq_ignore_ascii_case(&kind_of(named)));
    Ok(store.gazetteer().candidates(query, limit, keep).into_iter().map(|entry| candidate(store, entry.named)).collect())
}

fn candidate(store: &Store, named: Named) -> Candidate<'_> {
    let kind = CandidateKind::of(store, named);
    let at_a_point = |code: &str, name, detail, point| Candidate { kind, code: Some(code.to_owned()), name, alias: None, detail, point, bounds: None };
    match named {
        Named::Place(position) => {
            let place = &store.places()[position as usize];
            let word = match place.rank {
                1 => "City",
                2 | 3 => "Town",
                _ => "Village or suburb",
            };
            Candidate { kind, code: None, name: &place.name, alias: None, detail: word.to_owned(), point: Some(place.point), bounds: None }
        }
        Named::Practice(position) => {
            let one = &store.practices().at(position).organisation;
            let within = store.practices().place_of(position).and_then(|place| town_of(store, place));
            at_a_point(one.code.as_str(), &one.name, in_words("Practice", within, one.postcode.as_deref()), one.location.map(|location| location.point))
        }
        Named::Network(position) => network(store, kind, position),
        Named::Hospital(position) => {
            let one = &store.hospitals().items[position as usize];
            let word = if one.kind.is_empty() { "Hospital".to_owned() } else { format!("Hospital, {}", one.kind) };
            at_a_point(&one.id, &one.name, in_words(&word, None, one.postcode.as_deref()), one.location.map(|location| location.point))
        }
        Named::HousingSite(position) => {
            let site = &store.housing().sites.items[position as usize];
            let within = store.housing().place_of(position as usize).and_then(|place| town_of(store, place));
            let word = if site.location.is_some() { "Housing site" } else { "Housing site, not located" };
            at_a_point(&site.id, &site.name, in_words(word, within, None), site.location.as_ref().map(|location| location.location.point))
        }
        Named::Area(reference) => area_candidate(store, kind, reference),
    }
}

/// A network, at its first practice with a point.
fn network(store: &Store, kind: CandidateKind, position: u32) -> Candidate<'_> {
    let practices = store.practices();
    let pcn = practices.at(position).pcn.as_ref().expect("the gazetteer names a network by a practice of it");
    let members = practices.of_network(pcn.code).unwrap_or_default();
    let point = members.iter().find_map(|&member| practices.at(member).organisation.location).map(|location| location.point);
    let detail = format!("Primary care network of {} practices here", members.len());
    Candidate { kind, code: Some(pcn.code.to_string()), name: &pcn.name, alias: None, detail, point, bounds: None }
}

/// `Practice in Melton Mowbray West, LE13 1NX`.
fn in_words(word: &str, within: Option<&str>, postcode: Option<&str>) -> String {
    let place = within.map_or_else(|| word.to_owned(), |within| format!("{word} in {within}"));
    match postcode {
        Some(postcode) => format!("{place}, {postcode}"),
        None => place,
    }
}

/// The name people use for the smallest area at a place of the layer of catchments, else its district's.
fn town_of(store: &Store, place: u32) -> Option<&str> {
    let (_, layer) = store.catchment_layer()?;
    let area = &layer.areas()[place as usize];
    area.alias.as_deref().or_else(|| store.district_of(layer, place as usize).map(|district| district.name.as_str()))
}

fn area_candidate(store: &Store, kind: CandidateKind, reference: AreaRef) -> Candidate<'_> {
    let layer = store.layer_at(usize::from(reference.layer));
    let area = area_of(store, reference);
    let singular = layer.area_type().kind.singular();
    let (first, rest) = singular.split_at(1);
    let word = format!("{}{rest}", first.to_uppercase());
    // The district says most about where a small area is; the largest area would say least.
    let parents = layer.parents(reference.place as usize);
    let district =
        parents.iter().find(|parent| store.layer_at(usize::from(parent.layer)).area_type().kind == crate::model::area::AreaKind::Lad).or(parents.last());
    Candidate {
        kind,
        code: Some(area.code.to_string()),
        name: &area.name,
        alias: area.alias.as_deref(),
        detail: district.map_or(word.clone(), |parent| format!("{word} in {}", area_of(store, *parent).name)),
        point: Some(area.centroid),
        bounds: area.geometry.inner().bounding_rect().map(Bng),
    }
}

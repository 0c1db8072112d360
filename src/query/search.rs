//! Search: what a typed name, alias or code may mean, each candidate with its kind and where it lies.

use geo::BoundingRect;
use geo_types::{Point, Rect};

use super::QueryError;
use super::view::area_of;
use crate::model::area::AreaType;
use crate::model::crs::Bng;
use crate::store::{Named, Store};

/// The longest query that is looked at, in characters.
const LONGEST_QUERY: usize = 100;

/// One thing that a query may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'s> {
    /// Its area type; none for a place.
    pub area_type: Option<AreaType>,
    /// Its code, for an area.
    pub code: Option<String>,
    /// Its name.
    pub name: &'s str,
    /// The name people use.
    pub alias: Option<&'s str>,
    /// Where it is, in words: `Neighbourhood in Melton`.
    pub detail: String,
    /// Its point.
    pub point: Bng<Point<f64>>,
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
    let known: Vec<String> = store.layers().iter().map(|layer| layer.area_type().to_string()).chain(["place".to_owned()]).collect();
    if let Some(unknown) = kinds.iter().find(|kind| !known.contains(&kind.to_ascii_lowercase())) {
        return Err(QueryError::unknown("type", unknown, format!("one of {}", known.join(", "))));
    }
    let kind_of = |named| match named {
        Named::Area(area) => store.layer_at(usize::from(area.layer)).area_type().to_string(),
        Named::Place(_) => "place".to_owned(),
    };
    let keep = |named| kinds.is_empty() || kinds.iter().any(|kind| kind.eq_ignore_ascii_case(&kind_of(named)));
    Ok(store.gazetteer().candidates(query, limit, keep).into_iter().map(|entry| candidate(store, entry.named)).collect())
}

fn candidate(store: &Store, named: Named) -> Candidate<'_> {
    match named {
        Named::Place(position) => {
            let place = &store.places()[position as usize];
            let word = match place.rank {
                1 => "City",
                2 | 3 => "Town",
                _ => "Village or suburb",
            };
            Candidate { area_type: None, code: None, name: &place.name, alias: None, detail: word.to_owned(), point: place.point, bounds: None }
        }
        Named::Area(reference) => {
            let layer = store.layer_at(usize::from(reference.layer));
            let area = area_of(store, reference);
            let singular = layer.area_type().kind.singular();
            let (first, rest) = singular.split_at(1);
            let word = format!("{}{rest}", first.to_uppercase());
            // The district says most about where a small area is; the largest area would say least.
            let parents = layer.parents(reference.place as usize);
            let district = parents
                .iter()
                .find(|parent| store.layer_at(usize::from(parent.layer)).area_type().kind == crate::model::area::AreaKind::Lad)
                .or(parents.last());
            let detail = district.map_or(word.clone(), |parent| format!("{word} in {}", area_of(store, *parent).name));
            Candidate {
                area_type: Some(layer.area_type()),
                code: Some(area.code.to_string()),
                name: &area.name,
                alias: area.alias.as_deref(),
                detail,
                point: area.centroid,
                bounds: area.geometry.inner().bounding_rect().map(Bng),
            }
        }
    }
}

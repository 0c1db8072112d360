//! A table of journeys: from each of some places to each of some others.

use super::basis::{How, Leg, Times};
use super::notes::{self, BasisCount, Counting};
use super::places::{MOST_PLACES, Places, places};
use crate::query::QueryError;
use crate::store::Store;

/// The most pairs of one table.
pub const MOST_PAIRS: usize = 250_000;

/// A table of journeys.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// How people travel.
    pub how: How,
    /// Where they set out.
    pub origins: Places,
    /// Where they go.
    pub destinations: Places,
    /// The journeys, all destinations of the first origin first.
    pub legs: Vec<Leg>,
    /// On which basis they stand.
    pub basis: Vec<BasisCount>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// The ids of the sources of the times.
    pub sources: Vec<String>,
}

/// Works out a table of journeys.
///
/// # Errors
/// When a list of places is none, there are too many pairs, or times of the mode are not known.
pub fn matrix(store: &Store, from: &str, to: &str, how: How) -> Result<Matrix, QueryError> {
    let (mut origins, mut destinations) = (places(store, "from", from, MOST_PLACES)?, places(store, "to", to, MOST_PLACES)?);
    let pairs = origins.list.len() * destinations.list.len();
    if pairs > MOST_PAIRS {
        return Err(QueryError::unfit("to", format!("{pairs} pairs"), format!("at most {MOST_PAIRS} pairs of an origin and a destination")));
    }
    let Some(layer) = store.layers().first() else {
        return Err(QueryError::unknown("from", from, "places of an edition that holds areas"));
    };
    let times = Times::of(store, layer, how)?;
    times.bring_to_roads("from", &mut origins.list)?;
    times.bring_to_roads("to", &mut destinations.list)?;
    let legs = times.between(&origins.list, &destinations.list);
    let mut counting = Counting::default();
    for leg in &legs {
        counting.add(leg, 0.0);
    }
    let basis = counting.counts(&times);
    let mut notes = notes::of_counts(&basis, "journeys", &times);
    notes.extend(notes::of_kilometres(&basis, &times));
    notes.extend(notes::not_located(&origins).into_iter().chain(notes::not_located(&destinations)));
    notes.extend(notes::off_road(&times, &origins.list).into_iter().chain(notes::off_road(&times, &destinations.list)));
    let sources = notes::sources(&basis);
    Ok(Matrix { how, origins, destinations, legs, basis, notes, sources })
}

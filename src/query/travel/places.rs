//! Places that a question names: sets of the edition, single sites, areas, and points that somebody typed or clicked.

use std::collections::HashSet;

use geo_types::Point;

use crate::model::area::AreaCode;
use crate::model::crs::{Bng, LonLat};
use crate::model::organisation::OrganisationStatus;
use crate::query::QueryError;
use crate::query::points::PointCollection;
use crate::query::view::area_of;
use crate::store::{AreaRef, Store};

/// The most places of one list.
pub const MOST_PLACES: usize = 1_000;

/// The longest name that somebody may give a point, characters.
const LONGEST_NAME: usize = 60;

/// What a list of places may hold, for whoever wrote something else.
const EXPECTED: &str = "places with ; between: hospitals, hospitals:acute, practices, practices:C82038,C82009, pharmacies, housing-sites:ID, hospitals:ID, \
    an area code, or LON,LAT or LON,LAT,name";

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A site of a collection of the edition.
    Site(PointCollection),
    /// An area, by its population-weighted centroid.
    Area(AreaRef),
    /// A point that somebody gave.
    Point,
}

impl PlaceKind {
    /// The word in answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Site(PointCollection::Practices) => "practice",
            Self::Site(PointCollection::Hospitals) => "hospital",
            Self::Site(PointCollection::Pharmacies) => "pharmacy",
            Self::Site(PointCollection::HousingSites) => "housing-site",
            Self::Area(_) => "area",
            Self::Point => "point",
        }
    }
}

/// One place with a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Its id, code, or `point-1`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub point: Bng<Point<f64>>,
    /// Its position in its collection, where it is a site.
    pub position: Option<usize>,
    /// Metres to the road that it was brought to; none without one.
    pub snap_metres: Option<f64>,
}

impl Place {
    /// The straight line to a point, kilometres.
    #[must_use]
    pub fn kilometres_to(&self, point: &Bng<Point<f64>>) -> f64 {
        let line = self.point.0 - point.0;
        line.x().hypot(line.y()) / 1000.0
    }
}

/// A list of places, each once, in the order in which they were named.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// The places.
    pub list: Vec<Place>,
    /// What one of them is called: `acute hospital`.
    pub singular: String,
    /// What several of them are called: `acute hospitals`.
    pub plural: String,
    /// Named, but not located.
    pub not_located: Vec<String>,
}

/// Reads a list of places.
///
/// # Errors
/// When it is empty, names something unknown, a place outside Great Britain, or more places than are allowed.
pub fn places(store: &Store, parameter: &'static str, text: &str, most: usize) -> Result<Places, QueryError> {
    let mut reading = Reading { store, parameter, list: Vec::new(), met: HashSet::new(), not_located: Vec::new(), words: Vec::new() };
    let mut items = text.split(';').map(str::trim).filter(|item| !item.is_empty()).peekable();
    if items.peek().is_none() {
        return Err(QueryError::unfit(parameter, "none", EXPECTED));
    }
    for item in items {
        reading.item(item)?;
        if reading.list.len() > most {
            let found = format!("{} or more", reading.list.len());
            return Err(QueryError::unfit(parameter, found, format!("at most {most} {}", if most == 1 { "place" } else { "places" })));
        }
    }
    let Reading { list, not_located, words, .. } = reading;
    if list.is_empty() {
        return Err(QueryError::unfit(parameter, text, format!("at least one place with a point; {} of those named have none", not_located.len())));
    }
    let [singular, plural] = match words.as_slice() {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => first.clone(),
        several => common(several).unwrap_or_else(|| ["site".to_owned(), "sites".to_owned()]),
    };
    Ok(Places { list, singular, plural, not_located })
}

/// What places of several kinds have in common: acute hospitals and hospitals are hospitals.
fn common(words: &[[String; 2]]) -> Option<[String; 2]> {
    let last = |words: &[String; 2]| words.each_ref().map(|words| words.rsplit(' ').next().unwrap_or_default().to_owned());
    let first = last(words.first()?);
    words.iter().all(|other| last(other) == first).then_some(first)
}

struct Reading<'s> {
    store: &'s Store,
    parameter: &'static str,
    list: Vec<Place>,
    met: HashSet<(PlaceKind, String)>,
    not_located: Vec<String>,
    words: Vec<[String; 2]>,
}

impl Reading<'_> {
    fn item(&mut self, item: &str) -> Result<(), QueryError> {
        if let Ok(code) = AreaCode::parse(item) {
            return self.area(code);
        }
        let (word, ids) = item.split_once(':').map_or((item, None), |(word, ids)| (word.trim(), Some(ids)));
        let word = word.to_ascii_lowercase();
        if let Some(collection) = PointCollection::parse(&word) {
            return self.sites(collection, ids);
        }
        self.point(item)
    }

    fn area(&mut self, code: AreaCode) -> Result<(), QueryError> {
        let area = self.store.area_ref(code).ok_or_else(|| QueryError::unknown(self.parameter, code.as_str(), "the code of an area of this edition"))?;
        let held = area_of(self.store, area);
        let kind = self.store.layer_at(usize::from(area.layer)).area_type().kind;
        self.words.push([kind.singular().to_owned(), kind.plural().to_owned()]);
        let name = held.alias.as_ref().map_or_else(|| held.name.clone(), |alias| format!("{} ({alias})", held.name));
        self.add(Place { kind: PlaceKind::Area(area), id: code.to_string(), name, point: held.centroid, position: None, snap_metres: None });
        Ok(())
    }

    fn sites(&mut self, collection: PointCollection, ids: Option<&str>) -> Result<(), QueryError> {
        let store = self.store;
        let (mut singular, mut plural) = words(collection);
        let ids: Vec<&str> = ids.into_iter().flat_map(|ids| ids.split(',')).map(str::trim).filter(|id| !id.is_empty()).collect();
        let positions: Vec<usize> = match ids.as_slice() {
            [] if collection == PointCollection::HousingSites => {
                return Err(QueryError::unfit(self.parameter, "housing-sites", "ids of housing sites: housing-sites:ID,ID"));
            }
            [] => (0..collection.len(store)).filter(|position| at_work(store, collection, *position)).collect(),
            [kind] if collection == PointCollection::Hospitals && of_kind(store, kind).next().is_some() => {
                (singular, plural) = (format!("{} hospital", kind.to_lowercase()), format!("{} hospitals", kind.to_lowercase()));
                of_kind(store, kind).collect()
            }
            ids => ids.iter().map(|id| self.position(collection, id)).collect::<Result<_, _>>()?,
        };
        if positions.is_empty() {
            return Err(QueryError::unknown(self.parameter, collection.id(), format!("places that this edition holds; it holds no {plural}")));
        }
        self.words.push([singular, plural]);
        for position in positions {
            let (id, name) = id_and_name(store, collection, position);
            match collection.point(store, position) {
                Some(point) => self.add(Place { kind: PlaceKind::Site(collection), id, name, point, position: Some(position), snap_metres: None }),
                None => self.not_located.push(name),
            }
        }
        Ok(())
    }

    fn position(&self, collection: PointCollection, id: &str) -> Result<usize, QueryError> {
        collection.position(self.store, id).map_err(|_| {
            let mut kinds: Vec<&str> = self.store.hospitals().items.iter().map(|one| one.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let or_a_kind = if collection == PointCollection::Hospitals { format!(", or a kind: {}", kinds.join(", ")) } else { String::new() };
            QueryError::unknown(self.parameter, id, format!("the id of one of the {}{or_a_kind}", words(collection).1))
        })
    }

    fn point(&mut self, item: &str) -> Result<(), QueryError> {
        let mut parts = item.splitn(3, ',').map(str::trim);
        let mut number = || parts.next().and_then(|part| part.parse::<f64>().ok()).filter(|number| number.is_finite());
        let (Some(lon), Some(lat)) = (number(), number()) else {
            return Err(QueryError::unknown(self.parameter, item, EXPECTED));
        };
        let name = parts.next().unwrap_or_default();
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(QueryError::unfit(self.parameter, name, format!("a name of at most {LONGEST_NAME} letters in one line")));
        }
        let outside = |_| QueryError::unfit(self.parameter, format!("{lon},{lat}"), "a place in Great Britain, as longitude and latitude");
        let point = LonLat(Point::new(lon, lat)).to_bng().map_err(outside)?;
        let number = self.list.iter().filter(|place| place.kind == PlaceKind::Point).count() + 1;
        let name = if name.is_empty() { format!("Point {number}") } else { name.to_owned() };
        self.words.push(["place".to_owned(), "places".to_owned()]);
        self.add(Place { kind: PlaceKind::Point, id: format!("point-{number}"), name, point, position: None, snap_metres: None });
        Ok(())
    }

    /// Adds a place, unless it is there already.
    fn add(&mut self, place: Place) {
        if self.met.insert((place.kind, place.id.clone())) {
            self.list.push(place);
        }
    }
}

const fn singular_and_plural(collection: PointCollection) -> [&'static str; 2] {
    match collection {
        PointCollection::Practices => ["practice", "practices"],
        PointCollection::Hospitals => ["hospital", "hospitals"],
        PointCollection::Pharmacies => ["pharmacy", "pharmacies"],
        PointCollection::HousingSites => ["housing site", "housing sites"],
    }
}

fn words(collection: PointCollection) -> (String, String) {
    let [singular, plural] = singular_and_plural(collection);
    (singular.to_owned(), plural.to_owned())
}

fn of_kind<'s>(store: &'s Store, kind: &'s str) -> impl Iterator<Item = usize> + 's {
    let hospitals = store.hospitals().items.iter().enumerate();
    hospitals.filter(move |(_, hospital)| !hospital.kind.is_empty() && hospital.kind.eq_ignore_ascii_case(kind)).map(|(position, _)| position)
}

/// Of a whole set, what has closed is no place to go to.
fn at_work(store: &Store, collection: PointCollection, position: usize) -> bool {
    let status = match collection {
        PointCollection::Practices => store.practices().all.items[position].organisation.status,
        PointCollection::Pharmacies => store.pharmacies().items[position].status,
        PointCollection::Hospitals | PointCollection::HousingSites => OrganisationStatus::Active,
    };
    status != OrganisationStatus::Closed
}

fn id_and_name(store: &Store, collection: PointCollection, position: usize) -> (String, String) {
    let (id, name) = match collection {
        PointCollection::Practices => {
            let one = &store.practices().all.items[position].organisation;
            (one.code.as_str(), &one.name)
        }
        PointCollection::Pharmacies => {
            let one = &store.pharmacies().items[position];
            (one.code.as_str(), &one.name)
        }
        PointCollection::Hospitals => {
            let one = &store.hospitals().items[position];
            (one.id.as_str(), &one.name)
        }
        PointCollection::HousingSites => {
            let one = &store.housing().sites.items[position];
            (one.id.as_str(), &one.name)
        }
    };
    (id.to_owned(), name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_kinds_are_called_by_what_they_have_in_common() {
        let words = |singular: &[&str]| singular.iter().map(|one| [(*one).to_owned(), format!("{one}s")]).collect::<Vec<_>>();
        assert_eq!(common(&words(&["acute hospital", "hospital"])), Some(["hospital".to_owned(), "hospitals".to_owned()]));
        assert_eq!(common(&words(&["hospital", "practice"])), None);
    }
}

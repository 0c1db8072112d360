//! Collections of points: practices, hospitals, pharmacies and housing sites, found by id and by rectangle.

use geo::Intersects;
use geo_types::Point;

use super::QueryError;
use super::features::{FeaturePage, FeatureQuery};
use crate::model::crs::Bng;
use crate::model::organisation::{Location, OdsCode};
use crate::store::Store;

/// A collection of the edition whose features are points, or not located.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointCollection {
    /// General practices.
    Practices,
    /// Hospitals.
    Hospitals,
    /// Pharmacies.
    Pharmacies,
    /// Housing sites.
    HousingSites,
}

impl PointCollection {
    /// Every one, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Practices, Self::Hospitals, Self::Pharmacies, Self::HousingSites];

    /// The word in addresses.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Practices => "practices",
            Self::Hospitals => "hospitals",
            Self::Pharmacies => "pharmacies",
            Self::HousingSites => "housing-sites",
        }
    }

    /// Finds the collection with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// How many features a store holds of it.
    #[must_use]
    pub fn len(self, store: &Store) -> usize {
        match self {
            Self::Practices => store.practices().all.items.len(),
            Self::Hospitals => store.hospitals().items.len(),
            Self::Pharmacies => store.pharmacies().items.len(),
            Self::HousingSites => store.housing().sites.items.len(),
        }
    }

    /// Whether a store holds none of it.
    #[must_use]
    pub fn is_empty(self, store: &Store) -> bool {
        self.len(store) == 0
    }

    /// Where the feature at a position is; none where it is not located.
    #[must_use]
    pub fn location(self, store: &Store, position: usize) -> Option<Location> {
        match self {
            Self::Practices => store.practices().all.items[position].organisation.location,
            Self::Hospitals => store.hospitals().items[position].location,
            Self::Pharmacies => store.pharmacies().items[position].location,
            Self::HousingSites => store.housing().sites.items[position].location.as_ref().map(|location| location.location),
        }
    }

    /// The point of the feature at a position.
    #[must_use]
    pub fn point(self, store: &Store, position: usize) -> Option<Bng<Point<f64>>> {
        self.location(store, position).map(|location| location.point)
    }

    /// The ids of its sources.
    #[must_use]
    pub fn sources(self, store: &Store) -> &[String] {
        match self {
            Self::Practices => &store.practices().all.sources,
            Self::Hospitals => &store.hospitals().sources,
            Self::Pharmacies => &store.pharmacies().sources,
            Self::HousingSites => &store.housing().sites.sources,
        }
    }

    /// The position of the feature with this id, in either case where ids are codes.
    ///
    /// # Errors
    /// When there is none.
    pub fn position(self, store: &Store, id: &str) -> Result<usize, QueryError> {
        let code = || OdsCode::parse(id).ok();
        let found = match self {
            Self::Practices => code().and_then(|code| store.practices().position(code)).map(|position| position as usize),
            Self::Hospitals => store.hospitals().items.iter().position(|one| one.id.eq_ignore_ascii_case(id)),
            Self::Pharmacies => code().and_then(|code| store.pharmacies().items.binary_search_by_key(&code, |one| one.code).ok()),
            Self::HousingSites => store.housing().position(id),
        };
        found.ok_or_else(|| QueryError::unknown("code", id, format!("the id of a feature of {}", self.id())))
    }
}

/// A page of a collection of points, in dataset order; a rectangle leaves out what is not located.
///
/// # Errors
/// When `within` is given, which is a question about areas.
pub fn points(store: &Store, collection: PointCollection, query: &FeatureQuery) -> Result<FeaturePage, QueryError> {
    if let Some(first) = query.within.first() {
        let expected = format!("no within for {}; ask with bbox", collection.id());
        return Err(QueryError::Unfit { parameter: "within", found: first.clone(), expected });
    }
    let all = u32::try_from(collection.len(store)).expect("an edition has fewer than 2^32 points");
    let matching: Vec<u32> = match &query.bbox {
        None => (0..all).collect(),
        Some(bbox) => {
            let extent = store.catchment_layer().and_then(|(_, layer)| layer.extent());
            let outline = extent.and_then(|extent| bbox.outline_near(&extent));
            let inside = |position: &u32| match (&outline, collection.point(store, *position as usize)) {
                (Some(outline), Some(point)) => outline.inner().intersects(point.inner()),
                _ => false,
            };
            (0..all).filter(inside).collect()
        }
    };
    let matched = matching.len();
    let places: Vec<u32> = matching.into_iter().skip(query.offset).take(query.limit).collect();
    let end = query.offset + places.len();
    Ok(FeaturePage { places, matched, next_offset: (end < matched).then_some(end) })
}

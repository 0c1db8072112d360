//! Housing sites with the areas they lie in, and organisations by code: what stands at points rather than in areas.

use std::collections::HashMap;

use geo::Intersects;
use geo_types::{Point, Rect};

use super::Layer;
use crate::model::crs::Bng;
use crate::model::housing::{HousingRequirement, HousingSite};
use crate::model::organisation::{OdsCode, Practice};
use crate::model::provenance::Sourced;

/// Practices by code and by network.
#[derive(Debug)]
pub struct Practices {
    /// Practices and their sources, sorted by code.
    pub all: Sourced<Practice>,
    networks: HashMap<OdsCode, Vec<u32>>,
    places: Vec<Option<u32>>,
}

impl Practices {
    pub(super) fn new(all: Sourced<Practice>, layer: Option<&Layer>) -> Self {
        let mut networks: HashMap<OdsCode, Vec<u32>> = HashMap::new();
        for (position, practice) in (0..).zip(&all.items) {
            if let Some(pcn) = &practice.pcn {
                networks.entry(pcn.code).or_default().push(position);
            }
        }
        let places = all.items.iter().map(|one| place_of(layer?, &one.organisation.location?.point)).collect();
        Self { all, networks, places }
    }

    /// The position of the practice with this code.
    #[must_use]
    pub fn position(&self, code: OdsCode) -> Option<u32> {
        let at = self.all.items.binary_search_by_key(&code, |practice| practice.organisation.code).ok()?;
        Some(u32::try_from(at).expect("an edition has fewer than 2^32 practices"))
    }

    /// The practice at a position, which must come from this store.
    #[must_use]
    pub fn at(&self, position: u32) -> &Practice {
        &self.all.items[position as usize]
    }

    /// The positions of a primary care network's practices, ascending; none without a network of this code.
    #[must_use]
    pub fn of_network(&self, code: OdsCode) -> Option<&[u32]> {
        self.networks.get(&code).map(Vec::as_slice)
    }

    /// The place of the smallest area in which a practice stands.
    #[must_use]
    pub fn place_of(&self, position: u32) -> Option<u32> {
        self.places[position as usize]
    }
}

/// Housing sites, each with the smallest area it lies in, and what plans require.
#[derive(Debug)]
pub struct Housing {
    /// Sites and their sources, sorted by id.
    pub sites: Sourced<HousingSite>,
    /// Requirements and their sources, in the order of the files.
    pub requirements: Sourced<HousingRequirement>,
    places: Vec<Option<u32>>,
}

impl Housing {
    pub(super) fn new(sites: Sourced<HousingSite>, requirements: Sourced<HousingRequirement>, layer: Option<&Layer>) -> Self {
        let places = sites.items.iter().map(|site| place_of(layer?, &site.location.as_ref()?.location.point)).collect();
        Self { sites, requirements, places }
    }

    /// The place of the smallest area in which a site's point lies; none where it is not located or lies outside the edition.
    #[must_use]
    pub fn place_of(&self, site: usize) -> Option<u32> {
        self.places[site]
    }

    /// The position of the site with this id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.sites.items.binary_search_by(|site| site.id.as_str().cmp(id)).ok()
    }
}

/// The place of the area whose polygon holds a point; of two that share an edge under it, the first.
fn place_of(layer: &Layer, point: &Bng<Point<f64>>) -> Option<u32> {
    let at = point.inner().0;
    layer.places_in_envelope(&Bng(Rect::new(at, at))).into_iter().find(|&place| layer.areas()[place as usize].geometry.inner().intersects(point.inner()))
}

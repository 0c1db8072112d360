//! One area type in memory: areas in dataset order, their envelopes in a packed tree, and who lies within whom.

use std::collections::HashMap;

use geo::{BoundingRect, Intersects};
use geo_types::{Polygon, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::AreaRef;
use crate::model::area::{Area, AreaCode, AreaType};
use crate::model::crs::Bng;
use crate::model::edition::AreaLayer;

type Envelope = GeomWithData<Rectangle<[f64; 2]>, u32>;
type Centroid = GeomWithData<[f64; 2], u32>;

/// The areas of one layer that a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// Every area of the layer; the number of areas.
    All(u32),
    /// These places, ascending.
    Some(Vec<u32>),
}

impl Members {
    /// The places, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let (range, list) = match self {
            Self::All(areas) => (0..*areas, [].as_slice()),
            Self::Some(places) => (0..0, places.as_slice()),
        };
        range.chain(list.iter().copied()).map(|place| place as usize)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::All(areas) => *areas as usize,
            Self::Some(places) => places.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One area type of the store.
#[derive(Debug)]
pub struct Layer {
    area_type: AreaType,
    source: String,
    areas: Vec<Area>,
    parents: Vec<Vec<AreaRef>>,
    members: HashMap<AreaRef, Vec<u32>>,
    parent_types: Vec<AreaType>,
    tree: RTree<Envelope>,
    centroids: RTree<Centroid>,
    population: Option<Vec<f64>>,
}

impl Layer {
    /// Indexes the areas; parents that the edition does not hold are left out.
    pub(super) fn new(layer: AreaLayer, by_code: &HashMap<AreaCode, AreaRef>) -> Self {
        let AreaLayer { area_type, source, areas } = layer;
        let envelopes = areas
            .iter()
            .zip(0..)
            .filter_map(|(area, place)| {
                let rect = area.geometry.inner().bounding_rect()?;
                Some(Envelope::new(Rectangle::from_corners([rect.min().x, rect.min().y], [rect.max().x, rect.max().y]), place))
            })
            .collect();
        let centroids = areas.iter().zip(0..).map(|(area, place)| Centroid::new(area.centroid.inner().0.into(), place)).collect();
        let parents = areas.iter().map(|area| area.parents.iter().filter_map(|(_, code)| by_code.get(code).copied()).collect()).collect();
        let mut parent_types: Vec<AreaType> = areas.iter().flat_map(|area| area.parents.iter().map(|(area_type, _)| *area_type)).collect();
        parent_types.sort_unstable();
        parent_types.dedup();
        Self {
            area_type,
            source,
            areas,
            parents,
            members: HashMap::new(),
            parent_types,
            tree: RTree::bulk_load(envelopes),
            centroids: RTree::bulk_load(centroids),
            population: None,
        }
    }

    /// Notes, for every area that contains others, which places of each layer lie within it.
    pub(super) fn link_members(layers: &mut [Self]) {
        for (position, layer) in layers.iter_mut().enumerate() {
            for (place, parents) in layer.parents.iter().enumerate() {
                let place = u32::try_from(place).expect("a layer has fewer than 2^32 areas");
                for parent in parents {
                    layer.members.entry(*parent).or_default().push(place);
                }
                // An area lies within itself: `within=E07000133` on districts answers with that district.
                layer.members.entry(super::area_ref(position, place as usize)).or_default().push(place);
            }
        }
    }

    pub(super) fn hold_population(&mut self, population: Vec<f64>) {
        self.population = Some(population);
    }

    /// The type of every area in it.
    #[must_use]
    pub const fn area_type(&self) -> AreaType {
        self.area_type
    }

    /// The id of the source of the boundaries.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The areas in dataset order.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The areas of the edition that contain the area at a place, smallest first.
    #[must_use]
    pub fn parents(&self, place: usize) -> &[AreaRef] {
        &self.parents[place]
    }

    /// Every type of area that contains an area of the layer, smallest first.
    #[must_use]
    pub fn parent_types(&self) -> &[AreaType] {
        &self.parent_types
    }

    /// The places of this layer within an area of any layer, ascending; `None` when no area here lies within it.
    #[must_use]
    pub fn members_within(&self, area: AreaRef) -> Option<&[u32]> {
        self.members.get(&area).map(Vec::as_slice)
    }

    /// Residents at a place, if the edition holds them.
    #[must_use]
    pub fn population_at(&self, place: usize) -> Option<f64> {
        self.population.as_ref().map(|column| column[place]).filter(|people| people.is_finite())
    }

    /// Whether residents are held for this area type.
    #[must_use]
    pub const fn holds_population(&self) -> bool {
        self.population.is_some()
    }

    /// The places whose envelope touches a rectangle, ascending: candidates for an exact test.
    #[must_use]
    pub fn places_in_envelope(&self, rect: &Bng<Rect<f64>>) -> Vec<u32> {
        let (min, max) = (rect.inner().min(), rect.inner().max());
        let mut places: Vec<u32> =
            self.tree.locate_in_envelope_intersecting(&AABB::from_corners([min.x, min.y], [max.x, max.y])).map(|envelope| envelope.data).collect();
        places.sort_unstable();
        places
    }

    /// The places whose representative point lies in a rectangle, in no order.
    pub fn places_with_centroid_in<'l>(&'l self, rect: &Bng<Rect<f64>>) -> impl Iterator<Item = u32> + use<'l> {
        let (min, max) = (rect.inner().min(), rect.inner().max());
        self.centroids.locate_in_envelope(&AABB::from_corners([min.x, min.y], [max.x, max.y])).map(|centroid| centroid.data)
    }

    /// The places whose polygons share at least a point with a polygon, ascending.
    #[must_use]
    pub fn places_intersecting(&self, polygon: &Bng<Polygon<f64>>) -> Vec<u32> {
        let Some(rect) = polygon.inner().bounding_rect() else { return Vec::new() };
        let mut places = self.places_in_envelope(&Bng(rect));
        places.retain(|&place| self.areas[place as usize].geometry.inner().intersects(polygon.inner()));
        places
    }

    /// The rectangle around every area, if there is any.
    #[must_use]
    pub fn extent(&self) -> Option<Bng<Rect<f64>>> {
        if self.areas.is_empty() {
            return None;
        }
        let envelope = self.tree.root().envelope();
        Some(Bng(Rect::new(envelope.lower(), envelope.upper())))
    }
}

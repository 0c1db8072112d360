//! What every map stands on: the part of the edition in question, its borders, what lies around it, the names on it.

use geo::{BoundingRect, Intersects};
use geo_types::{Coord, MultiPolygon, Point, Rect};

use super::{Border, BorderKind, FigureMap, LabelKind, MapLabel};
use crate::model::area::{Area, AreaKind};
use crate::model::crs::Bng;
use crate::query::{Catchment, Extent};
use crate::store::{AreaRef, Layer, Store};

/// The least width and height of a map, metres: of a single small area the surroundings are seen as well.
const LEAST_METRES: f64 = 5_000.0;

/// The part of an edition that a map is about.
#[derive(Debug, Clone)]
pub struct Ground<'s> {
    /// The edition.
    pub store: &'s Store,
    /// Where it is, in words.
    pub label: String,
    /// The areas that it is made of; empty for the whole edition.
    areas: Vec<AreaRef>,
    /// Neighbourhoods in it, of the layer of catchments; none for all.
    members: Option<Vec<u32>>,
    /// What must be seen whole.
    frame: Option<Rect<f64>>,
    /// Whether places around it are named too.
    surroundings: bool,
}

impl<'s> Ground<'s> {
    /// Of a view's extent.
    #[must_use]
    pub fn of_extent(store: &'s Store, extent: &Extent) -> Self {
        let areas = extent.areas.clone();
        let members = (!areas.is_empty()).then(|| within(store, &areas));
        let frame = if areas.is_empty() { whole(store) } else { around(areas.iter().map(|area| &area_of(store, *area).geometry)) };
        Self { store, label: extent.label.clone(), areas, members, frame: frame.map(roomy), surroundings: false }
    }

    /// Of a catchment: its areas and its shape.
    #[must_use]
    pub fn of_catchment(store: &'s Store, catchment: &Catchment<'s>) -> Self {
        let members: Vec<u32> = catchment.areas.iter().map(|area| area.place).collect();
        let shapes = members.iter().map(|&place| &catchment.layer.areas()[place as usize].geometry);
        let frame = around(shapes).into_iter().chain(catchment.bounds().map(|bounds| bounds.0));
        Self {
            store,
            label: catchment.label(),
            areas: Vec::new(),
            members: Some(members),
            frame: frame.reduce(both).or_else(|| whole(store)).map(roomy),
            surroundings: true,
        }
    }

    /// Seen through another frame, where somebody wants one.
    #[must_use]
    pub fn seen(mut self, frame: Option<Bng<Rect<f64>>>) -> Self {
        self.frame = frame.map(|frame| frame.0).or(self.frame);
        self
    }

    /// Of the edition with a frame of its own: isochrones end where they end.
    #[must_use]
    pub fn of_rect(store: &'s Store, label: String, frame: Option<Rect<f64>>) -> Self {
        Self { store, label, areas: Vec::new(), members: None, frame: frame.or_else(|| whole(store)).map(roomy), surroundings: true }
    }

    /// With room for something that must be seen too.
    #[must_use]
    pub fn with(mut self, points: impl Iterator<Item = Point<f64>>) -> Self {
        let points = points.map(|point| Rect::new(point.0, point.0));
        self.frame = self.frame.into_iter().chain(points).reduce(both);
        self
    }

    /// Whether it is all of the edition.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.members.is_none()
    }

    /// What it is called in a sentence.
    #[must_use]
    pub fn place(&self) -> &str {
        if self.surroundings { "the area in question" } else { &self.label }
    }

    /// What must be seen whole.
    #[must_use]
    pub fn frame(&self) -> Option<Bng<Rect<f64>>> {
        self.frame.map(Bng)
    }

    /// Whether a point lies in one of its neighbourhoods.
    #[must_use]
    pub fn holds(&self, point: &Bng<Point<f64>>) -> bool {
        let Some((_, layer)) = self.store.catchment_layer() else { return false };
        place_at(layer, point).is_some_and(|place| self.members.as_ref().is_none_or(|members| members.binary_search(&place).is_ok()))
    }

    /// The districts of the edition with whether the ground touches them.
    fn districts(&self) -> Vec<(&'s Area, bool)> {
        let Some((position, layer)) = of_kind(self.store, AreaKind::Lad) else { return Vec::new() };
        let base = self.store.catchment_layer().map(|(_, base)| base);
        let touched = |place: usize| match (&self.members, base) {
            (Some(members), Some(base)) => members.iter().any(|&member| {
                base.area_type() == layer.area_type() && member as usize == place
                    || base.parents(member as usize).iter().any(|parent| usize::from(parent.layer) == position && parent.place as usize == place)
            }),
            _ => true,
        };
        layer.areas().iter().enumerate().map(|(place, area)| (area, touched(place))).collect()
    }

    /// The districts of the edition that it touches.
    #[must_use]
    pub fn districts_touched(&self) -> Vec<&'s Area> {
        self.districts().into_iter().filter(|(_, touched)| *touched).map(|(area, _)| area).collect()
    }

    /// The shapes that make it up where nothing is classed: its areas, or all districts.
    #[must_use]
    pub fn ground_areas(&self) -> Vec<&'s Bng<MultiPolygon<f64>>> {
        if self.areas.is_empty() {
            return self.districts_touched().into_iter().map(|area| &area.geometry).collect();
        }
        self.areas.iter().map(|area| &area_of(self.store, *area).geometry).collect()
    }

    /// The areas of the layer of catchments that are in sight and no part of it.
    #[must_use]
    pub fn areas_around(&self) -> Vec<&'s Bng<MultiPolygon<f64>>> {
        let (Some((_, layer)), Some(members), Some(frame)) = (self.store.catchment_layer(), &self.members, self.frame) else { return Vec::new() };
        let places = layer.places_in_envelope(&Bng(wider(frame, 1.0)));
        let around = places.into_iter().filter(|place| members.binary_search(place).is_err());
        around.map(|place| &layer.areas()[place as usize].geometry).collect()
    }

    /// A map with everything but the answer: what lies around, borders, names, the small map.
    #[must_use]
    pub fn map(&self) -> FigureMap<'s> {
        let near = self.frame.map(|frame| wider(frame, 1.5));
        let seen = |shape: &Bng<MultiPolygon<f64>>| near.zip(shape.0.bounding_rect()).is_none_or(|(near, rect)| near.intersects(&rect));
        let districts = self.districts();
        let context = |id: &str| self.store.context().iter().filter(move |layer| layer.id == id).flat_map(|layer| &layer.features).collect::<Vec<_>>();
        let around = context("neighbours");
        let mut neighbours: Vec<&'s Bng<MultiPolygon<f64>>> = around.iter().map(|(_, shape)| shape).filter(|shape| seen(shape)).collect();
        // Of a part of a district all of it is ground; the answer lies on top.
        if !self.is_whole() {
            neighbours.extend(districts.iter().map(|(area, _)| &area.geometry).filter(|shape| seen(shape)));
        }
        let mut borders: Vec<Border<'s>> =
            districts.iter().filter(|(area, _)| seen(&area.geometry)).map(|(area, _)| Border { shape: &area.geometry, kind: BorderKind::District }).collect();
        if self.areas.is_empty() && self.is_whole() {
            borders.extend(context("outline").into_iter().map(|(_, shape)| Border { shape, kind: BorderKind::Extent }));
        }
        borders.extend(self.areas.iter().map(|area| Border { shape: &area_of(self.store, *area).geometry, kind: BorderKind::Extent }));
        let inset = if self.is_whole() { Vec::new() } else { districts.iter().map(|(area, _)| &area.geometry).collect() };
        let labels = self.labels(&districts, &around, near);
        FigureMap { frame: self.frame(), neighbours, borders, labels, inset, ..FigureMap::default() }
    }

    fn labels(&self, districts: &[(&'s Area, bool)], around: &[&'s (String, Bng<MultiPolygon<f64>>)], near: Option<Rect<f64>>) -> Vec<MapLabel> {
        let close = |point: &Point<f64>| near.is_none_or(|near| near.intersects(point));
        // Around a catchment every town helps to see where it lies; of a district only its own are its business.
        let own = |point: &Bng<Point<f64>>| self.surroundings || self.holds(point);
        let places = self.store.places().iter().filter(|place| close(&place.point.0) && own(&place.point));
        let towns = places.map(|place| MapLabel {
            text: place.name.clone(),
            point: place.point,
            kind: if place.rank <= 2 { LabelKind::Town } else { LabelKind::Village },
        });
        // The only district of a map stands in its title.
        let several = districts.iter().filter(|(_, touched)| *touched).count() > 1;
        let named = districts.iter().filter(|(area, touched)| (several || !touched) && close(&area.centroid.0)).map(|(area, touched)| MapLabel {
            text: area.name.clone(),
            point: area.centroid,
            kind: if *touched && (self.is_whole() || !self.areas.is_empty()) { LabelKind::District } else { LabelKind::Neighbour },
        });
        let beyond = around.iter().filter_map(|(name, shape)| {
            let middle = shape.0.bounding_rect()?.center();
            close(&Point(middle)).then(|| MapLabel { text: name.clone(), point: Bng(Point(middle)), kind: LabelKind::Neighbour })
        });
        let (districts, rest): (Vec<MapLabel>, Vec<MapLabel>) = named.partition(|label| label.kind == LabelKind::District);
        let (towns, villages): (Vec<MapLabel>, Vec<MapLabel>) = towns.partition(|label| label.kind == LabelKind::Town);
        districts.into_iter().chain(towns).chain(villages).chain(rest).chain(beyond).collect()
    }
}

/// The area behind a reference.
pub fn area_of(store: &Store, area: AreaRef) -> &Area {
    &store.layer_at(usize::from(area.layer)).areas()[area.place as usize]
}

/// The layer of a kind of area with its position.
pub fn of_kind(store: &Store, kind: AreaKind) -> Option<(usize, &Layer)> {
    store.layers().iter().enumerate().find(|(_, layer)| layer.area_type().kind == kind)
}

/// The neighbourhoods of some areas, ascending.
fn within(store: &Store, areas: &[AreaRef]) -> Vec<u32> {
    let Some((_, base)) = store.catchment_layer() else { return Vec::new() };
    let mut places: Vec<u32> = areas.iter().flat_map(|area| base.members_within(*area).unwrap_or_default()).copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The place of the area whose polygon holds a point.
#[must_use]
pub fn place_at(layer: &Layer, point: &Bng<Point<f64>>) -> Option<u32> {
    let at = Bng(Rect::new(point.0.0, point.0.0));
    layer.places_in_envelope(&at).into_iter().find(|&place| layer.areas()[place as usize].geometry.0.intersects(&point.0))
}

fn whole(store: &Store) -> Option<Rect<f64>> {
    store.layers().iter().find_map(Layer::extent).map(|rect| rect.0)
}

fn around<'a>(shapes: impl Iterator<Item = &'a Bng<MultiPolygon<f64>>>) -> Option<Rect<f64>> {
    shapes.filter_map(|shape| shape.0.bounding_rect()).reduce(both)
}

/// The rectangle around two.
#[must_use]
pub fn both(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    let (least, most) = (a.min(), a.max());
    Rect::new(Coord { x: least.x.min(b.min().x), y: least.y.min(b.min().y) }, Coord { x: most.x.max(b.max().x), y: most.y.max(b.max().y) })
}

/// A rectangle wider by a part of itself on each side.
fn wider(rect: Rect<f64>, part: f64) -> Rect<f64> {
    let more = rect.width().max(rect.height()) * part;
    Rect::new(Coord { x: rect.min().x - more, y: rect.min().y - more }, Coord { x: rect.max().x + more, y: rect.max().y + more })
}

/// A rectangle with its surroundings, where it is small.
fn roomy(rect: Rect<f64>) -> Rect<f64> {
    let more = (LEAST_METRES - rect.width().max(rect.height())).max(0.0) / 2.0;
    Rect::new(Coord { x: rect.min().x - more, y: rect.min().y - more }, Coord { x: rect.max().x + more, y: rect.max().y + more })
}

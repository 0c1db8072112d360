//! Isochrones: what can be reached in so many minutes, for one place or several, together or in common; people are counted by the
//! times at population-weighted centroids, not from the shape.

use geo::BooleanOps;
use geo_types::MultiPolygon;

use super::basis::{By, How, Times};
use super::notes::{self, BasisCount, Counting};
use super::places::{Place, Places, places};
use super::times::{layer_of, limits, some_on_a_road};
use super::{change, estimate};
use crate::model::crs::Bng;
use crate::model::travel::{Basis, Direction};
use crate::query::QueryError;
use crate::query::shape::Shape;
use crate::store::{Layer, Snapped, Store, Together};

/// The most places of one map of isochrones.
pub const MOST_ISOCHRONE_PLACES: usize = 10;

/// Minutes where nobody names any.
const USUAL_MINUTES: [f64; 3] = [10.0, 20.0, 30.0];

/// How the shapes of several places go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Combine {
    /// One shape for each place.
    #[default]
    Separate,
    /// Within reach of any of them.
    Union,
    /// Within reach of all of them.
    Overlap,
}

impl Combine {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::Separate, Self::Union, Self::Overlap];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Separate => "separate",
            Self::Union => "union",
            Self::Overlap => "overlap",
        }
    }

    /// Finds it by its word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|combine| combine.id() == id)
    }
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct IsochroneRequest {
    /// A list of places.
    pub at: String,
    /// How people travel.
    pub how: How,
    /// Minutes; 10, 20 and 30 otherwise.
    pub minutes: Option<Vec<f64>>,
    /// How several places go together.
    pub combine: Combine,
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Isochrone {
    /// Its minutes.
    pub minutes: f64,
    /// The position of its place; none where places go together.
    pub place: Option<usize>,
    /// The shape; none where nothing is reached.
    pub shape: Option<Bng<MultiPolygon<f64>>>,
    /// Areas whose people are within reach.
    pub areas: usize,
    /// Their residents.
    pub people: f64,
    /// How its times are known; of several the least firm.
    pub basis: Basis,
}

/// What can be reached.
#[derive(Debug)]
pub struct Isochrones<'s> {
    /// How people travel.
    pub how: How,
    /// How several places go together.
    pub combine: Combine,
    /// The areas whose people are counted.
    pub layer: &'s Layer,
    /// The places.
    pub places: Places,
    /// Minutes, ascending.
    pub minutes: Vec<f64>,
    /// The shapes, longest time first, so that shorter ones lie on top.
    pub shapes: Vec<Isochrone>,
    /// People within reach in each time, of all places as they go together (of separate ones: of any).
    pub people: Vec<f64>,
    /// Everybody in the edition.
    pub everybody: f64,
    /// On which basis the times stand.
    pub basis: Vec<BasisCount>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// The ids of the sources of the times.
    pub sources: Vec<String>,
}

/// Finds what can be reached from (or reaches) some places.
///
/// # Errors
/// When a place is unknown, there are too many, minutes are out of bounds, or times of the mode are not known.
pub fn isochrones<'s>(store: &'s Store, request: &IsochroneRequest) -> Result<Isochrones<'s>, QueryError> {
    let how = How { by: By::Minutes, ..request.how };
    let (_, layer) = layer_of(store, None)?;
    let minutes = limits(Some(request.minutes.as_deref().unwrap_or(&USUAL_MINUTES)), By::Minutes)?;
    let mut places = places(store, "at", &request.at, MOST_ISOCHRONE_PLACES)?;
    let times = Times::for_shapes(store, layer, how)?;
    times.bring_to_roads("at", &mut places.list)?;
    some_on_a_road(&times, "at", &places.list)?;
    let Journeys { of_each, basis } = journeys(&times, &places);
    let areas = layer.areas().len();
    let of_all = |combined: fn(f64, f64) -> f64| {
        let one = |area: usize| of_each.iter().map(|row| row[area].unwrap_or(f64::INFINITY)).reduce(combined).filter(|minutes| minutes.is_finite());
        (0..areas).map(one).collect::<Vec<_>>()
    };
    let together = if request.combine == Combine::Overlap { of_all(f64::max) } else { of_all(f64::min) };
    let on_roads: Vec<bool> = places.list.iter().map(|place| place.snap_metres.is_some()).collect();
    let least_firm = |of: &[bool]| if of.iter().all(|on| *on) { Basis::Network } else { Basis::Estimate };
    let mut shapes = Vec::new();
    let counted = |limit: f64, place: Option<usize>, shape, values: &[Option<f64>]| {
        let (areas, people) = within(layer, values, limit);
        let basis = least_firm(place.map_or(&on_roads, |at| std::slice::from_ref(&on_roads[at])));
        Isochrone { minutes: limit, place, shape, areas, people, basis }
    };
    if request.combine == Combine::Separate {
        let of_places: Vec<Vec<_>> = places.list.iter().map(|place| outlines(&times, std::slice::from_ref(place), Together::Union, &minutes)).collect();
        for (at, limit) in minutes.iter().enumerate().rev() {
            shapes.extend(of_places.iter().enumerate().map(|(place, outlines)| counted(*limit, Some(place), outlines[at].clone(), &of_each[place])));
        }
    } else {
        let how = if request.combine == Combine::Union { Together::Union } else { Together::Overlap };
        let outlines = outlines(&times, &places.list, how, &minutes);
        shapes.extend(minutes.iter().zip(outlines).rev().map(|(limit, shape)| counted(*limit, None, shape, &together)));
    }
    let mut notes = notes::of_counts(&basis, "journeys", &times);
    notes.push("People are counted by the times at population-weighted centroids, not from the shape.".to_owned());
    if how.direction == Direction::FromSite && basis.iter().any(|count| count.basis == Basis::Estimate) {
        notes.push("Estimated times are the same both ways.".to_owned());
    }
    notes.extend(published_beside(store, layer, how, &places));
    notes.extend(notes::not_located(&places).into_iter().chain(notes::off_road(&times, &places.list)));
    Ok(Isochrones {
        how,
        combine: request.combine,
        layer,
        people: minutes.iter().map(|limit| within(layer, &together, *limit).1).collect(),
        everybody: (0..areas).filter_map(|place| layer.population_at(place)).sum(),
        places,
        minutes,
        shapes,
        sources: notes::sources(&basis),
        basis,
        notes,
    })
}

struct Journeys {
    /// For each place the minutes of every area, as they are printed.
    of_each: Vec<Vec<Option<f64>>>,
    basis: Vec<BasisCount>,
}

fn journeys(times: &Times<'_>, places: &Places) -> Journeys {
    let mut of_each = Vec::with_capacity(places.list.len());
    let mut counting = Counting::default();
    times.each(&places.list, |_, row| {
        of_each.push(change::values(row, By::Minutes));
        for leg in row {
            counting.add(leg, 0.0);
        }
    });
    Journeys { of_each, basis: counting.counts(times) }
}

/// Published times hold for whole areas, so no shape is drawn from them; a reader who compares must know.
fn published_beside(store: &Store, layer: &Layer, how: How, places: &Places) -> Option<String> {
    let times = Times::of(store, layer, how).ok()?;
    let published: Vec<&str> =
        places.list.iter().filter(|place| times.is_published(place) && place.snap_metres.is_none()).map(|place| place.name.as_str()).collect();
    (!published.is_empty()).then(|| {
        format!("For {} published times are held as well: they stand in the tables of travel times and differ from this estimate.", published.join(", "))
    })
}

/// Areas and people within a limit.
fn within(layer: &Layer, values: &[Option<f64>], limit: f64) -> (usize, f64) {
    let inside = values.iter().enumerate().filter(|(_, value)| value.is_some_and(|value| value <= limit));
    inside.fold((0, 0.0), |(areas, people), (place, _)| (areas + 1, people + layer.population_at(place).unwrap_or(0.0)))
}

/// What is reached of (or from) some places together, for each of some times: by the roads where all of them are near one, else shape by shape.
pub(in crate::query) fn outlines(times: &Times<'_>, places: &[Place], together: Together, minutes: &[f64]) -> Vec<Option<Bng<MultiPolygon<f64>>>> {
    let spots: Vec<Option<Snapped>> = places.iter().map(|place| times.on_a_road(place)).collect();
    if let (Some(roads), Some(spots)) = (times.roads(), spots.into_iter().collect::<Option<Vec<_>>>()) {
        // To the tenth that is printed: who is 10.04 minutes away counts as 10 minutes away.
        let seconds: Vec<f64> = minutes.iter().map(|minutes| minutes * 60.0).collect();
        let shapes = roads.isochrones(&spots, times.travel(), together, &seconds);
        return shapes.into_iter().map(|shape| Some(shape).filter(|shape| !shape.0.0.is_empty())).collect();
    }
    if let [one] = places {
        return minutes.iter().map(|minutes| circle(one, *minutes).filter(|_| times.can_be_estimated())).collect();
    }
    let of_each: Vec<Vec<_>> = places.iter().map(|place| outlines(times, std::slice::from_ref(place), together, minutes)).collect();
    let at = |limit: usize| of_each.iter().map(move |shapes| shapes[limit].clone());
    (0..minutes.len())
        .map(|limit| match together {
            Together::Union => at(limit).flatten().reduce(|a, b| Bng(a.0.union(&b.0))),
            Together::Overlap => {
                let all: Option<Vec<_>> = at(limit).collect();
                all?.into_iter().reduce(|a, b| Bng(a.0.intersection(&b.0))).filter(|shape| !shape.0.0.is_empty())
            }
        })
        .collect()
}

/// The circle that the estimate reaches in so many minutes; none where they are not enough to set out.
fn circle(place: &Place, minutes: f64) -> Option<Bng<MultiPolygon<f64>>> {
    let metres = estimate::kilometres(minutes)? * 1000.0;
    (metres >= 1.0).then(|| Shape::Circle { centre: place.point, metres }.outline())
}

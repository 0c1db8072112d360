//! Isochrones: what can be reached in so many minutes, for one place or several, together or in common; people are counted by the
//! times at population-weighted centroids, not from the shape.

use geo::BooleanOps;
use geo_types::MultiPolygon;

use super::basis::{By, How, Times};
use super::estimate;
use super::notes::{self, BasisCount, Counting};
use super::places::{Place, Places, places};
use super::times::{layer_of, limits, some_on_a_road};
use crate::model::crs::Bng;
use crate::model::style::{Colour, Scheme};
use crate::model::travel::{Basis, Direction};
use crate::query::QueryError;
use crate::query::shape::Shape;
use crate::store::{Layer, Snapped, Store, Together};

/// The most places of one map of isochrones.
pub const MOST_ISOCHRONE_PLACES: usize = 10;

/// Minutes where nobody names any.
const USUAL_MINUTES: [f64; 3] = [10.0, 20.0, 30.0];

/// Shades at the dark end that are left out: the largest shape covers most of the map, and names have to be read on it.
const LEFT_DARK: usize = 3;

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
    /// How the times of the people counted are known, or of the shape where nobody is; none where in several ways.
    pub basis: Option<Basis>,
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

impl Isochrones<'_> {
    /// The colour of what is reached in so many minutes: light is near.
    #[must_use]
    pub fn colour(&self, minutes: f64) -> Colour {
        let at = self.minutes.partition_point(|other| *other < minutes);
        Scheme::YellowGreenBlue.colours(self.minutes.len() + LEFT_DARK)[at]
    }
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
    let longest = minutes.last().copied().unwrap_or_default();
    let Journeys { of_each, basis } = journeys(&times, &places, longest);
    let areas = layer.areas().len();
    let together: Vec<Option<Reach>> = (0..areas)
        .map(|area| {
            let legs = of_each.iter().map(|row| row[area]);
            if request.combine == Combine::Overlap { legs.reduce(|a, b| Some(a?.and(b?))).flatten() } else { legs.flatten().reduce(Reach::or) }
        })
        .collect();
    let mut shapes = Vec::new();
    let counted = |limit: f64, place: Option<usize>, shape, reached: &[Option<Reach>]| {
        let (areas, people, counted) = within(layer, reached, limit);
        let around = place.map_or(places.list.as_slice(), |at| std::slice::from_ref(&places.list[at]));
        let drawn = || around.iter().map(|place| Kinds::of(if place.snap_metres.is_some() { Basis::Network } else { Basis::Estimate })).reduce(Kinds::and);
        Isochrone { minutes: limit, place, shape, areas, people, basis: counted.or_else(drawn).and_then(Kinds::only) }
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
    notes.extend(notes::areas_off_the_roads(&times, &places.list));
    let mut sources = notes::sources(&basis);
    // A shape along the roads owes its lines to them, also where it holds nobody.
    let of_roads = times.roads().filter(|_| places.list.iter().any(|place| place.snap_metres.is_some())).map(|roads| roads.source().to_owned());
    sources.extend(of_roads.filter(|source| !sources.contains(source)));
    Ok(Isochrones {
        how,
        combine: request.combine,
        layer,
        people: minutes.iter().map(|limit| within(layer, &together, *limit).1).collect(),
        everybody: (0..areas).filter_map(|place| layer.population_at(place)).sum(),
        places,
        minutes,
        shapes,
        sources,
        basis,
        notes,
    })
}

struct Journeys {
    /// For each place how every area is reached.
    of_each: Vec<Vec<Option<Reach>>>,
    /// Of the journeys within the longest time.
    basis: Vec<BasisCount>,
}

/// How an area is reached.
#[derive(Debug, Clone, Copy)]
struct Reach {
    /// Minutes, as they are printed.
    minutes: f64,
    kinds: Kinds,
}

impl Reach {
    /// The shorter of two.
    fn or(self, other: Self) -> Self {
        if other.minutes < self.minutes { other } else { self }
    }

    /// Both of two.
    fn and(self, other: Self) -> Self {
        Self { minutes: self.minutes.max(other.minutes), kinds: self.kinds.and(other.kinds) }
    }
}

/// In which ways journeys are known, in the order of [`Basis::ALL`].
#[derive(Debug, Clone, Copy)]
struct Kinds([bool; 3]);

impl Kinds {
    fn of(basis: Basis) -> Self {
        Self(Basis::ALL.map(|one| one == basis))
    }

    fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|kind| self.0[kind] || other.0[kind]))
    }

    /// The only one of them; none of several.
    fn only(self) -> Option<Basis> {
        let mut kinds = Basis::ALL.into_iter().zip(self.0).filter_map(|(basis, held)| held.then_some(basis));
        kinds.next().filter(|_| kinds.next().is_none())
    }
}

fn journeys(times: &Times<'_>, places: &Places, longest: f64) -> Journeys {
    // Those on the roads come first, so each is put in its own place.
    let mut of_each = vec![Vec::new(); places.list.len()];
    let mut counting = Counting::default();
    times.each_drawn(&places.list, |at, row| {
        of_each[at] = row.iter().map(|leg| Some(Reach { minutes: leg.printed_minutes()?, kinds: Kinds::of(leg.basis) })).collect();
        for leg in row.iter().filter(|leg| leg.printed_minutes().is_some_and(|minutes| minutes <= longest)) {
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

/// Areas and people within a limit, and in which ways their journeys are known; none of nobody's.
fn within(layer: &Layer, reached: &[Option<Reach>], limit: f64) -> (usize, f64, Option<Kinds>) {
    let inside = reached.iter().enumerate().filter_map(|(place, reach)| Some((place, reach.filter(|reach| reach.minutes <= limit)?)));
    inside.fold((0, 0.0, None), |(areas, people, kinds), (place, reach)| {
        let kinds = kinds.map_or(reach.kinds, |held: Kinds| held.and(reach.kinds));
        (areas + 1, people + layer.population_at(place).unwrap_or(0.0), Some(kinds))
    })
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

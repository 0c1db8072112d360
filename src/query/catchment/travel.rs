//! Travel-time catchments: the areas whose people reach some places in time, and the housing sites that do by their own point.

use geo_types::Point;

use super::Asked;
use crate::model::crs::{Bng, LonLat};
use crate::model::travel::{Basis, Direction, Mode};
use crate::query::QueryError;
use crate::query::points::PointCollection;
use crate::query::shape::{Member, Shape};
use crate::query::travel::{By, Counting, How, MOST_ISOCHRONE_PLACES, Nearest, Place, PlaceKind, Times, estimate, limits, notes, outlines, places};
use crate::store::{Layer, Store, Together};

/// Around what a travel-time catchment lies.
#[derive(Debug, Clone, PartialEq)]
pub enum Around {
    /// The practices asked.
    Practices,
    /// A point.
    Point(LonLat<Point<f64>>),
    /// A list of places.
    Places(String),
}

/// What is reached in time.
pub(super) struct InTime {
    pub members: Vec<Member>,
    /// Positions of housing sites, ascending.
    pub sites: Vec<usize>,
    /// A shape that agrees with the times, where there is one.
    pub shape: Option<Shape>,
    /// On which basis, with its error, in words.
    pub basis: String,
    pub notes: Vec<String>,
}

/// Finds what is reached in time.
pub(super) fn in_time(store: &Store, layer: &Layer, asked: &Asked<'_>, around: &Around, minutes: f64, how: How) -> Result<InTime, QueryError> {
    let how = How { by: By::Minutes, ..how };
    limits(Some(&[minutes]), By::Minutes)?;
    let (mut around, mut notes) = centres(store, asked, around)?;
    let times = Times::of(store, layer, how)?;
    times.bring_to_roads("at", &mut around)?;
    notes.extend(notes::off_road(&times, &around));
    let Nearest { legs, .. } = Nearest::as_drawn(&times, &around);
    let reached = |place: &usize| legs[*place].printed_minutes().is_some_and(|needed| needed <= minutes);
    let inside: Vec<usize> = (0..legs.len()).filter(reached).collect();
    if inside.is_empty() {
        let expected = "a time in which the population-weighted centre of a neighbourhood of this edition is reached";
        return Err(QueryError::unfit("minutes", minutes.to_string(), expected));
    }
    let mut counting = Counting::default();
    for &place in &inside {
        counting.add(&legs[place], 0.0);
    }
    let counts = counting.counts(&times);
    notes.extend(notes::of_counts(&counts, layer.area_type().kind.plural(), &times));
    notes.extend(notes::areas_off_the_roads(&times, &around));
    let published = counts.iter().any(|count| count.basis == Basis::Published);
    if published {
        notes.push("Published times hold for whole neighbourhoods: housing sites are judged by the estimate from the straight line.".to_owned());
    }
    let members = inside.into_iter().map(|place| Member { place: u32::try_from(place).expect("fewer than 2^32 areas"), weight: 1.0 }).collect();
    Ok(InTime {
        members,
        sites: sites(store, &times, &around, minutes),
        shape: if published || how.mode == Mode::Transit { None } else { shape(&times, &around, minutes) },
        basis: counts.iter().map(|count| count.words.as_str()).collect::<Vec<_>>().join("; "),
        notes,
    })
}

/// The places in the middle, and what must be said of them.
fn centres(store: &Store, asked: &Asked<'_>, around: &Around) -> Result<(Vec<Place>, Vec<String>), QueryError> {
    match around {
        Around::Places(text) => {
            let places = places(store, "at", text, MOST_ISOCHRONE_PLACES)?;
            let notes = notes::not_located(&places).into_iter().collect();
            Ok((places.list, notes))
        }
        Around::Point(point) => {
            let found = format!("{},{}", point.0.x(), point.0.y());
            let point = point.to_bng().map_err(|_| QueryError::unfit("lon", found, "a place in Great Britain, as longitude and latitude"))?;
            Ok((
                vec![Place { kind: PlaceKind::Point, id: "point-1".to_owned(), name: "Point 1".to_owned(), point, position: None, snap_metres: None }],
                Vec::new(),
            ))
        }
        Around::Practices => {
            let located = asked.positions.iter().zip(&asked.practices).filter_map(|(&position, practice)| {
                let point = practice.organisation.location?.point;
                let (id, name) = (practice.organisation.code.to_string(), practice.organisation.name.clone());
                Some(Place { kind: PlaceKind::Site(PointCollection::Practices), id, name, point, position: Some(position as usize), snap_metres: None })
            });
            let located: Vec<Place> = located.collect();
            if located.is_empty() {
                let found = if asked.is_empty() { "none" } else { "practices that are not located" };
                return Err(QueryError::unfit("at", found, "lon and lat, at, or a practice with a point"));
            }
            let missing = asked.practices.len() - located.len();
            let notes = (missing > 0).then(|| format!("Practices that are not located, so nobody travels to them here: {missing}."));
            Ok((located, notes.into_iter().collect()))
        }
    }
}

/// The housing sites that are in time by their own point.
fn sites(store: &Store, times: &Times<'_>, around: &[Place], minutes: f64) -> Vec<usize> {
    let collection = PointCollection::HousingSites;
    let located: Vec<Place> = (0..collection.len(store))
        .filter_map(|position| {
            let point: Bng<Point<f64>> = collection.point(store, position)?;
            Some(Place { kind: PlaceKind::Site(collection), id: String::new(), name: String::new(), point, position: Some(position), snap_metres: None })
        })
        .collect();
    let to_the_centre = times.how().direction == Direction::ToSite;
    let (from, to) = if to_the_centre { (located.as_slice(), around) } else { (around, located.as_slice()) };
    let legs = times.between(from, to);
    let in_time = |(site, _): &(usize, &Place)| {
        (0..around.len()).any(|centre| {
            let at = if to_the_centre { site * around.len() + centre } else { centre * located.len() + site };
            times.agrees_with_the_shape(&around[centre], &legs[at]) && legs[at].printed_minutes().is_some_and(|needed| needed <= minutes)
        })
    };
    located.iter().enumerate().filter(in_time).filter_map(|(_, site)| site.position).collect()
}

/// What is reached, as a shape: a circle by the estimate of one place, else an outline.
fn shape(times: &Times<'_>, around: &[Place], minutes: f64) -> Option<Shape> {
    if let ([one], true) = (around, times.roads().is_none()) {
        return Some(Shape::Circle { centre: one.point, metres: estimate::kilometres(minutes)? * 1000.0 });
    }
    outlines(times, around, Together::Union, &[minutes]).into_iter().flatten().next().map(Shape::Polygons)
}

//! Times between places and areas: the one place that decides how a time is known. A road network speaks first, then times that
//! others have published, then the estimate from the straight line; every time carries its basis.

use geo_types::Point;

use super::by_timetable::{ByTimetable, When};
use super::estimate;
use super::places::{Place, PlaceKind};
use crate::model::crs::Bng;
use crate::model::travel::{Basis, Direction, Mode, PublishedTimes, TimeOfDay};
use crate::query::QueryError;
use crate::query::points::PointCollection;
use crate::store::{Layer, Store};

/// What is made least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Time.
    #[default]
    Minutes,
    /// Length.
    Kilometres,
}

impl By {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Minutes, Self::Kilometres];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Kilometres => "kilometres",
        }
    }

    /// Finds it by its word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.id() == id)
    }
}

/// How somebody travels, when, which way, and what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// How.
    pub mode: Mode,
    /// When.
    pub time: TimeOfDay,
    /// Which way.
    pub direction: Direction,
    /// What is made least.
    pub by: By,
    /// On which day and in which minutes, by timetable.
    pub when: When,
}

impl Default for How {
    fn default() -> Self {
        Self { mode: Mode::Car, time: TimeOfDay::default(), direction: Direction::default(), by: By::default(), when: When::default() }
    }
}

/// A journey: how long it takes, how far it is, and how that is known. Minutes are NaN where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leg {
    /// Minutes.
    pub minutes: f32,
    /// Kilometres: along the road by a network, else of the straight line.
    pub kilometres: f32,
    /// How the minutes are known.
    pub basis: Basis,
    /// Minutes of the best and the worst minute of a window, by timetable; the worst is NaN where nobody arrives at all.
    pub spread: Option<[f32; 2]>,
}

impl Leg {
    /// No journey.
    pub const NONE: Self = Self { minutes: f32::NAN, kilometres: f32::NAN, basis: Basis::Estimate, spread: None };

    /// What counts, to the decimal that is printed, so that a table can be counted again by its reader.
    #[must_use]
    pub fn value(&self, by: By) -> Option<f64> {
        match by {
            By::Minutes => self.printed_minutes(),
            By::Kilometres => self.printed_kilometres(),
        }
    }

    /// Minutes to a tenth.
    #[must_use]
    pub fn printed_minutes(&self) -> Option<f64> {
        let minutes = f64::from(self.minutes);
        minutes.is_finite().then(|| (minutes * 10.0).round() / 10.0)
    }

    /// The minutes of the best and worst minute of a window, to a tenth.
    #[must_use]
    pub fn printed_spread(&self) -> [Option<f64>; 2] {
        let printed = |minutes: f32| minutes.is_finite().then(|| (f64::from(minutes) * 10.0).round() / 10.0);
        self.spread.map_or([None; 2], |spread| spread.map(printed))
    }

    /// Kilometres to a hundredth.
    #[must_use]
    pub fn printed_kilometres(&self) -> Option<f64> {
        let kilometres = f64::from(self.kilometres);
        kilometres.is_finite().then(|| (kilometres * 100.0).round() / 100.0)
    }
}

/// Times between places and the areas of a layer.
#[derive(Debug, Clone, Copy)]
pub struct Times<'s> {
    layer: &'s Layer,
    position: usize,
    how: How,
    published: Option<&'s PublishedTimes>,
    timetable: Option<ByTimetable<'s>>,
}

impl<'s> Times<'s> {
    /// Times on whatever basis is firmest for each pair.
    ///
    /// # Errors
    /// When the edition holds nothing that knows times of this mode.
    pub fn of(store: &'s Store, layer: &'s Layer, how: How) -> Result<Self, QueryError> {
        let position = store.layers().iter().position(|other| other.area_type() == layer.area_type()).unwrap_or(0);
        let timetable = if how.mode == Mode::Transit { ByTimetable::of(store, position, how) } else { None };
        held(how, timetable.is_some())?;
        let fits = |table: &&PublishedTimes| table.mode == how.mode && table.area_type == layer.area_type();
        let as_published = how.direction == Direction::ToSite && how.time == TimeOfDay::OffPeak && how.by == By::Minutes;
        let published = store.published_times().iter().find(fits).filter(|_| as_published);
        Ok(Self { layer, position, how, published, timetable })
    }

    /// Times that a shape on a map can agree with: without published ones, which hold for whole areas only.
    ///
    /// # Errors
    /// As for [`Times::of`].
    pub fn for_shapes(store: &'s Store, layer: &'s Layer, how: How) -> Result<Self, QueryError> {
        if how.mode == Mode::Transit {
            return Err(QueryError::NothingHeld {
                parameter: "mode",
                what: "no shape is drawn for public transport, because what it reaches lies scattered around stops".to_owned(),
                instead: "ask for travel-times or a travel-time catchment with mode=transit, which say what each area needs".to_owned(),
            });
        }
        Ok(Self { published: None, ..Self::of(store, layer, how)? })
    }

    /// The layer of its areas.
    #[must_use]
    pub const fn layer(&self) -> &'s Layer {
        self.layer
    }

    /// How people travel.
    #[must_use]
    pub const fn how(&self) -> How {
        self.how
    }

    /// The published times that may speak for some pairs.
    #[must_use]
    pub const fn table(&self) -> Option<&'s PublishedTimes> {
        self.published
    }

    /// What runs, where people go by timetable.
    pub(super) const fn timetable(&self) -> Option<&ByTimetable<'s>> {
        self.timetable.as_ref()
    }

    /// Whether times to a place are published.
    #[must_use]
    pub fn is_published(&self, place: &Place) -> bool {
        self.published.is_some_and(|table| column(table, place).is_some())
    }

    /// Gives the journeys between every area and each place in turn, areas in dataset order; the row is used again for the next place.
    pub fn each(&self, places: &[Place], mut take: impl FnMut(usize, &[Leg])) {
        if let Some(timetable) = &self.timetable {
            return timetable.each(self.layer, places, take);
        }
        let areas = self.layer.areas();
        let mut row = vec![Leg::NONE; areas.len()];
        for (at, place) in places.iter().enumerate() {
            let published = self.published.and_then(|table| Some((table, column(table, place)?)));
            for ((leg, area), number) in row.iter_mut().zip(areas).zip(0..) {
                *leg = known(&area.centroid, &place.point, published.map(|(table, column)| table.minutes[number * table.sites.len() + column]));
            }
            take(at, &row);
        }
    }

    /// The journeys from each origin to each destination, row by row.
    #[must_use]
    pub fn between(&self, origins: &[Place], destinations: &[Place]) -> Vec<Leg> {
        if let Some(timetable) = &self.timetable {
            return timetable.between(origins, destinations);
        }
        let mut legs = Vec::with_capacity(origins.len() * destinations.len());
        let columns: Vec<Option<usize>> = destinations.iter().map(|place| column(self.published?, place)).collect();
        for origin in origins {
            let area = match origin.kind {
                PlaceKind::Area(area) if usize::from(area.layer) == self.position => Some(area.place as usize),
                _ => None,
            };
            for (destination, column) in destinations.iter().zip(&columns) {
                let cell = self.published.and_then(|table| Some(table.minutes[area? * table.sites.len() + (*column)?]));
                legs.push(known(&origin.point, &destination.point, cell));
            }
        }
        legs
    }
}

/// Whether the edition knows times of a mode at all.
fn held(how: How, by_timetable: bool) -> Result<(), QueryError> {
    let instead = "ask with mode=car, for which times are published or estimated from the straight line";
    let nothing = |what: &str| {
        Err(QueryError::NothingHeld {
            parameter: "mode",
            what: format!("this edition holds no {what}, so times {} are not known", how.mode.phrase()),
            instead: instead.to_owned(),
        })
    };
    match how.mode {
        Mode::Transit if by_timetable && how.by == By::Kilometres => Err(QueryError::NothingHeld {
            parameter: "by",
            what: "a timetable gives no lengths, so the shortest way by public transport is not known".to_owned(),
            instead: "ask with by=minutes".to_owned(),
        }),
        Mode::Transit if by_timetable => Ok(()),
        Mode::Transit => nothing("timetable of buses and trains"),
        Mode::Walk | Mode::Cycle => nothing("road network"),
        Mode::Car if how.time != TimeOfDay::OffPeak => Err(QueryError::NothingHeld {
            parameter: "time",
            what: format!("this edition holds no road network, so times for {} are not known", how.time.id()),
            instead: "ask with time=off-peak, for which times are published or estimated".to_owned(),
        }),
        Mode::Car => Ok(()),
    }
}

/// The column of published times that is a place's own.
fn column(table: &PublishedTimes, place: &Place) -> Option<usize> {
    let hospital = matches!(place.kind, PlaceKind::Site(PointCollection::Hospitals));
    table.sites.iter().position(|site| hospital && site.hospital.as_deref() == Some(place.id.as_str()))
}

/// A journey as published, else as estimated.
#[expect(clippy::cast_possible_truncation, reason = "minutes and kilometres within the country: 32 bits hold them to a second and a metre")]
fn known(from: &Bng<Point<f64>>, to: &Bng<Point<f64>>, published: Option<f32>) -> Leg {
    let line = from.0 - to.0;
    let kilometres = line.x().hypot(line.y()) / 1000.0;
    match published.filter(|minutes| minutes.is_finite()) {
        Some(minutes) => Leg { minutes, kilometres: kilometres as f32, basis: Basis::Published, spread: None },
        None => Leg { minutes: estimate::minutes(kilometres) as f32, kilometres: kilometres as f32, basis: Basis::Estimate, spread: None },
    }
}

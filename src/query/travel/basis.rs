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
use crate::store::{AreaPlaces, Journey, Layer, Roads, Snapped, Store, Travel};

pub use crate::store::By;

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
    roads: Option<(&'s Roads, &'s AreaPlaces)>,
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
        let roads = store.roads().filter(|_| Mode::ON_ROADS.contains(&how.mode)).and_then(|roads| Some((roads, store.area_places(position, how.mode)?)));
        if roads.is_none() {
            nothing_held(how, timetable.is_some())?;
        }
        let fits = |table: &&PublishedTimes| table.mode == how.mode && table.area_type == layer.area_type();
        let as_published = how.direction == Direction::ToSite && how.time == TimeOfDay::OffPeak && how.by == By::Minutes;
        let published = store.published_times().iter().find(fits).filter(|_| as_published);
        Ok(Self { layer, position, how, roads, published, timetable })
    }

    /// Times that a shape on a map can agree with: without published ones, which hold for whole areas only.
    ///
    /// # Errors
    /// As for [`Times::of`].
    pub fn for_shapes(store: &'s Store, layer: &'s Layer, how: How) -> Result<Self, QueryError> {
        let times = Self::of(store, layer, how)?;
        if how.mode == Mode::Transit {
            return Err(QueryError::NothingHeld {
                parameter: "mode",
                what: "no shape is drawn for public transport, because what it reaches lies scattered around stops".to_owned(),
                instead: "ask for travel-times or a travel-time catchment with mode=transit, which say what each area needs".to_owned(),
            });
        }
        Ok(times.without_published())
    }

    /// Times without published ones, which are given for some sites only.
    #[must_use]
    pub(super) const fn without_published(self) -> Self {
        Self { published: None, ..self }
    }

    /// Times by which all of some places can be compared: along the roads where all are near one, else the estimate where it can be said;
    /// never published ones, which no new site has.
    #[must_use]
    pub(super) fn on_one_yardstick<'p>(self, mut places: impl Iterator<Item = &'p Place>) -> Self {
        let times = self.without_published();
        let on_roads = times.roads.is_some() && places.all(|place| times.on_a_road(place).is_some());
        if on_roads || !times.can_be_estimated() { times } else { Self { roads: None, ..times } }
    }

    /// The areas that lie too far from any road of the mode, where the edition holds some.
    pub(super) fn areas_off_the_roads(&self) -> impl Iterator<Item = usize> + use<'s> {
        let snapped = self.roads.map(|(_, areas)| areas.snapped()).unwrap_or_default();
        snapped.iter().enumerate().filter(|(_, spot)| !spot.is_on_a_road()).map(|(area, _)| area)
    }

    /// Whether a shape around a place is drawn from journeys of this kind: along the roads only, where the place is near one.
    #[must_use]
    pub(in crate::query) fn agrees_with_the_shape(&self, place: &Place, leg: &Leg) -> bool {
        leg.basis == Basis::Network || self.roads.is_none() || self.on_a_road(place).is_none()
    }

    /// As [`Times::each`], without the journeys that a shape around the place knows nothing of.
    pub(super) fn each_drawn(&self, places: &[Place], mut take: impl FnMut(usize, &[Leg])) {
        let mut drawn = Vec::new();
        self.each(places, |at, row| {
            let by_road = self.on_a_road(&places[at]).is_some();
            drawn.clear();
            drawn.extend(row.iter().map(|leg| if by_road && leg.basis != Basis::Network { Leg::NONE } else { *leg }));
            take(at, &drawn);
        });
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

    /// The roads that journeys go by, where the edition holds some.
    #[must_use]
    pub fn roads(&self) -> Option<&'s Roads> {
        self.roads.map(|(roads, _)| roads)
    }

    /// What is asked of the roads.
    #[must_use]
    pub const fn travel(&self) -> Travel {
        Travel { mode: self.how.mode, time: self.how.time, direction: self.how.direction, by: self.how.by }
    }

    /// Whether times to a place are published.
    #[must_use]
    pub fn is_published(&self, place: &Place) -> bool {
        self.published.is_some_and(|table| column(table, place).is_some())
    }

    /// Whether a time can be said without a road: driving between the peaks only.
    #[must_use]
    pub fn can_be_estimated(&self) -> bool {
        self.how.mode == Mode::Car && self.how.time == TimeOfDay::OffPeak
    }

    /// A place on the mode's network, where it is near a road of it.
    #[must_use]
    pub fn on_a_road(&self, place: &Place) -> Option<Snapped> {
        self.roads()?.snapped(&place.point, self.how.mode).ok()
    }

    /// Brings places to the roads and notes how far that is.
    ///
    /// # Errors
    /// When a point that somebody gave is too far from any road, and nothing else knows its times.
    pub fn bring_to_roads(&self, parameter: &'static str, places: &mut [Place]) -> Result<(), QueryError> {
        let Some(roads) = self.roads() else { return Ok(()) };
        for place in places {
            match roads.snapped(&place.point, self.how.mode) {
                Ok(snapped) => place.snap_metres = Some(snapped.metres_off),
                Err(off) if place.kind == PlaceKind::Point && !self.can_be_estimated() => {
                    let expected = off.to_string().trim_start_matches("expected ").to_owned();
                    return Err(QueryError::unfit(parameter, place.name.as_str(), expected));
                }
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Gives the journeys between every area and each place, areas in dataset order; those on the road network first. The row is used
    /// again for the next place.
    pub fn each(&self, places: &[Place], mut take: impl FnMut(usize, &[Leg])) {
        if let Some(timetable) = &self.timetable {
            return timetable.each(self.layer, places, take);
        }
        let mut row = vec![Leg::NONE; self.layer.areas().len()];
        let snapped: Vec<Option<Snapped>> = places.iter().map(|place| self.on_a_road(place)).collect();
        if let Some((roads, area_places)) = self.roads {
            let (on, spots): (Vec<usize>, Vec<Snapped>) = snapped.iter().enumerate().filter_map(|(at, spot)| Some((at, (*spot)?))).unzip();
            roads.to_areas(area_places, &spots, self.travel(), |at, journeys| {
                row.iter_mut().zip(journeys).for_each(|(leg, journey)| *leg = by_road(*journey));
                self.without_roads(&mut row, &places[on[at]], |area| !area_places.snapped()[area].is_on_a_road());
                take(on[at], &row);
            });
        }
        for (at, place) in places.iter().enumerate().filter(|(at, _)| snapped[*at].is_none()) {
            self.without_roads(&mut row, place, |_| true);
            take(at, &row);
        }
    }

    /// Fills the journeys of some areas as they are known without roads.
    fn without_roads(&self, row: &mut [Leg], place: &Place, which: impl Fn(usize) -> bool) {
        let published = self.published.and_then(|table| Some((table, column(table, place)?)));
        let areas = row.iter_mut().zip(self.layer.areas()).enumerate();
        for (number, (leg, area)) in areas.filter(|(number, _)| which(*number)) {
            *leg = self.known(&area.centroid, &place.point, published.map(|(table, column)| table.minutes[number * table.sites.len() + column]));
        }
    }

    /// The journeys from each origin to each destination, row by row; who is there already needs no time.
    #[must_use]
    pub fn between(&self, origins: &[Place], destinations: &[Place]) -> Vec<Leg> {
        let mut legs = self.between_points(origins, destinations);
        let pairs = origins.iter().flat_map(|from| destinations.iter().map(move |to| from.is_at(to)));
        for (leg, _) in legs.iter_mut().zip(pairs).filter(|(leg, there)| *there && leg.basis != Basis::Published) {
            *leg = Leg { minutes: 0.0, kilometres: 0.0, basis: leg.basis, spread: leg.spread.map(|_| [0.0; 2]) };
        }
        legs
    }

    fn between_points(&self, origins: &[Place], destinations: &[Place]) -> Vec<Leg> {
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
                legs.push(self.known(&origin.point, &destination.point, cell));
            }
        }
        if let Some(roads) = self.roads() {
            let ((rows, from), (columns, to)) = (self.those_on_a_road(origins), self.those_on_a_road(destinations));
            for (row, journeys) in rows.iter().zip(roads.matrix(&from, &to, self.travel())) {
                for (column, journey) in columns.iter().zip(journeys) {
                    legs[row * destinations.len() + column] = by_road(journey);
                }
            }
        }
        legs
    }

    /// The positions of the places near a road, and where they meet it.
    fn those_on_a_road(&self, places: &[Place]) -> (Vec<usize>, Vec<Snapped>) {
        places.iter().enumerate().filter_map(|(at, place)| Some((at, self.on_a_road(place)?))).unzip()
    }

    /// A journey as published, else as estimated, where it can be.
    #[expect(clippy::cast_possible_truncation, reason = "minutes and kilometres within the country: 32 bits hold them to a second and a metre")]
    fn known(&self, from: &Bng<Point<f64>>, to: &Bng<Point<f64>>, published: Option<f32>) -> Leg {
        let line = from.0 - to.0;
        let kilometres = line.x().hypot(line.y()) / 1000.0;
        match published.filter(|minutes| minutes.is_finite()) {
            Some(minutes) => Leg { minutes, kilometres: kilometres as f32, basis: Basis::Published, spread: None },
            None if self.can_be_estimated() => {
                Leg { minutes: estimate::minutes(kilometres) as f32, kilometres: kilometres as f32, basis: Basis::Estimate, spread: None }
            }
            None => Leg::NONE,
        }
    }
}

impl Place {
    /// Whether it is on the same point as another, to a metre.
    #[must_use]
    pub(super) fn is_at(&self, other: &Self) -> bool {
        self.kilometres_to(&other.point) <= 0.001
    }
}

/// A journey on the road network.
fn by_road(journey: Journey) -> Leg {
    Leg { minutes: journey.seconds / 60.0, kilometres: journey.metres / 1000.0, basis: Basis::Network, spread: None }
}

/// Refuses what an edition without roads cannot know.
fn nothing_held(how: How, by_timetable: bool) -> Result<(), QueryError> {
    let instead = "ask with mode=car, for which times are published or estimated from the straight line";
    let nothing = |what: &str| {
        let what = format!("this edition holds no {what}, so times {} are not known", how.mode.phrase());
        Err(QueryError::NothingHeld { parameter: "mode", what, instead: instead.to_owned() })
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

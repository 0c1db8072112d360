//! The timetable in memory: stops by place, walks to and between them, and journeys by bus and train for every minute of a window.

use std::sync::OnceLock;

use geo_types::Point;
use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::Layer;
use crate::model::crs::Bng;
use crate::model::timetable::{Pattern, Stop, Timetable};
use crate::model::travel::Direction;
use crate::routing::raptor::{Lines, NEVER, Rules, Service, Walks};

/// Walks follow no network here: the straight line, made longer by as much as streets usually do.
pub const DETOUR: f64 = 1.3;

/// How fast people walk, km/h.
pub const WALKING_KMH: f64 = 4.8;

/// How far a stop may be from where a journey begins or ends, metres of the straight line.
pub const ACCESS_METRES: f64 = 1_200.0;

/// How far people walk from one stop to another to change, metres of the straight line.
pub const CHANGE_METRES: f64 = 400.0;

/// How far people walk all the way instead, metres of the straight line: as far as to a stop and from one.
pub const ALL_THE_WAY_METRES: f64 = 2.0 * ACCESS_METRES;

/// How journeys are made: at most four vehicles, a minute for each change beside the walk, at most three hours.
pub const RULES: Rules = Rules { rides: 4, change_seconds: 60, limit_seconds: 3 * HOUR };

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

/// Midnight of the day asked for, on the clock of the search: a week later than its zero, because trips of days before may still run.
const MIDNIGHT: u32 = 7 * DAY;

/// Later than everything on that clock; from there it runs backwards.
const HORIZON: u32 = 2 * MIDNIGHT;

/// On which day and in which minutes people travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransitAsked {
    /// Whether people come to the place, and must be there in time, or leave from it.
    pub direction: Direction,
    /// The day of the week; 0 is Monday.
    pub weekday: u8,
    /// From when until before when, seconds after midnight, every minute: they leave the place at that minute, or must be at it by then.
    pub window: (u32, u32),
}

/// Seconds between a place and each target over the minutes of a window; NaN where a target is not reached.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TransitTimes {
    /// What half of the minutes do not exceed.
    pub median: Vec<f32>,
    /// In the best minute.
    pub least: Vec<f32>,
    /// In the worst; NaN where there is a minute in which the target is not reached.
    pub most: Vec<f32>,
}

/// Places with the stops that people walk to from there.
#[derive(Debug, Clone, PartialEq)]
pub struct StopsNear {
    points: Vec<Bng<Point<f64>>>,
    /// For each stop, the places near it with the seconds of the walk.
    places: Walks,
}

/// What runs, ready for questions.
#[derive(Debug)]
pub struct Transit {
    timetable: Timetable,
    index: RTree<GeomWithData<[f64; 2], u32>>,
    footpaths: Walks,
    /// What runs on each day of the week, forwards and backwards, made when it is first asked for.
    days: [[OnceLock<Lines>; 2]; 7],
    /// The stops near the areas of each layer.
    areas: Vec<StopsNear>,
}

impl Transit {
    /// Indexes a timetable.
    #[must_use]
    pub fn new(timetable: Timetable) -> Self {
        let stops = (0..).zip(&timetable.stops).map(|(position, stop)| GeomWithData::new(stop.point.0.into(), position));
        let index = RTree::bulk_load(stops.collect());
        let near = |(position, stop): (u32, &Stop)| {
            let mut walks = walks(&index, &stop.point, CHANGE_METRES);
            walks.retain(|(other, _)| *other != position);
            walks
        };
        let footpaths = Walks::new((0..).zip(&timetable.stops).map(near));
        Self { timetable, index, footpaths, days: Default::default(), areas: Vec::new() }
    }

    /// With the stops near the centroids of the areas of some layers.
    #[must_use]
    pub fn with_areas<'l>(mut self, layers: impl IntoIterator<Item = &'l Layer>) -> Self {
        self.areas = layers.into_iter().map(|layer| self.stops_near(layer.areas().iter().map(|area| area.centroid))).collect();
        self
    }

    /// The stops near the areas of the layer at a position.
    #[must_use]
    pub fn near_areas(&self, position: usize) -> Option<&StopsNear> {
        self.areas.get(position)
    }

    /// What runs, as imported.
    #[must_use]
    pub const fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// Finds the stops near many places once, for questions about all of them.
    #[must_use]
    pub fn stops_near(&self, points: impl IntoIterator<Item = Bng<Point<f64>>>) -> StopsNear {
        let points: Vec<Bng<Point<f64>>> = points.into_iter().collect();
        let walks = Walks::new(points.iter().map(|point| walks(&self.index, point, ACCESS_METRES)));
        StopsNear { points, places: walks.reversed(self.timetable.stops.len()) }
    }

    /// Seconds between a place and each of the targets; walking all the way counts where it is shorter.
    #[must_use]
    pub fn times(&self, place: &Bng<Point<f64>>, targets: &StopsNear, asked: TransitAsked) -> TransitTimes {
        let access = walks(&self.index, place, ACCESS_METRES);
        let minutes = minutes(asked);
        let lines = self.lines(asked.weekday % 7, asked.direction);
        let window = lines.window(&access, &minutes, &targets.places, targets.points.len(), RULES);
        let mut times = TransitTimes::default();
        let mut row = Vec::with_capacity(minutes.len());
        for (target, point) in targets.points.iter().enumerate() {
            let metres = metres_between(place, point);
            let on_foot = if metres <= ALL_THE_WAY_METRES { walking_seconds(metres) } else { NEVER };
            row.clear();
            row.extend(window.of(target).iter().map(|seconds| on_foot.min(*seconds)));
            row.sort_unstable();
            let middle = [row[(row.len() - 1) / 2], row[row.len() / 2]].map(seconds_or_nan);
            times.median.push(middle[0].midpoint(middle[1]));
            times.least.push(seconds_or_nan(row[0]));
            times.most.push(seconds_or_nan(row[row.len() - 1]));
        }
        times
    }

    /// Seconds between each of some places and each of the targets, worked out side by side.
    #[must_use]
    pub fn times_of_each(&self, places: &[Bng<Point<f64>>], targets: &StopsNear, asked: TransitAsked) -> Vec<TransitTimes> {
        // What runs on the day is made once, before several ask for it at the same time.
        self.lines(asked.weekday % 7, asked.direction);
        places.par_iter().map(|place| self.times(place, targets, asked)).collect()
    }

    /// Seconds between a place and each of the points.
    #[must_use]
    pub fn to_points(&self, place: &Bng<Point<f64>>, points: &[Bng<Point<f64>>], asked: TransitAsked) -> TransitTimes {
        self.times(place, &self.stops_near(points.iter().copied()), asked)
    }

    /// What runs on a day of the week: forwards from a place, backwards to one.
    fn lines(&self, weekday: u8, direction: Direction) -> &Lines {
        let [forwards, backwards] = &self.days[usize::from(weekday)];
        let forwards = || forwards.get_or_init(|| self.lines_of(weekday));
        match direction {
            Direction::FromSite => forwards(),
            Direction::ToSite => backwards.get_or_init(|| forwards().reversed(HORIZON)),
        }
    }

    /// What runs on a day, what began on a day before and still runs, and what runs on the day after, for journeys across midnight.
    fn lines_of(&self, weekday: u8) -> Lines {
        let service = |pattern| -> Service<'_> {
            let Pattern { stops, trips, .. }: &Pattern = pattern;
            let runs = (0..=7u8).flat_map(|ago| {
                let begun = MIDNIGHT + DAY - u32::from(ago) * DAY;
                let on_day = (weekday + 8 - ago) % 7;
                let shifted = trips.iter().filter(move |trip| trip.days.runs_on(on_day)).map(move |trip| {
                    let moved = |seconds: u32| begun + seconds.min(6 * DAY);
                    trip.times.iter().map(|&(arrival, departure)| (moved(arrival), moved(departure))).collect::<Vec<_>>()
                });
                shifted.filter(|run| run[run.len() - 1].0 + RULES.limit_seconds > MIDNIGHT && run[0].1 < MIDNIGHT + DAY + RULES.limit_seconds)
            });
            Service { stops, runs: runs.collect() }
        };
        Lines::new(self.timetable.patterns.iter().map(service), self.footpaths.clone())
    }
}

/// The minutes of a window on the clock of the search, ascending; one at least.
fn minutes(asked: TransitAsked) -> Vec<u32> {
    let (from, to) = (asked.window.0.min(DAY), asked.window.1.min(DAY));
    let minutes = (from..to.max(from + 1)).step_by(60).map(|second| MIDNIGHT + second);
    match asked.direction {
        Direction::FromSite => minutes.collect(),
        Direction::ToSite => {
            let mut minutes: Vec<u32> = minutes.map(|time| HORIZON - time).collect();
            minutes.reverse();
            minutes
        }
    }
}

/// The stops at most so many metres from a point, with the seconds of the walk, in the order of the stops.
fn walks(index: &RTree<GeomWithData<[f64; 2], u32>>, point: &Bng<Point<f64>>, metres: f64) -> Vec<(u32, u32)> {
    let near = index.locate_within_distance(point.0.into(), metres * metres);
    let mut walks: Vec<(u32, u32)> = near.map(|stop| (stop.data, walking_seconds(metres_between(point, &Bng(Point::from(*stop.geom())))))).collect();
    walks.sort_unstable();
    walks
}

fn metres_between(one: &Bng<Point<f64>>, other: &Bng<Point<f64>>) -> f64 {
    let line = one.0 - other.0;
    line.x().hypot(line.y())
}

/// The seconds of a walk by the straight line, rounded up, so that nobody is late by a part of a second.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "walks are shorter than a country and never negative")]
fn walking_seconds(metres: f64) -> u32 {
    (metres * DETOUR / (WALKING_KMH / 3.6)).ceil() as u32
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a few hours are whole numbers in 32 bits too")]
fn seconds_or_nan(seconds: u32) -> f32 {
    if seconds == NEVER { f32::NAN } else { seconds as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::timetable::{Days, Trip};

    /// A line of three stops ten kilometres apart, eastwards, with these trips: days, departure from the first stop, a quarter of an hour for each leg.
    fn line(trips: &[(u8, u32)]) -> Transit {
        let stop = |n: u32| Stop { id: n.to_string(), name: format!("Stop {n}"), point: at(10_000.0 * f64::from(n)) };
        let trip = |&(days, start): &(u8, u32)| Trip { days: Days(days), times: (0..3).map(|n| (start + n * 900, start + n * 900)).collect() };
        let pattern = Pattern { route: "1".into(), stops: vec![0, 1, 2], trips: trips.iter().map(trip).collect() };
        let timetable = Timetable { stops: (0..3).map(stop).collect(), patterns: vec![pattern], ..Timetable::default() };
        Transit::new(timetable)
    }

    fn at(metres: f64) -> Bng<Point<f64>> {
        Bng(Point::new(400_000.0 + metres, 300_000.0))
    }

    fn asked(direction: Direction, weekday: u8, from: u32, to: u32) -> TransitAsked {
        TransitAsked { direction, weekday, window: (from, to) }
    }

    /// Median, least and most, seconds.
    fn one(transit: &Transit, from: f64, to: f64, asked: TransitAsked) -> String {
        let times = transit.to_points(&at(from), &[at(to)], asked);
        format!("{} {} {}", times.median[0], times.least[0], times.most[0])
    }

    #[test]
    fn who_leaves_in_any_minute_waits_for_the_next_bus_and_who_must_be_there_takes_the_last() {
        let transit = line(&[(1, 9 * HOUR), (1, 10 * HOUR)]);
        // 600 m on foot at 4.8 km/h and 1.3 times the line are 585 seconds: 8:50 is early enough for the bus at nine, 8:51 is not.
        let to_the_end = |from, to| one(&transit, -600.0, 20_000.0, asked(Direction::FromSite, 0, from, to));
        assert_eq!(to_the_end(8 * HOUR + 3000, 8 * HOUR + 3001), "2400 2400 2400");
        assert_eq!(to_the_end(8 * HOUR + 3060, 8 * HOUR + 3061), "5940 5940 5940");
        assert_eq!(to_the_end(8 * HOUR + 600, 9 * HOUR + 600), "4170 2400 5940");
        // To be at the end by 10:00, 10:29 and 10:30.
        let by = |time| one(&transit, 20_000.0, -600.0, asked(Direction::ToSite, 0, time, time + 1));
        assert_eq!(by(10 * HOUR), "4185 4185 4185");
        assert_eq!(by(10 * HOUR + 1740), "5925 5925 5925");
        assert_eq!(by(10 * HOUR + 1800), "2385 2385 2385");
    }

    #[test]
    fn what_began_yesterday_still_runs_after_midnight_and_what_begins_tomorrow_is_waited_for() {
        // On Sundays at 23:50, and on Tuesdays at 0:10.
        let transit = line(&[(0b10, 600), (0b100_0000, 23 * HOUR + 3000)]);
        let from_the_middle = |weekday, time| one(&transit, 10_000.0, 20_000.0, asked(Direction::FromSite, weekday, time, time + 1));
        assert_eq!(from_the_middle(6, 24 * HOUR), "1200 1200 1200", "midnight after Sunday is written 24:00");
        assert_eq!(from_the_middle(0, 0), "1200 1200 1200", "or as Monday's first minute");
        assert_eq!(from_the_middle(0, 23 * HOUR), "6000 6000 6000", "Monday night's bus is Tuesday's");
        assert_eq!(from_the_middle(2, 0), "NaN NaN NaN");
        let by = |weekday, time| one(&transit, 20_000.0, 0.0, asked(Direction::ToSite, weekday, time, time + 1));
        assert_eq!(by(0, 1800), "2400 2400 2400", "at half past midnight on Monday by Sunday's bus");
    }

    #[test]
    fn walking_all_the_way_counts_where_it_is_shorter_and_a_minute_without_a_journey_is_not_reached() {
        let transit = line(&[(1, 9 * HOUR)]);
        let times = |from: f64, to: f64| one(&transit, from, to, asked(Direction::FromSite, 0, 9 * HOUR - 1800, 9 * HOUR + 1800));
        assert_eq!(times(5_000.0, 7_000.0), "1950 1950 1950");
        assert_eq!(times(5_000.0, 8_000.0), "NaN NaN NaN");
        // After the bus at nine nobody gets there: of sixty minutes thirty-one do.
        assert_eq!(times(0.0, 20_000.0), "3570 1800 NaN");
    }
}

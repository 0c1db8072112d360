//! The timetable in memory: stops by place, walks to and between them, and journeys by bus and train for every minute of a window.

use std::sync::OnceLock;

use geo_types::Point;
use rstar::RTree;
use rstar::primitives::GeomWithData;

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
        Self { timetable, index, footpaths, days: Default::default() }
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

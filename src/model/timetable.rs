//! Timetables of buses and trains: stops, the patterns that vehicles run, and their trips on the days of a week.

use geo_types::Point;

use super::crs::Bng;

/// Everything that runs in an ordinary period, as a timetable publishes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timetable {
    /// The id of the source.
    pub source: String,
    /// The first day that the timetable speaks of: `2023-06-13`.
    pub first_day: String,
    /// The last.
    pub last_day: String,
    /// Stops with a point, sorted by id.
    pub stops: Vec<Stop>,
    /// What vehicles run, sorted by route and stops.
    pub patterns: Vec<Pattern>,
}

/// A stop or station.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Its id in the timetable.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub point: Bng<Point<f64>>,
}

/// Trips that serve the same stops in the same order, none overtaking another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The route as passengers know it: `X55`.
    pub route: String,
    /// Positions of its stops, in order; at least two.
    pub stops: Vec<u32>,
    /// Its trips, by departure from the first stop.
    pub trips: Vec<Trip>,
}

/// One run of a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// On which days it runs.
    pub days: Days,
    /// Arrival and departure at each stop of the pattern, seconds after midnight (past 24:00 where it runs into the next day), ascending.
    pub times: Vec<(u32, u32)>,
}

/// Days of the week: bit 0 is Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Days(pub u8);

impl Days {
    /// Whether it runs on a day; 0 is Monday.
    #[must_use]
    pub const fn runs_on(self, weekday: u8) -> bool {
        self.0 & (1 << weekday) != 0
    }
}

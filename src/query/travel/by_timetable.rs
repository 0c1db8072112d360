//! Journeys by bus and train: on which day, in which minutes, and how they become legs beside those of other modes.

use super::basis::{How, Leg};
use super::places::Place;
use crate::model::travel::{Basis, Direction};
use crate::store::{Layer, StopsNear, Store, Transit, TransitAsked, TransitTimes};

/// How many places are worked out side by side.
const SIDE_BY_SIDE: usize = 16;

/// The days of the week, as people write them; the position is the number in a timetable.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// On which day and in which minutes people go by timetable: a Tuesday from nine to ten, where nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day of the week; 0 is Monday.
    pub weekday: u8,
    /// From when until before when, seconds after midnight.
    pub window: (u32, u32),
}

impl Default for When {
    fn default() -> Self {
        Self { weekday: 1, window: (9 * 3_600, 10 * 3_600) }
    }
}

impl When {
    /// The window as links write it: `09:00-10:00`.
    #[must_use]
    pub fn window_text(&self) -> String {
        let clock = |seconds: u32| format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60);
        format!("{}-{}", clock(self.window.0), clock(self.window.1))
    }

    /// Reads a window such as `09:00-10:00`, whole minutes of one day, the end after the start.
    #[must_use]
    pub fn parse_window(text: &str) -> Option<(u32, u32)> {
        let clock = |text: &str| {
            let (hours, minutes) = text.trim().split_once(':')?;
            let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
            let (hours, minutes) = (number(hours)?, number(minutes)?);
            (minutes < 60 && hours <= 24 && hours * 60 + minutes <= 24 * 60).then_some((hours * 60 + minutes) * 60)
        };
        let (from, to) = text.split_once('-')?;
        let window = (clock(from)?, clock(to)?);
        (window.0 < window.1).then_some(window)
    }

    /// The word of the day in links.
    #[must_use]
    pub fn weekday_id(&self) -> &'static str {
        WEEKDAYS[usize::from(self.weekday % 7)]
    }
}

/// What runs, with the stops near the areas of a layer.
#[derive(Debug, Clone, Copy)]
pub struct ByTimetable<'s> {
    transit: &'s Transit,
    near: &'s StopsNear,
    how: How,
}

impl<'s> ByTimetable<'s> {
    /// For the areas of a layer at a position; none without a timetable.
    pub fn of(store: &'s Store, position: usize, how: How) -> Option<Self> {
        let transit = store.transit()?;
        Some(Self { transit, near: transit.near_areas(position)?, how })
    }

    /// What the times mean, in words.
    pub fn words(&self) -> String {
        let timetable = self.transit.timetable();
        let window = self.how.when.window_text().replace('-', " and ");
        let minute = if self.how.direction == Direction::ToSite { "being there by" } else { "leaving at" };
        let day = self.how.when.weekday_id();
        let day = format!("{}{}", day[..1].to_uppercase(), &day[1..]);
        format!(
            "worked out from the timetable of the week of {}: half of the minutes between {window} on {day} need no longer, {minute} that minute; \
             walks by the straight line, made longer by three tenths",
            timetable.first_day
        )
    }

    /// The id of the source of the timetable.
    pub fn source(&self) -> &'s str {
        &self.transit.timetable().source
    }

    /// Gives the journeys between every area and each place in turn.
    pub fn each(&self, layer: &Layer, places: &[Place], mut take: impl FnMut(usize, &[Leg])) {
        for (chunk, places) in places.chunks(SIDE_BY_SIDE).enumerate() {
            let points: Vec<_> = places.iter().map(|place| place.point).collect();
            let times = self.transit.times_of_each(&points, self.near, self.asked(self.how.direction));
            for ((at, place), times) in (chunk * SIDE_BY_SIDE..).zip(places).zip(&times) {
                let row: Vec<Leg> = layer.areas().iter().enumerate().map(|(area, one)| leg(times, area, place.kilometres_to(&one.centroid))).collect();
                take(at, &row);
            }
        }
    }

    /// The journeys from each origin to each destination, row by row.
    pub fn between(&self, origins: &[Place], destinations: &[Place]) -> Vec<Leg> {
        let points = |places: &[Place]| places.iter().map(|place| place.point).collect::<Vec<_>>();
        // People who must be there in time are looked for from their destinations, others from their origins.
        let to = self.how.direction == Direction::ToSite;
        let (centres, ends) = if to { (destinations, origins) } else { (origins, destinations) };
        let times = self.transit.times_of_each(&points(centres), &self.transit.stops_near(points(ends)), self.asked(self.how.direction));
        let cells = (0..origins.len()).flat_map(|origin| (0..destinations.len()).map(move |destination| (origin, destination)));
        let one = |(origin, destination): (usize, usize)| {
            let (centre, end) = if to { (destination, origin) } else { (origin, destination) };
            leg(&times[centre], end, centres[centre].kilometres_to(&ends[end].point))
        };
        cells.map(one).collect()
    }

    const fn asked(&self, direction: Direction) -> TransitAsked {
        TransitAsked { direction, weekday: self.how.when.weekday, window: self.how.when.window }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "kilometres within the country: 32 bits hold them to a metre")]
fn leg(times: &TransitTimes, target: usize, kilometres: f64) -> Leg {
    let [median, least, most] = [&times.median, &times.least, &times.most].map(|row| row[target] / 60.0);
    Leg { minutes: median, kilometres: kilometres as f32, basis: Basis::Network, spread: Some([least, most]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_read_as_it_is_written_and_nothing_else_is() {
        let when = When::default();
        assert_eq!((when.window_text().as_str(), when.weekday_id()), ("09:00-10:00", "tuesday"));
        assert_eq!(When::parse_window("09:00-10:00"), Some(when.window));
        assert_eq!(When::parse_window("0:00-24:00"), Some((0, 86_400)));
        for text in
            ["", "9-10", "10:00-09:00", "10:00-10:00", "09:60-10:00", "09:00-24:01", "-09:00-10:00", "+9:00-10:00", "09:00", "9999999999:00-10:00", "é:00-1:00"]
        {
            assert_eq!(When::parse_window(text), None, "{text}");
        }
    }
}

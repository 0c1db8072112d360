//! Travel: modes, directions, times of day, on what basis a time is known, and times that others have published.

use super::area::AreaType;

/// How somebody travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// By car.
    Car,
    /// On foot.
    Walk,
    /// By bicycle.
    Cycle,
    /// By bus and train, on foot to and from the stop.
    Transit,
}

impl Mode {
    /// All, the usual one first.
    pub const ALL: [Self; 4] = [Self::Car, Self::Walk, Self::Cycle, Self::Transit];
    /// Those that travel on the road network alone.
    pub const ON_ROADS: [Self; 3] = [Self::Car, Self::Walk, Self::Cycle];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Car => "car",
            Self::Walk => "walk",
            Self::Cycle => "cycle",
            Self::Transit => "transit",
        }
    }

    /// Finds the mode with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }

    /// As a sentence says it: `by car`, `on foot`.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Car => "by car",
            Self::Walk => "on foot",
            Self::Cycle => "by bicycle",
            Self::Transit => "by public transport",
        }
    }
}

/// Which way people travel: with one-way streets the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Direction {
    /// From where people live to the site.
    #[default]
    ToSite,
    /// From the site to where people live.
    FromSite,
}

impl Direction {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::ToSite, Self::FromSite];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ToSite => "to",
            Self::FromSite => "from",
        }
    }

    /// Finds the direction with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.id() == id)
    }
}

/// When on an ordinary working day somebody drives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TimeOfDay {
    /// Empty roads.
    FreeFlow,
    /// Between the peaks.
    #[default]
    OffPeak,
    /// The morning peak.
    MorningPeak,
}

impl TimeOfDay {
    /// All, from the fastest on.
    pub const ALL: [Self; 3] = [Self::FreeFlow, Self::OffPeak, Self::MorningPeak];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::FreeFlow => "free-flow",
            Self::OffPeak => "off-peak",
            Self::MorningPeak => "morning-peak",
        }
    }

    /// Finds the time of day with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|time| time.id() == id)
    }
}

/// How a travel time is known. Times of different bases are never put into one figure without saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Worked out on the edition's road network (and timetable).
    Network,
    /// Published by somebody else.
    Published,
    /// Estimated from the straight line.
    Estimate,
}

impl Basis {
    /// All, from the firmest on.
    pub const ALL: [Self; 3] = [Self::Network, Self::Published, Self::Estimate];

    /// The word in answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Published => "published",
            Self::Estimate => "estimate",
        }
    }
}

/// Travel times that somebody else has worked out, from each area to some sites.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedTimes {
    /// The id of the source.
    pub source: String,
    /// How people travel.
    pub mode: Mode,
    /// The areas that the rows are of, in dataset order.
    pub area_type: AreaType,
    /// What the times mean, in the publisher's sense: `outside peak hours, calibrated for …`.
    pub note: String,
    /// The sites: the id of a hospital of the edition where it is one, and the published name.
    pub sites: Vec<PublishedSite>,
    /// Minutes, one row of all sites per area in dataset order; NaN where none is published.
    pub minutes: Vec<f32>,
}

/// A site of a table of published times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedSite {
    /// The name in the table.
    pub name: String,
    /// The id of the hospital of the edition that it is, if it is one.
    pub hospital: Option<String>,
}

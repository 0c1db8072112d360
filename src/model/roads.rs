//! The road network: junctions, the links between them, who may use them, and how fast each class of road is.

use super::travel::{Mode, TimeOfDay};

/// A place of the British National Grid (EPSG:27700), whole centimetres: exact, and half the size of two floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct GridPoint {
    /// Easting, centimetres.
    pub easting_cm: i32,
    /// Northing, centimetres.
    pub northing_cm: i32,
}

/// No place in an order: the junction does not belong to the mode's network.
pub const NOT_IN_NETWORK: u32 = u32::MAX;

/// The modes of a road network in the order in which everything by mode is kept.
pub const MODES_ON_ROADS: [Mode; 3] = Mode::ON_ROADS;

/// Roads and paths between junctions, for car, walking and cycling.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoadNetwork {
    /// The id of the source.
    pub source: String,
    /// Where junctions (and ends, and places where a road's rules change) lie.
    pub junctions: Vec<GridPoint>,
    /// Links between junctions, sorted by tail, head, way.
    pub links: Vec<Link>,
    /// The inner points of all links, one link after the other, from tail to head.
    pub shape: Vec<GridPoint>,
    /// For each of [`MODES_ON_ROADS`], the rank of each junction in the order of contraction (0 first), or [`NOT_IN_NETWORK`] for junctions outside
    /// the mode's largest strongly connected part.
    pub ranks: [Vec<u32>; 3],
}

/// A piece of road between two junctions, along which nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Position of the junction where it begins.
    pub tail: u32,
    /// Position of the junction where it ends.
    pub head: u32,
    /// Where its inner points begin in the network's `shape`; they end where the next link's begin.
    pub first_point: u32,
    /// Its length along its points, centimetres; at least one.
    pub length_cm: u32,
    /// The way of OpenStreetMap that it is a piece of.
    pub way: i64,
    /// Its class.
    pub class: RoadClass,
    /// Whether it lies in a built-up area (by tags, or by how dense the network is).
    pub urban: bool,
    /// Whether it is part of a roundabout.
    pub roundabout: bool,
    /// Its signed speed limit, tenths of a kilometre an hour; 0 where none is mapped.
    pub limit: u16,
    /// Who may use it, which way.
    pub access: Access,
}

/// Who may use a link, which way: one bit each, forward (tail to head) and backward for each of [`MODES_ON_ROADS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Access(pub u8);

impl Access {
    /// With a mode allowed one way as well.
    #[must_use]
    pub const fn with(self, mode: Mode, forward: bool) -> Self {
        Self(self.0 | Self::bit(mode, forward))
    }

    /// Whether a mode may use it, that way. Public transport keeps to its timetable, not to links.
    #[must_use]
    pub const fn allows(self, mode: Mode, forward: bool) -> bool {
        self.0 & Self::bit(mode, forward) != 0
    }

    /// Whether nobody may use it.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        self.0 == 0
    }

    const fn bit(mode: Mode, forward: bool) -> u8 {
        let shift = match mode {
            Mode::Car => 0,
            Mode::Walk => 2,
            Mode::Cycle => 4,
            Mode::Transit => return 0,
        };
        (if forward { 1 } else { 2 }) << shift
    }
}

/// Classes of roads and paths, in OpenStreetMap's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum RoadClass {
    /// `motorway` and its slip roads.
    Motorway,
    /// `trunk` and its slip roads.
    Trunk,
    /// `primary` and its slip roads.
    Primary,
    /// `secondary` and its slip roads.
    Secondary,
    /// `tertiary` and its slip roads.
    Tertiary,
    /// `unclassified` and `road`.
    Unclassified,
    /// `residential`.
    Residential,
    /// `living_street`.
    LivingStreet,
    /// `service`.
    Service,
    /// `track`.
    Track,
    /// `cycleway`.
    Cycleway,
    /// `footway`, `pedestrian`, `path`, `bridleway`, `corridor`.
    Path,
    /// `steps`.
    Steps,
    /// A ferry that carries the mode.
    Ferry,
}

impl RoadClass {
    /// All classes; the position is the number in a dataset.
    pub const ALL: [Self; 14] = [
        Self::Motorway,
        Self::Trunk,
        Self::Primary,
        Self::Secondary,
        Self::Tertiary,
        Self::Unclassified,
        Self::Residential,
        Self::LivingStreet,
        Self::Service,
        Self::Track,
        Self::Cycleway,
        Self::Path,
        Self::Steps,
        Self::Ferry,
    ];

    /// The word in a table of speeds.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Motorway => "motorway",
            Self::Trunk => "trunk",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Unclassified => "unclassified",
            Self::Residential => "residential",
            Self::LivingStreet => "living-street",
            Self::Service => "service",
            Self::Track => "track",
            Self::Cycleway => "cycleway",
            Self::Path => "path",
            Self::Steps => "steps",
            Self::Ferry => "ferry",
        }
    }

    /// Finds the class with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.id() == id)
    }
}

/// How fast people travel on each class of road, with what an operator has changed since the import.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeedTable {
    /// What it is called: `British roads, 2026`.
    pub name: String,
    /// Where its numbers come from, a sentence.
    pub origin: String,
    /// By class of road, in the order of [`RoadClass::ALL`].
    pub classes: [ClassSpeeds; 14],
    /// Off the road, and to the nearest road, km/h.
    pub off_road_kmh: f64,
    /// Ways of OpenStreetMap that are closed to everybody.
    pub closed_ways: Vec<i64>,
    /// Roads that are not in the extract.
    pub added_roads: Vec<AddedRoad>,
}

/// Speeds of one class of road, km/h; 0 where the mode does not move on it by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassSpeeds {
    /// The limit where none is mapped, in a built-up area.
    pub urban_limit_kmh: f64,
    /// The limit where none is mapped, elsewhere.
    pub rural_limit_kmh: f64,
    /// Which share of the limit cars make, in built-up areas, for each of [`TimeOfDay::ALL`].
    pub urban_share: [f64; 3],
    /// The same elsewhere.
    pub rural_share: [f64; 3],
    /// On foot.
    pub walk_kmh: f64,
    /// By bicycle.
    pub cycle_kmh: f64,
}

/// A road that an operator has added: between the junctions nearest to its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedRoad {
    /// What it is called.
    pub name: String,
    /// Where it begins.
    pub from: GridPoint,
    /// Where it ends.
    pub to: GridPoint,
    /// Its class.
    pub class: RoadClass,
    /// Its limit, km/h.
    pub limit_kmh: f64,
    /// Whether it may be used one way only.
    pub one_way: bool,
    /// Whether it lies in a built-up area.
    pub urban: bool,
}

impl SpeedTable {
    /// The speed of a mode on a link at a time of day, km/h; none where the mode does not move on it.
    #[must_use]
    pub fn kmh(&self, link: &Link, mode: Mode, time: TimeOfDay) -> Option<f64> {
        let speeds = &self.classes[link.class as usize];
        let kmh = match mode {
            Mode::Car => {
                let (limit, share) = if link.urban { (speeds.urban_limit_kmh, speeds.urban_share) } else { (speeds.rural_limit_kmh, speeds.rural_share) };
                let limit = if link.limit > 0 { f64::from(link.limit) / 10.0 } else { limit };
                limit * share[time as usize]
            }
            Mode::Walk => speeds.walk_kmh,
            Mode::Cycle => speeds.cycle_kmh,
            Mode::Transit => 0.0,
        };
        (kmh > 0.0).then_some(kmh)
    }
}

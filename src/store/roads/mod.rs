//! Roads in memory: the networks of each mode, where links lie, and journeys between places.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "coordinates are centimetres of the National Grid in 32 bits, costs whole numbers below 2^24, steps of a grid are small: each fits the number it is cast to"
)]

mod journeys;
mod mode;
mod reach;

use std::fmt;
use std::sync::OnceLock;

use geo_types::{Coord, Point};

use super::Layer;
use crate::model::crs::Bng;
use crate::model::roads::{AddedRoad, GridPoint, Link, MODES_ON_ROADS, NOT_IN_NETWORK, RoadNetwork, SpeedTable};
use crate::model::travel::{Direction, Mode, TimeOfDay};
use crate::routing::{Lines, Spot};
use mode::ModeNetwork;

pub use journeys::AreaPlaces;
pub use reach::Together;

/// The furthest that a place may lie from a road of its mode, metres: further away nothing sensible can be said about the way to the road.
pub const MOST_METRES_OFF: f64 = 1_000.0;

/// Ends of an added road are joined to the nearest junction within so many metres.
const MOST_METRES_TO_A_JUNCTION: f64 = 250.0;

/// What is made least on a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum By {
    /// The time.
    #[default]
    Minutes,
    /// The way.
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

    /// Finds what is made least by its word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.id() == id)
    }
}

/// How journeys are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Travel {
    /// By car, on foot or by bicycle.
    pub mode: Mode,
    /// When; only cars are slower at some times.
    pub time: TimeOfDay,
    /// To or from the places asked.
    pub direction: Direction,
    /// What is made least.
    pub by: By,
}

/// A journey: NaN in both where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Journey {
    /// How long it takes, seconds.
    pub seconds: f32,
    /// How long the way is, metres.
    pub metres: f32,
}

impl Journey {
    /// No way leads there.
    pub const NONE: Self = Self { seconds: f32::NAN, metres: f32::NAN };
}

/// A place brought to the nearest link of a mode's network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapped {
    /// The place itself.
    pub point: Bng<Point<f64>>,
    /// Where it meets the road.
    pub on_road: Bng<Point<f64>>,
    /// How far that is, metres in a straight line.
    pub metres_off: f64,
    /// The link.
    pub link: u32,
    /// How far along the link, from 0 to 1.
    pub fraction: f64,
}

/// A place too far from any road of a mode.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub struct OffRoad {
    /// How people wanted to travel.
    pub mode: Mode,
    /// The cap, metres.
    pub most_metres: f64,
}

impl fmt::Display for OffRoad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = match self.mode {
            Mode::Car => "a road open to cars",
            Mode::Walk => "a road or path open to walkers",
            Mode::Cycle => "a road or path open to bicycles",
            Mode::Transit => "a stop",
        };
        write!(f, "expected a place within {:.0} m of {who} of this edition's network", self.most_metres)
    }
}

/// The edition's roads with a table of speeds.
#[derive(Debug)]
pub struct Roads {
    source: String,
    junctions: Vec<GridPoint>,
    links: Vec<Link>,
    lines: Lines,
    speeds: SpeedTable,
    modes: [ModeNetwork; 3],
    areas: [OnceLock<Vec<AreaPlaces>>; 3],
    notes: Vec<String>,
}

impl Roads {
    /// Joins a network with a table of speeds. Closed roads are shut, added roads are joined to their nearest junctions; `notes` says which could not be.
    #[must_use]
    pub fn new(network: RoadNetwork, speeds: SpeedTable) -> Self {
        let RoadNetwork { source, junctions, mut links, mut shape, ranks } = network;
        let mut notes = Vec::new();
        for road in &speeds.added_roads {
            match added(road, &junctions, &ranks[0], shape.len()) {
                Some(link) => links.push(link),
                None => notes.push(format!(
                    "The added road {:?} was left out: within {MOST_METRES_TO_A_JUNCTION} m of one of its ends there is no junction of the roads for cars.",
                    road.name
                )),
            }
        }
        for way in &speeds.closed_ways {
            if !links.iter().any(|link| link.way == *way) {
                notes.push(format!("Way {way} was to be closed, but the network holds no such way."));
            }
        }
        let lines = lines_of(&junctions, &links, &shape);
        shape.clear();
        let modes = MODES_ON_ROADS.map(|mode| ModeNetwork::new(mode, &links, &junctions, &ranks[position(mode)], &speeds));
        Self { source, junctions, links, lines, speeds, modes, areas: Default::default(), notes }
    }

    /// The id of the source of the roads.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The table of speeds.
    #[must_use]
    pub fn speeds(&self) -> &SpeedTable {
        &self.speeds
    }

    /// What of the operator's changes could not be made.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// All links, and those of a mode with their length in kilometres: links, kilometres.
    #[must_use]
    pub fn extent_of(&self, mode: Mode) -> (usize, f64) {
        let network = self.network(mode);
        let open = self.links.iter().enumerate().filter(|(link, _)| network.is_open(*link));
        open.fold((0, 0.0), |(count, km), (_, link)| (count + 1, km + f64::from(link.length_cm) / 100_000.0))
    }

    /// How many junctions the network of a mode has.
    #[must_use]
    pub fn junctions_of(&self, mode: Mode) -> usize {
        self.network(mode).nodes()
    }

    /// How many junctions and links there are in all.
    #[must_use]
    pub fn len(&self) -> (usize, usize) {
        (self.junctions.len(), self.links.len())
    }

    /// Whether there is no link.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The corners of the rectangle around all roads, metres of the grid.
    #[must_use]
    pub fn bounds(&self) -> Bng<geo_types::Rect<f64>> {
        let [least, most] = self.lines.bounds();
        Bng(geo_types::Rect::new(point_of(least).0.0, point_of(most).0.0))
    }

    /// Bytes that the parts in use hold.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let own = size_of::<Link>() * self.links.len() + size_of::<GridPoint>() * self.junctions.len();
        own + self.lines.bytes() + self.modes.iter().map(ModeNetwork::bytes).sum::<usize>()
    }

    /// Brings a place to the nearest link of a mode's network.
    ///
    /// # Errors
    /// When there is none within [`MOST_METRES_OFF`].
    pub fn snapped(&self, point: &Bng<Point<f64>>, mode: Mode) -> Result<Snapped, OffRoad> {
        let network = self.network(mode);
        let nearest = self.lines.nearest(spot_of(point), MOST_METRES_OFF, |link| network.is_open(link as usize));
        let nearest = nearest.ok_or(OffRoad { mode, most_metres: MOST_METRES_OFF })?;
        Ok(Snapped { point: *point, on_road: point_of(nearest.spot), metres_off: nearest.metres, link: nearest.link, fraction: nearest.fraction })
    }

    /// Puts in the costs of a way of travelling before anybody asks, and draws the grid on which its outlines are made.
    pub fn prepare(&self, asked: Travel) {
        self.network(asked.mode).measured(&self.links, &self.speeds, asked);
        self.prepare_outlines(asked.mode);
    }

    /// Puts the costs of another table of speeds in, and says how many edges they were put into: what an operator's change takes.
    #[must_use]
    pub fn customised(&self, speeds: &SpeedTable, asked: Travel) -> usize {
        let network = self.network(asked.mode);
        network.measure(&self.links, speeds, asked.by, asked.time).metric.len()
    }

    /// The networks of the modes; public transport walks.
    fn network(&self, mode: Mode) -> &ModeNetwork {
        &self.modes[position(mode)]
    }

    /// The points of the areas of a layer on a mode's network, found once.
    fn places_of(&self, layers: &[Layer], layer: usize, mode: Mode) -> &AreaPlaces {
        let all = self.areas[position(mode)].get_or_init(|| layers.iter().map(|layer| AreaPlaces::new(self, layer, mode)).collect());
        &all[layer]
    }
}

/// Where everything of a mode stands among [`MODES_ON_ROADS`].
fn position(mode: Mode) -> usize {
    match mode {
        Mode::Car => 0,
        Mode::Walk | Mode::Transit => 1,
        Mode::Cycle => 2,
    }
}

/// The link that an added road becomes, if there are junctions at its ends.
fn added(road: &AddedRoad, junctions: &[GridPoint], ranks: &[u32], shape: usize) -> Option<Link> {
    let nearest = |end: GridPoint| {
        let apart = |at: &GridPoint| f64::from(at.easting_cm - end.easting_cm).hypot(f64::from(at.northing_cm - end.northing_cm)) / 100.0;
        let known = (0_u32..).zip(junctions).zip(ranks).filter(|(_, rank)| **rank != NOT_IN_NETWORK);
        let best = known.map(|((at, junction), _)| (apart(junction), at)).min_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(metres, _)| *metres <= MOST_METRES_TO_A_JUNCTION).map(|(_, at)| at)
    };
    let (tail, head) = (nearest(road.from)?, nearest(road.to)?);
    let [from, to] = [tail, head].map(|at| junctions[at as usize]);
    let length = f64::from(from.easting_cm - to.easting_cm).hypot(f64::from(from.northing_cm - to.northing_cm));
    let mut access = crate::model::roads::Access::default();
    for mode in MODES_ON_ROADS {
        access = access.with(mode, true);
        if !road.one_way || mode == Mode::Walk {
            access = access.with(mode, false);
        }
    }
    Some(Link {
        tail,
        head,
        first_point: u32::try_from(shape).ok()?,
        length_cm: (length as u32).max(1),
        way: 0,
        class: road.class,
        urban: road.urban,
        roundabout: false,
        limit: (road.limit_kmh * 10.0) as u16,
        access,
    })
}

/// The lines of all links, ends included.
fn lines_of(junctions: &[GridPoint], links: &[Link], shape: &[GridPoint]) -> Lines {
    let mut first = Vec::with_capacity(links.len() + 1);
    let mut points: Vec<Spot> = Vec::with_capacity(2 * links.len() + shape.len());
    for (at, link) in links.iter().enumerate() {
        first.push(points.len() as u32);
        let end = links.get(at + 1).map_or(shape.len(), |next| next.first_point as usize);
        let inner = &shape[link.first_point as usize..end];
        let ends = [link.tail, link.head].map(|junction| junctions[junction as usize]);
        points.extend([ends[0]].iter().chain(inner).chain([&ends[1]]).map(|point| [point.easting_cm, point.northing_cm]));
    }
    first.push(points.len() as u32);
    Lines::new(first, points)
}

/// A place of the grid in whole centimetres.
fn spot_of(point: &Bng<Point<f64>>) -> Spot {
    [(point.0.x() * 100.0).round() as i32, (point.0.y() * 100.0).round() as i32]
}

fn point_of(spot: Spot) -> Bng<Point<f64>> {
    Bng(Point(Coord { x: f64::from(spot[0]) / 100.0, y: f64::from(spot[1]) / 100.0 }))
}

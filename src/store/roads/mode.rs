//! The network of one mode: contracted once, its costs put in when they are first asked for.

use std::sync::OnceLock;

use super::{By, Journey, Snapped, Travel};
use crate::model::roads::{GridPoint, Link, NOT_IN_NETWORK, SpeedTable};
use crate::model::travel::{Mode, TimeOfDay};
use crate::routing::{Cost, Ends, Field, Graph, Hierarchy, LinkCosts, Metric, NO_WAY, Spot};

/// In a second; costs are whole numbers of them.
pub const CENTISECONDS: f64 = 100.0;
/// In a metre; costs are whole numbers of them.
const DECIMETRES: f64 = 10.0;

/// The network of a mode. Its nodes are the junctions of its largest strongly connected part, numbered by their rank.
#[derive(Debug)]
pub struct ModeNetwork {
    mode: Mode,
    /// For each link its two ends; [`NOT_IN_NETWORK`] in both for links that are not open to the mode.
    ends: Vec<[u32; 2]>,
    /// Where each node lies.
    spots: Vec<Spot>,
    hierarchy: Hierarchy,
    graph: Graph,
    /// For each of [`By::ALL`] and each of [`TimeOfDay::ALL`].
    measured: [[OnceLock<Measured>; 3]; 2],
    /// The nearest links to the points of a grid over the whole network, for modes that reach far.
    pub(super) field: OnceLock<Field>,
}

/// The costs of a mode at a time of day.
#[derive(Debug)]
pub struct Measured {
    /// What is made least.
    pub by: By,
    /// When.
    pub time: TimeOfDay,
    /// For each link the least cost forward and backward.
    pub links: Vec<LinkCosts>,
    /// For each arc, in the order of the hierarchy.
    pub arcs: Vec<Cost>,
    /// The costs in the hierarchy.
    pub metric: Metric,
}

/// Whether a place is where a journey begins or where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It begins here.
    Origin,
    /// It ends here.
    Destination,
}

impl ModeNetwork {
    /// Contracts the part of the network that a mode uses.
    pub fn new(mode: Mode, links: &[Link], junctions: &[GridPoint], ranks: &[u32], speeds: &SpeedTable) -> Self {
        let nodes = ranks.iter().filter(|rank| **rank != NOT_IN_NETWORK).count();
        let mut spots = vec![[0, 0]; nodes];
        for (junction, &rank) in junctions.iter().zip(ranks).filter(|(_, rank)| **rank != NOT_IN_NETWORK) {
            spots[rank as usize] = [junction.easting_cm, junction.northing_cm];
        }
        let ends: Vec<[u32; 2]> = links
            .iter()
            .map(|link| {
                let ends = [link.tail, link.head].map(|junction| ranks[junction as usize]);
                let allowed = link.access.allows(mode, true) || link.access.allows(mode, false);
                // Nobody sets out on a road that is closed, or on which the table lets the mode stand still.
                let open = allowed && speeds.kmh(link, mode, TimeOfDay::FreeFlow).is_some() && !speeds.closed_ways.contains(&link.way);
                if open && !ends.contains(&NOT_IN_NETWORK) { ends } else { [NOT_IN_NETWORK; 2] }
            })
            .collect();
        let mut network =
            Self { mode, ends, spots, hierarchy: Hierarchy::new(0, &[]), graph: Graph::new(0, &[]), measured: Default::default(), field: OnceLock::new() };
        let mut arcs = Vec::new();
        network.each_arc(links, |_, forward, [tail, head]| arcs.push(if forward { (tail, head) } else { (head, tail) }));
        network.hierarchy = Hierarchy::new(nodes, &arcs);
        network.graph = Graph::new(nodes, &arcs);
        network
    }

    /// How many junctions it has.
    pub fn nodes(&self) -> usize {
        self.spots.len()
    }

    /// Whether a link is open to the mode, one way at least.
    pub fn is_open(&self, link: usize) -> bool {
        self.ends[link][0] != NOT_IN_NETWORK
    }

    /// The nodes at both ends of an open link.
    pub fn nodes_of(&self, link: u32) -> [u32; 2] {
        self.ends[link as usize]
    }

    /// Where a node lies.
    pub fn spot(&self, node: u32) -> Spot {
        self.spots[node as usize]
    }

    /// The contracted network.
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    /// The network as it is, for bounded searches.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Bytes that it holds.
    pub fn bytes(&self) -> usize {
        let measured = self.measured.iter().flatten().filter_map(OnceLock::get);
        let costs: usize = measured.map(|one| size_of::<LinkCosts>() * one.links.len() + size_of::<Cost>() * one.arcs.len() + one.metric.bytes()).sum();
        let graph = 2 * (4 * self.spots.len() + 8 * self.hierarchy.edges_of_arcs().len());
        8 * (self.ends.len() + self.spots.len()) + graph + self.hierarchy.bytes() + costs + self.field.get().map_or(0, Field::bytes)
    }

    /// The costs of a journey's settings, put in when first asked for. Only cars know times of day.
    pub fn measured(&self, links: &[Link], speeds: &SpeedTable, asked: Travel) -> &Measured {
        let time = if self.mode == Mode::Car { asked.time } else { TimeOfDay::FreeFlow };
        self.measured[asked.by as usize][time as usize].get_or_init(|| self.measure(links, speeds, asked.by, time))
    }

    /// Works the costs out for a table of speeds: what takes milliseconds when an operator changes it.
    pub fn measure(&self, links: &[Link], speeds: &SpeedTable, by: By, time: TimeOfDay) -> Measured {
        let mut link_costs: Vec<LinkCosts> = self.ends.iter().map(|&ends| LinkCosts { ends, costs: [NO_WAY; 2] }).collect();
        let mut arcs = Vec::with_capacity(self.hierarchy.edges_of_arcs().len());
        self.each_arc(links, |at, forward, _| {
            let whole = self.whole(&links[at], speeds, time).map_or(Cost::NONE, |whole| whole.cost(by));
            link_costs[at].costs[usize::from(!forward)] = whole.least;
            arcs.push(whole);
        });
        let metric = Metric::new(&self.hierarchy, &arcs);
        Measured { by, time, links: link_costs, arcs, metric }
    }

    /// The nodes at the ends of a place's link, with the cost between the place and each, the way to the road included; none of a place that no road is
    /// near.
    pub fn ends(&self, measured: &Measured, links: &[Link], speeds: &SpeedTable, place: &Snapped, role: Role) -> Ends {
        if !place.is_on_a_road() {
            return Ends([(0, Cost::NONE); 2]);
        }
        let LinkCosts { ends, costs: [forward, backward] } = measured.links[place.link as usize];
        let whole = self.whole(&links[place.link as usize], speeds, measured.time);
        let part = |open: f32, share: f64| match whole {
            Some(whole) if open < NO_WAY => whole.share(share).then(off_road(place, speeds)).cost(measured.by),
            _ => Cost::NONE,
        };
        let [to_beginning, to_end] = match role {
            Role::Origin => [part(backward, place.fraction), part(forward, 1.0 - place.fraction)],
            Role::Destination => [part(forward, place.fraction), part(backward, 1.0 - place.fraction)],
        };
        Ends([(ends[0], to_beginning), (ends[1], to_end)])
    }

    /// The cost between two places of one link along it, the ways to the road included, if it may be travelled that way.
    pub fn along(&self, measured: &Measured, links: &[Link], speeds: &SpeedTable, origin: &Snapped, destination: &Snapped) -> Cost {
        let share = destination.fraction - origin.fraction;
        let open = measured.links[origin.link as usize].costs[usize::from(share < 0.0)] < NO_WAY;
        let whole = self.whole(&links[origin.link as usize], speeds, measured.time).filter(|_| open);
        let off = off_road(origin, speeds).then(off_road(destination, speeds));
        whole.map_or(Cost::NONE, |whole| whole.share(share.abs()).then(off).cost(measured.by))
    }

    /// The whole of a link; none where it is closed or the mode does not move on it.
    fn whole(&self, link: &Link, speeds: &SpeedTable, time: TimeOfDay) -> Option<Stretch> {
        let metres = f64::from(link.length_cm) / 100.0;
        let kmh = speeds.kmh(link, self.mode, time).filter(|_| !speeds.closed_ways.contains(&link.way))?;
        Some(Stretch { seconds: metres / (kmh / 3.6), metres })
    }

    fn each_arc(&self, links: &[Link], mut visit: impl FnMut(usize, bool, [u32; 2])) {
        for (at, link) in links.iter().enumerate().filter(|(at, _)| self.is_open(*at)) {
            for forward in [true, false] {
                if link.access.allows(self.mode, forward) {
                    visit(at, forward, self.ends[at]);
                }
            }
        }
    }
}

/// Seconds and metres of a piece of a journey, before they are made whole.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    seconds: f64,
    metres: f64,
}

impl Stretch {
    fn share(self, share: f64) -> Self {
        Self { seconds: self.seconds * share, metres: self.metres * share }
    }

    fn then(self, on: Self) -> Self {
        Self { seconds: self.seconds + on.seconds, metres: self.metres + on.metres }
    }

    /// As whole centiseconds and decimetres.
    fn cost(self, by: By) -> Cost {
        let (time, way) = ((self.seconds * CENTISECONDS).round() as f32, (self.metres * DECIMETRES).round() as f32);
        match by {
            By::Minutes => Cost { least: time, beside: way },
            By::Kilometres => Cost { least: way, beside: time },
        }
    }
}

/// Between a place and the road, on foot.
fn off_road(place: &Snapped, speeds: &SpeedTable) -> Stretch {
    Stretch { seconds: place.metres_off / (speeds.off_road_kmh / 3.6), metres: place.metres_off }
}

/// The journey that a cost stands for.
pub fn journey(cost: Cost, by: By) -> Journey {
    if cost.least >= NO_WAY {
        return Journey::NONE;
    }
    let (time, way) = match by {
        By::Minutes => (cost.least, cost.beside),
        By::Kilometres => (cost.beside, cost.least),
    };
    Journey { seconds: time / CENTISECONDS as f32, metres: way / DECIMETRES as f32 }
}

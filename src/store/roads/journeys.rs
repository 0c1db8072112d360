//! Journeys between places, and between places and all areas of a layer.

use std::collections::HashMap;

use super::mode::{CENTISECONDS, Measured, ModeNetwork, Role, journey};
use super::{By, Journey, Roads, Snapped, Travel};
use crate::model::roads::NOT_IN_NETWORK;
use crate::model::travel::{Direction, Mode};
use crate::routing::{Cost, Ends, Routes, Selection, Way};
use crate::store::{Layer, Store};

/// Places that are asked together: as many as are swept side by side, a few times over.
const TOGETHER: usize = 64;

/// The population-weighted centroids of a layer's areas on a mode's network.
#[derive(Debug)]
pub struct AreaPlaces {
    /// In dataset order; areas too far from any road stand on no link.
    snapped: Vec<Snapped>,
    /// The nodes that every way to them passes.
    selection: Selection,
}

impl AreaPlaces {
    /// Finds the links nearest to the areas of a layer.
    pub fn new(roads: &Roads, layer: &Layer, mode: Mode) -> Self {
        let nowhere = |point| Snapped { point, on_road: point, metres_off: f64::NAN, link: NOT_IN_NETWORK, fraction: 0.0 };
        let snapped: Vec<Snapped> = layer.areas().iter().map(|area| roads.snapped(&area.centroid, mode).unwrap_or_else(|_| nowhere(area.centroid))).collect();
        let network = roads.network(mode);
        let nodes = snapped.iter().filter(|place| place.is_on_a_road()).flat_map(|place| network.nodes_of(place.link)).map(Ends::at);
        Self { selection: Selection::above(network.hierarchy(), nodes), snapped }
    }

    /// The areas' places, in dataset order.
    #[must_use]
    pub fn snapped(&self) -> &[Snapped] {
        &self.snapped
    }
}

impl Snapped {
    /// Whether a road was near enough.
    #[must_use]
    pub fn is_on_a_road(&self) -> bool {
        self.link != NOT_IN_NETWORK
    }
}

impl Store {
    /// The points of a layer's areas on a mode's network; none without roads.
    #[must_use]
    pub fn area_places(&self, layer: usize, mode: Mode) -> Option<&AreaPlaces> {
        self.roads().map(|roads| roads.places_of(self.layers(), layer, mode))
    }
}

impl Roads {
    /// Journeys from every origin to every destination, row by row. `asked.direction` is not looked at: it is in who is origin and who destination.
    #[must_use]
    pub fn matrix(&self, origins: &[Snapped], destinations: &[Snapped], asked: Travel) -> Vec<Vec<Journey>> {
        let journeys = Journeys::new(self, asked);
        let targets = journeys.ends(destinations, Role::Destination);
        let selection = Selection::above(journeys.network.hierarchy(), targets.iter().copied());
        let mut rows = Vec::with_capacity(origins.len());
        journeys.each(origins, Role::Origin, (destinations, &targets), &selection, |_, row| rows.push(row.to_vec()));
        rows
    }

    /// Seconds between each of some places and every junction of the mode's network, row by row; infinite where no way leads.
    #[must_use]
    pub fn to_junctions(&self, places: &[Snapped], asked: Travel) -> Vec<f32> {
        let journeys = Journeys::new(self, Travel { by: By::Minutes, ..asked });
        let (role, _) = roles(asked.direction);
        let routes = Routes { hierarchy: journeys.network.hierarchy(), metric: &journeys.measured.metric };
        let ends = journeys.ends(places, role);
        let mut costs = if let [place] = ends[..] {
            routes.to_all(place, way_from(role)).into_iter().map(|cost| cost.least).collect()
        } else {
            let all: Vec<Ends> = journeys.network.hierarchy().numbers().map(Ends::at).collect();
            let selection = Selection::above(journeys.network.hierarchy(), all.iter().copied());
            routes.least(&ends, &all, &selection, way_from(role))
        };
        for cost in &mut costs {
            *cost /= CENTISECONDS as f32;
        }
        costs
    }

    /// The same from one place by a plain search that ends after some seconds; infinite for junctions further away.
    #[must_use]
    pub fn junctions_within(&self, place: &Snapped, asked: Travel, seconds: f64) -> Vec<f32> {
        let journeys = Journeys::new(self, Travel { by: By::Minutes, ..asked });
        let (role, _) = roles(asked.direction);
        let ends = journeys.network.ends(journeys.measured, &self.links, &self.speeds, place, role);
        let mut times = vec![f32::INFINITY; journeys.network.nodes()];
        for (node, cost) in journeys.network.graph().within(&journeys.measured.arcs, ends, way_from(role), (seconds * CENTISECONDS) as f32) {
            times[node as usize] = cost.least / CENTISECONDS as f32;
        }
        times
    }

    /// Journeys between each of some places and all areas of a layer (in dataset order), told place by place. `asked.direction` says which way.
    pub fn to_areas(&self, areas: &AreaPlaces, places: &[Snapped], asked: Travel, visit: impl FnMut(usize, &[Journey])) {
        let journeys = Journeys::new(self, asked);
        let (role, other) = roles(asked.direction);
        let targets = journeys.ends(areas.snapped(), other);
        journeys.each(places, role, (areas.snapped(), &targets), &areas.selection, visit);
    }
}

/// What the places asked are, and what those who travel there or come from there are.
pub fn roles(direction: Direction) -> (Role, Role) {
    match direction {
        Direction::ToSite => (Role::Destination, Role::Origin),
        Direction::FromSite => (Role::Origin, Role::Destination),
    }
}

/// Which way the arcs are travelled from places in a role.
pub fn way_from(role: Role) -> Way {
    match role {
        Role::Origin => Way::Out,
        Role::Destination => Way::Back,
    }
}

/// A mode's network with the costs of a question.
struct Journeys<'r> {
    roads: &'r Roads,
    network: &'r ModeNetwork,
    measured: &'r Measured,
}

impl<'r> Journeys<'r> {
    fn new(roads: &'r Roads, asked: Travel) -> Self {
        let network = roads.network(asked.mode);
        Self { roads, network, measured: network.measured(&roads.links, &roads.speeds, asked) }
    }

    fn ends(&self, places: &[Snapped], role: Role) -> Vec<Ends> {
        places.iter().map(|place| self.network.ends(self.measured, &self.roads.links, &self.roads.speeds, place, role)).collect()
    }

    fn each(&self, starts: &[Snapped], role: Role, targets: (&[Snapped], &[Ends]), selection: &Selection, mut visit: impl FnMut(usize, &[Journey])) {
        let (targets, target_ends) = targets;
        let routes = Routes { hierarchy: self.network.hierarchy(), metric: &self.measured.metric };
        let start_ends = self.ends(starts, role);
        let mut on_link: HashMap<u32, Vec<usize>> = HashMap::new();
        let asked: std::collections::HashSet<u32> = starts.iter().map(|start| start.link).collect();
        for (at, target) in targets.iter().enumerate().filter(|(_, target)| asked.contains(&target.link)) {
            on_link.entry(target.link).or_default().push(at);
        }
        let mut row = vec![Journey::NONE; targets.len()];
        for (first, some) in start_ends.chunks(TOGETHER).enumerate() {
            let costs = routes.costs(some, target_ends, selection, way_from(role));
            for (at, costs) in costs.chunks(targets.len().max(1)).enumerate() {
                let at = first * TOGETHER + at;
                for (entry, &cost) in row.iter_mut().zip(costs) {
                    *entry = journey(cost, self.measured.by);
                }
                for &target in on_link.get(&starts[at].link).into_iter().flatten().filter(|_| starts[at].is_on_a_road()) {
                    row[target] = journey(costs[target].or(self.along(&starts[at], role, &targets[target])), self.measured.by);
                }
                self.walk_across(&starts[at], targets, &mut row);
                visit(at, &row);
            }
        }
    }

    /// Between two places that lie nearer to one another than to their roads together, people walk straight across: the ways to the roads alone would
    /// be longer. So it is no way at all from a place to itself.
    fn walk_across(&self, start: &Snapped, targets: &[Snapped], row: &mut [Journey]) {
        let metres_a_second = self.roads.speeds.off_road_kmh / 3.6;
        for (entry, target) in row.iter_mut().zip(targets).filter(|(_, target)| target.is_on_a_road() && start.is_on_a_road()) {
            let line = start.point.0 - target.point.0;
            let off = start.metres_off + target.metres_off;
            if line.x().abs() <= off && line.y().abs() <= off {
                let metres = line.x().hypot(line.y());
                let seconds = (metres / metres_a_second) as f32;
                // Not reached is NaN, and less than nothing that is known.
                if metres <= off && (entry.seconds.is_nan() || seconds < entry.seconds) {
                    *entry = Journey { seconds, metres: metres as f32 };
                }
            }
        }
    }

    /// Along the one link that both places stand on.
    fn along(&self, start: &Snapped, role: Role, target: &Snapped) -> Cost {
        let (origin, destination) = match role {
            Role::Origin => (start, target),
            Role::Destination => (target, start),
        };
        self.network.along(self.measured, &self.roads.links, &self.roads.speeds, origin, destination)
    }
}

/// Minutes as the usual measure of a journey.
impl Default for Travel {
    fn default() -> Self {
        Self { mode: Mode::Car, time: crate::model::travel::TimeOfDay::default(), direction: Direction::default(), by: By::default() }
    }
}

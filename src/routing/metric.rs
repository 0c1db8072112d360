//! Costs put into a contracted network: in milliseconds for another table of speeds, a closed road, another time of day.

use super::hierarchy::Hierarchy;

/// What cannot be passed.
pub const NO_WAY: f32 = f32::INFINITY;

/// The cost of an arc: what is made least, and what is added up beside it.
///
/// Both are whole numbers below 2²⁴ (centiseconds, decimetres), which a float adds exactly: sums are equal in whatever order they are made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// What the best way has the least of.
    pub least: f32,
    /// What is counted along the best way.
    pub beside: f32,
}

impl Cost {
    /// No way at all.
    pub const NONE: Self = Self { least: NO_WAY, beside: NO_WAY };
    /// Here already.
    pub const HERE: Self = Self { least: 0.0, beside: 0.0 };

    /// One after the other.
    #[must_use]
    #[inline]
    pub fn then(self, on: Self) -> Self {
        Self { least: self.least + on.least, beside: self.beside + on.beside }
    }

    /// The better of two: the lesser cost, of equals the one with less beside it.
    #[must_use]
    #[inline]
    pub fn or(self, other: Self) -> Self {
        if other.beats(self) { other } else { self }
    }

    /// Whether it is the better of the two, and not equal.
    #[must_use]
    #[inline]
    pub fn beats(self, other: Self) -> bool {
        self.least < other.least || (self.least == other.least && self.beside < other.beside)
    }
}

/// Costs of the best ways over each edge of a hierarchy, in both directions; edges over which no best way leads are left out.
#[derive(Debug, Clone)]
pub struct Metric {
    up: Edges,
    down: Edges,
}

/// The edges at the lower end of which a node stands, with their costs in one direction.
#[derive(Debug, Clone)]
pub struct Edges {
    first: Vec<u32>,
    entries: Vec<(u32, Cost)>,
}

impl Edges {
    /// The upper ends of a node's edges, with costs.
    #[must_use]
    #[inline]
    pub fn of(&self, node: u32) -> &[(u32, Cost)] {
        &self.entries[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    fn new(hierarchy: &Hierarchy, costs: &[Cost]) -> Self {
        let mut first = Vec::with_capacity(hierarchy.nodes() + 1);
        let mut entries = Vec::with_capacity(costs.iter().filter(|cost| cost.least < NO_WAY).count());
        first.push(0);
        for node in hierarchy.numbers() {
            for edge in hierarchy.upward(node).filter(|&edge| costs[edge].least < NO_WAY) {
                entries.push((hierarchy.head(edge), costs[edge]));
            }
            first.push(u32::try_from(entries.len()).expect("a hierarchy has fewer than 4 thousand million edges"));
        }
        Self { first, entries }
    }
}

impl Metric {
    /// Puts the costs of the arcs, in the order in which the hierarchy was given them, into a hierarchy.
    #[must_use]
    pub fn new(hierarchy: &Hierarchy, arcs: &[Cost]) -> Self {
        let mut costs = Costs { up: vec![Cost::NONE; hierarchy.edges()], down: vec![Cost::NONE; hierarchy.edges()] };
        for (place, &cost) in hierarchy.edges_of_arcs().iter().zip(arcs).filter(|(place, _)| place.edge != u32::MAX) {
            let side = if place.upward { &mut costs.up } else { &mut costs.down };
            let edge = &mut side[place.edge as usize];
            *edge = edge.or(cost);
        }
        costs.pass_triangles(hierarchy);
        costs.skip_detours(hierarchy);
        let (up, down) = rayon::join(|| Edges::new(hierarchy, &costs.up), || Edges::new(hierarchy, &costs.down));
        Self { up, down }
    }

    /// Edges from the lower to the upper end.
    #[must_use]
    pub fn up(&self) -> &Edges {
        &self.up
    }

    /// Edges from the upper to the lower end, by the lower end.
    #[must_use]
    pub fn down(&self) -> &Edges {
        &self.down
    }

    /// How many edges are left, both ways.
    #[must_use]
    pub fn len(&self) -> usize {
        self.up.entries.len() + self.down.entries.len()
    }

    /// Whether none is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        [&self.up, &self.down].into_iter().map(|edges| 4 * edges.first.len() + size_of::<(u32, Cost)>() * edges.entries.len()).sum()
    }
}

/// Costs by edge while they are worked out.
struct Costs {
    /// From the lower to the upper end.
    up: Vec<Cost>,
    /// From the upper to the lower end.
    down: Vec<Cost>,
}

impl Costs {
    /// From the lowest node up: the way over the node may be better than what is known between two of its upper neighbours.
    fn pass_triangles(&mut self, hierarchy: &Hierarchy) {
        for node in hierarchy.numbers() {
            let edges = hierarchy.upward(node);
            let mut closing = hierarchy.closing(node).iter();
            for first in edges.clone() {
                let (up, down) = (self.up[first], self.down[first]);
                for (second, &edge) in (first + 1..edges.end).zip(closing.by_ref()) {
                    let edge = edge as usize;
                    self.up[edge] = self.up[edge].or(down.then(self.up[second]));
                    self.down[edge] = self.down[edge].or(self.down[second].then(up));
                }
            }
        }
    }

    /// From the highest node down: an edge over which no best way leads, because another upper neighbour lies on a better one, is shut. Fewer edges
    /// are then left to be swept.
    fn skip_detours(&mut self, hierarchy: &Hierarchy) {
        let mut shut = [vec![false; hierarchy.edges()], vec![false; hierarchy.edges()]];
        let [shut_up, shut_down] = &mut shut;
        for node in hierarchy.numbers().rev() {
            let edges = hierarchy.upward(node);
            let mut closing = hierarchy.closing(node).iter();
            for first in edges.clone() {
                for (second, &edge) in (first + 1..edges.end).zip(closing.by_ref()) {
                    let edge = edge as usize;
                    let (rise, fall) = (self.up[edge], self.down[edge]);
                    let (up, down) = ([self.up[first], self.up[second]], [self.down[first], self.down[second]]);
                    improve(&mut self.up[first], &mut shut_up[first], up[1].then(fall));
                    improve(&mut self.up[second], &mut shut_up[second], up[0].then(rise));
                    improve(&mut self.down[first], &mut shut_down[first], rise.then(down[1]));
                    improve(&mut self.down[second], &mut shut_down[second], fall.then(down[0]));
                }
            }
        }
        for (costs, shut) in [&mut self.up, &mut self.down].into_iter().zip(shut) {
            for (cost, _) in costs.iter_mut().zip(shut).filter(|(_, shut)| *shut) {
                *cost = Cost::NONE;
            }
        }
    }
}

/// Takes a better way in the place of an edge, which is then shut.
#[inline]
fn improve(cost: &mut Cost, shut: &mut bool, other: Cost) {
    if other.beats(*cost) {
        *cost = other;
        *shut = true;
    }
}

//! From some places to all others, or to those that are asked for: up from each start, then one sweep down for many starts side by side.
//!
//! PHAST and its restricted form (Delling, Goldberg, Nowatzyk and Werneck 2011) on a customised hierarchy: whatever the start, the way down passes
//! the same edges in the same order, so that a bundle of starts is swept at once.

use rayon::prelude::*;

use super::hierarchy::Hierarchy;
use super::metric::{Cost, Edges, Metric, NO_WAY};

/// Targets that are written out together.
const BLOCK: usize = 256;

/// Where a journey begins or ends: at most two nodes, each with the cost between the place and the node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ends(pub [(u32, Cost); 2]);

impl Ends {
    /// A node itself.
    #[must_use]
    pub const fn at(node: u32) -> Self {
        Self([(node, Cost::HERE), (node, Cost::NONE)])
    }

    fn reached(self) -> impl Iterator<Item = (u32, Cost)> {
        self.0.into_iter().filter(|(_, cost)| cost.least < NO_WAY)
    }
}

/// Which way the arcs are travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the starts to the others.
    Out,
    /// From the others to the starts.
    Back,
}

/// Costs of several starts at one node, side by side.
trait Bundle: Copy + Send + Sync {
    const STARTS: usize;
    const NONE: Self;
    fn relax(&mut self, from: &Self, cost: Cost);
    fn put(&mut self, start: usize, cost: Cost);
    fn cost(&self, start: usize) -> Cost;
}

/// The least costs alone, of sixteen starts: additions and minima of whole registers.
#[derive(Clone, Copy)]
struct Least([f32; 16]);

impl Bundle for Least {
    const STARTS: usize = 16;
    const NONE: Self = Self([NO_WAY; 16]);

    #[inline]
    fn relax(&mut self, from: &Self, cost: Cost) {
        for (to, from) in self.0.iter_mut().zip(from.0) {
            let over = from + cost.least;
            *to = if over < *to { over } else { *to };
        }
    }

    fn put(&mut self, start: usize, cost: Cost) {
        self.0[start] = cost.least;
    }

    fn cost(&self, start: usize) -> Cost {
        Cost { least: self.0[start], beside: 0.0 }
    }
}

/// Both parts of the costs, of eight starts.
#[derive(Clone, Copy)]
struct Both {
    least: [f32; 8],
    beside: [f32; 8],
}

impl Bundle for Both {
    const STARTS: usize = 8;
    const NONE: Self = Self { least: [NO_WAY; 8], beside: [NO_WAY; 8] };

    #[inline]
    #[allow(clippy::needless_bitwise_bool, reason = "without branches the loop is made into instructions for whole registers")]
    fn relax(&mut self, from: &Self, cost: Cost) {
        for start in 0..8 {
            let (least, beside) = (from.least[start] + cost.least, from.beside[start] + cost.beside);
            let better = (least < self.least[start]) | ((least == self.least[start]) & (beside < self.beside[start]));
            self.least[start] = if better { least } else { self.least[start] };
            self.beside[start] = if better { beside } else { self.beside[start] };
        }
    }

    fn put(&mut self, start: usize, cost: Cost) {
        (self.least[start], self.beside[start]) = (cost.least, cost.beside);
    }

    fn cost(&self, start: usize) -> Cost {
        Cost { least: self.least[start], beside: self.beside[start] }
    }
}

/// The nodes through which every way down to some targets leads.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The nodes, ascending.
    nodes: Vec<u32>,
    /// The position in `nodes` of every node of the network; `u32::MAX` for those outside.
    local: Vec<u32>,
}

impl Selection {
    /// All nodes above some targets, themselves among them.
    #[must_use]
    pub fn above(hierarchy: &Hierarchy, targets: impl IntoIterator<Item = Ends>) -> Self {
        let mut local = vec![u32::MAX; hierarchy.nodes()];
        let mut nodes = Vec::new();
        for (target, _) in targets.into_iter().flat_map(Ends::reached) {
            for node in hierarchy.ancestors(target) {
                if std::mem::replace(&mut local[node as usize], 0) == 0 {
                    break;
                }
                nodes.push(node);
            }
        }
        nodes.sort_unstable();
        for (at, &node) in (0..).zip(&nodes) {
            local[node as usize] = at;
        }
        Self { nodes, local }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// The edges down to a selection, numbered by positions in it.
struct Down {
    first: Vec<u32>,
    entries: Vec<(u32, Cost)>,
}

impl Down {
    fn new(selection: &Selection, edges: &Edges) -> Self {
        let mut first = Vec::with_capacity(selection.nodes.len() + 1);
        let mut entries = Vec::new();
        first.push(0);
        for &node in &selection.nodes {
            entries.extend(edges.of(node).iter().map(|&(upper, cost)| (selection.local[upper as usize], cost)));
            first.push(u32::try_from(entries.len()).expect("a selection has fewer edges than its hierarchy"));
        }
        Self { first, entries }
    }

    fn of(&self, at: usize) -> &[(u32, Cost)] {
        &self.entries[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

/// A hierarchy with costs, to be asked.
#[derive(Debug, Clone, Copy)]
pub struct Routes<'a> {
    /// The hierarchy.
    pub hierarchy: &'a Hierarchy,
    /// The costs.
    pub metric: &'a Metric,
}

impl Routes<'_> {
    fn edges(&self, way: Way) -> (&Edges, &Edges) {
        match way {
            Way::Out => (self.metric.up(), self.metric.down()),
            Way::Back => (self.metric.down(), self.metric.up()),
        }
    }

    /// The costs between a start and every node; [`Cost::NONE`] where there is no way.
    #[must_use]
    pub fn to_all(&self, start: Ends, way: Way) -> Vec<Cost> {
        let (up, down) = self.edges(way);
        let mut costs = vec![Cost::NONE; self.hierarchy.nodes()];
        self.climb(start, up, &mut costs, |_, _| ());
        for node in self.hierarchy.numbers().rev() {
            let mut best = costs[node as usize];
            for &(upper, cost) in down.of(node) {
                best = best.or(costs[upper as usize].then(cost));
            }
            costs[node as usize] = best;
        }
        costs
    }

    /// The costs between every start and every target, row by row: the least alone, nothing beside it.
    #[must_use]
    pub fn least(&self, starts: &[Ends], targets: &[Ends], selection: &Selection, way: Way) -> Vec<f32> {
        let mut table = vec![NO_WAY; starts.len() * targets.len()];
        self.sweep::<Least, f32>(starts, targets, selection, way, &mut table, |cost| cost.least);
        table
    }

    /// The costs between every start and every target, row by row, with what is counted beside the least.
    #[must_use]
    pub fn costs(&self, starts: &[Ends], targets: &[Ends], selection: &Selection, way: Way) -> Vec<Cost> {
        let mut table = vec![Cost::NONE; starts.len() * targets.len()];
        self.sweep::<Both, Cost>(starts, targets, selection, way, &mut table, |cost| cost);
        table
    }

    fn sweep<B: Bundle, T: Send>(&self, starts: &[Ends], targets: &[Ends], selection: &Selection, way: Way, table: &mut [T], kept: impl Fn(Cost) -> T + Sync) {
        if targets.is_empty() {
            return;
        }
        let (up, down) = self.edges(way);
        let down = Down::new(selection, down);
        let scratch = || (vec![B::NONE; selection.len()], vec![Cost::NONE; self.hierarchy.nodes()]);
        table.par_chunks_mut(B::STARTS * targets.len()).zip(starts.par_chunks(B::STARTS)).for_each_init(scratch, |(bundles, climbed), (rows, starts)| {
            bundles.fill(B::NONE);
            for (start, &ends) in starts.iter().enumerate() {
                self.climb(ends, up, climbed, |node, cost| {
                    let at = selection.local[node as usize];
                    if at != u32::MAX {
                        bundles[at as usize].put(start, cost);
                    }
                });
                self.ancestors_of(ends, |node| climbed[node as usize] = Cost::NONE);
            }
            for at in (0..bundles.len()).rev() {
                let (lower, upper) = bundles.split_at_mut(at + 1);
                let mut best = lower[at];
                for &(head, cost) in down.of(at) {
                    best.relax(&upper[head as usize - at - 1], cost);
                }
                lower[at] = best;
            }
            // By blocks of targets: the bundles of a block stay at hand while every start's row takes its part.
            for (block, some) in targets.chunks(BLOCK).enumerate() {
                for (start, row) in rows.chunks_mut(targets.len()).enumerate() {
                    for (entry, target) in row[block * BLOCK..].iter_mut().zip(some) {
                        let over = |(node, cost): (u32, Cost)| bundles[selection.local[node as usize] as usize].cost(start).then(cost);
                        *entry = kept(target.reached().map(over).fold(Cost::NONE, Cost::or));
                    }
                }
            }
        });
    }

    /// Costs at all nodes above a start, each told once it is settled.
    fn climb(&self, start: Ends, up: &Edges, costs: &mut [Cost], mut settled: impl FnMut(u32, Cost)) {
        for (node, cost) in start.reached() {
            costs[node as usize] = costs[node as usize].or(cost);
        }
        self.ancestors_of(start, |node| {
            let here = costs[node as usize];
            if here.least < NO_WAY {
                for &(upper, cost) in up.of(node) {
                    costs[upper as usize] = costs[upper as usize].or(here.then(cost));
                }
            }
            settled(node, here);
        });
    }

    /// Every node above either end, ascending, once.
    fn ancestors_of(&self, start: Ends, mut visit: impl FnMut(u32)) {
        let mut nodes = start.0.map(|(node, cost)| (cost.least < NO_WAY).then_some(node));
        while let Some(node) = nodes.into_iter().flatten().min() {
            visit(node);
            for next in nodes.iter_mut().filter(|next| **next == Some(node)) {
                *next = self.hierarchy.parent(node);
            }
        }
    }
}

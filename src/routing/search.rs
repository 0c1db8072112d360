//! Plain searches over a network: as far as a cost reaches, nearest nodes first (Dijkstra). What the hierarchy answers must equal it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::metric::{Cost, NO_WAY};
use super::sweep::{Ends, Way};

/// The arcs of a network by their tails and by their heads.
#[derive(Debug, Clone)]
pub struct Graph {
    out: Incidence,
    back: Incidence,
}

/// For each node the arcs at it: the node at the other end, and the arc's position.
#[derive(Debug, Clone)]
struct Incidence {
    first: Vec<u32>,
    arcs: Vec<(u32, u32)>,
}

impl Incidence {
    fn new(nodes: usize, arcs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut first = vec![0_u32; nodes + 1];
        for (node, _) in arcs.clone() {
            first[node as usize + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut held = vec![(0, 0); first[nodes] as usize];
        for (at, (node, other)) in (0..).zip(arcs) {
            held[next[node as usize] as usize] = (other, at);
            next[node as usize] += 1;
        }
        Self { first, arcs: held }
    }

    fn of(&self, node: u32) -> &[(u32, u32)] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}

/// A node that waits for its turn: least cost first, then the least beside it, then the lowest node. Costs are never negative, so that their bits
/// are in the order of their numbers.
type Waiting = Reverse<(u32, u32, u32)>;

impl Graph {
    /// Of so many nodes; arcs are pairs of tail and head.
    #[must_use]
    pub fn new(nodes: usize, arcs: &[(u32, u32)]) -> Self {
        Self { out: Incidence::new(nodes, arcs.iter().copied()), back: Incidence::new(nodes, arcs.iter().map(|&(tail, head)| (head, tail))) }
    }

    /// The nodes at the other ends of a node's arcs, whichever way they lead.
    pub fn neighbours(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        self.out.of(node).iter().chain(self.back.of(node)).map(|(other, _)| *other)
    }

    /// Nodes that a start reaches (or is reached from) at no more than a cost, nearest first. `costs` are those of the arcs in the order they were given.
    #[must_use]
    pub fn within(&self, costs: &[Cost], start: Ends, way: Way, most: f32) -> Vec<(u32, Cost)> {
        let incidence = match way {
            Way::Out => &self.out,
            Way::Back => &self.back,
        };
        let mut best = vec![Cost::NONE; incidence.first.len() - 1];
        let mut waiting: BinaryHeap<Waiting> = BinaryHeap::new();
        let mut settled = Vec::new();
        let offer = |waiting: &mut BinaryHeap<Waiting>, best: &mut [Cost], node: u32, cost: Cost| {
            let known = &mut best[node as usize];
            if cost.least <= most && *known != known.or(cost) {
                *known = cost;
                waiting.push(Reverse((cost.least.to_bits(), cost.beside.to_bits(), node)));
            }
        };
        for (node, cost) in start.0.into_iter().filter(|(_, cost)| cost.least < NO_WAY) {
            offer(&mut waiting, &mut best, node, cost);
        }
        while let Some(Reverse((least, beside, node))) = waiting.pop() {
            let cost = Cost { least: f32::from_bits(least), beside: f32::from_bits(beside) };
            if cost != best[node as usize] {
                continue;
            }
            settled.push((node, cost));
            for &(other, arc) in incidence.of(node) {
                offer(&mut waiting, &mut best, other, cost.then(costs[arc as usize]));
            }
        }
        settled
    }
}

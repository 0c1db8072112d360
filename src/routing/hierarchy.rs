//! The contracted network: which shortcuts there are and which triangles they close, whatever the costs; made once for an order of contraction.
//!
//! Nodes are numbered by their rank, so that *upward* is towards larger numbers. Contracting a node joins all its upward neighbours with one another;
//! the least of them is its parent, and all that can be reached upward from a node are its ancestors (customisable contraction hierarchies,
//! Dibbelt, Strasser and Wagner 2016).

use std::ops::Range;

/// No parent: the node is a root.
const NONE: u32 = u32::MAX;

/// The shortcuts over a network of nodes numbered by rank.
#[derive(Debug)]
pub struct Hierarchy {
    /// Where the upward edges of each node begin.
    first: Vec<u32>,
    /// The upper ends of the edges, ascending for each node.
    head: Vec<u32>,
    /// For each node and each pair of its upward edges in lexical order, the edge that closes the triangle.
    closing: Vec<u32>,
    /// Where the triangles of each node begin.
    first_closing: Vec<u32>,
    /// For each arc of the network the edge that it lies on, and whether it leads upward.
    edge_of_arc: Vec<EdgeOfArc>,
}

/// The edge that an arc lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EdgeOfArc {
    /// Position of the edge; `u32::MAX` for a loop, which no way uses.
    pub edge: u32,
    /// Whether the arc leads from the lower to the upper end.
    pub upward: bool,
}

impl Hierarchy {
    /// Contracts a network of so many nodes in the order of their numbers; arcs are pairs of tail and head.
    #[must_use]
    pub fn new(nodes: usize, arcs: &[(u32, u32)]) -> Self {
        let (first, head) = contracted(nodes, arcs);
        let mut hierarchy = Self { first, head, closing: Vec::new(), first_closing: Vec::new(), edge_of_arc: Vec::new() };
        hierarchy.close_triangles();
        hierarchy.edge_of_arc = arcs.iter().map(|&(tail, head)| hierarchy.edge_of(tail, head)).collect();
        hierarchy
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.first.len() - 1
    }

    /// The numbers of all nodes, ascending.
    #[must_use]
    pub fn numbers(&self) -> Range<u32> {
        0..position(self.nodes())
    }

    /// How many edges there are, shortcuts among them.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.head.len()
    }

    /// How many triangles are passed when costs are put in.
    #[must_use]
    pub fn triangles(&self) -> usize {
        self.closing.len()
    }

    /// Bytes that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        4 * (self.first.len() + self.head.len() + self.closing.len() + self.first_closing.len()) + size_of::<EdgeOfArc>() * self.edge_of_arc.len()
    }

    /// The positions of a node's upward edges.
    #[must_use]
    pub fn upward(&self, node: u32) -> Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// The upper end of an edge.
    #[must_use]
    pub fn head(&self, edge: usize) -> u32 {
        self.head[edge]
    }

    /// The least of a node's upward neighbours: every way up from it passes or skips it within its ancestors.
    #[must_use]
    pub fn parent(&self, node: u32) -> Option<u32> {
        self.head[self.upward(node)].first().copied()
    }

    /// A node and all its ancestors, upward.
    pub fn ancestors(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(node), |&node| self.parent(node))
    }

    /// For each pair of upward edges of a node, in lexical order, the edge that joins their upper ends.
    #[must_use]
    pub fn closing(&self, node: u32) -> &[u32] {
        &self.closing[self.first_closing[node as usize] as usize..self.first_closing[node as usize + 1] as usize]
    }

    /// For each arc of the network, in the order it was given, the edge that it lies on.
    #[must_use]
    pub fn edges_of_arcs(&self) -> &[EdgeOfArc] {
        &self.edge_of_arc
    }

    fn edge_of(&self, tail: u32, head: u32) -> EdgeOfArc {
        let (low, high) = (tail.min(head), tail.max(head));
        let edge = if low == high { NONE } else { position(self.edge_between(low, high).expect("every arc became an edge")) };
        EdgeOfArc { edge, upward: tail < head }
    }

    fn edge_between(&self, low: u32, high: u32) -> Option<usize> {
        let edges = self.upward(low);
        self.head[edges.clone()].binary_search(&high).ok().map(|at| edges.start + at)
    }

    fn close_triangles(&mut self) {
        let mut closing = Vec::new();
        let mut first_closing = vec![0];
        // Where the edge from the middle node to each upper end is, for the node at hand.
        for node in self.numbers() {
            let up = &self.head[self.upward(node)];
            for (at, &middle) in up.iter().enumerate() {
                let mut edges = self.upward(middle);
                for &upper in &up[at + 1..] {
                    // Both lists ascend, so that one walk along the middle's edges finds all.
                    let edge = edges.find(|&edge| self.head[edge] == upper).expect("the upward neighbours of a contracted node are joined");
                    closing.push(position(edge));
                }
            }
            first_closing.push(position(closing.len()));
        }
        self.closing = closing;
        self.first_closing = first_closing;
    }
}

/// The upward edges after contraction: first positions and upper ends.
fn contracted(nodes: usize, arcs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut pairs: Vec<(u32, u32)> = arcs.iter().filter(|(tail, head)| tail != head).map(|&(tail, head)| (tail.min(head), tail.max(head))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut pairs = pairs.into_iter().peekable();
    let mut first = Vec::with_capacity(nodes + 1);
    first.push(0);
    let mut head: Vec<u32> = Vec::new();
    // Nodes wait with their parent until it is its turn: each parent inherits the neighbours of its children.
    let mut first_child = vec![NONE; nodes];
    let mut next_child = vec![NONE; nodes];
    let mut merged: Vec<u32> = Vec::new();
    for node in 0..position(nodes) {
        merged.clear();
        while let Some((_, upper)) = pairs.next_if(|&(low, _)| low == node) {
            merged.push(upper);
        }
        let mut child = first_child[node as usize];
        while child != NONE {
            let range = first[child as usize] as usize..first[child as usize + 1] as usize;
            merged.extend(head[range].iter().filter(|&&upper| upper != node));
            child = next_child[child as usize];
        }
        merged.sort_unstable();
        merged.dedup();
        if let Some(&parent) = merged.first() {
            next_child[node as usize] = first_child[parent as usize];
            first_child[parent as usize] = node;
        }
        head.extend_from_slice(&merged);
        first.push(position(head.len()));
    }
    head.shrink_to_fit();
    (first, head)
}

fn position(at: usize) -> u32 {
    u32::try_from(at).expect("a network has fewer than 4 thousand million nodes, edges and triangles")
}

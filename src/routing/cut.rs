//! Small cuts through a network: inertial flow in four directions, and the junctions on the narrower side of the least one.

/// Neighbours of every node, one list after the other.
#[derive(Debug, Clone)]
pub struct Adjacency {
    first: Vec<u32>,
    joined: Vec<u32>,
}

impl Adjacency {
    /// From the neighbours of each node; an edge stands with both of its ends.
    pub fn new<N: IntoIterator<Item = u32>>(lists: impl IntoIterator<Item = N>) -> Self {
        let mut first = vec![0];
        let mut joined = Vec::new();
        for list in lists {
            joined.extend(list);
            first.push(u32::try_from(joined.len()).expect("a network has fewer than 4 thousand million edges"));
        }
        Self { first, joined }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// The neighbours of a node.
    pub fn of(&self, node: u32) -> &[u32] {
        &self.joined[self.range(node)]
    }

    fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// The nodes of each connected part.
    pub fn parts(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.len()];
        let mut parts = Vec::new();
        for start in (0..).take(self.len()) {
            if std::mem::replace(&mut seen[start as usize], true) {
                continue;
            }
            let mut part = vec![start];
            let mut at = 0;
            while let Some(&node) = part.get(at) {
                at += 1;
                for &other in self.of(node) {
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        part.push(other);
                    }
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }

    /// The network among some of its nodes, numbered by their position in `nodes`, with their points.
    pub fn within(&self, nodes: &[u32], points: &[[f32; 2]]) -> (Vec<[f32; 2]>, Self) {
        let mut local = vec![u32::MAX; self.len()];
        for (at, &node) in (0..).zip(nodes) {
            local[node as usize] = at;
        }
        let kept = |&other: &u32| Some(local[other as usize]).filter(|&at| at != u32::MAX);
        let inner = Self::new(nodes.iter().map(|&node| self.of(node).iter().filter_map(kept)));
        (nodes.iter().map(|&node| points[node as usize]).collect(), inner)
    }
}

/// Directions in which the ends of a part are held apart: east, north and both diagonals.
const DIRECTIONS: [[f32; 2]; 4] = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0]];
/// The share of nodes at each end that a cut must not pass: it keeps both sides of some size.
const HELD_SHARE: usize = 4;

/// Nodes that part a connected network, and the nodes on both sides of them.
pub fn separator(points: &[[f32; 2]], adjacency: &Adjacency) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let twins = twins_of(adjacency);
    let mut best: Option<(usize, Vec<bool>)> = None;
    for [x, y] in DIRECTIONS {
        let mut along: Vec<u32> = (0..).take(points.len()).collect();
        let place = |node: u32| points[node as usize][0] * x + points[node as usize][1] * y;
        along.sort_unstable_by(|&a, &b| place(a).total_cmp(&place(b)).then(a.cmp(&b)));
        let held = (points.len() / HELD_SHARE).max(1);
        let most = best.as_ref().map_or(usize::MAX, |(cut, _)| *cut);
        if let Some((cut, side)) = Flow::new(adjacency, &twins, &along[..held], &along[points.len() - held..]).least_cut(most) {
            best = Some((cut, side));
        }
    }
    let (_, side) = best.expect("the first direction has no bound to stop at");
    parted(adjacency, &side)
}

/// For every edge in the lists, the position of the same edge in the list of its other end.
fn twins_of(adjacency: &Adjacency) -> Vec<u32> {
    let mut twins = vec![0; adjacency.joined.len()];
    for node in (0..).take(adjacency.len()) {
        for at in adjacency.range(node) {
            let other = adjacency.joined[at];
            if node < other {
                let back = adjacency.range(other).find(|&back| adjacency.joined[back] == node).expect("an edge stands with both of its ends");
                twins[at] = u32::try_from(back).expect("positions fit");
                twins[back] = u32::try_from(at).expect("positions fit");
            }
        }
    }
    twins
}

/// The end nodes of cut edges on the side that has fewer of them; the rest of both sides.
fn parted(adjacency: &Adjacency, side: &[bool]) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let at_the_cut = |node: u32| adjacency.of(node).iter().any(|&other| side[other as usize] != side[node as usize]);
    let ends: Vec<u32> = (0..).take(side.len()).filter(|&node| at_the_cut(node)).collect();
    let (source, sink): (Vec<u32>, Vec<u32>) = ends.into_iter().partition(|&node| side[node as usize]);
    let cut = if source.len() <= sink.len() { source } else { sink };
    let mut is_cut = vec![false; side.len()];
    for &node in &cut {
        is_cut[node as usize] = true;
    }
    let (left, right) = (0..).take(side.len()).filter(|&node: &u32| !is_cut[node as usize]).partition(|&node| side[node as usize]);
    (cut, left, right)
}

/// Flow of one unit through every edge, either way, from the nodes at one end to those at the other (Dinic's method).
struct Flow<'a> {
    adjacency: &'a Adjacency,
    twins: &'a [u32],
    /// Of each edge as its list's node sees it: −1 flows in, 0, 1 flows out.
    used: Vec<i8>,
    end: Vec<End>,
    level: Vec<u32>,
    next: Vec<u32>,
    queue: Vec<u32>,
}

/// What a node is held to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Source,
    Sink,
    Free,
}

impl<'a> Flow<'a> {
    fn new(adjacency: &'a Adjacency, twins: &'a [u32], sources: &[u32], sinks: &[u32]) -> Self {
        let count = adjacency.len();
        let mut end = vec![End::Free; count];
        for &node in sources {
            end[node as usize] = End::Source;
        }
        for &node in sinks {
            end[node as usize] = End::Sink;
        }
        Self { adjacency, twins, used: vec![0; adjacency.joined.len()], end, level: vec![0; count], next: vec![0; count], queue: Vec::with_capacity(count) }
    }

    /// The size of the least cut and the nodes on the source's side of it; none as soon as it is known to reach `most`.
    fn least_cut(mut self, most: usize) -> Option<(usize, Vec<bool>)> {
        let mut cut = 0;
        while self.levels() {
            self.next.copy_from_slice(&self.adjacency.first[..self.adjacency.len()]);
            for source in (0..).take(self.adjacency.len()) {
                if self.end[source as usize] != End::Source {
                    continue;
                }
                while self.pushes(source) {
                    cut += 1;
                    if cut >= most {
                        return None;
                    }
                }
            }
        }
        Some((cut, self.level.iter().map(|&level| level != u32::MAX).collect()))
    }

    /// Numbers the nodes by how far from the sources unused edges lead; whether a sink is reached.
    fn levels(&mut self) -> bool {
        self.level.fill(u32::MAX);
        self.queue.clear();
        for node in (0..).take(self.end.len()) {
            if self.end[node as usize] == End::Source {
                self.level[node as usize] = 0;
                self.queue.push(node);
            }
        }
        let mut reached = u32::MAX;
        let mut at = 0;
        while let Some(&node) = self.queue.get(at) {
            at += 1;
            let level = self.level[node as usize] + 1;
            // Beyond the nearest sink nothing is needed while there is flow to push; the last round, which finds none, sees all.
            if level > reached {
                break;
            }
            for edge in self.adjacency.range(node) {
                let other = self.adjacency.joined[edge] as usize;
                if self.used[edge] < 1 && self.level[other] == u32::MAX {
                    self.level[other] = level;
                    if self.end[other] == End::Sink {
                        reached = level;
                    }
                    self.queue.push(self.adjacency.joined[edge]);
                }
            }
        }
        reached != u32::MAX
    }

    /// Pushes one unit from a source to a sink along falling levels, if there is a way.
    fn pushes(&mut self, source: u32) -> bool {
        let mut path: Vec<u32> = Vec::new();
        let mut node = source;
        loop {
            if self.end[node as usize] == End::Sink {
                for edge in path {
                    self.used[edge as usize] += 1;
                    self.used[self.twins[edge as usize] as usize] -= 1;
                }
                return true;
            }
            let last = self.adjacency.first[node as usize + 1];
            let level = self.level[node as usize] + 1;
            let onward = (self.next[node as usize]..last)
                .find(|&edge| self.used[edge as usize] < 1 && self.level[self.adjacency.joined[edge as usize] as usize] == level);
            self.next[node as usize] = onward.unwrap_or(last);
            match onward {
                Some(edge) => {
                    path.push(edge);
                    node = self.adjacency.joined[edge as usize];
                }
                None => match path.pop() {
                    // A dead end: back by one, and never into it again in this round.
                    Some(edge) => {
                        node = self.adjacency.joined[self.twins[edge as usize] as usize];
                        self.next[node as usize] += 1;
                    }
                    None => return false,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two squares of 3 × 3 joined by one edge.
    #[test]
    fn the_cut_passes_where_the_network_is_narrow() {
        let node = |square: u32, column: u32, row: u32| square * 9 + row * 3 + column;
        let mut joined: Vec<Vec<u32>> = vec![Vec::new(); 18];
        let mut points = vec![[0.0; 2]; 18];
        let mut edges = vec![(node(0, 2, 1), node(1, 0, 1))];
        for (square, east) in [(0, 0.0), (1, 10.0)] {
            for (at, column, row) in (0..9_u8).map(|at| (at, u32::from(at % 3), u32::from(at / 3))) {
                points[node(square, column, row) as usize] = [east + f32::from(at % 3), f32::from(at / 3)];
                edges.extend((column < 2).then(|| (node(square, column, row), node(square, column + 1, row))));
                edges.extend((row < 2).then(|| (node(square, column, row), node(square, column, row + 1))));
            }
        }
        for (a, b) in edges {
            joined[a as usize].push(b);
            joined[b as usize].push(a);
        }
        let (cut, left, right) = separator(&points, &Adjacency::new(joined));
        assert_eq!((cut.len(), left.len() + right.len()), (1, 17));
        assert!(cut == [node(0, 2, 1)] || cut == [node(1, 0, 1)], "{cut:?}");
    }
}

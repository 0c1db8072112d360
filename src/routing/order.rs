//! The order in which junctions are contracted: leaves and chains first, then nested dissection by small cuts, the widest cuts last.

use rayon::join;

use super::cut::{Adjacency, separator};

/// Parts of fewer nodes are not cut any further: their order hardly matters.
const SMALLEST_PART: usize = 24;
/// Parts of fewer nodes are ordered by the thread that cut them.
const WORTH_A_THREAD: usize = 2_000;

/// The rank of every node in an order of contraction, 0 first. Deterministic.
///
/// `points` are the nodes' places on a plane (any unit), `edges` the pairs that are joined, in either direction; loops and doubles do no harm.
#[must_use]
pub fn order(points: &[[f32; 2]], edges: &[(u32, u32)]) -> Vec<u32> {
    let mut sequence = Vec::with_capacity(points.len());
    let core = without_chains(points.len(), edges, &mut sequence);
    let nodes: Vec<u32> = (0..).zip(&core).filter(|(_, joined)| !joined.is_empty()).map(|(node, _)| node).collect();
    let mut local = vec![u32::MAX; points.len()];
    for (at, &node) in (0..).zip(&nodes) {
        local[node as usize] = at;
    }
    let places: Vec<[f32; 2]> = nodes.iter().map(|&node| points[node as usize]).collect();
    let adjacency = Adjacency::new(nodes.iter().map(|&node| core[node as usize].iter().map(|&other| local[other as usize])));
    drop(core);
    sequence.extend(dissected(&places, adjacency).into_iter().map(|node| nodes[node as usize]));
    let mut rank = vec![0; points.len()];
    for (at, &node) in (0..).zip(&sequence) {
        rank[node as usize] = at;
    }
    rank
}

/// Takes nodes of one or two neighbours out, one after the other, into the sequence: contracting them adds at most the edge that passes them by, so
/// nothing is better contracted earlier. Gives the neighbours of those left, none for those taken.
fn without_chains(count: usize, edges: &[(u32, u32)], sequence: &mut Vec<u32>) -> Vec<Vec<u32>> {
    let mut joined: Vec<Vec<u32>> = vec![Vec::new(); count];
    for &(a, b) in edges {
        if a != b {
            joined[a as usize].push(b);
            joined[b as usize].push(a);
        }
    }
    for list in &mut joined {
        list.sort_unstable();
        list.dedup();
    }
    let mut waiting: Vec<u32> = (0..).zip(&joined).filter(|(_, list)| list.len() <= 2).map(|(node, _)| node).collect();
    let mut taken = vec![false; count];
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut taken[node as usize], true) {
            continue;
        }
        sequence.push(node);
        let neighbours = std::mem::take(&mut joined[node as usize]);
        for &neighbour in &neighbours {
            joined[neighbour as usize].retain(|&other| other != node);
        }
        if let [a, b] = neighbours[..]
            && !joined[a as usize].contains(&b)
        {
            joined[a as usize].push(b);
            joined[b as usize].push(a);
        }
        waiting.extend(neighbours.into_iter().filter(|&neighbour| !taken[neighbour as usize] && joined[neighbour as usize].len() <= 2));
    }
    joined
}

/// The nodes of a part in their order: both sides of a cut, then the cut itself.
fn dissected(points: &[[f32; 2]], adjacency: Adjacency) -> Vec<u32> {
    let count = points.len();
    if count <= SMALLEST_PART {
        return by_degree(&adjacency);
    }
    let parts = adjacency.parts();
    if parts.len() > 1 {
        let mut sequence = Vec::with_capacity(count);
        for part in parts {
            let (places, inner) = adjacency.within(&part, points);
            sequence.extend(dissected(&places, inner).into_iter().map(|node| part[node as usize]));
        }
        return sequence;
    }
    let (cut, left, right) = separator(points, &adjacency);
    if left.is_empty() || right.is_empty() {
        return by_degree(&adjacency);
    }
    let sides = [&left, &right].map(|side| adjacency.within(side, points));
    drop(adjacency);
    let [(places_left, inner_left), (places_right, inner_right)] = sides;
    let (first, second) = if count > WORTH_A_THREAD {
        join(|| dissected(&places_left, inner_left), || dissected(&places_right, inner_right))
    } else {
        (dissected(&places_left, inner_left), dissected(&places_right, inner_right))
    };
    let mut sequence = Vec::with_capacity(count);
    sequence.extend(first.into_iter().map(|node| left[node as usize]));
    sequence.extend(second.into_iter().map(|node| right[node as usize]));
    sequence.extend(cut);
    sequence
}

/// Nodes of fewer neighbours first.
fn by_degree(adjacency: &Adjacency) -> Vec<u32> {
    let mut nodes: Vec<u32> = (0..).take(adjacency.len()).collect();
    nodes.sort_by_key(|&node| adjacency.of(node).len());
    nodes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_order_gives_every_node_a_rank_of_its_own(
            count in 1_usize..200,
            seeds in proptest::collection::vec((0_u32..10_000, 0_u32..10_000), 0..600),
        ) {
            let points: Vec<[f32; 2]> = (0_u16..).take(count).map(|n| [f32::from(n % 14), f32::from(n / 14)]).collect();
            let wrapped = |n: u32| n % u32::try_from(count).unwrap();
            let edges: Vec<(u32, u32)> = seeds.into_iter().map(|(a, b)| (wrapped(a), wrapped(b))).collect();
            let mut ranks = order(&points, &edges);
            ranks.sort_unstable();
            prop_assert!(ranks.into_iter().eq((0..).take(count)));
        }
    }
}

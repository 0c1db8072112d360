//! Strongly connected parts of a graph: within one, every node is reached from every other.

/// The number of the part that each node belongs to: two nodes have one number exactly if each is reached from the other.
///
/// `arcs` are pairs of tail and head, both below `nodes`. The search keeps its own stack, so that a road of a million
/// junctions does not exhaust the program's.
#[must_use]
pub fn strongly_connected(nodes: usize, arcs: &[(u32, u32)]) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let (first, heads) = outgoing(nodes, arcs);
    let mut order = vec![UNSEEN; nodes];
    // The earliest node on the path that is reached from here; once its part is complete, the part's number.
    let mut lowest = vec![0_u32; nodes];
    let mut complete = vec![false; nodes];
    let (mut path, mut waiting): (Vec<(u32, u32)>, Vec<u32>) = (Vec::new(), Vec::new());
    let (mut seen, mut parts) = (0_u32, 0_u32);
    for start in 0..u32::try_from(nodes).expect("fewer than 2^32 nodes") {
        if order[start as usize] != UNSEEN {
            continue;
        }
        path.push((start, first[start as usize]));
        while let Some(&mut (node, ref mut next)) = path.last_mut() {
            let at = node as usize;
            if order[at] == UNSEEN {
                order[at] = seen;
                lowest[at] = seen;
                seen += 1;
                waiting.push(node);
            }
            if *next < first[at + 1] {
                let head = heads[*next as usize];
                *next += 1;
                let to = head as usize;
                if order[to] == UNSEEN {
                    path.push((head, first[to]));
                } else if !complete[to] {
                    lowest[at] = lowest[at].min(order[to]);
                }
                continue;
            }
            path.pop();
            let low = lowest[at];
            if low == order[at] {
                while let Some(member) = waiting.pop() {
                    complete[member as usize] = true;
                    lowest[member as usize] = parts;
                    if member == node {
                        break;
                    }
                }
                parts += 1;
            } else if let Some((parent, _)) = path.last() {
                let parent = *parent as usize;
                lowest[parent] = lowest[parent].min(low);
            }
        }
    }
    lowest
}

/// The part with the most nodes among those that count, the one of the first node among equals; none if no node counts.
#[must_use]
pub fn largest(parts: &[u32], counts: impl Fn(usize) -> bool) -> Option<u32> {
    let mut sizes = vec![0_u32; parts.iter().max().map_or(0, |part| *part as usize + 1)];
    for (node, part) in parts.iter().enumerate() {
        sizes[*part as usize] += u32::from(counts(node));
    }
    let most = sizes.iter().copied().max().filter(|most| *most > 0)?;
    parts.iter().enumerate().find(|(node, part)| counts(*node) && sizes[**part as usize] == most).map(|(_, part)| *part)
}

/// Arcs by tail: where each node's begin, and all heads.
fn outgoing(nodes: usize, arcs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; nodes + 1];
    for (tail, _) in arcs {
        first[*tail as usize + 1] += 1;
    }
    for at in 0..nodes {
        first[at + 1] += first[at];
    }
    let mut next = first.clone();
    let mut heads = vec![0; arcs.len()];
    for (tail, head) in arcs {
        let place = &mut next[*tail as usize];
        heads[*place as usize] = *head;
        *place += 1;
    }
    (first, heads)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reached(nodes: usize, arcs: &[(u32, u32)], from: u32) -> Vec<bool> {
        let mut reached = vec![false; nodes];
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut reached[node as usize], true) {
                open.extend(arcs.iter().filter(|(tail, _)| *tail == node).map(|(_, head)| *head));
            }
        }
        reached
    }

    fn any_graph() -> impl Strategy<Value = (usize, Vec<(u32, u32)>)> {
        (1..24_u32).prop_flat_map(|nodes| (Just(nodes as usize), prop::collection::vec((0..nodes, 0..nodes), 0..60)))
    }

    proptest! {
        #[test]
        fn two_nodes_are_of_one_part_exactly_if_each_is_reached_from_the_other((nodes, arcs) in any_graph()) {
            let parts = strongly_connected(nodes, &arcs);
            let from: Vec<Vec<bool>> = (0..).take(nodes).map(|node| reached(nodes, &arcs, node)).collect();
            for a in 0..nodes {
                for b in 0..nodes {
                    prop_assert_eq!(parts[a] == parts[b], from[a][b] && from[b][a]);
                }
            }
        }

        #[test]
        fn no_part_has_more_nodes_than_the_largest((nodes, arcs) in any_graph(), odd in any::<bool>()) {
            let parts = strongly_connected(nodes, &arcs);
            let counts = |node: usize| odd || node % 2 == 1;
            let size = |part: u32| (0..nodes).filter(|node| counts(*node) && parts[*node] == part).count();
            let most = (0..nodes).map(|node| size(parts[node])).max().unwrap_or(0);
            prop_assert_eq!(largest(&parts, counts).map_or(0, size), most);
        }
    }

    #[test]
    fn a_road_of_a_million_junctions_is_one_part() {
        let there = (0..999_999_u32).map(|node| (node, node + 1));
        let arcs: Vec<(u32, u32)> = there.clone().chain(there.map(|(tail, head)| (head, tail))).collect();
        let parts = strongly_connected(1_000_000, &arcs);
        assert!(parts.iter().all(|part| *part == parts[0]));
    }
}

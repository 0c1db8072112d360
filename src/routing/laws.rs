//! The laws of routing: what the hierarchy answers equals a plain search, and more roads never make a journey longer.

use proptest::prelude::*;

use super::{Contours, Cost, Ends, Field, Graph, Hierarchy, Lines, Metric, NO_WAY, Outline, Part, Routes, Selection, Spot, Way, order};

/// A network: where its nodes lie, its arcs, and what they cost.
#[derive(Debug, Clone)]
struct Network {
    points: Vec<[f32; 2]>,
    arcs: Vec<(u32, u32)>,
    costs: Vec<Cost>,
}

/// A network with its nodes numbered by rank, contracted.
struct Contracted {
    graph: Graph,
    hierarchy: Hierarchy,
    arcs: Vec<(u32, u32)>,
    nodes: u32,
}

/// A grid with streets left out, one-way streets, a few long links across, and loops: some of it is not connected.
fn network() -> impl Strategy<Value = Network> {
    let street = (any::<bool>(), 0..4_u8, 1..5_000_u16, 1..3_000_u16);
    (2..9_u32, 2..9_u32, proptest::collection::vec(street, 160), proptest::collection::vec((any::<u32>(), any::<u32>(), 1..9_000_u16), 0..12)).prop_map(
        |(columns, rows, streets, links)| {
            let node = |column: u32, row: u32| row * columns + column;
            let points = (0..columns * rows).map(|at| [(at % columns) as f32, (at / columns) as f32]).collect();
            let (mut arcs, mut costs) = (Vec::new(), Vec::new());
            let mut streets = streets.into_iter().cycle();
            let mut lay = |from: u32, to: u32| {
                let (turned, open, least, beside) = streets.next().expect("streets come again and again");
                let cost = Cost { least: f32::from(least), beside: f32::from(beside) };
                let (from, to) = if turned { (to, from) } else { (from, to) };
                if open > 0 {
                    arcs.push((from, to));
                    costs.push(cost);
                }
                if open > 1 {
                    arcs.push((to, from));
                    costs.push(cost);
                }
            };
            for row in 0..rows {
                for column in 0..columns {
                    if column + 1 < columns {
                        lay(node(column, row), node(column + 1, row));
                    }
                    if row + 1 < rows {
                        lay(node(column, row), node(column, row + 1));
                    }
                }
            }
            for (from, to, least) in links {
                arcs.push((from % (columns * rows), to % (columns * rows)));
                costs.push(Cost { least: f32::from(least), beside: 7.0 });
            }
            Network { points, arcs, costs }
        },
    )
}

impl Network {
    fn contracted(&self) -> Contracted {
        let rank = order(&self.points, &self.arcs);
        let arcs: Vec<(u32, u32)> = self.arcs.iter().map(|&(tail, head)| (rank[tail as usize], rank[head as usize])).collect();
        let nodes = self.points.len();
        Contracted { graph: Graph::new(nodes, &arcs), hierarchy: Hierarchy::new(nodes, &arcs), arcs, nodes: nodes as u32 }
    }
}

impl Contracted {
    /// The costs between a start and all nodes by a plain search.
    fn searched(&self, costs: &[Cost], start: Ends, way: Way) -> Vec<Cost> {
        let mut all = vec![Cost::NONE; self.nodes as usize];
        for (node, cost) in self.graph.within(costs, start, way, NO_WAY) {
            all[node as usize] = cost;
        }
        all
    }

    fn all(&self) -> Vec<Ends> {
        (0..self.nodes).map(Ends::at).collect()
    }
}

proptest! {
    #[test]
    fn one_to_all_equals_a_plain_search_out_and_back(network in network(), start in any::<u32>(), ends in (0..500_u16, 0..500_u16)) {
        let contracted = network.contracted();
        let metric = Metric::new(&contracted.hierarchy, &network.costs);
        let routes = Routes { hierarchy: &contracted.hierarchy, metric: &metric };
        let near = |node: u32, off: u16| (node % contracted.nodes, Cost { least: f32::from(off), beside: f32::from(off / 2) });
        let start = Ends([near(start, ends.0), near(start / 7, ends.1)]);
        for way in [Way::Out, Way::Back] {
            prop_assert_eq!(routes.to_all(start, way), contracted.searched(&network.costs, start, way));
        }
    }

    #[test]
    fn tables_of_many_starts_equal_plain_searches(network in network(), targets in proptest::collection::vec(any::<u32>(), 1..9)) {
        let contracted = network.contracted();
        let metric = Metric::new(&contracted.hierarchy, &network.costs);
        let routes = Routes { hierarchy: &contracted.hierarchy, metric: &metric };
        let targets: Vec<Ends> = targets.into_iter().map(|target| Ends::at(target % contracted.nodes)).collect();
        let selection = Selection::above(&contracted.hierarchy, targets.iter().copied());
        let starts = contracted.all();
        for way in [Way::Out, Way::Back] {
            let (both, least) = (routes.costs(&starts, &targets, &selection, way), routes.least(&starts, &targets, &selection, way));
            for (start, row) in starts.iter().zip(both.chunks(targets.len())) {
                let searched = contracted.searched(&network.costs, *start, way);
                let expected: Vec<Cost> = targets.iter().map(|target| searched[target.0[0].0 as usize]).collect();
                prop_assert_eq!(row, &expected[..]);
            }
            prop_assert!(both.iter().zip(least).all(|(cost, least)| cost.least == least));
        }
    }

    #[test]
    fn no_detour_over_a_third_place_is_shorter(network in network()) {
        let contracted = network.contracted();
        let metric = Metric::new(&contracted.hierarchy, &network.costs);
        let all = contracted.all();
        let selection = Selection::above(&contracted.hierarchy, all.iter().copied());
        let table = Routes { hierarchy: &contracted.hierarchy, metric: &metric }.least(&all, &all, &selection, Way::Out);
        let count = contracted.nodes as usize;
        for a in 0..count {
            prop_assert_eq!(table[a * count + a], 0.0);
            for b in (0..count).step_by(3) {
                prop_assert!((0..count).all(|c| table[a * count + c] <= table[a * count + b] + table[b * count + c]));
            }
        }
    }

    #[test]
    fn closing_a_road_never_shortens_a_journey(network in network(), closed in any::<proptest::sample::Index>()) {
        prop_assume!(!network.arcs.is_empty());
        let contracted = network.contracted();
        let table = |costs: &[Cost]| {
            let metric = Metric::new(&contracted.hierarchy, costs);
            let all = contracted.all();
            let selection = Selection::above(&contracted.hierarchy, all.iter().copied());
            Routes { hierarchy: &contracted.hierarchy, metric: &metric }.least(&all, &all, &selection, Way::Out)
        };
        let mut costs = network.costs.clone();
        costs[closed.index(network.arcs.len())] = Cost::NONE;
        prop_assert!(table(&network.costs).iter().zip(table(&costs)).all(|(open, shut)| *open <= shut));
    }

    #[test]
    fn a_bounded_search_finds_what_lies_within_the_bound_nearest_first(network in network(), start in any::<u32>(), most in 0..9_000_u16) {
        let contracted = network.contracted();
        let start = Ends::at(start % contracted.nodes);
        let found = contracted.graph.within(&network.costs, start, Way::Out, f32::from(most));
        prop_assert!(found.windows(2).all(|pair| pair[0].1.least <= pair[1].1.least));
        let mut nodes: Vec<u32> = found.iter().map(|(node, _)| *node).collect();
        nodes.sort_unstable();
        let all = contracted.searched(&network.costs, start, Way::Out);
        prop_assert!(nodes.into_iter().eq((0..contracted.nodes).filter(|&node| all[node as usize].least <= f32::from(most))));
        prop_assert_eq!(contracted.arcs.len(), network.arcs.len());
    }

    #[test]
    fn an_arc_that_is_slower_never_makes_another_journey_shorter(network in network(), factor in 1..5_u8) {
        let contracted = network.contracted();
        let slower: Vec<Cost> = network.costs.iter().map(|cost| Cost { least: cost.least * f32::from(factor), ..*cost }).collect();
        let [usual, slow] = [&network.costs, &slower].map(|costs| {
            let metric = Metric::new(&contracted.hierarchy, costs);
            Routes { hierarchy: &contracted.hierarchy, metric: &metric }.to_all(Ends::at(0), Way::Out)
        });
        prop_assert!(usual.iter().zip(slow).all(|(usual, slow)| usual.least <= slow.least));
    }

    #[test]
    fn outlines_hold_what_is_reached_and_nest(
        ends in proptest::collection::vec(((0..100_000, 0..100_000), (-40_000..40_000, -40_000..40_000), 0..200_u16), 1..20),
        limits in (50..300_u16, 1..200_u16),
    ) {
        let spots: Vec<[Spot; 2]> = ends.iter().map(|((x, y), (dx, dy), _): &((i32, i32), (i32, i32), u16)| [[*x, *y], [x + dx, y + dy]]).collect();
        let lines = Lines::new((0..=ends.len() as u32).map(|link| 2 * link).collect(), spots.concat());
        let [least, most] = lines.bounds();
        let cap = 250.0;
        let [least, most] = [least.map(|axis| axis - 30_000), most.map(|axis| axis + 30_000)];
        let field = Field::new(&lines, least, most, 5_000, cap, |_| true);
        // A second to the metre off the road, and a time of its own along each link.
        let at = |link: u32, fraction: f32| f32::from(ends[link as usize].2) * (1.0 + fraction);
        let surface = field.surface(&Part { columns: 0..field.columns, rows: 0..field.rows }, 1.0, at);
        let mut contours = Contours::new(field.columns, &surface);
        let (near, far) = (f32::from(limits.0), f32::from(limits.0 + limits.1));
        let (inner, outer) = (contours.within(near), contours.within(far));
        for (point, &cost) in surface.iter().enumerate() {
            let place = [(point % field.columns) as f64, (point / field.columns) as f64];
            for (outlines, limit) in [(&inner, near), (&outer, far)] {
                prop_assert_eq!(holds(outlines, place), cost <= limit, "{:?} {}", place, limit);
            }
        }
        for step in 0..field.columns * 4 * field.rows * 4 {
            let place = [(step % (field.columns * 4)) as f64 / 4.0 + 0.031, (step / (field.columns * 4)) as f64 / 4.0 + 0.017];
            prop_assert!(!holds(&inner, place) || holds(&outer, place), "{:?}", place);
        }
        prop_assert!(inner.iter().flatten().all(|ring| ring.len() > 3 && ring.first() == ring.last()));
    }

    #[test]
    fn a_field_knows_the_nearest_link_almost_exactly(ends in proptest::collection::vec(((0..200_000, 0..200_000), (-40_000..40_000, -40_000..40_000)), 1..25)) {
        let ends: Vec<[Spot; 2]> = ends.into_iter().map(|((x, y), (dx, dy)): ((i32, i32), (i32, i32))| [[x, y], [x + dx, y + dy]]).collect();
        let lines = Lines::new((0..=ends.len() as u32).map(|link| 2 * link).collect(), ends.concat());
        let (step, cap) = (5_000, 400.0);
        // A field knows the links that lie within it: as the whole network does within its own rectangle.
        let [least, most] = lines.bounds();
        let field = Field::new(&lines, least, most, step, cap, |_| true);
        // On foot alone, a metre a second: the surface is the distance from the nearest link.
        let surface = field.surface(&Part { columns: 0..field.columns, rows: 0..field.rows }, 1.0, |_, _| 0.0);
        let edge = |at: usize| at.is_multiple_of(field.columns) || (at + 1).is_multiple_of(field.columns) || at < field.columns || at + field.columns >= surface.len();
        for (at, &metres) in surface.iter().enumerate().filter(|(at, _)| !edge(*at)) {
            let spot = [field.corner[0] + (at % field.columns) as i32 * step, field.corner[1] + (at / field.columns) as i32 * step];
            let nearest = lines.nearest(spot, cap, |_| true).map_or(f64::INFINITY, |nearest| nearest.metres);
            let found = f64::from(metres);
            // A segment that no neighbour knows is missed now and then; never by much, and never is one nearer than the nearest.
            prop_assert!(found >= nearest - 0.01, "{spot:?}: {found} {nearest}");
            prop_assert!(found <= nearest + 15.0 || nearest > cap - 71.0, "{spot:?}: {found} {nearest}");
        }
    }
}

fn holds(outlines: &[Outline], [x, y]: [f64; 2]) -> bool {
    let crossings = outlines.iter().flatten().flat_map(|ring| ring.windows(2)).filter(|pair| {
        let [a, b] = [pair[0], pair[1]];
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    });
    crossings.count() % 2 == 1
}

//! The laws of journeys by timetable, against a search through single rides that knows neither rounds nor lines.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use proptest::prelude::*;

use super::*;

const STOPS: u32 = 7;
const TARGETS: usize = 3;

/// Stops, and the runs over them.
type Runs = (Vec<u32>, Vec<Vec<(u32, u32)>>);

/// A small timetable with walks, a place and targets.
#[derive(Debug, Clone)]
struct World {
    services: Vec<Runs>,
    footpaths: Vec<Vec<(u32, u32)>>,
    access: Vec<(u32, u32)>,
    egress: Vec<Vec<(u32, u32)>>,
    rules: Rules,
}

impl World {
    fn lines(&self) -> Lines {
        Lines::new(self.services.iter().map(|(stops, runs)| Service { stops, runs: runs.clone() }), Walks::new(&self.footpaths))
    }

    /// Arrival at each target when one leaves at a time, by Dijkstra over what one does next: board, alight, change, walk away.
    fn brute(&self, leaving: u32) -> Vec<u32> {
        let mut arrivals = vec![NEVER; TARGETS];
        let mut queue: BinaryHeap<Reverse<(u32, usize, u32)>> = BinaryHeap::new();
        let mut met = HashSet::new();
        for &(stop, walk) in &self.access {
            queue.push(Reverse((leaving + walk, 0, stop)));
        }
        while let Some(Reverse((time, rides, stop))) = queue.pop() {
            if rides == self.rules.rides || !met.insert((rides, stop)) {
                continue;
            }
            for (stops, runs) in &self.services {
                for run in runs {
                    for place in (0..stops.len()).filter(|&place| stops[place] == stop && run[place].1 >= time) {
                        for later in place + 1..stops.len() {
                            let (alighted, there) = (run[later].0, stops[later]);
                            for &(target, walk) in &self.egress[there as usize] {
                                let arrival = &mut arrivals[target as usize];
                                *arrival = (*arrival).min(alighted + walk);
                            }
                            let on = alighted + self.rules.change_seconds;
                            queue.push(Reverse((on, rides + 1, there)));
                            queue.extend(self.footpaths[there as usize].iter().map(|&(to, walk)| Reverse((on + walk, rides + 1, to))));
                        }
                    }
                }
            }
        }
        arrivals.into_iter().map(|arrival| if arrival <= leaving + self.rules.limit_seconds { arrival - leaving } else { NEVER }).collect()
    }

    /// The same world seen backwards from a horizon: rides, walks, access and egress exchanged.
    fn backwards(&self, horizon: u32) -> Self {
        let back = |run: &Vec<(u32, u32)>| run.iter().rev().map(|&(arrival, departure)| (horizon - departure, horizon - arrival)).collect();
        let services = self.services.iter().map(|(stops, runs)| (stops.iter().rev().copied().collect(), runs.iter().map(back).collect())).collect();
        let mut footpaths = vec![Vec::new(); STOPS as usize];
        for (from, to, seconds) in (0..).zip(&self.footpaths).flat_map(|(from, list)| list.iter().map(move |&(to, seconds)| (from, to, seconds))) {
            footpaths[to as usize].push((from, seconds));
        }
        Self { services, footpaths, ..self.clone() }
    }
}

fn run(length: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    (0u32..60, prop::collection::vec((0u32..12, 0u32..3), length)).prop_map(|(start, steps)| {
        let mut now = start;
        let mut times = Vec::new();
        for (ride, wait) in steps {
            times.push((now + ride, now + ride + wait));
            now += ride + wait;
        }
        times
    })
}

fn service() -> impl Strategy<Value = Runs> {
    prop::collection::vec(0..STOPS, 2..5).prop_flat_map(|stops| {
        let runs = prop::collection::vec(run(stops.len()), 1..6);
        (Just(stops), runs)
    })
}

fn pairs(to: u32, most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0..to, 0u32..15), 0..most)
}

prop_compose! {
    fn world()(
        services in prop::collection::vec(service(), 0..7),
        footpaths in prop::collection::vec(pairs(STOPS, 3), STOPS as usize),
        access in pairs(STOPS, 4),
        egress in prop::collection::vec(pairs(3, 3), STOPS as usize),
        rides in 1usize..5, change_seconds in 0u32..4, limit_seconds in prop_oneof![20u32..80, Just(1000)],
    ) -> World {
        World { services, footpaths, access, egress, rules: Rules { rides, change_seconds, limit_seconds } }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_window_holds_what_a_search_through_single_rides_finds_for_each_departure(world in world(), step in 1u32..7) {
        let departures: Vec<u32> = (0..12).map(|at| at * step).collect();
        let window = world.lines().window(&world.access, &departures, &Walks::new(&world.egress), TARGETS, world.rules);
        for (at, &leaving) in departures.iter().enumerate() {
            let found: Vec<u32> = (0..TARGETS).map(|target| window.of(target)[at]).collect();
            prop_assert_eq!(found, world.brute(leaving), "leaving at {}", leaving);
        }
    }

    #[test]
    fn to_arrive_in_time_is_to_leave_in_a_world_that_runs_backwards(world in world(), step in 1u32..7) {
        let horizon = 200;
        let departures: Vec<u32> = (0..12).map(|at| 60 + at * step).collect();
        let lines = world.lines().reversed(horizon);
        let window = lines.window(&world.access, &departures, &Walks::new(&world.egress), TARGETS, world.rules);
        let backwards = world.backwards(horizon);
        for (at, &leaving) in departures.iter().enumerate() {
            let found: Vec<u32> = (0..TARGETS).map(|target| window.of(target)[at]).collect();
            prop_assert_eq!(found, backwards.brute(leaving), "arriving at {}", horizon - leaving);
        }
    }

    #[test]
    fn there_in_time_and_back_again_agree(world in world(), leaving in 0u32..60) {
        // Who leaves then arrives at that minute; who must arrive at that minute need not leave earlier.
        let horizon = 2_000;
        let rules = Rules { limit_seconds: 1_000, ..world.rules };
        let forwards = World { rules, ..world.clone() };
        let window = forwards.lines().window(&world.access, &[leaving], &Walks::new(&world.egress), TARGETS, rules);
        let access_back = Walks::new([&world.access]).reversed(STOPS as usize);
        for target in 0..TARGETS {
            let seconds = window.of(target)[0];
            if seconds == NEVER { continue }
            let arrival = leaving + seconds;
            let from_target: Vec<(u32, u32)> = (0..).zip(&world.egress)
                .flat_map(|(stop, list)| list.iter().filter(move |walk| walk.0 as usize == target).map(move |walk| (stop, walk.1))).collect();
            let back = forwards.lines().reversed(horizon).window(&from_target, &[horizon - arrival], &access_back, 1, rules);
            let left = arrival - back.of(0)[0];
            prop_assert!(left >= leaving, "left at {left}, not {leaving}");
            // And who leaves as late as that still arrives no later.
            let again = forwards.lines().window(&world.access, &[left], &Walks::new(&world.egress), TARGETS, rules);
            prop_assert_eq!(left + again.of(target)[0], arrival);
        }
    }

    #[test]
    fn who_leaves_later_never_arrives_earlier_and_more_rides_never_arrive_later(world in world(), leaving in 0u32..60, later in 0u32..20) {
        let lines = world.lines();
        let unlimited = Rules { limit_seconds: 100_000, ..world.rules };
        let more = Rules { rides: unlimited.rides + 1, ..unlimited };
        let now = lines.arrivals(&world.access, leaving, unlimited);
        for (first, second) in now.iter().zip(lines.arrivals(&world.access, leaving + later, unlimited)) {
            prop_assert!(*first <= second);
        }
        for (fewer, more) in now.iter().zip(lines.arrivals(&world.access, leaving, more)) {
            prop_assert!(more <= *fewer);
        }
    }

    #[test]
    fn no_run_of_a_line_overtakes_another_and_none_is_lost(runs in prop::collection::vec(run(4), 0..12)) {
        let parts = in_lines(runs.clone());
        for part in &parts {
            prop_assert!(part.windows(2).all(|pair| follows(&pair[1], &pair[0])));
        }
        let mut all: Vec<_> = parts.into_iter().flatten().collect();
        let mut runs = runs;
        all.sort_unstable();
        runs.sort_unstable();
        prop_assert_eq!(all, runs);
    }

    #[test]
    fn lines_backwards_twice_are_the_lines(world in world()) {
        let lines = world.lines();
        let mut twice = lines.reversed(500).reversed(500);
        // The order of walks of one stop means nothing.
        twice.footpaths = lines.footpaths.clone();
        prop_assert_eq!(twice, lines);
    }
}

//! The search itself: labels for each stop and number of rides, kept from the latest departure to the earliest.

use super::{Lines, NEVER, Rules, Walks, position};

/// Seconds of every journey of a window: one row of all departures for each target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    departures: usize,
    seconds: Vec<u32>,
}

impl Window {
    /// The seconds to a target for each departure in the order asked for; [`NEVER`] where it is not reached.
    #[must_use]
    pub fn of(&self, target: usize) -> &[u32] {
        &self.seconds[target * self.departures..][..self.departures]
    }
}

/// What is known of every stop while departures go from the latest to the earliest.
struct Search<'a> {
    lines: &'a Lines,
    rules: Rules,
    /// For each stop, the earliest alighting with at most 1, 2, … rides.
    alighted: Vec<u32>,
    /// For each stop, from when on one can board after at most 0, 1, … rides.
    ready: Vec<u32>,
    /// Stops at which one can board earlier than before, for the round to come.
    marked: Marks,
    /// Stops at which one alights earlier in this round, and since the departure began.
    met: Marks,
    bettered: Marks,
    /// The lines to be ridden in this round, and the first place of each at which one can board earlier than before.
    queue: Vec<u32>,
    from: Vec<u32>,
}

/// A set that is emptied in the time that its members take.
struct Marks {
    is_in: Vec<bool>,
    members: Vec<u32>,
}

impl Marks {
    fn new(of: usize) -> Self {
        Self { is_in: vec![false; of], members: Vec::new() }
    }

    fn add(&mut self, member: u32) {
        if !std::mem::replace(&mut self.is_in[member as usize], true) {
            self.members.push(member);
        }
    }

    fn drain(&mut self) -> impl Iterator<Item = u32> + '_ {
        let is_in = &mut self.is_in;
        self.members.drain(..).inspect(move |&member| is_in[member as usize] = false)
    }
}

impl Lines {
    /// The earliest alighting at every stop when one leaves at a time and boards at the stops of `access` after their seconds; [`NEVER`] where no
    /// ride leads in the limit.
    #[must_use]
    pub fn arrivals(&self, access: &[(u32, u32)], leaving: u32, rules: Rules) -> Vec<u32> {
        let mut search = Search::new(self, rules);
        search.leave(access, leaving);
        search.alighted.chunks_exact(rules.rides).map(|labels| labels[rules.rides - 1]).collect()
    }

    /// The seconds of the fastest journey with a ride to each target, for each of the departures, which ascend. `egress` has one list of targets with
    /// their seconds for each stop.
    #[must_use]
    pub fn window(&self, access: &[(u32, u32)], departures: &[u32], egress: &Walks, targets: usize, rules: Rules) -> Window {
        let mut search = Search::new(self, rules);
        let mut arrivals = vec![NEVER; targets];
        let mut seconds = vec![NEVER; targets * departures.len()];
        for (at, &leaving) in departures.iter().enumerate().rev() {
            search.leave(access, leaving);
            for stop in search.bettered.drain() {
                let alighted = search.alighted[stop as usize * rules.rides + rules.rides - 1];
                for &(target, walk) in egress.of(stop as usize) {
                    let arrival = &mut arrivals[target as usize];
                    *arrival = (*arrival).min(alighted.saturating_add(walk));
                }
            }
            for (target, &arrival) in arrivals.iter().enumerate() {
                if arrival <= leaving.saturating_add(rules.limit_seconds) {
                    seconds[target * departures.len() + at] = arrival - leaving;
                }
            }
        }
        Window { departures: departures.len(), seconds }
    }
}

impl<'a> Search<'a> {
    fn new(lines: &'a Lines, rules: Rules) -> Self {
        assert!(rules.rides > 0, "a journey by timetable has a ride");
        let stops = lines.stops();
        let labels = || vec![NEVER; stops * rules.rides];
        let [marked, met, bettered] = [(); 3].map(|()| Marks::new(stops));
        Self { lines, rules, alighted: labels(), ready: labels(), marked, met, bettered, queue: Vec::new(), from: vec![NEVER; lines.each.len()] }
    }

    /// Adds the journeys that leave at a time no later than those before.
    fn leave(&mut self, access: &[(u32, u32)], leaving: u32) {
        let limit = leaving.saturating_add(self.rules.limit_seconds);
        for &(stop, seconds) in access {
            self.board_from(stop, 0, leaving.saturating_add(seconds));
        }
        for ride in 0..self.rules.rides {
            self.gather();
            for at in 0..self.queue.len() {
                let line = self.queue[at];
                let from = std::mem::replace(&mut self.from[line as usize], NEVER);
                self.ride(line, from, ride, limit);
            }
            self.queue.clear();
            self.change(ride);
        }
    }

    /// The lines at the marked stops.
    fn gather(&mut self) {
        for stop in self.marked.drain() {
            for &(line, place) in self.lines.serving.of(stop as usize) {
                let from = &mut self.from[line as usize];
                if *from == NEVER {
                    self.queue.push(line);
                }
                *from = place.min(*from);
            }
        }
    }

    /// Rides a line from a place on, always in the earliest run that can be caught.
    fn ride(&mut self, line: u32, from: u32, ride: usize, limit: u32) {
        let (lines, rides) = (self.lines, self.rules.rides);
        let line = &lines.each[line as usize];
        let stops = lines.stops_of(line);
        let mut run = line.runs;
        let mut arrivals: &[u32] = &[];
        for place in from..line.length {
            let stop = stops[place as usize];
            let label = stop as usize * rides + ride;
            if run < line.runs {
                let arrival = arrivals[place as usize];
                if arrival < self.alighted[label] && arrival <= limit {
                    better(&mut self.alighted[label..label + rides - ride], arrival);
                    self.met.add(stop);
                    self.bettered.add(stop);
                }
            }
            let ready = self.ready[label];
            if ready != NEVER && run > 0 {
                let departures = &lines.departures_at(line, place)[..run as usize];
                if departures[run as usize - 1] >= ready {
                    run = position(departures.partition_point(|&departure| departure < ready));
                    arrivals = lines.arrivals_of(line, run);
                }
            }
        }
    }

    /// From the stops at which one has alighted earlier, on foot to where one may board again.
    fn change(&mut self, ride: usize) {
        let Self { lines, rules, .. } = *self;
        let mut met = std::mem::replace(&mut self.met, Marks::new(0));
        for stop in met.drain() {
            if ride + 1 == rules.rides {
                continue;
            }
            let from = self.alighted[stop as usize * rules.rides + ride].saturating_add(rules.change_seconds);
            self.board_from(stop, ride + 1, from);
            for &(to, seconds) in lines.footpaths.of(stop as usize) {
                self.board_from(to, ride + 1, from.saturating_add(seconds));
            }
        }
        self.met = met;
    }

    /// Says that after so many rides one can board at a stop from a time on.
    fn board_from(&mut self, stop: u32, rides: usize, time: u32) {
        let labels = &mut self.ready[stop as usize * self.rules.rides + rides..(stop as usize + 1) * self.rules.rides];
        if time < labels[0] {
            better(labels, time);
            self.marked.add(stop);
        }
    }
}

/// What can be done with some rides can be done with more.
fn better(labels: &mut [u32], time: u32) {
    for label in labels {
        *label = time.min(*label);
    }
}

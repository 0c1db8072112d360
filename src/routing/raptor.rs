//! Journeys by timetable, round by round: each round rides once more, and what no later departure betters is kept (RAPTOR and its range form).
//!
//! Times are whole seconds on a clock of the caller's choosing. A journey walks to a stop, rides, perhaps changes (on foot, and with the seconds that
//! a change needs), and walks from a stop. The search the other way round, by which everybody arrives at one place in time, is the same search over
//! lines that run backwards: see [`Lines::reversed`].

#[cfg(test)]
mod laws;
mod search;

pub use search::Window;

/// A time at which nobody arrives.
pub const NEVER: u32 = u32::MAX;

/// The runs of vehicles over one sequence of stops.
#[derive(Debug, Clone)]
pub struct Service<'a> {
    /// The stops in order, at least two; one may stand there twice.
    pub stops: &'a [u32],
    /// Arrival and departure at each of the stops, never falling, for each run.
    pub runs: Vec<Vec<(u32, u32)>>,
}

/// Lists of pairs, one list for each of a row of things: stops within walking distance of each stop, or of each place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walks {
    first: Vec<u32>,
    to: Vec<(u32, u32)>,
}

impl Default for Walks {
    fn default() -> Self {
        Self { first: vec![0], to: Vec::new() }
    }
}

impl Walks {
    /// From the lists: where each walk leads, and its seconds.
    #[must_use]
    pub fn new<L: AsRef<[(u32, u32)]>>(lists: impl IntoIterator<Item = L>) -> Self {
        let mut walks = Self::default();
        for list in lists {
            walks.to.extend_from_slice(list.as_ref());
            walks.first.push(position(walks.to.len()));
        }
        walks
    }

    /// How many lists there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// Whether there is no list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The walks of one thing.
    #[must_use]
    pub fn of(&self, thing: usize) -> &[(u32, u32)] {
        &self.to[self.first[thing] as usize..self.first[thing + 1] as usize]
    }

    /// The same walks the other way, for so many things at their ends.
    #[must_use]
    pub fn reversed(&self, ends: usize) -> Self {
        let mut first = vec![0; ends + 1];
        for &(end, _) in &self.to {
            first[end as usize + 1] += 1;
        }
        for end in 0..ends {
            first[end + 1] += first[end];
        }
        let mut next = first.clone();
        let mut to = vec![(0, 0); self.to.len()];
        for thing in 0..self.len() {
            for &(end, seconds) in self.of(thing) {
                to[next[end as usize] as usize] = (position(thing), seconds);
                next[end as usize] += 1;
            }
        }
        Self { first, to }
    }
}

/// How journeys are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How many vehicles a journey may use, at least one.
    pub rides: usize,
    /// The seconds that a change needs beside the walk between its stops.
    pub change_seconds: u32,
    /// The seconds from leaving to arriving beyond which a journey does not count.
    pub limit_seconds: u32,
}

/// One row of stops with the vehicles that serve it, none overtaking another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    /// Where its stops begin in `stops`.
    first_stop: u32,
    /// Where its times begin in `arrivals` and `departures`.
    first_time: u32,
    length: u32,
    runs: u32,
}

/// Lines ready to be searched, with the walks between their stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    each: Vec<Line>,
    stops: Vec<u32>,
    /// Run by run, all stops of a run together.
    arrivals: Vec<u32>,
    /// Stop by stop, all runs at a stop together: the earliest run to be caught is found by halving.
    departures: Vec<u32>,
    /// The lines at each stop with the stop's place in the line.
    serving: Walks,
    footpaths: Walks,
}

impl Lines {
    /// Lines of services; `footpaths` has one list for each stop, its own stop not in it. Runs that overtake one another come into different lines.
    #[must_use]
    pub fn new<'a>(services: impl IntoIterator<Item = Service<'a>>, footpaths: Walks) -> Self {
        let mut made = Self { each: Vec::new(), stops: Vec::new(), arrivals: Vec::new(), departures: Vec::new(), serving: Walks::default(), footpaths };
        for Service { stops, runs } in services {
            for runs in in_lines(runs) {
                made.add(stops, &runs);
            }
        }
        made.index();
        made
    }

    fn add(&mut self, stops: &[u32], runs: &[Vec<(u32, u32)>]) {
        let (first_stop, first_time) = (position(self.stops.len()), position(self.arrivals.len()));
        self.each.push(Line { first_stop, first_time, length: position(stops.len()), runs: position(runs.len()) });
        self.stops.extend_from_slice(stops);
        self.arrivals.extend(runs.iter().flatten().map(|(arrival, _)| arrival));
        self.departures.extend((0..stops.len()).flat_map(|place| runs.iter().map(move |run| run[place].1)));
    }

    fn index(&mut self) {
        let by_line = self.each.iter().map(|line| (0..).zip(self.stops_of(line)).map(|(place, &stop)| (stop, place)).collect::<Vec<_>>());
        self.serving = Walks::new(by_line).reversed(self.footpaths.len());
    }

    /// How many stops there are.
    #[must_use]
    pub fn stops(&self) -> usize {
        self.footpaths.len()
    }

    /// How many runs there are.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.each.iter().map(|line| line.runs as usize).sum()
    }

    /// The same lines backwards: what happened at a time now happens at `horizon` less that time, and rides and walks lead back to where they began.
    /// No time may be later than the horizon.
    #[must_use]
    pub fn reversed(&self, horizon: u32) -> Self {
        let footpaths = self.footpaths.reversed(self.stops());
        let mut made = Self { each: Vec::new(), stops: Vec::new(), arrivals: Vec::new(), departures: Vec::new(), serving: Walks::default(), footpaths };
        for line in &self.each {
            let stops: Vec<u32> = self.stops_of(line).iter().rev().copied().collect();
            let back = |run: u32| {
                let arrivals = self.arrivals_of(line, run);
                let times = (0..line.length).rev();
                times.map(|place| (horizon - self.departures_at(line, place)[run as usize], horizon - arrivals[place as usize])).collect::<Vec<_>>()
            };
            let runs: Vec<Vec<(u32, u32)>> = (0..line.runs).rev().map(back).collect();
            made.add(&stops, &runs);
        }
        made.index();
        made
    }

    fn stops_of(&self, line: &Line) -> &[u32] {
        &self.stops[line.first_stop as usize..][..line.length as usize]
    }

    fn arrivals_of(&self, line: &Line, run: u32) -> &[u32] {
        &self.arrivals[line.first_time as usize + run as usize * line.length as usize..][..line.length as usize]
    }

    fn departures_at(&self, line: &Line, place: u32) -> &[u32] {
        &self.departures[line.first_time as usize + place as usize * line.runs as usize..][..line.runs as usize]
    }
}

/// Runs over the same stops, sorted and parted so that within each part no run overtakes another, at any stop.
#[must_use]
pub fn in_lines(mut runs: Vec<Vec<(u32, u32)>>) -> Vec<Vec<Vec<(u32, u32)>>> {
    runs.sort_unstable();
    let mut parts: Vec<Vec<Vec<(u32, u32)>>> = Vec::new();
    for run in runs {
        let fits = |part: &Vec<Vec<(u32, u32)>>| part.last().is_some_and(|last| follows(&run, last));
        match parts.iter().position(fits) {
            Some(at) => parts[at].push(run),
            None => parts.push(vec![run]),
        }
    }
    parts
}

/// Whether a run is nowhere before another.
#[must_use]
pub fn follows(run: &[(u32, u32)], earlier: &[(u32, u32)]) -> bool {
    run.iter().zip(earlier).all(|(own, other)| own.0 >= other.0 && own.1 >= other.1)
}

fn position(of: usize) -> u32 {
    u32::try_from(of).expect("a timetable has fewer than 2^32 calls")
}

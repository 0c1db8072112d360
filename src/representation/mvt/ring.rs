//! Closed rings of whole units: winding, thinning, and the cut at a window's edge.

use geo_types::Coord;

/// A closed ring; its first position is not repeated at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ring(pub Vec<Coord<i64>>);

impl Ring {
    /// A ring through these positions; repeated ones are dropped.
    pub fn of(positions: impl Iterator<Item = Coord<i64>>) -> Self {
        let mut ring = Vec::with_capacity(positions.size_hint().0);
        for position in positions {
            if ring.last() != Some(&position) {
                ring.push(position);
            }
        }
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        Self(ring)
    }

    /// Twice the area: positive where the ring runs clockwise on the screen, as the specification has exteriors.
    pub fn doubled_area(&self) -> i128 {
        let Some(first) = self.0.first() else {
            return 0;
        };
        let from_first = |c: &Coord<i64>| (i128::from(c.x - first.x), i128::from(c.y - first.y));
        self.0.windows(2).map(|pair| (from_first(&pair[0]), from_first(&pair[1]))).map(|((ax, ay), (bx, by))| ax * by - bx * ay).sum()
    }

    /// The same ring wound as an exterior or as a hole; none if it has no area.
    pub fn wound(mut self, exterior: bool) -> Option<Self> {
        let area = self.doubled_area();
        if area == 0 {
            return None;
        }
        if (area > 0) != exterior {
            self.0.reverse();
        }
        Some(self)
    }

    /// The same shape without positions on straight lines and without spikes: what has no area leaves no trace.
    fn thinned(self) -> Self {
        let mut ring: Vec<Coord<i64>> = Vec::with_capacity(self.0.len());
        for position in self.0 {
            while ring.last() != Some(&position) && ring.len() > 1 && straight(ring[ring.len() - 2], ring[ring.len() - 1], position) {
                ring.pop();
            }
            if ring.last() != Some(&position) {
                ring.push(position);
            }
        }
        // The seam between the last position and the first.
        let mut start = 0;
        while let [first, second, .., before, last] = ring[start..] {
            if last == first || straight(before, last, first) {
                ring.pop();
            } else if straight(last, first, second) {
                start += 1;
            } else {
                break;
            }
        }
        ring.drain(..start);
        Self(ring)
    }

    /// Whether a position lies inside, by the number of edges to its right.
    fn encloses(&self, at: Coord<i64>) -> bool {
        let mut inside = false;
        for (a, b) in self.edges() {
            if (a.y > at.y) != (b.y > at.y) {
                let side = i128::from(b.x - a.x) * i128::from(at.y - a.y) - i128::from(at.x - a.x) * i128::from(b.y - a.y);
                inside ^= (side > 0) == (b.y > a.y);
            }
        }
        inside
    }

    fn edges(&self) -> impl Iterator<Item = (Coord<i64>, Coord<i64>)> {
        self.0.iter().zip(self.0.iter().cycle().skip(1)).map(|(a, b)| (*a, *b))
    }
}

/// Whether three positions lie on one line, whatever their order.
fn straight(a: Coord<i64>, b: Coord<i64>, c: Coord<i64>) -> bool {
    i128::from(b.x - a.x) * i128::from(c.y - b.y) == i128::from(b.y - a.y) * i128::from(c.x - b.x)
}

/// Thins the rings of a polygon and puts every hole behind the exterior that holds it.
pub(super) fn assembled(rings: Vec<Ring>) -> Vec<Ring> {
    let rings = rings.into_iter().map(Ring::thinned).map(|ring| (ring.doubled_area(), ring)).filter(|(area, _)| *area != 0);
    let (exteriors, holes): (Vec<_>, Vec<_>) = rings.partition(|(area, _)| *area > 0);
    let mut groups: Vec<Vec<Ring>> = exteriors.into_iter().map(|(_, ring)| vec![ring]).collect();
    for (_, hole) in holes {
        let holder = if groups.len() == 1 { Some(0) } else { groups.iter().position(|group| hole.0.iter().any(|at| group[0].encloses(*at))) };
        if let Some(holder) = holder {
            groups[holder].push(hole);
        }
    }
    groups.into_iter().flatten().collect()
}

/// The square of a tile with its buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub min: i64,
    pub max: i64,
}

impl Window {
    /// Whether a position lies in it.
    pub fn holds(self, at: Coord<i64>) -> bool {
        let range = self.min..=self.max;
        range.contains(&at.x) && range.contains(&at.y)
    }

    /// Whether all of a ring lies in it.
    pub fn covers(self, ring: &Ring) -> bool {
        ring.0.iter().all(|at| self.holds(*at))
    }

    /// Whether a ring lies wholly to one side of it.
    pub fn misses(self, ring: &Ring) -> bool {
        self.sides().iter().any(|side| ring.0.iter().all(|at| side.depth(*at) <= 0))
    }

    /// Cuts away what lies outside.
    pub fn cut(self, mut rings: Vec<Ring>) -> Vec<Ring> {
        for side in self.sides() {
            if rings.iter().any(|ring| ring.0.iter().any(|at| side.depth(*at) < 0)) {
                rings = side.cut(rings);
            }
        }
        rings
    }

    fn sides(self) -> [Side; 4] {
        [
            Side { vertical: true, limit: self.min, inward: 1 },
            Side { vertical: true, limit: self.max, inward: -1 },
            Side { vertical: false, limit: self.min, inward: 1 },
            Side { vertical: false, limit: self.max, inward: -1 },
        ]
    }
}

/// One edge of a window, seen as a line without ends.
#[derive(Clone, Copy)]
struct Side {
    vertical: bool,
    limit: i64,
    inward: i64,
}

/// A run of positions inside, from where it comes in over the line to where it leaves.
struct Run {
    positions: Vec<Coord<i64>>,
    entry: i64,
    exit: i64,
}

impl Side {
    /// How far inside a position lies; the line itself counts as outside.
    fn depth(self, at: Coord<i64>) -> i64 {
        let across = if self.vertical { at.x } else { at.y };
        (across - self.limit) * self.inward
    }

    /// Where along the line a position stands.
    fn along(self, at: Coord<i64>) -> i64 {
        if self.vertical { at.y } else { at.x }
    }

    fn on_line(self, along: i64) -> Coord<i64> {
        if self.vertical { Coord { x: self.limit, y: along } } else { Coord { x: along, y: self.limit } }
    }

    /// Where an edge crosses the line: the exact place, rounded, so that every piece of one border gives one place.
    fn crossing(self, a: Coord<i64>, b: Coord<i64>) -> i64 {
        let (a_depth, b_depth) = (i128::from(self.depth(a)), i128::from(self.depth(b)));
        let (a_along, b_along) = (i128::from(self.along(a)), i128::from(self.along(b)));
        let whole = a_depth - b_depth;
        let (whole, part) = if whole > 0 { (whole, a_depth * (b_along - a_along)) } else { (-whole, -a_depth * (b_along - a_along)) };
        let along = a_along + (2 * part + whole).div_euclid(2 * whole);
        i64::try_from(along).expect("a crossing lies between the two ends of its edge")
    }

    /// Keeps what lies inside this line of the rings of one polygon.
    ///
    /// Every run inside ends where it leaves. Along the line, leaving and coming in alternate in pairs, whichever ring
    /// they belong to: joining each pair closes the rings again, parts that fall asunder apart, holes that reach the
    /// line as part of the exterior. (Closing each ring for itself would leave edges that run there and back.)
    fn cut(self, rings: Vec<Ring>) -> Vec<Ring> {
        let mut cut = Vec::new();
        let mut runs = Vec::new();
        for ring in rings {
            let Some(start) = ring.0.iter().position(|at| self.depth(*at) <= 0) else {
                cut.push(ring);
                continue;
            };
            self.collect_runs(&ring.0, start, &mut runs);
        }
        let next = joined(&runs);
        let mut used = vec![false; runs.len()];
        for first in 0..runs.len() {
            let mut ring = Vec::new();
            let mut at = first;
            while !used[at] {
                used[at] = true;
                ring.push(self.on_line(runs[at].entry));
                ring.append(&mut runs[at].positions);
                ring.push(self.on_line(runs[at].exit));
                at = next[at];
            }
            if !ring.is_empty() {
                cut.push(Ring::of(ring.into_iter()));
            }
        }
        cut
    }

    /// Adds the runs of a ring, walked once round from a position outside.
    fn collect_runs(self, ring: &[Coord<i64>], start: usize, runs: &mut Vec<Run>) {
        let mut before = ring[start];
        let mut open: Option<Run> = None;
        for at in ring[start + 1..].iter().chain(&ring[..=start]).copied() {
            let inside = self.depth(at) > 0;
            match &mut open {
                None if inside => {
                    let entry = self.crossing(before, at);
                    open = Some(Run { positions: vec![at], entry, exit: entry });
                }
                Some(run) if inside => run.positions.push(at),
                Some(run) => {
                    run.exit = self.crossing(before, at);
                    runs.extend(open.take());
                }
                None => {}
            }
            before = at;
        }
    }
}

/// For each run, the run that follows where it leaves.
fn joined(runs: &[Run]) -> Vec<usize> {
    let mut ends: Vec<(i64, bool, usize)> = Vec::with_capacity(2 * runs.len());
    for (number, run) in runs.iter().enumerate() {
        ends.push((run.entry, true, number));
        ends.push((run.exit, false, number));
    }
    ends.sort_unstable();
    let mut next: Vec<usize> = (0..runs.len()).collect();
    // Waiting ends are all of one kind, as open brackets are: rings that cross themselves find a partner too.
    let mut waiting: Vec<(bool, usize)> = Vec::new();
    for (_, entry, number) in ends {
        match waiting.pop() {
            Some((other, partner)) if other != entry => {
                let (leaving, coming) = if entry { (partner, number) } else { (number, partner) };
                next[leaving] = coming;
            }
            top => {
                waiting.extend(top);
                waiting.push((entry, number));
            }
        }
    }
    next
}

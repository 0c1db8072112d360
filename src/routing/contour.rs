//! Outlines of all that costs no more than a limit: marching squares over a surface, with holes and islands, nesting from limit to limit.

use super::metric::NO_WAY;

/// A ring of points in steps of the grid, from its south-western point; closed: the first point stands again at the end.
pub type Ring = Vec<[f64; 2]>;

/// A polygon: its outer ring against the clock, then its holes.
pub type Outline = Vec<Ring>;

/// Crossings lie at so many places between two grid points. Whole places keep lines straight where they can be, and whatever nests before still nests.
const PLACES: f32 = 16.0;

/// Costs at the points of a grid, row by row from the south-west.
#[derive(Debug, Clone, Copy)]
pub struct Surface<'a> {
    /// Points from west to east.
    pub columns: usize,
    /// The costs; [`NO_WAY`] where there is none.
    pub costs: &'a [f32],
}

impl Surface<'_> {
    /// The polygons in which the cost is at most `limit`.
    #[must_use]
    pub fn within(&self, limit: f32) -> Vec<Outline> {
        let mut tracing = Tracing::new(self, limit);
        let mut rings = Vec::new();
        for start in std::mem::take(&mut tracing.starts) {
            if let Some(ring) = tracing.ring(start) {
                rings.push(ring);
            }
        }
        with_holes(rings)
    }
}

/// Crossings of a limit: those along rows have the number of their western point, those along columns of their southern point after all of the former.
struct Tracing<'a> {
    surface: &'a Surface<'a>,
    limit: f32,
    /// Columns and rows of the grid with a margin of one on each side, which is never reached: every ring closes.
    columns: usize,
    points: usize,
    /// The crossing after each, along a ring with the inside on its left; `u32::MAX` where there is none.
    next: Vec<u32>,
    starts: Vec<u32>,
}

impl<'a> Tracing<'a> {
    fn new(surface: &'a Surface<'a>, limit: f32) -> Self {
        let rows = surface.costs.len() / surface.columns;
        let columns = surface.columns + 2;
        let points = columns * (rows + 2);
        let mut tracing = Self { surface, limit, columns, points, next: vec![u32::MAX; 2 * points], starts: Vec::new() };
        for row in 0..=rows {
            let mut west = [tracing.inside(0, row), tracing.inside(0, row + 1)];
            for column in 0..=surface.columns {
                let east = [tracing.inside(column + 1, row), tracing.inside(column + 1, row + 1)];
                if west != east || west[0] != west[1] {
                    tracing.square(column, row, [west[0], east[0], east[1], west[1]]);
                }
                west = east;
            }
        }
        tracing
    }

    fn cost(&self, column: usize, row: usize) -> f32 {
        let within = (1..=self.surface.columns).contains(&column) && row >= 1;
        let at = within.then(|| (row - 1) * self.surface.columns + column - 1);
        at.and_then(|at| self.surface.costs.get(at)).copied().unwrap_or(NO_WAY)
    }

    fn inside(&self, column: usize, row: usize) -> bool {
        self.cost(column, row) <= self.limit
    }

    /// Joins the crossings on the sides of a square; corners from the south-west against the clock.
    fn square(&mut self, column: usize, row: usize, corners: [bool; 4]) {
        let at = row * self.columns + column;
        let [south, north] = [at, at + self.columns];
        let [west, east] = [self.points + at, self.points + at + 1];
        let [south_west, south_east, north_east, north_west] = corners;
        // Both diagonals alike: the middle of the square decides whether the two inner corners hang together.
        let middle = || {
            let sum: f32 = [(0, 0), (1, 0), (1, 1), (0, 1)].iter().map(|(across, up)| self.cost(column + across, row + up).min(2.0 * self.limit)).sum();
            sum / 4.0 <= self.limit
        };
        let joined: &[(usize, usize)] = match (south_west, south_east, north_east, north_west) {
            (true, false, false, false) => &[(south, west)],
            (false, true, false, false) => &[(east, south)],
            (false, false, true, false) => &[(north, east)],
            (false, false, false, true) => &[(west, north)],
            (true, true, false, false) => &[(east, west)],
            (false, true, true, false) => &[(north, south)],
            (false, false, true, true) => &[(west, east)],
            (true, false, false, true) => &[(south, north)],
            (false, true, true, true) => &[(west, south)],
            (true, false, true, true) => &[(south, east)],
            (true, true, false, true) => &[(east, north)],
            (true, true, true, false) => &[(north, west)],
            (true, false, true, false) if middle() => &[(south, east), (north, west)],
            (true, false, true, false) => &[(south, west), (north, east)],
            (false, true, false, true) if middle() => &[(east, north), (west, south)],
            (false, true, false, true) => &[(east, south), (west, north)],
            _ => &[],
        };
        for &(from, to) in joined {
            self.next[from] = to as u32;
            self.starts.push(from as u32);
        }
    }

    /// The ring through a crossing; none if it has been drawn.
    fn ring(&mut self, start: u32) -> Option<Ring> {
        let mut ring = Ring::new();
        let mut crossing = start;
        loop {
            let next = std::mem::replace(&mut self.next[crossing as usize], u32::MAX);
            if next == u32::MAX {
                break;
            }
            let place = self.place(crossing as usize);
            // Three points on a line need no middle one.
            if let [.., a, b] = ring[..]
                && straight(a, b, place)
            {
                ring.pop();
            }
            ring.push(place);
            crossing = next;
        }
        let first = *ring.first()?;
        ring.push(first);
        (ring.len() > 3).then_some(ring)
    }

    /// Where a crossing lies, steps from the south-western point of the surface.
    fn place(&self, crossing: usize) -> [f64; 2] {
        let at = crossing % self.points;
        let (column, row) = (at % self.columns, at / self.columns);
        let along_a_row = crossing < self.points;
        let from = self.cost(column, row);
        let to = if along_a_row { self.cost(column + 1, row) } else { self.cost(column, row + 1) };
        let (inner, outer) = if from <= self.limit { (from, to) } else { (to, from) };
        // Half-way where beyond there is no way at all.
        let share = if outer < NO_WAY { (self.limit - inner) / (outer - inner) } else { 0.5 };
        let whole = (share * PLACES).floor().clamp(0.5, PLACES - 0.5) / PLACES;
        let share = f64::from(if from <= self.limit { whole } else { 1.0 - whole });
        let (column, row) = (column as f64 - 1.0, row as f64 - 1.0);
        if along_a_row { [column + share, row] } else { [column, row + share] }
    }
}

/// Whether the middle one of three points lies on the line between the others; places are sixteenths, so that this is exact.
fn straight(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> bool {
    ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])).abs() < 1e-9
}

/// Twice the area of a ring, positive against the clock.
fn doubled_area(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

/// Outer rings with the holes that lie in them.
fn with_holes(rings: Vec<Ring>) -> Vec<Outline> {
    let (outer, holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().partition(|ring| doubled_area(ring) > 0.0);
    let rectangles: Vec<[f64; 4]> = outer.iter().map(|ring| rectangle(ring)).collect();
    let mut outlines: Vec<Outline> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        let point = hole[0];
        let around = |outline: &&mut Outline| contains(&outline[0], point);
        let within = |[west, south, east, north]: [f64; 4]| (west..=east).contains(&point[0]) && (south..=north).contains(&point[1]);
        let near = outlines.iter_mut().zip(&rectangles).filter(|(_, rectangle)| within(**rectangle)).map(|(outline, _)| outline);
        let smallest = near.filter(around).min_by(|a, b| doubled_area(&a[0]).total_cmp(&doubled_area(&b[0])));
        if let Some(outline) = smallest {
            outline.push(hole);
        }
    }
    outlines
}

fn rectangle(ring: &[[f64; 2]]) -> [f64; 4] {
    ring.iter().fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |[west, south, east, north], [x, y]| {
        [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
    })
}

fn contains(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let crosses = |pair: &&[[f64; 2]]| {
        let [a, b] = [pair[0], pair[1]];
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

//! Outlines of all that costs no more than a limit: marching squares with holes and islands, nesting from limit to limit.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A ring of points in steps of the grid, from its south-western point; closed: the first point stands again at the end.
pub type Ring = Vec<[f64; 2]>;

/// A polygon: its outer ring against the clock, then its holes.
pub type Outline = Vec<Ring>;

/// Where a limit crosses the sides of the squares of a grid.
#[derive(Debug)]
pub struct Crossings {
    limit: f32,
    /// Points from west to east.
    columns: u32,
    /// For each crossing the next one, along a ring with the inside on its left.
    next: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    starts: Vec<u32>,
}

impl Crossings {
    /// Of a limit on a grid of so many points from west to east, no square looked at yet.
    #[must_use]
    pub fn new(limit: f32, columns: u32) -> Self {
        Self { limit, columns, next: HashMap::default(), starts: Vec::new() }
    }

    /// Joins the crossings on the sides of a square, given by its south-western point; costs at its corners from there against the clock. Every square
    /// is to be told once, and all squares that the limit crosses.
    #[inline]
    pub fn square(&mut self, column: u32, row: u32, costs: [f32; 4]) {
        let inside = costs.map(|cost| cost <= self.limit);
        if inside == [true; 4] || inside == [false; 4] {
            return;
        }
        // Sides by number: south, east, north, west; each from one corner to the next.
        let joined: &[(usize, usize)] = match inside {
            [true, false, false, false] => &[(0, 3)],
            [false, true, false, false] => &[(1, 0)],
            [false, false, true, false] => &[(2, 1)],
            [false, false, false, true] => &[(3, 2)],
            [true, true, false, false] => &[(1, 3)],
            [false, true, true, false] => &[(2, 0)],
            [false, false, true, true] => &[(3, 1)],
            [true, false, false, true] => &[(0, 2)],
            [false, true, true, true] => &[(3, 0)],
            [true, false, true, true] => &[(0, 1)],
            [true, true, false, true] => &[(1, 2)],
            [true, true, true, false] => &[(2, 3)],
            [true, false, true, false] if self.middle(costs) => &[(0, 1), (2, 3)],
            [true, false, true, false] => &[(0, 3), (2, 1)],
            [false, true, false, true] if self.middle(costs) => &[(1, 2), (3, 0)],
            _ => &[(1, 0), (3, 2)],
        };
        for &(from, to) in joined {
            let crossing = self.number(column, row, from);
            self.next.insert(crossing, self.number(column, row, to));
            self.starts.push(crossing);
        }
    }

    /// Whether two corners that lie inside across from one another hang together.
    fn middle(&self, costs: [f32; 4]) -> bool {
        costs.iter().map(|cost| cost.min(2.0 * self.limit)).sum::<f32>() / 4.0 <= self.limit
    }

    /// Crossings on lines from west to east have even numbers, those on lines from south to north odd ones.
    fn number(&self, column: u32, row: u32, side: usize) -> u32 {
        let point = |column: u32, row: u32| row * self.columns + column;
        match side {
            0 => 2 * point(column, row),
            1 => 2 * point(column + 1, row) + 1,
            2 => 2 * point(column, row + 1),
            _ => 2 * point(column, row) + 1,
        }
    }

    /// Where a crossing lies: half-way between two points. Times do not rise evenly between them, because a road or its end lies between; half-way is
    /// as good as any rule, keeps lines straight, and what lies within a lower limit lies within a higher one.
    fn place(&self, crossing: u32) -> [f64; 2] {
        let point = crossing / 2;
        let (column, row) = (f64::from(point % self.columns), f64::from(point / self.columns));
        if crossing.is_multiple_of(2) { [column + 0.5, row] } else { [column, row + 0.5] }
    }

    /// The polygons in which the cost is at most the limit.
    #[must_use]
    pub fn outlines(mut self) -> Vec<Outline> {
        let starts = std::mem::take(&mut self.starts);
        let rings = starts.into_iter().filter_map(|start| self.ring(start)).collect();
        with_holes(rings)
    }

    /// The ring through a crossing; none if it has been drawn.
    fn ring(&mut self, start: u32) -> Option<Ring> {
        let mut ring = Ring::new();
        let mut crossing = start;
        while let Some(next) = self.next.remove(&crossing) {
            let place = self.place(crossing);
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
}

/// Spreads the numbers of crossings over a table: they come in runs, and nobody chooses them.
#[derive(Debug, Default, Clone)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        // Knuth's multiplicative hashing: the golden ratio of 2^64.
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

/// Whether the middle one of three points lies on the line between the others; places are halves, so that this is exact.
fn straight(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> bool {
    ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])).abs() < 1e-9
}

/// Twice the area of a ring, positive against the clock.
fn doubled_area(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

/// Outer rings with the holes that lie in them.
fn with_holes(rings: Vec<Ring>) -> Vec<Outline> {
    let (mut outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().map(|ring| (doubled_area(&ring), ring)).partition(|(area, _)| *area > 0.0);
    // The smallest first: the first that holds a hole is the one that it is a hole of.
    outer.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rectangles: Vec<[f64; 4]> = outer.iter().map(|(_, ring)| rectangle(ring)).collect();
    let mut outlines: Vec<Outline> = outer.into_iter().map(|(_, ring)| vec![ring]).collect();
    for (area, hole) in holes {
        let [x, y] = hole[0];
        let holds = |(outline, [west, south, east, north]): (&Outline, &[f64; 4])| {
            (*west..=*east).contains(&x) && (*south..=*north).contains(&y) && doubled_area(&outline[0]) > -area && contains(&outline[0], [x, y])
        };
        if let Some(at) = outlines.iter().zip(&rectangles).position(holds) {
            outlines[at].push(hole);
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

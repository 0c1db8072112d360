//! Outlines of all that costs no more than a limit: marching squares with holes and islands, nesting from limit to limit.

/// A ring of points in steps of the grid, from its south-western point; closed: the first point stands again at the end.
pub type Ring = Vec<[f64; 2]>;

/// A polygon: its outer ring against the clock, then its holes.
pub type Outline = Vec<Ring>;

/// No crossing follows.
const NONE: u32 = u32::MAX;

/// Costs at the points of a grid, to be outlined at several limits.
///
/// Lines cross half-way between two points. Costs do not rise evenly between them, because a road or its end lies between: half-way is as good as any
/// rule, keeps lines straight, and whatever lies within a lower limit lies within a higher one, exactly.
#[derive(Debug)]
pub struct Contours<'a> {
    /// Points from west to east.
    columns: usize,
    /// The costs, row by row from the south-west; those on the edge are out of reach, so that every ring closes.
    costs: &'a [f32],
    /// For each crossing the next one, along a ring with the inside on its left. Crossings on lines from west to east have even numbers, those on lines
    /// from south to north odd ones: twice that of the western or southern point. Every ring that is drawn leaves it empty behind itself.
    next: Vec<u32>,
}

impl<'a> Contours<'a> {
    /// Of costs, row by row, so many from west to east; those on the edge must be out of reach.
    #[must_use]
    pub fn new(columns: usize, costs: &'a [f32]) -> Self {
        Self { columns, costs, next: vec![NONE; 2 * costs.len()] }
    }

    /// The polygons in which the cost is at most a limit.
    #[must_use]
    pub fn within(&mut self, limit: f32) -> Vec<Outline> {
        let starts = self.cross(limit);
        let rings = starts.into_iter().filter_map(|start| self.ring(start)).collect();
        with_holes(rings)
    }

    /// Joins the crossings of all squares.
    fn cross(&mut self, limit: f32) -> Vec<u32> {
        let columns = self.columns;
        let inside: Vec<u8> = self.costs.iter().map(|cost| u8::from(*cost <= limit)).collect();
        let mut starts = Vec::new();
        let mut crossed = vec![0_u8; columns.saturating_sub(1)];
        for row in 1..inside.len().checked_div(columns).unwrap_or(0) {
            let (south, north) = (&inside[(row - 1) * columns..][..columns], &inside[row * columns..][..columns]);
            // Whole lines at once, without branches: most of a surface is far from every limit.
            for (crossed, (south, north)) in crossed.iter_mut().zip(south.windows(2).zip(north.windows(2))) {
                *crossed = (south[0] ^ south[1]) | (north[0] ^ north[1]) | (south[0] ^ north[0]);
            }
            for column in crossed.iter().enumerate().filter(|(_, crossed)| **crossed != 0).map(|(column, _)| column) {
                let corners = [south[column], south[column + 1], north[column + 1], north[column]];
                self.join((row - 1) * columns + column, corners.map(|corner| corner != 0), limit, &mut starts);
            }
        }
        starts
    }

    /// Joins the crossings on the sides of a square, given by its south-western point; corners from there against the clock.
    fn join(&mut self, point: usize, corners: [bool; 4], limit: f32, starts: &mut Vec<u32>) {
        // Sides by number: south, east, north, west; each from one corner to the next.
        let joined: &[(usize, usize)] = match corners {
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
            [true, false, true, false] if self.hangs_together(point, limit) => &[(0, 1), (2, 3)],
            [true, false, true, false] => &[(0, 3), (2, 1)],
            [false, true, false, true] if self.hangs_together(point, limit) => &[(1, 2), (3, 0)],
            [false, true, false, true] => &[(1, 0), (3, 2)],
            [true, true, true, true] | [false, false, false, false] => &[],
        };
        let sides = [2 * point, 2 * (point + 1) + 1, 2 * (point + self.columns), 2 * point + 1];
        for &(from, to) in joined {
            self.next[sides[from]] = sides[to] as u32;
            starts.push(sides[from] as u32);
        }
    }

    /// Whether two corners of a square that lie inside across from one another hang together: if the mean of all four does not pass the limit.
    fn hangs_together(&self, point: usize, limit: f32) -> bool {
        let corners = [point, point + 1, point + self.columns + 1, point + self.columns];
        corners.iter().map(|&corner| self.costs[corner].min(2.0 * limit)).sum::<f32>() / 4.0 <= limit
    }

    /// The ring through a crossing; none if it has been drawn.
    fn ring(&mut self, start: u32) -> Option<Ring> {
        let mut ring = Ring::new();
        let mut crossing = start;
        loop {
            let next = std::mem::replace(&mut self.next[crossing as usize], NONE);
            if next == NONE {
                break;
            }
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

    /// Where a crossing lies: half-way between two points.
    fn place(&self, crossing: u32) -> [f64; 2] {
        let point = crossing as usize / 2;
        let (column, row) = ((point % self.columns) as f64, (point / self.columns) as f64);
        if crossing.is_multiple_of(2) { [column + 0.5, row] } else { [column, row + 0.5] }
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
    // The smallest first: the first that holds a hole is the one that it is a hole of. An island in the hole holds no point of the hole's own ring.
    outer.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rectangles: Vec<[f64; 4]> = outer.iter().map(|(_, ring)| rectangle(ring)).collect();
    let mut outlines: Vec<Outline> = outer.into_iter().map(|(_, ring)| vec![ring]).collect();
    for (_, hole) in holes {
        let [x, y] = hole[0];
        let holds = |(outline, [west, south, east, north]): (&Outline, &[f64; 4])| {
            (*west..=*east).contains(&x) && (*south..=*north).contains(&y) && contains(&outline[0], [x, y])
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

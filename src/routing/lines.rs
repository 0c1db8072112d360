//! Where the links of a network lie on a plane, and which of them is nearest to a point.

use std::ops::Range;

/// A place on the plane, whole centimetres.
pub type Spot = [i32; 2];

/// Side of a square of the index, centimetres: a few hundred metres, so that a search in open country looks at few squares and one in a town at few lines.
const SQUARE: i32 = 25_000;

/// The lines of all links, with an index of squares.
#[derive(Debug)]
pub struct Lines {
    /// Where the points of each link begin; the last entry ends them.
    first: Vec<u32>,
    points: Vec<Spot>,
    corner: Spot,
    columns: i32,
    rows: i32,
    /// Where the segments of each square begin.
    first_in: Vec<u32>,
    /// Segments, each by the position of its first point.
    segments: Vec<u32>,
}

/// The place of a link that is nearest to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The link.
    pub link: u32,
    /// How far along its line from its beginning, from 0 to 1 of its length.
    pub fraction: f64,
    /// The place itself.
    pub spot: Spot,
    /// How far it is away, metres.
    pub metres: f64,
}

impl Lines {
    /// Of links whose points stand one link after the other; `first` says where each begins, with one entry more for the end. A link has two points or more.
    #[must_use]
    pub fn new(first: Vec<u32>, points: Vec<Spot>) -> Self {
        let least = |axis: usize| points.iter().map(|spot| spot[axis]).min().unwrap_or(0);
        let most = |axis: usize| points.iter().map(|spot| spot[axis]).max().unwrap_or(0);
        let corner = [least(0), least(1)];
        let (columns, rows) = ((most(0) - corner[0]) / SQUARE + 1, (most(1) - corner[1]) / SQUARE + 1);
        let mut lines = Self { first, points, corner, columns, rows, first_in: Vec::new(), segments: Vec::new() };
        lines.index();
        lines
    }

    /// How many links there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The points of a link, from its beginning to its end.
    #[must_use]
    pub fn of(&self, link: u32) -> &[Spot] {
        &self.points[self.range(link)]
    }

    /// The corners of the rectangle around all of them: least and greatest coordinates.
    #[must_use]
    pub fn bounds(&self) -> [Spot; 2] {
        let most = |axis: usize| self.points.iter().map(|spot| spot[axis]).max().unwrap_or(0);
        [self.corner, [most(0), most(1)]]
    }

    /// Bytes that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        4 * (self.first.len() + self.first_in.len() + self.segments.len()) + size_of::<Spot>() * self.points.len()
    }

    /// The nearest place of a usable link to a point, no further away than `cap` metres; of several equally near, on the link that comes first.
    pub fn nearest(&self, point: Spot, cap: f64, usable: impl Fn(u32) -> bool) -> Option<Nearest> {
        let square = |axis: usize| (point[axis] - self.corner[axis]).div_euclid(SQUARE);
        let (column, row) = (square(0), square(1));
        // Whatever lies in squares further out than the ring at hand is at least so many whole squares away.
        let rings = (cap * 100.0 / f64::from(SQUARE)).ceil() as i32 + 1;
        let mut best: Option<(f64, u32, u32, f64)> = None;
        for ring in 0..=rings {
            let reach = f64::from(ring - 1) * f64::from(SQUARE) / 100.0;
            if best.is_some_and(|(metres, ..)| metres <= reach) {
                break;
            }
            for (column, row) in ring_of(column, row, ring) {
                for &segment in self.segments_in(column, row) {
                    let (metres, share) = self.to_segment(point, segment);
                    if metres > cap || best.is_some_and(|(least, ..)| metres > least) {
                        continue;
                    }
                    let link = self.link_of(segment);
                    if usable(link) && best.is_none_or(|(least, first, at, _)| (metres, link, segment) < (least, first, at)) {
                        best = Some((metres, link, segment, share));
                    }
                }
            }
        }
        best.map(|(metres, link, segment, share)| Nearest { link, fraction: self.fraction(link, segment, share), spot: self.spot(segment, share), metres })
    }

    /// The segments of the usable links that touch a rectangle, with their links: each once for every square of the index that it passes.
    pub fn segments_within(&self, least: Spot, most: Spot) -> impl Iterator<Item = (u32, u32)> + '_ {
        let square = |spot: Spot, axis: usize, end: i32| ((spot[axis] - self.corner[axis]).div_euclid(SQUARE)).clamp(0, end - 1);
        let columns = square(least, 0, self.columns)..=square(most, 0, self.columns);
        let rows = square(least, 1, self.rows)..=square(most, 1, self.rows);
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
            .flat_map(|(column, row)| self.segments_in(column, row).iter().map(|&segment| (segment, self.link_of(segment))))
    }

    /// Both ends of a segment.
    #[must_use]
    pub fn segment(&self, segment: u32) -> [Spot; 2] {
        [self.points[segment as usize], self.points[segment as usize + 1]]
    }

    /// How far a point is from a segment, metres, and how far along it the nearest place is, from 0 to 1.
    #[must_use]
    #[inline]
    pub fn to_segment(&self, point: Spot, segment: u32) -> (f64, f64) {
        let [from, to] = self.segment(segment);
        let (x, y) = (f64::from(point[0] - from[0]), f64::from(point[1] - from[1]));
        let (dx, dy) = (f64::from(to[0] - from[0]), f64::from(to[1] - from[1]));
        let squared = dx * dx + dy * dy;
        let share = if squared > 0.0 { ((x * dx + y * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
        let (off_x, off_y) = (x - share * dx, y - share * dy);
        ((off_x * off_x + off_y * off_y).sqrt() / 100.0, share)
    }

    /// How far along the whole link a place of one of its segments is, from 0 to 1.
    #[must_use]
    pub fn fraction(&self, link: u32, segment: u32, share: f64) -> f64 {
        let range = self.range(link);
        let length = |from: usize| {
            let ([x, y], [to_x, to_y]) = (self.points[from], self.points[from + 1]);
            f64::from(to_x - x).hypot(f64::from(to_y - y))
        };
        let segment = segment as usize;
        let before: f64 = (range.start..segment).map(length).sum();
        let along = before + length(segment) * share;
        let total = along + length(segment) * (1.0 - share) + (segment + 1..range.end - 1).map(length).sum::<f64>();
        if total > 0.0 { (along / total).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The link that a segment belongs to.
    #[must_use]
    pub fn link_of(&self, segment: u32) -> u32 {
        u32::try_from(self.first.partition_point(|&first| first <= segment) - 1).expect("links are counted in 32 bits")
    }

    fn spot(&self, segment: u32, share: f64) -> Spot {
        let [from, to] = self.segment(segment);
        let along = |axis: usize| from[axis] + (f64::from(to[axis] - from[axis]) * share).round() as i32;
        [along(0), along(1)]
    }

    fn range(&self, link: u32) -> Range<usize> {
        self.first[link as usize] as usize..self.first[link as usize + 1] as usize
    }

    fn segments_in(&self, column: i32, row: i32) -> &[u32] {
        if (0..self.columns).contains(&column) && (0..self.rows).contains(&row) {
            let square = (row * self.columns + column) as usize;
            &self.segments[self.first_in[square] as usize..self.first_in[square + 1] as usize]
        } else {
            &[]
        }
    }

    /// Sorts every segment into the squares that its rectangle touches.
    fn index(&mut self) {
        let squares = (self.columns * self.rows) as usize;
        let mut first_in = vec![0_u32; squares + 1];
        self.each_square(|square, _| first_in[square + 1] += 1);
        for square in 0..squares {
            first_in[square + 1] += first_in[square];
        }
        let mut next = first_in.clone();
        let mut segments = vec![0; first_in[squares] as usize];
        self.each_square(|square, segment| {
            segments[next[square] as usize] = segment;
            next[square] += 1;
        });
        (self.first_in, self.segments) = (first_in, segments);
    }

    fn each_square(&self, mut visit: impl FnMut(usize, u32)) {
        for link in 0..self.len() {
            let range = self.range(link as u32);
            for segment in range.start..range.end.saturating_sub(1) {
                let [a, b] = [self.points[segment], self.points[segment + 1]];
                let span = |axis: usize| (a[axis].min(b[axis]) - self.corner[axis]) / SQUARE..=(a[axis].max(b[axis]) - self.corner[axis]) / SQUARE;
                for row in span(1) {
                    for column in span(0) {
                        visit((row * self.columns + column) as usize, segment as u32);
                    }
                }
            }
        }
    }
}

/// The squares at a distance of so many squares from one.
fn ring_of(column: i32, row: i32, ring: i32) -> impl Iterator<Item = (i32, i32)> {
    (-ring..=ring).flat_map(move |down| {
        let step = if down.abs() == ring { 1 } else { 2 * ring.max(1) };
        (-ring..=ring).step_by(step as usize).map(move |across| (column + across, row + down))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scattered(ends: &[(Spot, Spot)]) -> Lines {
        let first = (0..=ends.len()).map(|link| 2 * link as u32).collect();
        Lines::new(first, ends.iter().flat_map(|&(from, to)| [from, to]).collect())
    }

    proptest! {
        #[test]
        fn the_nearest_link_is_the_one_that_a_look_at_all_of_them_finds(
            ends in proptest::collection::vec(((0..400_000, 0..400_000), (-60_000..60_000, -60_000..60_000)), 1..40),
            point in (-100_000..500_000, -100_000..500_000),
            cap in 10.0..3_000.0_f64,
        ) {
            let ends: Vec<(Spot, Spot)> = ends.into_iter().map(|((x, y), (dx, dy)): ((i32, i32), (i32, i32))| ([x, y], [x + dx, y + dy])).collect();
            let lines = scattered(&ends);
            let point = [point.0, point.1];
            let odd = |link: u32| link % 3 != 1;
            let all = (0..ends.len() as u32).filter(|&link| odd(link)).map(|link| (lines.to_segment(point, 2 * link).0, link));
            let best = all.filter(|(metres, _)| *metres <= cap).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let found = lines.nearest(point, cap, odd).map(|nearest| (nearest.metres, nearest.link));
            prop_assert_eq!(found, best);
        }
    }

    #[test]
    fn a_place_on_a_bent_link_is_counted_along_the_whole_of_it() {
        let lines = Lines::new(vec![0, 3], vec![[0, 0], [10_000, 0], [10_000, 30_000]]);
        let nearest = lines.nearest([12_000, 10_000], 100.0, |_| true).unwrap();
        assert_eq!((nearest.link, nearest.spot, nearest.metres, nearest.fraction), (0, [10_000, 10_000], 20.0, 0.5));
    }
}

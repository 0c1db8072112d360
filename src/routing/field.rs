//! The nearest link to every point of a grid, and how long it takes to each: the surface on which isochrones are drawn.

use std::ops::Range;

use rayon::prelude::*;

use super::lines::{Lines, Spot};
use super::metric::NO_WAY;
use super::sweep::Way;

/// No link within reach.
const NONE: u32 = u32::MAX;

/// A grid of points, each with the nearest place of a link.
#[derive(Debug, Clone)]
pub struct Field {
    /// The south-western point, centimetres.
    pub corner: Spot,
    /// Between one point and the next, centimetres.
    pub step: i32,
    /// Points from west to east.
    pub columns: usize,
    /// Points from south to north.
    pub rows: usize,
    access: Vec<Access>,
}

/// The nearest place of a link to a grid point.
#[derive(Debug, Clone, Copy)]
struct Access {
    link: u32,
    fraction: f32,
    metres: f32,
}

/// A link as a surface needs it: its ends, and its cost forward and backward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkCosts {
    /// The nodes at its beginning and its end.
    pub ends: [u32; 2],
    /// What it costs from beginning to end and back, [`NO_WAY`] where it is not open that way.
    pub costs: [f32; 2],
}

impl LinkCosts {
    /// The cost between a place of the link and all that its ends are reached from (or reach), given the costs there.
    #[must_use]
    #[inline]
    pub fn at(&self, fraction: f32, way: Way, costs: impl Fn(u32) -> f32) -> f32 {
        let [beginning, end] = self.ends.map(costs);
        let [forward, backward] = self.costs;
        match way {
            Way::Out => part(forward, fraction, beginning).min(part(backward, 1.0 - fraction, end)),
            Way::Back => part(forward, 1.0 - fraction, end).min(part(backward, fraction, beginning)),
        }
    }
}

/// A part of a link and what is beyond it; nothing times no way is still no way.
#[inline]
fn part(cost: f32, share: f32, beyond: f32) -> f32 {
    if cost < NO_WAY { cost * share + beyond } else { NO_WAY }
}

impl Field {
    /// Over a rectangle, for the usable links, up to so many metres from them.
    #[must_use]
    pub fn new(lines: &Lines, least: Spot, most: Spot, step: i32, cap: f64, usable: impl Fn(u32) -> bool) -> Self {
        let corner = [least[0].div_euclid(step) * step, least[1].div_euclid(step) * step];
        let count = |axis: usize| ((most[axis] - corner[axis]) / step + 2) as usize;
        let (columns, rows) = (count(0), count(1));
        let mut seeds = Seeds { lines, corner, step, columns, rows, nearest: vec![(f32::INFINITY, NONE); columns * rows], cap: cap as f32 };
        for (segment, _) in lines.segments_within(least, most).filter(|&(_, link)| usable(link)) {
            seeds.sow(segment);
        }
        seeds.spread();
        let access = seeds.nearest.iter().enumerate().map(|(at, &(metres, segment))| {
            if segment == NONE {
                return Access { link: NONE, fraction: 0.0, metres };
            }
            let (_, share) = lines.to_segment(seeds.spot(at), segment);
            Access { link: lines.link_of(segment), fraction: lines.fraction(segment, share), metres }
        });
        Self { corner, step, columns, rows, access: access.collect() }
    }

    /// Where a point of the grid lies.
    #[must_use]
    pub fn spot(&self, point: usize) -> Spot {
        [self.corner[0] + (point % self.columns) as i32 * self.step, self.corner[1] + (point / self.columns) as i32 * self.step]
    }

    /// Bytes that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Access>() * self.access.len()
    }

    /// Costs at the points of a part of the grid, row by row: `at` gives the cost at a fraction of a link, and from there it is `per_metre` on foot.
    /// The part's edge counts as out of reach.
    #[must_use]
    pub fn surface(&self, part: &Part, per_metre: f32, at: impl Fn(u32, f32) -> f32 + Sync) -> Vec<f32> {
        let width = part.columns.len();
        let mut costs = vec![NO_WAY; width * part.rows.len()];
        costs.par_chunks_mut(width.max(1)).zip(part.rows.clone()).filter(|(_, row)| !is_end(&part.rows, *row)).for_each(|(line, row)| {
            let known = &self.access[row * self.columns..][part.columns.clone()];
            for (cost, access) in line.iter_mut().zip(known).take(width.saturating_sub(1)).skip(1).filter(|(_, access)| access.link != NONE) {
                *cost = at(access.link, access.fraction) + access.metres * per_metre;
            }
        });
        costs
    }
}

/// Columns and rows of a grid, from … to, exclusive.
#[derive(Debug, Clone)]
pub struct Part {
    /// From west to east.
    pub columns: Range<usize>,
    /// From south to north.
    pub rows: Range<usize>,
}

/// Whether a row is the first or the last.
fn is_end(range: &Range<usize>, at: usize) -> bool {
    at == range.start || at + 1 == range.end
}

/// Grid points with the nearest segment known so far.
struct Seeds<'a> {
    lines: &'a Lines,
    corner: Spot,
    step: i32,
    columns: usize,
    rows: usize,
    nearest: Vec<(f32, u32)>,
    cap: f32,
}

impl Seeds<'_> {
    fn spot(&self, at: usize) -> Spot {
        [self.corner[0] + (at % self.columns) as i32 * self.step, self.corner[1] + (at / self.columns) as i32 * self.step]
    }

    /// Offers a segment to the grid points around it.
    fn sow(&mut self, segment: u32) {
        let [from, to] = self.lines.segment(segment);
        let pieces = ((to[0] - from[0]).abs().max((to[1] - from[1]).abs()) / self.step + 1).max(1);
        let mut last = None;
        for piece in 0..=pieces {
            let along =
                |axis: usize| i64::from(from[axis]) + i64::from(to[axis] - from[axis]) * i64::from(piece) / i64::from(pieces) - i64::from(self.corner[axis]);
            let cell = [along(0).div_euclid(i64::from(self.step)), along(1).div_euclid(i64::from(self.step))];
            if last.replace(cell) == Some(cell) {
                continue;
            }
            for (column, row) in (0..16).map(|near| (cell[0] + near % 4 - 1, cell[1] + near / 4 - 1)) {
                let inside = (0..self.columns as i64).contains(&column) && (0..self.rows as i64).contains(&row);
                if inside {
                    self.offer(row as usize * self.columns + column as usize, segment);
                }
            }
        }
    }

    fn offer(&mut self, at: usize, segment: u32) {
        let (metres, known) = self.nearest[at];
        if known == segment {
            return;
        }
        let offered = self.lines.to_segment(self.spot(at), segment).0 as f32;
        // Of equals the first segment, so that the surface does not depend on the order of the squares.
        if offered <= self.cap && (offered, segment) < (metres, known) {
            self.nearest[at] = (offered, segment);
        }
    }

    /// Lets every point know the segments of its neighbours, in one pass north-east and one south-west.
    fn spread(&mut self) {
        let (columns, rows) = (self.columns as i64, self.rows as i64);
        for _ in 0..2 {
            for at in 0..self.nearest.len() {
                self.ask(at, &[(-1, 0), (-1, -1), (0, -1), (1, -1)], columns, rows);
            }
            for at in (0..self.nearest.len()).rev() {
                self.ask(at, &[(1, 0), (1, 1), (0, 1), (-1, 1)], columns, rows);
            }
        }
    }

    fn ask(&mut self, at: usize, neighbours: &[(i64, i64)], columns: i64, rows: i64) {
        let (column, row) = (at as i64 % columns, at as i64 / columns);
        for (across, up) in neighbours {
            let (column, row) = (column + across, row + up);
            if (0..columns).contains(&column) && (0..rows).contains(&row) {
                let (_, segment) = self.nearest[(row * columns + column) as usize];
                if segment != NONE {
                    self.offer(at, segment);
                }
            }
        }
    }
}

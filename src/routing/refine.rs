//! Outlines on a grid that is made finer where a limit passes: coarse squares wholly inside or outside are never looked into.

use std::ops::Range;

use super::contour::{Crossings, Outline};
use super::field::Field;
use super::lines::{Lines, Spot};
use super::metric::NO_WAY;

/// Fine squares along each side of a coarse one.
const FINER: usize = 2;
/// Fine points along each side of a coarse square, both corners counted.
const SIDE: usize = FINER + 1;

/// A coarse square that has not been looked into.
const UNSEEN: u32 = u32::MAX;

/// What a surface is made of: where links lie, the nearest of them to grid points, and what they cost.
#[derive(Debug, Clone, Copy)]
pub struct Terrain<'a, A> {
    /// The lines of the links.
    pub lines: &'a Lines,
    /// The nearest of them to the points of a grid.
    pub field: &'a Field,
    /// The furthest that anything is from a link, metres.
    pub cap: f32,
    /// The cost of a metre on foot, off the links.
    pub per_metre: f32,
    /// The cost at a fraction of a link.
    pub at: A,
}

/// The costs over a part of a grid, finer where they were looked into.
struct Refined<'a, A> {
    terrain: &'a Terrain<'a, A>,
    columns: Range<usize>,
    rows: Range<usize>,
    coarse: Vec<f32>,
    /// For each coarse square its position in `fine`.
    seen: Vec<u32>,
    /// Costs at the fine points of a square, row by row from the south-west.
    fine: Vec<[f32; SIDE * SIDE]>,
}

impl<A: Fn(u32, f32) -> f32> Terrain<'_, A> {
    /// The polygons within each limit, in fine steps from the south-western point of the part (columns and rows from … to, exclusive). The
    /// part's edge counts as out of reach, so that every outline closes.
    #[must_use]
    pub fn outlines(&self, columns: Range<usize>, rows: Range<usize>, limits: &[f32]) -> Vec<Vec<Outline>> {
        let mut coarse = Vec::with_capacity(columns.len() * rows.len());
        for row in rows.clone() {
            let edge = row == rows.start || row + 1 == rows.end;
            coarse.extend(columns.clone().map(|column| {
                let edge = edge || column == columns.start || column + 1 == columns.end;
                if edge { NO_WAY } else { self.field.cost(self.lines, row * self.field.columns + column, self.per_metre, &self.at) }
            }));
        }
        let mut refined = Refined { terrain: self, seen: vec![UNSEEN; coarse.len()], fine: Vec::new(), columns, rows, coarse };
        limits.iter().map(|&limit| refined.within(limit)).collect()
    }

    /// Metres in a fine step, where the grid's own step is in centimetres.
    #[must_use]
    pub fn fine_step(&self) -> f64 {
        f64::from(self.field.step) / 100.0 / FINER as f64
    }
}

impl<A: Fn(u32, f32) -> f32> Refined<'_, A> {
    fn within(&mut self, limit: f32) -> Vec<Outline> {
        let (columns, rows) = (self.columns.len(), self.rows.len());
        let mut crossings = Crossings::new(limit, (columns * FINER) as u32);
        let mut waiting = Vec::new();
        let mut taken = vec![false; self.coarse.len()];
        for row in 0..rows.saturating_sub(1) {
            let (south, north) = (&self.coarse[row * columns..][..columns], &self.coarse[(row + 1) * columns..][..columns]);
            for column in 0..columns.saturating_sub(1) {
                let inside = [south[column] <= limit, south[column + 1] <= limit, north[column] <= limit, north[column + 1] <= limit];
                if inside != [true; 4] && inside != [false; 4] {
                    taken[row * columns + column] = true;
                    waiting.push(row * columns + column);
                }
            }
        }
        // A limit that leaves a square over a side leads into the next one, even where that one's corners do not tell.
        while let Some(square) = waiting.pop() {
            let (column, row) = (square % columns, square / columns);
            let costs = self.look_into(square);
            let fine = |across: usize, up: usize| costs[up * SIDE + across];
            for up in 0..FINER {
                for across in 0..FINER {
                    let corners = [fine(across, up), fine(across + 1, up), fine(across + 1, up + 1), fine(across, up + 1)];
                    crossings.square((column * FINER + across) as u32, (row * FINER + up) as u32, corners);
                }
            }
            let crossed = |along: &dyn Fn(usize) -> f32| (1..SIDE).any(|at| (along(at) <= limit) != (along(0) <= limit));
            let mut lead = |is_crossed: bool, next: Option<usize>| {
                if let Some(next) = next.filter(|&next| is_crossed && !std::mem::replace(&mut taken[next], true)) {
                    waiting.push(next);
                }
            };
            lead(crossed(&|at| fine(at, 0)), (row > 0).then(|| square - columns));
            lead(crossed(&|at| fine(at, FINER)), (row + 2 < rows).then_some(square + columns));
            lead(crossed(&|at| fine(0, at)), (column > 0).then(|| square - 1));
            lead(crossed(&|at| fine(FINER, at)), (column + 2 < columns).then_some(square + 1));
        }
        crossings.outlines()
    }

    /// The costs at the fine points of a coarse square, worked out once.
    fn look_into(&mut self, square: usize) -> [f32; SIDE * SIDE] {
        if self.seen[square] == UNSEEN {
            self.seen[square] = self.fine.len() as u32;
            self.fine.push(self.fine_costs(square));
        }
        self.fine[self.seen[square] as usize]
    }

    fn fine_costs(&self, square: usize) -> [f32; SIDE * SIDE] {
        let Terrain { lines, field, cap, per_metre, at } = self.terrain;
        let width = self.columns.len();
        let (column, row) = (square % width, square / width);
        let point = |across: usize, up: usize| (self.rows.start + row + up) * field.columns + self.columns.start + column + across;
        let corners = [point(0, 0), point(1, 0), point(1, 1), point(0, 1)];
        let known = [self.coarse[square], self.coarse[square + 1], self.coarse[square + width + 1], self.coarse[square + width]];
        let south_west = field.spot(corners[0]);
        let mut costs = [NO_WAY; SIDE * SIDE];
        for up in 0..SIDE {
            for across in 0..SIDE {
                // On a side that two squares share, only the ends of that side are asked, so that both squares hear the same.
                let asked: &[usize] = match (across, up) {
                    (_, 0) => &corners[0..2],
                    (FINER, _) => &corners[1..3],
                    (_, FINER) => &corners[2..4],
                    (0, _) => &[corners[0], corners[3]],
                    _ => &corners,
                };
                let fine = |steps: usize| field.step * steps as i32 / FINER as i32;
                let spot: Spot = [south_west[0] + fine(across), south_west[1] + fine(up)];
                let edge = |at: usize, end: usize, fine: usize| (at == 0 && fine == 0) || (at + 2 == end && fine == FINER);
                costs[up * SIDE + across] = match (across, up) {
                    _ if edge(column, width, across) || edge(row, self.rows.len(), up) => NO_WAY,
                    (0, 0) => known[0],
                    (FINER, 0) => known[1],
                    (FINER, FINER) => known[2],
                    (0, FINER) => known[3],
                    _ => field.cost_between(lines, spot, asked, *cap, *per_metre, at),
                };
            }
        }
        costs
    }
}

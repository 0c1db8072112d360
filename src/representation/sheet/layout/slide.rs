//! A slide: few words in large type, the map, and its key.

use std::collections::VecDeque;

use super::page::Room;
use super::sheet::{Job, LEAST_MAP, height_of};
use super::text::{Piece, fill};
use super::words;
use crate::representation::sheet::Scene;

impl Job<'_> {
    /// Map on the left, key on the right, and the lines that licences ask for below.
    pub(super) fn slide(&self) -> Vec<Scene> {
        let Self { paper, sizes, .. } = *self;
        let mut groups = Vec::new();
        let top = self.head(&mut groups);
        let mut foot = Vec::new();
        let column = paper.width * 0.37;
        let left = paper.width - column - sizes.gutter;
        let (bottom, origin) = self.foot(&mut foot, left);
        let room = Room { x: paper.x, y: top, width: left, height: bottom - top };
        let gap = sizes.small * 0.8;
        // The words run from edge to edge; a key that is too high for what they leave sends them below the map alone.
        let said = |width: f64| -> VecDeque<Piece> { words::run_on(self.figure, self.size, width, &sizes).into() };
        let inset = room.height * 0.26;
        let mut words = said(paper.width);
        let mut width = paper.width;
        let mut key_height = room.height - height_of(&words) - gap;
        let mut right = self.beside(room, column, key_height, inset);
        if height_of(&right) > key_height {
            width = left;
            words = said(left);
            key_height = room.height;
            right = self.beside(room, column, key_height, inset);
        }
        let (beside, _) = fill(&mut right, Room { x: paper.x + left + sizes.gutter, width: column, height: key_height, ..room });
        let most = room.height * (1.0 - LEAST_MAP) - self.strip() - gap;
        let below = height_of(&words).min(most);
        words.extend(right);
        words.extend(origin);
        let map_room = Room { height: room.height - self.strip() - below - gap, ..room };
        let y = self.map(map_room, &mut groups) + gap;
        groups.extend(beside);
        groups.extend(fill(&mut words, Room { x: paper.x, y, width, height: below + 0.1 }).0);
        groups.extend(foot);
        let mut scenes = vec![self.scene(groups, self.size.points().1)];
        self.continued(words, left.max(column), &mut scenes);
        scenes
    }
}

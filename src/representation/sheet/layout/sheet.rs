//! A sheet with its map: which part stands where on each size of paper.

use std::collections::VecDeque;

use super::page::{GREY, Room, Type};
use super::project::Projection;
use super::symbols::SymbolScale;
use super::text::{Piece, Style, fill, least_height};
use super::{inset, key, map, scale_bar, words};
use crate::representation::figure::Figure;
use crate::representation::sheet::{Align, Group, Role, Scene, SheetSize, Shown};

/// The margin of ground around what must be seen whole, as a share of the frame.
const AROUND: f64 = 0.035;
/// How little of the height between head and foot a map may be left with.
pub(super) const LEAST_MAP: f64 = 0.5;

/// What is laid out, with what it is laid out for.
pub(super) struct Job<'f> {
    pub figure: &'f Figure<'f>,
    pub size: SheetSize,
    pub shown: Shown,
    pub sizes: Type,
    /// The paper within its margins.
    pub paper: Room,
}

/// The pages of a map sheet.
pub(super) fn pages(figure: &Figure<'_>, size: SheetSize, shown: Shown) -> Vec<Scene> {
    let sizes = Type::on(size);
    let (width, height) = size.points();
    let paper = Room { x: 0.0, y: 0.0, width, height }.within(sizes.margin);
    let job = Job { figure, size, shown, sizes, paper };
    match size {
        SheetSize::A4Portrait => job.upright(),
        SheetSize::A4Landscape | SheetSize::A3Landscape => job.across(),
        SheetSize::Slide => job.slide(),
        SheetSize::Figure => job.pasted(),
    }
}

impl Job<'_> {
    pub(super) fn scene(&self, groups: Vec<Group>, height: f64) -> Scene {
        let (width, _) = self.size.points();
        let description = if self.figure.caption.is_empty() { &self.figure.alternative } else { &self.figure.caption };
        Scene { width, height, title: self.figure.title.clone(), description: description.clone(), groups }
    }

    /// Title and subtitle at the top; gives where the rest begins.
    pub(super) fn head(&self, groups: &mut Vec<Group>) -> f64 {
        if !self.shown.title {
            return self.paper.y;
        }
        let mut pieces = words::head(&self.figure.title, &self.figure.subtitle, self.paper.width, &self.sizes);
        let (head, used) = fill(&mut pieces, self.paper);
        groups.extend(head);
        self.paper.y + used + if used > 0.0 { self.sizes.subtitle * 0.8 } else { 0.0 }
    }

    /// Edition and link at the foot; gives where the rest must end, and the pieces if they are too long for a foot.
    pub(super) fn foot(&self, groups: &mut Vec<Group>, width: f64) -> (f64, Vec<Piece>) {
        let pieces = words::origin(self.figure, self.size, self.paper.width, &self.sizes);
        if pieces.iter().map(|piece| piece.rows.len()).sum::<usize>() > 4 {
            return (self.paper.bottom(), words::origin(self.figure, self.size, width, &self.sizes));
        }
        let mut pieces: VecDeque<Piece> = pieces.into();
        let height = pieces.iter().map(Piece::height).sum::<f64>();
        let room = Room { y: self.paper.bottom() - height, height: height + 0.1, ..self.paper };
        groups.extend(fill(&mut pieces, room).0);
        (room.y - self.sizes.small * 0.8, Vec::new())
    }

    /// Pieces of key and small map for a column so wide and so high, with the map in this room; the key is set smaller rather than parted.
    pub(super) fn beside(&self, map: Room, width: f64, height: f64, most_inset: f64) -> VecDeque<Piece> {
        let projection = self.projection(map);
        let scale = SymbolScale::of(&projection, self.sizes.strength);
        let figure = self.figure;
        let set = |step: f64| -> VecDeque<Piece> {
            let sizes = self.sizes.with_key(step);
            key::pieces(&figure.key, &figure.direction, width, &sizes, scale, self.size != SheetSize::Slide).into()
        };
        let steps = [1.0, 0.94, 0.88, 0.84];
        let fitting = steps.into_iter().map(set).find(|pieces| height_of(pieces) <= height);
        let mut pieces = fitting.unwrap_or_else(|| set(steps[steps.len() - 1]));
        // The small map takes what the key leaves, and goes rather than push words off the page.
        let before = self.sizes.key * 1.6;
        let most = most_inset.min(height - height_of(&pieces) - before);
        if self.shown.inset && most > 40.0 {
            pieces.extend(inset::piece(&figure.map, &projection.ground(), width, most, before));
        }
        pieces
    }

    fn projection(&self, room: Room) -> Projection {
        Projection::fitting(map::ground_of(&self.figure.map), room, AROUND)
    }

    /// The map with its scale bar below it; gives where the strip ends.
    pub(super) fn map(&self, room: Room, groups: &mut Vec<Group>) -> f64 {
        let projection = self.projection(room);
        groups.push(map::group(self.figure, &projection, &self.sizes, self.shown));
        let strip = Room { y: room.bottom() + self.sizes.small * 0.2, height: scale_bar::height(self.sizes.small), ..room };
        groups.push(scale_bar::group(&projection, strip, self.sizes.small));
        strip.bottom()
    }

    pub(super) fn strip(&self) -> f64 {
        self.sizes.small * 0.2 + scale_bar::height(self.sizes.small)
    }

    /// Map on the left, column on the right, words below the map.
    fn across(&self) -> Vec<Scene> {
        let Self { paper, sizes, .. } = *self;
        let mut groups = Vec::new();
        let top = self.head(&mut groups);
        let mut foot = Vec::new();
        let column = paper.width * 0.29;
        let (bottom, origin) = self.foot(&mut foot, column);
        let left = paper.width - column - sizes.gutter;
        let half = (left - sizes.gutter) / 2.0;
        let room = Room { x: paper.x, y: top, width: left, height: bottom - top };
        let mut right = self.beside(room, column, room.height, room.height * 0.26);
        right.extend(words::sources(self.figure, column, &sizes));
        let (beside, _) = fill(&mut right, Room { x: paper.x + left + sizes.gutter, width: column, ..room });
        let mut caption: VecDeque<Piece> = VecDeque::new();
        if self.shown.caption {
            caption.extend(words::caption(&self.figure.caption, left, &sizes, 0.0));
        }
        let mut rest: VecDeque<Piece> = words::notes(&self.figure.notes, half, &sizes).into();
        rest.extend(self.rebroken(right, column, half));
        rest.extend(origin);
        let gap = sizes.small * 0.8;
        let said = height_of(&caption) + if caption.is_empty() { 0.0 } else { gap * 0.5 };
        let most = room.height * (1.0 - LEAST_MAP) - self.strip() - said - gap;
        let noted = if rest.is_empty() { 0.0 } else { least_height(&rest, 2, most, sizes.small * 0.5).unwrap_or(most) + gap };
        let map_room = Room { height: room.height - self.strip() - said - noted, ..room };
        let strip = self.map(map_room, &mut groups);
        groups.extend(fill(&mut caption, Room { x: paper.x, y: strip + gap * 0.5, width: left, height: said + 0.1 }).0);
        groups.extend(beside);
        let below = Room { x: paper.x, y: strip + said + gap, width: half, height: noted - gap + 0.1 };
        groups.extend(fill(&mut rest, below).0);
        groups.extend(fill(&mut rest, Room { x: paper.x + half + sizes.gutter, ..below }).0);
        groups.extend(foot);
        let mut scenes = vec![self.scene(groups, self.size.points().1)];
        self.continued(rest, half, &mut scenes);
        scenes
    }

    /// What a column could not hold, broken anew for the wider columns below the map where it is not already begun.
    fn rebroken(&self, over: VecDeque<Piece>, column: f64, half: f64) -> Vec<Piece> {
        let narrow = words::sources(self.figure, column, &self.sizes);
        let wide = words::sources(self.figure, half, &self.sizes);
        let mut pieces: Vec<Piece> = Vec::new();
        if !over.is_empty() && over.len() < narrow.len() {
            pieces.push(Piece::continued("Sources", Style::bold(self.sizes.small), half, self.sizes.small * 0.9));
        }
        let from_end = over.len();
        for (place, piece) in over.into_iter().enumerate() {
            let same = (narrow.len() + place).checked_sub(from_end).filter(|at| narrow[*at].rows == piece.rows);
            pieces.push(same.map_or(piece, |at| wide[at].clone()));
        }
        pieces
    }

    /// Map above, key and words below it in two columns.
    fn upright(&self) -> Vec<Scene> {
        let Self { paper, sizes, .. } = *self;
        let mut groups = Vec::new();
        let top = self.head(&mut groups);
        let half = (paper.width - sizes.gutter) / 2.0;
        let mut foot = Vec::new();
        let (bottom, origin) = self.foot(&mut foot, half);
        let room = Room { y: top, height: bottom - top, ..paper };
        let mut caption: VecDeque<Piece> = VecDeque::new();
        if self.shown.caption {
            caption.extend(words::caption(&self.figure.caption, paper.width, &sizes, 0.0));
        }
        let gap = sizes.small * 1.2;
        let said = height_of(&caption) + if caption.is_empty() { 0.0 } else { gap };
        let least = room.height * (LEAST_MAP - 0.05);
        let most = room.height - least - self.strip() - said - gap;
        let mut words: Vec<Piece> = words::notes(&self.figure.notes, half, &sizes);
        words.extend(words::sources(self.figure, half, &sizes));
        words.extend(origin);
        let estimate = Room { height: room.height * 0.6, ..room };
        // The small map is drawn smaller, or left away, before it makes the large one smaller than it may be.
        let with = |map: Room, inset: f64| -> VecDeque<Piece> { self.beside(map, half, most, inset).into_iter().chain(words.iter().cloned()).collect() };
        let needed = |share: f64| (room.height * share, least_height(&with(estimate, room.height * share), 2, most, sizes.small * 0.5));
        let (inset, below) =
            [0.14, 0.1, 0.0].into_iter().map(needed).reduce(|first, other| if first.1.is_some() { first } else { other }).unwrap_or((0.0, None));
        let below = below.unwrap_or(most);
        let map_room = Room { height: room.height - self.strip() - said - gap - below, ..room };
        let strip = self.map(map_room, &mut groups);
        groups.extend(fill(&mut caption, Room { y: strip + gap * 0.4, height: said, ..paper }).0);
        let mut left = with(map_room, inset);
        let column = Room { x: paper.x, y: strip + said + gap, width: half, height: below + 0.1 };
        groups.extend(fill(&mut left, column).0);
        groups.extend(fill(&mut left, Room { x: paper.x + half + sizes.gutter, ..column }).0);
        groups.extend(foot);
        let mut scenes = vec![self.scene(groups, self.size.points().1)];
        self.continued(left, half, &mut scenes);
        scenes
    }

    /// As wide as a column of text and as high as it needs: for a document that has its own head and foot.
    fn pasted(&self) -> Vec<Scene> {
        let Self { paper, sizes, .. } = *self;
        let endless = 100_000.0;
        let mut groups = Vec::new();
        let top = self.head(&mut groups);
        let ground = map::ground_of(&self.figure.map);
        let shape = ground.height().max(500.0) / ground.width().max(500.0);
        let wide = shape < 0.62;
        let column = paper.width * 0.35;
        let width = if wide { paper.width } else { paper.width - column - sizes.gutter };
        let height = (width * shape * 1.02).clamp(width * 0.4, 400.0);
        let room = Room { x: paper.x, y: top, width, height };
        let beside = if wide { (paper.width - sizes.gutter) / 2.0 } else { column };
        let mut right = self.beside(room, beside, endless, height * 0.3);
        let mut y;
        if wide {
            y = self.map(room, &mut groups) + sizes.small;
            let high = least_height(&right, 2, endless, sizes.small).unwrap_or(endless);
            for x in [paper.x, paper.x + beside + sizes.gutter] {
                groups.extend(fill(&mut right, Room { x, y, width: beside, height: high }).0);
            }
            y += high;
        } else {
            let (key, used) = fill(&mut right, Room { x: paper.x + width + sizes.gutter, y: top, width: column, height: endless });
            // A long key makes the map higher rather than leaving white below it.
            let room = Room { height: room.height.max((used - self.strip()).min(room.height * 1.25)), ..room };
            y = self.map(room, &mut groups).max(top + used);
            groups.extend(key);
        }
        let mut words: VecDeque<Piece> = VecDeque::new();
        if self.shown.caption {
            words.extend(words::caption(&self.figure.caption, paper.width, &sizes, 0.0));
        }
        words.extend(words::run_on(self.figure, self.size, paper.width, &sizes));
        words.extend(words::origin(self.figure, self.size, paper.width, &sizes));
        y += sizes.small * 0.6;
        let (said, used) = fill(&mut words, Room { y, height: endless, ..paper });
        groups.extend(said);
        vec![self.scene(groups, y + used + sizes.margin)]
    }

    /// Further pages for words that found no room; `width` is that for which their lines were broken.
    pub(super) fn continued(&self, mut rest: VecDeque<Piece>, width: f64, scenes: &mut Vec<Scene>) {
        let Self { paper, sizes, .. } = *self;
        let columns = ((paper.width + sizes.gutter + 0.1) / (width + sizes.gutter)).floor().max(1.0);
        let step = (paper.width + sizes.gutter) / columns;
        while !rest.is_empty() {
            let mut groups = Vec::new();
            let mut head: VecDeque<Piece> = VecDeque::from([Piece::heading("Notes and sources, continued", Style::bold(sizes.subtitle), paper.width, 0.0)]);
            let (heading, used) = fill(&mut head, paper);
            groups.extend(heading);
            let top = paper.y + used + sizes.subtitle * 0.8;
            let before = rest.len();
            let mut x = paper.x;
            while x < paper.right() {
                groups.extend(fill(&mut rest, Room { x, y: top, width: step - sizes.gutter, height: paper.bottom() - top }).0);
                x += step;
            }
            if rest.len() == before && groups.len() < 2 {
                // Higher than a whole page, and not to be parted: it is drawn all the same.
                groups.extend(rest.pop_front().map(|piece| piece.placed(paper.x, top)));
            }
            scenes.push(self.scene(groups, self.size.points().1));
        }
    }
}

/// The height of pieces below one another.
pub(super) fn height_of(pieces: &VecDeque<Piece>) -> f64 {
    pieces.iter().enumerate().map(|(place, piece)| piece.height() + if place > 0 { piece.before } else { 0.0 }).sum()
}

/// Numbers pages in their lower margin if there are several, and says of each but the first, which has it anyway, from which edition it is.
pub(super) fn number(pages: &mut [Scene], edition: &str, size: SheetSize) {
    let count = pages.len();
    // A figure that is pasted stands on somebody else's pages.
    if count < 2 || size == SheetSize::Figure {
        return;
    }
    let sizes = Type::on(size);
    let style = Style::plain(sizes.small).in_colour(GREY);
    for (page, number) in pages.iter_mut().zip(1..) {
        let (y, right) = (page.height - sizes.margin * 0.5, page.width - sizes.margin);
        let words = format!("Page {number} of {count}");
        let room = right - sizes.margin - style.width(&words) - sizes.gutter;
        let mut marks = vec![style.text(words, right, y, Align::End)];
        if number > 1 && !edition.is_empty() && style.width(edition) < room {
            marks.push(style.text(edition, sizes.margin, y, Align::Start));
        }
        page.groups.push(Group { role: Role::Decoration, clip: None, marks });
    }
}

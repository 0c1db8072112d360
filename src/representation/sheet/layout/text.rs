//! Text in pieces that fill columns: rows that stay whole, pieces that may go on in the next column or on the next page.

use std::collections::VecDeque;

use super::page::{INK, Room, Type};
use crate::model::style::Colour;
use crate::representation::sheet::{Align, Group, Mark, PathPart, Role, Text, Weight, font};

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
}

impl Style {
    /// Regular ink.
    pub const fn plain(size: f64) -> Self {
        Self { size, weight: Weight::Regular, colour: INK }
    }

    /// Bold ink.
    pub const fn bold(size: f64) -> Self {
        Self { size, weight: Weight::Bold, colour: INK }
    }

    /// The same in another colour.
    pub const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// How wide words are.
    pub fn width(self, words: &str) -> f64 {
        font::width(words, self.weight, self.size, 0.0)
    }

    /// Words broken into lines.
    pub fn lines(self, words: &str, room: f64) -> Vec<String> {
        font::wrapped(words, self.weight, self.size, room)
    }

    /// A line of text with its baseline at `y`.
    pub fn text(self, words: impl Into<String>, x: f64, y: f64, align: Align) -> Mark {
        let Self { size, weight, colour } = self;
        Mark::Text(Text { words: words.into(), x, y, size, weight, align, colour, halo: 0.0, spacing: 0.0 })
    }
}

/// A row that stays whole; its marks are placed from its own upper left corner.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    pub marks: Vec<Mark>,
    pub height: f64,
    /// Its cells, if it is a row of a table.
    pub cells: Vec<String>,
}

/// Rows that belong together.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// What they are; a table's cells are those of its rows.
    pub role: Role,
    pub rows: Vec<Row>,
    /// Rows at the beginning that are said again where the piece goes on elsewhere.
    pub heads: usize,
    /// Space before it, unless it is the first of a column.
    pub before: f64,
    /// Whether it must not be parted from the piece after it.
    pub leads: bool,
    /// Whether it stays in one column as long as a whole column can hold it.
    pub whole: bool,
}

impl Piece {
    /// A paragraph.
    pub fn paragraph(words: &str, style: Style, width: f64, before: f64) -> Self {
        Self::lines(Role::Paragraph, words, style, width, before)
    }

    /// A heading, which stays with what follows.
    pub fn heading(words: &str, style: Style, width: f64, before: f64) -> Self {
        Self { leads: true, ..Self::lines(Role::Heading, words, style, width, before) }
    }

    /// Words broken into lines.
    pub fn lines(role: Role, words: &str, style: Style, width: f64, before: f64) -> Self {
        Self::hanging(role, "", words, style, width, before)
    }

    /// Words with a number that hangs before them.
    pub fn hanging(role: Role, number: &str, words: &str, style: Style, width: f64, before: f64) -> Self {
        let indent = if number.is_empty() { 0.0 } else { style.width("00") + style.size * 0.35 };
        let height = Type::leading(style.size);
        let rows = style.lines(words, width - indent).into_iter().enumerate().map(|(place, line)| {
            let baseline = baseline(style.size);
            let mut marks = Vec::new();
            if place == 0 && !number.is_empty() {
                marks.push(style.text(number, 0.0, baseline, Align::Start));
            }
            marks.push(style.text(line, indent, baseline, Align::Start));
            Row { marks, height, cells: Vec::new() }
        });
        Self { role, rows: rows.collect(), heads: 0, before, leads: false, whole: false }
    }

    /// The same words, standing for those that went on from elsewhere.
    pub fn continued(words: &str, style: Style, width: f64, before: f64) -> Self {
        Self::heading(&format!("{words}, continued"), style, width, before)
    }

    /// Height without the space before it.
    pub fn height(&self) -> f64 {
        self.rows.iter().map(|row| row.height).sum()
    }

    /// Whether it is not parted in a column so high.
    fn stays_whole(&self, column: f64) -> bool {
        self.whole && self.height() <= column * 0.75
    }

    /// Its rows at a place.
    pub fn placed(self, x: f64, y: f64) -> Group {
        let mut top = y;
        let mut marks = Vec::new();
        let mut cells = Vec::new();
        for mut row in self.rows {
            for mark in &mut row.marks {
                shift(mark, x, top);
            }
            marks.append(&mut row.marks);
            top += row.height;
            cells.push(row.cells);
        }
        let role = if matches!(self.role, Role::Table(_)) { Role::Table(cells) } else { self.role };
        Group { role, clip: None, marks }
    }

    /// Parts it so that the first part is no higher than this; none if less than two rows would stand on a side.
    fn parted(mut self, height: f64) -> Result<(Self, Self), Self> {
        let mut used = 0.0;
        let fitting = self.rows.iter().take_while(|row| {
            used += row.height;
            used <= height + 1e-6
        });
        let mut fitting = fitting.count();
        if self.rows.len() < fitting + 2 {
            fitting = self.rows.len().saturating_sub(2);
        }
        if fitting < self.heads + 2 {
            return Err(self);
        }
        let mut rest = self.rows[..self.heads].to_vec();
        rest.extend(self.rows.drain(fitting..));
        let rest = Self { rows: rest, before: 0.0, ..self.clone_without_rows() };
        Ok((self, rest))
    }

    fn clone_without_rows(&self) -> Self {
        Self { role: self.role.clone(), rows: Vec::new(), heads: self.heads, before: self.before, leads: self.leads, whole: self.whole }
    }
}

/// Where the first baseline of a line of this size stands below its top.
pub(super) fn baseline(size: f64) -> f64 {
    size * 1.02
}

/// Moves a mark.
fn shift(mark: &mut Mark, right: f64, down: f64) {
    let moved = |[x, y]: [f64; 2]| [x + right, y + down];
    match mark {
        Mark::Text(text) => [text.x, text.y] = moved([text.x, text.y]),
        Mark::Path { parts, .. } => {
            for part in parts {
                *part = match *part {
                    PathPart::Move(x, y) => PathPart::Move(x + right, y + down),
                    PathPart::Line(x, y) => PathPart::Line(x + right, y + down),
                    PathPart::Curve(first, second, end) => PathPart::Curve(moved(first), moved(second), moved(end)),
                    PathPart::Close => PathPart::Close,
                };
            }
        }
    }
}

/// Fills a column from the front of a queue; gives the groups and the height used. What does not fit stays in the queue.
pub(super) fn fill(pieces: &mut VecDeque<Piece>, room: Room) -> (Vec<Group>, f64) {
    let mut groups = Vec::new();
    let mut used = 0.0;
    while let Some(piece) = pieces.pop_front() {
        let before = if groups.is_empty() { 0.0 } else { piece.before };
        let left = room.height - used - before;
        let whole = piece.height();
        let led = if piece.leads { led_by(pieces, room.height) } else { 0.0 };
        if whole + led <= left + 1e-6 {
            groups.push(piece.placed(room.x, room.y + used + before));
            used += before + whole;
            continue;
        }
        // Something must go onto an empty page, or nothing ever would.
        let kept = piece.stays_whole(room.height) || (piece.leads && piece.rows.len() <= 3);
        let parted = if kept { Err(piece) } else { piece.parted(left) };
        match parted {
            Ok((first, rest)) => {
                let height = first.height();
                groups.push(first.placed(room.x, room.y + used + before));
                used += before + height;
                pieces.push_front(rest);
            }
            Err(piece) => pieces.push_front(piece),
        }
        break;
    }
    (groups, used)
}

/// How much must stand below a piece that leads: all that lead in turn, and the least of what they lead to.
fn led_by(pieces: &VecDeque<Piece>, column: f64) -> f64 {
    let mut height = 0.0;
    for piece in pieces {
        if !piece.leads || piece.rows.len() > 3 {
            return height + piece.before + least(piece, column);
        }
        height += piece.before + piece.height();
    }
    height
}

/// The least height of a piece that must stand with the heading before it.
fn least(piece: &Piece, column: f64) -> f64 {
    if piece.stays_whole(column) || piece.rows.len() <= piece.heads + 3 {
        piece.height()
    } else {
        piece.rows[..piece.heads + 2].iter().map(|row| row.height).sum()
    }
}

/// The least height, up to a limit, at which pieces fill these columns without a rest; none if they do not fit.
pub(super) fn least_height(pieces: &VecDeque<Piece>, columns: usize, limit: f64, step: f64) -> Option<f64> {
    let mut height = step;
    while height <= limit {
        let mut rest = pieces.clone();
        for _ in 0..columns {
            fill(&mut rest, Room { x: 0.0, y: 0.0, width: 0.0, height });
        }
        if rest.is_empty() {
            return Some(height);
        }
        height += step;
    }
    None
}

//! The key: swatches, ranges, and numbers in columns that end where their heads end.

use super::hatch;
use super::page::{GREY, INK, RULE, Room, Type, drawn, filled, solid};
use super::project::Vertex;
use super::symbols::{self, SymbolScale};
use super::text::{Piece, Row, Style, baseline};
use crate::model::style::Colour;
use crate::representation::figure::{Fill, KeyBlock, KeyRow, Swatch, Symbol};
use crate::representation::sheet::{Align, Mark, Paint, PathPart, Role, Stroke};

/// How half transparent the fill of an outline is.
pub(super) const OUTLINE_OPACITY: f64 = 0.28;

/// The key of a figure as pieces of a column; with or without the notes of its blocks.
pub(super) fn pieces(blocks: &[KeyBlock], direction: &str, width: f64, sizes: &Type, scale: SymbolScale, noted: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut direction = Some(direction).filter(|words| !words.is_empty());
    for block in blocks {
        let before = if pieces.is_empty() { 0.0 } else { sizes.key * 1.3 };
        let columns = Columns::of(block, width, sizes, scale);
        if block.columns.is_empty() {
            if !block.title.is_empty() {
                pieces.push(Piece::heading(&block.title, Style::bold(sizes.head), width, before));
            }
            let rows = block.rows.iter().map(|row| columns.row(row)).collect();
            pieces.push(Piece { role: Role::List, rows, heads: 0, before: sizes.key * 0.35, leads: false, whole: false });
        } else {
            let mut rows = vec![columns.heads(block)];
            rows.extend(block.rows.iter().map(|row| columns.row(row)));
            pieces.push(Piece { role: Role::Table(Vec::new()), rows, heads: 1, before, leads: false, whole: false });
        }
        if noted && !block.note.is_empty() {
            pieces.push(Piece::paragraph(&block.note, Style::plain(sizes.small).in_colour(GREY), width, sizes.key * 0.35));
        }
        // Which end is which belongs to the classes, and those come first.
        pieces.extend(direction.take().map(|words| Piece::paragraph(words, Style::plain(sizes.body), width, sizes.key * 0.6)));
    }
    pieces.extend(direction.map(|words| Piece::paragraph(words, Style::plain(sizes.body), width, 0.0)));
    pieces
}

/// Where the columns of a block stand.
struct Columns<'t> {
    sizes: &'t Type,
    scale: SymbolScale,
    width: f64,
    swatch: f64,
    words: f64,
    /// The right end of each column of numbers.
    ends: Vec<f64>,
}

impl<'t> Columns<'t> {
    fn of(block: &KeyBlock, width: f64, sizes: &'t Type, scale: SymbolScale) -> Self {
        let plain = Style::plain(sizes.key);
        let head = Style::plain(sizes.small).in_colour(GREY);
        let reach = block.rows.iter().map(|row| 2.0 * reach(&row.swatch, scale)).fold(0.0, f64::max);
        let swatch = if block.rows.iter().all(|row| row.swatch == Swatch::None) { 0.0 } else { reach.max(sizes.key * 2.2) };
        let mut ends = vec![width; block.columns.len()];
        let mut end = width;
        for (number, title) in block.columns.iter().enumerate().rev() {
            ends[number] = end;
            let values = block.rows.iter().filter_map(|row| row.values.get(number)).map(|value| plain.width(value));
            end -= values.fold(head.width(title), f64::max) + sizes.key * 1.1;
        }
        let indent = if swatch > 0.0 { swatch + sizes.key * 0.75 } else { 0.0 };
        Self { sizes, scale, width, swatch, words: (end - indent).max(sizes.key * 4.0), ends }
    }

    fn indent(&self) -> f64 {
        if self.swatch > 0.0 { self.swatch + self.sizes.key * 0.75 } else { 0.0 }
    }

    /// The block's title with the heads of its columns, over a thin rule.
    fn heads(&self, block: &KeyBlock) -> Row {
        let title = Style::bold(self.sizes.head);
        let head = Style::plain(self.sizes.small).in_colour(GREY);
        let leading = Type::leading(self.sizes.head);
        let room = self.words + self.indent();
        // Heads that would squeeze a long title into many lines stand below it.
        let mut lines = title.lines(&block.title, room);
        if lines.len() > 2 {
            lines = title.lines(&block.title, self.width);
            lines.push(String::new());
        }
        let mut marks = Vec::new();
        let mut y = 0.0;
        for (number, line) in lines.iter().enumerate() {
            y = leading * f64::from(u16::try_from(number).unwrap_or(u16::MAX)) + baseline(self.sizes.head);
            if !line.is_empty() {
                marks.push(title.text(line.as_str(), 0.0, y, Align::Start));
            }
        }
        if lines.is_empty() {
            y = baseline(self.sizes.head);
        }
        for (words, end) in block.columns.iter().zip(&self.ends) {
            marks.push(head.text(words.as_str(), *end, y, Align::End));
        }
        let rule = y + self.sizes.head * 0.5;
        marks.push(drawn(vec![PathPart::Move(0.0, rule), PathPart::Line(self.width, rule)], solid(RULE), 0.5));
        let cells = std::iter::once(block.title.clone()).chain(block.columns.iter().cloned()).collect();
        Row { marks, height: rule + self.sizes.head * 0.3, cells }
    }

    fn row(&self, row: &KeyRow) -> Row {
        let size = self.sizes.key;
        let leading = Type::leading(size);
        let plain = Style::plain(size);
        let indent = self.indent();
        let named = row.name.as_deref().filter(|name| !name.is_empty());
        let bold = Style::bold(size);
        let mut lines: Vec<(String, Style)> = Vec::new();
        if let Some(name) = named {
            lines.extend(bold.lines(name, self.words).into_iter().map(|line| (line, bold)));
        }
        let style = if named.is_some() { plain.in_colour(GREY) } else { plain };
        lines.extend(style.lines(&row.label, self.words).into_iter().map(|line| (line, style)));
        let count = f64::from(u16::try_from(lines.len().max(1)).unwrap_or(u16::MAX));
        let symbol = 2.0 * reach(&row.swatch, self.scale);
        let height = (leading * count + size * 0.34).max(symbol + size * 0.3);
        let top = (height - leading * count) / 2.0;
        let mut marks = swatch_marks(&row.swatch, Room { x: 0.0, y: 0.0, width: self.swatch, height }, size, self.scale);
        let mut y = top + baseline(size);
        let first = y;
        for (line, style) in lines {
            marks.push(style.text(line, indent, y, Align::Start));
            y += leading;
        }
        for (value, end) in row.values.iter().zip(&self.ends).filter(|(value, _)| !value.is_empty()) {
            marks.push(plain.text(value.as_str(), *end, first, Align::End));
        }
        let words = named.into_iter().chain(std::iter::once(row.label.as_str())).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
        let mut cells = vec![words];
        cells.extend(row.values.iter().take(self.ends.len()).cloned());
        Row { marks, height, cells }
    }
}

fn reach(swatch: &Swatch, scale: SymbolScale) -> f64 {
    match swatch {
        Swatch::Symbol(symbol) => symbols::reach(symbol, scale),
        Swatch::Approximate => 7.0 * scale.0,
        _ => 0.0,
    }
}

/// A swatch in the middle of its room.
fn swatch_marks(swatch: &Swatch, room: Room, size: f64, scale: SymbolScale) -> Vec<Mark> {
    let (x, y) = room.middle();
    let (width, height) = (size * 2.1, size * 1.15);
    let boxed = Room { x: room.width / 2.0 - width / 2.0, y: y - height / 2.0, width, height };
    match swatch {
        Swatch::Fill(fill) => filled_box(boxed, *fill, size),
        Swatch::Line { line, fill, dashed } => line_marks(boxed, *line, *fill, *dashed, size / 8.0),
        Swatch::Symbol(symbol) => symbols::marks(symbol, x, y, scale),
        Swatch::Approximate => {
            let example = Symbol::Practice { list_size: 0.0, chosen: false };
            let mut marks = vec![symbols::soft_ring(x, y, 6.2 * scale.0, scale, GREY)];
            marks.extend(symbols::marks(&example, x, y, SymbolScale(scale.0 * 0.8)).into_iter().map(greyed));
            marks
        }
        // The widest there is, as wide as on the map.
        Swatch::Flow => vec![symbols::flow(boxed.x + 0.1 * width, y, 0.8 * width, symbols::flow_width(1.0, size / 8.0))],
        Swatch::None => Vec::new(),
    }
}

/// The ring says "approximate" of any symbol: its example has no colour of its own.
fn greyed(mark: Mark) -> Mark {
    match mark {
        Mark::Path { parts, fill: Some(_), stroke } => Mark::Path { parts, fill: Some(solid(GREY)), stroke },
        other => other,
    }
}

fn filled_box(boxed: Room, fill: Fill, size: f64) -> Vec<Mark> {
    let mut marks = vec![filled(boxed.parts(), solid(fill.colour))];
    #[expect(clippy::cast_possible_truncation, reason = "a swatch lies on the paper")]
    let step = |value: f64| (value * 10.0).round() as i32;
    let corner = |x: f64, y: f64| -> Vertex { (step(x), step(y)) };
    let ring = vec![corner(boxed.x, boxed.y), corner(boxed.right(), boxed.y), corner(boxed.right(), boxed.bottom()), corner(boxed.x, boxed.bottom())];
    marks.extend(hatch::marks(&[ring], fill, boxed, size / 8.0));
    // A fine line keeps pale colours from running into the paper.
    marks.push(drawn(boxed.parts(), Paint { colour: INK, opacity: 0.35 }, 0.4));
    marks
}

fn line_marks(boxed: Room, line: Colour, fill: Option<Colour>, dashed: bool, strength: f64) -> Vec<Mark> {
    let stroke = outline_stroke(line, dashed, strength);
    let fill = fill.map(|colour| Paint { colour, opacity: OUTLINE_OPACITY });
    if fill.is_some() {
        return vec![Mark::Path { parts: boxed.parts(), fill, stroke: Some(stroke) }];
    }
    let y = boxed.y + boxed.height / 2.0;
    vec![Mark::Path { parts: vec![PathPart::Move(boxed.x, y), PathPart::Line(boxed.right(), y)], fill: None, stroke: Some(stroke) }]
}

/// The line of an outline.
pub(super) fn outline_stroke(line: Colour, dashed: bool, strength: f64) -> Stroke {
    let width = 1.5 * strength;
    let dashes = if dashed { vec![3.2 * width, 1.9 * width] } else { Vec::new() };
    Stroke { paint: solid(line), width, dashes, round: !dashed }
}

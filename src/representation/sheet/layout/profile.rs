//! The second page of a profile: key figures in cards, then charts and comparisons in columns.

use std::collections::VecDeque;

use super::charts;
use super::page::{GREY, GROUND, RULE, Room, Type, drawn, filled, solid};
use super::text::{Piece, Row, Style, baseline, fill, least_height};
use crate::representation::figure::{Figure, KeyFigure, ProfilePart};
use crate::representation::sheet::{Align, Group, PathPart, Role, Scene, SheetSize};

/// The pages after the map sheet; none without a profile.
pub(super) fn pages(figure: &Figure<'_>, size: SheetSize) -> Vec<Scene> {
    if figure.profile.is_empty() {
        return Vec::new();
    }
    let sizes = Type::on(size);
    let (width, page) = size.points();
    // A figure to be pasted is as high as it needs.
    let height = if size == SheetSize::Figure { 100_000.0 } else { page };
    let paper = Room { x: 0.0, y: 0.0, width, height }.within(sizes.margin);
    let columns = if size == SheetSize::A3Landscape { 3.0 } else { 2.0 };
    let column = (paper.width - sizes.gutter * (columns - 1.0)) / columns;
    let mut cards: VecDeque<Piece> = VecDeque::new();
    let mut rest: VecDeque<Piece> = VecDeque::new();
    let mut tables: VecDeque<Piece> = VecDeque::new();
    for part in &figure.profile {
        match part {
            ProfilePart::KeyFigures(figures) => cards.push_back(in_cards(figures, paper.width, size, &sizes)),
            ProfilePart::Chart(chart) => rest.extend(charts::pieces(chart, column, &sizes)),
            ProfilePart::Comparison { title, columns, rows, sentence } => {
                // Columns of numbers need the whole width, and the sentence that reads them stands above them.
                tables.push_back(Piece::heading(title, Style::bold(sizes.head), paper.width, sizes.key * 1.8));
                if !sentence.is_empty() {
                    tables.push_back(Piece { leads: true, ..Piece::paragraph(sentence, Style::plain(sizes.body), paper.width, 0.0) });
                }
                tables.push_back(table(columns, rows, paper.width, &sizes));
            }
        }
    }
    let mut scenes = Vec::new();
    while !(cards.is_empty() && rest.is_empty() && tables.is_empty()) {
        let mut groups = Vec::new();
        let mut head: VecDeque<Piece> = words_of_head(figure, paper.width, &sizes).into();
        let (heading, used) = fill(&mut head, paper);
        groups.extend(heading);
        let mut y = paper.y + used + sizes.subtitle;
        let before = cards.len() + rest.len() + tables.len();
        let (shown, used) = fill(&mut cards, Room { y, height: paper.bottom() - y, ..paper });
        groups.extend(shown);
        y += used + if used > 0.0 { sizes.key * 1.2 } else { 0.0 };
        if cards.is_empty() {
            y += columns_of(&mut rest, Room { y, height: paper.bottom() - y, ..paper }, column, &sizes, &mut groups);
        }
        if cards.is_empty() && rest.is_empty() {
            y += sizes.key * 1.4;
            let (shown, used) = fill(&mut tables, Room { y, height: paper.bottom() - y, ..paper });
            groups.extend(shown);
            y += used;
        }
        if cards.len() + rest.len() + tables.len() == before {
            // Higher than a page, and not to be parted: it is drawn all the same.
            groups.extend(cards.pop_front().or_else(|| rest.pop_front()).or_else(|| tables.pop_front()).map(|piece| piece.placed(paper.x, y)));
        }
        let height = if size == SheetSize::Figure { y + sizes.margin } else { page };
        let description = figure.alternative.clone();
        scenes.push(Scene { width, height, title: figure.title.clone(), description, groups });
    }
    scenes
}

fn words_of_head(figure: &Figure<'_>, width: f64, sizes: &Type) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if !figure.title.is_empty() {
        pieces.push(Piece::lines(Role::Heading, &figure.title, Style::bold(sizes.title * 0.72), width, 0.0));
    }
    pieces
}

/// Pieces in columns of nearly one height; gives the height used.
fn columns_of(pieces: &mut VecDeque<Piece>, room: Room, column: f64, sizes: &Type, groups: &mut Vec<Group>) -> f64 {
    let mut lefts = Vec::new();
    let mut x = room.x;
    while x + column <= room.right() + 0.1 {
        lefts.push(x);
        x += column + sizes.gutter;
    }
    let height = least_height(pieces, lefts.len(), room.height, sizes.key).unwrap_or(room.height);
    let mut used: f64 = 0.0;
    for x in lefts {
        let (shown, high) = fill(pieces, Room { x, width: column, height: height + 0.1, ..room });
        groups.extend(shown);
        used = used.max(high);
    }
    used
}

/// Cards with a large number each, in rows of one height.
fn in_cards(figures: &[KeyFigure], width: f64, size: SheetSize, sizes: &Type) -> Piece {
    let most = match size {
        SheetSize::A4Portrait | SheetSize::Figure => 3,
        SheetSize::A3Landscape | SheetSize::A4Landscape => 7,
        SheetSize::Slide => 4,
    };
    // Rows of nearly one length: seven cards of at most six stand as four and three.
    let lines = figures.len().div_ceil(most).max(1);
    let count = figures.len().div_ceil(lines).max(1);
    let gap = sizes.gutter * 0.5;
    let columns = f64::from(u16::try_from(count).unwrap_or(1));
    let card = (width - gap * (columns - 1.0)) / columns;
    let pad = sizes.key * 0.9;
    let rows = figures.chunks(count).map(|figures| {
        let mut words = Vec::new();
        let mut boxes = Vec::new();
        let mut height: f64 = 0.0;
        let mut x = 0.0;
        for figure in figures {
            let mut y = pad;
            let fitting =
                [2.1, 1.7, 1.35, 1.1].into_iter().map(|step| Style::bold(sizes.key * step)).find(|style| style.width(&figure.value) < card - 2.0 * pad);
            let value = fitting.unwrap_or(Style::bold(sizes.key));
            for (style, text) in [(value, &figure.value), (Style::plain(sizes.key), &figure.label), (Style::plain(sizes.small).in_colour(GREY), &figure.beside)]
            {
                for line in style.lines(text, card - 2.0 * pad) {
                    words.push(style.text(line, x + pad, y + baseline(style.size), Align::Start));
                    y += Type::leading(style.size);
                }
                y += sizes.key * 0.15;
            }
            boxes.push(x);
            height = height.max(y + pad * 0.8);
            x += card + gap;
        }
        let mut marks: Vec<_> = boxes.into_iter().map(|x| filled(Room { x, y: 0.0, width: card, height }.parts(), solid(GROUND))).collect();
        marks.append(&mut words);
        Row { marks, height: height + gap, cells: Vec::new() }
    });
    Piece { role: Role::List, rows: rows.collect(), heads: 0, before: 0.0, leads: false, whole: false }
}

/// A table: words on the left, numbers that end below the ends of their heads.
pub(super) fn table(columns: &[String], rows: &[Vec<String>], width: f64, sizes: &Type) -> Piece {
    let plain = Style::plain(sizes.key);
    let head = Style::plain(sizes.small).in_colour(GREY);
    let count = columns.len().max(rows.iter().map(Vec::len).max().unwrap_or(0)).max(1);
    let space = sizes.key * 1.0;
    let most = width * 0.62 / f64::from(u16::try_from((count - 1).max(1)).unwrap_or(u16::MAX));
    let mut ends = vec![width; count];
    let mut widths = vec![0.0; count];
    let mut end = width;
    for column in (1..count).rev() {
        ends[column] = end;
        let values = rows.iter().filter_map(|row| row.get(column)).map(|value| plain.width(value)).fold(0.0, f64::max);
        let title = columns.get(column).map_or(0.0, |title| head.width(title));
        widths[column] = values.max(title).min(most - space).max(sizes.key);
        end -= widths[column] + space;
    }
    widths[0] = end.max(sizes.key * 3.0);
    let line = |cells: &[String], style: Style, top: bool| {
        let lines: Vec<Vec<String>> = cells.iter().zip(&widths).map(|(words, width)| style.lines(words, *width)).collect();
        let high = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let mut marks = Vec::new();
        for (column, lines) in lines.into_iter().enumerate() {
            // Heads stand on the rule, rows hang from the line above.
            let skipped = if top { high - lines.len().min(high) } else { 0 };
            for (number, words) in lines.into_iter().enumerate() {
                let number = f64::from(u16::try_from(number + skipped).unwrap_or(u16::MAX));
                let y = sizes.key * 0.16 + baseline(style.size) + Type::leading(style.size) * number;
                let (x, align) = if column == 0 { (0.0, Align::Start) } else { (ends[column], Align::End) };
                marks.push(style.text(words, x, y, align));
            }
        }
        let height = Type::leading(style.size) * f64::from(u16::try_from(high).unwrap_or(u16::MAX)) + sizes.key * 0.28;
        marks.push(drawn(vec![PathPart::Move(0.0, height), PathPart::Line(width, height)], solid(RULE), if top { 0.8 } else { 0.4 }));
        Row { marks, height, cells: cells.to_vec() }
    };
    let mut all = vec![line(columns, head, true)];
    all.extend(rows.iter().map(|cells| line(cells, plain, false)));
    Piece { role: Role::Table(Vec::new()), rows: all, heads: 1, before: sizes.key * 0.2, leads: false, whole: true }
}

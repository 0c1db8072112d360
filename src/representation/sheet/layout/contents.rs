//! The contents page of an atlas: every figure with its number, its caption and its page.

use std::collections::VecDeque;

use super::page::{GREY, RULE, Room, Type, drawn, solid};
use super::text::{Piece, Row, Style, baseline, fill};
use super::words;
use crate::representation::sheet::{Align, PathPart, Role, Scene, SheetSize};

/// A figure in the contents of an atlas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsEntry {
    /// Its number: `1`, `2a`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it shows; empty where that need not be said.
    pub caption: String,
    /// The page on which it begins.
    pub page: usize,
}

/// The contents of an atlas, on as many pages as it takes; a page to be pasted is as high as it needs.
pub(super) fn pages(title: &str, intro: &str, entries: &[ContentsEntry], size: SheetSize) -> Vec<Scene> {
    let sizes = Type::on(size);
    let (width, page) = size.points();
    let height = if size == SheetSize::Figure { 1_000_000.0 } else { page };
    let paper = Room { x: 0.0, y: 0.0, width, height }.within(sizes.margin);
    // Lines longer than this are hard to read back from.
    let measure = paper.width.min(sizes.key * 75.0);
    let mut pieces: VecDeque<Piece> = VecDeque::new();
    if !intro.is_empty() {
        pieces.push_back(Piece::paragraph(intro, Style::plain(sizes.subtitle), measure, 0.0));
    }
    let mut rows = vec![heads(measure, &sizes)];
    rows.extend(entries.iter().map(|entry| row(entry, entries, measure, &sizes)));
    pieces.push_back(Piece { role: Role::Table(Vec::new()), rows, heads: 1, before: sizes.key * 2.0, leads: false, whole: false });
    let mut scenes = Vec::new();
    while !pieces.is_empty() {
        let mut head = words::head(title, "", paper.width, &sizes);
        if !scenes.is_empty() {
            head = VecDeque::from([Piece::heading("Contents, continued", Style::bold(sizes.subtitle), paper.width, 0.0)]);
        }
        let (mut groups, used) = fill(&mut head, paper);
        let y = paper.y + used + if used > 0.0 { sizes.subtitle } else { 0.0 };
        let (shown, high) = fill(&mut pieces, Room { y, height: paper.bottom() - y, ..paper });
        if shown.is_empty() {
            groups.extend(pieces.pop_front().map(|piece| piece.placed(paper.x, y)));
        }
        groups.extend(shown);
        let height = if size == SheetSize::Figure { y + high + sizes.margin } else { page };
        scenes.push(Scene { width, height, title: title.to_owned(), description: intro.to_owned(), groups });
    }
    scenes
}

fn heads(width: f64, sizes: &Type) -> Row {
    let style = Style::plain(sizes.small).in_colour(GREY);
    let y = baseline(sizes.small);
    let rule = y + sizes.small * 0.6;
    let marks = vec![
        style.text("Figure", 0.0, y, Align::Start),
        style.text("Page", width, y, Align::End),
        drawn(vec![PathPart::Move(0.0, rule), PathPart::Line(width, rule)], solid(RULE), 0.8),
    ];
    Row { marks, height: rule, cells: vec!["Figure".to_owned(), String::new(), "Page".to_owned()] }
}

fn row(entry: &ContentsEntry, all: &[ContentsEntry], width: f64, sizes: &Type) -> Row {
    let (bold, plain) = (Style::bold(sizes.body * 1.1), Style::plain(sizes.key).in_colour(GREY));
    let indent = all.iter().map(|entry| bold.width(&entry.number)).fold(0.0, f64::max) + sizes.key * 1.1;
    let room = width - indent - bold.width("0000") - sizes.key;
    let mut y = sizes.key * 0.75 + baseline(bold.size);
    let page = entry.page.to_string();
    let mut marks = vec![bold.text(entry.number.as_str(), 0.0, y, Align::Start)];
    for line in bold.lines(&entry.title, room) {
        marks.push(bold.text(line, indent, y, Align::Start));
        y += Type::leading(bold.size);
    }
    for line in plain.lines(&entry.caption, room) {
        marks.push(plain.text(line, indent, y, Align::Start));
        y += Type::leading(plain.size);
    }
    let first = sizes.key * 0.75 + baseline(bold.size);
    marks.push(bold.text(page.as_str(), width, first, Align::End));
    let rule = y - sizes.key * 0.25;
    marks.push(drawn(vec![PathPart::Move(0.0, rule), PathPart::Line(width, rule)], solid(RULE), 0.4));
    let words = [entry.title.as_str(), entry.caption.as_str()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
    Row { marks, height: rule, cells: vec![entry.number.clone(), words, page] }
}

//! The words around a map as pieces: title, caption, notes, sources, licences, edition and link.

use std::collections::VecDeque;

use super::page::{GREY, Type};
use super::text::{Piece, Style};
use crate::representation::figure::Figure;
use crate::representation::sheet::{Role, SheetSize};

/// Title and subtitle; the title is set smaller the longer it is.
pub(super) fn head(title: &str, subtitle: &str, width: f64, sizes: &Type) -> VecDeque<Piece> {
    let mut pieces = VecDeque::new();
    if !title.is_empty() {
        // Rather one line in slightly smaller type than two; then two, and only the longest are set small.
        let steps = [(1.0, 1), (0.9, 1), (0.82, 1), (1.0, 2), (0.88, 2), (0.78, 2), (0.68, 2), (0.6, usize::MAX)];
        let set = |step: f64| Piece::lines(Role::Title, title, Style::bold(sizes.title * step), width, 0.0);
        let fitting = steps.into_iter().map(|(step, most)| (set(step), most)).find(|(piece, most)| piece.rows.len() <= *most);
        pieces.extend(fitting.map(|(piece, _)| piece));
    }
    if !subtitle.is_empty() {
        pieces.push_back(Piece::paragraph(subtitle, Style::plain(sizes.subtitle).in_colour(GREY), width, sizes.subtitle * 0.15));
    }
    pieces
}

/// The caption.
pub(super) fn caption(words: &str, width: f64, sizes: &Type, before: f64) -> Option<Piece> {
    (!words.is_empty()).then(|| Piece::lines(Role::Caption, words, Style::plain(sizes.body), width, before))
}

/// Numbered notes under their heading.
pub(super) fn notes(notes: &[String], width: f64, sizes: &Type) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, note) in (1..).zip(notes) {
        if number == 1 {
            pieces.push(Piece::heading(if notes.len() == 1 { "Note" } else { "Notes" }, Style::bold(sizes.small), width, sizes.small * 0.9));
        }
        let style = Style::plain(sizes.small);
        let number = if notes.len() == 1 { String::new() } else { number.to_string() };
        pieces.push(Piece::hanging(Role::Paragraph, &number, note, style, width, sizes.small * 0.18));
    }
    pieces
}

/// Sources under their heading, then the lines of their licences.
pub(super) fn sources(figure: &Figure<'_>, width: f64, sizes: &Type) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let style = Style::plain(sizes.small);
    for (number, source) in figure.sources.iter().enumerate() {
        if number == 0 {
            let title = if figure.sources.len() == 1 { "Source" } else { "Sources" };
            pieces.push(Piece::heading(title, Style::bold(sizes.small), width, sizes.small * 0.9));
        }
        pieces.push(Piece::paragraph(source, style, width, sizes.small * 0.18));
    }
    // The lines of licences run on: each is short, and a page of its own for two of them would help nobody.
    if !figure.attributions.is_empty() {
        pieces.push(Piece::paragraph(&figure.attributions.join(" "), style.in_colour(GREY), width, sizes.small * 0.7));
    }
    pieces
}

/// All in a few lines that run on: for a slide, and for a figure that stands in somebody's own text.
pub(super) fn run_on(figure: &Figure<'_>, size: SheetSize, width: f64, sizes: &Type) -> Vec<Piece> {
    let style = Style::plain(sizes.small);
    let mut pieces = Vec::new();
    let mut add = |words: String, style: Style| {
        if !words.is_empty() {
            pieces.push(Piece::paragraph(&words, style, width, sizes.small * 0.3));
        }
    };
    if size == SheetSize::Figure {
        let numbered = figure.notes.iter().zip(1..).map(|(note, number)| format!("{number} {note}")).collect::<Vec<_>>();
        match figure.notes.as_slice() {
            [] => {}
            [one] => add(format!("Note: {one}"), style),
            _ => add(format!("Notes: {}", numbered.join(" ")), style),
        }
    }
    add(publishers(&figure.sources), style);
    let edition = (size == SheetSize::Slide).then_some(figure.edition.as_str()).into_iter();
    let lines: Vec<&str> = figure.attributions.iter().map(String::as_str).chain(edition).filter(|line| !line.is_empty()).collect();
    add(lines.join(" "), style.in_colour(GREY));
    pieces
}

/// `Sources: A; B.`, who publishes them, each once; titles and editions stand on the sheet and in the table.
fn publishers(sources: &[String]) -> String {
    let mut names: Vec<String> = Vec::new();
    for source in sources {
        let publisher = source.split_once(": ").map_or(source.as_str(), |(publisher, _)| publisher);
        for name in publisher.split("; ") {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    joined("Source", &names)
}

fn joined(head: &str, items: &[String]) -> String {
    let items: Vec<&str> = items.iter().map(|item| item.trim_end_matches('.')).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => format!("{head}: {one}."),
        many => format!("{head}s: {}.", many.join("; ")),
    }
}

/// The edition, and the link at which all this can be opened again.
pub(super) fn origin(figure: &Figure<'_>, size: SheetSize, width: f64, sizes: &Type) -> Vec<Piece> {
    let style = Style::plain(sizes.small).in_colour(GREY);
    let mut pieces = Vec::new();
    // On a slide it stands among the lines of the sources.
    if !figure.edition.is_empty() && size != SheetSize::Slide {
        pieces.push(Piece::paragraph(&figure.edition, style, width, sizes.small * 0.7));
    }
    if !figure.link.is_empty() {
        pieces.push(Piece::lines(Role::Link(figure.link.clone()), &figure.link, style, width, 0.0));
    }
    pieces
}

//! What a reader who does not see the page is told of it: which words belong to which cell of a table, and where marks stand.

use super::font;
use super::scene::{Align, Group, Mark, PathPart, Text};

/// For each mark of a table the row and column of its cell; nothing for lines and fills, and for words that are in no cell.
///
/// A cell may be printed on several lines: words are taken in order until they make up the text of the cell.
pub(super) fn cells(rows: &[Vec<String>], marks: &[Mark]) -> Vec<Option<(usize, usize)>> {
    let letters = |words: &str| words.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let mut wanted =
        rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().enumerate().map(move |(column, words)| ((row, column), letters(words)))).peekable();
    let mut rest = String::new();
    let mut place = None;
    marks
        .iter()
        .map(|mark| {
            let Mark::Text(text) = mark else { return None };
            let words = letters(&text.words);
            if rest.is_empty() {
                while wanted.next_if(|(_, words)| words.is_empty()).is_some() {}
                let (next, cell) = wanted.next_if(|(_, cell)| cell.starts_with(&words))?;
                (place, rest) = (Some(next), cell);
            }
            rest = rest.strip_prefix(words.as_str())?.to_owned();
            place
        })
        .collect()
}

/// Where a line of text begins.
pub(super) fn start(text: &Text) -> f64 {
    let width = || font::width(&text.words, text.weight, text.size, text.spacing);
    match text.align {
        Align::Start => text.x,
        Align::Middle => text.x - width() / 2.0,
        Align::End => text.x - width(),
    }
}

/// The rectangle around a line of text: left, top, right, bottom.
pub(super) fn text_box(text: &Text) -> [f64; 4] {
    let left = start(text);
    [left, text.y - font::ascent(text.size), left + font::width(&text.words, text.weight, text.size, text.spacing), text.y + font::descent(text.size)]
}

/// The rectangle around everything in a group, within its clip: left, top, right, bottom; nothing for an empty group.
pub(super) fn bounds(group: &Group) -> Option<[f64; 4]> {
    if let Some([x, y, width, height]) = group.clip {
        return Some([x, y, x + width, y + height]);
    }
    let mut all: Option<[f64; 4]> = None;
    let mut take = |part: [f64; 4]| {
        let old = all.unwrap_or(part);
        all = Some([old[0].min(part[0]), old[1].min(part[1]), old[2].max(part[2]), old[3].max(part[3])]);
    };
    for mark in &group.marks {
        match mark {
            Mark::Text(text) => take(text_box(text)),
            Mark::Path { parts, .. } => {
                for part in parts {
                    match *part {
                        PathPart::Move(x, y) | PathPart::Line(x, y) => take([x, y, x, y]),
                        PathPart::Curve(_, _, [x, y]) => take([x, y, x, y]),
                        PathPart::Close => {}
                    }
                }
            }
        }
    }
    all
}

/// The words of a group in reading order, a space between lines.
pub(super) fn words(group: &Group) -> String {
    let lines = group.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text.words.as_str()) } else { None });
    lines.collect::<Vec<_>>().join(" ")
}

/// Words for the particulars of a file, which readers of XML must be able to read: controls are replaced, line ends become spaces.
pub(super) fn clean(words: &str) -> String {
    words.chars().map(cleaned).collect()
}

/// A character as XML may have it.
pub(super) const fn cleaned(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        other => other,
    }
}

/// Whether an address may become a link: pages and letters, never a script.
pub(super) fn is_address(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|start| address.get(..start.len()).is_some_and(|given| given.eq_ignore_ascii_case(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::style::Colour;
    use crate::representation::sheet::scene::Weight;

    fn text(words: &str) -> Mark {
        Mark::Text(Text {
            words: words.to_owned(),
            x: 0.0,
            y: 0.0,
            size: 8.0,
            weight: Weight::Regular,
            align: Align::Start,
            colour: Colour(0, 0, 0),
            halo: 0.0,
            spacing: 0.0,
        })
    }

    #[test]
    fn words_are_given_to_their_cells_over_several_lines() {
        let rows = vec![vec!["Area".to_owned(), "People here".to_owned()], vec![String::new(), "12".to_owned()]];
        let marks = [text("Area"), text("People"), text("here"), Mark::Path { parts: Vec::new(), fill: None, stroke: None }, text("12"), text("a note")];
        assert_eq!(cells(&rows, &marks), [Some((0, 0)), Some((0, 1)), Some((0, 1)), None, Some((1, 1)), None]);
    }

    #[test]
    fn only_pages_and_letters_become_links() {
        assert!(is_address("https://example.org/") && is_address("HTTP://example.org") && is_address("mailto:a@example.org"));
        assert!(!is_address("javascript:alert(1)") && !is_address("data:text/html,x") && !is_address("") && !is_address("/api"));
    }
}

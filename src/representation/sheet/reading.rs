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
            rest.strip_prefix(words.as_str())?;
            rest.drain(..words.len());
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

/// The rectangle around a mark: left, top, right, bottom; nothing for a path without points. Handles of curves count, since no curve leaves them.
fn mark_box(mark: &Mark) -> Option<[f64; 4]> {
    let parts = match mark {
        Mark::Text(text) => return Some(text_box(text)),
        Mark::Path { parts, .. } => parts,
    };
    let points = parts.iter().flat_map(|part| match *part {
        PathPart::Move(x, y) | PathPart::Line(x, y) => [Some([x, y]), None, None],
        PathPart::Curve(a, b, c) => [Some(a), Some(b), Some(c)],
        PathPart::Close => [None; 3],
    });
    points.flatten().fold(None, |all, [x, y]| Some(around(all, [x, y, x, y])))
}

fn around(all: Option<[f64; 4]>, part: [f64; 4]) -> [f64; 4] {
    all.map_or(part, |all| [all[0].min(part[0]), all[1].min(part[1]), all[2].max(part[2]), all[3].max(part[3])])
}

/// The rectangle around everything in a group, within its clip: left, top, right, bottom; nothing for an empty group.
pub(super) fn bounds(group: &Group) -> Option<[f64; 4]> {
    if let Some([x, y, width, height]) = group.clip {
        return Some([x, y, x + width, y + height]);
    }
    group.marks.iter().filter_map(mark_box).fold(None, |all, part| Some(around(all, part)))
}

/// The rectangle at which a group is cut; nothing where no mark reaches beyond it, because cutting costs a renderer a picture of its own.
pub(super) fn clip(group: &Group) -> Option<[f64; 4]> {
    let [x, y, width, height] = group.clip?;
    let within = group.marks.iter().all(|mark| {
        // Sharp corners of a line reach farther than half its width; slanted letters lean out of their box.
        let margin = match mark {
            Mark::Text(text) => text.halo + text.size * 0.3,
            Mark::Path { stroke, .. } => stroke.as_ref().map_or(0.0, |stroke| stroke.width * 2.0),
        };
        mark_box(mark)
            .is_none_or(|[left, top, right, bottom]| left - margin >= x && top - margin >= y && right + margin <= x + width && bottom + margin <= y + height)
    });
    (!within).then_some([x, y, width, height])
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
    use crate::representation::sheet::made_up;
    use crate::representation::sheet::scene::Role;

    fn text(words: &str) -> Mark {
        Mark::Text(made_up::text(words, 0.0, 0.0))
    }

    #[test]
    fn words_are_given_to_their_cells_over_several_lines() {
        let rows = vec![vec!["Area".to_owned(), "People here".to_owned()], vec![String::new(), "12".to_owned()]];
        let marks = [text("Area"), text("People"), text("here"), Mark::Path { parts: Vec::new(), fill: None, stroke: None }, text("12"), text("a note")];
        assert_eq!(cells(&rows, &marks), [Some((0, 0)), Some((0, 1)), Some((0, 1)), None, Some((1, 1)), None]);
    }

    #[test]
    fn a_group_is_cut_only_where_something_reaches_beyond() {
        let inside = |x: f64| Group {
            role: Role::Decoration,
            clip: Some([0.0, 0.0, 50.0, 50.0]),
            marks: vec![Mark::Text(Text { x, y: 25.0, ..made_up::text("abc", 0.0, 0.0) })],
        };
        assert_eq!(clip(&inside(10.0)), None);
        assert_eq!(clip(&inside(40.0)), Some([0.0, 0.0, 50.0, 50.0]));
        assert_eq!(bounds(&inside(10.0)), Some([0.0, 0.0, 50.0, 50.0]));
        let path = Mark::Path {
            parts: vec![PathPart::Move(1.0, 2.0), PathPart::Curve([3.0, -4.0], [60.0, 1.0], [4.0, 4.0]), PathPart::Close],
            fill: None,
            stroke: None,
        };
        assert_eq!(bounds(&Group { clip: None, marks: vec![path], ..inside(0.0) }), Some([1.0, -4.0, 60.0, 4.0]));
    }

    #[test]
    fn only_pages_and_letters_become_links() {
        assert!(is_address("https://example.org/") && is_address("HTTP://example.org") && is_address("mailto:a@example.org"));
        assert!(!is_address("javascript:alert(1)") && !is_address("data:text/html,x") && !is_address("") && !is_address("/api"));
    }
}

//! The one family that sheets are set in: how wide words are, where they break, and the parts of it that go into a file.
//!
//! Letters stand side by side by their own widths, without kerning: so every format agrees to the hundredth of a point with what was measured here.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use allsorts::binary::read::ReadScope;
use allsorts::font::{Font, read_cmap_subtable};
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile};
use allsorts::tables::FontTableProvider;
use allsorts::tables::cmap::Cmap;
use allsorts::tag;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::scene::Weight;

/// The name of the family, as its own name table has it.
pub const FAMILY: &str = "Noto Sans";

/// Units to the em, in every face.
pub(super) const EM: f32 = 2048.0;

/// A letter of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Its number in the whole face.
    pub id: u16,
    /// Its width in units of 2048 to the em; nothing for a mark that stands over the letter before it.
    pub advance: u16,
}

impl Weight {
    /// Every face.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Italic];

    /// The whole face as a TrueType file.
    #[must_use]
    pub const fn face(self) -> &'static [u8] {
        match self {
            Self::Regular => notosans::REGULAR_TTF,
            Self::Bold => notosans::BOLD_TTF,
            Self::Italic => notosans::ITALIC_TTF,
        }
    }

    fn glyphs(self) -> &'static [Option<Glyph>] {
        static REGULAR: LazyLock<Vec<Option<Glyph>>> = LazyLock::new(|| table(Weight::Regular));
        static BOLD: LazyLock<Vec<Option<Glyph>>> = LazyLock::new(|| table(Weight::Bold));
        static ITALIC: LazyLock<Vec<Option<Glyph>>> = LazyLock::new(|| table(Weight::Italic));
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
            Self::Italic => &ITALIC,
        }
    }

    /// The letter of a character, or the empty box that stands for one that the face has not.
    pub(super) fn glyph(self, character: char) -> Glyph {
        let found = |character: char| self.glyphs().get(character as usize).copied().flatten();
        found(character).unwrap_or(Glyph { id: 0, advance: 1229 })
    }
}

/// Letters by code point, read once from a face.
fn table(weight: Weight) -> Vec<Option<Glyph>> {
    with_provider(weight, |provider| {
        let data = provider.read_table_data(tag::CMAP).ok()?;
        let cmap = ReadScope::new(&data).read::<Cmap<'_>>().ok()?;
        let (_, characters) = read_cmap_subtable(&cmap).ok()??;
        let mut pairs = Vec::new();
        characters.mappings_fn(|code, id| pairs.push((code, id))).ok()?;
        let mut font = Font::new(provider).ok()?;
        let mut table = Vec::new();
        for (code, id) in pairs {
            let Some(character) = char::from_u32(code).filter(|character| id != 0 && *character <= '\u{ffff}') else { continue };
            let place = character as usize;
            if table.len() <= place {
                table.resize(place + 1, None);
            }
            table[place] = Some(Glyph { id, advance: font.horizontal_advance(id)? });
        }
        Some(table)
    })
    .expect("the faces that are compiled in can be read")
}

fn with_provider<T>(weight: Weight, read: impl FnOnce(allsorts::font_data::DynamicFontTableProvider<'static>) -> Option<T>) -> Option<T> {
    let data = ReadScope::new(weight.face()).read::<FontData<'static>>().ok()?;
    read(data.table_provider(0).ok()?)
}

/// The same words with letters and their marks in one character where there is one, as they are drawn.
#[must_use]
pub fn composed(words: &str) -> Cow<'_, str> {
    if words.is_ascii() || is_nfc(words) { Cow::Borrowed(words) } else { Cow::Owned(words.nfc().collect()) }
}

/// How wide a line of words is, in points, with `spacing` points after every letter but the last.
#[must_use]
pub fn width(words: &str, weight: Weight, size: f64, spacing: f64) -> f64 {
    let (mut units, mut letters) = (0_u64, 0_u32);
    for character in composed(words).chars() {
        units += u64::from(weight.glyph(character).advance);
        letters += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "a line has far fewer than 2^52 units")]
    let units = units as f64;
    units / f64::from(EM) * size + spacing * f64::from(letters.saturating_sub(1))
}

/// From the baseline up to the top of the highest letters, in points.
#[must_use]
pub fn ascent(size: f64) -> f64 {
    1.069 * size
}

/// From the baseline down to the lowest letters, in points.
#[must_use]
pub fn descent(size: f64) -> f64 {
    0.293 * size
}

/// The height of capitals and figures, in points.
#[must_use]
pub fn cap_height(size: f64) -> f64 {
    0.714 * size
}

/// The height of small letters such as x, in points.
#[must_use]
pub fn x_height(size: f64) -> f64 {
    0.536 * size
}

/// The first character that cannot be printed: one that a face has not, or one that has no print of its own
/// (line breaks and other controls, invisible joiners, switches of the direction of writing).
#[must_use]
pub fn missing(words: &str) -> Option<char> {
    composed(words).chars().find(|character| is_unprinted(*character) || Weight::ALL.iter().any(|weight| weight.glyph(*character).id == 0))
}

fn is_unprinted(character: char) -> bool {
    let marker = matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    character.is_control() || marker || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}')
}

/// Breaks words into lines no wider than `room` points: at spaces, and inside a word only when it is wider than a line by itself.
///
/// Nothing is lost but the space at which a line ends. A single letter wider than the room stands in a line of its own.
#[must_use]
pub fn wrapped(words: &str, weight: Weight, size: f64, room: f64) -> Vec<String> {
    let space = width(" ", weight, size, 0.0);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for (place, word) in words.split(' ').enumerate() {
        let needed = width(word, weight, size, 0.0);
        if place > 0 {
            if !line.is_empty() && used + space + needed > room {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            } else {
                line.push(' ');
                used += space;
            }
        }
        if used + needed <= room {
            line.push_str(word);
            used += needed;
            continue;
        }
        for piece in pieces(word) {
            let needed = width(piece, weight, size, 0.0);
            if used + needed > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if needed <= room {
                line.push_str(piece);
                used += needed;
            } else {
                used = broken(piece, weight, size, room, &mut lines, &mut line);
            }
        }
    }
    lines.push(line);
    // Spaces at the ends of a line would push it off its middle; a line of nothing but spaces says nothing.
    lines.iter().map(|line| line.trim_matches(' ').to_owned()).filter(|line| !line.is_empty()).collect()
}

/// A long word in the parts at which it may be broken with least harm: after the strokes and dots of an address.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive(['/', '-', '?', '&', '=', '_', ',', ';', ':', '.'])
}

/// Breaks a piece that is wider than a line between letters, never between a letter and its mark; gives the width of the last line begun.
fn broken(piece: &str, weight: Weight, size: f64, room: f64, lines: &mut Vec<String>, line: &mut String) -> f64 {
    let mut used = width(line, weight, size, 0.0);
    for character in piece.chars() {
        let needed = f64::from(weight.glyph(character).advance) / f64::from(EM) * size;
        if needed > 0.0 && used + needed > room && !line.is_empty() {
            lines.push(std::mem::take(line));
            used = 0.0;
        }
        line.push(character);
        used += needed;
    }
    used
}

/// A small TrueType file with the letters of some characters, for a file that carries its own type. The same characters give the same bytes.
#[must_use]
pub fn subset(weight: Weight, characters: &BTreeSet<char>) -> Vec<u8> {
    // The empty box stays in front, as the format demands; letters keep the order of the face.
    let ids: BTreeSet<u16> = std::iter::once(0).chain(characters.iter().map(|character| weight.glyph(*character).id)).collect();
    let ids: Vec<u16> = ids.into_iter().collect();
    with_provider(weight, |provider| allsorts::subset::subset(&provider, &ids, &SubsetProfile::Minimal, CmapTarget::Unicode).ok())
        .expect("the faces that are compiled in can be cut down")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> String {
        text.chars().filter(|character| *character != ' ').collect()
    }

    #[test]
    fn widths_are_the_sums_of_the_letters() {
        // Noto Sans: a is 561, b 615, space 260 thousandths of the em.
        assert!((width("ab a", Weight::Regular, 10.0, 0.0) - 19.97).abs() < 0.01);
        assert!((width("ab a", Weight::Regular, 10.0, 1.0) - 22.97).abs() < 0.01);
        assert!(width("ab a", Weight::Bold, 10.0, 0.0) > 20.0);
        assert!(width("", Weight::Bold, 10.0, 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_letter_with_its_mark_is_as_wide_as_the_one_character() {
        assert!((width("e\u{301}", Weight::Regular, 10.0, 1.0) - width("é", Weight::Regular, 10.0, 1.0)).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_printed_is_named() {
        for printed in ["Ashby-de-la-Zouch – 2 of 58 “deprived” £5 ½ ≥ • → ′ ŵ ŷ é e\u{301}", "<script>&\\frac{1}{2}$#*_", "naïve Ωμέγα Жук", ""]
        {
            assert_eq!(missing(printed), None, "{printed}");
        }
        let refused =
            ['\0', '\n', '\t', '\u{7f}', '\u{ad}', 'א', 'ع', '😀', '界', '\u{202e}', '\u{2066}', '\u{200d}', '\u{feff}', '\u{fe0f}', '\u{fffe}', '\u{10ffff}'];
        for refused in refused {
            assert_eq!(missing(&format!("fair {refused} words")), Some(refused), "{refused:?}");
        }
    }

    #[test]
    fn words_break_at_spaces_and_long_words_where_it_hurts_least() {
        assert_eq!(wrapped("in North West Leicestershire", Weight::Regular, 10.0, 80.0), ["in North West", "Leicestershire"]);
        assert_eq!(wrapped("", Weight::Regular, 10.0, 70.0), Vec::<String>::new());
        assert_eq!(wrapped("see https://example.org/a-long-address", Weight::Regular, 10.0, 90.0), ["see", "https://example.", "org/a-long-", "address"]);
        let long = "x".repeat(10_000);
        let lines = wrapped(&long, Weight::Bold, 10.0, 200.0);
        assert!(lines.len() > 100);
        assert_eq!(lines.concat(), long);
    }

    #[test]
    fn a_subset_is_small_and_the_same_each_time() {
        let characters: BTreeSet<char> = "Deprivation by neighbourhood, 2019".chars().collect();
        let bytes = subset(Weight::Regular, &characters);
        assert!(bytes.len() < 12_000, "{}", bytes.len());
        assert_eq!(bytes, subset(Weight::Regular, &characters));
        assert!(subset(Weight::Italic, &BTreeSet::new()).len() < 3_000);
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_letter_and_keeps_to_the_room(words in "[a-zA-Zé/. \u{301}-]{0,80}", room in 5.0..200.0_f64) {
            let lines = wrapped(&words, Weight::Regular, 10.0, room);
            prop_assert_eq!(letters(&lines.concat()), letters(&words));
            for line in lines {
                let single = line.chars().filter(|character| Weight::Regular.glyph(*character).advance > 0).count() <= 1;
                prop_assert!(single || width(&line, Weight::Regular, 10.0, 0.0) <= room + 1e-6, "{line}");
            }
        }
    }
}

//! Words that every figure uses: counted things, lists, shares, citations.

use super::{Figure, Pattern};
use crate::model::measure::{FigureStatus, number_text};
use crate::model::style::MISSING_COLOUR;
use crate::representation::figure::Fill;

/// The longest text that somebody who cannot see the map should have to listen to, characters.
const LONGEST_ALTERNATIVE: usize = 600;

/// A whole number.
#[must_use]
pub fn whole(number: f64) -> String {
    number_text(number, 0)
}

/// A count.
#[expect(clippy::cast_precision_loss, reason = "no list here is longer than the country's areas")]
#[must_use]
pub fn count(number: usize) -> String {
    whole(number as f64)
}

/// `1 neighbourhood`, `17 neighbourhoods`.
#[must_use]
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A share in per cent with one decimal; a small one that would round to nothing is said to be small.
#[must_use]
pub fn per_cent(share: f64) -> String {
    if share > 0.0 && share < 0.0005 { "under 0.1%".to_owned() } else { format!("{}%", number_text(share * 100.0, 1)) }
}

/// `Melton, Blaby and Rutland`.
pub fn list<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => format!("{} and {}", first.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref()),
    }
}

/// With a large first letter.
#[must_use]
pub fn first_large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// With a small first letter.
#[must_use]
pub fn first_small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Why there is no number, in the words of the page.
#[must_use]
pub const fn missing(status: FigureStatus) -> &'static str {
    match status {
        FigureStatus::Present => "",
        FigureStatus::Suppressed => "Suppressed (too few people to publish)",
        FigureStatus::NotHeld => "Not held",
        FigureStatus::NotApplicable => "Not applicable",
    }
}

/// The fill of areas without a number.
#[must_use]
pub const fn missing_fill(status: FigureStatus) -> Fill {
    Fill { colour: MISSING_COLOUR, pattern: Pattern::Missing(status) }
}

/// Sentences until there is no room for another: what stands first matters most.
#[must_use]
pub fn alternative(sentences: &[String]) -> String {
    let mut text = String::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        let longer = text.chars().count() + sentence.chars().count() + 1;
        if longer > LONGEST_ALTERNATIVE && !text.is_empty() {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(sentence.chars().take(LONGEST_ALTERNATIVE));
    }
    text
}

/// An id for machines out of words: small letters, digits and underscores.
#[must_use]
pub fn machine_id(words: &str) -> String {
    let plain: String = words.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    plain.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// How to quote a figure.
#[must_use]
pub fn citation(figure: &Figure<'_>, publishers: &[&str]) -> String {
    let title = figure.title.trim_end_matches('.');
    let sources = if publishers.is_empty() { String::new() } else { format!(" Sources: {}.", publishers.join("; ")) };
    format!("needsmap, edition {}. {title}.{sources} {}", figure.edition, figure.link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_are_not_printed_as_nothing() {
        assert_eq!([0.0, 0.0001, 0.0005, 0.2241].map(per_cent), ["0.0%", "under 0.1%", "0.1%", "22.4%"]);
    }

    #[test]
    fn a_text_for_listeners_ends_with_a_whole_sentence() {
        let sentences: Vec<String> = (0..20).map(|n| format!("Sentence {n} {}.", "word ".repeat(10).trim_end())).collect();
        let text = alternative(&sentences);
        assert!(text.chars().count() <= LONGEST_ALTERNATIVE && text.ends_with('.'), "{text}");
    }

    #[test]
    fn ids_hold_what_machines_take() {
        assert_eq!(machine_id("imd-2019.score"), "imd_2019_score");
        assert_eq!(machine_id("  Äpfel & pears "), "pfel_pears");
    }
}

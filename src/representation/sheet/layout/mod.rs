//! Where everything stands: a figure laid out on one size of paper, page by page.
//!
//! First the words that must be on the sheet get their room, then the map gets all that is left, down to a limit;
//! words beyond that limit go on on the next page. So nothing is lost, whatever is typed, and nothing lies over anything.

mod charts;
mod contents;
mod hatch;
mod inset;
mod key;
mod labels;
mod map;
mod net;
mod page;
mod profile;
mod project;
mod scale_bar;
mod sheet;
mod slide;
mod symbols;
#[cfg(test)]
mod tests;
mod text;
mod words;

use super::error::check;
use super::{Scene, SheetError, SheetSize, Shown};
use crate::representation::figure::Figure;

pub use contents::ContentsEntry;

/// The pages of a figure: the sheet with its map, and what follows it.
///
/// # Errors
/// When a text holds a character that the type has not.
pub fn pages(figure: &Figure<'_>, size: SheetSize, shown: &Shown) -> Result<Vec<Scene>, SheetError> {
    let mut pages = sheet::pages(figure, size, *shown);
    pages.extend(profile::pages(figure, size));
    sheet::number(&mut pages, &figure.edition, size);
    pages.iter().try_for_each(check)?;
    Ok(pages)
}

/// The contents of an atlas.
///
/// # Errors
/// When a text holds a character that the type has not.
pub fn contents(title: &str, intro: &str, entries: &[ContentsEntry], size: SheetSize) -> Result<Vec<Scene>, SheetError> {
    let pages = contents::pages(title, intro, entries, size);
    pages.iter().try_for_each(check)?;
    Ok(pages)
}

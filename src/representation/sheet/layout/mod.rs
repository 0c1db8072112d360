//! Where everything stands: a figure laid out on one size of paper, page by page.
//!
//! First the words that must be on the sheet get their room, then the map gets all that is left, down to a limit;
//! words beyond that limit go on on the next page. So nothing is lost, whatever is typed, and nothing lies over anything.

mod hatch;
mod inset;
mod key;
mod labels;
mod map;
mod net;
mod page;
mod project;
mod scale_bar;
mod sheet;
mod symbols;
mod text;
mod words;

use super::{Scene, SheetError, SheetSize, Shown};
use crate::representation::figure::Figure;

/// The pages of a figure: the sheet with its map, and what follows it.
///
/// # Errors
/// When a text holds a character that the type has not.
pub fn pages(figure: &Figure<'_>, size: SheetSize, shown: &Shown) -> Result<Vec<Scene>, SheetError> {
    let pages = sheet::pages(figure, size, shown);
    Ok(pages)
}

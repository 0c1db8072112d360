//! Why a sheet was not written.

use super::font;
use super::scene::{Mark, Scene};

/// Why a sheet was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// A character that the type of the sheets does not have, or that has no print of its own.
    #[error("the character {} (U+{:04X}) cannot be printed", shown(*.0), *.0 as u32)]
    Unprintable(char),
    /// A page without a size.
    #[error("a page must be wider and higher than nothing")]
    NoSize,
    /// More pixels than a picture may have.
    #[error("a picture of {width} by {height} pixels is larger than {most} pixels; choose fewer dots per inch")]
    TooManyPixels {
        /// Its width.
        width: u64,
        /// Its height.
        height: u64,
        /// What a picture may have.
        most: u64,
    },
    /// The library that writes the format refused: what it said.
    #[error("the {format} could not be written: {reason}")]
    Refused {
        /// The format.
        format: &'static str,
        /// What was said.
        reason: String,
    },
}

/// The character itself where it can be seen.
fn shown(character: char) -> String {
    if character.is_control() || character.is_whitespace() { "without a print".to_owned() } else { format!("“{character}”") }
}

impl SheetError {
    pub(super) fn refused(format: &'static str, reason: impl ToString) -> Self {
        Self::Refused { format, reason: reason.to_string() }
    }
}

/// Refuses a page that cannot be printed as it stands.
pub(super) fn check(scene: &Scene) -> Result<(), SheetError> {
    if !(scene.width > 0.0 && scene.height > 0.0 && scene.width.is_finite() && scene.height.is_finite()) {
        return Err(SheetError::NoSize);
    }
    let texts = scene.groups.iter().flat_map(|group| &group.marks);
    let refused = texts.filter_map(|mark| if let Mark::Text(text) = mark { font::missing(&text.words) } else { None }).next();
    refused.map_or(Ok(()), |character| Err(SheetError::Unprintable(character)))
}

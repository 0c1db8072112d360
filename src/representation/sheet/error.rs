//! Why a sheet was not written.

use super::font;
use super::scene::{Mark, PathPart, Scene};

/// Why a sheet was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// A character that the type of the sheets does not have, or that has no print of its own.
    #[error("the character {} (U+{:04X}) cannot be printed", shown(*.0), *.0 as u32)]
    Unprintable(char),
    /// A page without a size.
    #[error("a page must be wider and higher than nothing")]
    NoSize,
    /// A mark without a place on the page: a number that is none.
    #[error("a mark has no place on the page")]
    Nowhere,
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
    pub(super) fn refused(format: &'static str, reason: &impl ToString) -> Self {
        Self::Refused { format, reason: reason.to_string() }
    }
}

/// Refuses a page that cannot be printed as it stands.
pub(super) fn check(scene: &Scene) -> Result<(), SheetError> {
    if !(scene.width > 0.0 && scene.height > 0.0 && scene.width.is_finite() && scene.height.is_finite()) {
        return Err(SheetError::NoSize);
    }
    for group in &scene.groups {
        let clip = group.clip.unwrap_or([0.0, 0.0, 1.0, 1.0]);
        if !(clip.iter().all(|number| number.is_finite()) && clip[2] > 0.0 && clip[3] > 0.0) {
            return Err(SheetError::Nowhere);
        }
        group.marks.iter().try_for_each(check_mark)?;
    }
    Ok(())
}

fn check_mark(mark: &Mark) -> Result<(), SheetError> {
    match mark {
        Mark::Text(text) => {
            let placed = [text.x, text.y, text.size, text.halo, text.spacing].iter().all(|number| number.is_finite()) && text.size > 0.0;
            if placed { font::missing(&text.words).map_or(Ok(()), |character| Err(SheetError::Unprintable(character))) } else { Err(SheetError::Nowhere) }
        }
        Mark::Path { parts, stroke, .. } => {
            let finite = |point: &[f64; 2]| point.iter().all(|number| number.is_finite());
            let placed = parts.iter().all(|part| match part {
                PathPart::Move(x, y) | PathPart::Line(x, y) => finite(&[*x, *y]),
                PathPart::Curve(a, b, c) => finite(a) && finite(b) && finite(c),
                PathPart::Close => true,
            });
            let drawn = stroke.as_ref().is_none_or(|stroke| stroke.width >= 0.0 && stroke.width.is_finite() && dashes_end(&stroke.dashes));
            if placed && drawn { Ok(()) } else { Err(SheetError::Nowhere) }
        }
    }
}

/// A pattern of dashes without length would never come to the end of its line.
fn dashes_end(dashes: &[f64]) -> bool {
    dashes.iter().all(|length| *length >= 0.0 && length.is_finite()) && (dashes.is_empty() || dashes.iter().sum::<f64>() > 0.0)
}

//! Sheets: a figure laid out on paper once, then written as SVG, PNG, PDF or a slide.
//!
//! `layout` decides where everything stands and makes a [`Scene`] of it; `svg`, `png`, `pdf` only write scenes down. So they cannot disagree.

pub mod error;
pub mod font;
pub mod layout;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod outside;
pub mod pdf;
pub mod png;
pub mod pptx;
mod reading;
pub mod scene;
pub mod svg;

pub use error::SheetError;
pub use scene::{Align, Group, Mark, Paint, PathPart, Role, Scene, Stroke, Text, Weight};

/// The paper, in millimetres and points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetSize {
    /// 210 by 297 mm.
    A4Portrait,
    /// 297 by 210 mm.
    A4Landscape,
    /// 420 by 297 mm.
    A3Landscape,
    /// 13.333 by 7.5 inches, 16 to 9: a slide, with type that can be read on a wall.
    Slide,
    /// 170 mm wide and as high as it needs: to be pasted into a document that has its own head.
    Figure,
}

impl SheetSize {
    /// Every size.
    pub const ALL: [Self; 5] = [Self::A4Portrait, Self::A4Landscape, Self::A3Landscape, Self::Slide, Self::Figure];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::A4Portrait => "a4-portrait",
            Self::A4Landscape => "a4-landscape",
            Self::A3Landscape => "a3-landscape",
            Self::Slide => "slide",
            Self::Figure => "figure",
        }
    }

    /// Finds the size with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.id() == id)
    }

    /// Width and height in points (72 to the inch).
    #[must_use]
    pub const fn points(self) -> (f64, f64) {
        match self {
            Self::A4Portrait => (595.276, 841.89),
            Self::A4Landscape => (841.89, 595.276),
            Self::A3Landscape => (1190.551, 841.89),
            Self::Slide => (960.0, 540.0),
            Self::Figure => (481.89, 396.85),
        }
    }
}

/// Parts of a sheet that a reader may leave out; everything is shown otherwise. Notes, sources and licences always stand on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that a reader ticks")]
pub struct Shown {
    /// Title and subtitle.
    pub title: bool,
    /// Names of places.
    pub labels: bool,
    /// The small map.
    pub inset: bool,
    /// Land beyond the extent.
    pub neighbours: bool,
    /// Symbols of sites.
    pub points: bool,
    /// The caption.
    pub caption: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { title: true, labels: true, inset: true, neighbours: true, points: true, caption: true }
    }
}

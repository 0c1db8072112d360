//! What every page shares: rooms on the paper, the sizes of type, and the colours of everything that is not data.

use crate::model::style::Colour;
use crate::representation::sheet::{Mark, Paint, PathPart, SheetSize, Stroke};

/// Text and symbols.
pub(super) const INK: Colour = Colour(0x1d, 0x2a, 0x35);
/// Text that stands back.
pub(super) const GREY: Colour = Colour(0x55, 0x61, 0x6b);
/// Rules between parts of a page.
pub(super) const RULE: Colour = Colour(0xcd, 0xd4, 0xda);
/// The ground of a map: sea, and land that nobody asked about.
pub(super) const GROUND: Colour = Colour(0xf4, 0xf6, 0xf7);
/// Land beyond the areas in question.
pub(super) const NEIGHBOUR: Colour = Colour(0xe6, 0xea, 0xed);
/// Its borders.
pub(super) const NEIGHBOUR_LINE: Colour = Colour(0xcd, 0xd4, 0xda);
/// Paper.
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);

/// A rectangle on paper, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Room {
    /// The middle.
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The room within a margin.
    pub fn within(&self, margin: f64) -> Self {
        Self { x: self.x + margin, y: self.y + margin, width: self.width - 2.0 * margin, height: self.height - 2.0 * margin }
    }

    /// Whether another lies wholly in it.
    pub fn holds(&self, other: &Self) -> bool {
        other.x >= self.x && other.y >= self.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// How much of another lies in it, in square points.
    pub fn shared(&self, other: &Self) -> f64 {
        let width = self.right().min(other.right()) - self.x.max(other.x);
        let height = self.bottom().min(other.bottom()) - self.y.max(other.y);
        if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
    }

    /// The cut of a group.
    pub fn clip(&self) -> [f64; 4] {
        [self.x, self.y, self.width, self.height]
    }

    /// Its outline.
    pub fn parts(&self) -> Vec<PathPart> {
        vec![
            PathPart::Move(self.x, self.y),
            PathPart::Line(self.right(), self.y),
            PathPart::Line(self.right(), self.bottom()),
            PathPart::Line(self.x, self.bottom()),
            PathPart::Close,
        ]
    }
}

/// The sizes of type and space on one size of paper, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Around everything.
    pub margin: f64,
    /// Between columns.
    pub gutter: f64,
    pub title: f64,
    pub subtitle: f64,
    /// Heads of key blocks and of notes.
    pub head: f64,
    /// Rows of the key.
    pub key: f64,
    /// The caption and the sentence of direction.
    pub body: f64,
    /// Notes and sources.
    pub small: f64,
    /// Names of towns.
    pub label: f64,
    /// Lines and symbols beside those of a sheet of A4.
    pub strength: f64,
}

impl Type {
    /// The sizes that suit a paper.
    pub const fn on(size: SheetSize) -> Self {
        match size {
            SheetSize::A4Portrait | SheetSize::A4Landscape => {
                Self { margin: 36.0, gutter: 20.0, title: 17.0, subtitle: 10.0, head: 8.5, key: 8.0, body: 8.2, small: 7.0, label: 7.8, strength: 1.0 }
            }
            SheetSize::A3Landscape => {
                Self { margin: 48.0, gutter: 28.0, title: 24.0, subtitle: 14.0, head: 11.5, key: 10.8, body: 11.0, small: 8.6, label: 10.0, strength: 1.35 }
            }
            SheetSize::Slide => {
                Self { margin: 36.0, gutter: 28.0, title: 26.0, subtitle: 15.0, head: 13.5, key: 13.0, body: 13.0, small: 11.0, label: 12.0, strength: 1.4 }
            }
            SheetSize::Figure => {
                Self { margin: 4.0, gutter: 16.0, title: 12.5, subtitle: 9.0, head: 8.2, key: 7.8, body: 8.0, small: 7.0, label: 7.65, strength: 0.95 }
            }
        }
    }

    /// The same with a larger or smaller key, never smaller than the notes.
    pub fn with_key(&self, step: f64) -> Self {
        let scaled = |size: f64| (size * step).max(self.small);
        Self { key: scaled(self.key), head: scaled(self.head), ..*self }
    }

    /// From baseline to baseline.
    pub fn leading(size: f64) -> f64 {
        size * 1.32
    }
}

/// A solid paint.
pub(super) const fn solid(colour: Colour) -> Paint {
    Paint { colour, opacity: 1.0 }
}

/// A filled path.
pub(super) fn filled(parts: Vec<PathPart>, paint: Paint) -> Mark {
    Mark::Path { parts, fill: Some(paint), stroke: None }
}

/// A line with round corners.
pub(super) fn drawn(parts: Vec<PathPart>, paint: Paint, width: f64) -> Mark {
    Mark::Path { parts, fill: None, stroke: Some(Stroke { paint, width, dashes: Vec::new(), round: true }) }
}

/// A circle.
pub(super) fn circle(x: f64, y: f64, radius: f64) -> Vec<PathPart> {
    // A quarter of a circle as a cubic curve.
    let handle = radius * 0.552_285;
    vec![
        PathPart::Move(x + radius, y),
        PathPart::Curve([x + radius, y + handle], [x + handle, y + radius], [x, y + radius]),
        PathPart::Curve([x - handle, y + radius], [x - radius, y + handle], [x - radius, y]),
        PathPart::Curve([x - radius, y - handle], [x - handle, y - radius], [x, y - radius]),
        PathPart::Curve([x + handle, y - radius], [x + radius, y - handle], [x + radius, y]),
        PathPart::Close,
    ]
}

//! A page as marks: paths and lines of text at their places, grouped by what they are to a reader.
//!
//! Units are points (72 to the inch), x to the right, y downwards from the upper left corner.

use crate::model::style::Colour;

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// The title of the document.
    pub title: String,
    /// What it is, one or two sentences: the description in the metadata.
    pub description: String,
    /// Groups in reading order, which is also the order of drawing.
    pub groups: Vec<Group>,
}

/// Marks that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What they are to a reader.
    pub role: Role,
    /// Everything is cut at this rectangle: x, y, width, height.
    pub clip: Option<[f64; 4]>,
    /// The marks, lowest first.
    pub marks: Vec<Mark>,
}

/// What a group is: the tag in a PDF, the element's role in SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The title of the page.
    Title,
    /// A heading below it.
    Heading,
    /// A paragraph; lines of text in order.
    Paragraph,
    /// The caption of the figure.
    Caption,
    /// A picture with a text that stands for it.
    Figure(String),
    /// A list, such as a key: its texts in reading order.
    List,
    /// A table: for each row the texts of its cells, the first row the heads. The marks stand in the same order.
    Table(Vec<Vec<String>>),
    /// A link: its address.
    Link(String),
    /// Frames and rules: nothing to a reader.
    Decoration,
}

/// A mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A path, filled by the even-odd rule, stroked, or both.
    Path {
        /// Its parts.
        parts: Vec<PathPart>,
        /// The fill.
        fill: Option<Paint>,
        /// The line.
        stroke: Option<Stroke>,
    },
    /// A line of text.
    Text(Text),
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathPart {
    /// Begins a ring or line.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A cubic curve: two handles and the end.
    Curve([f64; 2], [f64; 2], [f64; 2]),
    /// Back to the beginning.
    Close,
}

/// A paint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    /// The colour.
    pub colour: Colour,
    /// 0 clear to 1 solid.
    pub opacity: f64,
}

/// A line's look.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its paint.
    pub paint: Paint,
    /// Its width in points.
    pub width: f64,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub dashes: Vec<f64>,
    /// Round ends and corners rather than sharp ones.
    pub round: bool,
}

/// A line of text: one font, one size, one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The words.
    pub words: String,
    /// The x of the start, middle or end, by `align`.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// The size in points.
    pub size: f64,
    /// The face.
    pub weight: Weight,
    /// Which end stands at `x`.
    pub align: Align,
    /// The colour.
    pub colour: Colour,
    /// A white edge around the letters, so many points wide; 0 for none. It lies under the letters and is nothing to a reader.
    pub halo: f64,
    /// Space added between letters, in points.
    pub spacing: f64,
}

/// The faces of the one family that is embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The start.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

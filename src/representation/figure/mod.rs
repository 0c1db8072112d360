//! A figure: everything that a sheet, a slide, a table and a caption say of one view, before anybody decides where it stands on paper.
//!
//! All geometry is borrowed from the store or the answer and lies in the British National Grid, metres. Words are final: nobody below writes any.

pub mod draft;
pub mod ground;
pub mod growth;
pub mod isochrones;
pub mod measure;
pub mod plain;
pub mod points;
pub mod practice;
pub mod profile;
pub mod rows;
pub mod travel;
pub mod words;

use geo::{BoundingRect, Intersects};
use geo_types::{MultiPolygon, Point, Rect};

use crate::model::crs::Bng;
use crate::model::housing::SiteStatus;
use crate::model::measure::FigureStatus;
use crate::model::style::Colour;

/// One view, ready to be printed.
#[derive(Debug, Clone)]
pub struct Figure<'s> {
    /// Its title, proposed from the view unless somebody typed another.
    pub title: String,
    /// Measure, period, areas; empty where somebody wants none.
    pub subtitle: String,
    /// What it shows in one or a few sentences with the numbers in them: to stand under the figure in a plan.
    pub caption: String,
    /// What somebody who cannot see the map is told: what it is a map of, and where the high and low values lie.
    pub alternative: String,
    /// How to quote it: title, edition, sources, link.
    pub citation: String,
    /// The map.
    pub map: FigureMap<'s>,
    /// The key, block by block, in reading order.
    pub key: Vec<KeyBlock>,
    /// Which end is which (`Purple is more deprived …`), printed under the key; empty only where nothing is classed.
    pub direction: String,
    /// Key figures, charts and sentences of a profile sheet's second page; empty for a map sheet.
    pub profile: Vec<ProfilePart>,
    /// Method, basis, approximations, what is missing: numbered footnotes.
    pub notes: Vec<String>,
    /// Publisher, title, edition, licence of each source, one line each.
    pub sources: Vec<String>,
    /// The lines that licences ask for, each once.
    pub attributions: Vec<String>,
    /// The edition: title and id.
    pub edition: String,
    /// The whole link of the view, as it can be opened again.
    pub link: String,
    /// The numbers behind it: the first table is that of the map.
    pub tables: Vec<FigureTable<'s>>,
}

/// What is drawn on a map, lowest first.
#[derive(Debug, Clone, Default)]
pub struct FigureMap<'s> {
    /// What must be seen whole: the sheet adds a margin and fits it to its frame.
    pub frame: Option<Bng<Rect<f64>>>,
    /// Land beyond the areas in question, light grey without names.
    pub neighbours: Vec<&'s Bng<MultiPolygon<f64>>>,
    /// The areas in question with their fills.
    pub areas: Vec<MapArea<'s>>,
    /// Borders above the areas: districts, the outline of the extent.
    pub borders: Vec<Border<'s>>,
    /// Outlines of catchments, shapes and isochrones.
    pub outlines: Vec<Outline<'s>>,
    /// Lines of flows, thicker for more.
    pub flows: Vec<Flow>,
    /// Practices, hospitals, housing sites, places asked about.
    pub points: Vec<MapPoint>,
    /// Names, most important first: the sheet leaves out those that would collide.
    pub labels: Vec<MapLabel>,
    /// The shapes that a small map shows to say where this is; the frame is drawn on it.
    pub inset: Vec<&'s Bng<MultiPolygon<f64>>>,
}

impl FigureMap<'_> {
    /// Whether nothing of what is asked about lies within a part of the map.
    #[must_use]
    pub fn is_empty_within(&self, part: &Bng<Rect<f64>>) -> bool {
        let within = |shape: &Bng<MultiPolygon<f64>>| shape.0.bounding_rect().is_some_and(|rect| rect.intersects(&part.0));
        let outlined = |outline: &Outline<'_>| match &outline.shape {
            OutlineShape::Owned(shape) => within(shape),
            OutlineShape::Stored(shape) => within(shape),
            OutlineShape::Around(shapes) => shapes.iter().any(|shape| within(shape)),
        };
        !self.areas.iter().any(|area| within(area.shape)) && !self.outlines.iter().any(outlined)
    }
}

/// An area with its fill.
#[derive(Debug, Clone, Copy)]
pub struct MapArea<'s> {
    /// Its shape.
    pub shape: &'s Bng<MultiPolygon<f64>>,
    /// How it is filled.
    pub fill: Fill,
}

/// How a shape is filled: colour, with a pattern where colour alone would not say enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// The colour.
    pub colour: Colour,
    /// What lies over it.
    pub pattern: Pattern,
}

/// Patterns that lie over a fill, told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pattern {
    /// None.
    #[default]
    Plain,
    /// No number, by reason: diagonals, dots, cross-hatch.
    Missing(FigureStatus),
    /// Dots: an estimate among firmer numbers.
    Estimated,
    /// Stripes: a colour's second round.
    Striped,
}

/// A border.
#[derive(Debug, Clone, Copy)]
pub struct Border<'s> {
    /// The shape it runs around.
    pub shape: &'s Bng<MultiPolygon<f64>>,
    /// How strong it is.
    pub kind: BorderKind,
}

/// How strong a border is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BorderKind {
    /// Of a district: grey.
    District,
    /// Of the extent: dark.
    Extent,
}

/// An outline with an optional light fill.
#[derive(Debug, Clone)]
pub struct Outline<'s> {
    /// The shape.
    pub shape: OutlineShape<'s>,
    /// The line's colour.
    pub line: Colour,
    /// A fill, half transparent so that borders show through; none for a line only.
    pub fill: Option<Colour>,
    /// Dashed: an estimate.
    pub dashed: bool,
}

/// Where an outline comes from.
#[derive(Debug, Clone)]
pub enum OutlineShape<'s> {
    /// One shape of an answer, owned.
    Owned(Bng<MultiPolygon<f64>>),
    /// One shape of the store.
    Stored(&'s Bng<MultiPolygon<f64>>),
    /// The outer edge of areas together: edges that two of them share are not drawn.
    Around(Vec<&'s Bng<MultiPolygon<f64>>>),
}

/// A line of flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// From.
    pub from: Bng<Point<f64>>,
    /// To.
    pub to: Bng<Point<f64>>,
    /// 0 to 1: how thick beside the thickest.
    pub weight: f64,
}

/// A symbol on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Where.
    pub point: Bng<Point<f64>>,
    /// What it looks like.
    pub symbol: Symbol,
    /// A name beside it, if it should have one; it gives way to others if it collides.
    pub name: Option<String>,
    /// Whether the point is approximate: drawn as a soft ring.
    pub approximate: bool,
}

/// Symbols, the same as on the screen (`web/src/map/symbols.ts`).
#[derive(Debug, Clone, PartialEq)]
pub enum Symbol {
    /// A practice: a circle whose area follows the list.
    Practice {
        /// Registered patients; 0 where not known.
        list_size: f64,
        /// The one that is asked about.
        chosen: bool,
    },
    /// A hospital: a white cross in a dark square.
    Hospital,
    /// A housing site: shape by status, area by dwellings.
    Site {
        /// Its status.
        status: SiteStatus,
        /// Homes.
        dwellings: f64,
    },
    /// A place asked about: a white letter or number in a dark disc.
    Mark(String),
}

/// A name on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapLabel {
    /// The words.
    pub text: String,
    /// Where it belongs: the centre of an area, the point of a town.
    pub point: Bng<Point<f64>>,
    /// What it names.
    pub kind: LabelKind,
}

/// What a label names: its size and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// A district or county: spaced capitals, grey.
    District,
    /// A city or a large town.
    Town,
    /// A small town or village.
    Village,
    /// A neighbour outside the extent.
    Neighbour,
}

/// A block of the key with its own head.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyBlock {
    /// What is classed and in which unit: `IMD 2019 score`.
    pub title: String,
    /// Heads of the columns of numbers, such as `Areas`, `People`; empty where there are none.
    pub columns: Vec<String>,
    /// The rows in reading order.
    pub rows: Vec<KeyRow>,
    /// A line under it: the method of the classes, whose people are counted.
    pub note: String,
}

/// A row of the key.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyRow {
    /// The swatch.
    pub swatch: Swatch,
    /// What it means, a bold line first where the class has a name.
    pub name: Option<String>,
    /// The range or words.
    pub label: String,
    /// Numbers in words, under the block's columns; an empty text where there is none.
    pub values: Vec<String>,
}

/// What stands before a row of the key.
#[derive(Debug, Clone, PartialEq)]
pub enum Swatch {
    /// A filled box.
    Fill(Fill),
    /// A line, dashed or not, with an optional fill: an outline.
    Line {
        /// The line.
        line: Colour,
        /// Its fill.
        fill: Option<Colour>,
        /// Whether dashed.
        dashed: bool,
    },
    /// A symbol.
    Symbol(Symbol),
    /// A soft ring: an approximate point.
    Approximate,
    /// A line of flow.
    Flow,
    /// Nothing.
    None,
}

/// A part of a profile sheet's second page, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum ProfilePart {
    /// Numbers side by side, each with its words and its comparison.
    KeyFigures(Vec<KeyFigure>),
    /// A chart with a sentence that says what it shows.
    Chart(Chart),
    /// A small table: comparison with larger areas.
    Comparison {
        /// Its head.
        title: String,
        /// Heads of columns, the first of the words.
        columns: Vec<String>,
        /// Rows; the first cell is what the row is of.
        rows: Vec<Vec<String>>,
        /// What it shows.
        sentence: String,
    },
}

/// One number of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// `36,105`.
    pub value: String,
    /// `registered patients, 1 July 2022`.
    pub label: String,
    /// `Leicestershire: 19.2 %`; empty without a comparison.
    pub beside: String,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its head.
    pub title: String,
    /// What it shows, with the numbers.
    pub sentence: String,
    /// The unit of its axis.
    pub unit: String,
    /// The series, the area in question first.
    pub series: Vec<ChartSeries>,
    /// Categories along the other axis.
    pub categories: Vec<String>,
    /// The form.
    pub form: ChartForm,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartForm {
    /// Bars beside each other, one group a category.
    Bars,
    /// One bar a series, parted by category, in shares of one.
    Parted,
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSeries {
    /// Its name.
    pub name: String,
    /// A value for each category; none where not held.
    pub values: Vec<Option<f64>>,
    /// A colour for each category, or one for all.
    pub colours: Vec<Colour>,
}

/// A table of numbers behind a figure.
#[derive(Debug, Clone)]
pub struct FigureTable<'s> {
    /// Its name: that of a sheet of a workbook and of a layer, `neighbourhoods`, at most 31 letters, digits, spaces and hyphens.
    pub name: String,
    /// What a row is.
    pub title: String,
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// The rows, as long as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// The shapes of the rows, as many as rows; empty for a table without geometry.
    pub shapes: Vec<TableShape<'s>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// A name for machines: `code`, `imd_2019_score`; small letters, digits, underscores.
    pub id: String,
    /// Words for people, with the unit.
    pub title: String,
    /// What its cells are.
    pub kind: ColumnKind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Codes: text, even if it looks like a number.
    Code,
    /// Numbers, shown with so many decimals.
    Number(u8),
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words or a code.
    Text(String),
    /// A number.
    Number(f64),
    /// No number, and why; never `FigureStatus::Present`.
    Missing(FigureStatus),
    /// Nothing to say.
    Empty,
}

/// The shape of a row.
#[derive(Debug, Clone)]
pub enum TableShape<'s> {
    /// Polygons of the store.
    Area(&'s Bng<MultiPolygon<f64>>),
    /// Polygons of an answer.
    Owned(Bng<MultiPolygon<f64>>),
    /// A point.
    Point(Bng<Point<f64>>),
    /// Not located.
    None,
}

//! The page's link as a value: which view with which words, and how it is to be printed. Any link of the page becomes a sheet or
//! a table by changing its path; what the page leaves to the edition is left to it here too.

use geo_types::Rect;

use super::link_reading::{Given, pairs};
use super::link_words::{About, Word};
use super::problem::Problem;
use super::view_parameters::ViewParameters;
use crate::model::crs::{Bng, LonLat};
use crate::query::travel::{IsochroneRequest, TravelTimesRequest};
use crate::query::{CatchmentRequest, GrowthRequest, ShadeBy};
use crate::representation::figure::points::Symbols;
use crate::representation::sheet::{SheetSize, Shown};

/// Width and height of a screen's map, pixels.
const SCREEN: (f64, f64) = (1000.0, 700.0);

/// A link, understood as far as that can be done without an edition.
#[derive(Debug, Clone)]
pub struct Link {
    /// What it asks.
    pub question: Question,
    /// What part of the map is to be seen.
    pub frame: Frame,
    /// Symbols that it wants on the map.
    pub points: Vec<Symbols>,
    /// How it is to be printed.
    pub sheet: SheetWords,
    /// Every word, in the order of the page.
    words: Vec<(&'static Word, String)>,
}

/// What a link asks.
#[derive(Debug, Clone)]
pub enum Question {
    /// A measure on a map; none for a plain map of places.
    Need {
        /// Which; the edition's own choice without a name.
        measure: Measured,
        /// Where and in which classes.
        view: ViewParameters,
    },
    /// How an area is doing.
    Area {
        /// Its code.
        code: String,
        /// Codes to compare it with.
        compare: Option<Vec<String>>,
        /// The measure on the map.
        measure: Measured,
        /// In which classes.
        view: ViewParameters,
    },
    /// Whom a practice serves, or who lives in a shape.
    Practice {
        /// The catchment.
        catchment: CatchmentRequest,
        /// A second one, to be outlined beside it.
        against: Option<CatchmentRequest>,
        /// What its areas are shaded by.
        shade: ShadeBy,
        /// Whether lines show where patients come from.
        flows: bool,
    },
    /// How far people have to travel.
    Nearest {
        /// To what, and how.
        request: TravelTimesRequest,
        /// Whether colours mean sites rather than bands.
        by_site: bool,
    },
    /// What can be reached.
    Reach(IsochroneRequest),
    /// What housing growth means.
    Growth(GrowthRequest),
}

/// Which measure a link names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// The edition's usual one.
    Usual,
    /// None: a plain map of places.
    None,
    /// This one: `imd-2019` or `imd-2019.score`.
    Named(String),
}

/// What part of the map is to be seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Frame {
    /// All of what is asked about.
    Extent,
    /// What the screen showed.
    View {
        /// The middle.
        middle: LonLat<geo_types::Point<f64>>,
        /// The zoom.
        zoom: f64,
    },
}

/// How a link is to be printed.
#[derive(Debug, Clone)]
pub struct SheetWords {
    /// The paper.
    pub size: SheetSize,
    /// The format asked for.
    pub format: Option<String>,
    /// Dots per inch of a picture.
    pub dpi: u32,
    /// A title instead of the proposed one.
    pub title: Option<String>,
    /// A subtitle instead of the proposed one; empty for none.
    pub subtitle: Option<String>,
    /// What is shown.
    pub shown: Shown,
    /// Which page, counted from 1.
    pub page: usize,
    /// Which table, by its name.
    pub table: Option<String>,
}

impl Link {
    /// Reads a link: a whole address, its path and query, or the query alone.
    ///
    /// # Errors
    /// When a word is unknown or given twice, or what it says cannot be understood.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.split('#').next().unwrap_or_default();
        let query = text.split_once('?').map_or(text, |(_, query)| query);
        let words = pairs(query)?;
        let given = Given { words: &words };
        let (question, frame, points, sheet) = (given.question()?, given.frame()?, given.points()?, given.sheet()?);
        Ok(Self { question, frame, points, sheet, words })
    }

    /// The query of the view, as the page would write it: without what only moves the screen and what only a sheet has.
    #[must_use]
    pub fn query(&self) -> String {
        self.written(|word| !matches!(word.about, About::Own | About::Screen))
    }

    /// The same with the symbols that are wanted on the map.
    #[must_use]
    pub fn query_with_points(&self) -> String {
        self.written(|word| word.name == "points" || !matches!(word.about, About::Own | About::Screen))
    }

    /// The query of the sheet in a format.
    #[must_use]
    pub fn query_as(&self, format: &str) -> String {
        let drawn = ["png"].contains(&format);
        let of_sheet = |name: &str| match name {
            "f" | "page" | "table" => false,
            "dpi" => drawn,
            "map" => self.frame != Frame::Extent,
            _ => true,
        };
        with(&self.written(|word| word.about != About::Screen && of_sheet(word.name)), "f", format)
    }

    /// The query of one of its tables in a format; without a name of all of them.
    #[must_use]
    pub fn query_of_table(&self, table: Option<&str>, format: &str) -> String {
        let query =
            with(&self.written(|word| ["title", "subtitle", "points"].contains(&word.name) || !matches!(word.about, About::Own | About::Screen)), "f", format);
        table.map_or(query.clone(), |table| with(&query, "table", table))
    }

    /// The paper; slides are slides where nothing else is asked for.
    #[must_use]
    pub fn size_of(&self, slides: bool) -> SheetSize {
        let given = self.words.iter().any(|(word, _)| word.name == "size");
        if slides && !given { SheetSize::Slide } else { self.sheet.size }
    }

    fn written(&self, wanted: impl Fn(&Word) -> bool) -> String {
        let usual = |word: &Word, value: &str| word.name == "view" && value.eq_ignore_ascii_case("need");
        let words = self.words.iter().filter(|(word, value)| wanted(word) && !usual(word, value));
        words.map(|(word, value)| format!("{}={}", word.name, escaped(value))).collect::<Vec<_>>().join("&")
    }

    /// Whether the map is a plain one of places, which the page does not have.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        matches!(self.question, Question::Need { measure: Measured::None, .. })
    }
}

/// A query with one more word.
fn with(query: &str, name: &str, value: &str) -> String {
    format!("{query}{}{name}={}", if query.is_empty() { "" } else { "&" }, escaped(value))
}

/// Commas, colons and semicolons stay readable: people quote these links in reports.
fn escaped(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"-._~!*'(),:;".contains(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}

/// What a screen of usual size shows around a point at a zoom (of 512-pixel tiles).
///
/// # Errors
/// When the point lies outside Great Britain.
pub fn seen(middle: LonLat<geo_types::Point<f64>>, zoom: f64) -> Result<Bng<Rect<f64>>, Problem> {
    let text = format!("{},{}", middle.0.x(), middle.0.y());
    let point = middle.to_bng().map_err(|_| Problem::bad_parameter("map", &text, "a place in Great Britain"))?;
    let metres_a_pixel = 78_271.517 * middle.0.y().to_radians().cos() / zoom.exp2();
    let (right, up) = (SCREEN.0 / 2.0 * metres_a_pixel, SCREEN.1 / 2.0 * metres_a_pixel);
    Ok(Bng(Rect::new((point.0.x() - right, point.0.y() - up), (point.0.x() + right, point.0.y() + up))))
}

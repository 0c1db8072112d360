//! The page's link as a value: which view with which words, and how it is to be printed. Any link of the page becomes a sheet or
//! a table by changing its path; what the page leaves to the edition is left to it here too.

use axum::extract::Query;
use axum::http::Uri;
use geo_types::Rect;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::catchment_parameters::{CatchmentParameters, GrowthParameters, Sent, definitions_of};
use super::link_words::{About, WORDS, Word};
use super::parameters::{list, whole};
use super::problem::{Problem, ProblemCode};
use super::travel_parameters::{IsochroneParameters, TravelTimesParameters};
use super::view_parameters::ViewParameters;
use crate::model::crs::{Bng, LonLat};
use crate::query::travel::{IsochroneRequest, TravelTimesRequest};
use crate::query::{CatchmentRequest, GrowthRequest, PointCollection, ShadeBy};
use crate::representation::figure::points::Symbols;
use crate::representation::sheet::{SheetSize, Shown};

/// The sites that people are asked about where the link does not say: those that every plan of a county begins with.
const USUAL_SITES: &str = "hospitals:acute";
/// The longest title and subtitle, characters.
const LONGEST_TITLE: usize = 300;
/// The least and the most dots per inch.
const DPI: (u32, u32) = (72, 600);
/// The most pixels of a picture: an A4 page at 600 dots per inch.
const MOST_PIXELS: f64 = 36e6;
/// Width and height of a screen's map, pixels.
const SCREEN: (f64, f64) = (1000.0, 700.0);
/// The most pages that anybody asks for.
const MOST_PAGES: usize = 100;

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
        let query = with(&self.written(|word| ["title", "subtitle", "points"].contains(&word.name) || !matches!(word.about, About::Own | About::Screen)), "f", format);
        table.map_or(query.clone(), |table| with(&query, "table", table))
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
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b' ' => text.push('+'),
            byte if byte.is_ascii_alphanumeric() || b"-._~!*'(),:;".contains(&byte) => text.push(char::from(byte)),
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// The pairs of a query, each name known and there once; empty values are no values, but for a subtitle that is not wanted.
fn pairs(query: &str) -> Result<Vec<(&'static Word, String)>, Problem> {
    // Whoever types a link leaves spaces and letters as they are.
    let plain: String = query
        .bytes()
        .map(|byte| if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let unreadable = || Problem::new(ProblemCode::BadParameter, "the part of the address after ? cannot be read");
    let uri: Uri = format!("/?{plain}").parse().map_err(|_| unreadable())?;
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|_| unreadable())?;
    let mut found: Vec<(&'static Word, String)> = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        let word = WORDS.iter().find(|word| word.name == name).ok_or_else(|| unknown(&name))?;
        if found.iter().any(|(held, _)| held.name == word.name) {
            let detail = format!("{name}: expected once, found more than once");
            return Err(Problem { code: ProblemCode::RepeatedParameter, detail, parameter: Some(name), expected: None });
        }
        found.push((word, value.trim().to_owned()));
    }
    found.retain(|(word, value)| !value.is_empty() || word.name == "subtitle");
    found.sort_by_key(|(word, _)| WORDS.iter().position(|other| other.name == word.name));
    Ok(found)
}

fn unknown(name: &str) -> Problem {
    let name: String = name.chars().take(60).collect();
    let expected = format!("one of {}", WORDS.iter().map(|word| word.name).collect::<Vec<_>>().join(", "));
    let detail = format!("{name}: there is no such parameter here; expected {expected}");
    Problem { code: ProblemCode::UnknownParameter, detail, parameter: Some(name), expected: Some(expected) }
}

/// The words of one link.
struct Given<'w> {
    words: &'w [(&'static Word, String)],
}

impl<'w> Given<'w> {
    fn get(&self, name: &str) -> Option<&'w str> {
        self.words.iter().find(|(word, _)| word.name == name).map(|(_, value)| value.as_str())
    }

    /// A word out of a closed list; the first of it without the word.
    fn choice(&self, name: &str, known: &[&'static str]) -> Result<&'static str, Problem> {
        let Some(text) = self.get(name) else { return Ok(known[0]) };
        let found = known.iter().copied().find(|word| word.eq_ignore_ascii_case(text));
        found.ok_or_else(|| Problem::bad_parameter(name, text, format!("one of {}", known.join(", "))))
    }

    /// The words of a group that are wanted, under their own names, as the parameters of an address.
    fn read<T: DeserializeOwned>(&self, groups: &[(About, &str)], wanted: impl Fn(&str) -> bool, more: &[(&str, &str)]) -> Result<T, Problem> {
        let own = self.words.iter().filter_map(|(word, value)| {
            let (_, prefix) = groups.iter().find(|(about, _)| *about == word.about)?;
            let name = word.name.strip_prefix(prefix)?;
            wanted(name).then(|| (name.to_owned(), Value::from(value.as_str())))
        });
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
        let object: Map<String, Value> = own.chain(more).collect();
        serde_json::from_value(Value::Object(object)).map_err(|error| {
            tracing::error!(%error, "words of a link do not fit the parameters that they are made of");
            Problem::new(ProblemCode::Internal, "the link could not be taken apart")
        })
    }

    fn question(&self) -> Result<Question, Problem> {
        Ok(match self.choice("view", &["need", "area", "practice", "travel", "growth"])? {
            "area" => Question::Area {
                code: self.get("area").ok_or_else(|| Problem::bad_parameter("area", "none", "the code of an area beside view=area"))?.to_owned(),
                compare: self.get("compare").map(|text| super::catchment_parameters::codes("compare", Some(text))).transpose()?,
                measure: self.measured(),
                view: self.view()?,
            },
            "practice" => Question::Practice {
                catchment: self.catchment()?,
                against: self.against()?,
                shade: self.shade()?,
                flows: self.choice("flows", &["no", "yes"])? == "yes",
            },
            "travel" if self.choice("travel-ask", &["nearest", "reach"])? == "reach" => Question::Reach(self.reach()?),
            "travel" => Question::Nearest { request: self.nearest()?, by_site: self.choice("travel-colours", &["bands", "sites"])? == "sites" },
            "growth" => Question::Growth(self.growth()?),
            _ => Question::Need { measure: self.measured(), view: self.view()? },
        })
    }

    fn measured(&self) -> Measured {
        match self.get("measure") {
            None => Measured::Usual,
            Some(text) if text.eq_ignore_ascii_case("none") => Measured::None,
            Some(text) => Measured::Named(text.to_owned()),
        }
    }

    /// As the page asks: breaks belong to typed breaks, numbers of classes to the methods that leave them open.
    fn view(&self) -> Result<ViewParameters, Problem> {
        let method = self.get("method").map(str::to_ascii_lowercase);
        let method = method.as_deref().unwrap_or(if self.get("breaks").is_some() { "given-breaks" } else { "" });
        let counted = ["quantiles", "equal-intervals", "natural-breaks"].contains(&method);
        let wanted = |name: &str| match name {
            "breaks" => method == "given-breaks",
            "classes" => counted,
            _ => ["area-type", "within", "period", "sex", "age", "method", "scheme"].contains(&name),
        };
        self.read(&[(About::View, "")], wanted, &[])
    }

    /// The definition that holds where the link names none: as on the page.
    fn definition(&self, prefix: &str, with_practice: bool) -> Option<&'w str> {
        let get = |name: &str| self.get(&format!("{prefix}{name}"));
        get("definition").or_else(|| {
            let usual = [("polygon", get("polygon").is_some()), ("areas", get("areas").is_some()), ("radius", get("lon").and(get("lat")).is_some())];
            if with_practice { Some("core") } else { usual.into_iter().find(|(_, there)| *there).map(|(word, _)| word) }
        })
    }

    /// A link may keep numbers of other definitions than its own: they are not asked with.
    fn catchment(&self) -> Result<CatchmentRequest, Problem> {
        let definition = self.definition("", self.get("practice").is_some());
        let own = |name: &str| name != "definition" && fits(name, definition);
        let parameters: CatchmentParameters = self.read(&[(About::Catchment, "")], own, &named(definition))?;
        parameters.words().request(Sent::default(), parameters.compare())
    }

    fn growth(&self) -> Result<GrowthRequest, Problem> {
        let definition = self.definition("", self.get("practice").is_some());
        let own = |name: &str| !["definition", "compare"].contains(&name) && fits(name, definition);
        let parameters: GrowthParameters = self.read(&[(About::Catchment, ""), (About::Growth, "")], own, &named(definition))?;
        Ok(GrowthRequest { catchment: parameters.words().request(Sent::default(), None)?, assumed: parameters.assumed_of_one()? })
    }

    /// The second catchment is that of the same practice where the link names no other.
    fn against(&self) -> Result<Option<CatchmentRequest>, Problem> {
        if !self.words.iter().any(|(word, _)| word.about == About::Against) {
            return Ok(None);
        }
        let practice = self.get("against-practice").or(self.get("practice"));
        let definition = self.definition("against-", practice.is_some());
        let mut more = named(definition);
        more.extend(practice.filter(|_| self.get("against-practice").is_none()).map(|practice| ("practice", practice)));
        let own = |name: &str| name != "definition" && fits(name, definition);
        let parameters: CatchmentParameters = self.read(&[(About::Against, "against-")], own, &more)?;
        parameters.words().request(Sent::default(), None).map(Some).map_err(|problem| prefixed(problem, "against-"))
    }

    fn shade(&self) -> Result<ShadeBy, Problem> {
        let known = ShadeBy::ALL.map(ShadeBy::id);
        let word = self.choice("shade", &known)?;
        Ok(ShadeBy::ALL.into_iter().find(|shade| shade.id() == word).unwrap_or_default())
    }

    /// Only cars meet the morning peak: a time of day beside another mode stays in the link and is not asked with.
    fn travels(&self, used: &[&str], name: &str) -> bool {
        let by_car = self.get("travel-mode").is_none_or(|mode| mode.eq_ignore_ascii_case("car"));
        used.contains(&name) && (name != "time" || by_car)
    }

    fn nearest(&self) -> Result<TravelTimesRequest, Problem> {
        if self.get("travel-to").is_some_and(|to| to.eq_ignore_ascii_case("own")) {
            return Err(Problem::bad_parameter("travel-to", "own", "the sites themselves; this link gives none yet"));
        }
        let used = ["to", "mode", "time", "direction", "by", "minutes", "bands", "adding"];
        let usual = if self.get("travel-to").is_none() { vec![("to", USUAL_SITES)] } else { Vec::new() };
        let parameters: TravelTimesParameters = self.read(&[(About::Travel, "travel-")], |name| self.travels(&used, name), &usual)?;
        let within = super::parameters::within(self.get("within"))?;
        parameters.request().map(|request| TravelTimesRequest { within, ..request }).map_err(|problem| prefixed(problem, "travel-"))
    }

    fn reach(&self) -> Result<IsochroneRequest, Problem> {
        let used = ["at", "mode", "time", "direction", "minutes", "combine"];
        let parameters: IsochroneParameters = self.read(&[(About::Travel, "travel-")], |name| self.travels(&used, name), &[])?;
        parameters.request().map_err(|problem| prefixed(problem, "travel-"))
    }

    fn frame(&self) -> Result<Frame, Problem> {
        if self.choice("frame", &["extent", "view"])? == "extent" {
            return Ok(Frame::Extent);
        }
        let text = self.get("map").unwrap_or("none");
        let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok().filter(|number: &f64| number.is_finite())).collect();
        match numbers.as_deref() {
            Some([lon, lat, zoom]) if lon.abs() <= 180.0 && lat.abs() <= 85.0 && (0.0..=22.0).contains(zoom) => {
                Ok(Frame::View { middle: LonLat(geo_types::Point::new(*lon, *lat)), zoom: *zoom })
            }
            _ => Err(Problem::bad_parameter("map", text, "longitude,latitude,zoom beside frame=view")),
        }
    }

    fn points(&self) -> Result<Vec<Symbols>, Problem> {
        let expected = "some of practices, hospitals, hospitals:acute, hospitals:community, pharmacies, housing-sites, with commas between";
        let one = |word: &String| {
            let (collection, kind) = word.split_once(':').map_or((word.as_str(), None), |(collection, kind)| (collection, Some(kind)));
            let collection = PointCollection::parse(&collection.to_ascii_lowercase());
            let fits = kind.is_none() || collection == Some(PointCollection::Hospitals);
            let found = collection.filter(|_| fits).map(|collection| Symbols { collection, kind: kind.map(str::to_ascii_lowercase) });
            found.ok_or_else(|| Problem::bad_parameter("points", word, expected))
        };
        list(self.get("points")).iter().map(one).collect()
    }

    fn sheet(&self) -> Result<SheetWords, Problem> {
        let size = match self.get("size") {
            None => SheetSize::A4Landscape,
            Some(text) => SheetSize::parse(&text.to_ascii_lowercase())
                .ok_or_else(|| Problem::bad_parameter("size", text, format!("one of {}", SheetSize::ALL.map(SheetSize::id).join(", "))))?,
        };
        Ok(SheetWords {
            size,
            format: self.get("f").map(str::to_owned),
            dpi: self.dpi(size)?,
            title: self.typed("title")?,
            subtitle: self.typed("subtitle")?,
            shown: self.shown()?,
            page: whole("page", self.get("page"), 1, 1, MOST_PAGES)?,
            table: self.get("table").map(str::to_owned),
        })
    }

    fn dpi(&self, size: SheetSize) -> Result<u32, Problem> {
        let dpi = whole("dpi", self.get("dpi"), 150, DPI.0, DPI.1)?;
        let (width, height) = size.points();
        let most = (MOST_PIXELS / (width * height / (72.0 * 72.0))).sqrt().floor();
        if f64::from(dpi) > most {
            return Err(Problem::bad_parameter("dpi", &dpi.to_string(), format!("at most {most} for size={}", size.id())));
        }
        Ok(dpi)
    }

    /// A line that somebody typed: printed as it is, or refused.
    fn typed(&self, name: &str) -> Result<Option<String>, Problem> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let characters = text.chars().count();
        if characters > LONGEST_TITLE {
            let problem = Problem::bad_parameter(name, &format!("{characters} characters"), format!("at most {LONGEST_TITLE} characters"));
            return Err(problem);
        }
        if text.chars().any(char::is_control) {
            return Err(Problem::bad_parameter(name, text, "one line of text"));
        }
        Ok(Some(text.to_owned()))
    }

    fn shown(&self) -> Result<Shown, Problem> {
        let mut shown = Shown::default();
        for word in list(self.get("hide")) {
            let part = match word.to_ascii_lowercase().as_str() {
                "title" => &mut shown.title,
                "labels" => &mut shown.labels,
                "inset" => &mut shown.inset,
                "neighbours" => &mut shown.neighbours,
                "points" => &mut shown.points,
                "caption" => &mut shown.caption,
                _ => return Err(Problem::bad_parameter("hide", &word, "some of title, labels, inset, neighbours, points, caption, with commas between")),
            };
            *part = false;
        }
        Ok(shown)
    }
}

/// Whether a number or shape belongs to a definition; other words belong to all.
fn fits(name: &str, definition: Option<&str>) -> bool {
    let of = definitions_of(name);
    of.is_empty() || definition.is_none_or(|definition| of.contains(&definition.to_ascii_lowercase().as_str()))
}

fn named(definition: Option<&str>) -> Vec<(&'static str, &str)> {
    definition.map(|definition| ("definition", definition)).into_iter().collect()
}

/// A problem under the name that the word has in the link.
fn prefixed(problem: Problem, prefix: &str) -> Problem {
    let Some(parameter) = problem.parameter.clone() else { return problem };
    let detail = problem.detail.strip_prefix(&parameter).map_or_else(|| problem.detail.clone(), |rest| format!("{prefix}{parameter}{rest}"));
    Problem { detail, parameter: Some(format!("{prefix}{parameter}")), ..problem }
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

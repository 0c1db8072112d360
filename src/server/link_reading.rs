//! Reads the words of a link: which of them are known, and what those of each group mean by the parameters of the interface.

use axum::extract::Query;
use axum::http::Uri;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::catchment_parameters::{CatchmentParameters, GrowthParameters, Sent, codes, definitions_of};
use super::link::{Frame, Measured, Question, SheetWords};
use super::link_words::{About, WORDS, Word};
use super::parameters::{list, whole, within};
use super::problem::{Problem, ProblemCode};
use super::travel_parameters::{IsochroneParameters, TravelTimesParameters};
use super::view_parameters::ViewParameters;
use crate::model::crs::LonLat;
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
/// The most pages that anybody asks for.
const MOST_PAGES: usize = 100;

/// The pairs of a query, each name known and there once; empty values are no values, but for a subtitle that is not wanted.
///
/// # Errors
/// When a name is unknown or there twice, or the query is no text.
pub fn pairs(query: &str) -> Result<Vec<(&'static Word, String)>, Problem> {
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
pub struct Given<'w> {
    /// The words.
    pub words: &'w [(&'static Word, String)],
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

    /// What it asks.
    ///
    /// # Errors
    /// When a word of it cannot be understood.
    pub fn question(&self) -> Result<Question, Problem> {
        Ok(match self.choice("view", &["need", "area", "practice", "travel", "growth"])? {
            "area" => Question::Area {
                code: self.get("area").ok_or_else(|| Problem::bad_parameter("area", "none", "the code of an area beside view=area"))?.to_owned(),
                compare: self.get("compare").map(|text| codes("compare", Some(text))).transpose()?,
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
        let within = within(self.get("within"))?;
        parameters.request().map(|request| TravelTimesRequest { within, ..request }).map_err(|problem| prefixed(problem, "travel-"))
    }

    fn reach(&self) -> Result<IsochroneRequest, Problem> {
        let used = ["at", "mode", "time", "direction", "minutes", "combine"];
        let parameters: IsochroneParameters = self.read(&[(About::Travel, "travel-")], |name| self.travels(&used, name), &[])?;
        parameters.request().map_err(|problem| prefixed(problem, "travel-"))
    }

    /// What part of the map is to be seen.
    ///
    /// # Errors
    /// When it is none.
    pub fn frame(&self) -> Result<Frame, Problem> {
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

    /// Which symbols are wanted.
    ///
    /// # Errors
    /// When a word is none of them.
    pub fn points(&self) -> Result<Vec<Symbols>, Problem> {
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

    /// How it is to be printed.
    ///
    /// # Errors
    /// When a size, a number or a line of text is out of bounds.
    pub fn sheet(&self) -> Result<SheetWords, Problem> {
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
#[must_use]
pub fn prefixed(problem: Problem, prefix: &str) -> Problem {
    let name = problem.parameter.as_ref().map(|parameter| format!("{prefix}{parameter}"));
    name.map_or(problem.clone(), |name| renamed(problem, &name))
}

/// A problem under another name of its parameter.
#[must_use]
pub fn renamed(problem: Problem, name: &str) -> Problem {
    let parameter = problem.parameter.clone().unwrap_or_default();
    let detail = problem.detail.strip_prefix(&parameter).map_or_else(|| problem.detail.clone(), |rest| format!("{name}{rest}"));
    Problem { detail, parameter: Some(name.to_owned()), ..problem }
}

//! The plan of an atlas: which figures, in which order, on which paper, in which formats.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use crate::representation::sheet::SheetSize;
use crate::server::Problem;

/// The most figures of one atlas: beyond that, a plan has run away.
const MOST_FIGURES: usize = 200;
/// The least and most dots per inch of pictures.
const DPI: std::ops::RangeInclusive<u32> = 72..=600;

/// What an atlas is to hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Its title, printed over the contents.
    pub title: String,
    /// Words under the title.
    #[serde(default)]
    pub introduction: String,
    /// The code of the area that figures are of when their link names none.
    area: Option<Spanned<String>>,
    /// The formats of every figure that names none itself.
    #[serde(default = "usual_formats")]
    pub formats: Vec<FileFormat>,
    /// The paper of every figure that names none itself.
    #[serde(default)]
    pub size: Paper,
    /// Dots per inch of pictures.
    #[serde(default = "usual_dpi")]
    dpi: Spanned<u32>,
    /// The figures, in order.
    #[serde(default, rename = "figure")]
    pub figures: Vec<PlannedFigure>,
    /// Where it was read from.
    #[serde(skip)]
    source: Source,
}

/// The text of a plan with the name of its file, to tell where something stands.
#[derive(Debug, Clone, Default)]
struct Source {
    file: String,
    text: String,
}

impl Source {
    /// What is wrong at a byte of the text.
    fn refuse(&self, at: usize, problem: String) -> PlanError {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        PlanError { file: self.file.clone(), line, column, problem }
    }
}

/// A figure of a plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedFigure {
    id: Spanned<FigureId>,
    /// Its title; the one that the view proposes otherwise.
    title: Option<Spanned<String>>,
    /// Its subtitle, if not the proposed one; empty for none.
    subtitle: Option<Spanned<String>>,
    /// A link of the map: whole, or from its question mark.
    link: Spanned<String>,
    /// Its paper, if not that of the plan.
    pub size: Option<Paper>,
    /// Its formats, if not those of the plan.
    pub formats: Option<Vec<FileFormat>>,
    /// Parts that are left out.
    #[serde(default)]
    pub hide: Vec<Part>,
}

/// Why a plan was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {problem}")]
pub struct PlanError {
    /// The file.
    pub file: String,
    /// The line, 1-based.
    pub line: usize,
    /// The column, in characters, 1-based.
    pub column: usize,
    /// What was expected and what was found.
    pub problem: String,
}

/// A short name that stands in names of files.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct FigureId(String);

impl TryFrom<String> for FigureId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let plain = !text.is_empty() && text.len() <= 40 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain { Ok(Self(text)) } else { Err(format!("expected 1 to 40 letters, digits and hyphens, found {text:?}")) }
    }
}

/// A paper by its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Paper(pub SheetSize);

impl Default for Paper {
    fn default() -> Self {
        Self(SheetSize::A4Landscape)
    }
}

impl TryFrom<String> for Paper {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        SheetSize::parse(&text).map(Self).ok_or_else(|| format!("expected one of {}, found {text:?}", SheetSize::ALL.map(SheetSize::id).join(", ")))
    }
}

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum FileFormat {
    /// Pages.
    Pdf,
    /// A drawing.
    Svg,
    /// A picture.
    Png,
    /// Slides.
    Pptx,
    /// A workbook.
    Xlsx,
    /// A table as text.
    Csv,
    /// Shapes as text, in degrees.
    GeoJson,
    /// Shapes for GIS, one table a file.
    FlatGeobuf,
    /// Shapes for GIS, all tables in one file.
    GeoPackage,
}

impl FileFormat {
    /// Every format.
    pub const ALL: [Self; 9] = [Self::Pdf, Self::Svg, Self::Png, Self::Pptx, Self::Xlsx, Self::Csv, Self::GeoJson, Self::FlatGeobuf, Self::GeoPackage];

    /// The word in plans, which is also the ending of files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::FlatGeobuf => "fgb",
            Self::GeoPackage => "gpkg",
        }
    }
}

impl TryFrom<String> for FileFormat {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|format| format.ending() == text);
        known.ok_or_else(|| format!("expected one of {}, found {text:?}", Self::ALL.map(Self::ending).join(", ")))
    }
}

/// A part of a sheet that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Title and subtitle.
    Title,
    /// Names of places.
    Labels,
    /// The small map.
    Inset,
    /// Land beyond the extent.
    Neighbours,
    /// Symbols of sites.
    Points,
    /// The caption.
    Caption,
}

fn usual_formats() -> Vec<FileFormat> {
    vec![FileFormat::Pdf, FileFormat::Svg, FileFormat::Png]
}

fn usual_dpi() -> Spanned<u32> {
    Spanned::new(0..0, 150)
}

impl Plan {
    /// Reads a plan; `file` is what errors call it.
    ///
    /// # Errors
    /// When it is not TOML, has a key that no plan has, or says something that cannot be followed.
    pub fn read(text: &str, file: &str) -> Result<Self, PlanError> {
        let source = Source { file: file.to_owned(), text: text.to_owned() };
        let refuse = |at: usize, problem: String| source.refuse(at, problem);
        let mut plan: Self = toml::from_str(text).map_err(|error| refuse(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        if !DPI.contains(plan.dpi.get_ref()) {
            return Err(refuse(plan.dpi.span().start, format!("dpi: expected {} to {}, found {}", DPI.start(), DPI.end(), plan.dpi.get_ref())));
        }
        if let Some(area) = plan.area.as_ref().filter(|area| area.get_ref().trim().is_empty()) {
            return Err(refuse(area.span().start, "area: expected the code of an area, found none".to_owned()));
        }
        if plan.figures.is_empty() {
            return Err(refuse(text.len(), "expected at least one [[figure]], found none".to_owned()));
        }
        if let Some(first_too_many) = plan.figures.get(MOST_FIGURES) {
            return Err(refuse(first_too_many.id.span().start, format!("expected at most {MOST_FIGURES} figures, found {}", plan.figures.len())));
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for figure in &plan.figures {
            let at = figure.id.span().start;
            let id = figure.id().to_lowercase();
            if let Some(first) = seen.insert(id, at) {
                let first = refuse(first, String::new()).line;
                return Err(refuse(at, format!("expected an id of its own for each figure, found {:?} as on line {first}", figure.id())));
            }
        }
        // Lines are broken by the page, not by the file.
        for words in [&mut plan.title, &mut plan.introduction] {
            *words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        plan.source = source;
        Ok(plan)
    }

    /// What is wrong with a figure, with the place in the plan that is to blame and the key that stands there. The plan speaks of
    /// its own keys: what its `area` adds to a link is called so, though the link has another word for it.
    #[must_use]
    pub fn blame(&self, figure: &PlannedFigure, problem: &Problem) -> PlanError {
        let in_link = words_of(&figure.link).iter().any(|(word, _)| problem.parameter.as_deref() == Some(*word));
        let start = |text: &Spanned<String>| text.span().start;
        let own = match problem.parameter.as_deref() {
            Some("title") => figure.title.as_ref().map(|title| ("title", start(title))),
            Some("subtitle") => figure.subtitle.as_ref().map(|subtitle| ("subtitle", start(subtitle))),
            Some("within") if !in_link => self.area.as_ref().map(|area| ("area", start(area))),
            Some("dpi") => Some(("dpi", self.dpi.span().start)),
            _ => None,
        };
        let detail = problem.detail.as_str();
        let (at, words) = match own {
            // The key says already what the problem begins with.
            Some((key, at)) => {
                let rest = problem.parameter.as_deref().and_then(|word| detail.strip_prefix(word)?.strip_prefix(": ")).unwrap_or(detail);
                (at, format!("{key}: {rest}"))
            }
            None => (start(&figure.link), format!("link: {detail}")),
        };
        self.source.refuse(at, words)
    }

    /// Dots per inch of pictures.
    #[must_use]
    pub fn dpi(&self) -> u32 {
        *self.dpi.get_ref()
    }

    /// The formats of a figure, in the order in which there are formats, each once.
    #[must_use]
    pub fn formats_of(&self, figure: &PlannedFigure) -> Vec<FileFormat> {
        let wanted = figure.formats.as_ref().unwrap_or(&self.formats);
        FileFormat::ALL.into_iter().filter(|format| wanted.contains(format)).collect()
    }

    /// Whether any figure is wanted in a format.
    #[must_use]
    pub fn wants(&self, format: FileFormat) -> bool {
        self.figures.iter().any(|figure| self.formats_of(figure).contains(&format))
    }

    /// The query of a figure: that of its link, with what the plan says of area, paper and titles. The link's own paper holds
    /// where only the whole plan names another; formats are the plan's alone.
    #[must_use]
    pub fn query_of(&self, figure: &PlannedFigure) -> String {
        let mut words: Vec<(&str, String)> = words_of(&figure.link).into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        let view = words.iter().find(|(word, _)| *word == "view").map_or("need", |(_, view)| view);
        let takes_an_area = view == "need" || (view == "travel" && !words.iter().any(|(word, value)| *word == "travel-ask" && value == "reach"));
        let area = self.area.as_ref().filter(|_| takes_an_area && !words.iter().any(|(word, _)| *word == "within"));
        let hidden = words.iter().find(|(word, _)| *word == "hide").map(|(_, parts)| parts.clone());
        let hidden: Vec<String> = hidden.into_iter().filter(|parts| !parts.is_empty()).chain(figure.hide.iter().map(|part| part.word().to_owned())).collect();
        let size = figure.size.or_else(|| (!words.iter().any(|(word, _)| *word == "size")).then_some(self.size));
        let own = [
            ("within", area.map(|area| escaped(area.get_ref()))),
            ("title", figure.title.as_ref().map(|title| escaped(title.get_ref()))),
            ("subtitle", figure.subtitle.as_ref().map(|subtitle| escaped(subtitle.get_ref()))),
            ("hide", (!hidden.is_empty()).then(|| hidden.join(","))),
            ("size", size.map(|size| size.0.id().to_owned())),
            ("dpi", Some(self.dpi().to_string())),
        ];
        words.retain(|(word, _)| !["f", "page", "table"].contains(word) && !own.iter().any(|(name, value)| name == word && value.is_some()));
        words.extend(own.into_iter().filter_map(|(name, value)| Some((name, value?))));
        words.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }
}

/// The words of a link with what they say, as they are written.
fn words_of(link: &Spanned<String>) -> Vec<(&str, &str)> {
    let link = link.get_ref().split('#').next().unwrap_or_default();
    let query = link.split_once('?').map_or(link, |(_, query)| query);
    query.split('&').filter(|word| !word.is_empty()).map(|word| word.split_once('=').unwrap_or((word, ""))).collect()
}

/// Text as it stands in a query.
fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut safe, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            write!(safe, "%{byte:02X}").expect("writing to a string cannot fail");
        }
        safe
    })
}

impl Part {
    const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Labels => "labels",
            Self::Inset => "inset",
            Self::Neighbours => "neighbours",
            Self::Points => "points",
            Self::Caption => "caption",
        }
    }
}

impl PlannedFigure {
    /// Its short name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id.get_ref().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "title = \"Wold\"\narea = \"E07000134\"\n\n[[figure]]\nid = \"need\"\nlink = \"?measure=imd-2019.score\"\n";

    fn refusal(text: &str) -> String {
        Plan::read(text, "wold.toml").unwrap_err().to_string()
    }

    #[test]
    fn a_small_plan_has_the_usual_paper_and_formats() {
        let plan = Plan::read(SMALL, "wold.toml").unwrap();
        assert_eq!(plan.query_of(&plan.figures[0]), "measure=imd-2019.score&within=E07000134&size=a4-landscape&dpi=150");
        assert_eq!(plan.formats_of(&plan.figures[0]), [FileFormat::Pdf, FileFormat::Svg, FileFormat::Png]);
    }

    #[test]
    fn what_cannot_be_followed_is_refused_with_file_line_column_and_what_was_expected() {
        let said = [
            refusal(&format!("{SMALL}colour = \"red\"\n")),
            refusal(&SMALL.replace("area", "place")),
            refusal(&SMALL.replace("\"need\"", "\"../need\"")),
            refusal(&format!("{SMALL}size = \"a5\"\n")),
            refusal(&format!("{SMALL}formats = [\"pdf\", \"doc\"]\n")),
            refusal(&format!("{SMALL}hide = [\"key\"]\n")),
            refusal(&format!("dpi = 10000\n{SMALL}")),
            refusal(&format!("{SMALL}{}", &SMALL[SMALL.find("[[").unwrap()..])),
            refusal(&SMALL.replace("E07000134", " ")),
            refusal("title = \"Wold\"\n"),
            refusal("title = \"Wold\n"),
            refusal("[[figure]]\nid = \"a\"\n"),
        ];
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn the_area_of_the_plan_goes_to_links_that_name_none_and_can_have_one() {
        let mut plan = Plan::read(SMALL, "wold.toml").unwrap();
        let mut query = |link: &str| {
            link.clone_into(plan.figures[0].link.get_mut());
            plan.query_of(&plan.figures[0]).replace("&size=a4-landscape&dpi=150", "")
        };
        assert_eq!(query("https://example.org/?measure=x#top"), "measure=x&within=E07000134");
        assert_eq!(query("view=travel"), "view=travel&within=E07000134");
        assert_eq!(query("?within=E06000016&measure=x&f=svg"), "within=E06000016&measure=x");
        assert_eq!(query("view=practice&practice=C82001"), "view=practice&practice=C82001");
        assert_eq!(query(""), "within=E07000134");
    }

    #[test]
    fn what_a_plan_says_of_a_figure_goes_before_what_its_link_says() {
        let text = format!("{SMALL}title = \"A & B\"\nhide = [\"inset\"]\n").replace("imd-2019.score", "x&title=Old&hide=points&size=slide&dpi=600");
        let plan = Plan::read(&text, "wold.toml").unwrap();
        assert_eq!(plan.query_of(&plan.figures[0]), "measure=x&size=slide&within=E07000134&title=A%20%26%20B&hide=points,inset&dpi=150");
    }

    #[test]
    fn what_is_wrong_with_a_figure_is_told_with_its_line_and_by_the_key_of_the_plan() {
        let text = format!("{SMALL}title = \"Wold\"\n");
        let plan = Plan::read(&text, "wold.toml").unwrap();
        let of = |plan: &Plan, parameter: &str| plan.blame(&plan.figures[0], &Problem::bad_parameter(parameter, "x", "y")).to_string();
        assert_eq!(of(&plan, "measure"), "wold.toml:6:8: link: measure: expected y, found \"x\"");
        assert_eq!(of(&plan, "title"), "wold.toml:7:9: title: expected y, found \"x\"");
        assert_eq!(of(&plan, "subtitle"), "wold.toml:6:8: link: subtitle: expected y, found \"x\"");
        assert_eq!(of(&plan, "within"), "wold.toml:2:8: area: expected y, found \"x\"");
        let own = Plan::read(&text.replace("?measure", "?within=E1&measure"), "wold.toml").unwrap();
        assert_eq!(of(&own, "within"), "wold.toml:6:8: link: within: expected y, found \"x\"");
    }
}

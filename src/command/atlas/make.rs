//! One figure of an atlas: from its link to its files.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::plan::{FileFormat, Plan, PlanError};
use super::record::{FigureRecord, hash};
use crate::representation::figure::{Figure, FigureTable};
use crate::representation::sheet::pptx::{Slide, pptx};
use crate::representation::sheet::{Scene, SheetError, SheetSize, layout, pdf, png, svg};
use crate::representation::table;
use crate::server::{self, Link, Problem, ProblemCode, State};

/// A figure with its files.
#[derive(Debug)]
pub struct Made<'s> {
    /// Its number: its place in the plan, so that a figure keeps it when another fails.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// What it says.
    pub figure: Figure<'s>,
    /// Its pages.
    pub scenes: Vec<Scene>,
    /// Its slides, if they are wanted.
    pub slides: Vec<Slide>,
    /// Its files by name, in the order of formats.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Made<'_> {
    /// The files that a page can show.
    pub fn pictures(&self) -> impl Iterator<Item = &String> {
        let ending = |ending: &str| self.files.iter().any(|(name, _)| name.ends_with(ending)).then(|| ending.to_owned());
        let ending = ending(".svg").or_else(|| ending(".png"));
        self.files.iter().map(|(name, _)| name).filter(move |name| ending.as_ref().is_some_and(|ending| name.ends_with(ending.as_str())))
    }

    /// The name of its worksheet and the start of its files: `03-deprivation`.
    #[must_use]
    pub fn name(&self) -> String {
        name_of(self.number, &self.id)
    }

    /// What it leaves for the next atlas.
    #[must_use]
    pub fn record(&self) -> FigureRecord {
        let mut record = FigureRecord::new(self.number, &self.id, &self.figure);
        record.files = self.files.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect();
        record
    }
}

fn name_of(number: usize, id: &str) -> String {
    format!("{number:02}-{id}")
}

/// Makes the figure at a place of the plan.
///
/// # Errors
/// What is wrong with it, and where in the plan.
pub fn figure<'s>(state: &'s State, plan: &Plan, place: usize) -> Result<Made<'s>, PlanError> {
    // A fault in one figure must not cost the others.
    let made = catch_unwind(AssertUnwindSafe(|| asked(state, plan, place).and_then(|(link, figure)| drawn(plan, place, &link, figure).map_err(unnamed))));
    let fault = |_| Err(unnamed("a fault in the program; please report it with the link".to_owned()));
    made.unwrap_or_else(fault).map_err(|problem| plan.blame(&plan.figures[place], &problem))
}

/// What nothing that somebody wrote is to blame for.
fn unnamed(words: String) -> Problem {
    Problem::new(ProblemCode::Internal, words)
}

fn asked<'s>(state: &'s State, plan: &Plan, place: usize) -> Result<(Link, Figure<'s>), Problem> {
    let link = Link::parse(&plan.query_of(&plan.figures[place]))?;
    let figure = server::figure(state, &link)?;
    Ok((link, figure))
}

fn drawn<'s>(plan: &Plan, place: usize, link: &Link, figure: Figure<'s>) -> Result<Made<'s>, String> {
    let planned = &plan.figures[place];
    let scenes = layout::pages(&figure, link.sheet.size, &link.sheet.shown).map_err(|error| error.to_string())?;
    let formats = plan.formats_of(planned);
    let slides = if formats.contains(&FileFormat::Pptx) {
        let pages = layout::pages(&figure, SheetSize::Slide, &link.sheet.shown).map_err(|error| error.to_string())?;
        pages.into_iter().enumerate().map(|(page, scene)| slide(&figure, page, scene)).collect()
    } else {
        Vec::new()
    };
    let mut made = Made { number: place + 1, id: planned.id().to_owned(), figure, scenes, slides, files: Vec::new() };
    for format in formats {
        let files = files(&made, format, link.sheet.dpi)?;
        made.files.extend(files);
    }
    Ok(made)
}

/// A page as a slide: the first is the map, what follows it is described by its place.
fn slide(figure: &Figure<'_>, page: usize, scene: Scene) -> Slide {
    let title = if page == 0 { figure.title.clone() } else { format!("{}, page {}", figure.title, page + 1) };
    let alternative = if page == 0 { figure.alternative.clone() } else { title.clone() };
    Slide { scene, title, caption: figure.caption.clone(), alternative }
}

fn files(made: &Made<'_>, format: FileFormat, dpi: u32) -> Result<Vec<(String, Vec<u8>)>, String> {
    let name = made.name();
    let one = |bytes: Vec<u8>| vec![(format!("{name}.{}", format.ending()), bytes)];
    let sheet = |error: SheetError| error.to_string();
    let words = |error: table::TableError| error.to_string();
    let figure = &made.figure;
    Ok(match format {
        FileFormat::Pdf => one(pdf::pdf(&made.scenes).map_err(sheet)?),
        FileFormat::Pptx => one(pptx(&made.slides).map_err(sheet)?),
        FileFormat::Svg => pages(made, format, |scene| Ok(svg::svg(scene)))?,
        FileFormat::Png => pages(made, format, |scene| png::png(scene, dpi).map_err(sheet))?,
        FileFormat::Xlsx => one(table::xlsx(figure).map_err(words)?),
        FileFormat::GeoPackage => one(table::geopackage(figure).map_err(words)?),
        FileFormat::Csv => tables(made, format, false, |table| Ok(table::csv(table, figure)))?,
        FileFormat::GeoJson => tables(made, format, true, |table| Ok(table::geojson(table, figure)))?,
        FileFormat::FlatGeobuf => tables(made, format, true, |table| table::flatgeobuf(table, figure).map_err(words))?,
    })
}

/// A file a page; a figure of one page has no page in the name.
fn pages(made: &Made<'_>, format: FileFormat, write: impl Fn(&Scene) -> Result<Vec<u8>, String>) -> Result<Vec<(String, Vec<u8>)>, String> {
    let name = |page: usize| if made.scenes.len() == 1 { made.name() } else { format!("{}-page-{}", made.name(), page + 1) };
    let file = |(page, scene)| Ok((format!("{}.{}", name(page), format.ending()), write(scene)?));
    made.scenes.iter().enumerate().map(file).collect()
}

/// A file a table, the first under the figure's own name.
fn tables(
    made: &Made<'_>,
    format: FileFormat,
    with_shapes: bool,
    write: impl Fn(&FigureTable<'_>) -> Result<Vec<u8>, String>,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let wanted = made.figure.tables.iter().filter(|table| !with_shapes || !table.shapes.is_empty());
    let file = |(position, table): (usize, &FigureTable<'_>)| {
        let of_table: String = table.name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let name = if position == 0 { made.name() } else { format!("{}-{}-{of_table}", made.name(), position + 1) };
        Ok((format!("{name}.{}", format.ending()), write(table)?))
    };
    wanted.enumerate().map(file).collect()
}

//! `/api/sheets/map`: any link of the page on paper.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use crate::representation::figure::Figure;
use crate::representation::json::{FormatRef, SheetAnswer};
use crate::representation::sheet::pptx::Slide;
use crate::representation::sheet::{Scene, SheetError, layout, pdf, png, pptx, svg};
use crate::server::answer::Answer;
use crate::server::figures::{figure, figure_with_sources, file_name};
use crate::server::format::Format;
use crate::server::link::Link;
use crate::server::link_words::LinkParameters;
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;

/// The formats of a sheet, the usual one first.
const FORMATS: [Format; 5] = [Format::Pdf, Format::Svg, Format::Png, Format::Pptx, Format::Json];
/// The formats of one table without shapes, and of one with.
const OF_TABLE: [&[Format]; 2] = [&[Format::Csv, Format::Xlsx], &[Format::Csv, Format::Xlsx, Format::GeoJson, Format::FlatGeobuf, Format::GeoPackage]];

/// A map sheet of any view: the words are those of the page's own link, with what the paper needs.
#[utoipa::path(get, path = "/api/sheets/map", tag = "Sheets", params(LinkParameters),
    responses((status = 200, description = "PDF; SVG, PNG, PPTX and a description as JSON by `f` or `Accept`", body = SheetAnswer), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn map(Shared(state): Shared<State>, uri: OriginalUri, headers: HeaderMap) -> Result<Answer, Problem> {
    let link = Link::parse(uri.query().unwrap_or_default())?;
    let format = Format::choose(link.sheet.format.as_deref(), &headers, &FORMATS)?;
    if format == Format::Json {
        return described(&state, &link, &uri);
    }
    drawn(&state, &link, format)
}

/// The sheet in a format: a picture is of one page, the others hold all.
fn drawn(state: &State, link: &Link, format: Format) -> Result<Answer, Problem> {
    let figure = figure(state, link)?;
    let pages = layout::pages(&figure, link.size_of(format == Format::Pptx), &link.sheet.shown).map_err(|error| refused(&error))?;
    let page = || {
        let expected = || format!("a page from 1 to {}", pages.len());
        pages.get(link.sheet.page - 1).ok_or_else(|| Problem::bad_parameter("page", &link.sheet.page.to_string(), expected()))
    };
    let bytes = match format {
        Format::Svg => Ok(svg::svg(page()?)),
        Format::Png => png::png(page()?, link.sheet.dpi),
        Format::Pptx => pptx::pptx(&slides(&figure, &pages)),
        _ => pdf::pdf(&pages),
    };
    let name = format!("{}.{}", file_name(&figure.title), format.id());
    Ok(Answer::new(format, bytes.map_err(|error| refused(&error))?).shown_as(&name))
}

fn slides(figure: &Figure<'_>, pages: &[Scene]) -> Vec<Slide> {
    let one =
        |scene: &Scene| Slide { scene: scene.clone(), title: figure.title.clone(), caption: figure.caption.clone(), alternative: figure.alternative.clone() };
    pages.iter().map(one).collect()
}

/// A sheet that could not be written: what was typed, or too many pixels, is the reader's; the rest is ours.
fn refused(error: &SheetError) -> Problem {
    match error {
        SheetError::Unprintable(_) => Problem::new(ProblemCode::BadParameter, error.to_string()),
        SheetError::TooManyPixels { .. } => Problem { parameter: Some("dpi".to_owned()), ..Problem::new(ProblemCode::BadParameter, format!("dpi: {error}")) },
        SheetError::NoSize | SheetError::Nowhere | SheetError::Refused { .. } => {
            tracing::error!(%error, "a sheet could not be written");
            Problem::new(ProblemCode::Internal, "the sheet could not be written")
        }
    }
}

fn described(state: &State, link: &Link, uri: &OriginalUri) -> Result<Answer, Problem> {
    let (figure, sources) = figure_with_sources(state, link)?;
    let pages = layout::pages(&figure, link.sheet.size, &link.sheet.shown).map_err(|error| refused(&error))?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let offered =
        |format: &Format, href: String| FormatRef { f: format.id(), label: format.label(), media_type: format.media_type(), href: state.base.href(&href) };
    let formats =
        FORMATS.iter().filter(|format| **format != Format::Json).map(|format| offered(format, format!("/api/sheets/map?{}", link.query_as(format.id()))));
    let of_table = |name: &str, shapes: bool| {
        let offered = OF_TABLE[usize::from(shapes)].iter().map(|format| {
            let whole = matches!(format, Format::Xlsx | Format::GeoPackage);
            offered(format, format!("/api/tables/map?{}", link.query_of_table(Some(name).filter(|_| !whole), format.id())))
        });
        offered.collect()
    };
    Answer::json(&SheetAnswer::new(&state.store, (&figure, &sources, pages.len()), &state.base, &own, formats.collect(), of_table))
}

//! `/api/sheets/map`: any link of the page on paper.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use crate::representation::json::{FormatRef, SheetAnswer};
use crate::server::answer::Answer;
use crate::server::figures::figure_with_sources;
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
    Err(Problem::new(ProblemCode::NotHeld, "not drawn"))
}

fn described(state: &State, link: &Link, uri: &OriginalUri) -> Result<Answer, Problem> {
    let (figure, sources) = figure_with_sources(state, link)?;
    let own = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let offered = |format: &Format, href: String| FormatRef { f: format.id(), label: format.label(), media_type: format.media_type(), href: state.base.href(&href) };
    let formats = FORMATS.iter().filter(|format| **format != Format::Json).map(|format| offered(format, format!("/api/sheets/map?{}", link.query_as(format.id()))));
    let of_table = |name: &str, shapes: bool| {
        let offered = OF_TABLE[usize::from(shapes)].iter().map(|format| {
            let whole = matches!(format, Format::Xlsx | Format::GeoPackage);
            offered(format, format!("/api/tables/map?{}", link.query_of_table(Some(name).filter(|_| !whole), format.id())))
        });
        offered.collect()
    };
    Answer::json(&SheetAnswer::new(&state.store, (&figure, &sources), &state.base, &own, formats.collect(), of_table))
}

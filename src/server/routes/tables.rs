//! `/api/tables/map`: the numbers behind any link of the page.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::HeaderMap;

use crate::representation::figure::{Figure, FigureTable};
use crate::representation::table::{self, TableError};
use crate::server::answer::Answer;
use crate::server::figures::{figure, file_name};
use crate::server::format::Format;
use crate::server::link::Link;
use crate::server::link_words::LinkParameters;
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;

/// The formats of tables, the usual one first.
const FORMATS: [Format; 5] = [Format::Xlsx, Format::Csv, Format::GeoJson, Format::FlatGeobuf, Format::GeoPackage];

/// The numbers behind a map sheet: all tables in a workbook or `GeoPackage`, one of them in the other formats.
#[utoipa::path(get, path = "/api/tables/map", tag = "Sheets", params(LinkParameters),
    responses((status = 200, description = "XLSX; CSV, GeoJSON, FlatGeobuf and GeoPackage by `f` or `Accept`", content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (status = 400, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn map(Shared(state): Shared<State>, uri: OriginalUri, headers: HeaderMap) -> Result<Answer, Problem> {
    let link = Link::parse(uri.query().unwrap_or_default())?;
    let format = Format::choose(link.sheet.format.as_deref(), &headers, &FORMATS)?;
    let figure = figure(&state, &link)?;
    let bytes = match format {
        Format::Csv => Ok(table::csv(of_name(&figure, &link)?, &figure)),
        Format::GeoJson => Ok(table::geojson(of_name(&figure, &link)?, &figure)),
        Format::FlatGeobuf => table::flatgeobuf(of_name(&figure, &link)?, &figure),
        Format::GeoPackage => table::geopackage(&figure),
        _ => table::xlsx(&figure),
    };
    let name = format!("{}.{}", file_name(&figure.title), format.id());
    Ok(Answer::new(format, bytes.map_err(|error| refused(&error))?).saved_as(&name))
}

fn refused(error: &TableError) -> Problem {
    tracing::error!(%error, "a table could not be written");
    Problem::new(ProblemCode::Internal, "the table could not be written")
}

/// The table that is asked for; the first without a name.
fn of_name<'f, 's>(figure: &'f Figure<'s>, link: &Link) -> Result<&'f FigureTable<'s>, Problem> {
    let names = || figure.tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = match &link.sheet.table {
        None => figure.tables.first(),
        Some(name) => figure.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name)),
    };
    found.ok_or_else(|| Problem::bad_parameter("table", link.sheet.table.as_deref().unwrap_or("none"), format!("one of {}", names())))
}

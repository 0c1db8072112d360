//! The OpenAPI 3.1 document, made from the routes and the types of the answers.

use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi as _;
use utoipa::openapi::{InfoBuilder, LicenseBuilder};

use super::answer::Answer;
use super::format::Format;
use super::parameters::Parameters;
use super::problem::{Problem, ProblemCode, ProblemDetails};
use super::routes;

/// The document.
///
/// The routes name their parameters and successes; what every address has in common is added here once: problems,
/// the words that the specification wants for each response, and the other formats of answers with figures.
///
/// # Errors
/// When the document cannot be written as JSON, which would be the server's fault.
pub fn openapi() -> Result<Value, serde_json::Error> {
    let (_, mut document) = routes::interface().split_for_parts();
    let (_, health) = routes::health().split_for_parts();
    document.merge(health);
    document.info = InfoBuilder::new()
        .title("needsmap")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    document.merge(ProblemSchema::openapi());
    let mut document = serde_json::to_value(&document)?;
    let own = json!({"get": {"tags": ["Landing"], "operationId": "openapi", "summary": "This document.", "responses": {"200": {"description": "The document", "content": {"application/vnd.oai.openapi+json;version=3.1": {}}}}}});
    document["paths"]["/api/openapi.json"] = own;
    for path in document["paths"].as_object_mut().into_iter().flatten() {
        for operation in path.1.as_object_mut().into_iter().flatten().filter(|(method, _)| ["get", "post"].contains(&method.as_str())) {
            complete(path.0, operation.1);
        }
    }
    Ok(document)
}

const DESCRIPTION: &str = "Deprivation, health and population of small areas, and what they mean for general practices: layers, figures, classes, cards, \
    catchments and housing growth. Everything is read-only; POST is for shapes too long for an address. \
    Lists page with `limit` and `next` links; every answer names its edition and sources.";

/// Problems that any address under `/api` may answer with, by status.
const PROBLEMS: [(&str, &str); 6] = [
    ("400", "A parameter that is unknown, repeated or cannot be right"),
    ("404", "A name in the address that the edition does not know"),
    ("405", "Another method than those of this address"),
    ("406", "None of the accepted formats is offered"),
    ("413", "A body larger than anything here takes"),
    ("500", "The server's fault; the operator finds the cause by the request id"),
];

fn complete(path: &str, operation: &mut Value) {
    let responses = &mut operation["responses"];
    for (status, meaning) in PROBLEMS {
        responses[status] =
            json!({"description": meaning, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}});
    }
    responses["304"] = json!({"description": "The client holds the answer already, by its tag"});
    for response in responses.as_object_mut().into_iter().flatten() {
        if response.1["description"].as_str().is_none_or(str::is_empty) {
            response.1["description"] = json!("The answer");
        }
    }
    let files: &[Format] = match path {
        "/api/sheets/map" => &[Format::Pdf, Format::Svg, Format::Png, Format::Pptx],
        "/api/tables/map" => &[Format::Xlsx, Format::Csv, Format::GeoJson, Format::FlatGeobuf, Format::GeoPackage],
        _ => &[],
    };
    for format in files {
        let media_type = format.media_type().split(';').next().unwrap_or_default();
        operation["responses"]["200"]["content"][media_type] = json!({"schema": {"type": "string", "format": "binary", "description": format.label()}});
    }
    let features = json!({"schema": {"type": "object", "description": "A GeoJSON feature collection"}});
    let table = json!({"schema": {"type": "string", "description": "A table with a head"}});
    if [
        "/values",
        "/items",
        "/catchment",
        "/catchments",
        "/{definition}",
        "/definitions",
        "/housing-growth",
        "/travel-times",
        "/matrix",
        "/isochrones",
        "/access",
    ]
    .iter()
    .any(|end| path.ends_with(end))
    {
        operation["responses"]["200"]["content"]["text/csv"] = table;
        if !["/definitions", "/matrix"].iter().any(|end| path.ends_with(end)) {
            operation["responses"]["200"]["content"]["application/geo+json"] = features;
        }
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ProblemDetails, super::problem::ProblemCode)))]
struct ProblemSchema;

/// The document's own address has no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentParameters {}

/// `GET /api/openapi.json`.
pub async fn document(Parameters(DocumentParameters {}): Parameters<DocumentParameters>) -> Result<Answer, Problem> {
    let document = openapi().map_err(|error| {
        tracing::error!(%error, "the OpenAPI document could not be written");
        Problem::new(ProblemCode::Internal, "the document could not be written")
    })?;
    Ok(Answer::json(&document)?.of_type("application/vnd.oai.openapi+json;version=3.1"))
}

//! The OpenAPI 3.1 document, made from the routes and the types of the answers.

use axum::http::HeaderMap;
use serde::Deserialize;
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi};

use super::answer::Answer;
use super::parameters::Parameters;
use super::problem::{Problem, ProblemDetails};
use super::routes;

/// The document.
#[must_use]
pub fn openapi() -> OpenApi {
    let (_, mut document) = routes::interface().split_for_parts();
    document.info = InfoBuilder::new()
        .title("needsmap")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Deprivation, health and population of small areas: layers, figures, classes and cards. Everything is read-only. Lists page with `limit` and `next` links; every answer names its edition and sources."))
        .contact(Some(ContactBuilder::new().name(Some("needsmap")).build()))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    document.merge(<ProblemSchema as utoipa::OpenApi>::openapi());
    document
}

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ProblemDetails, super::problem::ProblemCode)))]
struct ProblemSchema;

/// The document's own address has no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentParameters {}

/// `GET /api/openapi.json`.
pub async fn document(Parameters(DocumentParameters {}): Parameters<DocumentParameters>, _: HeaderMap) -> Result<Answer, Problem> {
    Ok(Answer::json(&openapi())?.of_type("application/vnd.oai.openapi+json;version=3.1"))
}

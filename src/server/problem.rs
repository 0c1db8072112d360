//! The only way from an error to a status: problem details (RFC 9457) with a closed list of codes.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::query::QueryError;

/// Every kind of problem there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// No such address.
    NotFound,
    /// The address exists, the method does not.
    MethodNotAllowed,
    /// A name in the address that the edition does not know.
    UnknownName,
    /// A parameter that this address does not have.
    UnknownParameter,
    /// A parameter given twice.
    RepeatedParameter,
    /// A parameter whose value cannot be understood or cannot be right.
    BadParameter,
    /// A measure that is not held for the areas asked for, or travel without a network to travel on.
    NotHeld,
    /// None of the formats that the client accepts.
    NotAcceptable,
    /// A path that tries to leave the tree.
    BadPath,
    /// A body larger than anything this address takes.
    BodyTooLarge,
    /// The server's fault.
    Internal,
}

impl ProblemCode {
    const fn status(self) -> StatusCode {
        match self {
            Self::NotFound | Self::UnknownName => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnknownParameter | Self::RepeatedParameter | Self::BadParameter | Self::NotHeld | Self::BadPath => StatusCode::BAD_REQUEST,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::NotFound => "There is nothing at this address",
            Self::MethodNotAllowed => "This address does not take that method",
            Self::UnknownName => "The edition does not know this name",
            Self::UnknownParameter => "This address has no such parameter",
            Self::RepeatedParameter => "A parameter is given twice",
            Self::BadParameter => "A parameter cannot be understood",
            Self::NotHeld => "The edition does not hold what is asked for",
            Self::NotAcceptable => "None of the accepted formats is offered",
            Self::BadPath => "The path is not allowed",
            Self::BodyTooLarge => "The request is too large",
            Self::Internal => "Something went wrong in the server",
        }
    }

    fn slug(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// A problem on its way out; the outermost layer adds the request's id and writes it.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Which kind.
    pub code: ProblemCode,
    /// What happened, in a sentence.
    pub detail: String,
    /// The parameter to blame.
    pub parameter: Option<String>,
    /// What would have been right.
    pub expected: Option<String>,
}

/// Problem details as they are sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDetails {
    /// A name for the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in a sentence.
    pub detail: String,
    /// The kind as a word that programs can compare.
    pub code: ProblemCode,
    /// The parameter to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What would have been right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// The id of the request, to be quoted when asking the operator.
    pub request_id: String,
}

impl Problem {
    /// A problem of a kind, in a sentence.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), parameter: None, expected: None }
    }

    /// A parameter that cannot be right.
    pub fn bad_parameter(parameter: &str, found: &str, expected: impl Into<String>) -> Self {
        let expected = expected.into();
        let found: String = found.chars().take(60).collect();
        Self {
            code: ProblemCode::BadParameter,
            detail: format!("{parameter}: expected {expected}, found {found:?}"),
            parameter: Some(parameter.to_owned()),
            expected: Some(expected),
        }
    }

    /// A question that was refused; `in_path` says that the parameter stands in the path, where an unknown name is a 404.
    #[must_use]
    pub fn from_query(error: &QueryError, in_path: &str) -> Self {
        let code = match error {
            QueryError::Unknown { parameter, .. } if *parameter == in_path => ProblemCode::UnknownName,
            QueryError::Unknown { .. } | QueryError::Unfit { .. } => ProblemCode::BadParameter,
            QueryError::NotHeldFor { .. } | QueryError::NothingHeld { .. } => ProblemCode::NotHeld,
        };
        let (parameter, expected) = (error.parameter().to_owned(), error.expected().to_owned());
        Self { code, detail: format!("{parameter}: {error}"), parameter: Some(parameter), expected: Some(expected) }
    }

    /// The bytes of the problem for a request.
    #[must_use]
    pub fn details(self, request_id: &str) -> ProblemDetails {
        ProblemDetails {
            kind: format!("urn:needsmap:problem:{}", self.code.slug()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: self.detail,
            code: self.code,
            parameter: self.parameter,
            expected: self.expected,
            request_id: request_id.to_owned(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.extensions_mut().insert(self);
        response
    }
}

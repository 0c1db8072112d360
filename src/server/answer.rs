//! An answer on its way out: bytes with a media type.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::format::Format;
use super::problem::{Problem, ProblemCode};

/// Bytes that a route has made; the keeping layer adds tags and compression.
#[derive(Debug)]
pub struct Answer {
    bytes: Vec<u8>,
    media_type: &'static str,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// Bytes in a format.
    #[must_use]
    pub const fn new(format: Format, bytes: Vec<u8>) -> Self {
        Self { bytes, media_type: format.media_type(), headers: Vec::new() }
    }

    /// A JSON answer.
    ///
    /// # Errors
    /// When the value cannot be written, which would be the server's fault.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        let bytes = serde_json::to_vec(value).map_err(|error| {
            tracing::error!(%error, "an answer could not be written as JSON");
            Problem::new(ProblemCode::Internal, "the answer could not be written")
        })?;
        Ok(Self::new(Format::Json, bytes))
    }

    /// With another media type than the format's usual one.
    #[must_use]
    pub const fn of_type(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// To be saved under a name rather than shown; the name is made of letters, digits, dots and hyphens only.
    #[must_use]
    pub fn saved_as(self, name: &str) -> Self {
        self.disposed("attachment", name)
    }

    /// To be shown, and saved under a name when somebody saves it.
    #[must_use]
    pub fn shown_as(self, name: &str) -> Self {
        self.disposed("inline", name)
    }

    fn disposed(self, how: &str, name: &str) -> Self {
        let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '-' }).collect();
        match HeaderValue::from_str(&format!("{how}; filename=\"{plain}\"")) {
            Ok(value) => self.with(header::CONTENT_DISPOSITION, value),
            Err(_) => self,
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = self.bytes.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        response.headers_mut().extend(
            self.headers
                .into_iter()
                .map(|(name, value)| (Some(name), value))
                .collect::<Vec<_>>()
                .into_iter()
                .filter_map(|(name, value)| name.map(|name| (name, value))),
        );
        response
    }
}

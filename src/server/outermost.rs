//! The outermost layer: every request gets an id, a line in the log and safe headers; every problem its bytes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use super::problem::{Problem, ProblemCode};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the layer needs: a start for request ids and the headers that every answer carries.
#[derive(Debug)]
pub struct Outermost {
    seed: u64,
    requests: AtomicU64,
    headers: HeaderMap,
}

impl Outermost {
    /// With a seed that differs from start to start, and the origin of the organisation's basemap, if there is one.
    #[must_use]
    pub fn new(seed: u64, basemap_origin: Option<&str>) -> Self {
        let elsewhere = basemap_origin.map(|origin| format!(" {origin}")).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:{elsewhere}; font-src 'self'{elsewhere}; \
             connect-src 'self'{elsewhere}; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        );
        let mut headers = HeaderMap::new();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
        headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
        // Everything here is open data, read-only and without sign-in: any page may read it.
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("etag, link, content-crs, ogc-numbermatched, ogc-numberreturned, x-request-id"),
        );
        Self { seed, requests: AtomicU64::new(0), headers }
    }

    fn next_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        // An odd multiplier spreads neighbouring numbers over all 64 bits and repeats none.
        format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ self.seed)
    }
}

/// The layer.
pub async fn outermost(Shared(own): Shared<std::sync::Arc<Outermost>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = own.next_id();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = match refused(&request) {
        Some(problem) => problem.into_response(),
        None => next.run(request).instrument(tracing::info_span!("request", request_id = %id)).await,
    };
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && response.extensions().get::<Problem>().is_none() {
        response = Problem::new(ProblemCode::BodyTooLarge, "the body of the request is larger than this address takes").into_response();
    }
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let details = serde_json::to_vec(&problem.details(&id)).expect("a problem holds text and numbers only");
        *response.body_mut() = Body::from(details);
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    for (name, value) in &own.headers {
        response.headers_mut().insert(name, value.clone());
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    tracing::info!(request_id = %id, %method, path, status = response.status().as_u16(), milliseconds, "answered");
    response
}

/// A path that tries to climb out of the tree is refused before any route sees it.
fn refused(request: &Request) -> Option<Problem> {
    let path = request.uri().path().to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/").replace('\\', "/");
    let climbs = path.split('/').any(|part| part == "..") || path.contains("%00");
    climbs.then(|| Problem::new(ProblemCode::BadPath, "the path holds a part that leads out of the tree"))
}

/// What a panic becomes: the cause in the log, nothing of it to the client.
#[expect(clippy::needless_pass_by_value, reason = "the layer that catches panics hands the cause over")]
pub fn after_a_panic(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(cause = text, "a request ended in a panic");
    Problem::new(ProblemCode::Internal, "something went wrong while the answer was made; the operator finds the cause in the log by the request id")
        .into_response()
}

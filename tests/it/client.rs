//! A client of the whole router in one process: asks an address, keeps the whole answer.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use needsmap::dataset::default_speeds;
use needsmap::server::{Serving, Settings, State, router};
use needsmap::store::Store;
use tower::ServiceExt as _;

/// An answer with its whole body.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("expected JSON ({error}): {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header as text, empty without it.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The made-up county behind the whole router.
pub fn county() -> Router {
    static COUNTY: OnceLock<Router> = OnceLock::new();
    COUNTY.get_or_init(|| service(&Settings::default())).clone()
}

/// The made-up county with an operator's settings.
pub fn service(settings: &Settings) -> Router {
    let store = Store::new(crate::county::edition()).unwrap();
    router(State::new(Arc::new(store), settings), &Serving { seed: 1, kept_bytes: 1 << 20 })
}

/// Asks the made-up county with roads, GET.
pub fn ask_by_road(address: &str) -> Answer {
    static BY_ROAD: OnceLock<Router> = OnceLock::new();
    let made = || {
        let store = Store::new(crate::county::edition()).unwrap().with_roads(Some(crate::county::travel::roads()), default_speeds());
        router(State::new(Arc::new(store), &Settings::default()), &Serving { seed: 1, kept_bytes: 1 << 20 })
    };
    send(BY_ROAD.get_or_init(made).clone(), Request::builder().uri(address).body(Body::empty()).unwrap())
}

/// Asks the county with GET.
pub fn ask(address: &str) -> Answer {
    ask_with(address, &[])
}

/// Asks the county with GET and headers.
pub fn ask_with(address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(county(), request.body(Body::empty()).unwrap())
}

/// Sends any request to any service.
pub fn send(service: Router, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let response = service.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
    })
}

/// What an address is refused with: status, code, parameter, detail.
pub fn refusal(address: &str) -> String {
    let answer = ask(address);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{address}: {}", answer.text());
    let problem = answer.json();
    assert!(problem["request_id"].as_str().is_some_and(|id| id.len() == 16), "{problem}");
    format!(
        "{} {} {}: {}",
        answer.status.as_u16(),
        problem["code"].as_str().unwrap(),
        problem["parameter"].as_str().unwrap_or("-"),
        problem["detail"].as_str().unwrap()
    )
}

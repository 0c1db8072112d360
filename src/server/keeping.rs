//! Answers kept: strong tags known before any work, 304 for who has the bytes already, and each body compressed once.
//!
//! An edition never changes while it is served, so the tag of an answer is a function of edition, program,
//! address and encoding. Compressed bodies are kept, weighed in bytes, because compressing is dearer than answering.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::problem::{Problem, ProblemCode};

/// Bodies below this are sent as they are: compressing them saves no packet.
const LEAST_COMPRESSED_BYTES: usize = 860;

/// The largest body an answer may have, as a guard against a mistake.
const MOST_BYTES: usize = 256 << 20;

/// How a body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    const fn word(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The densest one that the client takes.
    fn accepted(headers: &HeaderMap) -> Self {
        let takes = |name: &str| {
            headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|part| {
                let mut pieces = part.split(';').map(str::trim);
                pieces.next().is_some_and(|word| word.eq_ignore_ascii_case(name)) && !pieces.any(|piece| piece == "q=0" || piece == "q=0.0")
            })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

#[derive(Debug, Clone)]
struct Kept {
    headers: HeaderMap,
    body: Bytes,
}

/// The answers of one edition.
#[derive(Debug, Clone)]
pub struct Keeper {
    version: String,
    settings: String,
    kept: Cache<(String, Encoding), Kept>,
}

impl Keeper {
    /// For an edition and program of this version with the operator's settings, holding at most so many bytes.
    #[must_use]
    pub fn new(version: &str, settings: &str, most_bytes: u64) -> Self {
        let weigh = |key: &(String, Encoding), kept: &Kept| u32::try_from(key.0.len() + kept.body.len() + 512).unwrap_or(u32::MAX);
        Self { version: version.to_owned(), settings: settings.to_owned(), kept: Cache::builder().weigher(weigh).max_capacity(most_bytes).build() }
    }

    fn tag(&self, address: &str, encoding: Encoding) -> HeaderValue {
        let mut hash = Sha256::new();
        hash.update(self.version.as_bytes());
        hash.update([0]);
        hash.update(self.settings.as_bytes());
        hash.update([0]);
        hash.update(address.as_bytes());
        let digits = hash.finalize().iter().take(8).fold(0, |digits: u64, byte| (digits << 8) | u64::from(*byte));
        HeaderValue::from_str(&format!("\"{digits:016x}-{}\"", encoding.word())).expect("a tag is made of hexadecimal digits and letters")
    }

    /// How long others may keep an answer: addresses that name this very version never change.
    fn lifetime(&self, request: &Request) -> HeaderValue {
        let named = request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair.strip_prefix("edition=") == Some(&self.version)));
        let hashed = request.uri().path().starts_with("/assets/");
        HeaderValue::from_static(if named || hashed { "public, max-age=31536000, immutable" } else { "no-cache" })
    }
}

/// The layer: answers GET and HEAD from what is kept, keeps what is answered.
pub async fn keep(Shared(keeper): Shared<Keeper>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return next.run(request).await;
    }
    let encoding = Encoding::accepted(request.headers());
    let address = address_of(&request);
    let tag = keeper.tag(&address, encoding);
    let lifetime = keeper.lifetime(&request);
    let has_it = request
        .headers()
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .any(|value| value.to_str().is_ok_and(|value| value.split(',').any(|one| one.trim().trim_start_matches("W/").as_bytes() == tag.as_bytes())));
    if has_it {
        return with_tag(StatusCode::NOT_MODIFIED.into_response(), tag, lifetime);
    }
    let key = (address, encoding);
    if let Some(kept) = keeper.kept.get(&key) {
        return with_tag(kept_response(kept), tag, lifetime);
    }
    // Making and compressing an answer is work for a processor: others must be answered meanwhile.
    let response = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(next.run(request)));
    // 304, 204 and problems are short; only whole answers are worth keeping.
    if response.status() != StatusCode::OK {
        return if response.status() == StatusCode::NO_CONTENT { with_tag(response, tag, lifetime) } else { response };
    }
    let (parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, MOST_BYTES).await else {
        tracing::error!("an answer was larger than {MOST_BYTES} bytes");
        return Problem::new(ProblemCode::Internal, "the answer is larger than this server sends").into_response();
    };
    let mut headers = parts.headers;
    headers.remove(header::CONTENT_LENGTH);
    let body = if plain.len() < LEAST_COMPRESSED_BYTES || !compresses(&headers) {
        plain
    } else {
        tokio::task::block_in_place(|| compressed(&plain, encoding, &mut headers))
    };
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    let kept = Kept { headers, body };
    keeper.kept.insert(key, kept.clone());
    with_tag(kept_response(kept), tag, lifetime)
}

/// Everything an answer depends on: path, query, and the accepted types where no `f` decides.
fn address_of(request: &Request) -> String {
    let uri = request.uri();
    let decided = uri.query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("f=")));
    let accept = if decided { "" } else { request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default() };
    format!("{}?{}\n{accept}", uri.path(), uri.query().unwrap_or_default())
}

fn kept_response(kept: Kept) -> Response {
    let mut response = Body::from(kept.body).into_response();
    *response.headers_mut() = kept.headers;
    response
}

fn with_tag(mut response: Response, tag: HeaderValue, lifetime: HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, lifetime);
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept, accept-encoding"));
    response
}

/// Whether bodies of this type shrink: text, JSON and vector tiles do.
fn compresses(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media_type.starts_with("text/") || ["json", "javascript", "vector-tile", "svg"].iter().any(|word| media_type.contains(word))
}

fn compressed(plain: &Bytes, encoding: Encoding, headers: &mut HeaderMap) -> Bytes {
    let packed = match encoding {
        Encoding::Identity => None,
        Encoding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
            encoder.write_all(plain).ok().and_then(|()| encoder.finish().ok())
        }
        Encoding::Brotli => {
            let mut packed = Vec::new();
            let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 20, ..Default::default() };
            brotli::BrotliCompress(&mut &plain[..], &mut packed, &parameters).ok().map(|_| packed)
        }
    };
    match packed {
        Some(packed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.word()));
            packed.into()
        }
        None => plain.clone(),
    }
}

//! The shapes of JSON answers; the OpenAPI document is made from these very types.

mod area;
mod catchment;
mod classes;
mod collections;
mod definitions;
mod growth;
mod landing;
mod measures;
mod practice;
mod profile;
mod search;
mod sheet;
pub mod travel;
mod values;

pub use area::AreaCard;
pub use catchment::{CatchmentAnswerRef, CatchmentAreaRef, CatchmentFrame, CatchmentRef, catchment_areas};
pub use classes::ClassesAnswer;
pub use collections::{Collection, CollectionKind, Collections, Queryables, collection_of_layer, collections};
pub use definitions::DefinitionsAnswer;
pub use growth::{GrowthAnswer, SiteRef, sources as growth_sources};
pub use landing::{Conformance, Health, Landing};
pub use measures::{MeasureAnswer, MeasuresAnswer};
pub use practice::{CodeAndName, PracticeAnswer};
pub use search::SearchAnswer;
pub use sheet::{FormatRef, SheetAnswer};
pub use values::{ExtentRef, MeasureRef, ValueRow, ValuesAnswer};

use std::fmt::Write as _;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::area::AreaType;
use crate::model::provenance::Source;
use crate::store::Store;

/// A link as OGC APIs write it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its relation: `self`, `next`, `items`, `alternate` …
    pub rel: &'static str,
    /// The media type it leads to.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<&'static str>,
    /// What a reader should call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The start of every link: empty for links relative to the origin, or the public URL that the operator configured.
///
/// It is never taken from a request's `Host` header, which anybody can write.
#[derive(Debug, Clone, Default)]
pub struct Base(pub String);

impl Base {
    /// A link below the base; `path` starts with `/`.
    #[must_use]
    pub fn link(&self, path: &str, rel: &'static str, media_type: &'static str) -> Link {
        Link { href: self.href(path), rel, media_type: Some(media_type), title: None }
    }

    /// An address below the base.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// Which edition answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EditionRef {
    /// Its short name.
    pub id: String,
    /// Changes with every import and every program: what `edition=` in the address of a tile takes.
    pub version: String,
    /// The name of its extent.
    pub title: String,
}

/// A publication that figures of the answer come from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceRef {
    /// Short name within the edition.
    pub id: String,
    /// Who publishes it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// Which edition.
    pub edition: String,
    /// The licence.
    pub licence: String,
    /// Where the licence stands.
    pub licence_url: String,
    /// The line that must be printed with it.
    pub attribution: String,
    /// Where the publisher offers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl SourceRef {
    fn new(source: &Source) -> Self {
        Self {
            id: source.id.clone(),
            publisher: source.publisher.clone(),
            title: source.title.clone(),
            edition: source.edition.clone(),
            licence: source.licence.clone(),
            licence_url: source.licence_url.clone(),
            attribution: source.attribution.clone(),
            url: source.url.clone(),
        }
    }
}

/// What every answer carries: where to go on, which edition it is from, whose figures are in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Provenance {
    /// Where to go on.
    pub links: Vec<Link>,
    /// The edition.
    pub edition: EditionRef,
    /// The publications in the answer.
    pub sources: Vec<SourceRef>,
}

impl Provenance {
    /// Of an answer with figures or areas of these sources; unknown ids are passed over.
    pub fn of<'i>(store: &Store, ids: impl IntoIterator<Item = &'i str>, links: Vec<Link>) -> Self {
        let mut sources: Vec<SourceRef> = Vec::new();
        for id in ids {
            if let Some(source) = store.source(id).filter(|source| sources.iter().all(|held| held.id != source.id)) {
                sources.push(SourceRef::new(source));
            }
        }
        Self { links, edition: EditionRef { id: store.id().to_owned(), version: store.version().to_owned(), title: store.title().to_owned() }, sources }
    }

    /// Of an answer about the whole edition.
    #[must_use]
    pub fn of_everything(store: &Store, links: Vec<Link>) -> Self {
        Self::of(store, store.sources().iter().map(|source| source.id.as_str()), links)
    }
}

/// The sentences that the licences of some sources ask for; what two sources both say is said once.
#[must_use]
pub fn attributions<'s>(store: &'s Store, ids: &[&str]) -> Vec<&'s str> {
    let mut sentences: Vec<&str> = Vec::new();
    for source in store.sources().iter().filter(|source| ids.is_empty() || ids.contains(&source.id.as_str())) {
        for sentence in source.attribution.trim_end_matches('.').split(". ") {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    sentences
}

/// The same as one line.
#[must_use]
pub fn attribution_line(store: &Store, ids: &[&str]) -> String {
    attributions(store, ids).join(". ") + "."
}

/// An area type with the words for it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaTypeRef {
    /// `lsoa11`.
    pub id: String,
    /// `Neighbourhoods (LSOA, 2011)`.
    pub name: String,
    /// `neighbourhood`.
    pub singular: &'static str,
    /// `LSOA (2011)`.
    pub singular_exact: String,
    /// `neighbourhoods`.
    pub plural: &'static str,
    /// `about 1,500 people each`.
    pub note: &'static str,
}

impl AreaTypeRef {
    /// The words for a type.
    #[must_use]
    pub fn new(area_type: AreaType) -> Self {
        Self {
            id: area_type.to_string(),
            name: area_type.heading(),
            singular: area_type.kind.singular(),
            singular_exact: area_type.exact_term(),
            plural: area_type.kind.plural(),
            note: area_type.kind.note(),
        }
    }
}

/// A number worked out here, without digits that mean nothing.
#[must_use]
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    // Adding nothing turns -0, which would be printed with its sign, into 0.
    (value * scale).round() / scale + 0.0
}

/// Degrees with six decimals: a tenth of a metre.
#[must_use]
pub fn six_decimals(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// A name as one step of a path: everything but letters, digits, hyphens, dots and underlines is escaped.
#[must_use]
pub fn in_a_path(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

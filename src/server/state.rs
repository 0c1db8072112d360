//! What every route shares: the store, its drawings, and how the operator wants links and the basemap.

use std::sync::Arc;

use crate::query::Comparators;
use crate::representation::drawing::Drawings;
use crate::representation::json::{self, Base, Collections};
use crate::store::Store;

/// What the operator decides.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The start of every link: empty for links relative to the origin.
    pub public_url: String,
    /// An organisation's own basemap style, the only thing the page may load from elsewhere.
    pub basemap_style: Option<String>,
}

/// Shared by every route; cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    /// The edition.
    pub store: Arc<Store>,
    /// Its shapes.
    pub drawings: Arc<Drawings>,
    /// The profiles that catchments are put beside.
    pub comparators: Arc<Comparators>,
    /// Its collections, described.
    pub collections: Arc<Collections>,
    /// The start of every link.
    pub base: Base,
    /// The organisation's own basemap style.
    pub basemap_style: Option<String>,
}

impl State {
    /// Of a store and the operator's settings.
    #[must_use]
    pub fn new(store: Arc<Store>, settings: &Settings) -> Self {
        let drawings = Arc::new(Drawings::new(&store));
        let base = Base(settings.public_url.trim_end_matches('/').to_owned());
        let collections = Arc::new(json::collections(&store, &base));
        let comparators = Arc::new(Comparators::new(&store));
        Self { store, drawings, comparators, collections, base, basemap_style: settings.basemap_style.clone() }
    }
}

//! A figure in the making: what an answer says of itself; sources, licences, citation and the typed title are added to all alike.

use super::words::citation;
use super::{Figure, FigureMap, FigureTable, KeyBlock, ProfilePart};
use crate::representation::json::attributions;
use crate::store::Store;

/// A figure in the making.
#[derive(Debug, Default)]
pub struct Draft<'s> {
    /// The proposed title.
    pub title: String,
    /// The proposed line below it.
    pub subtitle: String,
    /// What it shows, with the numbers.
    pub caption: String,
    /// What somebody is told who cannot see it.
    pub alternative: String,
    /// The map.
    pub map: FigureMap<'s>,
    /// The key.
    pub key: Vec<KeyBlock>,
    /// Which end is which.
    pub direction: String,
    /// A second page.
    pub profile: Vec<ProfilePart>,
    /// Footnotes.
    pub notes: Vec<String>,
    /// Ids of the sources of everything on it.
    pub sources: Vec<&'s str>,
    /// The numbers, the map's own first.
    pub tables: Vec<FigureTable<'s>>,
}

/// What was asked of a figure besides the view.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// A title instead of the proposed one.
    pub title: Option<String>,
    /// A subtitle instead of the proposed one.
    pub subtitle: Option<String>,
    /// The whole link of the view.
    pub link: String,
}

impl<'s> Draft<'s> {
    /// The figure, with the ids of its sources.
    #[must_use]
    pub fn finish(mut self, store: &'s Store, typed: &Typed) -> (Figure<'s>, Vec<&'s str>) {
        self.sources.extend(ground_sources(store, &self.map));
        let mut ids: Vec<&'s str> = Vec::new();
        for id in self.sources {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let sources: Vec<_> = ids.iter().filter_map(|id| store.source(id)).collect();
        let mut publishers: Vec<&str> = Vec::new();
        for publisher in sources.iter().flat_map(|source| source.publisher.split("; ")) {
            if !publishers.contains(&publisher) {
                publishers.push(publisher);
            }
        }
        self.notes.retain(|note| !note.is_empty());
        let mut notes: Vec<String> = Vec::new();
        for note in self.notes {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        // A caption that opens with the title opens with the one that is printed.
        let rest = self.caption.strip_prefix(&self.title).and_then(|rest| rest.strip_prefix('.'));
        if let Some((title, rest)) = typed.title.as_ref().zip(rest) {
            self.caption = format!("{}.{rest}", title.trim_end_matches('.'));
        }
        let mut figure = Figure {
            title: typed.title.clone().unwrap_or(self.title),
            subtitle: typed.subtitle.clone().unwrap_or(self.subtitle),
            caption: self.caption,
            alternative: self.alternative,
            citation: String::new(),
            map: self.map,
            key: self.key,
            direction: self.direction,
            profile: self.profile,
            notes,
            sources: sources.iter().map(|source| format!("{}: {}, {}. {}.", source.publisher, source.title, source.edition, source.licence)).collect(),
            attributions: attributions(store, &ids).into_iter().map(|sentence| format!("{sentence}.")).collect(),
            edition: format!("{} ({})", store.title(), store.id()),
            link: typed.link.clone(),
            tables: self.tables,
        };
        figure.citation = citation(&figure, &publishers);
        (figure, ids)
    }
}

/// The source of towns and villages, by the name that recipes give it.
const GAZETTEER: &str = "geonames";
/// The source of the country's fifths and tenths, by the name that recipes give it.
pub const NATIONAL_CLASSES: &str = "national-classes";

/// The sources of what every figure stands on: neighbours, names and codes of areas, and the names of places where there are any.
fn ground_sources<'s>(store: &'s Store, map: &FigureMap<'s>) -> Vec<&'s str> {
    let context = store.context().iter().filter(|_| !map.neighbours.is_empty()).map(|layer| layer.source.as_str());
    let used = |id: &&str| *id != NATIONAL_CLASSES && (*id != GAZETTEER || !map.labels.is_empty());
    context.chain(store.sources_of_names().iter().map(String::as_str).filter(used)).collect()
}

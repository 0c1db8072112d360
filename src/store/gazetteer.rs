//! Names, aliases and codes, indexed by their words, for search as one types.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::{AreaRef, Layer};
use crate::model::edition::Place;
use crate::model::housing::HousingSite;
use crate::model::organisation::{Hospital, Practice};

/// Organisations come after places and the largest areas, before communities and neighbourhoods with the same words.
const ORGANISATION_PRECEDENCE: u8 = 1;
/// Housing sites are named after whatever stands near them: they come last.
const SITE_PRECEDENCE: u8 = u8::MAX;

/// What an entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Named {
    /// An area.
    Area(AreaRef),
    /// A town or village: its position in the store's list.
    Place(u32),
    /// A practice: its position in the store's list.
    Practice(u32),
    /// A primary care network: the position of its first practice.
    Network(u32),
    /// A hospital: its position in the store's list.
    Hospital(u32),
    /// A housing site: its position in the store's list.
    HousingSite(u32),
}

/// One thing that can be found.
#[derive(Debug, Clone)]
pub struct GazetteerEntry {
    /// What it is.
    pub named: Named,
    /// Larger or better-known things come first: 0 first.
    pub precedence: u8,
    words: Vec<String>,
    full_names: Vec<String>,
}

/// How well an entry fits a query, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    WholeName,
    StartOfName,
    Words,
}

/// The index: every word of every name, sorted, with the entries that hold it.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<GazetteerEntry>,
    words: Vec<(String, u32)>,
}

impl Gazetteer {
    pub(super) fn new(layers: &[Layer], places: &[Place], practices: &[Practice], hospitals: &[Hospital], sites: &[HousingSite]) -> Self {
        let mut entries = Vec::new();
        for (position, place) in places.iter().enumerate() {
            let named = Named::Place(u32::try_from(position).expect("fewer than 2^32 places"));
            entries.push(entry(named, 0, [place.name.as_str()]));
        }
        for (position, layer) in layers.iter().enumerate() {
            // Counties and districts before communities before neighbourhoods.
            let precedence = u8::try_from(layers.len() - position).unwrap_or(u8::MAX);
            for (place, area) in layer.areas().iter().enumerate() {
                let names = [area.name.as_str(), area.code.as_str()].into_iter().chain(area.alias.as_deref());
                entries.push(entry(Named::Area(super::area_ref(position, place)), precedence, names));
            }
        }
        let mut networks = HashSet::new();
        for (position, practice) in (0..).zip(practices) {
            let Practice { organisation, pcn, .. } = practice;
            let names = [organisation.name.as_str(), organisation.code.as_str()].into_iter().chain(organisation.postcode.as_deref());
            entries.push(entry(Named::Practice(position), ORGANISATION_PRECEDENCE, names));
            if let Some(pcn) = pcn.as_ref().filter(|pcn| networks.insert(pcn.code)) {
                entries.push(entry(Named::Network(position), ORGANISATION_PRECEDENCE, [pcn.name.as_str(), pcn.code.as_str()]));
            }
        }
        for (position, hospital) in (0..).zip(hospitals) {
            let names = [hospital.name.as_str(), hospital.id.as_str()].into_iter().chain(hospital.postcode.as_deref());
            entries.push(entry(Named::Hospital(position), ORGANISATION_PRECEDENCE, names));
        }
        for (position, site) in (0..).zip(sites) {
            entries.push(entry(Named::HousingSite(position), SITE_PRECEDENCE, [site.name.as_str(), site.id.as_str()]));
        }
        let mut words: Vec<(String, u32)> =
            entries.iter().zip(0..).flat_map(|(entry, position)| entry.words.iter().map(move |word| (word.clone(), position))).collect();
        words.sort_unstable();
        Self { entries, words }
    }

    /// What a query may mean, best first, at most `limit`; every word of the query starts a word of the name.
    ///
    /// `keep` decides which kinds of thing are wanted.
    #[must_use]
    pub fn candidates(&self, query: &str, limit: usize, keep: impl Fn(Named) -> bool) -> Vec<&GazetteerEntry> {
        let wanted = words_of(query);
        let Some(rarest) = wanted.iter().min_by_key(|word| self.range(word).len()) else { return Vec::new() };
        let whole = wanted.join(" ");
        let mut seen = HashSet::new();
        let mut found: Vec<(Fit, u8, &str, &GazetteerEntry)> = self.words[self.range(rarest)]
            .iter()
            .filter(|(_, position)| seen.insert(*position))
            .map(|(_, position)| &self.entries[*position as usize])
            .filter(|entry| keep(entry.named) && wanted.iter().all(|word| entry.words.iter().any(|held| held.starts_with(word.as_str()))))
            .map(|entry| {
                let fit = entry.full_names.iter().map(|name| fit(name, &whole)).min().unwrap_or(Fit::Words);
                (fit, entry.precedence, entry.full_names[0].as_str(), entry)
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        found.into_iter().take(limit).map(|(.., entry)| entry).collect()
    }

    fn range(&self, start: &str) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|(word, _)| word.as_str() < start);
        let to = from + self.words[from..].partition_point(|(word, _)| word.starts_with(start));
        from..to
    }
}

fn fit(name: &str, whole: &str) -> Fit {
    if name == whole {
        Fit::WholeName
    } else if name.starts_with(whole) {
        Fit::StartOfName
    } else {
        Fit::Words
    }
}

fn entry<'a>(named: Named, precedence: u8, names: impl IntoIterator<Item = &'a str>) -> GazetteerEntry {
    let full_names: Vec<String> = names.into_iter().map(|name| words_of(name).join(" ")).collect();
    let mut words: Vec<String> = full_names.iter().flat_map(|name| name.split(' ')).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    GazetteerEntry { named, precedence, words, full_names }
}

/// Lower-case words without accents and punctuation: `Ashby-de-la-Zouch` is `ashby de la zouch`.
fn words_of(text: &str) -> Vec<String> {
    let plain: String =
        text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| *c != '\'' && *c != '’').collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_punctuation() {
        assert_eq!(words_of("Ashby-de-la-Zouch"), ["ashby", "de", "la", "zouch"]);
        assert_eq!(words_of("St. Mary's Môn"), ["st", "marys", "mon"]);
        assert!(words_of(" -- ").is_empty());
    }
}

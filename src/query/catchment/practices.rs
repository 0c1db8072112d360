//! Whom a question is about: one practice, several, or all of a primary care network.

use crate::model::organisation::{OdsCode, OrganisationStatus, Practice};
use crate::query::QueryError;
use crate::store::Store;

/// The most practices of one question: more than any network has.
const MOST_PRACTICES: usize = 50;

/// The code and the name of a primary care network.
pub type Network<'s> = (OdsCode, &'s str);

/// The practices that a question names.
#[derive(Debug, Clone)]
pub struct Asked<'s> {
    /// Their positions in the store, ascending, none twice.
    pub positions: Vec<u32>,
    /// The practices, in the same order.
    pub practices: Vec<&'s Practice>,
    /// The code and name of the network, where one was named.
    pub network: Option<Network<'s>>,
}

impl Asked<'_> {
    /// Whether none is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// Their names in a line; none without practices.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        if let Some((_, name)) = self.network {
            return Some(name.to_owned());
        }
        let names: Vec<&str> = self.practices.iter().map(|practice| practice.organisation.name.as_str()).collect();
        match names.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [first @ .., last] if names.len() <= 3 => Some(format!("{} and {last}", first.join(", "))),
            [first, ..] => Some(format!("{first} and {} other practices", names.len() - 1)),
        }
    }
}

/// Finds the practices of codes, or of one network's code. None asked, none found.
///
/// # Errors
/// When a code is unknown, or a practice is closed or holds no patients in the edition.
pub fn asked<'s>(store: &'s Store, codes: &[String]) -> Result<Asked<'s>, QueryError> {
    if codes.len() > MOST_PRACTICES {
        return Err(QueryError::Unfit { parameter: "practice", found: format!("{} codes", codes.len()), expected: format!("at most {MOST_PRACTICES}") });
    }
    let practices = store.practices();
    let unknown = |text: &str| {
        QueryError::unknown("practice", text, "the ODS code of a practice or a primary care network of this edition, such as one that search finds")
    };
    if let [one] = codes
        && let Ok(code) = OdsCode::parse(one)
        && let Some(members) = practices.of_network(code)
    {
        // Of a network, those at work: a closed member is no reason to refuse the rest.
        let positions: Vec<u32> = members.iter().copied().filter(|&position| refusal(store, position).is_none()).collect();
        let name = members.first().and_then(|&position| practices.at(position).pcn.as_ref()).map(|pcn| pcn.name.as_str());
        if let (Some(name), false) = (name, positions.is_empty()) {
            return Ok(found(store, positions, Some((code, name))));
        }
    }
    let mut positions = Vec::with_capacity(codes.len());
    for text in codes {
        let position = OdsCode::parse(text).ok().and_then(|code| practices.position(code)).ok_or_else(|| unknown(text))?;
        if let Some(why) = refusal(store, position) {
            let code = practices.at(position).organisation.code;
            return Err(QueryError::Unfit {
                parameter: "practice",
                found: format!("{code}, which {why}"),
                expected: "a practice at work with patients in this edition".to_owned(),
            });
        }
        positions.push(position);
    }
    positions.sort_unstable();
    positions.dedup();
    Ok(found(store, positions, None))
}

fn found<'s>(store: &'s Store, positions: Vec<u32>, network: Option<Network<'s>>) -> Asked<'s> {
    let practices = positions.iter().map(|&position| store.practices().at(position)).collect();
    Asked { positions, practices, network }
}

/// Why a practice has no catchment.
fn refusal(store: &Store, position: u32) -> Option<&'static str> {
    let practice = store.practices().at(position);
    if practice.organisation.status == OrganisationStatus::Closed {
        return Some("is closed");
    }
    let register = store.register()?;
    register.of_practice(position).is_empty().then_some("holds no patients in this edition")
}

/// What is said about one practice.
#[derive(Debug, Clone, Copy)]
pub struct PracticeCard<'s> {
    /// Its position in the store, the id of its feature in tiles.
    pub position: u32,
    /// The practice.
    pub practice: &'s Practice,
    /// The place of the smallest area it stands in.
    pub place: Option<u32>,
}

/// The cards of practices by code, or of a network's: unlike [`asked`], closed ones and those without patients are shown.
///
/// # Errors
/// When a code is unknown.
pub fn practice_cards<'s>(store: &'s Store, codes: &[String]) -> Result<(Vec<PracticeCard<'s>>, Option<Network<'s>>), QueryError> {
    let practices = store.practices();
    let card = |position: u32| PracticeCard { position, practice: practices.at(position), place: practices.place_of(position) };
    let mut cards = Vec::new();
    for text in codes {
        let code = OdsCode::parse(text).ok();
        if let Some(members) = code.filter(|_| codes.len() == 1).and_then(|code| practices.of_network(code)) {
            let name = members.first().and_then(|&position| practices.at(position).pcn.as_ref()).map(|pcn| pcn.name.as_str());
            return Ok((members.iter().map(|&position| card(position)).collect(), code.zip(name)));
        }
        let position = code.and_then(|code| practices.position(code));
        let position = position.ok_or_else(|| QueryError::unknown("practice", text, "the ODS code of a practice or a primary care network of this edition"))?;
        cards.push(card(position));
    }
    Ok((cards, None))
}

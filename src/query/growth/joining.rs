//! Which practices the people of new homes join: as their neighbours have, all of them here, or as the reader says.

use std::collections::HashMap;

use super::{Assumed, SiteGrowth};
use crate::model::organisation::{OdsCode, Practice};
use crate::model::registered_patients::RegisteredWith;
use crate::query::QueryError;
use crate::query::catchment::Catchment;
use crate::store::Store;

/// How far shares that a reader gives may be from 1 together: the rounding of a percentage with two decimals.
const ROUNDING: f64 = 0.0005;

/// A practice that fewer people would join is not listed by itself.
const LEAST_LISTED: f64 = 0.5;

/// How practices are chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Joins {
    /// As the registered people of the site's neighbourhood have chosen.
    #[default]
    Observed,
    /// All of them the practices asked, by the size of their lists where there are several.
    All,
    /// By shares that the reader gives: code and share, together 1.
    Given(Vec<(String, f64)>),
}

impl Joins {
    /// The word in links.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::All => "all",
            Self::Given(_) => "given",
        }
    }
}

/// People who join one practice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joining<'s> {
    /// The practice; none for all others together, withheld counts among them.
    pub practice: Option<&'s Practice>,
    /// People.
    pub people: f64,
    /// The practice's list today.
    pub list_size: Option<u32>,
    /// Whether it is one of the practices asked.
    pub asked: bool,
}

/// Shares of practices, the rest (up to 1) going to others.
type Shares = Vec<(u32, f64)>;

/// Shares out the people of every counted site, notes in each how many join the practices asked, and adds up by practice.
pub(super) fn joining<'s>(
    store: &'s Store,
    catchment: &Catchment<'_>,
    assumed: &Assumed,
    sites: &mut [SiteGrowth<'_>],
) -> Result<Vec<Joining<'s>>, QueryError> {
    let positions = &catchment.asked.positions;
    let fixed = match &assumed.joins {
        Joins::Observed => None,
        Joins::All => Some(by_list(catchment)?),
        Joins::Given(given) => Some(as_given(store, given)?),
    };
    let mut people: HashMap<Option<u32>, f64> = HashMap::new();
    for site in sites {
        let observed;
        let shares = if let Some(shares) = &fixed {
            shares
        } else {
            observed = observed_shares(catchment, site.place);
            &observed
        };
        let mut rest = site.people;
        let mut here = 0.0;
        for &(practice, share) in shares {
            let joined = site.people * share;
            rest -= joined;
            *people.entry(Some(practice)).or_insert(0.0) += joined;
            if positions.contains(&practice) {
                here += joined;
            }
        }
        *people.entry(None).or_insert(0.0) += rest.max(0.0);
        site.joining = (!positions.is_empty()).then_some(here);
    }
    // Less than half a person is no line worth reading; a practice asked stands there even with nobody.
    let mut few = 0.0;
    people.retain(|practice, people| {
        let kept = *people >= LEAST_LISTED || practice.is_none_or(|practice| positions.contains(&practice));
        few += if kept { 0.0 } else { *people };
        kept
    });
    *people.entry(None).or_insert(0.0) += few;
    people.retain(|practice, people| practice.is_some() || *people > 1e-9);
    for position in positions {
        people.entry(Some(*position)).or_insert(0.0);
    }
    let mut people: Vec<(Option<u32>, f64)> = people.into_iter().collect();
    people.sort_by(|a, b| a.0.is_none().cmp(&b.0.is_none()).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
    let one = |(practice, people): (Option<u32>, f64)| Joining {
        practice: practice.map(|position| store.practices().at(position)),
        people,
        list_size: practice.and_then(|position| catchment.register?.list_size(position)),
        asked: practice.is_some_and(|position| positions.contains(&position)),
    };
    Ok(people.into_iter().map(one).collect())
}

/// How the registered people of an area have chosen; withheld counts belong to the rest.
fn observed_shares(catchment: &Catchment<'_>, place: Option<u32>) -> Shares {
    let (Some(register), Some(place)) = (catchment.register, place) else { return Vec::new() };
    let all = f64::from(register.registered(place as usize));
    let printed = register.of_area(place as usize).iter().filter(|count| !count.withheld);
    printed
        .filter_map(|count| if let RegisteredWith::Practice(position) = count.of { Some((position, f64::from(count.patients) / all)) } else { None })
        .collect()
}

fn by_list(catchment: &Catchment<'_>) -> Result<Shares, QueryError> {
    let positions = &catchment.asked.positions;
    let size = |position: u32| catchment.register.and_then(|register| register.list_size(position)).map_or(1.0, f64::from);
    let all: f64 = positions.iter().map(|&position| size(position)).sum();
    if positions.is_empty() {
        return Err(QueryError::Unfit { parameter: "joins", found: "all, without a practice".to_owned(), expected: "practice beside joins=all".to_owned() });
    }
    Ok(positions.iter().map(|&position| (position, size(position) / all)).collect())
}

fn as_given(store: &Store, given: &[(String, f64)]) -> Result<Shares, QueryError> {
    let sum: f64 = given.iter().map(|(_, share)| share).sum();
    let fair = given.iter().all(|(_, share)| (0.0..=1.0).contains(share)) && (sum - 1.0).abs() <= ROUNDING;
    if !fair {
        let found = format!("shares that add up to {}", (sum * 1e4).round() / 1e4);
        return Err(QueryError::Unfit {
            parameter: "joining",
            found,
            expected: "shares from 0 to 1 that together make 1, such as C82038:0.6,C82066:0.4".to_owned(),
        });
    }
    let mut shares: Shares = Vec::with_capacity(given.len());
    for (text, share) in given {
        let position = OdsCode::parse(text).ok().and_then(|code| store.practices().position(code));
        let position = position.ok_or_else(|| QueryError::unknown("joining", text, "codes of practices of this edition, such as C82038:0.6,C82066:0.4"))?;
        if shares.iter().any(|(held, _)| *held == position) {
            return Err(QueryError::Unfit { parameter: "joining", found: format!("{text} twice"), expected: "every practice once".to_owned() });
        }
        shares.push((position, *share));
    }
    Ok(shares)
}

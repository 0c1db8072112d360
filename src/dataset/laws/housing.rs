//! The laws of housing sites and of what plans require.

use super::{Broken, Fault, disorder, fault_of_location, fault_of_rings};
use crate::model::edition::Edition;
use crate::model::housing::{HousingRequirement, HousingSite};

/// The first law that a site or a requirement of the edition breaks.
pub(super) fn fault(edition: &Edition) -> Option<Broken> {
    let sites = &edition.housing_sites.items;
    if let Some(found) = disorder(sites, |site| site.id.as_str()) {
        return Some(("housing sites".to_owned(), "sites sorted by id, no id twice", found));
    }
    let called = |site: &HousingSite| format!("housing site {}", if site.id.is_empty() { &site.name } else { &site.id });
    let of_sites = || sites.iter().find_map(|site| of_site(site).map(|(expected, found)| (called(site), expected, found)));
    let of_requirements = || {
        let named = |requirement: &HousingRequirement| format!("housing requirement {} of {}, {}", requirement.option, requirement.authority, requirement.plan);
        let mut requirements = edition.housing_requirements.items.iter();
        requirements.find_map(|requirement| of_requirement(requirement).map(|(expected, found)| (named(requirement), expected, found)))
    };
    of_sites().or_else(|| fault_of_nesting(sites)).or_else(of_requirements)
}

fn of_site(site: &HousingSite) -> Fault {
    if site.id.is_empty() {
        return Some(("an id", "none".to_owned()));
    }
    if let (Some(first), Some(last)) = (site.first_year, site.last_year)
        && first > last
    {
        return Some(("a first year not after the last", format!("{first} and {last}")));
    }
    let location = site.location.as_ref()?;
    let outline = || location.outline.as_ref().and_then(|outline| fault_of_rings(outline.inner()));
    fault_of_location(Some(&location.location)).or_else(outline)
}

/// A site lies in another of the edition, and by no way round in itself: else its dwellings would be counted nowhere.
fn fault_of_nesting(sites: &[HousingSite]) -> Option<Broken> {
    let mut larger: Vec<Option<usize>> = Vec::with_capacity(sites.len());
    for site in sites {
        let Some(id) = &site.part_of else {
            larger.push(None);
            continue;
        };
        match sites.binary_search_by(|other| other.id.as_str().cmp(id)) {
            Ok(place) => larger.push(Some(place)),
            Err(_) => return Some((format!("housing site {}", site.id), "part_of to name a site of the edition", format!("{id:?}"))),
        }
    }
    // Each site is left by the first walk that comes by; a walk that meets its own trace goes round.
    let mut walked_by: Vec<Option<usize>> = vec![None; sites.len()];
    for start in 0..sites.len() {
        let mut at = Some(start);
        while let Some(place) = at {
            match walked_by[place] {
                Some(walk) if walk == start => {
                    return Some((format!("housing site {}", sites[place].id), "a site that is no part of itself", "a circle of part_of".to_owned()));
                }
                Some(_) => break,
                None => walked_by[place] = Some(start),
            }
            at = larger[place];
        }
    }
    None
}

fn of_requirement(requirement: &HousingRequirement) -> Fault {
    if requirement.from_year > requirement.to_year {
        return Some(("a first year not after the last", format!("{} and {}", requirement.from_year, requirement.to_year)));
    }
    let size = requirement.household_size.filter(|size| !(size.is_finite() && *size > 0.0))?;
    Some(("a finite household size above zero", size.to_string()))
}

//! The laws of practices, hospitals and pharmacies.

use super::{Broken, disorder, fault_of_location};
use crate::model::edition::Edition;
use crate::model::organisation::{Organisation, Practice};

/// The first law that an organisation of the edition breaks.
pub(super) fn fault(edition: &Edition) -> Option<Broken> {
    let (practices, hospitals, pharmacies) = (&edition.practices.items, &edition.hospitals.items, &edition.pharmacies.items);
    let disorders = [
        ("practices", "practices sorted by code, no code twice", disorder(practices, |practice| practice.organisation.code)),
        ("hospitals", "hospitals sorted by id, no id twice", disorder(hospitals, |hospital| hospital.id.as_str())),
        ("pharmacies", "pharmacies sorted by code, no code twice", disorder(pharmacies, |pharmacy| pharmacy.code)),
    ];
    if let Some((part, expected, Some(found))) = disorders.into_iter().find(|(_, _, found)| found.is_some()) {
        return Some((part.to_owned(), expected, found));
    }
    let of_hospitals = || {
        hospitals.iter().find_map(|hospital| {
            let part = format!("hospital {}", if hospital.id.is_empty() { &hospital.name } else { &hospital.id });
            if hospital.id.is_empty() {
                return Some((part, "an id", "none".to_owned()));
            }
            fault_of_location(hospital.location.as_ref()).map(|(expected, found)| (part, expected, found))
        })
    };
    practices.iter().find_map(of_practice).or_else(of_hospitals).or_else(|| pharmacies.iter().find_map(|pharmacy| of_organisation("pharmacy", pharmacy)))
}

fn of_practice(practice: &Practice) -> Option<Broken> {
    if let Some(found) = disorder(&practice.branches, |branch| branch.code) {
        return Some((format!("practice {}", practice.organisation.code), "branches sorted by code, no code twice", found));
    }
    of_organisation("practice", &practice.organisation).or_else(|| practice.branches.iter().find_map(|branch| of_organisation("branch", branch)))
}

fn of_organisation(called: &str, organisation: &Organisation) -> Option<Broken> {
    fault_of_location(organisation.location.as_ref()).map(|(expected, found)| (format!("{called} {}", organisation.code), expected, found))
}

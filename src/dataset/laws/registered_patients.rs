//! The laws of registers: their counts name practices and areas that are there, each pair once.

use std::collections::HashSet;

use super::{Broken, areas_of};
use crate::model::edition::Edition;
use crate::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};

/// The most patients of one count; what a table of signed whole numbers holds, and more than live in the country.
const MOST_PATIENTS: u32 = i32::MAX.cast_unsigned();

/// The first law that a register of the edition breaks.
pub(super) fn fault(edition: &Edition) -> Option<Broken> {
    let mut registers = HashSet::new();
    for register in &edition.registered_patients {
        let part = format!("registered patients {} {}", register.area_type, register.sex);
        if !registers.insert((register.area_type, register.sex)) {
            return Some((part, "one register of that area type and sex", "two".to_owned()));
        }
        let Some(areas) = areas_of(edition, register.area_type) else {
            return Some((part, "a layer of that area type", "none".to_owned()));
        };
        if let Some((expected, found)) = of_register(register, edition.practices.items.len(), areas) {
            return Some((part, expected, found));
        }
    }
    None
}

fn of_register(register: &RegisteredPatients, practices: usize, areas: usize) -> super::Fault {
    let there = |count: &PatientCount| {
        let with = if let RegisteredWith::Practice(position) = count.with { (position as usize) < practices } else { true };
        let residence = if let Residence::Area(place) = count.residence { (place as usize) < areas } else { true };
        with && residence
    };
    if let Some(count) = register.counts.iter().find(|count| !there(count)) {
        return Some(("practices and areas of the edition", format!("{:?}, {:?}", count.with, count.residence)));
    }
    if let Some(count) = register.counts.iter().find(|count| !(1..=MOST_PATIENTS).contains(&count.patients)) {
        return Some(("1 to 2147483647 patients in every count", count.patients.to_string()));
    }
    let pair = register.counts.windows(2).find(|pair| (pair[0].with, pair[0].residence) >= (pair[1].with, pair[1].residence))?;
    let told = |count: &PatientCount| format!("{:?}, {:?}", count.with, count.residence);
    Some(("counts sorted by practice and residence, no pair twice", format!("{} before {}", told(&pair[0]), told(&pair[1]))))
}

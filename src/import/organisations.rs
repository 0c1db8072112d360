//! Practices, hospitals and pharmacies from several files put together: one entry for each code, and those that concern the edition.

use std::collections::BTreeMap;

use super::register::{RegisterFile, Registers};
use super::report::{Finding, Report, Severity};
use super::row::RowPlace;
use crate::model::edition::AreaLayer;
use crate::model::organisation::{Hospital, Location, Membership, OdsCode, Organisation, OrganisationStatus, Practice};
use crate::model::provenance::Sourced;
use crate::model::registered_patients::RegisteredPatients;

/// What one row says about an organisation; what it leaves out another file may fill.
#[derive(Debug, Clone)]
pub struct OrganisationRecord {
    /// Where it stands.
    pub place: RowPlace,
    /// Its code.
    pub code: OdsCode,
    /// Its name; may be empty.
    pub name: String,
    /// Its address in one line, without the postcode; may be empty.
    pub address: String,
    /// Its postcode as the file writes it.
    pub postcode: Option<String>,
    /// Whether it is at work, where the file says so.
    pub status: Option<OrganisationStatus>,
    /// Its point, where the file gives one.
    pub location: Option<Location>,
}

/// What one row says about a practice.
#[derive(Debug, Clone)]
pub struct PracticeRecord {
    /// Code, name, address, point.
    pub organisation: OrganisationRecord,
    /// Patients, where the file counts them.
    pub list_size: Option<u32>,
    /// Its primary care network.
    pub pcn: Option<Membership>,
    /// Its commissioner; the name may be empty.
    pub commissioner: Option<Membership>,
}

/// What one row says about a hospital.
#[derive(Debug, Clone)]
pub struct HospitalRecord {
    /// Where it stands.
    pub place: RowPlace,
    /// The hospital, its place in the edition not yet judged.
    pub hospital: Hospital,
}

/// What the files of a recipe say about organisations, each list with the sources it comes from.
#[derive(Debug, Default)]
pub struct OrganisationFiles {
    /// Practices, in the order of the recipe.
    pub practices: Sourced<PracticeRecord>,
    /// Registers of their patients.
    pub registers: Vec<RegisterFile>,
    /// Hospitals.
    pub hospitals: Sourced<HospitalRecord>,
}

/// The organisations of an edition.
#[derive(Debug, Default)]
pub struct Organisations {
    /// Practices, sorted by code.
    pub practices: Sourced<Practice>,
    /// Their registers.
    pub registered_patients: Vec<RegisteredPatients>,
    /// Hospitals, sorted by id.
    pub hospitals: Sourced<Hospital>,
    /// Pharmacies, sorted by code.
    pub pharmacies: Sourced<Organisation>,
}

/// Adds what one more file says to a list, with the file's source.
pub fn add<T>(list: &mut Sourced<T>, source: &str, items: Vec<T>) {
    if !list.sources.iter().any(|known| known == source) {
        list.sources.push(source.to_owned());
    }
    list.items.extend(items);
}

/// Puts the organisations of an edition together; `layers` are its areas.
#[must_use]
pub fn organisations(files: OrganisationFiles, layers: &[AreaLayer], report: &mut Report) -> Organisations {
    let mut practices = merged(files.practices.items, report);
    let registers = Registers::new(files.registers, layers, report);
    let totals = registers.totals();
    let listed = registers.listed(&totals);
    let registered_patients = registers.registered_patients(&listed, report);
    let mut made = Vec::new();
    for code in &listed {
        let record = practices.remove(code);
        let total = totals.get(code).and_then(|total| u32::try_from(total.everywhere).ok());
        if let (Some(record), Some(total)) = (&record, total)
            && let Some(size) = record.list_size.filter(|size| *size != total)
        {
            let message = format!("{code}: expected {total} patients as in the register, found {size}; the register's number is held");
            report.add(record.organisation.place.finding(Severity::Warning, "list-size", message));
        }
        let practice = record.map_or_else(|| from_register(*code, &registers, report), practice);
        made.push(Practice { list_size: total.or(practice.list_size), ..practice });
    }
    Organisations {
        practices: Sourced { sources: files.practices.sources, items: made },
        registered_patients,
        hospitals: Sourced { sources: files.hospitals.sources, items: hospitals(files.hospitals.items, report) },
        pharmacies: Sourced::default(),
    }
}

/// One record for each code: a later file fills what is empty.
fn merged(records: Vec<PracticeRecord>, _report: &mut Report) -> BTreeMap<OdsCode, PracticeRecord> {
    let mut merged: BTreeMap<OdsCode, PracticeRecord> = BTreeMap::new();
    for record in records {
        merged.entry(record.organisation.code).or_insert(record);
    }
    merged
}

fn practice(record: PracticeRecord) -> Practice {
    let OrganisationRecord { code, name, address, postcode, status, location, .. } = record.organisation;
    let status = status.unwrap_or(OrganisationStatus::Active);
    let organisation = Organisation { code, name, address, postcode, status, location };
    let commissioner = record.commissioner.map(|membership| {
        let name = if membership.name.is_empty() { membership.code.to_string() } else { membership.name };
        Membership { name, ..membership }
    });
    Practice { organisation, list_size: record.list_size, pcn: record.pcn, commissioner, branches: Vec::new() }
}

/// A practice that only the register names.
fn from_register(code: OdsCode, registers: &Registers<'_>, report: &mut Report) -> Practice {
    let named = registers.practices().find(|practice| practice.code == code);
    let name = named.map(|practice| practice.name.clone()).filter(|name| !name.is_empty()).unwrap_or_else(|| code.to_string());
    let message = format!("no file of practices lists {code}; it is kept under the name {name:?} and not located");
    let finding = |practice: &super::register::RegisteredPractice| practice.place.finding(Severity::Warning, "practice-not-listed", message.clone());
    report.add(named.map_or_else(|| Finding::of_file(Severity::Warning, "practice-not-listed", "", message.clone()), finding));
    let organisation = Organisation { code, name, address: String::new(), postcode: None, status: OrganisationStatus::Active, location: None };
    Practice { organisation, list_size: None, pcn: None, commissioner: None, branches: Vec::new() }
}

fn hospitals(records: Vec<HospitalRecord>, report: &mut Report) -> Vec<Hospital> {
    let mut made: BTreeMap<String, Hospital> = BTreeMap::new();
    for HospitalRecord { place, hospital } in records {
        if made.contains_key(&hospital.id) {
            let message = format!("{} stands in an earlier file; the first was kept", hospital.id);
            report.add(place.finding(Severity::Error, "duplicate-hospital", message));
        } else {
            made.insert(hospital.id.clone(), hospital);
        }
    }
    made.into_values().collect()
}

//! Practices, hospitals and pharmacies from several files put together: one entry for each code, and those that concern the edition.

use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{BTreeSet, HashMap};

use super::capitals::as_people_write;
use super::locating::Locating;
use super::postcodes::Postcodes;
use super::register::{RegisterFile, Registers};
use super::report::{Finding, Report, Severity};
use super::row::RowPlace;
use crate::model::edition::AreaLayer;
use crate::model::organisation::{Hospital, Location, Membership, OdsCode, Organisation, OrganisationStatus, Practice, Precision};
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
    /// Whether the file is a list of practices; else it only adds to what others list, or to what a register counts.
    pub lists: bool,
    /// Patients, where the file counts them.
    pub list_size: Option<u32>,
    /// Its primary care network.
    pub pcn: Option<Membership>,
    /// Its commissioner; the name may be empty.
    pub commissioner: Option<Membership>,
}

/// What one row says about another site of a practice.
#[derive(Debug, Clone)]
pub struct BranchRecord {
    /// Code, name, address.
    pub organisation: OrganisationRecord,
    /// The practice that it belongs to.
    pub practice: OdsCode,
}

/// What one row says about a hospital.
#[derive(Debug, Clone)]
pub struct HospitalRecord {
    /// Where it stands.
    pub place: RowPlace,
    /// The hospital, its place in the edition not yet judged.
    pub hospital: Hospital,
}

/// The records of one file.
#[derive(Debug, Clone)]
pub struct FileOf<T> {
    /// The id of its source.
    pub source: String,
    /// How far from the edition's extent its organisations may lie, kilometres; none is any distance.
    pub within_km: Option<f64>,
    /// What its rows say.
    pub records: Vec<T>,
}

/// What the files of a recipe say about organisations, each list in the order of the recipe.
#[derive(Debug, Default)]
pub struct OrganisationFiles {
    /// Practices.
    pub practices: Vec<FileOf<PracticeRecord>>,
    /// Their other sites.
    pub branches: Vec<FileOf<BranchRecord>>,
    /// Registers of their patients.
    pub registers: Vec<RegisterFile>,
    /// Hospitals.
    pub hospitals: Vec<FileOf<HospitalRecord>>,
    /// Pharmacies.
    pub pharmacies: Vec<FileOf<OrganisationRecord>>,
    /// Postcodes, which locate all of them.
    pub postcodes: Postcodes,
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

/// Puts the organisations of an edition together; `layers` are its areas.
#[must_use]
pub fn organisations(files: OrganisationFiles, layers: &[AreaLayer], report: &mut Report) -> Organisations {
    let OrganisationFiles { practices, branches, registers, hospitals, pharmacies, postcodes } = files;
    let mut locating = Locating::new(&postcodes, layers);
    let registers = Registers::new(registers, layers, report);
    let mut sources = sources_of(&practices);
    let records = merged(practices, report);
    let totals = registers.totals();
    let listed = if registers.is_empty() { located_inside(&records, &locating, report) } else { registers.listed(&totals) };
    let registered_patients = registers.registered_patients(&listed, report);
    if !registers.is_empty() {
        note_without_patients(&records, &listed, report);
        sources.extend(registered_patients.iter().map(|register| register.source.clone()));
    }
    // One word about all practices is enough where no file lists any.
    let any_listed = !records.is_empty();
    if !any_listed && !listed.is_empty() {
        let message = format!("no file lists practices; those of the register have its names and are not located: {}", listed.len());
        report.add(Finding::of_file(Severity::Warning, "practice-not-listed", "", message));
    }
    let mut making = Making { records, any_listed, registers: &registers, locating: &mut locating, report };
    let mut made: Vec<Practice> = Vec::with_capacity(listed.len());
    for code in listed {
        let total = totals.get(&code).map(|total| u32::try_from(total.everywhere).unwrap_or(u32::MAX));
        made.push(making.practice(code, total));
    }
    sources.extend(sources_of(&branches));
    add_branches(&mut made, branches, &mut locating, report);
    let by_postcode = |location: Option<Location>| location.is_some_and(|location| location.precision == Precision::Postcode);
    let sites = made.iter().flat_map(|practice| practice.branches.iter().chain([&practice.organisation]));
    if sites.map(|site| site.location).any(by_postcode) {
        sources.extend(postcodes.sources.iter().cloned());
    }
    let hospitals = self::hospitals(hospitals, &postcodes, &mut locating, report);
    let pharmacies = self::pharmacies(pharmacies, &postcodes, &mut locating, report);
    locating.finish(report);
    Organisations { practices: Sourced { sources: each_once(sources), items: made }, registered_patients, hospitals, pharmacies }
}

fn sources_of<T>(files: &[FileOf<T>]) -> Vec<String> {
    files.iter().map(|file| file.source.clone()).collect()
}

fn each_once(sources: Vec<String>) -> Vec<String> {
    let mut met = BTreeSet::new();
    sources.into_iter().filter(|source| met.insert(source.clone())).collect()
}

/// One record for each code: a later file fills what is empty.
fn merged(files: Vec<FileOf<PracticeRecord>>, report: &mut Report) -> BTreeMap<OdsCode, PracticeRecord> {
    let mut merged: BTreeMap<OdsCode, PracticeRecord> = BTreeMap::new();
    let mut names: HashMap<OdsCode, String> = HashMap::new();
    for file in files {
        let mut met = BTreeSet::new();
        for record in file.records {
            let code = record.organisation.code;
            if !met.insert(code) {
                let message = format!("{code} stands here a second time; the first row was kept");
                report.add(record.organisation.place.finding(Severity::Error, "duplicate-code", message));
                continue;
            }
            for membership in [&record.pcn, &record.commissioner].into_iter().flatten().filter(|membership| !membership.name.is_empty()) {
                names.entry(membership.code).or_insert_with(|| membership.name.clone());
            }
            match merged.get_mut(&code) {
                Some(earlier) => fill(earlier, record, report),
                None => drop(merged.insert(code, record)),
            }
        }
    }
    // What one file calls by its code only, another may name; what none names is called by its code.
    for membership in merged.values_mut().flat_map(|record| [&mut record.pcn, &mut record.commissioner]).flatten() {
        if membership.name.is_empty() {
            membership.name = names.get(&membership.code).cloned().unwrap_or_else(|| membership.code.to_string());
        }
        membership.name = as_people_write(&membership.name);
    }
    merged
}

/// Fills what is empty with what a later file says.
fn fill(record: &mut PracticeRecord, later: PracticeRecord, report: &mut Report) {
    let (own, other) = (&mut record.organisation, later.organisation);
    if let (Some(first), Some(second)) = (own.status, other.status)
        && first != second
    {
        let message = format!("{} is {} by an earlier file and {} by this one; the first was kept", own.code, first.id(), second.id());
        report.add(other.place.finding(Severity::Note, "status-contradicted", message));
    }
    for (text, other) in [(&mut own.name, other.name), (&mut own.address, other.address)] {
        if text.is_empty() {
            *text = other;
        }
    }
    own.postcode = own.postcode.take().or(other.postcode);
    own.status = own.status.or(other.status);
    own.location = own.location.or(other.location);
    record.lists |= later.lists;
    record.list_size = record.list_size.or(later.list_size);
    record.pcn = record.pcn.take().or(later.pcn);
    record.commissioner = record.commissioner.take().or(later.commissioner);
}

/// Without a register: the open practices within the extent of the edition.
fn located_inside(records: &BTreeMap<OdsCode, PracticeRecord>, locating: &Locating<'_>, report: &mut Report) -> Vec<OdsCode> {
    let inside = |record: &&PracticeRecord| locating.concerns(record.organisation.location, record.organisation.postcode.as_deref(), 0.0);
    let (closed, open): (Vec<_>, Vec<_>) = records.values().filter(|record| record.lists).partition(|record| is_closed(record));
    let listed: Vec<OdsCode> = open.iter().copied().filter(inside).map(|record| record.organisation.code).collect();
    let closed = closed.iter().copied().filter(inside).count();
    let elsewhere = open.len() - listed.len();
    if closed > 0 {
        report.add(Finding::of_file(Severity::Note, "closed", "", format!("practices left out, because they are closed: {closed}")));
    }
    if elsewhere > 0 {
        report.add(Finding::of_file(
            Severity::Note,
            "elsewhere",
            "",
            format!("practices left out, because they lie elsewhere or cannot be located: {elsewhere}"),
        ));
    }
    listed
}

fn is_closed(record: &PracticeRecord) -> bool {
    record.organisation.status == Some(OrganisationStatus::Closed)
}

/// With a register: the practices of other files that it names no patients of, or too few.
fn note_without_patients(records: &BTreeMap<OdsCode, PracticeRecord>, listed: &[OdsCode], report: &mut Report) {
    let without = records.values().filter(|record| record.lists && listed.binary_search(&record.organisation.code).is_err());
    let (closed, others): (Vec<_>, Vec<_>) = without.partition(|record| is_closed(record));
    for (practices, what) in [(closed, "closed practices"), (others, "practices")] {
        if !practices.is_empty() {
            let message = format!("{what} left out, because too few patients of theirs live in the edition, or none: {}", practices.len());
            report.add(Finding::of_file(Severity::Note, "without-patients", "", message));
        }
    }
}

/// What practices are made of.
struct Making<'m, 'a> {
    records: BTreeMap<OdsCode, PracticeRecord>,
    any_listed: bool,
    registers: &'m Registers<'a>,
    locating: &'m mut Locating<'a>,
    report: &'m mut Report,
}

impl Making<'_, '_> {
    fn practice(&mut self, code: OdsCode, registered: Option<u32>) -> Practice {
        let Some(record) = self.records.remove(&code) else { return self.of_register_only(code, registered) };
        let place = record.organisation.place.clone();
        if let (Some(size), Some(total)) = (record.list_size, registered)
            && size != total
        {
            let message = format!("{code}: expected {total} patients as in the register, found {size}; the register's number is held");
            self.report.add(place.finding(Severity::Warning, "list-size", message));
        }
        let organisation = organisation(record.organisation, self.locating, self.report);
        let (list_size, pcn, commissioner) = (registered.or(record.list_size), record.pcn, record.commissioner);
        Practice { organisation, list_size, pcn, commissioner, branches: Vec::new() }
    }

    fn of_register_only(&mut self, code: OdsCode, list_size: Option<u32>) -> Practice {
        let named = self.registers.practices().find(|practice| practice.code == code);
        let name = named.map(|practice| as_people_write(&practice.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| code.to_string());
        if let Some(named) = named.filter(|_| self.any_listed) {
            let message = format!("no file of practices lists {code}; it is kept under the name {name:?} and not located");
            self.report.add(named.place.finding(Severity::Warning, "practice-not-listed", message));
        }
        let organisation = Organisation { code, name, address: String::new(), postcode: None, status: OrganisationStatus::Active, location: None };
        Practice { organisation, list_size, pcn: None, commissioner: None, branches: Vec::new() }
    }
}

fn organisation(record: OrganisationRecord, locating: &mut Locating<'_>, report: &mut Report) -> Organisation {
    let OrganisationRecord { place, code, name, address, mut postcode, status, location } = record;
    let location = locating.locate(code.as_str(), &place, location, &mut postcode, report);
    let name = if name.is_empty() { code.to_string() } else { as_people_write(&name) };
    Organisation { code, name, address: as_people_write(&address), postcode, status: status.unwrap_or(OrganisationStatus::Active), location }
}

/// Gives practices their other sites, sorted by code.
fn add_branches(practices: &mut [Practice], files: Vec<FileOf<BranchRecord>>, locating: &mut Locating<'_>, report: &mut Report) {
    let (mut met, mut elsewhere) = (BTreeSet::new(), 0_usize);
    for BranchRecord { organisation: record, practice } in files.into_iter().flat_map(|file| file.records) {
        let Ok(at) = practices.binary_search_by_key(&practice, |practice| practice.organisation.code) else {
            elsewhere += 1;
            continue;
        };
        if met.insert(record.code) {
            practices[at].branches.push(organisation(record, locating, report));
        } else {
            let message = format!("{} stands here a second time; the first row was kept", record.code);
            report.add(record.place.finding(Severity::Error, "duplicate-code", message));
        }
    }
    for practice in practices {
        practice.branches.sort_by_key(|branch| branch.code);
    }
    if elsewhere > 0 {
        let message = format!("branches left out, because the edition does not list their practices: {elsewhere}");
        report.add(Finding::of_file(Severity::Note, "elsewhere", "", message));
    }
}

fn hospitals(files: Vec<FileOf<HospitalRecord>>, postcodes: &Postcodes, locating: &mut Locating<'_>, report: &mut Report) -> Sourced<Hospital> {
    let mut sources = sources_of(&files);
    let mut made: BTreeMap<String, Hospital> = BTreeMap::new();
    let mut elsewhere = 0_usize;
    for file in files {
        for HospitalRecord { place, mut hospital } in file.records {
            if file.within_km.is_some_and(|within_km| !locating.concerns(hospital.location, hospital.postcode.as_deref(), within_km)) {
                elsewhere += 1;
            } else if made.contains_key(&hospital.id) {
                let message = format!("{} stands in an earlier file; the first was kept", hospital.id);
                report.add(place.finding(Severity::Error, "duplicate-hospital", message));
            } else {
                let own = hospital.location;
                hospital.location = locating.locate(&hospital.id, &place, own, &mut hospital.postcode, report);
                if own.is_none() && hospital.location.is_some() {
                    sources.extend(postcodes.sources.iter().cloned());
                }
                (hospital.name, hospital.address) = (as_people_write(&hospital.name), as_people_write(&hospital.address));
                made.insert(hospital.id.clone(), hospital);
            }
        }
    }
    note_elsewhere(elsewhere, "hospitals", report);
    Sourced { sources: each_once(sources), items: made.into_values().collect() }
}

fn pharmacies(files: Vec<FileOf<OrganisationRecord>>, postcodes: &Postcodes, locating: &mut Locating<'_>, report: &mut Report) -> Sourced<Organisation> {
    let mut sources = sources_of(&files);
    let mut made: BTreeMap<OdsCode, Organisation> = BTreeMap::new();
    let mut elsewhere = 0_usize;
    for file in files {
        for record in file.records {
            if !locating.concerns(record.location, record.postcode.as_deref(), file.within_km.unwrap_or(0.0)) {
                elsewhere += 1;
            } else if let Entry::Vacant(free) = made.entry(record.code) {
                free.insert(organisation(record, locating, report));
            } else {
                let message = format!("{} stands here a second time; the first row was kept", record.code);
                report.add(record.place.finding(Severity::Error, "duplicate-code", message));
            }
        }
    }
    note_elsewhere(elsewhere, "pharmacies", report);
    if made.values().any(|pharmacy| pharmacy.location.is_some()) {
        sources.extend(postcodes.sources.iter().cloned());
    }
    Sourced { sources: each_once(sources), items: made.into_values().collect() }
}

fn note_elsewhere(elsewhere: usize, what: &str, report: &mut Report) {
    if elsewhere > 0 {
        report.add(Finding::of_file(Severity::Note, "elsewhere", "", format!("{what} left out, because they lie elsewhere or cannot be located: {elsewhere}")));
    }
}

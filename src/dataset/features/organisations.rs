//! Practices, their branches, hospitals and pharmacies as `FlatGeobuf`: points, without an index, in dataset order.

use std::collections::HashMap;

use geozero::error::GeozeroError;

use super::decode::{Row, points};
use super::{Column, FeatureWriter, TEXT, WHOLE, encoded_points};
use crate::dataset::DatasetError;
use crate::model::organisation::{Hospital, Location, Membership, OdsCode, Organisation, OrganisationStatus, Practice};

const ORGANISATION: [Column; 6] = [("code", TEXT), ("name", TEXT), ("address", TEXT), ("postcode", TEXT), ("status", TEXT), ("precision", TEXT)];
const OF_PRACTICES: [Column; 5] = [("list_size", WHOLE), ("pcn_code", TEXT), ("pcn_name", TEXT), ("commissioner_code", TEXT), ("commissioner_name", TEXT)];
/// Which practice a branch belongs to.
const OF_BRANCHES: [Column; 1] = [("practice", TEXT)];
const HOSPITAL: [Column; 7] = [("id", TEXT), ("name", TEXT), ("kind", TEXT), ("sector", TEXT), ("address", TEXT), ("postcode", TEXT), ("precision", TEXT)];

/// The file of the practices, without their branches.
pub(in crate::dataset) fn write_practices(name: &str, practices: &[Practice]) -> Result<Vec<u8>, DatasetError> {
    let columns = [&ORGANISATION[..], &OF_PRACTICES].concat();
    let location = |practice: &Practice| practice.organisation.location;
    encoded_points(name, "General practices", &columns, practices, location, |feature, practice| {
        write_organisation(feature, &practice.organisation)?;
        feature.whole(practice.list_size)?;
        for membership in [&practice.pcn, &practice.commissioner] {
            feature.text(membership.as_ref().map(|membership| membership.code.as_str()))?;
            feature.text(membership.as_ref().map(|membership| membership.name.as_str()))?;
        }
        Ok(())
    })
}

/// The file of the branches of all practices.
pub(in crate::dataset) fn write_branches(name: &str, practices: &[Practice]) -> Result<Vec<u8>, DatasetError> {
    let columns = [&OF_BRANCHES[..], &ORGANISATION].concat();
    let branches: Vec<(OdsCode, &Organisation)> =
        practices.iter().flat_map(|practice| practice.branches.iter().map(|branch| (practice.organisation.code, branch))).collect();
    let location = |(_, branch): &(OdsCode, &Organisation)| branch.location;
    encoded_points(name, "Branches of general practices", &columns, &branches, location, |feature, (practice, branch)| {
        feature.text(Some(practice.as_str()))?;
        write_organisation(feature, branch)
    })
}

/// The file of the pharmacies.
pub(in crate::dataset) fn write_pharmacies(name: &str, pharmacies: &[Organisation]) -> Result<Vec<u8>, DatasetError> {
    encoded_points(name, "Pharmacies", &ORGANISATION, pharmacies, |pharmacy| pharmacy.location, write_organisation)
}

/// The file of the hospitals.
pub(in crate::dataset) fn write_hospitals(name: &str, hospitals: &[Hospital]) -> Result<Vec<u8>, DatasetError> {
    encoded_points(
        name,
        "Hospitals",
        &HOSPITAL,
        hospitals,
        |hospital| hospital.location,
        |feature, hospital| {
            for text in [&hospital.id, &hospital.name, &hospital.kind, &hospital.sector, &hospital.address] {
                feature.text(Some(text))?;
            }
            feature.text(hospital.postcode.as_deref())?;
            feature.text(precision(hospital.location))
        },
    )
}

fn write_organisation(feature: &mut FeatureWriter<'_, '_>, organisation: &Organisation) -> Result<(), GeozeroError> {
    feature.text(Some(organisation.code.as_str()))?;
    feature.text(Some(&organisation.name))?;
    feature.text(Some(&organisation.address))?;
    feature.text(organisation.postcode.as_deref())?;
    feature.text(Some(organisation.status.id()))?;
    feature.text(precision(organisation.location))
}

fn precision(location: Option<Location>) -> Option<&'static str> {
    location.map(|location| location.precision.id())
}

/// The practices, still without their branches; `file` is how errors call it.
pub(in crate::dataset) fn read_practices(file: &str, bytes: &[u8]) -> Result<Vec<Practice>, DatasetError> {
    let columns = [&ORGANISATION[..], &OF_PRACTICES].concat();
    points(file, bytes, &columns)?
        .map(|feature| {
            let feature = feature?;
            let mut row = Row::of(&feature, &columns)?;
            let organisation = read_organisation(&mut row)?;
            let list_size = row.optional_whole()?;
            let mut membership = || {
                let code = row.optional_word("an ODS code", ods_code)?;
                match (code, row.optional_text()?) {
                    (Some(code), Some(name)) => Ok(Some(Membership { code, name })),
                    (None, None) => Ok(None),
                    (code, name) => Err(feature.malformed("a code and a name together", &format!("{code:?} and {name:?}"))),
                }
            };
            Ok(Practice { organisation, list_size, pcn: membership()?, commissioner: membership()?, branches: Vec::new() })
        })
        .collect()
}

/// Gives the practices their branches, and says how many there are.
pub(in crate::dataset) fn read_branches(file: &str, bytes: &[u8], practices: &mut [Practice]) -> Result<usize, DatasetError> {
    let columns = [&OF_BRANCHES[..], &ORGANISATION].concat();
    let places: HashMap<OdsCode, usize> = practices.iter().enumerate().map(|(place, practice)| (practice.organisation.code, place)).collect();
    let mut branches = 0;
    for feature in points(file, bytes, &columns)? {
        let feature = feature?;
        let mut row = Row::of(&feature, &columns)?;
        let place = row.word("the code of a practice of the edition", |text| places.get(&ods_code(text)?).copied())?;
        practices[place].branches.push(read_organisation(&mut row)?);
        branches += 1;
    }
    Ok(branches)
}

/// The pharmacies.
pub(in crate::dataset) fn read_pharmacies(file: &str, bytes: &[u8]) -> Result<Vec<Organisation>, DatasetError> {
    points(file, bytes, &ORGANISATION)?.map(|feature| read_organisation(&mut Row::of(&feature?, &ORGANISATION)?)).collect()
}

/// The hospitals.
pub(in crate::dataset) fn read_hospitals(file: &str, bytes: &[u8]) -> Result<Vec<Hospital>, DatasetError> {
    points(file, bytes, &HOSPITAL)?
        .map(|feature| {
            let feature = feature?;
            let mut row = Row::of(&feature, &HOSPITAL)?;
            Ok(Hospital {
                id: row.text()?,
                name: row.text()?,
                kind: row.text()?,
                sector: row.text()?,
                address: row.text()?,
                postcode: row.optional_text()?,
                location: row.location()?,
            })
        })
        .collect()
}

fn read_organisation(row: &mut Row<'_, '_>) -> Result<Organisation, DatasetError> {
    Ok(Organisation {
        code: row.word("an ODS code", ods_code)?,
        name: row.text()?,
        address: row.text()?,
        postcode: row.optional_text()?,
        status: row.word("a status: active, closed or dormant", OrganisationStatus::parse)?,
        location: row.location()?,
    })
}

fn ods_code(text: &str) -> Option<OdsCode> {
    OdsCode::parse(text).ok()
}

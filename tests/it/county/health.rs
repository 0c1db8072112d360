//! The made-up county's practices, hospitals and register, with counts one can add in the head.

use geo_types::Point;
use needsmap::model::area::{AreaKind, AreaType};
use needsmap::model::crs::Bng;
use needsmap::model::measure::Sex;
use needsmap::model::organisation::{Hospital, Location, Membership, OdsCode, Organisation, OrganisationStatus, Practice, Precision};
use needsmap::model::provenance::Sourced;
use needsmap::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};

use super::CORNER;

fn code(text: &str) -> OdsCode {
    OdsCode::parse(text).expect("the county's codes are codes")
}

/// A point so many hundred metres east and north of the county's corner.
pub fn at(east: f64, north: f64, precision: Precision) -> Location {
    Location { point: Bng(Point::new(CORNER.0 + east * 100.0, CORNER.1 + north * 100.0)), precision }
}

fn practice(text: &str, name: &str, status: OrganisationStatus, location: Option<Location>, pcn: bool) -> Practice {
    let organisation = Organisation {
        code: code(text),
        name: name.to_owned(),
        address: "1 High Street, Wold".to_owned(),
        postcode: Some("WO1 1AA".to_owned()),
        status,
        location,
    };
    let pcn = pcn.then(|| Membership { code: code("U00001"), name: "Wold PCN".to_owned() });
    Practice { organisation, list_size: None, pcn, commissioner: Some(Membership { code: code("W01"), name: "Wold".to_owned() }), branches: Vec::new() }
}

/// Two practices of one network, a closed one, one without patients here.
pub fn practices() -> Sourced<Practice> {
    let branch = Organisation { code: code("A00001001"), ..practice("A00001", "Magna Branch", OrganisationStatus::Active, None, false).organisation };
    let magna =
        Practice { branches: vec![branch], ..practice("A00001", "Magna Surgery", OrganisationStatus::Active, Some(at(5.0, 5.0, Precision::Postcode)), true) };
    Sourced {
        sources: vec!["register".to_owned()],
        items: vec![
            magna,
            practice("A00002", "Parva Surgery", OrganisationStatus::Active, Some(at(35.0, 25.0, Precision::Postcode)), true),
            practice("A00003", "Old Surgery", OrganisationStatus::Closed, None, false),
            practice("A00004", "Empty Surgery", OrganisationStatus::Active, None, false),
        ],
    }
}

/// A hospital with a point.
pub fn hospitals() -> Sourced<Hospital> {
    let hospital = Hospital {
        id: "wold-infirmary".to_owned(),
        name: "Wold Infirmary".to_owned(),
        kind: "acute".to_owned(),
        sector: String::new(),
        address: String::new(),
        postcode: None,
        location: Some(at(20.0, 15.0, Precision::Exact)),
    };
    Sourced { sources: vec!["register".to_owned()], items: vec![hospital] }
}

/// Magna (list 2,500): 900, 700, 400, 250, 150, 80 and 3 in neighbourhoods 0 to 6, 2 in 7, 15 outside: section 6's example, nearly.
/// Parva: 100, 300, 600, 700, 800 in neighbourhoods 0, 3, 4, 5, 6, 1,000 in 7. The rest are with other practices: 50 in each of 0 to 8.
pub fn register() -> RegisteredPatients {
    let count = |with: RegisteredWith, residence: Residence, patients: u32| PatientCount { with, residence, patients };
    let of = |practice: u32, places: &[(u32, u32)]| {
        places.iter().map(move |&(place, patients)| count(RegisteredWith::Practice(practice), Residence::Area(place), patients)).collect::<Vec<_>>()
    };
    let mut counts = of(0, &[(0, 900), (1, 700), (2, 400), (3, 250), (4, 150), (5, 80), (6, 3), (7, 2)]);
    counts.push(count(RegisteredWith::Practice(0), Residence::Outside, 15));
    counts.extend(of(1, &[(0, 100), (3, 300), (4, 600), (5, 700), (6, 800), (7, 1000)]));
    counts.extend((0..9).map(|place| count(RegisteredWith::OtherPractices, Residence::Area(place), 50)));
    RegisteredPatients {
        source: "register".to_owned(),
        period: "July 2022".to_owned(),
        area_type: AreaType { kind: AreaKind::Lsoa, vintage: 11 },
        sex: Sex::Persons,
        disclosure_threshold: 5,
        counts,
    }
}

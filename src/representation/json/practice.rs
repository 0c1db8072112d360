//! A practice, several, or a network, as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Base, Provenance, six_decimals};
use crate::model::area::Area;
use crate::model::organisation::{Location, Membership, OdsCode, Organisation, Practice};
use crate::query::PracticeCard;
use crate::representation::drawing::lonlat_point;
use crate::representation::points::list_size;
use crate::store::Store;

/// A code with the name it stands for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CodeAndName {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

impl CodeAndName {
    /// Of an area.
    #[must_use]
    pub fn of_area(area: &Area) -> Self {
        Self { code: area.code.to_string(), name: area.name.clone(), alias: area.alias.clone() }
    }

    fn of_membership(one: &Membership) -> Self {
        Self { code: one.code.to_string(), name: one.name.clone(), alias: None }
    }
}

/// Another site of a practice.
#[derive(Debug, Serialize, ToSchema)]
pub struct BranchRef {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Longitude, latitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<[f64; 2]>,
}

/// One practice.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeRef {
    /// Its ODS code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// `active`, `closed`, `dormant`.
    pub status: &'static str,
    /// Longitude, latitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<[f64; 2]>,
    /// How well the point is known: `exact`, `postcode`, `approximate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<&'static str>,
    /// All registered patients, wherever they live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<u32>,
    /// When they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_period: Option<String>,
    /// Its primary care network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pcn: Option<CodeAndName>,
    /// Its commissioner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commissioner: Option<CodeAndName>,
    /// Its other sites.
    pub branches: Vec<BranchRef>,
    /// The neighbourhood it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<CodeAndName>,
    /// The district it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<CodeAndName>,
    /// The id of its feature in vector tiles.
    pub index: u32,
}

/// A practice, several, or a network.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeAnswer {
    /// The code asked for; several with commas between.
    pub code: String,
    /// The name of the practice or network; of several, their names.
    pub name: String,
    /// `practice`, `pcn` or `practices`.
    pub kind: &'static str,
    /// All their registered patients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<u32>,
    /// The practices.
    pub practices: Vec<PracticeRef>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Longitude and latitude of a location, six decimals.
#[must_use]
pub fn lonlat_of(location: Option<&Location>) -> Option<[f64; 2]> {
    lonlat_point(&location?.point).map(|point| [six_decimals(point.x()), six_decimals(point.y())])
}

impl PracticeAnswer {
    /// Cards as an answer.
    #[must_use]
    pub fn new(store: &Store, cards: &[PracticeCard<'_>], network: Option<(OdsCode, &str)>, base: &Base) -> Self {
        let practices: Vec<PracticeRef> = cards.iter().map(|card| practice(store, card)).collect();
        let codes = practices.iter().map(|practice| practice.code.as_str()).collect::<Vec<_>>().join(",");
        let names = practices.iter().map(|practice| practice.name.as_str()).collect::<Vec<_>>().join(", ");
        let (code, name, kind) = match network {
            Some((code, name)) => (code.to_string(), name.to_owned(), "pcn"),
            None => (codes, names, if practices.len() == 1 { "practice" } else { "practices" }),
        };
        let path = format!("/api/practices/{code}");
        let links = vec![
            base.link(&path, "self", "application/json"),
            base.link(&format!("{path}/catchment"), "catchment", "application/geo+json"),
            base.link(&format!("{path}/definitions"), "definitions", "application/json"),
            base.link(&format!("/api/housing-growth?practice={code}"), "housing-growth", "application/json"),
        ];
        let sources = store.practices().all.sources.iter().map(String::as_str).chain(store.register().map(|register| register.source()));
        Self {
            list_size: practices.iter().map(|practice| practice.list_size).sum(),
            code,
            name,
            kind,
            practices,
            provenance: Provenance::of(store, sources, links),
        }
    }
}

fn practice(store: &Store, card: &PracticeCard<'_>) -> PracticeRef {
    let Practice { organisation, pcn, commissioner, branches, .. } = card.practice;
    let Organisation { code, name, address, postcode, status, location } = organisation;
    let within = card.place.and_then(|place| store.catchment_layer().map(|(_, layer)| (layer, place as usize)));
    PracticeRef {
        code: code.to_string(),
        name: name.clone(),
        address: address.clone(),
        postcode: postcode.clone(),
        status: status.id(),
        point: lonlat_of(location.as_ref()),
        precision: location.as_ref().map(|location| location.precision.id()),
        list_size: list_size(store, card.position as usize),
        list_period: store.register().map(|register| register.period().to_owned()),
        pcn: pcn.as_ref().map(CodeAndName::of_membership),
        commissioner: commissioner.as_ref().map(CodeAndName::of_membership),
        branches: branches.iter().map(branch).collect(),
        area: within.map(|(layer, place)| CodeAndName::of_area(&layer.areas()[place])),
        district: within.and_then(|(layer, place)| store.district_of(layer, place)).map(CodeAndName::of_area),
        index: card.position,
    }
}

fn branch(one: &Organisation) -> BranchRef {
    BranchRef {
        code: one.code.to_string(),
        name: one.name.clone(),
        address: one.address.clone(),
        postcode: one.postcode.clone(),
        point: lonlat_of(one.location.as_ref()),
    }
}

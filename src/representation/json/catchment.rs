//! A catchment as an answer: what it is, what it adds up to, its areas.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::practice::lonlat_of;
use super::profile::{ProfileRef, profile};
use super::{AreaTypeRef, Base, Provenance, rounded, six_decimals};
use crate::model::area::Area;
use crate::model::crs::Crs;
use crate::model::measure::FigureStatus;
use crate::query::{Catchment, CatchmentAnswer, CatchmentArea, Comparators, Definition, Summary};
use crate::representation::drawing::{lonlat_bounds, lonlat_point, polygons_in};
use crate::representation::sentence;
use crate::store::Store;

/// A practice that a catchment is of.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedPractice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its registered patients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<u32>,
    /// Longitude, latitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<[f64; 2]>,
}

/// The numbers of a definition, under the names of their parameters.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct DefinitionNumbers {
    /// The least number of patients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients: Option<u32>,
    /// A share, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The radius, metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metres: Option<f64>,
    /// The time, minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
    /// How people travel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<&'static str>,
    /// `to` the place or `from` it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<&'static str>,
}

/// What a catchment is.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatchmentRef {
    /// What it is called.
    pub label: String,
    /// The definition: `reach`, `market-share`, `plurality`, `core`, `radius`, `travel-time`, `polygon`, `areas`.
    pub definition: &'static str,
    /// The definition's name with its number.
    pub definition_label: String,
    /// What it means.
    pub definition_text: String,
    /// Its numbers.
    pub parameters: DefinitionNumbers,
    /// `whole-areas`, `centroid` or `area-share`.
    pub membership: &'static str,
    /// What that means.
    pub membership_text: &'static str,
    /// The practices.
    pub practices: Vec<AskedPractice>,
    /// The type of its areas.
    pub area_type: AreaTypeRef,
    /// West, south, east, north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    /// The circle or polygon as GeoJSON, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub shape: Option<Box<RawValue>>,
    /// What a reader must know about this very catchment.
    pub notes: Vec<String>,
}

impl CatchmentRef {
    /// Of a catchment.
    #[must_use]
    pub fn new(catchment: &Catchment<'_>) -> Self {
        let practices = catchment.asked.positions.iter().zip(&catchment.asked.practices).map(|(&position, practice)| AskedPractice {
            code: practice.organisation.code.to_string(),
            name: practice.organisation.name.clone(),
            list_size: catchment.register.and_then(|register| register.list_size(position)),
            point: lonlat_of(practice.organisation.location.as_ref()),
        });
        let (membership, membership_text) = if catchment.definition.has_shape() {
            (catchment.membership.id(), catchment.membership.text())
        } else if matches!(catchment.definition, Definition::TravelTime { .. }) {
            ("centroid", "A neighbourhood belongs, as a whole, when its population-weighted centre is in time.")
        } else {
            ("whole-areas", "Neighbourhoods belong as a whole.")
        };
        Self {
            label: catchment.label(),
            definition: catchment.definition.id(),
            definition_label: catchment.definition.label(),
            definition_text: catchment.definition.text(),
            parameters: numbers(&catchment.definition),
            membership,
            membership_text,
            practices: practices.collect(),
            area_type: AreaTypeRef::new(catchment.layer.area_type()),
            bbox: catchment.bounds().as_ref().and_then(lonlat_bounds),
            shape: catchment.shape.as_ref().and_then(|shape| RawValue::from_string(polygons_in(&shape.outline(), Crs::Crs84)).ok()),
            notes: catchment.notes.clone(),
        }
    }
}

fn numbers(definition: &Definition) -> DefinitionNumbers {
    let none = DefinitionNumbers::default();
    match definition {
        Definition::Reach { patients } => DefinitionNumbers { patients: Some(*patients), ..none },
        Definition::MarketShare { share } | Definition::Core { share } => DefinitionNumbers { share: Some(*share), ..none },
        Definition::Radius { metres, .. } => DefinitionNumbers { metres: Some(*metres), ..none },
        Definition::TravelTime { minutes, how, .. } => {
            DefinitionNumbers { minutes: Some(*minutes), mode: Some(how.mode.id()), time: Some(how.time.id()), direction: Some(how.direction.id()), ..none }
        }
        Definition::Plurality | Definition::Polygon(_) | Definition::Areas(_) => none,
    }
}

/// What a catchment adds up to. Withheld counts enter none of the numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct SummaryRef {
    /// How many areas.
    pub areas: usize,
    /// Patients on the lists of the practices, wherever they live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<f64>,
    /// Those of them who live in the areas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_patients: Option<f64>,
    /// Their share of the list, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_list: Option<f64>,
    /// Patients of the lists who live elsewhere, or whose number in an area is withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients_outside: Option<f64>,
    /// Those of them who live outside the edition; absent where withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients_outside_edition: Option<f64>,
    /// Areas of the catchment with patients of the practices whose number is withheld.
    pub withheld_areas: usize,
    /// Counts below it are withheld.
    pub disclosure_threshold: u32,
    /// Everybody in the areas who is registered with any practice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<f64>,
    /// Those of them registered with other practices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_elsewhere: Option<f64>,
    /// Their share, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_elsewhere_share: Option<f64>,
    /// Residents by the official estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<f64>,
    /// When patients were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register_period: Option<String>,
    /// What the residents are estimated for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents_period: Option<String>,
    /// Whether areas count by share, so that every number is an estimate.
    pub estimated: bool,
}

impl SummaryRef {
    /// Of a catchment.
    #[must_use]
    pub fn new(store: &Store, catchment: &Catchment<'_>, summary: &Summary<'_>) -> Self {
        let people = |number: Option<f64>| number.map(|number| rounded(number, 1));
        let elsewhere = summary.registered_elsewhere();
        let share = elsewhere.zip(summary.registered).filter(|(_, registered)| *registered > 0.0).map(|(elsewhere, registered)| elsewhere / registered);
        Self {
            areas: catchment.areas.len(),
            list_size: summary.list_size,
            registered_patients: people(summary.registered_patients),
            share_of_list: summary.share_of_list().map(|share| rounded(share, 6)),
            patients_outside: people(summary.patients_outside()),
            patients_outside_edition: summary.patients_outside_edition,
            withheld_areas: summary.withheld_areas,
            disclosure_threshold: catchment.register.map_or(0, |register| register.threshold()),
            registered: people(summary.registered),
            registered_elsewhere: people(elsewhere),
            registered_elsewhere_share: share.map(|share| rounded(share, 6)),
            residents: people(summary.residents),
            register_period: catchment.register.map(|register| register.period().to_owned()),
            residents_period: store.population_period().map(str::to_owned),
            estimated: summary.estimated,
        }
    }
}

/// One practice with which people of the areas are registered.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisteredWithRef {
    /// Its code; none for all others together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// People.
    pub patients: f64,
    /// Their share of everybody registered, 0 to 1.
    pub share: f64,
    /// Whether it is one of the practices asked.
    pub asked: bool,
}

/// One area of a catchment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatchmentAreaRef<'s> {
    /// The id of its feature in vector tiles.
    pub index: u32,
    /// Its code.
    pub code: &'s str,
    /// Its name.
    pub name: &'s str,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<&'s str>,
    /// Patients of the practices who live there; absent where withheld, or without practices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients: Option<f64>,
    /// `suppressed` where there are patients whose number is withheld; beside `patients`, those of one of several practices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Their share of the list, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_practice: Option<f64>,
    /// Their share of everybody registered there, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_area: Option<f64>,
    /// Everybody registered there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<f64>,
    /// Residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<f64>,
    /// How much of the area counts, 0 to 1.
    pub weight: f64,
    /// Deprivation score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// National decile, 1 = most deprived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decile: Option<f64>,
    /// Longitude, latitude of its population-weighted centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centroid: Option<[f64; 2]>,
}

impl<'s> CatchmentAreaRef<'s> {
    /// Of an area of a catchment.
    #[must_use]
    pub fn new(store: &'s Store, comparators: &Comparators, catchment: &Catchment<'s>, one: &CatchmentArea, list_size: Option<f64>) -> Self {
        let place = one.place as usize;
        let area: &'s Area = &catchment.layer.areas()[place];
        let registered = catchment.register.map(|register| f64::from(register.registered(place)) * one.weight).filter(|people| *people > 0.0);
        let of = |all: Option<f64>| one.patients.zip(all).filter(|(_, all)| *all > 0.0).map(|(patients, all)| rounded(patients / all, 6));
        let (score, decile) = comparators.deprivation_at(store, one.place);
        let people = |number: Option<f64>| number.map(|number| rounded(number, 1));
        Self {
            index: one.place,
            code: area.code.as_str(),
            name: &area.name,
            alias: area.alias.as_deref(),
            patients: people(one.patients),
            status: one.withheld.then(|| FigureStatus::Suppressed.id()),
            share_of_practice: of(list_size),
            share_of_area: of(registered),
            registered: people(registered),
            residents: people(catchment.layer.population_at(place).map(|residents| residents * one.weight)),
            weight: rounded(one.weight, 6),
            score,
            decile,
            centroid: lonlat_point(&area.centroid).map(|point| [six_decimals(point.x()), six_decimals(point.y())]),
        }
    }
}

/// When the figures of an answer are from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodsRef {
    /// Registered patients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients: Option<String>,
    /// Residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<String>,
    /// Deprivation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprivation: Option<String>,
    /// Life expectancy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub life_expectancy: Option<String>,
    /// Fuel poverty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fuel_poverty: Option<String>,
}

impl PeriodsRef {
    fn new(store: &Store, comparators: &Comparators) -> Self {
        let of_profile = comparators.periods(store);
        Self {
            patients: store.register().map(|register| register.period().to_owned()),
            residents: store.population_period().map(str::to_owned),
            deprivation: of_profile.deprivation.map(str::to_owned),
            life_expectancy: of_profile.life_expectancy.map(str::to_owned),
            fuel_poverty: of_profile.fuel_poverty.map(str::to_owned),
        }
    }
}

/// What stands around the areas of a catchment, in every format.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatchmentFrame {
    /// What it is.
    pub catchment: CatchmentRef,
    /// What it says, in a sentence.
    pub sentence: String,
    /// What it adds up to.
    pub summary: SummaryRef,
    /// With whom its people are registered, most first.
    pub registered_with: Vec<RegisteredWithRef>,
    /// Its people, then those of the areas it is put beside.
    pub profile: Vec<ProfileRef>,
    /// When the figures are from.
    pub periods: PeriodsRef,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A catchment with its areas.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatchmentAnswerRef<'s> {
    /// Everything but the areas.
    #[serde(flatten)]
    pub frame: CatchmentFrame,
    /// Its areas, in dataset order.
    pub areas: Vec<CatchmentAreaRef<'s>>,
}

impl CatchmentFrame {
    /// Of an answer. `own` is the address that was asked, where it was an address.
    #[must_use]
    pub fn new(store: &Store, comparators: &Comparators, answer: &CatchmentAnswer<'_>, base: &Base, own: Option<&str>) -> Self {
        let CatchmentAnswer { catchment, summary, profiles } = answer;
        Self {
            catchment: CatchmentRef::new(catchment),
            sentence: sentence::catchment(catchment, summary),
            summary: SummaryRef::new(store, catchment, summary),
            registered_with: registered_with(summary),
            profile: profiles.iter().map(profile).collect(),
            periods: PeriodsRef::new(store, comparators),
            provenance: Provenance::of(store, comparators.sources(store), own.map(|own| links(base, own)).unwrap_or_default()),
        }
    }
}

impl<'s> CatchmentAnswerRef<'s> {
    /// Of an answer.
    #[must_use]
    pub fn new(store: &'s Store, comparators: &Comparators, answer: &CatchmentAnswer<'s>, base: &Base, own: Option<&str>) -> Self {
        Self { frame: CatchmentFrame::new(store, comparators, answer, base, own), areas: catchment_areas(store, comparators, answer).collect() }
    }
}

/// The areas of an answer.
pub fn catchment_areas<'s>(store: &'s Store, comparators: &Comparators, answer: &CatchmentAnswer<'s>) -> impl Iterator<Item = CatchmentAreaRef<'s>> {
    let list_size = answer.summary.list_size;
    answer.catchment.areas.iter().map(move |area| CatchmentAreaRef::new(store, comparators, &answer.catchment, area, list_size))
}

/// `self` and the same answer in its other formats.
pub(super) fn links(base: &Base, own: &str) -> Vec<super::Link> {
    let (path, query) = own.split_once('?').unwrap_or((own, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("f=")).collect::<Vec<_>>().join("&");
    let with = |format: &str| if kept.is_empty() { format!("{path}?f={format}") } else { format!("{path}?{kept}&f={format}") };
    vec![
        base.link(own, "self", "application/json"),
        base.link(&with("json"), "alternate", "application/json"),
        base.link(&with("geojson"), "alternate", "application/geo+json"),
        base.link(&with("csv"), "alternate", "text/csv"),
    ]
}

fn registered_with(summary: &Summary<'_>) -> Vec<RegisteredWithRef> {
    let all = summary.registered.filter(|all| *all > 0.0).unwrap_or(1.0);
    let listed = summary.registered_with.iter().map(|one| RegisteredWithRef {
        code: Some(one.practice.organisation.code.to_string()),
        name: one.practice.organisation.name.clone(),
        patients: rounded(one.patients, 1),
        share: rounded(one.patients / all, 6),
        asked: one.asked,
    });
    let others = (summary.registered_with_others > 0.0).then(|| RegisteredWithRef {
        code: None,
        name: "Other practices, and counts that are withheld".to_owned(),
        patients: rounded(summary.registered_with_others, 1),
        share: rounded(summary.registered_with_others / all, 6),
        asked: false,
    });
    listed.chain(others).collect()
}

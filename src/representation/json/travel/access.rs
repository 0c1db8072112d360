//! Access by two-step floating catchments as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::catchment::links;
use super::{BasisRef, PlaceRef, TravelQuestion, basis, sources_of};
use crate::query::travel::{Access, AccessRequest};
use crate::representation::json::{Base, Provenance, rounded};
use crate::representation::sentence;
use crate::store::Store;

/// What a site has to give to how many.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessSiteRef {
    /// The site.
    #[serde(flatten)]
    pub place: PlaceRef,
    /// What it has to give.
    pub supply: f64,
    /// People within reach, each weighted by the band.
    pub demand: f64,
    /// Supply for 1,000 of them; none where nobody lives within reach.
    pub ratio_per_1000: Option<f64>,
}

/// What an area gets.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessAreaRef<'s> {
    /// The id of its feature in vector tiles.
    pub index: usize,
    /// Its code.
    pub code: &'s str,
    /// Its name.
    pub name: &'s str,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<&'s str>,
    /// Supply for 1,000 people; 0 where no site is within reach, none where no time is held.
    pub accessibility_per_1000: Option<f64>,
    /// Residents.
    pub population: Option<f64>,
}

/// A band with its weight.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessBandRef {
    /// Up to so many minutes.
    pub minutes: f64,
    /// How much a person there counts.
    pub weight: f64,
}

/// Everybody of the extent.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessSummary {
    /// Residents.
    pub population: f64,
    /// Those with no site within reach.
    pub without: f64,
    /// Those for whom no time is held; they count in no mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_time_held: Option<f64>,
    /// Population-weighted mean, supply for 1,000 people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_per_1000: Option<f64>,
    /// Population-weighted median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_per_1000: Option<f64>,
    /// One in ten people has no more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p10_per_1000: Option<f64>,
}

/// Access of every area.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessAnswer<'s> {
    /// What was asked.
    pub question: TravelQuestion,
    /// What it says, in a sentence.
    pub sentence: String,
    /// How it is worked out.
    pub method: &'static str,
    /// Bands with their weights.
    pub bands: Vec<AccessBandRef>,
    /// On which basis the times within reach stand.
    pub basis: Vec<BasisRef>,
    /// The sites.
    pub sites: Vec<AccessSiteRef>,
    /// The areas, in dataset order.
    pub areas: Vec<AccessAreaRef<'s>>,
    /// Everybody of the extent.
    pub summary: AccessSummary,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// The areas of an answer.
pub fn access_areas<'f, 's>(found: &'f Access<'s>) -> impl Iterator<Item = AccessAreaRef<'s>> + use<'f, 's> {
    found.extent.members.iter().map(|place| {
        let area = &found.layer.areas()[place];
        AccessAreaRef {
            index: place,
            code: area.code.as_str(),
            name: &area.name,
            alias: area.alias.as_deref(),
            accessibility_per_1000: found.known[place].then(|| rounded(found.accessibility[place] * 1000.0, 6)),
            population: found.layer.population_at(place),
        }
    })
}

impl<'s> AccessAnswer<'s> {
    /// Of an answer. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &Store, asked: &AccessRequest, found: &Access<'s>, base: &Base, own: &str) -> Self {
        let thousand = |number: Option<f64>| number.map(|number| rounded(number * 1000.0, 6));
        let sites = found.places.list.iter().zip(&found.sites).map(|(place, site)| AccessSiteRef {
            place: PlaceRef::new(place),
            supply: site.supply,
            demand: rounded(site.demand, 1),
            ratio_per_1000: thousand(site.ratio),
        });
        let [mean, median, tenth] = found.summary;
        let sources = sources_of(store, found.layer, &found.places.list).into_iter().chain(found.sources.iter().map(String::as_str));
        Self {
            question: TravelQuestion {
                sites: Some(asked.sites.clone()),
                within: Some(found.extent.label.clone()),
                ..TravelQuestion::new(found.how, Some(found.layer))
            },
            sentence: sentence::travel::access(found),
            method: "Two-step floating catchment: each site's supply is shared by everybody within reach, weighted by the band of their time; \
                each area adds up the shares of all sites within its reach, weighted alike.",
            bands: found.bands.iter().map(|&(minutes, weight)| AccessBandRef { minutes, weight }).collect(),
            basis: basis(&found.basis, false),
            sites: sites.collect(),
            areas: access_areas(found).collect(),
            summary: AccessSummary {
                population: rounded(found.people[0], 1),
                no_time_held: (found.unknown.areas > 0).then(|| rounded(found.unknown.people, 1)),
                without: rounded(found.people[1], 1),
                mean_per_1000: thousand(mean),
                median_per_1000: thousand(median),
                p10_per_1000: thousand(tenth),
            },
            notes: found.notes.clone(),
            provenance: Provenance::of(store, sources, links(base, own)),
        }
    }
}

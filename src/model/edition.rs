//! An edition: everything one dataset holds, checked, in memory, before it is indexed.

use geo_types::{MultiPolygon, Point};

use super::area::{Area, AreaType};
use super::crs::Bng;
use super::housing::{HousingRequirement, HousingSite};
use super::measure::{Measure, NationalBreaks, Series};
use super::organisation::{Hospital, Organisation, Practice};
use super::provenance::{Source, Sourced};
use super::registered_patients::RegisteredPatients;
use super::roads::RoadNetwork;
use super::timetable::Timetable;
use super::travel::PublishedTimes;

/// One immutable set of areas and figures, made by an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Short name, part of links and ETags: `leicestershire-2022`.
    pub id: String,
    /// The name of the whole extent: `Leicester, Leicestershire and Rutland`.
    pub title: String,
    /// What it holds, in a sentence or two.
    pub description: String,
    /// The view that opens first.
    pub default_view: DefaultView,
    /// Publications, in the order of the recipe.
    pub sources: Vec<Source>,
    /// One layer per area type, smallest areas first.
    pub layers: Vec<AreaLayer>,
    /// Polygons without figures: neighbours, the outline.
    pub context: Vec<ContextLayer>,
    /// Towns and villages, most important first.
    pub places: Vec<Place>,
    /// What can be mapped, in the order of the recipe.
    pub measures: Vec<Measure>,
    /// The figures.
    pub series: Vec<Series>,
    /// Classes of the whole country.
    pub national_breaks: Vec<NationalBreaks>,
    /// General practices, sorted by code, no code twice.
    pub practices: Sourced<Practice>,
    /// Registers of their patients: at most one of each sex.
    pub registered_patients: Vec<RegisteredPatients>,
    /// Hospitals, sorted by id, no id twice.
    pub hospitals: Sourced<Hospital>,
    /// Pharmacies and dispensing appliance contractors, sorted by code, no code twice.
    pub pharmacies: Sourced<Organisation>,
    /// Housing sites, sorted by id, no id twice.
    pub housing_sites: Sourced<HousingSite>,
    /// What plans require, in the order of the files.
    pub housing_requirements: Sourced<HousingRequirement>,
    /// Travel times that others have published, at most one table of a mode and area type.
    pub published_times: Vec<PublishedTimes>,
    /// Roads and paths, where an extract was read.
    pub roads: Option<RoadNetwork>,
    /// Buses and trains, where a timetable was read.
    pub timetable: Option<Timetable>,
}

impl Edition {
    /// Ids of the sources that no figure, shape or list names as its own: those of names, codes, parents, centroids and towns.
    #[must_use]
    pub fn sources_of_names(&self) -> Vec<String> {
        let lists =
            [&self.practices.sources, &self.hospitals.sources, &self.pharmacies.sources, &self.housing_sites.sources, &self.housing_requirements.sources];
        let claimed: Vec<&String> = (self.measures.iter().map(|measure| &measure.source))
            .chain(self.layers.iter().map(|layer| &layer.source))
            .chain(self.context.iter().map(|layer| &layer.source))
            .chain(lists.into_iter().flatten())
            .chain(self.registered_patients.iter().map(|register| &register.source))
            .chain(self.published_times.iter().map(|times| &times.source))
            .chain(self.roads.iter().map(|roads| &roads.source))
            .chain(self.timetable.iter().map(|timetable| &timetable.source))
            .collect();
        self.sources.iter().map(|source| &source.id).filter(|id| !claimed.contains(id)).cloned().collect()
    }
}

/// What the map shows when a link says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultView {
    /// The measure's id.
    pub measure: String,
    /// The field's id.
    pub field: String,
    /// The area type.
    pub area_type: AreaType,
}

/// All areas of one type, sorted by code: this is *dataset order*.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaLayer {
    /// The type of every area in it.
    pub area_type: AreaType,
    /// The id of the source of the boundaries.
    pub source: String,
    /// The areas, sorted by code, no code twice.
    pub areas: Vec<Area>,
}

/// Polygons that are drawn but hold no figures.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextLayer {
    /// `neighbours` or `outline`.
    pub id: String,
    /// What a reader should call it.
    pub title: String,
    /// The id of the source of the boundaries.
    pub source: String,
    /// Name and polygons of each, sorted by name.
    pub features: Vec<(String, Bng<MultiPolygon<f64>>)>,
}

/// A town or village with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Number in the gazetteer it came from.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Residents in the gazetteer; 0 where it gives none.
    pub population: u32,
    /// 1 city, 2 town, 3 small town, 4 village: which labels give way.
    pub rank: u8,
    /// Where its label stands, British National Grid.
    pub point: Bng<Point<f64>>,
}

//! Reads every file of a recipe with the importer that the recipe names: boundaries first, because other files are judged by the areas held.

use std::collections::{BTreeMap, HashMap, HashSet};

use geo::BoundingRect;
use geo_types::{Point, Rect};

use super::error::ImportError;
use super::figures::FigureTable;
use super::housing::HousingFiles;
use super::input::Input;
use super::layers::SourcedBoundaries;
use super::national;
use super::organisations::{FileOf, OrganisationFiles};
use super::recipe::{BoundaryRole, FileEntry, Reads, Recipe, SourceEntry};
use super::report::{Finding, Report, Severity};
use super::source::general_table::GeneralMeasure;
use super::source::mhclg_brownfield_register::{self, RegisterOptions};
use super::source::mhclg_deprivation::{self, IndicesEdition};
use super::source::ons_lookup::{self, Lookup};
use super::source::ons_population::{self, PopulationOptions};
use super::source::published_travel_times::{self, TimesTable};
use super::source::{desnz_fuel_poverty, general_table, geonames_places, ons_area_boundaries, ons_life_expectancy, ons_population_weighted_centroids};
use super::source::{general_site_table, gtfs_timetable, plan_requirements};
use super::source::{
    nhs_hospitals, nhs_ods_branches, nhs_ods_dispensaries, nhs_ods_networks, nhs_ods_practices, nhs_practice_mapping, nhs_registered_patients, ons_postcodes,
    os_code_point_open, osm_roads,
};
use crate::model::area::{AreaCode, AreaType};
use crate::model::crs::Bng;
use crate::model::edition::Place;
use crate::model::measure::NationalBreaks;
use crate::model::provenance::SourceFile;
use crate::model::roads::RoadNetwork;
use crate::model::timetable::Timetable;

/// What the files hold, not yet put together.
#[derive(Default)]
pub struct Gathered {
    /// Polygons by area type.
    pub boundaries: BTreeMap<AreaType, SourcedBoundaries>,
    /// Polygons round the edition.
    pub neighbours: Option<SourcedBoundaries>,
    /// Names and parents.
    pub lookup: Lookup,
    /// Published points.
    pub centroids: BTreeMap<AreaType, HashMap<AreaCode, Bng<Point<f64>>>>,
    /// Figures, in the order of the recipe.
    pub tables: Vec<FigureTable>,
    /// The files as read, by the id of their source.
    pub files: BTreeMap<String, Vec<SourceFile>>,
    /// Towns and villages.
    pub places: Vec<Place>,
    /// Classes of the whole country that were read.
    pub national_breaks: Vec<NationalBreaks>,
    /// Housing sites and requirements.
    pub housing: HousingFiles,
    /// Practices, their registers, hospitals and pharmacies.
    pub organisations: OrganisationFiles,
    /// What runs, and how far from the edition's extent stops may lie, kilometres.
    pub timetable: Option<(Timetable, Option<f64>)>,
    /// Travel times that others have published.
    pub published_times: Vec<TimesTable>,
    /// Roads and paths.
    pub roads: Option<RoadNetwork>,
    held: HashMap<AreaType, HashSet<AreaCode>>,
}

/// Reads all files.
///
/// # Errors
/// When a file cannot be read or is not what the recipe says.
pub fn gather(recipe: &Recipe, progress: &mut dyn FnMut(&str), report: &mut Report) -> Result<Gathered, ImportError> {
    let mut gathered = Gathered::default();
    let entries = || recipe.sources.iter().flat_map(|source| source.files.iter().map(move |file| (source, file)));
    // What a later turn is judged by is read in an earlier one.
    let turn = |file: &FileEntry| match file.reads {
        Reads::OnsAreaBoundaries { .. } => 0,
        Reads::OnsLookup {} => 1,
        _ => 2,
    };
    let mut counts: BTreeMap<usize, SourceFile> = BTreeMap::new();
    for now in 0..=2 {
        if now == 2 {
            gathered.lookup.complete();
        }
        for (at, (source, file)) in entries().enumerate().filter(|(_, (_, file))| turn(file) == now) {
            progress(&format!("reading {}", file.path));
            let input = Input::read(&recipe.locate(file), file.sha256.as_deref())?;
            let earlier = report.files().len();
            gathered.read(recipe, source, file, &input, report)?;
            let (rows_read, rows_kept) = report.files()[earlier..].iter().fold((0, 0), |(read, kept), count| (read + count.rows_read, kept + count.rows_kept));
            let read = SourceFile { name: input.name().into(), sha256: input.sha256().into(), rows_read, rows_kept };
            counts.insert(at, read);
        }
    }
    for (at, (source, _)) in entries().enumerate() {
        gathered.files.entry(source.id.clone()).or_default().extend(counts.remove(&at));
    }
    Ok(gathered)
}

impl Gathered {
    fn read(&mut self, recipe: &Recipe, source: &SourceEntry, file: &FileEntry, input: &Input, report: &mut Report) -> Result<(), ImportError> {
        match &file.reads {
            Reads::OnsAreaBoundaries { area_type, role } => {
                let read = ons_area_boundaries::read(input, *area_type, report)?;
                let areas = SourcedBoundaries { source: source.id.clone(), areas: read.areas };
                if *role == BoundaryRole::Neighbours {
                    self.neighbours = Some(areas);
                } else {
                    self.held.insert(read.area_type, areas.areas.iter().map(|boundary| boundary.code).collect());
                    if self.boundaries.insert(read.area_type, areas).is_some() {
                        let message = format!("boundaries of {} had been read from another file; these replace them", read.area_type);
                        report.add(Finding::of_file(Severity::Warning, "boundaries-twice", input.name(), message));
                    }
                }
            }
            Reads::OnsLookup {} => ons_lookup::read(input, &recipe.edition.area_types, &self.held, &mut self.lookup, report)?,
            Reads::OnsPopulationWeightedCentroids {} => {
                let read = ons_population_weighted_centroids::read(input, report)?;
                self.centroids.entry(read.area_type).or_default().extend(read.points);
            }
            Reads::MhclgDeprivation { year } => {
                let edition = IndicesEdition::of(*year).ok_or_else(|| ImportError::Recipe {
                    file: recipe.file.clone(),
                    problem: format!("file {:?}: expected year 2019 or 2025, found {year}", file.path),
                })?;
                self.add(source, mhclg_deprivation::read(input, edition, report)?);
            }
            Reads::OnsPopulation { period, area_type } => {
                let options = PopulationOptions { period: period.clone(), area_type: *area_type };
                self.add(source, ons_population::read(input, &options, report)?);
            }
            Reads::OnsLifeExpectancy {} => self.add(source, ons_life_expectancy::read(input, report)?),
            Reads::DesnzFuelPoverty { period, area_type } => self.add(source, desnz_fuel_poverty::read(input, *area_type, period, report)?),
            Reads::GeneralTable { measures } => {
                let refuse = |problem| ImportError::Recipe { file: recipe.file.clone(), problem: format!("file {:?}: {problem}", file.path) };
                let measures = measures.iter().map(GeneralMeasure::from_entry).collect::<Result<Vec<_>, _>>().map_err(refuse)?;
                for table in general_table::read(input, &measures, &self.known_areas(recipe), report)? {
                    self.add(source, table);
                }
            }
            Reads::GeonamesPlaces {} => self.places.extend(geonames_places::read(input, report)?),
            Reads::GeneralSiteTable {} => self.housing.add_sites(&source.id, general_site_table::read(input, report)?),
            Reads::MhclgBrownfieldRegister { local_authority_code, authorities } => {
                let options = RegisterOptions::from_entry(local_authority_code.as_deref(), authorities);
                let refuse = |problem| ImportError::Recipe { file: recipe.file.clone(), problem: format!("file {:?}: {problem}", file.path) };
                self.housing.add_sites(&source.id, mhclg_brownfield_register::read(input, &options.map_err(refuse)?, report)?);
            }
            Reads::PlanRequirements {} => self.housing.add_requirements(&source.id, plan_requirements::read(input, report)?),
            Reads::PublishedTravelTimes(options) => {
                let read = published_travel_times::read(input, options, report)?;
                self.published_times.push(TimesTable { source: source.id.clone(), ..read });
            }
            Reads::NationalBreaks {} => self.national_breaks.extend(national::read(input, report)?),
            Reads::NhsRegisteredPatients(options) => {
                let mut read = nhs_registered_patients::read(input, options, report)?;
                read.source.clone_from(&source.id);
                self.organisations.registers.push(read);
            }
            Reads::NhsOdsPractices {} => self.organisations.practices.push(file_of(source, nhs_ods_practices::read(input, report)?)),
            Reads::NhsPracticeMapping {} => self.organisations.practices.push(file_of(source, nhs_practice_mapping::read(input, report)?)),
            Reads::NhsOdsNetworks {} => self.organisations.practices.push(file_of(source, nhs_ods_networks::read(input, report)?)),
            Reads::NhsOdsBranches {} => self.organisations.branches.push(file_of(source, nhs_ods_branches::read(input, report)?)),
            Reads::NhsOdsDispensaries { within_km } => {
                let read = file_of(source, nhs_ods_dispensaries::read(input, report)?);
                self.organisations.pharmacies.push(FileOf { within_km: *within_km, ..read });
            }
            Reads::NhsHospitals { within_km } => {
                let read = file_of(source, nhs_hospitals::read(input, report)?);
                self.organisations.hospitals.push(FileOf { within_km: *within_km, ..read });
            }
            Reads::OnsPostcodes {} => self.organisations.postcodes.add(&source.id, ons_postcodes::read(input, report)?),
            Reads::OsCodePointOpen {} => self.organisations.postcodes.add(&source.id, os_code_point_open::read(input, report)?),
            Reads::GtfsTimetable(options) => {
                let timetable = Timetable { source: source.id.clone(), ..gtfs_timetable::read(input, options, report)? };
                if self.timetable.replace((timetable, options.within_km)).is_some() {
                    let message = "a timetable had been read from another file; this one replaces it".to_owned();
                    report.add(Finding::of_file(Severity::Warning, "timetable-twice", input.name(), message));
                }
            }
            Reads::OsmRoads { within_km } => {
                let refuse = |problem: &str| ImportError::Recipe { file: recipe.file.clone(), problem: format!("file {:?}: {problem}", file.path) };
                if self.roads.is_some() {
                    return Err(refuse("expected one extract of roads, found another before it"));
                }
                if within_km.is_some_and(|km| !(0.0..=1000.0).contains(&km)) {
                    return Err(refuse("expected within_km from 0 to 1000"));
                }
                let within = within_km.and_then(|km| self.extent(km * 1000.0));
                let roads = osm_roads::read(input, within.as_ref(), report)?;
                self.roads = Some(RoadNetwork { source: source.id.clone(), ..roads });
            }
        }
        Ok(())
    }

    /// A rectangle round all areas with polygons, so many metres wider on every side.
    fn extent(&self, metres: f64) -> Option<Bng<Rect<f64>>> {
        let areas = self.boundaries.values().flat_map(|boundaries| &boundaries.areas);
        let whole = areas.filter_map(|area| area.geometry.0.bounding_rect()).reduce(|all, one| {
            let low = (all.min().x.min(one.min().x), all.min().y.min(one.min().y));
            Rect::new(low, (all.max().x.max(one.max().x), all.max().y.max(one.max().y)))
        })?;
        let (low, high) = (whole.min(), whole.max());
        Some(Bng(Rect::new((low.x - metres, low.y - metres), (high.x + metres, high.y + metres))))
    }

    /// Of which type each area of the edition is: those with boundaries, and those that lookups put them into.
    fn known_areas(&self, recipe: &Recipe) -> HashMap<AreaCode, AreaType> {
        let base = recipe.edition.area_types[0];
        let smallest = self.held.get(&base);
        let mut known: HashMap<AreaCode, AreaType> = smallest.into_iter().flatten().map(|code| (*code, base)).collect();
        for &larger in &recipe.edition.area_types[1..] {
            let parents = self.lookup.parents.get(&(base, larger)).into_iter().flatten();
            known.extend(parents.filter(|(code, _)| smallest.is_some_and(|held| held.contains(code))).map(|(_, parent)| (*parent, larger)));
        }
        known
    }

    fn add(&mut self, source: &SourceEntry, mut table: FigureTable) {
        for measure in &mut table.measures {
            measure.source.clone_from(&source.id);
        }
        self.tables.push(table);
    }
}

/// What the rows of a file say, with its source.
fn file_of<T>(source: &SourceEntry, records: Vec<T>) -> FileOf<T> {
    FileOf { source: source.id.clone(), within_km: None, records }
}

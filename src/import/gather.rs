//! Reads every file of a recipe with the importer that the recipe names: boundaries first, because other files are judged by the areas held.

use std::collections::{BTreeMap, HashMap, HashSet};

use geo_types::Point;

use super::error::ImportError;
use super::figures::FigureTable;
use super::input::Input;
use super::layers::SourcedBoundaries;
use super::recipe::{BoundaryRole, FileEntry, Reads, Recipe, SourceEntry};
use super::report::{Finding, Report, Severity};
use super::source::mhclg_deprivation::{self, IndicesEdition};
use super::source::ons_lookup::{self, Lookup};
use super::source::{ons_area_boundaries, ons_population_weighted_centroids};
use crate::model::area::{AreaCode, AreaType};
use crate::model::crs::Bng;
use crate::model::provenance::SourceFile;

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
    held: HashMap<AreaType, HashSet<AreaCode>>,
}

/// Reads all files.
///
/// # Errors
/// When a file cannot be read or is not what the recipe says.
pub fn gather(recipe: &Recipe, progress: &mut dyn FnMut(&str), report: &mut Report) -> Result<Gathered, ImportError> {
    let mut gathered = Gathered::default();
    let entries = || recipe.sources.iter().flat_map(|source| source.files.iter().map(move |file| (source, file)));
    let is_boundary = |file: &FileEntry| matches!(file.reads, Reads::OnsAreaBoundaries { .. });
    let mut counts: BTreeMap<usize, SourceFile> = BTreeMap::new();
    for boundaries_now in [true, false] {
        for (at, (source, file)) in entries().enumerate().filter(|(_, (_, file))| is_boundary(file) == boundaries_now) {
            progress(&format!("reading {}", file.path));
            let input = Input::read(&recipe.locate(file), file.sha256.as_deref())?;
            let earlier = report.files().len();
            gathered.read(recipe, source, file, &input, report)?;
            let (rows_read, rows_kept) = report.files()[earlier..].iter().fold((0, 0), |(read, kept), count| (read + count.rows_read, kept + count.rows_kept));
            let read = SourceFile { name: input.name().into(), sha256: input.sha256().into(), rows_read, rows_kept };
            counts.insert(at, read);
        }
    }
    gathered.lookup.complete();
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
        }
        Ok(())
    }

    fn add(&mut self, source: &SourceEntry, mut table: FigureTable) {
        for measure in &mut table.measures {
            measure.source.clone_from(&source.id);
        }
        self.tables.push(table);
    }
}

//! An edition becomes a folder: made beside its place, forced to the disk, then moved there in one step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest::{
    BreaksEntry, ColumnsEntry, ContextEntry, EditionEntry, FORMAT, FORMAT_VERSION, FeaturesEntry, LayerEntry, MANIFEST_FILE, Manifest, MeasureEntry,
    PointsEntry, PracticesEntry, PublishedTimesEntry, RegisterEntry, RequirementsEntry, SeriesEntry, SitesEntry, SourceEntry, Word,
};
use super::{DatasetError, blocks, features, figures, laws, published_times, registered_patients, roads, timetable};
use crate::model::edition::{AreaLayer, Edition};
use crate::model::measure::Series;
use crate::model::provenance::Sourced;

/// The endings of the files a dataset is made of.
const ENDINGS: [&str; 2] = ["fgb", "parquet"];

/// Writes an edition into the folder `out`; an older edition there is replaced when the new one is complete, never before.
///
/// # Errors
/// When the edition breaks one of its laws, when `out` holds something that is not part of a dataset, or when the disk
/// refuses. What was at `out` before is then still there.
pub fn write(edition: &Edition, out: &Path) -> Result<(), DatasetError> {
    laws::check(edition)?;
    let out = &real_path(out)?;
    let target = Target::beside(out)?;
    target.recover()?;
    refuse_foreign(out)?;
    let files = files_of(edition)?;
    let made = target.fill(&files).and_then(|()| target.swap());
    if made.is_err() {
        // The error that led here is the one worth telling; a staging folder that stays is cleared by the next import.
        let _ = fs::remove_dir_all(&target.staging);
    }
    made
}

/// Files by name with their bytes.
type Files = Vec<(String, Vec<u8>)>;

/// Every file of the dataset with its bytes, the manifest last.
fn files_of(edition: &Edition) -> Result<Files, DatasetError> {
    let mut files = Files::new();
    let mut area_types = Vec::new();
    let mut columns: Vec<Option<ColumnsEntry>> = vec![None; edition.series.len()];
    for layer in &edition.layers {
        let AreaLayer { area_type, source, areas } = layer;
        let name = format!("{area_type}.fgb");
        files.push((name.clone(), features::write_areas(&name, &area_type.heading(), areas)?));
        let places: Vec<usize> = (0..edition.series.len()).filter(|place| edition.series[*place].area_type == *area_type).collect();
        let series: Vec<&Series> = places.iter().map(|place| &edition.series[*place]).collect();
        let names = figures::name_columns(&series);
        let table = (!series.is_empty()).then(|| format!("figures-{area_type}.parquet"));
        if let Some(table) = &table {
            let series: Vec<_> = series.into_iter().zip(&names).collect();
            files.push((table.clone(), figures::write(table, areas, &series)?));
        }
        for (place, names) in places.into_iter().zip(names) {
            columns[place] = Some(names);
        }
        area_types.push(LayerEntry {
            area_type: Word(*area_type),
            name: area_type.heading(),
            source: source.clone(),
            areas: areas.len() as u64,
            parents: features::parent_types(areas).into_iter().map(Word).collect(),
            features: name,
            figures: table,
        });
    }
    let mut context = Vec::new();
    for layer in &edition.context {
        let name = format!("{}.fgb", layer.id);
        files.push((name.clone(), features::write_context(&name, &layer.title, &layer.features)?));
        let (id, title, source) = (layer.id.clone(), layer.title.clone(), layer.source.clone());
        context.push(ContextEntry { id, title, source, count: layer.features.len() as u64, features: name });
    }
    let places = features_of(&mut files, "places.fgb", edition.places.len(), |name| features::write_places(name, &edition.places))?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        edition: EditionEntry::of(edition),
        sources: edition.sources.iter().map(SourceEntry::of).collect(),
        area_types,
        context,
        places,
        measures: edition.measures.iter().map(MeasureEntry::of).collect(),
        series: edition.series.iter().zip(columns).filter_map(|(series, columns)| Some(SeriesEntry::of(series, columns?))).collect(),
        national_breaks: edition.national_breaks.iter().map(BreaksEntry::of).collect(),
        practices: practices_of(edition, &mut files)?,
        registered_patients: registers_of(edition, &mut files)?,
        hospitals: points_of(&edition.hospitals, "hospitals.fgb", &mut files, features::write_hospitals)?,
        pharmacies: points_of(&edition.pharmacies, "pharmacies.fgb", &mut files, features::write_pharmacies)?,
        housing_sites: sites_of(edition, &mut files)?,
        housing_requirements: held(&edition.housing_requirements).then(|| RequirementsEntry::of(&edition.housing_requirements)),
        published_times: times_of(edition, &mut files)?,
        roads: edition.roads.as_ref().map(|network| roads::write(network, &mut files)).transpose()?,
        timetable: edition.timetable.as_ref().map(|held| timetable::write(held, &mut files)).transpose()?,
        files: files.iter().map(|(name, bytes)| blocks::entry(name, bytes)).collect(),
    };
    let bytes = manifest.to_bytes().map_err(|error| DatasetError::Unencodable { file: MANIFEST_FILE.to_owned(), reason: error.to_string() })?;
    files.push((MANIFEST_FILE.to_owned(), bytes));
    Ok(files)
}

/// Whether there is anything to write of a list, be it only where it would have come from.
fn held<T>(list: &Sourced<T>) -> bool {
    !(list.sources.is_empty() && list.items.is_empty())
}

/// The entry of a file that is written only where it holds something.
fn features_of(
    files: &mut Files,
    name: &str,
    count: usize,
    write: impl FnOnce(&str) -> Result<Vec<u8>, DatasetError>,
) -> Result<Option<FeaturesEntry>, DatasetError> {
    if count == 0 {
        return Ok(None);
    }
    files.push((name.to_owned(), write(name)?));
    Ok(Some(FeaturesEntry { count: count as u64, features: name.to_owned() }))
}

fn points_of<T>(
    list: &Sourced<T>,
    name: &str,
    files: &mut Files,
    write: impl FnOnce(&str, &[T]) -> Result<Vec<u8>, DatasetError>,
) -> Result<Option<PointsEntry>, DatasetError> {
    if !held(list) {
        return Ok(None);
    }
    files.push((name.to_owned(), write(name, &list.items)?));
    Ok(Some(PointsEntry { sources: list.sources.clone(), count: list.items.len() as u64, features: name.to_owned() }))
}

fn practices_of(edition: &Edition, files: &mut Files) -> Result<Option<PracticesEntry>, DatasetError> {
    let practices = &edition.practices.items;
    let Some(PointsEntry { sources, count, features }) = points_of(&edition.practices, "practices.fgb", files, features::write_practices)? else {
        return Ok(None);
    };
    let branches = practices.iter().map(|practice| practice.branches.len()).sum();
    let branches = features_of(files, "branches.fgb", branches, |name| features::write_branches(name, practices))?;
    Ok(Some(PracticesEntry { sources, count, features, branches }))
}

fn sites_of(edition: &Edition, files: &mut Files) -> Result<Option<SitesEntry>, DatasetError> {
    let sites = &edition.housing_sites.items;
    let Some(PointsEntry { sources, count, features }) = points_of(&edition.housing_sites, "housing-sites.fgb", files, features::write_sites)? else {
        return Ok(None);
    };
    let outlines = sites.iter().filter(|site| site.location.as_ref().is_some_and(|location| location.outline.is_some())).count();
    let outlines = features_of(files, "housing-site-outlines.fgb", outlines, |name| features::write_outlines(name, sites))?;
    Ok(Some(SitesEntry { sources, count, features, outlines }))
}

fn registers_of(edition: &Edition, files: &mut Files) -> Result<Vec<RegisterEntry>, DatasetError> {
    let mut entries = Vec::with_capacity(edition.registered_patients.len());
    for register in &edition.registered_patients {
        let name = format!("registered-patients-{}-{}.parquet", register.area_type, register.sex);
        let areas = edition.layers.iter().find(|layer| layer.area_type == register.area_type).map_or(&[][..], |layer| &layer.areas);
        files.push((name.clone(), registered_patients::write(&name, &register.counts, &edition.practices.items, areas)?));
        entries.push(RegisterEntry::of(register, name));
    }
    Ok(entries)
}

fn times_of(edition: &Edition, files: &mut Files) -> Result<Vec<PublishedTimesEntry>, DatasetError> {
    let mut entries = Vec::with_capacity(edition.published_times.len());
    for times in &edition.published_times {
        let areas = edition.layers.iter().find(|layer| layer.area_type == times.area_type).map_or(&[][..], |layer| &layer.areas);
        let (entry, bytes) = published_times::write(times, areas)?;
        files.push((entry.table.clone(), bytes));
        entries.push(entry);
    }
    Ok(entries)
}

/// The folder itself where `out` is a link to one, so that the link stays a link.
fn real_path(out: &Path) -> Result<PathBuf, DatasetError> {
    match fs::canonicalize(out) {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(out.to_owned()),
        Err(source) => Err(DatasetError::Unwritable { path: out.to_owned(), source }),
    }
}

/// Refuses a folder that holds anything but a dataset: replacing it would destroy what somebody else put there.
fn refuse_foreign(out: &Path) -> Result<(), DatasetError> {
    let unwritable = |source| DatasetError::Unwritable { path: out.to_owned(), source };
    let occupied = |entry: String| DatasetError::Occupied { folder: out.to_owned(), entry };
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(occupied("a file of that name".to_owned())),
        Err(error) => return Err(unwritable(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(unwritable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = name == MANIFEST_FILE || Path::new(&name).extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
        if !known || !entry.file_type().map_err(unwritable)?.is_file() {
            return Err(occupied(name));
        }
        names.push(name);
    }
    let Some(first) = names.iter().min() else {
        return Ok(());
    };
    // Even a damaged manifest names the format, and a damaged dataset is one worth replacing.
    let manifest = match fs::read(out.join(MANIFEST_FILE)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(occupied(format!("{first} without {MANIFEST_FILE}"))),
        Err(error) => return Err(unwritable(error)),
    };
    let names_the_format = manifest.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes());
    if names_the_format { Ok(()) } else { Err(occupied(format!("a {MANIFEST_FILE} of another program"))) }
}

/// The folder to be written and its two siblings: the new edition while it is made, the old one while they change places.
struct Target {
    out: PathBuf,
    parent: PathBuf,
    staging: PathBuf,
    previous: PathBuf,
}

impl Target {
    fn beside(out: &Path) -> Result<Self, DatasetError> {
        let Some(name) = out.file_name() else {
            return Err(DatasetError::Occupied { folder: out.to_owned(), entry: "a path without a name".to_owned() });
        };
        let parent = match out.parent() {
            Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) => parent.to_owned(),
            None => PathBuf::from("."),
        };
        let sibling = |state: &str| parent.join(format!(".{}.{state}", name.to_string_lossy()));
        Ok(Self { staging: sibling("writing"), previous: sibling("previous"), out: out.to_owned(), parent })
    }

    /// Undoes what an import that was killed has left: its staging folder, or an old edition moved aside.
    fn recover(&self) -> Result<(), DatasetError> {
        remove_if_there(&self.staging)?;
        if self.previous.exists() {
            if self.out.exists() { remove_if_there(&self.previous)? } else { rename(&self.previous, &self.out)? }
        }
        Ok(())
    }

    fn fill(&self, files: &[(String, Vec<u8>)]) -> Result<(), DatasetError> {
        fs::create_dir_all(&self.staging).map_err(|source| DatasetError::Unwritable { path: self.staging.clone(), source })?;
        for (name, bytes) in files {
            let path = self.staging.join(name);
            let written = File::create(&path).and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            });
            written.map_err(|source| DatasetError::Unwritable { path, source })?;
        }
        sync_folder(&self.staging)
    }

    /// Puts the new edition in the old one's place; the old one is removed last.
    fn swap(&self) -> Result<(), DatasetError> {
        let replaces = self.out.exists();
        if replaces {
            rename(&self.out, &self.previous)?;
        }
        if let Err(error) = rename(&self.staging, &self.out) {
            if replaces {
                rename(&self.previous, &self.out)?;
            }
            return Err(error);
        }
        sync_folder(&self.parent)?;
        remove_if_there(&self.previous)
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), DatasetError> {
    fs::rename(from, to).map_err(|source| DatasetError::Unwritable { path: to.to_owned(), source })
}

fn remove_if_there(folder: &Path) -> Result<(), DatasetError> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(DatasetError::Unwritable { path: folder.to_owned(), source }),
    }
}

/// A name that is not on the disk is no name: folders are forced there as files are.
fn sync_folder(folder: &Path) -> Result<(), DatasetError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| DatasetError::Unwritable { path: folder.to_owned(), source })
}

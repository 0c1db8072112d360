//! A folder becomes an edition again, or an error that names the file and the place in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};

use bytes::Bytes;

use super::figures::Table;
use super::manifest::{
    FileEntry, LayerEntry, MANIFEST_FILE, Manifest, PointsEntry, PracticesEntry, PublishedTimesEntry, RegisterEntry, SeriesEntry, SitesEntry, Word,
};
use super::{DatasetError, Location, blocks, features, laws, published_times, registered_patients, roads, timetable};
use crate::model::edition::{AreaLayer, ContextLayer, Edition};
use crate::model::housing::HousingSite;
use crate::model::measure::Series;
use crate::model::organisation::Practice;
use crate::model::provenance::Sourced;
use crate::model::registered_patients::RegisteredPatients;
use crate::model::travel::PublishedTimes;

/// No manifest is longer; a longer file is not read to find out.
const MANIFEST_LIMIT_BYTES: u64 = 64 << 20;

/// Reads the edition at a location and checks every byte and every law of it.
///
/// # Errors
/// When a file is missing, cut, damaged, of a newer format or not what the manifest says.
pub fn read(location: Location<'_>) -> Result<Edition, DatasetError> {
    let manifest_file = location.name_of(MANIFEST_FILE);
    let manifest = Manifest::from_bytes(&manifest_file, &location.bytes_of(MANIFEST_FILE, None)?)?;
    let Manifest { edition, sources, area_types, context, places, measures, series, national_breaks, .. } = manifest;
    let files = Files { location, manifest_file, entries: manifest.files.iter().map(|entry| (entry.name.as_str(), entry)).collect() };

    let mut figures = HashMap::new();
    for (place, entry) in series.iter().enumerate() {
        figures.entry(entry.key.area_type.0).or_insert_with(Vec::new).push((place, entry));
    }
    let mut read_series: Vec<(usize, Series)> = Vec::with_capacity(series.len());
    let mut layers = Vec::with_capacity(area_types.len());
    for entry in area_types {
        let of_layer = figures.remove(&entry.area_type.0).unwrap_or_default();
        let (layer, of_layer) = files.layer(entry, of_layer)?;
        layers.push(layer);
        read_series.extend(of_layer);
    }
    if let Some((_, entry)) = figures.into_values().flatten().next() {
        return Err(files.contradiction(&format!("series {}", entry.key.heading()), "an area type of the edition", entry.key.area_type.0.to_string()));
    }
    read_series.sort_by_key(|(place, _)| *place);

    let context = context
        .into_iter()
        .map(|entry| {
            let features = files.features(&entry.features, entry.count, features::read_context)?;
            Ok(ContextLayer { id: entry.id, title: entry.title, source: entry.source, features })
        })
        .collect::<Result<_, DatasetError>>()?;
    let places = match places {
        None => Vec::new(),
        Some(entry) => files.features(&entry.features, entry.count, features::read_places)?,
    };
    let practices = files.practices(manifest.practices)?;
    let registered_patients =
        manifest.registered_patients.into_iter().map(|entry| files.register(entry, &practices.items, &layers)).collect::<Result<_, _>>()?;
    let published_times = manifest.published_times.into_iter().map(|entry| files.times(entry, &layers)).collect::<Result<_, _>>()?;
    let edition = Edition {
        id: edition.id,
        title: edition.title,
        description: edition.description,
        default_view: edition.default_view.into(),
        sources: sources.into_iter().map(Into::into).collect(),
        layers,
        context,
        places,
        measures: measures.into_iter().map(Into::into).collect(),
        series: read_series.into_iter().map(|(_, series)| series).collect(),
        national_breaks: national_breaks.into_iter().map(Into::into).collect(),
        practices,
        registered_patients,
        hospitals: files.points(manifest.hospitals, features::read_hospitals)?,
        pharmacies: files.points(manifest.pharmacies, features::read_pharmacies)?,
        housing_sites: files.sites(manifest.housing_sites)?,
        housing_requirements: manifest.housing_requirements.map(Into::into).unwrap_or_default(),
        published_times,
        roads: manifest.roads.map(|entry| roads::read(entry, |name| files.bytes(name))).transpose()?,
        timetable: manifest.timetable.map(|entry| timetable::read(entry, |name| files.bytes(name))).transpose()?,
    };
    laws::check(&edition)?;
    Ok(edition)
}

/// The files that a manifest names.
struct Files<'a> {
    location: Location<'a>,
    manifest_file: String,
    entries: HashMap<&'a str, &'a FileEntry>,
}

impl Files<'_> {
    /// What errors call a file, and its bytes once they have been found whole.
    fn bytes(&self, name: &str) -> Result<(String, Bytes), DatasetError> {
        let Some(entry) = self.entries.get(name).copied() else {
            return Err(self.contradiction("files", "an entry for every file", format!("none for {name:?}")));
        };
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b)) && !name.starts_with('.');
        if !plain {
            return Err(self.contradiction("files", "names of small letters, digits, hyphens and dots", format!("{name:?}")));
        }
        let file = self.location.name_of(name);
        let bytes = self.location.bytes_of(name, Some(entry))?;
        blocks::check(entry, &file, &bytes)?;
        Ok((file, bytes))
    }

    /// One area layer with its series, each with its place in the edition.
    fn layer(&self, entry: LayerEntry, series: Vec<(usize, &SeriesEntry)>) -> Result<(AreaLayer, Vec<(usize, Series)>), DatasetError> {
        let (file, bytes) = self.bytes(&entry.features)?;
        let parents: Vec<_> = entry.parents.iter().map(|word| word.0).collect();
        let areas = features::read_areas(&file, &bytes, &parents)?;
        self.counted(&file, areas.len(), entry.areas)?;
        let mut read = Vec::with_capacity(series.len());
        if let Some(name) = &entry.figures {
            let (file, bytes) = self.bytes(name)?;
            let table = Table::open(&file, bytes, &areas)?;
            for (place, SeriesEntry { key, kind, note, columns }) in series {
                let figures = table.figures(columns)?;
                let series = Series {
                    measure: key.measure.clone(),
                    field: key.field.clone(),
                    area_type: key.area_type.0,
                    period: key.period.clone(),
                    sex: key.sex.map(|word| word.0),
                    age: key.age.clone(),
                    kind: kind.0,
                    note: note.clone(),
                    figures,
                };
                read.push((place, series));
            }
        } else if let Some((_, entry)) = series.first() {
            return Err(self.contradiction(&format!("series {}", entry.key.heading()), "a table of figures for its area type", "none".to_owned()));
        }
        Ok((AreaLayer { area_type: entry.area_type.0, source: entry.source, areas }, read))
    }

    /// The features of a file, as many as the manifest says.
    fn features<T>(&self, name: &str, count: u64, read: impl FnOnce(&str, &[u8]) -> Result<Vec<T>, DatasetError>) -> Result<Vec<T>, DatasetError> {
        let (file, bytes) = self.bytes(name)?;
        let features = read(&file, &bytes)?;
        self.counted(&file, features.len(), count)?;
        Ok(features)
    }

    /// Hospitals or pharmacies; none in an edition without them.
    fn points<T>(&self, entry: Option<PointsEntry>, read: impl FnOnce(&str, &[u8]) -> Result<Vec<T>, DatasetError>) -> Result<Sourced<T>, DatasetError> {
        let Some(entry) = entry else {
            return Ok(Sourced::default());
        };
        Ok(Sourced { sources: entry.sources, items: self.features(&entry.features, entry.count, read)? })
    }

    fn practices(&self, entry: Option<PracticesEntry>) -> Result<Sourced<Practice>, DatasetError> {
        let Some(entry) = entry else {
            return Ok(Sourced::default());
        };
        let mut items = self.features(&entry.features, entry.count, features::read_practices)?;
        if let Some(entry) = entry.branches {
            let (file, bytes) = self.bytes(&entry.features)?;
            let branches = features::read_branches(&file, &bytes, &mut items)?;
            self.counted(&file, branches, entry.count)?;
        }
        Ok(Sourced { sources: entry.sources, items })
    }

    fn sites(&self, entry: Option<SitesEntry>) -> Result<Sourced<HousingSite>, DatasetError> {
        let Some(entry) = entry else {
            return Ok(Sourced::default());
        };
        let mut items = self.features(&entry.features, entry.count, features::read_sites)?;
        if let Some(entry) = entry.outlines {
            let (file, bytes) = self.bytes(&entry.features)?;
            let outlines = features::read_outlines(&file, &bytes, &mut items)?;
            self.counted(&file, outlines, entry.count)?;
        }
        Ok(Sourced { sources: entry.sources, items })
    }

    /// One register, its codes brought back to positions among these practices and areas.
    fn register(&self, entry: RegisterEntry, practices: &[Practice], layers: &[AreaLayer]) -> Result<RegisteredPatients, DatasetError> {
        let RegisterEntry { source, period, area_type: Word(area_type), sex: Word(sex), disclosure_threshold, counts, table } = entry;
        let Some(layer) = layers.iter().find(|layer| layer.area_type == area_type) else {
            return Err(self.contradiction("registered_patients", "an area type of the edition", area_type.to_string()));
        };
        let (file, bytes) = self.bytes(&table)?;
        let counts = registered_patients::read(&file, bytes, counts, practices, &layer.areas)?;
        Ok(RegisteredPatients { source, period, area_type, sex, disclosure_threshold, counts })
    }

    /// One table of published times, its rows brought back to these areas.
    fn times(&self, entry: PublishedTimesEntry, layers: &[AreaLayer]) -> Result<PublishedTimes, DatasetError> {
        let Some(layer) = layers.iter().find(|layer| layer.area_type == entry.area_type.0) else {
            return Err(self.contradiction("published_times", "an area type of the edition", entry.area_type.0.to_string()));
        };
        let (file, bytes) = self.bytes(&entry.table)?;
        published_times::read(entry, &file, bytes, &layer.areas)
    }

    fn counted(&self, file: &str, found: usize, expected: u64) -> Result<(), DatasetError> {
        if found as u64 == expected { Ok(()) } else { Err(self.contradiction(file, &format!("{expected} features"), found.to_string())) }
    }

    fn contradiction(&self, section: &str, expected: &str, found: String) -> DatasetError {
        DatasetError::Malformed { file: self.manifest_file.clone(), section: section.to_owned(), offset: 0, expected: expected.to_owned(), found }
    }
}

impl Location<'_> {
    /// What errors call a file.
    fn name_of(&self, name: &str) -> String {
        match self {
            Self::Directory(folder) => folder.join(name).display().to_string(),
            Self::Embedded(_) => format!("built-in dataset: {name}"),
        }
    }

    /// The bytes of a file; with an entry of the manifest, only if the file has the length that it names.
    fn bytes_of(&self, name: &str, entry: Option<&FileEntry>) -> Result<Bytes, DatasetError> {
        let file = self.name_of(name);
        let folder = match self {
            Self::Directory(folder) => folder,
            Self::Embedded(bytes_of) => {
                return match bytes_of(name) {
                    Some(Cow::Borrowed(bytes)) => Ok(Bytes::from_static(bytes)),
                    Some(Cow::Owned(bytes)) => Ok(Bytes::from(bytes)),
                    None => Err(DatasetError::Missing { file }),
                };
            }
        };
        let failed = |error: io::Error| {
            if error.kind() == io::ErrorKind::NotFound {
                DatasetError::Missing { file: file.clone() }
            } else {
                DatasetError::Unreadable { file: file.clone(), source: error }
            }
        };
        let opened = File::open(folder.join(name)).map_err(failed)?;
        let length = opened.metadata().map_err(failed)?.len();
        match entry {
            Some(entry) => blocks::length(entry, &file, length)?,
            None if length > MANIFEST_LIMIT_BYTES => {
                return Err(DatasetError::Length {
                    file,
                    section: "manifest".to_owned(),
                    offset: MANIFEST_LIMIT_BYTES,
                    expected: MANIFEST_LIMIT_BYTES,
                    found: length,
                });
            }
            None => {}
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        opened.take(length).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Bytes::from(bytes))
    }
}

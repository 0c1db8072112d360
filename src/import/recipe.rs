//! The recipe of an edition: which files are read, by which importer, from which publication, and what the edition is called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};

use super::error::ImportError;
use super::source::general_table::MeasureEntry;
use super::source::gtfs_timetable::FeedOptions;
use super::source::nhs_registered_patients::RegisterOptions;
use super::source::published_travel_times::TimesOptions;
use crate::model::area::AreaType;
use crate::model::edition::DefaultView;

/// Everything an import needs to know.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The file it was read from, without folders.
    pub file: String,
    /// What the edition is called and holds.
    pub edition: EditionEntry,
    /// Publications with their files, in order.
    pub sources: Vec<SourceEntry>,
    folders: Vec<PathBuf>,
}

/// What the edition is called and holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionEntry {
    /// Short name, part of links.
    pub id: String,
    /// The name of the whole extent.
    pub title: String,
    /// What it holds, in a sentence or two.
    pub description: String,
    /// Whether it holds the whole of England, so that its own classes are the national ones.
    #[serde(default)]
    pub national: bool,
    /// The area types it offers.
    #[serde(deserialize_with = "area_types")]
    pub area_types: Vec<AreaType>,
    default_view: ViewEntry,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewEntry {
    measure: String,
    field: String,
    #[serde(deserialize_with = "area_type")]
    area_type: AreaType,
}

impl EditionEntry {
    /// The view that opens first.
    #[must_use]
    pub fn default_view(&self) -> DefaultView {
        DefaultView { measure: self.default_view.measure.clone(), field: self.default_view.field.clone(), area_type: self.default_view.area_type }
    }
}

/// A publication.
#[derive(Debug, Clone)]
pub struct SourceEntry {
    /// Short name, unique in the recipe.
    pub id: String,
    /// Who publishes it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// Which edition or release.
    pub edition: String,
    /// The licence's name.
    pub licence: String,
    /// Where the licence stands.
    pub licence_url: String,
    /// The line to be printed with anything drawn from it.
    pub attribution: String,
    /// Where the publisher offers it.
    pub url: Option<String>,
    /// Its files, in order.
    pub files: Vec<FileEntry>,
}

/// A file of a publication.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// Where it is, relative to the inputs folder or the recipe.
    pub path: String,
    /// The hash its bytes must have.
    pub sha256: Option<String>,
    /// The importer that reads it, with its options.
    pub reads: Reads,
}

/// The importers and what each may be told.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "reads", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reads {
    /// Polygons of areas.
    OnsAreaBoundaries {
        /// Which area type, where the file names several.
        #[serde(default, deserialize_with = "maybe_area_type")]
        area_type: Option<AreaType>,
        /// What they are for.
        #[serde(default)]
        role: BoundaryRole,
    },
    /// Which area lies in which.
    OnsLookup {},
    /// Points of areas.
    OnsPopulationWeightedCentroids {},
    /// Indices of Deprivation.
    MhclgDeprivation {
        /// 2019 or 2025.
        year: u16,
    },
    /// Mid-year population estimates.
    OnsPopulation {
        /// `mid-2020`.
        period: String,
        /// Which areas, where the header says `LSOA Code` without a year.
        #[serde(default, deserialize_with = "maybe_area_type")]
        area_type: Option<AreaType>,
    },
    /// Life expectancy at birth.
    OnsLifeExpectancy {},
    /// Sub-regional fuel poverty.
    DesnzFuelPoverty {
        /// `2020`.
        period: String,
        /// Which areas, because the header gives no year.
        #[serde(deserialize_with = "area_type")]
        area_type: AreaType,
    },
    /// Figures in the general table.
    GeneralTable {
        /// What its measures are.
        measures: Vec<MeasureEntry>,
    },
    /// Towns and villages.
    GeonamesPlaces {},
    /// Housing sites of plans.
    GeneralSiteTable {},
    /// A brownfield land register.
    MhclgBrownfieldRegister {
        /// The authority of the whole file.
        local_authority_code: Option<String>,
        /// The authority of each organisation of the file.
        #[serde(default)]
        authorities: BTreeMap<String, String>,
    },
    /// Dwellings that plans require.
    PlanRequirements {},
    /// Travel times from areas to sites.
    PublishedTravelTimes(TimesOptions),
    /// Fifths and tenths of the country, made by `needsmap national-breaks`.
    NationalBreaks {},
    /// Patients registered at a practice by the area they live in.
    NhsRegisteredPatients(RegisterOptions),
    /// General practices.
    NhsOdsPractices {},
    /// Practices with their networks and commissioners, beside the register.
    NhsPracticeMapping {},
    /// Members of primary care networks.
    NhsOdsNetworks {},
    /// Other sites of practices.
    NhsOdsBranches {},
    /// Pharmacies and dispensing appliance contractors.
    NhsOdsDispensaries {
        /// How far from the edition's extent they may lie, kilometres; within it where nothing is said.
        within_km: Option<f64>,
    },
    /// Hospitals.
    NhsHospitals {
        /// How far from the edition's extent they may lie, kilometres; all of them where nothing is said.
        within_km: Option<f64>,
    },
    /// Postcodes of the ONS Postcode Directory, which locate organisations.
    OnsPostcodes {},
    /// Postcodes of Code-Point Open, which locate organisations.
    OsCodePointOpen {},
    /// Buses and trains.
    GtfsTimetable(FeedOptions),
    /// Roads and paths of an OpenStreetMap extract.
    OsmRoads {
        /// How far from the edition's extent they are read, kilometres; all of them where nothing is said.
        within_km: Option<f64>,
    },
}

/// What polygons are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoundaryRole {
    /// They are areas of the edition.
    #[default]
    Areas,
    /// They lie round the edition and are drawn as grey districts.
    Neighbours,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipeText {
    edition: EditionEntry,
    #[serde(default)]
    source: Vec<SourceText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceText {
    id: String,
    publisher: String,
    title: String,
    edition: String,
    licence: String,
    licence_url: String,
    attribution: String,
    url: Option<String>,
    #[serde(default)]
    file: Vec<toml::Table>,
}

impl Recipe {
    /// Reads a recipe; its files are looked for in `inputs_root`, where given, and then beside the recipe.
    ///
    /// # Errors
    /// When it cannot be read, is not TOML, lacks something or says something unknown.
    pub fn read(path: &Path, inputs_root: Option<&Path>) -> Result<Self, ImportError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ImportError::Unreadable { path: path.to_owned(), cause })?;
        let beside = path.parent().map(Path::to_owned).unwrap_or_default();
        let file = path.file_name().map_or_else(|| "recipe".into(), |name| name.to_string_lossy().into_owned());
        Self::parse(&file, &text, inputs_root.map(Path::to_owned).into_iter().chain([beside]).collect())
    }

    /// Reads a recipe from text; `folders` are where its files are looked for, in order.
    ///
    /// # Errors
    /// When it is not TOML, lacks something or says something unknown.
    pub fn parse(file: &str, text: &str, folders: Vec<PathBuf>) -> Result<Self, ImportError> {
        let refuse = |problem: String| ImportError::Recipe { file: file.to_owned(), problem };
        let recipe: RecipeText = toml::from_str(text).map_err(|cause| refuse(cause.to_string().trim_end().to_owned()))?;
        let mut sources: Vec<SourceEntry> = Vec::new();
        for source in recipe.source {
            if sources.iter().any(|earlier| earlier.id == source.id) {
                return Err(refuse(format!("expected each source id once, found {:?} twice", source.id)));
            }
            let files = source.file.into_iter().map(|entry| file_entry(entry).map_err(|problem| refuse(format!("source {:?}: {problem}", source.id))));
            let files = files.collect::<Result<_, _>>()?;
            let SourceText { id, publisher, title, edition, licence, licence_url, attribution, url, .. } = source;
            sources.push(SourceEntry { id, publisher, title, edition, licence, licence_url, attribution, url, files });
        }
        if recipe.edition.area_types.is_empty() {
            return Err(refuse("expected at least one area type in edition.area_types, found none".into()));
        }
        Ok(Self { file: file.to_owned(), edition: recipe.edition, sources, folders })
    }

    /// Where a file of the recipe is: the first folder that has it, else where it was expected first.
    #[must_use]
    pub fn locate(&self, file: &FileEntry) -> PathBuf {
        let mut candidates = self.folders.iter().map(|folder| folder.join(&file.path));
        let first = candidates.next().unwrap_or_else(|| PathBuf::from(&file.path));
        if first.exists() { first } else { candidates.find(|path| path.exists()).unwrap_or(first) }
    }
}

fn file_entry(mut entry: toml::Table) -> Result<FileEntry, String> {
    let mut text = |name: &str| match entry.remove(name) {
        None => Ok(None),
        Some(toml::Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!("expected text for {name}, found {other}")),
    };
    let path = text("path")?.ok_or("expected a path for each source.file, found none")?;
    let sha256 = text("sha256")?;
    let reads = Reads::deserialize(toml::Value::Table(entry)).map_err(|cause| format!("file {path:?}: {}", cause.to_string().trim_end()))?;
    Ok(FileEntry { path, sha256, reads })
}

/// An area type in a recipe's words.
///
/// # Errors
/// When the text names no area type.
pub(super) fn area_type<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AreaType, D::Error> {
    let text = String::deserialize(deserializer)?;
    AreaType::parse(&text).map_err(serde::de::Error::custom)
}

fn maybe_area_type<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<AreaType>, D::Error> {
    area_type(deserializer).map(Some)
}

fn area_types<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AreaType>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let mut types = texts.iter().map(|text| AreaType::parse(text).map_err(serde::de::Error::custom)).collect::<Result<Vec<_>, _>>()?;
    types.sort_unstable();
    types.dedup();
    Ok(types)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDITION: &str = "[edition]\nid = \"twin\"\ntitle = \"Twin\"\ndescription = \"A twin.\"\narea_types = [\"msoa11\", \"lsoa11\"]\n\
        default_view = { measure = \"imd-2019\", field = \"score\", area_type = \"lsoa11\" }\n";
    const SOURCE: &str =
        "[[source]]\nid = \"s\"\npublisher = \"p\"\ntitle = \"t\"\nedition = \"e\"\nlicence = \"l\"\nlicence_url = \"u\"\nattribution = \"a\"\n";

    fn problem(text: &str) -> String {
        Recipe::parse("twin.toml", text, Vec::new()).unwrap_err().to_string()
    }

    #[test]
    fn area_types_are_sorted_smallest_first() {
        let recipe = Recipe::parse("twin.toml", EDITION, Vec::new()).unwrap();
        assert_eq!(format!("{:?}", recipe.edition.area_types), "[lsoa11, msoa11]");
    }

    #[test]
    fn an_unknown_key_is_refused_wherever_it_stands() {
        assert!(problem(&format!("{EDITION}colour = 1\n")).contains("unknown field `colour`"));
        let file = format!("{EDITION}{SOURCE}[[source.file]]\npath = \"a.csv\"\nreads = \"ons-lookup\"\nvintge = 11\n");
        let text = problem(&file);
        assert!(text.starts_with("twin.toml: source \"s\": file \"a.csv\": unknown field `vintge`"), "{text}");
        let file = format!("{EDITION}{SOURCE}[[source.file]]\npath = \"a.csv\"\nreads = \"ons-lockup\"\n");
        assert!(problem(&file).contains("unknown variant `ons-lockup`, expected one of"));
    }

    #[test]
    fn a_source_that_stands_twice_or_a_file_without_path_is_refused() {
        assert!(problem(&format!("{EDITION}{SOURCE}{SOURCE}")).contains("\"s\" twice"));
        assert!(problem(&format!("{EDITION}{SOURCE}[[source.file]]\nreads = \"ons-lookup\"\n")).contains("expected a path"));
    }
}

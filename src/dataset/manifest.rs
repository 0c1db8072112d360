//! `manifest.json`: what an edition is and what its files must be, as it stands on disk.
//!
//! The last member is the CRC-32 of every byte before it. That tail keeps its shape in all versions of the format,
//! so damage is told from novelty: first the checksum is compared, then the version.

use std::fmt::Display;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::DatasetError;
use crate::model::area::{AreaCode, AreaType};
use crate::model::measure::{FigureKind, Polarity, Sex};
use crate::model::travel::Mode;

/// The name of the manifest's file.
pub const MANIFEST_FILE: &str = "manifest.json";
/// What the member `format` says.
pub const FORMAT: &str = "needsmap-dataset";
/// The version this program writes, and the newest it reads.
pub const FORMAT_VERSION: u32 = 3;

/// A noun of the model that stands as one word in the manifest.
///
/// Read while the JSON is read, so that a wrong word is refused with its place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<T>(pub T);

/// How a noun becomes a word and a word the noun.
pub(super) trait Spelled: Sized {
    /// What a reader should have found.
    const EXPECTED: &'static str;
    fn spell(&self) -> impl Display;
    fn read(word: &str) -> Option<Self>;
}

impl<T: Spelled> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.spell())
    }
}

impl<'de, T: Spelled> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        T::read(&word).map(Self).ok_or_else(|| D::Error::custom(format_args!("{:?} is not {}", word, T::EXPECTED)))
    }
}

impl Spelled for AreaType {
    const EXPECTED: &'static str = "an area type such as lsoa11";
    fn spell(&self) -> impl Display {
        self
    }
    fn read(word: &str) -> Option<Self> {
        Self::parse(word).ok()
    }
}

impl Spelled for AreaCode {
    const EXPECTED: &'static str = "an area code such as E07000133";
    fn spell(&self) -> impl Display {
        self
    }
    fn read(word: &str) -> Option<Self> {
        Self::parse(word).ok()
    }
}

impl Spelled for FigureKind {
    const EXPECTED: &'static str = "a kind of figure such as published";
    fn spell(&self) -> impl Display {
        self.id()
    }
    fn read(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl Spelled for Polarity {
    const EXPECTED: &'static str = "a polarity such as higher-is-worse";
    fn spell(&self) -> impl Display {
        self.id()
    }
    fn read(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl Spelled for Sex {
    const EXPECTED: &'static str = "persons, females or males";
    fn spell(&self) -> impl Display {
        self.id()
    }
    fn read(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl Spelled for Mode {
    const EXPECTED: &'static str = "car, walk, cycle or transit";
    fn spell(&self) -> impl Display {
        self.id()
    }
    fn read(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

/// The whole of `manifest.json` but its checksum.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: String,
    pub format_version: u32,
    pub edition: EditionEntry,
    pub sources: Vec<SourceEntry>,
    pub area_types: Vec<LayerEntry>,
    pub context: Vec<ContextEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<FeaturesEntry>,
    pub measures: Vec<MeasureEntry>,
    pub series: Vec<SeriesEntry>,
    pub national_breaks: Vec<BreaksEntry>,
    // From here on members of version 2: a manifest of version 1 has none of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practices: Option<PracticesEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registered_patients: Vec<RegisterEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hospitals: Option<PointsEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pharmacies: Option<PointsEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub housing_sites: Option<SitesEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub housing_requirements: Option<RequirementsEntry>,
    // From here on members of version 3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published_times: Vec<PublishedTimesEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roads: Option<RoadsEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timetable: Option<TimetableEntry>,
    pub files: Vec<FileEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EditionEntry {
    pub id: String,
    pub title: String,
    pub description: String,
    pub default_view: DefaultViewEntry,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DefaultViewEntry {
    pub measure: String,
    pub field: String,
    pub area_type: Word<AreaType>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SourceEntry {
    pub id: String,
    pub publisher: String,
    pub title: String,
    pub edition: String,
    pub licence: String,
    pub licence_url: String,
    pub attribution: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub files: Vec<SourceFileEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SourceFileEntry {
    pub name: String,
    pub sha256: String,
    pub rows_read: u64,
    pub rows_kept: u64,
}

/// One area layer: its polygons in `features`, its figures in `figures`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LayerEntry {
    pub area_type: Word<AreaType>,
    pub name: String,
    pub source: String,
    pub areas: u64,
    pub parents: Vec<Word<AreaType>>,
    pub features: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figures: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ContextEntry {
    pub id: String,
    pub title: String,
    pub source: String,
    pub count: u64,
    pub features: String,
}

/// A file of features that needs no more words, and how many they are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FeaturesEntry {
    pub count: u64,
    pub features: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MeasureEntry {
    pub id: String,
    pub name: String,
    pub short_name: String,
    pub theme: String,
    pub definition: String,
    pub source: String,
    pub fields: Vec<FieldEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FieldEntry {
    pub id: String,
    pub name: String,
    pub unit: String,
    pub decimals: u8,
    pub polarity: Word<Polarity>,
    pub high_end: String,
    pub low_end: String,
    pub scheme: String,
}

/// Which figures: the six words that tell one series from another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeyEntry {
    pub measure: String,
    pub field: String,
    pub area_type: Word<AreaType>,
    pub period: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Word<Sex>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SeriesEntry {
    #[serde(flatten)]
    pub key: KeyEntry,
    pub kind: Word<FigureKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub columns: ColumnsEntry,
}

/// The names of a series' columns in the Parquet table of its area type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ColumnsEntry {
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BreaksEntry {
    #[serde(flatten)]
    pub key: KeyEntry,
    pub areas: u32,
    pub classes: Vec<ClassEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClassEntry {
    pub min: f64,
    pub max: f64,
    pub areas: u32,
}

/// Hospitals or pharmacies.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PointsEntry {
    pub sources: Vec<String>,
    pub count: u64,
    pub features: String,
}

/// Practices, and their branches where there are any.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PracticesEntry {
    pub sources: Vec<String>,
    pub count: u64,
    pub features: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branches: Option<FeaturesEntry>,
}

/// Housing sites, and the outlines of those that have one.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SitesEntry {
    pub sources: Vec<String>,
    pub count: u64,
    pub features: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlines: Option<FeaturesEntry>,
}

/// One register: its counts are the rows of `table`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RegisterEntry {
    pub source: String,
    pub period: String,
    pub area_type: Word<AreaType>,
    pub sex: Word<Sex>,
    pub disclosure_threshold: u32,
    pub counts: u64,
    pub table: String,
}

/// What plans require: few enough to stand here.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RequirementsEntry {
    pub sources: Vec<String>,
    pub items: Vec<RequirementEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RequirementEntry {
    pub authority: Word<AreaCode>,
    pub plan: String,
    pub option: String,
    pub from_year: u16,
    pub to_year: u16,
    pub dwellings: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household_size: Option<f64>,
    pub reference: String,
}

/// Travel times that others have published: one row per area, one column per site.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PublishedTimesEntry {
    pub source: String,
    pub mode: Word<Mode>,
    pub area_type: Word<AreaType>,
    pub note: String,
    pub sites: Vec<PublishedSiteEntry>,
    pub areas: u64,
    pub table: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PublishedSiteEntry {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hospital: Option<String>,
    pub column: String,
}

/// A table that needs no more words, and how many rows it has.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableEntry {
    pub rows: u64,
    pub table: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RoadsEntry {
    pub source: String,
    pub junctions: TableEntry,
    pub links: TableEntry,
    pub shape: TableEntry,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TimetableEntry {
    pub source: String,
    pub first_day: String,
    pub last_day: String,
    pub stops: TableEntry,
    pub patterns: TableEntry,
    pub pattern_stops: TableEntry,
    pub trips: TableEntry,
    pub times: TableEntry,
}

/// A file as it was written: `crc32[k]` is the CRC-32 of its k-th block of 65,536 bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FileEntry {
    pub name: String,
    pub bytes: u64,
    pub crc32: Vec<String>,
}

/// The two members that every version of the format has.
#[derive(Deserialize)]
struct Head {
    format: String,
    format_version: u32,
}

/// What stands before the checksum's eight digits, and after them.
const TAIL_START: &str = ",\n  \"checksum\": \"";
const TAIL_END: &str = "\"\n}\n";
const TAIL_BYTES: usize = TAIL_START.len() + 8 + TAIL_END.len();

impl Manifest {
    /// The bytes of `manifest.json`.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        // An object in serde_json's pretty form ends in a line break and a brace: the checksum takes their place.
        bytes.truncate(bytes.len() - 2);
        let checksum = crc32fast::hash(&bytes);
        bytes.extend_from_slice(format!("{TAIL_START}{checksum:08x}{TAIL_END}").as_bytes());
        Ok(bytes)
    }

    /// Reads `manifest.json`; `file` is how errors call it.
    pub fn from_bytes(file: &str, bytes: &[u8]) -> Result<Self, DatasetError> {
        let malformed = |section: &str, offset: usize, expected: &str, found: String| DatasetError::Malformed {
            file: file.to_owned(),
            section: section.to_owned(),
            offset: offset as u64,
            expected: expected.to_owned(),
            found,
        };
        let end = bytes.len().saturating_sub(TAIL_BYTES);
        let checksum = bytes[end..]
            .strip_prefix(TAIL_START.as_bytes())
            .and_then(|tail| tail.strip_suffix(TAIL_END.as_bytes()))
            .and_then(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok().filter(|sum| format!("{sum:08x}").as_bytes() == digits));
        let Some(expected) = checksum else {
            let found = format!("{:?}", String::from_utf8_lossy(&bytes[end..]));
            return Err(malformed("checksum", end, "the checksum that ends every manifest", found));
        };
        let found = crc32fast::hash(&bytes[..end]);
        if found != expected {
            return Err(DatasetError::Damaged { file: file.to_owned(), section: "manifest".to_owned(), offset: 0, expected, found });
        }
        let offset_of = |error: &serde_json::Error| {
            let lines_before = error.line().saturating_sub(1);
            bytes.split_inclusive(|byte| *byte == b'\n').take(lines_before).map(<[u8]>::len).sum::<usize>() + error.column().saturating_sub(1)
        };
        let head: Head = serde_json::from_slice(bytes)
            .map_err(|error| malformed("format", offset_of(&error), "a manifest with format and format_version", error.to_string()))?;
        if head.format != FORMAT {
            return Err(malformed("format", 0, FORMAT, head.format));
        }
        if head.format_version > FORMAT_VERSION {
            return Err(DatasetError::Newer { file: file.to_owned(), known: FORMAT_VERSION, found: head.format_version });
        }
        serde_json::from_slice(bytes)
            .map_err(|error| malformed("manifest", offset_of(&error), &format!("a manifest of format version {}", head.format_version), error.to_string()))
    }
}

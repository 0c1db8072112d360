//! The record of an atlas (`figures.json`): what each figure said, so that the next atlas can say what has changed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::plan::PlanError;
use crate::representation::figure::{Cell, ColumnKind, Figure, FigureTable, KeyBlock};

/// The name of the record in an atlas's folder.
pub const RECORD_FILE: &str = "figures.json";
/// What the first member of a record says.
const FORMAT: &str = "needsmap atlas";
/// Which form of record this is.
const FORMAT_VERSION: u32 = 1;

/// Everything that an atlas said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Always the same words.
    format: String,
    /// The form of the record.
    format_version: u32,
    /// The title of the plan.
    pub title: String,
    /// The edition that the figures are of.
    pub edition: String,
    /// The figures, in order.
    pub figures: Vec<FigureRecord>,
    /// The figures that could not be made.
    #[serde(default)]
    pub failed: Vec<Failure>,
    /// The files of the whole atlas with the SHA-256 of their bytes.
    pub files: BTreeMap<String, String>,
}

/// A figure that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Its number.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Why.
    pub problem: String,
    /// Where in the plan; told to whoever makes the atlas and left out of its files, for a plan may lie anywhere.
    #[serde(skip)]
    pub place: String,
}

impl Failure {
    /// What is wrong with a figure, and where its plan says so.
    #[must_use]
    pub fn new(number: usize, id: &str, problem: PlanError) -> Self {
        let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
        Self { number, id: id.to_owned(), problem: problem.problem, place }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: figure {}, {}: {}", self.place, self.number, self.id, self.problem)
    }
}

/// What a figure said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureRecord {
    /// Its number in the atlas.
    pub number: usize,
    /// Its id in the plan.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// Its caption.
    pub caption: String,
    /// Its link.
    pub link: String,
    /// Its key: ranges, counts, people.
    pub key: Vec<KeyRecord>,
    /// Its numbers.
    pub tables: Vec<TableRecord>,
    /// Its files with the SHA-256 of their bytes.
    pub files: BTreeMap<String, String>,
}

/// A block of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// What is classed.
    pub title: String,
    /// Heads of the numbers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<KeyRowRecord>,
}

/// A row of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRowRecord {
    /// The name of the class, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The range or words.
    pub label: String,
    /// The numbers in words.
    pub values: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableRecord {
    /// Its name.
    pub name: String,
    /// The ids of its columns.
    pub columns: Vec<ColumnRecord>,
    /// Its rows.
    pub rows: Vec<Vec<CellRecord>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRecord {
    /// Its name for machines.
    pub id: String,
    /// Its words for people.
    pub title: String,
    /// `code`, `text`, or how many decimals its numbers have.
    pub kind: KindRecord,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindRecord {
    /// Codes.
    Code,
    /// Words.
    Text,
    /// Numbers with so many decimals.
    Decimals(u8),
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CellRecord {
    /// Nothing to say.
    Empty,
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
    /// No number, and why.
    Missing {
        /// The word for it.
        missing: String,
    },
}

impl Record {
    /// Whether a file of an atlas's folder is one of it.
    #[must_use]
    pub fn names(&self, file: &str) -> bool {
        file == RECORD_FILE || self.files.contains_key(file) || self.figures.iter().any(|figure| figure.files.contains_key(file))
    }

    /// A record with no files of the whole atlas yet.
    #[must_use]
    pub fn new(title: &str, edition: &str, figures: Vec<FigureRecord>, failed: Vec<Failure>) -> Self {
        let (title, edition) = (title.to_owned(), edition.to_owned());
        Self { format: FORMAT.to_owned(), format_version: FORMAT_VERSION, title, edition, figures, failed, files: BTreeMap::new() }
    }

    /// The record as it is written.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a record holds text, finite numbers and lists only");
        bytes.push(b'\n');
        bytes
    }

    /// Reads the record of an atlas's folder.
    ///
    /// # Errors
    /// When there is none, or it is not a record of this form.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(RECORD_FILE);
        let bytes = std::fs::read(&path).with_context(|| format!("expected the record of an earlier atlas at {}", path.display()))?;
        let record: Self = serde_json::from_slice(&bytes).with_context(|| format!("{} is not the record of an atlas", path.display()))?;
        anyhow::ensure!(
            record.format == FORMAT && record.format_version == FORMAT_VERSION,
            "{}: expected {FORMAT:?} of form {FORMAT_VERSION}, found {:?} of form {}",
            path.display(),
            record.format,
            record.format_version
        );
        Ok(record)
    }
}

impl FigureRecord {
    /// What a figure says.
    #[must_use]
    pub fn new(number: usize, id: &str, figure: &Figure<'_>) -> Self {
        Self {
            number,
            id: id.to_owned(),
            title: figure.title.clone(),
            subtitle: figure.subtitle.clone(),
            caption: figure.caption.clone(),
            link: figure.link.clone(),
            key: figure.key.iter().map(KeyRecord::new).collect(),
            tables: figure.tables.iter().map(TableRecord::new).collect(),
            files: BTreeMap::new(),
        }
    }
}

impl KeyRecord {
    fn new(block: &KeyBlock) -> Self {
        let row = |row: &crate::representation::figure::KeyRow| KeyRowRecord { name: row.name.clone(), label: row.label.clone(), values: row.values.clone() };
        Self { title: block.title.clone(), columns: block.columns.clone(), rows: block.rows.iter().map(row).collect() }
    }
}

impl TableRecord {
    fn new(table: &FigureTable<'_>) -> Self {
        let kind = |kind| match kind {
            ColumnKind::Code => KindRecord::Code,
            ColumnKind::Text => KindRecord::Text,
            ColumnKind::Number(decimals) => KindRecord::Decimals(decimals),
        };
        let columns = table.columns.iter().map(|column| ColumnRecord { id: column.id.clone(), title: column.title.clone(), kind: kind(column.kind) });
        Self { name: table.name.clone(), columns: columns.collect(), rows: table.rows.iter().map(|row| row.iter().map(CellRecord::new).collect()).collect() }
    }
}

impl CellRecord {
    fn new(cell: &Cell) -> Self {
        match cell {
            Cell::Number(number) if number.is_finite() => Self::Number(*number),
            Cell::Text(text) => Self::Text(text.clone()),
            Cell::Missing(status) => Self::Missing { missing: status.id().to_owned() },
            Cell::Number(_) | Cell::Empty => Self::Empty,
        }
    }
}

/// The SHA-256 of bytes in hexadecimal.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

//! A sheet described: what stands on it in words, in which formats it can be had, which tables lie behind it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Base, Provenance};
use crate::representation::figure::{Figure, KeyBlock, KeyRow, Swatch};
use crate::store::Store;

/// A format in which something can be had.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormatRef {
    /// The word for `f`.
    pub f: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// Where it is.
    pub href: String,
}

/// A row of the key.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyRowRef {
    /// `fill`, `line`, `symbol`, `approximate`, `flow` or `none`.
    pub swatch: &'static str,
    /// `#rrggbb`, of a fill or line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// What the class is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its range, or what it means.
    pub label: String,
    /// Numbers in words, under the block's columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// A block of the key.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyBlockRef {
    /// Its head.
    pub title: String,
    /// Heads of its columns of numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<KeyRowRef>,
    /// What stands below it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A table behind the figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableRef {
    /// Its name: what `table` takes.
    pub name: String,
    /// What a row is.
    pub title: String,
    /// How many rows.
    pub rows: usize,
    /// Where it can be had.
    pub formats: Vec<FormatRef>,
}

/// A sheet described.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetAnswer {
    /// Its title.
    pub title: String,
    /// The line below it.
    pub subtitle: String,
    /// What it shows, with the numbers: to stand under the figure in a plan.
    pub caption: String,
    /// What somebody is told who cannot see it.
    pub alternative: String,
    /// How to quote it.
    pub citation: String,
    /// Which end is which.
    pub direction: String,
    /// The key.
    pub key: Vec<KeyBlockRef>,
    /// Footnotes.
    pub notes: Vec<String>,
    /// The link of the view.
    pub link: String,
    /// How many pages it has.
    pub pages: usize,
    /// In which formats it can be had.
    pub formats: Vec<FormatRef>,
    /// The tables behind it.
    pub tables: Vec<TableRef>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl SheetAnswer {
    /// Of a figure; `formats` says where its sheet can be had, `of_table` where a table of a name, with or without shapes.
    #[must_use]
    pub fn new(
        store: &Store,
        (figure, sources, pages): (&Figure<'_>, &[&str], usize),
        base: &Base,
        own: &str,
        formats: Vec<FormatRef>,
        of_table: impl Fn(&str, bool) -> Vec<FormatRef>,
    ) -> Self {
        let tables = figure.tables.iter().map(|table| TableRef {
            name: table.name.clone(),
            title: table.title.clone(),
            rows: table.rows.len(),
            formats: of_table(&table.name, !table.shapes.is_empty()),
        });
        Self {
            title: figure.title.clone(),
            subtitle: figure.subtitle.clone(),
            caption: figure.caption.clone(),
            alternative: figure.alternative.clone(),
            citation: figure.citation.clone(),
            direction: figure.direction.clone(),
            key: figure.key.iter().map(block).collect(),
            notes: figure.notes.clone(),
            link: figure.link.clone(),
            pages,
            formats,
            tables: tables.collect(),
            provenance: Provenance::of(store, sources.iter().copied(), vec![base.link(own, "self", "application/json")]),
        }
    }
}

fn block(block: &KeyBlock) -> KeyBlockRef {
    KeyBlockRef { title: block.title.clone(), columns: block.columns.clone(), rows: block.rows.iter().map(row).collect(), note: block.note.clone() }
}

fn row(row: &KeyRow) -> KeyRowRef {
    let (swatch, colour) = match &row.swatch {
        Swatch::Fill(fill) => ("fill", Some(fill.colour)),
        Swatch::Line { line, fill, .. } => ("line", Some(fill.unwrap_or(*line))),
        Swatch::Symbol(_) => ("symbol", None),
        Swatch::Approximate => ("approximate", None),
        Swatch::Flow => ("flow", None),
        Swatch::None => ("none", None),
    };
    KeyRowRef { swatch, colour: colour.map(crate::model::style::Colour::hex), name: row.name.clone(), label: row.label.clone(), values: row.values.clone() }
}

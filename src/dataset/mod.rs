//! The one immutable edition on disk: a folder of open formats, written whole or not at all, read whole or refused.
//!
//! ```text
//! manifest.json            what the edition is, and the checksums of every other file
//! lsoa11.fgb …             one `FlatGeobuf` per area type, EPSG:27700
//! neighbours.fgb …         one `FlatGeobuf` per context layer
//! places.fgb               towns and villages as points
//! figures-lsoa11.parquet … one table per area type: the code, then one column per series
//! ```
//!
//! `write` puts an [`crate::model::edition::Edition`] there, `read` brings an equal one back. The bytes are a function of the contents.

mod blocks;
mod contents;
mod error;
mod features;
mod figures;
mod laws;
mod manifest;
mod reader;
mod writer;

use std::borrow::Cow;
use std::path::Path;

pub use error::DatasetError;
pub use manifest::{FORMAT, FORMAT_VERSION, MANIFEST_FILE};
pub use reader::read;
pub use writer::write;

/// Where the files of a dataset are.
#[derive(Clone, Copy)]
pub enum Location<'a> {
    /// A folder.
    Directory(&'a Path),
    /// Files built into the program, by name.
    Embedded(fn(&str) -> Option<Cow<'static, [u8]>>),
}

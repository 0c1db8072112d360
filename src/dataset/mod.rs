//! The one immutable edition on disk: a folder of open formats, written whole or not at all, read whole or refused.
//!
//! ```text
//! manifest.json                      what the edition is, what plans require, and the checksums of every other file
//! lsoa11.fgb …                       one `FlatGeobuf` per area type, EPSG:27700 as all of them
//! neighbours.fgb …                   one `FlatGeobuf` per context layer
//! places.fgb                         towns and villages as points
//! figures-lsoa11.parquet …           one table per area type: the code, then one column per series
//! practices.fgb, branches.fgb        general practices as points; their other sites, each with its practice's code
//! hospitals.fgb, pharmacies.fgb      the same of hospitals and of pharmacies
//! housing-sites.fgb                  housing sites as points
//! housing-site-outlines.fgb          the polygons of those sites that have one
//! registered-patients-lsoa11-persons.parquet …
//!                                    one table per register: practice, area, patients
//! published-times-car-lsoa11.parquet …
//!                                    one table per mode and area type: the code, then minutes to each site
//! roads-junctions.parquet            where junctions lie, and their ranks in the order of contraction
//! roads-links.parquet                the links between them: length, way, class, limit, who may use them
//! roads-shape.parquet                the inner points of all links
//! timetable-stops.parquet …          stops, patterns, and the stops, trips and times of all patterns
//! ```
//!
//! Points stand in dataset order, without an index: they are few, and a GIS reads them at once. A column `precision` says
//! how well a point is known. What is not located is a feature without a geometry and without a precision, as it is a row
//! without a place in every GIS; that is why it needs no second file and no made-up coordinates.
//!
//! In a register a row without a practice counts the patients of all practices that are not listed; in the place of an
//! area code stand `OUTSIDE` for everywhere outside the edition and `UNKNOWN` where no area is known.
//!
//! `write` puts an [`crate::model::edition::Edition`] there, `read` brings an equal one back. The bytes are a function of the contents.
//! Version 1 of the format had neither organisations nor sites nor registers, version 2 no travel; they are read as editions
//! without them.

mod blocks;
mod columns;
mod contents;
mod error;
mod features;
mod figures;
mod laws;
mod manifest;
mod published_times;
mod reader;
mod registered_patients;
mod roads;
mod speeds;
mod table;
mod timetable;
mod writer;

use std::borrow::Cow;
use std::path::Path;

pub use error::DatasetError;
pub use manifest::{FORMAT, FORMAT_VERSION, MANIFEST_FILE};
pub use reader::read;
pub use speeds::{SpeedsError, default_speeds, read_speeds};
pub use writer::write;

/// Where the files of a dataset are.
#[derive(Clone, Copy)]
pub enum Location<'a> {
    /// A folder.
    Directory(&'a Path),
    /// Files built into the program, by name.
    Embedded(fn(&str) -> Option<Cow<'static, [u8]>>),
}

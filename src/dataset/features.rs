//! Areas, context polygons, places, organisations and sites as `FlatGeobuf` in the British National Grid.
//!
//! The writer is the `flatgeobuf` crate's. The reader looks at the same tables directly: every length is held against
//! the bytes that are there before anything is taken from them, because the crate's own reader trusts them.
//!
//! What is not located has no geometry at all. The crate gives every feature one, if need be without positions, and a
//! GIS refuses a point without positions as damaged; so that geometry is taken out of the finished file again.

mod areas;
mod context;
mod decode;
mod organisations;
mod places;
mod sites;

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo_types::MultiPolygon;
use geozero::error::GeozeroError;
use geozero::{ColumnValue, FeatureProcessor, GeomProcessor, PropertyProcessor};

use super::DatasetError;
use crate::model::organisation::Location;

pub(super) use areas::{parent_types, read_areas, write_areas};
pub(super) use context::{read_context, write_context};
pub(super) use organisations::{
    read_branches, read_hospitals, read_pharmacies, read_practices, write_branches, write_hospitals, write_pharmacies, write_practices,
};
pub(super) use places::{read_places, write_places};
pub(super) use sites::{read_outlines, read_sites, write_outlines, write_sites};

/// EPSG's number of the British National Grid.
const NATIONAL_GRID: i32 = 27_700;

/// The name and type of a column.
type Column = (&'static str, ColumnType);
const TEXT: ColumnType = ColumnType::String;
const WHOLE: ColumnType = ColumnType::UInt;
const YEAR: ColumnType = ColumnType::UShort;

/// Runs `body` on a new `FlatGeobuf` writer and returns the finished file.
fn encoded(
    name: &str,
    title: &str,
    geometry_type: GeometryType,
    columns: &[(&str, ColumnType)],
    write_index: bool,
    body: impl FnOnce(&mut FgbWriter<'_>) -> Result<(), GeozeroError>,
) -> Result<Vec<u8>, DatasetError> {
    let unencodable = |reason: String| DatasetError::Unencodable { file: name.to_owned(), reason };
    let options = FgbWriterOptions {
        write_index,
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs { org: Some("EPSG"), code: NATIONAL_GRID, name: Some("OSGB36 / British National Grid"), ..FgbCrs::default() },
        title: Some(title),
        ..FgbWriterOptions::default()
    };
    let layer = name.strip_suffix(".fgb").unwrap_or(name);
    let mut fgb = FgbWriter::create_with_options(layer, geometry_type, options).map_err(|error| unencodable(error.to_string()))?;
    for (column, column_type) in columns {
        fgb.add_column(column, *column_type, |_, _| {});
    }
    body(&mut fgb).map_err(|error| unencodable(error.to_string()))?;
    let mut bytes = Vec::new();
    fgb.write(&mut bytes).map_err(|error| unencodable(error.to_string()))?;
    Ok(bytes)
}

/// The file of a list of things that have a point or are not located, in the list's order.
fn encoded_points<T>(
    name: &str,
    title: &str,
    columns: &[Column],
    things: &[T],
    location_of: impl Fn(&T) -> Option<Location>,
    properties: impl Fn(&mut FeatureWriter<'_, '_>, &T) -> Result<(), GeozeroError>,
) -> Result<Vec<u8>, DatasetError> {
    let mut bytes = encoded(name, title, GeometryType::Point, columns, false, |fgb| {
        for (number, thing) in things.iter().enumerate() {
            let mut feature = FeatureWriter { fgb: &mut *fgb, columns, column: 0 };
            if let Some(location) = location_of(thing) {
                feature.fgb.point_begin(0)?;
                feature.fgb.xy(location.point.inner().x(), location.point.inner().y(), 0)?;
                feature.fgb.point_end(0)?;
            }
            properties(&mut feature, thing)?;
            feature.fgb.feature_end(number as u64)?;
        }
        Ok(())
    })?;
    let located: Vec<bool> = things.iter().map(|thing| location_of(thing).is_some()).collect();
    match decode::without_geometries(&mut bytes, &located) {
        Some(()) => Ok(bytes),
        None => Err(DatasetError::Unencodable { file: name.to_owned(), reason: "a feature is not where it should stand".to_owned() }),
    }
}

/// One feature on its way into a file: its geometry, then its columns in order.
struct FeatureWriter<'w, 'f> {
    fgb: &'w mut FgbWriter<'f>,
    columns: &'w [(&'w str, ColumnType)],
    column: usize,
}

impl FeatureWriter<'_, '_> {
    pub fn polygons(&mut self, polygons: &MultiPolygon<f64>) -> Result<(), GeozeroError> {
        self.fgb.multipolygon_begin(polygons.0.len(), 0)?;
        for (part, polygon) in polygons.iter().enumerate() {
            self.fgb.polygon_begin(false, polygon.interiors().len() + 1, part)?;
            for (number, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
                self.fgb.linestring_begin(false, ring.0.len(), number)?;
                for (position, c) in ring.0.iter().enumerate() {
                    self.fgb.xy(c.x, c.y, position)?;
                }
                self.fgb.linestring_end(false, number)?;
            }
            self.fgb.polygon_end(false, part)?;
        }
        self.fgb.multipolygon_end(0)
    }

    /// The next column's value; nothing is written where there is none.
    pub fn next(&mut self, value: Option<ColumnValue<'_>>) -> Result<(), GeozeroError> {
        if let Some(value) = value {
            self.fgb.property(self.column, self.columns[self.column].0, &value)?;
        }
        self.column += 1;
        Ok(())
    }
    /// The next column's text, where there is one.
    pub fn text(&mut self, text: Option<&str>) -> Result<(), GeozeroError> {
        self.next(text.map(ColumnValue::String))
    }

    /// The next column's whole number, where there is one.
    pub fn whole(&mut self, number: Option<u32>) -> Result<(), GeozeroError> {
        self.next(number.map(ColumnValue::UInt))
    }
}

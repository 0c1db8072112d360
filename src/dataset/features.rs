//! Areas, context polygons and places as `FlatGeobuf` in the British National Grid.
//!
//! The writer is the `flatgeobuf` crate's. The reader looks at the same tables directly: every length is held against
//! the bytes that are there before anything is taken from them, because the crate's own reader trusts them.

mod decode;

use std::collections::BTreeSet;

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo_types::{MultiPolygon, Point};
use geozero::error::GeozeroError;
use geozero::{ColumnValue, FeatureProcessor, GeomProcessor, PropertyProcessor};

use super::DatasetError;
use crate::model::area::{Area, AreaCode, AreaType, CentroidKind};
use crate::model::crs::Bng;
use crate::model::edition::Place;
use decode::{Features, Value};

/// EPSG's number of the British National Grid.
const NATIONAL_GRID: i32 = 27_700;

/// Name and polygons of one feature of a context layer.
type Named = (String, Bng<MultiPolygon<f64>>);

const POPULATION_WEIGHTED: &str = "population-weighted";
const GEOMETRIC: &str = "geometric";

/// The area types that contain areas of a layer, smallest first: one column each.
pub(super) fn parent_types(areas: &[Area]) -> Vec<AreaType> {
    let types: BTreeSet<AreaType> = areas.iter().flat_map(|area| area.parents.iter().map(|(area_type, _)| *area_type)).collect();
    types.into_iter().collect()
}

/// The `FlatGeobuf` file of an area layer; indexed, so its features stand in Hilbert order.
pub(super) fn write_areas(name: &str, title: &str, areas: &[Area]) -> Result<Vec<u8>, DatasetError> {
    let parent_types = parent_types(areas);
    let headings: Vec<String> = parent_types.iter().map(AreaType::to_string).collect();
    let mut columns = vec![("code", ColumnType::String), ("name", ColumnType::String), ("alias", ColumnType::String)];
    columns.extend(headings.iter().map(|heading| (heading.as_str(), ColumnType::String)));
    columns.extend([("centroid_easting", ColumnType::Double), ("centroid_northing", ColumnType::Double), ("centroid_kind", ColumnType::String)]);
    encoded(name, title, GeometryType::MultiPolygon, &columns, !areas.is_empty(), |fgb| {
        for (number, area) in areas.iter().enumerate() {
            let mut feature = FeatureWriter { fgb: &mut *fgb, columns: &columns, column: 0 };
            feature.polygons(area.geometry.inner())?;
            feature.next(Some(ColumnValue::String(area.code.as_str())))?;
            feature.next(Some(ColumnValue::String(&area.name)))?;
            feature.next(area.alias.as_deref().map(ColumnValue::String))?;
            for parent_type in &parent_types {
                let parent = area.parents.iter().find(|(area_type, _)| area_type == parent_type);
                feature.next(parent.map(|(_, code)| ColumnValue::String(code.as_str())))?;
            }
            feature.next(Some(ColumnValue::Double(area.centroid.inner().x())))?;
            feature.next(Some(ColumnValue::Double(area.centroid.inner().y())))?;
            let kind = match area.centroid_kind {
                CentroidKind::PopulationWeighted => POPULATION_WEIGHTED,
                CentroidKind::Geometric => GEOMETRIC,
            };
            feature.next(Some(ColumnValue::String(kind)))?;
            feature.fgb.feature_end(number as u64)?;
        }
        Ok(())
    })
}

/// The `FlatGeobuf` file of a context layer, in the layer's order.
pub(super) fn write_context(name: &str, title: &str, features: &[Named]) -> Result<Vec<u8>, DatasetError> {
    let columns = [("name", ColumnType::String)];
    encoded(name, title, GeometryType::MultiPolygon, &columns, false, |fgb| {
        for (number, (called, geometry)) in features.iter().enumerate() {
            let mut feature = FeatureWriter { fgb: &mut *fgb, columns: &columns, column: 0 };
            feature.polygons(geometry.inner())?;
            feature.next(Some(ColumnValue::String(called)))?;
            feature.fgb.feature_end(number as u64)?;
        }
        Ok(())
    })
}

/// The `FlatGeobuf` file of the places, most important first.
pub(super) fn write_places(name: &str, places: &[Place]) -> Result<Vec<u8>, DatasetError> {
    let columns = [("id", ColumnType::UInt), ("name", ColumnType::String), ("population", ColumnType::UInt), ("rank", ColumnType::UByte)];
    encoded(name, "Places", GeometryType::Point, &columns, false, |fgb| {
        for (number, place) in places.iter().enumerate() {
            let mut feature = FeatureWriter { fgb: &mut *fgb, columns: &columns, column: 0 };
            feature.fgb.point_begin(0)?;
            feature.fgb.xy(place.point.inner().x(), place.point.inner().y(), 0)?;
            feature.fgb.point_end(0)?;
            feature.next(Some(ColumnValue::UInt(place.id)))?;
            feature.next(Some(ColumnValue::String(&place.name)))?;
            feature.next(Some(ColumnValue::UInt(place.population)))?;
            feature.next(Some(ColumnValue::UByte(place.rank)))?;
            feature.fgb.feature_end(number as u64)?;
        }
        Ok(())
    })
}

/// The areas of a `FlatGeobuf` file, brought back into dataset order; `file` is how errors call it.
pub(super) fn read_areas(file: &str, bytes: &[u8], parent_types: &[AreaType]) -> Result<Vec<Area>, DatasetError> {
    let mut columns = vec!["code", "name", "alias"];
    let headings: Vec<String> = parent_types.iter().map(AreaType::to_string).collect();
    columns.extend(headings.iter().map(String::as_str));
    columns.extend(["centroid_easting", "centroid_northing", "centroid_kind"]);
    let features = Features::open(file, bytes, GeometryType::MultiPolygon, NATIONAL_GRID, &columns)?;
    let mut areas = Vec::with_capacity(features.declared());
    for feature in features {
        let feature = feature?;
        let mut values = feature.values()?;
        let code = |value: &Value<'_>| AreaCode::parse(value.text().unwrap_or_default()).map_err(|error| feature.malformed("an area code", &error.found));
        let mut parents = Vec::with_capacity(parent_types.len());
        for (parent_type, value) in parent_types.iter().zip(&values[3..]) {
            if !matches!(value, Value::None) {
                parents.push((*parent_type, code(value)?));
            }
        }
        let rest = &values[3 + parent_types.len()..];
        let centroid = Point::new(feature.number(&rest[0], "centroid_easting")?, feature.number(&rest[1], "centroid_northing")?);
        let centroid_kind = match rest[2].text() {
            Some(POPULATION_WEIGHTED) => CentroidKind::PopulationWeighted,
            Some(GEOMETRIC) => CentroidKind::Geometric,
            _ => return Err(feature.malformed("a centroid_kind, population-weighted or geometric", &format!("{:?}", rest[2]))),
        };
        let code = code(&values[0])?;
        areas.push(Area {
            code,
            name: feature.text(std::mem::take(&mut values[1]), "name")?,
            alias: values[2].text().map(str::to_owned),
            parents,
            geometry: Bng(feature.polygons()?),
            centroid: Bng(centroid),
            centroid_kind,
        });
    }
    areas.sort_by_key(|area| area.code);
    Ok(areas)
}

/// Names and polygons of a context layer.
pub(super) fn read_context(file: &str, bytes: &[u8]) -> Result<Vec<Named>, DatasetError> {
    let features = Features::open(file, bytes, GeometryType::MultiPolygon, NATIONAL_GRID, &["name"])?;
    features
        .map(|feature| {
            let feature = feature?;
            let mut values = feature.values()?;
            Ok((feature.text(std::mem::take(&mut values[0]), "name")?, Bng(feature.polygons()?)))
        })
        .collect()
}

/// The places.
pub(super) fn read_places(file: &str, bytes: &[u8]) -> Result<Vec<Place>, DatasetError> {
    let features = Features::open(file, bytes, GeometryType::Point, NATIONAL_GRID, &["id", "name", "population", "rank"])?;
    features
        .map(|feature| {
            let feature = feature?;
            let mut values = feature.values()?;
            let whole = |value: &Value<'_>, called: &str| match value {
                Value::Whole(number) => Ok(*number),
                other => Err(feature.malformed(&format!("a whole number {called}"), &format!("{other:?}"))),
            };
            let rank = whole(&values[3], "rank")?;
            Ok(Place {
                id: whole(&values[0], "id")?,
                population: whole(&values[2], "population")?,
                rank: u8::try_from(rank).map_err(|_| feature.malformed("a rank below 256", &rank.to_string()))?,
                point: Bng(feature.point()?),
                name: feature.text(std::mem::take(&mut values[1]), "name")?,
            })
        })
        .collect()
}

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

/// One feature on its way into a file: its geometry, then its columns in order.
struct FeatureWriter<'w, 'f> {
    fgb: &'w mut FgbWriter<'f>,
    columns: &'w [(&'w str, ColumnType)],
    column: usize,
}

impl FeatureWriter<'_, '_> {
    fn polygons(&mut self, polygons: &MultiPolygon<f64>) -> Result<(), GeozeroError> {
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
    fn next(&mut self, value: Option<ColumnValue<'_>>) -> Result<(), GeozeroError> {
        if let Some(value) = value {
            self.fgb.property(self.column, self.columns[self.column].0, &value)?;
        }
        self.column += 1;
        Ok(())
    }
}

//! Area layers as `FlatGeobuf`, indexed.

use std::collections::BTreeSet;

use flatgeobuf::{ColumnType, GeometryType};
use geo_types::Point;
use geozero::{ColumnValue, FeatureProcessor};

use super::decode::{Features, Value};
use super::{FeatureWriter, NATIONAL_GRID, encoded};
use crate::dataset::DatasetError;
use crate::model::area::{Area, AreaCode, AreaType, CentroidKind};
use crate::model::crs::Bng;

const POPULATION_WEIGHTED: &str = "population-weighted";
const GEOMETRIC: &str = "geometric";

/// The area types that contain areas of a layer, smallest first: one column each.
pub(in crate::dataset) fn parent_types(areas: &[Area]) -> Vec<AreaType> {
    let types: BTreeSet<AreaType> = areas.iter().flat_map(|area| area.parents.iter().map(|(area_type, _)| *area_type)).collect();
    types.into_iter().collect()
}

/// The `FlatGeobuf` file of an area layer; indexed, so its features stand in Hilbert order.
pub(in crate::dataset) fn write_areas(name: &str, title: &str, areas: &[Area]) -> Result<Vec<u8>, DatasetError> {
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

/// The areas of a `FlatGeobuf` file, brought back into dataset order; `file` is how errors call it.
pub(in crate::dataset) fn read_areas(file: &str, bytes: &[u8], parent_types: &[AreaType]) -> Result<Vec<Area>, DatasetError> {
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

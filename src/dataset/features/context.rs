//! Context layers as `FlatGeobuf`: polygons with a name.

use flatgeobuf::{ColumnType, GeometryType};
use geo_types::MultiPolygon;
use geozero::{ColumnValue, FeatureProcessor};

use super::decode::Features;
use super::{FeatureWriter, NATIONAL_GRID, encoded};
use crate::dataset::DatasetError;
use crate::model::crs::Bng;

/// Name and polygons of one feature of a context layer.
type Named = (String, Bng<MultiPolygon<f64>>);

/// The `FlatGeobuf` file of a context layer, in the layer's order.
pub(in crate::dataset) fn write_context(name: &str, title: &str, features: &[Named]) -> Result<Vec<u8>, DatasetError> {
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

/// Names and polygons of a context layer.
pub(in crate::dataset) fn read_context(file: &str, bytes: &[u8]) -> Result<Vec<Named>, DatasetError> {
    let features = Features::open(file, bytes, GeometryType::MultiPolygon, NATIONAL_GRID, &["name"])?;
    features
        .map(|feature| {
            let feature = feature?;
            let mut values = feature.values()?;
            Ok((feature.text(std::mem::take(&mut values[0]), "name")?, Bng(feature.polygons()?)))
        })
        .collect()
}

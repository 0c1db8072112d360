//! Towns and villages as `FlatGeobuf`.

use flatgeobuf::{ColumnType, GeometryType};
use geozero::{ColumnValue, FeatureProcessor, GeomProcessor};

use super::decode::{Features, Value};
use super::{FeatureWriter, NATIONAL_GRID, encoded};
use crate::dataset::DatasetError;
use crate::model::crs::Bng;
use crate::model::edition::Place;

/// The `FlatGeobuf` file of the places, most important first.
pub(in crate::dataset) fn write_places(name: &str, places: &[Place]) -> Result<Vec<u8>, DatasetError> {
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

/// The places.
pub(in crate::dataset) fn read_places(file: &str, bytes: &[u8]) -> Result<Vec<Place>, DatasetError> {
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

//! A figure's table as `FlatGeobuf` in the British National Grid (EPSG:27700, metres), rows in the table's order.
//!
//! The library gives every feature a geometry, if need be without positions, which GIS refuse as damaged. So the
//! geometry of rows that are not located is taken out of the finished file again.

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo_types::MultiPolygon;
use geozero::error::GeozeroError;
use geozero::{ColumnValue, FeatureProcessor, GeomProcessor, PropertyProcessor};

use super::{Content, FigureTable, Head, TableError, TableShape, about, heads, kinds_of_shapes, shape_of};
use crate::representation::figure::Figure;

/// EPSG's number of the British National Grid.
const NATIONAL_GRID: i32 = 27_700;

/// What stands before the header: `fgb`, the version, `fgb`, a patch number.
const HEADER_START: usize = 8;

/// The table: typed columns with their titles, the words that belong to the numbers as the file's description.
///
/// # Errors
/// When the library cannot write it.
pub fn flatgeobuf(table: &FigureTable<'_>, figure: &Figure<'_>) -> Result<Vec<u8>, TableError> {
    let columns = heads(table, &[]);
    let mut bytes = written(table, figure, &columns).map_err(|reason| TableError::FlatGeobuf { table: table.name.clone(), reason })?;
    let located: Vec<bool> = (0..table.rows.len()).map(|row| !matches!(shape_of(table, row), TableShape::None)).collect();
    match without_geometries(&mut bytes, &located) {
        Some(()) => Ok(bytes),
        None => Err(TableError::FlatGeobuf { table: table.name.clone(), reason: "a feature is not where it should stand".to_owned() }),
    }
}

fn written(table: &FigureTable<'_>, figure: &Figure<'_>, columns: &[Head<'_>]) -> Result<Vec<u8>, String> {
    let description = about(figure).into_iter().map(|(part, text)| format!("{part}: {text}")).collect::<Vec<_>>().join("\n");
    let options = FgbWriterOptions {
        write_index: false,
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs { org: Some("EPSG"), code: NATIONAL_GRID, name: Some("OSGB36 / British National Grid"), ..FgbCrs::default() },
        title: Some(&table.title),
        description: Some(&description),
        ..FgbWriterOptions::default()
    };
    let geometry_type = match kinds_of_shapes(table) {
        (true, false) => GeometryType::MultiPolygon,
        (false, true) => GeometryType::Point,
        _ => GeometryType::Unknown,
    };
    let mut fgb = FgbWriter::create_with_options(&table.name, geometry_type, options).map_err(|error| error.to_string())?;
    for head in columns {
        fgb.add_column(&head.id, if head.is_number() { ColumnType::Double } else { ColumnType::String }, |buffer, column| {
            column.title = Some(buffer.create_string(&head.title));
        });
    }
    for (number, row) in table.rows.iter().enumerate() {
        shape(&mut fgb, shape_of(table, number)).map_err(|error| error.to_string())?;
        let mut words = String::new();
        for (at, head) in columns.iter().enumerate() {
            let value = match head.content(row, &mut words) {
                Content::Text(text) => ColumnValue::String(text),
                Content::Number(number) => ColumnValue::Double(number),
                Content::Nothing => continue,
            };
            fgb.property(at, &head.id, &value).map_err(|error| error.to_string())?;
        }
        fgb.feature_end(number as u64).map_err(|error| error.to_string())?;
    }
    let mut bytes = Vec::new();
    fgb.write(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn shape(fgb: &mut FgbWriter<'_>, shape: &TableShape<'_>) -> Result<(), GeozeroError> {
    match shape {
        TableShape::Area(area) => polygons(fgb, area.inner()),
        TableShape::Owned(area) => polygons(fgb, area.inner()),
        TableShape::Point(point) => {
            fgb.point_begin(0)?;
            fgb.xy(point.inner().x(), point.inner().y(), 0)?;
            fgb.point_end(0)
        }
        TableShape::None => Ok(()),
    }
}

fn polygons(fgb: &mut FgbWriter<'_>, polygons: &MultiPolygon<f64>) -> Result<(), GeozeroError> {
    fgb.multipolygon_begin(polygons.0.len(), 0)?;
    for (part, polygon) in polygons.iter().enumerate() {
        fgb.polygon_begin(false, polygon.interiors().len() + 1, part)?;
        for (number, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            fgb.linestring_begin(false, ring.0.len(), number)?;
            for (position, c) in ring.0.iter().enumerate() {
                fgb.xy(c.x, c.y, position)?;
            }
            fgb.linestring_end(false, number)?;
        }
        fgb.polygon_end(false, part)?;
    }
    fgb.multipolygon_end(0)
}

/// Takes the geometry out of the features that are not located: a table begins with the distance back to its list of
/// fields, and a field whose place in that list is zero is not there.
fn without_geometries(bytes: &mut [u8], located: &[bool]) -> Option<()> {
    let number = |bytes: &[u8], at: usize| usize::try_from(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok();
    let mut at = HEADER_START + 4 + number(bytes, HEADER_START)?;
    for located in located {
        let length = 4 + number(bytes, at)?;
        if !located {
            let feature = bytes.get_mut(at..at + length)?;
            let table = number(feature, 4)?.checked_add(4)?;
            let fields = table.checked_sub(number(feature, table)?)?;
            // The list's first two entries are sizes; the geometry is the first field.
            feature.get_mut(fields + 4..fields + 6)?.fill(0);
        }
        at += length;
    }
    Some(())
}

//! Features of a FlatGeobuf file, with every length checked before it is believed: the library's own property and geometry
//! readers index by what the file says and so can be made to panic by a damaged one.

use std::io::Read;

use flatgeobuf::{ColumnType, FallibleStreamingIterator, FgbReader, GeometryType};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::error::ImportError;
use super::input::Input;

/// The text properties of a feature with their names, and its polygons or what stands in their place.
pub type TextAndPolygons = (Vec<(String, String)>, Result<MultiPolygon<f64>, String>);

/// What a file holds.
pub struct Features {
    /// The EPSG code of its coordinate system, where it names one.
    pub epsg: Option<i32>,
    /// Its features in order.
    pub features: Vec<TextAndPolygons>,
}

/// Reads a file.
///
/// # Errors
/// When it is not FlatGeobuf or is damaged.
pub fn read(input: &Input) -> Result<Features, ImportError> {
    let wrong = |found: String| ImportError::WrongFormat { file: input.name().to_owned(), expected: "whole FlatGeobuf".to_owned(), found };
    let refuse = |cause: flatgeobuf::Error| wrong(cause.to_string());
    let mut bytes = Vec::new();
    input.stream().read_to_end(&mut bytes).map_err(|cause| wrong(cause.to_string()))?;
    let reader = FgbReader::open(bytes.as_slice()).map_err(refuse)?;
    let (count, node_size, kind) = (reader.header().features_count(), reader.header().index_node_size(), reader.header().geometry_type());
    let epsg = reader.header().crs().map(|crs| crs.code()).filter(|code| *code != 0);
    let columns: Vec<(String, ColumnType)> =
        reader.header().columns().map(|columns| columns.iter().map(|column| (column.name().to_owned(), column.type_())).collect()).unwrap_or_default();
    check_sizes(&bytes, count, node_size).map_err(wrong)?;
    let mut features = Vec::new();
    let mut iterator = reader.select_all_seq().map_err(refuse)?;
    while let Some(current) = iterator.next().map_err(refuse)? {
        let properties = current.fbs_feature().properties();
        let texts = texts(properties.as_ref().map(|properties| properties.bytes()).unwrap_or_default(), &columns).map_err(wrong)?;
        let polygons = current.fbs_feature().geometry().map_or_else(|| Err("no geometry".to_owned()), |geometry| polygons(&geometry, kind));
        features.push((texts, polygons));
    }
    Ok(Features { epsg, features })
}

/// Walks the sizes of header, index and features before the library allocates by them.
fn check_sizes(bytes: &[u8], features: u64, node_size: u16) -> Result<(), String> {
    let size_at = |at: usize| bytes.get(at..at.checked_add(4)?).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let broken = |at: usize| format!("a size that does not fit the file at byte {at}");
    let mut at = 12 + size_at(8).ok_or_else(|| broken(8))?;
    if node_size > 0 && features > 0 {
        if node_size < 2 || features > bytes.len() as u64 {
            return Err(broken(at));
        }
        let (mut level, mut nodes) = (features, features);
        // Even a single feature has a node above it: the root.
        loop {
            level = level.div_ceil(u64::from(node_size));
            nodes += level;
            if level <= 1 {
                break;
            }
        }
        at = usize::try_from(nodes * 40).ok().and_then(|index| at.checked_add(index)).filter(|at| *at <= bytes.len()).ok_or_else(|| broken(12))?;
    }
    while at < bytes.len() {
        let size = size_at(at).filter(|size| *size >= 8).ok_or_else(|| broken(at))?;
        at = at.checked_add(4 + size).filter(|end| *end <= bytes.len()).ok_or_else(|| broken(at))?;
    }
    Ok(())
}

/// The text among the properties: pairs of a column's number, two bytes, and its value; texts begin with their length.
fn texts(mut bytes: &[u8], columns: &[(String, ColumnType)]) -> Result<Vec<(String, String)>, String> {
    let mut texts = Vec::new();
    while !bytes.is_empty() {
        let (number, rest) = bytes.split_first_chunk::<2>().ok_or("a property that breaks off")?;
        let (name, kind) = columns.get(usize::from(u16::from_le_bytes(*number))).ok_or("a property of a column that is not declared")?;
        let fixed = match *kind {
            ColumnType::Byte | ColumnType::UByte | ColumnType::Bool => Some(1),
            ColumnType::Short | ColumnType::UShort => Some(2),
            ColumnType::Int | ColumnType::UInt | ColumnType::Float => Some(4),
            ColumnType::Long | ColumnType::ULong | ColumnType::Double => Some(8),
            ColumnType::String | ColumnType::Json | ColumnType::DateTime | ColumnType::Binary => None,
            _ => return Err("a property of an unknown type".to_owned()),
        };
        let (length, rest) = match fixed {
            Some(length) => (length, rest),
            None => rest.split_first_chunk::<4>().map(|(length, rest)| (u32::from_le_bytes(*length) as usize, rest)).ok_or("a property that breaks off")?,
        };
        let (value, rest) = rest.split_at_checked(length).ok_or("a property that breaks off")?;
        if *kind == ColumnType::String {
            texts.push((name.clone(), String::from_utf8_lossy(value).into_owned()));
        }
        bytes = rest;
    }
    Ok(texts)
}

fn polygons(geometry: &flatgeobuf::Geometry<'_>, of_header: GeometryType) -> Result<MultiPolygon<f64>, String> {
    let kind = if of_header == GeometryType::Unknown { geometry.type_() } else { of_header };
    match kind {
        GeometryType::Polygon => Ok(MultiPolygon(vec![polygon(geometry)?])),
        GeometryType::MultiPolygon => match geometry.parts() {
            Some(parts) => parts.iter().map(|part| polygon(&part)).collect::<Result<_, _>>().map(MultiPolygon),
            None => Ok(MultiPolygon(vec![polygon(geometry)?])),
        },
        _ => Err("another kind of geometry".to_owned()),
    }
}

fn polygon(geometry: &flatgeobuf::Geometry<'_>) -> Result<Polygon<f64>, String> {
    let numbers: Vec<f64> = geometry.xy().map(|xy| xy.iter().collect()).unwrap_or_default();
    let points: Vec<Coord<f64>> = numbers.chunks_exact(2).map(|pair| Coord { x: pair[0], y: pair[1] }).collect();
    let ends: Vec<usize> = geometry.ends().map_or_else(|| vec![points.len()], |ends| ends.iter().map(|end| end as usize).collect());
    let mut rings = Vec::new();
    let mut from = 0;
    for end in ends {
        let ring = points.get(from..end).ok_or("a ring that ends outside its geometry")?;
        if ring.len() < 4 {
            return Err(format!("a ring of {} positions, fewer than 4", ring.len()));
        }
        if ring.first() != ring.last() {
            return Err("an open ring".to_owned());
        }
        rings.push(LineString(ring.to_vec()));
        from = end;
    }
    let mut rings = rings.into_iter();
    let exterior = rings.next().ok_or("a polygon without a ring")?;
    Ok(Polygon::new(exterior, rings.collect()))
}

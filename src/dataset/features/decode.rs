//! `FlatGeobuf` read with every length held against the bytes that are there.

use flatgeobuf::packed_r_tree::PackedRTree;
use flatgeobuf::{ColumnType, Feature, Geometry, GeometryType, size_prefixed_root_as_feature, size_prefixed_root_as_header};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};

use super::Column;
use crate::dataset::DatasetError;
use crate::model::crs::Bng;
use crate::model::organisation::{Location, Precision};

/// What stands before the header: `fgb`, the version, `fgb`, a patch number.
const MAGIC: [u8; 7] = *b"fgb\x03fgb";
const HEADER_START: usize = 8;

/// The features of a file, in the file's order.
pub(super) struct Features<'a> {
    file: &'a str,
    bytes: &'a [u8],
    columns: Vec<ColumnType>,
    at: usize,
    number: usize,
    count: usize,
}

/// One feature, with its place in the file for errors.
pub(super) struct FeatureAt<'a> {
    file: &'a str,
    number: usize,
    offset: usize,
    columns: Vec<ColumnType>,
    feature: Feature<'a>,
}

/// One property.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Value<'a> {
    /// Not given.
    #[default]
    None,
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(u32),
}

impl<'a> Value<'a> {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> Features<'a> {
    /// Reads the header and checks that it declares this geometry, this coordinate system and these columns.
    pub fn open(file: &'a str, bytes: &'a [u8], geometry_type: GeometryType, epsg: i32, columns: &[&str]) -> Result<Self, DatasetError> {
        let malformed = |offset: usize, expected: &str, found: String| malformed(file, "header".to_owned(), offset, expected, found);
        if bytes.get(..MAGIC.len()) != Some(&MAGIC[..]) {
            return Err(malformed(0, "a FlatGeobuf file of version 3", format!("{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(MAGIC.len())]))));
        }
        let prefixed = prefixed(bytes, HEADER_START).ok_or_else(|| malformed(HEADER_START, "a header", "the end of the file".to_owned()))?;
        let header = size_prefixed_root_as_header(prefixed).map_err(|error| malformed(HEADER_START, "a header", error.to_string()))?;
        let after_header = HEADER_START + prefixed.len();
        if header.geometry_type() != geometry_type {
            return Err(malformed(HEADER_START, &format!("geometries of type {geometry_type:?}"), format!("{:?}", header.geometry_type())));
        }
        let found = header.crs().map_or(0, |crs| crs.code());
        if found != epsg {
            return Err(malformed(HEADER_START, &format!("coordinates in EPSG:{epsg}"), format!("EPSG:{found}")));
        }
        let declared: Vec<flatgeobuf::Column<'_>> = header.columns().into_iter().flatten().collect();
        let names: Vec<&str> = declared.iter().map(flatgeobuf::Column::name).collect();
        if names != columns {
            return Err(malformed(HEADER_START, &format!("columns {}", columns.join(", ")), names.join(", ")));
        }
        // A feature takes more than four bytes and so does its place in the index: a greater count is a lie.
        let left = bytes.len() - after_header;
        let count = usize::try_from(header.features_count()).ok().filter(|count| *count <= left / 4);
        let Some(count) = count else {
            return Err(malformed(HEADER_START, "a number of features that fits the file", header.features_count().to_string()));
        };
        let node_size = header.index_node_size();
        let index_bytes = if node_size == 0 || count == 0 {
            0
        } else if node_size == 1 {
            return Err(malformed(HEADER_START, "index nodes of two entries or more", "1".to_owned()));
        } else {
            PackedRTree::index_size(count, node_size)
        };
        if index_bytes > left {
            return Err(malformed(after_header, &format!("an index of {index_bytes} bytes"), format!("{left} bytes")));
        }
        let columns = declared.iter().map(flatgeobuf::Column::type_).collect();
        Ok(Self { file, bytes, columns, at: after_header + index_bytes, number: 0, count })
    }

    /// How many features the file holds.
    pub fn declared(&self) -> usize {
        self.count
    }
}

impl<'a> Iterator for Features<'a> {
    type Item = Result<FeatureAt<'a>, DatasetError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.number == self.count {
            return None;
        }
        let (number, offset) = (self.number, self.at);
        self.number += 1;
        let section = || format!("feature {number}");
        let Some(prefixed) = prefixed(self.bytes, offset) else {
            self.number = self.count;
            return Some(Err(malformed(self.file, section(), offset, "a feature", "the end of the file".to_owned())));
        };
        self.at += prefixed.len();
        match size_prefixed_root_as_feature(prefixed) {
            Ok(feature) => Some(Ok(FeatureAt { file: self.file, number, offset, columns: self.columns.clone(), feature })),
            Err(error) => {
                self.number = self.count;
                Some(Err(malformed(self.file, section(), offset, "a feature", error.to_string())))
            }
        }
    }
}

impl<'a> FeatureAt<'a> {
    /// An error that names this feature.
    pub fn malformed(&self, expected: &str, found: &str) -> DatasetError {
        malformed(self.file, format!("feature {}", self.number), self.offset, expected, found.to_owned())
    }

    /// The properties in the order of the columns.
    pub fn values(&self) -> Result<Vec<Value<'a>>, DatasetError> {
        let mut values = vec![Value::None; self.columns.len()];
        let mut rest = self.feature.properties().map_or(&[][..], |properties| properties.bytes());
        while !rest.is_empty() {
            let cut = || self.malformed("whole properties", "properties cut short");
            let column = usize::from(u16::from_le_bytes(take(&mut rest).ok_or_else(cut)?));
            let Some(column_type) = self.columns.get(column) else {
                return Err(self.malformed("a column of the header", &format!("column {column}")));
            };
            values[column] = match *column_type {
                ColumnType::String => {
                    let length = usize::try_from(u32::from_le_bytes(take(&mut rest).ok_or_else(cut)?)).map_err(|_| cut())?;
                    let (text, after) = rest.split_at_checked(length).ok_or_else(cut)?;
                    rest = after;
                    Value::Text(std::str::from_utf8(text).map_err(|error| self.malformed("text in UTF-8", &error.to_string()))?)
                }
                ColumnType::Double => Value::Number(f64::from_le_bytes(take(&mut rest).ok_or_else(cut)?)),
                ColumnType::UInt => Value::Whole(u32::from_le_bytes(take(&mut rest).ok_or_else(cut)?)),
                ColumnType::UShort => Value::Whole(u32::from(u16::from_le_bytes(take(&mut rest).ok_or_else(cut)?))),
                ColumnType::UByte => Value::Whole(u32::from(u8::from_le_bytes(take(&mut rest).ok_or_else(cut)?))),
                other => return Err(self.malformed("columns of text, numbers or whole numbers", &format!("{other:?}"))),
            };
        }
        Ok(values)
    }

    /// A number that must be given.
    pub fn number(&self, value: &Value<'_>, called: &str) -> Result<f64, DatasetError> {
        match value {
            Value::Number(number) => Ok(*number),
            other => Err(self.malformed(&format!("a number {called}"), &format!("{other:?}"))),
        }
    }

    /// Text that must be given.
    pub fn text(&self, value: Value<'_>, called: &str) -> Result<String, DatasetError> {
        value.text().map(str::to_owned).ok_or_else(|| self.malformed(&format!("text {called}"), &format!("{value:?}")))
    }

    /// The polygons.
    pub fn polygons(&self) -> Result<MultiPolygon<f64>, DatasetError> {
        let geometry = self.geometry()?;
        let Some(parts) = geometry.parts() else {
            return Err(self.malformed("polygons", "a geometry without parts"));
        };
        parts.iter().map(|part| self.polygon(&part)).collect::<Result<Vec<_>, _>>().map(MultiPolygon)
    }

    /// The point.
    pub fn point(&self) -> Result<Point<f64>, DatasetError> {
        match self.positions(&self.geometry()?)?.as_slice() {
            [c] => Ok(Point(*c)),
            other => Err(self.malformed("one position", &other.len().to_string())),
        }
    }

    /// The point, or none of what is not located.
    pub fn optional_point(&self) -> Result<Option<Point<f64>>, DatasetError> {
        if self.feature.geometry().is_none() { Ok(None) } else { self.point().map(Some) }
    }

    fn geometry(&self) -> Result<Geometry<'a>, DatasetError> {
        self.feature.geometry().ok_or_else(|| self.malformed("a geometry", "none"))
    }

    fn polygon(&self, part: &Geometry<'_>) -> Result<Polygon<f64>, DatasetError> {
        let positions = self.positions(part)?;
        let Some(ends) = part.ends().filter(|ends| !ends.is_empty()) else {
            return Ok(Polygon::new(LineString(positions), Vec::new()));
        };
        let mut rings = Vec::with_capacity(ends.len());
        let mut start = 0;
        for end in ends {
            let ring = usize::try_from(end).ok().and_then(|end| Some((end, positions.get(start..end)?)));
            let Some((end, ring)) = ring else {
                return Err(self.malformed("rings that end inside the geometry", &format!("an end at {end}")));
            };
            rings.push(LineString(ring.to_vec()));
            start = end;
        }
        let exterior = rings.remove(0);
        Ok(Polygon::new(exterior, rings))
    }

    fn positions(&self, geometry: &Geometry<'_>) -> Result<Vec<Coord<f64>>, DatasetError> {
        let bytes = geometry.xy().map_or(&[][..], |xy| xy.bytes());
        let (pairs, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(self.malformed("pairs of coordinates", "one without its twin"));
        }
        let number = |bytes: &[u8]| bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
        Ok(pairs.iter().map(|pair| Coord { x: number(&pair[..8]), y: number(&pair[8..]) }).collect())
    }
}

/// The properties of one feature, taken one after another in the order of the columns.
pub(super) struct Row<'f, 'a> {
    feature: &'f FeatureAt<'a>,
    columns: std::slice::Iter<'f, Column>,
    values: std::vec::IntoIter<Value<'a>>,
}

impl<'f, 'a> Row<'f, 'a> {
    /// The properties of a feature of a file that was opened with these columns.
    pub fn of(feature: &'f FeatureAt<'a>, columns: &'f [Column]) -> Result<Self, DatasetError> {
        Ok(Self { feature, columns: columns.iter(), values: feature.values()?.into_iter() })
    }

    /// Text, empty perhaps, that must be given.
    pub fn text(&mut self) -> Result<String, DatasetError> {
        self.word("text", |text| Some(text.to_owned()))
    }

    /// Text that may be missing.
    pub fn optional_text(&mut self) -> Result<Option<String>, DatasetError> {
        self.optional_word("text", |text| Some(text.to_owned()))
    }

    /// A word that must be given, and what it stands for.
    pub fn word<T>(&mut self, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, DatasetError> {
        let (column, value) = self.next();
        value.text().and_then(parse).ok_or_else(|| self.fault(column, expected, value))
    }

    /// A word that may be missing, and what it stands for.
    pub fn optional_word<T>(&mut self, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, DatasetError> {
        let (column, value) = self.next();
        match value {
            Value::None => Ok(None),
            _ => value.text().and_then(parse).map(Some).ok_or_else(|| self.fault(column, expected, value)),
        }
    }

    /// A whole number that may be missing.
    pub fn optional_whole<T: TryFrom<u32>>(&mut self) -> Result<Option<T>, DatasetError> {
        let (column, value) = self.next();
        match value {
            Value::None => Ok(None),
            Value::Whole(number) => T::try_from(number).map(Some).map_err(|_| self.fault(column, "a smaller number", value)),
            _ => Err(self.fault(column, "a whole number", value)),
        }
    }

    /// Where it is, by the next column and the geometry: both are there or neither.
    pub fn location(&mut self) -> Result<Option<Location>, DatasetError> {
        let precision = self.optional_word("a precision: exact, postcode or approximate", Precision::parse)?;
        match (self.feature.optional_point()?, precision) {
            (Some(point), Some(precision)) => Ok(Some(Location { point: Bng(point), precision })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.feature.malformed("a precision for its point", "none")),
            (None, Some(precision)) => Err(self.feature.malformed("a point", &format!("none, but the precision {}", precision.id()))),
        }
    }

    fn next(&mut self) -> (&'static str, Value<'a>) {
        let column = self.columns.next().map_or("", |(name, _)| name);
        (column, self.values.next().unwrap_or_default())
    }

    fn fault(&self, column: &str, expected: &str, found: Value<'_>) -> DatasetError {
        self.feature.malformed(&format!("{expected} as {column}"), &format!("{found:?}"))
    }
}

/// Takes the geometry out of the features that are not located, in a file just written without an index.
///
/// A table begins with the distance to its list of fields; a field whose place in that list is zero is not there.
pub(super) fn without_geometries(bytes: &mut [u8], located: &[bool]) -> Option<()> {
    let mut at = HEADER_START + prefixed(bytes, HEADER_START)?.len();
    for located in located {
        let length = prefixed(bytes, at)?.len();
        if !located {
            let feature = &mut bytes[at..at + length];
            let number = |feature: &[u8], at: usize| usize::try_from(u32::from_le_bytes(*feature.get(at..)?.first_chunk()?)).ok();
            let table = number(feature, 4)?.checked_add(4)?;
            let fields = table.checked_sub(number(feature, table)?)?;
            // The list's first two entries are sizes; the geometry is the first field.
            feature.get_mut(fields + 4..fields + 6)?.fill(0);
        }
        at += length;
    }
    Some(())
}

/// The next `N` bytes.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

/// A table with its four bytes of length, if all of it is there and it can hold a table at all.
fn prefixed(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let rest = bytes.get(at..)?;
    let length = usize::try_from(u32::from_le_bytes(*rest.first_chunk::<4>()?)).ok()?;
    if length < 8 { None } else { rest.get(..length.checked_add(4)?) }
}

fn malformed(file: &str, section: String, offset: usize, expected: &str, found: String) -> DatasetError {
    DatasetError::Malformed { file: file.to_owned(), section, offset: offset as u64, expected: expected.to_owned(), found }
}

/// The features of a file of points with these columns, some of them perhaps not located.
pub(super) fn points<'a>(file: &'a str, bytes: &'a [u8], columns: &[Column]) -> Result<Features<'a>, DatasetError> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    Features::open(file, bytes, GeometryType::Point, super::NATIONAL_GRID, &names)
}

//! A table of columns that are all given: whole numbers, numbers and texts, as roads and timetables are kept.
//!
//! Numbers that creep from row to row (positions, offsets) are written as their differences; those that repeat themselves
//! (classes, limits) as places in a dictionary. Either is read several times faster than it comes off a disk.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Encoding, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};

use super::DatasetError;
use super::columns::{self, GIVEN, append, decoded, malformed};

/// No more room is taken before rows have been seen: a number in a footer is no proof of them.
const ROWS_TRUSTED: usize = 1 << 20;
/// Rows that are decoded at a time.
const BATCH: usize = 1 << 16;
/// The most rows of a table: offsets among them must fit into a whole number of a column.
pub(super) const MOST_ROWS: usize = i32::MAX as usize;

/// One column with its values.
pub(super) enum Values {
    /// Whole numbers that creep from row to row.
    Whole(Vec<i32>),
    /// Whole numbers of which few are different.
    Repeated(Vec<i32>),
    /// Whole numbers too large for the others.
    Long(Vec<i64>),
    /// Numbers.
    Number(Vec<f64>),
    /// Numbers of single precision, NaN where none is given.
    Optional(Vec<f32>),
    /// Texts.
    Text(Vec<ByteArray>),
}

/// The Parquet file of a table; every column has as many values.
pub(super) fn write(file: &str, called: &str, table: &[(&str, Values)]) -> Result<Vec<u8>, DatasetError> {
    encode(called, table).map_err(|error| DatasetError::Unencodable { file: file.to_owned(), reason: error.to_string() })
}

fn encode(called: &str, table: &[(&str, Values)]) -> Result<Vec<u8>, ParquetError> {
    let mut properties = columns::properties().as_ref().clone().into_builder();
    let mut fields = Vec::with_capacity(table.len());
    for (name, values) in table {
        let (physical, repetition) = match values {
            Values::Whole(_) | Values::Repeated(_) => (PhysicalType::INT32, Repetition::REQUIRED),
            Values::Long(_) => (PhysicalType::INT64, Repetition::REQUIRED),
            Values::Number(_) => (PhysicalType::DOUBLE, Repetition::REQUIRED),
            Values::Optional(_) => (PhysicalType::FLOAT, Repetition::OPTIONAL),
            Values::Text(_) => (PhysicalType::BYTE_ARRAY, Repetition::REQUIRED),
        };
        if matches!(values, Values::Whole(_) | Values::Long(_)) {
            // The name as it is: in a path a dot would part it.
            let path = ColumnPath::new(vec![(*name).to_owned()]);
            properties = properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
        let text = matches!(values, Values::Text(_)).then_some(LogicalType::String);
        fields.push(Arc::new(Type::primitive_type_builder(name, physical).with_repetition(repetition).with_logical_type(text).build()?));
    }
    let schema = Type::group_type_builder(called).with_fields(fields).build()?;
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties.build()))?;
    let mut rows = writer.next_row_group()?;
    for (_, values) in table {
        match values {
            Values::Whole(values) | Values::Repeated(values) => append::<Int32Type>(&mut rows, values, None)?,
            Values::Long(values) => append::<Int64Type>(&mut rows, values, None)?,
            Values::Number(values) => append::<DoubleType>(&mut rows, values, None)?,
            Values::Optional(values) => {
                let given: Vec<i16> = values.iter().map(|value| if value.is_nan() { 0 } else { GIVEN }).collect();
                let values: Vec<f32> = values.iter().copied().filter(|value| !value.is_nan()).collect();
                append::<FloatType>(&mut rows, &values, Some(&given))?;
            }
            Values::Text(values) => append::<ByteArrayType>(&mut rows, values, None)?,
        }
    }
    rows.close()?;
    writer.into_inner()
}

/// A text for a column of texts.
pub(super) fn text(text: &str) -> ByteArray {
    ByteArray::from(text)
}

/// A table that has been opened.
pub(super) struct Table<'a> {
    file: &'a str,
    reader: SerializedFileReader<Bytes>,
    rows: usize,
}

impl<'a> Table<'a> {
    /// Opens a table and checks how many rows it has; `file` is how errors call it.
    pub fn open(file: &'a str, bytes: Bytes, expected: u64) -> Result<Self, DatasetError> {
        let length = bytes.len() as u64;
        let reader = columns::open(file, bytes)?;
        let metadata = reader.metadata();
        let rows = metadata.file_metadata().num_rows();
        if u64::try_from(rows) != Ok(expected) || metadata.num_row_groups() != 1 {
            let found = format!("{rows} in {} groups", metadata.num_row_groups());
            return Err(malformed(file, "footer", length, &format!("{expected} rows in 1 group"), found));
        }
        let Some(rows) = usize::try_from(rows).ok().filter(|rows| *rows <= MOST_ROWS) else {
            return Err(malformed(file, "footer", length, &format!("at most {MOST_ROWS} rows"), rows.to_string()));
        };
        Ok(Self { file, reader, rows })
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A column of whole numbers, each brought into the kind that is wanted.
    pub fn whole<T: TryFrom<i32>>(&self, name: &str) -> Result<Vec<T>, DatasetError> {
        self.mapped(name, |number| T::try_from(number).ok())
    }

    /// A column of whole numbers, each of which must mean something.
    pub fn mapped<T>(&self, name: &str, meaning: impl Fn(i32) -> Option<T>) -> Result<Vec<T>, DatasetError> {
        let mut read = Vec::with_capacity(self.rows.min(ROWS_TRUSTED));
        self.column::<Int32Type>(name, 0, |batch, _, row| {
            for (at, number) in batch.iter().enumerate() {
                match meaning(*number) {
                    Some(value) => read.push(value),
                    None => return Err(self.fault(name, Some(row + at), "a number that the column may hold", number.to_string())),
                }
            }
            Ok(())
        })?;
        Ok(read)
    }

    /// A column of long whole numbers.
    pub fn long(&self, name: &str) -> Result<Vec<i64>, DatasetError> {
        let mut read = Vec::with_capacity(self.rows.min(ROWS_TRUSTED));
        self.column::<Int64Type>(name, 0, |batch, _, _| {
            read.extend_from_slice(batch);
            Ok(())
        })?;
        Ok(read)
    }

    /// A column of numbers.
    pub fn number(&self, name: &str) -> Result<Vec<f64>, DatasetError> {
        let mut read = Vec::with_capacity(self.rows.min(ROWS_TRUSTED));
        self.column::<DoubleType>(name, 0, |batch, _, _| {
            read.extend_from_slice(batch);
            Ok(())
        })?;
        Ok(read)
    }

    /// A column of numbers of single precision, NaN where none is given.
    pub fn optional(&self, name: &str) -> Result<Vec<f32>, DatasetError> {
        let mut read = Vec::with_capacity(self.rows.min(ROWS_TRUSTED));
        self.column::<FloatType>(name, GIVEN, |batch, given, _| {
            let mut batch = batch.iter();
            read.extend(given.iter().map(|level| if *level == GIVEN { batch.next().copied().unwrap_or(f32::NAN) } else { f32::NAN }));
            Ok(())
        })?;
        Ok(read)
    }

    /// A column of texts.
    pub fn text(&self, name: &str) -> Result<Vec<String>, DatasetError> {
        let mut read = Vec::with_capacity(self.rows.min(ROWS_TRUSTED));
        self.column::<ByteArrayType>(name, 0, |batch, _, row| {
            for (at, bytes) in batch.iter().enumerate() {
                let text = str::from_utf8(bytes.data()).map_err(|error| self.fault(name, Some(row + at), "text in UTF-8", error.to_string()))?;
                read.push(text.to_owned());
            }
            Ok(())
        })?;
        Ok(read)
    }

    /// Reads a column batch by batch: `take` gets the values, which rows are given, and the first row's number.
    fn column<T: DataType>(
        &self,
        name: &str,
        level: i16,
        mut take: impl FnMut(&[T::T], &[i16], usize) -> Result<(), DatasetError>,
    ) -> Result<(), DatasetError> {
        let physical = T::get_physical_type();
        let place = self.place(name).ok_or_else(|| self.fault(name, None, "a column of the table", "none".to_owned()))?;
        let descriptor = self.reader.metadata().file_metadata().schema_descr().column(place);
        if descriptor.physical_type() != physical || descriptor.max_rep_level() != 0 || descriptor.max_def_level() != level {
            return Err(self.fault(name, None, &format!("a flat column of type {physical}"), descriptor.physical_type().to_string()));
        }
        let opened = decoded(|| Ok(get_typed_column_reader::<T>(self.reader.get_row_group(0)?.get_column_reader(place)?)));
        let mut column = opened.map_err(|error| self.fault(name, None, "a column", error.to_string()))?;
        let (mut values, mut given) = (Vec::new(), Vec::new());
        let mut row = 0;
        while row < self.rows {
            values.clear();
            given.clear();
            let wanted = BATCH.min(self.rows - row);
            let read = decoded(|| column.read_records(wanted, (level == GIVEN).then_some(&mut given), None, &mut values));
            let (records, _, _) = read.map_err(|error| self.fault(name, Some(row), "a row", error.to_string()))?;
            let whole = if level == GIVEN { given.len() == records } else { values.len() == records };
            if records == 0 || !whole {
                return Err(self.fault(name, Some(row), "a row", "the end of the column".to_owned()));
            }
            take(&values, &given, row)?;
            row += records;
        }
        Ok(())
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.reader.metadata().file_metadata().schema_descr().columns().iter().position(|column| column.path().parts() == [name])
    }

    /// An error that names a column of the table.
    pub fn fault(&self, name: &str, row: Option<usize>, expected: &str, found: String) -> DatasetError {
        let offset = self.place(name).and_then(|place| {
            let chunk = self.reader.metadata().row_groups().first()?.columns().get(place)?;
            u64::try_from(chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset())).ok()
        });
        let section = row.map_or_else(|| format!("column {name:?}"), |row| format!("column {name:?}, row {row}"));
        malformed(self.file, &section, offset.unwrap_or(0), expected, found)
    }
}

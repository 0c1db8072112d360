//! Figures as one wide Parquet table per area type: the code, then the columns of every series.
//!
//! A number that is not there is null, so that a spreadsheet or a data frame reads the table as it stands. Why it is
//! not there stands in a column of its own, and only where the reason is another than *not held*.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::DatasetError;
use super::columns::{self, GIVEN, append, malformed};
use super::manifest::{ColumnsEntry, KeyEntry};
use crate::model::area::Area;
use crate::model::measure::{FigureStatus, Figures, Series};

const CODE: &str = "code";

/// Names the columns of each series of one table, readable and no name twice.
pub(super) fn name_columns(series: &[&Series]) -> Vec<ColumnsEntry> {
    let mut taken: HashMap<String, u32> = HashMap::from([(CODE.to_owned(), 1)]);
    let mut unique = |name: String| {
        let mut candidate = name.clone();
        loop {
            let times = taken.entry(candidate.clone()).or_insert(0);
            *times += 1;
            if *times == 1 {
                return candidate;
            }
            candidate = format!("{name} ({times})");
        }
    };
    series
        .iter()
        .map(|series| {
            let heading = KeyEntry::of(series).heading();
            let figures = &series.figures;
            let reasons = figures.status.iter().any(|status| !matches!(status, FigureStatus::Present | FigureStatus::NotHeld));
            let mut part = |word: &str, there: bool| there.then(|| unique(format!("{heading} {word}")));
            let [status, lower, upper, count, denominator] = [
                part("status", reasons),
                part("lower", figures.lower.is_some()),
                part("upper", figures.upper.is_some()),
                part("count", figures.count.is_some()),
                part("denominator", figures.denominator.is_some()),
            ];
            ColumnsEntry { value: unique(heading), status, lower, upper, count, denominator }
        })
        .collect()
}

/// One column on its way into the table.
enum Column<'a> {
    Codes(&'a [Area]),
    Numbers(&'a [f64]),
    Statuses(&'a [FigureStatus]),
}

/// The Parquet file of one area type.
pub(super) fn write(name: &str, areas: &[Area], series: &[(&Series, &ColumnsEntry)]) -> Result<Vec<u8>, DatasetError> {
    encode(areas, series).map_err(|error| DatasetError::Unencodable { file: name.to_owned(), reason: error.to_string() })
}

fn encode(areas: &[Area], series: &[(&Series, &ColumnsEntry)]) -> Result<Vec<u8>, ParquetError> {
    let mut table: Vec<(&str, Column<'_>)> = vec![(CODE, Column::Codes(areas))];
    for (series, names) in series {
        let figures = &series.figures;
        table.push((&names.value, Column::Numbers(&figures.value)));
        if let Some(name) = &names.status {
            table.push((name, Column::Statuses(&figures.status)));
        }
        for (name, numbers) in
            [(&names.lower, &figures.lower), (&names.upper, &figures.upper), (&names.count, &figures.count), (&names.denominator, &figures.denominator)]
        {
            if let (Some(name), Some(numbers)) = (name, numbers) {
                table.push((name, Column::Numbers(numbers)));
            }
        }
    }
    let fields = table
        .iter()
        .map(|(name, column)| {
            let builder = match column {
                Column::Codes(_) => Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
                    .with_repetition(Repetition::REQUIRED)
                    .with_logical_type(Some(LogicalType::String)),
                Column::Numbers(_) => Type::primitive_type_builder(name, PhysicalType::DOUBLE).with_repetition(Repetition::OPTIONAL),
                Column::Statuses(_) => Type::primitive_type_builder(name, PhysicalType::INT32).with_repetition(Repetition::REQUIRED),
            };
            builder.build().map(Arc::new)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("figures").with_fields(fields).build()?;
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), columns::properties())?;
    let mut rows = writer.next_row_group()?;
    for (_, column) in &table {
        match column {
            Column::Codes(areas) => {
                let codes: Vec<ByteArray> = areas.iter().map(|area| ByteArray::from(area.code.as_str())).collect();
                append::<ByteArrayType>(&mut rows, &codes, None)?;
            }
            Column::Numbers(numbers) => {
                let given: Vec<i16> = numbers.iter().map(|number| if number.is_nan() { 0 } else { GIVEN }).collect();
                let numbers: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
                append::<DoubleType>(&mut rows, &numbers, Some(&given))?;
            }
            Column::Statuses(statuses) => {
                let numbers: Vec<i32> = statuses.iter().map(|status| number_of(*status)).collect();
                append::<Int32Type>(&mut rows, &numbers, None)?;
            }
        }
    }
    rows.close()?;
    writer.into_inner()
}

fn number_of(status: FigureStatus) -> i32 {
    FigureStatus::ALL.iter().position(|other| *other == status).and_then(|place| i32::try_from(place).ok()).unwrap_or(i32::MAX)
}

/// A Parquet file of figures, opened.
pub(super) struct Table<'a> {
    file: &'a str,
    reader: SerializedFileReader<Bytes>,
    places: HashMap<String, usize>,
    areas: usize,
}

impl<'a> Table<'a> {
    /// Opens the table and checks that its rows are the areas of the layer, in dataset order.
    pub fn open(file: &'a str, bytes: Bytes, areas: &[Area]) -> Result<Self, DatasetError> {
        let length = bytes.len() as u64;
        let reader = SerializedFileReader::new(bytes).map_err(|error| malformed(file, "footer", length, "a Parquet file", error.to_string()))?;
        let metadata = reader.metadata();
        let rows = metadata.file_metadata().num_rows();
        if usize::try_from(rows) != Ok(areas.len()) || metadata.num_row_groups() != 1 {
            let found = format!("{rows} in {} groups", metadata.num_row_groups());
            return Err(malformed(file, "footer", length, &format!("{} rows in 1 group", areas.len()), found));
        }
        let places = metadata.file_metadata().schema_descr().columns().iter().enumerate().map(|(place, column)| (column.path().string(), place)).collect();
        let table = Self { file, reader, places, areas: areas.len() };
        let (codes, _) = table.column::<ByteArrayType>(CODE, PhysicalType::BYTE_ARRAY)?;
        let matching = codes.len() == areas.len() && codes.iter().zip(areas).all(|(code, area)| code.data() == area.code.as_str().as_bytes());
        if matching { Ok(table) } else { Err(table.fault(CODE, "the codes of the area layer in order", "others".to_owned())) }
    }

    /// The figures of one series.
    pub fn figures(&self, names: &ColumnsEntry) -> Result<Figures, DatasetError> {
        let value = self.numbers(&names.value)?;
        let status = match &names.status {
            Some(name) => self.statuses(name)?,
            None => value.iter().map(|number| if number.is_nan() { FigureStatus::NotHeld } else { FigureStatus::Present }).collect(),
        };
        let optional = |name: &Option<String>| name.as_deref().map(|name| self.numbers(name)).transpose();
        Ok(Figures {
            value,
            status,
            lower: optional(&names.lower)?,
            upper: optional(&names.upper)?,
            count: optional(&names.count)?,
            denominator: optional(&names.denominator)?,
        })
    }

    fn numbers(&self, name: &str) -> Result<Vec<f64>, DatasetError> {
        let (values, given) = self.column::<DoubleType>(name, PhysicalType::DOUBLE)?;
        if values.len() == self.areas {
            return Ok(values);
        }
        let mut values = values.into_iter();
        let numbers: Vec<f64> = given.iter().map(|level| if *level == GIVEN { values.next().unwrap_or(f64::NAN) } else { f64::NAN }).collect();
        if numbers.len() == self.areas { Ok(numbers) } else { Err(self.fault(name, &format!("{} rows", self.areas), numbers.len().to_string())) }
    }

    fn statuses(&self, name: &str) -> Result<Vec<FigureStatus>, DatasetError> {
        let (values, _) = self.column::<Int32Type>(name, PhysicalType::INT32)?;
        if values.len() != self.areas {
            return Err(self.fault(name, &format!("{} rows", self.areas), values.len().to_string()));
        }
        let status = |number: &i32| usize::try_from(*number).ok().and_then(|place| FigureStatus::ALL.get(place).copied());
        values.iter().map(|number| status(number).ok_or_else(|| self.fault(name, "a status from 0 to 3", number.to_string()))).collect()
    }

    /// The values of a column and, where it is optional, which rows hold one.
    fn column<T: DataType>(&self, name: &str, physical: PhysicalType) -> Result<(Vec<T::T>, Vec<i16>), DatasetError> {
        let place = *self.places.get(name).ok_or_else(|| self.fault(name, "a column of the table", "none".to_owned()))?;
        let descriptor = self.reader.metadata().file_metadata().schema_descr().column(place);
        if descriptor.physical_type() != physical || descriptor.max_rep_level() != 0 || descriptor.max_def_level() > GIVEN {
            return Err(self.fault(name, &format!("a flat column of type {physical}"), format!("{}", descriptor.physical_type())));
        }
        let read = || -> Result<(Vec<T::T>, Vec<i16>), ParquetError> {
            let rows = self.reader.get_row_group(0)?;
            let mut column = get_typed_column_reader::<T>(rows.get_column_reader(place)?);
            let mut values = Vec::with_capacity(self.areas);
            let mut given = Vec::new();
            let optional = descriptor.max_def_level() == GIVEN;
            let mut rows_read = 0;
            while rows_read < self.areas {
                let (rows, _, _) = column.read_records(self.areas - rows_read, optional.then_some(&mut given), None, &mut values)?;
                if rows == 0 {
                    break;
                }
                rows_read += rows;
            }
            Ok((values, given))
        };
        read().map_err(|error| self.fault(name, &format!("a column of type {physical}"), error.to_string()))
    }

    fn fault(&self, column: &str, expected: &str, found: String) -> DatasetError {
        let offset = self.places.get(column).and_then(|place| {
            let chunk = self.reader.metadata().row_groups().first()?.columns().get(*place)?;
            u64::try_from(chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset())).ok()
        });
        malformed(self.file, &format!("column {column:?}"), offset.unwrap_or(0), expected, found)
    }
}

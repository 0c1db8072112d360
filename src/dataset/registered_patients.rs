//! A register as a long Parquet table: practice, area, patients, one row for every count.
//!
//! Codes stand in the table, so that a data frame joins it to the practices and areas; the model holds their positions.
//! No text is made of a row: a code is looked up as the bytes that the column's dictionary keeps once.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use parquet::column::reader::{ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::DatasetError;
use super::columns::{self, GIVEN, append, decoded, malformed};
use crate::model::area::Area;
use crate::model::organisation::Practice;
use crate::model::registered_patients::{PatientCount, RegisteredWith, Residence};

const PRACTICE: &str = "practice";
const AREA: &str = "area";
const PATIENTS: &str = "patients";
/// Stands in the column of areas for everything outside the edition; no area code is spelled so.
const OUTSIDE: &str = "OUTSIDE";
/// Stands in the column of areas where none is known.
const UNKNOWN: &str = "UNKNOWN";

/// Rows that are decoded at a time: their codes fit into a processor's nearer memory.
const BATCH: usize = 8192;
/// No more room is taken before rows have been seen: a number in a footer is no proof of them.
const ROWS_TRUSTED: usize = 1 << 20;

/// The Parquet file of a register over these practices and areas.
pub(super) fn write(name: &str, counts: &[PatientCount], practices: &[Practice], areas: &[Area]) -> Result<Vec<u8>, DatasetError> {
    encode(counts, practices, areas).map_err(|error| DatasetError::Unencodable { file: name.to_owned(), reason: error.to_string() })
}

fn encode(counts: &[PatientCount], practices: &[Practice], areas: &[Area]) -> Result<Vec<u8>, ParquetError> {
    let text = |name: &str, repetition| {
        Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY).with_repetition(repetition).with_logical_type(Some(LogicalType::String)).build()
    };
    let patients = Type::primitive_type_builder(PATIENTS, PhysicalType::INT32).with_repetition(Repetition::REQUIRED).build()?;
    let fields = vec![Arc::new(text(PRACTICE, Repetition::OPTIONAL)?), Arc::new(text(AREA, Repetition::REQUIRED)?), Arc::new(patients)];
    let schema = Type::group_type_builder("registered_patients").with_fields(fields).build()?;
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), columns::properties())?;
    let mut rows = writer.next_row_group()?;

    let missing = || ParquetError::General("a count names a practice or an area that is not there".to_owned());
    let codes: Vec<ByteArray> = practices.iter().map(|practice| ByteArray::from(practice.organisation.code.as_str())).collect();
    let mut with = Vec::with_capacity(counts.len());
    let mut given = Vec::with_capacity(counts.len());
    for count in counts {
        match count.with {
            RegisteredWith::Practice(position) => {
                with.push(codes.get(position as usize).ok_or_else(missing)?.clone());
                given.push(GIVEN);
            }
            RegisteredWith::OtherPractices => given.push(0),
        }
    }
    append::<ByteArrayType>(&mut rows, &with, Some(&given))?;
    drop((with, given));

    let codes: Vec<ByteArray> = areas.iter().map(|area| ByteArray::from(area.code.as_str())).collect();
    let (outside, unknown) = (ByteArray::from(OUTSIDE), ByteArray::from(UNKNOWN));
    let residence = |count: &PatientCount| match count.residence {
        Residence::Area(place) => codes.get(place as usize).cloned().ok_or_else(missing),
        Residence::Outside => Ok(outside.clone()),
        Residence::Unknown => Ok(unknown.clone()),
    };
    append::<ByteArrayType>(&mut rows, &counts.iter().map(residence).collect::<Result<Vec<_>, _>>()?, None)?;

    let patients = counts.iter().map(|count| i32::try_from(count.patients).map_err(|error| ParquetError::General(error.to_string())));
    append::<Int32Type>(&mut rows, &patients.collect::<Result<Vec<_>, _>>()?, None)?;
    rows.close()?;
    writer.into_inner()
}

/// The counts of a register over these practices and areas; `file` is how errors call it.
pub(super) fn read(file: &str, bytes: Bytes, expected: u64, practices: &[Practice], areas: &[Area]) -> Result<Vec<PatientCount>, DatasetError> {
    let length = bytes.len() as u64;
    let footer = |expected: &str, found: String| malformed(file, "footer", length, expected, found);
    let reader = columns::open(file, bytes)?;
    let metadata = reader.metadata();
    let rows = metadata.file_metadata().num_rows();
    if u64::try_from(rows) != Ok(expected) || metadata.num_row_groups() != 1 {
        return Err(footer(&format!("{expected} rows in 1 group"), format!("{rows} in {} groups", metadata.num_row_groups())));
    }
    let found: Vec<_> = metadata
        .file_metadata()
        .schema_descr()
        .columns()
        .iter()
        .map(|column| (column.path().string(), column.physical_type(), column.max_def_level(), column.max_rep_level()))
        .collect();
    let columns = [(PRACTICE, PhysicalType::BYTE_ARRAY, GIVEN), (AREA, PhysicalType::BYTE_ARRAY, 0), (PATIENTS, PhysicalType::INT32, 0)];
    if found != columns.map(|(name, physical, level)| (name.to_owned(), physical, level, 0)) {
        return Err(footer("columns practice, area and patients", format!("{found:?}")));
    }
    let group = reader.get_row_group(0).map_err(|error| footer("a row group", error.to_string()))?;
    let practices = Positions::of(practices.iter().map(|practice| practice.organisation.code.as_str()));
    let areas = Positions::of(areas.iter().map(|area| area.code.as_str()));
    Rows { file, group: group.as_ref() }.counts(usize::try_from(rows).unwrap_or(usize::MAX), practices, areas)
}

/// Positions by code, of a list sorted by code.
///
/// Rows are sorted as the list is, so the search for a code begins where the last one was found and takes doubled steps
/// from there: a table of hashes would be too large for the nearer memory.
struct Positions {
    codes: Vec<u128>,
    last: usize,
}

impl Positions {
    fn of<'a>(codes: impl Iterator<Item = &'a str>) -> Self {
        Self { codes: codes.map(|code| letters(code.as_bytes()).unwrap_or(u128::MAX)).collect(), last: 0 }
    }

    fn position(&mut self, code: &ByteArray) -> Option<u32> {
        let code = letters(code.data())?;
        let mut low = if *self.codes.get(self.last)? <= code { self.last } else { 0 };
        let mut step = 1;
        while self.codes.get(low + step).is_some_and(|other| *other <= code) {
            low += step;
            step *= 2;
        }
        let high = self.codes.len().min(low + step);
        let place = low + self.codes[low..high].binary_search(&code).ok()?;
        self.last = place;
        u32::try_from(place).ok()
    }
}

/// A code as one number, of the same order as the texts: its letters, then how many they are; none has more than fifteen.
fn letters(code: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes[15] = u8::try_from(code.len()).ok()?;
    bytes[..15].get_mut(..code.len())?.copy_from_slice(code);
    Some(u128::from_be_bytes(bytes))
}

/// One register while its rows are read.
struct Rows<'a> {
    file: &'a str,
    group: &'a dyn RowGroupReader,
}

impl Rows<'_> {
    fn counts(&self, rows: usize, mut practices: Positions, mut areas: Positions) -> Result<Vec<PatientCount>, DatasetError> {
        let mut practice = self.column::<ByteArrayType>(0)?;
        let mut area = self.column::<ByteArrayType>(1)?;
        let mut patients = self.column::<Int32Type>(2)?;
        let mut counts: Vec<PatientCount> = Vec::with_capacity(rows.min(ROWS_TRUSTED));
        while counts.len() < rows {
            let batch = BATCH.min(rows - counts.len());
            practice.fill(self, batch)?;
            area.fill(self, batch)?;
            patients.fill(self, batch)?;
            let mut codes = practice.values.iter();
            for place in 0..batch {
                let row = counts.len();
                let with = if practice.given[place] == GIVEN {
                    let code = codes.next().ok_or_else(|| self.fault(0, row, "a code", "none".to_owned()))?;
                    let position = practices.position(code);
                    RegisteredWith::Practice(position.ok_or_else(|| self.fault(0, row, "the code of a practice of the edition", told(code)))?)
                } else {
                    RegisteredWith::OtherPractices
                };
                let code = &area.values[place];
                let residence = match areas.position(code) {
                    Some(place) => Residence::Area(place),
                    None if code.data() == OUTSIDE.as_bytes() => Residence::Outside,
                    None if code.data() == UNKNOWN.as_bytes() => Residence::Unknown,
                    None => return Err(self.fault(1, row, "the code of an area of the layer, OUTSIDE or UNKNOWN", told(code))),
                };
                let number = patients.values[place];
                let patients = u32::try_from(number).map_err(|_| self.fault(2, row, "a number of patients", number.to_string()))?;
                // Told here and not only by the laws: rows that repeat themselves could be many more than there are bytes.
                let count = PatientCount { with, residence, patients };
                if counts.last().is_some_and(|last| (last.with, last.residence) >= (with, residence)) {
                    return Err(self.fault(1, row, "rows sorted by practice and area, no pair twice", told(code)));
                }
                counts.push(count);
            }
        }
        Ok(counts)
    }

    fn column<T: DataType>(&self, place: usize) -> Result<Column<T>, DatasetError> {
        let reader = decoded(|| self.group.get_column_reader(place)).map_err(|error| self.fault(place, 0, "a column", error.to_string()))?;
        Ok(Column { place, row: 0, reader: get_typed_column_reader(reader), values: Vec::new(), given: Vec::new() })
    }

    fn fault(&self, place: usize, row: usize, expected: &str, found: String) -> DatasetError {
        let chunk = self.group.metadata().column(place);
        let offset = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
        let section = format!("column {:?}, row {row}", [PRACTICE, AREA, PATIENTS][place]);
        malformed(self.file, &section, u64::try_from(offset).unwrap_or(0), expected, found)
    }
}

/// One column with the batch of it that is being read.
struct Column<T: DataType> {
    place: usize,
    row: usize,
    reader: ColumnReaderImpl<T>,
    values: Vec<T::T>,
    /// Which rows hold a value, where the column is optional.
    given: Vec<i16>,
}

impl<T: DataType> Column<T> {
    /// Brings in the next `batch` rows, all of them or an error.
    fn fill(&mut self, rows: &Rows<'_>, batch: usize) -> Result<(), DatasetError> {
        self.values.clear();
        self.given.clear();
        let mut read = 0;
        while read < batch {
            let given = (self.place == 0).then_some(&mut self.given);
            let records = decoded(|| self.reader.read_records(batch - read, given, None, &mut self.values));
            let records = records.map_err(|error| rows.fault(self.place, self.row + read, "a row", error.to_string()))?.0;
            if records == 0 {
                return Err(rows.fault(self.place, self.row + read, "a row", "the end of the column".to_owned()));
            }
            read += records;
        }
        self.row += batch;
        let whole = if self.place == 0 { self.given.len() == batch } else { self.values.len() == batch };
        if whole { Ok(()) } else { Err(rows.fault(self.place, self.row - batch, "as many values as rows", self.values.len().to_string())) }
    }
}

fn told(code: &ByteArray) -> String {
    format!("{:?}", String::from_utf8_lossy(&code.data()[..code.len().min(40)]))
}

#[cfg(test)]
mod tests {
    use geo_types::{MultiPolygon, Point};

    use super::*;
    use crate::model::area::{AreaCode, CentroidKind};
    use crate::model::crs::Bng;
    use crate::model::organisation::{OdsCode, Organisation, OrganisationStatus};

    fn practice(code: &str) -> Practice {
        let code = OdsCode::parse(code).unwrap();
        let status = OrganisationStatus::Active;
        let organisation = Organisation { code, name: String::new(), address: String::new(), postcode: None, status, location: None };
        Practice { organisation, list_size: None, pcn: None, commissioner: None, branches: vec![] }
    }

    fn area(code: &str) -> Area {
        Area {
            code: AreaCode::parse(code).unwrap(),
            name: String::new(),
            alias: None,
            parents: vec![],
            geometry: Bng(MultiPolygon(vec![])),
            centroid: Bng(Point::new(0.0, 0.0)),
            centroid_kind: CentroidKind::Geometric,
        }
    }

    /// Two batches and a bit, more practices and areas than one has rows for.
    fn register() -> (Vec<PatientCount>, Vec<Practice>, Vec<Area>) {
        let practices = (0..60).map(|n| practice(&format!("C{n:05}"))).collect();
        let areas = (0..300).map(|n| area(&format!("E{n:08}"))).collect();
        let with = (0..61).map(|n| if n < 60 { RegisteredWith::Practice(n) } else { RegisteredWith::OtherPractices });
        let residences = || (0..302).map(|n| if n < 300 { Residence::Area(n) } else { [Residence::Outside, Residence::Unknown][n as usize - 300] });
        let counts = with.flat_map(|with| residences().map(move |residence| PatientCount { with, residence, patients: 1 }));
        (counts.enumerate().filter(|(n, _)| n % 7 != 3).map(|(_, count)| count).collect(), practices, areas)
    }

    #[test]
    fn codes_on_disk_are_positions_in_memory() {
        let (counts, practices, areas) = register();
        assert!(counts.len() > BATCH);
        let bytes = Bytes::from(write("r", &counts, &practices, &areas).unwrap());
        assert_eq!(read("r", bytes.clone(), counts.len() as u64, &practices, &areas).unwrap(), counts);
        // With a practice and an area before the others every position is another, and every code the same.
        let later = ([practice("A00000")].into_iter().chain(practices).collect::<Vec<_>>(), [area("A00000000")].into_iter().chain(areas).collect::<Vec<_>>());
        let moved = read("r", bytes, counts.len() as u64, &later.0, &later.1).unwrap();
        assert_eq!((moved[0].with, moved[0].residence), (RegisteredWith::Practice(1), Residence::Area(1)));
    }

    #[test]
    fn a_code_that_is_not_of_the_edition_is_named_with_file_and_row() {
        let (counts, practices, areas) = register();
        let bytes = Bytes::from(write("r", &counts, &practices, &areas).unwrap());
        let refusal = |practices: &[Practice], areas: &[Area]| read("r.parquet", bytes.clone(), counts.len() as u64, practices, areas).unwrap_err().to_string();
        let error = refusal(&practices[..40], &areas);
        assert!(
            error.starts_with("r.parquet: column \"practice\", row 10354, byte 4: expected the code of a practice of the edition, found \"C00040\""),
            "{error}"
        );
        let error = refusal(&practices, &areas[..299]);
        let expected = "expected the code of an area of the layer, OUTSIDE or UNKNOWN, found \"E00000299\"";
        assert!(error.starts_with("r.parquet: column \"area\", row 256, byte") && error.ends_with(expected), "{error}");
    }

    #[test]
    fn rows_out_of_order_or_too_few_are_refused() {
        let (mut counts, practices, areas) = register();
        counts.swap(9000, 9001);
        let refusal = |counts: &[PatientCount], expected: usize| {
            let bytes = Bytes::from(write("r", counts, &practices, &areas).unwrap());
            read("r", bytes, expected as u64, &practices, &areas).unwrap_err().to_string()
        };
        let error = refusal(&counts, counts.len());
        assert!(error.contains("row 9001, byte") && error.contains("expected rows sorted by practice and area, no pair twice"), "{error}");
        assert!(refusal(&counts[..10], 11).contains("expected 11 rows in 1 group, found 10 in 1 groups"));
    }
}

//! What every Parquet table of a dataset has in common: how it is compressed, how a column is appended, how a fault is told.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedRowGroupWriter;

use super::DatasetError;

/// What every file says made it: no version and no time, because bytes are a function of the contents.
const CREATED_BY: &str = "needsmap";
/// A definition level: the column is optional and the number is there.
pub(super) const GIVEN: i16 = 1;

/// Room for the texts of a column that are kept once: those of England's areas are half a million bytes.
const DICTIONARY_BYTES: usize = 8 << 20;

/// How every table is written.
pub(super) fn properties() -> WriterPropertiesPtr {
    let properties = WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .build();
    Arc::new(properties)
}

/// Opens a table whose columns all lie inside the file; the library takes the footer's word for where they are.
pub(super) fn open(file: &str, bytes: Bytes) -> Result<SerializedFileReader<Bytes>, DatasetError> {
    let length = bytes.len() as u64;
    let footer = |expected: &str, found: String| malformed(file, "footer", length, expected, found);
    let reader = decoded(|| SerializedFileReader::new(bytes)).map_err(|error| footer("a Parquet file", error.to_string()))?;
    for chunk in reader.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let inside = |start: i64| {
            let end = u64::try_from(start).ok()?.checked_add(u64::try_from(chunk.compressed_size()).ok()?)?;
            (end <= length).then_some(())
        };
        let starts = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
        if inside(starts).is_none() || chunk.data_page_offset() < 0 || chunk.num_values() < 0 {
            let found = format!("{} bytes from byte {starts} on for {}", chunk.compressed_size(), chunk.column_path().string());
            return Err(footer(&format!("columns inside the file of {length} bytes"), found));
        }
    }
    Ok(reader)
}

/// What a decoder of the library reads; pages that contradict one another make it panic, which here is one more fault of the file.
pub(super) fn decoded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    // After a fault nothing of the reader is used again, so no half-changed state is ever seen.
    panic::catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| Err(ParquetError::General("pages that contradict one another".to_owned())))
}

/// The next column of a row group, whole; `given` tells which rows of an optional column hold a value.
pub(super) fn append<T: DataType>(rows: &mut SerializedRowGroupWriter<'_, Vec<u8>>, values: &[T::T], given: Option<&[i16]>) -> Result<(), ParquetError> {
    let mut column = rows.next_column()?.ok_or_else(|| ParquetError::General("the schema has fewer columns than the table".to_owned()))?;
    column.typed::<T>().write_batch(values, given, None)?;
    column.close()
}

/// An error that names a file, a section of it and the byte where that begins.
pub(super) fn malformed(file: &str, section: &str, offset: u64, expected: &str, found: String) -> DatasetError {
    DatasetError::Malformed { file: file.to_owned(), section: section.to_owned(), offset, expected: expected.to_owned(), found }
}

//! What every Parquet table of a dataset has in common: how it is compressed, how a column is appended, how a fault is told.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
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

//! What can be wrong with a dataset: always the file, and where in it.

use std::io;
use std::path::PathBuf;

/// Why a dataset was not read, or not written.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// A file is not there.
    #[error("{file}: expected a file of the dataset, found none")]
    Missing {
        /// The file.
        file: String,
    },
    /// A file is there but could not be read.
    #[error("{file}: could not be read")]
    Unreadable {
        /// The file.
        file: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// A file is shorter or longer than it was written.
    #[error("{file}: {section}, byte {offset}: expected a file of {expected} bytes, found {found}")]
    Length {
        /// The file.
        file: String,
        /// The block in which it ends, or should have ended.
        section: String,
        /// The byte from which on it differs.
        offset: u64,
        /// Its size by the manifest.
        expected: u64,
        /// Its size.
        found: u64,
    },
    /// The bytes of a file are not those that were written.
    #[error("{file}: {section}, from byte {offset}: damaged, expected checksum {expected:08x}, found {found:08x}")]
    Damaged {
        /// The file.
        file: String,
        /// The block that differs.
        section: String,
        /// Where that block begins.
        offset: u64,
        /// Its CRC-32 when it was written.
        expected: u32,
        /// Its CRC-32 now.
        found: u32,
    },
    /// The dataset was written by a later version of the program.
    #[error("{file}: expected dataset format version {known} or older, found {found}: a newer needsmap is needed to read it")]
    Newer {
        /// The manifest.
        file: String,
        /// The newest version this program reads.
        known: u32,
        /// The version of the dataset.
        found: u32,
    },
    /// The bytes are whole but do not say what a dataset must say there.
    #[error("{file}: {section}, byte {offset}: expected {expected}, found {found}")]
    Malformed {
        /// The file.
        file: String,
        /// The feature, column or member.
        section: String,
        /// The byte at which it stands.
        offset: u64,
        /// What was expected.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// An edition breaks one of its own laws, such as two areas with one code.
    #[error("edition {edition}: {part}: expected {expected}, found {found}")]
    Contradiction {
        /// The id of the edition.
        edition: String,
        /// The layer, series or place that breaks the law.
        part: String,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// The folder to be written holds something that is not part of a dataset.
    #[error("{folder}: expected a dataset, an empty folder or nothing, found {entry}: nothing was written", folder = folder.display())]
    Occupied {
        /// The folder.
        folder: PathBuf,
        /// The first thing in it that does not belong there.
        entry: String,
    },
    /// A file could not be made.
    #[error("{path}: could not be written", path = path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// A library could not put the contents into its format.
    #[error("{file}: could not be made: {reason}")]
    Unencodable {
        /// The file.
        file: String,
        /// What the library says.
        reason: String,
    },
}

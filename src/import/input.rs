//! One input file in memory: its name, its hash, and its bytes as a stream, unpacked where they are gzipped.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use encoding_rs::WINDOWS_1252;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::error::ImportError;

/// The largest file, packed or unpacked, that is read: a fuse against a gzip bomb, far above any publication.
const MOST_BYTES: u64 = 2 << 30;

/// Bytes as text: UTF-8 if they are that, else Windows-1252, in which every byte means something.
#[must_use]
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

/// A file as it was read, once: what is hashed is what is parsed.
pub struct Input {
    name: String,
    bytes: Vec<u8>,
    sha256: String,
}

impl Input {
    /// Reads a file whole and compares its hash where the recipe gives one.
    ///
    /// # Errors
    /// When it cannot be read, is larger than two gigabytes, or has another hash.
    pub fn read(path: &Path, expected_sha256: Option<&str>) -> Result<Self, ImportError> {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let unreadable = |cause| ImportError::Unreadable { path: path.to_owned(), cause };
        let mut bytes = Vec::new();
        File::open(path).map_err(unreadable)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(ImportError::WrongFormat { file: name, expected: "at most 2 GiB".into(), found: "more".into() });
        }
        let input = Self::from_bytes(&name, bytes);
        match expected_sha256 {
            Some(expected) if !expected.trim().eq_ignore_ascii_case(&input.sha256) => {
                Err(ImportError::WrongHash { file: name, expected: expected.trim().to_ascii_lowercase(), found: input.sha256 })
            }
            _ => Ok(input),
        }
    }

    /// A file from bytes that are already in memory.
    #[must_use]
    pub fn from_bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let sha256 = Sha256::digest(&bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self { name: name.to_owned(), bytes, sha256 }
    }

    /// Its name without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of its bytes as they lie on the disk, lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Its bytes as they lie on the disk.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its contents as text: UTF-8, else Windows-1252, which the older systems of the NHS write.
    ///
    /// # Errors
    /// When a gzipped file breaks off.
    pub fn text(&self) -> Result<String, ImportError> {
        let mut bytes = Vec::new();
        let broken = |cause: std::io::Error| ImportError::WrongFormat { file: self.name.clone(), expected: "a whole file".into(), found: cause.to_string() };
        self.stream().read_to_end(&mut bytes).map_err(broken)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|other| text_of(other.as_bytes()).into_owned()))
    }

    /// Its contents as a stream, unpacked if it is gzipped; the stream ends at two gigabytes.
    #[must_use]
    pub fn stream(&self) -> Box<dyn Read + '_> {
        if self.bytes.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(self.bytes.as_slice())).take(MOST_BYTES))
        } else {
            Box::new(self.bytes.as_slice())
        }
    }
}

//! The files of a feed, unpacked one at a time and never without end.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::import::error::ImportError;
use crate::import::input::Input;

/// The largest file that is unpacked: far above the timetable of any region.
const MOST_BYTES: u64 = 1 << 30;

/// How many times larger than packed a file may be, once it is larger than `UNSUSPECTED_BYTES`: tables of times pack to a tenth or a thirtieth.
const MOST_RATIO: u64 = 200;
const UNSUSPECTED_BYTES: u64 = 16 << 20;

/// A zip file of tables.
pub struct Feed<'i> {
    name: &'i str,
    archive: ZipArchive<Cursor<&'i [u8]>>,
    /// Position of each file by its name without folders: publishers pack the folder too.
    places: BTreeMap<String, usize>,
}

impl<'i> Feed<'i> {
    /// Opens a feed.
    ///
    /// # Errors
    /// When it is no zip file, or a broken one.
    pub fn open(input: &'i Input) -> Result<Self, ImportError> {
        let broken = |cause: zip::result::ZipError| ImportError::WrongFormat {
            file: input.name().into(),
            expected: "a timetable feed (a whole zip file of tables)".into(),
            found: cause.to_string(),
        };
        let archive = ZipArchive::new(Cursor::new(input.bytes())).map_err(broken)?;
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut depths: BTreeMap<String, usize> = BTreeMap::new();
        for place in 0..archive.len() {
            let Some(Ok(path)) = archive.name_for_index(place) else { continue };
            let mut folders = path.split(['/', '\\']).rev();
            let (name, depth) = (folders.next().unwrap_or_default().to_lowercase(), folders.count());
            // The file that lies least deep is meant: copies lie in folders of their own.
            if depths.get(&name).is_none_or(|earlier| depth < *earlier) {
                depths.insert(name.clone(), depth);
                places.insert(name, place);
            }
        }
        Ok(Self { name: input.name(), archive, places })
    }

    /// Whether there is a file of this name.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// A file that the feed may do without.
    ///
    /// # Errors
    /// When it breaks off, is packed in an unknown way, or is far larger than it pretends to be.
    pub fn file(&mut self, name: &str) -> Result<Option<Input>, ImportError> {
        let Some(&place) = self.places.get(name) else { return Ok(None) };
        let file = format!("{}, {name}", self.name);
        let wrong = |expected: &str, found: String| ImportError::WrongFormat { file: file.clone(), expected: expected.into(), found };
        let packed = self.archive.by_index(place).map_err(|cause| wrong("a file packed by deflation, or not at all", cause.to_string()))?;
        let most = packed.compressed_size().saturating_mul(MOST_RATIO).clamp(UNSUSPECTED_BYTES, MOST_BYTES);
        let mut bytes = Vec::new();
        packed.take(most + 1).read_to_end(&mut bytes).map_err(|cause| wrong("a whole file", cause.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(wrong(&format!("at most {most} bytes, as much as its packed size can mean"), "more".into()));
        }
        Ok(Some(Input::from_bytes(&file, bytes)))
    }

    /// A file without which nothing runs.
    ///
    /// # Errors
    /// As [`Feed::file`], and when it is not there.
    pub fn required(&mut self, name: &str) -> Result<Input, ImportError> {
        self.file(name)?.ok_or_else(|| self.lacks(name))
    }

    /// The error for a file that is not there.
    #[must_use]
    pub fn lacks(&self, name: &str) -> ImportError {
        const SHOWN: usize = 20;
        let names: Vec<&str> = self.places.keys().map(String::as_str).filter(|name| !name.is_empty()).take(SHOWN).collect();
        let found = if names.is_empty() { "no file".into() } else { names.join(", ") };
        ImportError::WrongFormat { file: self.name.into(), expected: format!("{name} in the feed"), found }
    }
}

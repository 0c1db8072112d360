//! The edition that a command works with: a folder's, or the one built into the program.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Context as _;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::dataset::{self, Location};
use crate::model::roads::SpeedTable;
use crate::store::Store;

/// The default edition, built into the program so that it works in any folder.
#[derive(RustEmbed)]
#[folder = "data/dataset"]
#[allow_missing = true]
struct DefaultEdition;

/// Which edition, and how fast one travels in it.
#[derive(Debug, clap::Args)]
pub struct EditionArguments {
    /// A folder that `needsmap import` wrote; the edition built into the program otherwise.
    #[arg(long)]
    dataset: Option<PathBuf>,
    /// A table of speeds of your own, like data/speeds.toml; the one built into the program otherwise.
    #[arg(long)]
    speeds: Option<PathBuf>,
}

impl EditionArguments {
    /// Reads the edition.
    ///
    /// # Errors
    /// When it or the table of speeds cannot be read, or it does not hang together.
    pub fn store(&self) -> anyhow::Result<Store> {
        let (location, manifest) = match &self.dataset {
            Some(folder) => (Location::Directory(folder), std::fs::read(folder.join(dataset::MANIFEST_FILE)).unwrap_or_default()),
            None => (Location::Embedded(embedded), embedded(dataset::MANIFEST_FILE).unwrap_or_default().into_owned()),
        };
        let edition = dataset::read(location).with_context(|| match &self.dataset {
            Some(folder) => format!("the dataset in {} cannot be served", folder.display()),
            None => "the edition built into this program cannot be served; name another with --dataset".to_owned(),
        })?;
        let (speeds, text) = speeds(self.speeds.as_deref())?;
        let store = Store::with_speeds(edition, speeds).context("the edition does not hang together")?;
        Ok(store.with_mark(&mark(&manifest, &text)))
    }
}

/// The operator's table of speeds with its text, or the one built into the program.
fn speeds(file: Option<&Path>) -> anyhow::Result<(SpeedTable, String)> {
    let Some(file) = file else { return Ok((dataset::default_speeds(), String::new())) };
    let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let text = std::fs::read_to_string(file).with_context(|| format!("--speeds: expected a readable file at {}", file.display()))?;
    let table = dataset::read_speeds(&text, &name).context("--speeds: the table of speeds cannot be used")?;
    Ok((table, text))
}

fn embedded(name: &str) -> Option<Cow<'static, [u8]>> {
    DefaultEdition::get(name).map(|file| file.data)
}

/// Changes when the edition's bytes, the table of speeds or the program do: the manifest holds the checksums of every other file, and a rebuilt
/// program is another file with another time.
fn mark(manifest: &[u8], speeds: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(manifest);
    hash.update(speeds);
    hash.update(env!("CARGO_PKG_VERSION"));
    if let Ok(about) = std::env::current_exe().and_then(std::fs::metadata) {
        hash.update(about.len().to_le_bytes());
        if let Some(since) = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()) {
            hash.update(since.as_nanos().to_le_bytes());
        }
    }
    let digits = hash.finalize().iter().take(4).fold(0, |digits: u32, byte| (digits << 8) | u32::from(*byte));
    format!("{digits:08x}")
}

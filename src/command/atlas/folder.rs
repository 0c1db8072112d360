//! The folder of an atlas: made beside its place, then moved there in one step; nothing that is not an atlas is ever replaced.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::record::RECORD_FILE;

/// A folder under construction; taken away again if it is not finished.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    made_at: PathBuf,
    previous: PathBuf,
}

impl Staging {
    /// Begins a folder that will stand at `out`.
    ///
    /// # Errors
    /// When `out` holds something else than an atlas, or the folder around it cannot be written to.
    pub fn begin(out: &Path) -> anyhow::Result<Self> {
        refuse_foreign(out)?;
        let name = out.file_name().with_context(|| format!("--out: expected the name of a folder, found {}", out.display()))?.to_string_lossy().into_owned();
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).with_context(|| format!("the folder {} could not be made", parent.display()))?;
        let beside = |ending: &str| parent.join(format!(".{name}.{ending}-{}", std::process::id()));
        let staging = Self { out: out.to_owned(), made_at: beside("making"), previous: beside("previous") };
        // A folder of that name is left from a program that ended before it was done.
        let _ = fs::remove_dir_all(&staging.made_at);
        fs::create_dir(&staging.made_at).with_context(|| format!("the folder {} could not be made", staging.made_at.display()))?;
        Ok(staging)
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        fs::write(self.made_at.join(name), bytes).with_context(|| format!("{name} could not be written"))
    }

    /// Puts the finished folder into its place.
    ///
    /// # Errors
    /// When the disk refuses; the earlier atlas is then back where it was.
    pub fn finish(self) -> anyhow::Result<()> {
        let refused = || format!("the atlas could not be put at {}", self.out.display());
        let replaces = self.out.exists();
        if replaces {
            fs::rename(&self.out, &self.previous).with_context(refused)?;
        }
        if let Err(error) = fs::rename(&self.made_at, &self.out) {
            if replaces {
                fs::rename(&self.previous, &self.out).with_context(refused)?;
            }
            return Err(error).with_context(refused);
        }
        if replaces {
            fs::remove_dir_all(&self.previous).with_context(|| format!("the earlier atlas at {} could not be removed", self.previous.display()))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.made_at);
    }
}

fn refuse_foreign(out: &Path) -> anyhow::Result<()> {
    if !out.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(out).with_context(|| format!("--out: expected a folder at {}", out.display()))?;
    let is_ours = out.join(RECORD_FILE).is_file();
    anyhow::ensure!(
        is_ours || entries.next().is_none(),
        "--out: expected an empty folder, an earlier atlas or nothing at {}, found a folder without {RECORD_FILE}; it was left as it is",
        out.display()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_atlas_is_replaced_as_a_whole_and_only_when_the_new_one_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("figures");
        let make = |file: &str| {
            let staging = Staging::begin(&out).unwrap();
            staging.write(RECORD_FILE, b"{}").unwrap();
            staging.write(file, b"new").unwrap();
            staging
        };
        make("1.svg").finish().unwrap();
        drop(make("2.svg"));
        assert!(out.join("1.svg").exists() && !out.join("2.svg").exists());
        make("3.svg").finish().unwrap();
        assert!(!out.join("1.svg").exists() && out.join("3.svg").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_folder_of_somebody_elses_is_refused_and_left() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("letter.txt"), "dear").unwrap();
        let refusal = Staging::begin(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("--out") && refusal.contains(RECORD_FILE), "{refusal}");
        assert!(folder.path().join("letter.txt").exists());
    }
}

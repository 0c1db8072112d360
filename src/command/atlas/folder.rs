//! The folder of an atlas: made beside its place, then moved there in one step; nothing that is not an atlas is ever replaced.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::record::Record;

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
    /// When the folder there has come to hold something else than an atlas, or the disk refuses; what was there is then where it was.
    pub fn finish(self) -> anyhow::Result<()> {
        let refused = || format!("the atlas could not be put at {}", self.out.display());
        // An atlas takes its time: somebody may have put a file there since.
        refuse_foreign(&self.out)?;
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

/// Refuses a folder that holds anything but an atlas: a file that its record does not name is somebody's, and would be lost.
fn refuse_foreign(out: &Path) -> anyhow::Result<()> {
    if !out.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(out).with_context(|| format!("--out: expected a folder at {}", out.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<Vec<_>>>();
    let mut names = names.with_context(|| format!("--out: the folder {} could not be read", out.display()))?;
    names.sort_unstable();
    let record = Record::read(out).ok();
    let is_ours = |name: &String| record.as_ref().is_some_and(|record| record.names(name) && out.join(name).is_file());
    if let Some(foreign) = names.iter().find(|name| !is_ours(name)) {
        let expected = format!("--out: expected an empty folder, an earlier atlas or nothing at {}", out.display());
        let why = if record.is_some() { "which is no file of the atlas there" } else { "and no record of an atlas" };
        anyhow::bail!("{expected}, found {foreign}, {why}; everything was left as it is");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::record::{RECORD_FILE, hash};
    use super::*;

    /// Begins an atlas of one file besides its record.
    fn begun(out: &Path, file: &str) -> Staging {
        let staging = Staging::begin(out).unwrap();
        let mut record = Record::new("Atlas", "wold-1", Vec::new(), Vec::new());
        record.files.insert(file.to_owned(), hash(b"new"));
        staging.write(RECORD_FILE, &record.to_bytes()).unwrap();
        staging.write(file, b"new").unwrap();
        staging
    }

    fn refused(out: &Path, foreign: &str) {
        let refusal = Staging::begin(out).unwrap_err().to_string();
        assert!(refusal.contains("--out") && refusal.contains(foreign) && refusal.contains("left as it is"), "{refusal}");
        assert!(out.join(foreign).exists());
        assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn an_earlier_atlas_is_replaced_as_a_whole_and_only_when_the_new_one_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("figures");
        begun(&out, "1.svg").finish().unwrap();
        drop(begun(&out, "2.svg"));
        assert!(out.join("1.svg").exists() && !out.join("2.svg").exists());
        begun(&out, "3.svg").finish().unwrap();
        assert!(!out.join("1.svg").exists() && out.join("3.svg").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_folder_of_somebody_elses_is_refused_and_left() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("letters");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("letter.txt"), "dear").unwrap();
        refused(&out, "letter.txt");
        for other in ["{}", "[]", "not a record", r#"{"format":"needsmap atlas"}"#] {
            fs::write(out.join(RECORD_FILE), other).unwrap();
            refused(&out, RECORD_FILE);
            assert_eq!(fs::read_to_string(out.join(RECORD_FILE)).unwrap(), other);
            assert!(out.join("letter.txt").exists());
        }
    }

    #[test]
    fn an_atlas_with_a_file_or_folder_that_somebody_put_there_is_refused_and_left() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("figures");
        begun(&out, "1.svg").finish().unwrap();
        fs::create_dir(out.join("drafts")).unwrap();
        refused(&out, "drafts");
        fs::remove_dir(out.join("drafts")).unwrap();
        fs::write(out.join("letter.docx"), "dear").unwrap();
        refused(&out, "letter.docx");
        assert!(out.join("1.svg").exists());
        fs::remove_file(out.join("letter.docx")).unwrap();
        let staging = begun(&out, "2.svg");
        fs::write(out.join("letter.docx"), "dear").unwrap();
        let refusal = staging.finish().unwrap_err().to_string();
        assert!(refusal.contains("letter.docx"), "{refusal}");
        refused(&out, "letter.docx");
        assert!(out.join("1.svg").exists() && !out.join("2.svg").exists());
    }
}

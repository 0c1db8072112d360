//! An edition takes another's place whole or not at all, and never that of somebody's own files.

use std::fs;

use needsmap::dataset::{DatasetError, Location, MANIFEST_FILE, read, write};

use super::editions::{hillshire, told};
use super::round_trip::files_of;

#[test]
fn a_new_edition_replaces_the_old_one_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    write(&hillshire(), &out).unwrap();
    let mut newer = hillshire();
    newer.places.clear();
    newer.title = "Hillshire after the floods".into();
    write(&newer, &out).unwrap();
    assert_eq!(told(&read(Location::Directory(&out)).unwrap()), told(&newer));
    assert!(!out.join("places.fgb").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_edition_that_breaks_a_law_leaves_the_old_one_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    write(&hillshire(), &out).unwrap();
    let before = files_of(&out);
    let mut unlawful = hillshire();
    unlawful.layers[0].areas.swap(0, 1);
    let error = write(&unlawful, &out).unwrap_err();
    insta::assert_snapshot!(error, @"edition hillshire-2022: lsoa11: expected areas sorted by code, no code twice, found E01000002 before E01000001");
    assert!(files_of(&out) == before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_disk_that_refuses_leaves_the_old_edition_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    write(&hillshire(), &out).unwrap();
    let before = files_of(&out);
    // A file where the staging folder must stand: the import cannot make a single file.
    fs::write(folder.path().join(".dataset.writing"), "in the way").unwrap();
    assert!(matches!(write(&hillshire(), &out), Err(DatasetError::Unwritable { .. })));
    assert!(files_of(&out) == before);
}

#[test]
fn what_a_killed_import_left_behind_is_put_right_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    write(&hillshire(), &out).unwrap();
    // Killed between the two renames: the old edition stands aside, a new one half made.
    fs::rename(&out, folder.path().join(".dataset.previous")).unwrap();
    fs::create_dir(folder.path().join(".dataset.writing")).unwrap();
    let mut unlawful = hillshire();
    unlawful.sources.clear();
    write(&unlawful, &out).unwrap_err();
    write(&hillshire(), &out).unwrap();
    assert_eq!(told(&read(Location::Directory(&out)).unwrap()), told(&hillshire()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plans");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("local plan.docx"), "years of work").unwrap();
    let error = write(&hillshire(), &out).unwrap_err();
    assert!(error.to_string().contains("found local plan.docx: nothing was written"), "{error}");
    assert!(out.join("local plan.docx").exists());

    fs::remove_file(out.join("local plan.docx")).unwrap();
    fs::write(out.join("roads.fgb"), "another program's").unwrap();
    assert!(matches!(write(&hillshire(), &out), Err(DatasetError::Occupied { .. })));
    fs::write(out.join(MANIFEST_FILE), "{\"name\": \"a web application\"}").unwrap();
    assert!(matches!(write(&hillshire(), &out), Err(DatasetError::Occupied { .. })));

    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(write(&hillshire(), &file), Err(DatasetError::Occupied { .. })));
}

#[test]
fn an_empty_folder_and_a_damaged_dataset_may_be_written_into() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    fs::create_dir(&out).unwrap();
    write(&hillshire(), &out).unwrap();
    let manifest = out.join(MANIFEST_FILE);
    let bytes = fs::read(&manifest).unwrap();
    fs::write(&manifest, &bytes[..200]).unwrap();
    write(&hillshire(), &out).unwrap();
    assert!(read(Location::Directory(&out)).is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_dataset_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("2022");
    write(&hillshire(), &out).unwrap();
    let link = folder.path().join("current");
    std::os::unix::fs::symlink(&out, &link).unwrap();
    write(&hillshire(), &link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(read(Location::Directory(&link)).is_ok());
}

//! A missing, cut, flipped or newer file is refused by name, section and offset; nothing makes the reader panic.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use needsmap::dataset::{DatasetError, Location, MANIFEST_FILE, read, write};
use needsmap::model::edition::Edition;
use proptest::prelude::*;

use super::editions::hillshire;
use super::round_trip::files_of;

fn written(folder: &Path) -> PathBuf {
    let out = folder.join("dataset");
    write(&hillshire(), &out).unwrap();
    out
}

fn refusal(out: &Path) -> DatasetError {
    read(Location::Directory(out)).map(|edition: Edition| edition.id).unwrap_err()
}

#[test]
fn every_file_that_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = written(folder.path());
    for (name, bytes) in files_of(&out) {
        fs::remove_file(out.join(&name)).unwrap();
        let DatasetError::Missing { file } = refusal(&out) else { panic!("{name} was not missed") };
        assert!(file.ends_with(&name));
        fs::write(out.join(&name), bytes).unwrap();
    }
    assert!(read(Location::Directory(&out)).is_ok());
    assert!(matches!(refusal(&folder.path().join("nowhere")), DatasetError::Missing { .. }));
}

#[test]
fn every_file_cut_short_or_grown_is_named_with_the_offset() {
    let folder = tempfile::tempdir().unwrap();
    let out = written(folder.path());
    for (name, bytes) in files_of(&out) {
        for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            fs::write(out.join(&name), &bytes[..length]).unwrap();
            let error = refusal(&out);
            match &error {
                DatasetError::Length { file, offset, expected, .. } => {
                    assert!(file.ends_with(&name) && *offset == length as u64 && *expected == bytes.len() as u64, "{error}");
                }
                DatasetError::Malformed { file, section, .. } => {
                    assert!(file.ends_with(MANIFEST_FILE) && name == MANIFEST_FILE && section == "checksum", "{error}");
                }
                other => panic!("{name} cut at {length}: {other}"),
            }
        }
        fs::write(out.join(&name), [bytes.as_slice(), b"\n"].concat()).unwrap();
        assert!(matches!(refusal(&out), DatasetError::Length { .. } | DatasetError::Malformed { .. }), "{name} grown");
        fs::write(out.join(&name), bytes).unwrap();
    }
}

#[test]
fn every_flipped_bit_is_noticed_and_its_file_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = written(folder.path());
    for (name, bytes) in files_of(&out) {
        // Every bit of the manifest's last lines, where its own checksum stands; elsewhere a bit in every 397 bytes.
        let ends = if name == MANIFEST_FILE { bytes.len().saturating_sub(40) * 8..bytes.len() * 8 } else { 0..0 };
        for bit in (0..bytes.len() * 8).step_by(397 * 8 + 1).chain(ends) {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            fs::write(out.join(&name), damaged).unwrap();
            let error = refusal(&out).to_string();
            assert!(error.contains(&name), "bit {bit} of {name}: {error}");
        }
        fs::write(out.join(&name), bytes).unwrap();
    }
}

#[test]
fn a_flipped_block_is_told_with_its_number_and_offset() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dataset");
    let mut edition = hillshire();
    edition.places = (0..2000).map(|n| needsmap::model::edition::Place { name: format!("Place {n}"), ..edition.places[0].clone() }).collect();
    write(&edition, &out).unwrap();
    let path = out.join("places.fgb");
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.len() > 3 * 65_536);
    for block in 0..bytes.len().div_ceil(65_536) {
        let mut damaged = bytes.clone();
        damaged[block * 65_536 + 77] ^= 0x80;
        fs::write(&path, damaged).unwrap();
        let DatasetError::Damaged { file, section, offset, .. } = refusal(&out) else { panic!("block {block} has another name") };
        assert_eq!((file, section, offset), (path.display().to_string(), format!("block {block}"), block as u64 * 65_536));
    }
}

#[test]
fn a_dataset_of_a_newer_program_is_refused_with_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    let out = written(folder.path());
    let path = out.join(MANIFEST_FILE);
    fs::write(&path, sealed(&fs::read_to_string(&path).unwrap().replace("\"format_version\": 3", "\"format_version\": 4"))).unwrap();
    let error = refusal(&out);
    assert!(matches!(error, DatasetError::Newer { known: 3, found: 4, .. }), "{error}");
    assert!(error.to_string().contains("manifest.json"));
    assert!(error.to_string().contains("version 3 or older, found 4"), "{error}");
}

#[test]
fn a_word_that_no_version_knows_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let out = written(folder.path());
    let path = out.join(MANIFEST_FILE);
    let manifest = fs::read_to_string(&path).unwrap();
    for (right, wrong) in [
        ("\"higher-is-worse\"", "\"sideways\""),
        ("\"area_type\": \"msoa11\"", "\"area_type\": \"wednesday\""),
        ("\"places.fgb\"", "\"../places.fgb\""),
        ("\"sex\": \"persons\"", "\"sex\": \"nobody\""),
        ("\"authority\": \"E07000001\"", "\"authority\": \"Hill\""),
        ("\"mode\": \"car\"", "\"mode\": \"broom\""),
        ("\"column\": \"code (2)\"", "\"column\": \"code\""),
        ("\"rows\": 5,\n      \"table\": \"roads-links.parquet\"", "\"rows\": 6,\n      \"table\": \"roads-links.parquet\""),
        ("\"rows\": 2,\n      \"table\": \"timetable-patterns.parquet\"", "\"rows\": 1,\n      \"table\": \"timetable-patterns.parquet\""),
    ] {
        fs::write(&path, sealed(&manifest.replacen(right, wrong, 1))).unwrap();
        let error = refusal(&out);
        assert!(matches!(error, DatasetError::Malformed { .. }), "{error}");
    }
}

/// The files of the county, written to a disk once.
static WHOLE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    files_of(&written(folder.path()))
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// A hostile twin: the file is changed and the manifest's checksums are made to fit.
    #[test]
    fn hostile_bytes_under_right_checksums_never_make_the_reader_panic(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        for (name, bytes) in WHOLE.iter() {
            fs::write(out.join(name), bytes).unwrap();
        }
        let files: Vec<_> = WHOLE.iter().filter(|(name, _)| **name != MANIFEST_FILE).collect();
        let (name, bytes) = file.get(&files);
        let mut bytes = (*bytes).clone();
        let length = bytes.len();
        let before = crc(&bytes);
        for (at, byte) in changes {
            let at = at.index(length);
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(length).max(1));
        }
        fs::write(out.join(name), &bytes).unwrap();
        let path = out.join(MANIFEST_FILE);
        let manifest = fs::read_to_string(&path).unwrap();
        let manifest = manifest.replacen(&before, &crc(&bytes), 1).replacen(&format!("\"bytes\": {length},"), &format!("\"bytes\": {},", bytes.len()), 1);
        fs::write(&path, sealed(&manifest)).unwrap();
        let _ = read(Location::Directory(out));
    }
}

fn crc(bytes: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(bytes))
}

/// The manifest with the checksum that its bytes call for.
fn sealed(manifest: &str) -> String {
    let body = &manifest[..manifest.rfind(",\n  \"checksum\"").unwrap()];
    format!("{body},\n  \"checksum\": \"{}\"\n}}\n", crc(body.as_bytes()))
}

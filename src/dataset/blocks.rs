//! Checksums of the files of a dataset, one per block, so that damage is found and named by its place.

use super::DatasetError;
use super::manifest::FileEntry;

/// Bytes under one checksum: small enough to say where, large enough to cost nothing.
pub(super) const BLOCK_BYTES: usize = 65_536;

/// The entry of the manifest for a file with these bytes.
pub(super) fn entry(name: &str, bytes: &[u8]) -> FileEntry {
    FileEntry {
        name: name.to_owned(),
        bytes: bytes.len() as u64,
        crc32: bytes.chunks(BLOCK_BYTES).map(|block| format!("{:08x}", crc32fast::hash(block))).collect(),
    }
}

/// Finds the first difference between a file and what the manifest says of it: its length, then its blocks in order.
pub(super) fn check(entry: &FileEntry, file: &str, bytes: &[u8]) -> Result<(), DatasetError> {
    length(entry, file, bytes.len() as u64)?;
    for (number, block) in bytes.chunks(BLOCK_BYTES).enumerate() {
        let offset = (number * BLOCK_BYTES) as u64;
        let section = format!("block {number}");
        let Some(expected) = entry.crc32.get(number).and_then(|text| u32::from_str_radix(text, 16).ok()) else {
            return Err(DatasetError::Malformed {
                file: file.to_owned(),
                section,
                offset,
                expected: "a checksum of eight hexadecimal digits in the manifest".to_owned(),
                found: "none".to_owned(),
            });
        };
        let found = crc32fast::hash(block);
        if found != expected {
            return Err(DatasetError::Damaged { file: file.to_owned(), section, offset, expected, found });
        }
    }
    Ok(())
}

/// Compares the size of a file with the manifest, before a byte of it is read.
pub(super) fn length(entry: &FileEntry, file: &str, found: u64) -> Result<(), DatasetError> {
    if found == entry.bytes {
        return Ok(());
    }
    let offset = found.min(entry.bytes);
    Err(DatasetError::Length { file: file.to_owned(), section: format!("block {}", offset / BLOCK_BYTES as u64), offset, expected: entry.bytes, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_found_in_its_block() {
        let bytes: Vec<u8> = (0..150_000_u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let entry = entry("a", &bytes);
        assert_eq!(entry.crc32.len(), 3);
        assert!(check(&entry, "a", &bytes).is_ok());
        for at in [0, 65_535, 65_536, 131_072, 149_999] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            let DatasetError::Damaged { section, offset, .. } = check(&entry, "a", &damaged).unwrap_err() else { panic!("damage at {at} has another name") };
            assert_eq!(section, format!("block {}", at / BLOCK_BYTES));
            assert_eq!(offset, (at / BLOCK_BYTES * BLOCK_BYTES) as u64);
        }
    }

    #[test]
    fn a_file_cut_short_or_grown_is_a_matter_of_length() {
        let bytes = vec![7_u8; 70_000];
        let entry = entry("a", &bytes);
        for cut in [0, 1, 65_536, 69_999] {
            let DatasetError::Length { offset, .. } = check(&entry, "a", &bytes[..cut]).unwrap_err() else { panic!("a cut at {cut} has another name") };
            assert_eq!(offset, cut as u64);
        }
        let grown = vec![7_u8; 70_001];
        assert!(matches!(check(&entry, "a", &grown), Err(DatasetError::Length { offset: 70_000, .. })));
    }
}

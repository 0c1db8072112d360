//! An OpenStreetMap extract in its binary form: blobs, their blocks, the nodes and ways of a block.
//!
//! Read by hand and not by a library, because nothing may be passed over: a file that breaks off after a blob's first byte,
//! an array that is shorter than its neighbour and a feature that changes what the numbers mean all stop the import.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;

use super::wire::{Broken, Deltas, Fields, Packed, signed};

/// The longest header of a blob, and the largest blob, packed or not, by the format's own rules.
const MOST_HEADER_BYTES: usize = 64 << 10;
const MOST_BLOB_BYTES: usize = 32 << 20;
/// What a file may require of its reader.
const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];
/// The other ways of packing a blob, by the number of the field that holds it.
const PACKINGS: [(u64, &str); 4] = [(4, "LZMA"), (5, "bzip2"), (6, "LZ4"), (7, "Zstandard")];

/// What is wrong with a file, and at which byte the blob begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub at: usize,
    /// What should have stood there.
    pub expected: &'static str,
    /// What stood there.
    pub found: String,
}

/// A packed block of nodes, ways or relations.
pub struct Blob<'a> {
    /// The byte of the file at which it begins.
    pub at: usize,
    message: &'a [u8],
}

/// The blobs with data of a file, once its header has been found to require nothing unknown.
///
/// # Errors
/// When it is no extract, breaks off, or requires a feature that is not known here.
pub fn blobs(bytes: &[u8]) -> Result<Vec<Blob<'_>>, Fault> {
    let mut blobs = Vec::new();
    let mut headed = false;
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let fault = |expected, found: &str| Fault { at, expected, found: found.to_owned() };
        let broken_off = || fault("an OpenStreetMap extract (.osm.pbf) to its end", "the end of the file within a blob");
        let not_one = |found: &str| fault("the header of a blob of an OpenStreetMap extract (.osm.pbf)", found);
        let (length, after) = rest.split_first_chunk::<4>().ok_or_else(broken_off)?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > MOST_HEADER_BYTES {
            return Err(not_one(&format!("a length of {length} bytes")));
        }
        let (header, after) = after.split_at_checked(length).ok_or_else(broken_off)?;
        let (kind, size) = blob_header(header).map_err(|Broken| not_one("other bytes"))?;
        let size = usize::try_from(size).ok().filter(|size| *size <= MOST_BLOB_BYTES);
        let size = size.ok_or_else(|| fault("a blob of at most 32 MiB", "a larger one"))?;
        let (message, after) = after.split_at_checked(size).ok_or_else(broken_off)?;
        let blob = Blob { at, message };
        match kind {
            b"OSMHeader" => {
                check_features(&blob)?;
                headed = true;
            }
            _ if !headed => return Err(fault("the header of an OpenStreetMap extract first", &format!("{:?}", String::from_utf8_lossy(kind)))),
            b"OSMData" => blobs.push(blob),
            // The format tells readers to skip what they do not know.
            _ => {}
        }
        rest = after;
    }
    if headed { Ok(blobs) } else { Err(Fault { at: 0, expected: "an OpenStreetMap extract (.osm.pbf)", found: "an empty file".to_owned() }) }
}

fn blob_header(header: &[u8]) -> Result<(&[u8], u64), Broken> {
    let (mut kind, mut size) = (None, None);
    for field in Fields(header) {
        match field? {
            (1, value) => kind = Some(value.bytes()?),
            (3, value) => size = Some(value.number()?),
            _ => {}
        }
    }
    kind.zip(size).ok_or(Broken)
}

fn check_features(blob: &Blob<'_>) -> Result<(), Fault> {
    let block = blob.unpack()?;
    for field in Fields(&block) {
        let (number, value) = field.map_err(|broken| blob.broken(broken))?;
        if number == 4 {
            let feature = String::from_utf8_lossy(value.bytes().map_err(|broken| blob.broken(broken))?);
            if !KNOWN_FEATURES.contains(&feature.as_ref()) {
                let found = format!("one that requires its reader to know {feature:?}");
                return Err(Fault { at: blob.at, expected: "an extract with OsmSchema-V0.6 and DenseNodes only", found });
            }
        }
    }
    Ok(())
}

impl Blob<'_> {
    /// Its block as it was before it was packed.
    ///
    /// # Errors
    /// When it is damaged, larger than it says, or packed in a way that is not known here.
    pub fn unpack(&self) -> Result<Cow<'_, [u8]>, Fault> {
        let (mut raw_size, mut plain, mut zlib) = (None, None, None);
        for field in Fields(self.message) {
            match field.map_err(|broken| self.broken(broken))? {
                (1, value) => plain = Some(value.bytes().map_err(|broken| self.broken(broken))?),
                (2, value) => raw_size = Some(value.number().map_err(|broken| self.broken(broken))?),
                (3, value) => zlib = Some(value.bytes().map_err(|broken| self.broken(broken))?),
                (number, _) => {
                    if let Some((_, name)) = PACKINGS.iter().find(|(field, _)| *field == number) {
                        return Err(Fault { at: self.at, expected: "a blob packed by zlib", found: format!("one packed by {name}") });
                    }
                }
            }
        }
        let fault = |expected, found: String| Fault { at: self.at, expected, found };
        if let Some(plain) = plain {
            return Ok(Cow::Borrowed(plain));
        }
        let (Some(zlib), Some(raw_size)) = (zlib, raw_size) else {
            return Err(fault("a blob with contents and their size", "one without".to_owned()));
        };
        let Some(size) = usize::try_from(raw_size).ok().filter(|size| *size <= MOST_BLOB_BYTES) else {
            return Err(fault("a blob of at most 32 MiB", format!("one of {raw_size} bytes")));
        };
        // Whatever the size says, no more room is taken than a blob of this many packed bytes can need.
        let mut block = Vec::with_capacity(size.min(zlib.len().saturating_mul(1032)));
        let read = ZlibDecoder::new(zlib).take(raw_size + 1).read_to_end(&mut block);
        read.map_err(|error| fault("a blob that can be unpacked", error.to_string()))?;
        if block.len() == size { Ok(Cow::Owned(block)) } else { Err(fault("a blob of the size that it names", format!("{} bytes for {size}", block.len()))) }
    }

    /// What to say of bytes that mean nothing.
    #[must_use]
    pub fn broken(&self, _: Broken) -> Fault {
        Fault { at: self.at, expected: "a whole blob of an OpenStreetMap extract", found: "bytes that contradict one another".to_owned() }
    }
}

/// A block that has been taken apart.
pub struct Block<'a> {
    strings: Vec<&'a [u8]>,
    groups: Vec<&'a [u8]>,
    granularity: i64,
    latitude_offset: i64,
    longitude_offset: i64,
}

/// A way as it stands in a block.
pub struct WayMessage<'a> {
    /// Its number.
    pub id: i64,
    keys: &'a [u8],
    values: &'a [u8],
    refs: &'a [u8],
}

/// A node with its place in ten-millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedNode {
    /// Its number.
    pub id: i64,
    /// East of Greenwich.
    pub longitude_e7: i32,
    /// North of the equator.
    pub latitude_e7: i32,
}

impl<'a> Block<'a> {
    /// Takes a block apart.
    ///
    /// # Errors
    /// When its bytes contradict one another.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Broken> {
        let mut block = Self { strings: Vec::new(), groups: Vec::new(), granularity: 100, latitude_offset: 0, longitude_offset: 0 };
        for field in Fields(bytes) {
            match field? {
                (1, value) => {
                    for string in Fields(value.bytes()?) {
                        if let (1, value) = string? {
                            block.strings.push(value.bytes()?);
                        }
                    }
                }
                (2, value) => block.groups.push(value.bytes()?),
                (17, value) => block.granularity = value.number()?.cast_signed(),
                (19, value) => block.latitude_offset = value.number()?.cast_signed(),
                (20, value) => block.longitude_offset = value.number()?.cast_signed(),
                _ => {}
            }
        }
        if (1..=1_000_000_000).contains(&block.granularity) { Ok(block) } else { Err(Broken) }
    }

    /// Whether it holds nodes.
    #[must_use]
    pub fn has_nodes(&self) -> bool {
        self.groups.iter().any(|group| Fields(group).any(|field| matches!(field, Ok((1 | 2, _)))))
    }

    /// Every way.
    ///
    /// # Errors
    /// When its bytes contradict one another.
    pub fn ways(&self, mut take: impl FnMut(&WayMessage<'a>) -> Result<(), Broken>) -> Result<(), Broken> {
        for group in &self.groups {
            for field in Fields(group) {
                let (3, value) = field? else { continue };
                let mut way = WayMessage { id: 0, keys: &[], values: &[], refs: &[] };
                for field in Fields(value.bytes()?) {
                    match field? {
                        (1, value) => way.id = value.number()?.cast_signed(),
                        (2, value) => way.keys = value.bytes()?,
                        (3, value) => way.values = value.bytes()?,
                        (8, value) => way.refs = value.bytes()?,
                        _ => {}
                    }
                }
                take(&way)?;
            }
        }
        Ok(())
    }

    /// Every node: `wanted` says whether its tags are worth gathering, and `take` gets those that are.
    ///
    /// # Errors
    /// When its bytes contradict one another: a node without a place, fewer places than nodes.
    pub fn nodes<W>(&self, mut wanted: impl FnMut(i64) -> Option<W>, mut take: impl FnMut(W, PlacedNode, &[(&'a str, &'a str)])) -> Result<(), Broken> {
        let mut tags = Vec::new();
        for group in &self.groups {
            for field in Fields(group) {
                match field? {
                    (1, value) => {
                        let (node, keys, values) = single_node(value.bytes()?)?;
                        if let Some(wanted) = wanted(node.0) {
                            self.tags_of(keys, values, &mut tags)?;
                            take(wanted, self.placed(node.0, node.1, node.2), &tags);
                        }
                    }
                    (2, value) => self.dense_nodes(value.bytes()?, &mut wanted, &mut take)?,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn dense_nodes<W>(
        &self,
        bytes: &'a [u8],
        wanted: &mut impl FnMut(i64) -> Option<W>,
        take: &mut impl FnMut(W, PlacedNode, &[(&'a str, &'a str)]),
    ) -> Result<(), Broken> {
        let [mut ids, mut latitudes, mut longitudes, mut tagged] = [&[][..]; 4];
        for field in Fields(bytes) {
            match field? {
                (1, value) => ids = value.bytes()?,
                (8, value) => latitudes = value.bytes()?,
                (9, value) => longitudes = value.bytes()?,
                (10, value) => tagged = value.bytes()?,
                _ => {}
            }
        }
        let (mut ids, mut latitudes, mut longitudes) = (Deltas::new(ids), Deltas::new(latitudes), Deltas::new(longitudes));
        let mut tagged = Packed(tagged);
        let mut tags = Vec::new();
        while let Some(id) = ids.number()? {
            let (latitude, longitude) = (latitudes.number()?.ok_or(Broken)?, longitudes.number()?.ok_or(Broken)?);
            let wanted = wanted(id);
            tags.clear();
            while let Some(key) = tagged.number()?.filter(|key| *key != 0) {
                let value = tagged.number()?.ok_or(Broken)?;
                if wanted.is_some() {
                    tags.push((self.string(key)?, self.string(value)?));
                }
            }
            if let Some(wanted) = wanted {
                take(wanted, self.placed(id, latitude, longitude), &tags);
            }
        }
        if latitudes.number()?.or(longitudes.number()?).is_some() { Err(Broken) } else { Ok(()) }
    }

    fn placed(&self, id: i64, latitude: i64, longitude: i64) -> PlacedNode {
        let degrees_e7 = |offset: i64, number: i64| {
            let nano = i128::from(offset) + i128::from(self.granularity) * i128::from(number);
            // A place beyond the poles or the date line stays one: it is told as outside later on.
            i32::try_from((nano + 50).div_euclid(100)).unwrap_or(i32::MAX)
        };
        PlacedNode { id, longitude_e7: degrees_e7(self.longitude_offset, longitude), latitude_e7: degrees_e7(self.latitude_offset, latitude) }
    }

    /// A text of the block; one that is not UTF-8 is an empty one, which no tag that matters has.
    fn string(&self, place: u64) -> Result<&'a str, Broken> {
        let bytes = usize::try_from(place).ok().and_then(|place| self.strings.get(place)).ok_or(Broken)?;
        Ok(str::from_utf8(bytes).unwrap_or_default())
    }

    fn tags_of(&self, keys: &[u8], values: &[u8], tags: &mut Vec<(&'a str, &'a str)>) -> Result<(), Broken> {
        tags.clear();
        let (mut keys, mut values) = (Packed(keys), Packed(values));
        while let Some(key) = keys.number()? {
            tags.push((self.string(key)?, self.string(values.number()?.ok_or(Broken)?)?));
        }
        Ok(())
    }

    /// The tags of a way, into a list that is used again and again.
    ///
    /// # Errors
    /// When a key has no value or no text.
    pub fn tags(&self, way: &WayMessage<'a>, tags: &mut Vec<(&'a str, &'a str)>) -> Result<(), Broken> {
        self.tags_of(way.keys, way.values, tags)
    }
}

impl<'a> WayMessage<'a> {
    /// How many nodes it names.
    #[must_use]
    pub fn length(&self) -> usize {
        Packed(self.refs).total()
    }

    /// The nodes it names.
    #[must_use]
    pub const fn refs(&self) -> Deltas<'a> {
        Deltas::new(self.refs)
    }
}

type SingleNode<'a> = ((i64, i64, i64), &'a [u8], &'a [u8]);

fn single_node(bytes: &[u8]) -> Result<SingleNode<'_>, Broken> {
    let (mut id, mut latitude, mut longitude, mut keys, mut values) = (None, None, None, &[][..], &[][..]);
    for field in Fields(bytes) {
        match field? {
            (1, value) => id = Some(signed(value.number()?)),
            (2, value) => keys = value.bytes()?,
            (3, value) => values = value.bytes()?,
            (8, value) => latitude = Some(signed(value.number()?)),
            (9, value) => longitude = Some(signed(value.number()?)),
            _ => {}
        }
    }
    let node = (id.ok_or(Broken)?, latitude.ok_or(Broken)?, longitude.ok_or(Broken)?);
    Ok((node, keys, values))
}

//! Writes extracts in OpenStreetMap's binary form, whole ones and ones that are wrong in one place.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use geo_types::Coord;
use needsmap::model::crs::lonlat_from_bng;

type Tags = Vec<(String, String)>;

/// An extract while it is made.
#[derive(Default)]
pub struct Drawing {
    nodes: Vec<(i64, i64, i64, Tags)>,
    ways: Vec<(i64, Vec<i64>, Tags)>,
}

fn tags(text: &str) -> Tags {
    text.split_whitespace().filter_map(|tag| tag.split_once('=')).map(|(key, value)| (key.to_owned(), value.replace('_', " ").replace('~', "_"))).collect()
}

impl Drawing {
    /// A node at metres of the National Grid; tags as `key=value`, with `_` for a space and `~` for `_`.
    pub fn node(&mut self, id: i64, easting: f64, northing: f64, text: &str) {
        let degrees = lonlat_from_bng(Coord { x: easting, y: northing }).unwrap();
        self.node_at(id, degrees.x, degrees.y, text);
    }

    /// A node at degrees.
    pub fn node_at(&mut self, id: i64, longitude: f64, latitude: f64, text: &str) {
        #[expect(clippy::cast_possible_truncation, reason = "degrees")]
        let e7 = |degrees: f64| (degrees * 1e7).round() as i64;
        self.nodes.push((id, e7(latitude), e7(longitude), tags(text)));
    }

    /// A way.
    pub fn way(&mut self, id: i64, nodes: &[i64], text: &str) {
        self.ways.push((id, nodes.to_vec(), tags(text)));
    }

    /// The whole extract: a header, a blob of nodes, a blob of ways.
    pub fn bytes(&self, packed: bool) -> Vec<u8> {
        [blob("OSMHeader", &header(&["OsmSchema-V0.6", "DenseNodes"]), packed), self.nodes_blob(packed), self.ways_blob(packed)].concat()
    }

    pub fn nodes_blob(&self, packed: bool) -> Vec<u8> {
        let mut strings = Strings::default();
        let (mut ids, mut latitudes, mut longitudes, mut tagged) = (Deltas::default(), Deltas::default(), Deltas::default(), Vec::new());
        for (id, latitude, longitude, tags) in &self.nodes {
            ids.push(*id);
            latitudes.push(*latitude);
            longitudes.push(*longitude);
            for (key, value) in tags {
                varint(&mut tagged, strings.place(key));
                varint(&mut tagged, strings.place(value));
            }
            varint(&mut tagged, 0);
        }
        let dense = [bytes_field(1, &ids.bytes), bytes_field(8, &latitudes.bytes), bytes_field(9, &longitudes.bytes), bytes_field(10, &tagged)].concat();
        blob("OSMData", &[bytes_field(1, &strings.table()), bytes_field(2, &bytes_field(2, &dense))].concat(), packed)
    }

    pub fn ways_blob(&self, packed: bool) -> Vec<u8> {
        let mut strings = Strings::default();
        let mut group = Vec::new();
        for (id, nodes, tags) in &self.ways {
            let (mut keys, mut values, mut refs) = (Vec::new(), Vec::new(), Deltas::default());
            for (key, value) in tags {
                varint(&mut keys, strings.place(key));
                varint(&mut values, strings.place(value));
            }
            for node in nodes {
                refs.push(*node);
            }
            let way = [number_field(1, id.cast_unsigned()), bytes_field(2, &keys), bytes_field(3, &values), bytes_field(8, &refs.bytes)].concat();
            group.extend(bytes_field(3, &way));
        }
        blob("OSMData", &[bytes_field(1, &strings.table()), bytes_field(2, &group)].concat(), packed)
    }
}

/// A header block that requires these features of its reader.
pub fn header(features: &[&str]) -> Vec<u8> {
    features.iter().flat_map(|feature| bytes_field(4, feature.as_bytes())).collect()
}

/// A blob with its header.
pub fn blob(kind: &str, block: &[u8], packed: bool) -> Vec<u8> {
    let contents = if packed {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(block).unwrap();
        [number_field(2, block.len() as u64), bytes_field(3, &zlib.finish().unwrap())].concat()
    } else {
        bytes_field(1, block)
    };
    blob_of(kind, &contents)
}

/// A blob with these bytes of a message.
pub fn blob_of(kind: &str, message: &[u8]) -> Vec<u8> {
    let header = [bytes_field(1, kind.as_bytes()), number_field(3, message.len() as u64)].concat();
    [&u32::try_from(header.len()).unwrap().to_be_bytes()[..], &header, message].concat()
}

pub fn bytes_field(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    varint(&mut out, number << 3 | 2);
    varint(&mut out, bytes.len() as u64);
    out.extend_from_slice(bytes);
    out
}

pub fn number_field(number: u64, value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    varint(&mut out, number << 3);
    varint(&mut out, value);
    out
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap());
}

#[derive(Default)]
struct Deltas {
    bytes: Vec<u8>,
    last: i64,
}

impl Deltas {
    fn push(&mut self, number: i64) {
        let step = number - self.last;
        varint(&mut self.bytes, (step << 1 ^ step >> 63).cast_unsigned());
        self.last = number;
    }
}

#[derive(Default)]
struct Strings(Vec<String>);

impl Strings {
    /// Where a text stands; place 0 is nobody's.
    fn place(&mut self, text: &str) -> u64 {
        let place = self.0.iter().position(|other| other == text).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        place as u64 + 1
    }

    fn table(&self) -> Vec<u8> {
        std::iter::once("").chain(self.0.iter().map(String::as_str)).flat_map(|text| bytes_field(1, text.as_bytes())).collect()
    }
}

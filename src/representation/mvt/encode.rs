//! The bytes of a tile: the few words of Protocol Buffers that Mapbox Vector Tiles use.

use std::collections::HashMap;

use geo_types::Coord;

use super::ring::Ring;
use super::{EXTENT, Value};

/// Version of the specification, its first number.
const VERSION: u64 = 2;

const VARINT: u64 = 0;
const BYTES: u64 = 2;

/// One layer while its features come in.
#[derive(Default)]
pub(super) struct Layer<'a> {
    features: Vec<u8>,
    keys: HashMap<&'a str, u32>,
    values: HashMap<Stored<'a>, u32>,
    key_bytes: Vec<u8>,
    value_bytes: Vec<u8>,
}

/// A value as the layer keeps it: equal bits are one value.
#[derive(PartialEq, Eq, Hash)]
enum Stored<'a> {
    Text(&'a str),
    Whole(i64),
    Number(u64),
}

/// The type of a feature's geometry.
#[derive(Clone, Copy)]
enum Kind {
    Point = 1,
    Polygon = 3,
}

/// What a geometry does next, and how often.
#[derive(Clone, Copy)]
enum Command {
    MoveTo = 1,
    LineTo = 2,
    ClosePath = 7,
}

impl<'a> Layer<'a> {
    /// Adds an area: exteriors, each followed by its holes; nothing when there are none.
    pub fn polygons(&mut self, id: u64, rings: &[Ring], properties: &'a [(&'a str, Value<'a>)]) {
        if rings.is_empty() {
            return;
        }
        let mut path = Path::default();
        for Ring(positions) in rings {
            path.command(Command::MoveTo, 1);
            path.to(positions[0]);
            path.command(Command::LineTo, positions.len() - 1);
            for position in &positions[1..] {
                path.to(*position);
            }
            path.command(Command::ClosePath, 1);
        }
        self.feature(id, Kind::Polygon, &path.bytes, properties);
    }

    /// Adds a place.
    pub fn point(&mut self, id: u64, at: Coord<i64>, properties: &'a [(&'a str, Value<'a>)]) {
        let mut path = Path::default();
        path.command(Command::MoveTo, 1);
        path.to(at);
        self.feature(id, Kind::Point, &path.bytes, properties);
    }

    /// The tile with this one layer; no bytes without features.
    pub fn into_tile(self, name: &str) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.key_bytes.len() + self.value_bytes.len() + name.len() + 16);
        number_field(&mut layer, 15, VERSION);
        bytes_field(&mut layer, 1, name.as_bytes());
        layer.extend_from_slice(&self.features);
        layer.extend_from_slice(&self.key_bytes);
        layer.extend_from_slice(&self.value_bytes);
        number_field(&mut layer, 5, u64::from(EXTENT));
        let mut tile = Vec::with_capacity(layer.len() + 8);
        bytes_field(&mut tile, 3, &layer);
        tile
    }

    fn feature(&mut self, id: u64, kind: Kind, geometry: &[u8], properties: &'a [(&'a str, Value<'a>)]) {
        let mut tags = Vec::with_capacity(4 * properties.len());
        for (key, value) in properties {
            varint(&mut tags, u64::from(self.key(key)));
            varint(&mut tags, u64::from(self.value(value)));
        }
        let mut feature = Vec::with_capacity(geometry.len() + tags.len() + 16);
        number_field(&mut feature, 1, id);
        if !tags.is_empty() {
            bytes_field(&mut feature, 2, &tags);
        }
        number_field(&mut feature, 3, kind as u64);
        bytes_field(&mut feature, 4, geometry);
        bytes_field(&mut self.features, 2, &feature);
    }

    fn key(&mut self, key: &'a str) -> u32 {
        let next = count(self.keys.len());
        *self.keys.entry(key).or_insert_with(|| {
            bytes_field(&mut self.key_bytes, 3, key.as_bytes());
            next
        })
    }

    fn value(&mut self, value: &Value<'a>) -> u32 {
        let next = count(self.values.len());
        let stored = match *value {
            Value::Text(text) => Stored::Text(text),
            Value::Whole(number) => Stored::Whole(number),
            Value::Number(number) => Stored::Number(number.to_bits()),
        };
        *self.values.entry(stored).or_insert_with(|| {
            let mut bytes = Vec::new();
            match *value {
                Value::Text(text) => bytes_field(&mut bytes, 1, text.as_bytes()),
                Value::Whole(number) => number_field(&mut bytes, 6, zigzag(number)),
                Value::Number(number) => {
                    // Wire type 1: eight bytes.
                    varint(&mut bytes, (3 << 3) | 1);
                    bytes.extend_from_slice(&number.to_le_bytes());
                }
            }
            bytes_field(&mut self.value_bytes, 4, &bytes);
            next
        })
    }
}

/// The commands of one feature's geometry; positions are told from the one before.
#[derive(Default)]
struct Path {
    bytes: Vec<u8>,
    x: i64,
    y: i64,
}

impl Path {
    fn command(&mut self, command: Command, times: usize) {
        varint(&mut self.bytes, (times as u64) << 3 | command as u64);
    }

    fn to(&mut self, at: Coord<i64>) {
        varint(&mut self.bytes, zigzag(at.x - self.x));
        varint(&mut self.bytes, zigzag(at.y - self.y));
        (self.x, self.y) = (at.x, at.y);
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a tile holds fewer values than there are areas in the country")
}

/// Small numbers of either sign as small numbers without one.
const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn number_field(bytes: &mut Vec<u8>, field: u64, number: u64) {
    varint(bytes, field << 3 | VARINT);
    varint(bytes, number);
}

fn bytes_field(bytes: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(bytes, field << 3 | BYTES);
    varint(bytes, content.len() as u64);
    bytes.extend_from_slice(content);
}

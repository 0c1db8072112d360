//! A small reader of Mapbox Vector Tiles, made from the specification alone.

use std::collections::BTreeMap;

/// One feature as a map would draw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    pub id: u64,
    pub properties: BTreeMap<String, String>,
    pub kind: u64,
    /// Rings without their closing position, or one single point.
    pub rings: Vec<Vec<(i64, i64)>>,
}

/// A tile with one layer.
#[derive(Debug, PartialEq)]
pub struct Tile {
    pub layer: String,
    pub version: u64,
    pub extent: u64,
    pub features: Vec<Feature>,
}

/// A field of a Protocol Buffers message.
enum Field<'a> {
    Number(u64),
    Fixed(u64),
    Bytes(&'a [u8]),
}

pub fn decode(tile: &[u8]) -> Tile {
    let layers: Vec<(u64, Field<'_>)> = fields(tile);
    let [(3, Field::Bytes(layer))] = layers.as_slice() else { panic!("a tile holds one layer") };
    let mut name = String::new();
    let (mut version, mut extent) = (1, 4096);
    let (mut keys, mut values, mut features) = (vec![], vec![], vec![]);
    for field in fields(layer) {
        match field {
            (1, Field::Bytes(bytes)) => name = text(bytes),
            (2, Field::Bytes(bytes)) => features.push(bytes),
            (3, Field::Bytes(bytes)) => keys.push(text(bytes)),
            (4, Field::Bytes(bytes)) => values.push(value(bytes)),
            (5, Field::Number(number)) => extent = number,
            (15, Field::Number(number)) => version = number,
            (other, _) => panic!("a layer has no field {other}"),
        }
    }
    let features = features.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect();
    Tile { layer: name, version, extent, features }
}

/// Twice the area of a ring, by the surveyor's formula in tile coordinates.
pub fn doubled_area(ring: &[(i64, i64)]) -> i64 {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()])).map(|((ax, ay), (bx, by))| ax * by - bx * ay).sum()
}

fn feature(bytes: &[u8], keys: &[String], values: &[String]) -> Feature {
    let mut feature = Feature { id: 0, properties: BTreeMap::new(), kind: 0, rings: vec![] };
    for field in fields(bytes) {
        match field {
            (1, Field::Number(number)) => feature.id = number,
            (2, Field::Bytes(tags)) => {
                let tags = numbers(tags);
                assert_eq!(tags.len() % 2, 0);
                feature.properties = tags.chunks(2).map(|pair| (keys[at(pair[0])].clone(), values[at(pair[1])].clone())).collect();
            }
            (3, Field::Number(number)) => feature.kind = number,
            (4, Field::Bytes(commands)) => feature.rings = rings(&numbers(commands)),
            (other, _) => panic!("a feature has no field {other}"),
        }
    }
    feature
}

fn rings(commands: &[u64]) -> Vec<Vec<(i64, i64)>> {
    let mut rings: Vec<Vec<(i64, i64)>> = vec![];
    let (mut x, mut y) = (0, 0);
    let mut rest = commands.iter();
    while let Some(command) = rest.next() {
        let (id, count) = (command & 7, command >> 3);
        assert!(count > 0, "a command that does nothing");
        for _ in 0..count {
            if id == 7 {
                break;
            }
            x += signed(*rest.next().unwrap());
            y += signed(*rest.next().unwrap());
            match id {
                1 => rings.push(vec![(x, y)]),
                2 => rings.last_mut().unwrap().push((x, y)),
                other => panic!("no command {other}"),
            }
        }
    }
    rings
}

fn value(bytes: &[u8]) -> String {
    match fields(bytes).as_slice() {
        [(1, Field::Bytes(bytes))] => text(bytes),
        [(3, Field::Fixed(bits))] => f64::from_bits(*bits).to_string(),
        [(6, Field::Number(number))] => signed(*number).to_string(),
        _ => panic!("a value has one field"),
    }
}

fn signed(number: u64) -> i64 {
    let half = i64::try_from(number >> 1).unwrap();
    if number & 1 == 1 { -half - 1 } else { half }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn at(number: u64) -> usize {
    usize::try_from(number).unwrap()
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = vec![];
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes));
    }
    numbers
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut fields = vec![];
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let content = match key & 7 {
            0 => Field::Number(varint(&mut bytes)),
            1 => {
                let (fixed, rest) = bytes.split_first_chunk::<8>().unwrap();
                bytes = rest;
                Field::Fixed(u64::from_le_bytes(*fixed))
            }
            2 => {
                let length = at(varint(&mut bytes));
                let (content, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(content)
            }
            other => panic!("no wire type {other}"),
        };
        fields.push((key >> 3, content));
    }
    fields
}

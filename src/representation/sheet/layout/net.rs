//! Shapes that share borders, as a net of arcs: each piece of border once, thinned once, so that neighbours keep meeting.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::project::{Vertex, points};
use crate::representation::sheet::PathPart;

/// How far a thinned line may lie from the true one, in tenths of a point.
const TOLERANCE: f64 = 1.5;

/// Rings of owners, before the net is made of them.
#[derive(Debug, Default)]
pub(super) struct Rings {
    rings: Vec<(u32, Vec<Vertex>)>,
}

impl Rings {
    /// Adds a ring of an owner.
    pub fn add(&mut self, owner: usize, ring: Vec<Vertex>) {
        self.rings.push((u32::try_from(owner).expect("a figure has fewer than 2^32 shapes"), ring));
    }
}

/// Arcs between the places where three or more borders meet, and who borders on each.
#[derive(Debug, Default)]
pub(super) struct Net {
    arcs: Vec<Vec<Vertex>>,
    /// Arc and owner, sorted; an arc that one owner goes along there and back is not among them.
    sides: Vec<(u32, u32)>,
}

/// Places are already spread; mixing them is enough.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_i32(&mut self, value: i32) {
        self.write_u64(u64::from(value.cast_unsigned()));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95).rotate_left(23);
    }
}

type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// The two places next to a place along every ring through it; the same place twice where borders meet.
type Beside = (Vertex, Vertex);

impl Net {
    /// The net of these rings.
    pub fn of(rings: &Rings) -> Self {
        let beside = neighbours(rings);
        let mut known: Quick<(Vertex, Vertex), u32> = Quick::default();
        let mut net = Self::default();
        for (owner, ring) in &rings.rings {
            for arc in cut(ring, &beside) {
                let (key, backwards) = key_of(&arc);
                let next = u32::try_from(net.arcs.len()).expect("a figure has fewer than 2^32 arcs");
                let id = *known.entry(key).or_insert(next);
                if id == next {
                    let mut arc = arc;
                    if backwards {
                        arc.reverse();
                    }
                    net.arcs.push(thinned(&arc));
                }
                net.sides.push((id, *owner));
            }
        }
        net.sides.sort_unstable();
        net.sides = odd(&net.sides);
        net
    }

    /// For each group of owners, the rings around all of its members together; `group` says whose an owner is.
    pub fn around(&self, groups: usize, group: impl Fn(usize) -> Option<usize>) -> Vec<Vec<Vec<Vertex>>> {
        let mut sides: Vec<(u32, u32)> = Vec::with_capacity(self.sides.len());
        for (arc, owner) in &self.sides {
            if let Some(group) = group(*owner as usize) {
                sides.push((u32::try_from(group).expect("fewer groups than owners"), *arc));
            }
        }
        sides.sort_unstable();
        let sides = odd(&sides);
        let mut all = vec![Vec::new(); groups];
        for chunk in sides.chunk_by(|a, b| a.0 == b.0) {
            all[chunk[0].0 as usize] = self.joined(chunk.iter().map(|(_, arc)| *arc as usize));
        }
        all
    }

    /// Every border once.
    pub fn borders(&self) -> Vec<PathPart> {
        let mut parts = Vec::new();
        let mut last = None;
        for (arc, _) in &self.sides {
            if last != Some(*arc) {
                line(&self.arcs[*arc as usize], &mut parts);
            }
            last = Some(*arc);
        }
        parts
    }

    /// Arcs joined end to end; every end meets another, for rings were all there was.
    fn joined(&self, arcs: impl Iterator<Item = usize>) -> Vec<Vec<Vertex>> {
        let arcs: Vec<&[Vertex]> = arcs.map(|arc| self.arcs[arc].as_slice()).collect();
        let mut ends: Quick<Vertex, Vec<u32>> = Quick::default();
        for (arc, number) in arcs.iter().zip(0..) {
            for end in [arc[0], arc[arc.len() - 1]] {
                ends.entry(end).or_default().push(number);
            }
        }
        let mut used = vec![false; arcs.len()];
        let mut rings = Vec::new();
        for first in 0..arcs.len() {
            if std::mem::replace(&mut used[first], true) {
                continue;
            }
            let mut ring = arcs[first].to_vec();
            while ring.first() != ring.last() {
                let end = ring[ring.len() - 1];
                let waiting = ends.entry(end).or_default();
                let Some(next) = std::iter::from_fn(|| waiting.pop()).find(|number| !used[*number as usize]) else { break };
                used[next as usize] = true;
                let arc = arcs[next as usize];
                if arc[0] == end {
                    ring.extend_from_slice(&arc[1..]);
                } else {
                    ring.extend(arc.iter().rev().skip(1));
                }
            }
            ring.pop();
            if ring.len() > 2 {
                rings.push(ring);
            }
        }
        rings
    }
}

/// What stands an odd number of times in a sorted list, once.
fn odd(sorted: &[(u32, u32)]) -> Vec<(u32, u32)> {
    sorted.chunk_by(|a, b| a == b).filter(|chunk| chunk.len() % 2 == 1).map(|chunk| chunk[0]).collect()
}

fn neighbours(rings: &Rings) -> Quick<Vertex, Beside> {
    let places = rings.rings.iter().map(|(_, ring)| ring.len()).sum::<usize>();
    let mut beside: Quick<Vertex, Beside> = Quick::with_capacity_and_hasher(places / 2, BuildHasherDefault::default());
    for (_, ring) in &rings.rings {
        let mut before = ring[ring.len() - 1];
        for (place, at) in ring.iter().enumerate() {
            let after = ring[(place + 1) % ring.len()];
            let pair = if before < after { (before, after) } else { (after, before) };
            beside
                .entry(*at)
                .and_modify(|held| {
                    if *held != pair {
                        *held = (*at, *at);
                    }
                })
                .or_insert(pair);
            before = *at;
        }
    }
    beside
}

/// A ring cut where borders meet; a ring on which none meet stays whole, from its least place, and ends where it begins.
fn cut(ring: &[Vertex], beside: &Quick<Vertex, Beside>) -> Vec<Vec<Vertex>> {
    let meets = |at: &Vertex| beside.get(at).is_none_or(|(a, b)| a == b);
    let turned = |start: usize| ring[start..].iter().chain(&ring[..=start]).copied();
    let Some(start) = ring.iter().position(meets) else {
        let least = (0..ring.len()).min_by_key(|place| ring[*place]).unwrap_or(0);
        return vec![turned(least).collect()];
    };
    let mut arcs = Vec::new();
    let mut arc: Vec<Vertex> = Vec::new();
    for at in turned(start) {
        arc.push(at);
        if arc.len() > 1 && meets(&at) {
            arcs.push(std::mem::replace(&mut arc, vec![at]));
        }
    }
    arcs
}

/// What an arc is known by, whichever way it is walked: an end and the place after it.
fn key_of(arc: &[Vertex]) -> ((Vertex, Vertex), bool) {
    let forwards = (arc[0], arc[1]);
    let backwards = (arc[arc.len() - 1], arc[arc.len() - 2]);
    if forwards <= backwards { (forwards, false) } else { (backwards, true) }
}

/// The arc without places that lie within the tolerance of the line without them (Douglas and Peucker).
fn thinned(arc: &[Vertex]) -> Vec<Vertex> {
    if arc.len() < 3 {
        return arc.to_vec();
    }
    let mut kept = vec![false; arc.len()];
    kept[0] = true;
    kept[arc.len() - 1] = true;
    let mut open = vec![(0, arc.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to).map(|place| (distance(arc[place], arc[from], arc[to]), place)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, place)) = farthest.filter(|(away, _)| *away > TOLERANCE * TOLERANCE) {
            kept[place] = true;
            open.push((from, place));
            open.push((place, to));
        }
    }
    arc.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(at, _)| *at).collect()
}

/// The square of the distance from a place to a stretch.
fn distance(at: Vertex, a: Vertex, b: Vertex) -> f64 {
    let (ax, ay) = (f64::from(a.0), f64::from(a.1));
    let (dx, dy) = (f64::from(b.0) - ax, f64::from(b.1) - ay);
    let (px, py) = (f64::from(at.0) - ax, f64::from(at.1) - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (ox, oy) = (px - along * dx, py - along * dy);
    ox * ox + oy * oy
}

/// Adds a line through these places to a path.
fn line(places: &[Vertex], parts: &mut Vec<PathPart>) {
    for (number, place) in places.iter().enumerate() {
        let (x, y) = points(*place);
        parts.push(if number == 0 { PathPart::Move(x, y) } else { PathPart::Line(x, y) });
    }
}

/// Rings as a path.
pub(super) fn path_of(rings: &[Vec<Vertex>]) -> Vec<PathPart> {
    let mut parts = Vec::with_capacity(rings.iter().map(|ring| ring.len() + 1).sum());
    for ring in rings {
        line(ring, &mut parts);
        parts.push(PathPart::Close);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: i32, y: i32) -> Vec<Vertex> {
        vec![(x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100)]
    }

    #[test]
    fn two_squares_side_by_side_have_one_outer_edge_and_seven_sides() {
        let mut rings = Rings::default();
        rings.add(0, square(0, 0));
        rings.add(1, square(100, 0));
        let net = Net::of(&rings);
        let together = net.around(1, |_| Some(0));
        assert_eq!(together[0].len(), 1);
        assert_eq!(together[0][0].len(), 6);
        let apart = net.around(2, Some);
        assert_eq!((apart[0].len(), apart[1].len()), (1, 1));
        assert_eq!(net.borders().iter().filter(|part| matches!(part, PathPart::Line(..))).count(), 7);
    }

    #[test]
    fn a_ring_around_another_keeps_its_hole_unless_both_are_one() {
        let mut rings = Rings::default();
        rings.add(0, vec![(0, 0), (300, 0), (300, 300), (0, 300)]);
        rings.add(0, square(100, 100));
        rings.add(1, square(100, 100));
        let net = Net::of(&rings);
        assert_eq!(net.around(2, Some)[0].len(), 2);
        assert_eq!(net.around(1, |_| Some(0))[0].len(), 1);
    }

    #[test]
    fn what_goes_there_and_back_leaves_no_trace() {
        let mut rings = Rings::default();
        let mut spiked = square(0, 0);
        spiked.extend([(0, 50), (-70, 50), (0, 50)]);
        rings.add(0, spiked);
        let net = Net::of(&rings);
        let ring = &net.around(1, |_| Some(0))[0];
        assert_eq!(ring.len(), 1);
        assert!(ring[0].iter().all(|(x, _)| *x >= 0), "{ring:?}");
    }
}

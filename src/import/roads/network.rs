//! Links and junctions in their order, built-up areas, and the part of the network that each mode can travel in.

use std::collections::HashMap;

use rayon::prelude::*;

use super::extract::Extract;
use super::simplify::{Cut, Segment};
use crate::model::roads::{Access, GridPoint, Link, MODES_ON_ROADS, NOT_IN_NETWORK, RoadClass, RoadNetwork};
use crate::model::travel::Mode;
use crate::routing::components::{largest, strongly_connected};
use crate::routing::order;

/// The side of the squares in which junctions are counted, centimetres: 500 m.
const SQUARE_CM: i32 = 50_000;
/// From so many junctions in its square on, a road without lamps, pavement or limit counts as built up: 32 to a square kilometre.
const DENSE_JUNCTIONS: u32 = 8;

/// How much of the network a mode can travel in.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reach {
    /// Junctions of the largest part.
    pub junctions: u32,
    /// The length of its links, metres.
    pub metres: f64,
    /// How many other parts there are.
    pub parts: u64,
    /// The length of links outside the largest part, metres.
    pub metres_apart: f64,
}

/// The network of cut ways, and how much of it each mode can travel in.
#[must_use]
pub fn network(extract: &Extract, cut: Cut) -> (RoadNetwork, [Reach; 3]) {
    let (junctions, renumbered) = numbered_along_a_curve(&cut.junctions);
    let (links, shape) = links(extract, &cut, &junctions, &renumbered);
    drop(cut);
    let mut roads = RoadNetwork { source: String::new(), junctions, links, shape, ranks: Default::default() };
    mark_built_up(&mut roads, extract);
    let parted: Vec<(Vec<u32>, Reach)> = MODES_ON_ROADS.into_par_iter().map(|mode| ranks(&roads, mode)).collect();
    let mut reach = [Reach::default(); 3];
    for (mode, (ranks, of_mode)) in parted.into_iter().enumerate() {
        roads.ranks[mode] = ranks;
        reach[mode] = of_mode;
    }
    (roads, reach)
}

/// Junctions in the order of a curve through the grid, and the new number of each: those near one another get near numbers,
/// which keeps files small and searches in a processor's nearer memory.
fn numbered_along_a_curve(junctions: &[GridPoint]) -> (Vec<GridPoint>, Vec<u32>) {
    let mut order: Vec<(u64, u32)> = junctions.iter().map(|point| place_on_curve(*point)).zip(0..).collect();
    order.par_sort_unstable();
    let mut renumbered = vec![0; junctions.len()];
    for (number, (_, before)) in (0..).zip(&order) {
        renumbered[*before as usize] = number;
    }
    (order.into_iter().map(|(_, before)| junctions[before as usize]).collect(), renumbered)
}

/// The bits of easting and northing in turn (the curve of Morton).
fn place_on_curve(point: GridPoint) -> u64 {
    let spread = |number: i32| {
        let mut bits = u64::from(number.cast_unsigned());
        for (shift, mask) in
            [(16, 0x0000_ffff_0000_ffff), (8, 0x00ff_00ff_00ff_00ff), (4, 0x0f0f_0f0f_0f0f_0f0f), (2, 0x3333_3333_3333_3333), (1, 0x5555_5555_5555_5555)]
        {
            bits = (bits | bits << shift) & mask;
        }
        bits
    };
    spread(point.easting_cm) | spread(point.northing_cm) << 1
}

fn links(extract: &Extract, cut: &Cut, junctions: &[GridPoint], renumbered: &[u32]) -> (Vec<Link>, Vec<GridPoint>) {
    let key = |segment: &Segment| (renumbered[segment.ends.0 as usize], renumbered[segment.ends.1 as usize], segment.way);
    let mut order: Vec<((u32, u32, u32), u32)> = cut.segments.iter().map(key).zip(0..).collect();
    // Ways are sorted by number, so their positions sort as their numbers do.
    order.par_sort_unstable();
    let mut shape = Vec::with_capacity(cut.points.len());
    let links = order.into_iter().map(|((tail, head, way), place)| {
        let segment = &cut.segments[place as usize];
        let way = &extract.ways[way as usize];
        let inner = &cut.points[segment.inner.0 as usize..segment.inner.1 as usize];
        let first_point = u32::try_from(shape.len()).expect("no more points than references");
        shape.extend_from_slice(inner);
        Link {
            tail,
            head,
            first_point,
            length_cm: segment.length_cm.unwrap_or_else(|| length_cm(junctions[tail as usize], inner, junctions[head as usize])),
            way: way.id,
            class: way.rules.class,
            urban: way.rules.urban.unwrap_or(false),
            roundabout: way.rules.roundabout,
            limit: way.rules.limit,
            access: segment.access.unwrap_or(way.rules.access),
        }
    });
    (links.collect(), shape)
}

/// The length on the ground of a line on the grid.
///
/// The grid is a projection: it shows lengths up to 0.04 % too short in the middle of the country and too long at its sides.
/// Each line is put right by the scale at its first point, which leaves less than 0.001 % for a road of ten kilometres.
fn length_cm(tail: GridPoint, inner: &[GridPoint], head: GridPoint) -> u32 {
    let mut before = tail;
    let mut centimetres = 0.0;
    for point in inner.iter().copied().chain([head]) {
        let east = f64::from(point.easting_cm - before.easting_cm);
        let north = f64::from(point.northing_cm - before.northing_cm);
        centimetres += east.hypot(north);
        before = point;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a length that a link may have")]
    let whole = (centimetres / scale(tail)).round().clamp(1.0, f64::from(i32::MAX)) as u32;
    whole
}

/// By how much the grid shows lengths longer than they are, here: smallest on the central meridian, growing with the square of the distance from it.
fn scale(point: GridPoint) -> f64 {
    const ON_THE_MERIDIAN: f64 = 0.999_601_271_7;
    const MERIDIAN_METRES: f64 = 400_000.0;
    const EARTH_RADIUS_METRES: f64 = 6_380_000.0;
    let off = (f64::from(point.easting_cm) / 100.0 - MERIDIAN_METRES) / EARTH_RADIUS_METRES;
    ON_THE_MERIDIAN * (1.0 + off * off / 2.0)
}

/// Marks links as built up whose tags do not tell, where many streets meet around their middle.
fn mark_built_up(roads: &mut RoadNetwork, extract: &Extract) {
    let street = |link: &Link| {
        let drives = link.access.allows(Mode::Car, true) || link.access.allows(Mode::Car, false);
        drives && !matches!(link.class, RoadClass::Service | RoadClass::Track | RoadClass::Ferry)
    };
    let mut meeting = vec![0_u8; roads.junctions.len()];
    for link in roads.links.iter().filter(|link| street(link)) {
        for end in [link.tail, link.head] {
            meeting[end as usize] = meeting[end as usize].saturating_add(1);
        }
    }
    let square = |point: GridPoint| (point.easting_cm / SQUARE_CM, point.northing_cm / SQUARE_CM);
    let mut crossings: HashMap<(i32, i32), u32> = HashMap::new();
    for (point, _) in roads.junctions.iter().zip(meeting).filter(|(_, streets)| *streets >= 3) {
        *crossings.entry(square(*point)).or_default() += 1;
    }
    let told = |way: i64| extract.ways.binary_search_by_key(&way, |way| way.id).is_ok_and(|place| extract.ways[place].rules.urban.is_some());
    for link in &mut roads.links {
        let (tail, head) = (roads.junctions[link.tail as usize], roads.junctions[link.head as usize]);
        let middle = GridPoint { easting_cm: tail.easting_cm.midpoint(head.easting_cm), northing_cm: tail.northing_cm.midpoint(head.northing_cm) };
        let dense = crossings.get(&square(middle)).is_some_and(|streets| *streets >= DENSE_JUNCTIONS);
        if dense && !link.urban && !told(link.way) {
            link.urban = true;
        }
    }
}

/// The ranks of the junctions in a mode's largest strongly connected part.
fn ranks(roads: &RoadNetwork, mode: Mode) -> (Vec<u32>, Reach) {
    let nodes = roads.junctions.len();
    let mut arcs = Vec::with_capacity(2 * roads.links.len());
    let mut joined = vec![false; nodes];
    for link in &roads.links {
        for (tail, head, forward) in [(link.tail, link.head, true), (link.head, link.tail, false)] {
            if link.access.allows(mode, forward) {
                arcs.push((tail, head));
                joined[tail as usize] = true;
                joined[head as usize] = true;
            }
        }
    }
    let parts = strongly_connected(nodes, &arcs);
    let Some(main) = largest(&parts, |node| joined[node]) else {
        return (vec![NOT_IN_NETWORK; nodes], Reach::default());
    };
    let inside: Vec<bool> = parts.iter().zip(&joined).map(|(part, joined)| *joined && *part == main).collect();
    let mut reach = Reach::default();
    for link in roads.links.iter().filter(|link| uses(link.access, mode)) {
        let metres = f64::from(link.length_cm) / 100.0;
        if inside[link.tail as usize] && inside[link.head as usize] { reach.metres += metres } else { reach.metres_apart += metres }
    }
    let mut others: Vec<u32> = parts.iter().zip(&joined).filter(|(part, joined)| **joined && **part != main).map(|(part, _)| *part).collect();
    others.sort_unstable();
    others.dedup();
    reach.parts = others.len() as u64;
    let members: Vec<u32> = (0..).zip(&inside).filter(|(_, inside)| **inside).map(|(junction, _)| junction).collect();
    reach.junctions = u32::try_from(members.len()).expect("junctions are counted in 32 bits");
    (contraction_ranks(&roads.junctions, &members, &arcs), reach)
}

/// The ranks in which the members of a network are contracted; every other junction is in none.
fn contraction_ranks(junctions: &[GridPoint], members: &[u32], arcs: &[(u32, u32)]) -> Vec<u32> {
    let mut ranks = vec![NOT_IN_NETWORK; junctions.len()];
    for (member, &junction) in (0..).zip(members) {
        ranks[junction as usize] = member;
    }
    let inner = |&(tail, head): &(u32, u32)| {
        let ends = (ranks[tail as usize], ranks[head as usize]);
        (ends.0 != NOT_IN_NETWORK && ends.1 != NOT_IN_NETWORK).then_some(ends)
    };
    let edges: Vec<(u32, u32)> = arcs.iter().filter_map(inner).collect();
    let points: Vec<[f32; 2]> = members.iter().map(|&junction| on_a_plane(junctions[junction as usize])).collect();
    for (&junction, rank) in members.iter().zip(order(&points, &edges)) {
        ranks[junction as usize] = rank;
    }
    ranks
}

/// A place as the ordering takes it: a metre more or less changes no order that matters.
#[allow(clippy::cast_precision_loss, reason = "half a metre in a thousand kilometres")]
fn on_a_plane(point: GridPoint) -> [f32; 2] {
    [point.easting_cm, point.northing_cm].map(|centimetres| (centimetres / 100) as f32)
}

fn uses(access: Access, mode: Mode) -> bool {
    access.allows(mode, true) || access.allows(mode, false)
}

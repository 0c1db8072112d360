//! Ways are cut into links at the nodes where they meet, end or are barred; nodes that the extract lacks cut them too.

use super::extract::{Extract, Place, Way};
use crate::model::roads::{Access, GridPoint, RoadClass};

/// No junction yet.
const NONE: u32 = u32::MAX;
/// How long the link through a barrier is, centimetres: long enough to be one.
const BARRIER_CM: u32 = 1;

/// A link before links are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Its first and last junction.
    pub ends: (u32, u32),
    /// Position of its way.
    pub way: u32,
    /// Where its inner points stand among all points that are left, from and to.
    pub inner: (u32, u32),
    /// Its length if it is not that of its points, centimetres.
    pub length_cm: Option<u32>,
    /// Who passes, if not whom its way lets through.
    pub access: Option<Access>,
}

/// Ways that have been cut.
pub struct Cut {
    /// Where junctions lie.
    pub junctions: Vec<GridPoint>,
    /// The pieces.
    pub segments: Vec<Segment>,
    /// The points of ways that are left.
    pub points: Vec<GridPoint>,
}

/// Cuts the ways of an extract, and counts what had to go.
#[must_use]
pub fn cut(extract: &mut Extract) -> Cut {
    let runs = Runs::of(extract);
    let Extract { ways, barriers, .. } = extract;
    let closed = |node: u32| barriers.get(&node).filter(|access| **access != Access(0b11_1111));

    // A node is a junction where two ends meet or a way passes twice: its uses are counted, an end as two.
    let mut uses = vec![0_u8; runs.places.len()];
    for run in &runs.list {
        let nodes = &runs.nodes[run.span()];
        for node in nodes.iter().chain([&nodes[0], &nodes[nodes.len() - 1]]) {
            uses[*node as usize] = uses[*node as usize].saturating_add(1);
        }
    }
    for node in barriers.keys().filter(|node| closed(**node).is_some()) {
        uses[*node as usize] = uses[*node as usize].saturating_add(2);
    }

    let mut made =
        Made { places: &runs.places, junction_of: vec![NONE; runs.places.len()], cut: Cut { junctions: Vec::new(), segments: Vec::new(), points: Vec::new() } };
    for run in &runs.list {
        let nodes = &runs.nodes[run.span()];
        let mut from = 0;
        for at in 1..nodes.len() {
            if uses[nodes[at] as usize] < 2 {
                continue;
            }
            if nodes[from] == nodes[at] {
                // A loop without a junction in between would begin where it ends: it gets one half way.
                let middle = from.midpoint(at);
                made.segment(run.way, &nodes[from..=middle], ways, &closed);
                made.segment(run.way, &nodes[middle..=at], ways, &closed);
            } else {
                made.segment(run.way, &nodes[from..=at], ways, &closed);
            }
            from = at;
        }
    }
    made.cut
}

/// What is left of ways: unbroken runs of nodes that have a place.
struct Runs {
    list: Vec<Run>,
    nodes: Vec<u32>,
    places: Vec<GridPoint>,
}

struct Run {
    way: u32,
    from: u32,
    to: u32,
}

impl Run {
    const fn span(&self) -> std::ops::Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl Runs {
    fn of(extract: &mut Extract) -> Self {
        let Extract { ways, refs, ids, places, tally, .. } = extract;
        let mut found = Self { list: Vec::with_capacity(ways.len()), nodes: Vec::with_capacity(refs.len()), places: Vec::with_capacity(places.len()) };
        let ends = ways.iter().skip(1).map(|way| way.first_ref as usize).chain([refs.len()]);
        for ((number, way), end) in (0..).zip(ways.iter()).zip(ends) {
            let before = found.list.len();
            let mut from = found.nodes.len();
            for &node in &refs[way.first_ref as usize..end] {
                match places[node as usize] {
                    Place::At(_) if found.nodes[from..].last() == Some(&node) => {}
                    Place::At(_) => found.nodes.push(node),
                    missing => {
                        match missing {
                            Place::Absent => tally.dangling.push((way.id, ids[node as usize])),
                            Place::Elsewhere(..) => tally.elsewhere += 1,
                            _ => tally.beyond += 1,
                        }
                        found.end_run(number, &mut from);
                    }
                }
            }
            found.end_run(number, &mut from);
            if found.list.len() == before {
                tally.nothing_left += 1;
                tally.ferries -= u64::from(way.rules.class == RoadClass::Ferry);
            }
        }
        found.places.extend(places.iter().map(|place| if let Place::At(point) = place { *point } else { GridPoint::default() }));
        found
    }

    /// Ends a run here; one node alone is none.
    fn end_run(&mut self, way: u32, from: &mut usize) {
        if self.nodes.len() - *from >= 2 {
            let position = |at: usize| u32::try_from(at).expect("no more nodes than references");
            self.list.push(Run { way, from: position(*from), to: position(self.nodes.len()) });
        } else {
            self.nodes.truncate(*from);
        }
        *from = self.nodes.len();
    }
}

/// Junctions and links while they are made.
struct Made<'a> {
    places: &'a [GridPoint],
    junction_of: Vec<u32>,
    cut: Cut,
}

impl Made<'_> {
    fn segment<'b>(&mut self, way: u32, nodes: &[u32], ways: &[Way], closed: &impl Fn(u32) -> Option<&'b Access>) {
        let (first, last) = (nodes[0], nodes[nodes.len() - 1]);
        let ends = (self.junction(first, way, ways, closed), self.junction(last, way, ways, closed));
        let points = &mut self.cut.points;
        let from = u32::try_from(points.len()).expect("no more points than references");
        points.extend(nodes[1..nodes.len() - 1].iter().map(|node| self.places[*node as usize]));
        let to = u32::try_from(points.len()).expect("no more points than references");
        self.cut.segments.push(Segment { ends, way, inner: (from, to), length_cm: None, access: None });
    }

    /// The junction at a node for one more piece of road; at a barrier each piece ends at one of its own, and the barrier lies between.
    fn junction<'b>(&mut self, node: u32, way: u32, ways: &[Way], closed: &impl Fn(u32) -> Option<&'b Access>) -> u32 {
        let there = self.junction_of[node as usize];
        let barrier = closed(node);
        if there != NONE && barrier.is_none() {
            return there;
        }
        let made = u32::try_from(self.cut.junctions.len()).expect("fewer junctions than references");
        self.cut.junctions.push(self.places[node as usize]);
        if there == NONE {
            self.junction_of[node as usize] = made;
        } else if let Some(passes) = barrier {
            // Whom neither the barrier nor the way behind it lets through has no business here.
            let both_ways = |access: Access| Access(access.0 | (access.0 & 0b01_0101) << 1 | (access.0 & 0b10_1010) >> 1);
            let access = Access(passes.0 & both_ways(ways[way as usize].rules.access).0);
            if !access.is_closed() {
                self.cut.segments.push(Segment { ends: (there, made), way, inner: (0, 0), length_cm: Some(BARRIER_CM), access: Some(access) });
            }
        }
        made
    }
}

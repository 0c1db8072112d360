//! The roads of an extract: ways in a first pass, and in a second the nodes that they name, each where it lies on the grid.

use std::collections::BTreeMap;

use geo_types::{Coord, Rect};
use rayon::prelude::*;

use super::barriers;
use super::findings::Tally;
use super::pbf::{self, Blob, Block, Fault, PlacedNode};
use super::tags::{self, Rules, Tags};
use super::wire::Broken;
use crate::model::crs::{Bng, bng_from_lonlat};
use crate::model::roads::{Access, GridPoint, RoadClass};

/// The most nodes of a way that is taken for one: OpenStreetMap itself allows 2,000.
pub const MOST_NODES_OF_A_WAY: usize = 100_000;

/// A road as it was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Its number.
    pub id: i64,
    /// Where its nodes begin among all references; they end where the next way's begin.
    pub first_ref: u32,
    /// What it is for travellers.
    pub rules: Rules,
}

/// Where a node lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The extract names it and does not hold it.
    Absent,
    /// Outside Great Britain, in ten-millionths of a degree east and north.
    Elsewhere(i32, i32),
    /// Farther from the edition than was asked for.
    Beyond,
    /// On the grid.
    At(GridPoint),
}

/// The roads of an extract with their nodes.
pub struct Extract {
    /// Ways, sorted by number, no number twice.
    pub ways: Vec<Way>,
    /// The nodes of all ways, as positions among `ids`.
    pub refs: Vec<u32>,
    /// The numbers of nodes that a way names, sorted.
    pub ids: Vec<i64>,
    /// Where each of them lies.
    pub places: Vec<Place>,
    /// Who passes the nodes that are barriers, by position.
    pub barriers: BTreeMap<u32, Access>,
    /// What was met on the way.
    pub tally: Tally,
}

/// Reads an extract; of a rectangle, only what lies in it.
///
/// # Errors
/// When the file is no extract or is damaged.
pub fn read(bytes: &[u8], within: Option<&Bng<Rect<f64>>>) -> Result<Extract, Fault> {
    let blobs = pbf::blobs(bytes)?;
    let read: Vec<WaysOfBlob> = blobs.par_iter().map(ways_of).collect::<Result<_, _>>()?;
    let with_nodes: Vec<&Blob<'_>> = blobs.iter().zip(&read).filter(|(_, read)| read.has_nodes).map(|(blob, _)| blob).collect();
    let (ways, refs, mut tally) = joined(read)?;

    // Every reference with its place among all, sorted by node: equal neighbours are one node.
    let mut sorted: Vec<(i64, u32)> = refs.into_iter().zip(0..).collect();
    sorted.par_sort_unstable();
    let mut ids: Vec<i64> = Vec::new();
    let mut refs = vec![0; sorted.len()];
    for (id, at) in sorted {
        if ids.last() != Some(&id) {
            ids.push(id);
        }
        refs[at as usize] = u32::try_from(ids.len() - 1).expect("fewer nodes than references");
    }

    let found: Vec<NodesOfBlob> = with_nodes.into_par_iter().map(|blob| nodes_of(blob, &ids, within)).collect::<Result<_, _>>()?;
    let mut places = vec![Place::Absent; ids.len()];
    let mut barriers = BTreeMap::new();
    for nodes in found {
        for (node, place) in nodes.places {
            places[node as usize] = place;
        }
        for (node, kind, access) in nodes.barriers {
            tally.barrier(&kind, access);
            barriers.insert(node, access);
        }
    }
    Ok(Extract { ways, refs, ids, places, barriers, tally })
}

struct WaysOfBlob {
    at: usize,
    has_nodes: bool,
    ways: Vec<Way>,
    refs: Vec<i64>,
    tally: Tally,
}

fn ways_of(blob: &Blob<'_>) -> Result<WaysOfBlob, Fault> {
    let bytes = blob.unpack()?;
    let block = Block::new(&bytes).map_err(|broken| blob.broken(broken))?;
    let mut read = WaysOfBlob { at: blob.at, has_nodes: block.has_nodes(), ways: Vec::new(), refs: Vec::new(), tally: Tally::default() };
    let mut tags = Vec::new();
    let ways = block.ways(|way| {
        block.tags(way, &mut tags)?;
        let tags = Tags(&tags);
        if !tags::may_be_road(&tags) {
            return Ok(());
        }
        read.tally.ways += 1;
        let rules = match tags::rules(&tags, |text| read.tally.unreadable_limit(text)) {
            Ok(rules) => rules,
            Err(dropped) => {
                *read.tally.dropped.entry(dropped).or_default() += 1;
                return Ok(());
            }
        };
        let length = way.length();
        if length > MOST_NODES_OF_A_WAY {
            read.tally.too_long.push((way.id, length));
            return Ok(());
        }
        if length < 2 {
            read.tally.short.push(way.id);
            return Ok(());
        }
        read.tally.ferries += u64::from(rules.class == RoadClass::Ferry);
        read.ways.push(Way { id: way.id, first_ref: u32::try_from(read.refs.len()).map_err(|_| Broken)?, rules });
        let mut refs = way.refs();
        while let Some(node) = refs.number()? {
            read.refs.push(node);
        }
        Ok(())
    });
    ways.map_err(|broken| blob.broken(broken))?;
    Ok(read)
}

/// The ways of all blobs one after the other, sorted by number; a way that stands twice is kept once.
fn joined(blobs: Vec<WaysOfBlob>) -> Result<(Vec<Way>, Vec<i64>, Tally), Fault> {
    let (mut ways, mut refs, mut tally) = (Vec::new(), Vec::new(), Tally::default());
    for blob in blobs {
        let too_many = |_| Fault { at: blob.at, expected: "roads with fewer than 4,294,967,296 nodes", found: "more".to_owned() };
        let first = u32::try_from(refs.len()).map_err(too_many)?;
        u32::try_from(refs.len() + blob.refs.len()).map_err(too_many)?;
        ways.extend(blob.ways.into_iter().map(|way| Way { first_ref: first + way.first_ref, ..way }));
        refs.extend(blob.refs);
        tally.add(blob.tally);
    }
    if ways.windows(2).all(|pair| pair[0].id < pair[1].id) {
        return Ok((ways, refs, tally));
    }
    let ends = ways.iter().skip(1).map(|way| way.first_ref as usize).chain([refs.len()]);
    let mut spans: Vec<(Way, usize)> = ways.iter().copied().zip(ends).collect();
    spans.sort_by_key(|(way, _)| way.id);
    let (mut in_order, mut refs_in_order): (Vec<Way>, Vec<i64>) = (Vec::with_capacity(ways.len()), Vec::with_capacity(refs.len()));
    for (way, end) in spans {
        if in_order.last().is_some_and(|last| last.id == way.id) {
            tally.twice += 1;
            continue;
        }
        in_order.push(Way { first_ref: u32::try_from(refs_in_order.len()).expect("no more than before"), ..way });
        refs_in_order.extend_from_slice(&refs[way.first_ref as usize..end]);
    }
    Ok((in_order, refs_in_order, tally))
}

struct NodesOfBlob {
    places: Vec<(u32, Place)>,
    barriers: Vec<(u32, String, Access)>,
}

fn nodes_of(blob: &Blob<'_>, ids: &[i64], within: Option<&Bng<Rect<f64>>>) -> Result<NodesOfBlob, Fault> {
    let bytes = blob.unpack()?;
    let block = Block::new(&bytes).map_err(|broken| blob.broken(broken))?;
    let mut found = NodesOfBlob { places: Vec::new(), barriers: Vec::new() };
    let mut finder = Finder { ids, at: 0 };
    let nodes = block.nodes(
        |id| finder.position(id),
        |position, node, tags| {
            found.places.push((position, place(node, within)));
            if let Some(access) = barriers::passage(&Tags(tags)) {
                found.barriers.push((position, Tags(tags).get("barrier").unwrap_or_default().to_owned(), access));
            }
        },
    );
    nodes.map_err(|broken| blob.broken(broken))?;
    Ok(found)
}

/// Finds nodes in the sorted list; as files are sorted by node, the next is mostly a few steps on.
struct Finder<'a> {
    ids: &'a [i64],
    at: usize,
}

impl Finder<'_> {
    fn position(&mut self, id: i64) -> Option<u32> {
        let mut low = if self.ids.get(self.at).is_some_and(|now| *now <= id) { self.at } else { 0 };
        let mut step = 1;
        while self.ids.get(low + step).is_some_and(|other| *other <= id) {
            low += step;
            step *= 2;
        }
        let high = self.ids.len().min(low + step);
        match self.ids[low..high].binary_search(&id) {
            Ok(place) => {
                self.at = low + place;
                u32::try_from(self.at).ok()
            }
            Err(place) => {
                self.at = (low + place).saturating_sub(1);
                None
            }
        }
    }
}

fn place(node: PlacedNode, within: Option<&Bng<Rect<f64>>>) -> Place {
    let degrees = Coord { x: f64::from(node.longitude_e7) * 1e-7, y: f64::from(node.latitude_e7) * 1e-7 };
    let Ok(Coord { x, y }) = bng_from_lonlat(degrees) else {
        return Place::Elsewhere(node.longitude_e7, node.latitude_e7);
    };
    if let Some(Bng(rect)) = within
        && !(rect.min().x <= x && x <= rect.max().x && rect.min().y <= y && y <= rect.max().y)
    {
        return Place::Beyond;
    }
    // At the grid's own edge rounding may not lead off it.
    let centimetres = |metres: f64, most: i32| {
        #[expect(clippy::cast_possible_truncation, reason = "OSTN15 gives at most 1,250 km")]
        let whole = (metres * 100.0).round() as i32;
        whole.clamp(0, most)
    };
    Place::At(GridPoint { easting_cm: centimetres(x, 70_000_000), northing_cm: centimetres(y, 125_000_000) })
}

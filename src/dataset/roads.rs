//! The road network as three Parquet tables: junctions with their ranks, links, and the inner points of all links.
//!
//! Everything is a whole number: centimetres of the National Grid, positions of junctions, the number of a class (its
//! place among the classes of the model), and one number of six bits that says who may use a link which way.

use bytes::Bytes;

use super::DatasetError;
use super::manifest::{RoadsEntry, TableEntry};
use super::table::{self, Table, Values};
use crate::model::roads::{Access, GridPoint, Link, NOT_IN_NETWORK, RoadClass, RoadNetwork};

const EASTING: &str = "easting_cm";
const NORTHING: &str = "northing_cm";
/// The ranks by mode, in the order of the model; -1 is outside the mode's network.
const RANKS: [&str; 3] = ["rank_car", "rank_walk", "rank_cycle"];

const TAIL: &str = "tail";
const HEAD: &str = "head";
const FIRST_POINT: &str = "first_point";
const LENGTH: &str = "length_cm";
const WAY: &str = "way";
const CLASS: &str = "class";
const URBAN: &str = "urban";
const ROUNDABOUT: &str = "roundabout";
const LIMIT: &str = "limit_tenths_kmh";
const ACCESS: &str = "access";

/// Puts the network's files with the others; the laws have found every number to fit into its column.
pub(super) fn write(roads: &RoadNetwork, files: &mut Vec<(String, Vec<u8>)>) -> Result<RoadsEntry, DatasetError> {
    let RoadNetwork { source, junctions, links, shape, ranks } = roads;
    let mut columns = positions(junctions);
    for (name, ranks) in RANKS.into_iter().zip(ranks) {
        columns.push((name, Values::Whole(ranks.iter().map(|rank| if *rank == NOT_IN_NETWORK { -1 } else { rank.cast_signed() }).collect())));
    }
    let mut put = |name: &str, rows: usize, columns: &[(&str, Values)]| -> Result<TableEntry, DatasetError> {
        files.push((name.to_owned(), table::write(name, "roads", columns)?));
        Ok(TableEntry { rows: rows as u64, table: name.to_owned() })
    };
    let junctions = put("roads-junctions.parquet", junctions.len(), &columns)?;
    let whole = |value: fn(&Link) -> u32| Values::Whole(links.iter().map(|link| value(link).cast_signed()).collect());
    let repeated = |value: fn(&Link) -> i32| Values::Repeated(links.iter().map(value).collect());
    let columns = [
        (TAIL, whole(|link| link.tail)),
        (HEAD, whole(|link| link.head)),
        (FIRST_POINT, whole(|link| link.first_point)),
        (LENGTH, whole(|link| link.length_cm)),
        (WAY, Values::Long(links.iter().map(|link| link.way).collect())),
        (CLASS, repeated(|link| link.class as i32)),
        (URBAN, repeated(|link| i32::from(link.urban))),
        (ROUNDABOUT, repeated(|link| i32::from(link.roundabout))),
        (LIMIT, repeated(|link| i32::from(link.limit))),
        (ACCESS, repeated(|link| i32::from(link.access.0))),
    ];
    let links = put("roads-links.parquet", links.len(), &columns)?;
    let shape = put("roads-shape.parquet", shape.len(), &positions(shape))?;
    Ok(RoadsEntry { source: source.clone(), junctions, links, shape })
}

fn positions(points: &[GridPoint]) -> Vec<(&'static str, Values)> {
    let eastings = points.iter().map(|point| point.easting_cm).collect();
    let northings = points.iter().map(|point| point.northing_cm).collect();
    vec![(EASTING, Values::Whole(eastings)), (NORTHING, Values::Whole(northings))]
}

/// Brings the network back; `bytes` gives a file by its name, and what errors call it.
pub(super) fn read(entry: RoadsEntry, bytes: impl Fn(&str) -> Result<(String, Bytes), DatasetError>) -> Result<RoadNetwork, DatasetError> {
    let (file, content) = bytes(&entry.junctions.table)?;
    let table = Table::open(&file, content, entry.junctions.rows)?;
    let junctions = points(&table)?;
    let rank = |number: i32| if number == -1 { Some(NOT_IN_NETWORK) } else { u32::try_from(number).ok() };
    let [car, walk, cycle] = RANKS.map(|name| table.mapped(name, rank));
    let ranks = [car?, walk?, cycle?];
    let (file, content) = bytes(&entry.links.table)?;
    let links = links(&Table::open(&file, content, entry.links.rows)?)?;
    let (file, content) = bytes(&entry.shape.table)?;
    let shape = points(&Table::open(&file, content, entry.shape.rows)?)?;
    Ok(RoadNetwork { source: entry.source, junctions, links, shape, ranks })
}

fn points(table: &Table<'_>) -> Result<Vec<GridPoint>, DatasetError> {
    let (eastings, northings) = (table.whole::<i32>(EASTING)?, table.whole::<i32>(NORTHING)?);
    Ok(eastings.into_iter().zip(northings).map(|(easting_cm, northing_cm)| GridPoint { easting_cm, northing_cm }).collect())
}

fn links(table: &Table<'_>) -> Result<Vec<Link>, DatasetError> {
    let flag = |number| match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    };
    let class = |number: i32| usize::try_from(number).ok().and_then(|place| RoadClass::ALL.get(place).copied());
    let (tails, heads) = (table.whole::<u32>(TAIL)?, table.whole::<u32>(HEAD)?);
    let (first_points, lengths) = (table.whole::<u32>(FIRST_POINT)?, table.whole::<u32>(LENGTH)?);
    let (ways, classes) = (table.long(WAY)?, table.mapped(CLASS, class)?);
    let (urban, roundabouts) = (table.mapped(URBAN, flag)?, table.mapped(ROUNDABOUT, flag)?);
    let (limits, access) = (table.whole::<u16>(LIMIT)?, table.whole::<u8>(ACCESS)?);
    let link = |at: usize| Link {
        tail: tails[at],
        head: heads[at],
        first_point: first_points[at],
        length_cm: lengths[at],
        way: ways[at],
        class: classes[at],
        urban: urban[at],
        roundabout: roundabouts[at],
        limit: limits[at],
        access: Access(access[at]),
    };
    Ok((0..table.rows()).map(link).collect())
}

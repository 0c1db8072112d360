//! OpenStreetMap's roads and paths, from an extract in the binary form (`.osm.pbf`) that every distributor offers.

use geo_types::Rect;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::Report;
use crate::import::roads::extract::{self, Extract, Place};
use crate::import::roads::pbf::Fault;
use crate::import::roads::{network, simplify};
use crate::model::crs::Bng;
use crate::model::roads::RoadNetwork;

/// Reads the road network of an extract; of a rectangle, only what lies in it. The source is still to be named.
///
/// # Errors
/// When the file is no extract, is damaged or breaks off, or holds no road in Great Britain (in the rectangle).
pub fn read(input: &Input, within: Option<&Bng<Rect<f64>>>, report: &mut Report) -> Result<RoadNetwork, ImportError> {
    let refuse = |expected: &str, found: String| ImportError::WrongFormat { file: input.name().to_owned(), expected: expected.to_owned(), found };
    let mut extract = extract::read(input.bytes(), within).map_err(|Fault { at, expected, found }| refuse(expected, format!("{found} (byte {at})")))?;
    let cut = simplify::cut(&mut extract);
    if cut.segments.is_empty() {
        return Err(refuse(if within.is_some() { "roads within reach of the edition" } else { "roads in Great Britain" }, without_roads(&extract)));
    }
    let (roads, reach) = network::network(&extract, cut);
    extract.tally.report(input.name(), &reach, report);
    Ok(roads)
}

/// Why nothing is left of an extract.
fn without_roads(extract: &Extract) -> String {
    if extract.ways.is_empty() {
        return format!("{} ways tagged as roads, none of which can be used", extract.tally.ways);
    }
    let elsewhere = extract.places.iter().find_map(|place| if let Place::Elsewhere(east, north) = place { Some((east, north)) } else { None });
    if let Some((east, north)) = elsewhere {
        return format!("an extract of another region, with a node at {:.4}, {:.4}", f64::from(*east) * 1e-7, f64::from(*north) * 1e-7);
    }
    if extract.places.contains(&Place::Beyond) { "only roads farther away".to_owned() } else { "no node of any road".to_owned() }
}

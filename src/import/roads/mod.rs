//! An OpenStreetMap extract becomes a road network: read in two passes, cut at junctions, put in order.
//!
//! 1. [`extract`]: first the ways that are roads, blob by blob, then only those nodes that they name. A node is a position
//!    in one sorted list, so that a country's nodes need neither a table of hashes nor room for those that no road names.
//! 2. [`simplify`]: ways are cut at the nodes where they meet, end or are barred; the nodes between stay as a link's shape.
//! 3. [`network`]: junctions are numbered along a curve that keeps neighbours together, links sorted, built-up areas told
//!    by how dense junctions are, and each mode's largest part found in which every junction is reached from every other.

pub mod barriers;
pub mod extract;
pub mod findings;
pub mod limits;
pub mod network;
pub mod pbf;
pub mod simplify;
pub mod tags;
pub mod wire;

//! A graph in, seconds out: orders, hierarchies, sweeps and bounded searches; knows no codes and no places.

mod contour;
mod cut;
mod field;
mod hierarchy;
mod lines;
mod metric;
mod order;
mod search;
mod sweep;

pub use hierarchy::{EdgeOfArc, Hierarchy};
pub use metric::{Cost, Edges, Metric, NO_WAY};
pub use order::order;
pub use search::Graph;
pub use sweep::{Ends, Routes, Selection, Way};
pub use contour::{Outline, Ring, Surface};
pub use field::{Field, LinkCosts};
pub use lines::{Lines, Nearest, Spot};

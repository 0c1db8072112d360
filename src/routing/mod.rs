//! A graph in, seconds out: orders, hierarchies, sweeps and bounded searches; knows no codes and no places.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "positions are counted in 32 bits, coordinates are centimetres of the National Grid in 32 bits, costs are whole numbers below 2^24: each fits the number it is cast to, and is compared exactly"
)]

pub mod components;
mod contour;
mod cut;
mod field;
mod hierarchy;
#[cfg(test)]
mod laws;
mod lines;
mod metric;
mod order;
pub mod raptor;
mod search;
mod sweep;

pub use contour::{Contours, Outline, Ring};
pub use field::{Field, LinkCosts, Part};
pub use hierarchy::{EdgeOfArc, Hierarchy};
pub use lines::{Lines, Nearest, Spot};
pub use metric::{Cost, Edges, Metric, NO_WAY};
pub use order::order;
pub use search::Graph;
pub use sweep::{Ends, Routes, Selection, Way};

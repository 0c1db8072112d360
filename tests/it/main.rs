//! What a client sees, as one crate whose tree is that of the program.

mod api;
mod client;
mod county;
mod dataset;
mod import;
mod program;
mod representation;
mod tidy;
mod truth;

//! What a client sees, as one crate whose tree is that of the program.

mod dataset;
mod representation;

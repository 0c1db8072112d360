//! Answers as bytes, read back by readers of our own that share no code with the writers.

mod decoded_tile;
mod mvt;
mod tables;

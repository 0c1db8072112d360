//! A graph in, seconds out: orders, hierarchies, sweeps and bounded searches; knows no codes and no places.

pub mod raptor;

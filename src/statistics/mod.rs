//! Numbers in, numbers out: intervals, quantiles, classes. Knows no areas and no measures.

pub mod classes;

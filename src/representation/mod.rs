//! Answers as bytes: looks nothing up, decides nothing, writes what it is given in the form that was asked for.

pub mod mvt;

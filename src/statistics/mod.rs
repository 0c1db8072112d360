//! Numbers in, numbers out: class breaks and quantiles. Knows no areas and no measures.

pub mod classes;
pub mod quantiles;

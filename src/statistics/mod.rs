//! Numbers in, numbers out: class breaks and quantiles.

pub mod classes;
pub mod quantiles;

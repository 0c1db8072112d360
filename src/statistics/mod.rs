//! Numbers in, numbers out: class breaks and quantiles.

pub mod quantiles;

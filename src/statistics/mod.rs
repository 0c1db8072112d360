//! Numbers in, numbers out: class breaks, quantiles and weighted figures. Knows no areas and no measures.

pub mod classes;
pub mod quantiles;
pub mod weighted;

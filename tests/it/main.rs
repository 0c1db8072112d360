//! What a client sees, as one crate whose tree is that of the program.

#![expect(clippy::float_cmp, reason = "figures are copied, not computed: they must be the very same numbers")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod api;
mod atlas;
mod catchments;
mod client;
mod county;
mod dataset;
mod import;
mod journeys;
mod made_up_figure;
mod program;
mod representation;
mod roads;
mod tidy;
mod truth;

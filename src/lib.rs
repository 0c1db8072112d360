//! needsmap: official files become one dataset; the dataset becomes a store; questions are asked of the store; answers are represented; the server carries them.

pub mod model;

pub mod statistics;

pub mod routing;

pub mod dataset;

pub mod import;

pub mod store;

pub mod query;

pub mod representation;

pub mod server;

pub mod command;

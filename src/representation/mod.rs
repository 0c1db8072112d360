//! Answers as bytes: JSON, GeoJSON, CSV and vector tiles, each with its attribution. Nothing is looked up here.

pub mod catchments;
pub mod csv;
pub mod drawing;
pub mod figure;
pub mod geojson;
pub mod json;
pub mod mvt;
pub mod points;
pub mod sentence;
pub mod sheet;
pub mod table;
pub mod tiles;
pub mod travel;

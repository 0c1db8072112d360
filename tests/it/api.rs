//! The HTTP interface as its clients see it; one file per noun, like the routes.

mod access;
mod areas;
mod catchments;
mod collections;
mod health;
mod housing_growth;
mod isochrones;
mod items;
mod landing;
mod measures;
mod practices;
mod problems;
mod public_transport;
mod road_network;
mod search;
mod sheets;
mod tables;
mod tags;
mod tiles;
mod travel_by_road;
mod travel_times;

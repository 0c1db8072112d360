//! The HTTP interface as its clients see it; one file per noun, like the routes.

mod areas;
mod catchments;
mod collections;
mod health;
mod housing_growth;
mod items;
mod landing;
mod measures;
mod practices;
mod problems;
mod search;
mod tags;
mod tiles;

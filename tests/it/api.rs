//! The HTTP interface as its clients see it; one file per noun, like the routes.

mod areas;
mod collections;
mod health;
mod items;
mod landing;
mod measures;
mod problems;
mod search;
mod tags;
mod tiles;

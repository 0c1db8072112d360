//! Made-up roads as extracts of OpenStreetMap: a small town over the made-up county, and lanes round Melton Mowbray for the page.

pub mod lanes;
pub mod pbf;
pub mod town;

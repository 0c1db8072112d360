//! The nouns of the field and their laws: no input or output, no serialisation, no other layer.

pub mod area;
pub mod crs;
pub mod edition;
pub mod housing;
pub mod measure;
pub mod organisation;
pub mod provenance;
pub mod registered_patients;
pub mod roads;
pub mod style;
pub mod timetable;
pub mod travel;

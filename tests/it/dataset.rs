//! A dataset on disk: what is written is read again, and what is damaged is refused by name.

mod damage;
mod editions;
mod laws;
mod organisations;
mod replacement;
mod round_trip;
mod travel;

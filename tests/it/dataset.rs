//! A dataset on disk: what is written is read again, and what is damaged is refused by name.

mod damage;
mod editions;
mod replacement;
mod round_trip;

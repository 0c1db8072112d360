//! The integration tests: one crate, a tree like the library's.

mod import;

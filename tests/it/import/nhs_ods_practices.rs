//! General practices.

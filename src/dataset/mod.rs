//! The one immutable edition on disk: a folder of open formats, written whole or not at all, read whole or refused.

use std::borrow::Cow;
use std::path::Path;

/// Where the files of a dataset are.
#[derive(Clone, Copy)]
pub enum Location<'a> {
    /// A folder.
    Directory(&'a Path),
    /// Files built into the program, by name.
    Embedded(fn(&str) -> Option<Cow<'static, [u8]>>),
}

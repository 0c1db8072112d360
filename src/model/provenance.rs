//! Where figures come from: publisher, edition, licence, and the hash of the very file that was read.

/// One publication that an edition draws on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Short name, unique in the edition: `iod2019`.
    pub id: String,
    /// Who publishes it.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// Which edition or release.
    pub edition: String,
    /// The licence's name.
    pub licence: String,
    /// Where the licence stands.
    pub licence_url: String,
    /// The line that must be printed with anything drawn from it.
    pub attribution: String,
    /// Where the publisher offers it, if known.
    pub url: Option<String>,
    /// The files read, in order.
    pub files: Vec<SourceFile>,
}

/// One file of a source as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name without folders.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Rows or features read.
    pub rows_read: u64,
    /// Rows or features that became part of the edition.
    pub rows_kept: u64,
}

/// A list with the publications that it was put together from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced<T> {
    /// Ids of sources of the edition.
    pub sources: Vec<String>,
    /// The list.
    pub items: Vec<T>,
}

impl<T> Default for Sourced<T> {
    fn default() -> Self {
        Self { sources: Vec::new(), items: Vec::new() }
    }
}

//! What stops an import: an unreadable recipe or file, wrong columns, a wrong hash; everything milder is a finding in the report.

use std::path::PathBuf;

use crate::model::area::AreaType;

/// Why an import stopped. Nothing has been written when one of these is returned.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file is missing or the disk refused it.
    #[error("expected a readable file at {}", path.display())]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        cause: std::io::Error,
    },
    /// The recipe says something that cannot be followed.
    #[error("{file}: {problem}")]
    Recipe {
        /// The recipe's name.
        file: String,
        /// What was expected and what was found.
        problem: String,
    },
    /// The bytes are not those the recipe was written for.
    #[error("{file}: expected SHA-256 {expected}, found {found}")]
    WrongHash {
        /// The file's name.
        file: String,
        /// The hash in the recipe.
        expected: String,
        /// The hash of the bytes.
        found: String,
    },
    /// A table lacks columns without which it means nothing.
    #[error("{file}: missing {}: {}; found: {}", if missing.len() == 1 { "column" } else { "columns" }, quoted(missing), quoted(found))]
    WrongColumns {
        /// The file's name.
        file: String,
        /// The columns that are needed and absent; alternatives are joined by `or`.
        missing: Vec<String>,
        /// The columns that are there.
        found: Vec<String>,
    },
    /// The file is not in the format that its name or the recipe promises.
    #[error("{file}: expected {expected}, found {found}")]
    WrongFormat {
        /// The file's name.
        file: String,
        /// What should have stood there.
        expected: String,
        /// What stood there.
        found: String,
    },
    /// An area type of the edition has no polygons and no way to make them.
    #[error("no boundaries for {area_type}: expected a boundary file, or a lookup from {base} to {area_type}")]
    NoBoundaries {
        /// The area type without polygons.
        area_type: AreaType,
        /// The smallest area type of the edition.
        base: AreaType,
    },
}

fn quoted(names: &[String]) -> String {
    const SHOWN: usize = 60;
    let mut text = names.iter().take(SHOWN).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        text.push_str(" and ");
        text.push_str(&(names.len() - SHOWN).to_string());
        text.push_str(" more");
    }
    if text.is_empty() { "none".into() } else { text }
}

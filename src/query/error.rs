//! What a question can be refused for: which parameter, what was found, what was expected.

use crate::model::area::AreaType;

/// A question that the edition cannot answer as it was put.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A name that the edition does not know.
    #[error("expected {expected}, found {found:?}")]
    Unknown {
        /// The parameter that carries the name.
        parameter: &'static str,
        /// What was given.
        found: String,
        /// What would have been understood.
        expected: String,
    },
    /// Names that are known but do not go together.
    #[error("{measure} is not held for {area_type}: expected {expected}")]
    NotHeldFor {
        /// The measure with its field.
        measure: String,
        /// The area type asked for.
        area_type: AreaType,
        /// What is held.
        expected: String,
    },
    /// A question that needs something that the edition does not hold.
    #[error("{what}; {instead}")]
    NothingHeld {
        /// The parameter that asks for it.
        parameter: &'static str,
        /// What is not held: `this edition holds no road network`.
        what: String,
        /// What can be asked instead.
        instead: String,
    },
    /// A value that is understood but cannot be right.
    #[error("expected {expected}, found {found}")]
    Unfit {
        /// The parameter.
        parameter: &'static str,
        /// What was given.
        found: String,
        /// What would have been right.
        expected: String,
    },
}

impl QueryError {
    /// The parameter to blame.
    #[must_use]
    pub const fn parameter(&self) -> &'static str {
        match self {
            Self::Unknown { parameter, .. } | Self::Unfit { parameter, .. } | Self::NothingHeld { parameter, .. } => parameter,
            Self::NotHeldFor { .. } => "area-type",
        }
    }

    /// What would have been right.
    #[must_use]
    pub fn expected(&self) -> &str {
        match self {
            Self::NothingHeld { instead, .. } => instead,
            Self::Unknown { expected, .. } | Self::NotHeldFor { expected, .. } | Self::Unfit { expected, .. } => expected,
        }
    }

    pub(super) fn unfit(parameter: &'static str, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::Unfit { parameter, found: found.into().chars().take(60).collect(), expected: expected.into() }
    }

    pub(super) fn unknown(parameter: &'static str, found: &str, expected: impl Into<String>) -> Self {
        Self::Unknown { parameter, found: found.chars().take(60).collect(), expected: expected.into() }
    }
}

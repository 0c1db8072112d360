//! The questions: pure functions over the store, synchronous, without bytes and without HTTP.

mod card;
mod classes;
mod error;
mod features;
mod held;
mod search;
mod view;

pub use card::{Card, CardFigure, CardMeasure, ChildCount, ParentRank, card};
pub use classes::{AreasAndPeople, Class, ClassChoice, Classification, MAX_CLASSES, Missing, classification};
pub use error::QueryError;
pub use features::{BoundingBox, FeaturePage, FeatureQuery, area, features};
pub use held::{Held, default_method, held, methods};
pub use search::{Candidate, search};
pub use view::{Extent, Row, View, ViewRequest, extent, view};

//! The questions: pure functions over the store, synchronous, without bytes and without HTTP.

mod card;
mod catchment;
mod classes;
mod error;
mod features;
mod growth;
mod held;
mod points;
mod search;
mod shape;
pub mod travel;
mod view;

pub use card::{Card, CardFigure, CardMeasure, ChildCount, ParentRank, card};
pub use catchment::{
    AgeBand, Around, Asked, Catchment, CatchmentAnswer, CatchmentArea, CatchmentRequest, Comparators, Definition, Deprivation, FuelPoverty, LifeExpectancy,
    Periods, PracticeCard, Profile, Quintile, RegisteredWithOne, Shade, ShadeBy, Shading, Summary, asked, catchment, catchment_answer, has_patients,
    practice_cards, shade_value,
};
pub use classes::{AreasAndPeople, Class, ClassChoice, Classification, MAX_CLASSES, Missing, classification};
pub use error::QueryError;
pub use features::{BoundingBox, FeaturePage, FeatureQuery, area, features};
pub use growth::{
    Assumed, Assumption, CountBasis, DefinitionRow, Definitions, Growth, GrowthRequest, Joining, Joins, Need, NeedParameters, NeedValue, NotLocated,
    PlanRequirement, SiteGrowth, SitesAndDwellings, StatusTotal, USUAL_STATUSES, WhyNot, YearTotal, definitions, growth,
};
pub use held::{Held, default_method, held, methods};
pub use points::{PointCollection, points};
pub use search::{Candidate, CandidateKind, search};
pub use shape::{MOST_METRES, MOST_VERTICES, Member, Membership, Shape};
pub use view::{Extent, Row, View, ViewRequest, extent, view};

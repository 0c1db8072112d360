//! What stops an edition from becoming a store: parts that do not fit one another.

use crate::model::area::{AreaCode, AreaType};
use crate::model::registered_patients::{RegisteredWith, Residence};

/// An edition that does not hang together.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StoreError {
    /// A series has another number of places than its layer has areas.
    #[error("series {series} of {area_type}: expected {expected} figures, found {found}")]
    WrongLength {
        /// Measure and field.
        series: String,
        /// The area type.
        area_type: AreaType,
        /// Areas in the layer.
        expected: usize,
        /// Figures in the series.
        found: usize,
    },
    /// A series names a measure, field or area type that the edition does not hold.
    #[error("series {series}: expected a measure, field and area type of the edition, found none such")]
    UnknownSeries {
        /// Measure, field and area type.
        series: String,
    },
    /// A measure names a source that the edition does not hold.
    #[error("measure {measure}: expected one of the edition's sources, found {source_id}")]
    UnknownSource {
        /// The measure.
        measure: String,
        /// The source it names.
        source_id: String,
    },
    /// A decile is something else than a whole number from 1 to 10.
    #[error("series {series} of {area_type}: expected deciles, whole numbers from 1 to 10, found {found} for {area}")]
    NotADecile {
        /// The measure.
        series: String,
        /// The area type.
        area_type: AreaType,
        /// The area.
        area: AreaCode,
        /// What stands there.
        found: f64,
    },
    /// Shapes lie where the National Grid is not defined.
    #[error("{layer}: expected shapes on the National Grid (0 to 700 km east, 0 to 1,250 km north), found some beyond")]
    OffTheGrid {
        /// The area type or collection.
        layer: String,
    },
    /// A register counts patients of a practice or an area that the edition does not hold.
    #[error("registered patients: expected practices and areas of the edition, found {with:?} and {residence:?}")]
    UnknownPatients {
        /// With whom they are registered.
        with: RegisteredWith,
        /// Where they live.
        residence: Residence,
    },
    /// A register counts over an area type that the edition does not hold.
    #[error("registered patients: expected an area type of the edition, found {area_type}")]
    UnknownAreasOfPatients {
        /// The area type.
        area_type: AreaType,
    },
    /// The default view cannot be shown.
    #[error("default view: expected a measure held for its area type, found {measure}.{field} on {area_type}")]
    DefaultView {
        /// The measure.
        measure: String,
        /// The field.
        field: String,
        /// The area type.
        area_type: AreaType,
    },
}

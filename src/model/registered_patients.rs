//! Who is registered where: patients of each practice by the area they live in, as the register publishes them.

use super::area::AreaType;
use super::measure::Sex;

/// Counts from here on are published by us; smaller ones are withheld unless a source's own rule says otherwise.
pub const USUAL_DISCLOSURE_THRESHOLD: u32 = 5;

/// The practice side of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisteredWith {
    /// The practice at this position among the edition's practices.
    Practice(u32),
    /// All practices together that the edition does not list.
    OtherPractices,
}

/// The area side of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Residence {
    /// The area at this place of the layer, in dataset order.
    Area(u32),
    /// All areas together that lie outside the edition, in England or not.
    Outside,
    /// No area is known (`NO2011` in the register).
    Unknown,
}

/// So many patients of a practice live in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatientCount {
    /// With whom they are registered.
    pub with: RegisteredWith,
    /// Where they live.
    pub residence: Residence,
    /// How many they are; at least one.
    pub patients: u32,
}

/// One register: all counts of one period for one area type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredPatients {
    /// The id of the source.
    pub source: String,
    /// `July 2022`.
    pub period: String,
    /// The areas that [`Residence::Area`] counts places of.
    pub area_type: AreaType,
    /// Whom it counts.
    pub sex: Sex,
    /// Counts below it are withheld in every answer; 0 or 1 withholds nothing.
    pub disclosure_threshold: u32,
    /// Sorted by practice, then by residence; no pair twice.
    pub counts: Vec<PatientCount>,
}

//! Housing to come: sites, what stands in the way of counting them, and what plans require.

use geo_types::MultiPolygon;

use super::area::AreaCode;
use super::crs::Bng;
use super::organisation::Location;

/// How far a site has come. The statuses are never added together without saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteStatus {
    /// One of several choices that a plan weighs.
    Option,
    /// Named as possible, with a constraint still to be met.
    Potential,
    /// On a register of brownfield land, without permission.
    RegisterOnly,
    /// Allocated by an adopted or submitted plan.
    Allocation,
    /// With planning permission, outline or full.
    Permission,
    /// Being built.
    UnderConstruction,
    /// Built.
    Completed,
}

impl SiteStatus {
    /// Every status, from the least certain to the built.
    pub const ALL: [Self; 7] =
        [Self::Option, Self::Potential, Self::RegisterOnly, Self::Allocation, Self::Permission, Self::UnderConstruction, Self::Completed];

    /// The word in links, files and answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Potential => "potential",
            Self::RegisterOnly => "register-only",
            Self::Allocation => "allocation",
            Self::Permission => "permission",
            Self::UnderConstruction => "under-construction",
            Self::Completed => "completed",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Option => "Option in a plan",
            Self::Potential => "Potential, constrained",
            Self::RegisterOnly => "On the brownfield register, no permission",
            Self::Allocation => "Allocated in a plan",
            Self::Permission => "With permission",
            Self::UnderConstruction => "Under construction",
            Self::Completed => "Completed",
        }
    }

    /// Reads the spellings in use, hyphens or spaces, either case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.split(|c: char| c == '-' || c == '_' || c.is_whitespace()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        Self::ALL.into_iter().find(|status| status.id().eq_ignore_ascii_case(&word))
    }
}

/// Where a site is.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteLocation {
    /// Its point: published, placed by hand, or inside its polygon.
    pub location: Location,
    /// Its outline where one is published, British National Grid, metres.
    pub outline: Option<Bng<MultiPolygon<f64>>>,
}

/// A place where dwellings are planned, allowed, being built or built.
#[derive(Debug, Clone, PartialEq)]
pub struct HousingSite {
    /// Its id, unique in the edition.
    pub id: String,
    /// Its name or address.
    pub name: String,
    /// The local planning authority.
    pub authority: Option<AreaCode>,
    /// How far it has come.
    pub status: SiteStatus,
    /// Net dwellings in all, where known.
    pub dwellings: Option<u32>,
    /// Those of them that the plan expects within its period.
    pub dwellings_in_plan_period: Option<u32>,
    /// The plan's period, `2011-2036`.
    pub plan_period: Option<String>,
    /// Those of them that are permitted now, where that differs from what the status says.
    pub permitted_now: Option<u32>,
    /// What holds it back, in words.
    pub constraint: Option<String>,
    /// The first year of building.
    pub first_year: Option<u16>,
    /// The last year of building.
    pub last_year: Option<u16>,
    /// Where it is; none is *not located*.
    pub location: Option<SiteLocation>,
    /// The id of the larger site of the edition that it lies in: then it is counted there, once.
    pub part_of: Option<String>,
    /// The document that names it.
    pub reference: String,
}

/// How many dwellings a plan requires over some years, by one of its options.
#[derive(Debug, Clone, PartialEq)]
pub struct HousingRequirement {
    /// The local planning authority.
    pub authority: AreaCode,
    /// The plan.
    pub plan: String,
    /// `adopted`, or the option's name.
    pub option: String,
    /// The first year.
    pub from_year: u16,
    /// The year at whose start or end the period ends, as the plan writes it (`2011-2036`).
    pub to_year: u16,
    /// Dwellings over the whole period.
    pub dwellings: u32,
    /// The plan's own people per dwelling, where it names one.
    pub household_size: Option<f64>,
    /// The document that says so.
    pub reference: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_in_the_spellings_of_registers_and_plans() {
        for status in SiteStatus::ALL {
            assert_eq!(SiteStatus::parse(status.id()), Some(status));
        }
        assert_eq!(SiteStatus::parse("Under construction"), Some(SiteStatus::UnderConstruction));
        assert_eq!(SiteStatus::parse("register only"), Some(SiteStatus::RegisterOnly));
        assert_eq!(SiteStatus::parse("maybe"), None);
    }
}

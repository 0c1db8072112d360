//! Housing growth in a catchment: which homes, how many people, whose lists grow, what that needs; each assumption beside its number.
//!
//! Section 8 of the calculations: people = dwellings × household size × share new to the area. Statuses are never added together
//! without saying which; a site inside a larger one is counted once; what no located site explains of a plan is said.

mod assumptions;
mod definitions;
mod joining;
mod need;
mod plans;
mod sites;

pub use assumptions::Assumption;
pub use definitions::{DefinitionRow, Definitions, definitions};
pub use joining::{Joining, Joins};
pub use need::{Need, NeedParameters, NeedValue};
pub use plans::{NotLocated, PlanRequirement, SitesAndDwellings};
pub use sites::{CountBasis, SiteGrowth, StatusTotal, WhyNot, YearTotal};

use super::QueryError;
use super::catchment::{Catchment, CatchmentRequest, catchment};
use crate::model::housing::SiteStatus;
use crate::store::Store;

/// People per dwelling where nobody says otherwise: what letters of the NHS about planning applications use.
pub const USUAL_HOUSEHOLD_SIZE: f64 = 2.4;

/// The statuses that are added up where nobody says otherwise: homes that a plan names, that are permitted, or that are being built.
pub const USUAL_STATUSES: [SiteStatus; 3] = [SiteStatus::Allocation, SiteStatus::Permission, SiteStatus::UnderConstruction];

/// A question about growth, as a link names it; what is none takes its usual value, and the answer says so.
#[derive(Debug, Clone)]
pub struct GrowthRequest {
    /// Where.
    pub catchment: CatchmentRequest,
    /// What is assumed.
    pub assumed: Assumed,
}

/// The numbers that turn homes into people and people into need.
#[derive(Debug, Clone, Default)]
pub struct Assumed {
    /// People per dwelling.
    pub household_size: Option<f64>,
    /// The share of them who are new to the area, 0 to 1.
    pub share_new: Option<f64>,
    /// Which statuses are added up.
    pub statuses: Option<Vec<SiteStatus>>,
    /// Which of a site's numbers is counted.
    pub count: CountBasis,
    /// The first year that counts.
    pub from: Option<u16>,
    /// The last year that counts.
    pub to: Option<u16>,
    /// Which practices people join.
    pub joins: Joins,
    /// What space costs and holds.
    pub need: NeedParameters,
}

/// The answer.
#[derive(Debug)]
pub struct Growth<'s> {
    /// Where.
    pub catchment: Catchment<'s>,
    /// Every site inside, counted or not, most dwellings first.
    pub sites: Vec<SiteGrowth<'s>>,
    /// The same by status, from the least certain to the built; only statuses that occur.
    pub by_status: Vec<StatusTotal>,
    /// Counted dwellings by year, of sites whose years are known.
    pub by_year: Vec<YearTotal>,
    /// Counted sites whose years are not known.
    pub undated: SitesAndDwellings,
    /// Counted sites and their dwellings.
    pub counted: SitesAndDwellings,
    /// People in the counted dwellings who are new to the area.
    pub people: f64,
    /// Which practices they join, most first.
    pub joining: Vec<Joining<'s>>,
    /// People who join the practices asked; none without practices.
    pub list_growth: Option<f64>,
    /// The list of the practices asked.
    pub list_size: Option<f64>,
    /// What the growth needs.
    pub need: Need,
    /// Everything that was assumed.
    pub assumptions: Vec<Assumption>,
    /// Sites without a point, in the districts of the catchment.
    pub not_located: Vec<NotLocated<'s>>,
    /// What plans of these districts require, and how much of it sites explain.
    pub plans: Vec<PlanRequirement<'s>>,
}

impl Assumed {
    /// Checks every number.
    ///
    /// # Errors
    /// When one is out of bounds; the error names its parameter.
    pub fn check(&self) -> Result<(), QueryError> {
        let between = |parameter: &'static str, value: Option<f64>, least: f64, most: f64, what: &str| match value {
            Some(value) if !(least..=most).contains(&value) => {
                Err(QueryError::Unfit { parameter, found: value.to_string(), expected: format!("{what} from {least} to {most}") })
            }
            _ => Ok(()),
        };
        between("household-size", self.household_size, 0.1, 20.0, "people per dwelling,")?;
        between("share-new", self.share_new, 0.001, 1.0, "a share")?;
        if self.statuses.as_ref().is_some_and(Vec::is_empty) {
            return Err(QueryError::Unfit { parameter: "status", found: "none".to_owned(), expected: "one status or more".to_owned() });
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(QueryError::Unfit { parameter: "to", found: to.to_string(), expected: format!("a year from {from} on") });
        }
        self.need.check()
    }

    fn people_per_dwelling(&self) -> f64 {
        self.household_size.unwrap_or(USUAL_HOUSEHOLD_SIZE) * self.share_new.unwrap_or(1.0)
    }

    fn counts(&self, status: SiteStatus) -> bool {
        self.statuses.as_deref().unwrap_or(&USUAL_STATUSES).contains(&status)
    }
}

/// Works out the growth of a catchment.
///
/// # Errors
/// As for [`catchment`]; also when an assumption is out of bounds.
pub fn growth<'s>(store: &'s Store, request: &GrowthRequest) -> Result<Growth<'s>, QueryError> {
    request.assumed.check()?;
    let catchment = catchment(store, &request.catchment)?;
    growth_of(store, catchment, &request.assumed)
}

fn growth_of<'s>(store: &'s Store, catchment: Catchment<'s>, assumed: &Assumed) -> Result<Growth<'s>, QueryError> {
    let mut sites = sites::sites(store, &catchment, assumed);
    let joining = joining::joining(store, &catchment, assumed, &mut sites)?;
    let counted = sites::counted(&sites);
    let people: f64 = sites.iter().map(|site| site.people).sum();
    let positions = &catchment.asked.positions;
    let with_practices = catchment.register.filter(|_| !positions.is_empty());
    let list_size = with_practices.and_then(|register| positions.iter().map(|&position| register.list_size(position).map(f64::from)).sum());
    let list_growth = (!positions.is_empty()).then(|| joining.iter().filter(|one| one.asked).map(|one| one.people).sum());
    let need = assumed.need.of(list_growth.unwrap_or(people));
    let districts = plans::districts(store, &catchment);
    Ok(Growth {
        by_status: sites::by_status(&sites, assumed),
        by_year: sites::by_year(&sites, assumed),
        undated: sites::undated(&sites),
        counted,
        people,
        joining,
        list_growth,
        list_size,
        need,
        assumptions: assumptions::assumptions(assumed, &catchment),
        not_located: plans::not_located(store, &districts),
        plans: plans::plans(store, &districts, &sites),
        sites,
        catchment,
    })
}

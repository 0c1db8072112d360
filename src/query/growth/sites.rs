//! The sites of a catchment: which are counted, with how many dwellings, in which years.

use std::collections::{BTreeMap, HashSet};

use super::{Assumed, SitesAndDwellings};
use crate::model::housing::{HousingSite, SiteStatus};
use crate::query::catchment::Catchment;
use crate::query::shape::Inside;
use crate::store::Store;

/// Sites lie in sites no deeper than this.
const MOST_NESTED: usize = 16;

/// Which of a site's numbers of dwellings is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CountBasis {
    /// Those that the plan expects in its period; all of a site for which no plan gives that number.
    #[default]
    PlanPeriod,
    /// All of them.
    Total,
    /// Those permitted now: the number given, else all of a site with permission or under construction, else none.
    PermittedNow,
}

impl CountBasis {
    /// Every basis, the usual one first.
    pub const ALL: [Self; 3] = [Self::PlanPeriod, Self::Total, Self::PermittedNow];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::PlanPeriod => "plan-period",
            Self::Total => "total",
            Self::PermittedNow => "permitted-now",
        }
    }

    /// Finds the basis with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.id() == id)
    }

    /// A site's number on this basis; none where it is not known.
    #[must_use]
    pub fn dwellings(self, site: &HousingSite) -> Option<u32> {
        match self {
            Self::PlanPeriod => site.dwellings_in_plan_period.or(site.dwellings),
            Self::Total => site.dwellings,
            Self::PermittedNow => site.permitted_now.or(match site.status {
                SiteStatus::Permission | SiteStatus::UnderConstruction => site.dwellings,
                _ => Some(0),
            }),
        }
    }
}

/// Why a site is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Its status is not among those added up.
    Status,
    /// It lies in a larger site that is counted.
    PartOf(String),
    /// Its dwellings are not known.
    NotHeld,
    /// None of its dwellings is permitted now.
    NotPermitted,
    /// None of its years is among those asked for.
    OtherYears,
}

impl WhyNot {
    /// In words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Status => "its status is not added up".to_owned(),
            Self::PartOf(larger) => format!("counted once, as part of {larger}"),
            Self::NotHeld => "its number of homes is not held".to_owned(),
            Self::NotPermitted => "none of its homes is permitted now".to_owned(),
            Self::OtherYears => "built in other years".to_owned(),
        }
    }
}

/// One site of a catchment.
#[derive(Debug, Clone)]
pub struct SiteGrowth<'s> {
    /// Its position in the store, the id of its feature in tiles.
    pub position: usize,
    /// The site.
    pub site: &'s HousingSite,
    /// The place of the area it lies in.
    pub place: Option<u32>,
    /// Dwellings counted, or why none is.
    pub dwellings: Result<f64, WhyNot>,
    /// People in them who are new to the area.
    pub people: f64,
    /// Those of them who join the practices asked; none without practices.
    pub joining: Option<f64>,
}

/// The sites of one status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusTotal {
    /// The status.
    pub status: SiteStatus,
    /// Whether it is added up.
    pub counted: bool,
    /// How many sites.
    pub sites: usize,
    /// All their dwellings.
    pub dwellings: u32,
    /// Those in the period of a plan, or all where no plan gives that number.
    pub dwellings_in_plan_period: u32,
    /// Those permitted now.
    pub permitted_now: u32,
}

/// The counted dwellings of one year, spread evenly over the years of each site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearTotal {
    /// The year.
    pub year: u16,
    /// Dwellings.
    pub dwellings: f64,
    /// People.
    pub people: f64,
}

/// Every site inside a catchment, most dwellings first.
pub(super) fn sites<'s>(store: &'s Store, catchment: &Catchment<'_>, assumed: &Assumed) -> Vec<SiteGrowth<'s>> {
    let housing = store.housing();
    let shape = catchment.shape.as_ref().map(Inside::of);
    let inside = |position: usize, site: &HousingSite| {
        let Some(location) = &site.location else { return false };
        match &shape {
            _ if catchment.sites.is_some() => catchment.sites.as_ref().is_some_and(|sites| sites.binary_search(&position).is_ok()),
            Some(shape) => shape.contains(location.location.point.inner()),
            None => housing.place_of(position).is_some_and(|place| catchment.holds(place)),
        }
    };
    let located = housing.sites.items.iter().enumerate().filter(|(position, site)| inside(*position, site));
    let mut sites: Vec<SiteGrowth<'_>> = located
        .map(|(position, site)| SiteGrowth {
            position,
            site,
            place: housing.place_of(position),
            dwellings: dwellings(site, assumed),
            people: 0.0,
            joining: None,
        })
        .collect();
    count_once(&mut sites, |id| part_of(store, id));
    let per_dwelling = assumed.people_per_dwelling();
    for site in &mut sites {
        site.people = site.dwellings.as_ref().map_or(0.0, |dwellings| dwellings * per_dwelling);
    }
    sites.sort_by(|a, b| b.site.dwellings.cmp(&a.site.dwellings).then_with(|| a.site.id.cmp(&b.site.id)));
    sites
}

/// A site inside a larger one that is counted here is not counted again.
fn count_once(sites: &mut [SiteGrowth<'_>], part_of: impl Fn(&str) -> Option<String>) {
    let counted: HashSet<&str> = sites.iter().filter(|site| site.dwellings.is_ok()).map(|site| site.site.id.as_str()).collect();
    let larger: Vec<Option<String>> =
        sites.iter().map(|site| if site.dwellings.is_ok() { larger_among(&counted, site.site.part_of.clone(), &part_of) } else { None }).collect();
    for (site, larger) in sites.iter_mut().zip(larger) {
        if let Some(larger) = larger {
            site.dwellings = Err(WhyNot::PartOf(larger));
        }
    }
}

/// The nearest larger site around a site that is among those counted.
pub(super) fn larger_among(counted: &HashSet<&str>, part_of: Option<String>, around: impl Fn(&str) -> Option<String>) -> Option<String> {
    // An edition's sites never lie in one another in a circle: the dataset refuses that. The bound is for stores made otherwise.
    let mut larger = part_of;
    for _ in 0..MOST_NESTED {
        let id = larger?;
        if counted.contains(id.as_str()) {
            return Some(id);
        }
        larger = around(&id);
    }
    None
}

/// The site that a site of the store lies in.
pub(super) fn part_of(store: &Store, id: &str) -> Option<String> {
    let housing = store.housing();
    housing.position(id).and_then(|position| housing.sites.items[position].part_of.clone())
}

/// Dwellings of a site that count, by status, basis and years; part of a larger site is another matter.
pub(super) fn dwellings(site: &HousingSite, assumed: &Assumed) -> Result<f64, WhyNot> {
    if !assumed.counts(site.status) {
        return Err(WhyNot::Status);
    }
    let dwellings = assumed.count.dwellings(site).ok_or(WhyNot::NotHeld)?;
    if dwellings == 0 && assumed.count == CountBasis::PermittedNow {
        return Err(WhyNot::NotPermitted);
    }
    // One known year is enough to see that a site is over before, or begins after, the years asked for.
    let over = site.last_year.zip(assumed.from).is_some_and(|(last, from)| last < from);
    let later = site.first_year.zip(assumed.to).is_some_and(|(first, to)| first > to);
    if over || later {
        return Err(WhyNot::OtherYears);
    }
    let Some((first, last)) = years(site) else { return Ok(f64::from(dwellings)) };
    let (from, to) = (assumed.from.unwrap_or(first).max(first), assumed.to.unwrap_or(last).min(last));
    if from > to {
        return Err(WhyNot::OtherYears);
    }
    Ok(f64::from(dwellings) * f64::from(to - from + 1) / f64::from(last - first + 1))
}

/// The first and last year of a site, where both are known.
fn years(site: &HousingSite) -> Option<(u16, u16)> {
    site.first_year.zip(site.last_year).filter(|(first, last)| first <= last)
}

/// Counted sites and their dwellings.
pub(super) fn counted(sites: &[SiteGrowth<'_>]) -> SitesAndDwellings {
    SitesAndDwellings::of(sites.iter().filter_map(|site| site.dwellings.as_ref().ok().copied()))
}

/// Counted sites whose years are not known.
pub(super) fn undated(sites: &[SiteGrowth<'_>]) -> SitesAndDwellings {
    SitesAndDwellings::of(sites.iter().filter(|site| years(site.site).is_none()).filter_map(|site| site.dwellings.as_ref().ok().copied()))
}

/// Sites by status; a site inside a larger one of any status counted here stands among the sites, not among the dwellings.
pub(super) fn by_status(sites: &[SiteGrowth<'_>], assumed: &Assumed) -> Vec<StatusTotal> {
    let mut totals: BTreeMap<SiteStatus, StatusTotal> = BTreeMap::new();
    for one in sites {
        let status = one.site.status;
        let total = totals.entry(status).or_insert_with(|| StatusTotal {
            status,
            counted: assumed.counts(status),
            sites: 0,
            dwellings: 0,
            dwellings_in_plan_period: 0,
            permitted_now: 0,
        });
        total.sites += 1;
        if matches!(one.dwellings, Err(WhyNot::PartOf(_))) {
            continue;
        }
        let of = |basis: CountBasis| basis.dwellings(one.site).unwrap_or(0);
        total.dwellings += of(CountBasis::Total);
        total.dwellings_in_plan_period += of(CountBasis::PlanPeriod);
        total.permitted_now += of(CountBasis::PermittedNow);
    }
    totals.into_values().collect()
}

/// Counted dwellings by year, each site spread evenly over its years: an assumption, said beside the numbers.
pub(super) fn by_year(sites: &[SiteGrowth<'_>], assumed: &Assumed) -> Vec<YearTotal> {
    let mut totals: BTreeMap<u16, f64> = BTreeMap::new();
    for one in sites {
        let (Ok(dwellings), Some((first, last))) = (&one.dwellings, years(one.site)) else { continue };
        let (from, to) = (assumed.from.unwrap_or(first).max(first), assumed.to.unwrap_or(last).min(last));
        for year in from..=to {
            *totals.entry(year).or_insert(0.0) += dwellings / f64::from(to - from + 1);
        }
    }
    let per_dwelling = assumed.people_per_dwelling();
    totals.into_iter().map(|(year, dwellings)| YearTotal { year, dwellings, people: dwellings * per_dwelling }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(id: &str, status: SiteStatus, dwellings: u32) -> HousingSite {
        HousingSite {
            id: id.to_owned(),
            name: id.to_owned(),
            authority: None,
            status,
            dwellings: Some(dwellings),
            dwellings_in_plan_period: None,
            plan_period: None,
            permitted_now: None,
            constraint: None,
            first_year: None,
            last_year: None,
            location: None,
            part_of: None,
            reference: String::new(),
        }
    }

    fn as_growth(site: &HousingSite) -> SiteGrowth<'_> {
        SiteGrowth { position: 0, site, place: None, dwellings: dwellings(site, &Assumed::default()), people: 0.0, joining: None }
    }

    #[test]
    fn a_site_inside_a_larger_one_is_counted_once() {
        let larger = site("SSN", SiteStatus::Allocation, 2000);
        let part = HousingSite { part_of: Some("SSN".to_owned()), ..site("P1", SiteStatus::Permission, 300) };
        let mut sites = [as_growth(&larger), as_growth(&part)];
        count_once(&mut sites, |_| None);
        assert_eq!(counted(&sites), SitesAndDwellings { sites: 1, dwellings: 2000.0 });
        assert_eq!(sites[1].dwellings, Err(WhyNot::PartOf("SSN".to_owned())));
        let inner = HousingSite { part_of: Some("option".to_owned()), ..site("P2", SiteStatus::Permission, 20) };
        let mut nested = [as_growth(&larger), as_growth(&inner)];
        count_once(&mut nested, |id| (id == "option").then(|| "SSN".to_owned()));
        assert_eq!(nested[1].dwellings, Err(WhyNot::PartOf("SSN".to_owned())));
        let mut alone = [as_growth(&part)];
        count_once(&mut alone, |_| None);
        assert_eq!(counted(&alone), SitesAndDwellings { sites: 1, dwellings: 300.0 });
    }

    #[test]
    fn only_the_statuses_asked_for_are_added_up_and_the_rest_says_so() {
        let option = site("O", SiteStatus::Option, 900);
        assert_eq!(dwellings(&option, &Assumed::default()), Err(WhyNot::Status));
        let all = Assumed { statuses: Some(SiteStatus::ALL.to_vec()), ..Assumed::default() };
        assert_eq!(dwellings(&option, &all), Ok(900.0));
    }

    #[test]
    fn years_take_their_even_share_and_the_plan_period_its_own_number() {
        let built = HousingSite { first_year: Some(2016), last_year: Some(2030), ..site("L", SiteStatus::UnderConstruction, 4250) };
        let late = Assumed { from: Some(2026), to: Some(2036), ..Assumed::default() };
        assert!((dwellings(&built, &late).unwrap() - 4250.0 * 5.0 / 15.0).abs() < 1e-9);
        let ends = HousingSite { last_year: Some(2036), ..site("E", SiteStatus::Allocation, 10) };
        assert_eq!(dwellings(&ends, &Assumed { from: Some(2040), ..Assumed::default() }), Err(WhyNot::OtherYears));
        assert_eq!(dwellings(&ends, &Assumed { from: Some(2030), ..Assumed::default() }), Ok(10.0));
        let planned = HousingSite { dwellings_in_plan_period: Some(1700), ..site("M", SiteStatus::Allocation, 2000) };
        assert_eq!(dwellings(&planned, &Assumed::default()), Ok(1700.0));
        assert_eq!(dwellings(&planned, &Assumed { count: CountBasis::Total, ..Assumed::default() }), Ok(2000.0));
        assert_eq!(dwellings(&planned, &Assumed { count: CountBasis::PermittedNow, ..Assumed::default() }), Err(WhyNot::NotPermitted));
        let capped = HousingSite { permitted_now: Some(600), ..site("A", SiteStatus::Allocation, 2050) };
        assert_eq!(dwellings(&capped, &Assumed { count: CountBasis::PermittedNow, ..Assumed::default() }), Ok(600.0));
    }
}

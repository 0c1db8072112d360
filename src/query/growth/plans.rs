//! What plans require in the districts of a catchment, and how much of it the sites held here explain.

use std::collections::{BTreeMap, HashSet};

use super::{Assumed, SiteGrowth, sites};
use crate::model::area::{Area, AreaCode};
use crate::model::housing::{HousingRequirement, HousingSite};
use crate::query::catchment::Catchment;
use crate::store::Store;

/// So many sites with so many dwellings.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SitesAndDwellings {
    /// Sites.
    pub sites: usize,
    /// Dwellings.
    pub dwellings: f64,
}

impl SitesAndDwellings {
    pub(super) fn of(dwellings: impl Iterator<Item = f64>) -> Self {
        dwellings.fold(Self::default(), |sum, dwellings| Self { sites: sum.sites + 1, dwellings: sum.dwellings + dwellings })
    }
}

/// The sites of a district that have no point.
#[derive(Debug, Clone)]
pub struct NotLocated<'s> {
    /// The district.
    pub authority: &'s Area,
    /// Its sites without a point, most dwellings first.
    pub sites: Vec<&'s HousingSite>,
}

/// What one plan requires by one of its options.
#[derive(Debug, Clone)]
pub struct PlanRequirement<'s> {
    /// The district.
    pub authority: &'s Area,
    /// The rows of the plan, in its order: one for each part of its period.
    pub phases: Vec<&'s HousingRequirement>,
    /// Dwellings over the whole period.
    pub dwellings: u32,
    /// Counted sites of the district with a point.
    pub located: SitesAndDwellings,
    /// Those of them in the catchment.
    pub in_catchment: SitesAndDwellings,
    /// Sites of the district that would be counted and have no point.
    pub not_located: SitesAndDwellings,
    /// Dwellings of the requirement that neither explains.
    pub unexplained: f64,
}

/// The districts in which areas of a catchment lie, by code, each once.
pub(super) fn districts<'s>(store: &'s Store, catchment: &Catchment<'s>) -> Vec<&'s Area> {
    let of_areas = catchment.areas.iter().filter_map(|area| store.district_of(catchment.layer, area.place as usize));
    of_areas.map(|area| (area.code, area)).collect::<BTreeMap<_, _>>().into_values().collect()
}

/// The sites without a point of some districts.
pub(super) fn not_located<'s>(store: &'s Store, districts: &[&'s Area]) -> Vec<NotLocated<'s>> {
    let of = |authority: &&'s Area| {
        let sites = store.housing().sites.items.iter();
        let mut sites: Vec<&HousingSite> = sites.filter(|site| site.location.is_none() && site.authority == Some(authority.code)).collect();
        sites.sort_by(|a, b| b.dwellings.cmp(&a.dwellings).then_with(|| a.id.cmp(&b.id)));
        NotLocated { authority, sites }
    };
    districts.iter().map(of).filter(|one| !one.sites.is_empty()).collect()
}

/// The requirements of some districts, each plan and option once.
///
/// Always on the usual statuses, all years and the homes of the plan's period, whatever a question adds up: what no site explains
/// of a plan does not change with what a reader looks at.
pub(super) fn plans<'s>(store: &'s Store, districts: &[&'s Area], inside: &[SiteGrowth<'_>]) -> Vec<PlanRequirement<'s>> {
    let mut grouped: Vec<(&Area, Vec<&HousingRequirement>)> = Vec::new();
    for row in &store.housing().requirements.items {
        let Some(authority) = districts.iter().find(|area| area.code == row.authority) else { continue };
        match grouped.iter_mut().find(|(_, rows)| rows[0].authority == row.authority && rows[0].plan == row.plan && rows[0].option == row.option) {
            Some((_, rows)) => rows.push(row),
            None => grouped.push((authority, vec![row])),
        }
    }
    grouped.into_iter().map(|(authority, phases)| plan(store, authority, phases, inside)).collect()
}

fn plan<'s>(store: &'s Store, authority: &'s Area, phases: Vec<&'s HousingRequirement>, inside: &[SiteGrowth<'_>]) -> PlanRequirement<'s> {
    let of_district = of_district(store, authority.code);
    let located = SitesAndDwellings::of(of_district.iter().filter(|(site, _)| site.location.is_some()).map(|(_, dwellings)| *dwellings));
    let not_located = SitesAndDwellings::of(of_district.iter().filter(|(site, _)| site.location.is_none()).map(|(_, dwellings)| *dwellings));
    let is_inside = |id: &str| inside.iter().any(|site| site.site.id == id);
    let here = of_district.iter().filter(|(site, _)| site.location.is_some() && is_inside(&site.id)).map(|(_, dwellings)| *dwellings);
    let in_catchment = SitesAndDwellings::of(here);
    let dwellings: u32 = phases.iter().map(|phase| phase.dwellings).sum();
    let unexplained = (f64::from(dwellings) - located.dwellings - not_located.dwellings).max(0.0);
    PlanRequirement { authority, phases, dwellings, located, in_catchment, not_located, unexplained }
}

/// The sites of a district that are counted, each with its dwellings; a site inside a larger one that is counted is left out.
fn of_district(store: &Store, authority: AreaCode) -> Vec<(&HousingSite, f64)> {
    let sites = store.housing().sites.items.iter().filter(|site| site.authority == Some(authority));
    let counted: Vec<(&HousingSite, f64)> = sites.filter_map(|site| Some((site, sites::dwellings(site, &Assumed::default()).ok()?))).collect();
    let ids: HashSet<&str> = counted.iter().map(|(site, _)| site.id.as_str()).collect();
    let alone = |site: &HousingSite| sites::larger_among(&ids, site.part_of.clone(), |id| sites::part_of(store, id)).is_none();
    counted.iter().filter(|(site, _)| alone(site)).copied().collect()
}

impl PlanRequirement<'_> {
    /// The first and the last year of the plan.
    #[must_use]
    pub fn years(&self) -> (u16, u16) {
        let first = self.phases.iter().map(|phase| phase.from_year).min().unwrap_or_default();
        (first, self.phases.iter().map(|phase| phase.to_year).max().unwrap_or_default())
    }
}

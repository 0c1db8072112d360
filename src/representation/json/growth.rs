//! Housing growth of a catchment as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::catchment::links;
use super::practice::lonlat_of;
use super::{Base, CatchmentRef, CodeAndName, Provenance, rounded};
use crate::query::{Assumption, CountBasis, Growth, Need, NeedValue, NotLocated, PlanRequirement, SiteGrowth, SitesAndDwellings, WhyNot};
use crate::representation::sentence;
use crate::store::Store;

/// One site.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SiteRef {
    /// The id of its feature in vector tiles.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// Its name or address.
    pub name: String,
    /// The local planning authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<CodeAndName>,
    /// How far it has come.
    pub status: &'static str,
    /// The same in words.
    pub status_label: &'static str,
    /// Net dwellings in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dwellings: Option<u32>,
    /// Those in the period of its plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dwellings_in_plan_period: Option<u32>,
    /// The plan's period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_period: Option<String>,
    /// Those permitted now, where stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permitted_now: Option<u32>,
    /// What holds it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// The first year of building.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_year: Option<u16>,
    /// The last year of building.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_year: Option<u16>,
    /// How well its point is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<&'static str>,
    /// Longitude, latitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<[f64; 2]>,
    /// The neighbourhood it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<CodeAndName>,
    /// The larger site it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// The document that names it.
    pub reference: String,
    /// Whether it is added up.
    pub counted: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// Dwellings that are added up.
    pub counted_dwellings: f64,
    /// People in them who are new to the area.
    pub people: f64,
    /// Those of them who join the practices asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joining_practices: Option<f64>,
}

/// The sites of one status.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusRef {
    /// The status.
    pub status: &'static str,
    /// The same in words.
    pub label: &'static str,
    /// How many sites.
    pub sites: usize,
    /// All their dwellings.
    pub dwellings: u32,
    /// Those in the period of a plan, or all where no plan gives that number.
    pub dwellings_in_plan_period: u32,
    /// Those permitted now.
    pub permitted_now: u32,
    /// Whether the status is added up.
    pub counted: bool,
}

/// The counted dwellings of one year.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearRef {
    /// The year.
    pub year: u16,
    /// Dwellings.
    pub dwellings: f64,
    /// People.
    pub people: f64,
}

/// So many sites with so many dwellings.
#[derive(Debug, Serialize, ToSchema)]
pub struct SitesRef {
    /// Sites.
    pub sites: usize,
    /// Dwellings.
    pub dwellings: f64,
}

impl SitesRef {
    fn new(of: SitesAndDwellings) -> Self {
        Self { sites: of.sites, dwellings: rounded(of.dwellings, 1) }
    }
}

/// What is added up.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalsRef {
    /// Sites.
    pub sites: usize,
    /// Dwellings.
    pub dwellings: f64,
    /// People new to the area.
    pub people: f64,
}

/// People who join one practice.
#[derive(Debug, Serialize, ToSchema)]
pub struct JoiningRef {
    /// Its code; none for all others together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// People.
    pub people: f64,
    /// Their share of all, 0 to 1.
    pub share: f64,
    /// Its list today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<u32>,
    /// People as a share of the list, 0.1 = 10 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub growth: Option<f64>,
    /// Whether it is one of the practices asked.
    pub asked: bool,
}

/// How the lists of the practices asked grow.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListGrowthRef {
    /// People who join.
    pub people: f64,
    /// The list today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<f64>,
    /// The growth as a share of the list, 0.1 = 10 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// A number, or what must be set before there is one.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedValueRef {
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// `not set` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// The parameters that are not set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<&'static str>,
}

/// What the growth needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedRef {
    /// For how many people.
    pub people: f64,
    /// Which people, in words.
    pub people_text: String,
    /// Floor area beyond what is spare, m².
    pub square_metres: NeedValueRef,
    /// Contribution to it, £.
    pub contribution: NeedValueRef,
    /// Clinical rooms.
    pub rooms: NeedValueRef,
}

/// One assumption.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssumptionRef {
    /// The parameter that sets it.
    pub id: &'static str,
    /// What it is.
    pub label: &'static str,
    /// Its value; absent where it is not set and has no default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The unit of the value.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'static str,
    /// Whether the reader gave it.
    pub given: bool,
    /// Where the usual value comes from, or what it does.
    pub note: String,
}

/// A site that is in a table and nowhere on the map.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotLocatedSiteRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: &'static str,
    /// The same in words.
    pub status_label: &'static str,
    /// Its dwellings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dwellings: Option<u32>,
    /// The document that names it.
    pub reference: String,
}

/// The sites of a district without a point.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotLocatedRef {
    /// The district.
    pub authority: CodeAndName,
    /// How many sites.
    pub sites: usize,
    /// All their dwellings, of whatever status.
    pub dwellings: u32,
    /// The sites.
    pub list: Vec<NotLocatedSiteRef>,
}

/// One part of a plan's period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhaseRef {
    /// Its first year.
    pub from_year: u16,
    /// Its last year.
    pub to_year: u16,
    /// Dwellings.
    pub dwellings: u32,
}

/// What a plan requires, and how much of it sites explain.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanRef {
    /// The district.
    pub authority: CodeAndName,
    /// The plan.
    pub plan: String,
    /// `adopted`, or the option's name.
    pub option: String,
    /// The first year.
    pub from_year: u16,
    /// The last year.
    pub to_year: u16,
    /// Dwellings required.
    pub dwellings: u32,
    /// The parts of its period.
    pub phases: Vec<PhaseRef>,
    /// The document.
    pub reference: String,
    /// The plan's own people per dwelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household_size: Option<f64>,
    /// Counted sites of the district that are located.
    pub located: SitesRef,
    /// Those of them in the catchment.
    pub in_catchment: SitesRef,
    /// Sites of the district that would be counted and are not located.
    pub not_located: SitesRef,
    /// Dwellings of the requirement that neither explains.
    pub unexplained: f64,
    /// All of it in words.
    pub text: String,
}

/// Housing growth in a catchment.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrowthAnswer {
    /// Where.
    pub catchment: CatchmentRef,
    /// What it says, in a sentence or two.
    pub sentence: String,
    /// Every site inside, counted or not.
    pub sites: Vec<SiteRef>,
    /// The same by status.
    pub by_status: Vec<StatusRef>,
    /// Counted dwellings by year.
    pub by_year: Vec<YearRef>,
    /// Counted sites whose years are not known.
    pub undated: SitesRef,
    /// What is added up.
    pub totals: TotalsRef,
    /// Which practices people join.
    pub joining: Vec<JoiningRef>,
    /// How the lists of the practices asked grow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_growth: Option<ListGrowthRef>,
    /// What that needs.
    pub need: NeedRef,
    /// What was assumed.
    pub assumptions: Vec<AssumptionRef>,
    /// Sites without a point.
    pub not_located: Vec<NotLocatedRef>,
    /// What plans require.
    pub plans: Vec<PlanRef>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl GrowthAnswer {
    /// Growth as an answer. `own` is the address that was asked, where it was an address.
    #[must_use]
    pub fn new(store: &Store, growth: &Growth<'_>, base: &Base, own: Option<&str>) -> Self {
        let list_growth = growth.list_growth.map(|people| ListGrowthRef {
            people: rounded(people, 1),
            list_size: growth.list_size,
            share: growth.list_size.filter(|list| *list > 0.0).map(|list| rounded(people / list, 6)),
        });
        Self {
            catchment: CatchmentRef::new(&growth.catchment),
            sentence: sentence::growth(growth),
            sites: growth.sites.iter().map(|site| site_ref(store, &growth.catchment, site)).collect(),
            by_status: growth.by_status.iter().map(status_ref).collect(),
            by_year: growth
                .by_year
                .iter()
                .map(|one| YearRef { year: one.year, dwellings: rounded(one.dwellings, 1), people: rounded(one.people, 1) })
                .collect(),
            undated: SitesRef::new(growth.undated),
            totals: TotalsRef { sites: growth.counted.sites, dwellings: rounded(growth.counted.dwellings, 1), people: rounded(growth.people, 1) },
            joining: growth.joining.iter().map(|one| joining_ref(one, growth.people)).collect(),
            need: need_ref(&growth.need, growth.list_growth.is_some()),
            list_growth,
            assumptions: growth.assumptions.iter().map(assumption_ref).collect(),
            not_located: growth.not_located.iter().map(not_located_ref).collect(),
            plans: growth.plans.iter().map(plan_ref).collect(),
            provenance: Provenance::of(store, sources(store), own.map(|own| links(base, own)).unwrap_or_default()),
        }
    }
}

/// The ids of the sources of a growth answer.
#[must_use]
pub fn sources(store: &Store) -> Vec<&str> {
    let housing = store.housing();
    let lists = housing.sites.sources.iter().chain(&housing.requirements.sources).map(String::as_str);
    let register = store.register().map(|register| register.source());
    let layer = store.catchment_layer().map(|(_, layer)| layer.source());
    lists.chain(register).chain(store.practices().all.sources.iter().map(String::as_str)).chain(layer).collect()
}

/// A site of a catchment.
#[must_use]
pub fn site_ref(store: &Store, catchment: &crate::query::Catchment<'_>, one: &SiteGrowth<'_>) -> SiteRef {
    let site = one.site;
    let location = site.location.as_ref().map(|location| location.location);
    let authority = site.authority.and_then(|code| store.area_ref(code));
    SiteRef {
        index: one.position,
        id: site.id.clone(),
        name: site.name.clone(),
        authority: authority.map(|area| CodeAndName::of_area(&store.layer_at(usize::from(area.layer)).areas()[area.place as usize])),
        status: site.status.id(),
        status_label: site.status.label(),
        dwellings: site.dwellings,
        dwellings_in_plan_period: site.dwellings_in_plan_period,
        plan_period: site.plan_period.clone(),
        permitted_now: site.permitted_now,
        constraint: site.constraint.clone(),
        first_year: site.first_year,
        last_year: site.last_year,
        precision: location.map(|location| location.precision.id()),
        point: lonlat_of(location.as_ref()),
        area: one.place.map(|place| CodeAndName::of_area(&catchment.layer.areas()[place as usize])),
        part_of: site.part_of.clone(),
        reference: site.reference.clone(),
        counted: one.dwellings.is_ok(),
        why_not: one.dwellings.as_ref().err().map(WhyNot::text),
        counted_dwellings: one.dwellings.as_ref().map_or(0.0, |dwellings| rounded(*dwellings, 1)),
        people: rounded(one.people, 1),
        joining_practices: one.joining.map(|people| rounded(people, 1)),
    }
}

fn status_ref(one: &crate::query::StatusTotal) -> StatusRef {
    StatusRef {
        status: one.status.id(),
        label: one.status.label(),
        sites: one.sites,
        dwellings: one.dwellings,
        dwellings_in_plan_period: one.dwellings_in_plan_period,
        permitted_now: one.permitted_now,
        counted: one.counted,
    }
}

fn joining_ref(one: &crate::query::Joining<'_>, people: f64) -> JoiningRef {
    JoiningRef {
        code: one.practice.map(|practice| practice.organisation.code.to_string()),
        name: one.practice.map_or_else(|| "Other practices, and counts that are withheld".to_owned(), |practice| practice.organisation.name.clone()),
        people: rounded(one.people, 1),
        share: if people > 0.0 { rounded(one.people / people, 6) } else { 0.0 },
        list_size: one.list_size,
        growth: one.list_size.filter(|list| *list > 0).map(|list| rounded(one.people / f64::from(list), 6)),
        asked: one.asked,
    }
}

fn need_ref(need: &Need, of_lists: bool) -> NeedRef {
    let one = |value: &NeedValue, decimals: i32| match value {
        NeedValue::Set(value) => NeedValueRef { value: Some(rounded(*value, decimals)), status: None, missing: Vec::new() },
        NeedValue::NotSet(missing) => NeedValueRef { value: None, status: Some("not set"), missing: missing.clone() },
    };
    NeedRef {
        people: rounded(need.people, 1),
        people_text: if of_lists { "the people who join the practices asked".to_owned() } else { "all the people in the homes counted".to_owned() },
        square_metres: one(&need.square_metres, 2),
        contribution: one(&need.contribution, 2),
        rooms: one(&need.rooms, 3),
    }
}

pub(super) fn assumption_ref(one: &Assumption) -> AssumptionRef {
    AssumptionRef { id: one.id, label: one.label, value: one.value.clone(), unit: one.unit, given: one.given, note: one.note.clone() }
}

fn not_located_ref(one: &NotLocated<'_>) -> NotLocatedRef {
    let list = one.sites.iter().map(|site| NotLocatedSiteRef {
        id: site.id.clone(),
        name: site.name.clone(),
        status: site.status.id(),
        status_label: site.status.label(),
        dwellings: site.dwellings,
        reference: site.reference.clone(),
    });
    NotLocatedRef {
        authority: CodeAndName::of_area(one.authority),
        sites: one.sites.len(),
        dwellings: one.sites.iter().filter_map(|site| CountBasis::Total.dwellings(site)).sum(),
        list: list.collect(),
    }
}

pub(super) fn plan_ref(one: &PlanRequirement<'_>) -> PlanRef {
    let first = one.phases[0];
    let (from_year, to_year) = one.years();
    let phases = one.phases.iter().map(|phase| PhaseRef { from_year: phase.from_year, to_year: phase.to_year, dwellings: phase.dwellings });
    PlanRef {
        authority: CodeAndName::of_area(one.authority),
        plan: first.plan.clone(),
        option: first.option.clone(),
        from_year,
        to_year,
        dwellings: one.dwellings,
        phases: phases.collect(),
        reference: first.reference.clone(),
        household_size: first.household_size,
        located: SitesRef::new(one.located),
        in_catchment: SitesRef::new(one.in_catchment),
        not_located: SitesRef::new(one.not_located),
        unexplained: rounded(one.unexplained, 1),
        text: sentence::plan(one),
    }
}

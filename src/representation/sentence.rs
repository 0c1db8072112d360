//! Answers in a sentence, made from the very numbers that stand beside it.

pub mod measure;
pub mod travel;

use crate::model::measure::number_text;
use crate::query::{Catchment, DefinitionRow, Growth, PlanRequirement, Summary};

fn whole(number: f64) -> String {
    number_text(number, 0)
}

fn per_cent(share: f64) -> String {
    format!("{}%", number_text(share * 100.0, 1))
}

/// `1 neighbourhood`, `17 neighbourhoods`.
fn counted(number: usize, one: &str, many: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "no list here is longer than the country's areas")]
    let text = whole(number as f64);
    format!("{text} {}", if number == 1 { one } else { many })
}

fn areas(catchment: &Catchment<'_>) -> String {
    let kind = catchment.layer.area_type().kind;
    counted(catchment.areas.len(), kind.singular(), kind.plural())
}

/// Who lives in a catchment, and how well it fits the list.
#[must_use]
pub fn catchment(catchment: &Catchment<'_>, summary: &Summary<'_>) -> String {
    let about = if summary.estimated { "about " } else { "" };
    let residents = summary.residents.map(|people| format!("{about}{} residents", whole(people)));
    let Some((name, patients)) = catchment.asked.label().zip(summary.registered_patients) else {
        let more = |people: f64| summary.residents.is_some_and(|residents| people > residents);
        let registered = summary.registered.map(|people| {
            if more(people) {
                format!("; practices count {about}{} people registered there", whole(people))
            } else {
                format!(", {about}{} of them counted by general practices as registered", whole(people))
            }
        });
        let people = residents.map_or_else(String::new, |residents| format!(": {residents}{}", registered.unwrap_or_default()));
        return format!("{} in this area{people}.", areas(catchment));
    };
    if catchment.areas.is_empty() {
        return format!("No neighbourhood belongs to the catchment of {name} by this definition.");
    }
    let few = if summary.withheld_areas > 0 { "at least " } else { about };
    if patients < 0.5 {
        let why = if summary.withheld_areas > 0 { "their number is withheld" } else { "there are none" };
        let residents = residents.map(|residents| format!(": {residents}")).unwrap_or_default();
        return format!("No number of patients of {name} can be given for {}, because {why}{residents}.", areas(catchment));
    }
    let of_list = match summary.list_size.zip(summary.share_of_list()) {
        Some((list, share)) => format!("{few}{} of {} patients of {name} ({})", whole(patients), whole(list), per_cent(share)),
        None => format!("{few}{} patients of {name}", whole(patients)),
    };
    let elsewhere = summary.registered_elsewhere().zip(summary.registered).filter(|(_, all)| *all > 0.0);
    let elsewhere = elsewhere
        .map(|(elsewhere, all)| {
            let withheld = if summary.withheld_areas > 0 { ", or in counts that are withheld" } else { "" };
            let (all, share) = (whole(all), per_cent(elsewhere / all));
            format!(" Of {all} people registered there with any practice, {} ({share}) are registered elsewhere{withheld}.", whole(elsewhere))
        })
        .unwrap_or_default();
    let one = catchment.areas.len() == 1;
    let residents = residents.map(|residents| format!(", which {} {residents}", if one { "has" } else { "have" })).unwrap_or_default();
    let these = if one { "this neighbourhood".to_owned() } else { format!("these {}", areas(catchment)) };
    let of_list = first_large(&of_list);
    format!("{of_list} live in {these}{residents}.{elsewhere}")
}

/// Which homes, how many people, whose list grows by how much. The catchment stands beside it and is not named again.
#[must_use]
pub fn growth(growth: &Growth<'_>) -> String {
    let at_a_rough_point = |site: &crate::query::SiteGrowth<'_>| {
        site.site.location.as_ref().is_some_and(|location| location.location.precision == crate::model::organisation::Precision::Approximate)
    };
    if growth.counted.sites == 0 {
        return "No home is counted in this catchment: no located site of the statuses added up lies in it.".to_owned();
    }
    let sites = counted(growth.counted.sites, "site", "sites");
    let rough = growth.sites.iter().filter(|site| site.dwellings.is_ok()).filter(|site| at_a_rough_point(site)).count();
    let rough = if rough > 0 { format!(", {rough} of them placed only roughly") } else { String::new() };
    let lists = match (growth.catchment.asked.label(), growth.list_growth, growth.list_size.filter(|list| *list > 0.0)) {
        (Some(name), Some(joining), Some(list)) => {
            format!(", {} of whom would join {name}: {} more than its list of {}", whole(joining), per_cent(joining / list), whole(list))
        }
        (Some(name), Some(joining), None) => format!(", {} of whom would join {name}", whole(joining)),
        _ => String::new(),
    };
    let homes = if whole(growth.counted.dwellings) == "1" { "home" } else { "homes" };
    let undated = if growth.by_year.is_empty() || growth.undated.sites == 0 {
        String::new()
    } else {
        format!(" {} of these homes have no years.", whole(growth.undated.dwellings))
    };
    format!("{} {homes} on {sites}{rough}: about {} people{lists}. An estimate.{undated}", whole(growth.counted.dwellings), whole(growth.people))
}

/// What a plan requires, and what explains it.
#[must_use]
pub fn plan(plan: &PlanRequirement<'_>) -> String {
    let first = plan.phases[0];
    let (from, to) = plan.years();
    let option = if first.option == "adopted" { "adopted".to_owned() } else { first.option.clone() };
    let unlocated = if plan.not_located.sites > 0 {
        format!(
            " {} homes more are on {} of the district that no map shows.",
            whole(plan.not_located.dwellings),
            counted(plan.not_located.sites, "site", "sites")
        )
    } else {
        String::new()
    };
    let rest = if plan.unexplained > 0.0 {
        format!(
            " The other {} homes are on no site held here, so nobody can say which catchment they fall in; homes already built since {from} are among them.",
            whole(plan.unexplained)
        )
    } else {
        " The sites held here hold more homes than this requirement.".to_owned()
    };
    format!(
        "{} ({option}): {} homes from {from} to {to}. Sites with a place on the map explain {} of them, {} in this catchment.{unlocated}{rest}",
        first.plan,
        whole(f64::from(plan.dwellings)),
        whole(plan.located.dwellings),
        whole(plan.in_catchment.dwellings),
    )
}

/// How far the definitions differ.
#[must_use]
pub fn definitions(rows: &[DefinitionRow<'_>]) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let range = |numbers: Vec<f64>| {
        let (least, most) = numbers.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), number| (least.min(*number), most.max(*number)));
        if whole(least) == whole(most) { whole(most) } else { format!("{} to {}", whole(least), whole(most)) }
    };
    let homes = range(rows.iter().map(|row| row.growth.counted.dwellings).collect());
    let people = range(rows.iter().map(|row| row.growth.people).collect());
    let joining = first.growth.list_growth.is_some().then(|| range(rows.iter().filter_map(|row| row.growth.list_growth).collect()));
    let name = first.answer.catchment.asked.label().unwrap_or_default();
    let joining = joining.map(|joining| format!(", of whom {joining} would join {name}")).unwrap_or_default();
    let widest = rows.iter().max_by_key(|row| row.answer.catchment.areas.len()).unwrap_or(first);
    let one_plan = |one: &PlanRequirement<'_>| format!("{} for {} ({})", whole(f64::from(one.dwellings)), one.authority.name, one.phases[0].option);
    let plans: Vec<String> = widest.growth.plans.iter().map(one_plan).collect();
    let plan = if plans.is_empty() { String::new() } else { format!(" Plans of these districts require, in homes: {}.", plans.join("; ")) };
    format!("No one definition of a catchment is standard. By those below, {homes} homes on located sites fall in it: {people} people{joining}.{plan}")
}

fn first_large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

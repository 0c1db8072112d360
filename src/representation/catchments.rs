//! Catchments and housing growth as GeoJSON and CSV; every row of a table says what it is of, and whose.

use serde::Serialize;

use super::csv::{optional, table};
use super::drawing::{Drawing, point_in};
use super::geojson::{collection, feature, json};
use super::json::{
    Base, CatchmentAreaRef, CatchmentFrame, CatchmentRef, DefinitionsAnswer, GrowthAnswer, Provenance, SiteRef, attribution_line, catchment_areas,
};
use crate::model::crs::Crs;
use crate::query::{CatchmentAnswer, Comparators, Growth};
use crate::store::Store;

/// The areas of a catchment as features, with everything said about it around them.
#[must_use]
pub fn catchment_geojson<'s>(
    store: &'s Store,
    comparators: &Comparators,
    answer: &CatchmentAnswer<'s>,
    drawing: &Drawing,
    base: &Base,
    own: Option<&str>,
) -> Vec<u8> {
    let shapes = drawing.shapes(store);
    let frame = CatchmentFrame::new(store, comparators, answer, base, own);
    collection(&frame, catchment_areas(store, comparators, answer), |out, area: CatchmentAreaRef<'_>| {
        feature(out, Some(area.code), &shapes[area.index as usize].geojson, &json(&area));
    })
}

/// The areas of a catchment as a table.
#[must_use]
pub fn catchment_csv<'s>(store: &'s Store, comparators: &Comparators, answer: &CatchmentAnswer<'s>) -> Vec<u8> {
    let heads = [
        "code",
        "name",
        "alias",
        "patients",
        "patients_status",
        "share_of_practice",
        "share_of_area",
        "registered",
        "residents",
        "weight",
        "deprivation_score",
        "national_decile",
        "catchment",
        "definition",
        "patients_period",
        "residents_period",
        "direction",
        "edition",
        "attribution",
    ]
    .map(str::to_owned);
    let catchment = &answer.catchment;
    let attribution = attribution_line(store, &comparators.sources(store));
    let period = catchment.register.map(|register| register.period().to_owned()).unwrap_or_default();
    let rows = catchment_areas(store, comparators, answer).map(|area| {
        let status = area.status.unwrap_or(if area.patients.is_some() { "present" } else { "not_applicable" });
        vec![
            area.code.to_owned(),
            area.name.to_owned(),
            area.alias.unwrap_or_default().to_owned(),
            optional(area.patients),
            status.to_owned(),
            optional(area.share_of_practice),
            optional(area.share_of_area),
            optional(area.registered),
            optional(area.residents),
            area.weight.to_string(),
            optional(area.score),
            optional(area.decile),
            catchment.label(),
            catchment.definition.text(),
            period.clone(),
            store.population_period().unwrap_or_default().to_owned(),
            "higher score = more deprived; decile 1 = most deprived".to_owned(),
            store.id().to_owned(),
            attribution.clone(),
        ]
    });
    table(&heads, rows)
}

/// What stands around the sites of a growth answer.
#[derive(Serialize)]
struct SitesFrame<'a> {
    catchment: &'a CatchmentRef,
    sentence: &'a str,
    #[serde(flatten)]
    provenance: &'a Provenance,
}

/// The sites of a catchment as points.
#[must_use]
pub fn growth_geojson(answer: &GrowthAnswer, growth: &Growth<'_>) -> Vec<u8> {
    let frame = SitesFrame { catchment: &answer.catchment, sentence: &answer.sentence, provenance: &answer.provenance };
    collection(&frame, answer.sites.iter().zip(&growth.sites), |out, (site, found)| {
        let point = found.site.location.as_ref().map_or_else(|| "null".to_owned(), |location| point_in(&location.location.point, Crs::Crs84));
        feature(out, Some(&site.id), &point, &json(site));
    })
}

/// The sites of a catchment, and those of its districts that are not located, as a table.
#[must_use]
pub fn growth_csv(store: &Store, answer: &GrowthAnswer) -> Vec<u8> {
    let heads = [
        "id",
        "name",
        "authority",
        "status",
        "dwellings",
        "dwellings_in_plan_period",
        "permitted_now",
        "first_year",
        "last_year",
        "location",
        "longitude",
        "latitude",
        "neighbourhood",
        "counted",
        "why_not",
        "counted_dwellings",
        "people",
        "joining_practices",
        "constraint",
        "reference",
        "catchment",
        "assumptions",
        "edition",
        "attribution",
    ]
    .map(str::to_owned);
    let assumed = answer.assumptions.iter().map(|one| format!("{}={}", one.id, one.value.as_deref().unwrap_or("not set"))).collect::<Vec<_>>().join("; ");
    let attribution = attribution_line(store, &super::json::growth_sources(store));
    let around = [answer.catchment.label.clone(), assumed, store.id().to_owned(), attribution];
    let located = answer.sites.iter().map(|site| site_row(site, &around));
    let not_located = answer.not_located.iter().flat_map(|district| district.list.iter().map(move |site| (district, site))).map(|(district, site)| {
        let mut row = vec![String::new(); heads.len() - around.len()];
        row[0].clone_from(&site.id);
        row[1].clone_from(&site.name);
        row[2].clone_from(&district.authority.name);
        site.status.clone_into(&mut row[3]);
        row[4] = site.dwellings.map(|dwellings| dwellings.to_string()).unwrap_or_default();
        "not located".clone_into(&mut row[9]);
        "false".clone_into(&mut row[13]);
        "not located".clone_into(&mut row[14]);
        row[19].clone_from(&site.reference);
        row.extend(around.clone());
        row
    });
    table(&heads, located.chain(not_located))
}

fn site_row(site: &SiteRef, around: &[String; 4]) -> Vec<String> {
    let whole = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
    let mut row = vec![
        site.id.clone(),
        site.name.clone(),
        site.authority.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
        site.status.to_owned(),
        whole(site.dwellings),
        whole(site.dwellings_in_plan_period),
        whole(site.permitted_now),
        year(site.first_year),
        year(site.last_year),
        site.precision.unwrap_or_default().to_owned(),
        optional(site.point.map(|point| point[0])),
        optional(site.point.map(|point| point[1])),
        site.area.as_ref().map(|one| one.code.clone()).unwrap_or_default(),
        site.counted.to_string(),
        site.why_not.clone().unwrap_or_default(),
        site.counted_dwellings.to_string(),
        site.people.to_string(),
        optional(site.joining_practices),
        site.constraint.clone().unwrap_or_default(),
        site.reference.clone(),
    ];
    row.extend(around.iter().cloned());
    row
}

/// The definitions side by side as a table.
#[must_use]
pub fn definitions_csv(store: &Store, comparators: &Comparators, answer: &DefinitionsAnswer, practices: &str) -> Vec<u8> {
    let assumed = answer.assumptions.iter().map(|one| format!("{}={}", one.id, one.value.as_deref().unwrap_or("not set"))).collect::<Vec<_>>().join("; ");
    let period = store.register().map(|register| register.period().to_owned()).unwrap_or_default();
    let heads = [
        "definition",
        "label",
        "meaning",
        "areas",
        "registered_patients",
        "share_of_list",
        "residents",
        "registered_elsewhere",
        "patients_outside",
        "core20_people",
        "deprivation_score",
        "sites",
        "dwellings",
        "people",
        "list_growth",
        "list_growth_share",
        "practices",
        "patients_period",
        "residents_period",
        "assumptions",
        "edition",
        "attribution",
    ]
    .map(str::to_owned);
    let sources: Vec<&str> = comparators.sources(store).into_iter().chain(super::json::growth_sources(store)).collect();
    let attribution = attribution_line(store, &sources);
    let rows = answer.rows.iter().map(|row| {
        vec![
            row.definition.to_owned(),
            row.label.clone(),
            row.text.clone(),
            row.areas.to_string(),
            optional(row.registered_patients),
            optional(row.share_of_list),
            optional(row.residents),
            optional(row.registered_elsewhere),
            optional(row.patients_outside),
            optional(row.core20_people),
            optional(row.score),
            row.sites.to_string(),
            row.dwellings.to_string(),
            row.people.to_string(),
            optional(row.list_growth),
            optional(row.list_growth_share),
            practices.to_owned(),
            period.clone(),
            store.population_period().unwrap_or_default().to_owned(),
            assumed.clone(),
            store.id().to_owned(),
            attribution.clone(),
        ]
    });
    table(&heads, rows)
}

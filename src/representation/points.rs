//! Practices, hospitals, pharmacies and housing sites as features and as rows of a table.

use serde_json::{Map, Value};

use super::json::{Provenance, attribution_line};
use crate::model::crs::Crs;
use crate::model::housing::HousingSite;
use crate::model::organisation::{Organisation, Practice};
use crate::query::{FeaturePage, PointCollection};
use crate::representation::drawing::{lonlat_point, point_in};
use crate::representation::geojson::{Frame, collection, feature, json};
use crate::representation::json::six_decimals;
use crate::representation::{csv, drawing};
use crate::store::Store;

/// All patients of the practice at a position: those of the register, else those that the list of practices gives.
#[must_use]
pub fn list_size(store: &Store, position: usize) -> Option<u32> {
    let at = u32::try_from(position).expect("an edition has fewer than 2^32 practices");
    match store.register() {
        Some(register) => register.list_size(at),
        None => store.practices().at(at).list_size,
    }
}

/// A page of a collection of points as GeoJSON; what is not located has no geometry.
#[must_use]
pub fn features(store: &Store, of: PointCollection, page: &FeaturePage, crs: Crs, provenance: Provenance) -> Vec<u8> {
    let frame = Frame { number_matched: page.matched, number_returned: page.places.len(), provenance };
    collection(&frame, page.places.iter(), |out, &position| one(out, store, of, position as usize, crs))
}

/// One feature with links, edition and sources.
#[must_use]
pub fn one_feature(store: &Store, of: PointCollection, position: usize, crs: Crs, provenance: &Provenance) -> Vec<u8> {
    let mut out = Vec::new();
    one(&mut out, store, of, position, crs);
    // The feature's own closing brace makes room for the members that every answer carries.
    out.pop();
    out.push(b',');
    out.extend_from_slice(&json(provenance)[1..]);
    out
}

fn one(out: &mut Vec<u8>, store: &Store, of: PointCollection, position: usize, crs: Crs) {
    let outline = match of {
        PointCollection::HousingSites => store.housing().sites.items[position].location.as_ref().and_then(|location| location.outline.as_ref()),
        _ => None,
    };
    let geometry = match (outline, of.point(store, position)) {
        (Some(outline), _) => drawing::polygons_in(outline, crs),
        (None, Some(point)) => point_in(&point, crs),
        (None, None) => "null".to_owned(),
    };
    let properties = properties(store, of, position);
    let id = properties.get("code").and_then(Value::as_str).map(str::to_owned);
    feature(out, id.as_deref(), &geometry, &json(&properties));
}

/// A page as a table: every property a column, then the point.
#[must_use]
pub fn table(store: &Store, of: PointCollection, places: &[u32]) -> Vec<u8> {
    let columns = columns(of);
    let mut heads: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    heads.extend(["longitude", "latitude", "edition", "attribution"].map(str::to_owned));
    let sources: Vec<&str> = of.sources(store).iter().map(String::as_str).collect();
    let attribution = attribution_line(store, &sources);
    let rows = places.iter().map(|&position| {
        let properties = properties(store, of, position as usize);
        let text = |column: &&str| match properties.get(*column) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let point = of.point(store, position as usize).as_ref().and_then(lonlat_point);
        let mut cells: Vec<String> = columns.iter().map(text).collect();
        cells.extend([point.map(|point| six_decimals(point.x())), point.map(|point| six_decimals(point.y()))].map(csv::optional));
        cells.extend([store.id().to_owned(), attribution.clone()]);
        cells
    });
    csv::table(&heads, rows)
}

/// The properties of a collection's features, in reading order.
#[must_use]
pub const fn columns(of: PointCollection) -> &'static [&'static str] {
    match of {
        PointCollection::Practices => &[
            "code",
            "name",
            "address",
            "postcode",
            "status",
            "list_size",
            "list_period",
            "pcn_code",
            "pcn_name",
            "commissioner_code",
            "commissioner_name",
            "precision",
        ],
        PointCollection::Hospitals => &["code", "name", "kind", "sector", "address", "postcode", "precision"],
        PointCollection::Pharmacies => &["code", "name", "address", "postcode", "status", "precision"],
        PointCollection::HousingSites => &[
            "code",
            "name",
            "local_authority_code",
            "status",
            "dwellings",
            "dwellings_in_plan_period",
            "plan_period",
            "permitted_now",
            "constraint",
            "first_year",
            "last_year",
            "part_of",
            "precision",
            "reference",
        ],
    }
}

/// What is known of the feature at a position; what is not known is left out.
fn properties(store: &Store, of: PointCollection, position: usize) -> Map<String, Value> {
    let mut properties = match of {
        PointCollection::Practices => practice(store, position, &store.practices().all.items[position]),
        PointCollection::Pharmacies => organisation(&store.pharmacies().items[position]),
        PointCollection::HousingSites => site(&store.housing().sites.items[position]),
        PointCollection::Hospitals => {
            let hospital = &store.hospitals().items[position];
            let words =
                [("code", &hospital.id), ("name", &hospital.name), ("kind", &hospital.kind), ("sector", &hospital.sector), ("address", &hospital.address)];
            let mut properties = given(words.map(|(name, word)| (name, Some(Value::from(word.as_str())))));
            put(&mut properties, "postcode", hospital.postcode.as_deref());
            properties
        }
    };
    let precision = of.location(store, position).map_or("not located", |location| location.precision.id());
    properties.insert("precision".to_owned(), precision.into());
    properties
}

fn organisation(one: &Organisation) -> Map<String, Value> {
    let mut properties = given([
        ("code", Some(one.code.as_str().into())),
        ("name", Some(one.name.as_str().into())),
        ("address", Some(one.address.as_str().into())),
        ("status", Some(one.status.id().into())),
    ]);
    put(&mut properties, "postcode", one.postcode.as_deref());
    properties
}

fn practice(store: &Store, position: usize, one: &Practice) -> Map<String, Value> {
    let mut properties = organisation(&one.organisation);
    put(&mut properties, "list_size", list_size(store, position));
    put(&mut properties, "list_period", store.register().map(|register| register.period()));
    put(&mut properties, "pcn_code", one.pcn.as_ref().map(|pcn| pcn.code.as_str()));
    put(&mut properties, "pcn_name", one.pcn.as_ref().map(|pcn| pcn.name.as_str()));
    put(&mut properties, "commissioner_code", one.commissioner.as_ref().map(|one| one.code.as_str()));
    put(&mut properties, "commissioner_name", one.commissioner.as_ref().map(|one| one.name.as_str()));
    properties
}

fn site(one: &HousingSite) -> Map<String, Value> {
    let mut properties = given([("code", Some(one.id.as_str().into())), ("name", Some(one.name.as_str().into())), ("status", Some(one.status.id().into()))]);
    put(&mut properties, "local_authority_code", one.authority.as_ref().map(|code| code.as_str()));
    put(&mut properties, "dwellings", one.dwellings);
    put(&mut properties, "dwellings_in_plan_period", one.dwellings_in_plan_period);
    put(&mut properties, "plan_period", one.plan_period.as_deref());
    put(&mut properties, "permitted_now", one.permitted_now);
    put(&mut properties, "constraint", one.constraint.as_deref());
    put(&mut properties, "first_year", one.first_year);
    put(&mut properties, "last_year", one.last_year);
    put(&mut properties, "part_of", one.part_of.as_deref());
    put(&mut properties, "reference", Some(one.reference.as_str()));
    properties
}

fn given<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.filter(|value| value.as_str() != Some(""))?))).collect()
}

fn put(properties: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        properties.insert(name.to_owned(), value.into());
    }
}

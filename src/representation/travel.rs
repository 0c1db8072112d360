//! Travel as tables and features; every row says on which basis its time stands, and whose.

use super::csv::{optional, table};
use super::drawing::{Drawing, polygons_in};
use super::geojson::{collection, feature, json};
use super::json::travel::{AccessAnswer, IsochroneRef, IsochronesFrame, MatrixAnswer, TravelAreaRef, TravelTimesFrame, travel_areas};
use crate::model::crs::Crs;
use crate::model::travel::Mode;
use crate::query::travel::{Access, Isochrones, TravelTimes};
use crate::representation::json::{SourceRef, travel::BasisRef};
use crate::store::Store;

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Each licence line once.
fn attribution(sources: &[SourceRef]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for source in sources {
        if !lines.contains(&source.attribution.as_str()) {
            lines.push(&source.attribution);
        }
    }
    lines.join(" ")
}

/// The words for a basis.
fn words<'b>(basis: &'b [BasisRef], id: Option<&str>) -> &'b str {
    basis.iter().find(|one| Some(one.basis) == id).map(|one| one.error.as_str()).unwrap_or_default()
}

/// The areas with their nearest site as a table.
#[must_use]
pub fn times_csv(store: &Store, found: &TravelTimes<'_>, frame: &TravelTimesFrame) -> Vec<u8> {
    /// Where the best and worst minute of a window stand.
    const AFTER_MINUTES: usize = 9;
    let mut names = vec![
        "code",
        "name",
        "alias",
        "district_code",
        "district",
        "population",
        "nearest_id",
        "nearest_site",
        "minutes",
        "kilometres",
        "band",
        "basis",
        "basis_in_words",
        "mode",
        "time",
        "direction",
        "by",
        "edition",
        "attribution",
    ];
    let attribution = attribution(&frame.provenance.sources);
    let by_timetable = found.how.mode == Mode::Transit;
    let rows = travel_areas(found).map(|area| {
        let district = store.district_of(found.layer, area.index);
        let site = area.site.map(|site| &found.sites.list[site as usize]);
        let mut row = vec![
            area.code.to_owned(),
            area.name.to_owned(),
            area.alias.unwrap_or_default().to_owned(),
            district.map(|district| district.code.to_string()).unwrap_or_default(),
            district.map(|district| district.name.clone()).unwrap_or_default(),
            optional(area.population),
            site.map(|site| site.id.clone()).unwrap_or_default(),
            site.map(|site| site.name.clone()).unwrap_or_default(),
            optional(area.minutes),
            optional(area.kilometres),
            area.band.map_or_else(|| area.reason.unwrap_or("not reached").to_owned(), |band| found.bands.classes[band].label.clone()),
            area.basis.unwrap_or_default().to_owned(),
            words(&frame.basis, area.basis).to_owned(),
            frame.question.mode.to_owned(),
            frame.question.time.to_owned(),
            frame.question.direction.to_owned(),
            frame.question.by.to_owned(),
            store.id().to_owned(),
            attribution.clone(),
        ];
        if by_timetable {
            row.splice(AFTER_MINUTES..AFTER_MINUTES, [optional(area.least), optional(area.most)]);
        }
        row
    });
    if by_timetable {
        names.splice(AFTER_MINUTES..AFTER_MINUTES, ["minutes_least", "minutes_most"]);
    }
    table(&heads(&names), rows)
}

/// The areas with their nearest site as features.
#[must_use]
pub fn times_geojson(store: &Store, found: &TravelTimes<'_>, frame: &TravelTimesFrame, drawing: &Drawing) -> Vec<u8> {
    let shapes = drawing.shapes(store);
    collection(frame, travel_areas(found), |out, area: TravelAreaRef<'_>| {
        feature(out, Some(area.code), &shapes[area.index].geojson, &json(&area));
    })
}

/// A table of journeys: one row for each pair.
#[must_use]
pub fn matrix_csv(store: &Store, answer: &MatrixAnswer) -> Vec<u8> {
    let names = [
        "from_id",
        "from",
        "from_longitude",
        "from_latitude",
        "to_id",
        "to",
        "to_longitude",
        "to_latitude",
        "minutes",
        "kilometres",
        "miles",
        "basis",
        "basis_in_words",
        "mode",
        "time",
        "edition",
        "attribution",
    ];
    let attribution = attribution(&answer.provenance.sources);
    let pairs =
        answer.origins.iter().enumerate().flat_map(|(row, from)| answer.destinations.iter().enumerate().map(move |(column, to)| (row, from, column, to)));
    let rows = pairs.map(|(row, from, column, to)| {
        let basis = answer.basis_of[row][column];
        vec![
            from.id.clone(),
            from.name.clone(),
            optional(from.lon),
            optional(from.lat),
            to.id.clone(),
            to.name.clone(),
            optional(to.lon),
            optional(to.lat),
            optional(answer.minutes[row][column]),
            optional(answer.kilometres[row][column]),
            optional(answer.miles[row][column]),
            basis.unwrap_or("not reached").to_owned(),
            words(&answer.basis, basis).to_owned(),
            answer.question.mode.to_owned(),
            answer.question.time.to_owned(),
            store.id().to_owned(),
            attribution.clone(),
        ]
    });
    table(&heads(&names), rows)
}

/// Isochrones as features, longest time first; a time in which nothing is reached has no geometry.
#[must_use]
pub fn isochrones_geojson(found: &Isochrones<'_>, frame: &IsochronesFrame) -> Vec<u8> {
    collection(frame, found.shapes.iter(), |out, one| {
        let geometry = one.shape.as_ref().map_or_else(|| "null".to_owned(), |shape| polygons_in(shape, Crs::Crs84));
        feature(out, None, &geometry, &json(&IsochroneRef::new(found, one)));
    })
}

/// Isochrones as a table.
#[must_use]
pub fn isochrones_csv(store: &Store, found: &Isochrones<'_>, frame: &IsochronesFrame) -> Vec<u8> {
    let names = [
        "minutes",
        "place",
        "longitude",
        "latitude",
        "people",
        "areas",
        "combine",
        "basis",
        "basis_in_words",
        "mode",
        "time",
        "direction",
        "edition",
        "attribution",
    ];
    let attribution = attribution(&frame.provenance.sources);
    let every = frame.basis.iter().map(|one| one.error.as_str()).collect::<Vec<_>>().join("; ");
    let rows = found.shapes.iter().rev().map(|one| {
        let said = IsochroneRef::new(found, one);
        let place = one.place.map(|place| &frame.places[place]);
        let all = || frame.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join("; ");
        vec![
            one.minutes.to_string(),
            place.map_or_else(all, |place| place.name.clone()),
            optional(place.and_then(|place| place.lon)),
            optional(place.and_then(|place| place.lat)),
            said.people.to_string(),
            said.areas.to_string(),
            found.combine.id().to_owned(),
            said.basis.to_owned(),
            one.basis.map_or_else(|| every.clone(), |basis| words(&frame.basis, Some(basis.id())).to_owned()),
            frame.question.mode.to_owned(),
            frame.question.time.to_owned(),
            frame.question.direction.to_owned(),
            store.id().to_owned(),
            attribution.clone(),
        ]
    });
    table(&heads(&names), rows)
}

/// Access of every area as a table.
#[must_use]
pub fn access_csv(store: &Store, found: &Access<'_>, answer: &AccessAnswer<'_>) -> Vec<u8> {
    let names = [
        "code",
        "name",
        "alias",
        "district_code",
        "district",
        "population",
        "accessibility_per_1000",
        "sites",
        "bands",
        "mode",
        "time",
        "basis",
        "edition",
        "attribution",
    ];
    let attribution = attribution(&answer.provenance.sources);
    let bands = answer.bands.iter().map(|band| format!("{} min × {}", band.minutes, band.weight)).collect::<Vec<_>>().join("; ");
    let basis = answer.basis.iter().map(|one| one.error.as_str()).collect::<Vec<_>>().join("; ");
    let rows = answer.areas.iter().map(|area| {
        let district = store.district_of(found.layer, area.index);
        vec![
            area.code.to_owned(),
            area.name.to_owned(),
            area.alias.unwrap_or_default().to_owned(),
            district.map(|district| district.code.to_string()).unwrap_or_default(),
            district.map(|district| district.name.clone()).unwrap_or_default(),
            optional(area.population),
            optional(area.accessibility_per_1000),
            answer.question.sites.clone().unwrap_or_default(),
            bands.clone(),
            answer.question.mode.to_owned(),
            answer.question.time.to_owned(),
            basis.clone(),
            store.id().to_owned(),
            attribution.clone(),
        ]
    });
    table(&heads(&names), rows)
}

/// Access of every area as features.
#[must_use]
pub fn access_geojson(store: &Store, answer: &AccessAnswer<'_>, drawing: &Drawing) -> Vec<u8> {
    let shapes = drawing.shapes(store);
    let frame = serde_json::json!({
        "question": answer.question, "sentence": answer.sentence, "method": answer.method, "bands": answer.bands, "basis": answer.basis, "sites": answer.sites,
        "summary": answer.summary, "notes": answer.notes, "links": answer.provenance.links, "edition": answer.provenance.edition, "sources": answer.provenance.sources,
    });
    collection(&frame, answer.areas.iter(), |out, area| {
        feature(out, Some(area.code), &shapes[area.index].geojson, &json(area));
    })
}

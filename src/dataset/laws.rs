//! The laws of an edition, checked before it is written and after it is read: whoever holds an edition may rely on them.

use std::collections::HashSet;
use std::fmt::Display;

use geo_types::{Coord, LineString};

use super::DatasetError;
use crate::model::area::{Area, AreaType};
use crate::model::edition::Edition;
use crate::model::measure::{FigureStatus, Series};
use crate::model::organisation::Location;

mod housing;
mod organisations;
mod published_times;
mod registered_patients;
mod roads;
mod timetable;

/// Names of files that context layers may not take.
const TAKEN: [&str; 9] =
    ["places", "manifest", "practices", "branches", "hospitals", "pharmacies", "housing-sites", "housing-site-outlines", "registered-patients"];

/// Checks every law; the first broken one is the error.
pub(super) fn check(edition: &Edition) -> Result<(), DatasetError> {
    let broken = |part: String, expected: &str, found: String| {
        Err(DatasetError::Contradiction { edition: edition.id.clone(), part, expected: expected.to_owned(), found })
    };
    let mut sources = HashSet::new();
    for source in &edition.sources {
        if !sources.insert(source.id.as_str()) {
            return broken(format!("source {}", source.id), "one source of that id", "two".to_owned());
        }
    }
    let from_source = |part: String, source: &str| {
        if sources.contains(source) { Ok(()) } else { broken(part, "a source of the edition", format!("{source:?}")) }
    };

    let mut layers = HashSet::new();
    for layer in &edition.layers {
        let part = layer.area_type.to_string();
        if !layers.insert(layer.area_type) {
            return broken(part, "one layer of that area type", "two".to_owned());
        }
        from_source(part.clone(), &layer.source)?;
        if let Some(pair) = layer.areas.windows(2).find(|pair| pair[0].code >= pair[1].code) {
            return broken(part, "areas sorted by code, no code twice", format!("{} before {}", pair[0].code, pair[1].code));
        }
        for area in &layer.areas {
            if let Some((expected, found)) = fault_of_area(area) {
                return broken(format!("{part} {}", area.code), expected, found);
            }
        }
    }

    let mut context = HashSet::new();
    for layer in &edition.context {
        let part = format!("context layer {:?}", layer.id);
        let plain = !layer.id.is_empty() && layer.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !plain || TAKEN.contains(&layer.id.as_str()) || !context.insert(layer.id.as_str()) {
            return broken(part, "an id of its own in small letters and hyphens", format!("{:?}", layer.id));
        }
        from_source(part.clone(), &layer.source)?;
        for (name, geometry) in &layer.features {
            if let Some((expected, found)) = fault_of_rings(geometry.inner()) {
                return broken(format!("{part}, {name}"), expected, found);
            }
        }
    }
    for place in &edition.places {
        if !(place.point.0.x().is_finite() && place.point.0.y().is_finite()) {
            return broken(format!("place {}", place.name), "finite coordinates", format!("{:?}", place.point.0));
        }
    }

    let mut fields = HashSet::new();
    for measure in &edition.measures {
        let part = format!("measure {}", measure.id);
        from_source(part.clone(), &measure.source)?;
        if measure.fields.is_empty() {
            return broken(part, "one field or more", "none".to_owned());
        }
        for field in &measure.fields {
            if !fields.insert((measure.id.as_str(), field.id.as_str())) {
                return broken(part, "one field of each id in one measure of each id", format!("two fields {}", field.id));
            }
        }
    }
    let mut keys = HashSet::new();
    for series in &edition.series {
        let part = format!("series {}.{} {} {}", series.measure, series.field, series.area_type, series.period);
        if !fields.contains(&(series.measure.as_str(), series.field.as_str())) {
            return broken(part, "a field of a measure of the edition", "none".to_owned());
        }
        if !keys.insert((&series.measure, &series.field, series.area_type, &series.period, series.sex, &series.age)) {
            return broken(part, "one series of that period, sex and age", "two".to_owned());
        }
        if let Some((expected, found)) = fault_of_figures(series, areas_of(edition, series.area_type)) {
            return broken(part, expected, found);
        }
    }
    for breaks in &edition.national_breaks {
        let part = format!("national breaks of {}.{} {}", breaks.measure, breaks.field, breaks.period);
        if !fields.contains(&(breaks.measure.as_str(), breaks.field.as_str())) {
            return broken(part, "a field of a measure of the edition", "none".to_owned());
        }
        if let Some(class) = breaks.classes.iter().find(|class| !(class.min.is_finite() && class.max.is_finite())) {
            return broken(part, "finite edges of classes", format!("{class:?}"));
        }
    }
    for (part, source) in drawn_upon(edition) {
        from_source(part.to_owned(), source)?;
    }
    let fault = organisations::fault(edition).or_else(|| registered_patients::fault(edition)).or_else(|| housing::fault(edition));
    let fault = fault.or_else(|| published_times::fault(edition)).or_else(|| roads::fault(edition)).or_else(|| timetable::fault(edition));
    fault.map_or(Ok(()), |(part, expected, found)| broken(part, expected, found))
}

/// The sources of organisations, registers, housing and travel, each with the list that names it.
fn drawn_upon(edition: &Edition) -> impl Iterator<Item = (&'static str, &str)> {
    let lists = [
        ("practices", &edition.practices.sources),
        ("hospitals", &edition.hospitals.sources),
        ("pharmacies", &edition.pharmacies.sources),
        ("housing sites", &edition.housing_sites.sources),
        ("housing requirements", &edition.housing_requirements.sources),
    ];
    let registers = edition.registered_patients.iter().map(|register| ("registered patients", register.source.as_str()));
    let times = edition.published_times.iter().map(|times| ("published times", times.source.as_str()));
    let roads = edition.roads.iter().map(|roads| ("roads", roads.source.as_str()));
    let timetable = edition.timetable.iter().map(|timetable| ("timetable", timetable.source.as_str()));
    let lists = lists.into_iter().flat_map(|(part, sources)| sources.iter().map(move |source| (part, source.as_str())));
    lists.chain(registers).chain(times).chain(roads).chain(timetable)
}

fn areas_of(edition: &Edition, area_type: AreaType) -> Option<usize> {
    edition.layers.iter().find(|layer| layer.area_type == area_type).map(|layer| layer.areas.len())
}

/// The part that breaks a law, what was expected, and what was found.
type Broken = (String, &'static str, String);

/// What was expected, and what was found.
type Fault = Option<(&'static str, String)>;

fn fault_of_area(area: &Area) -> Fault {
    if let Some(pair) = area.parents.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
        return Some(("parents sorted by area type, one of each", format!("{} before {}", pair[0].0, pair[1].0)));
    }
    let centroid = area.centroid.inner();
    if !(centroid.x().is_finite() && centroid.y().is_finite()) {
        return Some(("a finite centroid", format!("{centroid:?}")));
    }
    fault_of_rings(area.geometry.inner())
}

fn fault_of_rings(geometry: &geo_types::MultiPolygon<f64>) -> Fault {
    if geometry.0.is_empty() {
        return Some(("one polygon or more", "none".to_owned()));
    }
    geometry.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())).find_map(fault_of_ring)
}

fn fault_of_ring(ring: &LineString<f64>) -> Fault {
    if ring.0.len() < 4 || ring.0.first() != ring.0.last() {
        return Some(("closed rings of four positions or more", format!("{} positions", ring.0.len())));
    }
    let finite = |c: &&Coord<f64>| !(c.x.is_finite() && c.y.is_finite());
    ring.0.iter().find(finite).map(|c| ("finite coordinates", format!("{}, {}", c.x, c.y)))
}

/// What is wrong with a point.
fn fault_of_location(location: Option<&Location>) -> Fault {
    let point = location?.point.inner();
    let finite = point.x().is_finite() && point.y().is_finite();
    if finite { None } else { Some(("finite coordinates", format!("{}, {}", point.x(), point.y()))) }
}

/// The first two neighbours in a list that are not in the order of their keys, or have the same.
fn disorder<'a, T, K: Ord + Display>(list: &'a [T], key: impl Fn(&'a T) -> K) -> Option<String> {
    let mut pairs = list.windows(2).map(|pair| (key(&pair[0]), key(&pair[1])));
    pairs.find(|(first, second)| first >= second).map(|(first, second)| format!("{first} before {second}"))
}

fn fault_of_figures(series: &Series, areas: Option<usize>) -> Fault {
    let Some(areas) = areas else {
        return Some(("a layer of that area type", "none".to_owned()));
    };
    let figures = &series.figures;
    let optional = [&figures.lower, &figures.upper, &figures.count, &figures.denominator];
    let lengths = [figures.value.len(), figures.status.len()].into_iter().chain(optional.into_iter().flatten().map(Vec::len));
    if let Some(found) = lengths.into_iter().find(|found| *found != areas) {
        return Some(("as many figures as areas", format!("{found} for {areas} areas")));
    }
    let unlawful = |(value, status): (&f64, &FigureStatus)| if *status == FigureStatus::Present { !value.is_finite() } else { !value.is_nan() };
    if let Some(place) = figures.value.iter().zip(&figures.status).position(unlawful) {
        return Some(("a number exactly where a figure is present", format!("{} at place {place}, {}", figures.value[place], figures.status[place].id())));
    }
    let infinite = optional.into_iter().flatten().flatten().find(|number| number.is_infinite());
    infinite.map(|number| ("finite numbers", number.to_string()))
}

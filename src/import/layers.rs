//! The layers of the edition: its areas with names, parents and polygons; larger areas are dissolved where they are not published.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use geo_types::{MultiPolygon, Point};

use super::dissolve::dissolve;
use super::error::ImportError;
use super::polygons;
use super::report::{Finding, Report, Severity};
use super::source::ons_area_boundaries::Boundary;
use super::source::ons_lookup::Lookup;
use crate::model::area::{Area, AreaCode, AreaKind, AreaType, CentroidKind};
use crate::model::crs::Bng;
use crate::model::edition::{AreaLayer, ContextLayer};

/// Polygons with the publication they come from.
#[derive(Debug, Clone)]
pub struct SourcedBoundaries {
    /// The id of the publication.
    pub source: String,
    /// The areas.
    pub areas: Vec<Boundary>,
}

/// What layers are made of.
pub struct Ingredients<'a> {
    /// The area types of the edition, smallest first.
    pub area_types: &'a [AreaType],
    /// Polygons that were read.
    pub boundaries: BTreeMap<AreaType, SourcedBoundaries>,
    /// Names and parents.
    pub lookup: &'a Lookup,
    /// Published points.
    pub centroids: &'a BTreeMap<AreaType, HashMap<AreaCode, Bng<Point<f64>>>>,
}

/// The layers, smallest areas first, each sorted by code. Larger areas have no centroid of their own yet.
///
/// # Errors
/// When an area type has neither boundaries nor a lookup from the smallest one.
pub fn layers(mut ingredients: Ingredients<'_>, report: &mut Report) -> Result<Vec<AreaLayer>, ImportError> {
    let base = ingredients.area_types[0];
    let mut layers: Vec<AreaLayer> = Vec::new();
    for &area_type in ingredients.area_types {
        let relation = ingredients.lookup.parents.get(&(base, area_type));
        let inside = |code: &AreaCode| relation.and_then(|relation| relation.get(code)).copied();
        let (source, mut boundaries) = match (ingredients.boundaries.remove(&area_type), layers.first()) {
            (Some(read), None) => (read.source, read.areas),
            (Some(read), Some(smallest)) => (read.source, only_parents(read.areas, smallest, relation, area_type, report)),
            (None, Some(smallest)) if relation.is_some() => (smallest.source.clone(), dissolved(smallest, inside)),
            (None, _) => return Err(ImportError::NoBoundaries { area_type, base }),
        };
        boundaries.sort_by_key(|boundary| boundary.code);
        let areas = boundaries.into_iter().map(|boundary| area(boundary, area_type, &ingredients, report)).collect();
        layers.push(AreaLayer { area_type, source, areas });
    }
    note_orphans(&layers, report);
    alias_from_parent(&mut layers);
    Ok(layers)
}

/// Of a wider publication, the areas in which a smallest area of the edition lies.
fn only_parents(
    areas: Vec<Boundary>,
    smallest: &AreaLayer,
    relation: Option<&HashMap<AreaCode, AreaCode>>,
    area_type: AreaType,
    report: &mut Report,
) -> Vec<Boundary> {
    let Some(relation) = relation else {
        let message = format!("no lookup says which {} areas lie in which {area_type} areas; all of them are kept", smallest.area_type);
        report.add(Finding::of_file(Severity::Warning, "no-lookup", "", message));
        return areas;
    };
    let wanted: BTreeSet<AreaCode> = smallest.areas.iter().filter_map(|area| relation.get(&area.code)).copied().collect();
    let kept: Vec<Boundary> = areas.into_iter().filter(|boundary| wanted.contains(&boundary.code)).collect();
    let found: BTreeSet<AreaCode> = kept.iter().map(|boundary| boundary.code).collect();
    for absent in wanted.difference(&found) {
        let message = format!("{absent} contains areas of the edition, but the boundaries of {area_type} lack it");
        report.add(Finding::of_file(Severity::Error, "parent-without-boundary", "", message));
    }
    kept
}

fn dissolved(smallest: &AreaLayer, inside: impl Fn(&AreaCode) -> Option<AreaCode>) -> Vec<Boundary> {
    let mut parts: BTreeMap<AreaCode, Vec<&MultiPolygon<f64>>> = BTreeMap::new();
    for area in &smallest.areas {
        if let Some(parent) = inside(&area.code) {
            parts.entry(parent).or_default().push(area.geometry.inner());
        }
    }
    parts.into_iter().map(|(code, parts)| Boundary { code, name: String::new(), geometry: Bng(dissolve(&parts)) }).collect()
}

fn area(boundary: Boundary, area_type: AreaType, ingredients: &Ingredients<'_>, report: &mut Report) -> Area {
    let Boundary { code, name, geometry } = boundary;
    let lookup = ingredients.lookup;
    let name = if name.is_empty() { lookup.names.get(&(area_type, code)).cloned() } else { Some(name) };
    let name = name.unwrap_or_else(|| {
        report.add(Finding::of_file(Severity::Warning, "no-name", "", format!("no file names {area_type} {code}; it is called by its code")));
        code.to_string()
    });
    let parents = ingredients.area_types.iter().filter(|larger| **larger > area_type);
    let parents = parents.filter_map(|larger| Some((*larger, *lookup.parents.get(&(area_type, *larger))?.get(&code)?))).collect();
    let published = ingredients.centroids.get(&area_type).and_then(|points| points.get(&code)).copied();
    let (centroid, centroid_kind) =
        published.map_or_else(|| (point_inside(&geometry), CentroidKind::Geometric), |point| (point, CentroidKind::PopulationWeighted));
    Area { code, name, alias: lookup.aliases.get(&(area_type, code)).cloned(), parents, geometry, centroid, centroid_kind }
}

fn point_inside(geometry: &Bng<MultiPolygon<f64>>) -> Bng<Point<f64>> {
    polygons::point_inside(geometry).expect("a boundary encloses an area, so there is a point inside")
}

/// Says which smallest areas lack a parent of a type that others have; a county is spared, because unitary authorities lie in none.
fn note_orphans(layers: &[AreaLayer], report: &mut Report) {
    let Some((smallest, larger)) = layers.split_first() else { return };
    for layer in larger {
        let orphans: Vec<AreaCode> =
            smallest.areas.iter().filter(|area| area.parents.iter().all(|(area_type, _)| *area_type != layer.area_type)).map(|area| area.code).collect();
        if let Some(first) = orphans.first() {
            let county = layer.area_type.kind == AreaKind::County;
            let severity = if county { Severity::Note } else { Severity::Warning };
            let message =
                format!("{} of {} {} areas lie in no {} area, the first is {first}", orphans.len(), smallest.areas.len(), smallest.area_type, layer.area_type);
            report.add(Finding::of_file(severity, "no-parent", "", message));
        }
    }
}

/// A smallest area without a name that people use takes that of the area one size up.
fn alias_from_parent(layers: &mut [AreaLayer]) {
    let Some((smallest, larger)) = layers.split_first_mut() else { return };
    let Some(next) = larger.first() else { return };
    let aliases: HashMap<AreaCode, &String> = next.areas.iter().filter_map(|area| Some((area.code, area.alias.as_ref()?))).collect();
    for area in smallest.areas.iter_mut().filter(|area| area.alias.is_none()) {
        let parent = area.parents.iter().find(|(area_type, _)| *area_type == next.area_type);
        area.alias = parent.and_then(|(_, code)| aliases.get(code)).map(|alias| (*alias).clone());
    }
}

/// The outline of the whole edition as a context layer, dissolved from the largest areas that cover all of it.
#[must_use]
pub fn outline(title: &str, layers: &[AreaLayer]) -> Option<ContextLayer> {
    let smallest = layers.first()?;
    let covers =
        |layer: &&AreaLayer| layer.area_type == smallest.area_type || smallest.areas.iter().all(|area| area.parents.iter().any(|(t, _)| *t == layer.area_type));
    let from = layers.iter().rev().find(covers)?;
    let parts: Vec<&MultiPolygon<f64>> = from.areas.iter().map(|area| area.geometry.inner()).collect();
    let features = vec![(title.to_owned(), Bng(dissolve(&parts)))];
    Some(ContextLayer { id: "outline".into(), title: format!("Outline of {title}"), source: from.source.clone(), features })
}

/// Districts round the edition as grey context: small areas put together by the name before their number.
#[must_use]
pub fn neighbours(read: &SourcedBoundaries, layers: &[AreaLayer]) -> ContextLayer {
    let held: BTreeSet<AreaCode> = layers.first().map(|layer| layer.areas.iter().map(|area| area.code).collect()).unwrap_or_default();
    let mut districts: BTreeMap<&str, Vec<&MultiPolygon<f64>>> = BTreeMap::new();
    for boundary in read.areas.iter().filter(|boundary| !held.contains(&boundary.code)) {
        districts.entry(district_name(&boundary.name)).or_default().push(boundary.geometry.inner());
    }
    let features = districts.into_iter().map(|(name, parts)| (name.to_owned(), Bng(dissolve(&parts)))).collect();
    ContextLayer { id: "neighbours".into(), title: "Neighbouring districts".into(), source: read.source.clone(), features }
}

/// `Rushcliffe` of `Rushcliffe 001A`.
fn district_name(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((district, number)) if number.starts_with(|c: char| c.is_ascii_digit()) => district,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::district_name;

    #[test]
    fn the_district_stands_before_the_number() {
        assert_eq!(district_name("North West Leicestershire 010C"), "North West Leicestershire");
        assert_eq!(district_name("Rushcliffe"), "Rushcliffe");
    }
}

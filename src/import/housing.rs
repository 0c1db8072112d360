//! Housing of the edition: sites and requirements of all files put together, judged by each other and by the areas held.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use geo_types::{Coord, Point};

use super::report::{Finding, Report, Severity};
use crate::model::area::AreaCode;
use crate::model::crs::{Bng, LonLat};
use crate::model::edition::AreaLayer;
use crate::model::housing::{HousingRequirement, HousingSite};
use crate::model::provenance::Sourced;

/// What the columns are called that later findings are about, as the file writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteColumns {
    /// The id's.
    pub id: Option<String>,
    /// The planning authority's.
    pub authority: Option<String>,
    /// The point's, or the first of its two.
    pub point: Option<String>,
    /// That of the larger site.
    pub part_of: Option<String>,
}

/// Where in the files something was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's name.
    pub file: Rc<str>,
    /// The line where the row begins, 1-based; for features, their position in the file.
    pub line: u64,
    /// The names of its columns.
    pub columns: Rc<SiteColumns>,
}

impl Origin {
    /// A finding about this place.
    #[must_use]
    pub fn finding(&self, severity: Severity, rule: &'static str, column: Option<&String>, message: String) -> Finding {
        Finding { severity, rule, file: self.file.to_string(), line: Some(self.line), column: column.cloned(), message }
    }
}

/// A site as one file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadSite {
    /// The site.
    pub site: HousingSite,
    /// Where it stands.
    pub origin: Origin,
}

/// A requirement as one file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRequirement {
    /// The requirement.
    pub requirement: HousingRequirement,
    /// Where it stands.
    pub origin: Origin,
}

/// What the files say about housing, in the order of the recipe.
#[derive(Debug, Default)]
pub struct HousingFiles {
    site_sources: Vec<String>,
    sites: Vec<ReadSite>,
    requirement_sources: Vec<String>,
    requirements: Vec<ReadRequirement>,
}

impl HousingFiles {
    /// Adds the sites of one file.
    pub fn add_sites(&mut self, source: &str, sites: Vec<ReadSite>) {
        note_source(&mut self.site_sources, source);
        self.sites.extend(sites);
    }

    /// Adds the requirements of one file.
    pub fn add_requirements(&mut self, source: &str, requirements: Vec<ReadRequirement>) {
        note_source(&mut self.requirement_sources, source);
        self.requirements.extend(requirements);
    }

    /// The edition's sites sorted by id, and its requirements in the order of the files.
    #[must_use]
    pub fn put_together(self, layers: &[AreaLayer], report: &mut Report) -> (Sourced<HousingSite>, Sourced<HousingRequirement>) {
        let known: HashSet<AreaCode> = layers.iter().flat_map(|layer| layer.areas.iter().map(|area| area.code)).collect();
        let mut sites: BTreeMap<String, ReadSite> = BTreeMap::new();
        for read in self.sites {
            if let Some(first) = sites.get(&read.site.id) {
                let message = format!("{:?} stands in {}:{} too; the first was kept", read.site.id, first.origin.file, first.origin.line);
                report.add(read.origin.finding(Severity::Error, "duplicate-site", read.origin.columns.id.as_ref(), message));
                continue;
            }
            if let Some(code) = read.site.authority.filter(|code| !known.contains(code)) {
                let message = format!("{code} is no area of this edition");
                report.add(read.origin.finding(Severity::Warning, "unknown-authority", read.origin.columns.authority.as_ref(), message));
            }
            sites.insert(read.site.id.clone(), read);
        }
        let sites = Sourced { sources: self.site_sources, items: sites.into_values().map(|read| read.site).collect() };
        let requirements = self.requirements.into_iter().map(|read| read.requirement).collect();
        (sites, Sourced { sources: self.requirement_sources, items: requirements })
    }
}

fn note_source(sources: &mut Vec<String>, source: &str) {
    if !sources.iter().any(|earlier| earlier == source) {
        sources.push(source.to_owned());
    }
}

/// The point of a longitude and a latitude, or why there is none; two that were exchanged are recognised and said, never put right.
///
/// # Errors
/// When they lie outside Great Britain.
pub fn point_from_degrees(longitude: f64, latitude: f64) -> Result<Bng<Point<f64>>, String> {
    LonLat(Point::new(longitude, latitude)).to_bng().map_err(|outside| {
        let exchanged = LonLat(Point::new(latitude, longitude)).to_bng().is_ok();
        format!("{outside}{}", if exchanged { ": longitude and latitude seem to be exchanged" } else { "" })
    })
}

/// The point of an easting and a northing, or why there is none.
///
/// # Errors
/// When they lie outside the National Grid, or so near its corner that they are degrees.
pub fn point_from_metres(easting: f64, northing: f64) -> Result<Bng<Point<f64>>, String> {
    let outside = crate::model::crs::OutsideNationalGrid { x: easting, y: northing };
    if easting.abs() <= 180.0 && northing.abs() <= 180.0 {
        return Err(format!("{outside}: these seem to be degrees"));
    }
    let on_the_grid = (0.0..=700_000.0).contains(&easting) && (0.0..=1_250_000.0).contains(&northing);
    let Coord { x, y } = Coord { x: (easting * 1000.0).round() / 1000.0, y: (northing * 1000.0).round() / 1000.0 };
    if on_the_grid { Ok(Bng(Point::new(x, y))) } else { Err(outside.to_string()) }
}

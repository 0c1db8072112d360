//! Housing of the edition: sites and requirements of all files put together, judged by each other and by the areas held.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use geo::{Area as _, BoundingRect, Distance, Euclidean, Intersects};
use geo_types::{Coord, MultiPolygon, Point, Rect};

use super::day::Day;
use super::report::{Finding, Report, Severity};
use crate::model::area::{AreaCode, AreaKind};
use crate::model::crs::{Bng, LonLat, OutsideNationalGrid};
use crate::model::edition::AreaLayer;
use crate::model::housing::{HousingRequirement, HousingSite};
use crate::model::provenance::Sourced;

/// How far a generalised border may lie from the true one.
const GENERALISED_METRES: f64 = 200.0;

/// How far from its authority a point is still believed: a site across the border is rare, one a hundred kilometres off is a slip of the pen.
const BELIEVED_METRES: f64 = 5_000.0;

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
    /// When its entry was made, where a register says so.
    pub updated: Option<Day>,
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
        let ground = Ground::of(layers);
        let mut sites = only_of_the_edition(once(self.sites, report), &ground, report);
        check_larger_sites(&mut sites, report);
        note_enclosed_sites(&mut sites, report);
        for read in &mut sites {
            check_authority(read, &ground, report);
        }
        let sites = Sourced { sources: self.site_sources, items: sites.into_iter().map(|read| read.site).collect() };
        let requirements = requirements_of_the_edition(self.requirements, &ground, report);
        (sites, Sourced { sources: self.requirement_sources, items: requirements })
    }
}

/// The areas held, as far as sites are judged by them.
struct Ground<'l> {
    layers: &'l [AreaLayer],
    /// The rectangles round the smallest areas.
    rectangles: Vec<Option<Rect<f64>>>,
    /// The layer and place of each area.
    places: HashMap<AreaCode, (usize, usize)>,
    /// Whether an authority can be known as one of the edition.
    holds_authorities: bool,
}

impl<'l> Ground<'l> {
    fn of(layers: &'l [AreaLayer]) -> Self {
        let rectangles = layers.first().map(|layer| layer.areas.iter().map(|area| area.geometry.inner().bounding_rect()).collect()).unwrap_or_default();
        let places = layers.iter().enumerate().flat_map(|(at, layer)| layer.areas.iter().enumerate().map(move |(place, area)| (area.code, (at, place))));
        let holds_authorities = layers.iter().any(|layer| matches!(layer.area_type.kind, AreaKind::Lad | AreaKind::County));
        Self { layers, rectangles, places: places.collect(), holds_authorities }
    }

    fn holds(&self, code: AreaCode) -> bool {
        self.places.contains_key(&code)
    }

    /// Whether a point lies in one of the smallest areas.
    fn covers(&self, point: &Point<f64>) -> bool {
        let Some(smallest) = self.layers.first() else { return false };
        let near = smallest.areas.iter().zip(&self.rectangles).filter(|(_, rectangle)| rectangle.is_some_and(|rectangle| rectangle.intersects(point)));
        near.into_iter().any(|(area, _)| area.geometry.inner().intersects(point))
    }
}

/// Of sites that stand in several files the latest entry, where registers say when they were made, else the first; sorted by id.
fn once(read: Vec<ReadSite>, report: &mut Report) -> Vec<ReadSite> {
    let mut sites: BTreeMap<String, ReadSite> = BTreeMap::new();
    for read in read {
        let Some(earlier) = sites.remove(&read.site.id) else {
            sites.insert(read.site.id.clone(), read);
            continue;
        };
        let later = read.updated.zip(earlier.updated).map(|(this, other)| this > other);
        let (kept, left) = if later == Some(true) { (read, earlier) } else { (earlier, read) };
        let dated = later.is_some() && kept.updated != left.updated;
        let (severity, rule) = if dated { (Severity::Note, "earlier-entry") } else { (Severity::Error, "duplicate-site") };
        let which = if dated { "is later" } else { "was read first" };
        let message = format!("{} stands in {}:{} too, and that entry {which}; this one was left out", kept.site.id, kept.origin.file, kept.origin.line);
        report.add(left.origin.finding(severity, rule, left.origin.columns.id.as_ref(), message));
        sites.insert(kept.site.id.clone(), kept);
    }
    sites.into_values().collect()
}

/// Leaves out sites that nothing ties to the edition, and counts them and their dwellings for each file.
fn only_of_the_edition(sites: Vec<ReadSite>, ground: &Ground<'_>, report: &mut Report) -> Vec<ReadSite> {
    let mut outside: BTreeMap<Rc<str>, Vec<HousingSite>> = BTreeMap::new();
    let mut kept = Vec::with_capacity(sites.len());
    for read in sites {
        let authority = read.site.authority;
        let foreign = ground.holds_authorities && authority.is_some_and(|code| !ground.holds(code));
        let covered = read.site.location.as_ref().map(|location| ground.covers(&location.location.point.0));
        // An authority ties a site to the edition wherever its point lies; a point ties it where no authority does.
        let inside = match (authority.filter(|_| ground.holds_authorities && !foreign), covered) {
            (Some(_), _) => true,
            (None, Some(covered)) => covered,
            (None, None) => !foreign,
        };
        if !inside {
            outside.entry(Rc::clone(&read.origin.file)).or_default().push(read.site);
            continue;
        }
        if let (true, Some(code)) = (foreign, authority) {
            let message = format!("{code} is no area of this edition, but the site lies in it; kept as given");
            report.add(read.origin.finding(Severity::Warning, "unknown-authority", read.origin.columns.authority.as_ref(), message));
        }
        kept.push(read);
    }
    for (file, sites) in outside {
        let dwellings: u64 = sites.iter().filter_map(|site| site.dwellings).map(u64::from).sum();
        let unknown = sites.iter().filter(|site| site.dwellings.is_none()).count();
        let of_unknown = if unknown == 0 { String::new() } else { format!(" and {unknown} without a number") };
        let message = format!("{} outside this edition, with {dwellings} dwellings{of_unknown}, left out; the first is {}", counted(sites.len()), sites[0].id);
        report.add(Finding::of_file(Severity::Note, "outside-the-edition", &file, message));
    }
    kept
}

fn counted(sites: usize) -> String {
    if sites == 1 { "1 site lies".to_owned() } else { format!("{sites} sites lie") }
}

/// Empties `part_of` where it names no other site of the edition, or leads back to the site itself.
fn check_larger_sites(sites: &mut [ReadSite], report: &mut Report) {
    for at in 0..sites.len() {
        let ReadSite { site, origin, .. } = &sites[at];
        let Some(larger) = &site.part_of else { continue };
        let (rule, problem) = if larger == &site.id {
            ("part-of-itself", "a site is no part of itself".to_owned())
        } else if place(sites, larger).is_none() {
            ("part-of-none", format!("{larger:?} is no site of this edition"))
        } else if leads_to(sites, larger, &site.id) {
            ("part-of-circle", format!("{larger:?} is itself a part of {:?}", site.id))
        } else {
            continue;
        };
        let finding = origin.finding(Severity::Error, rule, origin.columns.part_of.as_ref(), format!("{problem}; {:?} counts by itself", site.id));
        report.add(finding);
        sites[at].site.part_of = None;
    }
}

fn place(sites: &[ReadSite], id: &str) -> Option<usize> {
    sites.binary_search_by(|read| read.site.id.as_str().cmp(id)).ok()
}

/// Whether the larger sites that a site is part of come to this one; a circle elsewhere ends the search.
fn leads_to(sites: &[ReadSite], from: &str, to: &str) -> bool {
    let mut next = Some(from);
    for _ in 0..sites.len() {
        let Some(id) = next else { return false };
        if id == to {
            return true;
        }
        next = place(sites, id).and_then(|at| sites[at].site.part_of.as_deref());
    }
    false
}

/// The outline of a site.
struct Outline {
    square_metres: f64,
    place: usize,
    rectangle: Rect<f64>,
    polygons: Bng<MultiPolygon<f64>>,
}

impl Outline {
    fn holds(&self, point: &Point<f64>) -> bool {
        self.rectangle.intersects(point) && self.polygons.inner().intersects(point)
    }
}

/// The outlines of sites, smallest first.
fn outlines(sites: &[ReadSite]) -> Vec<Outline> {
    let outline = |(place, read): (usize, &ReadSite)| {
        let polygons = read.site.location.as_ref()?.outline.clone()?;
        Some(Outline { square_metres: polygons.inner().unsigned_area(), place, rectangle: polygons.inner().bounding_rect()?, polygons })
    };
    let mut outlines: Vec<Outline> = sites.iter().enumerate().filter_map(outline).collect();
    outlines.sort_by(|a, b| a.square_metres.total_cmp(&b.square_metres).then(a.place.cmp(&b.place)));
    outlines
}

/// Makes a site a part of the smallest other site whose outline holds its point, so that no dwelling is counted twice.
fn note_enclosed_sites(sites: &mut [ReadSite], report: &mut Report) {
    let outlines = outlines(sites);
    for at in 0..sites.len() {
        let ReadSite { site, origin, .. } = &sites[at];
        let (None, Some(location)) = (&site.part_of, &site.location) else { continue };
        let point = location.location.point.0;
        // Only a larger outline encloses a site that has one itself: they are sorted by size, so those after its own.
        let larger = outlines.iter().position(|outline| outline.place == at).map_or(0, |own| own + 1);
        let mut enclosing = outlines[larger..].iter().filter(|outline| outline.holds(&point)).map(|outline| outline.place);
        if let Some(enclosing) = enclosing.find(|&place| !leads_to(sites, &sites[place].site.id, &site.id)) {
            let larger = sites[enclosing].site.id.clone();
            let message = format!("{} lies in the outline of {larger} and is counted as a part of it", site.id);
            report.add(origin.finding(Severity::Note, "lies-in-another-site", origin.columns.point.as_ref(), message));
            sites[at].site.part_of = Some(larger);
        }
    }
}

/// A point in another district than the site's own is a doubt about one of the two; which one, only a reader can say. A point
/// kilometres away is no place of the site at all: it is not located then.
fn check_authority(read: &mut ReadSite, ground: &Ground<'_>, report: &mut Report) {
    let (Some(code), Some(location)) = (read.site.authority, &read.site.location) else { return };
    let Some(&(layer, at)) = ground.places.get(&code) else { return };
    let (point, own) = (location.location.point.0, &ground.layers[layer].areas[at]);
    if own.geometry.inner().intersects(&point) {
        return;
    }
    let metres = Euclidean.distance(&point, own.geometry.inner());
    let other = ground.layers[layer].areas.iter().find(|area| area.geometry.inner().intersects(&point));
    let other = other.map_or_else(|| "outside the edition".to_owned(), |area| format!("in {} {}", area.code, area.name));
    let far = if metres < 10_000.0 { format!("{metres:.0} m") } else { format!("{:.0} km", metres / 1000.0) };
    let becomes = if metres > BELIEVED_METRES { "taken as not located" } else { "kept as given" };
    let message = format!("{} belongs to {code} {}, but its point lies {other}, {far} away; {becomes}", read.site.id, own.name);
    let (severity, rule) =
        if metres <= GENERALISED_METRES { (Severity::Note, "beyond-a-generalised-border") } else { (Severity::Warning, "outside-its-authority") };
    report.add(read.origin.finding(severity, rule, read.origin.columns.point.as_ref(), message));
    if metres > BELIEVED_METRES {
        read.site.location = None;
    }
}

/// Leaves out requirements of authorities that are not of the edition, and counts them for each file.
fn requirements_of_the_edition(read: Vec<ReadRequirement>, ground: &Ground<'_>, report: &mut Report) -> Vec<HousingRequirement> {
    let (inside, outside): (Vec<_>, Vec<_>) = read.into_iter().partition(|read| !ground.holds_authorities || ground.holds(read.requirement.authority));
    let mut files: BTreeMap<Rc<str>, Vec<AreaCode>> = BTreeMap::new();
    for read in outside {
        files.entry(read.origin.file).or_default().push(read.requirement.authority);
    }
    for (file, codes) in files {
        let message = format!("requirements of authorities that are no areas of this edition: {}, left out; the first is of {}", codes.len(), codes[0]);
        report.add(Finding::of_file(Severity::Note, "outside-the-edition", &file, message));
    }
    inside.into_iter().map(|read| read.requirement).collect()
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
    let outside = OutsideNationalGrid { x: easting, y: northing };
    if easting.abs() <= 180.0 && northing.abs() <= 180.0 {
        return Err(format!("{outside}: these seem to be degrees"));
    }
    let on_the_grid = (0.0..=700_000.0).contains(&easting) && (0.0..=1_250_000.0).contains(&northing);
    let Coord { x, y } = Coord { x: (easting * 1000.0).round() / 1000.0, y: (northing * 1000.0).round() / 1000.0 };
    if on_the_grid { Ok(Bng(Point::new(x, y))) } else { Err(outside.to_string()) }
}

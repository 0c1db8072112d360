//! Housing sites in the table that any planner can write, as CSV or GeoJSON: `site_id, name, status, dwellings, lon, lat, …`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::rc::Rc;

use geo_types::{Geometry, MultiPolygon, Point};

use crate::import::error::ImportError;
use crate::import::geojson_features::{self, Feature};
use crate::import::housing::{Origin, ReadSite, SiteColumns, point_from_degrees, point_from_metres};
use crate::import::input::Input;
use crate::import::polygons::{self, Uncrossed};
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Table, key, missing_mark, number_from_text, whole};
use crate::model::area::AreaCode;
use crate::model::crs::{Bng, Crs};
use crate::model::housing::{HousingSite, SiteLocation, SiteStatus};
use crate::model::organisation::{Location, Precision};

/// What a site may have; the first three it must have.
const MEMBERS: [&str; 18] = [
    "site_id",
    "name",
    "status",
    "local_authority_code",
    "dwellings",
    "dwellings_in_plan_period",
    "plan_period",
    "permitted_now",
    "constraint",
    "first_year",
    "last_year",
    "lon",
    "lat",
    "easting",
    "northing",
    "location_precision",
    "part_of",
    "source",
];
/// How many of them a file must have.
const REQUIRED: usize = 3;
/// The years in which a dwelling of a plan may be built.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2200;

/// Reads sites from CSV or GeoJSON, in the file's order, no id twice.
///
/// # Errors
/// When it is neither, or lacks `site_id`, `name` or `status`.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<ReadSite>, ImportError> {
    let mut head = Vec::new();
    // An error here comes again when the whole is read, and is reported there.
    let _ = input.stream().take(64).read_to_end(&mut head);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    let (rows, sites) = if head.trim_ascii_start().starts_with(b"{") { from_features(input, report)? } else { from_table(input, report)? };
    report.count(input.name(), rows, sites.read.len() as u64);
    Ok(sites.read)
}

fn from_table(input: &Input, report: &mut Report) -> Result<(u64, Sites), ImportError> {
    let mut table = Table::open(input)?;
    table.require([&["site_id"], &["name"], &["status"]])?;
    let written = Written::new(input.name(), table.columns().iter().map(Column::name), report);
    let columns: Vec<_> = MEMBERS.iter().filter_map(|&member| Some((member, table.column(&[member])?))).collect();
    let mut sites = Sites::default();
    while let Some(row) = table.next_row(report)? {
        let texts = columns.iter().map(|(member, column)| (*member, row.text(column).to_owned())).collect();
        sites.add(&Entry { texts, geometry: None, written: &written, origin: written.origin(row.line()) }, report);
    }
    Ok((table.rows_read(), sites))
}

fn from_features(input: &Input, report: &mut Report) -> Result<(u64, Sites), ImportError> {
    let (crs, features) = geojson_features::read(input, "a table or a GeoJSON feature collection")?;
    let features = features.collect::<Result<Vec<Feature>, ImportError>>()?;
    let found: BTreeSet<&str> = features.iter().flat_map(|feature| feature.properties.iter().map(|(name, _)| name.as_str())).collect();
    let written = Written::new(input.name(), found.iter().copied(), report);
    let missing: Vec<String> = MEMBERS[..REQUIRED].iter().filter(|member| !written.names.contains_key(**member)).map(|member| (*member).to_owned()).collect();
    if !missing.is_empty() {
        let found = found.into_iter().map(str::to_owned).collect();
        return Err(ImportError::WrongColumns { file: input.name().into(), missing, found });
    }
    let mut sites = Sites::default();
    for (feature, number) in features.iter().zip(1..) {
        let text = |(name, value): &(String, String)| Some((member(name)?, value.trim().to_owned()));
        let texts = feature.properties.iter().filter_map(text).collect();
        let geometry = feature.geometry.as_ref().map(|geometry| Shape::from_geometry(geometry, crs));
        sites.add(&Entry { texts, geometry, written: &written, origin: written.origin(number) }, report);
    }
    Ok((features.len() as u64, sites))
}

/// The member that a column or property of this name holds.
fn member(name: &str) -> Option<&'static str> {
    let name = key(name);
    MEMBERS.into_iter().find(|member| *member == name)
}

/// The names of the members as the file writes them.
struct Written {
    file: Rc<str>,
    names: BTreeMap<&'static str, String>,
    columns: Rc<SiteColumns>,
}

impl Written {
    fn new<'n>(file: &str, found: impl Iterator<Item = &'n str>, report: &mut Report) -> Self {
        let mut names = BTreeMap::new();
        let mut others = Vec::new();
        for name in found {
            match member(name) {
                Some(member) => drop(names.entry(member).or_insert_with(|| name.to_owned())),
                None => others.push(format!("{name:?}")),
            }
        }
        if !others.is_empty() {
            let message = format!("no member of a site is called {}; not read", others.join(", "));
            report.add(Finding::of_file(Severity::Note, "columns-not-read", file, message));
        }
        let name = |member: &str| names.get(member).cloned();
        let columns = SiteColumns {
            id: name("site_id"),
            authority: name("local_authority_code"),
            point: name("lon").or_else(|| name("easting")),
            part_of: name("part_of"),
        };
        Self { file: file.into(), columns: Rc::new(columns), names }
    }

    fn origin(&self, line: u64) -> Origin {
        Origin { file: Rc::clone(&self.file), line, columns: Rc::clone(&self.columns) }
    }
}

/// The geometry of a feature.
enum Shape {
    Point(Result<Bng<Point<f64>>, String>),
    Outline(Result<Uncrossed, String>),
}

impl Shape {
    fn from_geometry(geometry: &Result<Geometry<f64>, String>, mut crs: Option<Crs>) -> Self {
        let mut outline = |polygons: &MultiPolygon<f64>| Self::Outline(polygons::in_grid(polygons, &mut crs).map(polygons::uncrossed));
        match geometry {
            Ok(Geometry::Point(point)) => {
                let (x, y) = point.x_y();
                let degrees = crs.map_or(x.abs() <= 180.0 && y.abs() <= 90.0, |crs| matches!(crs, Crs::Crs84 | Crs::Epsg4326));
                Self::Point(if degrees { point_from_degrees(x, y) } else { point_from_metres(x, y) })
            }
            Ok(Geometry::Polygon(polygon)) => outline(&MultiPolygon(vec![polygon.clone()])),
            Ok(Geometry::MultiPolygon(polygons)) => outline(polygons),
            Ok(_) => Self::Outline(Err("expected a point or a polygon, found another kind of geometry".to_owned())),
            Err(cause) => Self::Outline(Err(format!("expected a point or a polygon, found {cause}"))),
        }
    }
}

/// One site as text, with its geometry where it is a feature that has one.
struct Entry<'w> {
    texts: BTreeMap<&'static str, String>,
    geometry: Option<Shape>,
    written: &'w Written,
    origin: Origin,
}

impl Entry<'_> {
    fn text(&self, member: &str) -> &str {
        self.texts.get(member).map_or("", String::as_str)
    }

    fn words(&self, member: &str) -> Option<String> {
        Some(self.text(member)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn finding(&self, severity: Severity, rule: &'static str, member: &str, message: String) -> Finding {
        self.origin.finding(severity, rule, self.written.names.get(member), message)
    }

    fn number(&self, member: &str, report: &mut Report) -> Option<f64> {
        let text = self.text(member);
        if missing_mark(text).is_some() {
            return None;
        }
        let number = number_from_text(text);
        if number.is_none() {
            report.add(self.finding(Severity::Error, "not-a-number", member, format!("expected a number, found {:?}; taken as not held", shown(text))));
        }
        number
    }

    fn dwellings(&self, member: &str, report: &mut Report) -> Option<u32> {
        let number = self.number(member, report)?;
        let whole = whole(number);
        if whole.is_none() {
            let message = format!("expected a whole number of dwellings, found {:?}; taken as not held", shown(self.text(member)));
            report.add(self.finding(Severity::Error, "not-a-whole-number", member, message));
        }
        whole
    }

    fn year(&self, member: &str, report: &mut Report) -> Option<u16> {
        let number = self.number(member, report)?;
        let year = whole(number).and_then(|year| u16::try_from(year).ok()).filter(|year| YEARS.contains(year));
        if year.is_none() {
            let message = format!("expected a year from {} to {}, found {:?}; taken as not held", YEARS.start(), YEARS.end(), shown(self.text(member)));
            report.add(self.finding(Severity::Error, "not-a-year", member, message));
        }
        year
    }
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

#[derive(Default)]
struct Sites {
    read: Vec<ReadSite>,
    ids: BTreeSet<String>,
}

impl Sites {
    fn add(&mut self, entry: &Entry<'_>, report: &mut Report) {
        let id = entry.text("site_id");
        if id.is_empty() {
            report.add(entry.finding(Severity::Error, "no-id", "site_id", "expected an id, found nothing; the row was left out".into()));
            return;
        }
        let Some(status) = SiteStatus::parse(entry.text("status")) else {
            let known = SiteStatus::ALL.map(SiteStatus::id).join(", ");
            let message = format!("expected one of {known}, found {:?}; the row was left out", shown(entry.text("status")));
            report.add(entry.finding(Severity::Error, "unknown-status", "status", message));
            return;
        };
        if !self.ids.insert(id.to_owned()) {
            let message = format!("{id:?} stands here a second time; the first row was kept");
            report.add(entry.finding(Severity::Error, "duplicate-site", "site_id", message));
            return;
        }
        self.read.push(ReadSite { site: site(entry, id, status, report), origin: entry.origin.clone(), updated: None });
    }
}

fn site(entry: &Entry<'_>, id: &str, status: SiteStatus, report: &mut Report) -> HousingSite {
    let name = entry.words("name").unwrap_or_else(|| {
        report.add(entry.finding(Severity::Warning, "no-name", "name", format!("expected a name, found nothing; the site is called {id:?}")));
        id.to_owned()
    });
    let authority = entry.words("local_authority_code").and_then(|text| {
        let code = AreaCode::parse(&text);
        code.map_err(|error| report.add(entry.finding(Severity::Error, "not-an-area-code", "local_authority_code", format!("{error}; taken as not held")))).ok()
    });
    let dwellings = entry.dwellings("dwellings", report);
    let [dwellings_in_plan_period, permitted_now] = ["dwellings_in_plan_period", "permitted_now"].map(|member| {
        let part = entry.dwellings(member, report);
        if let (Some(part), Some(all)) = (part, dwellings)
            && part > all
        {
            let message = format!("expected at most the {all} dwellings of the whole site, found {part}; kept as given");
            report.add(entry.finding(Severity::Warning, "part-larger-than-whole", member, message));
        }
        part
    });
    let (mut first_year, mut last_year) = (entry.year("first_year", report), entry.year("last_year", report));
    if let (Some(first), Some(last)) = (first_year, last_year)
        && first > last
    {
        let message = format!("expected a first year before the last one, found {first} and {last}; both were left out");
        report.add(entry.finding(Severity::Error, "years", "first_year", message));
        (first_year, last_year) = (None, None);
    }
    HousingSite {
        id: id.to_owned(),
        name,
        authority,
        status,
        dwellings,
        dwellings_in_plan_period,
        plan_period: entry.words("plan_period"),
        permitted_now,
        constraint: entry.words("constraint"),
        first_year,
        last_year,
        location: location(entry, report),
        part_of: entry.words("part_of"),
        reference: entry.text("source").to_owned(),
    }
}

/// What `location_precision` says: nothing, that there is no location, or how well it is known.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Nothing,
    NotLocated,
    Known(Precision),
}

fn precision(entry: &Entry<'_>, report: &mut Report) -> Said {
    let text = entry.text("location_precision");
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        "" => Said::Nothing,
        "none" => Said::NotLocated,
        "point" | "exact" => Said::Known(Precision::Exact),
        "approximate" => Said::Known(Precision::Approximate),
        "postcode" => Said::Known(Precision::Postcode),
        _ => {
            let message = format!("expected point, approximate, postcode or none, found {:?}; taken as approximate", shown(text));
            report.add(entry.finding(Severity::Warning, "precision", "location_precision", message));
            Said::Known(Precision::Approximate)
        }
    }
}

fn location(entry: &Entry<'_>, report: &mut Report) -> Option<SiteLocation> {
    let said = precision(entry, report);
    let Some(given) = given(entry, report) else {
        if said != Said::NotLocated {
            let message = "expected coordinates, or none in location_precision, found neither; the site is not located".to_owned();
            report.add(entry.finding(Severity::Warning, "no-coordinates", "location_precision", message));
        }
        return None;
    };
    match (said, given.place) {
        (Said::NotLocated, _) => {
            let message = "location_precision says none, but there are coordinates; they were left out".to_owned();
            report.add(entry.finding(Severity::Error, "none-with-coordinates", given.member, message));
            None
        }
        (_, Err(problem)) => {
            report.add(entry.finding(Severity::Error, given.rule, given.member, format!("{problem}; the site is not located")));
            None
        }
        (said, Ok((point, outline))) => {
            let precision = if let Said::Known(precision) = said { precision } else { Precision::Exact };
            Some(SiteLocation { location: Location { point, precision }, outline })
        }
    }
}

/// A point, and the outline that it was made from.
type Place = (Bng<Point<f64>>, Option<Bng<MultiPolygon<f64>>>);

/// What a file gives as the place of a site.
struct Given {
    member: &'static str,
    rule: &'static str,
    place: Result<Place, String>,
}

/// The geometry, else the first pair of columns that holds both numbers.
fn given(entry: &Entry<'_>, report: &mut Report) -> Option<Given> {
    const OUTSIDE: &str = "outside-great-britain";
    let degrees = (entry.number("lon", report), entry.number("lat", report));
    let metres = (entry.number("easting", report), entry.number("northing", report));
    let given = |member, place: Result<Bng<Point<f64>>, String>| Given { member, rule: OUTSIDE, place: place.map(|point| (point, None)) };
    let Some(shape) = &entry.geometry else {
        return match (degrees, metres) {
            ((Some(longitude), Some(latitude)), _) => Some(given("lon", point_from_degrees(longitude, latitude))),
            (_, (Some(easting), Some(northing))) => Some(given("easting", point_from_metres(easting, northing))),
            _ => None,
        };
    };
    if degrees.0.or(metres.0).is_some() {
        let message = "there is a geometry and a pair of coordinates; the geometry was taken".to_owned();
        report.add(entry.finding(Severity::Note, "two-places", "lon", message));
    }
    match shape {
        Shape::Point(point) => Some(given("geometry", point.clone())),
        Shape::Outline(outline) => {
            let outline = outline.clone().and_then(|outline| sound(outline, entry, report));
            let inside = |outline: Bng<MultiPolygon<f64>>| {
                let point = polygons::point_inside(&outline).ok_or("expected an area, found a polygon that encloses nothing")?;
                Ok((point, Some(outline)))
            };
            Some(Given { member: "geometry", rule: "not-a-valid-outline", place: outline.and_then(inside) })
        }
    }
}

/// The outline where nothing crosses in it or any more.
fn sound(outline: Uncrossed, entry: &Entry<'_>, report: &mut Report) -> Result<Bng<MultiPolygon<f64>>, String> {
    match outline {
        Uncrossed::Sound(outline) => Ok(outline),
        Uncrossed::Repaired { geometry, problem } => {
            report.add(entry.finding(Severity::Warning, "crossing-rings", "geometry", format!("{problem}; repaired")));
            Ok(geometry)
        }
        Uncrossed::BeyondRepair { problem, .. } => Err(problem),
    }
}

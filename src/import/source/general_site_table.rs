//! Housing sites in the table that any planner can write: `site_id, name, status, dwellings, lon, lat, …`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::import::error::ImportError;
use crate::import::housing::{Origin, ReadSite, SiteColumns, point_from_degrees, point_from_metres};
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Table, missing_mark, number_from_text};
use crate::model::area::AreaCode;
use crate::model::crs::Bng;
use crate::model::housing::{HousingSite, SiteLocation, SiteStatus};
use crate::model::organisation::{Location, Precision};
use geo_types::Point;

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
/// The years in which a dwelling of a plan may be built.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2200;

/// Reads sites, in the file's order, no id twice.
///
/// # Errors
/// When it is not a table or lacks `site_id`, `name` or `status`.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<ReadSite>, ImportError> {
    let mut table = Table::open(input)?;
    table.require([&["site_id"], &["name"], &["status"]])?;
    let columns: Vec<_> = MEMBERS.iter().filter_map(|&member| Some((member, table.column(&[member])?))).collect();
    let written: BTreeMap<&'static str, String> = columns.iter().map(|(member, column)| (*member, column.name().to_owned())).collect();
    let written = Written::new(written);
    let mut sites = Sites::default();
    while let Some(row) = table.next_row(report)? {
        let texts = columns.iter().map(|(member, column)| (*member, row.text(column).to_owned())).collect();
        let origin = Origin { file: input.name().into(), line: row.line(), columns: Rc::clone(&written.columns) };
        sites.add(&Entry { texts, written: &written, origin }, report);
    }
    report.count(input.name(), table.rows_read(), sites.read.len() as u64);
    Ok(sites.read)
}

/// The names of the members as the file writes them.
struct Written {
    names: BTreeMap<&'static str, String>,
    columns: Rc<SiteColumns>,
}

impl Written {
    fn new(names: BTreeMap<&'static str, String>) -> Self {
        let name = |member: &str| names.get(member).cloned();
        let columns = SiteColumns {
            id: name("site_id"),
            authority: name("local_authority_code"),
            point: name("lon").or_else(|| name("easting")),
            part_of: name("part_of"),
        };
        Self { columns: Rc::new(columns), names }
    }
}

/// One site as text.
struct Entry<'w> {
    texts: BTreeMap<&'static str, String>,
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

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range and the fraction are checked first")]
fn whole(number: f64) -> Option<u32> {
    ((0.0..=f64::from(u32::MAX)).contains(&number) && number.fract() == 0.0).then_some(number as u32)
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
        self.read.push(ReadSite { site: site(entry, id, status, report), origin: entry.origin.clone() });
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
        location: location(entry, report).map(|location| SiteLocation { location, outline: None }),
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

fn location(entry: &Entry<'_>, report: &mut Report) -> Option<Location> {
    let said = precision(entry, report);
    let Some((member, point)) = point(entry, report) else {
        if said != Said::NotLocated {
            let message = "expected coordinates, or none in location_precision, found neither; the site is not located".to_owned();
            report.add(entry.finding(Severity::Warning, "no-coordinates", "location_precision", message));
        }
        return None;
    };
    match (said, point) {
        (Said::NotLocated, _) => {
            let message = "location_precision says none, but there are coordinates; they were left out".to_owned();
            report.add(entry.finding(Severity::Error, "none-with-coordinates", member, message));
            None
        }
        (_, Err(problem)) => {
            report.add(entry.finding(Severity::Error, "outside-great-britain", member, format!("{problem}; the site is not located")));
            None
        }
        (Said::Nothing, Ok(point)) => Some(Location { point, precision: Precision::Exact }),
        (Said::Known(precision), Ok(point)) => Some(Location { point, precision }),
    }
}

/// The point of the first pair of columns that holds both numbers, with the member it begins with.
fn point(entry: &Entry<'_>, report: &mut Report) -> Option<(&'static str, Result<Bng<Point<f64>>, String>)> {
    let degrees = (entry.number("lon", report), entry.number("lat", report));
    let metres = (entry.number("easting", report), entry.number("northing", report));
    match (degrees, metres) {
        ((Some(longitude), Some(latitude)), _) => Some(("lon", point_from_degrees(longitude, latitude))),
        (_, (Some(easting), Some(northing))) => Some(("easting", point_from_metres(easting, northing))),
        _ => None,
    }
}

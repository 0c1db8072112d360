//! Brownfield land registers of local planning authorities, in the layout of the standard of 2017 and in those of the national collection.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use geo_types::Point;

use crate::import::day::Day;
use crate::import::error::ImportError;
use crate::import::housing::{Origin, ReadSite, SiteColumns, point_from_degrees, point_from_metres};
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table, whole};
use crate::model::area::AreaCode;
use crate::model::crs::Bng;
use crate::model::housing::{HousingSite, SiteLocation, SiteStatus};
use crate::model::organisation::{Location, Precision};

/// What the recipe says about a register, because registers name no area codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterOptions {
    /// The authority of every site of the file.
    pub authority: Option<AreaCode>,
    /// The authority of each organisation, by the organisation in full or by the last part of it.
    pub authorities: BTreeMap<String, AreaCode>,
}

impl RegisterOptions {
    /// Checks the words of a recipe's entry.
    ///
    /// # Errors
    /// When one of the codes is none.
    pub fn from_entry(local_authority_code: Option<&str>, authorities: &BTreeMap<String, String>) -> Result<Self, String> {
        let authority = local_authority_code.map(AreaCode::parse).transpose().map_err(|error| error.to_string())?;
        let pair = |(organisation, code): (&String, &String)| match AreaCode::parse(code) {
            Ok(code) => Ok((organisation.clone(), code)),
            Err(error) => Err(format!("organisation {organisation:?}: {error}")),
        };
        Ok(Self { authority, authorities: authorities.iter().map(pair).collect::<Result<_, _>>()? })
    }

    fn authority_of(&self, organisation: &str, label: &str) -> Option<AreaCode> {
        let by_name = [organisation, last_part(organisation), label].into_iter().filter(|name| !name.is_empty());
        self.authority.or_else(|| by_name.into_iter().find_map(|name| self.authorities.get(name)).copied())
    }
}

/// `MEL` of `local-authority-eng:MEL`, `leicester` of an address that ends so.
fn last_part(organisation: &str) -> &str {
    organisation.trim_end_matches('/').rsplit([':', '/']).next().unwrap_or(organisation)
}

/// The columns of a register, whichever layout it is in.
struct Columns {
    reference: Column,
    name: Column,
    status: Column,
    place: PlaceColumns,
    organisation: Option<Column>,
    label: Option<Column>,
    permission_type: Option<Column>,
    dwellings: Vec<Column>,
    most_dwellings: Option<Column>,
    updated: Vec<Column>,
    end: Option<Column>,
    previously_part_of: Option<Column>,
    shared: Rc<SiteColumns>,
}

enum PlaceColumns {
    /// `latitude`, `longitude`: degrees.
    Degrees { longitude: Column, latitude: Column },
    /// `point`: degrees as well-known text.
    Text(Column),
    /// `GeoX`, `GeoY` and what they are.
    Declared { x: Column, y: Column, crs: Column },
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ImportError> {
        let maybe = |names: &[&str]| table.column(names);
        let several = |names: &[&str]| names.iter().filter_map(|name| table.column(&[name])).collect();
        let [reference, name, status] = table.require([
            &["site", "reference", "SiteReference"],
            &["site-address", "SiteNameAddress", "name"],
            &["planning-permission-status", "PlanningStatus"],
        ])?;
        let place = if let (Some(x), Some(y), Some(crs)) = (maybe(&["GeoX"]), maybe(&["GeoY"]), maybe(&["CoordinateReferenceSystem"])) {
            PlaceColumns::Declared { x, y, crs }
        } else if let (Some(longitude), Some(latitude)) = (maybe(&["longitude", "GeoX"]), maybe(&["latitude", "GeoY"])) {
            // Since 2019 the standard takes degrees only and asks for no coordinate system.
            PlaceColumns::Degrees { longitude, latitude }
        } else {
            PlaceColumns::Text(maybe(&["point"]).ok_or_else(|| table.wrong_columns(vec!["longitude and latitude, GeoX and GeoY, or point".to_owned()]))?)
        };
        let organisation = maybe(&["organisation", "OrganisationURI", "organisation-entity"]);
        let label = maybe(&["OrganisationLabel"]);
        let (PlaceColumns::Degrees { longitude: point, .. } | PlaceColumns::Text(point) | PlaceColumns::Declared { x: point, .. }) = &place;
        let named = |column: &Column| column.name().to_owned();
        let previously_part_of = maybe(&["PreviouslyPartOf"]);
        let shared = SiteColumns {
            id: Some(named(&reference)),
            authority: organisation.as_ref().or(label.as_ref()).map(named),
            point: Some(named(point)),
            part_of: previously_part_of.as_ref().map(named),
        };
        Ok(Self {
            organisation,
            label,
            permission_type: maybe(&["planning-permission-type", "PermissionType"]),
            dwellings: several(&["minimum-net-dwellings", "MinNetDwellings", "NetDwellingsRangeFrom"]),
            most_dwellings: maybe(&["maximum-net-dwellings", "NetDwellingsRangeTo"]),
            updated: several(&["resource-date", "LastUpdatedDate", "entry-date", "FirstAddedDate"]),
            end: maybe(&["end-date", "EndDate"]),
            previously_part_of,
            shared: Rc::new(shared),
            reference,
            name,
            status,
            place,
        })
    }
}

/// One row of a register.
struct Entry {
    site: HousingSite,
    origin: Origin,
    organisation: String,
    reference: String,
    previously_part_of: String,
    updated: Option<Day>,
    /// All dates of the entry, the weightiest first.
    dates: Vec<Option<Day>>,
    end: Option<Day>,
}

/// Reads a register: of each site the latest entry, without those that had ended when the register was made.
///
/// # Errors
/// When it is not a table or lacks the columns of a site in either layout.
pub fn read(input: &Input, options: &RegisterOptions, report: &mut Report) -> Result<Vec<ReadSite>, ImportError> {
    let mut table = Table::open(input)?;
    let columns = Columns::of(&table)?;
    let mut register = Register { file: input.name().into(), columns, options, unknown: BTreeSet::new(), ranges: 0, report };
    let mut entries: BTreeMap<(String, String), Entry> = BTreeMap::new();
    let mut made = None;
    while let Some(row) = table.next_row(register.report)? {
        let Some(entry) = register.entry(&row) else { continue };
        made = made.max(entry.updated);
        let key = (entry.organisation.clone(), entry.reference.clone());
        if let Some(earlier) = entries.remove(&key) {
            entries.insert(key, register.latest(earlier, entry));
        } else {
            entries.insert(key, entry);
        }
    }
    let sites = register.sites(entries, made);
    register.note_ranges();
    register.report.count(input.name(), table.rows_read(), sites.len() as u64);
    Ok(sites)
}

struct Register<'a> {
    file: Rc<str>,
    columns: Columns,
    options: &'a RegisterOptions,
    unknown: BTreeSet<String>,
    ranges: u32,
    report: &'a mut Report,
}

impl Register<'_> {
    fn entry(&mut self, row: &Row) -> Option<Entry> {
        let text = |column: &Option<Column>| column.as_ref().map_or("", |column| row.text(column));
        let reference = row.text(&self.columns.reference).to_owned();
        if reference.is_empty() {
            let message = "expected a reference, found nothing; the row was left out".to_owned();
            self.report.add(row.finding(Severity::Error, "no-reference", Some(&self.columns.reference), message));
            return None;
        }
        let (organisation, label) = (text(&self.columns.organisation).to_owned(), text(&self.columns.label).to_owned());
        let organisation = if organisation.is_empty() { label.clone() } else { organisation };
        let authority = self.options.authority_of(&organisation, &label);
        let owner = if organisation.is_empty() { authority.map(|code| code.to_string()).unwrap_or_default() } else { last_part(&organisation).to_owned() };
        if owner.is_empty() {
            let message = "expected an organisation, found nothing, and the recipe names no authority; the row was left out".to_owned();
            self.report.add(row.finding(Severity::Error, "no-organisation", self.columns.organisation.as_ref(), message));
            return None;
        }
        if authority.is_none() && self.unknown.insert(organisation.clone()) {
            let message = format!("the recipe gives no area code for {organisation:?}; its sites are judged by their points alone");
            self.report.add(row.finding(Severity::Warning, "unknown-organisation", self.columns.organisation.as_ref(), message));
        }
        let dates: Vec<Option<Day>> = self.columns.updated.clone().iter().map(|column| self.day(row, column)).collect();
        let updated = dates.iter().flatten().next().copied();
        let end = self.columns.end.clone().and_then(|column| self.day(row, &column));
        let previously_part_of = text(&self.columns.previously_part_of).to_owned();
        let name = name(row.text(&self.columns.name));
        let site = HousingSite {
            id: format!("BLR-{owner}-{reference}"),
            name: if name.is_empty() { reference.clone() } else { name },
            authority,
            status: self.status(row),
            dwellings: self.dwellings(row),
            dwellings_in_plan_period: None,
            plan_period: None,
            permitted_now: None,
            constraint: None,
            first_year: None,
            last_year: None,
            location: self.location(row).map(|location| SiteLocation { location, outline: None }),
            part_of: None,
            reference: updated.map_or_else(|| "Brownfield land register".to_owned(), |day| format!("Brownfield land register {}", day.month())),
        };
        let origin = Origin { file: Rc::clone(&self.file), line: row.line(), columns: Rc::clone(&self.columns.shared) };
        Some(Entry { site, origin, organisation: owner, reference, previously_part_of, updated, dates, end })
    }

    fn day(&mut self, row: &Row, column: &Column) -> Option<Day> {
        let text = row.text(column);
        let day = Day::parse(text);
        if day.is_none() && !text.is_empty() {
            let message = format!("expected a date such as 2019-11-30 or 30/11/2019, found {:?}; taken as not held", shown(text));
            self.report.add(row.finding(Severity::Warning, "not-a-date", Some(column), message));
        }
        day
    }

    fn status(&mut self, row: &Row) -> SiteStatus {
        let text = row.text(&self.columns.status);
        match text.to_ascii_lowercase().as_str() {
            "permissioned" => return SiteStatus::Permission,
            "not permissioned" | "pending decision" | "pending" => return SiteStatus::RegisterOnly,
            _ => {}
        }
        let kind = self.columns.permission_type.as_ref().map_or("", |column| row.text(column)).to_ascii_lowercase();
        // A permission in principle allows no building yet.
        let permitted = !kind.is_empty() && !kind.starts_with("permission in pr") && kind != "other";
        let status = if permitted { SiteStatus::Permission } else { SiteStatus::RegisterOnly };
        let message = format!(
            "expected permissioned, not permissioned or pending decision, found {:?} beside the type {:?}; taken as {}",
            shown(text),
            shown(&kind),
            if permitted { "permitted" } else { "not permitted" }
        );
        self.report.add(row.finding(Severity::Warning, "unknown-status", Some(&self.columns.status), message));
        status
    }

    /// The least number of dwellings: of the first column that holds one.
    fn dwellings(&mut self, row: &Row) -> Option<u32> {
        let mut number_in = |column: &Column| {
            let number = row.number(column, self.report).number()?;
            let dwellings = whole(number);
            if dwellings.is_none() {
                let message = format!("expected a whole number of dwellings, found {number}; taken as not held");
                self.report.add(row.finding(Severity::Error, "not-a-whole-number", Some(column), message));
            }
            dwellings
        };
        let least = self.columns.dwellings.iter().find_map(&mut number_in);
        let most = self.columns.most_dwellings.as_ref().and_then(number_in);
        match (least, most) {
            (Some(least), Some(most)) if least > most => {
                let message = format!("expected at least {least} dwellings at most, found {most}; the least was kept");
                self.report.add(row.finding(Severity::Warning, "dwellings-range", self.columns.most_dwellings.as_ref(), message));
            }
            (Some(least), Some(most)) => self.ranges += u32::from(least < most),
            _ => {}
        }
        least
    }

    fn location(&mut self, row: &Row) -> Option<Location> {
        let mut number = |column: &Column| row.number(column, self.report).number();
        let (column, found) = match &self.columns.place {
            PlaceColumns::Degrees { longitude, latitude } => {
                let (x, y) = (number(longitude), number(latitude));
                (longitude, x.zip(y).map(|(x, y)| point_from_degrees(x, y).map(exact)))
            }
            PlaceColumns::Text(column) => {
                let text = row.text(column);
                let point = point_of_text(text).ok_or_else(|| format!("expected POINT (longitude latitude), found {:?}", shown(text)));
                (column, (!text.is_empty()).then(|| point.and_then(|(x, y)| point_from_degrees(x, y)).map(exact)))
            }
            PlaceColumns::Declared { x, y, crs } => {
                let (easting, northing) = (number(x), number(y));
                let found = easting.zip(northing).map(|(easting, northing)| declared(row, crs, easting, northing, self.report));
                (x, found)
            }
        };
        match found {
            Some(Ok(location)) => Some(location),
            Some(Err(problem)) => {
                let message = format!("{problem}; the site is not located");
                self.report.add(row.finding(Severity::Error, "outside-great-britain", Some(column), message));
                None
            }
            None => {
                let message = "expected a point, found none; the site is not located".to_owned();
                self.report.add(row.finding(Severity::Note, "not-located", Some(column), message));
                None
            }
        }
    }

    /// Of two entries of one site the one of the later date, or of the later row where the dates are the same.
    fn latest(&mut self, earlier: Entry, entry: Entry) -> Entry {
        let said = |entry: &Entry| entry.dates.iter().flatten().max().map_or_else(|| "no date".to_owned(), Day::to_string);
        let (kept, left) = if entry.dates >= earlier.dates { (entry, earlier) } else { (earlier, entry) };
        let severity = if kept.dates == left.dates { Severity::Warning } else { Severity::Note };
        let message = format!(
            "{} stands in line {} with {} too, here with {}; the entry of line {} counts",
            kept.site.id,
            kept.origin.line,
            said(&kept),
            said(&left),
            kept.origin.line
        );
        self.report.add(left.origin.finding(severity, "earlier-entry", left.origin.columns.id.as_ref(), message));
        kept
    }

    /// The sites that had not ended when the register was made, with the larger sites that they were part of.
    fn sites(&mut self, mut entries: BTreeMap<(String, String), Entry>, made: Option<Day>) -> Vec<ReadSite> {
        entries.retain(|_, entry| {
            let ended = entry.end.is_some_and(|end| made.is_none_or(|made| end <= made));
            if let (true, Some(end)) = (ended, entry.end) {
                let made = made.map_or_else(|| "without a date".to_owned(), |day| format!("of {day}"));
                let dwellings = entry.site.dwellings.map_or_else(|| "an unknown number of".to_owned(), |number| number.to_string());
                let message = format!("{} with {dwellings} dwellings ended on {end}, before this register {made}; it was left out", entry.site.id);
                self.report.add(entry.origin.finding(
                    Severity::Note,
                    "ended",
                    self.columns.end.as_ref().map(|column| column.name().to_owned()).as_ref(),
                    message,
                ));
            }
            !ended
        });
        let ids: BTreeMap<(String, String), String> = entries.iter().map(|(key, entry)| (key.clone(), entry.site.id.clone())).collect();
        let mut read: Vec<ReadSite> = Vec::with_capacity(entries.len());
        for (_, mut entry) in entries {
            if !entry.previously_part_of.is_empty() {
                let larger = ids.get(&(entry.organisation.clone(), entry.previously_part_of.clone()));
                entry.site.part_of = larger.cloned();
                if larger.is_none() {
                    let message = format!("{:?} names no site of this register; the site counts by itself", shown(&entry.previously_part_of));
                    self.report.add(entry.origin.finding(Severity::Note, "part-of-none", entry.origin.columns.part_of.as_ref(), message));
                }
            }
            read.push(ReadSite { site: entry.site, origin: entry.origin, updated: entry.updated });
        }
        read.sort_by_key(|read| read.origin.line);
        read
    }

    fn note_ranges(&mut self) {
        if self.ranges > 0 {
            let message = format!("entries that give a least and a greater number of dwellings: {}; the least counts", self.ranges);
            self.report.add(Finding::of_file(Severity::Note, "least-dwellings", &self.file, message));
        }
    }
}

fn exact(point: Bng<Point<f64>>) -> Location {
    Location { point, precision: Precision::Exact }
}

/// A point whose coordinate system is named beside it, in words that do not always fit the numbers.
fn declared(row: &Row, crs: &Column, x: f64, y: f64, report: &mut Report) -> Result<Location, String> {
    let text = row.text(crs).to_ascii_uppercase();
    let degrees = x.abs() <= 180.0 && y.abs() <= 180.0;
    match text.as_str() {
        "WGS84" | "ETRS89" | "EPSG:4326" | "EPSG:4258" if degrees => return point_from_degrees(x, y).map(exact),
        "OSGB36" | "EPSG:27700" | "BNG" if !degrees => return point_from_metres(x, y).map(exact),
        _ => {}
    }
    let (point, taken, precision) = if !degrees {
        (point_from_metres(x, y), "metres of the National Grid", Precision::Approximate)
    } else if text.starts_with("OSGB") {
        // Degrees on the old datum lie about a hundred metres from those of satellites; which of the two they are is not said.
        (point_from_degrees(x, y), "longitude and latitude, approximate", Precision::Approximate)
    } else {
        (point_from_degrees(x, y), "longitude and latitude", Precision::Exact)
    };
    let point = point.map_err(|problem| format!("{problem}, by the coordinate system {:?}", shown(&text)))?;
    let message = format!("expected OSGB36 with metres, or WGS84 or ETRS89 with degrees, found {:?} with {x}, {y}; taken as {taken}", shown(&text));
    report.add(row.finding(Severity::Warning, "coordinate-system", Some(crs), message));
    Ok(Location { point, precision })
}

/// The numbers of `POINT (-0.88 52.76)`.
fn point_of_text(text: &str) -> Option<(f64, f64)> {
    let (word, rest) = text.split_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    let mut numbers = inside.split_whitespace().map(|number| number.parse::<f64>().ok().filter(|number| number.is_finite()));
    let (x, y) = (numbers.next()??, numbers.next()??);
    (word.trim().eq_ignore_ascii_case("point") && numbers.next().is_none()).then_some((x, y))
}

/// A name or address in one line, without the quotation marks that some registers put around it.
fn name(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    quoted.map_or(line.as_str(), str::trim).to_owned()
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

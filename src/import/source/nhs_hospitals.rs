//! Hospitals: the list of NHS.uk, separated by commas or by `¬`, or the short table `name, type, lon, lat, source`.

use std::collections::HashMap;

use geo_types::Point;

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::ods;
use crate::import::organisations::HospitalRecord;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::crs::LonLat;
use crate::model::organisation::{Hospital, Location, Precision};

/// A separator for `¬`, which is two bytes in UTF-8: no text holds it.
const UNIT_SEPARATOR: u8 = 0x1f;

/// Hospitals as they are met, each id once.
struct Reading<'r> {
    hospitals: Vec<HospitalRecord>,
    /// The place of each id, and whether NHS.uk itself keeps the entry.
    places: HashMap<String, (usize, bool)>,
    report: &'r mut Report,
}

/// Reads hospitals in the order of the file.
///
/// # Errors
/// When it is neither table.
pub fn read(input: &Input, report: &mut Report) -> Result<Vec<HospitalRecord>, ImportError> {
    let text = input.text()?;
    let header = text.lines().next().unwrap_or_default();
    let separated_oddly = header.contains('¬');
    let text = if separated_oddly { text.replace('¬', "\u{1f}") } else { text };
    let in_utf8 = Input::from_bytes(input.name(), text);
    let mut table = if separated_oddly { Table::open_separated(&in_utf8, UNIT_SEPARATOR)? } else { Table::open(&in_utf8)? };
    let mut reading = Reading { hospitals: Vec::new(), places: HashMap::new(), report };
    if table.column(&["OrganisationCode"]).is_some() {
        read_list(&mut table, &mut reading)?;
    } else {
        read_short(&mut table, &mut reading)?;
    }
    let Reading { hospitals, report, .. } = reading;
    report.count(input.name(), table.rows_read(), hospitals.len() as u64);
    Ok(hospitals)
}

fn read_list(table: &mut Table<'_>, reading: &mut Reading<'_>) -> Result<(), ImportError> {
    let [code, name, kind, sector, status, postcode, lon, lat] = table.require([
        &["OrganisationCode"],
        &["OrganisationName"],
        &["SubType"],
        &["Sector"],
        &["OrganisationStatus"],
        &["Postcode"],
        &["Longitude"],
        &["Latitude"],
    ])?;
    let address: Vec<Column> = ["Address1", "Address2", "Address3", "City", "County"].iter().filter_map(|name| table.column(&[name])).collect();
    let managed = table.column(&["IsPimsManaged"]);
    let mut invisible = 0_usize;
    while let Some(row) = table.next_row(reading.report)? {
        let Some(code) = row.ods_code(&code, reading.report) else { continue };
        if row.text(&status) != "Visible" {
            invisible += 1;
            continue;
        }
        let hospital = Hospital {
            id: code.to_string(),
            name: row.text(&name).to_owned(),
            kind: kind_of(row.text(&kind)),
            sector: sector_of(row.text(&sector)),
            address: ods::one_line(&row, &address),
            postcode: ods::text(&row, &postcode),
            location: location(&row, &lon, &lat, Precision::Exact, reading.report),
        };
        let managed = managed.as_ref().is_none_or(|column| row.text(column).eq_ignore_ascii_case("true"));
        reading.add(&row, hospital, managed);
    }
    if invisible > 0 {
        let message = format!("left out, because they are not visible on NHS.uk: {invisible}");
        reading.report.add(Finding::of_file(Severity::Note, "not-visible", table.file(), message));
    }
    Ok(())
}

fn read_short(table: &mut Table<'_>, reading: &mut Reading<'_>) -> Result<(), ImportError> {
    let [name, lon, lat] = table.require([&["name", "hospital22_name"], &["lon", "longitude"], &["lat", "latitude"]])?;
    let [kind, source] = ["type", "source"].map(|name| table.column(&[name]));
    while let Some(row) = table.next_row(reading.report)? {
        let id = id_of(row.text(&name));
        if id.is_empty() {
            let message = format!("expected the name of a hospital, found {:?}; the row was left out", row.text(&name));
            reading.report.add(row.finding(Severity::Error, "no-name", Some(&name), message));
            continue;
        }
        // A point that was looked up by its postcode says so in the words of its source.
        let postcode = source.as_ref().and_then(|column| row.text(column).strip_prefix("postcode ")).map(str::to_owned);
        let precision = if postcode.is_some() { Precision::Postcode } else { Precision::Exact };
        let location = location(&row, &lon, &lat, precision, reading.report);
        let kind = kind.as_ref().map(|column| row.text(column)).unwrap_or_default().to_owned();
        let hospital = Hospital { id, name: row.text(&name).to_owned(), kind, sector: String::new(), address: String::new(), postcode, location };
        reading.add(&row, hospital, true);
    }
    Ok(())
}

impl Reading<'_> {
    /// Adds a hospital; of two with one id the one that NHS.uk itself keeps stays, else the first.
    fn add(&mut self, row: &Row, hospital: Hospital, managed: bool) {
        let id = hospital.id.clone();
        let record = HospitalRecord { place: row.place(), hospital };
        let Some(&(place, first_managed)) = self.places.get(&id) else {
            self.places.insert(id, (self.hospitals.len(), managed));
            self.hospitals.push(record);
            return;
        };
        let better = managed && !first_managed;
        let kept = if better { "this row was kept, because NHS.uk itself keeps it" } else { "the first row was kept" };
        self.report.add(row.finding(Severity::Warning, "duplicate-hospital", None, format!("{id} stands here a second time; {kept}")));
        if better {
            self.hospitals[place] = record;
            self.places.insert(id, (place, managed));
        }
    }
}

/// `mental health` of `Mental Health Hospital`; that a hospital is a hospital says nothing.
fn kind_of(text: &str) -> String {
    let kind = text.strip_suffix("Hospital").unwrap_or(text).trim();
    if kind.eq_ignore_ascii_case("unknown") { String::new() } else { kind.to_lowercase() }
}

fn sector_of(text: &str) -> String {
    match text {
        "NHS Sector" => "NHS".into(),
        "Independent Sector" => "independent".into(),
        other => other.to_owned(),
    }
}

/// A name in small letters and hyphens: `queens-medical-centre` of `Queen's Medical Centre`.
fn id_of(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '\'' | '’'));
    let plain: String = letters.map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    plain.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The point of a row; a row without any has none, and one outside Great Britain is a finding.
fn location(row: &Row, lon: &Column, lat: &Column, precision: Precision, report: &mut Report) -> Option<Location> {
    if row.text(lon).is_empty() && row.text(lat).is_empty() {
        return None;
    }
    let (x, y) = (row.number(lon, report).number()?, row.number(lat, report).number()?);
    match LonLat(Point::new(x, y)).to_bng() {
        Ok(point) => Some(Location { point, precision }),
        Err(outside) => {
            report.add(row.finding(Severity::Error, "outside-great-britain", Some(lon), format!("{outside}; the point was left out")));
            None
        }
    }
}

//! Published travel times brought into dataset order: their areas are those of a layer, their sites hospitals of the edition where names agree.

use std::collections::HashMap;

use super::report::{Finding, Report, Severity};
use super::source::published_travel_times::TimesTable;
use crate::model::area::AreaCode;
use crate::model::edition::AreaLayer;
use crate::model::organisation::Hospital;
use crate::model::travel::{PublishedSite, PublishedTimes};

/// Puts tables of times beside the areas and hospitals of an edition, at most one of each mode and area type.
#[must_use]
pub fn published_times(tables: Vec<TimesTable>, layers: &[AreaLayer], hospitals: &[Hospital], report: &mut Report) -> Vec<PublishedTimes> {
    let mut made: Vec<PublishedTimes> = Vec::new();
    for table in tables {
        let mut note = |severity, rule, message| report.add(Finding::of_file(severity, rule, &table.file, message));
        let Some(layer) = layers.iter().find(|layer| layer.area_type == table.area_type) else {
            note(Severity::Error, "areas-not-held", format!("expected areas of the edition, found {}; the table was left out", table.area_type));
            continue;
        };
        if made.iter().any(|other| other.mode == table.mode && other.area_type == table.area_type) {
            let message = format!("times {} from {} were read from another file; this table was left out", table.mode.phrase(), table.area_type);
            note(Severity::Error, "times-twice", message);
            continue;
        }
        let sites: Vec<PublishedSite> =
            table.sites.iter().map(|name| PublishedSite { name: name.clone(), hospital: hospital_called(name, hospitals) }).collect();
        for site in sites.iter().filter(|site| site.hospital.is_none()) {
            let message = format!("{} is no hospital of the edition by name; its times are kept and answer no question", site.name);
            note(Severity::Note, "not-a-hospital", message);
        }
        let mut minutes = vec![f32::NAN; layer.areas.len() * sites.len()];
        let places: HashMap<AreaCode, usize> = layer.areas.iter().enumerate().map(|(place, area)| (area.code, place)).collect();
        let mut elsewhere = 0_usize;
        for (code, site, value) in &table.minutes {
            match places.get(code) {
                Some(place) => minutes[place * sites.len() + site] = value.unwrap_or(f32::NAN),
                None => elsewhere += 1,
            }
        }
        if elsewhere > 0 {
            note(Severity::Note, "areas-elsewhere", format!("times from areas outside the edition were left out: {elsewhere}"));
        }
        let missing = minutes.iter().filter(|value| value.is_nan()).count();
        if missing > 0 {
            note(Severity::Warning, "times-not-held", format!("pairs of an area and a site without a time: {missing} of {}", minutes.len()));
        }
        made.push(PublishedTimes { source: table.source, mode: table.mode, area_type: table.area_type, note: table.note, sites, minutes });
    }
    made
}

/// The hospital whose name is made of the same letters and digits.
fn hospital_called(name: &str, hospitals: &[Hospital]) -> Option<String> {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = plain(name);
    hospitals.iter().find(|hospital| plain(&hospital.name) == wanted).map(|hospital| hospital.id.clone())
}

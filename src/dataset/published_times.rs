//! Published travel times as one Parquet table each: the area's code, then minutes to each site, empty where none is published.

use std::collections::HashSet;

use bytes::Bytes;

use super::DatasetError;
use super::manifest::{PublishedSiteEntry, PublishedTimesEntry, Word};
use super::table::{self, Table, Values};
use crate::model::area::Area;
use crate::model::travel::{PublishedSite, PublishedTimes};

const CODE: &str = "code";

/// The entry of a table of times, and its file.
pub(super) fn write(times: &PublishedTimes, areas: &[Area]) -> Result<(PublishedTimesEntry, Vec<u8>), DatasetError> {
    let PublishedTimes { source, mode, area_type, note, sites, minutes } = times;
    let mut taken = HashSet::from([CODE.to_owned()]);
    let entries: Vec<PublishedSiteEntry> = sites
        .iter()
        .map(|PublishedSite { name, hospital }| {
            let mut column = name.clone();
            let mut number = 2;
            while column.is_empty() || !taken.insert(column.clone()) {
                column = format!("{name} ({number})");
                number += 1;
            }
            PublishedSiteEntry { name: name.clone(), hospital: hospital.clone(), column }
        })
        .collect();
    let mut columns = vec![(CODE, Values::Text(areas.iter().map(|area| table::text(area.code.as_str())).collect()))];
    for (place, site) in entries.iter().enumerate() {
        columns.push((&site.column, Values::Optional(minutes.iter().copied().skip(place).step_by(sites.len()).collect())));
    }
    let name = format!("published-times-{}-{area_type}.parquet", mode.id());
    let bytes = table::write(&name, "published_times", &columns)?;
    let entry = PublishedTimesEntry {
        source: source.clone(),
        mode: Word(*mode),
        area_type: Word(*area_type),
        note: note.clone(),
        sites: entries,
        areas: areas.len() as u64,
        table: name,
    };
    Ok((entry, bytes))
}

/// Brings the times back; their rows must be the areas of the layer, in dataset order.
pub(super) fn read(entry: PublishedTimesEntry, file: &str, bytes: Bytes, areas: &[Area]) -> Result<PublishedTimes, DatasetError> {
    let PublishedTimesEntry { source, mode: Word(mode), area_type: Word(area_type), note, sites: entries, areas: rows, .. } = entry;
    let table = Table::open(file, bytes, rows)?;
    let codes = table.text(CODE)?;
    if !(codes.len() == areas.len() && codes.iter().zip(areas).all(|(code, area)| code == area.code.as_str())) {
        return Err(table.fault(CODE, None, "the codes of the area layer in order", "others".to_owned()));
    }
    let columns = entries.iter().map(|site| table.optional(&site.column)).collect::<Result<Vec<_>, _>>()?;
    let minutes = (0..areas.len()).flat_map(|row| columns.iter().map(move |column| column[row])).collect();
    let sites = entries.into_iter().map(|PublishedSiteEntry { name, hospital, .. }| PublishedSite { name, hospital }).collect();
    Ok(PublishedTimes { source, mode, area_type, note, sites, minutes })
}

//! Housing sites as `FlatGeobuf`: their points in one file, the outlines of those that have one in another.

use std::collections::HashMap;

use flatgeobuf::GeometryType;
use geozero::{ColumnValue, FeatureProcessor};

use super::decode::{Features, Row, points};
use super::{Column, FeatureWriter, NATIONAL_GRID, TEXT, WHOLE, YEAR, encoded, encoded_points};
use crate::dataset::DatasetError;
use crate::model::area::AreaCode;
use crate::model::crs::Bng;
use crate::model::housing::{HousingSite, SiteLocation, SiteStatus};

const SITE: [Column; 14] = [
    ("id", TEXT),
    ("name", TEXT),
    ("authority", TEXT),
    ("status", TEXT),
    ("dwellings", WHOLE),
    ("dwellings_in_plan_period", WHOLE),
    ("plan_period", TEXT),
    ("permitted_now", WHOLE),
    ("constraint", TEXT),
    ("first_year", YEAR),
    ("last_year", YEAR),
    ("part_of", TEXT),
    ("reference", TEXT),
    ("precision", TEXT),
];
const OUTLINE: [Column; 1] = [("id", TEXT)];

/// The file of the sites, each with its point where it is located.
pub(in crate::dataset) fn write_sites(name: &str, sites: &[HousingSite]) -> Result<Vec<u8>, DatasetError> {
    let location = |site: &HousingSite| site.location.as_ref().map(|location| location.location);
    encoded_points(name, "Housing sites", &SITE, sites, location, |feature, site| {
        feature.text(Some(&site.id))?;
        feature.text(Some(&site.name))?;
        feature.text(site.authority.as_ref().map(AreaCode::as_str))?;
        feature.text(Some(site.status.id()))?;
        feature.whole(site.dwellings)?;
        feature.whole(site.dwellings_in_plan_period)?;
        feature.text(site.plan_period.as_deref())?;
        feature.whole(site.permitted_now)?;
        feature.text(site.constraint.as_deref())?;
        feature.next(site.first_year.map(ColumnValue::UShort))?;
        feature.next(site.last_year.map(ColumnValue::UShort))?;
        feature.text(site.part_of.as_deref())?;
        feature.text(Some(&site.reference))?;
        feature.text(site.location.as_ref().map(|location| location.location.precision.id()))
    })
}

/// The file of the outlines of those sites that have one.
pub(in crate::dataset) fn write_outlines(name: &str, sites: &[HousingSite]) -> Result<Vec<u8>, DatasetError> {
    let outlines = sites.iter().filter_map(|site| Some((&site.id, site.location.as_ref()?.outline.as_ref()?)));
    encoded(name, "Outlines of housing sites", GeometryType::MultiPolygon, &OUTLINE, false, |fgb| {
        for (number, (id, outline)) in outlines.enumerate() {
            let mut feature = FeatureWriter { fgb: &mut *fgb, columns: &OUTLINE, column: 0 };
            feature.polygons(outline.inner())?;
            feature.text(Some(id))?;
            feature.fgb.feature_end(number as u64)?;
        }
        Ok(())
    })
}

/// The sites, still without their outlines; `file` is how errors call it.
pub(in crate::dataset) fn read_sites(file: &str, bytes: &[u8]) -> Result<Vec<HousingSite>, DatasetError> {
    points(file, bytes, &SITE)?
        .map(|feature| {
            let feature = feature?;
            let mut row = Row::of(&feature, &SITE)?;
            Ok(HousingSite {
                id: row.text()?,
                name: row.text()?,
                authority: row.optional_word("an area code", |text| AreaCode::parse(text).ok())?,
                status: row.word("a status such as allocation", SiteStatus::parse)?,
                dwellings: row.optional_whole()?,
                dwellings_in_plan_period: row.optional_whole()?,
                plan_period: row.optional_text()?,
                permitted_now: row.optional_whole()?,
                constraint: row.optional_text()?,
                first_year: row.optional_whole()?,
                last_year: row.optional_whole()?,
                part_of: row.optional_text()?,
                reference: row.text()?,
                location: row.location()?.map(|location| SiteLocation { location, outline: None }),
            })
        })
        .collect()
}

/// Gives the sites their outlines, and says how many there are.
pub(in crate::dataset) fn read_outlines(file: &str, bytes: &[u8], sites: &mut [HousingSite]) -> Result<usize, DatasetError> {
    let places: HashMap<String, usize> = sites.iter().enumerate().map(|(place, site)| (site.id.clone(), place)).collect();
    let mut outlines = 0;
    for feature in Features::open(file, bytes, GeometryType::MultiPolygon, NATIONAL_GRID, &["id"])? {
        let feature = feature?;
        let place = Row::of(&feature, &OUTLINE)?.word("the id of a site of the edition", |id| places.get(id).copied())?;
        let Some(location) = &mut sites[place].location else {
            return Err(feature.malformed("the outline of a site that has a point", &sites[place].id));
        };
        if location.outline.replace(Bng(feature.polygons()?)).is_some() {
            return Err(feature.malformed("one outline of a site", &format!("another of {}", sites[place].id)));
        }
        outlines += 1;
    }
    Ok(outlines)
}

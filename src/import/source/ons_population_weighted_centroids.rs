//! Population-weighted centroids of ONS: one point of the British National Grid per area, in either published layout or beside names.

use std::collections::HashMap;

use geo_types::{Point, coord};

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::figures::AreaList;
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::{Column, Table};
use crate::model::area::{AreaCode, AreaType};
use crate::model::crs::Bng;

/// The easting and northing beyond which no place of Great Britain lies, metres.
const EXTENT_METRES: (f64, f64) = (700_000.0, 1_300_000.0);

/// Points of areas of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Centroids {
    /// The type of the areas.
    pub area_type: AreaType,
    /// Their points, by code.
    pub points: HashMap<AreaCode, Bng<Point<f64>>>,
}

/// Reads a table of points: `X, Y, …, lsoa11cd`, `…, LSOA21CD, …, x, y`, or `LSOA11CD, …, pwc_easting, pwc_northing`.
///
/// # Errors
/// When it is not a table or lacks a code or a coordinate.
pub fn read(input: &Input, report: &mut Report) -> Result<Centroids, ImportError> {
    let mut table = Table::open(input)?;
    let (area_type, code) = code_column(&table)?;
    let [easting, northing] = table.require([&["pwc_easting", "x", "BNG_E"], &["pwc_northing", "y", "BNG_N"]])?;
    let mut areas = AreaList::default();
    let mut points = HashMap::new();
    while let Some(row) = table.next_row(report)? {
        let (x, y) = (row.number(&easting, report).number(), row.number(&northing, report).number());
        let (Some(x), Some(y)) = (x, y) else {
            report.add(row.finding(Severity::Warning, "no-point", None, "expected an easting and a northing; the area gets no published centroid".into()));
            continue;
        };
        if !((0.0..=EXTENT_METRES.0).contains(&x) && (0.0..=EXTENT_METRES.1).contains(&y)) {
            let message = format!("expected metres of the British National Grid, found {x}, {y}; the point was left out");
            report.add(row.finding(Severity::Error, "outside-great-britain", Some(&easting), message));
            continue;
        }
        let Ok(parsed) = AreaCode::parse(row.text(&code)) else {
            let _ = row.area_code(&code, report);
            continue;
        };
        if areas.add(&row, &code, report).is_some() {
            points.insert(parsed, Bng(Point::from(coord! { x: to_millimetre(x), y: to_millimetre(y) })));
        }
    }
    report.count(input.name(), table.rows_read(), points.len() as u64);
    Ok(Centroids { area_type, points })
}

fn to_millimetre(metres: f64) -> f64 {
    (metres * 1000.0).round() / 1000.0
}

fn code_column(table: &Table<'_>) -> Result<(AreaType, Column), ImportError> {
    let codes = table.columns().iter().filter_map(|column| match area_column(column.name()) {
        Some((area_type, AreaColumn::Code)) => Some((area_type, column.clone())),
        _ => None,
    });
    codes.min_by_key(|(area_type, _)| *area_type).ok_or_else(|| table.wrong_columns(vec!["LSOA21CD (or another area code column)".into()]))
}

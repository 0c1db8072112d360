//! Area boundaries of ONS as GeoJSON or FlatGeobuf, of any area type and vintage, in degrees or in metres of the National Grid.

use std::collections::HashSet;
use std::io::Read;

use geo_types::{Geometry, MultiPolygon};

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::flatgeobuf_features::{self, Features};
use crate::import::geojson_features::{self, Feature};
use crate::import::input::Input;
use crate::import::polygons::{self, Uncrossed};
use crate::import::report::{Finding, Report, Severity};
use crate::model::area::{AreaCode, AreaType};
use crate::model::crs::{Bng, Crs};

/// One area with its polygons.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// Its code.
    pub code: AreaCode,
    /// Its name; empty where the file gives none.
    pub name: String,
    /// Its polygons, metres rounded to millimetres, outer rings anticlockwise.
    pub geometry: Bng<MultiPolygon<f64>>,
}

/// The areas of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundaries {
    /// Their type.
    pub area_type: AreaType,
    /// The areas in the file's order, no code twice.
    pub areas: Vec<Boundary>,
}

/// Reads boundaries; where `wanted` is not given, the smallest area type that the first feature names.
///
/// # Errors
/// When the file is neither GeoJSON nor FlatGeobuf, breaks off, or names no area type.
pub fn read(input: &Input, wanted: Option<AreaType>, report: &mut Report) -> Result<Boundaries, ImportError> {
    let mut head = [0; 3];
    let is_flatgeobuf = input.stream().read_exact(&mut head).is_ok() && head == *b"fgb";
    let mut reading = Reading { file: input.name(), wanted, crs: None, number: 0, areas: Vec::new(), codes: HashSet::new(), report };
    if is_flatgeobuf {
        flatgeobuf(input, &mut reading)?;
    } else {
        geojson(input, &mut reading)?;
    }
    let Reading { wanted, number, areas, report, .. } = reading;
    report.count(input.name(), number, areas.len() as u64);
    let found = || format!("{number} features");
    let area_type =
        wanted.filter(|_| number > 0).ok_or_else(|| ImportError::WrongFormat { file: input.name().into(), expected: "areas".into(), found: found() })?;
    Ok(Boundaries { area_type, areas })
}

struct Reading<'a> {
    file: &'a str,
    wanted: Option<AreaType>,
    crs: Option<Crs>,
    number: u64,
    areas: Vec<Boundary>,
    codes: HashSet<AreaCode>,
    report: &'a mut Report,
}

fn wrong(file: &str, expected: &str, found: impl Into<String>) -> ImportError {
    ImportError::WrongFormat { file: file.to_owned(), expected: expected.to_owned(), found: found.into() }
}

fn geojson(input: &Input, reading: &mut Reading<'_>) -> Result<(), ImportError> {
    let (crs, features) = geojson_features::read(input, "a GeoJSON feature collection or FlatGeobuf")?;
    reading.crs = crs;
    for feature in features {
        let Feature { properties, geometry } = feature?;
        reading.feature(&properties, geometry)?;
    }
    Ok(())
}

fn flatgeobuf(input: &Input, reading: &mut Reading<'_>) -> Result<(), ImportError> {
    let Features { epsg, features } = flatgeobuf_features::read(input)?;
    let known =
        |epsg: i32| Crs::parse(&epsg.to_string()).ok_or_else(|| wrong(input.name(), "a coordinate system among EPSG:4326 and EPSG:27700", epsg.to_string()));
    reading.crs = epsg.map(known).transpose()?;
    for (mut properties, polygons) in features {
        properties.sort();
        reading.feature(&properties, Some(polygons.map(Geometry::MultiPolygon)))?;
    }
    Ok(())
}

impl Reading<'_> {
    fn feature(&mut self, properties: &[(String, String)], geometry: Option<Result<Geometry<f64>, String>>) -> Result<(), ImportError> {
        self.number += 1;
        let named =
            |role: AreaColumn| properties.iter().filter_map(move |(name, value)| area_column(name).filter(|(_, r)| *r == role).map(|(t, _)| (t, name, value)));
        if self.wanted.is_none() {
            self.wanted = named(AreaColumn::Code).map(|(area_type, ..)| area_type).min();
        }
        let Some((area_type, column, text)) = named(AreaColumn::Code).find(|(area_type, ..)| Some(*area_type) == self.wanted) else {
            let expected = self.wanted.map_or("an area code property such as LSOA21CD".into(), |t| format!("a property {}CD", t.to_string().to_uppercase()));
            let found = properties.iter().map(|(name, _)| format!("{name:?}")).collect::<Vec<_>>().join(", ");
            return Err(wrong(self.file, &expected, format!("properties {found} in feature {}", self.number)));
        };
        let code = match AreaCode::parse(text) {
            Ok(code) => code,
            Err(error) => {
                self.finding(Severity::Error, "not-an-area-code", Some(column), &format!("{error}; the feature was left out"));
                return Ok(());
            }
        };
        let name = named(AreaColumn::Name).find(|(t, ..)| *t == area_type).map(|(.., name)| name.trim().to_owned()).unwrap_or_default();
        let polygons = match geometry {
            Some(Ok(Geometry::Polygon(polygon))) => Ok(MultiPolygon(vec![polygon])),
            Some(Ok(Geometry::MultiPolygon(polygons))) => Ok(polygons),
            Some(Ok(_)) => Err("expected a polygon, found another kind of geometry".to_owned()),
            Some(Err(cause)) => Err(format!("expected a polygon, found {cause}")),
            None => Err("expected a polygon, found no geometry".to_owned()),
        };
        match polygons.and_then(|polygons| polygons::in_grid(&polygons, &mut self.crs)) {
            Err(problem) => {
                let area = format!("{code} {name}");
                self.finding(Severity::Error, "not-a-valid-area", None, &format!("{}: {problem}; the feature was left out", area.trim_end()));
            }
            Ok(_) if !self.codes.insert(code) => {
                self.finding(Severity::Error, "duplicate-area", Some(column), &format!("{code} stands here a second time; the first feature was kept"));
            }
            Ok(geometry) => {
                let geometry = self.uncrossed(geometry, &format!("{code} {name}"));
                self.areas.push(Boundary { code, name, geometry });
            }
        }
        Ok(())
    }

    fn finding(&mut self, severity: Severity, rule: &'static str, column: Option<&String>, message: &str) {
        let file = self.file.to_owned();
        self.report.add(Finding { severity, rule, file, line: None, column: column.cloned(), message: format!("feature {}: {message}", self.number) });
    }

    /// Polygons whose rings cross, as generalised ones sometimes do, put right where that can be done.
    fn uncrossed(&mut self, geometry: Bng<MultiPolygon<f64>>, area: &str) -> Bng<MultiPolygon<f64>> {
        match polygons::uncrossed(geometry) {
            Uncrossed::Sound(geometry) => geometry,
            Uncrossed::Repaired { geometry, problem } => {
                self.finding(Severity::Warning, "crossing-rings", None, &format!("{area}: {problem}; repaired"));
                geometry
            }
            Uncrossed::BeyondRepair { geometry, problem } => {
                self.finding(Severity::Warning, "crossing-rings", None, &format!("{area}: {problem}; kept as it is"));
                geometry
            }
        }
    }
}

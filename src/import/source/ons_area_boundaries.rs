//! Area boundaries of ONS as GeoJSON or FlatGeobuf, of any area type and vintage, in degrees or in metres of the National Grid.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};

use geo::{CoordsIter, MapCoords, Orient, Validation, orient::Direction, unary_union};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use geojson::{FeatureReader, GeometryValue};

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::flatgeobuf_features::{self, Features};
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::model::area::{AreaCode, AreaType};
use crate::model::crs::{Bng, Crs, LonLat};

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

/// The longest text before the features of a GeoJSON file in which its coordinate system is looked for.
const MOST_HEADER_BYTES: u64 = 1 << 16;
/// More vertices than any official area has: the whole coast of Great Britain at full resolution stays below.
const MOST_VERTICES: usize = 5_000_000;

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
    let mut stream = BufReader::with_capacity(1 << 16, input.stream());
    let prefix =
        text_before_features(&mut stream).ok_or_else(|| wrong(input.name(), "a GeoJSON feature collection or FlatGeobuf", "no \"features\" near its start"))?;
    reading.crs = crs_of(&prefix, input.name())?;
    for feature in FeatureReader::from_reader(stream).features() {
        let mut feature = feature.map_err(|cause| wrong(input.name(), &format!("feature {}", reading.number + 1), cause.to_string()))?;
        let properties = feature.properties.take().unwrap_or_default();
        let properties = properties.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()));
        let properties: Vec<(String, String)> = properties.collect();
        // geo-types closes open rings by itself, so the ring is judged before it becomes one of theirs.
        let geometry = feature
            .geometry
            .map(|geometry| check_closed(&geometry.value).and_then(|()| Geometry::<f64>::try_from(geometry).map_err(|cause| cause.to_string())));
        reading.feature(&properties, geometry)?;
    }
    Ok(())
}

fn check_closed(value: &GeometryValue) -> Result<(), String> {
    let polygons = match value {
        GeometryValue::Polygon { coordinates } => std::slice::from_ref(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.as_slice(),
        _ => &[],
    };
    for ring in polygons.iter().flatten() {
        if ring.len() < 4 {
            return Err(format!("a ring of {} positions, fewer than 4", ring.len()));
        }
        if ring.first() != ring.last() {
            return Err("an open ring".to_owned());
        }
    }
    Ok(())
}

/// Consumes the stream up to and with `"features"`, so that a `bbox` or `crs` before it is not taken for a feature.
fn text_before_features(stream: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut limited = stream.take(MOST_HEADER_BYTES);
    let mut prefix = Vec::new();
    // The key ends with a quotation mark, so looking at each of them is enough.
    while limited.read_until(b'"', &mut prefix).ok()? > 0 {
        if prefix.ends_with(b"\"features\"") {
            return Some(prefix);
        }
    }
    None
}

fn crs_of(prefix: &[u8], file: &str) -> Result<Option<Crs>, ImportError> {
    let text = format!("{}:[]}}", String::from_utf8_lossy(prefix).trim_start_matches('\u{feff}'));
    let header: serde_json::Value = serde_json::from_str(&text).map_err(|cause| wrong(file, "a GeoJSON feature collection", cause.to_string()))?;
    let Some(name) = header.pointer("/crs/properties/name").and_then(serde_json::Value::as_str) else { return Ok(None) };
    Crs::parse(name).map(Some).ok_or_else(|| wrong(file, "a coordinate system among CRS84, EPSG:4326 and EPSG:27700", name))
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
        match polygons.and_then(|polygons| self.in_grid(&polygons)) {
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

    /// Polygons whose rings cross, as generalised ones sometimes do, put right by a union with themselves.
    fn uncrossed(&mut self, geometry: Bng<MultiPolygon<f64>>, area: &str) -> Bng<MultiPolygon<f64>> {
        let Err(problem) = geometry.inner().check_validation() else { return geometry };
        let united = unary_union(geometry.inner());
        let rounded = united.map_coords(to_millimetre);
        let whole: Vec<Polygon<f64>> = rounded.into_iter().filter_map(without_repeats).collect();
        let repaired = MultiPolygon(whole).orient(Direction::Default);
        let sound = !repaired.0.is_empty() && repaired.is_valid();
        let done = if sound { "repaired" } else { "kept as it is" };
        self.finding(Severity::Warning, "crossing-rings", None, &format!("{area}: {problem}; {done}"));
        if sound { Bng(repaired) } else { geometry }
    }

    fn in_grid(&mut self, polygons: &MultiPolygon<f64>) -> Result<Bng<MultiPolygon<f64>>, String> {
        if polygons.coords_count() > MOST_VERTICES {
            return Err(format!("expected at most {MOST_VERTICES} vertices"));
        }
        for ring in polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())) {
            check_ring(ring)?;
        }
        let crs =
            *self.crs.get_or_insert_with(|| if polygons.coords_iter().all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0) { Crs::Crs84 } else { Crs::Epsg27700 });
        let grid = match crs {
            // RFC 7946 and FlatGeobuf put longitude first whatever the axis order of EPSG:4326 is.
            Crs::Crs84 | Crs::Epsg4326 => LonLat(polygons.clone()).to_bng().map_err(|outside| outside.to_string())?.0,
            Crs::Epsg27700 => polygons.clone(),
            Crs::Epsg3857 => return Err("expected degrees or the National Grid, found Web Mercator".to_owned()),
        };
        if let Some(outside) = grid.coords_iter().find(|c| !((-1000.0..=700_000.0).contains(&c.x) && (-1000.0..=1_300_000.0).contains(&c.y))) {
            return Err(format!("expected a place in Great Britain, found {}, {} metres", outside.x, outside.y));
        }
        let rounded = grid.map_coords(to_millimetre);
        let whole: Vec<Polygon<f64>> = rounded.into_iter().filter_map(without_repeats).collect();
        if whole.is_empty() {
            Err("expected an area, found a ring that encloses nothing".to_owned())
        } else {
            Ok(Bng(MultiPolygon(whole).orient(Direction::Default)))
        }
    }
}

fn to_millimetre(c: Coord<f64>) -> Coord<f64> {
    Coord { x: (c.x * 1000.0).round() / 1000.0, y: (c.y * 1000.0).round() / 1000.0 }
}

fn check_ring(ring: &LineString<f64>) -> Result<(), String> {
    if let Some(bad) = ring.coords().find(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return Err(format!("expected finite coordinates, found {}, {}", bad.x, bad.y));
    }
    if ring.0.len() < 4 {
        return Err(format!("expected a ring of at least 4 positions, found {}", ring.0.len()));
    }
    if ring.0.first() == ring.0.last() { Ok(()) } else { Err("expected a closed ring, found an open one".to_owned()) }
}

/// Drops positions that became equal by rounding, and rings that have vanished by it.
fn without_repeats(polygon: Polygon<f64>) -> Option<Polygon<f64>> {
    let (exterior, interiors) = polygon.into_inner();
    let tidy = |mut ring: LineString<f64>| {
        ring.0.dedup();
        (ring.0.len() >= 4).then_some(ring)
    };
    Some(Polygon::new(tidy(exterior)?, interiors.into_iter().filter_map(tidy).collect()))
}

//! The tables of a figure as one `GeoPackage` (version 1.3) in the British National Grid, with the words that belong to them.
//!
//! Text reaches the database as parameters only; names of tables and columns, which cannot be parameters, are quoted.

use std::collections::HashSet;

use geo_types::{Coord, Rect};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::geopackage_geometry::{NATIONAL_GRID, encoded};
use super::{Content, FigureTable, Head, NO_DAY, TableError, about, heads, kinds_of_shapes, shape_of, unique};
use crate::representation::figure::Figure;

/// The table of words.
const ABOUT: &str = "sources_and_notes";

/// What the standard asks for before there is any table. The numbers are `GPKG` in letters, and version 1.3.
const FOUNDATION: &str = r"
PRAGMA page_size = 4096;
PRAGMA secure_delete = ON;
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
    constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write');
";

/// The systems that a file must know: the two undefined ones, longitude and latitude, and the grid that is used.
const SYSTEMS: [(&str, i32, &str, i32, &str); 4] = [
    ("Undefined Cartesian", -1, "NONE", -1, "undefined"),
    ("Undefined geographic", 0, "NONE", 0, "undefined"),
    (
        "WGS 84",
        4326,
        "EPSG",
        4326,
        r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#,
    ),
    (
        "OSGB36 / British National Grid",
        NATIONAL_GRID,
        "EPSG",
        NATIONAL_GRID,
        r#"PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]"#,
    ),
];

/// Every table of the figure, and one of sources and notes.
///
/// # Errors
/// When the database refuses something.
pub fn geopackage(figure: &Figure<'_>) -> Result<Vec<u8>, TableError> {
    let mut database = Connection::open_in_memory()?;
    database.execute_batch(FOUNDATION)?;
    database.execute_batch("BEGIN")?;
    for (name, id, organisation, number, definition) in SYSTEMS {
        database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)", params![name, id, organisation, number, definition])?;
    }
    let mut taken = HashSet::from([ABOUT.to_owned()]);
    for table in &figure.tables {
        let name = unique(&mut taken, &table_name(&table.name));
        add(&database, &name, table, figure)?;
    }
    add_about(&database, figure)?;
    database.execute_batch("COMMIT")?;
    Ok(database.serialize("main")?.to_vec())
}

fn add(database: &Connection, name: &str, table: &FigureTable<'_>, figure: &Figure<'_>) -> rusqlite::Result<()> {
    let columns = heads(table, &["fid", "geom"]);
    let (areas, points) = kinds_of_shapes(table);
    let has_shapes = areas || points;
    let mut definition = vec!["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned()];
    if has_shapes {
        definition.push(format!("geom {}", geometry_type(areas, points)));
    }
    definition.extend(columns.iter().map(|head| format!("{} {}", quoted(&head.id), if head.is_number() { "DOUBLE" } else { "TEXT" })));
    database.execute_batch(&format!("CREATE TABLE {} ({})", quoted(name), definition.join(", ")))?;
    let around = insert(database, name, table, &columns, has_shapes)?;
    let corners = around.map(|around| [around.min().x, around.min().y, around.max().x, around.max().y]);
    let corner = |at: usize| corners.map(|corners| corners[at]);
    let described = format!("{}. {}. {}", figure.title, table.title, figure.attributions.join(" "));
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            name,
            if has_shapes { "features" } else { "attributes" },
            name,
            described,
            NO_DAY,
            corner(0),
            corner(1),
            corner(2),
            corner(3),
            has_shapes.then_some(NATIONAL_GRID)
        ],
    )?;
    if has_shapes {
        let row = params![name, geometry_type(areas, points), NATIONAL_GRID];
        database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", row)?;
    }
    for head in &columns {
        let row = params![name, head.id, head.title, head.title];
        database.execute("INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, NULL)", row)?;
    }
    Ok(())
}

/// Inserts the rows and returns the rectangle around them.
fn insert(database: &Connection, name: &str, table: &FigureTable<'_>, columns: &[Head<'_>], has_shapes: bool) -> rusqlite::Result<Option<Rect<f64>>> {
    let places = vec!["?"; columns.len() + usize::from(has_shapes)];
    let statement = if places.is_empty() {
        format!("INSERT INTO {} DEFAULT VALUES", quoted(name))
    } else {
        format!("INSERT INTO {} VALUES (NULL, {})", quoted(name), places.join(", "))
    };
    let mut statement = database.prepare(&statement)?;
    let mut whole: Option<Rect<f64>> = None;
    for (number, row) in table.rows.iter().enumerate() {
        let mut values = Vec::with_capacity(places.len());
        if has_shapes {
            let shape = encoded(shape_of(table, number));
            if let Some(around) = shape.as_ref().and_then(|(_, around)| *around) {
                whole = Some(whole.map_or(around, |whole| both(&whole, &around)));
            }
            values.push(shape.map_or(Value::Null, |(bytes, _)| Value::Blob(bytes)));
        }
        let mut words = String::new();
        for head in columns {
            let value = match head.content(row, &mut words) {
                Content::Text(text) => Value::Text(text.to_owned()),
                Content::Number(number) => Value::Real(number),
                Content::Nothing => Value::Null,
            };
            values.push(value);
        }
        statement.execute(params_from_iter(values))?;
    }
    Ok(whole)
}

fn add_about(database: &Connection, figure: &Figure<'_>) -> rusqlite::Result<()> {
    database.execute_batch(&format!("CREATE TABLE {ABOUT} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, part TEXT, text TEXT)"))?;
    let mut statement = database.prepare(&format!("INSERT INTO {ABOUT} VALUES (NULL, ?, ?)"))?;
    for (part, text) in about(figure) {
        statement.execute(params![part, text])?;
    }
    let row = params![ABOUT, ABOUT, "What the numbers are, and whose", NO_DAY];
    database.execute("INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, ?, ?, NULL, NULL, NULL, NULL, NULL)", row).map(drop)
}

const fn geometry_type(areas: bool, points: bool) -> &'static str {
    match (areas, points) {
        (true, false) => "MULTIPOLYGON",
        (false, true) => "POINT",
        _ => "GEOMETRY",
    }
}

fn both(a: &Rect<f64>, b: &Rect<f64>) -> Rect<f64> {
    Rect::new(Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) }, Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) })
}

/// A name in the form that queries are written with: letters, digits and underscores, and none that the format keeps for itself.
fn table_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let kept = ["gpkg_", "sqlite_", "rtree_"].iter().any(|start| plain.to_lowercase().starts_with(start));
    if kept || plain.is_empty() { format!("table_{plain}") } else { plain }
}

/// A name as a quoted identifier: a quotation mark in it is doubled, and what would end the statement is left out.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\0', "").replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotation_marks() {
        assert_eq!(quoted("a\"; DROP TABLE b; --\0"), "\"a\"\"; DROP TABLE b; --\"");
        assert_eq!(table_name("gpkg_contents"), "table_gpkg_contents");
        assert_eq!(table_name("travel times 2"), "travel_times_2");
    }
}

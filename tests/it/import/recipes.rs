//! Whole recipes on a made-up district of four neighbourhoods, good and broken.

use std::path::Path;

use needsmap::import::{ImportError, Imported, Recipe, import};
use needsmap::model::area::AreaType;
use needsmap::model::measure::{FigureStatus, Series};

use crate::roads::pbf::Drawing;

const EDITION: &str = r#"
[edition]
id = "twin"
title = "Twinshire"
description = "A made-up district."
area_types = ["lsoa21", "lad24"]
default_view = { measure = "allotments", field = "value", area_type = "lsoa21" }

[[source]]
id = "twin"
publisher = "Nobody"
title = "Twins"
edition = "1"
licence = "None"
licence_url = "https://example.org/"
attribution = "Made up."

[[source.file]]
path = "areas.geojson"
reads = "ons-area-boundaries"

[[source.file]]
path = "lookup.csv"
reads = "ons-lookup"

[[source.file]]
path = "figures.csv"
reads = "general-table"

[[source.file.measures]]
id = "allotments"
name = "Allotments"
definition = "Plots of land let for growing food."
unit = "plots"
polarity = "none"
high_end = "more plots"
low_end = "fewer plots"
larger_areas = "sum"
"#;

const LOOKUP: &str = "LSOA21CD,LSOA21NM,LAD24CD,LAD24NM\nE01000001,Twin 001A,E07000001,Twinton\nE01000002,Twin 001B,E07000001,Twinton\n\
                      E01000003,Twin 002A,E07000002,Twinley\nE01000004,Twin 002B,E07000002,Twinley\n";
const FIGURES: &str = "area_code,measure,period,value\nE01000001,allotments,2024,3\nE01000002,allotments,2024,4\nE01000003,allotments,2024,suppressed\n\
                       E01000004,allotments,2024,0\n";

/// Four squares of a kilometre in a row.
fn boundaries() -> String {
    let squares = (0..4).map(|i| {
        let (w, e) = (460_000 + 1000 * i, 461_000 + 1000 * i);
        let ring = format!("[{w},300000],[{e},300000],[{e},301000],[{w},301000],[{w},300000]");
        format!(r#"{{"type":"Feature","properties":{{"LSOA21CD":"E0100000{}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#, i + 1)
    });
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, squares.collect::<Vec<_>>().join(","))
}

fn write(folder: &Path, recipe: &str) {
    for (name, text) in [("sources.toml", recipe), ("areas.geojson", &boundaries()), ("lookup.csv", LOOKUP), ("figures.csv", FIGURES)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

fn import_twin(recipe: &str) -> Result<Imported, ImportError> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), recipe);
    import(&Recipe::read(&folder.path().join("sources.toml"), None)?, &mut |_| {})
}

fn of_type<'e>(imported: &'e Imported, id: &str) -> &'e Series {
    imported.edition.series.iter().find(|series| series.area_type == AreaType::parse(id).unwrap()).unwrap()
}

#[test]
fn an_analysts_table_is_added_up_for_districts_and_a_suppressed_part_suppresses_the_whole() {
    let imported = import_twin(EDITION).unwrap();
    assert!(imported.report.findings().is_empty(), "{}", imported.report);
    let districts = &of_type(&imported, "lad24").figures;
    assert_eq!(districts.value_at(0), Some(7.0));
    assert_eq!(districts.status[1], FigureStatus::Suppressed);
    let names: Vec<&str> = imported.edition.layers[1].areas.iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names, ["Twinton", "Twinley"]);
    assert_eq!(imported.edition.sources[0].files.iter().map(|file| file.rows_kept).collect::<Vec<_>>(), [4, 4, 4]);
}

#[test]
fn other_bytes_than_the_recipe_was_written_for_are_refused_with_both_hashes() {
    let wrong = "0".repeat(64);
    let recipe = EDITION.replace("reads = \"ons-lookup\"", &format!("reads = \"ons-lookup\"\nsha256 = {wrong:?}"));
    let text = import_twin(&recipe).unwrap_err().to_string();
    assert!(text.starts_with(&format!("lookup.csv: expected SHA-256 {wrong}, found ")), "{text}");
}

#[test]
fn a_missing_file_a_wrong_option_and_an_area_type_without_boundaries_stop_the_import() {
    let missing = EDITION.replace("lookup.csv", "nowhere.csv");
    assert!(import_twin(&missing).unwrap_err().to_string().contains("nowhere.csv"));
    let unknown = EDITION.replace("larger_areas = \"sum\"", "larger_areas = \"mean\"");
    assert!(import_twin(&unknown).unwrap_err().to_string().contains("unknown variant `mean`"));
    let unreachable = EDITION.replace("\"lad24\"", "\"lad24\", \"icb24\"");
    let text = import_twin(&unreachable).unwrap_err().to_string();
    assert_eq!(text, "no boundaries for icb24: expected a boundary file, or a lookup from lsoa21 to icb24");
}

#[test]
fn roads_are_added_to_a_recipe_by_one_more_source() {
    let source = "\n[[source]]\nid = \"osm\"\npublisher = \"OpenStreetMap contributors\"\ntitle = \"Roads\"\nedition = \"1\"\nlicence = \"ODbL\"\n\
                  licence_url = \"https://example.org/\"\nattribution = \"© OpenStreetMap contributors\"\n\n[[source.file]]\npath = \"roads.osm.pbf\"\nreads = \"osm-roads\"\n";
    let with_roads = |more: &str| {
        let mut drawing = Drawing::default();
        for (id, easting) in [(1, 460_000.0), (2, 464_000.0), (3, 470_000.0)] {
            drawing.node(id, easting, 300_500.0, "");
        }
        drawing.way(7, &[1, 2], "highway=residential");
        drawing.way(8, &[2, 3], "highway=primary");
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &format!("{EDITION}{source}{more}"));
        std::fs::write(folder.path().join("roads.osm.pbf"), drawing.bytes(true)).unwrap();
        import(&Recipe::read(&folder.path().join("sources.toml"), None)?, &mut |_| {})
    };
    let roads = with_roads("").unwrap().edition.roads.unwrap();
    assert_eq!((roads.source.as_str(), roads.links.len()), ("osm", 2));
    let near = with_roads("within_km = 2\n").unwrap().edition;
    assert_eq!(near.roads.unwrap().links.len(), 1);
    assert_eq!(near.sources.last().map(|source| source.files[0].rows_kept), Some(1));
    let twice = "\n[[source.file]]\npath = \"roads.osm.pbf\"\nreads = \"osm-roads\"\n";
    assert!(with_roads(twice).unwrap_err().to_string().contains("expected one extract of roads, found another before it"));
    assert!(with_roads("within_km = -1\n").unwrap_err().to_string().contains("expected within_km from 0 to 1000"));
}

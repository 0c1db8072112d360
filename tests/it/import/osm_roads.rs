//! Roads of OpenStreetMap: a made-up town, broken files, and real extracts where they are at hand.

use std::path::PathBuf;

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::osm_roads::read;

/// A file of `../shared/roads`, or nothing with a line that says so.
fn shared(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/roads");
    if !folder.exists() {
        println!("skipped: ../shared/roads is absent");
        return None;
    }
    Some(folder.join(path))
}

#[test]
fn the_whole_of_rutland_is_read() {
    let Some(path) = shared("rutland-2022-07-20.osm.pbf") else { return };
    let mut report = Report::default();
    let started = std::time::Instant::now();
    let roads = read(&Input::read(&path, None).unwrap(), None, &mut report).unwrap();
    println!("{:?}\n{} junctions {} links {} points", started.elapsed(), roads.junctions.len(), roads.links.len(), roads.shape.len());
    let urban = roads.links.iter().filter(|link| link.urban).count();
    println!("{urban} urban");
    insta::assert_snapshot!(report);
}

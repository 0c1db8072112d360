//! England, imported from the publishers' files where they are at hand.

use std::time::Instant;

use geo::{Area as _, Validation};
use needsmap::import::{Recipe, import, report::Severity};

use super::{official, ours};

#[test]
fn england_imports_whole_and_what_is_not_held_is_said() {
    let Some(folder) = official("") else { return };
    let recipe = Recipe::read(&ours("data/england.toml"), Some(&folder)).unwrap();
    let started = Instant::now();
    let imported = import(&recipe, &mut |line| println!("{:6.1} s {line}", started.elapsed().as_secs_f64())).unwrap();
    println!("{}", imported.report);
    let counts: Vec<String> = imported.edition.layers.iter().map(|layer| format!("{} {}", layer.area_type, layer.areas.len())).collect();
    assert_eq!(counts, ["lsoa21 33755", "msoa21 6856", "lad24 296"]);
    let outline = imported.edition.context[0].features[0].1.inner();
    println!(
        "outline: {} polygons, {} holes, {:.0} km²",
        outline.0.len(),
        outline.iter().map(|p| p.interiors().len()).sum::<usize>(),
        outline.unsigned_area() / 1e6
    );
    assert!(outline.is_valid());
    let idaci = imported.report.findings().into_iter().find(|finding| finding.rule == "not-held").unwrap();
    assert_eq!(idaci.severity, Severity::Note);
    assert!(idaci.message.contains("33755 of 33755"));
    println!("{} series, {} sets of national classes", imported.edition.series.len(), imported.edition.national_breaks.len());
}

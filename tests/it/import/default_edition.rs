//! The default edition, imported from the inputs that the repository carries.

use std::sync::LazyLock;

use geo::{Area as _, Validation};
use needsmap::import::{Imported, Recipe, import};
use needsmap::model::area::{AreaType, CentroidKind};
use needsmap::model::edition::{AreaLayer, Edition};

use super::ours;

fn imported() -> Imported {
    let recipe = Recipe::read(&ours("data/inputs/sources.toml"), None).unwrap();
    import(&recipe, &mut |_| {}).unwrap()
}

pub static DEFAULT: LazyLock<Imported> = LazyLock::new(imported);

fn layer<'e>(edition: &'e Edition, id: &str) -> &'e AreaLayer {
    let area_type = AreaType::parse(id).unwrap();
    edition.layers.iter().find(|layer| layer.area_type == area_type).unwrap()
}

#[test]
fn it_holds_611_lsoas_125_msoas_9_districts_and_one_county() {
    let counts: Vec<String> = DEFAULT.edition.layers.iter().map(|layer| format!("{} {}", layer.area_type, layer.areas.len())).collect();
    assert_eq!(counts, ["lsoa11 611", "msoa11 125", "lad19 9", "cty19 1"]);
    println!("{}", DEFAULT.report);
    let melton = &layer(&DEFAULT.edition, "lsoa11").areas.iter().find(|area| area.name == "Melton 005A").unwrap();
    let words = format!("{} {:?} {:?} {:?}", melton.code, melton.alias, melton.parents, melton.centroid_kind);
    insta::assert_snapshot!(words, @r#"E01025893 Some("Melton Mowbray South") [(msoa11, E02005395), (lad19, E07000133), (cty19, E10000018)] PopulationWeighted"#);
}

#[test]
fn it_holds_146_practices_with_points_their_register_and_23_hospitals() {
    let edition = &DEFAULT.edition;
    assert_eq!((edition.practices.items.len(), edition.hospitals.items.len()), (146, 23));
    assert!(edition.practices.items.iter().all(|practice| practice.organisation.location.is_some() && practice.list_size.is_some()));
    assert_eq!(
        edition.practices.items.iter().filter(|practice| practice.pcn.is_none()).map(|practice| practice.organisation.code.to_string()).collect::<Vec<_>>(),
        ["Y03584", "Y05412"]
    );
    let [register] = edition.registered_patients.as_slice() else { panic!("expected one register") };
    assert_eq!((register.period.as_str(), register.counts.len()), ("July 2022", 14_090));
    assert_eq!(register.counts.iter().map(|count| u64::from(count.patients)).sum::<u64>(), 1_332_964);
}

#[test]
fn dissolved_areas_are_valid_whole_and_as_large_as_the_lsoas_in_them() {
    let lsoas = layer(&DEFAULT.edition, "lsoa11");
    for dissolved in &DEFAULT.edition.layers[1..] {
        for area in &dissolved.areas {
            let inside = lsoas.areas.iter().filter(|lsoa| lsoa.parents.contains(&(dissolved.area_type, area.code)));
            let sum: f64 = inside.map(|lsoa| lsoa.geometry.inner().unsigned_area()).sum();
            assert!((area.geometry.inner().unsigned_area() - sum).abs() < 1.0, "{} {}", area.code, area.name);
            assert!(area.geometry.inner().is_valid(), "{} {}", area.code, area.name);
            assert_eq!(area.centroid_kind, CentroidKind::PopulationWeighted);
        }
    }
    let outline = &DEFAULT.edition.context.iter().find(|context| context.id == "outline").unwrap().features[0].1;
    let whole: f64 = lsoas.areas.iter().map(|area| area.geometry.inner().unsigned_area()).sum();
    assert!((outline.inner().unsigned_area() - whole).abs() < 1.0 && outline.inner().is_valid());
    assert_eq!((outline.inner().0.len(), outline.inner().0[0].interiors().len()), (1, 0));
}

#[test]
fn importing_twice_gives_equal_editions() {
    let again = imported();
    assert_eq!(format!("{:?}", again.edition), format!("{:?}", DEFAULT.edition));
    assert_eq!(again.report, DEFAULT.report);
}

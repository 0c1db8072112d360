//! Housing sites and requirements, put together: those of the default edition, and sites that lie in or contradict each other.

use needsmap::import::{Recipe, import};

use super::ours;

#[test]
fn the_default_edition_holds_342_sites_of_which_17_are_not_located_and_8_requirements() {
    let imported = import(&Recipe::read(&ours("data/inputs/sources.toml"), None).unwrap(), &mut |_| {}).unwrap();
    let sites = &imported.edition.housing_sites;
    let not_located = sites.items.iter().filter(|site| site.location.is_none()).count();
    assert_eq!((sites.items.len(), not_located, imported.edition.housing_requirements.items.len()), (342, 17, 8), "{}", imported.report);
    assert!(sites.items.is_sorted_by(|a, b| a.id < b.id));
    assert_eq!(sites.sources, ["housing-sites"]);
    assert_eq!(imported.edition.housing_requirements.sources, ["local-plans"]);
}

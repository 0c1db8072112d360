//! Figures of districts and the county, worked out from smaller areas; the numbers were worked out a second time elsewhere.

use needsmap::import::{Imported, Recipe, import};
use needsmap::model::area::AreaType;
use needsmap::model::measure::{FigureKind, FigureStatus, Series, Sex};

use super::ours;

struct Question<'q> {
    measure: &'q str,
    field: &'q str,
    area_type: &'q str,
    sex: Option<Sex>,
    age: Option<&'q str>,
}

fn series<'e>(imported: &'e Imported, question: &Question<'_>) -> Option<&'e Series> {
    let area_type = AreaType::parse(question.area_type).unwrap();
    imported.edition.series.iter().find(|s| {
        s.measure == question.measure && s.field == question.field && s.area_type == area_type && s.sex == question.sex && s.age.as_deref() == question.age
    })
}

fn place(imported: &Imported, area_type: &str, code: &str) -> usize {
    let area_type = AreaType::parse(area_type).unwrap();
    let layer = imported.edition.layers.iter().find(|layer| layer.area_type == area_type).unwrap();
    layer.areas.iter().position(|area| area.code.as_str() == code).unwrap()
}

#[test]
fn districts_get_sums_ratios_weighted_means_and_approximate_life_expectancies() {
    let recipe = Recipe::read(&ours("data/inputs/sources.toml"), None).unwrap();
    let imported = import(&recipe, &mut |_| {}).unwrap();
    let of = |measure, field, area_type, sex, age| series(&imported, &Question { measure, field, area_type, sex, age });
    let (melton, leicester) = (place(&imported, "lad19", "E07000133"), place(&imported, "lad19", "E06000016"));
    for (measure, field, age, in_melton, in_leicester) in [
        ("imd-2019", "score", None, 12.532_510_636_627_675, 30.876_747_428_870_516),
        ("imd-2019", "core20", None, 0.0, 34.864_428_710_582_56),
        ("idaci-2019", "score", None, 0.106_330_889_703_432_2, 0.242_414_187_953_113_34),
        ("population", "number", Some("all ages"), 51_394.0, 354_036.0),
        ("population", "share", Some("65 and over"), 23.444_370_938_241_818, 12.315_696_708_809_273),
        ("fuel-poverty", "share", None, 12.096_145_517_540_06, 19.091_842_590_075_807),
        ("fuel-poverty", "number", None, 2793.0, 25_286.0),
    ] {
        let series = of(measure, field, "lad19", None, age).unwrap();
        assert_eq!(series.kind, FigureKind::Derived);
        for (place, expected) in [(melton, in_melton), (leicester, in_leicester)] {
            let found = series.figures.value_at(place).unwrap();
            assert!((found - expected).abs() < 1e-9, "{measure}.{field}: {found} instead of {expected}");
        }
    }
    let years = of("life-expectancy", "years", "lad19", Some(Sex::Females), None).unwrap();
    assert_eq!(years.kind, FigureKind::Approximate);
    let limits = (years.figures.value[melton], years.figures.lower.as_ref().unwrap()[melton], years.figures.upper.as_ref().unwrap()[melton]);
    let expected = (86.343_054_810_763_62, 85.782_963_469_303_51, 86.903_146_152_223_73);
    assert!((limits.0 - expected.0).abs() < 1e-9 && (limits.1 - expected.1).abs() < 1e-9 && (limits.2 - expected.2).abs() < 1e-9, "{limits:?}");
    // Three communities of Leicester have no published value, so the city has none.
    assert_eq!(years.figures.status[leicester], FigureStatus::NotHeld);
    assert!(of("life-expectancy", "years", "cty19", Some(Sex::Females), None).unwrap().figures.value_at(0).is_some());
    for (field, area_type) in [("rank", "msoa11"), ("decile", "lad19"), ("core20", "lsoa11")] {
        assert!(of("imd-2019", field, area_type, None, None).is_none(), "{field} makes no sense for {area_type}");
    }
    insta::assert_snapshot!(notes(&imported), @r"
    approximate years: person-weighted mean of the published values of MSOAs, with limits from their combined standard error; not held where the value of any of them is not held
    derived core20: share of people who live in LSOAs of national deciles 1 and 2, counted in mid-2015 residents
    derived number: sum of the figures of LSOAs
    derived score: population-weighted mean of the scores of LSOAs, weighted by mid-2015 children aged 0 to 15
    derived score: population-weighted mean of the scores of LSOAs, weighted by mid-2015 residents
    derived score: population-weighted mean of the scores of LSOAs, weighted by mid-2015 residents aged 60 and over
    derived score: population-weighted mean of the scores of LSOAs, weighted by mid-2015 residents of working age
    derived share: worked out from the counts and denominators of LSOAs, added up
    ");
}

/// Every rule by which figures of larger areas were made, once.
fn notes(imported: &Imported) -> String {
    let mut notes: Vec<String> = imported
        .edition
        .series
        .iter()
        .filter(|series| matches!(series.kind, FigureKind::Derived | FigureKind::Approximate))
        .map(|series| format!("{} {}: {}", series.kind.id(), series.field, series.note.as_deref().unwrap_or_default()))
        .collect();
    notes.sort();
    notes.dedup();
    notes.join("\n")
}

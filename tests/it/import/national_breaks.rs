//! The national classes that the repository carries are those of the publishers' files.

use needsmap::import::{Recipe, national_breaks_table};

use super::{official, ours};

#[test]
fn working_the_national_classes_out_again_gives_the_committed_bytes() {
    let Some(folder) = official("") else { return };
    let recipe = Recipe::read(&ours("data/inputs/national.toml"), Some(&folder)).unwrap();
    let made = national_breaks_table(&recipe, &mut |_| {}).unwrap();
    println!("{}", made.report);
    let path = ours("data/inputs/national_breaks.csv");
    if std::env::var_os("NEEDSMAP_WRITE_NATIONAL_BREAKS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == made.csv, "the table differs from data/inputs/national_breaks.csv");
}

#[test]
fn the_national_fifths_of_the_imd_2019_score_are_those_printed_in_health_plans() {
    let text = std::fs::read_to_string(ours("data/inputs/national_breaks.csv")).unwrap();
    let classes = text.lines().filter(|line| line.starts_with("imd-2019,score,lsoa11,2019,,,5,")).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[8].parse::<f64>().unwrap(), cells[9].parse::<f64>().unwrap())
    });
    // A printed class begins a hundredth above the class below it.
    let mut below: Option<f64> = None;
    let mut fifths: Vec<String> = Vec::new();
    for (min, max) in classes {
        let (from, to) = (below.map_or(format!("{min:.2}"), |below| format!("{:.2}", below + 0.01)), format!("{max:.2}"));
        below = to.parse().ok();
        fifths.insert(0, format!("{from}–{to}"));
    }
    assert_eq!(fifths, ["33.26–92.73", "21.56–33.25", "14.25–21.55", "8.63–14.24", "0.54–8.62"]);
}

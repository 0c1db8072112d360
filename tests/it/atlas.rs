//! `needsmap atlas` as its user meets it: a folder of numbered figures, what failed, and what has changed since.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::Value;

const PLAN: &str = r#"
title = "Maps of <North West Leicestershire>"
introduction = "Three figures & no more."
area = "E07000134"
formats = ["svg", "csv"]
size = "figure"

[[figure]]
id = "deprivation"
link = "https://needs.example.org/?measure=imd-2019.score&sort=value"

[[figure]]
id = "practices"
title = "Practices & <where> they are"
link = "?measure=none&points=practices"
formats = ["svg", "gpkg", "pptx"]
hide = ["inset"]

[[figure]]
id = "men"
link = "measure=life-expectancy.years&area-type=msoa11&sex=males"
formats = ["xlsx", "geojson", "fgb"]
"#;

/// A folder with a plan, in which atlases are made.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(plan: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("plan.toml"), plan).unwrap();
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_needsmap")).current_dir(self.0.path()).args(["atlas", "plan.toml"]).args(arguments).output().unwrap()
    }

    fn make(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn file(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.file(name)).unwrap()
    }

    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(self.0.path().join(folder)).unwrap().map(|entry| entry.unwrap());
        files.map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())).collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_plan_becomes_a_folder_of_numbered_figures_that_is_the_same_when_made_again() {
    let desk = Desk::with(PLAN);
    let report = desk.make(&["--out", "figures"]);
    assert!(report.contains("3 of 3 figures"), "{report}");
    let files = desk.files("figures");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    insta::assert_snapshot!("names_of_files", names.join("\n"));

    let record: Value = serde_json::from_slice(&files["figures.json"]).unwrap();
    assert_eq!(record["figures"][0]["tables"][0]["rows"].as_array().unwrap().len(), 58);
    assert_eq!(record["figures"][0]["key"][0]["rows"][0]["values"][0], "2");
    assert_eq!(record["figures"][1]["title"], "Practices & <where> they are");
    let page = desk.text("figures/contents.html");
    assert!(page.contains("Practices &amp; &lt;where&gt; they are") && !page.contains("<where>") && !page.contains("<script"), "{page}");
    assert!(desk.text("figures/captions.md").contains("Practices \\& \\<where\\> they are"));
    assert!(desk.text("figures/captions.txt").contains("Alternative text: "));
    let mut book: Xlsx<_> = open_workbook(desk.0.path().join("figures/data.xlsx")).unwrap();
    let sheets = book.sheet_names();
    assert!(sheets.starts_with(&["Contents".to_owned(), "01-deprivation".to_owned()]), "{sheets:?}");
    assert_eq!(book.worksheet_range("01-deprivation").unwrap().height(), 59);

    let report = desk.make(&["--out", "figures", "--against", "figures"]);
    assert!(report.contains("Nothing has changed."), "{report}");
    let mut again = desk.files("figures");
    assert!(again.remove("changes.md").is_some());
    for (name, bytes) in &files {
        // The record and the page name every file, and now there is one more.
        assert!(["figures.json", "contents.html"].contains(&name.as_str()) || again[name] == *bytes, "{name} is not the same");
    }
}

#[test]
fn a_figure_that_fails_is_told_and_the_others_are_made() {
    let broken = PLAN.replace("measure=none&points=practices", "measure=happiness");
    let desk = Desk::with(&broken);
    let output = desk.run(&["--out", "figures"]);
    assert_eq!(output.status.code(), Some(1));
    let line = broken.lines().position(|line| line.contains("happiness")).unwrap() + 1;
    let told = format!("1 of 3 figures could not be made:\n  plan.toml:{line}:8: figure 2, practices: link: measure: ");
    assert!(said(&output).contains(&told) && said(&output).contains("happiness"), "{}", said(&output));
    let names: Vec<String> = desk.files("figures").into_keys().collect();
    assert!(names.contains(&"03-men.xlsx".to_owned()) && !names.iter().any(|name| name.starts_with("02")), "{names:?}");
    assert!(desk.text("figures/captions.txt").contains("Figure 2, practices, could not be made: "));
    let record: Value = serde_json::from_slice(&desk.file("figures/figures.json")).unwrap();
    assert_eq!(record["failed"][0]["id"], "practices");
    assert!(!String::from_utf8(desk.file("figures/figures.json")).unwrap().contains("plan.toml"), "an atlas does not tell where its plan lies");
}

#[test]
fn what_is_wrong_with_a_figure_is_told_with_its_line_and_the_key_that_is_to_blame() {
    let one = &PLAN[..PLAN.find("[[figure]]\nid = \"practices\"").unwrap()];
    let told = |plan: &str| {
        let output = Desk::with(plan).run(&["--out", "figures"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let said = said(&output);
        said[said.find("nothing was written").unwrap_or_else(|| panic!("{said}"))..].to_owned()
    };
    let all = [
        told(&one.replace("imd-2019.score", "happiness")),
        told(&one.replace("sort=value", "colour=red")),
        told(&one.replace("sort=value", "within=E99999999")),
        told(&one.replace("E07000134", "E99999999")),
        told(&one.replace("sort=value", "title=%F0%9F%98%80")),
        told(&format!("{one}title = \"Fair \u{1f600}\"\n")),
        told(&format!("{one}subtitle = \"\u{5e0}\"\n")),
    ];
    insta::assert_snapshot!("faults_of_figures", all.concat());
}

#[test]
fn a_folder_with_anything_that_is_no_file_of_an_atlas_is_left_as_it_is() {
    let desk = Desk::with(&PLAN[..PLAN.find("[[figure]]\nid = \"practices\"").unwrap()]);
    desk.make(&["--out", "figures"]);
    let letter = desk.0.path().join("figures/letter.docx");
    fs::write(&letter, "dear").unwrap();
    let before = desk.files("figures");
    let output = desk.run(&["--out", "figures"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("letter.docx"), "{}", said(&output));
    assert!(desk.files("figures") == before);
    fs::remove_file(letter).unwrap();
    desk.make(&["--out", "figures"]);

    fs::create_dir(desk.0.path().join("charts")).unwrap();
    fs::write(desk.0.path().join("charts/figures.json"), r#"{"figures": 12}"#).unwrap();
    fs::write(desk.0.path().join("charts/totals.xlsx"), "totals").unwrap();
    let before = desk.files("charts");
    let output = desk.run(&["--out", "charts"]);
    assert!(said(&output).contains("charts") && said(&output).contains("figures.json"), "{}", said(&output));
    assert!(desk.files("charts") == before);
}

#[test]
fn a_caption_opens_with_the_title_that_the_plan_gives() {
    let desk = Desk::with(PLAN);
    desk.make(&["--out", "figures"]);
    for (file, caption) in [
        ("captions.txt", "Caption: Practices & <where> they are. The map shows 12"),
        ("captions.md", "\n\nPractices \\& \\<where\\> they are. The map shows 12"),
        ("contents.html", "<figcaption>Practices &amp; &lt;where&gt; they are. The map shows 12"),
    ] {
        let text = desk.text(&format!("figures/{file}"));
        assert!(text.contains(caption), "no {caption:?} in\n{text}");
    }
}

#[test]
fn an_atlas_of_which_nothing_could_be_made_leaves_the_earlier_one() {
    let desk = Desk::with(&PLAN[..PLAN.find("[[figure]]\nid = \"practices\"").unwrap()]);
    desk.make(&["--out", "figures"]);
    let before = desk.files("figures");
    fs::write(desk.0.path().join("plan.toml"), PLAN[..PLAN.find("[[figure]]\nid = \"practices\"").unwrap()].replace("imd-2019", "imd-1066")).unwrap();
    let output = desk.run(&["--out", "figures"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nothing was written"), "{}", said(&output));
    assert!(desk.files("figures") == before);
    assert_eq!(fs::read_dir(desk.0.path()).unwrap().count(), 2, "nothing is left beside it");
}

#[test]
fn what_changed_since_an_earlier_atlas_is_told_and_written() {
    let desk = Desk::with(PLAN);
    desk.make(&["--out", "old"]);
    let path = desk.0.path().join("old/figures.json");
    let mut record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let deprivation = &mut record["figures"][0];
    deprivation["title"] = "Deprivation, as it was".into();
    deprivation["key"][0]["rows"][0]["values"][0] = "106".into();
    deprivation["key"][0]["rows"][1]["label"] = "20.00 to 33.26".into();
    let score = deprivation["tables"][0]["columns"].as_array().unwrap().iter().position(|column| column["kind"] != "code" && column["kind"] != "text").unwrap();
    deprivation["tables"][0]["rows"][3][score] = 99.5.into();
    record["figures"][2]["id"] = "boys".into();
    fs::write(&path, serde_json::to_vec(&record).unwrap()).unwrap();
    let report = desk.make(&["--out", "new", "--against", "old"]);
    for change in ["“boys”", "“men”", "Deprivation, as it was", "106 → 2", "1 of 58 values differ", "99.5"] {
        assert!(report.contains(change), "no {change:?} in\n{report}");
    }
    insta::assert_snapshot!("changes", desk.text("new/changes.md"));
}

#[test]
fn a_plan_that_cannot_be_followed_is_refused_with_file_line_and_what_was_expected() {
    let refusal = |plan: &str, arguments: &[&str]| {
        let desk = Desk::with(plan);
        fs::create_dir(desk.0.path().join("letters")).unwrap();
        fs::write(desk.0.path().join("letters/dear.txt"), "dear").unwrap();
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    };
    let out = ["--out", "figures"];
    let all = [
        refusal(&PLAN.replace("hide =", "colour ="), &out),
        refusal(&PLAN.replace("Three", "\u{1f600} Three"), &out),
        refusal(PLAN, &["--out", "letters"]),
        refusal(PLAN, &["--out", "figures", "--against", "letters"]),
        refusal(PLAN, &["--out", "figures", "--public-url", "needs.example.org"]),
    ];
    insta::assert_snapshot!("refusals", all.concat());
}

#[test]
fn the_plan_of_a_district_that_comes_with_the_program_is_made_whole() {
    let plan = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/plans/north-west-leicestershire.toml")).unwrap();
    // Pictures of every figure are looked at elsewhere: here each is asked for and laid out, and all are bound together.
    let formats = plan.lines().find(|line| line.starts_with("formats")).unwrap();
    let desk = Desk::with(&plan.replace(formats, "formats = []"));
    let report = desk.make(&["--out", "figures"]);
    assert!(report.contains("14 of 14 figures"), "{report}");
    assert!(desk.file("figures/atlas.pdf").starts_with(b"%PDF-1.7"));
    match Command::new("qpdf").arg("--check").arg(desk.0.path().join("figures/atlas.pdf")).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => println!("skipped: qpdf is not installed"),
    }
}

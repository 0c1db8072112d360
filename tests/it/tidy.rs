//! The rules of the house, read from the source: which layer may use which, and what every file owes its reader.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers that it may name.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("statistics", &[]),
    ("routing", &[]),
    ("dataset", &["model"]),
    ("import", &["model", "statistics", "routing", "dataset"]),
    ("store", &["model", "routing", "dataset"]),
    ("query", &["model", "statistics", "routing", "store"]),
    // It looks nothing up by itself: of the store it takes what a query has already found.
    ("representation", &["model", "query", "store"]),
    ("server", &["model", "store", "query", "representation"]),
    ("command", &["model", "statistics", "routing", "dataset", "import", "store", "query", "representation", "server"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    let own = root();
    files_below(&own.join("src"), &["rs"]).into_iter().map(|path| (path.strip_prefix(&own).unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// The layer a file belongs to: the folder below `src`.
fn layer_of(path: &Path) -> Option<String> {
    path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned())
}

#[test]
fn a_layer_names_only_the_layers_below_it() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        let Some((layer, allowed)) = layer_of(&path).and_then(|layer| MAY_USE.iter().find(|(name, _)| *name == layer)) else { continue };
        for (other, _) in MAY_USE {
            if other != *layer && !allowed.contains(&other) && text.contains(&format!("crate::{other}")) {
                broken.push(format!("{} names {other}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn axum_is_named_only_in_the_server_and_rstar_only_in_the_store() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        let layer = layer_of(&path).unwrap_or_default();
        for (package, home) in [("axum::", "server"), ("tower::", "server"), ("tower_http::", "server"), ("rstar::", "store")] {
            if layer != home && text.contains(package) {
                broken.push(format!("{} names {package}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_file_opens_with_what_it_is_for_and_stays_under_five_hundred_lines() {
    let own = root();
    let mut broken = Vec::new();
    let rust = files_below(&own.join("src"), &["rs"]).into_iter().chain(files_below(&own.join("tests"), &["rs"]));
    for path in rust {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") {
            broken.push(format!("{} does not open with //!", path.display()));
        }
        if text.lines().count() > 500 {
            broken.push(format!("{} has {} lines", path.display(), text.lines().count()));
        }
    }
    for path in files_below(&own.join("web/src"), &["ts", "svelte", "css"]) {
        if fs::read_to_string(&path).unwrap().lines().count() > 500 {
            broken.push(format!("{} has more than 500 lines", path.display()));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_route_and_every_importer_has_its_twin_among_the_tests() {
    let own = root();
    for (folder, twins) in [("src/server/routes", "tests/it/api"), ("src/import/source", "tests/it/import")] {
        for path in files_below(&own.join(folder), &["rs"]) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(name == "mod.rs" || own.join(twins).join(&name).exists(), "{folder}/{name} has no twin {twins}/{name}");
        }
    }
}

#[test]
fn no_handler_is_longer_than_twenty_lines() {
    let mut long = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("src/server/routes")) {
        let mut body: Option<(usize, &str)> = None;
        let mut name = "";
        for (number, line) in text.lines().enumerate() {
            if line.starts_with("pub async fn ") || line.starts_with("fn ") || line.starts_with("pub fn ") {
                name = line;
            }
            if body.is_none() && !line.starts_with(' ') && line.ends_with('{') {
                body = Some((number, name));
            }
            if line == "}"
                && let Some((from, name)) = body.take()
                && number - from > 21
                && name.contains("fn ")
            {
                long.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "a question is hiding in {long:#?}");
}

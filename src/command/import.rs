//! `needsmap import` and `needsmap national-breaks`: publishers' files by a recipe.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;

use super::RecipeArguments;
use crate::dataset;
use crate::import::{self, Recipe};
use crate::store::Store;

/// What to import, and where to.
#[derive(Debug, clap::Args)]
pub struct ImportArguments {
    #[command(flatten)]
    from: RecipeArguments,
    /// The folder that the dataset is written to; an older dataset there is replaced as a whole.
    #[arg(long)]
    out: PathBuf,
    /// Print every finding, not only the first ones of each rule.
    #[arg(long)]
    all_findings: bool,
}

/// What to work national breaks out from, and where to.
#[derive(Debug, clap::Args)]
pub struct NationalBreaksArguments {
    #[command(flatten)]
    from: RecipeArguments,
    /// The table that is written.
    #[arg(long)]
    out: PathBuf,
}

/// Imports.
///
/// # Errors
/// When a file cannot be read or is not what the recipe says; an older dataset then stays as it was.
pub fn import(arguments: &ImportArguments) -> anyhow::Result<()> {
    let started = Instant::now();
    let recipe = read(&arguments.from)?;
    let imported = import::import(&recipe, &mut |line| progress(started, line)).context("the import stopped; nothing was written")?;
    print(&imported.report.text(arguments.all_findings))?;
    // What cannot be served is not worth keeping: find out before the old edition is replaced.
    let store = Store::new(imported.edition.clone()).context("the edition does not hang together; nothing was written")?;
    progress(started, "writing the dataset");
    dataset::write(&imported.edition, &arguments.out).with_context(|| format!("the dataset could not be written to {}", arguments.out.display()))?;
    let areas: usize = store.layers().iter().map(|layer| layer.areas().len()).sum();
    let out = arguments.out.display();
    print(&format!("{}: {areas} areas, {} measures, {} series, written to {out}\n", store.title(), store.measures().len(), imported.edition.series.len()))
}

/// Works out national breaks.
///
/// # Errors
/// When a file cannot be read or is not what the recipe says, or the table cannot be written.
pub fn national_breaks(arguments: &NationalBreaksArguments) -> anyhow::Result<()> {
    let started = Instant::now();
    let recipe = read(&arguments.from)?;
    let table = import::national_breaks_table(&recipe, &mut |line| progress(started, line))
        .context("the national breaks could not be worked out; nothing was written")?;
    print(&table.report.text(false))?;
    std::fs::write(&arguments.out, &table.csv).with_context(|| format!("{} could not be written", arguments.out.display()))?;
    print(&format!("written to {}\n", arguments.out.display()))
}

fn read(from: &RecipeArguments) -> anyhow::Result<Recipe> {
    Recipe::read(&from.recipe, from.inputs.as_deref()).with_context(|| format!("the recipe {} cannot be followed", from.recipe.display()))
}

fn progress(started: Instant, line: &str) {
    // Progress is a courtesy: a closed terminal must not stop an import.
    let _ = writeln!(std::io::stderr(), "{:7.1} s  {line}", started.elapsed().as_secs_f64());
}

fn print(text: &str) -> anyhow::Result<()> {
    std::io::stdout().write_all(text.as_bytes()).context("the report could not be printed")
}

//! `needsmap atlas`: every figure of a plan, numbered, with contents, captions, a workbook of the numbers, and what has changed since.

mod captions;
mod changes;
mod folder;
mod make;
mod plan;
mod progress;
mod record;
mod whole;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::edition::EditionArguments;
use crate::server::{Settings, State};
use changes::Changes;
use folder::Staging;
use make::Made;
use plan::Plan;
use progress::Progress;
use record::{Failure, RECORD_FILE, Record, hash};

/// Which atlas, and where to.
#[derive(Debug, clap::Args)]
pub struct AtlasArguments {
    /// The plan: which figures, such as data/plans/north-west-leicestershire.toml.
    plan: PathBuf,
    /// The folder that the atlas is written to; an earlier atlas there is replaced as a whole, a folder with any other file is left.
    #[arg(long)]
    out: PathBuf,
    /// The folder of an earlier atlas, to be told what has changed; it may be the one that is replaced.
    #[arg(long)]
    against: Option<PathBuf>,
    /// The start of the links printed on figures, such as <https://needs.example.org>; they begin with the question mark's page without it.
    #[arg(long)]
    public_url: Option<String>,
    #[command(flatten)]
    edition: EditionArguments,
}

/// Makes an atlas.
///
/// # Errors
/// When the plan cannot be followed, nothing can be made, or the disk refuses: an earlier atlas then stays as it was. When only
/// some figures could not be made, the atlas of the others is written before the error is returned.
pub fn atlas(arguments: &AtlasArguments) -> anyhow::Result<()> {
    super::check_address("--public-url", arguments.public_url.as_deref())?;
    let plan = read(&arguments.plan)?;
    whole::check(&plan).with_context(|| arguments.plan.display().to_string())?;
    // The folder to compare with may be the one that is replaced: it is read first.
    let before = arguments.against.as_deref().map(Record::read).transpose().context("--against")?;
    let staging = Staging::begin(&arguments.out)?;
    let settings = Settings { public_url: arguments.public_url.clone().unwrap_or_default(), basemap_style: None };
    let state = State::new(Arc::new(arguments.edition.store()?), &settings);
    let (figures, failed) = figures(&state, &plan);
    anyhow::ensure!(!figures.is_empty(), "no figure could be made; nothing was written:{}", words(&failed));
    let record = write(&staging, &plan, &state, &figures, &failed, before.as_ref())?;
    staging.finish()?;
    let compared = |before: &Record| format!("Compared with the atlas of edition {}:\n{}", before.edition, Changes::between(before, &record).text());
    let compared = before.as_ref().map(compared).unwrap_or_default();
    let files = figures.iter().map(|made| made.files.len()).sum::<usize>() + record.files.len() + 1;
    let report =
        format!("{compared}{}: {} of {} figures, {files} files, written to {}\n", plan.title, figures.len(), plan.figures.len(), arguments.out.display());
    std::io::stdout().write_all(report.as_bytes()).context("the report could not be printed")?;
    anyhow::ensure!(failed.is_empty(), "{} of {} figures could not be made:{}", failed.len(), plan.figures.len(), words(&failed));
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Plan> {
    let text = std::fs::read_to_string(path).with_context(|| format!("expected a plan at {}", path.display()))?;
    Plan::read(&text, &path.display().to_string()).context("the plan cannot be followed")
}

/// Makes every figure, as many at a time as there are processors; the order is that of the plan.
fn figures<'s>(state: &'s State, plan: &Plan) -> (Vec<Made<'s>>, Vec<Failure>) {
    let progress = Progress::new(plan.figures.len());
    let one = |place: usize| {
        let made = make::figure(state, plan, place);
        let made = made.map_err(|problem| Failure::new(place + 1, plan.figures[place].id(), problem));
        progress.done(place + 1, plan.figures[place].id(), made.as_ref().err().map(|failure| failure.problem.as_str()));
        made
    };
    let all: Vec<Result<Made<'s>, Failure>> = (0..plan.figures.len()).into_par_iter().map(one).collect();
    progress.finish();
    let (mut figures, mut failed) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Ok(made) => figures.push(made),
            Err(failure) => failed.push(failure),
        }
    }
    (figures, failed)
}

/// A line a failure.
fn words(failed: &[Failure]) -> String {
    failed.iter().map(|failure| format!("\n  {failure}")).collect::<Vec<_>>().concat()
}

/// Writes every file, the record last.
fn write(staging: &Staging, plan: &Plan, state: &State, figures: &[Made<'_>], failed: &[Failure], before: Option<&Record>) -> anyhow::Result<Record> {
    for (name, bytes) in figures.iter().flat_map(|made| &made.files) {
        staging.write(name, bytes)?;
    }
    let edition = format!("{} ({})", state.store.title(), state.store.id());
    let mut record = Record::new(&plan.title, &edition, figures.iter().map(Made::record).collect(), failed.to_vec());
    let mut files = whole::files(plan, figures)?;
    files.push(("captions.txt".to_owned(), captions::text(plan, figures, failed).into_bytes()));
    files.push(("captions.md".to_owned(), captions::markdown(plan, figures, failed).into_bytes()));
    if let Some(before) = before {
        files.push(("changes.md".to_owned(), Changes::between(before, &record).markdown(&plan.title, &before.edition).into_bytes()));
    }
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    files.push(("contents.html".to_owned(), captions::page(plan, figures, failed, &names).into_bytes()));
    for (name, bytes) in &files {
        staging.write(name, bytes)?;
        record.files.insert(name.clone(), hash(bytes));
    }
    staging.write(RECORD_FILE, &record.to_bytes())?;
    Ok(record)
}

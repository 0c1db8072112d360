//! The commands of the program: the only reader of arguments, environment and clock.

mod atlas;
mod edition;
mod import;
mod serve;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Small areas, their needs and who serves them, as maps, tables and an HTTP interface.
#[derive(Debug, Parser)]
#[command(name = "needsmap", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an edition: the map at /, the interface under /api.
    Serve(serve::ServeArguments),
    /// Make every figure of a plan, numbered, with captions, contents and a workbook of their numbers.
    Atlas(atlas::AtlasArguments),
    /// Read publishers' files by a recipe and write a dataset.
    Import(import::ImportArguments),
    /// Work out national quintiles and deciles from files of the whole country, for editions of a part of it.
    NationalBreaks(import::NationalBreaksArguments),
}

/// Runs what the arguments ask for.
///
/// # Errors
/// Whatever stopped the command, as a chain of causes that ends at the file or address to blame.
pub fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Serve(arguments) => serve::serve(arguments),
        Command::Atlas(arguments) => atlas::atlas(&arguments),
        Command::Import(arguments) => import::import(&arguments),
        Command::NationalBreaks(arguments) => import::national_breaks(&arguments),
    }
}

/// The recipe and where its files are.
#[derive(Debug, clap::Args)]
struct RecipeArguments {
    /// The recipe: which files of which publishers, such as data/inputs/sources.toml.
    recipe: PathBuf,
    /// The folder that the recipe's file names start from; the recipe's own folder otherwise.
    #[arg(long)]
    inputs: Option<PathBuf>,
}

fn check_address(name: &str, address: Option<&str>) -> anyhow::Result<()> {
    let Some(address) = address else { return Ok(()) };
    anyhow::ensure!(
        address.starts_with("https://") || address.starts_with("http://"),
        "{name}: expected an address that starts with https:// or http://, found {address:?}"
    );
    Ok(())
}

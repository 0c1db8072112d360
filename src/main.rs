//! The program: parses arguments, runs the command, prints what went wrong.

use std::process::ExitCode;

use clap::Parser as _;
use needsmap::command::{Arguments, run};

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("needsmap: {error:#}");
            ExitCode::from(1)
        }
    }
}

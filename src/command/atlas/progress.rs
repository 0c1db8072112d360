//! How far an atlas is: a bar on a terminal, a line a figure elsewhere.

use std::io::{IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressStyle};

/// Tells whoever waits, on standard error.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
}

impl Progress {
    /// Of so many figures.
    #[must_use]
    pub fn new(total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:32} {pos} of {len} figures  {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(total as u64).with_style(style)
        });
        Self { bar, total }
    }

    /// A figure is done, or failed.
    pub fn done(&self, number: usize, id: &str, failed: Option<&str>) {
        let outcome = failed.map(|problem| format!(": {problem}")).unwrap_or_default();
        match &self.bar {
            Some(bar) => {
                if failed.is_some() {
                    bar.println(format!("figure {number}, {id}{outcome}"));
                }
                bar.set_message(id.to_owned());
                bar.inc(1);
            }
            // Progress is a courtesy: a closed terminal must not stop an atlas.
            None => drop(writeln!(std::io::stderr(), "figure {number} of {}, {id}{outcome}", self.total)),
        }
    }

    /// Everything is done.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

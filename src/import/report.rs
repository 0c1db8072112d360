//! The report of an import: every finding with its place, worst first, and what became of the rows of each file.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out of the edition or contradicts the file itself.
    Error,
    /// Something is probably wrong but was kept.
    Warning,
    /// Something a careful reader should know.
    Note,
}

impl Severity {
    /// The word in the report.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing noticed in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The rule that was broken, a short name that stays the same between versions.
    pub rule: &'static str,
    /// The file's name; empty where a finding is about the edition as a whole.
    pub file: String,
    /// The line where the row begins, 1-based; for features, their position in the file.
    pub line: Option<u64>,
    /// The column's name as the file writes it.
    pub column: Option<String>,
    /// What was expected and what was found.
    pub message: String,
}

impl Finding {
    /// A finding about a whole file (or, with an empty name, about the edition).
    #[must_use]
    pub fn of_file(severity: Severity, rule: &'static str, file: &str, message: String) -> Self {
        Self { severity, rule, file: file.to_owned(), line: None, column: None, message }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] ", self.severity.id(), self.rule)?;
        if !self.file.is_empty() {
            f.write_str(&self.file)?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
            }
            if let Some(column) = &self.column {
                write!(f, " {column:?}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

/// What became of the rows of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCount {
    /// The file's name.
    pub file: String,
    /// Rows or features read.
    pub rows_read: u64,
    /// Rows or features that became part of the edition.
    pub rows_kept: u64,
}

/// Everything an import noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    files: Vec<FileCount>,
}

impl Report {
    /// How many findings of one rule are printed; the rest are counted.
    pub const SHOWN_PER_RULE: usize = 10;

    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds the row counts of a file.
    pub fn count(&mut self, file: &str, rows_read: u64, rows_kept: u64) {
        self.files.push(FileCount { file: file.to_owned(), rows_read, rows_kept });
    }

    /// Every finding, worst first, then by rule and place.
    #[must_use]
    pub fn findings(&self) -> Vec<&Finding> {
        let mut sorted: Vec<&Finding> = self.findings.iter().collect();
        sorted.sort();
        sorted
    }

    /// The files read, in order, with their row counts.
    #[must_use]
    pub fn files(&self) -> &[FileCount] {
        &self.files
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn total(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Report {
    /// The report as text; with `all`, every finding of every rule, else the first of each rule and how many more there are.
    #[must_use]
    pub fn text(&self, all: bool) -> String {
        let shown = if all { usize::MAX } else { Self::SHOWN_PER_RULE };
        let of = |severity: Severity| plural(self.total(severity), severity.id());
        let mut text = format!("{}, {}, {}\n", of(Severity::Error), of(Severity::Warning), of(Severity::Note));
        let mut per_rule: BTreeMap<(Severity, &str), Vec<&Finding>> = BTreeMap::new();
        for finding in self.findings() {
            per_rule.entry((finding.severity, finding.rule)).or_default().push(finding);
        }
        for ((severity, rule), findings) in per_rule {
            for finding in findings.iter().take(shown) {
                let _ = writeln!(text, "{finding}");
            }
            if findings.len() > shown {
                let _ = writeln!(text, "{} [{rule}] and {} more", severity.id(), findings.len() - shown);
            }
        }
        for FileCount { file, rows_read, rows_kept } in &self.files {
            let rows = if *rows_read == 1 { "row" } else { "rows" };
            let _ = writeln!(text, "{file}: {rows_read} {rows} read, {rows_kept} kept");
        }
        text
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(false))
    }
}

fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_one_rule_is_cut_with_an_honest_count_and_the_worst_stands_first() {
        let mut report = Report::default();
        for line in (1..=12).rev() {
            report.add(Finding { line: Some(line), ..Finding::of_file(Severity::Note, "twin-rule", "a.csv", "same".into()) });
        }
        report.add(Finding::of_file(Severity::Error, "other-rule", "z.csv", "worse".into()));
        report.count("a.csv", 12, 1);
        let text = report.to_string();
        assert!(text.starts_with("1 error, 0 warnings, 12 notes\nerror [other-rule] z.csv: worse\nnote [twin-rule] a.csv:1: same\n"), "{text}");
        assert!(text.contains("note [twin-rule] and 2 more\n"), "{text}");
        assert!(text.ends_with("a.csv: 12 rows read, 1 kept\n"), "{text}");
    }
}

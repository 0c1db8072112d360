//! What was met in an extract, told as findings: what was read, what was left out and why.

use std::collections::BTreeMap;

use super::network::Reach;
use super::tags::Dropped;
use crate::import::report::{Finding, Report, Severity};
use crate::model::roads::{Access, MODES_ON_ROADS};

/// How many examples a finding names.
const EXAMPLES: usize = 5;
/// How many different texts of one kind are kept: more would be a file of another kind.
const MOST_TEXTS: usize = 500;

/// Counts of an extract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ways that are tagged as roads or ferries.
    pub ways: u64,
    /// Of these, left out, by reason.
    pub dropped: BTreeMap<Dropped, u64>,
    /// Left out because they name one node or none.
    pub short: Vec<i64>,
    /// Left out because nothing real has so many nodes: the way and how many.
    pub too_long: Vec<(i64, usize)>,
    /// Ways that stood in the file before.
    pub twice: u64,
    /// Ferries kept.
    pub ferries: u64,
    /// Limits that are not understood, with how many ways have them.
    pub unreadable: BTreeMap<String, u64>,
    /// Barriers by kind: how many, and how many of them close the way to a mode.
    pub barriers: BTreeMap<String, (u64, u64)>,
    /// References to nodes that the extract does not hold, with way and node.
    pub dangling: Vec<(i64, i64)>,
    /// References to nodes outside Great Britain.
    pub elsewhere: u64,
    /// References to nodes farther from the edition than was asked for.
    pub beyond: u64,
    /// Ways of which nothing was left for one of these three reasons.
    pub nothing_left: u64,
}

impl Tally {
    /// Adds a limit that is not understood.
    pub fn unreadable_limit(&mut self, text: &str) {
        if let Some(count) = counted(&mut self.unreadable, text) {
            *count += 1;
        }
    }

    /// Adds a barrier.
    pub fn barrier(&mut self, kind: &str, access: Access) {
        let open = MODES_ON_ROADS.into_iter().all(|mode| access.allows(mode, true));
        if let Some((all, closing)) = counted(&mut self.barriers, kind) {
            *all += 1;
            *closing += u64::from(!open);
        }
    }

    /// Adds the counts of another part of the file.
    pub fn add(&mut self, other: Self) {
        self.ways += other.ways;
        for (dropped, ways) in other.dropped {
            *self.dropped.entry(dropped).or_default() += ways;
        }
        self.short.extend(other.short);
        self.too_long.extend(other.too_long);
        self.twice += other.twice;
        self.ferries += other.ferries;
        for (text, ways) in other.unreadable {
            if let Some(count) = counted(&mut self.unreadable, &text) {
                *count += ways;
            }
        }
    }

    /// Ways that became part of the network.
    #[must_use]
    pub fn kept(&self) -> u64 {
        let dropped: u64 = self.dropped.values().sum();
        let left_out = self.short.len() as u64 + self.too_long.len() as u64 + self.twice + self.nothing_left;
        self.ways.saturating_sub(dropped).saturating_sub(left_out)
    }

    /// Adds findings about the file, and what is kept of it.
    pub fn report(&self, file: &str, reach: &[Reach; 3], report: &mut Report) {
        let mut add = |severity, rule, message| report.add(Finding::of_file(severity, rule, file, message));
        let dropped = Dropped::ALL.into_iter().filter_map(|reason| Some(format!("{} {}", reason.phrase(), self.dropped.get(&reason)?)));
        let dropped = dropped.collect::<Vec<_>>();
        if !dropped.is_empty() {
            add(Severity::Note, "ways-left-out", format!("ways left out: {}", dropped.join(", ")));
        }
        for (way, nodes) in self.too_long.iter().take(EXAMPLES) {
            add(Severity::Error, "way-too-long", format!("way {way} names {nodes} nodes, more than any way may; it was left out"));
        }
        if !self.short.is_empty() {
            let message = format!("left out, because they have fewer than two nodes: {} ({})", plural(self.short.len(), "way"), listed(&self.short));
            add(Severity::Warning, "short-ways", message);
        }
        if self.twice > 0 {
            add(Severity::Warning, "ways-twice", format!("{} ways stand in the file a second time; the first of each was kept", self.twice));
        }
        if !self.dangling.is_empty() {
            let examples = self.dangling.iter().take(EXAMPLES).map(|(way, node)| format!("node {node} of way {way}")).collect::<Vec<_>>();
            let message = format!(
                "{} to nodes that the extract does not hold; the ways were cut there: {}{}",
                plural(self.dangling.len(), "reference"),
                examples.join(", "),
                if self.dangling.len() > EXAMPLES { " …" } else { "" }
            );
            add(Severity::Warning, "dangling-references", message);
        }
        if self.elsewhere > 0 {
            add(
                Severity::Warning,
                "outside-great-britain",
                format!("{} to nodes outside Great Britain; the ways were cut there", plural(self.elsewhere, "reference")),
            );
        }
        if self.beyond > 0 {
            add(Severity::Note, "far-away", format!("{} to nodes farther away than was asked for; the ways were cut there", plural(self.beyond, "reference")));
        }
        for (text, ways) in &self.unreadable {
            let message = format!("expected a limit such as 30 mph or 48, found {text:?} on {}; taken as not mapped", plural(*ways, "way"));
            add(Severity::Warning, "not-a-limit", message);
        }
        if !self.barriers.is_empty() {
            let kinds = self.barriers.iter().map(|(kind, (all, closing))| format!("{all} {kind} ({closing} closed to somebody)")).collect::<Vec<_>>();
            add(Severity::Note, "barriers", format!("barriers on roads: {}", kinds.join(", ")));
        }
        if self.ferries > 0 {
            add(Severity::Note, "ferries", format!("{} kept; their times are those of a speed, without waiting", plural(self.ferries, "ferry route")));
        }
        for (mode, reach) in MODES_ON_ROADS.into_iter().zip(reach) {
            let Reach { metres, parts, metres_apart, .. } = reach;
            let message = format!(
                "{}: a network of {:.1} km; left out of it, because no journey leads there and back: {} with {:.1} km",
                mode.phrase(),
                metres / 1000.0,
                plural(*parts, "part"),
                metres_apart / 1000.0
            );
            add(Severity::Note, "networks", message);
        }
        report.count(file, self.ways, self.kept());
    }
}

/// The count of a text, unless there are too many different ones.
fn counted<'a, T: Default>(counts: &'a mut BTreeMap<String, T>, text: &str) -> Option<&'a mut T> {
    let short: String = text.chars().take(80).collect();
    let room = counts.contains_key(&short) || counts.len() < MOST_TEXTS;
    room.then(|| counts.entry(short).or_default())
}

fn plural(number: impl Into<Count>, noun: &str) -> String {
    let Count(number) = number.into();
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

struct Count(u64);

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl From<usize> for Count {
    fn from(number: usize) -> Self {
        Self(number as u64)
    }
}

fn listed(ids: &[i64]) -> String {
    let shown = ids.iter().take(EXAMPLES).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if ids.len() > EXAMPLES { format!("{shown} …") } else { shown }
}

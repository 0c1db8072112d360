//! What has changed from an earlier atlas to this one: figures, titles, classes, counts and values.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::record::{CellRecord, FigureRecord, KeyRecord, KindRecord, Record, TableRecord};
use crate::model::measure::number_text;

/// How many changed rows of a column are shown one by one.
const SHOWN: usize = 8;

/// What has changed, figure by figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Changes of the whole atlas.
    pub whole: Vec<String>,
    /// Changes of each figure that has any: its name, then what.
    pub figures: Vec<(String, Vec<String>)>,
}

impl Changes {
    /// Compares two atlases.
    #[must_use]
    pub fn between(before: &Record, now: &Record) -> Self {
        let mut whole = Vec::new();
        changed(&mut whole, "the edition", &before.edition, &now.edition);
        changed(&mut whole, "the title", &before.title, &now.title);
        let failed_now = |id: &str| now.failed.iter().find(|failure| failure.id == id);
        for gone in before.figures.iter().filter(|old| !now.figures.iter().any(|new| new.id == old.id)) {
            match failed_now(&gone.id) {
                Some(failure) => whole.push(format!("figure {} could not be made this time: {}", quoted(&gone.id), failure.problem)),
                None => whole.push(format!("figure {} ({}) is no longer there", quoted(&gone.id), gone.title)),
            }
        }
        for new in now.figures.iter().filter(|new| !before.figures.iter().any(|old| old.id == new.id)) {
            whole.push(format!("figure {} ({}) is new", quoted(&new.id), new.title));
        }
        let both = now.figures.iter().filter_map(|new| Some((before.figures.iter().find(|old| old.id == new.id)?, new)));
        let figures = both.map(|(old, new)| (format!("{}. {}", new.number, new.title), of_figure(old, new)));
        Self { whole, figures: figures.filter(|(_, changes)| !changes.is_empty()).collect() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.figures.is_empty()
    }

    /// The changes in plain lines.
    #[must_use]
    pub fn text(&self) -> String {
        if self.is_empty() {
            return "Nothing has changed.\n".to_owned();
        }
        let mut lines: Vec<String> = self.whole.iter().map(|change| format!("- {change}")).collect();
        for (figure, changes) in &self.figures {
            lines.push(figure.clone());
            lines.extend(changes.iter().map(|change| format!("  - {change}")));
        }
        lines.join("\n") + "\n"
    }

    /// The changes as a document in Markdown.
    #[must_use]
    pub fn markdown(&self, title: &str, before: &str) -> String {
        let mut text = format!("# {}: what has changed\n\nCompared with the atlas of edition {}.\n", escaped(title), escaped(before));
        if self.is_empty() {
            text.push_str("\nNothing has changed.\n");
        }
        if !self.whole.is_empty() {
            text.push('\n');
        }
        for change in &self.whole {
            let _ = writeln!(text, "- {}", escaped(change));
        }
        for (figure, changes) in &self.figures {
            let _ = write!(text, "\n## {}\n\n", escaped(figure));
            for change in changes {
                let _ = writeln!(text, "- {}", escaped(change));
            }
        }
        text
    }
}

/// Text as Markdown shows it: nothing in it marks anything up.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' => safe.extend(['\\', c]),
            '\n' | '\r' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

fn changed(changes: &mut Vec<String>, what: &str, before: &str, now: &str) {
    if before != now {
        changes.push(format!("{what} was {} and is {}", quoted(before), quoted(now)));
    }
}

fn of_figure(before: &FigureRecord, now: &FigureRecord) -> Vec<String> {
    let mut changes = Vec::new();
    if before.number != now.number {
        changes.push(format!("it was figure {} and is figure {}", before.number, now.number));
    }
    changed(&mut changes, "the title", &before.title, &now.title);
    changed(&mut changes, "the subtitle", &before.subtitle, &now.subtitle);
    changed(&mut changes, "the link", &before.link, &now.link);
    for block in &now.key {
        match before.key.iter().find(|old| old.title == block.title) {
            Some(old) => of_key(&mut changes, old, block),
            None => changes.push(format!("the key has a new part, {}", quoted(&block.title))),
        }
    }
    let gone = before.key.iter().filter(|old| !now.key.iter().any(|block| block.title == old.title));
    changes.extend(gone.map(|old| format!("the key no longer has the part {}", quoted(&old.title))));
    for table in &now.tables {
        match before.tables.iter().find(|old| old.name == table.name) {
            Some(old) => of_table(&mut changes, old, table),
            None => changes.push(format!("the table {} is new", quoted(&table.name))),
        }
    }
    let gone = before.tables.iter().filter(|old| !now.tables.iter().any(|table| table.name == old.name));
    changes.extend(gone.map(|old| format!("the table {} is no longer there", quoted(&old.name))));
    // The caption is written from the numbers: it is worth a line only where nothing above says why it differs.
    if changes.is_empty() {
        changed(&mut changes, "the caption", &before.caption, &now.caption);
    }
    changes
}

/// Rows are classes: they are the same class if they stand at the same place, unless their number has changed.
fn of_key(changes: &mut Vec<String>, before: &KeyRecord, now: &KeyRecord) {
    if before.rows.len() != now.rows.len() {
        changes.push(format!("the key of {} had {} rows and has {}", quoted(&now.title), before.rows.len(), now.rows.len()));
    }
    let same_length = before.rows.len() == now.rows.len();
    for (place, row) in now.rows.iter().enumerate() {
        let old = if same_length { before.rows.get(place) } else { before.rows.iter().find(|old| old.label == row.label && old.name == row.name) };
        let Some(old) = old else { continue };
        let name = row.name.as_ref().map_or_else(|| quoted(&row.label), |name| format!("{} ({})", quoted(name), row.label));
        if (&old.name, &old.label) != (&row.name, &row.label) {
            let old_name = old.name.as_ref().map_or_else(|| quoted(&old.label), |name| format!("{} ({})", quoted(name), old.label));
            changes.push(format!("class {}: was {old_name}, is {name}", place + 1));
        }
        for (position, value) in row.values.iter().enumerate() {
            let old_value = old.values.get(position).map_or("", String::as_str);
            if old_value != value {
                let head = now.columns.get(position).map_or("number", String::as_str);
                changes.push(format!("{name}: {head} {} \u{2192} {}", or_none(old_value), or_none(value)));
            }
        }
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

fn of_table(changes: &mut Vec<String>, before: &TableRecord, now: &TableRecord) {
    let columns = |table: &TableRecord| table.columns.iter().map(|column| column.id.clone()).collect::<HashSet<_>>();
    let (old_columns, new_columns) = (columns(before), columns(now));
    for column in now.columns.iter().filter(|column| !old_columns.contains(&column.id)) {
        changes.push(format!("{}: the column {} is new", now.name, quoted(&column.title)));
    }
    for column in before.columns.iter().filter(|column| !new_columns.contains(&column.id)) {
        changes.push(format!("{}: the column {} is no longer there", now.name, quoted(&column.title)));
    }
    let old_rows: HashMap<String, &Vec<CellRecord>> = keys(before).into_iter().zip(&before.rows).collect();
    let new_keys = keys(now);
    let names: HashSet<&String> = new_keys.iter().collect();
    let added: Vec<String> = new_keys.iter().filter(|key| !old_rows.contains_key(*key)).cloned().collect();
    listed(changes, &now.name, "new", &added);
    let gone: Vec<String> = keys(before).into_iter().filter(|key| !names.contains(key)).collect();
    listed(changes, &now.name, "no longer there", &gone);
    for (position, column) in now.columns.iter().enumerate() {
        let Some(old_position) = before.columns.iter().position(|old| old.id == column.id) else { continue };
        let mut differing = Vec::new();
        let mut compared = 0;
        for (key, row) in new_keys.iter().zip(&now.rows) {
            let Some(old_row) = old_rows.get(key) else { continue };
            compared += 1;
            let (old, new) = (old_row.get(old_position).unwrap_or(&CellRecord::Empty), row.get(position).unwrap_or(&CellRecord::Empty));
            if !same(old, new) {
                let in_words = [old, new].map(|cell| shown(cell, column.kind));
                // A change below the printed decimals is one all the same.
                let [old, new] = if in_words[0] == in_words[1] { [old, new].map(|cell| shown(cell, KindRecord::Text)) } else { in_words };
                differing.push(format!("{key}: {old} \u{2192} {new}"));
            }
        }
        if !differing.is_empty() {
            let more = differing.len().saturating_sub(SHOWN);
            let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
            let first = differing.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
            changes.push(format!("{}, {}: {} of {compared} values differ ({first}{rest})", now.name, column.title, differing.len()));
        }
    }
}

fn listed(changes: &mut Vec<String>, table: &str, what: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    let more = rows.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (rows_are, names) = (if rows.len() == 1 { "row is" } else { "rows are" }, rows.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", "));
    changes.push(format!("{table}: {} {rows_are} {what}: {names}{rest}", rows.len()));
}

/// What a row is known by: its codes, or its first words; a second row of the same name gets a number.
fn keys(table: &TableRecord) -> Vec<String> {
    let codes: Vec<usize> = (0..table.columns.len()).filter(|at| table.columns[*at].kind == KindRecord::Code).collect();
    let words = table.columns.iter().position(|column| column.kind == KindRecord::Text);
    let own = if codes.is_empty() { words.into_iter().collect() } else { codes };
    let mut seen: HashMap<String, usize> = HashMap::new();
    let key = |row: &Vec<CellRecord>| {
        let parts = own.iter().filter_map(|&at| if let Some(CellRecord::Text(text)) = row.get(at) { Some(text.as_str()) } else { None });
        let key = parts.collect::<Vec<_>>().join(" ");
        let times = seen.entry(key.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times == 1 { key } else { format!("{key} ({times})") }
    };
    table.rows.iter().map(key).collect()
}

/// Numbers that only differ by how they were added up are the same.
fn same(before: &CellRecord, now: &CellRecord) -> bool {
    match (before, now) {
        (CellRecord::Number(before), CellRecord::Number(now)) => (before - now).abs() <= 1e-9 * before.abs().max(now.abs()),
        _ => before == now,
    }
}

fn shown(cell: &CellRecord, kind: KindRecord) -> String {
    match (cell, kind) {
        (CellRecord::Number(number), KindRecord::Decimals(decimals)) => number_text(*number, decimals),
        (CellRecord::Number(number), _) => number.to_string(),
        (CellRecord::Text(text), _) => quoted(text),
        (CellRecord::Missing { missing }, _) => missing.replace('_', " "),
        (CellRecord::Empty, _) => "nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::{ColumnRecord, Failure, KeyRowRecord};
    use super::*;

    fn figure(id: &str, values: &[f64]) -> FigureRecord {
        let row = |(number, value): (usize, &f64)| vec![CellRecord::Text(format!("E{number}")), CellRecord::Number(*value)];
        FigureRecord {
            number: 1,
            id: id.to_owned(),
            title: format!("Title of {id}"),
            subtitle: String::new(),
            caption: "A caption.".to_owned(),
            link: "?measure=x".to_owned(),
            key: vec![KeyRecord {
                title: "Score".to_owned(),
                columns: vec!["Areas".to_owned(), "People".to_owned()],
                rows: vec![KeyRowRecord { name: None, label: "1 to 2".to_owned(), values: vec!["3".to_owned(), "4,000".to_owned()] }],
            }],
            tables: vec![TableRecord {
                name: "areas".to_owned(),
                columns: vec![
                    ColumnRecord { id: "code".to_owned(), title: "Code".to_owned(), kind: KindRecord::Code },
                    ColumnRecord { id: "score".to_owned(), title: "Score".to_owned(), kind: KindRecord::Decimals(1) },
                ],
                rows: values.iter().enumerate().map(row).collect(),
            }],
            files: std::collections::BTreeMap::new(),
        }
    }

    fn record(figures: Vec<FigureRecord>) -> Record {
        Record::new("Atlas", "wold-1", figures, Vec::new())
    }

    #[test]
    fn an_atlas_made_again_has_no_changes_and_its_record_comes_back_as_it_was() {
        let mut before = record(vec![figure("need", &[1.0, 2.0])]);
        before.figures[0].tables[0].rows[0][1] = CellRecord::Missing { missing: "suppressed".to_owned() };
        before.figures[0].tables[0].rows[1][1] = CellRecord::Empty;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(super::super::record::RECORD_FILE), before.to_bytes()).unwrap();
        let back = Record::read(folder.path()).unwrap();
        assert_eq!(back, before);
        assert!(Changes::between(&back, &before).is_empty());
        assert_eq!(Changes::between(&back, &before).text(), "Nothing has changed.\n");
    }

    #[test]
    fn values_classes_counts_titles_and_figures_that_changed_are_named() {
        let before = record(vec![figure("need", &[1.0, 2.0, 3.0]), figure("old", &[]), figure("broken", &[]), figure("same", &[1.0])]);
        let mut now = record(vec![figure("need", &[1.04, 2.5]), figure("new <b>", &[]), figure("same", &[1.0])]);
        now.edition = "wold-2".to_owned();
        now.failed = vec![Failure { number: 3, id: "broken".to_owned(), problem: "no such measure".to_owned(), place: String::new() }];
        let need = &mut now.figures[0];
        need.title = "Need".to_owned();
        need.key[0].rows[0] = KeyRowRecord { name: None, label: "1 to 3".to_owned(), values: vec!["2".to_owned(), "4,000".to_owned()] };
        need.tables[0].rows.push(vec![CellRecord::Text("E9".to_owned()), CellRecord::Missing { missing: "not_held".to_owned() }]);
        insta::assert_snapshot!(Changes::between(&before, &now).markdown("Atlas", &before.edition));
    }
}

//! Lookups between areas: any table whose columns are named by area type and vintage, as ONS and the House of Commons Library name them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Table};
use crate::model::area::{AreaCode, AreaType};

/// What a column of a lookup, or a property of a boundary, says about an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaColumn {
    /// Its code: `LSOA11CD`, `lsoa11_code`.
    Code,
    /// Its official name: `LSOA11NM`, `lsoa11_name`.
    Name,
    /// Its House of Commons Library name: `MSOA11HCLNM`, `msoa21hcln`.
    Alias,
}

/// Reads a column's name such as `LSOA21CD`, `ltla22_code` or `msoa21hclnm`.
#[must_use]
pub fn area_column(name: &str) -> Option<(AreaType, AreaColumn)> {
    let lower = name.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    let digits_at = lower.find(|c: char| c.is_ascii_digit())?;
    let (letters, rest) = lower.split_at(digits_at);
    let (digits, role) = (rest.get(..2)?, rest.get(2..)?);
    let letters = match letters {
        "ltla" => "lad",
        "ctyua" | "utla" => "cty",
        other => other,
    };
    let area_type = AreaType::parse(&format!("{letters}{digits}")).ok()?;
    match role {
        "cd" | "_code" => Some((area_type, AreaColumn::Code)),
        "nm" | "_name" => Some((area_type, AreaColumn::Name)),
        "hclnm" | "hcln" | "_hclnm" => Some((area_type, AreaColumn::Alias)),
        _ => None,
    }
}

/// Names of areas and which area lies in which, gathered from one or several lookups.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Lookup {
    /// Official names.
    pub names: BTreeMap<(AreaType, AreaCode), String>,
    /// Names of the House of Commons Library.
    pub aliases: BTreeMap<(AreaType, AreaCode), String>,
    /// For a smaller and a larger area type: the larger area that contains each smaller one.
    pub parents: BTreeMap<(AreaType, AreaType), HashMap<AreaCode, AreaCode>>,
}

impl Lookup {
    /// Completes the relations: what lies in a district lies in the district's county.
    pub fn complete(&mut self) {
        let pairs: Vec<(AreaType, AreaType)> = self.parents.keys().copied().collect();
        for &(smaller, middle) in &pairs {
            for &(_, larger) in pairs.iter().filter(|(from, _)| *from == middle) {
                let (inner, outer) = (&self.parents[&(smaller, middle)], &self.parents[&(middle, larger)]);
                let through: Vec<(AreaCode, AreaCode)> = inner.iter().filter_map(|(code, between)| Some((*code, *outer.get(between)?))).collect();
                let relation = self.parents.entry((smaller, larger)).or_default();
                for (code, parent) in through {
                    relation.entry(code).or_insert(parent);
                }
            }
        }
    }
}

/// Of how many areas in a thousand one may cross the border of a larger area before they count as not nested in such.
const CROSSING_PER_THOUSAND: usize = 10;

/// For pairs of types above the smallest: in which larger areas the rows put a smaller one, with the number of rows.
type Tally = BTreeMap<(AreaType, AreaType), BTreeMap<AreaCode, BTreeMap<AreaCode, u32>>>;

struct AreaColumns {
    area_type: AreaType,
    code: Column,
    name: Option<Column>,
    alias: Option<Column>,
}

/// Reads one lookup into `lookup`. Of its columns only those of the `wanted` area types matter;
/// a row is kept when its smallest area is in `held`, or when `held` knows no areas of that type.
///
/// # Errors
/// When it is not a table or holds codes of none of the wanted area types.
pub fn read<S: std::hash::BuildHasher>(
    input: &Input,
    wanted: &[AreaType],
    held: &HashMap<AreaType, HashSet<AreaCode, S>, S>,
    lookup: &mut Lookup,
    report: &mut Report,
) -> Result<(), ImportError> {
    let mut table = Table::open(input)?;
    let columns = area_columns(&table, wanted)?;
    let mut kept = 0;
    let mut tally = Tally::new();
    while let Some(row) = table.next_row(report)? {
        let mut smallest = None;
        let mut found: Vec<(AreaType, AreaCode)> = Vec::with_capacity(columns.len());
        for of_type in &columns {
            // An empty cell says that the area lies in none of this type, as unitary authorities lie in no county.
            if row.text(&of_type.code).is_empty() {
                continue;
            }
            let Some(code) = row.area_code(&of_type.code, report) else { continue };
            if smallest.is_none() {
                smallest = Some((of_type.area_type, code));
                if held.get(&of_type.area_type).is_some_and(|codes| !codes.contains(&code)) {
                    break;
                }
                kept += 1;
            }
            for (column, texts) in [(&of_type.name, &mut lookup.names), (&of_type.alias, &mut lookup.aliases)] {
                if let Some(text) = column.as_ref().map(|column| row.text(column)).filter(|text| !text.is_empty()) {
                    texts.entry((of_type.area_type, code)).or_insert_with(|| text.to_owned());
                }
            }
            for (smaller, inside) in &found {
                let pair = (*smaller, of_type.area_type);
                if smallest.is_some_and(|(area_type, _)| area_type != *smaller) {
                    *tally.entry(pair).or_default().entry(*inside).or_default().entry(code).or_default() += 1;
                    continue;
                }
                let first = *lookup.parents.entry(pair).or_default().entry(*inside).or_insert(code);
                if first != code {
                    let message = format!("{inside} lies in {first} by an earlier row and in {code} by this one; the first was kept");
                    report.add(row.finding(Severity::Error, "two-parents", Some(&of_type.code), message));
                }
            }
            found.push((of_type.area_type, code));
        }
    }
    nest(tally, input.name(), lookup, report);
    report.count(input.name(), table.rows_read(), kept);
    Ok(())
}

/// Gives areas the larger area in which most of their rows put them, if that is nearly always only one.
fn nest(tally: Tally, file: &str, lookup: &mut Lookup, report: &mut Report) {
    for ((smaller, larger), areas) in tally {
        let crossing = areas.values().filter(|parents| parents.len() > 1).count();
        if crossing * 1000 > areas.len() * CROSSING_PER_THOUSAND {
            let message = format!("{crossing} of {} {smaller} areas lie in more than one {larger} area; no parents of that type are given", areas.len());
            report.add(Finding::of_file(Severity::Note, "not-nested", file, message));
            continue;
        }
        let relation = lookup.parents.entry((smaller, larger)).or_default();
        for (inside, parents) in areas {
            let most = parents.values().max().copied().unwrap_or_default();
            let Some(parent) = parents.iter().find(|(_, rows)| **rows == most).map(|(code, _)| *code) else { continue };
            relation.entry(inside).or_insert(parent);
            if parents.len() > 1 {
                let each = parents.iter().map(|(code, rows)| format!("{code} ({rows} rows)")).collect::<Vec<_>>().join(" and ");
                report.add(Finding::of_file(Severity::Warning, "across-a-border", file, format!("{inside} lies in {each}; taken as in {parent}")));
            }
        }
    }
}

/// The columns of the wanted area types, smallest first.
fn area_columns(table: &Table<'_>, wanted: &[AreaType]) -> Result<Vec<AreaColumns>, ImportError> {
    let named = |area_type: AreaType, role: AreaColumn| table.columns().iter().find(|column| area_column(column.name()) == Some((area_type, role))).cloned();
    let mut sorted = wanted.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let columns: Vec<AreaColumns> = sorted
        .iter()
        .filter_map(|&area_type| {
            let code = named(area_type, AreaColumn::Code)?;
            Some(AreaColumns { area_type, code, name: named(area_type, AreaColumn::Name), alias: named(area_type, AreaColumn::Alias) })
        })
        .collect();
    if columns.is_empty() {
        let expected = sorted.iter().map(|area_type| format!("{}CD", area_type.to_string().to_uppercase())).collect::<Vec<_>>().join(" or ");
        return Err(table.wrong_columns(vec![expected]));
    }
    Ok(columns)
}

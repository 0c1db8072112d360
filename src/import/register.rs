//! Registers as their files hold them, and how they become the edition's: which practices are listed, and who lives inside.

use std::collections::{BTreeMap, HashSet};

use super::report::{Finding, Report, Severity};
use super::row::RowPlace;
use super::source::nhs_registered_patients::RegisterOptions;
use crate::model::area::AreaCode;
use crate::model::edition::AreaLayer;
use crate::model::measure::Sex;
use crate::model::organisation::OdsCode;
use crate::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};

/// A practice as a register names it.
#[derive(Debug, Clone)]
pub struct RegisteredPractice {
    /// Where it is first named.
    pub place: RowPlace,
    /// Its code.
    pub code: OdsCode,
    /// Its name; empty where the register gives none.
    pub name: String,
}

/// A count with the line it stands in.
#[derive(Debug, Clone, Copy)]
pub struct RegisterRow {
    /// The count; practice and area are positions in the lists of the file.
    pub count: PatientCount,
    /// The line, 1-based.
    pub line: u64,
}

/// The counts of one file.
#[derive(Debug, Clone)]
pub struct RegisterFile {
    /// The id of its source.
    pub source: String,
    /// `July 2022`.
    pub period: String,
    /// The practices it names, in its order.
    pub practices: Vec<RegisteredPractice>,
    /// The areas it names, in its order.
    pub areas: Vec<AreaCode>,
    file: String,
    options: RegisterOptions,
    rows: Vec<(Sex, Vec<RegisterRow>)>,
    /// The vintage that the register itself names by `NO2011` or `NO2021`.
    vintage: Option<u8>,
}

impl RegisterFile {
    /// A file without any rows yet.
    #[must_use]
    pub fn new(file: &str, options: &RegisterOptions) -> Self {
        let period = options.period.clone().unwrap_or_default();
        let (file, options) = (file.to_owned(), options.clone());
        Self { source: String::new(), period, practices: Vec::new(), areas: Vec::new(), file, options, rows: Vec::new(), vintage: None }
    }

    /// The rows of one sex.
    pub fn rows_of(&mut self, sex: Sex) -> &mut Vec<RegisterRow> {
        let at = self.rows.iter().position(|(of, _)| *of == sex).unwrap_or_else(|| {
            self.rows.push((sex, Vec::new()));
            self.rows.len() - 1
        });
        &mut self.rows[at].1
    }

    /// Remembers the vintage that the register itself names: `11` of `NO2011`.
    pub fn name_vintage(&mut self, digits: &str) {
        self.vintage = digits.parse().ok().or(self.vintage);
    }

    /// Leaves out the rows that count a practice and an area a second time, and says how many they were.
    pub fn leave_out_duplicates(&mut self, report: &mut Report) -> u64 {
        let mut left_out = 0;
        let Self { practices, areas, rows, file, .. } = self;
        for (_, rows) in rows {
            rows.sort_by_key(|row| (row.count.with, row.count.residence, row.line));
            rows.dedup_by(|later, first| {
                let Residence::Area(area) = later.count.residence else { return false };
                let same = (later.count.with, later.count.residence) == (first.count.with, first.count.residence);
                if same {
                    left_out += 1;
                    let practice = if let RegisteredWith::Practice(at) = later.count.with { practices[at as usize].code.as_str() } else { "OTHER" };
                    let (area, line) = (areas[area as usize], first.line);
                    let message = format!("{practice} and {area} stand here a second time, first in line {line}; the first row was kept");
                    report.add(Finding { line: Some(later.line), ..Finding::of_file(Severity::Error, "duplicate-count", file, message) });
                }
                same
            });
        }
        left_out
    }
}

/// What a register says about one practice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RegisteredTotal {
    /// Patients wherever they live.
    pub everywhere: u64,
    /// Those of them who live in the edition.
    pub inside: u64,
}

/// A file with the places of its areas in the layer of the edition.
struct Placed {
    file: RegisterFile,
    residences: Vec<Residence>,
    /// Practices that an earlier file of the same sex has counted.
    counted_before: HashSet<u32>,
}

impl Placed {
    fn residence(&self, residence: Residence) -> Residence {
        if let Residence::Area(place) = residence { self.residences[place as usize] } else { residence }
    }

    /// Every count of one sex with its place in the edition.
    fn counts(&self, sex: Sex) -> impl Iterator<Item = PatientCount> {
        let rows = self.file.rows.iter().filter(move |(of, _)| *of == sex).flat_map(|(_, rows)| rows);
        let fresh = rows.filter(|row| !matches!(row.count.with, RegisteredWith::Practice(at) if self.counted_before.contains(&at)));
        fresh.map(|row| PatientCount { residence: self.residence(row.count.residence), ..row.count })
    }
}

/// Registers that were read, judged by the areas of the edition.
pub struct Registers<'a> {
    files: Vec<Placed>,
    layers: &'a [AreaLayer],
}

impl<'a> Registers<'a> {
    /// Keeps the files that can be added together and count by areas of the edition.
    pub fn new(files: Vec<RegisterFile>, layers: &'a [AreaLayer], report: &mut Report) -> Self {
        let mut registers = Self { files: Vec::new(), layers };
        for file in files {
            registers.add(file, report);
        }
        registers
    }

    /// Whether there is any.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The practices that the registers name, with their names, in the order of the files.
    pub fn practices(&self) -> impl Iterator<Item = &RegisteredPractice> {
        self.files.iter().flat_map(|placed| &placed.file.practices)
    }

    fn add(&mut self, file: RegisterFile, report: &mut Report) {
        let area_type = file.options.area_type;
        let mut refuse = |rule, message| report.add(Finding::of_file(Severity::Error, rule, &file.file, message));
        if let Some(named) = file.vintage.filter(|named| *named != area_type.vintage) {
            return refuse("wrong-vintage", format!("expected areas of {area_type}, found the mark NO20{named:02}; the register was left out"));
        }
        let Some(layer) = self.layers.iter().find(|layer| layer.area_type == area_type) else {
            return refuse("unknown-area-type", format!("the edition holds no {area_type} areas; the register was left out"));
        };
        if let Some(first) = self.files.first().map(|placed| &placed.file)
            && (&first.source, &first.period, first.options.area_type) != (&file.source, &file.period, area_type)
        {
            let expected = format!("{} of {} by {}", first.period, first.source, first.options.area_type);
            let found = format!("{} of {} by {area_type}", file.period, file.source);
            return refuse("two-registers", format!("expected {expected}, as in {}, found {found}; the register was left out", first.file));
        }
        let place_of = |code: &AreaCode| {
            let place = layer.areas.binary_search_by_key(code, |area| area.code).ok()?;
            Some(Residence::Area(u32::try_from(place).expect("a layer has fewer than 2³² areas")))
        };
        let residences: Vec<Residence> = file.areas.iter().map(|code| place_of(code).unwrap_or(Residence::Outside)).collect();
        let counted_before = self.counted_before(&file, report);
        let placed = Placed { file, residences, counted_before };
        placed.note_areas(layer, report);
        self.files.push(placed);
    }

    /// Practices of a file that an earlier file counts for the same sex.
    fn counted_before(&self, file: &RegisterFile, report: &mut Report) -> HashSet<u32> {
        let mut counted_before = HashSet::new();
        for (sex, _) in &file.rows {
            let earlier = self.files.iter().map(|placed| &placed.file).filter(|earlier| earlier.rows.iter().any(|(of, _)| of == sex));
            let codes: HashSet<OdsCode> = earlier.flat_map(|earlier| earlier.practices.iter().map(|practice| practice.code)).collect();
            for (at, practice) in (0..).zip(&file.practices).filter(|(_, practice)| codes.contains(&practice.code)) {
                if counted_before.insert(at) {
                    let message = format!("{} stands in an earlier file of the same register; its rows in this one were left out", practice.code);
                    report.add(practice.place.finding(Severity::Error, "duplicate-practice", message));
                }
            }
        }
        counted_before
    }

    /// What the register of everybody says about each practice; females and males together where there is none.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<OdsCode, RegisteredTotal> {
        let held = |sex: Sex| self.files.iter().any(|placed| placed.file.rows.iter().any(|(of, _)| *of == sex));
        let sexes: &[Sex] = if held(Sex::Persons) { &[Sex::Persons] } else { &[Sex::Females, Sex::Males] };
        let mut totals = BTreeMap::new();
        for &sex in sexes {
            for (code, total) in self.totals_of(sex) {
                let sum: &mut RegisteredTotal = totals.entry(code).or_default();
                sum.everywhere += total.everywhere;
                sum.inside += total.inside;
            }
        }
        totals
    }

    fn totals_of(&self, sex: Sex) -> BTreeMap<OdsCode, RegisteredTotal> {
        let mut totals = BTreeMap::new();
        for placed in &self.files {
            let mut of_file = vec![RegisteredTotal::default(); placed.file.practices.len()];
            for count in placed.counts(sex) {
                let RegisteredWith::Practice(at) = count.with else { continue };
                let total = &mut of_file[at as usize];
                total.everywhere += u64::from(count.patients);
                total.inside += if matches!(count.residence, Residence::Area(_)) { u64::from(count.patients) } else { 0 };
            }
            let counted = placed.file.practices.iter().zip(of_file).filter(|(_, total)| total.everywhere > 0);
            totals.extend(counted.map(|(practice, total)| (practice.code, total)));
        }
        totals
    }

    /// The practices that are listed by themselves: those with enough patients in the edition, by the recipe of the first file.
    #[must_use]
    pub fn listed(&self, totals: &BTreeMap<OdsCode, RegisteredTotal>) -> Vec<OdsCode> {
        let Some(options) = self.files.first().map(|placed| &placed.file.options) else { return Vec::new() };
        let enough = |total: &RegisteredTotal| {
            let share = percent(total.inside, total.everywhere);
            total.inside > 0 && total.inside >= u64::from(options.least_patients) && share >= options.least_share_percent
        };
        totals.iter().filter(|(_, total)| enough(total)).map(|(code, _)| *code).collect()
    }

    /// The registers of the edition, everybody first; `listed` are its practices, sorted by code.
    ///
    /// Of practices that are not listed only those patients are counted who live in the edition.
    #[must_use]
    pub fn registered_patients(&self, listed: &[OdsCode], report: &mut Report) -> Vec<RegisteredPatients> {
        let made = Sex::ALL.into_iter().filter_map(|sex| self.of_sex(sex, listed, report)).collect();
        self.compare_sexes(listed, report);
        made
    }

    fn of_sex(&self, sex: Sex, listed: &[OdsCode], report: &mut Report) -> Option<RegisteredPatients> {
        let mut counts: Vec<PatientCount> = Vec::new();
        let (mut threshold, mut first) = (0, None);
        for placed in self.files.iter().filter(|placed| placed.file.rows.iter().any(|(of, _)| *of == sex)) {
            let position = |practice: &RegisteredPractice| listed.binary_search(&practice.code).ok().and_then(|at| u32::try_from(at).ok());
            let positions: Vec<Option<u32>> = placed.file.practices.iter().map(position).collect();
            let (mut all, mut elsewhere) = (0_u64, 0_u64);
            for count in placed.counts(sex) {
                all += u64::from(count.patients);
                let position = if let RegisteredWith::Practice(at) = count.with { positions[at as usize] } else { None };
                let with = position.map_or(RegisteredWith::OtherPractices, RegisteredWith::Practice);
                if with == RegisteredWith::OtherPractices && !matches!(count.residence, Residence::Area(_)) {
                    elsewhere += u64::from(count.patients);
                } else {
                    counts.push(PatientCount { with, ..count });
                }
            }
            let kept = all - elsewhere;
            let message =
                format!("{sex}: {all} patients, of whom {kept} are kept; the others neither live in the edition nor are registered with its practices");
            if elsewhere > 0 {
                report.add(Finding::of_file(Severity::Note, "patients-elsewhere", &placed.file.file, message));
            }
            threshold = threshold.max(placed.file.options.disclosure_threshold);
            first = first.or(Some(&placed.file));
        }
        let first = first?;
        counts.sort_unstable_by_key(|count| (count.with, count.residence));
        counts.dedup_by(|later, sum| {
            let same = (later.with, later.residence) == (sum.with, sum.residence);
            if same {
                sum.patients = sum.patients.saturating_add(later.patients);
            }
            same
        });
        counts.shrink_to_fit();
        let (source, period, area_type) = (first.source.clone(), first.period.clone(), first.options.area_type);
        Some(RegisteredPatients { source, period, area_type, sex, disclosure_threshold: threshold, counts })
    }

    /// Everybody is females and males; a practice where they are not is named.
    fn compare_sexes(&self, listed: &[OdsCode], report: &mut Report) {
        let [persons, females, males] = Sex::ALL.map(|sex| self.totals_of(sex));
        if persons.is_empty() || females.is_empty() || males.is_empty() {
            return;
        }
        let everywhere = |totals: &BTreeMap<OdsCode, RegisteredTotal>, code: &OdsCode| totals.get(code).map_or(0, |total| total.everywhere);
        for code in listed {
            let [all, women, men] = [&persons, &females, &males].map(|totals| everywhere(totals, code));
            if all != women + men {
                let message = format!("{code}: expected {all} patients as in the register of everybody, found {women} females and {men} males");
                report.add(Finding::of_file(Severity::Warning, "sexes-do-not-add-up", "", message));
            }
        }
    }
}

impl Placed {
    /// Says how well the areas of the register and of the edition fit: a register of another vintage fits badly.
    fn note_areas(&self, layer: &AreaLayer, report: &mut Report) {
        let met: HashSet<u32> = self.residences.iter().filter_map(|residence| if let Residence::Area(at) = residence { Some(*at) } else { None }).collect();
        let (held, empty) = (layer.areas.len(), layer.areas.len() - met.len());
        if empty * 100 > held {
            let share = percent(empty as u64, held as u64);
            let message = format!("{empty} of {held} {} areas ({share:.1} %) are not named by the register; is it of this vintage?", layer.area_type);
            report.add(Finding::of_file(Severity::Warning, "areas-without-patients", &self.file.file, message));
        }
        let unknown = self.residences.iter().filter(|residence| **residence == Residence::Outside).count();
        if unknown > 0 {
            let (named, share) = (self.residences.len(), percent(unknown as u64, self.residences.len() as u64));
            let message = format!("{unknown} of {named} codes ({share:.1} %) are no areas of the edition; who lives there counts as outside");
            report.add(Finding::of_file(Severity::Note, "codes-not-held", &self.file.file, message));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "patients of a country are far fewer than 2⁵³")]
fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

//! A register of patients, indexed from both sides: who a practice's patients are by area, and where an area's people are registered.
//!
//! Counts below the register's disclosure threshold are *withheld*: they stand in no answer and in no sum that an answer prints.
//! A lone withheld count could be found by taking the others from a printed total, and so could several that are all as small
//! as can be; so wherever the sum of the withheld counts of one practice, or of one area, leaves any of them less room than the
//! threshold, the smallest printed count beside them is withheld too (complementary suppression), until none is left.

use crate::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};

use super::StoreError;

/// One count, seen from one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count<Of> {
    /// The other side: the place of the area, or with whom.
    pub of: Of,
    /// How many patients; never to be printed where `withheld`.
    pub patients: u32,
    /// Whether it may not be printed, nor enter a printed sum.
    pub withheld: bool,
}

/// The patients of one practice who do not live in an area of the edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// They live outside the edition; none where withheld.
    pub outside: Option<u32>,
    /// It is not known where they live; none where withheld.
    pub unknown: Option<u32>,
}

/// A register in memory.
#[derive(Debug)]
pub struct Register {
    source: String,
    period: String,
    threshold: u32,
    practice_starts: Vec<u32>,
    by_practice: Vec<Count<u32>>,
    area_starts: Vec<u32>,
    by_area: Vec<Count<RegisteredWith>>,
    list_sizes: Vec<Option<u32>>,
    elsewhere: Vec<Elsewhere>,
    registered: Vec<u32>,
    plurality: Vec<Option<u32>>,
}

impl Register {
    /// Indexes a register over so many practices and areas.
    ///
    /// # Errors
    /// When a count names a practice or an area that the edition does not hold.
    pub(super) fn new(register: RegisteredPatients, practices: usize, areas: usize) -> Result<Self, StoreError> {
        let RegisteredPatients { source, period, disclosure_threshold: threshold, counts, .. } = register;
        let beyond = |count: &&PatientCount| {
            let practice = matches!(count.with, RegisteredWith::Practice(position) if position as usize >= practices);
            practice || matches!(count.residence, Residence::Area(place) if place as usize >= areas)
        };
        if let Some(count) = counts.iter().find(beyond) {
            return Err(StoreError::UnknownPatients { with: count.with, residence: count.residence });
        }
        let withheld = withheld(&counts, practices, areas, threshold);
        let mut one = Self {
            source,
            period,
            threshold,
            practice_starts: Vec::new(),
            by_practice: Vec::new(),
            area_starts: Vec::new(),
            by_area: Vec::new(),
            list_sizes: vec![None; practices],
            elsewhere: vec![Elsewhere::default(); practices],
            registered: vec![0; areas],
            plurality: vec![None; areas],
        };
        one.index(&counts, &withheld);
        one.find_pluralities();
        Ok(one)
    }

    fn index(&mut self, counts: &[PatientCount], withheld: &[bool]) {
        let (practices, areas) = (self.list_sizes.len(), self.registered.len());
        let mut lists = vec![0_u32; practices];
        let mut rows = vec![0_u32; practices + 1];
        let mut columns = vec![0_u32; areas + 1];
        for count in counts {
            if let Residence::Area(place) = count.residence {
                columns[place as usize + 1] += 1;
                self.registered[place as usize] += count.patients;
                if let RegisteredWith::Practice(position) = count.with {
                    rows[position as usize + 1] += 1;
                }
            }
        }
        add_up(&mut rows);
        add_up(&mut columns);
        let empty = Count { of: 0, patients: 0, withheld: false };
        self.by_practice = vec![empty; rows[practices] as usize];
        self.by_area = vec![Count { of: RegisteredWith::OtherPractices, patients: 0, withheld: false }; columns[areas] as usize];
        let (mut next_row, mut next_column) = (rows.clone(), columns.clone());
        for (count, &withheld) in counts.iter().zip(withheld) {
            let patients = count.patients;
            if let RegisteredWith::Practice(position) = count.with {
                lists[position as usize] += patients;
                let elsewhere = &mut self.elsewhere[position as usize];
                match count.residence {
                    Residence::Outside => elsewhere.outside = (!withheld).then_some(patients),
                    Residence::Unknown => elsewhere.unknown = (!withheld).then_some(patients),
                    Residence::Area(place) => {
                        self.by_practice[next(&mut next_row, position)] = Count { of: place, patients, withheld };
                    }
                }
            }
            if let Residence::Area(place) = count.residence {
                self.by_area[next(&mut next_column, place)] = Count { of: count.with, patients, withheld };
            }
        }
        // Nobody at all is a number that may be printed; so a practice without a count elsewhere has none there.
        for count in counts.iter().zip(withheld).filter(|(_, withheld)| !**withheld).map(|(count, _)| count) {
            if let RegisteredWith::Practice(position) = count.with {
                let total = lists[position as usize];
                self.list_sizes[position as usize] = (total >= self.threshold).then_some(total);
            }
        }
        self.practice_starts = rows;
        self.area_starts = columns;
        self.fill_empty_elsewhere(counts);
    }

    fn fill_empty_elsewhere(&mut self, counts: &[PatientCount]) {
        let mut has = vec![(false, false); self.elsewhere.len()];
        for count in counts {
            if let RegisteredWith::Practice(position) = count.with {
                match count.residence {
                    Residence::Outside => has[position as usize].0 = true,
                    Residence::Unknown => has[position as usize].1 = true,
                    Residence::Area(_) => {}
                }
            }
        }
        for (elsewhere, (outside, unknown)) in self.elsewhere.iter_mut().zip(has) {
            if !outside {
                elsewhere.outside = Some(0);
            }
            if !unknown {
                elsewhere.unknown = Some(0);
            }
        }
    }

    fn find_pluralities(&mut self) {
        for place in 0..self.registered.len() {
            let listed = self.of_area(place).iter().filter(|count| !count.withheld);
            let practices = listed.filter_map(|count| if let RegisteredWith::Practice(position) = count.of { Some((count.patients, position)) } else { None });
            // Of equals the first by code: practices stand in that order.
            let largest = practices.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
            self.plurality[place] = largest.map(|(_, position)| position);
        }
    }

    /// The id of its source.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// `July 2022`.
    #[must_use]
    pub fn period(&self) -> &str {
        &self.period
    }

    /// Counts below it are withheld.
    #[must_use]
    pub const fn threshold(&self) -> u32 {
        self.threshold
    }

    /// Where the patients of a practice live, by place ascending; areas without patients are left out.
    #[must_use]
    pub fn of_practice(&self, practice: u32) -> &[Count<u32>] {
        let at = practice as usize;
        &self.by_practice[self.practice_starts[at] as usize..self.practice_starts[at + 1] as usize]
    }

    /// With whom the people of an area are registered, by practice ascending, all others together last.
    #[must_use]
    pub fn of_area(&self, place: usize) -> &[Count<RegisteredWith>] {
        &self.by_area[self.area_starts[place] as usize..self.area_starts[place + 1] as usize]
    }

    /// All patients of a practice, wherever they live; none where even that is withheld, or it has none.
    #[must_use]
    pub fn list_size(&self, practice: u32) -> Option<u32> {
        self.list_sizes[practice as usize]
    }

    /// The patients of a practice who live in no area of the edition.
    #[must_use]
    pub fn elsewhere(&self, practice: u32) -> Elsewhere {
        self.elsewhere[practice as usize]
    }

    /// All people of an area who are registered with any practice.
    #[must_use]
    pub fn registered(&self, place: usize) -> u32 {
        self.registered[place]
    }

    /// The practice with the largest share of an area's registered people; none where every count is withheld.
    #[must_use]
    pub fn plurality(&self, place: usize) -> Option<u32> {
        self.plurality[place]
    }
}

fn add_up(starts: &mut [u32]) {
    let mut sum = 0;
    for start in starts {
        sum += *start;
        *start = sum;
    }
}

fn next(starts: &mut [u32], at: u32) -> usize {
    let place = starts[at as usize];
    starts[at as usize] += 1;
    place as usize
}

/// Which counts are withheld: small ones, and beside them what would give them away.
fn withheld(counts: &[PatientCount], practices: usize, areas: usize, threshold: u32) -> Vec<bool> {
    let mut withheld: Vec<bool> = counts.iter().map(|count| count.patients < threshold).collect();
    if threshold <= 1 {
        return withheld;
    }
    // Counts in a practice's row, and in an area's column; a row has its total printed (the list size), and so has a column.
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); practices];
    let mut columns: Vec<Vec<u32>> = vec![Vec::new(); areas];
    for (at, count) in (0..).zip(counts) {
        if let RegisteredWith::Practice(position) = count.with {
            rows[position as usize].push(at);
        }
        if let Residence::Area(place) = count.residence {
            columns[place as usize].push(at);
        }
    }
    loop {
        let mut changed = false;
        for line in rows.iter().chain(&columns) {
            changed |= protect(line, counts, &mut withheld, threshold);
        }
        if !changed {
            return withheld;
        }
    }
}

/// Withholds the smallest printed count of a line while its withheld ones could be found from the line's total.
fn protect(line: &[u32], counts: &[PatientCount], withheld: &mut [bool], threshold: u32) -> bool {
    let mut changed = false;
    loop {
        let hidden = line.iter().filter(|at| withheld[**at as usize]);
        let (many, together) = hidden.fold((0_u32, 0_u32), |(many, sum), at| (many + 1, sum + counts[*at as usize].patients));
        // The others are one or more each: what they leave bounds every single one.
        if many == 0 || (many > 1 && together - (many - 1) >= threshold) {
            return changed;
        }
        let printed = line.iter().filter(|at| !withheld[**at as usize]);
        let Some(smallest) = printed.min_by_key(|at| counts[**at as usize].patients) else { return changed };
        withheld[*smallest as usize] = true;
        changed = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::area::{AreaKind, AreaType};
    use crate::model::measure::Sex;

    const PRACTICES: u32 = 4;
    const AREAS: u32 = 6;

    fn register(counts: Vec<PatientCount>, threshold: u32) -> RegisteredPatients {
        RegisteredPatients {
            source: "s".to_owned(),
            period: "July 2022".to_owned(),
            area_type: AreaType { kind: AreaKind::Lsoa, vintage: 11 },
            sex: Sex::Persons,
            disclosure_threshold: threshold,
            counts,
        }
    }

    fn indexed(counts: &[PatientCount], threshold: u32) -> Register {
        Register::new(register(counts.to_vec(), threshold), PRACTICES as usize, AREAS as usize).unwrap()
    }

    prop_compose! {
        fn some_counts()(patients in proptest::collection::vec(proptest::option::of(1..60_u32), ((PRACTICES + 1) * (AREAS + 2)) as usize)) -> Vec<PatientCount> {
            let mut counts = Vec::new();
            for with in 0..=PRACTICES {
                for residence in 0..AREAS + 2 {
                    if let Some(patients) = patients[(with * (AREAS + 2) + residence) as usize] {
                        counts.push(PatientCount {
                            with: if with < PRACTICES { RegisteredWith::Practice(with) } else { RegisteredWith::OtherPractices },
                            residence: match residence.checked_sub(AREAS) { None => Residence::Area(residence), Some(0) => Residence::Outside, Some(_) => Residence::Unknown },
                            patients,
                        });
                    }
                }
            }
            counts
        }
    }

    proptest! {
        #[test]
        fn patients_over_areas_and_elsewhere_sum_to_the_list(counts in some_counts()) {
            let register = indexed(&counts, 1);
            for practice in 0..PRACTICES {
                let inside: u32 = register.of_practice(practice).iter().map(|count| count.patients).sum();
                let Elsewhere { outside, unknown } = register.elsewhere(practice);
                prop_assert_eq!(inside + outside.unwrap() + unknown.unwrap(), register.list_size(practice).unwrap_or(0));
            }
        }

        #[test]
        fn shares_of_an_area_sum_to_one(counts in some_counts()) {
            let register = indexed(&counts, 1);
            for place in 0..AREAS as usize {
                let all: u32 = register.of_area(place).iter().map(|count| count.patients).sum();
                prop_assert_eq!(all, register.registered(place));
            }
        }

        #[test]
        fn no_small_count_is_printed_or_found_from_a_total(counts in some_counts()) {
            let register = indexed(&counts, 5);
            let lines = (0..PRACTICES).map(|practice| {
                let Elsewhere { outside, unknown } = register.elsewhere(practice);
                let inside: Vec<(u32, bool)> = register.of_practice(practice).iter().map(|count| (count.patients, count.withheld)).collect();
                let elsewhere = counts.iter().filter(|count| count.with == RegisteredWith::Practice(practice)).filter_map(|count| match count.residence {
                    Residence::Outside => Some((count.patients, outside.is_none())),
                    Residence::Unknown => Some((count.patients, unknown.is_none())),
                    Residence::Area(_) => None,
                });
                inside.into_iter().chain(elsewhere).collect::<Vec<_>>()
            });
            let columns = (0..AREAS as usize).map(|place| register.of_area(place).iter().map(|count| (count.patients, count.withheld)).collect::<Vec<_>>());
            for line in lines.chain(columns) {
                prop_assert!(line.iter().all(|(patients, withheld)| *withheld || *patients >= 5));
                let hidden: Vec<u32> = line.iter().filter(|(_, withheld)| *withheld).map(|(patients, _)| *patients).collect();
                let all_hidden = hidden.len() == line.len();
                // Of k counts with a known sum, one is at most the sum less k - 1: that must not be below the threshold.
                let room = hidden.iter().sum::<u32>() + 1 - u32::try_from(hidden.len()).unwrap().min(hidden.iter().sum::<u32>() + 1);
                prop_assert!(hidden.is_empty() || all_hidden || (hidden.len() > 1 && room >= 5), "{:?}", line);
            }
        }

        #[test]
        fn every_area_with_a_printed_count_has_one_plurality_practice(counts in some_counts()) {
            let register = indexed(&counts, 5);
            for place in 0..AREAS as usize {
                let printed = |count: &&Count<RegisteredWith>| !count.withheld && count.of != RegisteredWith::OtherPractices;
                let largest = register.of_area(place).iter().filter(printed).map(|count| count.patients).max();
                let of = register.plurality(place).map(|practice| register.of_practice(practice).iter().find(|count| count.of as usize == place).unwrap().patients);
                prop_assert_eq!(largest, of);
            }
        }
    }

    #[test]
    fn a_count_that_names_no_practice_of_the_edition_is_refused() {
        let counts = vec![PatientCount { with: RegisteredWith::Practice(9), residence: Residence::Area(0), patients: 8 }];
        assert!(Register::new(register(counts, 5), 4, 6).is_err());
    }
}

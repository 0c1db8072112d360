//! On which days services run, and the week that stands for all of them.

use std::collections::{BTreeSet, HashMap};

use crate::import::day::Day;
use crate::import::error::ImportError;
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::timetable::Days;

/// How many weeks are compared: timetables that claim to run for decades say nothing of the later ones.
const MOST_WEEKS: i64 = 1_500;

/// Services with their days.
#[derive(Default)]
pub struct Services {
    by_id: HashMap<String, u32>,
    all: Vec<Service>,
}

#[derive(Default)]
struct Service {
    /// Days of the week from a day to another, as numbers of days.
    regular: Option<(Days, i64, i64)>,
    added: BTreeSet<i64>,
    removed: BTreeSet<i64>,
}

impl Service {
    fn runs_on(&self, day: i64) -> bool {
        let regular = self.regular.is_some_and(|(days, first, last)| (first..=last).contains(&day) && days.runs_on(weekday(day)));
        self.added.contains(&day) || regular && !self.removed.contains(&day)
    }

    fn days(&self, monday: i64) -> Days {
        Days((0..7).filter(|day| self.runs_on(monday + i64::from(*day))).fold(0, |days, day| days | 1 << day))
    }
}

/// 0 is Monday; the first of January 1970 was a Thursday.
fn weekday(day: i64) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).expect("a remainder of seven is small")
}

impl Services {
    /// Reads `calendar.txt` and `calendar_dates.txt`, of which one may be missing.
    ///
    /// # Errors
    /// When one lacks a column.
    pub fn read(calendar: Option<&Input>, dates: Option<&Input>, report: &mut Report) -> Result<Self, ImportError> {
        let mut services = Self::default();
        if let Some(calendar) = calendar {
            services.read_calendar(calendar, report)?;
        }
        if let Some(dates) = dates {
            services.read_dates(dates, report)?;
        }
        Ok(services)
    }

    fn read_calendar(&mut self, input: &Input, report: &mut Report) -> Result<(), ImportError> {
        let mut table = Table::open(input)?;
        let [id, first, last] = table.require([&["service_id"], &["start_date"], &["end_date"]])?;
        let days: [Column; 7] = table.require([&["monday"], &["tuesday"], &["wednesday"], &["thursday"], &["friday"], &["saturday"], &["sunday"]])?;
        let mut kept = 0;
        while let Some(row) = table.next_row(report)? {
            let (Some(from), Some(to)) = (date(&row, &first, report), date(&row, &last, report)) else { continue };
            let mut running = Days(0);
            for (day, column) in (0..).zip(&days) {
                match row.text(column) {
                    "1" => running.0 |= 1 << day,
                    "0" => {}
                    other => {
                        let message = format!("expected 0 or 1, found {other:?}; taken as 0");
                        report.add(row.finding(Severity::Error, "calendar-day", Some(column), message));
                    }
                }
            }
            if to < from {
                let message = format!("expected an end that is not before the start, found {} and {}", row.text(&first), row.text(&last));
                report.add(row.finding(Severity::Error, "calendar-backwards", Some(&last), message));
            }
            let service = self.service(row.text(&id));
            if service.regular.is_some() {
                let message = format!("expected service {:?} once, found it a second time; the row was left out", row.text(&id));
                report.add(row.finding(Severity::Error, "duplicate-service", Some(&id), message));
                continue;
            }
            service.regular = Some((running, from, to));
            kept += 1;
        }
        report.count(input.name(), table.rows_read(), kept);
        Ok(())
    }

    fn read_dates(&mut self, input: &Input, report: &mut Report) -> Result<(), ImportError> {
        let mut table = Table::open(input)?;
        let [id, on, kind] = table.require([&["service_id"], &["date"], &["exception_type"]])?;
        let mut kept = 0;
        while let Some(row) = table.next_row(report)? {
            let Some(day) = date(&row, &on, report) else { continue };
            let service = self.service(row.text(&id));
            let (days, others) = match row.text(&kind) {
                "1" => (&mut service.added, &service.removed),
                "2" => (&mut service.removed, &service.added),
                other => {
                    let message = format!("expected 1 (added) or 2 (removed), found {other:?}; the row was left out");
                    report.add(row.finding(Severity::Error, "exception-type", Some(&kind), message));
                    continue;
                }
            };
            if others.contains(&day) || !days.insert(day) {
                let message = format!("expected service {:?} and this day once, found them a second time; the row was left out", row.text(&id));
                report.add(row.finding(Severity::Error, "duplicate-exception", Some(&on), message));
                continue;
            }
            kept += 1;
        }
        report.count(input.name(), table.rows_read(), kept);
        Ok(())
    }

    fn service(&mut self, id: &str) -> &mut Service {
        let next = u32::try_from(self.all.len()).expect("a feed has fewer than 2^32 services");
        let position = *self.by_id.entry(id.to_owned()).or_insert(next);
        if position == next {
            self.all.push(Service::default());
        }
        &mut self.all[position as usize]
    }

    /// The position of a service.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The days on which a service runs in the week that begins on a Monday.
    #[must_use]
    pub fn days(&self, service: u32, monday: Day) -> Days {
        self.all[service as usize].days(monday.number())
    }

    /// The Monday of the week to take: of the given day, else of the first whole week in which most trips run.
    ///
    /// # Errors
    /// When nothing runs in that week, or at all.
    pub fn week(&self, of: Option<Day>, runs: &HashMap<u32, u64>, file: &str, report: &mut Report) -> Result<Day, ImportError> {
        let wrong = |expected: String, found: String| ImportError::WrongFormat { file: file.to_owned(), expected, found };
        let used = || runs.keys().map(|service| &self.all[*service as usize]);
        let firsts = used().filter_map(|one| [one.regular.map(|regular| regular.1), one.added.first().copied()].into_iter().flatten().min());
        let lasts = used().filter_map(|one| [one.regular.map(|regular| regular.2), one.added.last().copied()].into_iter().flatten().max());
        let (Some(first), Some(last)) = (firsts.min(), lasts.max()) else { return Err(wrong("trips that run on some day".into(), "none".into())) };
        let running = |monday: i64| {
            let of = |(service, runs): (&u32, &u64)| runs * u64::from(self.all[*service as usize].days(monday).0.count_ones());
            runs.iter().map(of).sum::<u64>()
        };
        let span = || format!("a timetable from {} to {}", Day::from_number(first), Day::from_number(last));
        if let Some(day) = of {
            let monday = monday_of(day.number());
            if running(monday) == 0 {
                return Err(wrong(format!("trips in the week of {}", Day::from_number(monday)), span()));
            }
            return Ok(Day::from_number(monday));
        }
        let mondays = (0..MOST_WEEKS).map(|week| monday_of(first) + 7 * week).take_while(|monday| *monday <= last);
        let (whole, parts): (Vec<i64>, Vec<i64>) = mondays.partition(|monday| *monday >= first && monday + 6 <= last);
        let busiest = |weeks: &[i64]| weeks.iter().map(|&monday| (running(monday), monday)).filter(|(runs, _)| *runs > 0).max_by_key(|&(runs, at)| (runs, -at));
        let (runs, monday) = busiest(&whole).or_else(|| busiest(&parts)).ok_or_else(|| wrong("trips that run on some day".into(), span()))?;
        let monday = Day::from_number(monday);
        let message = format!("the week of {monday} was taken: most trips run in it, counted by day: {runs}");
        report.add(Finding::of_file(Severity::Note, "week", file, message));
        Ok(monday)
    }
}

fn monday_of(day: i64) -> i64 {
    day - i64::from(weekday(day))
}

/// A date as feeds write it, `20230613`, as a number of days.
fn date(row: &Row, column: &Column, report: &mut Report) -> Option<i64> {
    let text = row.text(column);
    let parts = (text.len() == 8 && text.is_ascii()).then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    let day = parts.and_then(|text| Day::parse(&text));
    if day.is_none() {
        let message = format!("expected a date such as 20230613, found {text:?}; the row was left out");
        report.add(row.finding(Severity::Error, "not-a-date", Some(column), message));
    }
    day.map(Day::number)
}

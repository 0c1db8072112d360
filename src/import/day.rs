//! Days as registers write them, in every spelling in use, and never guessed.

use std::fmt;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year, four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// Reads `2019-11-30`, `2019/11/30`, `30/11/2019`, `30-11-2019`, `30.11.2019` and `30 November 2019`; a time of day after it is dropped.
    ///
    /// Two numbers that could be day and month are day and month, as in all British registers. A year of two digits is refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.trim().split(['T', ',']).next()?;
        let parts: Vec<&str> = date.split(|c: char| matches!(c, '-' | '/' | '.') || c.is_whitespace()).filter(|part| !part.is_empty()).collect();
        let (first, month, last) = match parts.as_slice() {
            [first, month, last] => (*first, *month, *last),
            // What follows a date is a time of day.
            [first, month, last, time, ..] if time.contains(':') => (*first, *month, *last),
            _ => return None,
        };
        let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !digits(year) || day.len() > 2 || !digits(day) {
            return None;
        }
        let month = if month.len() <= 2 && digits(month) { month.parse().ok()? } else { month_named(month)? };
        let day = Self { year: year.parse().ok()?, month, day: day.parse().ok()? };
        day.exists().then_some(day)
    }

    /// The month alone: `2019-11`.
    #[must_use]
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// The number of days since the first of January 1970.
    #[must_use]
    pub fn number(self) -> i64 {
        // A year that begins in March has its leap day at its end.
        let (year, month) =
            if self.month > 2 { (i64::from(self.year), i64::from(self.month) - 3) } else { (i64::from(self.year) - 1, i64::from(self.month) + 9) };
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468
    }

    /// The day with this number, which must lie from 1899 to 2201.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        let years = (1899..=2201).rev().map(|year| Self { year, month: 1, day: 1 });
        let mut first = years.into_iter().find(|day| day.number() <= number).expect("days that are read lie from 1900 to 2200");
        for month in 2..=12 {
            let next = Self { month, ..first };
            if next.number() <= number {
                first = next;
            }
        }
        Self { day: u8::try_from(number - first.number() + 1).expect("a month has at most 31 days"), ..first }
    }

    /// The day so many days later.
    #[must_use]
    pub fn after(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }

    fn exists(self) -> bool {
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&self.day) && (1900..=2200).contains(&self.year)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The number of a month by the first three letters of its name, or all of them.
fn month_named(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| *name == word || name[..3] == word)?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_day_in_every_spelling_of_the_registers_is_the_same_day() {
        let day = Day { year: 2019, month: 11, day: 3 };
        for text in [
            "2019-11-03",
            "2019/11/03",
            "03/11/2019",
            "3/11/2019",
            "03-11-2019",
            "3.11.2019",
            "3 November 2019",
            "03-Nov-2019",
            "2019-11-03T00:00:00Z",
            "03/11/2019 00:00",
        ] {
            assert_eq!(Day::parse(text), Some(day), "{text}");
        }
        assert_eq!(day.month(), "2019-11");
    }

    #[test]
    fn the_first_of_january_1970_is_day_zero() {
        assert_eq!(Day { year: 1970, month: 1, day: 1 }.number(), 0);
        assert_eq!(Day { year: 2023, month: 6, day: 13 }.number(), 19_521);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2019", "2019-11", "12/31/2019", "31/11/2019", "29/02/2019", "03/11/19", "2019-11-03-04", "soon", "0/1/2019", "1/0/2019"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_printed_and_read_again_is_the_same_day(year in 1900u16..=2200, month in 1u8..=12, day in 1u8..=28) {
            let day = Day { year, month, day };
            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
        }

        #[test]
        fn days_are_numbered_one_after_the_other(number in -25_567i64..84_371) {
            let (day, next) = (Day::from_number(number), Day::from_number(number + 1));
            prop_assert!(day.exists() && day < next);
            prop_assert_eq!((day.number(), next.number(), day.after(1)), (number, number + 1, next));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}") {
            let _ = Day::parse(&text);
        }
    }
}

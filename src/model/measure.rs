//! Measures: what can be mapped, in which fields, with which direction, and the figures themselves as columns over areas.

use std::fmt;

use super::area::AreaType;

/// Which end of a scale is the better one, in the language of public health.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarity {
    /// A larger number is worse, as with a deprivation score.
    HigherIsWorse,
    /// A larger number is better, as with life expectancy; or, of a deprivation rank, less deprived.
    HigherIsBetter,
    /// Neither end is better, as with the number of residents.
    Neutral,
}

impl Polarity {
    /// Every polarity.
    pub const ALL: [Self; 3] = [Self::HigherIsWorse, Self::HigherIsBetter, Self::Neutral];

    /// The word in files and answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::HigherIsWorse => "higher-is-worse",
            Self::HigherIsBetter => "higher-is-better",
            Self::Neutral => "none",
        }
    }

    /// Finds the polarity with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|polarity| polarity.id() == id)
    }
}

/// How a figure came to be: the reader is always told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// Counted, or an official estimate of a count.
    Counted,
    /// Published by its source as it stands.
    Published,
    /// The output of a statistical model of its publisher.
    Modelled,
    /// Made here from published figures by a rule that is nearly, not exactly, right.
    Approximate,
    /// Estimated here.
    Estimated,
    /// Made here from published figures by an exact rule (a sum, a weighted mean).
    Derived,
}

impl FigureKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Counted, Self::Published, Self::Modelled, Self::Approximate, Self::Estimated, Self::Derived];

    /// The word in files and answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Published => "published",
            Self::Modelled => "modelled",
            Self::Approximate => "approximate",
            Self::Estimated => "estimated",
            Self::Derived => "derived",
        }
    }

    /// Finds the kind with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// Why there is, or is not, a number: four different things, never confused with zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureStatus {
    /// There is a number (zero is one).
    Present,
    /// The publisher, or we, withheld it so that nobody can be recognised.
    Suppressed,
    /// The source has no number for the area.
    NotHeld,
    /// The measure makes no sense for the area.
    NotApplicable,
}

impl FigureStatus {
    /// Every status; the position is the number stored on disk.
    pub const ALL: [Self; 4] = [Self::Present, Self::Suppressed, Self::NotHeld, Self::NotApplicable];

    /// The word in answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Suppressed => "suppressed",
            Self::NotHeld => "not_held",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// What the numbers of a field are made of, with the plain words for both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Short name in links: `score`, `rank`, `decile`, `years`, `share`, `number`.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// `score`, `rank`, `decile`, `years`, `%`, `people`, `households`.
    pub unit: String,
    /// How many decimals are printed; the stored value keeps all of them.
    pub decimals: u8,
    /// Which end is better.
    pub polarity: Polarity,
    /// What a high number means: `more deprived`.
    pub high_end: String,
    /// What a low number means: `less deprived`.
    pub low_end: String,
    /// The id of the colour scheme, see [`super::style::Scheme`].
    pub scheme: String,
}

impl Field {
    /// A value of this field as people read it, with the field's decimals: `1,928`, `51.66`.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        number_text(value, self.decimals)
    }
}

/// A number with thousands separated by commas and a fixed count of decimals.
#[must_use]
pub fn number_text(value: f64, decimals: u8) -> String {
    let plain = format!("{:.*}", usize::from(decimals), value);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    // "-0.00" would be read as less than nothing.
    let sign = if digits.chars().all(|c| c == '0' || c == '.') { "" } else { sign };
    let mut text = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// One thing that can be mapped, such as the Index of Multiple Deprivation 2019.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Short name in links: `imd-2019`.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The name where there is little room.
    pub short_name: String,
    /// The id of its theme, see [`THEMES`].
    pub theme: String,
    /// One or two plain sentences on what it measures.
    pub definition: String,
    /// The id of the source of its figures.
    pub source: String,
    /// Its fields; the first is the default.
    pub fields: Vec<Field>,
}

impl Measure {
    /// The field with this id, with its position.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<(usize, &Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.id == id)
    }
}

/// Themes under which measures are chosen, in reading order: id and name.
pub const THEMES: [(&str, &str); 5] = [
    ("deprivation", "Deprivation"),
    ("population", "Population"),
    ("health", "Health and life expectancy"),
    ("housing", "Housing and fuel"),
    ("other", "Other figures"),
];

/// Whom a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Everybody.
    Persons,
    /// Women and girls.
    Females,
    /// Men and boys.
    Males,
}

impl Sex {
    /// Every value, the default first.
    pub const ALL: [Self; 3] = [Self::Persons, Self::Females, Self::Males];

    /// The word in links and files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Females => "females",
            Self::Males => "males",
        }
    }

    /// Reads the spellings in use: `Persons`, `All`, `Female`, `females`, `F`, `M` …
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "persons" | "person" | "people" | "all" | "all persons" | "p" => Some(Self::Persons),
            "females" | "female" | "f" | "women" => Some(Self::Females),
            "males" | "male" | "m" | "men" => Some(Self::Males),
            _ => None,
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Numbers over the areas of one area type, one place per area in dataset order.
///
/// `value[i]` is NaN exactly where `status[i]` is not `Present`; NaN in the other columns means not given.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The numbers in the field's unit.
    pub value: Vec<f64>,
    /// Why a number is missing.
    pub status: Vec<FigureStatus>,
    /// Lower 95 % limits in the field's unit.
    pub lower: Option<Vec<f64>>,
    /// Upper 95 % limits in the field's unit.
    pub upper: Option<Vec<f64>>,
    /// Numerators: people, households, deaths.
    pub count: Option<Vec<f64>>,
    /// Denominators: people, households, person-years.
    pub denominator: Option<Vec<f64>>,
}

impl Figures {
    /// Columns for `areas` areas, everything not held.
    #[must_use]
    pub fn not_held(areas: usize) -> Self {
        Self { value: vec![f64::NAN; areas], status: vec![FigureStatus::NotHeld; areas], lower: None, upper: None, count: None, denominator: None }
    }

    /// Columns from optional values: `None` becomes not held.
    #[must_use]
    pub fn from_values(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let (value, status) =
            values.into_iter().map(|value| value.filter(|v| v.is_finite()).map_or((f64::NAN, FigureStatus::NotHeld), |v| (v, FigureStatus::Present))).unzip();
        Self { value, status, lower: None, upper: None, count: None, denominator: None }
    }

    /// The number at a place, if there is one.
    #[must_use]
    pub fn value_at(&self, place: usize) -> Option<f64> {
        (self.status[place] == FigureStatus::Present).then(|| self.value[place])
    }

    /// The number of an optional column at a place, if there is one.
    #[must_use]
    pub fn optional_at(column: Option<&Vec<f64>>, place: usize) -> Option<f64> {
        column.map(|c| c[place]).filter(|v| v.is_finite())
    }

    /// How many areas hold a number.
    #[must_use]
    pub fn present(&self) -> usize {
        self.status.iter().filter(|status| **status == FigureStatus::Present).count()
    }
}

/// One column of figures: a field of a measure, for an area type, a period, a sex and an age.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The measure's id.
    pub measure: String,
    /// The field's id.
    pub field: String,
    /// Which areas the places stand for.
    pub area_type: AreaType,
    /// The period in the source's words: `2019`, `mid-2020`, `2016 to 2020`.
    pub period: String,
    /// Whom it is about, where the measure distinguishes.
    pub sex: Option<Sex>,
    /// Age band in words where the measure distinguishes: `all ages`, `65 and over`, `0 to 4`.
    pub age: Option<String>,
    /// How the figures came to be.
    pub kind: FigureKind,
    /// The rule by which they were made, where they were not simply published.
    pub note: Option<String>,
    /// The numbers.
    pub figures: Figures,
}

/// The classes of the whole country for one series, kept with a part of the country so that maps of different places compare.
#[derive(Debug, Clone, PartialEq)]
pub struct NationalBreaks {
    /// The measure's id.
    pub measure: String,
    /// The field's id.
    pub field: String,
    /// The area type they were computed over.
    pub area_type: AreaType,
    /// The period.
    pub period: String,
    /// Whom it is about.
    pub sex: Option<Sex>,
    /// Age band.
    pub age: Option<String>,
    /// How many areas of the country hold a value.
    pub areas: u32,
    /// For each class, lowest values first: smallest value, largest value, number of areas.
    /// Five entries for quintiles, ten for deciles.
    pub classes: Vec<NationalClass>,
}

/// One fifth or tenth of the country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NationalClass {
    /// Smallest value in the class.
    pub min: f64,
    /// Largest value in the class.
    pub max: f64,
    /// Number of areas in the class.
    pub areas: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_with_commas_and_a_fixed_count_of_decimals() {
        assert_eq!(number_text(32844.0, 0), "32,844");
        assert_eq!(number_text(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(number_text(-0.645, 3), "-0.645");
        assert_eq!(number_text(-0.001, 2), "0.00");
        assert_eq!(number_text(999.0, 0), "999");
        assert_eq!(number_text(-1000.0, 0), "-1,000");
    }

    #[test]
    fn what_is_not_a_number_is_not_held() {
        let figures = Figures::from_values([Some(1.0), None, Some(f64::NAN)]);
        assert_eq!(figures.present(), 1);
        assert_eq!(figures.value_at(0), Some(1.0));
        assert_eq!(figures.status[2], FigureStatus::NotHeld);
    }
}

//! Figures as a source holds them: columns over the areas of one file, not yet in the order of the edition.

use std::collections::HashMap;

use super::report::{Report, Severity};
use super::row::{Cell, Column, Row};
use crate::model::area::{AreaCode, AreaType};
use crate::model::measure::{FigureStatus, Figures, Measure, Series};

/// How figures of larger areas follow from those of the areas inside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LargerAreas {
    /// Counts add up.
    Sum,
    /// A percentage is made again from added counts and added denominators.
    Ratio,
    /// A score becomes the mean weighted by its denominators, which are named here in words.
    WeightedMean {
        /// What the denominators are: `the index's mid-2015 population`.
        weights: String,
    },
    /// Life expectancy: the person-weighted mean with limits from the combined standard error.
    ApproximateMean,
    /// A national decile becomes the share of people who live in deciles 1 and 2 (the field `core20`).
    ShareInMostDeprivedFifth {
        /// The field of the same measure whose denominators are the people counted.
        people_of: String,
    },
    /// Nothing is made: ranks and deciles have no meaning for larger areas.
    NotMade,
}

/// One column with the rule for larger areas.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureColumn {
    /// The figures, one place per area of the table.
    pub series: Series,
    /// How larger areas get theirs.
    pub larger_areas: LargerAreas,
}

/// The figures of one file for one area type.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureTable {
    /// The file they come from.
    pub file: String,
    /// Which areas they are about.
    pub area_type: AreaType,
    /// The areas, in the order of the file.
    pub codes: Vec<AreaCode>,
    /// The measures that the columns belong to.
    pub measures: Vec<Measure>,
    /// The columns.
    pub columns: Vec<FigureColumn>,
}

impl FigureTable {
    /// The column of a field, for everybody or for the sex and age given.
    #[must_use]
    pub fn column(&self, measure: &str, field: &str) -> Option<&FigureColumn> {
        self.columns.iter().find(|column| column.series.measure == measure && column.series.field == field)
    }
}

/// The areas of a table as they are met, each once.
#[derive(Debug, Default)]
pub struct AreaList {
    codes: Vec<AreaCode>,
    places: HashMap<AreaCode, usize>,
}

impl AreaList {
    /// The place for the area of a row, new at the end; an area that stands twice becomes a finding and has no second place.
    pub fn add(&mut self, row: &Row, column: &Column, report: &mut Report) -> Option<usize> {
        let code = row.area_code(column, report)?;
        let place = self.codes.len();
        if self.places.contains_key(&code) {
            report.add(row.finding(Severity::Error, "duplicate-area", Some(column), format!("{code} stands here a second time; the first row was kept")));
            return None;
        }
        self.places.insert(code, place);
        self.codes.push(code);
        Some(place)
    }

    /// The place of an area that may have been met before.
    pub fn place(&mut self, code: AreaCode) -> usize {
        *self.places.entry(code).or_insert_with(|| {
            self.codes.push(code);
            self.codes.len() - 1
        })
    }

    /// How many areas there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The areas in the order in which they were met.
    #[must_use]
    pub fn into_codes(self) -> Vec<AreaCode> {
        self.codes
    }
}

/// One figure before it joins a column.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// The number or why there is none.
    pub value: Cell,
    /// Lower limit, NaN if there is none.
    pub lower: f64,
    /// Upper limit, NaN if there is none.
    pub upper: f64,
    /// Numerator, NaN if there is none.
    pub count: f64,
    /// Denominator, NaN if there is none.
    pub denominator: f64,
}

impl Figure {
    /// Nothing at all, for the reason given.
    pub const MISSING: Self = Self::of(Cell::Missing(FigureStatus::NotHeld));

    /// A value alone.
    #[must_use]
    pub const fn of(value: Cell) -> Self {
        Self { value, lower: f64::NAN, upper: f64::NAN, count: f64::NAN, denominator: f64::NAN }
    }
}

/// Columns from figures; a column without any number is not kept.
#[must_use]
pub fn figures_from(figures: impl IntoIterator<Item = Figure>) -> Figures {
    let (mut value, mut status) = (Vec::new(), Vec::new());
    let (mut lower, mut upper, mut count, mut denominator) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for figure in figures {
        let (number, reason) = match figure.value {
            Cell::Number(number) => (number, FigureStatus::Present),
            Cell::Missing(reason) => (f64::NAN, reason),
        };
        value.push(number);
        status.push(reason);
        lower.push(figure.lower);
        upper.push(figure.upper);
        count.push(figure.count);
        denominator.push(figure.denominator);
    }
    Figures { value, status, lower: unless_empty(lower), upper: unless_empty(upper), count: unless_empty(count), denominator: unless_empty(denominator) }
}

fn unless_empty(column: Vec<f64>) -> Option<Vec<f64>> {
    column.iter().any(|number| number.is_finite()).then_some(column)
}

/// The figures in another order: for each place of the new order the place in the old one, or none.
#[must_use]
pub fn reordered(figures: &Figures, order: &[Option<usize>]) -> Figures {
    let pick = |column: &Vec<f64>| unless_empty(order.iter().map(|place| place.map_or(f64::NAN, |place| column[place])).collect());
    Figures {
        value: order.iter().map(|place| place.map_or(f64::NAN, |place| figures.value[place])).collect(),
        status: order.iter().map(|place| place.map_or(FigureStatus::NotHeld, |place| figures.status[place])).collect(),
        lower: figures.lower.as_ref().and_then(pick),
        upper: figures.upper.as_ref().and_then(pick),
        count: figures.count.as_ref().and_then(pick),
        denominator: figures.denominator.as_ref().and_then(pick),
    }
}

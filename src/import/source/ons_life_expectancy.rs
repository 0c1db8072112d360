//! Life expectancy at birth by small area and sex, from the ONS release of 2011 MSOAs, or the same in short columns.

use std::collections::BTreeMap;

use super::ons_lookup::{AreaColumn, area_column};
use crate::import::error::ImportError;
use crate::import::figures::{AreaList, Figure, FigureColumn, FigureTable, LargerAreas, figures_from};
use crate::import::input::Input;
use crate::import::report::{Finding, Report, Severity};
use crate::import::row::{Column, Row, Table};
use crate::model::area::AreaType;
use crate::model::measure::{Field, FigureKind, Measure, Polarity, Series, Sex};

struct Columns {
    code: Column,
    geography: Option<Column>,
    period: Column,
    sex: Column,
    deaths: Column,
    population: Column,
    years: Column,
    lower: Column,
    upper: Column,
}

/// Reads life expectancies with their limits, deaths as counts and person-years as denominators.
///
/// # Errors
/// When it is not a table, lacks a column, or names no area type.
pub fn read(input: &Input, report: &mut Report) -> Result<FigureTable, ImportError> {
    let mut table = Table::open(input)?;
    let columns = columns(&table)?;
    let mut area_type = area_column(columns.code.name()).map(|(area_type, _)| area_type);
    let mut areas = AreaList::default();
    let mut groups: BTreeMap<(String, Sex), BTreeMap<usize, Figure>> = BTreeMap::new();
    let mut kept = 0;
    while let Some(row) = table.next_row(report)? {
        if let Some(geography) = &columns.geography {
            let of_row = area_type_of(row.text(geography));
            area_type = area_type.or(of_row);
            if of_row.is_none() || of_row != area_type {
                let message = format!("expected the area type of the first row, such as 2011MSOAs, found {:?}; the row was left out", row.text(geography));
                report.add(row.finding(Severity::Error, "area-type", Some(geography), message));
                continue;
            }
        }
        let Some(code) = row.area_code(&columns.code, report) else { continue };
        let Some(sex) = Sex::parse(row.text(&columns.sex)) else {
            let message = format!("expected Males, Females or Persons, found {:?}; the row was left out", row.text(&columns.sex));
            report.add(row.finding(Severity::Error, "sex", Some(&columns.sex), message));
            continue;
        };
        let figure = figure(&row, &columns, report);
        let place = areas.place(code);
        let group = groups.entry((row.text(&columns.period).to_owned(), sex)).or_default();
        if group.contains_key(&place) {
            let message = format!("{code}, {sex} stands here a second time; the first row was kept");
            report.add(row.finding(Severity::Error, "duplicate-area", Some(&columns.code), message));
            continue;
        }
        group.insert(place, figure);
        kept += 1;
    }
    report.count(input.name(), table.rows_read(), kept);
    let area_type = area_type.ok_or_else(|| table.wrong_columns(vec!["MSOA11CD, or Geography Type with rows such as 2011MSOAs".into()]))?;
    let series = |((period, sex), group): ((String, Sex), BTreeMap<usize, Figure>)| {
        let figures = (0..areas.len()).map(|place| group.get(&place).copied().unwrap_or(Figure::MISSING));
        let figures = figures_from(figures);
        let missing = areas.len() - figures.present();
        if missing > 0 {
            let message = format!("{missing} of {} values are not held for {sex}, {period}", areas.len());
            report.add(Finding { column: Some(columns.years.name().into()), ..Finding::of_file(Severity::Note, "not-held", input.name(), message) });
        }
        let series = Series {
            measure: "life-expectancy".into(),
            field: "years".into(),
            area_type,
            period,
            sex: Some(sex),
            age: None,
            kind: FigureKind::Published,
            note: Some("the published population adds up the residents of five years".into()),
            figures,
        };
        FigureColumn { series, larger_areas: LargerAreas::ApproximateMean }
    };
    let columns = groups.into_iter().map(series).collect();
    Ok(FigureTable { file: input.name().into(), area_type, codes: areas.into_codes(), measures: vec![measure()], columns })
}

fn columns(table: &Table<'_>) -> Result<Columns, ImportError> {
    let short_code = table.columns().iter().find(|column| area_column(column.name()).is_some_and(|(_, role)| role == AreaColumn::Code)).cloned();
    let [period, sex, deaths, population, years, lower, upper] = table.require([
        &["Period"],
        &["Sex"],
        &["No of Deaths", "deaths"],
        &["Population"],
        &["Life Expectancy at birth (in years)", "life_expectancy_years"],
        &["Lower 95% confidence interval", "lower_95"],
        &["Upper 95% confidence interval", "upper_95"],
    ])?;
    let (code, geography) = if let Some(code) = short_code {
        (code, None)
    } else {
        let [code, geography] = table.require([&["Code"], &["Geography Type"]])?;
        (code, Some(geography))
    };
    Ok(Columns { code, geography, period, sex, deaths, population, years, lower, upper })
}

/// `2011MSOAs` → `msoa11`.
fn area_type_of(text: &str) -> Option<AreaType> {
    let (year, letters) = text.trim().strip_prefix("20")?.split_at_checked(2)?;
    AreaType::parse(&format!("{}{year}", letters.trim().trim_end_matches('s').to_lowercase())).ok()
}

fn figure(row: &Row, columns: &Columns, report: &mut Report) -> Figure {
    let value = row.number(&columns.years, report);
    let mut optional = |column: &Column| row.number(column, report).number().unwrap_or(f64::NAN);
    let (mut lower, mut upper) = (optional(&columns.lower), optional(&columns.upper));
    let (count, denominator) = (optional(&columns.deaths), optional(&columns.population));
    if let Some(years) = value.number()
        && (lower > years || upper < years)
    {
        let message = format!("expected limits around {years}, found {lower} to {upper}; the limits were left out");
        report.add(row.finding(Severity::Error, "limits", Some(&columns.lower), message));
        (lower, upper) = (f64::NAN, f64::NAN);
    }
    Figure { value, lower, upper, count, denominator }
}

fn measure() -> Measure {
    Measure {
        id: "life-expectancy".into(),
        name: "Life expectancy at birth".into(),
        short_name: "Life expectancy".into(),
        theme: "health".into(),
        definition:
            "How many years a baby would live on average if throughout its life it met the death rates that people of each age met here in this period.".into(),
        source: String::new(),
        fields: vec![Field {
            id: "years".into(),
            name: "years".into(),
            unit: "years".into(),
            decimals: 1,
            polarity: Polarity::HigherIsBetter,
            high_end: "longer lives".into(),
            low_end: "shorter lives".into(),
            scheme: "greens".into(),
        }],
    }
}

//! Sub-regional fuel poverty, Table 3: households and fuel-poor households by LSOA (published by BEIS, now by DESNZ).

use crate::import::error::ImportError;
use crate::import::figures::{AreaList, Figure, FigureColumn, FigureTable, LargerAreas, figures_from};
use crate::import::input::Input;
use crate::import::report::{Report, Severity};
use crate::import::row::{Cell, Table};
use crate::model::area::AreaType;
use crate::model::measure::{Field, FigureKind, Measure, Polarity, Series};

/// By how much a published percentage, which may be rounded to one decimal, may differ from its own counts.
const ROUNDING: f64 = 0.051;

/// Reads the share and number of households in fuel poverty. The header gives no year, so the recipe does.
///
/// # Errors
/// When it is not a table or lacks a column.
pub fn read(input: &Input, area_type: AreaType, period: &str, report: &mut Report) -> Result<FigureTable, ImportError> {
    let mut table = Table::open(input)?;
    let [code, households, poor, share] = table.require([
        &["LSOA Code", "lsoa11cd", "lsoa21cd"],
        &["Number of households"],
        &["Number of households in fuel poverty"],
        &["Proportion of households fuel poor (%)"],
    ])?;
    let mut areas = AreaList::default();
    let (mut shares, mut numbers) = (Vec::new(), Vec::new());
    while let Some(row) = table.next_row(report)? {
        if areas.add(&row, &code, report).is_none() {
            continue;
        }
        let (households, poor_cell) = (row.number(&households, report), row.number(&poor, report));
        let value = row.number(&share, report);
        let (count, denominator) = (poor_cell.number().unwrap_or(f64::NAN), households.number().unwrap_or(f64::NAN));
        if let Cell::Number(percent) = value
            && (100.0 * count / denominator - percent).abs() > ROUNDING
        {
            let message = format!("expected {:.3} % from {count} of {denominator} households, found {percent}; kept as published", 100.0 * count / denominator);
            report.add(row.finding(Severity::Warning, "share-against-counts", Some(&share), message));
        }
        shares.push(Figure { count, denominator, ..Figure::of(value) });
        numbers.push(Figure { denominator, ..Figure::of(poor_cell) });
    }
    let codes = areas.into_codes();
    report.count(input.name(), table.rows_read(), codes.len() as u64);
    let column = |field: &str, figures: Vec<Figure>, larger_areas| FigureColumn {
        series: Series {
            measure: "fuel-poverty".into(),
            field: field.into(),
            area_type,
            period: period.to_owned(),
            sex: None,
            age: None,
            kind: FigureKind::Modelled,
            note: Some("estimate by the publisher's model".into()),
            figures: figures_from(figures),
        },
        larger_areas,
    };
    let columns = vec![column("share", shares, LargerAreas::Ratio), column("number", numbers, LargerAreas::Sum)];
    Ok(FigureTable { file: input.name().into(), area_type, codes, measures: vec![measure()], columns })
}

fn measure() -> Measure {
    let field = |id: &str, name: &str, unit: &str, decimals| Field {
        id: id.into(),
        name: name.into(),
        unit: unit.into(),
        decimals,
        polarity: Polarity::HigherIsWorse,
        high_end: "more fuel poverty".into(),
        low_end: "less fuel poverty".into(),
        scheme: "oranges".into(),
    };
    Measure {
        id: "fuel-poverty".into(),
        name: "Households in fuel poverty".into(),
        short_name: "Fuel poverty".into(),
        theme: "housing".into(),
        definition: "Households in a home that is costly to heat who would be left on a low income after paying for the warmth they need \
                     (the measure called low income, low energy efficiency)."
            .into(),
        source: String::new(),
        fields: vec![field("share", "share of households", "%", 1), field("number", "households", "households", 0)],
    }
}

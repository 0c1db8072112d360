//! Charts of a profile: bars side by side, and bars parted into shares, each with its numbers beside it.

use super::page::{GREY, INK, RULE, Room, Type, WHITE, circle, drawn, filled, solid};
use super::symbols::polygon;
use super::text::{Piece, Row, Style, baseline};
use crate::model::style::Colour;
use crate::representation::figure::{Chart, ChartForm, ChartSeries};
use crate::representation::sheet::{Align, Mark, PathPart, Role, Stroke};

/// A chart with its heading, its legend and its sentence.
pub(super) fn pieces(chart: &Chart, width: f64, sizes: &Type) -> Vec<Piece> {
    let mut pieces = vec![Piece::heading(&chart.title, Style::bold(sizes.head), width, sizes.key * 1.8)];
    if !chart.unit.is_empty() {
        let unit = Piece::paragraph(&chart.unit, Style::plain(sizes.small).in_colour(GREY), width, 0.0);
        pieces.push(Piece { leads: true, ..unit });
    }
    let (legend, rows) = match chart.form {
        ChartForm::Bars if is_dense(chart) => (bars_legend(chart, width, sizes), marked_bars(chart, width, sizes)),
        ChartForm::Bars => (bars_legend(chart, width, sizes), bars(chart, width, sizes)),
        ChartForm::Parted => (parted_legend(chart, width, sizes), parted(chart, width, sizes)),
    };
    if !legend.is_empty() {
        let before = sizes.key * 0.3;
        pieces.push(Piece { role: Role::List, rows: legend, heads: 0, before, leads: true, whole: false });
    }
    pieces.push(Piece { role: Role::Figure(alternative(chart)), rows, heads: 0, before: sizes.key * 0.4, leads: !chart.sentence.is_empty(), whole: true });
    if !chart.sentence.is_empty() {
        pieces.push(Piece::paragraph(&chart.sentence, Style::plain(sizes.body), width, sizes.key * 0.4));
    }
    pieces
}

/// Every number of the chart in words.
fn alternative(chart: &Chart) -> String {
    let decimals = decimals_of(chart);
    let value = |value: Option<f64>| value.map_or_else(|| NOT_HELD.to_owned(), |value| said(value, chart.form, decimals));
    let category = |(place, category): (usize, &String)| {
        let series = chart.series.iter().map(|series| format!("{} {}", series.name, value(series.values.get(place).copied().flatten())));
        format!("{category}: {}", series.collect::<Vec<_>>().join(", "))
    };
    let unit = if chart.unit.is_empty() { String::new() } else { format!(", {}", chart.unit) };
    format!("Bar chart of {}{unit}. {}.", chart.title, chart.categories.iter().enumerate().map(category).collect::<Vec<_>>().join("; "))
}

const NOT_HELD: &str = "not held";

fn said(value: f64, form: ChartForm, decimals: usize) -> String {
    match form {
        ChartForm::Bars => number(value, decimals),
        ChartForm::Parted => format!("{:.0}%", value * 100.0),
    }
}

/// One decimal, unless every number is whole or large.
fn decimals_of(chart: &Chart) -> usize {
    let values = || chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let whole = values().all(|value| (value - value.round()).abs() < 1e-9);
    usize::from(!whole && !values().any(|value| value.abs() >= 1000.0))
}

/// A number with commas between thousands.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let zero = text.chars().all(|digit| matches!(digit, '0' | '.'));
    format!("{}{grouped}{rest}", if value < 0.0 && !zero { "−" } else { "" })
}

fn colour_of(series: &ChartSeries, category: usize) -> Colour {
    series.colours.get(category).or(series.colours.first()).copied().unwrap_or(INK)
}

/// Many categories: one bar each for the area in question, the others as marks on it, so that the whole can be seen at once.
fn is_dense(chart: &Chart) -> bool {
    chart.categories.len() > 8 && chart.series.len() > 1
}

/// One bar a category with marks of the other series; the number of the bar stands in a column.
fn marked_bars(chart: &Chart, width: f64, sizes: &Type) -> Vec<Row> {
    let style = Style::plain(sizes.small);
    let decimals = decimals_of(chart);
    let words =
        |series: &ChartSeries, place: usize| series.values.get(place).copied().flatten().map_or_else(|| NOT_HELD.to_owned(), |value| number(value, decimals));
    let labels = chart.categories.iter().map(|words| style.width(words)).fold(0.0, f64::max).min(width * 0.36);
    let written = (0..chart.categories.len()).filter_map(|place| chart.series.first().map(|series| style.width(&words(series, place)))).fold(0.0, f64::max);
    let left = labels + sizes.key * 0.8;
    let right = written + sizes.key * 0.9;
    let values = || chart.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let scale = if high - low > 0.0 { (width - left - right).max(10.0) / (high - low) } else { 0.0 };
    let at = |value: f64| left + (value - low) * scale;
    let row = |(place, category): (usize, &String)| {
        let lines = style.lines(category, labels.max(1.0));
        let text = Type::leading(sizes.small) * f64::from(u16::try_from(lines.len()).unwrap_or(u16::MAX));
        let height = text.max(sizes.small * 1.3) + sizes.small * 0.35;
        let mut marks = Vec::new();
        let mut y = (height - text) / 2.0 + baseline(sizes.small);
        let first = y;
        for line in lines {
            marks.push(style.text(line, labels, y, Align::End));
            y += Type::leading(sizes.small);
        }
        marks.push(drawn(vec![PathPart::Move(at(0.0), 0.0), PathPart::Line(at(0.0), height)], solid(RULE), 0.6));
        let middle = height / 2.0;
        for (number, series) in chart.series.iter().enumerate() {
            if let Some(value) = series.values.get(place).copied().flatten() {
                let colour = colour_of(series, place);
                if number == 0 {
                    let (from, to) = (at(value.min(0.0)), at(value.max(0.0)));
                    let room = Room { x: from, y: middle - sizes.small * 0.5, width: (to - from).max(0.4), height: sizes.small };
                    marks.push(filled(room.parts(), solid(colour)));
                } else {
                    marks.extend(mark_of(number, colour, at(value), middle, sizes.small));
                }
            }
        }
        if let Some(series) = chart.series.first() {
            marks.push(style.text(words(series, place), width, first, Align::End));
        }
        Row { marks, height, cells: Vec::new() }
    };
    chart.categories.iter().enumerate().map(row).collect()
}

/// The mark of a series on the bar of another: a stroke, a ring, then diamonds; edged with white, so that it is seen on the bar too.
fn mark_of(number: usize, colour: Colour, x: f64, y: f64, size: f64) -> Vec<Mark> {
    // Paler than this a mark would be lost on the paper.
    let colour = if colour.luminance() > 0.3 { GREY } else { colour };
    match number {
        1 => {
            let line = |half: f64| vec![PathPart::Move(x, y - half), PathPart::Line(x, y + half)];
            vec![drawn(line(size * 0.62), solid(WHITE), size * 0.42), drawn(line(size * 0.62), solid(INK), size * 0.22)]
        }
        2 => vec![edged(circle(x, y, size * 0.3), WHITE, colour, size * 0.18)],
        _ => {
            let half = size * 0.4;
            vec![edged(polygon(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)]), colour, WHITE, size * 0.1)]
        }
    }
}

fn edged(parts: Vec<PathPart>, fill: Colour, edge: Colour, width: f64) -> Mark {
    Mark::Path { parts, fill: Some(solid(fill)), stroke: Some(Stroke { paint: solid(edge), width, dashes: Vec::new(), round: false }) }
}

/// Groups of bars, one row a category.
fn bars(chart: &Chart, width: f64, sizes: &Type) -> Vec<Row> {
    let style = Style::plain(sizes.key);
    let figures = Style::plain(sizes.small);
    let decimals = decimals_of(chart);
    let labels = chart.categories.iter().map(|words| style.width(words)).fold(0.0, f64::max).min(width * 0.36);
    let values = || chart.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let written = values().map(|value| figures.width(&number(value, decimals))).fold(figures.width(NOT_HELD), f64::max) + sizes.key * 0.4;
    let left = labels + sizes.key * 0.8;
    let before_zero = if low < 0.0 { written } else { 0.0 };
    let span = (width - left - written - before_zero).max(10.0);
    let scale = if high - low > 0.0 { span / (high - low) } else { 0.0 };
    let zero = left + before_zero - low * scale;
    let bar = sizes.small * 1.12;
    let gap = sizes.small * 0.18;
    let row = |(place, category): (usize, &String)| {
        let lines = style.lines(category, labels.max(1.0));
        let count = f64::from(u16::try_from(chart.series.len()).unwrap_or(u16::MAX));
        let text = Type::leading(sizes.key) * f64::from(u16::try_from(lines.len()).unwrap_or(u16::MAX));
        let group = count * (bar + gap) - gap;
        let inner = group.max(text);
        let height = inner + sizes.key * 0.75;
        let mut marks = Vec::new();
        let mut y = (inner - text) / 2.0 + baseline(sizes.key) + 0.06 * sizes.key;
        for line in lines {
            marks.push(style.text(line, labels, y, Align::End));
            y += Type::leading(sizes.key);
        }
        let mut top = (inner - group) / 2.0;
        for series in &chart.series {
            let middle = top + bar / 2.0 + sizes.small * 0.357;
            match series.values.get(place).copied().flatten() {
                Some(value) => {
                    let (from, to) = if value < 0.0 { (zero + value * scale, zero) } else { (zero, zero + value * scale) };
                    let room = Room { x: from, y: top, width: (to - from).max(0.4), height: bar };
                    marks.push(filled(room.parts(), solid(colour_of(series, place))));
                    let (x, align) = if value < 0.0 { (from - sizes.key * 0.35, Align::End) } else { (to + sizes.key * 0.35, Align::Start) };
                    marks.push(figures.text(number(value, decimals), x, middle, align));
                }
                None => marks.push(figures.in_colour(GREY).text(NOT_HELD, zero + sizes.key * 0.35, middle, Align::Start)),
            }
            top += bar + gap;
        }
        marks.push(drawn(vec![PathPart::Move(zero, -sizes.key * 0.3), PathPart::Line(zero, inner + sizes.key * 0.45)], solid(RULE), 0.6));
        Row { marks, height, cells: Vec::new() }
    };
    chart.categories.iter().enumerate().map(row).collect()
}

/// One bar a series under its name.
fn parted(chart: &Chart, width: f64, sizes: &Type) -> Vec<Row> {
    let style = Style::plain(sizes.key);
    let figures = Style::plain(sizes.small);
    let bar = sizes.key * 1.6;
    let row = |series: &ChartSeries| {
        let mut marks = Vec::new();
        let mut y = baseline(sizes.key);
        for line in style.lines(&series.name, width) {
            marks.push(style.text(line, 0.0, y, Align::Start));
            y += Type::leading(sizes.key);
        }
        let top = y - baseline(sizes.key) + sizes.key * 0.15;
        let mut x = 0.0;
        // Shares that were rounded may add up to a little more than the bar.
        let whole = series.values.iter().flatten().filter(|value| **value > 0.0).sum::<f64>().max(1.0);
        for (place, value) in series.values.iter().enumerate() {
            let Some(value) = value.filter(|value| *value > 0.0) else { continue };
            let room = Room { x, y: top, width: value / whole * width, height: bar };
            let colour = colour_of(series, place);
            marks.push(edged(room.parts(), colour, WHITE, 0.7));
            let words = said(value, ChartForm::Parted, 0);
            if figures.width(&words) + sizes.small * 0.5 < room.width {
                let ink = if colour.luminance() < 0.3 { WHITE } else { INK };
                let (middle, _) = room.middle();
                marks.push(figures.in_colour(ink).text(words, middle, top + bar / 2.0 + sizes.small * 0.357, Align::Middle));
            }
            x += room.width;
        }
        if series.values.iter().all(Option::is_none) {
            marks.push(figures.in_colour(GREY).text(NOT_HELD, 0.0, top + bar / 2.0 + sizes.small * 0.357, Align::Start));
        }
        Row { marks, height: top + bar + sizes.key * 0.5, cells: Vec::new() }
    };
    chart.series.iter().map(row).collect()
}

fn bars_legend(chart: &Chart, width: f64, sizes: &Type) -> Vec<Row> {
    // Bars of one series need no legend; bars with a colour for each category are named by their categories.
    if chart.series.len() < 2 {
        return Vec::new();
    }
    let dense = is_dense(chart);
    legend(chart.series.iter().enumerate().map(|(number, series)| (colour_of(series, 0), if dense { number } else { 0 }, series.name.as_str())), width, sizes)
}

fn parted_legend(chart: &Chart, width: f64, sizes: &Type) -> Vec<Row> {
    let Some(first) = chart.series.first() else { return Vec::new() };
    legend(chart.categories.iter().enumerate().map(|(place, name)| (colour_of(first, place), 0, name.as_str())), width, sizes)
}

/// Swatches, or marks, with their names, as many to a line as find room.
fn legend<'c>(entries: impl Iterator<Item = (Colour, usize, &'c str)>, width: f64, sizes: &Type) -> Vec<Row> {
    let style = Style::plain(sizes.small);
    let (side, space) = (sizes.small * 0.95, sizes.small * 1.4);
    let leading = Type::leading(sizes.small) * 1.08;
    let mut rows: Vec<Row> = Vec::new();
    let mut x = f64::INFINITY;
    for (colour, mark, name) in entries {
        let indent = side + sizes.small * 0.45;
        let lines = style.lines(name, width - indent);
        let needed = indent + lines.iter().map(|line| style.width(line)).fold(0.0, f64::max);
        if x + needed > width {
            rows.push(Row { height: leading, ..Row::default() });
            x = 0.0;
        }
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                rows.push(Row { height: leading, ..Row::default() });
            }
            let Some(row) = rows.last_mut() else { continue };
            let y = baseline(sizes.small);
            if number == 0 && mark > 0 {
                row.marks.extend(mark_of(mark, colour, x + side / 2.0, y - sizes.small * 0.33, sizes.small));
            } else if number == 0 {
                let swatch = Room { x, y: y - sizes.small * 0.8, width: side, height: side };
                row.marks.push(filled(swatch.parts(), solid(colour)));
            }
            row.marks.push(style.text(line.as_str(), x + indent, y, Align::Start));
        }
        x += if lines.len() > 1 { width } else { needed + space };
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_and_a_true_minus() {
        assert_eq!(number(1_234_567.4, 0), "1,234,567");
        assert_eq!(number(-1234.56, 1), "−1,234.6");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(999.0, 0), "999");
    }
}

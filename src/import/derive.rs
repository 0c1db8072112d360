//! Figures in dataset order, and those of larger areas made from smaller ones by the rule that each column names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use geo_types::Point;

use super::figures::{Figure, FigureColumn, FigureTable, LargerAreas, figures_from, reordered};
use super::report::{Finding, Report, Severity};
use super::row::Cell;
use crate::model::area::{AreaCode, AreaKind, AreaType, CentroidKind};
use crate::model::crs::Bng;
use crate::model::edition::AreaLayer;
use crate::model::measure::{FigureKind, FigureStatus, Figures, Measure, Series};

/// z of a 95 % interval, which turns published limits back into a standard error.
const Z_95: f64 = 1.959_963_985;

/// All measures and series of the edition.
pub struct DerivedFigures {
    /// In the order of the recipe, only fields that are held somewhere.
    pub measures: Vec<Measure>,
    /// Published series in the order of the files, each followed by what was made from it.
    pub columns: Vec<FigureColumn>,
}

/// Brings tables into dataset order and makes the figures and centroids of larger areas.
pub fn derive(tables: Vec<FigureTable>, layers: &mut [AreaLayer], report: &mut Report) -> DerivedFigures {
    let mut measures: Vec<Measure> = Vec::new();
    let mut columns: Vec<FigureColumn> = Vec::new();
    for table in tables {
        for measure in &table.measures {
            add_measure(&mut measures, measure);
        }
        if let Some(layer) = layers.iter().find(|layer| layer.area_type == table.area_type) {
            columns.extend(in_dataset_order(table, layer, report));
        } else {
            let message = format!("figures of {}, which the edition does not hold; all were left out", table.area_type);
            report.add(Finding::of_file(Severity::Warning, "no-such-layer", &table.file, message));
        }
    }
    let residents = Residents::of(&columns, layers);
    weigh_centroids(layers, residents.as_ref());
    let mut held: BTreeSet<String> = columns.iter().map(|column| series_key(&column.series)).collect();
    let mut parts: BTreeMap<(AreaType, AreaType), Vec<Vec<usize>>> = BTreeMap::new();
    let mut with_larger = Vec::new();
    for column in &columns {
        with_larger.push(column.clone());
        for (from, to) in larger_layers(layers, column) {
            let parts = parts.entry((from.area_type, to.area_type)).or_insert_with(|| parts_of(from, to));
            let made = for_larger(column, &columns, &Larger { from, to, parts }, residents.as_ref());
            // What a file publishes, or what was made from smaller areas already, is not made again.
            if let Some(series) = made.filter(|series| held.insert(series_key(series))) {
                with_larger.push(FigureColumn { series, larger_areas: column.larger_areas.clone() });
            }
        }
    }
    for measure in &mut measures {
        measure.fields.retain(|field| with_larger.iter().any(|c| c.series.measure == measure.id && c.series.field == field.id));
    }
    measures.retain(|measure| !measure.fields.is_empty());
    DerivedFigures { measures, columns: with_larger }
}

fn add_measure(measures: &mut Vec<Measure>, measure: &Measure) {
    if let Some(held) = measures.iter_mut().find(|held| held.id == measure.id) {
        for field in &measure.fields {
            if held.field(&field.id).is_none() {
                held.fields.push(field.clone());
            }
        }
    } else {
        measures.push(measure.clone());
    }
}

fn series_key(series: &Series) -> String {
    let Series { measure, field, area_type, period, sex, age, .. } = series;
    format!("{measure}\t{field}\t{area_type}\t{period}\t{sex:?}\t{age:?}")
}

fn in_dataset_order(table: FigureTable, layer: &AreaLayer, report: &mut Report) -> Vec<FigureColumn> {
    let places: HashMap<AreaCode, usize> = table.codes.iter().enumerate().map(|(place, code)| (*code, place)).collect();
    let order: Vec<Option<usize>> = layer.areas.iter().map(|area| places.get(&area.code).copied()).collect();
    let matched = order.iter().flatten().count();
    let absent = layer.areas.iter().zip(&order).find(|(_, place)| place.is_none());
    if let Some((area, _)) = absent {
        let message = format!(
            "{} of {} {} areas have no row, the first is {}; their figures are not held",
            order.len() - matched,
            order.len(),
            layer.area_type,
            area.code
        );
        report.add(Finding::of_file(Severity::Warning, "areas-without-row", &table.file, message));
    }
    if matched < table.codes.len() {
        let message = format!("{} of {} areas lie outside the edition and were left out", table.codes.len() - matched, table.codes.len());
        report.add(Finding::of_file(Severity::Note, "areas-outside", &table.file, message));
    }
    let columns = table.columns.into_iter();
    columns
        .map(|mut column| {
            column.series.figures = reordered(&column.series.figures, &order);
            column
        })
        .collect()
}

/// The layers above a column's own that its rule can serve, with its own.
fn larger_layers<'l>(layers: &'l [AreaLayer], column: &FigureColumn) -> impl Iterator<Item = (&'l AreaLayer, &'l AreaLayer)> {
    let own = layers.iter().find(|layer| layer.area_type == column.series.area_type);
    let made = column.larger_areas != LargerAreas::NotMade;
    own.into_iter().filter(move |_| made).flat_map(|own| layers.iter().filter(move |layer| layer.area_type > own.area_type).map(move |layer| (own, layer)))
}

/// How many people live in each smallest area, by the population measure.
struct Residents {
    period: String,
    people: Vec<f64>,
    area_type: AreaType,
}

impl Residents {
    fn of(columns: &[FigureColumn], layers: &[AreaLayer]) -> Option<Self> {
        let smallest = layers.first()?.area_type;
        let is_total = |s: &Series| {
            s.measure == "population"
                && s.field == "number"
                && s.area_type == smallest
                && s.sex.is_none()
                && s.age.as_deref().is_none_or(|age| age == "all ages")
        };
        let series = columns.iter().map(|column| &column.series).rfind(|s| is_total(s))?;
        Some(Self { period: series.period.clone(), people: series.figures.value.clone(), area_type: smallest })
    }
}

/// The places of the smaller areas in each larger one.
fn parts_of(from: &AreaLayer, to: &AreaLayer) -> Vec<Vec<usize>> {
    let places: HashMap<AreaCode, usize> = to.areas.iter().enumerate().map(|(place, area)| (area.code, place)).collect();
    let mut parts = vec![Vec::new(); to.areas.len()];
    for (place, area) in from.areas.iter().enumerate() {
        let parent = area.parents.iter().find(|(area_type, _)| *area_type == to.area_type).and_then(|(_, code)| places.get(code));
        if let Some(&parent) = parent {
            parts[parent].push(place);
        }
    }
    parts
}

/// A larger area's point is the mean of the points in it, weighted by residents where they are known.
fn weigh_centroids(layers: &mut [AreaLayer], residents: Option<&Residents>) {
    let Some((smallest, larger)) = layers.split_first_mut() else { return };
    for layer in larger {
        for (parts, area) in parts_of(smallest, layer).into_iter().zip(&mut layer.areas) {
            let weighted = parts.iter().all(|part| smallest.areas[*part].centroid_kind == CentroidKind::PopulationWeighted);
            if area.centroid_kind == CentroidKind::PopulationWeighted || parts.is_empty() || !weighted {
                continue;
            }
            let weight = |part: usize| residents.map_or(1.0, |residents| residents.people[part].max(0.0));
            let sum: f64 = parts.iter().map(|part| weight(*part)).sum();
            if sum.is_nan() || sum <= 0.0 {
                continue;
            }
            let mean = |axis: fn(&Point<f64>) -> f64| parts.iter().map(|part| weight(*part) * axis(smallest.areas[*part].centroid.inner())).sum::<f64>() / sum;
            let (x, y) = (mean(|p| p.x()), mean(|p| p.y()));
            area.centroid = Bng(Point::new((x * 1000.0).round() / 1000.0, (y * 1000.0).round() / 1000.0));
            area.centroid_kind = CentroidKind::PopulationWeighted;
        }
    }
}

/// One larger area's figure, or why there is none: every part must hold one.
fn combine(figures: &Figures, parts: &[usize], make: impl FnOnce() -> Option<Figure>) -> Figure {
    let missing = |status: FigureStatus| Figure::of(Cell::Missing(status));
    let has = |status: FigureStatus| parts.iter().any(|part| figures.status[*part] == status);
    if parts.is_empty() || has(FigureStatus::NotHeld) {
        missing(FigureStatus::NotHeld)
    } else if has(FigureStatus::Suppressed) {
        missing(FigureStatus::Suppressed)
    } else if has(FigureStatus::NotApplicable) {
        missing(FigureStatus::NotApplicable)
    } else {
        make().unwrap_or(Figure::MISSING)
    }
}

fn total(column: Option<&Vec<f64>>, parts: &[usize]) -> Option<f64> {
    let column = column?;
    let sum: f64 = parts.iter().map(|part| column[*part]).sum();
    sum.is_finite().then_some(sum)
}

/// Larger areas, with the places of the smaller ones in each.
struct Larger<'l> {
    from: &'l AreaLayer,
    to: &'l AreaLayer,
    parts: &'l [Vec<usize>],
}

impl Larger<'_> {
    /// One figure for each larger area, made from its parts where all of them hold one.
    fn each(&self, figures: &Figures, make: impl Fn(&[usize]) -> Option<Figure>) -> Figures {
        figures_from(self.parts.iter().map(|parts| combine(figures, parts, || make(parts))))
    }

    /// What the smaller areas are called in notes.
    fn smaller(&self) -> &'static str {
        match self.from.area_type.kind {
            AreaKind::Lsoa => "LSOAs",
            AreaKind::Msoa => "MSOAs",
            _ => "the smaller areas",
        }
    }
}

/// The series of a larger area type, by the rule of the column; nothing where the rule cannot be followed.
fn for_larger(column: &FigureColumn, all: &[FigureColumn], larger: &Larger<'_>, residents: Option<&Residents>) -> Option<Series> {
    let figures = &column.series.figures;
    if figures.present() == 0 {
        return None;
    }
    let residents = residents.filter(|residents| residents.area_type == larger.from.area_type);
    let smaller = larger.smaller();
    let mut kind = FigureKind::Derived;
    let mut field = column.series.field.clone();
    let (note, figures) = match &column.larger_areas {
        LargerAreas::NotMade => return None,
        LargerAreas::Sum => (format!("sum of the figures of {smaller}"), larger.each(figures, |parts| sum(figures, parts))),
        LargerAreas::Ratio => {
            let made = larger.each(figures, |parts| share(total(figures.count.as_ref(), parts)?, total(figures.denominator.as_ref(), parts)?));
            (format!("worked out from the counts and denominators of {smaller}, added up"), made)
        }
        LargerAreas::WeightedMean { weights } => {
            let (people, by) = weights_of(figures, residents, weights)?;
            let made = larger.each(figures, |parts| weighted_mean(&figures.value, people, parts));
            (format!("population-weighted mean of the scores of {smaller}, weighted by {by}"), made)
        }
        LargerAreas::ShareInMostDeprivedFifth { people_of } => {
            let is_sibling = |s: &Series| (&s.measure, &s.field, s.area_type) == (&column.series.measure, people_of, larger.from.area_type);
            let sibling = all.iter().find(|column| is_sibling(&column.series))?;
            let LargerAreas::WeightedMean { weights } = &sibling.larger_areas else { return None };
            let (people, by) = weights_of(&sibling.series.figures, residents, weights)?;
            let most_deprived = |part: &&usize| figures.value[**part] <= 2.0;
            let made = larger.each(figures, |parts| share(parts.iter().filter(most_deprived).map(|part| people[*part]).sum(), total(Some(people), parts)?));
            "core20".clone_into(&mut field);
            (format!("share of people who live in {smaller} of national deciles 1 and 2, counted in {by}"), made)
        }
        LargerAreas::ApproximateMean => {
            kind = FigureKind::Approximate;
            let people = figures.denominator.as_ref()?;
            let note = format!(
                "person-weighted mean of the published values of {smaller}, with limits from their combined standard error; \
                 not held where the value of any of them is not held"
            );
            (note, larger.each(figures, |parts| approximate_mean(figures, people, parts)))
        }
    };
    let Series { measure, period, sex, age, .. } = column.series.clone();
    Some(Series { measure, field, area_type: larger.to.area_type, period, sex, age, kind, note: Some(note), figures })
}

/// A score's own denominators where they are held, else the residents of the population measure, and words for either.
fn weights_of<'f>(figures: &'f Figures, residents: Option<&'f Residents>, own: &str) -> Option<(&'f Vec<f64>, String)> {
    match (&figures.denominator, residents) {
        (Some(people), _) => Some((people, own.to_owned())),
        (None, Some(residents)) => {
            Some((&residents.people, format!("{} residents of all ages, because the denominators of the index itself are not held", residents.period)))
        }
        (None, None) => None,
    }
}

fn sum(figures: &Figures, parts: &[usize]) -> Option<Figure> {
    let value = total(Some(&figures.value), parts)?;
    let optional = |column: &Option<Vec<f64>>| total(column.as_ref(), parts).unwrap_or(f64::NAN);
    Some(Figure { count: optional(&figures.count), denominator: optional(&figures.denominator), ..Figure::of(Cell::Number(value)) })
}

fn share(count: f64, denominator: f64) -> Option<Figure> {
    // The sum of nobody is -0 in floating point, which would be printed with its sign.
    let count = count + 0.0;
    (denominator > 0.0 && count.is_finite()).then(|| Figure { count, denominator, ..Figure::of(Cell::Number(100.0 * count / denominator)) })
}

fn weighted_mean(values: &[f64], people: &[f64], parts: &[usize]) -> Option<Figure> {
    let denominator: f64 = parts.iter().map(|part| people[*part]).sum();
    let sum: f64 = parts.iter().map(|part| people[*part] * values[*part]).sum();
    (denominator > 0.0 && sum.is_finite()).then(|| Figure { denominator, ..Figure::of(Cell::Number(sum / denominator)) })
}

fn approximate_mean(figures: &Figures, people: &[f64], parts: &[usize]) -> Option<Figure> {
    let Figure { value, denominator, .. } = weighted_mean(&figures.value, people, parts)?;
    let number = value.number()?;
    let variance = figures.lower.as_ref().zip(figures.upper.as_ref()).map(|(lower, upper)| {
        let of = |part: &usize| (people[*part] / denominator * (upper[*part] - lower[*part]) / (2.0 * Z_95)).powi(2);
        parts.iter().map(of).sum::<f64>()
    });
    let half = variance.map_or(f64::NAN, |variance| Z_95 * variance.sqrt());
    let count = total(figures.count.as_ref(), parts).unwrap_or(f64::NAN);
    Some(Figure { value, lower: number - half, upper: number + half, count, denominator })
}

//! The card of one area: its place among the others, its residents, and every measure held with ranks among its parents.

use super::QueryError;
use super::held::held;
use super::view::area_of;
use crate::model::area::{Area, AreaCode, AreaType};
use crate::model::measure::{Field, FigureStatus, Figures, Measure, Polarity, Series};
use crate::store::{AreaRef, Layer, Store};

/// Everything said about one area.
#[derive(Debug, Clone)]
pub struct Card<'s> {
    /// Where it stands in the store.
    pub reference: AreaRef,
    /// Its layer.
    pub layer: &'s Layer,
    /// The area.
    pub area: &'s Area,
    /// The areas that contain it, smallest first.
    pub parents: Vec<(AreaType, &'s Area)>,
    /// The areas within it, by type.
    pub children: Vec<ChildCount>,
    /// Residents.
    pub population: Option<f64>,
    /// Every measure that is held for areas of its type.
    pub measures: Vec<CardMeasure<'s>>,
}

/// How many areas of a type lie within an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildCount {
    /// Their type.
    pub area_type: AreaType,
    /// Their number.
    pub areas: usize,
}

/// One measure on a card.
#[derive(Debug, Clone)]
pub struct CardMeasure<'s> {
    /// The measure.
    pub measure: &'s Measure,
    /// Its figures.
    pub figures: Vec<CardFigure<'s>>,
}

/// One figure on a card.
#[derive(Debug, Clone)]
pub struct CardFigure<'s> {
    /// The field.
    pub field: &'s Field,
    /// The column it stands in.
    pub series: &'s Series,
    /// The number, if there is one.
    pub value: Option<f64>,
    /// Why there is none.
    pub status: FigureStatus,
    /// Limits, numerator, denominator.
    pub lower: Option<f64>,
    /// Upper 95 % limit.
    pub upper: Option<f64>,
    /// Numerator.
    pub count: Option<f64>,
    /// Denominator.
    pub denominator: Option<f64>,
    /// Published national rank beside a score.
    pub rank: Option<f64>,
    /// Published national decile beside a score.
    pub decile: Option<f64>,
    /// How many areas are ranked nationally.
    pub ranked: Option<u32>,
    /// Its rank among the areas of its type within each parent.
    pub ranks: Vec<ParentRank<'s>>,
}

/// A rank within a parent: 1 = greatest need (or highest, of a measure without a better end).
#[derive(Debug, Clone, Copy)]
pub struct ParentRank<'s> {
    /// The parent's type.
    pub area_type: AreaType,
    /// The parent.
    pub parent: &'s Area,
    /// The rank; ties share the smaller one.
    pub rank: usize,
    /// How many areas hold a value.
    pub of: usize,
}

/// Makes the card of the area with this code.
///
/// # Errors
/// When the text is no code, or the edition has no such area.
pub fn card<'s>(store: &'s Store, code: &str) -> Result<Card<'s>, QueryError> {
    let expected = "the code of an area of this edition, such as one that search finds";
    let parsed = AreaCode::parse(code).map_err(|_| QueryError::unknown("code", code, expected))?;
    let reference = store.area_ref(parsed).ok_or_else(|| QueryError::unknown("code", code, expected))?;
    let layer = store.layer_at(usize::from(reference.layer));
    let place = reference.place as usize;
    let parents = layer.parents(place).iter().map(|parent| (store.layer_at(usize::from(parent.layer)).area_type(), area_of(store, *parent))).collect();
    let children = store
        .layers()
        .iter()
        .filter(|other| other.area_type() != layer.area_type())
        .filter_map(|other| Some(ChildCount { area_type: other.area_type(), areas: other.members_within(reference)?.len() }))
        .collect();
    let measures = store.measures().iter().map(|measure| card_measure(store, measure, layer, place)).filter(|one| !one.figures.is_empty()).collect();
    Ok(Card { reference, layer, area: &layer.areas()[place], parents, children, population: layer.population_at(place), measures })
}

fn card_measure<'s>(store: &'s Store, measure: &'s Measure, layer: &'s Layer, place: usize) -> CardMeasure<'s> {
    let beside_score = |field: &Field| measure.field("score").is_some() && (field.id == "rank" || field.id == "decile");
    let mut figures = Vec::new();
    for one in held(store, measure).iter().filter(|one| one.area_type == layer.area_type()) {
        for series in store.series_held(measure, one.field, layer.area_type()) {
            // Rank and decile stand beside the score; where the score is not held they speak for themselves.
            let score = store.companion(series, "score").and_then(|score| score.figures.value_at(place));
            if series.period == one.periods[0] && !(beside_score(one.field) && score.is_some()) {
                figures.push(card_figure(store, one.field, series, layer, place));
            }
        }
    }
    CardMeasure { measure, figures }
}

fn card_figure<'s>(store: &'s Store, field: &'s Field, series: &'s Series, layer: &'s Layer, place: usize) -> CardFigure<'s> {
    let figures = &series.figures;
    let beside = |id: &str| if field.id == "score" { store.companion(series, id).and_then(|series| series.figures.value_at(place)) } else { None };
    let value = figures.value_at(place);
    let ranks = match value {
        Some(value) if field.unit != "decile" => layer.parents(place).iter().map(|parent| parent_rank(store, field, series, layer, value, *parent)).collect(),
        _ => Vec::new(),
    };
    CardFigure {
        field,
        series,
        value,
        status: figures.status[place],
        lower: Figures::optional_at(figures.lower.as_ref(), place),
        upper: Figures::optional_at(figures.upper.as_ref(), place),
        count: Figures::optional_at(figures.count.as_ref(), place),
        denominator: Figures::optional_at(figures.denominator.as_ref(), place),
        rank: beside("rank"),
        decile: beside("decile"),
        ranked: store.ranked_nationally(series),
        ranks,
    }
}

fn parent_rank<'s>(store: &'s Store, field: &Field, series: &Series, layer: &Layer, value: f64, parent: AreaRef) -> ParentRank<'s> {
    let ahead = |other: f64| if field.polarity == Polarity::HigherIsBetter { other < value } else { other > value };
    let peers = layer.members_within(parent).unwrap_or_default().iter().filter_map(|&place| series.figures.value_at(place as usize));
    let (mut rank, mut of) = (1, 0);
    for other in peers {
        of += 1;
        rank += usize::from(ahead(other));
    }
    ParentRank { area_type: store.layer_at(usize::from(parent.layer)).area_type(), parent: area_of(store, parent), rank, of }
}

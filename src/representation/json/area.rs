//! The card of an area as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AreaTypeRef, Base, Provenance, six_decimals};
use crate::model::measure::{FigureStatus, Polarity, number_text};
use crate::query::{Card, CardFigure, CardMeasure, ParentRank};
use crate::representation::drawing::{lonlat_bounds_of_geometry, lonlat_point};
use crate::store::Store;

/// An area that contains the area.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParentRef {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Its type.
    pub area_type: String,
    /// Its type in words.
    pub type_name: &'static str,
}

/// How many areas of a type it contains.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChildrenRef {
    /// Their type.
    pub area_type: String,
    /// Their type in words.
    pub type_name: &'static str,
    /// How many.
    pub count: usize,
    /// Where they are listed.
    pub href: String,
}

/// Residents.
#[derive(Debug, Serialize, ToSchema)]
pub struct Residents {
    /// People.
    pub value: f64,
    /// When.
    pub period: String,
    /// The id of the source.
    pub source: String,
}

/// A rank among the areas of the same type within a parent.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankRef {
    /// The parent's code.
    pub code: String,
    /// The parent's name.
    pub name: String,
    /// The parent's type.
    pub area_type: String,
    /// The rank; ties share the smaller one.
    pub rank: usize,
    /// How many areas hold a value.
    pub of: usize,
    /// In words, with the direction.
    pub text: String,
}

/// One figure of the card.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureRef {
    /// The field.
    pub field: String,
    /// Its name.
    pub field_name: String,
    /// The unit.
    pub unit: String,
    /// Decimals that are printed.
    pub decimals: u8,
    /// The period.
    pub period: String,
    /// Whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<&'static str>,
    /// Age band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<String>,
    /// Counted, published, modelled, derived, approximate or estimated.
    pub kind: &'static str,
    /// The rule by which it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Lower 95 % limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// Upper 95 % limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// Numerator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<f64>,
    /// Denominator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<f64>,
    /// Published national rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<f64>,
    /// How many areas are ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_of: Option<u32>,
    /// The rank in words, with the direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_text: Option<String>,
    /// Published national decile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decile: Option<f64>,
    /// The decile in words, with the direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decile_text: Option<String>,
    /// What a high number means.
    pub high_end: String,
    /// What a low number means.
    pub low_end: String,
    /// Which end is better.
    pub polarity: &'static str,
    /// Ranks within the parents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranks: Vec<RankRef>,
}

/// One measure of the card.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardMeasureRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name where there is little room.
    pub short_name: String,
    /// Its theme.
    pub theme: String,
    /// The id of its source.
    pub source: String,
    /// Its figures.
    pub values: Vec<FigureRef>,
}

/// Everything said about one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaCard {
    /// Its code.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Its type.
    pub area_type: AreaTypeRef,
    /// The areas that contain it, smallest first.
    pub parents: Vec<ParentRef>,
    /// The areas within it.
    pub children: Vec<ChildrenRef>,
    /// Residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<Residents>,
    /// Longitude, latitude of its representative point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centroid: Option<[f64; 2]>,
    /// West, south, east, north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    /// The id of its feature in vector tiles.
    pub index: u32,
    /// Every measure held for areas of its type.
    pub measures: Vec<CardMeasureRef>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl AreaCard {
    /// A card as an answer.
    #[must_use]
    pub fn new(store: &Store, card: &Card<'_>, base: &Base) -> Self {
        let area_type = card.layer.area_type();
        let code = card.area.code.to_string();
        let population = card.population.zip(store.population_period()).zip(store.population_source());
        let sources = card.measures.iter().map(|one| one.measure.source.as_str()).chain([card.layer.source()]);
        let links = vec![
            base.link(&format!("/api/areas/{code}"), "self", "application/json"),
            base.link(&format!("/api/collections/{area_type}/items/{code}"), "item", "application/geo+json"),
        ];
        let parents = card.parents.iter().map(|(parent_type, area)| ParentRef {
            code: area.code.to_string(),
            name: area.name.clone(),
            alias: area.alias.clone(),
            area_type: parent_type.to_string(),
            type_name: parent_type.kind.singular(),
        });
        let children = card.children.iter().map(|child| ChildrenRef {
            area_type: child.area_type.to_string(),
            type_name: if child.areas == 1 { child.area_type.kind.singular() } else { child.area_type.kind.plural() },
            count: child.areas,
            href: base.href(&format!("/api/collections/{}/items?within={code}", child.area_type)),
        });
        Self {
            name: card.area.name.clone(),
            alias: card.area.alias.clone(),
            area_type: AreaTypeRef::new(area_type),
            parents: parents.collect(),
            children: children.collect(),
            population: population.map(|((value, period), source)| Residents { value, period: period.to_owned(), source: source.id.clone() }),
            centroid: lonlat_point(&card.area.centroid).map(|point| [six_decimals(point.x()), six_decimals(point.y())]),
            bbox: lonlat_bounds_of_geometry(&card.area.geometry),
            index: card.reference.place,
            measures: card.measures.iter().map(|measure| card_measure(measure, area_type.kind.plural())).collect(),
            provenance: Provenance::of(store, sources, links),
            code,
        }
    }
}

fn card_measure(one: &CardMeasure<'_>, plural: &str) -> CardMeasureRef {
    let measure = one.measure;
    CardMeasureRef {
        id: measure.id.clone(),
        name: measure.name.clone(),
        short_name: measure.short_name.clone(),
        theme: measure.theme.clone(),
        source: measure.source.clone(),
        values: one.figures.iter().map(|figure| figure_ref(figure, plural)).collect(),
    }
}

fn figure_ref(figure: &CardFigure<'_>, plural: &str) -> FigureRef {
    let (field, series) = (figure.field, figure.series);
    let rank_text = figure.rank.map(|rank| match figure.ranked {
        Some(of) => format!("{} of {} in England (1 = most deprived)", number_text(rank, 0), number_text(f64::from(of), 0)),
        None => format!("{} in England (1 = most deprived)", number_text(rank, 0)),
    });
    FigureRef {
        field: field.id.clone(),
        field_name: field.name.clone(),
        unit: field.unit.clone(),
        decimals: field.decimals,
        period: series.period.clone(),
        sex: series.sex.map(|sex| sex.id()),
        age: series.age.clone(),
        kind: series.kind.id(),
        note: series.note.clone(),
        value: figure.value,
        status: (figure.status != FigureStatus::Present).then(|| figure.status.id()),
        lower: figure.lower,
        upper: figure.upper,
        count: figure.count,
        denominator: figure.denominator,
        rank: figure.rank,
        rank_of: figure.rank.and(figure.ranked),
        rank_text,
        decile: figure.decile,
        decile_text: figure.decile.map(|decile| format!("decile {decile:.0} (1 = most deprived tenth of England)")),
        high_end: field.high_end.clone(),
        low_end: field.low_end.clone(),
        polarity: field.polarity.id(),
        ranks: figure.ranks.iter().map(|rank| rank_ref(rank, figure, plural)).collect(),
    }
}

fn rank_ref(rank: &ParentRank<'_>, figure: &CardFigure<'_>, plural: &str) -> RankRef {
    let first = match figure.field.polarity {
        Polarity::HigherIsWorse => &figure.field.high_end,
        Polarity::HigherIsBetter => &figure.field.low_end,
        Polarity::Neutral => "highest",
    };
    // "1 = more deprived" would leave the reader to guess: the first of a ranking is the most.
    let first = first.replacen("more ", "most ", 1).replacen("less ", "least ", 1);
    let parent = rank.parent.alias.as_deref().unwrap_or(&rank.parent.name);
    RankRef {
        code: rank.parent.code.to_string(),
        name: rank.parent.name.clone(),
        area_type: rank.area_type.to_string(),
        rank: rank.rank,
        of: rank.of,
        text: format!("{} of {} {plural} in {parent} (1 = {first})", number_text_of(rank.rank), number_text_of(rank.of)),
    }
}

fn number_text_of(count: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of areas are far below 2^52")]
    number_text(count as f64, 0)
}

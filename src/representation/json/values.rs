//! The figures of a view as rows: one per area, in dataset order.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Base, Provenance};
use crate::model::measure::FigureStatus;
use crate::query::{Classification, Row, View};
use crate::store::Store;

/// Which figures an answer is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureRef {
    /// The measure's id.
    pub id: String,
    /// The field's id.
    pub field: String,
    /// The measure's name.
    pub name: String,
    /// The field's name.
    pub field_name: String,
    /// Measure, field, sex and age in one line.
    pub label: String,
    /// The unit of the values.
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
    /// The rule by which the figures were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Which end is better.
    pub polarity: &'static str,
    /// What a high number means.
    pub high_end: String,
    /// What a low number means.
    pub low_end: String,
}

impl MeasureRef {
    /// Of a view.
    #[must_use]
    pub fn new(view: &View<'_>) -> Self {
        let (measure, field, series) = (view.measure, view.field, view.series);
        let words = [series.sex.map(|sex| sex.id()), series.age.as_deref()];
        let mut label = format!("{}: {}", measure.name, field.name);
        for word in words.into_iter().flatten() {
            label.push_str(", ");
            label.push_str(word);
        }
        Self {
            id: measure.id.clone(),
            field: field.id.clone(),
            name: measure.name.clone(),
            field_name: field.name.clone(),
            label,
            unit: field.unit.clone(),
            decimals: field.decimals,
            period: series.period.clone(),
            sex: series.sex.map(|sex| sex.id()),
            age: series.age.clone(),
            kind: series.kind.id(),
            note: series.note.clone(),
            polarity: field.polarity.id(),
            high_end: field.high_end.clone(),
            low_end: field.low_end.clone(),
        }
    }
}

/// Which part of the edition an answer is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtentRef {
    /// In words.
    pub label: String,
    /// The codes asked for; empty for the whole edition.
    pub codes: Vec<String>,
}

impl ExtentRef {
    /// Of a view.
    #[must_use]
    pub fn new(store: &Store, view: &View<'_>) -> Self {
        let code = |area: &crate::store::AreaRef| store.layer_at(usize::from(area.layer)).areas()[area.place as usize].code.to_string();
        Self { label: view.extent.label.clone(), codes: view.extent.areas.iter().map(code).collect() }
    }
}

/// A code with its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedCode<'s> {
    /// The code.
    pub code: &'s str,
    /// The name.
    pub name: &'s str,
}

/// The figures of one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueRow<'s> {
    /// The id of its feature in vector tiles: its position in the collection.
    pub index: usize,
    /// Its code.
    pub code: &'s str,
    /// Its name.
    pub name: &'s str,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<&'s str>,
    /// The district it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<NamedCode<'s>>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Why there is none: `suppressed`, `not_held` or `not_applicable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Its class, as a position in the classes of the same view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<usize>,
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
    /// Published national rank, 1 = most deprived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<f64>,
    /// Published national decile, 1 = most deprived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decile: Option<f64>,
    /// Residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<f64>,
}

impl<'s> ValueRow<'s> {
    /// Of a row of a view.
    #[must_use]
    pub fn new(store: &'s Store, view: &View<'s>, row: &Row<'s>, classification: Option<&Classification<'s>>) -> Self {
        let district = store.district_of(view.layer, row.place);
        Self {
            index: row.place,
            code: row.area.code.as_str(),
            name: &row.area.name,
            alias: row.area.alias.as_deref(),
            district: district.map(|area| NamedCode { code: area.code.as_str(), name: &area.name }),
            value: row.value,
            status: (row.status != FigureStatus::Present).then(|| row.status.id()),
            class: classification.and_then(|classification| classification.class_of(row)),
            lower: row.lower,
            upper: row.upper,
            count: row.count,
            denominator: row.denominator,
            rank: row.rank,
            decile: row.decile,
            population: row.population,
        }
    }
}

/// How many areas the country ranks.
#[derive(Debug, Serialize, ToSchema)]
pub struct NationalRef {
    /// Areas ranked.
    pub rank_of: u32,
    /// In words.
    pub label: String,
}

/// The figures of a view.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValuesAnswer<'s> {
    /// Which figures.
    pub measure: MeasureRef,
    /// Of which areas.
    pub area_type: String,
    /// Where.
    pub extent: ExtentRef,
    /// How many areas the country ranks, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national: Option<NationalRef>,
    /// One row per area, in dataset order.
    pub values: Vec<ValueRow<'s>>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl<'s> ValuesAnswer<'s> {
    /// The rows of a view; with a classification, each with its class. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &'s Store, view: &View<'s>, classification: Option<&Classification<'s>>, base: &Base, own: &str) -> Self {
        let national = store.ranked_nationally(view.series).map(|rank_of| NationalRef {
            rank_of,
            label: format!(
                "1 = most deprived of {} {} areas in England",
                crate::model::measure::number_text(f64::from(rank_of), 0),
                view.layer.area_type().exact_term()
            ),
        });
        let links = vec![base.link(own, "self", "application/json")];
        Self {
            measure: MeasureRef::new(view),
            area_type: view.layer.area_type().to_string(),
            extent: ExtentRef::new(store, view),
            national: national.filter(|_| view.measure.field("rank").is_some()),
            values: view.rows().map(|row| ValueRow::new(store, view, &row, classification)).collect(),
            provenance: Provenance::of(store, [view.measure.source.as_str(), view.layer.source()], links),
        }
    }
}

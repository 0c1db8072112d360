//! Measures as answers: what can be mapped, on which areas, with which classes.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Base, Provenance};
use crate::model::measure::{Field, Measure, THEMES};
use crate::query::{Held, default_method, held};
use crate::store::Store;

/// A heading under which measures stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThemeRef {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// A field of a measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldRef {
    /// `score`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `score`, `rank`, `decile`, `years`, `%`, `people`, `households`.
    pub unit: String,
    /// Decimals that are printed.
    pub decimals: u8,
    /// `higher-is-worse`, `higher-is-better` or `none`.
    pub polarity: &'static str,
    /// What a high number means.
    pub high_end: String,
    /// What a low number means.
    pub low_end: String,
    /// The colour scheme that a map opens with.
    pub scheme: String,
}

impl FieldRef {
    fn new(field: &Field) -> Self {
        Self {
            id: field.id.clone(),
            name: field.name.clone(),
            unit: field.unit.clone(),
            decimals: field.decimals,
            polarity: field.polarity.id(),
            high_end: field.high_end.clone(),
            low_end: field.low_end.clone(),
            scheme: field.scheme.clone(),
        }
    }
}

/// What is held of a field for one area type.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRef {
    /// The area type.
    pub area_type: String,
    /// The field.
    pub field: String,
    /// How the figures came to be.
    pub kind: &'static str,
    /// By which rule, where they were not simply published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Periods, latest first.
    pub periods: Vec<String>,
    /// Sexes, where the measure distinguishes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sexes: Vec<&'static str>,
    /// Age bands, where the measure distinguishes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ages: Vec<String>,
    /// Class methods that can be used.
    pub methods: Vec<&'static str>,
    /// The class method that a map opens with.
    pub default_method: &'static str,
}

impl HeldRef {
    fn new(held: &Held<'_>) -> Self {
        Self {
            area_type: held.area_type.to_string(),
            field: held.field.id.clone(),
            kind: held.kind.id(),
            note: held.note.map(str::to_owned),
            periods: held.periods.iter().map(|period| (*period).to_owned()).collect(),
            sexes: held.sexes.iter().map(|sex| sex.id()).collect(),
            ages: held.ages.iter().map(|age| (*age).to_owned()).collect(),
            methods: held.methods.iter().map(|method| method.id()).collect(),
            default_method: default_method(&held.methods).id(),
        }
    }
}

/// One measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureDescription {
    /// `imd-2019`.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The name where there is little room.
    pub short_name: String,
    /// Its theme.
    pub theme: String,
    /// What it measures.
    pub definition: String,
    /// The id of its source.
    pub source: String,
    /// The field that is meant when none is named.
    pub default_field: String,
    /// Its fields.
    pub fields: Vec<FieldRef>,
    /// What is held, by area type and field.
    pub held: Vec<HeldRef>,
}

impl MeasureDescription {
    fn new(store: &Store, measure: &Measure) -> Self {
        let held = held(store, measure);
        let default_field = measure.fields.iter().find(|field| held.iter().any(|one| one.field.id == field.id)).or(measure.fields.first());
        Self {
            id: measure.id.clone(),
            name: measure.name.clone(),
            short_name: measure.short_name.clone(),
            theme: measure.theme.clone(),
            definition: measure.definition.clone(),
            source: measure.source.clone(),
            default_field: default_field.map(|field| field.id.clone()).unwrap_or_default(),
            fields: measure.fields.iter().map(FieldRef::new).collect(),
            held: held.iter().map(HeldRef::new).collect(),
        }
    }
}

/// All measures.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasuresAnswer {
    /// Themes in reading order, only those with measures.
    pub themes: Vec<ThemeRef>,
    /// The measures.
    pub measures: Vec<MeasureDescription>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl MeasuresAnswer {
    /// All measures of a store.
    #[must_use]
    pub fn new(store: &Store, base: &Base) -> Self {
        let themes = THEMES.iter().filter(|(id, _)| store.measures().iter().any(|measure| measure.theme == *id)).map(|&(id, name)| ThemeRef { id, name });
        let links = vec![base.link("/api/measures", "self", "application/json")];
        let sources = store.measures().iter().map(|measure| measure.source.as_str());
        Self {
            themes: themes.collect(),
            measures: store.measures().iter().map(|measure| MeasureDescription::new(store, measure)).collect(),
            provenance: Provenance::of(store, sources, links),
        }
    }
}

/// One measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureAnswer {
    /// The measure.
    pub measure: MeasureDescription,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl MeasureAnswer {
    /// One measure of a store.
    #[must_use]
    pub fn new(store: &Store, measure: &Measure, base: &Base) -> Self {
        let path = format!("/api/measures/{}", measure.id);
        let json = "application/json";
        let links = vec![
            base.link(&path, "self", json),
            base.link(&format!("{path}/values"), "http://www.opengis.net/def/rel/ogc/1.0/data", json),
            base.link(&format!("{path}/classes"), "related", json),
            base.link("/api/measures", "up", json),
        ];
        Self { measure: MeasureDescription::new(store, measure), provenance: Provenance::of(store, [measure.source.as_str()], links) }
    }
}

//! What of a measure can be mapped: for which area types, periods, sexes and ages, and with which classes.

use crate::model::area::AreaType;
use crate::model::measure::{Field, FigureKind, Measure, Series, Sex};
use crate::model::style::ClassMethod;
use crate::store::{Layer, Store};

/// One field of a measure on one area type.
#[derive(Debug, Clone)]
pub struct Held<'s> {
    /// The area type.
    pub area_type: AreaType,
    /// The field.
    pub field: &'s Field,
    /// How the figures came to be.
    pub kind: FigureKind,
    /// The rule by which they were made, where they were not simply published.
    pub note: Option<&'s str>,
    /// Periods, latest first.
    pub periods: Vec<&'s str>,
    /// Sexes, where the measure distinguishes.
    pub sexes: Vec<Sex>,
    /// Age bands, where the measure distinguishes.
    pub ages: Vec<&'s str>,
    /// The class methods that can be used.
    pub methods: Vec<ClassMethod>,
}

/// Everything that is held of a measure, smallest areas first, fields in their order.
#[must_use]
pub fn held<'s>(store: &'s Store, measure: &'s Measure) -> Vec<Held<'s>> {
    let types = store.layers().iter().map(Layer::area_type);
    types.flat_map(|area_type| measure.fields.iter().filter_map(move |field| one_held(store, measure, field, area_type))).collect()
}

fn one_held<'s>(store: &'s Store, measure: &'s Measure, field: &'s Field, area_type: AreaType) -> Option<Held<'s>> {
    let mut series = store.series_held(measure, field, area_type);
    // A column without a single number is no offer.
    series.retain(|one| one.figures.present() > 0);
    let first = series.first()?;
    let mut periods = unique(series.iter().map(|one| one.period.as_str()));
    periods.sort_unstable_by(|a, b| b.cmp(a));
    Some(Held {
        area_type,
        field,
        kind: first.kind,
        note: first.note.as_deref(),
        periods,
        sexes: unique(series.iter().filter_map(|one| one.sex)),
        ages: unique(series.iter().filter_map(|one| one.age.as_deref())),
        methods: methods(store, first),
    })
}

/// The class methods that can be used for a series; those that need the whole country only where its breaks are kept.
#[must_use]
pub fn methods(store: &Store, series: &Series) -> Vec<ClassMethod> {
    // A published decile is a class of the country by itself.
    let is_decile = series.field == "decile";
    let possible = |method: &ClassMethod| match method {
        ClassMethod::NationalQuintiles => is_decile || store.national_breaks(series, 5).is_some(),
        ClassMethod::NationalDeciles => is_decile || store.national_breaks(series, 10).is_some(),
        _ => true,
    };
    ClassMethod::ALL.into_iter().filter(possible).collect()
}

/// The method that a map opens with.
#[must_use]
pub fn default_method(methods: &[ClassMethod]) -> ClassMethod {
    if methods.contains(&ClassMethod::NationalQuintiles) { ClassMethod::NationalQuintiles } else { ClassMethod::Quantiles }
}

/// The list without repetitions, in the order of first appearance.
fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

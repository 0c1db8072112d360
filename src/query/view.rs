//! A view: one field of one measure over the areas of one type, within an extent. Maps, tables and keys all start here.

use super::QueryError;
use super::held::held;
use crate::model::area::{Area, AreaCode, AreaType};
use crate::model::measure::{Field, FigureStatus, Figures, Measure, Series, Sex};
use crate::store::{AreaRef, Layer, Members, Store};

/// A view as a link names it.
#[derive(Debug, Clone, Default)]
pub struct ViewRequest {
    /// `imd-2019` or `imd-2019.score`.
    pub measure: String,
    /// `lsoa11`; the smallest type that holds the field otherwise.
    pub area_type: Option<String>,
    /// Area codes; empty means the whole edition.
    pub within: Vec<String>,
    /// The latest otherwise.
    pub period: Option<String>,
    /// Persons otherwise, or the first held.
    pub sex: Option<String>,
    /// All ages otherwise, or the first held.
    pub age: Option<String>,
}

/// Which part of the edition is meant.
#[derive(Debug, Clone)]
pub struct Extent {
    /// The areas named; empty for the whole edition.
    pub areas: Vec<AreaRef>,
    /// In words: `Melton and Rutland`.
    pub label: String,
    /// The places of the layer that lie within.
    pub members: Members,
}

/// A view, found in the store.
#[derive(Debug, Clone)]
pub struct View<'s> {
    /// The measure.
    pub measure: &'s Measure,
    /// Its field.
    pub field: &'s Field,
    /// The areas.
    pub layer: &'s Layer,
    /// The figures.
    pub series: &'s Series,
    /// Where.
    pub extent: Extent,
    /// The published national rank beside a score.
    pub rank: Option<&'s Series>,
    /// The published national decile beside a score.
    pub decile: Option<&'s Series>,
}

/// One area of a view with its figures.
#[derive(Debug, Clone, Copy)]
pub struct Row<'s> {
    /// Position in dataset order.
    pub place: usize,
    /// The area.
    pub area: &'s Area,
    /// The number, if there is one.
    pub value: Option<f64>,
    /// Why there is none.
    pub status: FigureStatus,
    /// Lower 95 % limit.
    pub lower: Option<f64>,
    /// Upper 95 % limit.
    pub upper: Option<f64>,
    /// Numerator.
    pub count: Option<f64>,
    /// Denominator.
    pub denominator: Option<f64>,
    /// National rank, 1 = most deprived.
    pub rank: Option<f64>,
    /// National decile, 1 = most deprived.
    pub decile: Option<f64>,
    /// Residents.
    pub population: Option<f64>,
}

impl<'s> View<'s> {
    /// The figures of one place.
    #[must_use]
    pub fn row(&self, place: usize) -> Row<'s> {
        let figures: &Figures = &self.series.figures;
        Row {
            place,
            area: &self.layer.areas()[place],
            value: figures.value_at(place),
            status: figures.status[place],
            lower: Figures::optional_at(figures.lower.as_ref(), place),
            upper: Figures::optional_at(figures.upper.as_ref(), place),
            count: Figures::optional_at(figures.count.as_ref(), place),
            denominator: Figures::optional_at(figures.denominator.as_ref(), place),
            rank: self.rank.and_then(|series| series.figures.value_at(place)),
            decile: self.decile.and_then(|series| series.figures.value_at(place)),
            population: self.layer.population_at(place),
        }
    }

    /// The rows of the extent in dataset order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'s>> + '_ {
        self.extent.members.iter().map(|place| self.row(place))
    }
}

/// Finds a view.
///
/// # Errors
/// When a name is unknown, or the measure is not held as asked.
pub fn view<'s>(store: &'s Store, request: &ViewRequest) -> Result<View<'s>, QueryError> {
    let (measure, field) = measure_and_field(store, &request.measure)?;
    let area_type = match &request.area_type {
        Some(text) => known_area_type(store, text)?,
        None => smallest_held(store, measure, field)?,
    };
    let series = store.series_held(measure, field, area_type);
    if series.is_empty() {
        let expected = held(store, measure).iter().filter(|one| one.field.id == field.id).map(|one| one.area_type.to_string()).collect::<Vec<_>>();
        let expected = if expected.is_empty() { "another field".to_owned() } else { expected.join(", ") };
        return Err(QueryError::NotHeldFor { measure: format!("{}.{}", measure.id, field.id), area_type, expected });
    }
    let series = one_series(&series, request)?;
    let (position, layer) = store.layer(area_type).ok_or_else(|| QueryError::unknown("area-type", &area_type.to_string(), "an area type of the edition"))?;
    let extent = extent(store, position, &request.within)?;
    let beside = |id: &str| if field.id == "score" { store.companion(series, id) } else { None };
    Ok(View { measure, field, layer, series, extent, rank: beside("rank"), decile: beside("decile") })
}

fn measure_and_field<'s>(store: &'s Store, name: &str) -> Result<(&'s Measure, &'s Field), QueryError> {
    let (id, field) = name.split_once('.').map_or((name, None), |(id, field)| (id, Some(field)));
    let id = id.trim().to_ascii_lowercase();
    let known = || store.measures().iter().map(|measure| measure.id.as_str()).collect::<Vec<_>>().join(", ");
    let measure = store.measure(&id).ok_or_else(|| QueryError::unknown("measure", name, format!("one of the measures {}", known())))?;
    let field = match field {
        None => measure.fields.iter().find(|field| held(store, measure).iter().any(|one| one.field.id == field.id)).or(measure.fields.first()),
        Some(field) => measure.field(&field.to_ascii_lowercase()).map(|(_, field)| field),
    };
    let fields = || measure.fields.iter().map(|field| format!("{}.{}", measure.id, field.id)).collect::<Vec<_>>().join(", ");
    field.map(|field| (measure, field)).ok_or_else(|| QueryError::unknown("measure", name, format!("one of the fields {}", fields())))
}

/// The area type of this name, if the edition has such areas.
fn known_area_type(store: &Store, text: &str) -> Result<AreaType, QueryError> {
    let known = AreaType::parse(text).ok().filter(|area_type| store.layer(*area_type).is_some());
    known.ok_or_else(|| {
        let types = store.layers().iter().map(|layer| layer.area_type().to_string()).collect::<Vec<_>>().join(", ");
        QueryError::unknown("area-type", text, format!("one of the area types {types}"))
    })
}

fn smallest_held(store: &Store, measure: &Measure, field: &Field) -> Result<AreaType, QueryError> {
    let types = store.layers().iter().map(Layer::area_type);
    types
        .into_iter()
        .find(|area_type| !store.series_held(measure, field, *area_type).is_empty())
        .ok_or_else(|| QueryError::unknown("measure", &format!("{}.{}", measure.id, field.id), "a field that the edition holds"))
}

/// Picks by period, sex and age; without a word for one, the usual one: the latest period, persons, all ages.
fn one_series<'s>(series: &[&'s Series], request: &ViewRequest) -> Result<&'s Series, QueryError> {
    let list = |words: Vec<String>| {
        let mut words = words;
        words.dedup();
        if words.is_empty() { "no such parameter for this measure".to_owned() } else { format!("one of {}", words.join(", ")) }
    };
    let sex = match &request.sex {
        None => None,
        Some(text) => {
            let known = Sex::parse(text).filter(|sex| series.iter().any(|one| one.sex == Some(*sex)));
            let expected = || list(series.iter().filter_map(|one| one.sex).map(|sex| sex.to_string()).collect());
            Some(known.ok_or_else(|| QueryError::unknown("sex", text, expected()))?)
        }
    };
    let mut left: Vec<&Series> = series.iter().copied().filter(|one| sex.is_none_or(|sex| one.sex == Some(sex))).collect();
    if let Some(age) = &request.age {
        let expected = list(left.iter().filter_map(|one| one.age.clone()).collect());
        left.retain(|one| one.age.as_deref().is_some_and(|held| held.eq_ignore_ascii_case(age.trim())));
        if left.is_empty() {
            return Err(QueryError::unknown("age", age, expected));
        }
    }
    if let Some(period) = &request.period {
        let expected = list(left.iter().map(|one| one.period.clone()).collect());
        left.retain(|one| one.period.eq_ignore_ascii_case(period.trim()));
        if left.is_empty() {
            return Err(QueryError::unknown("period", period, expected));
        }
    }
    let usual = |one: &&Series| {
        let sex = one.sex.is_some_and(|sex| sex != Sex::Persons);
        let age = one.age.as_deref().is_some_and(|age| age != "all ages");
        (sex, age)
    };
    let least = left.iter().map(usual).min();
    let best = left.into_iter().filter(|one| Some(usual(one)) == least);
    // Of several periods the latest; of equals the first of the dataset.
    let latest = best.fold(None, |kept: Option<&Series>, one| match kept {
        Some(kept) if kept.period >= one.period => Some(kept),
        _ => Some(one),
    });
    latest.ok_or_else(|| QueryError::unknown("sex", "", "a combination of period, sex and age that the edition holds"))
}

/// The places of a layer within the areas of these codes; the whole layer without codes.
///
/// # Errors
/// When a code is unknown, or no area of the layer lies within it.
pub fn extent(store: &Store, layer: usize, within: &[String]) -> Result<Extent, QueryError> {
    let layer = store.layer_at(layer);
    if within.is_empty() {
        let all = u32::try_from(layer.areas().len()).expect("a layer has fewer than 2^32 areas");
        return Ok(Extent { areas: Vec::new(), label: store.title().to_owned(), members: Members::All(all) });
    }
    let mut areas = Vec::with_capacity(within.len());
    let mut places = Vec::new();
    for text in within {
        let code = AreaCode::parse(text).map_err(|error| QueryError::unknown("within", &error.found, "area codes such as E07000133, with commas between"))?;
        let area = store.area_ref(code).ok_or_else(|| QueryError::unknown("within", text, "the code of an area of this edition"))?;
        let members = layer.members_within(area).ok_or_else(|| QueryError::Unfit {
            parameter: "within",
            found: format!("{code}, which contains no {}", layer.area_type().exact_term()),
            expected: format!("an area that contains areas of type {}", layer.area_type()),
        })?;
        if !areas.contains(&area) {
            places.extend_from_slice(members);
            areas.push(area);
        }
    }
    places.sort_unstable();
    places.dedup();
    let names: Vec<&str> = areas.iter().map(|area| area_of(store, *area).name.as_str()).collect();
    let label = match names.as_slice() {
        [] => store.title().to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    Ok(Extent { areas, label, members: Members::Some(places) })
}

/// The area behind a reference.
pub(super) fn area_of(store: &Store, area: AreaRef) -> &Area {
    &store.layer_at(usize::from(area.layer)).areas()[area.place as usize]
}

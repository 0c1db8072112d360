//! Who lives in a catchment: residents by age, deprivation by fifths of the country, life expectancy, fuel poverty; and the
//! same for the areas that it is put beside.
//!
//! Section 5 of the calculations: counts add; rates are made again from numerators and denominators; an index becomes the
//! population-weighted mean of its scores, never a mean of ranks; where only rates are published, their person-weighted mean
//! with SE √(`Σw²SE²`), called approximate.

use std::collections::HashMap;

use super::{Catchment, number_at};
use crate::model::area::{AreaCode, AreaKind};
use crate::model::measure::{FigureKind, Figures, Measure, Series, Sex};
use crate::query::QueryError;
use crate::query::view::area_of;
use crate::store::{AreaRef, Layer, Store};

/// z of a 95 % interval.
const Z_95: f64 = 1.959_963_985;

/// Below this share of people with a published value, a mean of life expectancies is not given.
const LEAST_COVERED: f64 = 0.9;

/// The most areas one answer is compared with.
const MOST_COMPARED: usize = 10;

/// Everything said about the people of one set of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// `catchment`, an area code, or `edition`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How many areas it is made of.
    pub areas: usize,
    /// Residents, where the edition holds them for every one of the areas.
    pub residents: Option<f64>,
    /// Residents by five-year band, youngest first; empty where not held.
    pub ages: Vec<AgeBand>,
    /// Deprivation, where the edition holds an index with deciles.
    pub deprivation: Option<Deprivation>,
    /// Life expectancy at birth by sex.
    pub life_expectancy: Vec<LifeExpectancy>,
    /// Households in fuel poverty.
    pub fuel_poverty: Option<FuelPoverty>,
}

/// Residents of an age.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeBand {
    /// `0 to 4`, `90 and over`.
    pub band: String,
    /// People.
    pub people: f64,
}

/// How deprived the areas are.
#[derive(Debug, Clone, PartialEq)]
pub struct Deprivation {
    /// The measure's id: `imd-2019`.
    pub measure: String,
    /// The measure's name.
    pub name: String,
    /// Population-weighted mean score; none where a score is not held.
    pub score: Option<f64>,
    /// People of each national fifth, most deprived first.
    pub quintiles: [Quintile; 5],
    /// Residents of areas whose decile is not held.
    pub not_held: f64,
}

/// One fifth of the country.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quintile {
    /// Residents.
    pub people: f64,
    /// Patients of the practices asked, where there are any.
    pub patients: Option<f64>,
}

/// Life expectancy at birth of one sex.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LifeExpectancy {
    /// Whom it is about.
    pub sex: Sex,
    /// Years; none where too few people live in areas with a published value.
    pub value: Option<f64>,
    /// Lower 95 % limit.
    pub lower: Option<f64>,
    /// Upper 95 % limit.
    pub upper: Option<f64>,
    /// The share of residents who live in areas with a published value.
    pub covered: f64,
}

/// Fuel poverty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FuelPoverty {
    /// All households.
    pub households: f64,
    /// Those in fuel poverty.
    pub fuel_poor: f64,
}

/// Where in the store the figures of a profile stand, found once.
#[derive(Debug, Default)]
struct Columns {
    bands: Vec<(String, usize)>,
    score: Option<usize>,
    decile: Option<usize>,
    life: Vec<(Sex, usize, usize)>,
    fuel: Option<usize>,
}

/// The profiles of districts, counties and the whole edition, made once: every catchment is put beside some of them.
#[derive(Debug)]
pub struct Comparators {
    columns: Columns,
    by_area: HashMap<AreaRef, Profile>,
    edition: Profile,
}

/// The periods of the figures in a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Periods<'s> {
    /// Of the index of deprivation.
    pub deprivation: Option<&'s str>,
    /// Of life expectancy.
    pub life_expectancy: Option<&'s str>,
    /// Of fuel poverty.
    pub fuel_poverty: Option<&'s str>,
}

/// One area that enters a profile.
#[derive(Clone, Copy)]
struct Part {
    place: u32,
    weight: f64,
    patients: Option<f64>,
}

impl Columns {
    fn find(store: &Store) -> Self {
        let Some((position, layer)) = store.catchment_layer() else { return Self::default() };
        let on_layer = |measure: &str, field: &str| {
            latest(store, move |series| series.measure == measure && series.field == field && series.area_type == layer.area_type())
        };
        // Of several editions of the index the latest speaks: their ids end in the year.
        let index = store.measures().iter().filter(|measure| measure.id.starts_with("imd-")).max_by(|a, b| a.id.cmp(&b.id));
        let of_index = |field: &str| index.and_then(|measure: &Measure| on_layer(&measure.id, field));
        let bands = store.series().iter().enumerate().filter(|(_, series)| {
            series.measure == "population"
                && series.field == "number"
                && series.area_type == layer.area_type()
                && Some(series.period.as_str()) == store.population_period()
        });
        let mut bands: Vec<(u32, String, usize)> =
            bands.filter_map(|(at, series)| Some((five_year_band(series.age.as_deref()?)?, series.age.clone()?, at))).collect();
        bands.sort();
        // Life expectancy is published for communities: the smallest layer that holds published values serves the smaller areas in it.
        let published = |layer: &&Layer| store.series().iter().any(|series| is_life(series, layer) && series.kind == FigureKind::Published);
        let life_layer = store.layers().iter().enumerate().skip(position).find(|(_, layer)| published(layer));
        let life = life_layer.into_iter().flat_map(|(at, layer)| {
            Sex::ALL.into_iter().filter_map(move |sex| {
                let series = latest(store, |series| is_life(series, layer) && series.sex.unwrap_or(Sex::Persons) == sex)?;
                Some((sex, series, at))
            })
        });
        Self {
            bands: bands.into_iter().map(|(_, band, at)| (band, at)).collect(),
            score: of_index("score"),
            decile: of_index("decile"),
            life: life.collect(),
            fuel: on_layer("fuel-poverty", "share"),
        }
    }
}

fn is_life(series: &Series, layer: &Layer) -> bool {
    series.measure == "life-expectancy" && series.field == "years" && series.area_type == layer.area_type()
}

/// The position of the series of the latest period among those that fit.
fn latest(store: &Store, fits: impl Fn(&Series) -> bool) -> Option<usize> {
    let fitting = store.series().iter().enumerate().filter(|(_, series)| fits(series));
    fitting.max_by(|a, b| a.1.period.cmp(&b.1.period).then(b.0.cmp(&a.0))).map(|(at, _)| at)
}

/// The first age of a band of five years, or of the last one; sums over several bands are no parts of a pyramid.
pub(in crate::query) fn five_year_band(age: &str) -> Option<u32> {
    if let Some(from) = age.strip_suffix(" and over") {
        return from.parse().ok().filter(|from| *from == 90);
    }
    let (from, to) = age.split_once(" to ")?;
    let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
    (from % 5 == 0 && to == from + 4).then_some(from)
}

impl Comparators {
    /// Makes the profiles of every district, county and larger area of a store, and of all of it.
    #[must_use]
    pub fn new(store: &Store) -> Self {
        let columns = Columns::find(store);
        let mut by_area = HashMap::new();
        let Some((_, base)) = store.catchment_layer() else {
            let edition = Profile::of(store, &columns, ("edition", store.title()), &[]);
            return Self { columns, by_area, edition };
        };
        for (position, layer) in store.layers().iter().enumerate().filter(|(_, layer)| layer.area_type().kind >= AreaKind::Lad) {
            for place in 0..layer.areas().len() {
                let area = AreaRef { layer: u16::try_from(position).expect("few layers"), place: u32::try_from(place).expect("fewer than 2^32 areas") };
                by_area.insert(area, Profile::of_area(store, &columns, base, area));
            }
        }
        let all: Vec<Part> = (0..).take(base.areas().len()).map(|place| Part { place, weight: 1.0, patients: None }).collect();
        let edition = Profile::of(store, &columns, ("edition", store.title()), &all);
        Self { columns, by_area, edition }
    }

    /// The periods of the figures.
    #[must_use]
    pub fn periods<'s>(&self, store: &'s Store) -> Periods<'s> {
        let period = |at: Option<usize>| at.map(|at| store.series()[at].period.as_str());
        Periods {
            deprivation: period(self.columns.decile.or(self.columns.score)),
            life_expectancy: period(self.columns.life.first().map(|(_, at, _)| *at)),
            fuel_poverty: period(self.columns.fuel),
        }
    }

    /// Score and national decile of an area of the layer of catchments.
    #[must_use]
    pub fn deprivation_at(&self, store: &Store, place: u32) -> (Option<f64>, Option<f64>) {
        let at = |column: Option<usize>| column.and_then(|column| number_at(&store.series()[column].figures, place));
        (at(self.columns.score), at(self.columns.decile))
    }

    /// The ids of the sources of everything in a catchment's answer.
    pub fn sources<'s>(&self, store: &'s Store) -> Vec<&'s str> {
        let columns = [self.columns.decile, self.columns.fuel, self.columns.bands.first().map(|(_, at)| *at), self.columns.life.first().map(|(_, at, _)| *at)];
        let measures = columns.into_iter().flatten().filter_map(|at| store.measure(&store.series()[at].measure)).map(|measure| measure.source.as_str());
        let register = store.register().map(|register| register.source());
        let layer = store.catchment_layer().map(|(_, layer)| layer.source());
        register.into_iter().chain(store.practices().all.sources.iter().map(String::as_str)).chain(measures).chain(layer).collect()
    }

    /// The profile of a catchment itself.
    #[must_use]
    pub fn of_catchment(&self, store: &Store, catchment: &Catchment<'_>) -> Profile {
        let parts = catchment.areas.iter().map(|area| Part { place: area.place, weight: area.weight, patients: area.patients });
        Profile::of(store, &self.columns, ("catchment", "This catchment"), &parts.collect::<Vec<_>>())
    }

    /// What a catchment is put beside: the areas of the codes given, or the district and county in which most of its residents live, and the edition.
    ///
    /// # Errors
    /// When a code is unknown, or there are more than ten.
    pub fn beside(&self, store: &Store, catchment: &Catchment<'_>, codes: Option<&[String]>) -> Result<Vec<Profile>, QueryError> {
        let Some(codes) = codes else {
            let kinds = [AreaKind::Lad, AreaKind::County];
            let layers = kinds.iter().filter_map(|kind| store.layers().iter().position(|layer| layer.area_type().kind == *kind));
            let usual = layers.filter_map(|layer| self.by_area.get(&catchment.mostly_within(layer)?)).cloned();
            return Ok(usual.chain([self.edition.clone()]).collect());
        };
        if codes.len() > MOST_COMPARED {
            return Err(QueryError::Unfit { parameter: "compare", found: format!("{} codes", codes.len()), expected: format!("at most {MOST_COMPARED}") });
        }
        let expected = "the code of an area of this edition";
        let one = |text: &String| {
            let area = AreaCode::parse(text).ok().and_then(|code| store.area_ref(code)).ok_or_else(|| QueryError::unknown("compare", text, expected))?;
            let made = || Profile::of_area(store, &self.columns, catchment.layer, area);
            Ok(self.by_area.get(&area).cloned().unwrap_or_else(made))
        };
        codes.iter().map(one).collect()
    }
}

impl Profile {
    fn of_area(store: &Store, columns: &Columns, base: &Layer, reference: AreaRef) -> Self {
        let area = area_of(store, reference);
        let parts: Vec<Part> = base.members_within(reference).unwrap_or_default().iter().map(|&place| Part { place, weight: 1.0, patients: None }).collect();
        Self::of(store, columns, (area.code.as_str(), &area.name), &parts)
    }

    fn of(store: &Store, columns: &Columns, (id, label): (&str, &str), parts: &[Part]) -> Self {
        let layer = store.catchment_layer().map(|(_, layer)| layer);
        let people = |part: &Part| layer.and_then(|layer| layer.population_at(part.place as usize)).map(|people| people * part.weight);
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            areas: parts.len(),
            residents: parts.iter().map(people).sum(),
            ages: ages(store, columns, parts),
            deprivation: deprivation(store, columns, parts, people),
            life_expectancy: layer.map(|layer| life_expectancy(store, columns, layer, parts, people)).unwrap_or_default(),
            fuel_poverty: fuel_poverty(store, columns, parts),
        }
    }

    /// The share of residents who live in the most deprived fifth of the country (Core20), of those whose fifth is held.
    #[must_use]
    pub fn core20_share(&self) -> Option<f64> {
        let deprivation = self.deprivation.as_ref()?;
        let all: f64 = deprivation.quintiles.iter().map(|quintile| quintile.people).sum();
        (all > 0.0).then(|| deprivation.quintiles[0].people / all)
    }
}

fn ages(store: &Store, columns: &Columns, parts: &[Part]) -> Vec<AgeBand> {
    let band = |(band, at): &(String, usize)| {
        let figures = &store.series()[*at].figures;
        // A band that is not held somewhere is not held for the whole: a sum over the rest would be read as all.
        let people: Option<f64> = parts.iter().map(|part| Some(number_at(figures, part.place)? * part.weight)).sum();
        people.map(|people| AgeBand { band: band.clone(), people })
    };
    columns.bands.iter().map(band).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn deprivation(store: &Store, columns: &Columns, parts: &[Part], people: impl Fn(&Part) -> Option<f64>) -> Option<Deprivation> {
    let deciles = &store.series()[columns.decile?];
    let measure = store.measure(&deciles.measure)?;
    let mut quintiles = [Quintile::default(); 5];
    let mut not_held = 0.0;
    for part in parts {
        let here = people(part).unwrap_or(0.0);
        let Some(decile) = number_at(&deciles.figures, part.place) else {
            not_held += here;
            continue;
        };
        // The store refuses deciles that are no whole numbers from 1 to 10.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a decile is a whole number from 1 to 10")]
        let quintile = &mut quintiles[((decile - 1.0) / 2.0) as usize];
        quintile.people += here;
        if let Some(patients) = part.patients {
            *quintile.patients.get_or_insert(0.0) += patients;
        }
    }
    let score = columns.score.and_then(|at| {
        let figures = &store.series()[at].figures;
        let (mut sum, mut weights) = (0.0, 0.0);
        for part in parts {
            let own = figures.denominator.as_ref().map_or_else(|| people(part), |column| Some(column[part.place as usize] * part.weight))?;
            sum += number_at(figures, part.place)? * own;
            weights += own;
        }
        (weights > 0.0 && f64::is_finite(sum)).then(|| sum / weights)
    });
    Some(Deprivation { measure: measure.id.clone(), name: measure.name.clone(), score, quintiles, not_held })
}

fn life_expectancy(store: &Store, columns: &Columns, base: &Layer, parts: &[Part], people: impl Fn(&Part) -> Option<f64>) -> Vec<LifeExpectancy> {
    // Areas of one community share its value, errors and all: their people are put together first.
    let Some((.., life_layer)) = columns.life.first() else { return Vec::new() };
    let mut of_community: HashMap<u32, f64> = HashMap::new();
    let mut all = 0.0;
    for part in parts {
        let here = people(part).unwrap_or(0.0);
        all += here;
        let itself = (base.area_type() == store.layer_at(*life_layer).area_type()).then_some(part.place);
        let parent = || base.parents(part.place as usize).iter().find(|parent| usize::from(parent.layer) == *life_layer).map(|parent| parent.place);
        if let Some(community) = itself.or_else(parent) {
            *of_community.entry(community).or_insert(0.0) += here;
        }
    }
    let mut communities: Vec<(u32, f64)> = of_community.into_iter().filter(|(_, people)| *people > 0.0).collect();
    // In the order of the dataset, so that the sum is the same every time.
    communities.sort_unstable_by_key(|(place, _)| *place);
    let communities_of = store.layer_at(*life_layer);
    let one = |(sex, at, _): &(Sex, usize, usize)| {
        let figures = &store.series()[*at].figures;
        // A community weighs what its value was worked out from, as far as its residents live here: a whole district then
        // weighs as the published figures do.
        let weight = |place: u32, people: f64| {
            let all = communities_of.population_at(place as usize).filter(|all| *all > 0.0);
            let from = Figures::optional_at(figures.denominator.as_ref(), place as usize);
            all.zip(from).map_or(people, |(all, from)| from * people / all)
        };
        let limits = |place: u32| Some((figures.lower.as_ref()?[place as usize], figures.upper.as_ref()?[place as usize]));
        let (mut covered, mut weights, mut sum, mut variance) = (0.0, 0.0, 0.0, 0.0);
        for &(place, people) in &communities {
            let Some(value) = number_at(figures, place) else { continue };
            let weight = weight(place, people);
            covered += people;
            weights += weight;
            sum += weight * value;
            let (lower, upper) = limits(place).unwrap_or((f64::NAN, f64::NAN));
            variance += (weight * (upper - lower) / (2.0 * Z_95)).powi(2);
        }
        let share = if all > 0.0 { covered / all } else { 0.0 };
        let value = (share >= LEAST_COVERED && weights > 0.0).then(|| sum / weights);
        let half = Some(Z_95 * variance.sqrt() / weights).filter(|half| half.is_finite());
        LifeExpectancy {
            sex: *sex,
            value,
            lower: value.zip(half).map(|(value, half)| value - half),
            upper: value.zip(half).map(|(value, half)| value + half),
            covered: share,
        }
    };
    columns.life.iter().map(one).collect()
}

fn fuel_poverty(store: &Store, columns: &Columns, parts: &[Part]) -> Option<FuelPoverty> {
    let figures = &store.series()[columns.fuel?].figures;
    let (counts, denominators) = (figures.count.as_ref()?, figures.denominator.as_ref()?);
    let total = |column: &Vec<f64>| parts.iter().map(|part| column[part.place as usize] * part.weight).sum::<f64>();
    let (fuel_poor, households) = (total(counts), total(denominators));
    (fuel_poor.is_finite() && households > 0.0).then_some(FuelPoverty { households, fuel_poor })
}

#[cfg(test)]
mod tests {
    use super::five_year_band;

    #[test]
    fn only_bands_of_five_years_and_the_last_one_make_a_pyramid() {
        assert_eq!(five_year_band("0 to 4"), Some(0));
        assert_eq!(five_year_band("85 to 89"), Some(85));
        assert_eq!(five_year_band("90 and over"), Some(90));
        for sum in ["0 to 14", "0 to 15", "65 and over", "85 and over", "all ages"] {
            assert_eq!(five_year_band(sum), None, "{sum}");
        }
    }
}

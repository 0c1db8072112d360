//! Who lives in a set of areas, as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::rounded;
use crate::model::measure::FigureKind;
use crate::query::{AgeBand, Deprivation, FuelPoverty, LifeExpectancy, Profile};

/// The fifths of the country, most deprived first.
pub const FIFTHS: [&str; 5] =
    ["Most deprived fifth of England", "Second most deprived fifth", "Middle fifth", "Second least deprived fifth", "Least deprived fifth of England"];

/// Residents of an age.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgeBandRef {
    /// `0 to 4`, `90 and over`.
    pub band: String,
    /// People.
    pub people: f64,
    /// Their share of all ages, 0 to 1.
    pub share: f64,
}

/// People in one fifth of the country.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuintileRef {
    /// 1 = most deprived.
    pub quintile: usize,
    /// In words.
    pub label: &'static str,
    /// Residents.
    pub people: f64,
    /// Their share, 0 to 1.
    pub share: f64,
    /// Patients of the practices asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients: Option<f64>,
    /// Their share, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_patients: Option<f64>,
}

/// People with their share.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeopleAndShare {
    /// People.
    pub people: f64,
    /// Their share, 0 to 1.
    pub share: f64,
}

/// How deprived the areas are.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeprivationRef {
    /// The measure's id.
    pub measure: String,
    /// The measure's name.
    pub name: String,
    /// Population-weighted mean score; higher = more deprived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// How the score was made.
    pub score_note: &'static str,
    /// Which people are counted in the fifths.
    pub people_note: &'static str,
    /// People of each national fifth, most deprived first.
    pub quintiles: Vec<QuintileRef>,
    /// People of the most deprived fifth: national deciles 1 and 2 (Core20).
    pub core20: PeopleAndShare,
    /// Residents of areas whose decile is not held.
    pub not_held: f64,
}

/// Life expectancy at birth of one sex.
#[derive(Debug, Serialize, ToSchema)]
pub struct LifeExpectancyRef {
    /// `persons`, `females`, `males`.
    pub sex: &'static str,
    /// Years; absent where too few people live in areas with a published value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Lower 95 % limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<f64>,
    /// Upper 95 % limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// The share of residents in areas with a published value, 0 to 1.
    pub covered: f64,
    /// Always `approximate`: a person-weighted mean of published values of whole communities.
    pub kind: &'static str,
}

/// Fuel poverty.
#[derive(Debug, Serialize, ToSchema)]
pub struct FuelPovertyRef {
    /// All households.
    pub households: f64,
    /// Those in fuel poverty.
    pub fuel_poor: f64,
    /// Their share, 0 to 1.
    pub share: f64,
}

/// The people of a set of areas.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileRef {
    /// `catchment`, an area code, or `edition`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How many areas.
    pub areas: usize,
    /// Residents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<f64>,
    /// Residents by age, youngest first.
    pub ages: Vec<AgeBandRef>,
    /// Deprivation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprivation: Option<DeprivationRef>,
    /// Life expectancy by sex.
    pub life_expectancy: Vec<LifeExpectancyRef>,
    /// Fuel poverty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fuel_poverty: Option<FuelPovertyRef>,
}

/// A profile as an answer.
#[must_use]
pub fn profile(one: &Profile) -> ProfileRef {
    let people = |number: f64| rounded(number, 1);
    let all: f64 = one.ages.iter().map(|band| band.people).sum();
    let age = |AgeBand { band, people: number }: &AgeBand| AgeBandRef { band: band.clone(), people: people(*number), share: share(*number, all) };
    let life = |LifeExpectancy { sex, value, lower, upper, covered }: &LifeExpectancy| LifeExpectancyRef {
        sex: sex.id(),
        value: value.map(|value| rounded(value, 2)),
        lower: lower.map(|value| rounded(value, 2)),
        upper: upper.map(|value| rounded(value, 2)),
        covered: rounded(*covered, 4),
        kind: FigureKind::Approximate.id(),
    };
    let fuel = |FuelPoverty { households, fuel_poor }: &FuelPoverty| FuelPovertyRef {
        households: people(*households),
        fuel_poor: people(*fuel_poor),
        share: share(*fuel_poor, *households),
    };
    ProfileRef {
        id: one.id.clone(),
        label: one.label.clone(),
        areas: one.areas,
        residents: one.residents.map(people),
        ages: one.ages.iter().map(age).collect(),
        deprivation: one.deprivation.as_ref().map(deprivation),
        life_expectancy: one.life_expectancy.iter().map(life).collect(),
        fuel_poverty: one.fuel_poverty.as_ref().map(fuel),
    }
}

fn deprivation(one: &Deprivation) -> DeprivationRef {
    let all: f64 = one.quintiles.iter().map(|quintile| quintile.people).sum();
    let patients: f64 = one.quintiles.iter().filter_map(|quintile| quintile.patients).sum();
    let asked = one.quintiles.iter().any(|quintile| quintile.patients.is_some());
    let quintiles = one.quintiles.iter().zip(FIFTHS).zip(1..).map(|((quintile, label), number)| QuintileRef {
        quintile: number,
        label,
        people: rounded(quintile.people, 1),
        share: share(quintile.people, all),
        patients: asked.then(|| rounded(quintile.patients.unwrap_or(0.0), 1)),
        share_of_patients: asked.then(|| share(quintile.patients.unwrap_or(0.0), patients)),
    });
    DeprivationRef {
        measure: one.measure.clone(),
        name: one.name.clone(),
        score: one.score.map(|score| rounded(score, 3)),
        score_note: "Mean of the scores of the neighbourhoods, weighted by the people that the index itself counts; higher = more deprived.",
        people_note: "Residents by the official estimate, by the national fifth of the neighbourhood they live in; the first fifth is national deciles 1 and 2.",
        quintiles: quintiles.collect(),
        core20: PeopleAndShare { people: rounded(one.quintiles[0].people, 1), share: share(one.quintiles[0].people, all) },
        not_held: rounded(one.not_held, 1),
    }
}

fn share(part: f64, all: f64) -> f64 {
    if all > 0.0 { rounded(part / all, 6) } else { 0.0 }
}

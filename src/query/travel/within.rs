//! People by how far they have to travel: within so many minutes, mean, median and nine in ten; for everybody, by district, by
//! national fifth of deprivation, by age.

use super::basis::By;
use crate::model::area::AreaKind;
use crate::query::catchment::five_year_band;
use crate::query::classes::AreasAndPeople;
use crate::query::view::area_of;
use crate::statistics::weighted::Weighted;
use crate::store::{AreaRef, Layer, Store};

/// Minutes or kilometres (none where no site is reached), and how many people travel them.
pub type PeopleAt = (Option<f64>, f64);

/// How far a group of people has to travel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spread {
    /// All of them.
    pub people: f64,
    /// Those of them whose journey is known: that they make it so far, or that nothing leads there.
    pub known: f64,
    /// Those within each of the limits asked, in their order.
    pub within: Vec<f64>,
    /// The mean of those who reach a site at all.
    pub mean: Option<f64>,
    /// Half of those travel no farther.
    pub median: Option<f64>,
    /// Nine in ten of those travel no farther.
    pub ninth_tenth: Option<f64>,
}

impl Spread {
    /// Of people whose journey is known, by value; none where no site is reached.
    #[must_use]
    pub fn of(people: &[PeopleAt], limits: &[f64]) -> Self {
        let weighted = Weighted::of(people.iter().filter_map(|(value, people)| Some(((*value)?, *people))));
        Self {
            people: people.iter().map(|(_, people)| people).sum(),
            known: people.iter().map(|(_, people)| people).sum(),
            within: limits.iter().map(|limit| weighted.within(*limit)).collect(),
            mean: weighted.mean(),
            median: weighted.quantile(0.5),
            ninth_tenth: weighted.quantile(0.9),
        }
    }

    /// The share of a number of those whose journey is known, 0 to 1; none of nobody.
    #[must_use]
    pub fn share(&self, people: f64) -> Option<f64> {
        (self.known > 0.0).then(|| people / self.known)
    }
}

/// A district with how far its people travel.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictSpread {
    /// The district.
    pub area: AreaRef,
    /// How far its people travel.
    pub spread: Spread,
}

/// An age with how far its people travel.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeSpread {
    /// `0 to 19`.
    pub label: &'static str,
    /// How far its people travel.
    pub spread: Spread,
}

/// The ages that are told apart, as unions of the five-year bands in which residents are estimated.
const AGES: [(&str, std::ops::RangeInclusive<u32>); 4] = [("0 to 19", 0..=15), ("20 to 64", 20..=60), ("65 to 84", 65..=80), ("85 and over", 85..=90)];

/// The areas of a question with what counts: the values of all areas of a layer, and the places asked about.
#[derive(Clone, Copy)]
pub struct Reached<'a> {
    /// The store.
    pub store: &'a Store,
    /// The layer.
    pub layer: &'a Layer,
    /// The places asked about.
    pub members: &'a [usize],
    /// Minutes or kilometres of every area of the layer; none where no site is reached.
    pub values: &'a [Option<f64>],
    /// For every area of the layer whether its journeys are known at all.
    pub known: &'a [bool],
    /// Limits within which people are counted.
    pub limits: &'a [f64],
}

impl Reached<'_> {
    fn people(&self, place: usize) -> f64 {
        self.layer.population_at(place).unwrap_or(0.0)
    }

    /// The value and the people of each place asked about.
    #[must_use]
    pub fn rows(&self) -> Vec<PeopleAt> {
        self.members.iter().map(|&place| (self.values[place], self.people(place))).collect()
    }

    /// How far some people have to travel, each with their place; those whose journey is not known stand beside.
    fn spread(&self, people: &[(usize, f64)]) -> Spread {
        let known: Vec<PeopleAt> = people.iter().filter(|(place, _)| self.known[*place]).map(|(place, people)| (self.values[*place], *people)).collect();
        Spread { people: people.iter().map(|(_, people)| people).sum(), ..Spread::of(&known, self.limits) }
    }

    /// The areas asked about, and their people, whose journeys are not known.
    #[must_use]
    pub fn unknown(&self) -> AreasAndPeople {
        let unknown = self.members.iter().filter(|place| !self.known[**place]);
        unknown.fold(AreasAndPeople::default(), |sum, place| AreasAndPeople { areas: sum.areas + 1, people: sum.people + self.people(*place) })
    }

    /// Everybody.
    #[must_use]
    pub fn all(&self) -> Spread {
        let people: Vec<_> = self.members.iter().map(|&place| (place, self.people(place))).collect();
        self.spread(&people)
    }

    /// By district, in the order of the edition; empty where areas lie in none.
    #[must_use]
    pub fn by_district(&self) -> Vec<DistrictSpread> {
        let mut districts: Vec<(AreaRef, Vec<(usize, f64)>)> = Vec::new();
        let is_district = |parent: &&AreaRef| self.store.layer_at(usize::from(parent.layer)).area_type().kind == AreaKind::Lad;
        for &place in self.members {
            let Some(district) = self.layer.parents(place).iter().find(is_district) else { continue };
            let row = (place, self.people(place));
            match districts.binary_search_by_key(district, |(held, _)| *held) {
                Ok(at) => districts[at].1.push(row),
                Err(at) => districts.insert(at, (*district, vec![row])),
            }
        }
        districts.sort_by(|a, b| area_of(self.store, a.0).name.cmp(&area_of(self.store, b.0).name));
        districts.into_iter().map(|(area, rows)| DistrictSpread { area, spread: self.spread(&rows) }).collect()
    }

    /// By national fifth of deprivation, most deprived first; none where the layer has no published deciles.
    #[must_use]
    pub fn by_quintile(&self) -> Option<[Spread; 5]> {
        let quintiles = Quintiles::of(self.store, self.layer)?;
        let mut fifths: [Vec<(usize, f64)>; 5] = Default::default();
        for &place in self.members {
            if let Some(fifth) = quintiles.at(place) {
                fifths[fifth].push((place, self.people(place)));
            }
        }
        Some(fifths.map(|rows| self.spread(&rows)))
    }

    /// By age; empty where residents are not held by age.
    #[must_use]
    pub fn by_age(&self) -> Vec<AgeSpread> {
        let bands: Vec<(u32, &[f64])> = self
            .store
            .series()
            .iter()
            .filter(|series| (series.measure.as_str(), series.field.as_str()) == ("population", "number"))
            .filter(|series| series.area_type == self.layer.area_type() && Some(series.period.as_str()) == self.store.population_period())
            .filter_map(|series| Some((five_year_band(series.age.as_deref()?)?, series.figures.value.as_slice())))
            .collect();
        if bands.len() < 19 {
            return Vec::new();
        }
        let group = |(label, ages): &(&'static str, std::ops::RangeInclusive<u32>)| {
            let own: Vec<&[f64]> = bands.iter().filter(|(from, _)| ages.contains(from)).map(|(_, column)| *column).collect();
            let people = |place: usize| own.iter().map(|column| column[place]).filter(|people| people.is_finite()).sum::<f64>();
            let rows: Vec<_> = self.members.iter().map(|&place| (place, people(place))).collect();
            AgeSpread { label, spread: self.spread(&rows) }
        };
        AGES.iter().map(group).collect()
    }
}

/// The national fifth of deprivation of each area, from published deciles.
pub struct Quintiles<'s> {
    deciles: &'s [f64],
    /// The id of the measure.
    pub measure: &'s str,
}

impl<'s> Quintiles<'s> {
    /// Of a layer, by the latest index that the edition holds.
    #[must_use]
    pub fn of(store: &'s Store, layer: &Layer) -> Option<Self> {
        let of_layer =
            store.series().iter().filter(|series| series.measure.starts_with("imd-") && series.field == "decile" && series.area_type == layer.area_type());
        let series = of_layer.max_by(|a, b| a.measure.cmp(&b.measure))?;
        Some(Self { deciles: &series.figures.value, measure: &series.measure })
    }

    /// The fifth of a place, 0 the most deprived; none where it is not held.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<usize> {
        // The store refuses deciles that are no whole numbers from 1 to 10.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a decile is a whole number from 1 to 10")]
        Some(self.deciles[place]).filter(|decile| decile.is_finite()).map(|decile| ((decile - 1.0) / 2.0) as usize)
    }
}

/// The limits within which people are counted where nobody names any.
#[must_use]
pub fn usual_limits(by: By) -> Vec<f64> {
    super::bands::standard_limits(by).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_those_whose_journey_is_known() {
        let spread = Spread { people: 500.0, ..Spread::of(&[(Some(10.0), 100.0), (Some(30.0), 200.0), (None, 100.0)], &[20.0]) };
        assert_eq!((spread.known, spread.within[0], spread.share(spread.within[0])), (400.0, 100.0, Some(0.25)));
        assert_eq!(Spread { people: 500.0, ..Spread::of(&[], &[20.0]) }.share(0.0), None);
    }
}

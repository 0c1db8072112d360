//! How far people have to travel, as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::catchment::links;
use super::super::profile::FIFTHS;
use super::{BasisRef, PlaceRef, SpreadRef, TravelQuestion, WithinRef, basis, of_unit, sources_of};
use crate::model::style::MISSING_COLOUR;
use crate::query::travel::{Change, Quintiles, Spread, TravelTimes, TravelTimesRequest};
use crate::representation::json::{Base, Provenance, rounded};
use crate::representation::sentence;
use crate::store::Store;

/// A site with those to whom it is the nearest.
#[derive(Debug, Serialize, ToSchema)]
pub struct TravelSiteRef {
    /// The site.
    #[serde(flatten)]
    pub place: PlaceRef,
    /// Areas to which it is the nearest.
    pub areas: usize,
    /// People in them.
    pub population: f64,
    /// Whether the question added it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub added: bool,
}

/// An area with its nearest site.
#[derive(Debug, Serialize, ToSchema)]
pub struct TravelAreaRef<'s> {
    /// The id of its feature in vector tiles.
    pub index: usize,
    /// Its code.
    pub code: &'s str,
    /// Its name.
    pub name: &'s str,
    /// The name people use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<&'s str>,
    /// The position of the nearest site in `sites`.
    pub site: Option<u32>,
    /// Minutes.
    pub minutes: Option<f64>,
    /// Minutes in the best minute of the window, by timetable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// Minutes in the worst; none where there is a minute in which nobody gets there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
    /// Kilometres: along the road by a network, else of the straight line.
    pub kilometres: Option<f64>,
    /// `network`, `published` or `estimate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<&'static str>,
    /// The position of its band in `bands.classes`.
    pub band: Option<usize>,
    /// Residents.
    pub population: Option<f64>,
    /// Why there is no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// A band of the key.
#[derive(Debug, Serialize, ToSchema)]
pub struct BandRef {
    /// Its range in words.
    pub label: String,
    /// Its least value; of standard bands the limit below it, which is not part of it.
    pub min: Option<f64>,
    /// Its greatest value.
    pub max: Option<f64>,
    /// `#rrggbb`.
    pub colour: String,
    /// Areas in it.
    pub areas: usize,
    /// People in them.
    pub population: f64,
    /// Their share of all, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// Areas that no site reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotReached {
    /// Areas.
    pub areas: usize,
    /// People in them.
    pub population: f64,
    /// Of those areas, how many are not out of reach but without a known time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_time_held: Option<usize>,
    /// `#rrggbb`, under a pattern.
    pub colour: String,
}

/// The key of a travel map.
#[derive(Debug, Serialize, ToSchema)]
pub struct BandsRef {
    /// `standard` or `local`.
    pub kind: &'static str,
    /// Nearest first, darker from band to band.
    pub classes: Vec<BandRef>,
    /// Areas that no site reaches, or for which no time is held.
    pub missing: NotReached,
}

/// Everybody.
#[derive(Debug, Serialize, ToSchema)]
pub struct TravelSummary {
    /// `minutes` or `kilometres`.
    pub unit: &'static str,
    /// Residents.
    pub population: f64,
    /// Population-weighted mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Population-weighted median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median: Option<f64>,
    /// Population-weighted 90th percentile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90: Option<f64>,
}

/// People of a district.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictSpreadRef {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How far they travel.
    #[serde(flatten)]
    pub spread: SpreadRef,
}

/// People of a national fifth of deprivation.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuintileSpreadRef {
    /// 1 = most deprived.
    pub quintile: u8,
    /// In words.
    pub label: &'static str,
    /// How far they travel.
    #[serde(flatten)]
    pub spread: SpreadRef,
}

/// People of an age.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgeSpreadRef {
    /// `0 to 19`.
    pub label: &'static str,
    /// How far they travel.
    #[serde(flatten)]
    pub spread: SpreadRef,
}

/// People within a limit before and after a site was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct GainRef {
    /// The limit, minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
    /// The limit, kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kilometres: Option<f64>,
    /// People without it.
    pub before: f64,
    /// People with it.
    pub after: f64,
    /// How many more.
    pub gained: f64,
}

/// What a site changes for a national fifth of deprivation.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuintileGainRef {
    /// 1 = most deprived.
    pub quintile: u8,
    /// In words.
    pub label: &'static str,
    /// People for whom it is the nearest.
    pub people: f64,
    /// Minutes (or kilometres, as asked) that they save on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved_mean: Option<f64>,
    /// People within each limit before and after.
    pub within: Vec<GainRef>,
}

/// What a site changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeRef {
    /// Its position in `sites`.
    pub site: usize,
    /// Its name.
    pub name: String,
    /// People for whom it is the nearest.
    pub people: f64,
    /// Areas for which it is the nearest.
    pub areas: usize,
    /// Minutes that they save on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes_saved_mean: Option<f64>,
    /// Kilometres that they save on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kilometres_saved_mean: Option<f64>,
    /// Everybody within each limit before and after.
    pub within: Vec<GainRef>,
    /// By national fifth of deprivation, most deprived first; empty where deciles are not held.
    pub by_deprivation_quintile: Vec<QuintileGainRef>,
}

/// Everything but the areas.
#[derive(Debug, Serialize, ToSchema)]
pub struct TravelTimesFrame {
    /// What was asked.
    pub question: TravelQuestion,
    /// What it says, in a sentence or two.
    pub sentence: String,
    /// On which basis the times stand.
    pub basis: Vec<BasisRef>,
    /// The sites; one that was added is the last.
    pub sites: Vec<TravelSiteRef>,
    /// The key.
    pub bands: BandsRef,
    /// People within each limit.
    pub within: Vec<WithinRef>,
    /// Everybody.
    pub summary: TravelSummary,
    /// By district.
    pub by_district: Vec<DistrictSpreadRef>,
    /// By national fifth of deprivation, most deprived first.
    pub by_deprivation_quintile: Vec<QuintileSpreadRef>,
    /// By age.
    pub by_age: Vec<AgeSpreadRef>,
    /// What the added site changes.
    pub change: Option<ChangeRef>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// Links, edition, sources.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// How far people have to travel.
#[derive(Debug, Serialize, ToSchema)]
pub struct TravelTimesAnswer<'s> {
    /// Everything but the areas.
    #[serde(flatten)]
    pub frame: TravelTimesFrame,
    /// The areas, in dataset order.
    pub areas: Vec<TravelAreaRef<'s>>,
}

impl TravelTimesFrame {
    /// Of an answer. `own` is the address that was asked.
    #[must_use]
    pub fn new(store: &Store, asked: &TravelTimesRequest, found: &TravelTimes<'_>, base: &Base, own: &str) -> Self {
        let by = found.how.by;
        let all = SpreadRef::new(&found.all, &found.limits, by);
        let question = TravelQuestion {
            to: Some(asked.to.clone()),
            adding: asked.adding.clone(),
            within: Some(found.extent.label.clone()),
            bands: Some(found.bands.kind.id()),
            ..TravelQuestion::new(found.how, Some(found.layer))
        };
        let last = found.sites.list.len() - 1;
        let sites = found.sites.list.iter().zip(&found.allocated).enumerate().map(|(at, (place, allocated))| TravelSiteRef {
            place: PlaceRef::new(place),
            areas: allocated.areas,
            population: rounded(allocated.people, 1),
            added: found.added && at == last,
        });
        let spread = |spread: &Spread| SpreadRef::new(spread, &found.limits, by);
        let by_district = found.by_district.iter().map(|one| {
            let area = &store.layer_at(usize::from(one.area.layer)).areas()[one.area.place as usize];
            DistrictSpreadRef { code: area.code.to_string(), name: area.name.clone(), spread: spread(&one.spread) }
        });
        let quintiles = found.by_quintile.iter().flatten().zip(FIFTHS).zip(1..);
        let index = Quintiles::of(store, found.layer).and_then(|quintiles| store.measure(quintiles.measure)).map(|measure| measure.source.as_str());
        let sources = sources_of(store, found.layer, &found.sites.list).into_iter().chain(index).chain(found.sources.iter().map(String::as_str));
        Self {
            sentence: sentence::travel::times(found),
            basis: basis(&found.basis, true),
            sites: sites.collect(),
            bands: bands(found),
            within: all.within,
            summary: TravelSummary { unit: by.id(), population: all.population, mean: all.mean, median: all.median, p90: all.p90 },
            by_district: by_district.collect(),
            by_deprivation_quintile: quintiles.map(|((one, label), quintile)| QuintileSpreadRef { quintile, label, spread: spread(one) }).collect(),
            by_age: found.by_age.iter().map(|one| AgeSpreadRef { label: one.label, spread: spread(&one.spread) }).collect(),
            change: found.change.as_ref().map(|change| changed(found, change)),
            notes: found.notes.clone(),
            provenance: Provenance::of(store, sources, links(base, own)),
            question,
        }
    }
}

impl<'s> TravelTimesAnswer<'s> {
    /// Of an answer.
    #[must_use]
    pub fn new(store: &Store, asked: &TravelTimesRequest, found: &TravelTimes<'s>, base: &Base, own: &str) -> Self {
        Self { frame: TravelTimesFrame::new(store, asked, found, base, own), areas: travel_areas(found).collect() }
    }
}

/// The areas of an answer.
pub fn travel_areas<'f, 's>(found: &'f TravelTimes<'s>) -> impl Iterator<Item = TravelAreaRef<'s>> + use<'f, 's> {
    found.members.iter().map(|&place| {
        let (area, leg) = (&found.layer.areas()[place], found.nearest.legs[place]);
        let site = found.nearest.site[place];
        TravelAreaRef {
            index: place,
            code: area.code.as_str(),
            name: &area.name,
            alias: area.alias.as_deref(),
            site,
            minutes: leg.printed_minutes(),
            least: leg.printed_spread()[0],
            most: leg.printed_spread()[1],
            kilometres: leg.printed_kilometres(),
            basis: site.map(|_| leg.basis.id()),
            band: leg.value(found.how.by).map(|value| found.bands.band_of(value)),
            population: found.layer.population_at(place),
            reason: site.is_none().then_some(if found.known[place] { "not reached" } else { "no time held" }),
        }
    })
}

fn bands(found: &TravelTimes<'_>) -> BandsRef {
    let share = |people: f64| found.all.share(people).map(|share| rounded(share, 6));
    let classes = found.bands.classes.iter().map(|band| BandRef {
        label: band.label.clone(),
        min: band.min,
        max: band.max,
        colour: band.colour.hex(),
        areas: band.held.areas,
        population: rounded(band.held.people, 1),
        share: share(band.held.people),
    });
    let missing = found.bands.missing;
    BandsRef {
        kind: found.bands.kind.id(),
        classes: classes.collect(),
        missing: NotReached {
            areas: missing.areas,
            population: rounded(missing.people, 1),
            no_time_held: Some(found.unknown.areas).filter(|areas| *areas > 0),
            colour: MISSING_COLOUR.hex(),
        },
    }
}

fn changed(found: &TravelTimes<'_>, change: &Change) -> ChangeRef {
    let by = found.how.by;
    let gains = |[before, after]: [&[f64]; 2]| {
        let one = |((limit, before), after): ((&f64, &f64), &f64)| {
            let (minutes, kilometres) = of_unit(*limit, by);
            GainRef { minutes, kilometres, before: rounded(*before, 1), after: rounded(*after, 1), gained: rounded(after - before, 1) }
        };
        found.limits.iter().zip(before).zip(after).map(one).collect::<Vec<_>>()
    };
    let quintiles = change.by_quintile.iter().flatten().zip(FIFTHS).zip(1..).map(|((gain, label), quintile)| QuintileGainRef {
        quintile,
        label,
        people: rounded(gain.people, 1),
        saved_mean: (gain.savers > 0.0).then(|| rounded(gain.saved / gain.savers, 1)),
        within: gains([&gain.within[0], &gain.within[1]]),
    });
    let (minutes_saved_mean, kilometres_saved_mean) = change.saved_mean.map_or((None, None), |saved| of_unit(rounded(saved, 1), by));
    let site = found.sites.list.len() - 1;
    ChangeRef {
        site,
        name: found.sites.list[site].name.clone(),
        people: rounded(change.people, 1),
        areas: change.areas,
        minutes_saved_mean,
        kilometres_saved_mean,
        within: gains([&change.all[0].within, &change.all[1].within]),
        by_deprivation_quintile: quintiles.collect(),
    }
}

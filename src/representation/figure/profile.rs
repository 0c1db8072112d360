//! Who lives in a catchment or an area: key figures, charts and a comparison, each with a sentence.

use super::rows::{column, number, text};
use super::words::{list, per_cent, whole};
use super::{Cell, Chart, ChartForm, ChartSeries, ColumnKind, FigureTable, KeyFigure, ProfilePart};
use crate::model::measure::{Sex, number_text};
use crate::model::style::{CATCHMENT_COLOURS, Colour, Scheme};
use crate::query::{AgeBand, CatchmentAnswer, Comparators, Deprivation, Profile};
use crate::representation::json::FIFTHS;
use crate::store::Store;

/// Colours of the areas that a catchment is put beside, greys.
const BESIDE: [Colour; 3] = [Colour(0x8a, 0x94, 0x9e), Colour(0xb4, 0xbc, 0xc4), Colour(0xd5, 0xda, 0xdf)];

/// Ages of the young and the old, years.
const YOUNG: u32 = 20;
const OLD: u32 = 65;

/// The parts of the second page.
#[must_use]
pub fn profile_parts(store: &Store, comparators: &Comparators, answer: &CatchmentAnswer<'_>) -> Vec<ProfilePart> {
    let Some((own, beside)) = answer.profiles.split_first() else { return Vec::new() };
    let periods = Said {
        residents: store.population_period().unwrap_or_default(),
        deprivation: comparators.periods(store).deprivation.unwrap_or_default(),
        life: comparators.periods(store).life_expectancy.unwrap_or_default(),
        fuel: comparators.periods(store).fuel_poverty.unwrap_or_default(),
    };
    let mut parts = vec![ProfilePart::KeyFigures(key_figures(answer, own, beside, periods))];
    parts.extend(fifths(own, beside, periods).map(ProfilePart::Chart));
    parts.extend(ages(own, beside, periods).map(ProfilePart::Chart));
    parts.push(comparison(own, beside, periods));
    parts
}

/// The periods of the figures.
#[derive(Clone, Copy)]
struct Said<'s> {
    residents: &'s str,
    deprivation: &'s str,
    life: &'s str,
    fuel: &'s str,
}

fn years(profile: &Profile, sex: Sex) -> Option<(f64, Option<(f64, f64)>)> {
    let one = profile.life_expectancy.iter().find(|one| one.sex == sex)?;
    Some((one.value?, one.lower.zip(one.upper)))
}

fn fuel_share(profile: &Profile) -> Option<f64> {
    profile.fuel_poverty.map(|fuel| fuel.fuel_poor / fuel.households)
}

fn share_aged(profile: &Profile, from: u32, below: u32) -> Option<f64> {
    let first = |band: &str| band.split(' ').next().and_then(|age| age.parse::<u32>().ok());
    let all: f64 = profile.ages.iter().map(|band| band.people).sum();
    let part: f64 = profile.ages.iter().filter(|band| first(&band.band).is_some_and(|age| (from..below).contains(&age))).map(|band| band.people).sum();
    (all > 0.0).then(|| part / all)
}

fn beside_words(beside: &[Profile], value: impl Fn(&Profile) -> Option<String>) -> String {
    beside.iter().take(2).filter_map(|one| Some(format!("{}: {}", one.label, value(one)?))).collect::<Vec<_>>().join("; ")
}

fn key_figures(answer: &CatchmentAnswer<'_>, own: &Profile, beside: &[Profile], said: Said<'_>) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    let mut push = |value: Option<String>, label: String, beside: String| figures.extend(value.map(|value| KeyFigure { value, label, beside }));
    let about = if answer.summary.estimated { "about " } else { "" };
    let register = answer.catchment.register.map(|register| register.period()).unwrap_or_default();
    let patients = answer.summary.registered_patients.filter(|patients| *patients >= 0.5);
    let of_list = answer.summary.list_size.zip(answer.summary.share_of_list());
    let of_list = of_list.map(|(list, share)| format!("{} of a list of {}", per_cent(share), whole(list))).unwrap_or_default();
    push(patients.map(|patients| format!("{about}{}", whole(patients))), format!("patients of the practice live here, {register}"), of_list);
    push(own.residents.map(|people| format!("{about}{}", whole(people))), format!("residents, {}", said.residents), String::new());
    let core20 = |profile: &Profile| profile.core20_share().map(per_cent);
    push(core20(own), format!("of residents live in the most deprived fifth of England, {}", said.deprivation), beside_words(beside, core20));
    let old = |profile: &Profile| share_aged(profile, OLD, u32::MAX).map(per_cent);
    push(old(own), format!("of residents are {OLD} or older, {}", said.residents), beside_words(beside, old));
    for (sex, whom) in [(Sex::Females, "women"), (Sex::Males, "men")] {
        let value = |profile: &Profile| years(profile, sex).map(|(years, _)| number_text(years, 1));
        push(
            value(own).map(|years| format!("{years} years")),
            format!("life expectancy of {whom} at birth, {}, approximate", said.life),
            beside_words(beside, value),
        );
    }
    let fuel = |profile: &Profile| fuel_share(profile).map(per_cent);
    push(fuel(own), format!("of households are in fuel poverty, {}, modelled", said.fuel), beside_words(beside, fuel));
    figures
}

fn shares(deprivation: &Deprivation) -> Option<Vec<f64>> {
    let all: f64 = deprivation.quintiles.iter().map(|quintile| quintile.people).sum();
    (all > 0.0).then(|| deprivation.quintiles.iter().map(|quintile| quintile.people / all).collect())
}

/// Residents by fifth of the country, most deprived first.
fn fifths(own: &Profile, beside: &[Profile], said: Said<'_>) -> Option<Chart> {
    let first = shares(own.deprivation.as_ref()?)?;
    let colours: Vec<Colour> = Scheme::Purples.colours(5).into_iter().rev().collect();
    let series = [own].into_iter().chain(beside).filter_map(|profile| {
        let values = shares(profile.deprivation.as_ref()?)?;
        Some(ChartSeries { name: profile.label.clone(), values: values.into_iter().map(Some).collect(), colours: colours.clone() })
    });
    let other = beside
        .iter()
        .filter_map(|profile| Some(format!("{} in {}", per_cent(*shares(profile.deprivation.as_ref()?)?.first()?), profile.label)))
        .collect::<Vec<_>>();
    let against = if other.is_empty() { String::new() } else { format!(", against {}", list(&other)) };
    let least = first.last().copied().unwrap_or_default();
    let patients = own.deprivation.as_ref().and_then(|deprivation| {
        let all: f64 = deprivation.quintiles.iter().filter_map(|quintile| quintile.patients).sum();
        Some(per_cent(deprivation.quintiles[0].patients? / all).clone()).filter(|_| all > 0.0)
    });
    let patients = patients.map(|share| format!(" Of the practice's patients here it is {share}.")).unwrap_or_default();
    Some(Chart {
        title: format!("Residents by fifth of deprivation in England, {}", said.deprivation),
        sentence: format!(
            "{} of residents live in the most deprived fifth of neighbourhoods in England{against}; {} live in the least deprived fifth.{patients}",
            per_cent(first[0]),
            per_cent(least)
        ),
        unit: "share of residents".to_owned(),
        series: series.collect(),
        categories: FIFTHS.map(str::to_owned).to_vec(),
        form: ChartForm::Parted,
    })
}

/// Residents by ten years of age: two bands of five years together, the last as it is.
fn by_decade(profile: &Profile) -> Vec<(String, f64)> {
    let people = |bands: &[AgeBand]| bands.iter().map(|band| band.people).sum();
    let name = |bands: &[AgeBand]| match bands {
        [first, .., last] => format!("{} to {}", first.band.split(' ').next().unwrap_or_default(), last.band.rsplit(' ').next().unwrap_or_default()),
        [one] => one.band.clone(),
        [] => String::new(),
    };
    profile.ages.chunks(2).map(|bands| (name(bands), people(bands))).collect()
}

/// Residents by age, in per cent.
fn ages(own: &Profile, beside: &[Profile], said: Said<'_>) -> Option<Chart> {
    if own.ages.is_empty() {
        return None;
    }
    let of = |profile: &Profile, colour: Colour| {
        let bands = by_decade(profile);
        let all: f64 = bands.iter().map(|(_, people)| people).sum();
        let values = bands.iter().map(|(_, people)| (all > 0.0).then(|| people / all * 100.0)).collect();
        ChartSeries { name: profile.label.clone(), values, colours: vec![colour] }
    };
    let series = [of(own, CATCHMENT_COLOURS[0])].into_iter().chain(beside.iter().take(2).zip(BESIDE).map(|(profile, colour)| of(profile, colour)));
    let said_of = |profile: &Profile| Some((per_cent(share_aged(profile, 0, YOUNG)?), per_cent(share_aged(profile, OLD, u32::MAX)?)));
    let (young, old) = said_of(own)?;
    let other = beside.first().and_then(|profile| said_of(profile).map(|(young, old)| format!("; in {} {young} and {old}", profile.label)));
    Some(Chart {
        title: format!("Residents by age, {}", said.residents),
        sentence: format!("{young} of residents are younger than {YOUNG}, {old} are {OLD} or older{}.", other.unwrap_or_default()),
        unit: "% of residents".to_owned(),
        series: series.collect(),
        categories: by_decade(own).into_iter().map(|(band, _)| band).collect(),
        form: ChartForm::Bars,
    })
}

fn comparison(own: &Profile, beside: &[Profile], said: Said<'_>) -> ProfilePart {
    let all: Vec<&Profile> = [own].into_iter().chain(beside).collect();
    let columns = [String::new()].into_iter().chain(all.iter().map(|profile| profile.label.clone())).collect();
    let with_limits = |profile: &Profile, sex| {
        years(profile, sex).map(|(years, limits)| {
            let limits = limits.map(|(low, high)| format!(" ({} to {})", number_text(low, 1), number_text(high, 1))).unwrap_or_default();
            format!("{}{limits}", number_text(years, 1))
        })
    };
    let row = |name: String, value: &dyn Fn(&Profile) -> Option<String>| {
        let cells: Vec<Option<String>> = all.iter().map(|profile| value(profile)).collect();
        let held = cells.iter().any(Option::is_some);
        held.then(|| [name].into_iter().chain(cells.into_iter().map(|cell| cell.unwrap_or_else(|| "not held".to_owned()))).collect::<Vec<_>>())
    };
    let score = |profile: &Profile| profile.deprivation.as_ref()?.score.map(|score| number_text(score, 1));
    let rows = [
        row(format!("Residents, {}", said.residents), &|profile| profile.residents.map(whole)),
        row(format!("Aged under {YOUNG}"), &|profile| share_aged(profile, 0, YOUNG).map(per_cent)),
        row(format!("Aged {OLD} and over"), &|profile| share_aged(profile, OLD, u32::MAX).map(per_cent)),
        row(format!("Mean deprivation score, {} (higher = more deprived)", said.deprivation), &score),
        row("In the most deprived fifth of England".to_owned(), &|profile| profile.core20_share().map(per_cent)),
        row(format!("Life expectancy, women, {} (95% interval)", said.life), &|profile| with_limits(profile, Sex::Females)),
        row(format!("Life expectancy, men, {} (95% interval)", said.life), &|profile| with_limits(profile, Sex::Males)),
        row(format!("Households in fuel poverty, {}", said.fuel), &|profile| fuel_share(profile).map(per_cent)),
    ];
    let score_said = |profile: &Profile| Some(format!("{} in {}", score(profile)?, profile.label));
    let others: Vec<String> = beside.iter().filter_map(score_said).collect();
    let sentence = score(own).map_or_else(String::new, |own| {
        let against = if others.is_empty() { String::new() } else { format!(", against {}", list(&others)) };
        format!("The mean score of deprivation is {own}{against}; a higher score is more deprived. Life expectancy of a part of a district is an approximate mean of published values of whole communities.")
    });
    ProfilePart::Comparison { title: "Beside larger areas".to_owned(), columns, rows: rows.into_iter().flatten().collect(), sentence }
}

/// The numbers behind the second page.
#[must_use]
pub fn profile_tables<'s>(store: &Store, comparators: &Comparators, answer: &CatchmentAnswer<'_>) -> Vec<FigureTable<'s>> {
    let profiles = &answer.profiles;
    let periods = comparators.periods(store);
    let of_each = |id: &str, title: &str, decimals: u8| {
        profiles
            .iter()
            .enumerate()
            .map(|(at, profile)| column(&format!("{id}_{}", at + 1), &format!("{}: {title}", profile.label), ColumnKind::Number(decimals)))
            .collect::<Vec<_>>()
    };
    let mut tables = Vec::new();
    if let Some(own) = profiles.first().filter(|own| !own.ages.is_empty()) {
        let period = store.population_period().unwrap_or_default();
        let rows = own.ages.iter().enumerate().map(|(at, band)| {
            let people = profiles.iter().map(|profile| number(profile.ages.get(at).map(|band| band.people)));
            [text(Some(&band.band))].into_iter().chain(people).collect()
        });
        let columns = [column("age", "Age", ColumnKind::Text)].into_iter().chain(of_each("residents", &format!("residents, {period}"), 0)).collect();
        tables.push(FigureTable { name: "ages".to_owned(), title: format!("Residents by age, {period}"), columns, rows: rows.collect(), shapes: Vec::new() });
    }
    if profiles.first().is_some_and(|own| own.deprivation.is_some()) {
        let period = periods.deprivation.unwrap_or_default();
        let rows = FIFTHS.iter().enumerate().map(|(fifth, name)| {
            let people = profiles.iter().map(|profile| number(profile.deprivation.as_ref().map(|one| one.quintiles[fifth].people)));
            [text(Some(name))].into_iter().chain(people).collect()
        });
        let columns = [column("fifth", "Fifth of England", ColumnKind::Text)].into_iter().chain(of_each("residents", "residents", 0)).collect();
        tables.push(FigureTable {
            name: "deprivation".to_owned(),
            title: format!("Residents by national fifth of deprivation, {period}"),
            columns,
            rows: rows.collect(),
            shapes: Vec::new(),
        });
    }
    tables.push(compared(profiles));
    tables
}

fn compared<'s>(profiles: &[Profile]) -> FigureTable<'s> {
    let row = |profile: &Profile| {
        let life = [Sex::Females, Sex::Males].into_iter().flat_map(|sex| {
            let held = years(profile, sex);
            let limits = held.and_then(|(_, limits)| limits);
            [number(held.map(|(years, _)| years)), number(limits.map(|limits| limits.0)), number(limits.map(|limits| limits.1))]
        });
        [
            text(Some(&profile.label)),
            number(profile.residents),
            number(profile.deprivation.as_ref().and_then(|one| one.score)),
            number(profile.core20_share().map(|share| share * 100.0)),
        ]
        .into_iter()
        .chain(life)
        .chain([number(fuel_share(profile).map(|share| share * 100.0))])
        .collect::<Vec<Cell>>()
    };
    FigureTable {
        name: "comparison".to_owned(),
        title: "Beside larger areas".to_owned(),
        columns: vec![
            column("area", "Area", ColumnKind::Text),
            column("residents", "Residents", ColumnKind::Number(0)),
            column("deprivation_score", "Mean deprivation score (higher = more deprived)", ColumnKind::Number(2)),
            column("most_deprived_fifth", "Residents in the most deprived fifth of England, %", ColumnKind::Number(1)),
            column("life_women", "Life expectancy of women, years, approximate", ColumnKind::Number(1)),
            column("life_women_lower", "Lower 95% limit, women", ColumnKind::Number(1)),
            column("life_women_upper", "Upper 95% limit, women", ColumnKind::Number(1)),
            column("life_men", "Life expectancy of men, years, approximate", ColumnKind::Number(1)),
            column("life_men_lower", "Lower 95% limit, men", ColumnKind::Number(1)),
            column("life_men_upper", "Upper 95% limit, men", ColumnKind::Number(1)),
            column("fuel_poverty", "Households in fuel poverty, %", ColumnKind::Number(1)),
        ],
        rows: profiles.iter().map(row).collect(),
        shapes: Vec::new(),
    }
}

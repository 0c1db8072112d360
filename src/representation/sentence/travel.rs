//! Travel in a sentence: who is within reach, of what, how it is known.

use super::{counted, first_large, per_cent, whole};
use crate::model::measure::number_text;
use crate::model::travel::{Basis, Direction};
use crate::query::travel::{Access, BasisCount, By, Combine, How, Isochrones, Matrix, Places, TravelTimes, limit_text};

/// The limit that a sentence names where several were asked: the usual one, else the middle one.
fn limit_named(limits: &[f64], by: By) -> usize {
    let usual = if by == By::Minutes { 20.0 } else { 10.0 };
    limits.iter().position(|limit| (limit - usual).abs() < 1e-9).unwrap_or(limits.len() / 2)
}

const fn unit(by: By) -> &'static str {
    match by {
        By::Minutes => "minutes",
        By::Kilometres => "km",
    }
}

/// `Leicester Royal Infirmary`, `the nearest of 13 acute hospitals`.
fn nearest_of(sites: &Places) -> String {
    match sites.list.as_slice() {
        [one] => one.name.clone(),
        many => format!("the nearest of {}", counted(many.len(), &sites.singular, &sites.plural)),
    }
}

/// How much stands on which basis: one basis with its error, several with their numbers.
fn known(basis: &[BasisCount], singular: &str, plural: &str) -> String {
    match basis {
        [] => String::new(),
        [one] => match one.basis {
            Basis::Network | Basis::Published => format!(" Times are {}.", one.words),
            Basis::Estimate => format!(" {}.", first_large(&one.words)),
        },
        several => {
            let part = |one: &BasisCount| {
                let of = match one.basis {
                    Basis::Network => "the road network",
                    Basis::Published => "published times",
                    Basis::Estimate => "times ",
                };
                let words = if one.basis == Basis::Estimate { one.words.as_str() } else { "" };
                format!("{} by {of}{words}", counted(one.areas, singular, plural))
            };
            format!(" How that is known: {}.", several.iter().map(part).collect::<Vec<_>>().join("; "))
        }
    }
}

/// `by car of`, `by car from`.
fn way(how: How) -> String {
    format!("{} {}", how.mode.phrase(), if how.direction == Direction::ToSite { "of" } else { "from" })
}

/// How far people have to travel, and what a site changes.
#[must_use]
pub fn times(found: &TravelTimes<'_>) -> String {
    let (by, at) = (found.how.by, limit_named(&found.limits, found.how.by));
    let (kind, limit) = (found.layer.area_type().kind, limit_text(found.limits[at]));
    let target = nearest_of(&found.sites);
    let travel = if by == By::Kilometres { "of".to_owned() } else { way(found.how) };
    let known = known(&found.basis, kind.singular(), kind.plural());
    let of_kind = |areas: usize| counted(areas, kind.singular(), kind.plural());
    let unknown = found.unknown;
    if unknown.areas == found.members.len() {
        return no_time(found.how, &target);
    }
    let no_time = match unknown.areas {
        0 => String::new(),
        areas if found.all.people > 0.0 => format!("; for {} with {} residents no time is held", of_kind(areas), whole(unknown.people)),
        areas => format!("; for {} no time is held", of_kind(areas)),
    };
    let main = if found.all.known > 0.0 {
        let share = found.all.share(found.all.within[at]).map(per_cent).unwrap_or_default();
        let spread = found.all.median.zip(found.all.ninth_tenth).map(|(median, most)| {
            let verb = if by == By::Minutes { "need" } else { "have" };
            format!(" Half {verb} at most {} {}, nine in ten at most {}.", number_text(median, 1), unit(by), number_text(most, 1))
        });
        let (people, all) = (whole(found.all.within[at]), whole(found.all.known));
        let (the, whose) = if unknown.areas > 0 { ("the ", " whose time is known") } else { ("", "") };
        let subject = format!("{people} of {the}{all} residents of {}{whose} ({share})", found.extent.label);
        format!("{subject} live within {limit} {} {travel} {target}{no_time}.{}", unit(by), spread.unwrap_or_default())
    } else {
        let reached = found.members.iter().filter(|&&place| found.nearest.legs[place].value(by).is_some_and(|value| value <= found.limits[at])).count();
        let of = of_kind(found.members.len() - unknown.areas);
        format!("{reached} of {of} lie within {limit} {} {travel} {target}{no_time}.", unit(by))
    };
    let missing = match found.bands.missing.areas - unknown.areas {
        0 => String::new(),
        areas => format!(" {} {} not reached.", first_large(&of_kind(areas)), if areas == 1 { "is" } else { "are" }),
    };
    format!("{main}{missing}{}{known}", change(found))
}

/// That nothing is known of anybody's journey.
fn no_time(how: How, target: &str) -> String {
    let way = if how.direction == Direction::ToSite { "to" } else { "from" };
    format!("No time {} {way} {target} is known: this edition holds no roads there.", how.mode.phrase())
}

fn change(found: &TravelTimes<'_>) -> String {
    let Some((change, site)) = found.change.as_ref().zip(found.sites.list.last()) else { return String::new() };
    let kind = found.layer.area_type().kind;
    let by = found.how.by;
    if change.areas == 0 {
        return format!(" {} would be the nearest for nobody here, so it changes no journey.", site.name);
    }
    let at = limit_named(&found.limits, by);
    let gained = change.all[1].within[at] - change.all[0].within[at];
    let saved = change.saved_mean.map(|saved| format!(", who save {} {} on average", number_text(saved, 1), unit(by))).unwrap_or_default();
    format!(
        " {} would be the nearest for {} people in {}{saved}; {} more people live within {} {}.",
        site.name,
        whole(change.people),
        counted(change.areas, kind.singular(), kind.plural()),
        whole(gained),
        limit_text(found.limits[at]),
        unit(by),
    )
}

/// A table of journeys.
#[must_use]
pub fn matrix(found: &Matrix) -> String {
    let by = found.how.by;
    let (origins, destinations) = (&found.origins, &found.destinations);
    let from = match origins.list.as_slice() {
        [one] => one.name.clone(),
        many => counted(many.len(), &origins.singular, &origins.plural),
    };
    let known = known(&found.basis, "journey", "journeys");
    if let [_] = origins.list.as_slice() {
        let values = destinations.list.iter().zip(&found.legs).filter_map(|(place, leg)| Some((place, leg.value(by)?)));
        if let Some((place, value)) = values.min_by(|a, b| a.1.total_cmp(&b.1)) {
            let measure = if by == By::Minutes {
                format!("{} minutes {}", number_text(value, 1), found.how.mode.phrase())
            } else {
                format!("{} km", number_text(value, 1))
            };
            let of = if destinations.list.len() > 1 {
                format!(", the nearest of {},", counted(destinations.list.len(), &destinations.singular, &destinations.plural))
            } else {
                String::new()
            };
            return format!("From {from} to {}{of} it is {measure}.{known}", place.name);
        }
    }
    let to = counted(destinations.list.len(), &destinations.singular, &destinations.plural);
    format!("Journeys {} from {from} to {to}.{known}", found.how.mode.phrase())
}

/// Who is within reach of places.
#[must_use]
pub fn isochrones(found: &Isochrones<'_>) -> String {
    let places = match (found.places.list.as_slice(), found.combine) {
        ([one], _) => one.name.clone(),
        (many, Combine::Overlap) => format!("each of {}", counted(many.len(), &found.places.singular, &found.places.plural)),
        (many, _) => format!("any of {}", counted(many.len(), &found.places.singular, &found.places.plural)),
    };
    let parts: Vec<String> =
        found.minutes.iter().zip(&found.people).map(|(minutes, people)| format!("{} within {}", whole(*people), limit_text(*minutes))).collect();
    let list = match parts.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    };
    let known = known(&found.basis, "journey", "journeys");
    format!("Of {} residents, {list} minutes {} {places}.{known}", whole(found.everybody), way(found.how))
}

/// How evenly supply is within reach.
#[must_use]
pub fn access(found: &Access<'_>) -> String {
    let [people, without] = found.people;
    let thousand = |number: Option<f64>| number.map_or_else(|| "nothing".to_owned(), |number| number_text(number * 1000.0, 3));
    let [mean, median, tenth] = found.summary.map(thousand);
    let reach = found.bands.last().map(|(minutes, _)| limit_text(*minutes)).unwrap_or_default();
    let (one, sites) = match found.places.list.as_slice() {
        [one] => (Some(&one.name), one.name.clone()),
        many => (None, counted(many.len(), &found.places.singular, &found.places.plural)),
    };
    let unknown = found.unknown;
    if unknown.areas > 0 && unknown.areas == found.extent.members.len() {
        let target = if one.is_some() { sites } else { format!("any of the {sites}") };
        return no_time(found.how, &target);
    }
    let within = format!("within {reach} minutes {}", found.how.mode.phrase());
    let (whose, beside) = match unknown.areas {
        0 => ("", String::new()),
        areas => {
            let kind = found.layer.area_type().kind;
            let areas = counted(areas, kind.singular(), kind.plural());
            (" whose time is known", format!("; for {areas} with {} residents no time is held", whole(unknown.people)))
        }
    };
    let of = format!("{} of {}{} residents{whose}", whole(without), if whose.is_empty() { "" } else { "the " }, whole(people - unknown.people));
    let none = match (without > 0.0, one) {
        (true, Some(one)) => format!("{of} do not have {one} {within}{beside}."),
        (true, None) => format!("{of} have none of the {sites} {within}{beside}."),
        (false, Some(one)) => format!("Every resident{whose} has {one} {within}{beside}."),
        (false, None) => format!("Every resident{whose} has one of the {sites} {within}{beside}."),
    };
    let known = known(&found.basis, "journey", "journeys");
    format!("Supply within reach for 1,000 people: {mean} on average, {median} in the middle, at most {tenth} for the tenth with least. {none}{known}")
}

//! The definitions of a catchment: no one of them is standard, so each has a name, its numbers and a sentence.

use std::collections::{BTreeSet, HashMap};

use geo_types::{MultiPolygon, Point};

use super::travel::{Around, in_time};
use super::{Asked, Catchment, CatchmentArea, CatchmentRequest};
use crate::model::area::AreaCode;
use crate::model::crs::LonLat;
use crate::model::measure::number_text;
use crate::model::travel::Direction;
use crate::query::QueryError;
use crate::query::shape::{Member, Membership, Shape};
use crate::query::travel::{How, limit_text};
use crate::store::{Layer, Register, Store};

/// Which areas make a catchment.
#[derive(Debug, Clone, PartialEq)]
pub enum Definition {
    /// Areas with so many patients or more.
    Reach {
        /// The least number of patients.
        patients: u32,
    },
    /// Areas of whose registered people this share or more is registered here.
    MarketShare {
        /// From 0 to 1.
        share: f64,
    },
    /// Areas in which no other practice has as many patients.
    Plurality,
    /// The areas with most patients, in order, until they hold this share of the list.
    Core {
        /// From 0, exclusive, to 1.
        share: f64,
    },
    /// A circle.
    Radius {
        /// Its centre; the practice's point otherwise.
        centre: Option<LonLat<Point<f64>>>,
        /// Its radius, metres.
        metres: f64,
    },
    /// A drawn shape, in degrees.
    Polygon(LonLat<MultiPolygon<f64>>),
    /// Areas whose people reach a place in time.
    TravelTime {
        /// Around what.
        around: Around,
        /// The time, minutes.
        minutes: f64,
        /// How people travel.
        how: How,
        /// On which basis the times are known, with their error; filled in when they are.
        basis: String,
    },
    /// Areas by their codes; a larger area stands for all smaller ones in it.
    Areas(Vec<String>),
}

impl Definition {
    /// Patients of an area that make it part of the reach, where nobody says otherwise.
    pub const USUAL_REACH: u32 = 10;
    /// The share of an area's registered people, where nobody says otherwise.
    pub const USUAL_MARKET_SHARE: f64 = 0.25;
    /// The share of the list, where nobody says otherwise.
    pub const USUAL_CORE: f64 = 0.75;
    /// The radius, where nobody says otherwise.
    pub const USUAL_METRES: f64 = 3000.0;

    /// The time, where nobody says otherwise.
    pub const USUAL_MINUTES: f64 = 15.0;

    /// The word in links.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Reach { .. } => "reach",
            Self::MarketShare { .. } => "market-share",
            Self::Plurality => "plurality",
            Self::Core { .. } => "core",
            Self::Radius { .. } => "radius",
            Self::Polygon(_) => "polygon",
            Self::TravelTime { .. } => "travel-time",
            Self::Areas(_) => "areas",
        }
    }

    /// The name with its number: `Core of the list (75%)`.
    #[must_use]
    pub fn label(&self) -> String {
        let per_cent = |share: f64| number_text(share * 100.0, u8::from((share * 100.0).fract() > 1e-9));
        match self {
            Self::Reach { patients } => format!("Reach ({patients} patients or more)"),
            Self::MarketShare { share } => format!("Market share ({}% or more)", per_cent(*share)),
            Self::Plurality => "Largest share".to_owned(),
            Self::Core { share } => format!("Core of the list ({}%)", per_cent(*share)),
            Self::Radius { metres, .. } if *metres >= 1000.0 && metres % 100.0 == 0.0 => {
                format!("Within {} km", number_text(metres / 1000.0, u8::from(metres % 1000.0 != 0.0)))
            }
            Self::Radius { metres, .. } => format!("Within {} m", number_text(*metres, 0)),
            Self::Polygon(_) => "Drawn area".to_owned(),
            Self::TravelTime { minutes, how, basis, .. } => {
                let known = if basis.is_empty() { String::new() } else { format!(" ({basis})") };
                let way = if how.direction == Direction::FromSite { " from the site" } else { "" };
                format!("Within {} minutes {}{way}{known}", limit_text(*minutes), how.mode.phrase())
            }
            Self::Areas(_) => "Chosen areas".to_owned(),
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Reach { patients } => format!("Every neighbourhood in which {patients} patients or more live."),
            Self::MarketShare { .. } => {
                "Every neighbourhood in which at least this share of all people registered with a general practice is registered here.".to_owned()
            }
            Self::Plurality => "Every neighbourhood in which no other single practice has more patients.".to_owned(),
            Self::Core { .. } => "The neighbourhoods with most patients, taken in order until together they hold this share of the list.".to_owned(),
            Self::Radius { .. } => "Neighbourhoods within this distance as the crow flies.".to_owned(),
            Self::Polygon(_) => "Neighbourhoods within the shape that was drawn.".to_owned(),
            Self::TravelTime { how, .. } => {
                let way = if how.direction == Direction::ToSite { "from which people are there" } else { "that are reached from there" };
                format!("Neighbourhoods {way} within this time, by their population-weighted centre; housing sites by their own point.")
            }
            Self::Areas(_) => "The neighbourhoods that were chosen.".to_owned(),
        }
    }

    /// Whether it has a shape, so that the membership of areas is a choice.
    #[must_use]
    pub const fn has_shape(&self) -> bool {
        matches!(self, Self::Radius { .. } | Self::Polygon(_))
    }
}

/// Patients of the practices asked in one area.
#[derive(Clone, Copy, Default)]
struct Here {
    patients: u32,
    withheld: bool,
}

/// Finds the areas of a definition.
pub(super) fn found<'s>(store: &'s Store, layer: &'s Layer, asked: Asked<'s>, request: &CatchmentRequest) -> Result<Catchment<'s>, QueryError> {
    let register = store.register();
    let here = patients_by_area(register, &asked);
    let mut definition = request.definition.clone();
    let mut notes = Vec::new();
    let mut shape = None;
    let mut sites = None;
    let members = match &mut definition {
        Definition::Areas(codes) => by_code(store, layer, codes)?,
        Definition::Radius { centre, metres } => {
            let circle = circle(&asked, *centre, *metres)?;
            let members = inside(&circle, layer, request.membership, "metres")?;
            shape = Some(circle);
            members
        }
        Definition::Polygon(drawn) => {
            let polygons = Shape::polygons(drawn)?;
            let members = inside(&polygons, layer, request.membership, "polygon")?;
            shape = Some(polygons);
            members
        }
        Definition::TravelTime { around, minutes, how, basis } => {
            let found = in_time(store, layer, &asked, around, *minutes, *how)?;
            (shape, sites, *basis) = (found.shape, Some(found.sites), found.basis);
            notes.extend(found.notes);
            found.members
        }
        by_register => {
            let register = needed(register, &asked, by_register)?;
            let members = by_patients(register, &asked, &here, by_register, &mut notes)?;
            notes.extend(note_withheld(&here, &members));
            members
        }
    };
    let membership = if definition.has_shape() { request.membership } else { Membership::Centroid };
    let areas = members
        .into_iter()
        .map(|Member { place, weight }| {
            let Here { patients, withheld } = here.get(&place).copied().unwrap_or_default();
            let printed = register.filter(|_| !asked.is_empty() && (patients > 0 || !withheld)).map(|_| f64::from(patients) * weight);
            CatchmentArea { place, weight, patients: printed, withheld }
        })
        .collect();
    Ok(Catchment { asked, definition, membership, layer, register, areas, shape, sites, notes })
}

/// Areas that cannot belong to a catchment by patients, because all that is known of them there is withheld.
fn note_withheld(here: &HashMap<u32, Here>, members: &[Member]) -> Option<String> {
    let inside = |place: &u32| members.binary_search_by_key(place, |member| member.place).is_ok();
    let outside = here.iter().filter(|(place, here)| here.withheld && here.patients == 0 && !inside(place)).count();
    let areas = if outside == 1 { "1 neighbourhood more has".to_owned() } else { format!("{outside} neighbourhoods more have") };
    let why = "few patients, or a count that would give such a count away; their numbers are withheld, so they cannot belong to this catchment";
    (outside > 0).then(|| format!("{areas} {why}."))
}

/// A definition by patients needs a register and a practice.
fn needed<'s>(register: Option<&'s Register>, asked: &Asked<'_>, definition: &Definition) -> Result<&'s Register, QueryError> {
    let shapes = "radius, travel-time, polygon or areas";
    let Some(register) = register else {
        return Err(QueryError::unknown("definition", definition.id(), format!("{shapes}: this edition holds no registered patients")));
    };
    if asked.is_empty() {
        return Err(QueryError::Unfit {
            parameter: "practice",
            found: "none".to_owned(),
            expected: format!("a practice beside definition={}, or a definition by {shapes}", definition.id()),
        });
    }
    Ok(register)
}

/// Printed patients of all the practices asked together, by place.
fn patients_by_area(register: Option<&Register>, asked: &Asked<'_>) -> HashMap<u32, Here> {
    let mut here: HashMap<u32, Here> = HashMap::new();
    let counts = register.into_iter().flat_map(|register| asked.positions.iter().flat_map(|&position| register.of_practice(position)));
    for count in counts {
        let one = here.entry(count.of).or_default();
        if count.withheld {
            one.withheld = true;
        } else {
            one.patients += count.patients;
        }
    }
    here
}

fn by_patients(
    register: &Register,
    asked: &Asked<'_>,
    here: &HashMap<u32, Here>,
    definition: &Definition,
    notes: &mut Vec<String>,
) -> Result<Vec<Member>, QueryError> {
    let printed = here.iter().filter(|(_, here)| here.patients > 0).map(|(place, here)| (*place, here.patients));
    let mut places: Vec<u32> = match *definition {
        Definition::Reach { patients } => {
            let least = register.threshold().max(1);
            if patients < least {
                let expected = format!("{least} patients or more, because smaller counts are withheld");
                return Err(QueryError::Unfit { parameter: "patients", found: patients.to_string(), expected });
            }
            printed.filter(|(_, n)| *n >= patients).map(|(place, _)| place).collect()
        }
        Definition::MarketShare { share } => {
            within_bounds("share", share)?;
            printed.filter(|(place, n)| f64::from(*n) >= share * f64::from(register.registered(*place as usize))).map(|(place, _)| place).collect()
        }
        Definition::Core { share } => {
            within_bounds("share", share)?;
            core(register, asked, printed.collect(), share, notes)
        }
        _ => printed
            .filter(|(place, _)| register.plurality(*place as usize).is_some_and(|first| asked.positions.contains(&first)))
            .map(|(place, _)| place)
            .collect(),
    };
    places.sort_unstable();
    Ok(places.into_iter().map(|place| Member { place, weight: 1.0 }).collect())
}

/// Refuses a share that is none.
pub fn within_bounds(parameter: &'static str, share: f64) -> Result<(), QueryError> {
    if (0.001..=1.0).contains(&share) {
        return Ok(());
    }
    Err(QueryError::Unfit { parameter, found: share.to_string(), expected: "a share from 0.001 to 1, such as 0.75 (75%)".to_owned() })
}

/// Areas by patients, most first (of equals the first in dataset order), until the share of the list is reached.
fn core(register: &Register, asked: &Asked<'_>, mut printed: Vec<(u32, u32)>, share: f64, notes: &mut Vec<String>) -> Vec<u32> {
    let list: f64 = asked.positions.iter().filter_map(|&position| register.list_size(position)).map(f64::from).sum();
    printed.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut sum = 0.0;
    // A hair's breadth less: 0.8 of a list of 2,500 is 2,000, not 2,000 and a rounding error.
    let target = share * list * (1.0 - 1e-12);
    let mut places = Vec::new();
    for (place, patients) in printed {
        if sum >= target {
            break;
        }
        sum += f64::from(patients);
        places.push(place);
    }
    if sum < target {
        let reached = number_text(100.0 * sum / list.max(1.0), 1);
        notes.push(format!("All neighbourhoods of this edition with patients together hold {reached}% of the list: the rest live outside it or in neighbourhoods whose counts are withheld."));
    }
    places
}

fn circle(asked: &Asked<'_>, centre: Option<LonLat<Point<f64>>>, metres: f64) -> Result<Shape, QueryError> {
    if let Some(centre) = centre {
        return Shape::circle(centre, metres);
    }
    let expected = "lon and lat, or one practice with a point";
    let [practice] = asked.practices.as_slice() else {
        return Err(QueryError::Unfit { parameter: "lon", found: format!("none, with {} practices", asked.practices.len()), expected: expected.to_owned() });
    };
    let Some(location) = practice.organisation.location else {
        return Err(QueryError::Unfit { parameter: "lon", found: "none, with a practice that is not located".to_owned(), expected: expected.to_owned() });
    };
    Shape::circle_on_the_grid(location.point, metres)
}

fn inside(shape: &Shape, layer: &Layer, membership: Membership, parameter: &'static str) -> Result<Vec<Member>, QueryError> {
    let members = shape.members(layer, membership);
    if members.is_empty() {
        let what = match membership {
            Membership::Centroid => "the population-weighted centre of a neighbourhood",
            Membership::AreaShare => "a part of a neighbourhood",
        };
        return Err(QueryError::Unfit { parameter, found: "a shape without any".to_owned(), expected: format!("a shape that holds {what} of this edition") });
    }
    Ok(members)
}

fn by_code(store: &Store, layer: &Layer, codes: &[String]) -> Result<Vec<Member>, QueryError> {
    let expected = "codes of areas of this edition with commas between, such as E01025965";
    let mut places = BTreeSet::new();
    for text in codes {
        let area = AreaCode::parse(text).ok().and_then(|code| store.area_ref(code)).ok_or_else(|| QueryError::unknown("areas", text, expected))?;
        let members = layer.members_within(area).ok_or_else(|| QueryError::Unfit {
            parameter: "areas",
            found: format!("{text}, which contains no {}", layer.area_type().exact_term()),
            expected: format!("areas that contain areas of type {}", layer.area_type()),
        })?;
        places.extend(members);
    }
    if places.is_empty() {
        return Err(QueryError::Unfit { parameter: "areas", found: "none".to_owned(), expected: expected.to_owned() });
    }
    Ok(places.into_iter().map(|place| Member { place, weight: 1.0 }).collect())
}

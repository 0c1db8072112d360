//! The parameters of travel: mode, time of day, direction, what is made least; lists of places; minutes.

use geo_types::Point;
use serde::Deserialize;

use super::parameters::{decimal, list, within};
use super::problem::Problem;
use crate::model::crs::LonLat;
use crate::model::travel::{Direction, Mode, TimeOfDay};
use crate::query::travel::{AccessRequest, BandKind, By, Combine, How, IsochroneRequest, Supply, TravelTimesRequest, WEEKDAYS, When};
use crate::query::{Around, Definition};

/// Declares the parameters of an address: how people travel, and its own.
macro_rules! with_travel {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
        #[serde(deny_unknown_fields, default)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            $($(#[$field_meta])* $field: $kind,)*
            /// `car`, `walk`, `cycle` or `transit`; `car` otherwise.
            mode: Option<String>,
            /// For `mode=car`: `free-flow`, `off-peak` or `morning-peak`; `off-peak` otherwise.
            time: Option<String>,
            /// For `mode=transit`: from when until when, `09:00-10:00`, every minute; that otherwise. With `direction=to` people are there by that minute, else they leave then.
            window: Option<String>,
            /// For `mode=transit`: the day of the week; `tuesday` otherwise.
            weekday: Option<String>,
            /// `json`, `geojson` or `csv`.
            f: Option<String>,
        }

        impl $name {
            /// The format asked for.
            #[must_use]
            pub fn format(&self) -> Option<&str> {
                self.f.as_deref()
            }
        }
    };
}

with_travel! {
    /// How far people travel to the nearest of some sites.
    TravelTimesParameters {
        /// Places with `;` between: `hospitals`, `hospitals:acute`, `practices`, `practices:C82038,C82009`, `pharmacies`, `housing-sites:ID`, `hospitals:ID`, an area code, `LON,LAT` or `LON,LAT,name`. At most 1,000.
        to: Option<String>,
        /// One more site, to see what it would change.
        adding: Option<String>,
        /// `to` the site, or `from` it; `to` otherwise.
        direction: Option<String>,
        /// What is made least: `minutes` or `kilometres`; `minutes` otherwise.
        by: Option<String>,
        /// The type of the areas; the smallest otherwise.
        #[serde(rename = "area-type")]
        area_type: Option<String>,
        /// Area codes with commas between.
        within: Option<String>,
        /// `standard`, or `local` for fifths of the areas shown.
        bands: Option<String>,
        /// Minutes within which people are counted, with commas between; `10,15,20,30,45,60` otherwise.
        minutes: Option<String>,
    }
}

with_travel! {
    /// Journeys from some places to others.
    MatrixParameters {
        /// Places with `;` between, as in `to` of travel times.
        from: Option<String>,
        /// Places with `;` between.
        to: Option<String>,
    }
}

with_travel! {
    /// What can be reached around places.
    IsochroneParameters {
        /// At most 10 places with `;` between, as in `to` of travel times.
        at: Option<String>,
        /// `to` the place, or `from` it; `to` otherwise.
        direction: Option<String>,
        /// Minutes with commas between; `10,20,30` otherwise.
        minutes: Option<String>,
        /// `separate`, `union` or `overlap`; `separate` otherwise.
        combine: Option<String>,
    }
}

with_travel! {
    /// Access by two-step floating catchments.
    AccessParameters {
        /// Places with `;` between, as in `to` of travel times.
        sites: Option<String>,
        /// What each site has to give: a number, `list-size` for practices, or `ID:NUMBER,ID:NUMBER`; 1 otherwise.
        supply: Option<String>,
        /// Upper limits of the bands, minutes with commas between; `10,20,30` otherwise.
        bands: Option<String>,
        /// Their weights, with commas between; `1,0.68,0.22` otherwise, or 1 for every band that is given.
        weights: Option<String>,
        /// `to` the site, or `from` it; `to` otherwise.
        direction: Option<String>,
        /// The type of the areas; the smallest otherwise.
        #[serde(rename = "area-type")]
        area_type: Option<String>,
        /// Area codes with commas between.
        within: Option<String>,
    }
}

/// A word out of a closed list; the usual one without it.
fn word<T: Copy + Default>(parameter: &str, text: Option<&str>, all: &[T], id: impl Fn(T) -> &'static str) -> Result<T, Problem> {
    let Some(text) = text else { return Ok(T::default()) };
    let known = all.iter().copied().find(|one| id(*one).eq_ignore_ascii_case(text.trim()));
    known.ok_or_else(|| Problem::bad_parameter(parameter, text, format!("one of {}", all.iter().map(|one| id(*one)).collect::<Vec<_>>().join(", "))))
}

/// How people travel.
///
/// # Errors
/// When a word is none that is known, or a time of day stands beside another mode than the car.
pub fn how(mode: Option<&str>, time: Option<&str>, direction: Option<&str>, by: Option<&str>) -> Result<How, Problem> {
    let expected = || format!("one of {}", Mode::ALL.map(Mode::id).join(", "));
    let mode = match mode {
        None => Mode::Car,
        Some(text) => Mode::parse(&text.trim().to_ascii_lowercase()).ok_or_else(|| Problem::bad_parameter("mode", text, expected()))?,
    };
    if let Some(found) = time.filter(|_| mode != Mode::Car) {
        return Err(Problem::bad_parameter("time", found, format!("no time beside mode={}; it belongs to mode=car", mode.id())));
    }
    Ok(How {
        mode,
        time: word("time", time, &TimeOfDay::ALL, TimeOfDay::id)?,
        direction: word("direction", direction, &Direction::ALL, Direction::id)?,
        by: word("by", by, &By::ALL, By::id)?,
        when: When::default(),
    })
}

/// The same on a day and in the minutes that are named, by timetable.
///
/// # Errors
/// When they cannot be understood, or stand beside another mode than public transport.
pub fn at(how: How, window: Option<&str>, weekday: Option<&str>) -> Result<How, Problem> {
    if let Some((name, found)) = window.map(|text| ("window", text)).or(weekday.map(|text| ("weekday", text))).filter(|_| how.mode != Mode::Transit) {
        return Err(Problem::bad_parameter(name, found, format!("no {name} beside mode={}; it belongs to mode=transit", how.mode.id())));
    }
    let usual = When::default();
    let window = match window {
        None => usual.window,
        Some(text) => When::parse_window(text).ok_or_else(|| Problem::bad_parameter("window", text, "two times of one day, such as 09:00-10:00"))?,
    };
    let weekday = match weekday {
        None => usual.weekday,
        Some(text) => (0..)
            .zip(WEEKDAYS)
            .find(|(_, name)| name.eq_ignore_ascii_case(text.trim()))
            .map(|(number, _)| number)
            .ok_or_else(|| Problem::bad_parameter("weekday", text, format!("one of {}", WEEKDAYS.join(", "))))?,
    };
    Ok(How { when: When { weekday, window }, ..how })
}

/// Numbers with commas between; none without the parameter.
///
/// # Errors
/// When one of them is none.
pub fn numbers(parameter: &str, text: Option<&str>) -> Result<Option<Vec<f64>>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let numbers: Option<Vec<f64>> = list(Some(text)).iter().map(|part| part.parse().ok().filter(|number: &f64| number.is_finite())).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty());
    numbers.map(Some).ok_or_else(|| Problem::bad_parameter(parameter, text, "numbers with commas between, such as 10,20,30"))
}

/// A list of places that must be there.
fn needed<'t>(parameter: &str, text: Option<&'t str>) -> Result<&'t str, Problem> {
    let expected = "places with ; between, such as hospitals:acute, practices:C82038, E01025893, or LON,LAT,name";
    text.ok_or_else(|| Problem::bad_parameter(parameter, "none", expected))
}

/// The words of a travel-time catchment.
#[derive(Debug, Clone, Copy, Default)]
pub struct TravelWords<'a> {
    /// Places.
    pub at: Option<&'a str>,
    /// The time.
    pub minutes: Option<&'a str>,
    /// How people travel.
    pub mode: Option<&'a str>,
    /// When.
    pub time: Option<&'a str>,
    /// Which way.
    pub direction: Option<&'a str>,
}

impl<'a> TravelWords<'a> {
    /// The first of them that is given, with its name.
    #[must_use]
    pub fn any(&self) -> Option<(&'static str, &'a str)> {
        let words = [("at", self.at), ("minutes", self.minutes), ("mode", self.mode), ("time", self.time), ("direction", self.direction)];
        words.into_iter().find_map(|(name, value)| Some((name, value?)))
    }

    /// The catchment that they name, around a point where one is given.
    ///
    /// # Errors
    /// When a word or number cannot be understood, or both a point and places are given.
    pub fn definition(&self, point: Option<LonLat<Point<f64>>>) -> Result<Definition, Problem> {
        let around = match (self.at, point) {
            (Some(at), None) => Around::Places(at.to_owned()),
            (None, Some(point)) => Around::Point(point),
            (None, None) => Around::Practices,
            (Some(at), Some(_)) => return Err(Problem::bad_parameter("at", at, "lon and lat, or at, not both")),
        };
        let minutes = decimal("minutes", self.minutes)?.unwrap_or(Definition::USUAL_MINUTES);
        Ok(Definition::TravelTime { around, minutes, how: how(self.mode, self.time, self.direction, None)?, basis: String::new() })
    }
}

impl TravelTimesParameters {
    /// What is asked.
    ///
    /// # Errors
    /// When a word or number cannot be understood.
    pub fn request(&self) -> Result<TravelTimesRequest, Problem> {
        let how = at(
            how(self.mode.as_deref(), self.time.as_deref(), self.direction.as_deref(), self.by.as_deref())?,
            self.window.as_deref(),
            self.weekday.as_deref(),
        )?;
        if let Some(found) = self.minutes.as_deref().filter(|_| how.by == By::Kilometres) {
            return Err(Problem::bad_parameter("minutes", found, "no minutes beside by=kilometres"));
        }
        Ok(TravelTimesRequest {
            to: needed("to", self.to.as_deref())?.to_owned(),
            how,
            area_type: self.area_type.clone(),
            within: within(self.within.as_deref())?,
            bands: word("bands", self.bands.as_deref(), &BandKind::ALL, BandKind::id)?,
            limits: numbers("minutes", self.minutes.as_deref())?,
            adding: self.adding.clone(),
        })
    }
}

impl MatrixParameters {
    /// Origins, destinations, and how people travel.
    ///
    /// # Errors
    /// When a word cannot be understood or a list of places is not there.
    pub fn request(&self) -> Result<(&str, &str, How), Problem> {
        let how = at(how(self.mode.as_deref(), self.time.as_deref(), None, None)?, self.window.as_deref(), self.weekday.as_deref())?;
        Ok((needed("from", self.from.as_deref())?, needed("to", self.to.as_deref())?, how))
    }
}

impl IsochroneParameters {
    /// What is asked.
    ///
    /// # Errors
    /// When a word or number cannot be understood.
    pub fn request(&self) -> Result<IsochroneRequest, Problem> {
        Ok(IsochroneRequest {
            at: needed("at", self.at.as_deref())?.to_owned(),
            how: at(how(self.mode.as_deref(), self.time.as_deref(), self.direction.as_deref(), None)?, self.window.as_deref(), self.weekday.as_deref())?,
            minutes: numbers("minutes", self.minutes.as_deref())?,
            combine: word("combine", self.combine.as_deref(), &Combine::ALL, Combine::id)?,
        })
    }
}

impl AccessParameters {
    /// What is asked.
    ///
    /// # Errors
    /// When a word or number cannot be understood.
    pub fn request(&self) -> Result<AccessRequest, Problem> {
        Ok(AccessRequest {
            sites: needed("sites", self.sites.as_deref())?.to_owned(),
            supply: self.supplied()?,
            how: at(how(self.mode.as_deref(), self.time.as_deref(), self.direction.as_deref(), None)?, self.window.as_deref(), self.weekday.as_deref())?,
            bands: numbers("bands", self.bands.as_deref())?,
            weights: numbers("weights", self.weights.as_deref())?,
            within: within(self.within.as_deref())?,
            area_type: self.area_type.clone(),
        })
    }

    fn supplied(&self) -> Result<Supply, Problem> {
        let Some(text) = self.supply.as_deref().map(str::trim) else { return Ok(Supply::Each(1.0)) };
        if text.eq_ignore_ascii_case("list-size") {
            return Ok(Supply::ListSize);
        }
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        if let Some(each) = number(text) {
            return Ok(Supply::Each(each));
        }
        let one = |pair: &String| pair.rsplit_once(':').and_then(|(id, value)| Some((id.trim().to_owned(), number(value)?)));
        let pairs: Option<Vec<_>> = list(Some(text)).iter().map(one).collect();
        let pairs = pairs.filter(|pairs| !pairs.is_empty());
        pairs.map(Supply::Given).ok_or_else(|| Problem::bad_parameter("supply", text, "a number, list-size, or ID:NUMBER for each site with commas between"))
    }
}

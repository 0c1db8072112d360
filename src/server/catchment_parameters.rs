//! The parameters that name a catchment and its growth: the same words in every address, in bodies, and in the page's own link.

use geo_types::{MultiPolygon, Point};
use serde::Deserialize;
use serde_json::Value;

use super::parameters::{decimal, list, whole};
use super::problem::Problem;
use super::shapes::{polygons_from_geojson, polygons_from_text};
use super::travel_parameters::TravelWords;
use crate::model::crs::LonLat;
use crate::model::housing::SiteStatus;
use crate::query::{Assumed, CatchmentRequest, CountBasis, Definition, Definitions, Joins, Membership, NeedParameters};

/// The most practices, areas or comparators that a parameter lists.
const MOST_CODES: usize = 2_000;

/// Declares the parameters of an address: those of a catchment, and its own.
macro_rules! with_catchment {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
        #[serde(deny_unknown_fields, default)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            /// ODS codes of practices with commas between, or the code of one primary care network.
            practice: Option<String>,
            /// `reach`, `market-share`, `plurality`, `core`, `radius`, `travel-time`, `polygon`, `areas`.
            definition: Option<String>,
            /// For `reach`: the least number of patients; 10 otherwise.
            patients: Option<String>,
            /// For `market-share` (0.25 otherwise) and `core` (0.75 otherwise): a share above 0 and at most 1.
            share: Option<String>,
            /// For `radius` and `travel-time`: the longitude of the centre; the practice's point otherwise.
            lon: Option<String>,
            /// For `radius` and `travel-time`: the latitude of the centre.
            lat: Option<String>,
            /// For `travel-time`: at most 10 places with `;` between, as in `to` of travel times.
            at: Option<String>,
            /// For `travel-time`: minutes; 15 otherwise.
            minutes: Option<String>,
            /// For `travel-time`: `car`, `walk`, `cycle` or `transit`; `car` otherwise.
            mode: Option<String>,
            /// For `travel-time` by car: `free-flow`, `off-peak` or `morning-peak`; `off-peak` otherwise.
            time: Option<String>,
            /// For `travel-time`: `to` the place, or `from` it; `to` otherwise.
            direction: Option<String>,
            /// For `radius`: metres; 3000 otherwise.
            metres: Option<String>,
            /// For `polygon`: POLYGON or MULTIPOLYGON in well-known text, longitude before latitude.
            polygon: Option<String>,
            /// For `areas`: area codes with commas between; a larger area stands for all smaller ones in it.
            areas: Option<String>,
            /// For `radius` and `polygon`: `centroid`, or `area-share`.
            membership: Option<String>,
            $($(#[$field_meta])* $field: $kind,)*
        }

        impl $name {
            /// The words that name the catchment.
            #[must_use]
            pub fn words(&self) -> CatchmentWords<'_> {
                CatchmentWords {
                    practice: self.practice.as_deref(),
                    definition: self.definition.as_deref(),
                    patients: self.patients.as_deref(),
                    share: self.share.as_deref(),
                    lon: self.lon.as_deref(),
                    lat: self.lat.as_deref(),
                    travel: TravelWords {
                        at: self.at.as_deref(),
                        minutes: self.minutes.as_deref(),
                        mode: self.mode.as_deref(),
                        time: self.time.as_deref(),
                        direction: self.direction.as_deref(),
                    },
                    metres: self.metres.as_deref(),
                    polygon: self.polygon.as_deref(),
                    areas: self.areas.as_deref(),
                    membership: self.membership.as_deref(),
                }
            }
        }
    };
}

with_catchment! {
    /// A catchment.
    CatchmentParameters {
        /// Codes of areas to compare with; the district, the county and the whole edition otherwise.
        compare: Option<String>,
        /// `json`, `geojson` or `csv`.
        f: Option<String>,
    }
}

with_catchment! {
    /// A catchment and what is assumed of its growth.
    GrowthParameters {
        /// People per dwelling; 2.4 otherwise.
        #[serde(rename = "household-size")]
        household_size: Option<String>,
        /// The share of people who are new to the area; 1 otherwise.
        #[serde(rename = "share-new")]
        share_new: Option<String>,
        /// Statuses that are added up, with commas between; `allocation,permission,under-construction` otherwise.
        status: Option<String>,
        /// `plan-period`, `total` or `permitted-now`.
        count: Option<String>,
        /// The first year that counts.
        from: Option<String>,
        /// The last year that counts.
        to: Option<String>,
        /// `observed`, `all` or `given`.
        joins: Option<String>,
        /// For `joins=given`: `C82038:0.6,C82066:0.4`, together 1.
        joining: Option<String>,
        /// Floor area per patient; no default.
        #[serde(rename = "square-metres-per-patient")]
        square_metres_per_patient: Option<String>,
        /// Floor area that is spare today.
        #[serde(rename = "spare-square-metres")]
        spare_square_metres: Option<String>,
        /// Pounds per square metre; no default.
        #[serde(rename = "cost-per-square-metre")]
        cost_per_square_metre: Option<String>,
        /// The index to today's prices.
        #[serde(rename = "cost-index")]
        cost_index: Option<String>,
        /// Attendances per person and year; no default.
        #[serde(rename = "attendances-per-person")]
        attendances_per_person: Option<String>,
        /// Minutes per attendance; no default.
        #[serde(rename = "minutes-per-attendance")]
        minutes_per_attendance: Option<String>,
        /// Missed appointments per attendance.
        #[serde(rename = "missed-share")]
        missed_share: Option<String>,
        /// Hours a room is open in a year; no default.
        #[serde(rename = "annual-hours")]
        annual_hours: Option<String>,
        /// The share of these hours in use; no default.
        utilisation: Option<String>,
        /// For the definitions side by side: the share of `market-share`; 0.25 otherwise.
        #[serde(rename = "market-share")]
        market_share: Option<String>,
        /// For the definitions side by side: the share of `core`; 0.75 otherwise.
        core: Option<String>,
        /// `json`, `geojson` or `csv`.
        f: Option<String>,
    }
}

/// The words that name a catchment, from wherever they came.
#[derive(Debug, Clone, Copy, Default)]
pub struct CatchmentWords<'a> {
    practice: Option<&'a str>,
    definition: Option<&'a str>,
    patients: Option<&'a str>,
    share: Option<&'a str>,
    lon: Option<&'a str>,
    lat: Option<&'a str>,
    travel: TravelWords<'a>,
    metres: Option<&'a str>,
    polygon: Option<&'a str>,
    areas: Option<&'a str>,
    membership: Option<&'a str>,
}

/// A shape that is too long for an address.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShapeBody {
    /// GeoJSON: a polygon, or features of polygons.
    polygon: Option<Value>,
    /// Area codes.
    areas: Option<Vec<String>>,
    /// As in an address.
    practice: Option<String>,
    /// As in an address.
    membership: Option<String>,
}

/// What a body means for a catchment.
#[derive(Debug, Default)]
pub struct Sent {
    definition: Option<Definition>,
    practice: Option<String>,
    membership: Option<String>,
}

impl ShapeBody {
    /// Reads a body.
    ///
    /// # Errors
    /// When it is no JSON of this shape, or its polygon is none.
    pub fn read(bytes: &[u8]) -> Result<Sent, Problem> {
        let expected = "{\"polygon\": GeoJSON} or {\"areas\": [codes]}, with practice and membership as in an address";
        let body: Self = serde_json::from_slice(bytes).map_err(|error| Problem::bad_parameter("body", &error.to_string(), expected))?;
        let definition = match (body.polygon, body.areas) {
            (Some(polygon), None) => Definition::Polygon(polygons_from_geojson(polygon)?),
            (None, Some(areas)) if areas.len() > MOST_CODES => {
                return Err(Problem::bad_parameter("areas", &format!("{} codes", areas.len()), format!("at most {MOST_CODES} codes")));
            }
            (None, Some(areas)) => Definition::Areas(areas),
            (Some(_), Some(_)) => return Err(Problem::bad_parameter("areas", "areas beside a polygon", expected)),
            (None, None) => return Err(Problem::bad_parameter("polygon", "none", expected)),
        };
        Ok(Sent { definition: Some(definition), practice: body.practice, membership: body.membership })
    }
}

impl CatchmentWords<'_> {
    /// With the definition that the path names.
    ///
    /// # Errors
    /// When the query names one as well.
    pub fn defined<'a>(self, definition: &'a str) -> Result<CatchmentWords<'a>, Problem>
    where
        Self: 'a,
    {
        match self.definition {
            Some(found) if found != definition => Err(Problem::bad_parameter("definition", found, format!("{definition}, as in the path, or none"))),
            _ => Ok(CatchmentWords { definition: Some(definition), ..self }),
        }
    }

    /// With the practices that the path names.
    ///
    /// # Errors
    /// When the query names some as well.
    pub fn of_practice<'a>(self, codes: &'a str) -> Result<CatchmentWords<'a>, Problem>
    where
        Self: 'a,
    {
        match self.practice {
            Some(found) => Err(Problem::bad_parameter("practice", found, "none: the path names the practice")),
            None => Ok(CatchmentWords { practice: Some(codes), ..self }),
        }
    }

    /// The catchment that they name, with what a body adds.
    ///
    /// # Errors
    /// When a word is none that is known, is out of bounds, or belongs to another definition.
    pub fn request(&self, sent: Sent, compare: Option<&str>) -> Result<CatchmentRequest, Problem> {
        for (name, inside, outside) in [("practice", &sent.practice, self.practice), ("membership", &sent.membership, self.membership)] {
            if let (Some(_), Some(outside)) = (inside, outside) {
                return Err(Problem::bad_parameter(name, outside, "one of the body and one of the address, not both"));
            }
        }
        if let (Some(definition), Some(named)) =
            (&sent.definition, self.definition.filter(|named| Some(*named) != sent.definition.as_ref().map(Definition::id)))
        {
            return Err(Problem::bad_parameter("definition", named, format!("{}, as in the body, or none", definition.id())));
        }
        let practice = sent.practice.as_deref().or(self.practice);
        let membership = sent.membership.as_deref().or(self.membership);
        let definition = match sent.definition {
            Some(definition) => definition,
            None => self.definition_named(practice.is_some())?,
        };
        self.nothing_else(&definition, membership)?;
        let membership = membership.map(|text| {
            let expected = || Membership::ALL.iter().map(|one| one.id()).collect::<Vec<_>>().join(" or ");
            Membership::parse(text).ok_or_else(|| Problem::bad_parameter("membership", text, expected()))
        });
        Ok(CatchmentRequest {
            practices: codes("practice", practice)?,
            definition,
            membership: membership.transpose()?.unwrap_or_default(),
            compare: compare.map(|text| codes("compare", Some(text))).transpose()?,
        })
    }

    fn definition_named(&self, with_practice: bool) -> Result<Definition, Problem> {
        let usual = match (self.definition, self.polygon, self.areas, self.lon.or(self.lat).or(self.metres)) {
            (Some(named), ..) => named,
            (_, Some(_), ..) => "polygon",
            (_, _, Some(_), _) => "areas",
            _ if self.travel.any().is_some() => "travel-time",
            (.., Some(_)) => "radius",
            _ if with_practice => "core",
            _ => return Err(Problem::bad_parameter("practice", "none", "a practice, or lon and lat, at, a polygon or areas")),
        };
        let share = |usual: f64| Ok::<f64, Problem>(decimal("share", self.share)?.unwrap_or(usual));
        Ok(match usual {
            "reach" => Definition::Reach { patients: whole("patients", self.patients, Definition::USUAL_REACH, 0, 1_000_000)? },
            "market-share" => Definition::MarketShare { share: share(Definition::USUAL_MARKET_SHARE)? },
            "plurality" => Definition::Plurality,
            "core" => Definition::Core { share: share(Definition::USUAL_CORE)? },
            "radius" => Definition::Radius { centre: self.centre()?, metres: decimal("metres", self.metres)?.unwrap_or(Definition::USUAL_METRES) },
            "travel-time" => self.travel.definition(self.centre()?)?,
            "polygon" => {
                let text = self.polygon.ok_or_else(|| Problem::bad_parameter("polygon", "none", "a polygon in well-known text"))?;
                Definition::Polygon(polygons_from_text(text)?)
            }
            "areas" => Definition::Areas(codes("areas", self.areas)?),
            other => {
                return Err(Problem::bad_parameter("definition", other, "one of reach, market-share, plurality, core, radius, travel-time, polygon, areas"));
            }
        })
    }

    fn centre(&self) -> Result<Option<LonLat<Point<f64>>>, Problem> {
        match (decimal("lon", self.lon)?, decimal("lat", self.lat)?) {
            (Some(lon), Some(lat)) => Ok(Some(LonLat(Point::new(lon, lat)))),
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Problem::bad_parameter("lon", "none", "lon beside lat")),
            (Some(_), None) => Err(Problem::bad_parameter("lat", "none", "lat beside lon")),
        }
    }

    /// A number that belongs to another definition would be passed over: that is refused.
    fn nothing_else(&self, definition: &Definition, membership: Option<&str>) -> Result<(), Problem> {
        let id = definition.id();
        let given = [
            ("patients", self.patients),
            ("share", self.share),
            ("lon", self.lon),
            ("lat", self.lat),
            ("metres", self.metres),
            ("polygon", self.polygon),
            ("areas", self.areas),
            ("membership", membership),
        ];
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(self.travel.any());
        let foreign = given.map(|(name, value)| (name, value, definitions_of(name))).find(|(.., of)| !of.contains(&id));
        foreign.map_or(Ok(()), |(name, value, of)| {
            Err(Problem::bad_parameter(name, value, format!("no {name} beside definition={id}; it belongs to {}", of.join(" and "))))
        })
    }
}

impl CatchmentParameters {
    /// Codes to compare with.
    #[must_use]
    pub fn compare(&self) -> Option<&str> {
        self.compare.as_deref()
    }

    /// The format asked for.
    #[must_use]
    pub fn format(&self) -> Option<&str> {
        self.f.as_deref()
    }
}

impl GrowthParameters {
    /// The format asked for.
    #[must_use]
    pub fn format(&self) -> Option<&str> {
        self.f.as_deref()
    }

    /// What is assumed; nothing that belongs to the definitions side by side may be given.
    ///
    /// # Errors
    /// When a word or number cannot be understood.
    pub fn assumed_of_one(&self) -> Result<Assumed, Problem> {
        for (name, value) in [("market-share", &self.market_share), ("core", &self.core)] {
            if let Some(value) = value {
                return Err(Problem::bad_parameter(name, value, "share, beside the definition; this one belongs to the definitions side by side"));
            }
        }
        self.assumed()
    }

    fn assumed(&self) -> Result<Assumed, Problem> {
        let year = |name: &str, text: Option<&str>| text.map(|text| whole(name, Some(text), 0, 1900, 2200)).transpose();
        let statuses = self.status.as_deref().map(|text| {
            let expected = || SiteStatus::ALL.iter().map(|status| status.id()).collect::<Vec<_>>().join(", ");
            list(Some(text))
                .iter()
                .map(|word| SiteStatus::parse(word).ok_or_else(|| Problem::bad_parameter("status", word, format!("some of {}", expected()))))
                .collect()
        });
        let count = self.count.as_deref().map(|text| {
            let expected = || CountBasis::ALL.iter().map(|basis| basis.id()).collect::<Vec<_>>().join(", ");
            CountBasis::parse(text).ok_or_else(|| Problem::bad_parameter("count", text, format!("one of {}", expected())))
        });
        Ok(Assumed {
            household_size: decimal("household-size", self.household_size.as_deref())?,
            share_new: decimal("share-new", self.share_new.as_deref())?,
            statuses: statuses.transpose()?,
            count: count.transpose()?.unwrap_or_default(),
            from: year("from", self.from.as_deref())?,
            to: year("to", self.to.as_deref())?,
            joins: self.joins()?,
            need: NeedParameters {
                square_metres_per_patient: decimal("square-metres-per-patient", self.square_metres_per_patient.as_deref())?,
                spare_square_metres: decimal("spare-square-metres", self.spare_square_metres.as_deref())?,
                cost_per_square_metre: decimal("cost-per-square-metre", self.cost_per_square_metre.as_deref())?,
                cost_index: decimal("cost-index", self.cost_index.as_deref())?,
                attendances_per_person: decimal("attendances-per-person", self.attendances_per_person.as_deref())?,
                minutes_per_attendance: decimal("minutes-per-attendance", self.minutes_per_attendance.as_deref())?,
                missed_share: decimal("missed-share", self.missed_share.as_deref())?,
                annual_hours: decimal("annual-hours", self.annual_hours.as_deref())?,
                utilisation: decimal("utilisation", self.utilisation.as_deref())?,
            },
        })
    }

    fn joins(&self) -> Result<Joins, Problem> {
        let given = self.joining.as_deref();
        let usual = if given.is_some() { "given" } else { "observed" };
        let expected = "a code and a share for each practice, such as C82038:0.6,C82066:0.4";
        match (self.joins.as_deref().unwrap_or(usual), given) {
            ("observed", None) => Ok(Joins::Observed),
            ("all", None) => Ok(Joins::All),
            ("given", Some(text)) => {
                let one = |pair: &String| {
                    let (code, share) = pair.split_once(':')?;
                    Some((code.to_owned(), share.trim().parse().ok().filter(|share: &f64| share.is_finite())?))
                };
                let shares: Option<Vec<_>> = list(given).iter().map(one).collect();
                Ok(Joins::Given(shares.ok_or_else(|| Problem::bad_parameter("joining", text, expected))?))
            }
            ("given", None) => Err(Problem::bad_parameter("joining", "none", expected)),
            ("observed" | "all", Some(text)) => Err(Problem::bad_parameter("joining", text, "joins=given beside it")),
            (other, _) => Err(Problem::bad_parameter("joins", other, "one of observed, all, given")),
        }
    }

    /// The definitions side by side of the practices of the path.
    ///
    /// # Errors
    /// When a word or number cannot be understood, or names a single definition.
    pub fn definitions(&self, practices: &str) -> Result<Definitions, Problem> {
        let single = [
            ("practice", &self.practice),
            ("definition", &self.definition),
            ("share", &self.share),
            ("lon", &self.lon),
            ("lat", &self.lat),
            ("areas", &self.areas),
            ("membership", &self.membership),
        ];
        let travel = self.words().travel.any();
        let single = single.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        if let Some((name, value)) = single.chain(travel).next() {
            return Err(Problem::bad_parameter(name, value, "patients, market-share, core, metres or polygon: every definition stands here"));
        }
        let polygon: Option<LonLat<MultiPolygon<f64>>> = self.polygon.as_deref().map(polygons_from_text).transpose()?;
        Ok(Definitions {
            practices: codes("practice", Some(practices))?,
            patients: whole("patients", self.patients.as_deref(), Definition::USUAL_REACH, 0, 1_000_000)?,
            market_share: decimal("market-share", self.market_share.as_deref())?.unwrap_or(Definition::USUAL_MARKET_SHARE),
            core: decimal("core", self.core.as_deref())?.unwrap_or(Definition::USUAL_CORE),
            metres: decimal("metres", self.metres.as_deref())?.unwrap_or(Definition::USUAL_METRES),
            polygon,
            assumed: self.assumed()?,
        })
    }
}

/// The definitions to which a number or shape belongs; of any other word none.
#[must_use]
pub fn definitions_of(word: &str) -> &'static [&'static str] {
    match word {
        "patients" => &["reach"],
        "share" => &["market-share", "core"],
        "lon" | "lat" => &["radius", "travel-time"],
        "metres" => &["radius"],
        "polygon" => &["polygon"],
        "areas" => &["areas"],
        "membership" => &["radius", "polygon"],
        "at" | "minutes" | "mode" | "time" | "direction" => &["travel-time"],
        _ => &[],
    }
}

/// Codes with commas between; none without the parameter.
pub fn codes(parameter: &str, text: Option<&str>) -> Result<Vec<String>, Problem> {
    let codes = list(text);
    match text {
        Some(text) if codes.is_empty() || codes.len() > MOST_CODES => {
            Err(Problem::bad_parameter(parameter, text, format!("1 to {MOST_CODES} codes with commas between")))
        }
        _ => Ok(codes),
    }
}

//! A table of speeds as an operator writes it: TOML, in miles an hour where signs are, read whole or refused by name and line.

use std::collections::BTreeMap;

use geo_types::Coord;
use serde::Deserialize;
use toml::Spanned;

use crate::model::crs::bng_from_lonlat;
use crate::model::roads::{AddedRoad, ClassSpeeds, GridPoint, RoadClass, SpeedTable};

/// The table that is used where none is named.
const DEFAULT: &str = include_str!("../../data/speeds.toml");
/// What errors call it.
const DEFAULT_NAME: &str = "speeds.toml (built in)";

const KMH_PER_MPH: f64 = 1.609_344;
/// Nobody travels faster on a road, km/h.
const MOST_KMH: f64 = 200.0;
/// Cars make at most so much of a limit.
const MOST_SHARE: f64 = 1.2;

/// Why a table of speeds was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: expected {expected}, found {found}", line.map_or_else(String::new, |line| format!(":{line}")))]
pub struct SpeedsError {
    /// The file.
    pub file: String,
    /// The line, 1-based, where one is at fault.
    pub line: Option<usize>,
    /// What should have stood there.
    pub expected: String,
    /// What stood there.
    pub found: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableText {
    name: String,
    origin: String,
    off_road_kmh: Spanned<f64>,
    class: BTreeMap<Spanned<String>, Spanned<ClassText>>,
    #[serde(default)]
    closed_ways: Vec<i64>,
    #[serde(default)]
    added_road: Vec<Spanned<RoadText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassText {
    urban_limit_mph: Spanned<f64>,
    rural_limit_mph: Spanned<f64>,
    urban_share: SharesText,
    rural_share: SharesText,
    walk_kmh: Spanned<f64>,
    cycle_kmh: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SharesText {
    free_flow: Spanned<f64>,
    off_peak: Spanned<f64>,
    morning_peak: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoadText {
    name: String,
    /// Longitude and latitude, degrees.
    from: Spanned<[f64; 2]>,
    to: Spanned<[f64; 2]>,
    class: Spanned<String>,
    limit_mph: Spanned<f64>,
    #[serde(default)]
    one_way: bool,
    #[serde(default)]
    urban: bool,
}

/// The table that is built into the program.
#[must_use]
pub fn default_speeds() -> SpeedTable {
    read_speeds(DEFAULT, DEFAULT_NAME).expect("the table in the repository is read by a test")
}

/// Reads a table of speeds; `name` is what errors call the file.
///
/// # Errors
/// When it is not TOML, lacks something, names what is not known, or holds a speed that nobody travels at.
pub fn read_speeds(text: &str, name: &str) -> Result<SpeedTable, SpeedsError> {
    let reader = Reader { text, file: name };
    let TableText { name, origin, off_road_kmh, class, closed_ways, added_road } = toml::from_str(text).map_err(|error| SpeedsError {
        file: reader.file.to_owned(),
        line: error.span().map(|span| reader.line(span.start)),
        expected: "a table of speeds".to_owned(),
        found: error.message().to_owned(),
    })?;
    let mut classes: [Option<ClassSpeeds>; RoadClass::ALL.len()] = [None; RoadClass::ALL.len()];
    for (id, speeds) in &class {
        let class = reader.class(id)?;
        classes[class as usize] = Some(reader.speeds(speeds.get_ref())?);
    }
    let mut read =
        [ClassSpeeds { urban_limit_kmh: 0.0, rural_limit_kmh: 0.0, urban_share: [0.0; 3], rural_share: [0.0; 3], walk_kmh: 0.0, cycle_kmh: 0.0 }; 14];
    for (class, (speeds, place)) in RoadClass::ALL.into_iter().zip(classes.into_iter().zip(&mut read)) {
        *place = speeds.ok_or_else(|| reader.refuse(None, format!("speeds of every class, [class.{}] among them", class.id()), "none".to_owned()))?;
    }
    let off_road_kmh = reader.number(&off_road_kmh, 0.1, MOST_KMH, "km/h off the road")?;
    let added_roads = added_road.iter().map(|road| reader.road(road)).collect::<Result<_, _>>()?;
    Ok(SpeedTable { name, origin, classes: read, off_road_kmh, closed_ways, added_roads })
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
    }

    fn refuse(&self, offset: Option<usize>, expected: String, found: String) -> SpeedsError {
        SpeedsError { file: self.file.to_owned(), line: offset.map(|offset| self.line(offset)), expected, found }
    }

    fn class(&self, id: &Spanned<String>) -> Result<RoadClass, SpeedsError> {
        RoadClass::parse(id.get_ref()).ok_or_else(|| {
            let known = RoadClass::ALL.map(RoadClass::id).join(", ");
            self.refuse(Some(id.span().start), format!("a class of road ({known})"), format!("{:?}", id.get_ref()))
        })
    }

    fn number(&self, number: &Spanned<f64>, least: f64, most: f64, what: &str) -> Result<f64, SpeedsError> {
        let value = *number.get_ref();
        if (least..=most).contains(&value) {
            Ok(value)
        } else {
            Err(self.refuse(Some(number.span().start), format!("{what} from {least} to {most:.0}"), value.to_string()))
        }
    }

    fn limit(&self, mph: &Spanned<f64>, least: f64) -> Result<f64, SpeedsError> {
        Ok(self.number(mph, least, (MOST_KMH / KMH_PER_MPH).floor(), "a limit in miles an hour")? * KMH_PER_MPH)
    }

    fn shares(&self, shares: &SharesText) -> Result<[f64; 3], SpeedsError> {
        let share = |share: &Spanned<f64>| {
            let value = *share.get_ref();
            if value > 0.0 && value <= MOST_SHARE {
                Ok(value)
            } else {
                let expected = format!("a share of the limit above 0 and up to {MOST_SHARE}");
                Err(self.refuse(Some(share.span().start), expected, value.to_string()))
            }
        };
        Ok([share(&shares.free_flow)?, share(&shares.off_peak)?, share(&shares.morning_peak)?])
    }

    fn speeds(&self, class: &ClassText) -> Result<ClassSpeeds, SpeedsError> {
        Ok(ClassSpeeds {
            urban_limit_kmh: self.limit(&class.urban_limit_mph, 0.0)?,
            rural_limit_kmh: self.limit(&class.rural_limit_mph, 0.0)?,
            urban_share: self.shares(&class.urban_share)?,
            rural_share: self.shares(&class.rural_share)?,
            walk_kmh: self.number(&class.walk_kmh, 0.0, MOST_KMH, "km/h on foot")?,
            cycle_kmh: self.number(&class.cycle_kmh, 0.0, MOST_KMH, "km/h by bicycle")?,
        })
    }

    fn road(&self, road: &Spanned<RoadText>) -> Result<AddedRoad, SpeedsError> {
        let RoadText { name, from, to, class, limit_mph, one_way, urban } = road.get_ref();
        let (begins, ends) = (self.point(from)?, self.point(to)?);
        if begins == ends {
            return Err(self.refuse(Some(to.span().start), "a road that ends elsewhere than it begins".to_owned(), "one place".to_owned()));
        }
        Ok(AddedRoad {
            name: name.clone(),
            from: begins,
            to: ends,
            class: self.class(class)?,
            limit_kmh: self.limit(limit_mph, 1.0)?,
            one_way: *one_way,
            urban: *urban,
        })
    }

    fn point(&self, place: &Spanned<[f64; 2]>) -> Result<GridPoint, SpeedsError> {
        let [x, y] = *place.get_ref();
        let outside = |_| self.refuse(Some(place.span().start), "a longitude and a latitude in Great Britain".to_owned(), format!("{x}, {y}"));
        let metres = bng_from_lonlat(Coord { x, y }).map_err(outside)?;
        #[expect(clippy::cast_possible_truncation, reason = "OSTN15 gives at most 1,250 km")]
        let centimetres = |metres: f64| (metres * 100.0).round() as i32;
        Ok(GridPoint { easting_cm: centimetres(metres.x), northing_cm: centimetres(metres.y) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::roads::{Access, Link};
    use crate::model::travel::{Mode, TimeOfDay};

    fn refusal(from: &str, to: &str) -> String {
        assert!(DEFAULT.contains(from), "{from}");
        read_speeds(&DEFAULT.replacen(from, to, 1), "own.toml").unwrap_err().to_string()
    }

    fn line_of(text: &str) -> usize {
        DEFAULT.lines().position(|line| line.contains(text)).unwrap() + 1
    }

    #[test]
    fn the_built_in_table_is_slower_the_fuller_the_roads_are() {
        let table = default_speeds();
        for (class, speeds) in RoadClass::ALL.into_iter().zip(table.classes) {
            for share in [speeds.urban_share, speeds.rural_share] {
                assert!(share[0] >= share[1] && share[1] >= share[2], "{}", class.id());
            }
            assert!(speeds.urban_limit_kmh <= speeds.rural_limit_kmh, "{}", class.id());
        }
        let link = |class, urban, limit| Link {
            tail: 0,
            head: 1,
            first_point: 0,
            length_cm: 1,
            way: 1,
            class,
            urban,
            roundabout: false,
            limit,
            access: Access::default(),
        };
        let kmh = |link: &Link, mode| table.kmh(link, mode, TimeOfDay::OffPeak);
        assert_eq!(kmh(&link(RoadClass::Motorway, false, 0), Mode::Walk), None);
        assert_eq!(kmh(&link(RoadClass::Path, false, 0), Mode::Car), None);
        assert_eq!(kmh(&link(RoadClass::Residential, true, 0), Mode::Walk), Some(4.8));
        assert!(kmh(&link(RoadClass::Residential, true, 322), Mode::Car) < kmh(&link(RoadClass::Residential, true, 0), Mode::Car));
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let motorway = line_of("[class.motorway]");
        assert_eq!(
            refusal("off_road_kmh = 4.8", "off_road_kmh = -4.8"),
            format!("own.toml:{}: expected km/h off the road from 0.1 to 200, found -4.8", line_of("off_road_kmh"))
        );
        assert!(refusal("[class.motorway]", "[class.motorways]").starts_with(&format!("own.toml:{motorway}: expected a class of road (motorway, trunk, ")));
        assert!(refusal("urban_limit_mph = 70", "urban_limit_mph = 125").contains("expected a limit in miles an hour from 0 to 124, found 125"));
        assert!(refusal("urban_limit_mph = 70", "urban_limit_mph = \"70\"").starts_with(&format!("own.toml:{}: expected a table of speeds", motorway + 1)));
        assert!(refusal("urban_limit_mph = 70\n", "").contains("missing field `urban_limit_mph`"));
        assert!(refusal("cycle_kmh", "bicycle_kmh").contains("unknown field `bicycle_kmh`"));
        assert!(refusal("free-flow = 0.", "free-flow = 2.").contains("a share of the limit above 0 and up to 1.2"));
        assert!(refusal("walk_kmh = 4.8", "walk_kmh = 999").contains("km/h on foot from 0 to 200, found 999"));
        assert!(refusal("walk_kmh = 4.8", "walk_kmh = nan").contains("found NaN"));
        let steps = DEFAULT.find("[class.steps]").unwrap();
        let ferry = DEFAULT.find("[class.ferry]").unwrap();
        let without = format!("{}{}", &DEFAULT[..steps], &DEFAULT[ferry..]);
        let error = read_speeds(&without, "own.toml").unwrap_err().to_string();
        assert_eq!(error, "own.toml: expected speeds of every class, [class.steps] among them, found none");
    }

    #[test]
    fn an_operator_closes_ways_and_adds_roads() {
        let own = DEFAULT.replacen("closed_ways = []", "closed_ways = [4004, -1]\n", 1)
            + "\n[[added_road]]\nname = \"Melton eastern distributor\"\nfrom = [-0.86, 52.76]\nto = [-0.85, 52.77]\nclass = \"primary\"\nlimit_mph = 60\n";
        let table = read_speeds(&own, "own.toml").unwrap();
        assert_eq!(table.closed_ways, [4004, -1]);
        let road = &table.added_roads[0];
        assert_eq!((road.class, road.one_way, road.urban), (RoadClass::Primary, false, false));
        assert!((road.from.easting_cm - 47_700_000).abs() < 200_000 && road.limit_kmh > 96.0, "{road:?}");
        let abroad = own.replace("from = [-0.86, 52.76]", "from = [52.76, -0.86]");
        assert!(read_speeds(&abroad, "own.toml").unwrap_err().to_string().contains("expected a longitude and a latitude in Great Britain, found 52.76, -0.86"));
        let loops = own.replace("to = [-0.85, 52.77]", "to = [-0.86, 52.76]");
        assert!(read_speeds(&loops, "own.toml").unwrap_err().to_string().contains("ends elsewhere than it begins"));
        assert!(read_speeds(&own.replace("\"primary\"", "\"lane\""), "own.toml").unwrap_err().to_string().contains("found \"lane\""));
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        let error = read_speeds("name = \"x\"\norigin = \n", "own.toml").unwrap_err();
        assert_eq!((error.line, error.expected.as_str()), (Some(2), "a table of speeds"));
    }
}

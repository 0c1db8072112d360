//! What more patients need: space, its cost, and rooms; by parameters that the integrated care board owns and that have no default.

use crate::query::QueryError;

/// No amount of any kind is larger: a fuse against slips of the pen and sums that are no numbers any more.
const MOST: f64 = 10_000_000.0;

/// The least share of use of a room: below it the number of rooms means nothing.
const LEAST_UTILISATION: f64 = 0.01;

/// The numbers that turn people into need. What is none is *not set*, and so is whatever depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct NeedParameters {
    /// Square metres per patient.
    pub square_metres_per_patient: Option<f64>,
    /// Square metres that are spare today; none is taken as 0, and said.
    pub spare_square_metres: Option<f64>,
    /// Pounds per square metre.
    pub cost_per_square_metre: Option<f64>,
    /// The index that brings the cost to today's prices; none is taken as 1, and said.
    pub cost_index: Option<f64>,
    /// Attendances per person and year.
    pub attendances_per_person: Option<f64>,
    /// Minutes per attendance.
    pub minutes_per_attendance: Option<f64>,
    /// Missed appointments per attendance, 0 to 1; none is taken as 0, and said.
    pub missed_share: Option<f64>,
    /// Hours a room is open in a year.
    pub annual_hours: Option<f64>,
    /// The share of these hours in which it is used, 0 to 1.
    pub utilisation: Option<f64>,
}

/// A number, or the parameters without which there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum NeedValue {
    /// The number.
    Set(f64),
    /// Parameters that are not set.
    NotSet(Vec<&'static str>),
}

/// What some people need.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// For how many people.
    pub people: f64,
    /// Floor area beyond what is spare, square metres.
    pub square_metres: NeedValue,
    /// Contribution to it, pounds.
    pub contribution: NeedValue,
    /// Clinical rooms.
    pub rooms: NeedValue,
}

impl NeedParameters {
    /// Checks every number.
    ///
    /// # Errors
    /// When one is negative, or a share is not one.
    pub fn check(&self) -> Result<(), QueryError> {
        let amounts = [
            ("square-metres-per-patient", self.square_metres_per_patient, false),
            ("spare-square-metres", self.spare_square_metres, true),
            ("cost-per-square-metre", self.cost_per_square_metre, false),
            ("cost-index", self.cost_index, false),
            ("attendances-per-person", self.attendances_per_person, false),
            ("minutes-per-attendance", self.minutes_per_attendance, false),
            ("annual-hours", self.annual_hours, false),
        ];
        for (parameter, value, may_be_zero) in amounts {
            if let Some(value) = value.filter(|value| !(*value <= MOST && (*value > 0.0 || (may_be_zero && *value == 0.0)))) {
                let expected = if may_be_zero { "a number from 0" } else { "a number above 0" };
                return Err(QueryError::Unfit { parameter, found: value.to_string(), expected: format!("{expected} and at most {MOST}") });
            }
        }
        for (parameter, value, least) in [("missed-share", self.missed_share, -1e-12), ("utilisation", self.utilisation, LEAST_UTILISATION - 1e-12)] {
            if let Some(value) = value.filter(|value| !(*value > least && *value <= 1.0)) {
                return Err(QueryError::Unfit { parameter, found: value.to_string(), expected: "a share from 0 to 1".to_owned() });
            }
        }
        Ok(())
    }

    /// What so many people need.
    #[must_use]
    pub fn of(&self, people: f64) -> Need {
        let square_metres = needed([("square-metres-per-patient", self.square_metres_per_patient)])
            .map(|[each]| (people * each - self.spare_square_metres.unwrap_or(0.0)).max(0.0));
        let cost = needed([("square-metres-per-patient", self.square_metres_per_patient), ("cost-per-square-metre", self.cost_per_square_metre)]);
        let contribution = cost.and_then(|[_, cost]| square_metres.clone().map(|metres| metres * cost * self.cost_index.unwrap_or(1.0)));
        let rooms = needed([
            ("attendances-per-person", self.attendances_per_person),
            ("minutes-per-attendance", self.minutes_per_attendance),
            ("annual-hours", self.annual_hours),
            ("utilisation", self.utilisation),
        ]);
        let rooms = rooms.map(|[each, minutes, hours, utilisation]| {
            let minutes = minutes + self.missed_share.unwrap_or(0.0) * minutes;
            people * each * minutes / 60.0 / (hours * utilisation)
        });
        Need { people, square_metres: square_metres.into(), contribution: contribution.into(), rooms: rooms.into() }
    }
}

impl From<Result<f64, Vec<&'static str>>> for NeedValue {
    fn from(value: Result<f64, Vec<&'static str>>) -> Self {
        match value {
            Ok(value) => Self::Set(value),
            Err(missing) => Self::NotSet(missing),
        }
    }
}

/// All the parameters, or the names of those that are not set.
fn needed<const N: usize>(parameters: [(&'static str, Option<f64>); N]) -> Result<[f64; N], Vec<&'static str>> {
    let missing: Vec<&'static str> = parameters.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    if missing.is_empty() { Ok(parameters.map(|(_, value)| value.unwrap_or_default())) } else { Err(missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Section 8: 100 dwellings × 2.4 = 240 people → 16.4571 m² → £37,851.43 at £2,300 per m², with 120 m² per 1,750 patients.
    #[test]
    fn the_worked_example_of_floor_area_and_contribution_is_met() {
        let parameters = NeedParameters { square_metres_per_patient: Some(120.0 / 1750.0), cost_per_square_metre: Some(2300.0), ..NeedParameters::default() };
        let Need { square_metres: NeedValue::Set(metres), contribution: NeedValue::Set(pounds), .. } = parameters.of(100.0 * 2.4) else { panic!("not set") };
        assert!((metres - 16.457_142_857).abs() < 1e-6, "{metres}");
        assert!((pounds - 37_851.43).abs() < 0.005, "{pounds}");
    }

    /// Section 8: 26,000 attendances × 15.25 minutes = 6,608.33 hours; over 2,000 × 0.6 hours 5.507 rooms.
    #[test]
    fn the_worked_example_of_rooms_is_met() {
        let parameters = NeedParameters {
            attendances_per_person: Some(5.2),
            minutes_per_attendance: Some(15.0),
            missed_share: Some(0.25 / 15.0),
            annual_hours: Some(2000.0),
            utilisation: Some(0.6),
            ..NeedParameters::default()
        };
        let NeedValue::Set(rooms) = parameters.of(5000.0).rooms else { panic!("not set") };
        assert!((rooms - 5.507).abs() < 0.0005, "{rooms}");
    }

    #[test]
    fn what_was_not_given_is_not_set_and_named() {
        let need = NeedParameters { cost_per_square_metre: Some(2300.0), ..NeedParameters::default() }.of(240.0);
        assert_eq!(need.square_metres, NeedValue::NotSet(vec!["square-metres-per-patient"]));
        assert_eq!(need.contribution, NeedValue::NotSet(vec!["square-metres-per-patient"]));
        assert_eq!(need.rooms, NeedValue::NotSet(vec!["attendances-per-person", "minutes-per-attendance", "annual-hours", "utilisation"]));
    }

    #[test]
    fn spare_space_comes_off_first_and_never_below_nothing() {
        let parameters = NeedParameters { square_metres_per_patient: Some(0.1), spare_square_metres: Some(30.0), ..NeedParameters::default() };
        assert_eq!(parameters.of(240.0).square_metres, NeedValue::Set(0.0));
        assert_eq!(parameters.of(400.0).square_metres, NeedValue::Set(10.0));
    }
}

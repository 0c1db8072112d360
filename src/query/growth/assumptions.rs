//! Everything that a growth answer assumes, each with its number, whether the reader gave it, and where the usual one comes from.

use super::{Assumed, CountBasis, Joins, USUAL_HOUSEHOLD_SIZE, USUAL_STATUSES};
use crate::model::measure::number_text;
use crate::query::catchment::Catchment;

/// One assumption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// The parameter that sets it.
    pub id: &'static str,
    /// What it is, in words.
    pub label: &'static str,
    /// Its value; none where it is not set and has no default.
    pub value: Option<String>,
    /// The unit of the value, empty for words.
    pub unit: &'static str,
    /// Whether the reader gave it.
    pub given: bool,
    /// Where the usual value comes from, or what it does.
    pub note: String,
}

fn number(value: f64) -> String {
    let text = number_text(value, 6);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The assumptions of an answer, in the order in which they are used.
pub(super) fn assumptions(assumed: &Assumed, catchment: &Catchment<'_>) -> Vec<Assumption> {
    let set = |id, label, unit, given: Option<f64>, usual: Option<f64>, note: &str| Assumption {
        id,
        label,
        value: given.or(usual).map(number),
        unit,
        given: given.is_some(),
        note: note.to_owned(),
    };
    let statuses: Vec<&str> = assumed.statuses.as_deref().unwrap_or(&USUAL_STATUSES).iter().map(|status| status.id()).collect();
    let words = |id, label, value: String, given, note: String| Assumption { id, label, value: Some(value), unit: "", given, note };
    let year = |id, label, value: Option<u16>, note: &str| Assumption {
        id,
        label,
        value: value.map(|year| year.to_string()),
        unit: "",
        given: value.is_some(),
        note: note.to_owned(),
    };
    let need = &assumed.need;
    let board = "Set by the integrated care board; there is no usual value here.";
    vec![
        words("definition", "Catchment", catchment.definition.label(), true, catchment.definition.text()),
        words(
            "status",
            "Statuses that are added up",
            statuses.join(","),
            assumed.statuses.is_some(),
            "Sites of other statuses are listed and not added: options, potential sites and the brownfield register without permission may never be built; completed homes are lived in already.".to_owned(),
        ),
        words("count", "Homes counted on each site", assumed.count.id().to_owned(), assumed.count != CountBasis::default(), count_note(assumed.count).to_owned()),
        year("from", "First year", assumed.from, "Without it, every year counts. Homes of a site are spread evenly over its years; a site whose years are not known counts whole."),
        year("to", "Last year", assumed.to, "Without it, every year counts."),
        set(
            "household-size",
            "People per home",
            "people",
            assumed.household_size,
            Some(USUAL_HOUSEHOLD_SIZE),
            "2.4 stands in many letters of the NHS about planning applications; Blaby's plan uses 2.39.",
        ),
        set("share-new", "Share of them who are new to the area", "of 1", assumed.share_new, Some(1.0), "1 counts everybody as new. A lower share was argued in UHL v Harborough [2023] EWHC 263 (Admin): 0.385."),
        words("joins", "Which practices they join", assumed.joins.id().to_owned(), assumed.joins != Joins::default(), joins_note(&assumed.joins).to_owned()),
        set("square-metres-per-patient", "Floor area per patient", "m²", need.square_metres_per_patient, None, board),
        set("spare-square-metres", "Floor area that is spare today", "m²", need.spare_square_metres, Some(0.0), "Taken as none unless given."),
        set("cost-per-square-metre", "Cost of floor area", "£ per m²", need.cost_per_square_metre, None, board),
        set("cost-index", "Index to today's prices", "", need.cost_index, Some(1.0), "1 leaves the cost as it is given."),
        set("attendances-per-person", "Attendances per person and year", "", need.attendances_per_person, None, board),
        set("minutes-per-attendance", "Minutes per attendance", "minutes", need.minutes_per_attendance, None, board),
        set("missed-share", "Missed appointments per attendance", "of 1", need.missed_share, Some(0.0), "Taken as none unless given."),
        set("annual-hours", "Hours a room is open in a year", "hours", need.annual_hours, None, board),
        set("utilisation", "Share of these hours in use", "of 1", need.utilisation, None, board),
    ]
}

const fn count_note(count: CountBasis) -> &'static str {
    match count {
        CountBasis::PlanPeriod => "Homes that the plan expects within its period, where it says so; else all homes of the site.",
        CountBasis::Total => "All homes of a site, those after the plan's period too.",
        CountBasis::PermittedNow => "Homes permitted now: as stated, else all homes of sites with permission or under construction.",
    }
}

const fn joins_note(joins: &Joins) -> &'static str {
    match joins {
        Joins::Observed => "As the people registered in the site's neighbourhood have chosen; counts below the disclosure threshold go to others.",
        Joins::All => "Everybody joins the practices asked, by the size of their lists.",
        Joins::Given(_) => "By the shares given.",
    }
}

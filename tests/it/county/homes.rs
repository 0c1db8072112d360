//! The made-up county's housing sites and what its plan requires.

use geo_types::{MultiPolygon, Rect};
use needsmap::model::area::AreaCode;
use needsmap::model::crs::Bng;
use needsmap::model::housing::{HousingRequirement, HousingSite, SiteLocation, SiteStatus};
use needsmap::model::organisation::Precision;
use needsmap::model::provenance::Sourced;

use super::CORNER;
use super::health::at;

fn east_wold() -> AreaCode {
    AreaCode::parse("E07000000").expect("the county's codes are codes")
}

fn site(id: &str, name: &str, status: SiteStatus, dwellings: u32, place: Option<(f64, f64, Precision)>) -> HousingSite {
    HousingSite {
        id: id.to_owned(),
        name: name.to_owned(),
        authority: Some(east_wold()),
        status,
        dwellings: Some(dwellings),
        dwellings_in_plan_period: None,
        plan_period: None,
        permitted_now: None,
        constraint: None,
        first_year: None,
        last_year: None,
        location: place.map(|(east, north, precision)| SiteLocation { location: at(east, north, precision), outline: None }),
        part_of: None,
        reference: "Wold Local Plan".to_owned(),
    }
}

/// A large allocation in neighbourhood 0 with a permission inside it, a dated site in 1, an option in 2, one that nobody can place.
pub fn sites() -> Sourced<HousingSite> {
    let outline = Rect::new((CORNER.0 + 200.0, CORNER.1 + 200.0), (CORNER.0 + 900.0, CORNER.1 + 900.0)).to_polygon();
    let mut large = site("W-1", "Magna South", SiteStatus::Allocation, 100, Some((5.0, 5.0, Precision::Approximate)));
    large.dwellings_in_plan_period = Some(80);
    large.plan_period = Some("2011-2036".to_owned());
    large.location = large.location.map(|location| SiteLocation { outline: Some(Bng(MultiPolygon(vec![outline]))), ..location });
    let inside = HousingSite { part_of: Some("W-1".to_owned()), ..site("W-2", "Phase one", SiteStatus::Permission, 20, Some((4.0, 4.0, Precision::Exact))) };
    let dated = HousingSite {
        first_year: Some(2021),
        last_year: Some(2025),
        ..site("W-3", "Mill Lane", SiteStatus::UnderConstruction, 50, Some((15.0, 5.0, Precision::Exact)))
    };
    Sourced {
        sources: vec!["plans".to_owned()],
        items: vec![
            large,
            inside,
            dated,
            site("W-4", "=Option Field", SiteStatus::Option, 500, Some((25.0, 5.0, Precision::Exact))),
            site("W-5", "Somewhere", SiteStatus::Permission, 30, None),
        ],
    }
}

/// The plan of East Wold: 400 homes in two parts.
pub fn requirements() -> Sourced<HousingRequirement> {
    let part = |from_year: u16, to_year: u16, dwellings: u32| HousingRequirement {
        authority: east_wold(),
        plan: "Wold Local Plan".to_owned(),
        option: "adopted".to_owned(),
        from_year,
        to_year,
        dwellings,
        household_size: None,
        reference: "Wold Local Plan policy 1".to_owned(),
    };
    Sourced { sources: vec!["plans".to_owned()], items: vec![part(2011, 2021, 150), part(2021, 2036, 250)] }
}

//! The made-up county's published travel times: to its infirmary, and to a hospital that is not its own.

use needsmap::model::area::{AreaKind, AreaType};
use needsmap::model::travel::{Mode, PublishedSite, PublishedTimes};

/// Minutes to the infirmary are 4 and half a minute for each neighbourhood's number; none is published from the last.
pub fn published_times() -> Vec<PublishedTimes> {
    let site = |name: &str, hospital: Option<&str>| PublishedSite { name: name.to_owned(), hospital: hospital.map(str::to_owned) };
    let minutes = (0..12_u8).flat_map(|n| [if n < 11 { 4.0 + 0.5 * f32::from(n) } else { f32::NAN }, 40.0]);
    vec![PublishedTimes {
        source: "register".to_owned(),
        mode: Mode::Car,
        area_type: AreaType { kind: AreaKind::Lsoa, vintage: 11 },
        note: "outside peak hours, made up".to_owned(),
        sites: vec![site("Wold Infirmary", Some("wold-infirmary")), site("Faraway General", None)],
        minutes: minutes.collect(),
    }]
}

//! The made-up county's published travel times: to its infirmary, and to a hospital that is not its own.

use needsmap::model::area::{AreaKind, AreaType};
use needsmap::model::roads::{Access, GridPoint, Link, MODES_ON_ROADS, RoadClass, RoadNetwork};
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

/// Roads between the middles of the neighbourhoods: a kilometre from each to the next, 48 km/h; by car no way leads from 1 back to 0 directly.
pub fn roads() -> RoadNetwork {
    let junction = |n: u32| {
        let metres = |corner: f64, steps: u32| ((corner + f64::from(steps) * 1000.0 + 500.0) * 100.0) as i32;
        GridPoint { easting_cm: metres(super::CORNER.0, n % 4), northing_cm: metres(super::CORNER.1, n / 4) }
    };
    let link = |tail: u32, head: u32| Link {
        tail,
        head,
        first_point: 0,
        length_cm: 100_000,
        way: i64::from(tail * 100 + head),
        class: RoadClass::Residential,
        urban: true,
        roundabout: false,
        limit: 480,
        access: MODES_ON_ROADS.into_iter().fold(Access::default(), |access, mode| {
            let access = access.with(mode, true);
            if (tail, mode) == (0, Mode::Car) && head == 1 { access } else { access.with(mode, false) }
        }),
    };
    let beside = (0..12_u32).filter(|n| n % 4 < 3).map(|n| link(n, n + 1));
    let above = (0..8_u32).map(|n| link(n, n + 4));
    let mut links: Vec<Link> = beside.chain(above).collect();
    links.sort_by_key(|link| (link.tail, link.head));
    let ranks: Vec<u32> = (0..12).collect();
    RoadNetwork {
        source: "boundaries".to_owned(),
        junctions: (0..12).map(junction).collect(),
        links,
        shape: Vec::new(),
        ranks: [ranks.clone(), ranks.clone(), ranks],
    }
}

//! Barriers on nodes: which modes pass a gate, a bollard or a stile.

use super::tags::{Tags, permitted};
use crate::model::roads::{Access, MODES_ON_ROADS};
use crate::model::travel::Mode;

/// What a car drives through or over.
const OPEN_TO_CARS: [&str; 17] = [
    "arch",
    "border_control",
    "bump_gate",
    "cattle_grid",
    "entrance",
    "gate",
    "hampshire_gate",
    "height_restrictor",
    "kerb",
    "lift_gate",
    "no",
    "sally_port",
    "sliding_gate",
    "swing_gate",
    "toll_booth",
    "traffic_calming",
    "width_restrictor",
];
/// What a bicycle does not get through without being lifted.
const CLOSED_TO_BICYCLES: [&str; 7] = ["full-height_turnstile", "horse_stile", "kissing_gate", "squeezer", "stile", "turnstile", "log"];
/// What stands across a way only where the map's lines were drawn over one another; nobody passes where it truly stands.
const WALLS: [&str; 5] = ["fence", "wall", "city_wall", "retaining_wall", "hedge"];

/// Who passes a node with these tags, both ways; none where it is no barrier.
#[must_use]
pub fn passage(tags: &Tags<'_>) -> Option<Access> {
    let barrier = tags.get("barrier")?;
    let mut access = Access::default();
    for mode in MODES_ON_ROADS {
        let by_kind = match mode {
            Mode::Car => OPEN_TO_CARS.contains(&barrier) || barrier == "bollard" && tags.get("bollard") == Some("rising"),
            Mode::Cycle => !CLOSED_TO_BICYCLES.contains(&barrier) && !WALLS.contains(&barrier),
            Mode::Walk | Mode::Transit => !WALLS.contains(&barrier),
        };
        let locked = tags.get("locked") == Some("yes");
        if permitted(tags, mode).unwrap_or(by_kind && !locked) {
            access = access.with(mode, true).with(mode, false);
        }
    }
    Some(access)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_lets_everybody_through_a_bollard_no_cars_and_a_stile_only_walkers() {
        let told = |tags: &[(&str, &str)]| {
            let access = passage(&Tags(tags)).unwrap();
            MODES_ON_ROADS.map(|mode| u8::from(access.allows(mode, true)))
        };
        assert_eq!(told(&[("barrier", "gate")]), [1, 1, 1]);
        assert_eq!(told(&[("barrier", "gate"), ("access", "private")]), [0, 0, 0]);
        assert_eq!(told(&[("barrier", "gate"), ("locked", "yes"), ("foot", "yes")]), [0, 1, 0]);
        assert_eq!(told(&[("barrier", "bollard")]), [0, 1, 1]);
        assert_eq!(told(&[("barrier", "bollard"), ("motor_vehicle", "yes")]), [1, 1, 1]);
        assert_eq!(told(&[("barrier", "lift_gate"), ("vehicle", "no")]), [0, 1, 0]);
        assert_eq!(told(&[("barrier", "stile")]), [0, 1, 0]);
        assert_eq!(passage(&Tags(&[("highway", "crossing")])), None);
    }
}

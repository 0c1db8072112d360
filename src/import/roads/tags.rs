//! What the tags of a way mean: its class, who may use it which way, whether it lies in a built-up area.
//!
//! Great Britain's customs where OpenStreetMap leaves them to each country: nobody walks along a motorway, bridleways are
//! open to bicycles, and a public footpath is not. `destination` and `customers` are open, because a journey to a
//! surgery ends at one; `private` is not.

use super::limits::{self, THIRTY};
use crate::model::roads::{Access, RoadClass};
use crate::model::travel::Mode;

/// The tags of a way or node.
#[derive(Debug, Clone, Copy)]
pub struct Tags<'a>(pub &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(other, _)| *other == key).map(|(_, value)| *value)
    }

    fn is(&self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }
}

/// What a way is for travellers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Its class.
    pub class: RoadClass,
    /// Who may use it, in the direction in which it is drawn and against it.
    pub access: Access,
    /// Its limit, tenths of a kilometre an hour; 0 where none is mapped.
    pub limit: u16,
    /// Whether it is part of a roundabout.
    pub roundabout: bool,
    /// Whether it lies in a built-up area, where its tags tell.
    pub urban: Option<bool>,
}

/// Why a way is no part of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dropped {
    /// The outline of a square or a car park.
    Area,
    /// Not yet, or no longer, a road.
    NotInUse,
    /// A class that nobody travels along, or that is not known.
    OtherClass,
    /// Closed to all modes.
    Closed,
}

impl Dropped {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::Area, Self::NotInUse, Self::OtherClass, Self::Closed];

    /// As the report says it.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Area => "outlines of areas",
            Self::NotInUse => "proposed, under construction or abandoned",
            Self::OtherClass => "of a class that nobody travels along",
            Self::Closed => "closed to cars, walkers and cyclists",
        }
    }
}

/// Whether a way could be a road or a ferry, before its other tags are looked at.
#[must_use]
pub fn may_be_road(tags: &Tags<'_>) -> bool {
    tags.get("highway").is_some() || tags.is("route", &["ferry"])
}

/// What a road or ferry is for travellers, or why it is none; limits that are not understood are handed to `unreadable`.
///
/// # Errors
/// With the reason for which it is left out.
pub fn rules(tags: &Tags<'_>, unreadable: impl FnMut(&str)) -> Result<Rules, Dropped> {
    if tags.is("area", &["yes"]) {
        return Err(Dropped::Area);
    }
    let class = class(tags)?;
    let roundabout = tags.is("junction", &["roundabout", "circular"]);
    let access = access(tags, class, roundabout);
    if access.is_closed() {
        return Err(Dropped::Closed);
    }
    let one_way = access.allows(Mode::Car, true) != access.allows(Mode::Car, false);
    let dual = class == RoadClass::Motorway || (one_way && !roundabout && matches!(class, RoadClass::Trunk | RoadClass::Primary));
    let limit = limits::limit(tags, dual, unreadable);
    Ok(Rules { class, access, limit, roundabout, urban: urban(tags, class, limit) })
}

fn class(tags: &Tags<'_>) -> Result<RoadClass, Dropped> {
    let Some(highway) = tags.get("highway") else { return Ok(RoadClass::Ferry) };
    Ok(match highway {
        "motorway" | "motorway_link" => RoadClass::Motorway,
        "trunk" | "trunk_link" => RoadClass::Trunk,
        "primary" | "primary_link" => RoadClass::Primary,
        "secondary" | "secondary_link" => RoadClass::Secondary,
        "tertiary" | "tertiary_link" => RoadClass::Tertiary,
        "unclassified" | "road" => RoadClass::Unclassified,
        "residential" => RoadClass::Residential,
        "living_street" => RoadClass::LivingStreet,
        "service" => RoadClass::Service,
        "track" => RoadClass::Track,
        "cycleway" => RoadClass::Cycleway,
        "footway" | "pedestrian" | "path" | "bridleway" | "corridor" => RoadClass::Path,
        "steps" => RoadClass::Steps,
        "construction" | "proposed" | "planned" | "abandoned" | "disused" | "razed" | "demolished" | "removed" => return Err(Dropped::NotInUse),
        _ => return Err(Dropped::OtherClass),
    })
}

/// Whether a mode is let through: by its own tags where there are any, the most particular first.
#[must_use]
pub fn permitted(tags: &Tags<'_>, mode: Mode) -> Option<bool> {
    own_permission(tags, mode).or_else(|| tags.get("access").and_then(opens))
}

/// Whether a mode is let through by tags of its own, not by what is said of everybody.
fn own_permission(tags: &Tags<'_>, mode: Mode) -> Option<bool> {
    let keys: &[&str] = match mode {
        Mode::Car => &["motorcar", "motor_vehicle", "vehicle"],
        Mode::Walk => &["foot"],
        Mode::Cycle => &["bicycle", "vehicle"],
        Mode::Transit => &[],
    };
    keys.iter().find_map(|key| tags.get(key).and_then(opens))
}

/// Whether a value of a tag of access lets people through; none where it does not say.
fn opens(value: &str) -> Option<bool> {
    let one = |value: &str| match value.trim() {
        "yes" | "permissive" | "designated" | "official" | "destination" | "customers" | "residents" | "delivery" | "public" | "limited" => Some(true),
        "no"
        | "private"
        | "agricultural"
        | "forestry"
        | "emergency"
        | "psv"
        | "bus"
        | "military"
        | "restricted"
        | "employees"
        | "staff"
        | "permit"
        | "use_sidepath"
        | "dismount"
        | "agricultural;forestry" => Some(false),
        _ => None,
    };
    // Of a list every part must let people through.
    value.split(';').filter_map(one).reduce(|all, part| all && part)
}

fn access(tags: &Tags<'_>, class: RoadClass, roundabout: bool) -> Access {
    let mut access = Access::default();
    if opens_to(tags, class, Mode::Car) {
        let (forward, backward) = direction(tags, class, roundabout, &["oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle"]);
        access = with(access, Mode::Car, forward, backward);
    }
    if opens_to(tags, class, Mode::Walk) {
        let (forward, backward) = match (tags.get("oneway:foot"), tags.get("conveying")) {
            (Some("yes"), _) | (_, Some("forward")) => (true, false),
            (Some("-1"), _) | (_, Some("backward")) => (false, true),
            _ => (true, true),
        };
        access = with(access, Mode::Walk, forward, backward);
    }
    if opens_to(tags, class, Mode::Cycle) {
        let (forward, backward) = direction(tags, class, roundabout, &["oneway:bicycle", "oneway:vehicle"]);
        let against = against_the_traffic(tags);
        access = with(access, Mode::Cycle, forward || against, backward || against);
    }
    access
}

fn with(access: Access, mode: Mode, forward: bool, backward: bool) -> Access {
    let access = if forward { access.with(mode, true) } else { access };
    if backward { access.with(mode, false) } else { access }
}

/// Whether a mode may use a way at all: by tags, and where they are silent by custom.
fn opens_to(tags: &Tags<'_>, class: RoadClass, mode: Mode) -> bool {
    if mode != Mode::Walk && tags.is("smoothness", &["impassable"]) || tags.is("service", &["emergency_access"]) && mode == Mode::Car {
        return false;
    }
    // A car that may use a path, say to a house on it, travels there at no speed that any table knows.
    if mode == Mode::Car && matches!(class, RoadClass::Path | RoadClass::Cycleway | RoadClass::Steps) {
        return false;
    }
    // What is said of everybody closes what custom opens, but opens nothing that custom closes: a footpath with `access=yes` is one for walkers.
    match own_permission(tags, mode) {
        Some(permitted) => permitted,
        None => by_custom(tags, class, mode) && tags.get("access").and_then(opens) != Some(false),
    }
}

fn by_custom(tags: &Tags<'_>, class: RoadClass, mode: Mode) -> bool {
    use RoadClass as Class;
    let motorroad = tags.is("motorroad", &["yes"]);
    match (mode, class) {
        (Mode::Walk | Mode::Cycle, Class::Motorway)
        | (Mode::Cycle, Class::Steps)
        // A ferry takes cars where its tags say so; tracks are farmers'.
        | (Mode::Car, Class::Track | Class::Cycleway | Class::Path | Class::Steps | Class::Ferry)
        | (Mode::Transit, _) => false,
        (Mode::Cycle, Class::Path) => match tags.get("highway") {
            Some("bridleway") => true,
            Some("path") => !tags.is("designation", &["public_footpath"]),
            _ => false,
        },
        (Mode::Walk | Mode::Cycle, _) => !motorroad,
        (Mode::Car, _) => true,
    }
}

/// Which way vehicles go, forward and backward: by a tag of their own, by `oneway`, by what the way is.
fn direction(tags: &Tags<'_>, class: RoadClass, roundabout: bool, keys: &[&str]) -> (bool, bool) {
    let told = keys.iter().chain(&["oneway"]).find_map(|key| match tags.get(key)? {
        "yes" | "true" | "1" => Some((true, false)),
        "-1" | "reverse" => Some((false, true)),
        "no" | "false" | "0" | "alternating" => Some((true, true)),
        // Which way it goes depends on the hour: nobody can be sent along it.
        "reversible" => Some((false, false)),
        _ => None,
    });
    let motorway = class == RoadClass::Motorway && tags.is("highway", &["motorway"]);
    told.unwrap_or(if roundabout || motorway { (true, false) } else { (true, true) })
}

/// Whether bicycles may go against the one way.
fn against_the_traffic(tags: &Tags<'_>) -> bool {
    let opposite = ["cycleway", "cycleway:left", "cycleway:right", "cycleway:both"];
    let lanes = ["cycleway:left:oneway", "cycleway:right:oneway", "cycleway:both:oneway"];
    opposite.iter().any(|key| tags.is(key, &["opposite", "opposite_lane", "opposite_track", "opposite_share_busway"]))
        || lanes.iter().any(|key| tags.is(key, &["-1", "no"]))
        || tags.is("oneway:bicycle", &["no"])
}

/// Whether a way lies in a built-up area, where its tags tell.
fn urban(tags: &Tags<'_>, class: RoadClass, limit: u16) -> Option<bool> {
    for key in ["source:maxspeed", "maxspeed:type", "zone:maxspeed", "zone:traffic", "maxspeed"] {
        match tags.get(key) {
            Some("GB:urban" | "GB:nsl_restricted" | "GB:restricted" | "urban") => return Some(true),
            Some("GB:nsl_single" | "GB:nsl_dual" | "GB:motorway" | "GB:rural" | "rural" | "national") => return Some(false),
            _ => {}
        }
    }
    match limit {
        1..=THIRTY => return Some(true),
        // Fifty miles an hour and more.
        804.. => return Some(false),
        _ => {}
    }
    let lit = tags.get("lit");
    let pavement = tags.is("sidewalk", &["both", "left", "right", "yes", "separate"])
        || ["sidewalk:both", "sidewalk:left", "sidewalk:right"].iter().any(|key| tags.is(key, &["yes", "separate"]));
    if lit == Some("yes") || pavement || matches!(class, RoadClass::Residential | RoadClass::LivingStreet) {
        return Some(true);
    }
    (lit == Some("no") && tags.is("sidewalk", &["no", "none"])).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modes let through forward and backward: `c` car, `w` walk, `b` bicycle.
    fn told(tags: &[(&str, &str)]) -> String {
        let rules = match rules(&Tags(tags), |_| ()) {
            Ok(rules) => rules,
            Err(dropped) => return dropped.phrase().to_owned(),
        };
        let way = |forward| {
            let modes = [(Mode::Car, 'c'), (Mode::Walk, 'w'), (Mode::Cycle, 'b')];
            modes.into_iter().filter(|(mode, _)| rules.access.allows(*mode, forward)).map(|(_, letter)| letter).collect::<String>()
        };
        format!("{} {}/{}", rules.class.id(), way(true), way(false))
    }

    #[test]
    fn who_may_use_a_way_is_told_by_its_tags_and_by_british_custom() {
        let cases: [(&[(&str, &str)], &str); 31] = [
            (&[("highway", "residential")], "residential cwb/cwb"),
            (&[("highway", "residential"), ("oneway", "yes")], "residential cwb/w"),
            (&[("highway", "residential"), ("oneway", "-1")], "residential w/cwb"),
            (&[("highway", "residential"), ("oneway", "yes"), ("oneway:bicycle", "no")], "residential cwb/wb"),
            (&[("highway", "residential"), ("oneway", "yes"), ("cycleway", "opposite_lane")], "residential cwb/wb"),
            (&[("highway", "residential"), ("oneway", "-1"), ("cycleway:left", "opposite")], "residential wb/cwb"),
            (&[("highway", "residential"), ("oneway", "reversible")], "residential w/w"),
            (&[("highway", "motorway")], "motorway c/"),
            (&[("highway", "motorway_link")], "motorway c/c"),
            (&[("highway", "motorway"), ("oneway", "no")], "motorway c/c"),
            (&[("highway", "trunk"), ("motorroad", "yes")], "trunk c/c"),
            (&[("highway", "primary"), ("junction", "roundabout")], "primary cwb/w"),
            (&[("highway", "service"), ("access", "private")], "closed to cars, walkers and cyclists"),
            (&[("highway", "service"), ("access", "private"), ("foot", "yes")], "service w/w"),
            (&[("highway", "service"), ("access", "no"), ("motor_vehicle", "private"), ("bicycle", "designated")], "service b/b"),
            (&[("highway", "service"), ("access", "destination")], "service cwb/cwb"),
            (&[("highway", "service"), ("access", "customers")], "service cwb/cwb"),
            (&[("highway", "unclassified"), ("motor_vehicle", "no"), ("motorcar", "permissive")], "unclassified cwb/cwb"),
            (&[("highway", "unclassified"), ("vehicle", "no")], "unclassified w/w"),
            (&[("highway", "track")], "track wb/wb"),
            (&[("highway", "track"), ("motor_vehicle", "yes")], "track cwb/cwb"),
            (&[("highway", "footway")], "path w/w"),
            (&[("highway", "footway"), ("bicycle", "yes")], "path wb/wb"),
            (&[("highway", "path"), ("designation", "public_footpath")], "path w/w"),
            (&[("highway", "bridleway")], "path wb/wb"),
            (&[("highway", "steps")], "steps w/w"),
            (&[("route", "ferry")], "ferry wb/wb"),
            (&[("route", "ferry"), ("motor_vehicle", "yes"), ("foot", "no")], "ferry cb/cb"),
            (&[("highway", "pedestrian"), ("area", "yes")], "outlines of areas"),
            (&[("highway", "construction")], "proposed, under construction or abandoned"),
            (&[("highway", "raceway")], "of a class that nobody travels along"),
        ];
        for (tags, expected) in cases {
            assert_eq!(told(tags), expected, "{tags:?}");
        }
    }

    #[test]
    fn a_built_up_area_is_told_by_limits_lamps_and_pavements() {
        let urban = |tags: &[(&str, &str)]| rules(&Tags(tags), |_| ()).unwrap().urban;
        assert_eq!(urban(&[("highway", "primary"), ("maxspeed", "30 mph")]), Some(true));
        assert_eq!(urban(&[("highway", "primary"), ("maxspeed", "national"), ("lit", "yes")]), Some(false));
        assert_eq!(urban(&[("highway", "primary"), ("maxspeed", "40 mph")]), None);
        assert_eq!(urban(&[("highway", "primary"), ("maxspeed", "40 mph"), ("sidewalk", "left")]), Some(true));
        assert_eq!(urban(&[("highway", "tertiary"), ("lit", "no"), ("sidewalk", "none")]), Some(false));
        assert_eq!(urban(&[("highway", "residential")]), Some(true));
    }
}

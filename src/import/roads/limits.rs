//! Signed speed limits in the words of OpenStreetMap's `maxspeed`, as tenths of a kilometre an hour.

use super::tags::Tags;

/// What a tag says of the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Tenths of a kilometre an hour.
    Signed(u16),
    /// The national limit for the kind of road, as signs with a black bar say it.
    National,
    /// That there is no number: `none`, `signals`, `variable`.
    NoNumber,
}

/// Limits of Great Britain, tenths of a kilometre an hour: 20, 30, 60 and 70 miles an hour.
const TWENTY: u16 = 322;
/// Up to here a limit is that of a built-up area.
pub const THIRTY: u16 = 483;
const SIXTY: u16 = 966;
const SEVENTY: u16 = 1127;
/// Walking speed.
const WALK: u16 = 70;

/// Above this nothing is a limit, kilometres an hour.
const MOST_KMH: f64 = 200.0;
const KMH_PER_MPH: f64 = 1.609_344;

/// Reads a value of `maxspeed`; of a list the lowest, none where it is not one that is understood.
#[must_use]
pub fn parse(text: &str) -> Option<Limit> {
    let mut lowest = None;
    for part in text.split([';', '|', ',']) {
        lowest = Some(match (lowest, one(part.trim())?) {
            (Some(Limit::Signed(before)), Limit::Signed(now)) => Limit::Signed(before.min(now)),
            (Some(Limit::Signed(before)), _) => Limit::Signed(before),
            (_, now) => now,
        });
    }
    lowest
}

fn one(text: &str) -> Option<Limit> {
    let plain = text.to_ascii_lowercase();
    let word = plain.strip_prefix("gb:").or_else(|| plain.strip_prefix("uk:")).unwrap_or(&plain);
    match word {
        "national" | "nsl" => return Some(Limit::National),
        "nsl_single" | "rural" => return Some(Limit::Signed(SIXTY)),
        "nsl_dual" | "motorway" => return Some(Limit::Signed(SEVENTY)),
        "urban" | "nsl_restricted" | "restricted" => return Some(Limit::Signed(THIRTY)),
        "zone20" | "zone:20" | "20zone" => return Some(Limit::Signed(TWENTY)),
        "walk" | "walking" => return Some(Limit::Signed(WALK)),
        "none" | "signals" | "variable" => return Some(Limit::NoNumber),
        _ => {}
    }
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(word.len());
    let (digits, unit) = word.split_at(end);
    let factor = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" | "kmph" => 1.0,
        "mph" => KMH_PER_MPH,
        // Knots are for boats: on a road they are a slip of the keyboard.
        _ => return None,
    };
    let kmh = digits.parse::<f64>().ok()? * factor;
    tenths(kmh).map(Limit::Signed)
}

fn tenths(kmh: f64) -> Option<u16> {
    if !(1.0..=MOST_KMH).contains(&kmh) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 10 to 2,000")]
    Some((kmh * 10.0).round() as u16)
}

/// The limit of a way, 0 where none is mapped; what is not understood is handed to `unreadable`.
///
/// Where both directions have limits of their own, the lower one holds for the whole: no journey is told too short.
#[must_use]
pub fn limit(tags: &Tags<'_>, dual_carriageway: bool, mut unreadable: impl FnMut(&str)) -> u16 {
    let mut lowest: Option<u16> = None;
    for key in ["maxspeed", "maxspeed:forward", "maxspeed:backward"] {
        let Some(text) = tags.get(key) else { continue };
        match parse(text) {
            None => unreadable(text),
            Some(Limit::NoNumber) => {}
            Some(Limit::National) => lowest = Some(lower(lowest, if dual_carriageway { SEVENTY } else { SIXTY })),
            Some(Limit::Signed(limit)) => lowest = Some(lower(lowest, limit)),
        }
    }
    // How the limit is known, `GB:nsl_single`, says what it is where the number was left out.
    let known = ["maxspeed:type", "source:maxspeed", "zone:maxspeed"].into_iter().filter_map(|key| tags.get(key)).filter(|text| text.starts_with("GB:"));
    let known = known.filter_map(parse).find_map(|limit| if let Limit::Signed(limit) = limit { Some(limit) } else { None });
    lowest.or(known).unwrap_or(0)
}

fn lower(before: Option<u16>, now: u16) -> u16 {
    before.map_or(now, |before| before.min(now))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_limit_is_read_in_its_own_unit() {
        let signed = |text: &str| match parse(text) {
            Some(Limit::Signed(tenths)) => Some(tenths),
            _ => None,
        };
        let good = [("30 mph", 483), ("30mph", 483), ("48", 480), ("48 km/h", 480), ("GB:nsl_single", 966), ("GB:nsl_dual", 1127), ("walk", 70), ("12.5", 125)];
        for (text, tenths) in good {
            assert_eq!(signed(text), Some(tenths), "{text}");
        }
        assert_eq!(signed("40 mph; 30 mph"), Some(483));
        assert_eq!(parse("national"), Some(Limit::National));
        assert_eq!(parse("none"), Some(Limit::NoNumber));
        for text in ["30 knots", "", "fast", "0", "-5", "1000", "30 mph; fast", "RU:urban mph", "1e3", "."] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn of_two_directions_the_lower_limit_holds() {
        let mut unread = Vec::new();
        let tags = Tags(&[("maxspeed:forward", "60 mph"), ("maxspeed:backward", "40 mph"), ("maxspeed", "thirty")]);
        assert_eq!((limit(&tags, false, |text| unread.push(text.to_owned())), unread), (644, vec!["thirty".to_owned()]));
        assert_eq!(limit(&Tags(&[("maxspeed", "national")]), true, |_| ()), SEVENTY);
        assert_eq!(limit(&Tags(&[("maxspeed:type", "GB:nsl_single")]), true, |_| ()), SIXTY);
        assert_eq!(limit(&Tags(&[("maxspeed", "none")]), true, |_| ()), 0);
    }

    proptest! {
        #[test]
        fn any_text_is_a_limit_up_to_two_hundred_or_none(text in ".{0,12}") {
            if let Some(Limit::Signed(tenths)) = parse(&text) {
                prop_assert!((10..=2000).contains(&tenths));
            }
        }
    }
}

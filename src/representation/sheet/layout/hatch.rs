//! Patterns as lines and dots inside shapes: no picture to tile, nothing to cut, and the same in the key.

use std::collections::BTreeMap;

use super::page::{INK, Room, WHITE};
use super::project::{Vertex, points};
use crate::model::measure::FigureStatus;
use crate::model::style::Colour;
use crate::representation::figure::{Fill, Pattern};
use crate::representation::sheet::{Mark, Paint, PathPart, Stroke};

/// Ink of the patterns of areas without a number.
const MISSING_INK: Colour = Colour(0x6c, 0x75, 0x7d);
/// Below this luminance a pattern is white: dark lines on a dark colour would be lost in print.
const DARK: f64 = 0.16;

/// What a pattern is drawn of.
#[derive(Clone, Copy)]
enum Grain {
    Falling,
    Rising,
    Dots,
}

/// The pattern of a fill over these rings, as marks; nothing for a plain fill.
pub(super) fn marks(rings: &[Vec<Vertex>], fill: Fill, room: Room, strength: f64) -> Vec<Mark> {
    let dark = fill.colour.luminance() < DARK;
    let over = if dark { WHITE } else { INK };
    let (grains, paint, width, step): (&[Grain], Paint, f64, f64) = match fill.pattern {
        Pattern::Plain => return Vec::new(),
        Pattern::Missing(FigureStatus::Suppressed) => (&[Grain::Rising], Paint { colour: MISSING_INK, opacity: 1.0 }, 0.8, 4.2),
        Pattern::Missing(FigureStatus::NotApplicable) => (&[Grain::Rising, Grain::Falling], Paint { colour: MISSING_INK, opacity: 1.0 }, 0.45, 4.6),
        Pattern::Missing(FigureStatus::NotHeld | FigureStatus::Present) => (&[Grain::Dots], Paint { colour: MISSING_INK, opacity: 1.0 }, 0.9, 3.2),
        Pattern::Estimated => (&[Grain::Dots], Paint { colour: over, opacity: 0.85 }, 1.1, 4.6),
        Pattern::Striped => (&[Grain::Rising], Paint { colour: over, opacity: if dark { 0.75 } else { 0.55 } }, 0.8, 4.6),
    };
    let mut parts = Vec::new();
    for grain in grains {
        lines(rings, *grain, step * strength, room, &mut parts);
    }
    if parts.is_empty() {
        return Vec::new();
    }
    let round = matches!(grains, [Grain::Dots]);
    vec![Mark::Path { parts, fill: None, stroke: Some(Stroke { paint, width: width * strength, dashes: Vec::new(), round }) }]
}

/// Lines of one direction, or dots along lines, inside rings by the even-odd rule.
fn lines(rings: &[Vec<Vertex>], grain: Grain, step: f64, room: Room, parts: &mut Vec<PathPart>) {
    // A pattern counts its lines across and runs along them; diagonals are turned by an eighth of a circle.
    let turn = std::f64::consts::FRAC_1_SQRT_2;
    let across = |(x, y): (f64, f64)| match grain {
        Grain::Rising => x + y,
        Grain::Falling => x - y,
        Grain::Dots => y,
    };
    let along = |(x, y): (f64, f64)| match grain {
        Grain::Rising => x - y,
        Grain::Falling => x + y,
        Grain::Dots => x,
    };
    let step = if matches!(grain, Grain::Dots) { step } else { step / turn };
    let mut crossings: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for ring in rings {
        for (place, b) in ring.iter().enumerate() {
            let a = points(ring[(place + ring.len() - 1) % ring.len()]);
            let b = points(*b);
            let (from, to) = (across(a) / step, across(b) / step);
            if (from - to).abs() < f64::EPSILON {
                continue;
            }
            let (start, end) = (along(a), along(b));
            for number in between(from.min(to), from.max(to)) {
                #[expect(clippy::cast_precision_loss, reason = "a number of lines on paper")]
                let share = (number as f64 - from) / (to - from);
                crossings.entry(number).or_default().push(start + share * (end - start));
            }
        }
    }
    for (number, mut places) in crossings {
        places.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "a number of lines on paper")]
        let line = number as f64 * step;
        // Back from where a line is counted and how far along it to right and down.
        let place = |at: f64| match grain {
            Grain::Rising => (f64::midpoint(line, at), (line - at) / 2.0),
            Grain::Falling => (f64::midpoint(line, at), (at - line) / 2.0),
            Grain::Dots => (at, line),
        };
        for pair in places.chunks_exact(2) {
            match grain {
                Grain::Dots => dots(pair[0], pair[1], line, number % 2 != 0, step, room, parts),
                Grain::Rising | Grain::Falling => stretch(place(pair[0]), place(pair[1]), room, parts),
            }
        }
    }
}

/// Whole numbers above the first value, up to and with the second: each crossing of a shared corner counts once.
#[expect(clippy::cast_possible_truncation, reason = "a number of lines on paper")]
fn between(low: f64, high: f64) -> std::ops::RangeInclusive<i64> {
    let limit = 100_000.0;
    (low.clamp(-limit, limit).floor() as i64 + 1)..=(high.clamp(-limit, limit).floor() as i64)
}

fn stretch(a: (f64, f64), b: (f64, f64), room: Room, parts: &mut Vec<PathPart>) {
    let beyond = a.0.max(b.0) < room.x || a.0.min(b.0) > room.right() || a.1.max(b.1) < room.y || a.1.min(b.1) > room.bottom();
    if !beyond {
        parts.push(PathPart::Move(a.0, a.1));
        parts.push(PathPart::Line(b.0, b.1));
    }
}

fn dots(from: f64, to: f64, y: f64, odd: bool, step: f64, room: Room, parts: &mut Vec<PathPart>) {
    if y < room.y || y > room.bottom() {
        return;
    }
    let (from, to) = (from.max(room.x), to.min(room.right()));
    let offset = if odd { step / 2.0 } else { 0.0 };
    let mut x = ((from - offset) / step).ceil() * step + offset;
    while x < to {
        // A line with round ends that is hardly a line is a dot everywhere.
        parts.push(PathPart::Move(x - 0.05, y));
        parts.push(PathPart::Line(x + 0.05, y));
        x += step;
    }
}

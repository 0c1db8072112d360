//! The scale bar, in kilometres and in miles, and the arrow that says where north is.

use super::page::{GREY, INK, Room, drawn, filled, solid};
use super::project::Projection;
use super::symbols::polygon;
use super::text::Style;
use crate::representation::sheet::{Align, Group, PathPart, Role};

const METRES_TO_THE_MILE: f64 = 1609.344;

/// The height of the strip below a map that holds bar and arrow.
pub(super) fn height(size: f64) -> f64 {
    size * 3.0
}

/// Bar and arrow in a strip below the map.
pub(super) fn group(projection: &Projection, strip: Room, size: f64) -> Group {
    let style = Style::plain(size).in_colour(GREY);
    let most = (strip.width * 0.3).min(size * 22.0);
    let (kilometres, long) = round_length(most, projection.scale * 1000.0);
    let (miles, short) = round_length(most, projection.scale * METRES_TO_THE_MILE);
    let (x, tick) = (strip.x + 0.5, size * 0.4);
    let mut marks = Vec::new();
    for (length, words, top) in [(long, metric(kilometres, "km", "m"), 0.5), (short, imperial(miles), 1.6)] {
        let y = strip.y + size * (top + 0.55);
        let bar = vec![PathPart::Move(x, y - tick), PathPart::Line(x, y), PathPart::Line(x + length, y), PathPart::Line(x + length, y - tick)];
        marks.push(drawn(bar, solid(INK), 0.9));
        marks.push(style.text(words, x + length + size * 0.5, y, Align::Start));
    }
    let north = "Grid north";
    let right = strip.right();
    marks.push(style.text(north, right - size * 1.1, strip.y + size * 1.85, Align::End));
    let (ax, top, bottom) = (right - size * 0.45, strip.y + size * 0.45, strip.y + size * 2.05);
    let half = size * 0.42;
    marks.push(filled(polygon(&[(ax, top), (ax + half, bottom), (ax, bottom - size * 0.42), (ax - half, bottom)]), solid(INK)));
    let role = Role::Figure(format!("Scale bar of {} and {}; grid north is at the top.", metric(kilometres, "kilometres", "metres"), imperial(miles)));
    Group { role, clip: None, marks }
}

/// The longest of 1, 2 and 5 times a power of ten that fits, and how long it is on paper.
fn round_length(most: f64, unit: f64) -> (f64, f64) {
    let fits = most / unit;
    let power = 10_f64.powf(fits.log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= fits + 1e-9).unwrap_or(1.0);
    (step * power, step * power * unit)
}

fn metric(kilometres: f64, long: &str, short: &str) -> String {
    if kilometres < 1.0 { format!("{:.0} {short}", kilometres * 1000.0) } else { format!("{kilometres:.0} {long}") }
}

fn imperial(miles: f64) -> String {
    let decimals = if miles >= 1.0 { 0.0 } else { (-miles.log10() - 1e-9).ceil().clamp(0.0, 4.0) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 4")]
    let decimals = decimals as usize;
    format!("{miles:.decimals$} {}", if (miles - 1.0).abs() < 1e-9 { "mile" } else { "miles" })
}

#[cfg(test)]
mod tests {
    use geo_types::{Coord, Rect};

    use super::*;
    use crate::representation::sheet::Mark;

    fn texts(group: &Group) -> Vec<&str> {
        group.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(text.words.as_str()) } else { None }).collect()
    }

    #[test]
    fn bars_are_round_and_as_long_as_they_say() {
        let room = Room { x: 0.0, y: 0.0, width: 500.0, height: 500.0 };
        let ground = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 50_000.0, y: 50_000.0 });
        let projection = Projection::fitting(ground, room, 0.0);
        let group = group(&projection, Room { y: 500.0, height: 20.0, ..room }, 7.0);
        assert_eq!(texts(&group), ["10 km", "5 miles", "Grid north"]);
        let ends: Vec<f64> = group
            .marks
            .iter()
            .filter_map(|mark| if let Mark::Path { parts, .. } = mark { Some(parts) } else { None })
            .filter_map(|parts| if let PathPart::Line(x, _) = parts[2] { Some(x) } else { None })
            .collect();
        assert!((ends[0] - 100.5).abs() < 1e-9, "{ends:?}");
        assert!((ends[1] - 80.9672).abs() < 1e-3, "{ends:?}");
    }
}

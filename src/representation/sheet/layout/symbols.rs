//! Symbols of places, the same in shape, colour and size as on the screen: areas follow numbers, so that twice as much looks twice as large.

use super::page::{INK, WHITE, circle, drawn, filled, solid};
use super::project::Projection;
use super::text::Style;
use crate::model::housing::SiteStatus;
use crate::model::style::Colour;
use crate::representation::figure::Symbol;
use crate::representation::sheet::{Align, Mark, Paint, PathPart, Stroke};

const PRACTICE: Colour = Colour(0x0b, 0x5f, 0x73);
/// A size that the key shows whatever the map: the radius of a practice for the square root of its list, in pixels of the screen.
const PRACTICE_RADIUS: f64 = 0.068;
const LEAST_PRACTICE: f64 = 2.6;
/// The side of a site for the square root of its dwellings.
const SITE_SIDE: f64 = 0.5;
const LEAST_SITE: f64 = 5.0;
const HOSPITAL_SIDE: f64 = 15.0;
const MARK_RADIUS: f64 = 8.5;
/// Points to a pixel of the screen.
const PIXEL: f64 = 0.75;
/// How much larger everything is drawn as the map is looked at more closely: factors at zooms of the screen.
/// On paper, where a map lies nearer to the eye and cannot be moved, they stop growing sooner than on the screen.
const GROWTH: [(f64, f64); 3] = [(7.0, 0.6), (9.0, 0.85), (11.0, 1.1)];
/// Metres to a pixel at zoom 0 in the middle of England.
const METRES_AT_ZOOM_0: f64 = 47_500.0;

/// How large symbols are drawn: points for a pixel of the screen at the same scale of the map.
#[derive(Debug, Clone, Copy)]
pub(super) struct SymbolScale(pub f64);

impl SymbolScale {
    /// The scale for a map, `strength` times that of a sheet of A4.
    pub fn of(projection: &Projection, strength: f64) -> Self {
        let metres_to_the_pixel = PIXEL / projection.scale;
        let zoom = (METRES_AT_ZOOM_0 / metres_to_the_pixel).log2();
        Self(PIXEL * growth(zoom) * strength)
    }
}

fn growth(zoom: f64) -> f64 {
    let after = GROWTH.iter().position(|(stop, _)| zoom <= *stop);
    match after {
        Some(0) => GROWTH[0].1,
        Some(after) => {
            let ((a, from), (b, to)) = (GROWTH[after - 1], GROWTH[after]);
            from + (zoom - a) / (b - a) * (to - from)
        }
        None => GROWTH[GROWTH.len() - 1].1,
    }
}

/// How a status of a site looks: colour, solid or hollow, corners of a shape with an area of one.
fn site(status: SiteStatus) -> (Colour, bool, &'static [[f64; 2]]) {
    const SQUARE: [[f64; 2]; 4] = [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]];
    const HALF_ROOT: f64 = std::f64::consts::FRAC_1_SQRT_2;
    const DIAMOND: [[f64; 2]; 4] = [[0.0, -HALF_ROOT], [HALF_ROOT, 0.0], [0.0, HALF_ROOT], [-HALF_ROOT, 0.0]];
    const TRIANGLE: [[f64; 2]; 3] = [[0.0, -0.8774], [0.7598, 0.4387], [-0.7598, 0.4387]];
    const PENNANT: [[f64; 2]; 3] = [[0.0, 0.8774], [0.7598, -0.4387], [-0.7598, -0.4387]];
    match status {
        SiteStatus::Completed => (Colour(0x5c, 0x32, 0x06), true, &SQUARE),
        SiteStatus::UnderConstruction => (Colour(0x7f, 0x3b, 0x08), true, &DIAMOND),
        SiteStatus::Permission => (Colour(0xb3, 0x58, 0x06), true, &TRIANGLE),
        SiteStatus::Allocation => (Colour(0xb3, 0x58, 0x06), false, &SQUARE),
        SiteStatus::Potential => (Colour(0x8a, 0x5a, 0x1c), false, &DIAMOND),
        SiteStatus::Option => (Colour(0x8a, 0x5a, 0x1c), false, &TRIANGLE),
        SiteStatus::RegisterOnly => (Colour(0x6b, 0x62, 0x56), false, &PENNANT),
    }
}

/// How far a symbol reaches from its middle, edge included, in points.
pub(super) fn reach(symbol: &Symbol, scale: SymbolScale) -> f64 {
    let SymbolScale(unit) = scale;
    let half = match symbol {
        Symbol::Practice { list_size, chosen } => (PRACTICE_RADIUS * list_size.max(0.0).sqrt()).max(LEAST_PRACTICE) + if *chosen { 3.0 } else { 0.8 },
        Symbol::Hospital => HOSPITAL_SIDE / 2.0 + 1.0,
        Symbol::Site { dwellings, .. } => (SITE_SIDE * dwellings.max(0.0).sqrt()).max(LEAST_SITE) * 0.75 + 1.0,
        Symbol::Mark(_) => MARK_RADIUS + 1.5,
    };
    half * unit
}

/// What of a symbol decides which lies below: the larger one.
pub(super) fn order(symbol: &Symbol) -> (u8, f64) {
    match symbol {
        Symbol::Site { dwellings, .. } => (0, *dwellings),
        Symbol::Practice { list_size, chosen: false } => (1, *list_size),
        Symbol::Practice { list_size, chosen: true } => (2, *list_size),
        Symbol::Hospital => (3, 0.0),
        Symbol::Mark(_) => (4, 0.0),
    }
}

/// A symbol at a place.
pub(super) fn marks(symbol: &Symbol, x: f64, y: f64, scale: SymbolScale) -> Vec<Mark> {
    let SymbolScale(unit) = scale;
    match symbol {
        Symbol::Practice { list_size, chosen } => {
            let radius = (PRACTICE_RADIUS * list_size.max(0.0).sqrt()).max(LEAST_PRACTICE) * unit;
            let edge = if *chosen { 1.8 } else { 1.0 };
            let mut marks = Vec::new();
            if *chosen {
                // A ring of white and ink, so that it is found among the others without colour too.
                marks.push(filled(circle(x, y, radius + 3.0 * unit), solid(INK)));
            }
            marks.push(edged(circle(x, y, radius), Paint { colour: PRACTICE, opacity: if *chosen { 1.0 } else { 0.88 } }, WHITE, edge * unit));
            marks
        }
        Symbol::Hospital => {
            let half = HOSPITAL_SIDE / 2.0 * unit;
            let (arm, thick) = (half * 0.64, half * 0.235);
            vec![edged(rectangle(x, y, half, half), solid(INK), WHITE, 1.2 * unit), filled(cross(x, y, arm, thick), solid(WHITE))]
        }
        Symbol::Site { status, dwellings } => {
            let (colour, is_solid, corners) = site(*status);
            let side = (SITE_SIDE * dwellings.max(0.0).sqrt()).max(LEAST_SITE) * unit;
            let (fill, edge, width) = if is_solid { (colour, WHITE, 1.0) } else { (WHITE, colour, 1.5) };
            let mut parts: Vec<PathPart> = Vec::with_capacity(corners.len() + 1);
            for (number, [dx, dy]) in corners.iter().enumerate() {
                let (cx, cy) = (x + dx * side, y + dy * side);
                parts.push(if number == 0 { PathPart::Move(cx, cy) } else { PathPart::Line(cx, cy) });
            }
            parts.push(PathPart::Close);
            vec![edged(parts, solid(fill), edge, width * unit)]
        }
        Symbol::Mark(words) => {
            let style = Style { size: MARK_RADIUS * 1.25 * unit, ..Style::bold(0.0) }.in_colour(WHITE);
            let radius = (MARK_RADIUS * unit).max(style.width(words) / 2.0 + 2.0 * unit);
            vec![edged(circle(x, y, radius), solid(INK), WHITE, 1.5 * unit), style.text(words.as_str(), x, y + style.size * 0.357, Align::Middle)]
        }
    }
}

/// The ring around a point that is only roughly known.
pub(super) fn soft_ring(x: f64, y: f64, radius: f64, scale: SymbolScale, colour: Colour) -> Mark {
    let SymbolScale(unit) = scale;
    let stroke = Stroke { paint: Paint { colour, opacity: 0.6 }, width: 1.2 * unit, dashes: Vec::new(), round: true };
    Mark::Path { parts: circle(x, y, radius), fill: Some(Paint { colour: WHITE, opacity: 0.45 }), stroke: Some(stroke) }
}

/// The colour of a symbol, for the ring around it.
pub(super) fn colour(symbol: &Symbol) -> Colour {
    match symbol {
        Symbol::Practice { .. } => PRACTICE,
        Symbol::Hospital | Symbol::Mark(_) => INK,
        Symbol::Site { status, .. } => site(*status).0,
    }
}

fn edged(parts: Vec<PathPart>, fill: Paint, edge: Colour, width: f64) -> Mark {
    Mark::Path { parts, fill: Some(fill), stroke: Some(Stroke { paint: solid(edge), width, dashes: Vec::new(), round: false }) }
}

fn rectangle(x: f64, y: f64, half_width: f64, half_height: f64) -> Vec<PathPart> {
    polygon(&[(x - half_width, y - half_height), (x + half_width, y - half_height), (x + half_width, y + half_height), (x - half_width, y + half_height)])
}

fn cross(x: f64, y: f64, arm: f64, thick: f64) -> Vec<PathPart> {
    let corner = |a: f64, b: f64| (x + a, y + b);
    polygon(&[
        corner(-thick, -arm),
        corner(thick, -arm),
        corner(thick, -thick),
        corner(arm, -thick),
        corner(arm, thick),
        corner(thick, thick),
        corner(thick, arm),
        corner(-thick, arm),
        corner(-thick, thick),
        corner(-arm, thick),
        corner(-arm, -thick),
        corner(-thick, -thick),
    ])
}

/// A path around corners.
pub(super) fn polygon(corners: &[(f64, f64)]) -> Vec<PathPart> {
    let mut parts: Vec<PathPart> =
        corners.iter().enumerate().map(|(number, (x, y))| if number == 0 { PathPart::Move(*x, *y) } else { PathPart::Line(*x, *y) }).collect();
    parts.push(PathPart::Close);
    parts
}

/// The sample of a line of flow in the key.
pub(super) fn flow(x: f64, y: f64, length: f64, width: f64) -> Mark {
    drawn(vec![PathPart::Move(x, y), PathPart::Line(x + length, y)], Paint { colour: INK, opacity: FLOW_OPACITY }, width)
}

/// How wide a flow is drawn.
pub(super) fn flow_width(weight: f64, strength: f64) -> f64 {
    (0.5 + 4.5 * weight.clamp(0.0, 1.0)) * strength
}

/// Flows lie over one another: where many run, it is darker.
pub(super) const FLOW_OPACITY: f64 = 0.45;

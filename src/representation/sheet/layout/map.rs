//! The map: ground, neighbours, areas, lines, symbols and names, from below to above.

use std::collections::HashMap;

use geo::BoundingRect;
use geo_types::{Coord, MultiPolygon, Rect};

use super::hatch;
use super::key::{OUTLINE_OPACITY, outline_stroke};
use super::labels;
use super::net::{Net, Rings, path_of};
use super::page::{GROUND, INK, NEIGHBOUR, NEIGHBOUR_LINE, Room, Type, WHITE, drawn, filled, solid};
use super::project::{Projection, Vertex};
use super::symbols::{self, FLOW_OPACITY, SymbolScale};
use crate::model::crs::Bng;
use crate::model::style::Colour;
use crate::representation::figure::{Border, BorderKind, Figure, FigureMap, Fill, MapArea, MapPoint, Outline, OutlineShape, Pattern};
use crate::representation::sheet::{Group, Mark, Paint, PathPart, Role, Shown, Stroke};

const DISTRICT: Colour = Colour(0x5f, 0x6b, 0x76);
const EXTENT: Colour = Colour(0x2f, 0x3b, 0x45);

/// What must be seen whole: the frame that was asked for, or all that the map is about.
pub(super) fn ground_of(map: &FigureMap<'_>) -> Rect<f64> {
    if let Some(frame) = &map.frame {
        return frame.0;
    }
    let areas = map.areas.iter().filter_map(|area| area.shape.inner().bounding_rect());
    let borders = map.borders.iter().filter_map(|border| border.shape.inner().bounding_rect());
    let points = map.points.iter().map(|point| Rect::new(point.point.0.0, point.point.0.0));
    let inset = map.inset.iter().filter_map(|shape| shape.inner().bounding_rect());
    let all = |rects: &mut dyn Iterator<Item = Rect<f64>>| rects.reduce(|a, b| union(&a, &b));
    // With nothing at all on it, a map of the middle of England is as good as any.
    let nowhere = Rect::new(Coord { x: 400_000.0, y: 250_000.0 }, Coord { x: 500_000.0, y: 350_000.0 });
    all(&mut areas.chain(borders)).or_else(|| all(&mut { points })).or_else(|| all(&mut { inset })).unwrap_or(nowhere)
}

fn union(a: &Rect<f64>, b: &Rect<f64>) -> Rect<f64> {
    Rect::new(Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) }, Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) })
}

/// The map in its room.
pub(super) fn group(figure: &Figure<'_>, projection: &Projection, sizes: &Type, shown: Shown) -> Group {
    let map = &figure.map;
    let room = projection.room;
    let strength = sizes.strength;
    let scale = SymbolScale::of(projection, strength);
    let mut marks = vec![filled(room.parts(), solid(GROUND))];
    if shown.neighbours {
        neighbours(&map.neighbours, projection, &mut marks);
    }
    areas(&map.areas, projection, strength, &mut marks);
    for outline in &map.outlines {
        fill_of(outline, projection, &mut marks);
    }
    borders(&map.borders, projection, strength, &mut marks);
    for outline in &map.outlines {
        line_of(outline, projection, strength, &mut marks);
    }
    for flow in &map.flows {
        let (from, to) = (projection.at(flow.from.0.0), projection.at(flow.to.0.0));
        let width = symbols::flow_width(flow.weight, strength);
        marks.push(drawn(vec![PathPart::Move(from.0, from.1), PathPart::Line(to.0, to.1)], Paint { colour: INK, opacity: FLOW_OPACITY }, width));
    }
    let mut points: Vec<&MapPoint> = if shown.points { map.points.iter().collect() } else { Vec::new() };
    points.sort_by(|a, b| {
        let (a, b) = (symbols::order(&a.symbol), symbols::order(&b.symbol));
        a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))
    });
    let (dots, names) = if shown.labels { labels::marks(&map.labels, &points, projection, sizes, scale) } else { (Vec::new(), Vec::new()) };
    marks.extend(dots);
    for point in &points {
        let (x, y) = projection.at(point.point.0.0);
        let reach = symbols::reach(&point.symbol, scale);
        // Less than about two thirds of a symbol at the edge of the map would be a riddle.
        if !room.within(reach * 0.4).holds(&Room { x, y, width: 0.0, height: 0.0 }) {
            continue;
        }
        if point.approximate {
            marks.push(symbols::soft_ring(x, y, reach + 4.5 * scale.0, scale, symbols::colour(&point.symbol)));
        }
        marks.extend(symbols::marks(&point.symbol, x, y, scale));
    }
    marks.extend(names);
    Group { role: Role::Figure(figure.alternative.clone()), clip: Some(room.clip()), marks }
}

fn neighbours(shapes: &[&Bng<MultiPolygon<f64>>], projection: &Projection, marks: &mut Vec<Mark>) {
    let mut rings = Rings::default();
    for (owner, shape) in shapes.iter().enumerate() {
        projection.rings(shape.inner(), |ring| rings.add(owner, ring));
    }
    let net = Net::of(&rings);
    let land = path_of(&net.around(1, |_| Some(0))[0]);
    if !land.is_empty() {
        marks.push(filled(land, solid(NEIGHBOUR)));
        marks.push(drawn(net.borders(), solid(NEIGHBOUR_LINE), 0.5));
    }
}

/// Areas of one fill as one path, then every border between them once.
fn areas(areas: &[MapArea<'_>], projection: &Projection, strength: f64, marks: &mut Vec<Mark>) {
    let mut rings = Rings::default();
    let mut sides: Vec<f64> = Vec::with_capacity(areas.len());
    for (owner, area) in areas.iter().enumerate() {
        let mut extent = Extent::default();
        projection.rings(area.shape.inner(), |ring| {
            extent.add(&ring);
            rings.add(owner, ring);
        });
        sides.extend(extent.side());
    }
    let net = Net::of(&rings);
    let (fills, of_area) = fills_of(areas);
    // White lines take from the colour what they cover: with small areas they grow thin, with tiny ones they go.
    sides.sort_by(f64::total_cmp);
    let typical = sides.get(sides.len() / 4).copied().unwrap_or(0.0);
    let width = (0.055 * typical).min(0.55 * strength);
    let seam = if width < 0.12 { 0.25 } else { 0.0 };
    for (fill, rings) in fills.iter().zip(net.around(fills.len(), |area| of_area.get(area).copied())) {
        // Without white lines between them, paths of two colours would let the ground shine through where they meet.
        let stroke = (seam > 0.0).then(|| Stroke { paint: solid(fill.colour), width: seam, dashes: Vec::new(), round: true });
        marks.push(Mark::Path { parts: path_of(&rings), fill: Some(solid(fill.colour)), stroke });
        marks.extend(hatch::marks(&rings, *fill, projection.room, strength));
    }
    if seam <= 0.0 {
        marks.push(drawn(net.borders(), solid(WHITE), width));
    }
}

/// The different fills in the order of their first area, and which each area has.
fn fills_of(areas: &[MapArea<'_>]) -> (Vec<Fill>, Vec<usize>) {
    let mut fills: Vec<Fill> = Vec::new();
    let mut known: HashMap<([u8; 3], u8), usize> = HashMap::new();
    let of_area = areas
        .iter()
        .map(|area| {
            let Colour(red, green, blue) = area.fill.colour;
            *known.entry(([red, green, blue], number_of(area.fill.pattern))).or_insert_with(|| {
                fills.push(area.fill);
                fills.len() - 1
            })
        })
        .collect();
    (fills, of_area)
}

/// A number for each pattern.
fn number_of(pattern: Pattern) -> u8 {
    match pattern {
        Pattern::Plain => 0,
        Pattern::Estimated => 1,
        Pattern::Striped => 2,
        Pattern::Missing(status) => 3 + status as u8,
    }
}

/// How large an area is on paper.
#[derive(Default)]
struct Extent(Option<(Vertex, Vertex)>);

impl Extent {
    fn add(&mut self, ring: &[Vertex]) {
        for (x, y) in ring {
            let (min, max) = self.0.get_or_insert(((*x, *y), (*x, *y)));
            *min = (min.0.min(*x), min.1.min(*y));
            *max = (max.0.max(*x), max.1.max(*y));
        }
    }

    /// The side of a square as large as the rectangle around it, in points.
    fn side(&self) -> Option<f64> {
        self.0.map(|(min, max)| (f64::from(max.0 - min.0) * f64::from(max.1 - min.1)).sqrt() / 10.0)
    }
}

fn borders(borders: &[Border<'_>], projection: &Projection, strength: f64, marks: &mut Vec<Mark>) {
    for (kind, colour, width) in [(BorderKind::District, DISTRICT, 0.8), (BorderKind::Extent, EXTENT, 1.3)] {
        let mut rings = Rings::default();
        for (owner, border) in borders.iter().enumerate().filter(|(_, border)| border.kind == kind) {
            projection.rings(border.shape.inner(), |ring| rings.add(owner, ring));
        }
        let parts = Net::of(&rings).borders();
        if parts.is_empty() {
            continue;
        }
        if kind == BorderKind::District {
            // White on both sides, so that it is seen on the darkest class.
            marks.push(drawn(parts.clone(), Paint { colour: WHITE, opacity: 0.7 }, (width + 1.0) * strength));
        }
        marks.push(drawn(parts, solid(colour), width * strength));
    }
}

fn outline_parts(outline: &Outline<'_>, projection: &Projection) -> Vec<PathPart> {
    let mut rings = Rings::default();
    match &outline.shape {
        OutlineShape::Owned(shape) => projection.rings(shape.inner(), |ring| rings.add(0, ring)),
        OutlineShape::Stored(shape) => projection.rings(shape.inner(), |ring| rings.add(0, ring)),
        OutlineShape::Around(shapes) => {
            for (owner, shape) in shapes.iter().enumerate() {
                projection.rings(shape.inner(), |ring| rings.add(owner, ring));
            }
        }
    }
    path_of(&Net::of(&rings).around(1, |_| Some(0))[0])
}

fn fill_of(outline: &Outline<'_>, projection: &Projection, marks: &mut Vec<Mark>) {
    if let Some(colour) = outline.fill {
        marks.push(filled(outline_parts(outline, projection), Paint { colour, opacity: OUTLINE_OPACITY }));
    }
}

fn line_of(outline: &Outline<'_>, projection: &Projection, strength: f64, marks: &mut Vec<Mark>) {
    let parts = outline_parts(outline, projection);
    let stroke = outline_stroke(outline.line, outline.dashed, strength);
    marks.push(drawn(parts.clone(), Paint { colour: WHITE, opacity: 0.85 }, stroke.width + 1.3 * strength));
    marks.push(Mark::Path { parts, fill: None, stroke: Some(stroke) });
}

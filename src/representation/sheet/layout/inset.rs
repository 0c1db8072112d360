//! The small map that says where this is: the wider country in grey, and the frame of the map on it.

use geo::BoundingRect;
use geo_types::Rect;

use super::net::{Net, Rings, path_of};
use super::page::{GROUND, INK, Room, drawn, filled, solid};
use super::project::Projection;
use super::text::{Piece, Row};
use crate::model::style::Colour;
use crate::representation::figure::FigureMap;
use crate::representation::sheet::{Mark, Paint, PathPart, Role};

const LAND: Colour = Colour(0xd3, 0xd9, 0xde);
const LINE: Colour = Colour(0xff, 0xff, 0xff);

/// The small map as a piece of a column; none if there is nothing to show, or nothing wider than the map itself.
pub(super) fn piece(map: &FigureMap<'_>, framed: &Rect<f64>, width: f64, most: f64, before: f64) -> Option<Piece> {
    let whole = map.inset.iter().filter_map(|shape| shape.inner().bounding_rect()).reduce(|a, b| {
        let min = (a.min().x.min(b.min().x), a.min().y.min(b.min().y));
        let max = (a.max().x.max(b.max().x), a.max().y.max(b.max().y));
        Rect::new(min, max)
    })?;
    // A frame that holds all of it says nothing about where it is.
    if framed.width() * framed.height() > whole.width() * whole.height() {
        return None;
    }
    let margin = 0.06;
    let shape = whole.height() / whole.width().max(1.0);
    let (width, height) = if width * 0.5 * shape > most { (most / shape, most) } else { (width * 0.5, width * 0.5 * shape) };
    let room = Room { x: 0.0, y: 0.0, width, height };
    let projection = Projection::fitting(whole, room, margin);
    let mut rings = Rings::default();
    for (owner, shape) in map.inset.iter().enumerate() {
        projection.rings(shape.inner(), |ring| rings.add(owner, ring));
    }
    let net = Net::of(&rings);
    let mut marks: Vec<Mark> = vec![filled(room.parts(), solid(GROUND))];
    marks.push(filled(path_of(&net.around(1, |_| Some(0))[0]), solid(LAND)));
    marks.push(drawn(net.borders(), solid(LINE), 0.5));
    marks.push(frame(&projection, framed, room));
    let role = Role::Figure("Small map: where the map lies, drawn as a frame.".to_owned());
    Some(Piece { role, rows: vec![Row { marks, height, cells: Vec::new() }], heads: 0, before, leads: false, whole: false })
}

/// The frame of the large map, cut at the edge of the small one; a mark that can be seen however small it is.
fn frame(projection: &Projection, framed: &Rect<f64>, room: Room) -> Mark {
    let (mut left, mut bottom) = projection.at(framed.min());
    let (mut right, mut top) = projection.at(framed.max());
    let least = 3.0;
    if right - left < least {
        (left, right) = ((left + right - least) / 2.0, (left + right + least) / 2.0);
    }
    if bottom - top < least {
        (top, bottom) = ((top + bottom - least) / 2.0, (top + bottom + least) / 2.0);
    }
    let edge = 0.6;
    let (left, right) = (left.max(room.x + edge), right.min(room.right() - edge));
    let (top, bottom) = (top.max(room.y + edge), bottom.min(room.bottom() - edge));
    let parts = vec![PathPart::Move(left, top), PathPart::Line(right, top), PathPart::Line(right, bottom), PathPart::Line(left, bottom), PathPart::Close];
    let line = drawn(parts.clone(), solid(INK), 1.0);
    match line {
        Mark::Path { parts, stroke, .. } => Mark::Path { parts, fill: Some(Paint { colour: INK, opacity: 0.08 }), stroke },
        other @ Mark::Text(_) => other,
    }
}

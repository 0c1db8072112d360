//! Metres of the National Grid as places on paper: one scale, north up, and a grid of tenths of a point on which neighbours keep meeting.

use geo_types::{Coord, LineString, MultiPolygon, Rect};

use super::page::Room;

/// A place on paper in tenths of a point: x to the right, y down.
pub(super) type Vertex = (i32, i32);

/// So many steps of the paper's grid to a point.
const STEPS: f64 = 10.0;

/// What lies farther than this beyond the frame is not followed, in steps.
const BEYOND: i32 = 60;

/// Steps as points.
pub(super) fn points((x, y): Vertex) -> (f64, f64) {
    (f64::from(x) / STEPS, f64::from(y) / STEPS)
}

/// How the ground lies on the paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection {
    /// The frame of the map on paper.
    pub room: Room,
    /// Points to the metre.
    pub scale: f64,
    middle: Coord<f64>,
}

impl Projection {
    /// The ground fitted into a room with a margin around it, as a share of the room.
    pub fn fitting(ground: Rect<f64>, room: Room, margin: f64) -> Self {
        // A single point has no size: half a kilometre around it is a map.
        let (width, height) = (ground.width().max(500.0), ground.height().max(500.0));
        let inner = 1.0 - 2.0 * margin;
        let scale = (room.width * inner / width).min(room.height * inner / height);
        Self { room, scale, middle: ground.center() }
    }

    /// Where a place stands on paper, in points.
    pub fn at(&self, place: Coord<f64>) -> (f64, f64) {
        let (x, y) = self.room.middle();
        (x + (place.x - self.middle.x) * self.scale, y - (place.y - self.middle.y) * self.scale)
    }

    /// The ground that the whole frame shows.
    pub fn ground(&self) -> Rect<f64> {
        let (half_width, half_height) = (self.room.width / 2.0 / self.scale, self.room.height / 2.0 / self.scale);
        let Coord { x, y } = self.middle;
        Rect::new(Coord { x: x - half_width, y: y - half_height }, Coord { x: x + half_width, y: y + half_height })
    }

    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range, far beyond any paper")]
    fn vertex(&self, place: Coord<f64>) -> Vertex {
        let (x, y) = self.at(place);
        ((x * STEPS).round() as i32, (y * STEPS).round() as i32)
    }

    /// The rings of a shape on the grid of the paper, without those that no part of the frame sees.
    pub fn rings(&self, shape: &MultiPolygon<f64>, mut each: impl FnMut(Vec<Vertex>)) {
        let window = Window::around(self.room);
        for polygon in &shape.0 {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                let ring = self.ring(ring, &window);
                if ring.len() > 2 {
                    each(ring);
                }
            }
        }
    }

    /// A ring without its repeated last place, without places that fall together, and without its course far outside.
    fn ring(&self, line: &LineString<f64>, window: &Window) -> Vec<Vertex> {
        let mut ring: Vec<Vertex> = Vec::with_capacity(line.0.len());
        let mut everywhere = u8::MAX;
        for place in &line.0 {
            let vertex = self.vertex(*place);
            if ring.last() == Some(&vertex) {
                continue;
            }
            let side = window.side(vertex);
            everywhere &= side;
            // Three in a row beyond the same side: the middle one cannot be seen.
            if side != 0 && ring.len() > 1 && ring[ring.len() - 2..].iter().all(|before| window.side(*before) & side != 0) {
                ring.pop();
            }
            ring.push(vertex);
        }
        if everywhere != 0 {
            return Vec::new();
        }
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        ring
    }
}

/// The frame with a margin, on the grid of the paper.
struct Window {
    min: Vertex,
    max: Vertex,
}

impl Window {
    #[expect(clippy::cast_possible_truncation, reason = "a room lies on the paper")]
    fn around(room: Room) -> Self {
        let step = |value: f64| (value * STEPS).round() as i32;
        Self { min: (step(room.x) - BEYOND, step(room.y) - BEYOND), max: (step(room.x + room.width) + BEYOND, step(room.y + room.height) + BEYOND) }
    }

    /// Beyond which sides of the frame a place lies, a bit for each.
    fn side(&self, (x, y): Vertex) -> u8 {
        u8::from(x < self.min.0) | u8::from(x > self.max.0) << 1 | u8::from(y < self.min.1) << 2 | u8::from(y > self.max.1) << 3
    }
}

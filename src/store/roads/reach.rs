//! How far one gets in a time: outlines on the ground around one place or several.

use std::borrow::Cow;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::journeys::{roles, way_from};
use super::mode::{CENTISECONDS, Measured, ModeNetwork, Role};
use super::{By, MOST_METRES_OFF, Roads, Snapped, Travel, point_of};
use crate::model::crs::Bng;
use crate::model::roads::SpeedTable;
use crate::model::travel::Mode;
use crate::routing::{Contours, Cost, Field, NO_WAY, Outline, Part, Spot};

/// A grid over a whole network is kept if it has no more points; larger ones are made for each question.
const MOST_POINTS_KEPT: i64 = 3_600_000;

/// The finest of these steps with which a grid can be kept is taken, centimetres: finer than the question needs, because an outline agrees with the
/// times at random points no better than its grid does.
const STEPS_KEPT: [i32; 4] = [3_500, 4_000, 5_000, 10_000];

/// How far links may bulge beyond the rectangle of their ends, metres.
const BULGE: f64 = 200.0;

/// How the reach of several places is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Together {
    /// Within the time of any of them.
    Union,
    /// Within the time of every one of them.
    Overlap,
}

impl Roads {
    /// The outlines within each of some numbers of seconds, ascending, of several places put together. Always the fastest way, whatever `asked.by` says.
    #[must_use]
    pub fn isochrones(&self, places: &[Snapped], asked: Travel, together: Together, seconds: &[f64]) -> Vec<Bng<MultiPolygon<f64>>> {
        let asked = Travel { by: By::Minutes, ..asked };
        let network = self.network(asked.mode);
        let measured = network.measured(&self.links, &self.speeds, asked);
        let most = (seconds.iter().copied().fold(0.0, f64::max) * CENTISECONDS) as f32;
        let reaches: Vec<Reach> = places.iter().map(|place| Reach::new(self, network, measured, place, asked, most)).collect();
        let Some(window) = reaches.iter().map(|reach| reach.window).reduce(around) else {
            return seconds.iter().map(|_| Bng(MultiPolygon(Vec::new()))).collect();
        };
        let field = self.field(network, asked.mode, window);
        let part = part_of(&field, window);
        let cost = |link: u32, fraction: f32| {
            let costs = reaches.iter().map(|reach| reach.cost(measured, link, fraction));
            match together {
                Together::Union => costs.fold(NO_WAY, f32::min),
                Together::Overlap => costs.fold(0.0, f32::max),
            }
        };
        let surface = field.surface(&part, per_metre(&self.speeds), cost);
        let mut contours = Contours::new(part.columns.len(), &surface);
        let corner = point_of(field.spot(part.rows.start * field.columns + part.columns.start)).0.0;
        let step = f64::from(field.step) / 100.0;
        seconds.iter().map(|seconds| on_the_ground(contours.within((seconds * CENTISECONDS) as f32), corner, step)).collect()
    }

    /// Makes the grid of a mode, if one is kept.
    pub(super) fn prepare_outlines(&self, mode: Mode) {
        self.field(self.network(mode), mode, self.lines.bounds());
    }

    /// The nearest links to the points of a grid: kept for the whole network where that is small enough, else for a window.
    fn field<'n>(&self, network: &'n ModeNetwork, mode: Mode, window: [Spot; 2]) -> Cow<'n, Field> {
        let whole = widened(self.lines.bounds(), MOST_METRES_OFF);
        let points = |step: i32| (0..2).map(|axis| i64::from(whole[1][axis] - whole[0][axis]) / i64::from(step)).product::<i64>();
        let over = |[least, most]: [Spot; 2], step: i32| Field::new(&self.lines, least, most, step, MOST_METRES_OFF, |link| network.is_open(link as usize));
        if mode == Mode::Car
            && let Some(step) = STEPS_KEPT.into_iter().find(|&step| points(step) <= MOST_POINTS_KEPT)
        {
            return Cow::Borrowed(network.field.get_or_init(|| over(whole, step)));
        }
        // Beyond the window there may be a nearer road: it is looked for a little further out than the outline can lie.
        Cow::Owned(over(window, step_of(mode)))
    }
}

/// Between the points of a grid made for one question, centimetres: finer where people move slowly.
fn step_of(mode: Mode) -> i32 {
    match mode {
        Mode::Car => 10_000,
        Mode::Cycle => 5_000,
        Mode::Walk | Mode::Transit => 2_500,
    }
}

/// What a place reaches: the times at nodes, and the rectangle around them.
struct Reach {
    place: Snapped,
    role: Role,
    /// By node, centiseconds.
    times: Vec<f32>,
    window: [Spot; 2],
    /// The walk between the place and the road, centiseconds.
    off: f32,
}

impl Reach {
    fn new(roads: &Roads, network: &ModeNetwork, measured: &Measured, place: &Snapped, asked: Travel, most: f32) -> Self {
        let (role, _) = roles(asked.direction);
        let ends = network.ends(measured, &roads.links, &roads.speeds, place, role);
        let mut times = vec![NO_WAY; network.nodes()];
        let mut window = rectangle_of(roads.lines.of(place.link).iter().copied());
        for (node, Cost { least, .. }) in network.graph().within(&measured.arcs, ends, way_from(role), most) {
            times[node as usize] = least;
            // A link is reached as far as time allows, at most to its other end.
            window = around(window, rectangle_of(network.graph().neighbours(node).map(|node| network.spot(node)).chain([network.spot(node)])));
        }
        // A link may bulge beyond its ends, and people walk on from the road as long as there is time.
        let walk = (f64::from(most) / CENTISECONDS * roads.speeds.off_road_kmh / 3.6).min(MOST_METRES_OFF);
        let off = place.metres_off as f32 * per_metre(&roads.speeds);
        Self { place: *place, role, times, window: widened(window, walk + BULGE), off }
    }

    /// The time to a fraction of a link, centiseconds.
    fn cost(&self, measured: &Measured, link: u32, fraction: f32) -> f32 {
        let by_junctions = measured.links[link as usize].at(fraction, way_from(self.role), |node| self.times[node as usize]);
        if link == self.place.link { by_junctions.min(self.along(measured, fraction)) } else { by_junctions }
    }

    /// The time along the link that the place itself stands on, without a junction.
    fn along(&self, measured: &Measured, fraction: f32) -> f32 {
        let share = match self.role {
            Role::Origin => fraction - self.place.fraction as f32,
            Role::Destination => self.place.fraction as f32 - fraction,
        };
        let whole = measured.links[self.place.link as usize].costs[usize::from(share < 0.0)];
        if whole < NO_WAY { self.off + share.abs() * whole } else { NO_WAY }
    }
}

/// Centiseconds of a metre on foot, off the road.
fn per_metre(speeds: &SpeedTable) -> f32 {
    (CENTISECONDS / (speeds.off_road_kmh / 3.6)) as f32
}

/// Columns and rows of a grid within a rectangle.
fn part_of(field: &Field, [least, most]: [Spot; 2]) -> Part {
    let range = |axis: usize, end: usize| {
        let at = |spot: Spot| i64::from(spot[axis] - field.corner[axis]).div_euclid(i64::from(field.step));
        let inside = |at: i64| usize::try_from(at.max(0)).map_or(end, |at| at.min(end));
        inside(at(least))..inside(at(most) + 2)
    };
    Part { columns: range(0, field.columns), rows: range(1, field.rows) }
}

/// Polygons in metres of the grid.
fn on_the_ground(outlines: Vec<Outline>, corner: Coord<f64>, step: f64) -> Bng<MultiPolygon<f64>> {
    let line = |ring: Vec<[f64; 2]>| LineString(ring.into_iter().map(|[x, y]| Coord { x: corner.x + x * step, y: corner.y + y * step }).collect());
    let polygons = outlines.into_iter().map(|outline| {
        let mut rings = outline.into_iter().map(line);
        Polygon::new(rings.next().unwrap_or_else(|| LineString(Vec::new())), rings.collect())
    });
    Bng(MultiPolygon(polygons.collect()))
}

fn rectangle_of(spots: impl Iterator<Item = Spot>) -> [Spot; 2] {
    spots.fold([[i32::MAX; 2], [i32::MIN; 2]], |rectangle, spot| around(rectangle, [spot, spot]))
}

fn around(a: [Spot; 2], b: [Spot; 2]) -> [Spot; 2] {
    let each = |end: usize, pick: fn(i32, i32) -> i32| [pick(a[end][0], b[end][0]), pick(a[end][1], b[end][1])];
    [each(0, i32::min), each(1, i32::max)]
}

fn widened([least, most]: [Spot; 2], metres: f64) -> [Spot; 2] {
    let by = (metres * 100.0) as i32;
    [least.map(|axis| axis.saturating_sub(by)), most.map(|axis| axis.saturating_add(by))]
}

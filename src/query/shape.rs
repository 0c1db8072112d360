//! Shapes that people draw: checked, brought into the National Grid, and the areas that belong to them.

use geo::{Area as _, BooleanOps, BoundingRect, Contains, Intersects, Validation};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};

use super::QueryError;
use crate::model::crs::{Bng, LonLat, OutsideNationalGrid};
use crate::store::Layer;

/// The most corners a drawn shape may have: more than a hand draws, few enough to be checked in a moment.
pub const MOST_VERTICES: usize = 2_000;

/// The widest circle: beyond it a catchment of a practice means nothing.
pub const MOST_METRES: f64 = 100_000.0;

/// Edges are cut into pieces of about so many degrees before they are turned: the grid's lines are curves there.
const PIECE_DEGREES: f64 = 0.05;
/// About the most pieces that cutting may add: a zigzag across the country gets longer ones.
const MOST_PIECES: f64 = 10_000.0;

/// Corners of the polygon that stands for a circle when areas are taken by share.
const CORNERS_OF_A_CIRCLE: u32 = 128;

/// How areas belong to a drawn shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Membership {
    /// Whole areas, by their population-weighted centroid: the practice of ONS.
    #[default]
    Centroid,
    /// Each by the share of its polygon inside.
    AreaShare,
}

impl Membership {
    /// Both, the usual one first.
    pub const ALL: [Self; 2] = [Self::Centroid, Self::AreaShare];

    /// The word in links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Centroid => "centroid",
            Self::AreaShare => "area-share",
        }
    }

    /// Finds the membership with this id.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// What it means, for a reader.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Centroid => "A neighbourhood belongs, as a whole, when its population-weighted centre lies inside the shape.",
            Self::AreaShare => {
                "Each neighbourhood counts by the share of its area inside the shape, as if its people were spread evenly over it: every number is an estimate."
            }
        }
    }
}

/// A shape in the National Grid, checked.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A circle: centre and radius in metres on the grid.
    Circle {
        /// The centre.
        centre: Bng<Point<f64>>,
        /// The radius, metres.
        metres: f64,
    },
    /// One polygon or more, with or without holes.
    Polygons(Bng<MultiPolygon<f64>>),
}

/// An area of a shape: its place, and how much of it counts (1 unless areas are taken by share).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// The place in the layer.
    pub place: u32,
    /// From 0, exclusive, to 1.
    pub weight: f64,
}

impl Shape {
    /// A circle around a point.
    ///
    /// # Errors
    /// When the radius is not between 1 metre and 100 km, or the point lies outside Great Britain.
    pub fn circle(centre: LonLat<Point<f64>>, metres: f64) -> Result<Self, QueryError> {
        let centre = centre.to_bng().map_err(|outside| unfit("lon", &outside))?;
        Self::circle_on_the_grid(centre, metres)
    }

    /// A circle around a point of the grid.
    ///
    /// # Errors
    /// When the radius is not between 1 metre and 100 km.
    pub fn circle_on_the_grid(centre: Bng<Point<f64>>, metres: f64) -> Result<Self, QueryError> {
        if !(1.0..=MOST_METRES).contains(&metres) {
            return Err(QueryError::Unfit { parameter: "metres", found: metres.to_string(), expected: format!("metres from 1 to {MOST_METRES}") });
        }
        Ok(Self::Circle { centre, metres })
    }

    /// Polygons that somebody drew, in degrees.
    ///
    /// # Errors
    /// When there are none or too many corners, a ring crosses itself, parts overlap, or a corner lies outside Great Britain.
    pub fn polygons(drawn: &LonLat<MultiPolygon<f64>>) -> Result<Self, QueryError> {
        let refuse = |found: String, expected: &str| QueryError::Unfit { parameter: "polygon", found, expected: expected.to_owned() };
        let rings = || drawn.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let vertices: usize = rings().map(|ring| ring.0.len()).sum();
        if vertices > MOST_VERTICES {
            return Err(refuse(format!("{vertices} corners"), &format!("a shape of at most {MOST_VERTICES} corners")));
        }
        if drawn.0.0.is_empty() || rings().any(|ring| ring.0.len() < 4) {
            return Err(refuse("fewer".to_owned(), "three different corners or more in every ring"));
        }
        if let Some(c) = rings().flat_map(|ring| &ring.0).find(|c| !(c.x.is_finite() && c.y.is_finite())) {
            return Err(refuse(format!("{}, {}", c.x, c.y), "finite longitudes and latitudes"));
        }
        // First whether it is in the country: to check the rings of a shape around the world is work for nothing.
        let on_the_grid = densified(&drawn.0).to_bng().map_err(|outside| unfit("polygon", &outside))?;
        drawn
            .0
            .check_validation()
            .map_err(|fault| refuse(fault.to_string(), "rings that cross neither themselves nor one another, and parts that do not overlap"))?;
        if on_the_grid.0.unsigned_area() < 1.0 {
            return Err(refuse("no area".to_owned(), "a shape that encloses some ground"));
        }
        Ok(Self::Polygons(on_the_grid))
    }

    /// The rectangle around it, metres of the grid.
    #[must_use]
    pub fn bounds(&self) -> Bng<Rect<f64>> {
        match self {
            Self::Circle { centre, metres } => {
                let reach = Coord { x: *metres, y: *metres };
                Bng(Rect::new(centre.0.0 - reach, centre.0.0 + reach))
            }
            Self::Polygons(shape) => Bng(shape.0.bounding_rect().expect("a checked shape has corners")),
        }
    }

    /// Whether a point lies inside; the edge of a circle counts as inside, that of a polygon does not.
    #[must_use]
    pub fn contains(&self, point: &Bng<Point<f64>>) -> bool {
        match self {
            Self::Circle { centre, metres } => {
                let apart = point.0 - centre.0;
                apart.x() * apart.x() + apart.y() * apart.y() <= metres * metres
            }
            Self::Polygons(shape) => shape.0.contains(&point.0),
        }
    }

    /// Its outline; a circle becomes a polygon of 128 corners.
    #[must_use]
    pub fn outline(&self) -> Bng<MultiPolygon<f64>> {
        match self {
            Self::Polygons(shape) => shape.clone(),
            Self::Circle { centre, metres } => {
                let corner = |step: u32| {
                    let angle = f64::from(step) / f64::from(CORNERS_OF_A_CIRCLE) * std::f64::consts::TAU;
                    let (x, y) = (centre.0.x() + metres * angle.cos(), centre.0.y() + metres * angle.sin());
                    // Beyond the grid no corner could be turned into degrees; nobody lives there.
                    Coord { x: x.clamp(0.0, 700_000.0), y: y.clamp(0.0, 1_250_000.0) }
                };
                let ring = (0..CORNERS_OF_A_CIRCLE).map(corner).collect();
                Bng(MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())]))
            }
        }
    }

    /// The areas of a layer that belong to it, by place ascending.
    #[must_use]
    pub fn members(&self, layer: &Layer, membership: Membership) -> Vec<Member> {
        let mut members = match membership {
            Membership::Centroid => self.by_centroid(layer),
            Membership::AreaShare => self.by_share(layer),
        };
        members.sort_unstable_by_key(|member| member.place);
        members
    }

    fn by_centroid(&self, layer: &Layer) -> Vec<Member> {
        let inside = Inside::of(self);
        let candidates = layer.places_with_centroid_in(&self.bounds());
        candidates.filter(|&place| inside.contains(layer.areas()[place as usize].centroid.inner())).map(|place| Member { place, weight: 1.0 }).collect()
    }

    fn by_share(&self, layer: &Layer) -> Vec<Member> {
        let outline = self.outline();
        let as_polygons = Self::Polygons(outline.clone());
        let inside = Inside::of(&as_polygons);
        let rings = outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let edges: Vec<Rect<f64>> = rings.flat_map(geo::LineString::lines).map(|line| line.bounding_rect()).collect();
        let weight = |place: u32| {
            let polygon = layer.areas()[place as usize].geometry.inner();
            let (Some(rect), Some(corner)) = (polygon.bounding_rect(), polygon.0.first().and_then(|first| first.exterior().0.first())) else { return 0.0 };
            // No edge of the shape comes near: then the area lies inside or outside as a whole, and one corner tells.
            if !edges.iter().any(|edge| edge.intersects(&rect)) {
                return f64::from(u8::from(inside.contains(&Point(*corner))));
            }
            (polygon.intersection(outline.inner()).unsigned_area() / polygon.unsigned_area()).clamp(0.0, 1.0)
        };
        let candidates = layer.places_in_envelope(&self.bounds()).into_iter();
        candidates.map(|place| Member { place, weight: weight(place) }).filter(|member| member.weight > 0.0).collect()
    }
}

/// A shape made ready for many questions about points: a polygon's edges sorted into bands of latitude.
pub(super) enum Inside<'s> {
    Circle(&'s Shape),
    Polygons { south: f64, band_metres: f64, bands: Vec<Vec<(Coord<f64>, Coord<f64>)>> },
}

impl<'s> Inside<'s> {
    pub(super) fn of(shape: &'s Shape) -> Self {
        let Shape::Polygons(polygons) = shape else { return Self::Circle(shape) };
        let (south, north) = (shape.bounds().0.min().y, shape.bounds().0.max().y);
        let rings = polygons.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let edges: Vec<_> = rings.flat_map(geo::LineString::lines).map(|line| (line.start, line.end)).collect();
        let count = edges.len().clamp(1, 4096);
        #[expect(clippy::cast_precision_loss, reason = "at most 4,096 bands")]
        let band_metres = ((north - south) / count as f64).max(f64::MIN_POSITIVE);
        let mut bands = vec![Vec::new(); count];
        for (a, b) in edges {
            let (first, last) = (band(a.y.min(b.y), south, band_metres, count), band(a.y.max(b.y), south, band_metres, count));
            for one in &mut bands[first..=last] {
                one.push((a, b));
            }
        }
        Self::Polygons { south, band_metres, bands }
    }

    /// By the even-odd rule, which for valid polygons is the inside.
    pub(super) fn contains(&self, point: &Point<f64>) -> bool {
        match self {
            Self::Circle(shape) => shape.contains(&Bng(*point)),
            Self::Polygons { south, band_metres, bands } => {
                let (x, y) = (point.x(), point.y());
                let edges = &bands[band(y, *south, *band_metres, bands.len())];
                let crossed = edges.iter().filter(|(a, b)| (a.y > y) != (b.y > y) && x < a.x + (y - a.y) * (b.x - a.x) / (b.y - a.y));
                crossed.count() % 2 == 1
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between the first band and the last")]
fn band(y: f64, south: f64, band_metres: f64, count: usize) -> usize {
    (((y - south) / band_metres).max(0.0) as usize).min(count - 1)
}

/// The same shape with more corners on long edges.
fn densified(shape: &MultiPolygon<f64>) -> LonLat<MultiPolygon<f64>> {
    let rings = shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let around: f64 = rings.flat_map(LineString::lines).map(|line| line.dx().abs().max(line.dy().abs())).sum();
    let piece_degrees = PIECE_DEGREES.max(around / MOST_PIECES);
    let ring = |ring: &LineString<f64>| {
        let mut corners = Vec::with_capacity(ring.0.len());
        for line in ring.lines() {
            let (dx, dy) = (line.end.x - line.start.x, line.end.y - line.start.y);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 1 and 10,000")]
            let pieces = (dx.abs().max(dy.abs()) / piece_degrees).ceil().clamp(1.0, MOST_PIECES) as u32;
            corners.extend((0..pieces).map(|piece| {
                let along = f64::from(piece) / f64::from(pieces);
                Coord { x: line.start.x + dx * along, y: line.start.y + dy * along }
            }));
        }
        corners.extend(ring.0.last());
        LineString(corners)
    };
    LonLat(MultiPolygon(shape.iter().map(|polygon| Polygon::new(ring(polygon.exterior()), polygon.interiors().iter().map(ring).collect())).collect()))
}

fn unfit(parameter: &'static str, outside: &OutsideNationalGrid) -> QueryError {
    QueryError::Unfit { parameter, found: format!("{}, {}", outside.x, outside.y), expected: "a place in Great Britain, as longitude and latitude".to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> LonLat<MultiPolygon<f64>> {
        LonLat(MultiPolygon(vec![Polygon::new(corners.to_vec().into(), Vec::new())]))
    }

    fn refusal(corners: &[(f64, f64)]) -> String {
        Shape::polygons(&ring(corners)).unwrap_err().to_string()
    }

    proptest! {
        #[test]
        fn the_bands_of_a_polygon_agree_with_the_plain_test(corners in proptest::collection::vec((0.0..1000.0f64, 0.0..1000.0f64), 3..20), x in -10.0..1010.0f64, y in -10.0..1010.0f64) {
            // Sorted by angle around their middle, corners never cross.
            let many = f64::from(u32::try_from(corners.len()).unwrap());
            let (cx, cy) = (corners.iter().map(|c| c.0).sum::<f64>() / many, corners.iter().map(|c| c.1).sum::<f64>() / many);
            let mut corners = corners;
            corners.sort_by(|a, b| (a.1 - cy).atan2(a.0 - cx).total_cmp(&(b.1 - cy).atan2(b.0 - cx)));
            let shape = Shape::Polygons(Bng(MultiPolygon(vec![Polygon::new(corners.into(), Vec::new())])));
            prop_assume!(matches!(&shape, Shape::Polygons(polygons) if polygons.0.is_valid()));
            let point = Point::new(x, y);
            prop_assert_eq!(Inside::of(&shape).contains(&point), shape.contains(&Bng(point)));
        }
    }

    #[test]
    fn what_is_wrong_with_a_shape_is_said() {
        assert!(refusal(&[(-1.0, 52.0), (-0.9, 52.1), (-0.9, 52.0), (-1.0, 52.1), (-1.0, 52.0)]).contains("self-intersection"));
        assert!(refusal(&[(-1.0, 52.0), (-0.9, 52.1)]).contains("three different corners"));
        assert!(refusal(&[(151.0, -33.0), (151.1, -33.0), (151.1, -33.1), (151.0, -33.0)]).contains("Great Britain"));
        assert!(refusal(&[(f64::NAN, 52.0), (-0.9, 52.1), (-0.9, 52.0), (f64::NAN, 52.0)]).contains("finite"));
        let many: Vec<(f64, f64)> = (0..100_000).map(|i| (f64::from(i) / 1e6, 52.0)).collect();
        assert!(refusal(&many).contains("at most 2000 corners, found 10000"), "{}", refusal(&many));
    }

    #[test]
    fn a_shape_with_a_hole_and_two_parts_is_as_good_as_any() {
        let outer = vec![(-1.0, 52.0), (-0.8, 52.0), (-0.8, 52.2), (-1.0, 52.2), (-1.0, 52.0)];
        let hole = vec![(-0.95, 52.05), (-0.85, 52.05), (-0.85, 52.15), (-0.95, 52.15), (-0.95, 52.05)];
        let other = vec![(-0.5, 52.0), (-0.4, 52.0), (-0.4, 52.2), (-0.5, 52.2), (-0.5, 52.0)];
        let drawn = LonLat(MultiPolygon(vec![Polygon::new(outer.into(), vec![hole.into()]), Polygon::new(other.into(), Vec::new())]));
        let shape = Shape::polygons(&drawn).unwrap();
        let at = |lon: f64, lat: f64| shape.contains(&LonLat(Point::new(lon, lat)).to_bng().unwrap());
        assert!(at(-0.98, 52.1) && at(-0.45, 52.1) && !at(-0.9, 52.1) && !at(-0.6, 52.1));
    }
}

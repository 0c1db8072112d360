//! Coordinate spaces as types, and the only conversions between them.
//!
//! Analysis happens in the British National Grid (EPSG:27700, metres). Longitude and latitude (CRS84, degrees)
//! come in with publishers' files and go out with answers; Web Mercator (EPSG:3857) exists for tiles.
//! The shift between datums is the Ordnance Survey's OSTN15: a Helmert transform would be four metres out.

use geo::MapCoords;
use geo_types::{Coord, Rect};

/// A geometry in the British National Grid: eastings and northings in metres (EPSG:27700).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bng<G>(pub G);

/// A geometry in longitude and latitude, degrees, in that order (CRS84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLat<G>(pub G);

/// A geometry in spherical Web Mercator metres (EPSG:3857).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WebMercator<G>(pub G);

/// A place that the National Grid and OSTN15 do not cover.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("expected a place in Great Britain, found {x}, {y}")]
pub struct OutsideNationalGrid {
    /// Longitude or easting, as given.
    pub x: f64,
    /// Latitude or northing, as given.
    pub y: f64,
}

/// Half the width of the Web Mercator square, metres.
pub const WEB_MERCATOR_HALF_WIDTH_METRES: f64 = 20_037_508.342_789_244;

/// A coordinate system that a caller may name for input or output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// Longitude, latitude (the default of OGC APIs).
    Crs84,
    /// Latitude, longitude: the axis order that EPSG gives.
    Epsg4326,
    /// Easting, northing.
    Epsg27700,
    /// Spherical Web Mercator.
    Epsg3857,
}

impl Crs {
    /// Every system the server speaks.
    pub const ALL: [Self; 4] = [Self::Crs84, Self::Epsg4326, Self::Epsg27700, Self::Epsg3857];

    /// The URI that OGC APIs use for it.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Epsg27700 => "http://www.opengis.net/def/crs/EPSG/0/27700",
            Self::Epsg3857 => "http://www.opengis.net/def/crs/EPSG/0/3857",
        }
    }

    /// Finds the system meant by a URI, a URN, `EPSG:27700`, `27700` or `CRS84`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let last = text.trim().rsplit(['/', ':']).next()?;
        match last.to_ascii_uppercase().as_str() {
            "CRS84" => Some(Self::Crs84),
            "4326" => Some(Self::Epsg4326),
            "27700" => Some(Self::Epsg27700),
            "3857" => Some(Self::Epsg3857),
            _ => None,
        }
    }
}

impl<G> Bng<G> {
    /// The geometry without its space; for a call into a library that knows none.
    #[must_use]
    pub const fn inner(&self) -> &G {
        &self.0
    }
}

impl<G: MapCoords<f64, f64, Output = G>> LonLat<G> {
    /// Converts to the National Grid through OSTN15, rounded to the millimetre.
    ///
    /// # Errors
    /// When a vertex lies outside the area that OSTN15 covers.
    pub fn to_bng(&self) -> Result<Bng<G>, OutsideNationalGrid> {
        self.0.try_map_coords(bng_from_lonlat).map(Bng)
    }

    /// Converts to spherical Web Mercator; latitudes are cut at the edge of the square.
    #[must_use]
    pub fn to_web_mercator(&self) -> WebMercator<G> {
        WebMercator(self.0.map_coords(web_mercator_from_lonlat))
    }
}

impl<G: MapCoords<f64, f64, Output = G>> Bng<G> {
    /// Converts to longitude and latitude through OSTN15.
    ///
    /// # Errors
    /// When a vertex lies outside the area that OSTN15 covers.
    pub fn to_lonlat(&self) -> Result<LonLat<G>, OutsideNationalGrid> {
        self.0.try_map_coords(lonlat_from_bng).map(LonLat)
    }
}

impl Bng<Rect<f64>> {
    /// A rectangle in degrees that holds this one: the grid's lines are curves there, so the middles of the sides count too.
    ///
    /// # Errors
    /// When a corner lies outside the area that OSTN15 covers.
    pub fn to_lonlat_around(&self) -> Result<LonLat<Rect<f64>>, OutsideNationalGrid> {
        let (min, max) = (self.0.min(), self.0.max());
        let middle = f64::midpoint(min.x, max.x);
        let mut low = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for (x, y) in [(min.x, min.y), (max.x, min.y), (min.x, max.y), (max.x, max.y), (middle, min.y), (middle, max.y)] {
            let c = lonlat_from_bng(Coord { x, y })?;
            low = Coord { x: low.x.min(c.x), y: low.y.min(c.y) };
            high = Coord { x: high.x.max(c.x), y: high.y.max(c.y) };
        }
        Ok(LonLat(Rect::new(low, high)))
    }
}

impl<G: MapCoords<f64, f64, Output = G>> WebMercator<G> {
    /// Converts to longitude and latitude.
    #[must_use]
    pub fn to_lonlat(&self) -> LonLat<G> {
        LonLat(self.0.map_coords(|c| {
            let degrees = 180.0 / WEB_MERCATOR_HALF_WIDTH_METRES;
            let latitude = (c.y * degrees).to_radians().sinh().atan().to_degrees();
            Coord { x: c.x * degrees, y: latitude }
        }))
    }
}

/// One position, from degrees to metres of the National Grid.
///
/// # Errors
/// When the place lies outside OSTN15.
pub fn bng_from_lonlat(c: Coord<f64>) -> Result<Coord<f64>, OutsideNationalGrid> {
    let outside = OutsideNationalGrid { x: c.x, y: c.y };
    if !(c.x.is_finite() && c.y.is_finite()) {
        return Err(outside);
    }
    lonlat_bng::convert_osgb36(c.x, c.y).ok().or_else(|| bng_of_the_far_south_west(c)).map(|(x, y)| Coord { x, y }).ok_or(outside)
}

/// The conversion for the south of the Isles of Scilly, which OSTN15 covers but the library's way there refuses.
///
/// The library's way back has no such limit, so the position on the grid is the one whose way back leads here.
fn bng_of_the_far_south_west(c: Coord<f64>) -> Option<(f64, f64)> {
    if !((-6.5..-6.2).contains(&c.x) && (49.84..49.99).contains(&c.y)) {
        return None;
    }
    let Coord { x, y } = etrs89_from_lonlat(c)?;
    lonlat_bng::convert_etrs89_to_osgb36(x, y).ok()
}

/// One position on the grid before OSTN15's shift of about a hundred metres, found by the way back, which has no limits.
fn etrs89_from_lonlat(c: Coord<f64>) -> Option<Coord<f64>> {
    const METRES_PER_DEGREE: f64 = 111_250.0;
    let (mut easting, mut northing) = (400_000.0, 400_000.0);
    // Each step leaves a fifteenth of the error, by the angle between true and grid north: thirty are far below a millimetre.
    for _ in 0..30 {
        let (longitude, latitude) = lonlat_bng::convert_etrs89_to_ll(easting, northing).ok()?;
        // The library knows no position off the grid; a corner beyond it ends on the grid's own edge.
        easting = (easting + (c.x - longitude) * c.y.to_radians().cos() * METRES_PER_DEGREE).clamp(0.0, 700_000.0);
        northing = (northing + (c.y - latitude) * METRES_PER_DEGREE).clamp(0.0, 1_250_000.0);
    }
    (easting.is_finite() && northing.is_finite()).then_some(Coord { x: easting, y: northing })
}

/// A corner of a rectangle around areas of Great Britain: exact where OSTN15 is defined, within some hundred metres out at sea
/// beyond it, and on the grid's edge beyond that: no area lies there. A rectangle that reaches out there must still hold what lies inside it.
#[must_use]
pub fn bng_of_corner(c: Coord<f64>) -> Option<Coord<f64>> {
    bng_from_lonlat(c).ok().or_else(|| etrs89_from_lonlat(c))
}

/// The part of the grid on which OSTN15 is defined: 700 km by 1,250 km.
#[must_use]
pub fn on_the_grid(rect: &Bng<Rect<f64>>) -> bool {
    let (min, max) = (rect.0.min(), rect.0.max());
    min.x >= 0.0 && min.y >= 0.0 && max.x <= 700_000.0 && max.y <= 1_250_000.0
}

/// One position, from metres of the National Grid to degrees.
///
/// # Errors
/// When the place lies outside OSTN15.
pub fn lonlat_from_bng(c: Coord<f64>) -> Result<Coord<f64>, OutsideNationalGrid> {
    let outside = OutsideNationalGrid { x: c.x, y: c.y };
    if !(c.x.is_finite() && c.y.is_finite()) {
        return Err(outside);
    }
    lonlat_bng::convert_osgb36_to_ll(c.x, c.y).map(|(x, y)| Coord { x, y }).map_err(|_| outside)
}

fn web_mercator_from_lonlat(c: Coord<f64>) -> Coord<f64> {
    let scale = WEB_MERCATOR_HALF_WIDTH_METRES / 180.0;
    let latitude = c.y.clamp(-85.051_128_78, 85.051_128_78).to_radians();
    Coord { x: c.x * scale, y: latitude.tan().asinh().to_degrees() * scale }
}

#[cfg(test)]
mod tests {
    use geo_types::Point;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn to_the_grid_and_back_stays_within_a_millimetre(x in -3.0..0.5f64, y in 51.0..54.0f64) {
            let there = bng_from_lonlat(Coord { x, y }).unwrap();
            let back = lonlat_from_bng(there).unwrap();
            let again = bng_from_lonlat(back).unwrap();
            prop_assert!((again.x - there.x).abs() <= 0.001_1 && (again.y - there.y).abs() <= 0.001_1);
        }

        #[test]
        fn web_mercator_and_back_is_the_same_place(x in -179.0..179.0f64, y in -84.0..84.0f64) {
            let back = LonLat(Point::new(x, y)).to_web_mercator().to_lonlat().0;
            prop_assert!((back.x() - x).abs() < 1e-9 && (back.y() - y).abs() < 1e-9);
        }
    }

    /// The Ordnance Survey's own worked point (Caister water tower) of the OSTN15 guide.
    #[test]
    fn the_ordnance_surveys_worked_point_is_met() {
        let there = bng_from_lonlat(Coord { x: 1.716_073_973, y: 52.658_007_833 }).unwrap();
        assert!((there.x - 651_409.804).abs() < 0.01 && (there.y - 313_177.450).abs() < 0.01, "{there:?}");
    }

    /// St Mary's, the southernmost of the Ordnance Survey's worked points, by both ways; and Annet, which only one of them reaches.
    #[test]
    fn the_isles_of_scilly_are_in_great_britain() {
        let st_marys = Coord { x: -6.299_777_520_14, y: 49.922_263_937_30 };
        let (x, y) = bng_of_the_far_south_west(st_marys).unwrap();
        assert!((x - 91_492.146).abs() < 0.002 && (y - 11_318.804).abs() < 0.002, "{x}, {y}");
        let there = bng_from_lonlat(st_marys).unwrap();
        assert!((x - there.x).abs() < 0.002 && (y - there.y).abs() < 0.002);
        let annet = Coord { x: -6.37, y: 49.895 };
        let back = lonlat_from_bng(bng_from_lonlat(annet).unwrap()).unwrap();
        assert!((back.x - annet.x).abs() < 1e-7 && (back.y - annet.y).abs() < 1e-7, "{back:?}");
    }

    #[test]
    fn a_corner_out_at_sea_is_found_where_the_transformation_ends() {
        let east = bng_of_corner(Coord { x: 1.95, y: 52.5 }).unwrap();
        assert!((665_000.0..672_000.0).contains(&east.x) && (290_000.0..300_000.0).contains(&east.y), "{east:?}");
        let south_west = bng_of_corner(Coord { x: -6.6, y: 49.7 }).unwrap();
        assert!((50_000.0..90_000.0).contains(&south_west.x) && (0.0..100.0).contains(&south_west.y), "{south_west:?}");
        // On either side of the edge of the exact conversion there is no step of more than its shift.
        let (inside, outside) = (bng_of_corner(Coord { x: 1.77, y: 52.5 }).unwrap(), bng_of_corner(Coord { x: 1.79, y: 52.5 }).unwrap());
        assert!((1_000.0..1_600.0).contains(&(outside.x - inside.x)), "{inside:?} {outside:?}");
    }

    #[test]
    fn a_place_on_another_continent_is_refused() {
        assert!(bng_from_lonlat(Coord { x: 151.2, y: -33.9 }).is_err());
        assert!(bng_from_lonlat(Coord { x: f64::NAN, y: 52.0 }).is_err());
    }
}

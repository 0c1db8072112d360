//! How long vector tiles take over as many areas as England has LSOAs.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use needsmap::model::crs::WebMercator;
use needsmap::representation::mvt::{TileFeature, TileGeometry, Value, tile, tile_bounds};

/// 33,755 hexagonal-ish areas of twelve vertices that share their borders, spread over the tile z6/31/20.
fn england() -> Vec<(String, WebMercator<MultiPolygon<f64>>)> {
    let bounds = tile_bounds(6, 31, 20).0;
    let (columns, rows) = (184_u32, 184_u32);
    let (width, height) = (bounds.width() / f64::from(columns), bounds.height() / f64::from(rows));
    let wobble = |n: u32| f64::from(n.wrapping_mul(2_654_435_761) >> 16) / 65_536.0 - 0.5;
    // Corners belong to the place, not to the area, so that neighbours share them.
    let at = |thirds_right: u32, thirds_down: u32| {
        let seed = thirds_down * 3 * columns + thirds_right;
        Coord {
            x: bounds.min().x + (f64::from(thirds_right) + 0.6 * wobble(seed)) * width / 3.0,
            y: bounds.max().y - (f64::from(thirds_down) + 0.6 * wobble(seed ^ 0x5555)) * height / 3.0,
        }
    };
    (0..33_755)
        .map(|number| {
            let (x, y) = (number % columns * 3, number / columns * 3);
            let walk = [(0, 0), (1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (3, 3), (2, 3), (1, 3), (0, 3), (0, 2), (0, 1), (0, 0)];
            let ring: LineString<f64> = walk.into_iter().map(|(dx, dy)| at(x + dx, y + dy)).collect();
            (format!("E{number:08}"), WebMercator(MultiPolygon(vec![Polygon::new(ring, vec![])])))
        })
        .collect()
}

fn tiles(criterion: &mut Criterion) {
    let areas = england();
    let properties: Vec<[(&str, Value<'_>); 2]> = areas.iter().map(|(code, _)| [("code", Value::Text(code)), ("name", Value::Text(code))]).collect();
    let draw = |z, x, y| {
        let features = areas.iter().zip(&properties).enumerate();
        let features = features.map(|(id, ((_, geometry), properties))| TileFeature { id: id as u64, geometry: TileGeometry::Polygons(geometry), properties });
        tile("lsoa21", features, z, x, y)
    };
    println!("z6: {} bytes, z8: {} bytes, z10: {} bytes", draw(6, 31, 20).len(), draw(8, 126, 82).len(), draw(10, 505, 330).len());
    criterion.bench_function("a tile with all of England's LSOAs at zoom 6", |bencher| bencher.iter(|| draw(black_box(6), 31, 20)));
    criterion.bench_function("a tile at zoom 10, all LSOAs looked at", |bencher| bencher.iter(|| draw(black_box(10), 505, 330)));
}

criterion_group!(benches, tiles);
criterion_main!(benches);

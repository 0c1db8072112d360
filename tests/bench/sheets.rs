//! How long a sheet takes: from a link to a figure, from a figure to a page, from a page to each format; the county's neighbourhoods.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use needsmap::dataset::{self, Location};
use needsmap::representation::sheet::{layout, pdf, png, svg};
use needsmap::representation::table;
use needsmap::server::{self, Link, Settings, State};
use needsmap::store::Store;

/// Dots per inch of a picture that is printed.
const DPI: u32 = 300;

fn sheets(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/dataset");
    let edition = dataset::read(Location::Directory(&folder)).expect("the default edition can be read");
    let state = State::new(Arc::new(Store::new(edition).expect("the default edition hangs together")), &Settings::default());
    let link = Link::parse("measure=imd-2019.score&method=national-quintiles&points=practices,hospitals").expect("a link of the page");
    let figure = server::figure(&state, &link).expect("the default edition holds it");
    let pages = layout::pages(&figure, link.sheet.size, &link.sheet.shown).expect("names of places can be printed");
    let whole = pdf::pdf(&pages).expect("a page can be written");
    println!("the county: {} areas, PDF {} bytes, SVG {} bytes", figure.map.areas.len(), whole.len(), svg::svg(&pages[0]).len());
    criterion.bench_function("a link of the county becomes a figure", |bencher| bencher.iter(|| server::figure(&state, black_box(&link))));
    criterion.bench_function("the figure is laid out", |bencher| bencher.iter(|| layout::pages(black_box(&figure), link.sheet.size, &link.sheet.shown)));
    criterion.bench_function("the sheet as PDF", |bencher| bencher.iter(|| pdf::pdf(black_box(&pages))));
    criterion.bench_function("the sheet as SVG", |bencher| bencher.iter(|| svg::svg(black_box(&pages[0]))));
    let mut pictures = criterion.benchmark_group("pixels");
    pictures.sample_size(10).bench_function("the sheet as PNG, 300 dots per inch", |bencher| bencher.iter(|| png::png(black_box(&pages[0]), DPI)));
    pictures.finish();
    criterion.bench_function("its numbers as a workbook", |bencher| bencher.iter(|| table::xlsx(black_box(&figure))));
    criterion.bench_function("its numbers as a GeoPackage", |bencher| bencher.iter(|| table::geopackage(black_box(&figure))));
    criterion.bench_function("its numbers as GeoJSON", |bencher| bencher.iter(|| table::geojson(black_box(&figure.tables[0]), &figure)));
}

criterion_group!(benches, sheets);
criterion_main!(benches);

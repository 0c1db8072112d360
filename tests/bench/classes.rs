//! How long it takes to class as many values as England has LSOAs.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use needsmap::statistics::classes::{equal_interval_edges, natural_break_edges, quantile_edges};

fn classes(criterion: &mut Criterion) {
    // Skewed to the right as deprivation scores are.
    let values: Vec<f64> = (0..33_755_u32).map(|n| 80.0 * (f64::from(n.wrapping_mul(2_654_435_761)) / f64::from(u32::MAX)).powi(3)).collect();
    criterion.bench_function("quantiles of 33,755 values", |bencher| bencher.iter(|| quantile_edges(black_box(&values), 10)));
    criterion.bench_function("equal intervals of 33,755 values", |bencher| bencher.iter(|| equal_interval_edges(black_box(&values), 10)));
    criterion.bench_function("natural breaks of 33,755 values", |bencher| bencher.iter(|| natural_break_edges(black_box(&values), 10)));
}

criterion_group!(benches, classes);
criterion_main!(benches);

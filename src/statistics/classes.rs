//! Classes of a map: where a range of numbers is cut, and which class a number falls in.
//!
//! A classification is its inner edges, ascending. Class 0 is the lowest; class `k` holds the numbers from
//! `edges[k - 1]` up to, but not including, `edges[k]`: an edge is the smallest number of the class above it.
//! Where there are fewer different numbers than classes there are fewer classes, and none of no numbers.
//! Missing figures never come here: they are a class of their own.

use super::quantiles::public_health_quantiles;

/// The class that a number falls in, 0 the lowest.
#[must_use]
pub fn class_of(edges: &[f64], value: f64) -> usize {
    debug_assert!(!value.is_nan(), "a missing figure is no number");
    edges.partition_point(|edge| *edge <= value)
}

/// Edges that put equal numbers of values into each class, by the rule of public health in England.
///
/// The largest values are quantile 1 and so the highest class; values that are equal share a class.
#[must_use]
pub fn quantile_edges(values: &[f64], classes: usize) -> Vec<f64> {
    let sorted = ascending(values);
    let Some(quantiles) = public_health_quantiles(&sorted, classes.min(sorted.len()), true) else {
        return Vec::new();
    };
    (1..sorted.len()).filter(|place| quantiles[*place] != quantiles[place - 1]).map(|place| sorted[place]).collect()
}

/// Edges that cut the range from the smallest to the largest value into steps of equal width.
#[must_use]
pub fn equal_interval_edges(values: &[f64], classes: usize) -> Vec<f64> {
    let (distinct, _) = distinct(values);
    let (Some(min), Some(max)) = (distinct.first(), distinct.last()) else {
        return Vec::new();
    };
    let classes = classes.min(distinct.len());
    let mut edges: Vec<f64> = (1..classes)
        .map(|step| {
            let along = real(step) / real(classes);
            min * (1.0 - along) + max * along
        })
        .collect();
    // Between two neighbouring floating point numbers there is no room for steps.
    edges.dedup();
    edges.retain(|edge| min < edge);
    edges
}

/// Edges that make the sum of squared distances from the class means as small as it can be (Jenks' natural breaks).
///
/// Exact: a dynamic programme over the sorted values. The best start of the last class never moves down when a value
/// is added at the top, so each row is solved by halves: about `classes · n · log n` steps. Of several best
/// classifications the one with the lowest edges is returned.
#[must_use]
pub fn natural_break_edges(values: &[f64], classes: usize) -> Vec<f64> {
    let (distinct, weights) = distinct(values);
    let classes = classes.min(distinct.len());
    if classes < 2 {
        return Vec::new();
    }
    let sums = Sums::of(&distinct, &weights);
    let count = distinct.len();
    let mut least: Vec<f64> = (0..count).map(|last| sums.spread(0, last)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::with_capacity(classes - 1);
    for class in 1..classes {
        let mut row = Row { sums: &sums, below: &least, class, least: vec![f64::INFINITY; count], start: vec![class; count] };
        row.solve(class..count, class, count - 1);
        let Row { least: solved, start, .. } = row;
        least = solved;
        starts.push(start);
    }
    let mut edges = Vec::with_capacity(classes - 1);
    let mut top = count - 1;
    for row in starts.iter().rev() {
        let start = row[top];
        edges.push(distinct[start]);
        top = start - 1;
    }
    edges.reverse();
    edges
}

/// Sums of the values below each place, from which the spread of any run of values follows at once.
struct Sums {
    weight: Vec<f64>,
    value: Vec<f64>,
    square: Vec<f64>,
}

impl Sums {
    fn of(values: &[f64], weights: &[f64]) -> Self {
        // Distances from the middle value: squares of large numbers close together would lose their difference.
        let middle = values[values.len() / 2];
        let mut sums = Self { weight: vec![0.0], value: vec![0.0], square: vec![0.0] };
        let [mut weight_sum, mut value_sum, mut square_sum] = [0.0; 3];
        for (value, weight) in values.iter().zip(weights) {
            let distance = value - middle;
            weight_sum += weight;
            value_sum += weight * distance;
            square_sum += weight * distance * distance;
            sums.weight.push(weight_sum);
            sums.value.push(value_sum);
            sums.square.push(square_sum);
        }
        sums
    }

    /// Sum of squared distances of the values `first..=last` from their mean.
    fn spread(&self, first: usize, last: usize) -> f64 {
        let end = last + 1;
        let value = self.value[end] - self.value[first];
        let weight = self.weight[end] - self.weight[first];
        (self.square[end] - self.square[first] - value * value / weight).max(0.0)
    }
}

/// One row of the dynamic programme: the least spread of the values up to each place in `class + 1` classes.
struct Row<'a> {
    sums: &'a Sums,
    below: &'a [f64],
    class: usize,
    least: Vec<f64>,
    start: Vec<usize>,
}

impl Row<'_> {
    /// Solves the places in `lasts`, whose last class is known to start between `lowest` and `highest`.
    fn solve(&mut self, lasts: std::ops::Range<usize>, lowest: usize, highest: usize) {
        if lasts.is_empty() {
            return;
        }
        let last = usize::midpoint(lasts.start, lasts.end);
        let mut best = (f64::INFINITY, lowest.max(self.class));
        for start in lowest.max(self.class)..=highest.min(last) {
            let spread = self.below[start - 1] + self.sums.spread(start, last);
            if spread < best.0 {
                best = (spread, start);
            }
        }
        (self.least[last], self.start[last]) = best;
        self.solve(lasts.start..last, lowest, best.1);
        self.solve(last + 1..lasts.end, best.1, highest);
    }
}

/// The values from the smallest to the largest.
fn ascending(values: &[f64]) -> Vec<f64> {
    debug_assert!(values.iter().all(|value| value.is_finite()), "a missing figure is no number");
    // −0 and 0 are one number on a map, and one must not become an edge below the other.
    let mut sorted: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The different values from the smallest to the largest, and how often each occurs.
fn distinct(values: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let sorted = ascending(values);
    sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(|run| (run[0], real(run.len()))).unzip()
}

#[expect(clippy::cast_precision_loss, reason = "counts of areas and classes lie far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOLDEN: [f64; 12] = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0];

    #[test]
    fn quantiles_meet_the_golden_numbers_of_public_health() {
        let edges = quantile_edges(&GOLDEN, 5);
        assert_eq!(edges, [2.0, 3.0, 5.0, 6.0]);
        let quantiles: Vec<usize> = GOLDEN.iter().map(|value| 5 - class_of(&edges, *value)).collect();
        assert_eq!(quantiles, [3, 5, 3, 5, 2, 1, 4, 1, 2, 3, 2, 1]);
    }

    #[test]
    fn equal_intervals_have_steps_of_equal_width() {
        assert_eq!(equal_interval_edges(&[0.0, 1.0, 3.0, 7.0, 10.0], 5), [2.0, 4.0, 6.0, 8.0]);
    }

    #[test]
    fn natural_breaks_meet_results_known_from_other_programs() {
        assert_eq!(natural_break_edges(&[-1.0, 2.0, -1.0, 2.0, 4.0, 5.0, 6.0, -1.0, 2.0, -1.0], 3), [2.0, 4.0]);
        assert_eq!(natural_break_edges(&[1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 50.0, 51.0], 3), [10.0, 50.0]);
        assert_eq!(natural_break_edges(&GOLDEN, 3), [4.0, 8.0]);
    }

    #[test]
    fn values_close_together_far_from_zero_keep_their_breaks() {
        let values: Vec<f64> = [0.0, 1.0, 2.0, 50.0, 51.0, 52.0].iter().map(|v| v + 1e12).collect();
        assert_eq!(natural_break_edges(&values, 2), [1e12 + 50.0]);
    }

    #[test]
    fn an_edge_belongs_to_the_class_above_it() {
        let edges = [10.0, 20.0];
        let classes = [9.9, 10.0, 19.9, 20.0, 1e9].map(|value| class_of(&edges, value));
        assert_eq!(classes, [0, 1, 1, 2, 2]);
        assert_eq!(class_of(&[], 5.0), 0);
    }

    #[test]
    fn fewer_different_numbers_than_classes_make_fewer_classes() {
        for edges in [quantile_edges, equal_interval_edges, natural_break_edges] {
            assert!(edges(&[], 5).is_empty());
            assert!(edges(&[7.0; 20], 5).is_empty());
            assert!(edges(&GOLDEN, 1).is_empty());
            assert!(edges(&GOLDEN, 0).is_empty());
            assert_eq!(edges(&[1.0, 2.0], 5).len(), 1);
            assert!(edges(&[-0.0, 0.0], 2).is_empty());
        }
        assert_eq!(quantile_edges(&[1.0, 2.0, 3.0], 5), [2.0, 3.0]);
        assert_eq!(natural_break_edges(&[1.0, 2.0, 3.0], 5), [2.0, 3.0]);
    }

    /// Every value's quantile straight from the formula, the largest value first.
    fn quantiles_by_the_formula(values: &[f64], classes: usize) -> Vec<usize> {
        let count = values.len();
        let rank = |value: &f64| 1 + values.iter().filter(|other| *other > value).count();
        values.iter().map(|value| (classes + 1 - ((count + 1 - rank(value)) * classes).div_ceil(count)).max(1)).collect()
    }

    fn spread(values: &[f64], edges: &[f64]) -> f64 {
        (0..=edges.len())
            .map(|class| {
                let members: Vec<f64> = values.iter().copied().filter(|value| class_of(edges, *value) == class).collect();
                let mean = members.iter().sum::<f64>() / real(members.len());
                members.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
            })
            .sum()
    }

    /// The least spread over every way to choose edges among the values.
    fn least_spread(values: &[f64], distinct: &[f64], classes: usize, edges: &mut Vec<f64>) -> f64 {
        if edges.len() + 1 == classes {
            return spread(values, edges);
        }
        let first = edges.last().map_or(1, |edge| distinct.partition_point(|value| value <= edge));
        let mut least = f64::INFINITY;
        for edge in &distinct[first..] {
            edges.push(*edge);
            least = least.min(least_spread(values, distinct, classes, edges));
            edges.pop();
        }
        least
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_formula(values in prop::collection::vec(0..30_u8, 5..80), classes in 2..6_usize) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let edges = quantile_edges(&values, classes);
            let expected = quantiles_by_the_formula(&values, classes);
            for (i, a) in values.iter().enumerate() {
                for (j, b) in values.iter().enumerate() {
                    let order = class_of(&edges, *a).cmp(&class_of(&edges, *b));
                    prop_assert_eq!(order, expected[j].cmp(&expected[i]));
                }
            }
        }

        #[test]
        fn no_classification_has_less_spread_than_natural_breaks(values in prop::collection::vec(-20..20_i8, 1..14), classes in 2..5_usize) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let edges = natural_break_edges(&values, classes);
            let (distinct, _) = distinct(&values);
            let classes = classes.min(distinct.len());
            prop_assert_eq!(edges.len() + 1, classes);
            let least = least_spread(&values, &distinct, classes, &mut Vec::new());
            prop_assert!(spread(&values, &edges) <= least + 1e-9, "{} against {}", spread(&values, &edges), least);
        }

        #[test]
        fn edges_ascend_and_every_class_between_data_edges_holds_a_value(
            values in prop::collection::vec(prop::num::f64::NORMAL.prop_map(|v| v % 1e9), 0..60),
            classes in 0..11_usize,
        ) {
            for edges in [quantile_edges(&values, classes), natural_break_edges(&values, classes), equal_interval_edges(&values, classes)] {
                prop_assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(edges.len() < classes.max(1));
            }
            for edges in [quantile_edges(&values, classes), natural_break_edges(&values, classes)] {
                for class in 0..=edges.len() {
                    prop_assert!(values.is_empty() || values.iter().any(|value| class_of(&edges, *value) == class));
                }
            }
        }
    }
}

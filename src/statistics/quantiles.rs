//! Quantiles by the rule of public health practice: equal numbers of areas in each, ties together.

/// The quantile of each value, from 1 to `quantiles`: 1 holds the lowest values, or with `inverted` the highest.
///
/// Values that are equal share the smallest of their ranks and so fall into one quantile.
/// Nothing if there are fewer values than quantiles, no quantiles, or a value is not a number.
#[must_use]
pub fn public_health_quantiles(values: &[f64], quantiles: usize, inverted: bool) -> Option<Vec<usize>> {
    let n = values.len();
    if quantiles == 0 || n < quantiles || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| if inverted { values[*b].total_cmp(&values[*a]) } else { values[*a].total_cmp(&values[*b]) });
    let mut result = vec![0; n];
    let mut rank = 1;
    for (position, place) in order.iter().enumerate() {
        // Comparison by == and not by bits, so that 0 and -0 are a tie.
        #[expect(clippy::float_cmp, reason = "a tie is exact equality")]
        if position == 0 || values[order[position - 1]] != values[*place] {
            rank = position + 1;
        }
        // ⌈(N+1−rank)/(N/Q)⌉ in whole numbers, so that no rounding error moves an area.
        let from_the_end = ((n + 1 - rank) * quantiles).div_ceil(n);
        result[*place] = (quantiles + 1 - from_the_end).max(1);
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_example_is_met() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0];
        assert_eq!(public_health_quantiles(&values, 5, true).unwrap(), [3, 5, 3, 5, 2, 1, 4, 1, 2, 3, 2, 1]);
    }

    #[test]
    fn too_few_values_have_no_quantiles() {
        assert_eq!(public_health_quantiles(&[1.0, 2.0], 5, false), None);
        assert_eq!(public_health_quantiles(&[1.0, f64::NAN], 2, false), None);
    }

    proptest! {
        #[test]
        fn a_higher_value_is_never_in_a_lower_quantile(values in proptest::collection::vec(-50..50i32, 5..60)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let quantiles = public_health_quantiles(&values, 5, false).unwrap();
            for (a, qa) in values.iter().zip(&quantiles) {
                prop_assert!((1..=5).contains(qa));
                for (b, qb) in values.iter().zip(&quantiles) {
                    prop_assert!(a >= b || qa <= qb);
                }
            }
        }
    }
}

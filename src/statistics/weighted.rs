//! Means and quantiles of values that weigh as many people as live with them.

/// Values with their weights, from the smallest value to the largest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weighted {
    sorted: Vec<(f64, f64)>,
    total: f64,
}

impl Weighted {
    /// Of values with weights; what weighs nothing, or is no number, is left out.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut sorted: Vec<(f64, f64)> = values.into_iter().filter(|(value, weight)| !value.is_nan() && *weight > 0.0).collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let total = sorted.iter().map(|(_, weight)| weight).sum();
        Self { sorted, total }
    }

    /// The sum of all weights.
    #[must_use]
    pub const fn total(&self) -> f64 {
        self.total
    }

    /// The weighted mean; none of no values.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.total > 0.0).then(|| self.sorted.iter().map(|(value, weight)| value * weight).sum::<f64>() / self.total)
    }

    /// The smallest value at or below which this share of the weight lies, 0.5 for the median; none of no values.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        // A hair's breadth less, so that a sum of weights that should be half of all is half of all.
        let target = share * self.total * (1.0 - 1e-12);
        let mut below = 0.0;
        let met = self.sorted.iter().find(|(_, weight)| {
            below += weight;
            below >= target
        });
        met.or(self.sorted.last()).map(|(value, _)| *value)
    }

    /// The weight of all values up to and with a limit.
    #[must_use]
    pub fn within(&self, limit: f64) -> f64 {
        let end = self.sorted.partition_point(|(value, _)| *value <= limit);
        // A sum of nothing is -0, which would be printed with its sign.
        self.sorted[..end].iter().map(|(_, weight)| weight).sum::<f64>() + 0.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_weigh_what_their_people_weigh() {
        let weighted = Weighted::of([(30.0, 100.0), (10.0, 300.0), (20.0, 100.0), (5.0, 0.0), (f64::NAN, 50.0)]);
        assert_eq!((weighted.total(), weighted.mean()), (500.0, Some(16.0)));
        assert_eq!([0.5, 0.6, 0.61, 0.9, 1.0].map(|share| weighted.quantile(share)), [10.0, 10.0, 20.0, 30.0, 30.0].map(Some));
        assert_eq!([9.9, 10.0, 25.0, 99.0].map(|limit| weighted.within(limit).to_string()), ["0", "300", "400", "500"]);
        assert_eq!((Weighted::of([]).mean(), Weighted::of([]).quantile(0.5)), (None, None));
    }

    proptest! {
        #[test]
        fn equal_weights_give_the_plain_quantile(values in prop::collection::vec(0..1000_u16, 1..50), share in 0.01..1.0f64) {
            let mut values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let found = Weighted::of(values.iter().map(|value| (*value, 7.0))).quantile(share).unwrap();
            values.sort_by(f64::total_cmp);
            let below = values.iter().filter(|value| **value <= found).count();
            let less = values.iter().filter(|value| **value < found).count();
            let many = f64::from(u32::try_from(values.len()).unwrap());
            prop_assert!(f64::from(u32::try_from(below).unwrap()) >= share * many - 1e-6);
            prop_assert!(f64::from(u32::try_from(less).unwrap()) < share * many);
        }
    }
}

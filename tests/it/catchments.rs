//! Laws of catchments over the made-up county: what must hold for every share, every practice and every shape.

use std::collections::BTreeSet;

use geo::{Area as _, BooleanOps as _};
use geo_types::{LineString, MultiPolygon, Polygon};
use needsmap::model::crs::LonLat;
use needsmap::query::{Catchment, CatchmentRequest, Definition, Membership, Shape, catchment};
use needsmap::store::Store;
use proptest::prelude::*;

fn store() -> Store {
    Store::new(crate::county::edition()).unwrap()
}

fn found<'s>(store: &'s Store, practice: &str, definition: Definition) -> Catchment<'s> {
    let request = CatchmentRequest { practices: vec![practice.to_owned()], definition, membership: Membership::Centroid, compare: None };
    catchment(store, &request).unwrap()
}

fn places(catchment: &Catchment<'_>) -> BTreeSet<u32> {
    catchment.areas.iter().map(|area| area.place).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_core_grows_with_its_share_and_a_market_share_shrinks(a in 0.01..1.0f64, b in 0.01..1.0f64) {
        let store = store();
        let (small, large) = (a.min(b), a.max(b));
        for practice in ["A00001", "A00002"] {
            let core = |share| places(&found(&store, practice, Definition::Core { share }));
            prop_assert!(core(small).is_subset(&core(large)));
            let market = |share| places(&found(&store, practice, Definition::MarketShare { share }));
            prop_assert!(market(large).is_subset(&market(small)));
        }
    }

    #[test]
    fn a_core_holds_its_share_of_the_list_and_no_more_areas_than_it_needs(share in 0.01..0.99f64) {
        let store = store();
        let core = found(&store, "A00001", Definition::Core { share });
        let mut patients: Vec<f64> = core.areas.iter().filter_map(|area| area.patients).collect();
        patients.sort_by(f64::total_cmp);
        let sum: f64 = patients.iter().sum();
        prop_assert!(sum + 1e-6 >= share * 2500.0);
        prop_assert!(sum - patients[0] < share * 2500.0);
    }

    #[test]
    fn areas_of_a_shape_are_those_whose_centre_lies_in_it(corners in proptest::collection::vec((-0.83..-0.76f64, 52.74..52.79f64), 3..8)) {
        let store = store();
        let (_, layer) = store.catchment_layer().unwrap();
        let middle = |axis: fn(&(f64, f64)) -> f64| corners.iter().map(axis).sum::<f64>() / f64::from(u32::try_from(corners.len()).unwrap());
        let (x, y) = (middle(|c| c.0), middle(|c| c.1));
        let mut corners = corners.clone();
        corners.sort_by(|a, b| (a.1 - y).atan2(a.0 - x).total_cmp(&(b.1 - y).atan2(b.0 - x)));
        let drawn = LonLat(MultiPolygon(vec![Polygon::new(LineString::from(corners), Vec::new())]));
        let Ok(shape) = Shape::polygons(&drawn) else { return Ok(()) };
        let by_index: Vec<u32> = shape.members(layer, Membership::Centroid).iter().map(|member| member.place).collect();
        let by_hand: Vec<u32> = (0..).zip(layer.areas()).filter(|(_, area)| shape.contains(&area.centroid)).map(|(place, _)| place).collect();
        prop_assert_eq!(by_index, by_hand);
        let shares = shape.members(layer, Membership::AreaShare);
        prop_assert!(shares.iter().all(|member| member.weight > 0.0 && member.weight <= 1.0));
        // Neighbourhoods are squares of a square kilometre that tile the county: shares of them are the shape's area inside it.
        let county = MultiPolygon(layer.areas().iter().flat_map(|area| area.geometry.inner().0.clone()).collect());
        let expected: f64 = county.0.iter().map(|square| square.intersection(shape.outline().inner()).unsigned_area()).sum::<f64>() / 1e6;
        prop_assert!((shares.iter().map(|member| member.weight).sum::<f64>() - expected).abs() < 1e-6);
    }
}

#[test]
fn the_largest_shares_of_all_practices_part_the_areas_among_them() {
    let store = store();
    let mut met = BTreeSet::new();
    for practice in ["A00001", "A00002"] {
        for place in places(&found(&store, practice, Definition::Plurality)) {
            assert!(met.insert(place), "{place} belongs to two practices");
        }
    }
    // Neighbourhoods 0 to 7 have patients of either practice; the rest of none.
    assert_eq!(met, (0..8).collect());
}

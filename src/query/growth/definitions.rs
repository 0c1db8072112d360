//! The definitions of a catchment side by side, each with the people and the homes that it gives.

use super::{Assumed, Growth, growth_of};
use crate::model::crs::LonLat;
use crate::query::QueryError;
use crate::query::catchment::{CatchmentAnswer, CatchmentRequest, Comparators, Definition, catchment_answer, within_bounds};
use crate::query::shape::Membership;
use crate::store::Store;
use geo_types::MultiPolygon;

/// One definition with its catchment and its growth.
#[derive(Debug)]
pub struct DefinitionRow<'s> {
    /// Who lives there.
    pub answer: CatchmentAnswer<'s>,
    /// What is built there.
    pub growth: Growth<'s>,
}

/// What is asked of every definition.
#[derive(Debug, Clone)]
pub struct Definitions {
    /// Codes of practices or of a network.
    pub practices: Vec<String>,
    /// The least patients of the reach.
    pub patients: u32,
    /// The share of an area's registered people.
    pub market_share: f64,
    /// The share of the list.
    pub core: f64,
    /// The radius; left out where none of the practices, or more than one, has a point.
    pub metres: f64,
    /// A drawn shape to stand beside the rest.
    pub polygon: Option<LonLat<MultiPolygon<f64>>>,
    /// The assumptions of the growth.
    pub assumed: Assumed,
}

/// Every definition's row, in the order in which people meet them.
///
/// # Errors
/// As for one catchment and its growth.
pub fn definitions<'s>(store: &'s Store, comparators: &Comparators, asked: &Definitions) -> Result<Vec<DefinitionRow<'s>>, QueryError> {
    asked.assumed.check()?;
    within_bounds("market-share", asked.market_share)?;
    within_bounds("core", asked.core)?;
    let named = crate::query::asked(store, &asked.practices)?;
    let one_point = matches!(named.practices.as_slice(), [practice] if practice.organisation.location.is_some());
    let mut all = vec![
        Definition::Reach { patients: asked.patients },
        Definition::MarketShare { share: asked.market_share },
        Definition::Plurality,
        Definition::Core { share: asked.core },
    ];
    if one_point {
        all.push(Definition::Radius { centre: None, metres: asked.metres });
    }
    all.extend(asked.polygon.clone().map(Definition::Polygon));
    let row = |definition: Definition| {
        let request = CatchmentRequest { practices: asked.practices.clone(), definition, membership: Membership::Centroid, compare: Some(Vec::new()) };
        let answer = catchment_answer(store, comparators, &request)?;
        let growth = growth_of(store, crate::query::catchment(store, &request)?, &asked.assumed)?;
        Ok(DefinitionRow { answer, growth })
    };
    all.into_iter().map(row).collect()
}

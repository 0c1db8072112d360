//! What a store knows of travel: its roads, and times that others have published, checked against the layers they are of.

use super::{Layer, Roads, Store, StoreError, Transit, Travel};
use crate::model::travel::PublishedTimes;

/// Refuses a table that does not hold one time for each area and site.
pub(super) fn check(tables: &[PublishedTimes], layers: &[Layer]) -> Result<(), StoreError> {
    for table in tables {
        let series = format!("published times by {}", table.mode.id());
        let Some(layer) = layers.iter().find(|layer| layer.area_type() == table.area_type) else {
            return Err(StoreError::UnknownSeries { series: format!("{series} on {}", table.area_type) });
        };
        let expected = layer.areas().len() * table.sites.len();
        if table.minutes.len() != expected {
            return Err(StoreError::WrongLength { series, area_type: table.area_type, expected, found: table.minutes.len() });
        }
    }
    Ok(())
}

impl Store {
    /// Its roads, where an extract was read.
    #[must_use]
    pub fn roads(&self) -> Option<&Roads> {
        self.roads.as_ref()
    }

    /// Travel times that others have published, at most one table of a mode and area type.
    #[must_use]
    pub fn published_times(&self) -> &[PublishedTimes] {
        &self.published_times
    }

    /// What runs by a timetable, if the edition holds one.
    #[must_use]
    pub const fn transit(&self) -> Option<&Transit> {
        self.transit.as_ref()
    }

    /// Puts in what the first question by car would otherwise wait for: costs, the grid of outlines, the areas' places on the roads.
    pub fn prepare_journeys(&self) {
        let Some(roads) = self.roads() else { return };
        roads.prepare(Travel::default());
        for layer in 0..self.layers().len() {
            let _ = self.area_places(layer, Travel::default().mode);
        }
    }
}

//! Catchments: the areas that belong to a practice, a group of practices or a shape, by a definition that is always named.
//!
//! Section 6 of the calculations: n patients of practice p live in area l; the practice's list is N = Σ n, the area's registered
//! people R = Σ n over practices; the share of the practice is n / N, the share of the area n / R. Counts that are withheld
//! (see `store/register.rs`) decide nothing and enter no sum.

mod definition;
mod practices;
mod profile;
mod shading;
mod summary;
mod travel;

pub use definition::{Definition, within_bounds};
pub use practices::{Asked, PracticeCard, asked, practice_cards};
pub(in crate::query) use profile::five_year_band;
pub use profile::{AgeBand, Comparators, Deprivation, FuelPoverty, LifeExpectancy, Periods, Profile, Quintile};
pub use shading::{Shade, ShadeBy, Shading, has_patients, value as shade_value};
pub use summary::{RegisteredWithOne, Summary};
pub use travel::Around;

use geo::BoundingRect;
use geo_types::{Coord, Rect};

use super::QueryError;
use super::shape::{Membership, Shape};
use crate::model::crs::Bng;
use crate::model::measure::Figures;
use crate::store::{AreaRef, Layer, Register, Store};

/// A catchment as a link names it.
#[derive(Debug, Clone)]
pub struct CatchmentRequest {
    /// Codes of practices, or the code of one network; empty for a shape alone.
    pub practices: Vec<String>,
    /// Which areas.
    pub definition: Definition,
    /// How areas belong to a shape.
    pub membership: Membership,
    /// Codes of the areas to compare with; none for the usual ones.
    pub compare: Option<Vec<String>>,
}

/// One area of a catchment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CatchmentArea {
    /// The place in the layer.
    pub place: u32,
    /// How much of it counts: 1, or its share inside a shape.
    pub weight: f64,
    /// Patients of the practices asked who live there, weighted; none where withheld or without practices.
    pub patients: Option<f64>,
    /// Whether there are patients whose number is withheld.
    pub withheld: bool,
}

/// A catchment, found.
#[derive(Debug)]
pub struct Catchment<'s> {
    /// The practices asked.
    pub asked: Asked<'s>,
    /// The definition, with every number that was left to us filled in.
    pub definition: Definition,
    /// How areas belong to a shape.
    pub membership: Membership,
    /// The layer of its areas.
    pub layer: &'s Layer,
    /// The register, if the edition holds one.
    pub register: Option<&'s Register>,
    /// Its areas, by place ascending.
    pub areas: Vec<CatchmentArea>,
    /// The shape, where it has one.
    pub shape: Option<Shape>,
    /// Housing sites that belong by their own point, ascending, where neither shape nor areas decide.
    pub sites: Option<Vec<usize>>,
    /// What a reader must know about this very catchment.
    pub notes: Vec<String>,
}

/// A catchment with everything said about it.
#[derive(Debug)]
pub struct CatchmentAnswer<'s> {
    /// The catchment.
    pub catchment: Catchment<'s>,
    /// Patients and residents.
    pub summary: Summary<'s>,
    /// The catchment's people, then those of the areas it is compared with.
    pub profiles: Vec<Profile>,
}

/// Finds a catchment.
///
/// # Errors
/// When a practice is unknown, closed or without patients, a number is out of bounds, a shape is not one or lies outside the edition.
pub fn catchment<'s>(store: &'s Store, request: &CatchmentRequest) -> Result<Catchment<'s>, QueryError> {
    let asked = asked(store, &request.practices)?;
    let Some((_, layer)) = store.catchment_layer() else {
        return Err(QueryError::unknown("definition", request.definition.id(), "a catchment of an edition that holds areas"));
    };
    definition::found(store, layer, asked, request)
}

/// Finds a catchment, adds it up and puts it beside the areas around it.
///
/// # Errors
/// As for [`catchment`]; also when a code to compare with is unknown.
pub fn catchment_answer<'s>(store: &'s Store, comparators: &Comparators, request: &CatchmentRequest) -> Result<CatchmentAnswer<'s>, QueryError> {
    let catchment = catchment(store, request)?;
    let summary = Summary::of(store, &catchment);
    let mut profiles = vec![comparators.of_catchment(store, &catchment)];
    profiles.extend(comparators.beside(store, &catchment, request.compare.as_deref())?);
    Ok(CatchmentAnswer { catchment, summary, profiles })
}

impl Catchment<'_> {
    /// Whether an area belongs to it.
    #[must_use]
    pub fn holds(&self, place: u32) -> bool {
        self.areas.binary_search_by_key(&place, |area| area.place).is_ok()
    }

    /// The rectangle around its shape, or else around its areas.
    #[must_use]
    pub fn bounds(&self) -> Option<Bng<Rect<f64>>> {
        if let Some(shape) = &self.shape {
            return Some(shape.bounds());
        }
        let rects = self.areas.iter().filter_map(|area| self.layer.areas()[area.place as usize].geometry.inner().bounding_rect());
        rects
            .reduce(|a, b| {
                Rect::new(
                    Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
                    Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
                )
            })
            .map(Bng)
    }

    /// What it is called: `Latham House Medical Practice: core of the list (75%)`.
    #[must_use]
    pub fn label(&self) -> String {
        let of = self.definition.label();
        match self.asked.label() {
            Some(practices) => format!("{practices}: {}", first_small(&of)),
            None => of,
        }
    }

    /// The area of a larger type in which most of its residents live, if there is one.
    #[must_use]
    pub fn mostly_within(&self, larger: usize) -> Option<AreaRef> {
        let mut people: Vec<(AreaRef, f64)> = Vec::new();
        for area in &self.areas {
            let place = area.place as usize;
            let here = self.layer.population_at(place).unwrap_or(1.0) * area.weight;
            if let Some(parent) = self.layer.parents(place).iter().find(|parent| usize::from(parent.layer) == larger) {
                match people.iter_mut().find(|(held, _)| held == parent) {
                    Some((_, sum)) => *sum += here,
                    None => people.push((*parent, here)),
                }
            }
        }
        people.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(parent, _)| parent)
    }
}

fn first_small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A number of a column at a place, if there is one.
fn number_at(figures: &Figures, place: u32) -> Option<f64> {
    figures.value_at(place as usize)
}

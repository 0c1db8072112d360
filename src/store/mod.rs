//! The edition in memory, indexed once, immutable afterwards; the only user of the spatial index.

mod error;
mod gazetteer;
mod layer;
mod register;
mod roads;
mod sites;
mod transit;
mod travel;

use std::collections::HashMap;

pub use error::StoreError;
pub use gazetteer::{Gazetteer, GazetteerEntry, Named};
pub use layer::{Layer, Members};
pub use register::{Count, Elsewhere, Register};
pub use roads::{AreaPlaces, By, Journey, MOST_METRES_OFF, OffRoad, Roads, Snapped, Together, Travel};
pub use sites::{Housing, Practices};
pub use transit::{StopsNear, Transit, TransitAsked, TransitTimes};

use geo::BoundingRect;

use crate::dataset::default_speeds;
use crate::model::area::{Area, AreaCode, AreaKind, AreaType};
use crate::model::crs::{Bng, on_the_grid};
use crate::model::edition::{ContextLayer, DefaultView, Edition, Place};
use crate::model::measure::{Field, Measure, NationalBreaks, Series, Sex};
use crate::model::organisation::{Hospital, Organisation};
use crate::model::provenance::{Source, Sourced};
use crate::model::registered_patients::RegisteredPatients;
use crate::model::roads::SpeedTable;
use crate::model::travel::PublishedTimes;

/// The words in which the total of residents is kept: measure, field and age.
const RESIDENTS: (&str, &str, &str) = ("population", "number", "all ages");

/// One area of a store: which layer, which place in dataset order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaRef {
    /// Position of the layer in the store.
    pub layer: u16,
    /// Position of the area in the layer.
    pub place: u32,
}

/// The edition, ready for questions.
#[derive(Debug)]
pub struct Store {
    id: String,
    version: String,
    title: String,
    description: String,
    default_view: DefaultView,
    sources: Vec<Source>,
    sources_of_names: Vec<String>,
    measures: Vec<Measure>,
    context: Vec<ContextLayer>,
    places: Vec<Place>,
    layers: Vec<Layer>,
    series: Vec<Series>,
    series_of: HashMap<(usize, usize, usize), Vec<usize>>,
    national_breaks: Vec<NationalBreaks>,
    by_code: HashMap<AreaCode, AreaRef>,
    population_period: Option<String>,
    practices: Practices,
    register: Option<(usize, Register)>,
    hospitals: Sourced<Hospital>,
    pharmacies: Sourced<Organisation>,
    housing: Housing,
    published_times: Vec<PublishedTimes>,
    transit: Option<Transit>,
    roads: Option<Roads>,
    gazetteer: Gazetteer,
}

impl Store {
    /// Indexes an edition; its roads, if it holds any, at the usual speeds.
    ///
    /// # Errors
    /// When the edition's parts do not fit one another.
    pub fn new(edition: Edition) -> Result<Self, StoreError> {
        Self::with_speeds(edition, default_speeds())
    }

    /// Indexes an edition; its roads, if it holds any, at the speeds of a table.
    ///
    /// # Errors
    /// When the edition's parts do not fit one another.
    pub fn with_speeds(edition: Edition, speeds: SpeedTable) -> Result<Self, StoreError> {
        let sources_of_names = edition.sources_of_names();
        let Edition { id, title, description, default_view, sources, layers, context, places, measures, series, national_breaks, .. } = edition;
        let Edition { practices, registered_patients, hospitals, pharmacies, housing_sites, housing_requirements, published_times, .. } = edition;
        let Edition { roads, timetable, .. } = edition;
        for measure in &measures {
            if !sources.iter().any(|source| source.id == measure.source) {
                return Err(StoreError::UnknownSource { measure: measure.id.clone(), source_id: measure.source.clone() });
            }
        }
        let mut by_code = HashMap::new();
        for (layer, area_layer) in layers.iter().enumerate() {
            for (place, area) in area_layer.areas.iter().enumerate() {
                // A code can stand in two layers (a vintage that kept it): the first, smaller and older layer speaks for it.
                by_code.entry(area.code).or_insert_with(|| area_ref(layer, place));
            }
        }
        let mut layers: Vec<Layer> = layers.into_iter().map(|layer| Layer::new(layer, &by_code)).collect();
        Layer::link_members(&mut layers);
        let mut series_of: HashMap<(usize, usize, usize), Vec<usize>> = HashMap::new();
        for (position, one) in series.iter().enumerate() {
            let key = Self::key_of(one, &measures, &layers)
                .ok_or_else(|| StoreError::UnknownSeries { series: format!("{}.{} on {}", one.measure, one.field, one.area_type) })?;
            let expected = layers[key.2].areas().len();
            if one.figures.value.len() != expected || one.figures.status.len() != expected {
                let series = format!("{}.{}", one.measure, one.field);
                return Err(StoreError::WrongLength { series, area_type: one.area_type, expected, found: one.figures.value.len() });
            }
            Self::check_deciles(one, &layers[key.2])?;
            series_of.entry(key).or_default().push(position);
        }
        let mut population_period = None;
        for one in series.iter().filter(|one| is_residents(one)) {
            // Periods sort as text within one source ("mid-2020" < "mid-2022"): the latest speaks.
            if population_period.as_ref().is_none_or(|period| *period <= one.period) {
                population_period = Some(one.period.clone());
            }
        }
        for one in series.iter().filter(|one| is_residents(one) && Some(&one.period) == population_period.as_ref()) {
            if let Some(layer) = layers.iter_mut().find(|layer| layer.area_type() == one.area_type) {
                layer.hold_population(one.figures.value.clone());
            }
        }
        check_grid(&layers, &context, &places)?;
        travel::check(&published_times, &layers)?;
        let transit = timetable.map(|timetable| Transit::new(timetable).with_areas(&layers));
        let register = Self::register_of_persons(registered_patients, practices.items.len(), &layers)?;
        let base = layers.get(register.as_ref().map_or(0, |(layer, _)| *layer));
        let practices = Practices::new(practices, base);
        let housing = Housing::new(housing_sites, housing_requirements, base);
        let gazetteer = Gazetteer::new(&layers, &places, &practices.all.items, &hospitals.items, &housing.sites.items);
        let store = Self {
            version: id.clone(),
            id,
            title,
            description,
            default_view,
            sources,
            sources_of_names,
            measures,
            context,
            places,
            layers,
            series,
            series_of,
            national_breaks,
            by_code,
            population_period,
            practices,
            register,
            hospitals,
            pharmacies,
            housing,
            published_times,
            transit,
            roads: roads.map(|network| Roads::new(network, speeds)),
            gazetteer,
        };
        store.check_default_view()?;
        Ok(store)
    }

    /// The register of everybody, with the layer it counts over; the questions are about persons.
    fn register_of_persons(registers: Vec<RegisteredPatients>, practices: usize, layers: &[Layer]) -> Result<Option<(usize, Register)>, StoreError> {
        let Some(register) = registers.into_iter().find(|register| register.sex == Sex::Persons) else { return Ok(None) };
        let area_type = register.area_type;
        let Some(layer) = layers.iter().position(|layer| layer.area_type() == area_type) else {
            return Err(StoreError::UnknownAreasOfPatients { area_type });
        };
        Ok(Some((layer, Register::new(register, practices, layers[layer].areas().len())?)))
    }

    fn key_of(one: &Series, measures: &[Measure], layers: &[Layer]) -> Option<(usize, usize, usize)> {
        let measure = measures.iter().position(|measure| measure.id == one.measure)?;
        let (field, _) = measures[measure].field(&one.field)?;
        let layer = layers.iter().position(|layer| layer.area_type() == one.area_type)?;
        Some((measure, field, layer))
    }

    /// Classes go by published deciles, so what is called a decile must be one.
    fn check_deciles(one: &Series, layer: &Layer) -> Result<(), StoreError> {
        let is_decile = |value: f64| (1.0..=10.0).contains(&value) && value.fract() == 0.0;
        let wrong = (0..layer.areas().len()).filter(|_| one.field == "decile").find_map(|place| {
            let found = one.figures.value_at(place).filter(|value| !is_decile(*value))?;
            Some(StoreError::NotADecile { series: one.measure.clone(), area_type: one.area_type, area: layer.areas()[place].code, found })
        });
        wrong.map_or(Ok(()), Err)
    }

    fn check_default_view(&self) -> Result<(), StoreError> {
        let view = &self.default_view;
        let held = self
            .measure(&view.measure)
            .and_then(|measure| Some(!self.series_held(measure, measure.field(&view.field)?.1, view.area_type).is_empty()))
            .unwrap_or(false);
        if held {
            return Ok(());
        }
        Err(StoreError::DefaultView { measure: view.measure.clone(), field: view.field.clone(), area_type: view.area_type })
    }

    /// The edition's short name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same store under a version: the edition's short name with a mark that changes when its bytes or the program do.
    #[must_use]
    pub fn with_mark(mut self, mark: &str) -> Self {
        self.version = format!("{}-{mark}", self.id);
        self
    }

    /// What tags and everlasting addresses are made of.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The name of the whole extent.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the edition holds.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The view that opens first.
    #[must_use]
    pub const fn default_view(&self) -> &DefaultView {
        &self.default_view
    }

    /// All publications.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Ids of the publications that names, codes, parents, centroids and towns come from.
    #[must_use]
    pub fn sources_of_names(&self) -> &[String] {
        &self.sources_of_names
    }

    /// One publication by id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// All measures.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// One measure by id.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// All area layers, smallest areas first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layer of an area type, with its position.
    #[must_use]
    pub fn layer(&self, area_type: AreaType) -> Option<(usize, &Layer)> {
        self.layers.iter().enumerate().find(|(_, layer)| layer.area_type() == area_type)
    }

    /// The layer at a position, which must come from an [`AreaRef`] of this store.
    #[must_use]
    pub fn layer_at(&self, position: usize) -> &Layer {
        &self.layers[position]
    }

    /// Context polygons: neighbours, the outline.
    #[must_use]
    pub fn context(&self) -> &[ContextLayer] {
        &self.context
    }

    /// Towns and villages, most important first.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// General practices.
    #[must_use]
    pub const fn practices(&self) -> &Practices {
        &self.practices
    }

    /// The register of patients, if one is held.
    #[must_use]
    pub fn register(&self) -> Option<&Register> {
        self.register.as_ref().map(|(_, register)| register)
    }

    /// The layer that catchments are made of, with its position: the register's, else the smallest areas; none in an edition without areas.
    #[must_use]
    pub fn catchment_layer(&self) -> Option<(usize, &Layer)> {
        let position = self.register.as_ref().map_or(0, |(layer, _)| *layer);
        self.layers.get(position).map(|layer| (position, layer))
    }

    /// Hospitals, sorted by id.
    #[must_use]
    pub const fn hospitals(&self) -> &Sourced<Hospital> {
        &self.hospitals
    }

    /// Pharmacies, sorted by code.
    #[must_use]
    pub const fn pharmacies(&self) -> &Sourced<Organisation> {
        &self.pharmacies
    }

    /// Housing sites and what plans require.
    #[must_use]
    pub const fn housing(&self) -> &Housing {
        &self.housing
    }

    /// Names and codes, indexed for search.
    #[must_use]
    pub const fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The area with this code.
    #[must_use]
    pub fn area_ref(&self, code: AreaCode) -> Option<AreaRef> {
        self.by_code.get(&code).copied()
    }

    /// The district that the area at a place of a layer lies in; none for districts and larger areas.
    #[must_use]
    pub fn district_of(&self, layer: &Layer, place: usize) -> Option<&Area> {
        let mut parents = layer.parents(place).iter().map(|parent| (self.layer_at(usize::from(parent.layer)), parent.place as usize));
        parents.find(|(parent, _)| parent.area_type().kind == AreaKind::Lad).map(|(parent, place)| &parent.areas()[place])
    }

    /// All series of a field for an area type, in the order of the dataset.
    #[must_use]
    pub fn series_held(&self, measure: &Measure, field: &Field, area_type: AreaType) -> Vec<&Series> {
        let key = self.measures.iter().position(|m| m.id == measure.id).and_then(|m| {
            let (field, _) = measure.field(&field.id)?;
            let (layer, _) = self.layer(area_type)?;
            Some((m, field, layer))
        });
        key.and_then(|key| self.series_of.get(&key)).map_or_else(Vec::new, |positions| positions.iter().map(|&position| &self.series[position]).collect())
    }

    /// Every series, in the order of the dataset.
    #[must_use]
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// The companion of a series: another field of the same measure for the same areas, period, sex and age.
    #[must_use]
    pub fn companion(&self, of: &Series, field: &str) -> Option<&Series> {
        let measure = self.measure(&of.measure)?;
        let (_, field) = measure.field(field)?;
        self.series_held(measure, field, of.area_type).into_iter().find(|one| one.period == of.period && one.sex == of.sex && one.age == of.age)
    }

    /// The classes of the whole country for a series: five for quintiles, ten for deciles.
    #[must_use]
    pub fn national_breaks(&self, of: &Series, classes: usize) -> Option<&NationalBreaks> {
        self.national_breaks.iter().find(|breaks| breaks.classes.len() == classes && is_of(breaks, of, &of.field))
    }

    /// How many areas of the country are ranked in a measure, whichever of its fields says so.
    #[must_use]
    pub fn ranked_nationally(&self, of: &Series) -> Option<u32> {
        ["rank", "score"].into_iter().find_map(|field| self.national_breaks.iter().find(|breaks| is_of(breaks, of, field))).map(|breaks| breaks.areas)
    }

    /// The period of the residents that stand beside every class.
    #[must_use]
    pub fn population_period(&self) -> Option<&str> {
        self.population_period.as_deref()
    }

    /// The id of the source of the residents.
    #[must_use]
    pub fn population_source(&self) -> Option<&Source> {
        self.measure(RESIDENTS.0).and_then(|measure| self.source(&measure.source))
    }
}

fn area_ref(layer: usize, place: usize) -> AreaRef {
    AreaRef {
        layer: u16::try_from(layer).expect("an edition has fewer than 65,536 layers"),
        place: u32::try_from(place).expect("a layer has fewer than 2^32 areas"),
    }
}

/// Every shape must lie where it can be turned into degrees again.
fn check_grid(layers: &[Layer], context: &[ContextLayer], places: &[Place]) -> Result<(), StoreError> {
    let layers = layers.iter().filter_map(|layer| Some((layer.area_type().to_string(), layer.extent()?)));
    let context = context.iter().flat_map(|one| one.features.iter().filter_map(|(_, shape)| Some((one.id.clone(), Bng(shape.inner().bounding_rect()?)))));
    let places = places.iter().map(|place| ("places".to_owned(), Bng(place.point.inner().bounding_rect())));
    let off = layers.chain(context).chain(places).find(|(_, rect)| !on_the_grid(rect));
    off.map_or(Ok(()), |(layer, _)| Err(StoreError::OffTheGrid { layer }))
}

fn is_residents(one: &Series) -> bool {
    (one.measure.as_str(), one.field.as_str()) == (RESIDENTS.0, RESIDENTS.1)
        && one.age.as_deref().is_none_or(|age| age == RESIDENTS.2)
        && one.sex.is_none_or(|sex| sex == Sex::Persons)
}

fn is_of(breaks: &NationalBreaks, of: &Series, field: &str) -> bool {
    breaks.measure == of.measure
        && breaks.field == field
        && breaks.area_type == of.area_type
        && breaks.period == of.period
        && breaks.sex == of.sex
        && breaks.age == of.age
}

//! Official files → one checked edition: a recipe names the files, each importer reads its product, and every doubt is a finding in the report.

pub mod capitals;
pub mod day;
pub mod derive;
pub mod dissolve;
pub mod error;
pub mod figures;
pub mod flatgeobuf_features;
mod gather;
pub mod geojson_features;
pub mod housing;
pub mod input;
pub mod layers;
pub mod locating;
pub mod national;
pub mod ods;
pub mod organisations;
pub mod polygons;
pub mod postcodes;
pub mod recipe;
pub mod register;
pub mod report;
pub mod roads;
pub mod row;
pub mod source;
pub mod spreadsheet;
pub mod timetable;
pub mod travel;

pub use error::ImportError;
pub use national::national_breaks_table;
pub use recipe::Recipe;
pub use report::Report;

use crate::model::edition::Edition;
use crate::model::provenance::Source;

/// An edition in memory and what was noticed while it was made.
#[derive(Debug)]
pub struct Imported {
    /// Everything, checked and in dataset order.
    pub edition: Edition,
    /// All findings and the rows of each file.
    pub report: Report,
}

/// Makes an edition by a recipe; `progress` is told what is being done, line by line.
///
/// # Errors
/// Only when a file cannot be read, is not what the recipe says, or an area type has no boundaries: all else is in the report.
pub fn import(recipe: &Recipe, progress: &mut dyn FnMut(&str)) -> Result<Imported, ImportError> {
    let mut report = Report::default();
    let gathered = gather::gather(recipe, progress, &mut report)?;
    progress("putting areas together");
    let ingredients = layers::Ingredients {
        area_types: &recipe.edition.area_types,
        boundaries: gathered.boundaries,
        lookup: &gathered.lookup,
        centroids: &gathered.centroids,
    };
    let mut layers = layers::layers(ingredients, &mut report)?;
    let context = layers::outline(&recipe.edition.title, &layers).into_iter();
    let context = context.chain(gathered.neighbours.as_ref().map(|read| layers::neighbours(read, &layers))).collect();
    progress("working out the figures of larger areas");
    let figures = derive::derive(gathered.tables, &mut layers, &mut report);
    let national_breaks = if recipe.edition.national {
        national::national_breaks(&figures.columns, &mut report)
    } else {
        national::only_held(gathered.national_breaks, &figures.columns, &mut report)
    };
    let (housing_sites, housing_requirements) = gathered.housing.put_together(&layers, &mut report);
    let organisations = organisations::organisations(gathered.organisations, &layers, &mut report);
    let timetable = gathered.timetable.map(|(timetable, within_km)| match within_km {
        Some(within_km) => timetable::within(timetable, within_km, &layers, &mut report),
        None => timetable,
    });
    let published_times = travel::published_times(gathered.published_times, &layers, &organisations.hospitals.items, &mut report);
    let sources = recipe.sources.iter().map(|entry| Source {
        id: entry.id.clone(),
        publisher: entry.publisher.clone(),
        title: entry.title.clone(),
        edition: entry.edition.clone(),
        licence: entry.licence.clone(),
        licence_url: entry.licence_url.clone(),
        attribution: entry.attribution.clone(),
        url: entry.url.clone(),
        files: gathered.files.get(&entry.id).cloned().unwrap_or_default(),
    });
    let edition = Edition {
        id: recipe.edition.id.clone(),
        title: recipe.edition.title.clone(),
        description: recipe.edition.description.clone(),
        default_view: recipe.edition.default_view(),
        sources: sources.collect(),
        layers,
        context,
        places: gathered.places,
        measures: figures.measures,
        series: figures.columns.into_iter().map(|column| column.series).collect(),
        national_breaks,
        practices: organisations.practices,
        registered_patients: organisations.registered_patients,
        hospitals: organisations.hospitals,
        pharmacies: organisations.pharmacies,
        housing_sites,
        housing_requirements,
        published_times,
        roads: gathered.roads,
        timetable,
    };
    Ok(Imported { edition, report })
}

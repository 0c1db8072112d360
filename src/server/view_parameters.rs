//! The parameters of a view of a measure: the same words in the addresses of values and classes, and in the page's own link.

use serde::Deserialize;

use super::parameters::{class_choice, within};
use super::problem::Problem;
use crate::query::{self, ClassChoice, View, ViewRequest};
use crate::store::Store;

/// A view: which figures, where, in which classes. The link of the map has the same words.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViewParameters {
    /// `lsoa11`; the smallest type that holds the measure otherwise.
    #[serde(rename = "area-type")]
    area_type: Option<String>,
    /// Area codes with commas between; the whole edition otherwise.
    within: Option<String>,
    /// The latest otherwise.
    period: Option<String>,
    /// `persons`, `females`, `males`.
    sex: Option<String>,
    /// An age band as the measure lists it.
    age: Option<String>,
    /// `national-quintiles`, `national-deciles`, `quantiles`, `equal-intervals`, `natural-breaks`, `given-breaks`.
    method: Option<String>,
    /// How many classes, 2 to 10; 5 otherwise.
    classes: Option<String>,
    /// Inner edges, rising, with commas between, for `given-breaks`.
    breaks: Option<String>,
    /// The colours: `purples`, `blues`, `greens`, `oranges`, `yellow-green-blue`, `greys`.
    scheme: Option<String>,
    /// The format.
    f: Option<String>,
}

impl ViewParameters {
    /// The view of a measure, such as `imd-2019` or `imd-2019.score`.
    ///
    /// # Errors
    /// When a name is unknown, or the measure is not held as asked.
    pub fn view<'s>(&self, store: &'s Store, measure: &str) -> Result<View<'s>, Problem> {
        let request = ViewRequest {
            measure: measure.to_owned(),
            area_type: self.area_type.clone(),
            within: self.within_codes()?,
            period: self.period.clone(),
            sex: self.sex.clone(),
            age: self.age.clone(),
        };
        query::view(store, &request).map_err(|error| Problem::from_query(&error, "measure"))
    }

    /// How its values are classed.
    ///
    /// # Errors
    /// When a word or number cannot be understood.
    pub fn choice(&self) -> Result<ClassChoice, Problem> {
        class_choice(self.method.as_deref(), self.classes.as_deref(), self.breaks.as_deref(), self.scheme.as_deref())
    }

    /// Whether anything is said about classes.
    #[must_use]
    pub fn names_classes(&self) -> bool {
        [&self.method, &self.classes, &self.breaks, &self.scheme].into_iter().any(Option::is_some)
    }

    /// The codes of the areas within which it is.
    ///
    /// # Errors
    /// When there are too many, or an empty choice is made.
    pub fn within_codes(&self) -> Result<Vec<String>, Problem> {
        within(self.within.as_deref())
    }

    /// Whether it names the type of its areas.
    #[must_use]
    pub const fn names_area_type(&self) -> bool {
        self.area_type.is_some()
    }

    /// With this area type where it names none.
    #[must_use]
    pub fn or_area_type(mut self, usual: &str) -> Self {
        self.area_type.get_or_insert_with(|| usual.to_owned());
        self
    }

    /// The format asked for.
    #[must_use]
    pub fn format(&self) -> Option<&str> {
        self.f.as_deref()
    }
}

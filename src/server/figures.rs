//! From a link to a figure: asks the queries and hands their answers to the figures.

use super::link::{Frame, Link, Measured, Question};
use super::problem::Problem;
use super::state::State;
use super::view_parameters::ViewParameters;
use crate::query::{self, QueryError};
use crate::representation::figure::Figure;
use crate::representation::figure::draft::{Draft, Typed};
use crate::representation::figure::measure::{measure, plain};
use crate::representation::figure::points::Symbols;

/// The figure of a link.
///
/// # Errors
/// When the edition does not know or hold what the link asks for.
pub fn figure<'s>(state: &'s State, link: &Link) -> Result<Figure<'s>, Problem> {
    figure_with_sources(state, link).map(|(figure, _)| figure)
}

/// The same with the ids of its sources.
///
/// # Errors
/// As for [`figure`].
pub fn figure_with_sources<'s>(state: &'s State, link: &Link) -> Result<(Figure<'s>, Vec<&'s str>), Problem> {
    check_symbols(state, &link.points)?;
    let mut draft = draft(state, link)?;
    if let Frame::View { middle, zoom } = link.frame {
        draft.map.frame = Some(super::link::seen(middle, zoom)?);
    }
    let typed = Typed { title: link.sheet.title.clone(), subtitle: link.sheet.subtitle.clone(), link: printed(state, link) };
    Ok(draft.finish(&state.store, &typed))
}

/// The link as it is printed: that of the page, or of the sheet itself where the page has no such view.
fn printed(state: &State, link: &Link) -> String {
    if link.is_plain() {
        return state.base.href(&format!("/api/sheets/map?{}", link.query_with_points()));
    }
    let query = link.query();
    state.base.href(&if query.is_empty() { "/".to_owned() } else { format!("/?{query}") })
}

fn check_symbols(state: &State, points: &[Symbols]) -> Result<(), Problem> {
    let unknown = points.iter().find(|symbols| !symbols.any(&state.store));
    unknown.map_or(Ok(()), |symbols| Err(Problem::bad_parameter("points", &symbols.text(), format!("places that this edition holds; it holds no {}", symbols.plural()))))
}

fn refused(error: &QueryError) -> Problem {
    Problem::from_query(error, "")
}

fn draft<'s>(state: &'s State, link: &Link) -> Result<Draft<'s>, Problem> {
    match &link.question {
        Question::Need { measure: Measured::None, view } => {
            let extent = query::extent(&state.store, base_layer(state)?, &view.within_codes()?).map_err(|error| refused(&error))?;
            Ok(plain(&state.store, &extent, &link.points))
        }
        Question::Need { measure: named, view } => of_measure(state, named, view, &link.points),
        _ => Err(Problem::bad_parameter("view", "", "need")),
    }
}

/// The layer by which plain maps are cut out.
fn base_layer(state: &State) -> Result<usize, Problem> {
    let none = || Problem::new(super::problem::ProblemCode::NotHeld, "within: this edition holds no areas");
    state.store.catchment_layer().map(|(position, _)| position).ok_or_else(none)
}

fn of_measure<'s>(state: &'s State, named: &Measured, parameters: &ViewParameters, points: &[Symbols]) -> Result<Draft<'s>, Problem> {
    let usual = state.store.default_view();
    let name = match named {
        Measured::Named(name) => name.clone(),
        Measured::Usual | Measured::None => format!("{}.{}", usual.measure, usual.field),
    };
    // Without a word for it the area type is the edition's usual one, where that holds the measure.
    let of_usual_areas = parameters.clone().or_area_type(&usual.area_type.to_string());
    let view = of_usual_areas.view(&state.store, &name).or_else(|problem| if parameters.names_area_type() { Err(problem) } else { parameters.view(&state.store, &name) })?;
    let classification = query::classification(&state.store, &view, &parameters.choice()?).map_err(|error| refused(&error))?;
    Ok(measure(&state.store, &view, &classification, points))
}

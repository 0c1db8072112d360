//! From a link to a figure: asks the queries and hands their answers to the figures.

use super::link::{Frame, Link, Measured, Question};
use super::link_reading::{prefixed, renamed};
use super::problem::{Problem, ProblemCode};
use super::state::State;
use super::view_parameters::ViewParameters;
use crate::model::area::AreaCode;
use crate::query::travel::travel_times;
use crate::query::{self, CatchmentAnswer, CatchmentRequest, Definition, Extent, Membership, QueryError, ShadeBy};
use crate::representation::figure::Figure;
use crate::representation::figure::draft::{Draft, Typed};
use crate::representation::figure::ground::area_of;
use crate::representation::figure::growth::growth;
use crate::representation::figure::isochrones::isochrones;
use crate::representation::figure::measure::measure;
use crate::representation::figure::plain::plain;
use crate::representation::figure::points::{Overlay, Symbols};
use crate::representation::figure::practice::{Wanted, practice};
use crate::representation::figure::travel::travel;
use crate::representation::figure::words::machine_id;
use crate::representation::sentence::measure::area_name;
use crate::representation::sheet::font::missing;
use crate::store::Members;

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
    check_typed(link)?;
    check_symbols(state, &link.points)?;
    let seen = match link.frame {
        Frame::Extent => None,
        Frame::View { middle, zoom } => Some(super::link::seen(middle, zoom)?),
    };
    let draft = draft(state, link, Overlay { symbols: &link.points, seen })?;
    if seen.is_some_and(|seen| draft.map.is_empty_within(&seen)) {
        return Err(Problem::bad_parameter("map", "a place far away", "a part of the map that shows some of what is asked about"));
    }
    let typed = Typed { title: link.sheet.title.clone(), subtitle: link.sheet.subtitle.clone(), link: printed(state, link) };
    Ok(draft.finish(&state.store, &typed))
}

/// A name for files, made of a title: small letters, digits and hyphens.
#[must_use]
pub fn file_name(title: &str) -> String {
    let name = machine_id(title).replace('_', "-");
    let name: String = name.chars().take(60).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "figure".to_owned() } else { name.to_owned() }
}

/// What somebody typed is printed as it is, or refused with the character that cannot be.
fn check_typed(link: &Link) -> Result<(), Problem> {
    let typed = [("title", &link.sheet.title), ("subtitle", &link.sheet.subtitle)];
    let refused = typed.into_iter().find_map(|(name, text)| Some((name, text.as_ref()?, missing(text.as_ref()?)?)));
    refused.map_or(Ok(()), |(name, text, character)| {
        let code = u32::from(character);
        let expected = format!("letters that the type of the sheets has; it has none for \u{201c}{character}\u{201d} (U+{code:04X})");
        Err(Problem::bad_parameter(name, text, expected))
    })
}

/// The link as it is printed: that of the page, or of the sheet itself where the page has no such view.
fn printed(state: &State, link: &Link) -> String {
    if link.is_plain() {
        return state.base.href(&format!("/api/sheets/map?{}", link.query_with_points()));
    }
    let query = link.query();
    // The usual view has an empty link; on paper it is written out, for the next edition may open with another.
    let usual = state.store.default_view();
    let query = if query.is_empty() { format!("measure={}.{}&area-type={}", usual.measure, usual.field, usual.area_type) } else { query };
    state.base.href(&format!("/?{query}"))
}

fn check_symbols(state: &State, points: &[Symbols]) -> Result<(), Problem> {
    let unknown = points.iter().find(|symbols| !symbols.any(&state.store));
    unknown.map_or(Ok(()), |symbols| {
        Err(Problem::bad_parameter("points", &symbols.text(), format!("places that this edition holds; it holds no {}", symbols.plural())))
    })
}

fn refused(error: &QueryError) -> Problem {
    Problem::from_query(error, "")
}

fn draft<'s>(state: &'s State, link: &Link, overlay: Overlay<'_>) -> Result<Draft<'s>, Problem> {
    match &link.question {
        Question::Need { measure: Measured::None, view } => {
            let extent = query::extent(&state.store, base_layer(state)?, &view.within_codes()?).map_err(|error| refused(&error))?;
            Ok(plain(&state.store, &extent, overlay))
        }
        Question::Need { measure: named, view } => of_measure(state, named, view, overlay),
        Question::Area { code, compare, measure: named, view } => of_area(state, code, compare.as_ref(), (named, view), overlay),
        Question::Practice { catchment, against, shade, flows } => {
            let wanted = Wanted { shade: *shade, flows: *flows, against: None, measured: None, area: None };
            of_catchment(state, catchment, against.as_ref(), wanted, overlay)
        }
        Question::Nearest { request, by_site } => {
            let found = travel_times(&state.store, request).map_err(|error| of_travel(&error))?;
            Ok(travel(&state.store, &found, *by_site, overlay))
        }
        Question::Reach(request) => {
            let found = query::travel::isochrones(&state.store, request).map_err(|error| of_travel(&error))?;
            Ok(isochrones(&state.store, &found, overlay))
        }
        Question::Growth(request) => {
            let found = query::growth(&state.store, request).map_err(|error| refused(&error))?;
            Ok(growth(&state.store, &found, overlay))
        }
    }
}

/// A refusal under the name that the word has in the link.
fn of_travel(error: &QueryError) -> Problem {
    let problem = refused(error);
    if problem.parameter.as_deref() == Some("within") { problem } else { prefixed(problem, "travel-") }
}

/// A catchment; one without patients to shade by shows the edition's usual measure.
fn of_catchment<'s>(
    state: &'s State,
    request: &CatchmentRequest,
    against: Option<&CatchmentRequest>,
    wanted: Wanted<'_, 's>,
    points: Overlay<'_>,
) -> Result<Draft<'s>, Problem> {
    let mut answer = query::catchment_answer(&state.store, &state.comparators, request).map_err(|error| refused(&error))?;
    if let Some(own) = answer.profiles.first_mut().filter(|_| answer.catchment.asked.is_empty()) {
        "This area".clone_into(&mut own.label);
    }
    let against = against.map(|request| query::catchment(&state.store, request)).transpose().map_err(|error| prefixed(refused(&error), "against-"))?;
    let wanted = Wanted { against: against.as_ref(), ..wanted };
    let usual = (&Measured::Usual, &ViewParameters::default());
    profiled(state, &answer, usual, wanted, points)
}

/// An area with its profile: its neighbourhoods by the measure that the link names.
fn of_area<'s>(
    state: &'s State,
    code: &str,
    compare: Option<&Vec<String>>,
    on: (&Measured, &ViewParameters),
    points: Overlay<'_>,
) -> Result<Draft<'s>, Problem> {
    let request = CatchmentRequest {
        practices: Vec::new(),
        definition: Definition::Areas(vec![code.to_owned()]),
        membership: Membership::default(),
        compare: compare.cloned(),
    };
    let named = |error: &QueryError| {
        let problem = refused(error);
        if problem.parameter.as_deref() == Some("areas") { renamed(problem, "area") } else { problem }
    };
    let mut answer = query::catchment_answer(&state.store, &state.comparators, &request).map_err(|error| named(&error))?;
    let area = AreaCode::parse(code).ok().and_then(|code| state.store.area_ref(code)).map(|area| area_of(&state.store, area));
    let name = area.map(area_name);
    // A district is not put beside itself.
    answer.profiles.retain(|profile| area.is_none_or(|area| profile.id != area.code.as_str()));
    if let (Some(own), Some(name)) = (answer.profiles.first_mut(), &name) {
        own.label.clone_from(name);
    }
    let wanted = Wanted { shade: ShadeBy::default(), flows: false, against: None, measured: None, area: name.as_deref() };
    profiled(state, &answer, on, wanted, points)
}

/// A catchment with a measure over its areas.
fn profiled<'s>(
    state: &'s State,
    answer: &CatchmentAnswer<'s>,
    (named, parameters): (&Measured, &ViewParameters),
    wanted: Wanted<'_, 's>,
    points: Overlay<'_>,
) -> Result<Draft<'s>, Problem> {
    let store = &state.store;
    let plain = || Ok(practice(store, &state.comparators, answer, wanted, points));
    if !answer.catchment.asked.is_empty() || *named == Measured::None {
        return plain();
    }
    // The measure is asked of the catchment's own areas; one that is not held for them leaves the map plain.
    let area_type = answer.catchment.layer.area_type().to_string();
    let mut view = match parameters.clone().of_areas(&area_type).view(store, &measure_name(state, named)) {
        Err(problem) if *named != Measured::Usual && problem.code != ProblemCode::NotHeld => return Err(problem),
        Err(_) => return plain(),
        Ok(view) => view,
    };
    let members = answer.catchment.areas.iter().map(|area| area.place).collect();
    view.extent = Extent { areas: Vec::new(), label: wanted.area.unwrap_or("this area").to_owned(), members: Members::Some(members) };
    let classification = query::classification(store, &view, &parameters.choice()?).map_err(|error| refused(&error))?;
    let wanted = Wanted { measured: Some((&view, &classification)), ..wanted };
    Ok(practice(store, &state.comparators, answer, wanted, points))
}

/// The layer by which plain maps are cut out.
fn base_layer(state: &State) -> Result<usize, Problem> {
    let none = || Problem::new(ProblemCode::NotHeld, "within: this edition holds no areas");
    state.store.catchment_layer().map(|(position, _)| position).ok_or_else(none)
}

fn of_measure<'s>(state: &'s State, named: &Measured, parameters: &ViewParameters, points: Overlay<'_>) -> Result<Draft<'s>, Problem> {
    let usual = state.store.default_view();
    let name = measure_name(state, named);
    // Without a word for it the area type is the edition's usual one, where that holds the measure.
    let of_usual_areas = parameters.clone().or_area_type(&usual.area_type.to_string());
    let view = of_usual_areas
        .view(&state.store, &name)
        .or_else(|problem| if parameters.names_area_type() { Err(problem) } else { parameters.view(&state.store, &name) })?;
    let classification = query::classification(&state.store, &view, &parameters.choice()?).map_err(|error| refused(&error))?;
    Ok(measure(&state.store, &view, &classification, points))
}

fn measure_name(state: &State, named: &Measured) -> String {
    let usual = state.store.default_view();
    match named {
        Measured::Named(name) => name.clone(),
        Measured::Usual | Measured::None => format!("{}.{}", usual.measure, usual.field),
    }
}

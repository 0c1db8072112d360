//! Parameters of an address: unknown ones are refused by name, known ones are parsed with what was expected.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use geo_types::Coord;
use serde::de::DeserializeOwned;

use super::problem::{Problem, ProblemCode};
use crate::model::crs::Crs;
use crate::model::style::{ClassMethod, Scheme};
use crate::query::{BoundingBox, ClassChoice};

/// The most features in one answer.
pub const MOST_FEATURES: usize = 10_000;

/// The most areas that `within` may name: more than the districts of the country.
const MOST_WITHIN: usize = 400;

/// The parameters of an address, every one optional text; anything else in the query is a problem that names it.
pub struct Parameters<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Query::<T>::try_from_uri(&parts.uri).map(|Query(parameters)| Self(parameters)).map_err(|rejection| refused(&rejection.body_text()))
    }
}

/// The names in the path; one that is no text is a problem like any other.
pub struct Names<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Names<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let names = Path::<T>::from_request_parts(parts, state).await;
        names.map(|Path(names)| Self(names)).map_err(|_| Problem::new(ProblemCode::BadPath, "the path holds bytes that are no text"))
    }
}

/// Turns serde's words for an unknown or repeated field into a problem about a parameter.
fn refused(text: &str) -> Problem {
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let named: Option<String> = quoted.first().map(|name| name.chars().take(60).collect());
    let code = if text.contains("unknown field") {
        ProblemCode::UnknownParameter
    } else if text.contains("duplicate field") {
        ProblemCode::RepeatedParameter
    } else {
        ProblemCode::BadParameter
    };
    let Some(parameter) = named else { return Problem::new(code, "the part of the address after ? cannot be read") };
    let expected = (code == ProblemCode::UnknownParameter)
        .then(|| if quoted.len() > 1 { format!("one of {}", quoted[1..].join(", ")) } else { "no parameters".to_owned() });
    let detail = match code {
        ProblemCode::UnknownParameter => format!("{parameter}: there is no such parameter here; expected {}", expected.as_deref().unwrap_or_default()),
        ProblemCode::RepeatedParameter => format!("{parameter}: expected once, found more than once"),
        _ => format!("{parameter}: cannot be read"),
    };
    Problem { code, detail, parameter: Some(parameter), expected }
}

/// A list with commas between; empty without the parameter.
#[must_use]
pub fn list(text: Option<&str>) -> Vec<String> {
    text.map(|text| text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()).unwrap_or_default()
}

/// Area codes with commas between; none without the parameter.
///
/// # Errors
/// When the parameter is there but empty (an empty choice is not the whole edition), or names more areas than a link should.
pub fn within(text: Option<&str>) -> Result<Vec<String>, Problem> {
    let mut codes = list(text);
    codes.sort_unstable();
    codes.dedup();
    match text {
        Some(text) if codes.is_empty() || codes.len() > MOST_WITHIN => {
            Err(Problem::bad_parameter("within", text, format!("1 to {MOST_WITHIN} area codes with commas between")))
        }
        _ => Ok(codes),
    }
}

/// A whole number within bounds.
///
/// # Errors
/// When it is none, or outside.
pub fn whole<N: FromStr + PartialOrd + Display + Copy>(parameter: &str, text: Option<&str>, usual: N, least: N, most: N) -> Result<N, Problem> {
    let Some(text) = text else { return Ok(usual) };
    let number = N::from_str(text.trim()).ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| Problem::bad_parameter(parameter, text, format!("a whole number from {least} to {most}")))
}

/// A finite number; none without the parameter.
///
/// # Errors
/// When it is none.
pub fn decimal(parameter: &str, text: Option<&str>) -> Result<Option<f64>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    number.map(Some).ok_or_else(|| Problem::bad_parameter(parameter, text, "a number"))
}

/// A coordinate system.
///
/// # Errors
/// When it is not one of those that the server speaks.
pub fn crs(parameter: &str, text: Option<&str>) -> Result<Crs, Problem> {
    let Some(text) = text else { return Ok(Crs::Crs84) };
    let expected = || Crs::ALL.iter().map(|crs| crs.uri()).collect::<Vec<_>>().join(", ");
    Crs::parse(text).ok_or_else(|| Problem::bad_parameter(parameter, text, format!("one of {}", expected())))
}

/// A rectangle: four numbers, the smaller ones first.
///
/// # Errors
/// When there are not four finite numbers, or the rectangle is upside down.
pub fn bbox(text: Option<&str>, crs: Crs) -> Result<Option<BoundingBox>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let expected = "four numbers with commas between: least x, least y, greatest x, greatest y";
    let problem = || Problem::bad_parameter("bbox", text, expected);
    let numbers: Vec<f64> =
        text.split(',').map(|part| part.trim().parse().ok().filter(|number: &f64| number.is_finite())).collect::<Option<_>>().ok_or_else(problem)?;
    let [a, b, c, d] = numbers.as_slice() else { return Err(problem()) };
    let (min, max) = if crs == Crs::Epsg4326 { (Coord { x: *b, y: *a }, Coord { x: *d, y: *c }) } else { (Coord { x: *a, y: *b }, Coord { x: *c, y: *d }) };
    if min.x > max.x || min.y > max.y {
        return Err(Problem::bad_parameter("bbox", text, "a rectangle with the smaller numbers first"));
    }
    Ok(Some(BoundingBox { min, max, crs }))
}

/// How a link wants values classed.
///
/// # Errors
/// When a word or number of it cannot be understood.
pub fn class_choice(method: Option<&str>, classes: Option<&str>, breaks: Option<&str>, scheme: Option<&str>) -> Result<ClassChoice, Problem> {
    let method = method
        .map(|text| {
            let expected = || ClassMethod::ALL.iter().map(|method| method.id()).collect::<Vec<_>>().join(", ");
            ClassMethod::parse(&text.to_ascii_lowercase()).ok_or_else(|| Problem::bad_parameter("method", text, format!("one of {}", expected())))
        })
        .transpose()?;
    let classes = classes.map(|text| whole("classes", Some(text), 5, 2, crate::query::MAX_CLASSES)).transpose()?;
    let breaks = breaks
        .map(|text| {
            let numbers: Option<Vec<f64>> = list(Some(text)).iter().map(|part| part.parse().ok().filter(|number: &f64| number.is_finite())).collect();
            numbers.ok_or_else(|| Problem::bad_parameter("breaks", text, "numbers with commas between, such as 10,20,30"))
        })
        .transpose()?;
    if breaks.is_some() && method.is_some_and(|method| method != ClassMethod::GivenBreaks) {
        return Err(Problem::bad_parameter("breaks", "breaks with another method", "method=given-breaks beside breaks"));
    }
    let scheme = scheme
        .map(|text| {
            let expected = || Scheme::ALL.iter().map(|scheme| scheme.id()).collect::<Vec<_>>().join(", ");
            Scheme::parse(&text.to_ascii_lowercase()).ok_or_else(|| Problem::bad_parameter("scheme", text, format!("one of {}", expected())))
        })
        .transpose()?;
    Ok(ClassChoice { method, classes, breaks, scheme })
}

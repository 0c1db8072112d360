//! `/api/collections/{collection}/items` and one item.

use axum::extract::{OriginalUri, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;

use super::collections::known;
use crate::model::area::AreaType;
use crate::model::crs::Crs;
use crate::query::{self, FeatureQuery, PointCollection, ViewRequest};
use crate::representation::csv::Column;
use crate::representation::json::{Collection, CollectionKind, Link, Provenance, in_a_path};
use crate::representation::{csv, geojson, points as represent};
use crate::server::answer::Answer;
use crate::server::format::Format;
use crate::server::parameters::{MOST_FEATURES, Names, Parameters, bbox, crs, list, whole, within};
use crate::server::problem::{Problem, ProblemCode, ProblemDetails};
use crate::server::state::State;
use crate::store::{Layer, Store};

/// The most properties in one answer: each of ten thousand features carries every one.
const MOST_PROPERTIES: usize = 60;

/// Which items, how many, with what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ItemsParameters {
    /// Least x, least y, greatest x, greatest y.
    bbox: Option<String>,
    /// The system of `bbox`; CRS84 otherwise.
    #[serde(rename = "bbox-crs")]
    bbox_crs: Option<String>,
    /// The system of the answer; CRS84 otherwise.
    crs: Option<String>,
    /// At most so many, 1 to 10,000; 100 otherwise.
    limit: Option<String>,
    /// Leaving out so many first; use the `next` link rather than counting.
    offset: Option<String>,
    /// Only areas within these area codes, with commas between.
    within: Option<String>,
    /// Properties with commas between: `code`, `name`, `alias`, `area_type`, `parents`, `population`, or a measure such as `imd-2019.score`.
    properties: Option<String>,
    /// `geojson` or `csv`.
    f: Option<String>,
}

impl ItemsParameters {
    fn question(&self) -> Result<FeatureQuery, Problem> {
        Ok(FeatureQuery {
            bbox: bbox(self.bbox.as_deref(), crs("bbox-crs", self.bbox_crs.as_deref())?)?,
            within: within(self.within.as_deref())?,
            limit: whole("limit", self.limit.as_deref(), 100, 1, MOST_FEATURES)?,
            offset: whole("offset", self.offset.as_deref(), 0, 0, 100_000_000)?,
        })
    }
}

/// What one item is asked with.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ItemParameters {
    /// The system of the answer; CRS84 otherwise.
    crs: Option<String>,
    /// Properties with commas between.
    properties: Option<String>,
    /// `geojson`.
    f: Option<String>,
}

/// A page of features of a collection.
#[utoipa::path(get, path = "/api/collections/{collection}/items", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), ItemsParameters),
    responses((status = 200, description = "A GeoJSON feature collection, or CSV", content_type = "application/geo+json", body = serde_json::Value), (status = 400, body = ProblemDetails, content_type = "application/problem+json"), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn items(
    Shared(state): Shared<State>,
    Names(id): Names<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Parameters(asked): Parameters<ItemsParameters>,
) -> Result<Answer, Problem> {
    let collection = known(&state, &id)?;
    let crs = crs("crs", asked.crs.as_deref())?;
    let question = asked.question()?;
    if let Some(of) = PointCollection::parse(&collection.id) {
        return points(&state, of, &asked, &headers, &question, crs, &uri);
    }
    if collection.kind != CollectionKind::Area {
        return drawn_only(&state, collection, &asked, &question, crs, &uri);
    }
    let format = Format::choose(asked.f.as_deref(), &headers, &[Format::GeoJson, Format::Csv])?;
    let (position, layer) = layer_of(&state.store, collection)?;
    let columns = columns(&state.store, layer, asked.properties.as_deref())?;
    let page = query::features(&state.store, position, &question).map_err(|error| Problem::from_query(&error, ""))?;
    if format == Format::Csv {
        let table =
            Answer::new(format, csv::areas(&state.store, layer, &page.places, &columns)).saved_as(&format!("{}-{}.csv", state.store.id(), collection.id));
        return Ok(paged(table, &page, page_links(&state, &uri, page.next_offset)));
    }
    let drawing = state.drawings.of(&collection.id).ok_or_else(no_drawing)?;
    let provenance = Provenance::of(&state.store, sources(layer, &columns), page_links(&state, &uri, page.next_offset));
    Ok(in_crs(Answer::new(format, geojson::areas(&state.store, layer, drawing, &page, &columns, crs, provenance)), crs))
}

/// One feature of an area collection.
#[utoipa::path(get, path = "/api/collections/{collection}/items/{code}", tag = "Collections", params(("collection" = String, Path, description = "`lsoa11`, `msoa11` …"), ("code" = String, Path, description = "An area code, in either case"), ItemParameters),
    responses((status = 200, description = "A GeoJSON feature", content_type = "application/geo+json", body = serde_json::Value), (status = 404, body = ProblemDetails, content_type = "application/problem+json")))]
pub async fn item(
    Shared(state): Shared<State>,
    Names((id, code)): Names<(String, String)>,
    headers: HeaderMap,
    Parameters(asked): Parameters<ItemParameters>,
) -> Result<Answer, Problem> {
    let collection = known(&state, &id)?;
    let format = Format::choose(asked.f.as_deref(), &headers, &[Format::GeoJson])?;
    let crs = crs("crs", asked.crs.as_deref())?;
    if let Some(of) = PointCollection::parse(&collection.id) {
        return one_point(&state, of, &code, &asked, crs);
    }
    let (position, layer) = layer_of(&state.store, collection)?;
    let columns = columns(&state.store, layer, asked.properties.as_deref())?;
    let area = query::area(&state.store, position, &code).map_err(|error| Problem::from_query(&error, "code"))?;
    let drawing = state.drawings.of(&collection.id).ok_or_else(no_drawing)?;
    let path = format!("/api/collections/{}", collection.id);
    let own = format!("{path}/items/{}", layer.areas()[area.place as usize].code);
    let links = vec![state.base.link(&own, "self", "application/geo+json"), state.base.link(&path, "collection", "application/json")];
    let provenance = Provenance::of(&state.store, sources(layer, &columns), links);
    Ok(in_crs(Answer::new(format, geojson::one_area(&state.store, layer, drawing, area.place as usize, &columns, crs, &provenance)), crs))
}

/// Practices, hospitals, pharmacies or housing sites: with everything known of them, located or not.
fn points(
    state: &State,
    of: PointCollection,
    asked: &ItemsParameters,
    headers: &HeaderMap,
    question: &FeatureQuery,
    crs: Crs,
    uri: &OriginalUri,
) -> Result<Answer, Problem> {
    if let Some(found) = &asked.properties {
        return Err(Problem::bad_parameter("properties", found, format!("no properties for {}: all of them are given", of.id())));
    }
    let format = Format::choose(asked.f.as_deref(), headers, &[Format::GeoJson, Format::Csv])?;
    let page = query::points(&state.store, of, question).map_err(|error| Problem::from_query(&error, ""))?;
    let links = page_links(state, uri, page.next_offset);
    if format == Format::Csv {
        let table = Answer::new(format, represent::table(&state.store, of, &page.places)).saved_as(&format!("{}-{}.csv", state.store.id(), of.id()));
        return Ok(paged(table, &page, links));
    }
    let provenance = Provenance::of(&state.store, of.sources(&state.store).iter().map(String::as_str), links);
    Ok(in_crs(Answer::new(format, represent::features(&state.store, of, &page, crs, provenance)), crs))
}

fn one_point(state: &State, of: PointCollection, id: &str, asked: &ItemParameters, crs: Crs) -> Result<Answer, Problem> {
    if let Some(found) = &asked.properties {
        return Err(Problem::bad_parameter("properties", found, format!("no properties for {}: all of them are given", of.id())));
    }
    let position = of.position(&state.store, id).map_err(|error| Problem::from_query(&error, "code"))?;
    let path = format!("/api/collections/{}", of.id());
    let own = format!("{path}/items/{}", in_a_path(id));
    let links = vec![state.base.link(&own, "self", "application/geo+json"), state.base.link(&path, "collection", "application/json")];
    let provenance = Provenance::of(&state.store, of.sources(&state.store).iter().map(String::as_str), links);
    Ok(in_crs(Answer::new(Format::GeoJson, represent::one_feature(&state.store, of, position, crs, &provenance)), crs))
}

/// Neighbours, outline and places: drawn, with names, without figures.
fn drawn_only(
    state: &State,
    collection: &Collection,
    asked: &ItemsParameters,
    question: &FeatureQuery,
    crs: Crs,
    uri: &OriginalUri,
) -> Result<Answer, Problem> {
    let given = [("bbox", &asked.bbox), ("within", &asked.within), ("properties", &asked.properties)];
    if let Some((name, Some(found))) = given.into_iter().find(|(_, value)| value.is_some()) {
        return Err(Problem::bad_parameter(name, found, format!("no {name} for the collection {}, which is drawn whole", collection.id)));
    }
    if let Some(f) = asked.f.as_deref().filter(|f| *f != "geojson") {
        return Err(Problem::bad_parameter("f", f, "geojson"));
    }
    let positions: Vec<usize> = (0..collection.count).skip(question.offset).take(question.limit).collect();
    let end = question.offset + positions.len();
    let links = page_links(state, uri, (end < collection.count).then_some(end));
    let provenance = Provenance::of_everything(&state.store, links);
    let bytes = match state.store.context().iter().find(|context| context.id == collection.id) {
        Some(context) => geojson::context(context, &positions, crs, collection.count, provenance),
        None => geojson::places(state.store.places(), &positions, crs, collection.count, provenance),
    };
    Ok(in_crs(Answer::new(Format::GeoJson, bytes), crs))
}

fn layer_of<'s>(store: &'s Store, collection: &Collection) -> Result<(usize, &'s Layer), Problem> {
    let layer = AreaType::parse(&collection.id).ok().and_then(|area_type| store.layer(area_type));
    layer.ok_or_else(|| {
        Problem::new(
            ProblemCode::NotFound,
            format!("the features of {} have no addresses of their own; read /api/collections/{}/items", collection.id, collection.id),
        )
    })
}

/// The columns asked for, or the usual ones.
fn columns<'s>(store: &'s Store, layer: &Layer, properties: Option<&str>) -> Result<Vec<Column<'s>>, Problem> {
    if properties.is_none() {
        return Ok(Column::USUAL.to_vec());
    }
    let mut names: Vec<String> = list(properties).iter().map(|name| name.to_ascii_lowercase()).collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if names.is_empty() || names.len() > MOST_PROPERTIES {
        return Err(Problem::bad_parameter("properties", properties.unwrap_or_default(), format!("1 to {MOST_PROPERTIES} names with commas between")));
    }
    names.into_iter().map(|name| column(store, layer, name)).collect()
}

fn column<'s>(store: &'s Store, layer: &Layer, name: String) -> Result<Column<'s>, Problem> {
    Ok(match name.as_str() {
        "code" => Column::Code,
        "name" => Column::Name,
        "alias" => Column::Alias,
        "area_type" => Column::AreaType,
        "parents" => Column::Parents,
        "population" => Column::Population,
        _ => {
            let request = ViewRequest { measure: name.clone(), area_type: Some(layer.area_type().to_string()), ..ViewRequest::default() };
            let view = query::view(store, &request).map_err(|error| {
                let expected = format!("code, name, alias, area_type, parents, population, or a measure held for {}", layer.area_type());
                Problem {
                    parameter: Some("properties".to_owned()),
                    detail: format!("properties: {error}"),
                    ..Problem::bad_parameter("properties", &name, expected)
                }
            })?;
            Column::Figure { name, measure: view.measure, field: view.field, series: view.series }
        }
    })
}

fn sources<'a>(layer: &'a Layer, columns: &'a [Column<'_>]) -> Vec<&'a str> {
    let measures = columns.iter().filter_map(|column| if let Column::Figure { measure, .. } = column { Some(measure.source.as_str()) } else { None });
    [layer.source()].into_iter().chain(measures).collect()
}

/// `self`, and `next` with everything else of the question kept.
fn page_links(state: &State, uri: &OriginalUri, next_offset: Option<usize>) -> Vec<Link> {
    let geojson = "application/geo+json";
    let query = uri.query().unwrap_or_default();
    let own = if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) };
    let mut links = vec![state.base.link(&own, "self", geojson)];
    if let Some(offset) = next_offset {
        let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("offset="));
        let next = kept.map(str::to_owned).chain([format!("offset={offset}")]).collect::<Vec<_>>().join("&");
        links.push(state.base.link(&format!("{}?{next}", uri.path()), "next", geojson));
    }
    links
}

/// What a GeoJSON answer says in its members, a table says in headers: how many there are, and where the next page is.
fn paged(answer: Answer, page: &query::FeaturePage, links: Vec<Link>) -> Answer {
    let next = links.into_iter().filter(|link| link.rel == "next").map(|link| format!("<{}>; rel=\"next\"", link.href));
    let counts = [("ogc-numbermatched", page.matched.to_string()), ("ogc-numberreturned", page.places.len().to_string())];
    let headers = next.map(|next| ("link", next)).chain(counts);
    headers.fold(answer, |answer, (name, value)| match HeaderValue::from_str(&value) {
        Ok(value) => answer.with(HeaderName::from_static(name), value),
        Err(_) => answer,
    })
}

fn in_crs(answer: Answer, crs: Crs) -> Answer {
    match HeaderValue::from_str(&format!("<{}>", crs.uri())) {
        Ok(value) => answer.with(HeaderName::from_static("content-crs"), value),
        Err(_) => answer,
    }
}

fn no_drawing() -> Problem {
    Problem::new(ProblemCode::Internal, "the collection has no drawing")
}

//! Tables as CSV, and the columns that features and tables share.

use crate::model::area::AreaType;
use crate::model::measure::{Field, FigureStatus, Measure, Series};
use crate::query::{Classification, View};
use crate::representation::drawing::lonlat_point;
use crate::representation::json::{MeasureRef, attribution_line, six_decimals};
use crate::store::{Layer, Store};

/// One property of an area as a column.
#[derive(Debug, Clone)]
pub enum Column<'s> {
    /// The area code.
    Code,
    /// The official name.
    Name,
    /// The name people use.
    Alias,
    /// The area type.
    AreaType,
    /// The areas that contain it.
    Parents,
    /// Residents.
    Population,
    /// A field of a measure, by the name it was asked with.
    Figure {
        /// `imd-2019.score`.
        name: String,
        /// The measure.
        measure: &'s Measure,
        /// The field.
        field: &'s Field,
        /// The figures.
        series: &'s Series,
    },
}

impl Column<'_> {
    /// The columns of an area that nobody has to ask for.
    pub const USUAL: [Column<'static>; 6] = [Column::Code, Column::Name, Column::Alias, Column::AreaType, Column::Parents, Column::Population];

    /// Writes the column's members of one area.
    pub(super) fn put(&self, layer: &Layer, place: usize, properties: &mut serde_json::Map<String, serde_json::Value>) {
        let area = &layer.areas()[place];
        match self {
            Self::Code => drop(properties.insert("code".to_owned(), area.code.as_str().into())),
            Self::Name => drop(properties.insert("name".to_owned(), area.name.as_str().into())),
            Self::Alias => drop(area.alias.as_ref().map(|alias| properties.insert("alias".to_owned(), alias.as_str().into()))),
            Self::AreaType => drop(properties.insert("area_type".to_owned(), layer.area_type().to_string().into())),
            Self::Parents => {
                let parents = area.parents.iter().map(|(area_type, code)| (area_type.to_string(), code.as_str().into()));
                properties.insert("parents".to_owned(), serde_json::Value::Object(parents.collect()));
            }
            Self::Population => drop(layer.population_at(place).map(|people| properties.insert("population".to_owned(), people.into()))),
            Self::Figure { name, series, .. } => {
                properties.insert(name.clone(), series.figures.value_at(place).into());
                let status = series.figures.status[place];
                if status != FigureStatus::Present {
                    properties.insert(format!("{name}.status"), status.id().into());
                }
            }
        }
    }

    fn heads(&self, layer: &Layer) -> Vec<String> {
        match self {
            Self::Code => vec!["code".to_owned()],
            Self::Name => vec!["name".to_owned()],
            Self::Alias => vec!["alias".to_owned()],
            Self::AreaType => vec!["area_type".to_owned()],
            Self::Parents => layer.parent_types().iter().map(ToString::to_string).collect(),
            Self::Population => vec!["population".to_owned()],
            Self::Figure { name, .. } => vec![name.clone(), format!("{name}.status")],
        }
    }

    fn cells(&self, layer: &Layer, place: usize) -> Vec<String> {
        let area = &layer.areas()[place];
        match self {
            Self::Code => vec![area.code.to_string()],
            Self::Name => vec![area.name.clone()],
            Self::Alias => vec![area.alias.as_deref().unwrap_or_default().to_owned()],
            Self::AreaType => vec![layer.area_type().to_string()],
            Self::Parents => {
                let code_of = |wanted: &AreaType| area.parents.iter().find(|(area_type, _)| area_type == wanted).map(|(_, code)| code.to_string());
                layer.parent_types().iter().map(|wanted| code_of(wanted).unwrap_or_default()).collect()
            }
            Self::Population => vec![optional(layer.population_at(place))],
            Self::Figure { series, .. } => vec![optional(series.figures.value_at(place)), series.figures.status[place].id().to_owned()],
        }
    }
}

/// A page of areas: chosen columns, then the representative point.
#[must_use]
pub fn areas(store: &Store, layer: &Layer, places: &[u32], columns: &[Column<'_>]) -> Vec<u8> {
    let mut heads: Vec<String> = columns.iter().flat_map(|column| column.heads(layer)).collect();
    heads.extend(["longitude", "latitude", "edition", "attribution"].map(str::to_owned));
    let sources: Vec<&str> = columns
        .iter()
        .filter_map(|column| if let Column::Figure { measure, .. } = column { Some(measure.source.as_str()) } else { None })
        .chain([layer.source()])
        .collect();
    let attribution = attribution_line(store, &sources);
    table(
        &heads,
        places.iter().map(|&place| {
            let mut cells: Vec<String> = columns.iter().flat_map(|column| column.cells(layer, place as usize)).collect();
            let point = lonlat_point(&layer.areas()[place as usize].centroid);
            cells.push(optional(point.map(|point| six_decimals(point.x()))));
            cells.push(optional(point.map(|point| six_decimals(point.y()))));
            cells.extend([store.id().to_owned(), attribution.clone()]);
            cells
        }),
    )
}

/// The rows of a view; every row carries what the number is and whose, so that a copied row can still be quoted.
#[must_use]
pub fn values(store: &Store, view: &View<'_>, classification: Option<&Classification<'_>>) -> Vec<u8> {
    let measure = MeasureRef::new(view);
    let heads = [
        "code",
        "name",
        "alias",
        "district_code",
        "district",
        "value",
        "status",
        "lower_95",
        "upper_95",
        "count",
        "denominator",
        "national_rank",
        "national_decile",
        "population",
        "class",
        "class_range",
        "measure",
        "unit",
        "direction",
        "period",
        "sex",
        "age",
        "area_type",
        "kind",
        "note",
        "edition",
        "source",
        "attribution",
    ]
    .map(str::to_owned);
    let source = store.source(&view.measure.source);
    let source_line = source.map(|source| format!("{}, {}, {}", source.publisher, source.title, source.edition)).unwrap_or_default();
    let attribution = attribution_line(store, &[view.measure.source.as_str(), view.layer.source()]);
    let direction = format!("higher = {}; lower = {}", measure.high_end, measure.low_end);
    table(
        &heads,
        view.rows().map(|row| {
            let class = classification.and_then(|classification| classification.class_of(&row).map(|position| (position, &classification.classes[position])));
            let district = store.district_of(view.layer, row.place);
            vec![
                row.area.code.to_string(),
                row.area.name.clone(),
                row.area.alias.as_deref().unwrap_or_default().to_owned(),
                district.map(|area| area.code.to_string()).unwrap_or_default(),
                district.map(|area| area.name.clone()).unwrap_or_default(),
                optional(row.value),
                row.status.id().to_owned(),
                optional(row.lower),
                optional(row.upper),
                optional(row.count),
                optional(row.denominator),
                optional(row.rank),
                optional(row.decile),
                optional(row.population),
                class.map(|(position, _)| (position + 1).to_string()).unwrap_or_default(),
                class.map(|(_, class)| class.label.clone()).unwrap_or_default(),
                measure.label.clone(),
                measure.unit.clone(),
                direction.clone(),
                measure.period.clone(),
                measure.sex.unwrap_or_default().to_owned(),
                measure.age.clone().unwrap_or_default(),
                view.layer.area_type().to_string(),
                measure.kind.to_owned(),
                measure.note.as_deref().unwrap_or_default().to_owned(),
                store.id().to_owned(),
                source_line.clone(),
                attribution.clone(),
            ]
        }),
    )
}

/// A table as CSV, every cell made safe for spreadsheets.
pub(super) fn table(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(heads).expect("writing to memory cannot fail");
    for mut row in rows {
        for cell in &mut row {
            make_safe(cell);
        }
        writer.write_record(&row).expect("every row has a cell for every head");
    }
    writer.into_inner().expect("writing to memory cannot fail")
}

/// A number as text, empty without one.
pub(super) fn optional(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Keeps a spreadsheet from taking text for a formula: an apostrophe goes before a first character that would start one.
/// A number may start with a sign.
fn make_safe(cell: &mut String) {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        cell.insert(0, '\'');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_spreadsheet_would_run_is_made_harmless_and_numbers_stay_numbers() {
        let safe = |text: &str| {
            let mut cell = text.to_owned();
            make_safe(&mut cell);
            cell
        };
        assert_eq!(safe("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("-1+2"), "'-1+2");
        assert_eq!(safe("-0.645"), "-0.645");
        assert_eq!(safe("Melton 005A"), "Melton 005A");
    }
}

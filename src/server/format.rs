//! Formats of answers, chosen by `f` or by the `Accept` header.

use axum::http::{HeaderMap, header};

use super::problem::{Problem, ProblemCode};

/// A format that some address offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// GeoJSON.
    GeoJson,
    /// Comma-separated values.
    Csv,
    /// A Mapbox vector tile.
    VectorTile,
    /// A drawing.
    Svg,
    /// A picture.
    Png,
    /// Pages.
    Pdf,
    /// Slides.
    Pptx,
    /// A workbook.
    Xlsx,
    /// `FlatGeobuf`.
    FlatGeobuf,
    /// A `GeoPackage`.
    GeoPackage,
}

impl Format {
    /// The word for `f`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::VectorTile => "mvt",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::FlatGeobuf => "fgb",
            Self::GeoPackage => "gpkg",
        }
    }

    /// The media type that is sent.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::VectorTile => "application/vnd.mapbox-vector-tile",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::FlatGeobuf => "application/vnd.flatgeobuf",
            Self::GeoPackage => "application/geopackage+sqlite3",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::GeoJson => "GeoJSON",
            Self::Csv => "CSV",
            Self::VectorTile => "Vector tile",
            Self::Svg => "SVG drawing",
            Self::Png => "PNG picture",
            Self::Pdf => "PDF",
            Self::Pptx => "PowerPoint slides",
            Self::Xlsx => "Excel workbook",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::GeoPackage => "GeoPackage",
        }
    }

    /// Chooses among the formats of an address, the usual one first.
    ///
    /// # Errors
    /// When `f` names none of them, or the client accepts none of them.
    pub fn choose(f: Option<&str>, headers: &HeaderMap, offered: &[Self]) -> Result<Self, Problem> {
        let names = || offered.iter().map(|format| format.id()).collect::<Vec<_>>().join(", ");
        if let Some(f) = f {
            let wanted = if f.eq_ignore_ascii_case("json") && !offered.contains(&Self::Json) { "geojson".to_owned() } else { f.to_ascii_lowercase() };
            let found = offered.iter().copied().find(|format| format.id() == wanted);
            return found.ok_or_else(|| Problem::bad_parameter("f", f, format!("one of {}", names())));
        }
        let Some(accept) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else { return Ok(offered[0]) };
        let mut best: Option<(f32, Self)> = None;
        for part in accept.split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let wanted = pieces.next().unwrap_or_default();
            let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0);
            let fits = |format: &&Self| {
                let own = format.media_type().split(';').next().unwrap_or_default();
                let wanted = wanted.to_ascii_lowercase();
                // GeoJSON is JSON: many clients ask for nothing more precise.
                let as_json = **format == Self::GeoJson && wanted == "application/json" && !offered.contains(&Self::Json);
                wanted == own || as_json || wanted == "*/*" || wanted.strip_suffix("/*").is_some_and(|kind| own.starts_with(kind))
            };
            if let Some(format) = offered.iter().find(fits).filter(|_| weight > 0.0 && best.is_none_or(|(least, _)| weight > least)) {
                best = Some((weight, *format));
            }
        }
        best.map(|(_, format)| format).ok_or_else(|| {
            let mut problem = Problem::new(ProblemCode::NotAcceptable, format!("Accept: expected one of {}", names()));
            problem.expected = Some(names());
            problem
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<Format> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Format::choose(None, &headers, &[Format::GeoJson, Format::Csv]).ok()
    }

    #[test]
    fn the_accept_header_chooses_by_weight_and_falls_back_to_the_usual_format() {
        assert_eq!(chosen("text/csv"), Some(Format::Csv));
        assert_eq!(chosen("text/html,application/xhtml+xml,*/*;q=0.8"), Some(Format::GeoJson));
        assert_eq!(chosen("application/geo+json;q=0.5, text/csv;q=0.9"), Some(Format::Csv));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/csv;q=0"), None);
    }
}

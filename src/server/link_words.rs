//! The words of the page's link, each with what it is about: one table for reading links, refusing what is none, and describing both.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, schema::Type};

/// What a word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Which view.
    View,
    /// A catchment.
    Catchment,
    /// A second catchment beside it.
    Against,
    /// Housing growth.
    Growth,
    /// Journeys.
    Travel,
    /// What a catchment's map shows.
    Shading,
    /// The screen only: understood and passed over.
    Screen,
    /// The sheet or table itself, not the view on it.
    Own,
}

/// A word of the link.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// As it stands in the link.
    pub name: &'static str,
    /// What it is about.
    pub about: About,
    /// For whoever writes links by hand.
    pub text: &'static str,
}

const fn word(name: &'static str, about: About, text: &'static str) -> Word {
    Word { name, about, text }
}

/// Every word, in the order in which the page writes them.
pub const WORDS: [Word; 85] = [
    word("view", About::View, "`need`, `area`, `practice`, `travel` or `growth`; `need` otherwise."),
    word("measure", About::View, "`imd-2019` or `imd-2019.score`; the edition's usual one otherwise. `none` for a plain map of places."),
    word("area-type", About::View, "`lsoa11`; the edition's usual one otherwise."),
    word("period", About::View, "The latest otherwise."),
    word("sex", About::View, "`persons`, `females`, `males`."),
    word("age", About::View, "An age band as the measure lists it."),
    word("method", About::View, "How classes are made, as in `/api/measures/{measure}/classes`."),
    word("classes", About::View, "How many classes, 2 to 10."),
    word("breaks", About::View, "Inner edges of classes, rising, with commas between."),
    word("within", About::View, "Area codes with commas between; the whole edition otherwise."),
    word("scheme", About::View, "The colours, as in `/api/measures/{measure}/classes`."),
    word("area", About::View, "For `view=area`: the code of an area."),
    word("site", About::Screen, "A housing site that is looked at; passed over."),
    word("sort", About::Screen, "The order of a table on the screen; passed over."),
    word("practice", About::Catchment, "ODS codes of practices with commas between, or the code of one primary care network."),
    word("definition", About::Catchment, "`reach`, `market-share`, `plurality`, `core`, `radius`, `travel-time`, `polygon`, `areas`."),
    word("patients", About::Catchment, "For `reach`: the least number of patients."),
    word("share", About::Catchment, "For `market-share` and `core`: a share above 0 and at most 1."),
    word("metres", About::Catchment, "For `radius`: metres."),
    word("lon", About::Catchment, "For `radius` and `travel-time`: the longitude of the centre."),
    word("lat", About::Catchment, "For `radius` and `travel-time`: the latitude of the centre."),
    word("polygon", About::Catchment, "For `polygon`: POLYGON or MULTIPOLYGON in well-known text, longitude before latitude."),
    word("minutes", About::Catchment, "For `travel-time`: minutes."),
    word("mode", About::Catchment, "For `travel-time`: `car`, `walk`, `cycle` or `transit`."),
    word("time", About::Catchment, "For `travel-time` by car: `free-flow`, `off-peak` or `morning-peak`."),
    word("direction", About::Catchment, "For `travel-time`: `to` the place, or `from` it."),
    word("areas", About::Catchment, "For `areas`: area codes with commas between."),
    word("membership", About::Catchment, "For `radius` and `polygon`: `centroid`, or `area-share`."),
    word("compare", About::Catchment, "Codes of areas to compare with."),
    word("against-practice", About::Against, "As `practice`, of a second catchment that is outlined beside the first."),
    word("against-definition", About::Against, "As `definition`, of the second catchment."),
    word("against-patients", About::Against, "As `patients`, of the second catchment."),
    word("against-share", About::Against, "As `share`, of the second catchment."),
    word("against-metres", About::Against, "As `metres`, of the second catchment."),
    word("against-lon", About::Against, "As `lon`, of the second catchment."),
    word("against-lat", About::Against, "As `lat`, of the second catchment."),
    word("against-polygon", About::Against, "As `polygon`, of the second catchment."),
    word("against-minutes", About::Against, "As `minutes`, of the second catchment."),
    word("against-mode", About::Against, "As `mode`, of the second catchment."),
    word("against-time", About::Against, "As `time`, of the second catchment."),
    word("against-direction", About::Against, "As `direction`, of the second catchment."),
    word("household-size", About::Growth, "People per dwelling."),
    word("share-new", About::Growth, "The share of people who are new to the area."),
    word("status", About::Growth, "Statuses that are added up, with commas between."),
    word("count", About::Growth, "`plan-period`, `total` or `permitted-now`."),
    word("from", About::Growth, "The first year that counts."),
    word("to", About::Growth, "The last year that counts."),
    word("joins", About::Growth, "`observed`, `all` or `given`."),
    word("joining", About::Growth, "For `joins=given`: `C82038:0.6,C82066:0.4`."),
    word("square-metres-per-patient", About::Growth, "Floor area per patient."),
    word("spare-square-metres", About::Growth, "Floor area that is spare today."),
    word("cost-per-square-metre", About::Growth, "Pounds per square metre."),
    word("cost-index", About::Growth, "The index to today's prices."),
    word("attendances-per-person", About::Growth, "Attendances per person and year."),
    word("minutes-per-attendance", About::Growth, "Minutes per attendance."),
    word("missed-share", About::Growth, "Missed appointments per attendance."),
    word("annual-hours", About::Growth, "Hours a room is open in a year."),
    word("utilisation", About::Growth, "The share of these hours in use."),
    word("travel-ask", About::Travel, "`nearest` site, or what is within `reach` of places; `nearest` otherwise."),
    word("travel-to", About::Travel, "For `nearest`: sites with `;` between, as in `to` of `/api/travel-times`; `hospitals:acute` otherwise."),
    word("travel-at", About::Travel, "For `reach`: places with `;` between, as in `at` of `/api/isochrones`."),
    word("travel-mode", About::Travel, "`car`, `walk`, `cycle` or `transit`."),
    word("travel-time", About::Travel, "By car: `free-flow`, `off-peak` or `morning-peak`."),
    word("travel-direction", About::Travel, "`to` the site, or `from` it."),
    word("travel-by", About::Travel, "What is made least: `minutes` or `kilometres`."),
    word("travel-minutes", About::Travel, "Minutes with commas between."),
    word("travel-bands", About::Travel, "`standard` or `local`."),
    word("travel-combine", About::Travel, "For `reach`: `separate`, `union` or `overlap`."),
    word("travel-adding", About::Travel, "For `nearest`: one more site."),
    word("travel-colours", About::Travel, "What the colours mean: `bands` or `sites`."),
    word("travel-table", About::Screen, "Which table is read on the screen; passed over."),
    word("shade", About::Shading, "What a catchment's areas are shaded by: `patients`, `share-of-practice` or `share-of-area`."),
    word("flows", About::Shading, "`yes` for lines from neighbourhoods to the practice."),
    word("read", About::Screen, "How the screen is read; passed over."),
    word("map", About::Own, "Longitude, latitude and zoom of the screen; used with `frame=view`, else passed over."),
    word("size", About::Own, "`a4-portrait`, `a4-landscape`, `a3-landscape`, `slide` or `figure`; `a4-landscape` otherwise."),
    word("f", About::Own, "The format."),
    word("dpi", About::Own, "For `png`: dots per inch, 72 to 600; 150 otherwise."),
    word("title", About::Own, "The title, at most 300 characters; one made from the view otherwise."),
    word("subtitle", About::Own, "The line below it, at most 300 characters; empty for none."),
    word("hide", About::Own, "What to leave out, with commas between: `title`, `labels`, `inset`, `neighbours`, `points`, `caption`."),
    word("page", About::Own, "For `svg` and `png`: which page, 1 otherwise."),
    word("frame", About::Own, "`extent`, or `view` for what the screen showed by `map`; `extent` otherwise."),
    word("points", About::Own, "Symbols on the map, with commas between: `practices`, `hospitals`, `hospitals:acute`, `pharmacies`, `housing-sites`."),
    word("table", About::Own, "For `csv`, `geojson` and `fgb`: which table, by its name; the first otherwise."),
];

/// The words as the parameters of an address.
#[derive(Debug)]
pub struct LinkParameters;

impl utoipa::IntoParams for LinkParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let one = |word: &Word| {
            ParameterBuilder::new()
                .name(word.name)
                .parameter_in(ParameterIn::Query)
                .required(Required::False)
                .description(Some(word.text))
                .schema(Some(text()))
                .build()
        };
        WORDS.iter().map(one).collect()
    }
}

//! Symbols of practices, hospitals, pharmacies and housing sites on any map, with their key and their tables.

use geo_types::{Point, Rect};

use super::ground::Ground;
use super::rows::{column, number, text};
use super::words::{count, first_large, whole};
use super::{Cell, ColumnKind, FigureTable, KeyBlock, KeyRow, MapPoint, Swatch, Symbol, TableShape};
use crate::model::area::AreaCode;
use crate::model::crs::Bng;
use crate::model::housing::SiteStatus;
use crate::model::organisation::{Location, Organisation, OrganisationStatus, Precision};
use crate::query::PointCollection;
use crate::store::Store;

/// List sizes that the key shows.
const LISTS: [f64; 2] = [5_000.0, 30_000.0];

/// Symbols of a collection, all of them or those of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbols {
    /// The collection.
    pub collection: PointCollection,
    /// `acute`; every kind without.
    pub kind: Option<String>,
}

/// What a link wants on any map besides its answer.
#[derive(Debug, Clone, Copy)]
pub struct Overlay<'a> {
    /// Symbols.
    pub symbols: &'a [Symbols],
    /// The part of the map to be seen, where that is not all of what is asked about.
    pub seen: Option<Bng<Rect<f64>>>,
}

/// Symbols with everything said about them.
#[derive(Debug, Default)]
pub struct Shown<'s> {
    /// The symbols.
    pub points: Vec<MapPoint>,
    /// Their part of the key.
    pub key: Vec<KeyBlock>,
    /// Their tables.
    pub tables: Vec<FigureTable<'s>>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// Ids of their sources.
    pub sources: Vec<&'s str>,
    /// For each collection how many there are, and how many of them lie beyond the ground.
    pub counts: Vec<(usize, usize)>,
}

impl Symbols {
    /// The word in links.
    #[must_use]
    pub fn text(&self) -> String {
        self.kind.as_ref().map_or_else(|| self.collection.id().to_owned(), |kind| format!("{}:{kind}", self.collection.id()))
    }

    /// What several of them are called: `acute hospitals`.
    #[must_use]
    pub fn plural(&self) -> String {
        match (self.collection, &self.kind) {
            (PointCollection::Practices, _) => "general practices".to_owned(),
            (PointCollection::Hospitals, Some(kind)) => format!("{kind} hospitals"),
            (PointCollection::Hospitals, None) => "hospitals".to_owned(),
            (PointCollection::Pharmacies, _) => "pharmacies".to_owned(),
            (PointCollection::HousingSites, _) => "housing sites".to_owned(),
        }
    }

    /// What one of them is called.
    #[must_use]
    pub fn singular(&self) -> String {
        let plural = self.plural();
        plural.strip_suffix("ies").map_or_else(|| plural.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"))
    }

    /// The positions of those at work.
    fn positions(&self, store: &Store) -> Vec<usize> {
        let wanted = |position: &usize| match self.collection {
            PointCollection::Practices => store.practices().all.items[*position].organisation.status != OrganisationStatus::Closed,
            PointCollection::Pharmacies => store.pharmacies().items[*position].status != OrganisationStatus::Closed,
            PointCollection::Hospitals => self.kind.as_ref().is_none_or(|kind| store.hospitals().items[*position].kind.eq_ignore_ascii_case(kind)),
            PointCollection::HousingSites => store.housing().sites.items[*position].status != SiteStatus::Completed,
        };
        (0..self.collection.len(store)).filter(wanted).collect()
    }

    /// Whether the edition holds any of them.
    #[must_use]
    pub fn any(&self, store: &Store) -> bool {
        !self.positions(store).is_empty()
    }
}

/// The symbols of some collections on a ground. Hospitals are shown beyond it too: people go there.
#[must_use]
pub fn shown<'s>(ground: &Ground<'s>, wanted: &[Symbols], named: bool) -> Shown<'s> {
    let mut all = Shown::default();
    let store = ground.store;
    for symbols in wanted {
        let everywhere = symbols.positions(store);
        let located = |position: &usize| symbols.collection.location(store, *position);
        let reach = ground.frame();
        let inside = |point: &Bng<Point<f64>>| {
            if symbols.collection == PointCollection::Hospitals {
                reach.is_none_or(|frame| geo::Intersects::intersects(&frame.0, &point.0))
            } else {
                ground.holds(point)
            }
        };
        let here: Vec<(usize, Location)> =
            everywhere.iter().filter_map(|position| Some((*position, located(position)?))).filter(|(_, location)| inside(&location.point)).collect();
        let beyond = here.iter().filter(|(_, location)| !ground.holds(&location.point)).count();
        all.counts.push((here.len(), beyond));
        let districts = ground.districts_touched();
        let within = |authority: Option<AreaCode>| authority.is_none_or(|code| districts.iter().any(|district| district.code == code));
        let near = |position: &usize| symbols.collection != PointCollection::HousingSites || within(store.housing().sites.items[*position].authority);
        let without = everywhere.iter().filter(|position| near(position) && located(position).is_none()).count();
        if without > 0 {
            let those = if without == 1 { symbols.singular() } else { symbols.plural() };
            let of = if symbols.collection == PointCollection::HousingSites { " of the districts shown" } else { "" };
            all.notes.push(format!("Not located, so not on the map: {} {those}{of}.", count(without)));
        }
        if here.is_empty() {
            continue;
        }
        let points = here.iter().map(|(position, location)| map_point(store, symbols.collection, *position, location, named));
        let mut points: Vec<MapPoint> = points.collect();
        // Larger symbols below smaller ones, so that none is hidden whole.
        points.sort_by(|a, b| size_of(&b.symbol).total_cmp(&size_of(&a.symbol)));
        let statuses: Vec<SiteStatus> = here.iter().filter_map(|(position, _)| status_of(store, symbols.collection, *position)).collect();
        all.key.push(key(symbols, &here, &statuses));
        all.points.append(&mut points);
        all.tables.push(table(store, symbols, &here));
        all.sources.extend(symbols.collection.sources(store).iter().map(String::as_str));
        let beyond = here.iter().filter(|(_, location)| !ground.holds(&location.point)).count();
        if beyond > 0 {
            all.notes.push(format!("Outside {}, where people may go too: {} of the {} on the map.", ground.place(), count(beyond), symbols.plural()));
        }
        if here.iter().any(|(_, location)| location.precision == Precision::Postcode) {
            all.notes.push(format!("{} stand at the middle of their postcode.", first_large(&symbols.plural())));
        }
    }
    all
}

fn status_of(store: &Store, collection: PointCollection, position: usize) -> Option<SiteStatus> {
    (collection == PointCollection::HousingSites).then(|| store.housing().sites.items[position].status)
}

fn size_of(symbol: &Symbol) -> f64 {
    match symbol {
        Symbol::Practice { list_size, .. } => *list_size,
        Symbol::Site { dwellings, .. } => *dwellings,
        Symbol::Hospital | Symbol::Mark(_) => 0.0,
    }
}

/// A symbol of a practice.
#[must_use]
pub fn practice_symbol(store: &Store, position: usize, chosen: bool) -> Symbol {
    let list = store.practices().all.items[position].list_size.map_or(0.0, f64::from);
    Symbol::Practice { list_size: list, chosen }
}

fn map_point(store: &Store, collection: PointCollection, position: usize, location: &Location, named: bool) -> MapPoint {
    let (symbol, name) = match collection {
        PointCollection::Practices => (practice_symbol(store, position, false), store.practices().all.items[position].organisation.name.clone()),
        PointCollection::Hospitals => (Symbol::Hospital, store.hospitals().items[position].name.clone()),
        PointCollection::Pharmacies => (Symbol::Practice { list_size: 0.0, chosen: false }, store.pharmacies().items[position].name.clone()),
        PointCollection::HousingSites => {
            let site = &store.housing().sites.items[position];
            (Symbol::Site { status: site.status, dwellings: site.dwellings.map_or(0.0, f64::from) }, site.name.clone())
        }
    };
    let name = (named || collection == PointCollection::Hospitals).then_some(name);
    MapPoint { point: location.point, symbol, name, approximate: location.precision == Precision::Approximate }
}

fn row(swatch: Swatch, label: impl Into<String>) -> KeyRow {
    KeyRow { swatch, name: None, label: label.into(), values: Vec::new() }
}

fn key(symbols: &Symbols, here: &[(usize, Location)], statuses: &[SiteStatus]) -> KeyBlock {
    let title = format!("{}: {} on this map", first_large(&symbols.plural()), count(here.len()));
    let mut rows = match symbols.collection {
        PointCollection::Practices => {
            LISTS.map(|list_size| row(Swatch::Symbol(Symbol::Practice { list_size, chosen: false }), format!("{} patients", whole(list_size)))).to_vec()
        }
        PointCollection::Hospitals => vec![row(Swatch::Symbol(Symbol::Hospital), "Hospital")],
        PointCollection::Pharmacies => vec![row(Swatch::Symbol(Symbol::Practice { list_size: 0.0, chosen: false }), "Pharmacy")],
        PointCollection::HousingSites => site_rows(statuses),
    };
    if here.iter().any(|(_, location)| location.precision == Precision::Approximate) {
        rows.push(row(Swatch::Approximate, "Soft ring: place approximate"));
    }
    let note = match symbols.collection {
        PointCollection::Practices => "The circle's area follows the list.",
        PointCollection::HousingSites => "The symbol's area follows the number of homes.",
        PointCollection::Hospitals | PointCollection::Pharmacies => "",
    };
    KeyBlock { title, columns: Vec::new(), rows, note: note.to_owned() }
}

/// The rows of the statuses that occur, from the built to the merely possible.
#[must_use]
pub fn site_rows(statuses: &[SiteStatus]) -> Vec<KeyRow> {
    let occur = SiteStatus::ALL.into_iter().rev().filter(|status| statuses.contains(status));
    occur.map(|status| row(Swatch::Symbol(Symbol::Site { status, dwellings: 200.0 }), status.label())).collect()
}

fn table<'s>(store: &'s Store, symbols: &Symbols, here: &[(usize, Location)]) -> FigureTable<'s> {
    let precision = column("precision", "How well the point is known", ColumnKind::Text);
    let of_all = [column("code", "Code", ColumnKind::Code), column("name", "Name", ColumnKind::Text)];
    let more = match symbols.collection {
        PointCollection::Practices => vec![
            column("address", "Address", ColumnKind::Text),
            column("postcode", "Postcode", ColumnKind::Text),
            column("patients", "Registered patients", ColumnKind::Number(0)),
            column("network", "Primary care network", ColumnKind::Text),
        ],
        PointCollection::Hospitals => vec![
            column("kind", "Kind", ColumnKind::Text),
            column("sector", "Sector", ColumnKind::Text),
            column("address", "Address", ColumnKind::Text),
            column("postcode", "Postcode", ColumnKind::Text),
        ],
        PointCollection::Pharmacies => vec![column("address", "Address", ColumnKind::Text), column("postcode", "Postcode", ColumnKind::Text)],
        PointCollection::HousingSites => vec![
            column("status", "Status", ColumnKind::Text),
            column("homes", "Homes", ColumnKind::Number(0)),
            column("homes_in_plan_period", "Homes in the plan's period", ColumnKind::Number(0)),
            column("first_year", "First year of building", ColumnKind::Code),
            column("last_year", "Last year of building", ColumnKind::Code),
            column("reference", "Document", ColumnKind::Text),
        ],
    };
    let rows = here.iter().map(|(position, location)| {
        let mut cells = cells(store, symbols.collection, *position);
        cells.push(Cell::Text(location.precision.id().to_owned()));
        cells
    });
    FigureTable {
        name: symbols.plural().chars().take(31).collect(),
        title: format!("{} on the map", first_large(&symbols.plural())),
        columns: of_all.into_iter().chain(more).chain([precision]).collect(),
        rows: rows.collect(),
        shapes: here.iter().map(|(_, location)| TableShape::Point(location.point)).collect(),
    }
}

fn of_organisation(one: &Organisation) -> Vec<Cell> {
    vec![Cell::Text(one.code.to_string()), text(Some(&one.name)), text(Some(&one.address)), text(one.postcode.as_deref())]
}

fn cells(store: &Store, collection: PointCollection, position: usize) -> Vec<Cell> {
    match collection {
        PointCollection::Practices => {
            let practice = &store.practices().all.items[position];
            let mut cells = of_organisation(&practice.organisation);
            cells.push(number(practice.list_size.map(f64::from)));
            cells.push(text(practice.pcn.as_ref().map(|pcn| pcn.name.as_str())));
            cells
        }
        PointCollection::Pharmacies => of_organisation(&store.pharmacies().items[position]),
        PointCollection::Hospitals => {
            let one = &store.hospitals().items[position];
            vec![
                text(Some(&one.id)),
                text(Some(&one.name)),
                text(Some(&one.kind)),
                text(Some(&one.sector)),
                text(Some(&one.address)),
                text(one.postcode.as_deref()),
            ]
        }
        PointCollection::HousingSites => {
            let site = &store.housing().sites.items[position];
            let year = |year: Option<u16>| text(year.map(|year| year.to_string()).as_deref());
            vec![
                text(Some(&site.id)),
                text(Some(&site.name)),
                text(Some(site.status.label())),
                number(site.dwellings.map(f64::from)),
                number(site.dwellings_in_plan_period.map(f64::from)),
                year(site.first_year),
                year(site.last_year),
                text(Some(&site.reference)),
            ]
        }
    }
}

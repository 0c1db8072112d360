//! Made-up practices, hospitals, pharmacies, registers and housing sites for the editions of these tests.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{LineString, MultiPolygon, Point, Polygon, Rect, coord};
use needsmap::model::area::{AreaCode, AreaType};
use needsmap::model::crs::Bng;
use needsmap::model::edition::Edition;
use needsmap::model::housing::{HousingRequirement, HousingSite, SiteLocation, SiteStatus};
use needsmap::model::measure::Sex;
use needsmap::model::organisation::{Hospital, Location, Membership, OdsCode, Organisation, OrganisationStatus, Practice, Precision};
use needsmap::model::provenance::Sourced;
use needsmap::model::registered_patients::{PatientCount, RegisteredPatients, RegisteredWith, Residence};
use proptest::prelude::*;
use proptest::strategy::Union;

/// The edition with one of everything that version 2 of the format has brought, located and not.
pub fn with_organisations(edition: Edition) -> Edition {
    let located = |x, y, precision| Some(Location { point: Bng(Point::new(x, y)), precision });
    let postcode_point = located(458_100.5, 304_200.25, Precision::Postcode);
    let branches = vec![organisation("C82001001", "HILL BRANCH", None), organisation("C82001002", "TOP BRANCH", postcode_point)];
    let pcn = Some(Membership { code: ods("U00001"), name: "Hills PCN".into() });
    let commissioner = Some(Membership { code: ods("03W"), name: String::new() });
    let practices = vec![
        Practice { organisation: organisation("C82001", "THE SURGERY", postcode_point), list_size: Some(12_345), pcn, commissioner, branches },
        Practice { organisation: organisation("C82002", "", None), list_size: None, pcn: None, commissioner: None, branches: vec![] },
    ];
    let count = |with, residence, patients| PatientCount { with, residence, patients };
    let (first, second, others) = (RegisteredWith::Practice(0), RegisteredWith::Practice(1), RegisteredWith::OtherPractices);
    let counts = vec![
        count(first, Residence::Area(0), 5_000),
        count(first, Residence::Area(3), 1),
        count(first, Residence::Unknown, 2),
        count(second, Residence::Outside, 40),
        count(others, Residence::Area(1), i32::MAX.cast_unsigned()),
        count(others, Residence::Outside, 7),
    ];
    let register = |sex, counts| RegisteredPatients {
        source: "made-up".into(),
        period: "July 2022".into(),
        area_type: AreaType::parse("lsoa11").unwrap(),
        sex,
        disclosure_threshold: 5,
        counts,
    };
    let hospital = |id: &str, location| Hospital {
        id: id.into(),
        name: "Hill Infirmary".into(),
        kind: "acute".into(),
        sector: String::new(),
        address: "1 Top Street, Hill".into(),
        postcode: Some("LE1 5WW".into()),
        location,
    };
    let outlined = SiteLocation { location: located(500.0, 600.0, Precision::Approximate).unwrap(), outline: Some(Bng(outline(500.0))) };
    let sites = vec![
        HousingSite { location: Some(outlined), first_year: Some(2011), last_year: Some(2036), ..site("H1") },
        HousingSite { part_of: Some("H1".into()), status: SiteStatus::UnderConstruction, dwellings: Some(0), ..site("H2") },
        HousingSite { location: located(1.0, 2.0, Precision::Exact).map(|location| SiteLocation { location, outline: None }), ..site("H3") },
    ];
    let requirement = HousingRequirement {
        authority: AreaCode::parse("E07000001").unwrap(),
        plan: "Hillshire Local Plan".into(),
        option: "adopted".into(),
        from_year: 2011,
        to_year: 2036,
        dwellings: 6_125,
        household_size: Some(0.1 + 0.2 + 2.0),
        reference: "Policy 2".into(),
    };
    Edition {
        practices: Sourced { sources: vec!["made-up".into(), "boundaries".into()], items: practices },
        registered_patients: vec![register(Sex::Persons, counts), register(Sex::Males, vec![])],
        hospitals: Sourced { sources: vec!["made-up".into()], items: vec![hospital("RWE", postcode_point), hospital("old-infirmary", None)] },
        pharmacies: Sourced { sources: vec![], items: vec![organisation("FA001", "Hill Chemist", postcode_point), organisation("FA002", "Dale", None)] },
        housing_sites: Sourced { sources: vec!["made-up".into()], items: sites },
        housing_requirements: Sourced {
            sources: vec!["made-up".into()],
            items: vec![requirement.clone(), HousingRequirement { household_size: None, option: "option 2".into(), ..requirement }],
        },
        ..edition
    }
}

fn organisation(code: &str, name: &str, location: Option<Location>) -> Organisation {
    let status = if location.is_some() { OrganisationStatus::Active } else { OrganisationStatus::Dormant };
    Organisation { code: ods(code), name: name.into(), address: "2 Top Street, Hill".into(), postcode: location.map(|_| "LE13 1NX".into()), status, location }
}

fn ods(code: &str) -> OdsCode {
    OdsCode::parse(code).unwrap()
}

fn site(id: &str) -> HousingSite {
    HousingSite {
        id: id.into(),
        name: "Land at the “Mill”".into(),
        authority: AreaCode::parse("E07000001").ok(),
        status: SiteStatus::Allocation,
        dwellings: None,
        dwellings_in_plan_period: Some(1_700),
        plan_period: Some("2011-2036".into()),
        permitted_now: None,
        constraint: Some("A road, first.".into()),
        first_year: None,
        last_year: None,
        location: None,
        part_of: None,
        reference: String::new(),
    }
}

/// Two squares, one with a hole.
fn outline(at: f64) -> MultiPolygon<f64> {
    let ring = |x: f64, width: f64| -> LineString<f64> { Rect::new(coord! { x: x, y: x }, coord! { x: x + width, y: x + width }).to_polygon().into_inner().0 };
    MultiPolygon(vec![Polygon::new(ring(at, 10.0), vec![ring(at + 2.0, 3.0)]), Polygon::new(ring(at + 20.0, 1.0 / 3.0), vec![])])
}

/// What is added to an edition: any lists of organisations and sites, and registers over the areas of `lsoa11`.
pub fn any_organisations() -> impl Strategy<Value = Edition> {
    let practices = prop::collection::vec((any_practice(), prop::collection::vec(any_organisation(), 0..3)), 0..5);
    let hospital = (".{1,8}", any_organisation()).prop_map(|(id, organisation)| {
        let Organisation { name, address, postcode, location, .. } = organisation;
        Hospital { id, kind: name.clone(), sector: address.clone(), name, address, postcode, location }
    });
    let pharmacies = prop::collection::vec(any_organisation(), 0..5);
    let lists = (practices, prop::collection::vec(hospital, 0..5), pharmacies, any_sites(), any_registers());
    (lists, any::<bool>()).prop_map(|((practices, hospitals, pharmacies, sites, registers), sourced)| {
        let practices = practices.into_iter().map(|(practice, branches)| Practice { branches: by_key(branches, |branch| branch.code), ..practice });
        let practices = by_key(practices, |practice| practice.organisation.code);
        let mut edition = super::editions::hillshire_of_version_1();
        let sources = if sourced { vec!["made-up".to_owned()] } else { vec![] };
        edition.registered_patients = registers.into_iter().map(|register| within(register, practices.len())).collect();
        edition.practices = Sourced { sources: sources.clone(), items: practices };
        edition.hospitals = Sourced { sources: sources.clone(), items: by_key(hospitals, |hospital| hospital.id.clone()) };
        edition.pharmacies = Sourced { sources: sources.clone(), items: by_key(pharmacies, |pharmacy| pharmacy.code) };
        edition.housing_sites = Sourced { sources, items: sites };
        edition
    })
}

/// Sorted, no key twice, as an edition wants its lists.
fn by_key<T, K: Ord>(things: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    things.into_iter().map(|thing| (key(&thing), thing)).collect::<BTreeMap<K, T>>().into_values().collect()
}

/// The register with those of its counts that name one of so many practices.
fn within(register: RegisteredPatients, practices: usize) -> RegisteredPatients {
    let there = |count: &PatientCount| if let RegisteredWith::Practice(position) = count.with { (position as usize) < practices } else { true };
    RegisteredPatients { counts: register.counts.into_iter().filter(there).collect(), ..register }
}

fn any_location() -> impl Strategy<Value = Option<Location>> {
    let location = (prop::num::f64::NORMAL, prop::num::f64::NORMAL, prop::sample::select(Precision::ALL.to_vec()));
    prop::option::of(location.prop_map(|(x, y, precision)| Location { point: Bng(Point::new(x, y)), precision }))
}

fn any_organisation() -> impl Strategy<Value = Organisation> {
    let status = prop::sample::select(OrganisationStatus::ALL.to_vec());
    ("[A-Z0-9]{2,12}", ".{0,12}", ".{0,12}", prop::option::of(".{0,8}"), status, any_location())
        .prop_map(|(code, name, address, postcode, status, location)| Organisation { code: ods(&code), name, address, postcode, status, location })
}

fn any_practice() -> impl Strategy<Value = Practice> {
    let membership = || prop::option::of(("[A-Z0-9]{2,12}", ".{0,8}").prop_map(|(code, name)| Membership { code: ods(&code), name }));
    (any_organisation(), prop::option::of(any::<u32>()), membership(), membership()).prop_map(|(organisation, list_size, pcn, commissioner)| Practice {
        organisation,
        list_size,
        pcn,
        commissioner,
        branches: vec![],
    })
}

fn any_sites() -> impl Strategy<Value = Vec<HousingSite>> {
    let words = (".{0,10}", prop::option::of(".{0,6}"), prop::option::of(".{0,6}"), ".{0,6}", prop::sample::select(SiteStatus::ALL.to_vec()));
    let numbers = (prop::option::of(any::<u32>()), prop::option::of(any::<u32>()), prop::option::of(any::<u32>()));
    let years = (prop::option::of(any::<u16>()), prop::option::of(any::<u16>()), prop::option::of("[A-Z][0-9]{8}"));
    let location = (any_location(), prop::option::of(-1e6..1e6_f64))
        .prop_map(|(location, outlined)| location.map(|location| SiteLocation { location, outline: outlined.map(|at| Bng(outline(at))) }));
    let site = (words, numbers, years, location, prop::option::of(any::<prop::sample::Index>()));
    prop::collection::vec(site, 0..6).prop_map(|sites| {
        let mut made: Vec<HousingSite> = Vec::new();
        for (n, ((name, plan_period, constraint, reference, status), numbers, (first, last, authority), location, part_of)) in sites.into_iter().enumerate() {
            // Only in a site that stands before it: no circles.
            let part_of = part_of.filter(|_| n > 0).map(|index| index.get(&made).id.clone());
            let (dwellings, dwellings_in_plan_period, permitted_now) = numbers;
            let (first_year, last_year) = if first > last && last.is_some() { (last, first) } else { (first, last) };
            let authority = authority.map(|code| AreaCode::parse(&code).unwrap());
            made.push(HousingSite {
                id: format!("S{n}"),
                name,
                authority,
                status,
                dwellings,
                dwellings_in_plan_period,
                plan_period,
                permitted_now,
                constraint,
                first_year,
                last_year,
                location,
                part_of,
                reference,
            });
        }
        made
    })
}

fn any_registers() -> impl Strategy<Value = Vec<RegisteredPatients>> {
    let with = Union::new([(0..5_u32).prop_map(RegisteredWith::Practice).boxed(), Just(RegisteredWith::OtherPractices).boxed()]);
    let residence = Union::new([(0..4_u32).prop_map(Residence::Area).boxed(), Just(Residence::Outside).boxed(), Just(Residence::Unknown).boxed()]);
    let counts = prop::collection::btree_map((with, residence), 1..=i32::MAX.cast_unsigned(), 0..30);
    prop::collection::vec((counts, any::<u32>(), prop::sample::select(Sex::ALL.to_vec()), ".{0,8}"), 0..4).prop_map(|registers| {
        let mut sexes = BTreeSet::new();
        let registers = registers.into_iter().filter(|(_, _, sex, _)| sexes.insert(sex.id()));
        registers
            .map(|(counts, disclosure_threshold, sex, period)| RegisteredPatients {
                source: "made-up".into(),
                period,
                area_type: AreaType::parse("lsoa11").unwrap(),
                sex,
                disclosure_threshold,
                counts: counts.into_iter().map(|((with, residence), patients)| PatientCount { with, residence, patients }).collect(),
            })
            .collect()
    })
}

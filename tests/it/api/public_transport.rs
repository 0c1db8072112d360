//! Journeys by bus: the questions of travel with `mode=transit`, in a county where one line runs.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use geo_types::Point;
use needsmap::model::crs::Bng;
use needsmap::model::timetable::{Days, Pattern, Stop, Timetable, Trip};
use needsmap::server::{Serving, Settings, State, router};
use needsmap::store::Store;

use crate::client::{Answer, refusal, send};

/// A bus from the middle of neighbourhood 0 to the middle of neighbourhood 11, 3.6 km off, every ten minutes from eight on, on weekdays; six minutes.
fn timetable() -> Timetable {
    let stop = |id: &str, x: f64, y: f64| Stop { id: id.into(), name: format!("Stop {id}"), point: Bng(Point::new(x, y)) };
    let trip = |n: u32| {
        let start = 8 * 3600 + n * 600;
        Trip { days: Days(0b1_1111), times: vec![(start, start), (start + 360, start + 360)] }
    };
    Timetable {
        source: "plans".into(),
        first_day: "2023-06-05".into(),
        last_day: "2023-06-11".into(),
        stops: vec![stop("a", 480_500.0, 318_500.0), stop("b", 483_500.0, 320_500.0)],
        patterns: vec![Pattern { route: "1".into(), stops: vec![0, 1], trips: (0..30).map(trip).collect() }],
    }
}

fn with_a_bus(address: &str) -> Answer {
    static COUNTY: OnceLock<Router> = OnceLock::new();
    let service = COUNTY.get_or_init(|| {
        let store = Store::new(needsmap::model::edition::Edition { timetable: Some(timetable()), ..crate::county::edition() }).unwrap();
        router(State::new(Arc::new(store), &Settings::default()), &Serving { seed: 1, kept_bytes: 1 << 20 })
    });
    send(service.clone(), Request::builder().uri(address).body(Body::empty()).unwrap())
}

#[test]
fn the_time_by_bus_is_the_median_of_the_minutes_with_the_best_and_the_worst() {
    let answer = with_a_bus("/api/travel-times?to=E01000011&mode=transit").json();
    let area = &answer["areas"][0];
    // Who must be there by 9:06 takes six minutes, by 9:15 fifteen.
    assert_eq!((&area["minutes"], &area["least"], &area["most"], &area["basis"]), (&10.5.into(), &6.0.into(), &15.0.into(), &"network".into()), "{area}");
    // Neighbourhood 10 walks a kilometre: 975 seconds. Neighbourhood 3 walks two, which is more than to a stop but not more than all the way.
    let minutes = |place: usize| answer["areas"][place]["minutes"].as_f64().unwrap();
    assert_eq!((minutes(11), minutes(10), minutes(3)), (0.0, 16.3, 32.5));
    insta::assert_snapshot!(answer["basis"][0]["error"].as_str().unwrap(), @"worked out from the timetable of the week of 2023-06-05: half of the minutes between 09:00 and 10:00 on Tuesday need no longer, being there by that minute; walks by the straight line, made longer by three tenths");
    insta::assert_snapshot!(answer["sentence"].as_str().unwrap(), @"6,800 of 18,600 residents of Wold (36.6%) live within 20 minutes by public transport of West Wold 004L (Upper Wold & Bêche). Half need at most 23.0 minutes, nine in ten at most 36.3. 1 neighbourhood is not reached. Times are worked out from the timetable of the week of 2023-06-05: half of the minutes between 09:00 and 10:00 on Tuesday need no longer, being there by that minute; walks by the straight line, made longer by three tenths.");
    assert_eq!((&answer["question"]["window"], &answer["question"]["weekday"]), (&"09:00-10:00".into(), &"tuesday".into()));
}

#[test]
fn on_a_day_without_buses_or_against_their_direction_people_walk_or_do_not_come() {
    for address in ["to=E01000011&mode=transit&weekday=Sunday", "to=E01000011&mode=transit&direction=from", "to=E01000011&mode=transit&window=03:00-04:00"] {
        let answer = with_a_bus(&format!("/api/travel-times?{address}")).json();
        assert_eq!((&answer["areas"][0]["minutes"], &answer["areas"][0]["reason"]), (&serde_json::Value::Null, &"not reached".into()), "{address}");
        assert_eq!(answer["areas"][10]["minutes"], 16.3);
    }
}

#[test]
fn tables_and_catchments_go_by_bus_too() {
    let matrix = with_a_bus("/api/travel-times/matrix?from=E01000000;E01000011&to=E01000011;E01000000&mode=transit").json();
    assert_eq!(matrix["minutes"], serde_json::json!([[10.5, 0.0], [0.0, null]]));
    let csv = with_a_bus("/api/travel-times?to=E01000011&mode=transit&f=csv").text();
    assert!(csv.lines().next().unwrap().contains("minutes,minutes_least,minutes_most,kilometres"), "{csv}");
    assert!(csv.contains(",10.5,6,15,"), "{csv}");
    let catchment = with_a_bus("/api/catchments/travel-time?at=E01000011&mode=transit&minutes=12").json();
    assert!(catchment.to_string().contains("E01000000"), "{catchment}");
}

#[test]
fn what_cannot_be_asked_by_bus_is_refused_with_the_reason() {
    let refused = |address: &str| with_a_bus(address).json()["detail"].as_str().unwrap_or_default().to_owned();
    insta::assert_snapshot!(refused("/api/isochrones?at=E01000011&mode=transit"), @"mode: no shape is drawn for public transport, because what it reaches lies scattered around stops; ask for travel-times or a travel-time catchment with mode=transit, which say what each area needs");
    insta::assert_snapshot!(refused("/api/travel-times?to=E01000011&mode=transit&by=kilometres"), @"by: a timetable gives no lengths, so the shortest way by public transport is not known; ask with by=minutes");
    insta::assert_snapshot!(refused("/api/travel-times?to=E01000011&mode=transit&window=10:00-09:00"), @r#"window: expected two times of one day, such as 09:00-10:00, found "10:00-09:00""#);
    insta::assert_snapshot!(refused("/api/travel-times?to=E01000011&mode=transit&weekday=holiday"), @r#"weekday: expected one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, found "holiday""#);
    insta::assert_snapshot!(refused("/api/travel-times?to=E01000011&weekday=monday"), @r#"weekday: expected no weekday beside mode=car; it belongs to mode=transit, found "monday""#);
    assert!(refusal("/api/travel-times?to=hospitals&mode=transit").contains("no timetable of buses and trains"));
}

#[test]
fn the_page_learns_that_a_timetable_is_held() {
    let answer = with_a_bus("/api/road-network").json();
    assert_eq!(answer["modes"], serde_json::json!(["car", "transit"]));
    assert_eq!((&answer["timetable"]["stops"], &answer["timetable"]["trips"]), (&2.into(), &30.into()));
}

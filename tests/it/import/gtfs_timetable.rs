//! Buses and trains of a feed.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use needsmap::import::input::Input;
use needsmap::import::source::gtfs_timetable::{FeedOptions, read};
use needsmap::import::{ImportError, Report};
use needsmap::model::timetable::Timetable;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::roads_and_timetables;

/// A feed of one route through three stops of Twinton, on weekdays: each file by its name.
const TWIN: [(&str, &str); 5] = [
    ("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nC,Church,52.62,-1.12\nA,Abbey,52.60,-1.10\nB,Bridge,52.61,-1.11\nD,Depot,52.70,-1.20\n"),
    ("routes.txt", "route_id,route_short_name,route_long_name\nr1,7,Twinton Circular\nr2,,Night Line\n"),
    ("calendar.txt", "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweek,1,1,1,1,1,0,0,20230607,20230731\n"),
    ("trips.txt", "route_id,service_id,trip_id\nr1,week,late\nr1,week,early\nr2,week,night\n"),
    (
        "stop_times.txt",
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nearly,08:00:00,08:00:00,A,1\nearly,,,B,2\nearly,08:10:00,08:10:00,C,5\n\
         late,9:10:00,9:10:00,C,30\nlate,9:00:00,9:00:00,A,10\nlate,9:04:00,9:05:00,B,20\nnight,23:50:00,23:50:00,C,1\nnight,24:20:00,24:20:00,A,2\n",
    ),
];

/// A zip file of the twin's files, some of them changed, left out or added.
fn feed(changes: &[(&str, Option<&str>)]) -> Input {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let kept = TWIN.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    for (name, text) in kept.chain(changes.iter().filter_map(|(name, text)| Some((*name, (*text)?)))) {
        writer.start_file(format!("feed/{name}"), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    Input::from_bytes("twin.zip", writer.finish().unwrap().into_inner())
}

fn read_feed(changes: &[(&str, Option<&str>)]) -> (Timetable, Report) {
    let mut report = Report::default();
    let timetable = read(&feed(changes), &FeedOptions::default(), &mut report).unwrap();
    (timetable, report)
}

fn refused(changes: &[(&str, Option<&str>)]) -> String {
    read(&feed(changes), &FeedOptions::default(), &mut Report::default()).unwrap_err().to_string()
}

/// The patterns with the names of their stops and the times of their trips.
fn shown(timetable: &Timetable) -> String {
    let mut text = format!("{} to {}\n", timetable.first_day, timetable.last_day);
    for pattern in &timetable.patterns {
        let stops: Vec<&str> = pattern.stops.iter().map(|stop| timetable.stops[*stop as usize].name.as_str()).collect();
        writeln!(text, "{}: {}", pattern.route, stops.join(", ")).unwrap();
        for trip in &pattern.trips {
            let clock = |seconds: u32| format!("{}:{:02}", seconds / 3600, seconds / 60 % 60);
            let times: Vec<String> = trip.times.iter().map(|(a, d)| if a == d { clock(*a) } else { format!("{}-{}", clock(*a), clock(*d)) }).collect();
            writeln!(text, "  {:07b} {}", trip.days.0, times.join(" ")).unwrap();
        }
    }
    text
}

#[test]
fn trips_come_by_route_and_stops_in_the_first_whole_week_with_times_filled_in_and_past_midnight() {
    let (timetable, report) = read_feed(&[]);
    insta::assert_snapshot!(shown(&timetable), @"");
    insta::assert_snapshot!(report, @"");
    let ids: Vec<&str> = timetable.stops.iter().map(|stop| stop.id.as_str()).collect();
    assert_eq!(ids, ["A", "B", "C"]);
    let point = timetable.stops[0].point.0;
    assert!((point.x() - 461_000.0).abs() < 1_000.0 && (point.y() - 301_000.0).abs() < 2_000.0, "{point:?}");
    assert_eq!(timetable, read_feed(&[]).0);
}

#[test]
fn a_trip_that_overtakes_another_comes_into_a_pattern_of_its_own() {
    let times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nearly,08:00:00,08:00:00,A,1\nearly,08:30:00,08:30:00,C,2\n\
                 late,08:10:00,08:10:00,A,1\nlate,08:20:00,08:20:00,C,2\nnight,08:10:00,08:10:00,A,1\nnight,08:40:00,08:40:00,C,2\n";
    let trips = "route_id,service_id,trip_id\nr1,week,late\nr1,week,early\nr1,week,night\n";
    let (timetable, _) = read_feed(&[("stop_times.txt", Some(times)), ("trips.txt", Some(trips))]);
    insta::assert_snapshot!(shown(&timetable), @"");
}

#[test]
fn a_week_may_be_named_and_exceptions_change_its_days() {
    // The twelfth is a Monday: the service does not run on that day, another does, and the week after has more trips.
    let dates = "service_id,date,exception_type\nweek,20230612,2\nsunday,20230618,1\n";
    let trips = "route_id,service_id,trip_id\nr1,week,late\nr1,week,early\nr2,sunday,night\n";
    let changes = [("calendar_dates.txt", Some(dates)), ("trips.txt", Some(trips))];
    let mut report = Report::default();
    let options = FeedOptions { week_of: Some("2023-06-15".into()), within_km: None };
    insta::assert_snapshot!(shown(&read(&feed(&changes), &options, &mut report).unwrap()), @"");
    let (timetable, _) = read_feed(&changes);
    assert_eq!(timetable.first_day, "2023-06-19");
    let only_dates = [("calendar.txt", None), ("calendar_dates.txt", Some("service_id,date,exception_type\nweek,20230613,1\n"))];
    let (timetable, _) = read_feed(&only_dates);
    assert_eq!(timetable.first_day, "2023-06-12", "no week is whole");
    let wrong = |week: &str| {
        let options = FeedOptions { week_of: Some(week.into()), within_km: None };
        read(&feed(&[]), &options, &mut Report::default()).unwrap_err().to_string()
    };
    insta::assert_snapshot!(wrong("2024-06-15"), @"");
    insta::assert_snapshot!(wrong("next week"), @"");
}

#[test]
fn a_repeated_trip_is_many_trips() {
    let frequencies = "trip_id,start_time,end_time,headway_secs\nlate,10:00:00,10:30:00,900\nlate,11:00:00,10:30:00,900\nearly,10:00:00,10:30:00,0\n\
                       never,10:00:00,10:30:00,900\nnight,,25:61:00,60\n";
    let (timetable, report) = read_feed(&[("frequencies.txt", Some(frequencies))]);
    insta::assert_snapshot!(shown(&timetable), @"");
    insta::assert_snapshot!(report, @"");
}

#[test]
fn what_cannot_be_true_is_found_with_its_place_and_the_rest_is_kept() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon\nA,Abbey,52.60,-1.10\nB,Bridge,52.61,-1.11\nB,Bridge,52.61,-1.11\nC,Church,52.62,-1.12\n\
                 N,Nowhere,,\nP,Paris,48.85,2.35\nX,,north,-1.1\n";
    let routes = "route_id,route_short_name,route_long_name\nr1,7,Twinton Circular\nr1,8,\n";
    let trips = "route_id,service_id,trip_id\nr1,week,early\nr1,week,early\nr9,week,late\nr1,sometimes,never\nr1,week,back\nr1,week,one\nr1,week,none\n";
    let times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n\
                 early,08:00:00,08:00:00,A,1,0,1\nearly,08:05:00,08:05:00,B,2,0,0\nearly,08:05:00,08:05:00,C,2,0,0\nearly,08:07:00,08:07:00,N,3,0,0\n\
                 early,08:08:00,08:08:00,Q,4,0,0\nearly,8 o'clock,,P,5,0,0\nearly,08:10:00,08:10:00,C,6,1,0\nearly,,,A,7,0,0\n\
                 late,09:00:00,09:00:00,A,1,0,0\nlate,09:05:00,09:05:00,B,2,1,1\nlate,09:75:00,,C,3,0,0\nlate,09:20:00,09:20:00,C,4,0,0\n\
                 back,09:00:00,09:00:00,A,1,0,0\nback,08:59:00,09:05:00,B,2,0,0\none,09:00:00,09:00:00,A,1,0,0\n\
                 ghost,09:00:00,09:00:00,A,1,0,0\nlate,10:00:00,10:00:00,A,many,0,0\nnever,10:00:00,10:00:00,A,1,0,0\n";
    let calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweek,1,1,1,1,1,0,yes,20230607,20230731\n\
                    week,1,1,1,1,1,0,0,20230607,20230731\nold,1,1,1,1,1,0,0,2023-06-07,20230731\nback,1,1,1,1,1,0,0,20230607,20230531\n";
    let dates = "service_id,date,exception_type\nweek,20230613,3\nweek,20230614,2\nweek,20230614,1\nweek,20231301,1\n";
    let changes = [
        ("stops.txt", Some(stops)),
        ("routes.txt", Some(routes)),
        ("trips.txt", Some(trips)),
        ("stop_times.txt", Some(times)),
        ("calendar.txt", Some(calendar)),
        ("calendar_dates.txt", Some(dates)),
        ("transfers.txt", Some("from_stop_id,to_stop_id,transfer_type\n")),
    ];
    let (timetable, report) = read_feed(&changes);
    insta::assert_snapshot!(shown(&timetable), @"");
    insta::assert_snapshot!(report.text(true), @"");
}

#[test]
fn a_feed_without_what_it_needs_is_refused_by_name() {
    insta::assert_snapshot!(refused(&[("stop_times.txt", None)]), @"");
    insta::assert_snapshot!(refused(&[("calendar.txt", None)]), @"");
    insta::assert_snapshot!(refused(&[("stops.txt", Some("stop_id,stop_name\nA,Abbey\n"))]), @"");
    insta::assert_snapshot!(refused(&[("stops.txt", Some("stop_id,stop_lat,stop_lon\nA,-30.0,-51.2\n"))]), @"");
    insta::assert_snapshot!(refused(&[("stop_times.txt", Some(""))]), @"");
    insta::assert_snapshot!(refused(&[("trips.txt", Some("route_id,service_id,trip_id\nr1,sometimes,early\n"))]), @"");
}

#[test]
fn what_is_no_feed_or_no_longer_a_whole_one_is_refused() {
    let error = |bytes: &[u8]| read(&Input::from_bytes("twin.zip", bytes), &FeedOptions::default(), &mut Report::default());
    insta::assert_snapshot!(error(b"stop_id,stop_lat\n").unwrap_err(), @"");
    insta::assert_snapshot!(error(b"").unwrap_err(), @"");
    let whole = feed(&[]);
    for length in 0..whole.bytes().len() {
        let broken = error(&whole.bytes()[..length]).unwrap_err();
        assert!(matches!(broken, ImportError::WrongFormat { .. }), "{length}: {broken}");
    }
    // A flipped byte is found by the checks of the zip file or of the tables, or changes nothing that is read; it never panics.
    for place in 0..whole.bytes().len() {
        let mut bytes = whole.bytes().to_vec();
        bytes[place] ^= 0x41;
        let _ = error(&bytes);
    }
}

#[test]
fn a_file_far_larger_than_its_packed_size_is_refused_before_it_fills_the_memory() {
    let zeros = "0".repeat(80 << 20);
    insta::assert_snapshot!(refused(&[("stop_times.txt", Some(&zeros))]), @"");
}

#[test]
fn real_feeds_are_read_whole() {
    let read_file = |name: &str| {
        let input = Input::read(&roads_and_timetables(name)?, None).unwrap();
        let mut report = Report::default();
        Some((read(&input, &FeedOptions::default(), &mut report), report))
    };
    let Some((newport, report)) = read_file("newport-20230613_gtfs.zip") else { return };
    let newport = newport.unwrap();
    let summary = |timetable: &Timetable| {
        let trips: usize = timetable.patterns.iter().map(|pattern| pattern.trips.len()).sum();
        format!("{} to {}: {} stops, {} patterns, {trips} trips", timetable.first_day, timetable.last_day, timetable.stops.len(), timetable.patterns.len())
    };
    insta::assert_snapshot!(summary(&newport), @"");
    insta::assert_snapshot!(report, @"");
    let (chester, report) = read_file("chester-20230816-small_gtfs.zip").unwrap();
    insta::assert_snapshot!(summary(&chester.unwrap()), @"");
    insta::assert_snapshot!(report, @"");
    let (brazil, _) = read_file("porto-alegre-r5r-eptc-gtfs.zip").unwrap();
    insta::assert_snapshot!(brazil.unwrap_err(), @"");
}

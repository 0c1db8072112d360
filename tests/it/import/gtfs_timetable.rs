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
    insta::assert_snapshot!(shown(&timetable), @"
    2023-06-12 to 2023-06-18
    7: Abbey, Bridge, Church
      0011111 8:00 8:05 8:10
      0011111 9:00 9:04-9:05 9:10
    Night Line: Church, Abbey
      0011111 23:50 24:20
    ");
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 4 notes
    note [past-midnight] twin.zip, stop_times.txt: trips that run past 24:00, which were kept on the day they begin: 1
    note [stops-without-calls] twin.zip: stops left out, because nothing calls there in the week: 1 of 4
    note [times-filled] twin.zip, stop_times.txt: calls without a time, filled in by equal steps between the calls before and after: 1
    note [week] twin.zip: the week of 2023-06-12 was taken: most trips run in it, counted by day: 15
    twin.zip, stops.txt: 4 rows read, 4 kept
    twin.zip, routes.txt: 2 rows read, 2 kept
    twin.zip, calendar.txt: 1 row read, 1 kept
    twin.zip, trips.txt: 3 rows read, 3 kept
    twin.zip, stop_times.txt: 8 rows read, 8 kept
    ");
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
    insta::assert_snapshot!(shown(&timetable), @"
    2023-06-12 to 2023-06-18
    7: Abbey, Church
      0011111 8:00 8:30
      0011111 8:10 8:40
    7: Abbey, Church
      0011111 8:10 8:20
    ");
}

#[test]
fn a_week_may_be_named_and_exceptions_change_its_days() {
    // The twelfth is a Monday: the service does not run on that day, another does, and the week after has more trips.
    let dates = "service_id,date,exception_type\nweek,20230612,2\nsunday,20230618,1\n";
    let trips = "route_id,service_id,trip_id\nr1,week,late\nr1,week,early\nr2,sunday,night\n";
    let changes = [("calendar_dates.txt", Some(dates)), ("trips.txt", Some(trips))];
    let mut report = Report::default();
    let options = FeedOptions { week_of: Some("2023-06-15".into()), within_km: None };
    insta::assert_snapshot!(shown(&read(&feed(&changes), &options, &mut report).unwrap()), @"
    2023-06-12 to 2023-06-18
    7: Abbey, Bridge, Church
      0011110 8:00 8:05 8:10
      0011110 9:00 9:04-9:05 9:10
    Night Line: Church, Abbey
      1000000 23:50 24:20
    ");
    let (timetable, _) = read_feed(&changes);
    assert_eq!(timetable.first_day, "2023-06-19");
    let only_dates = [("calendar.txt", None), ("calendar_dates.txt", Some("service_id,date,exception_type\nweek,20230613,1\n"))];
    let (timetable, _) = read_feed(&only_dates);
    assert_eq!(timetable.first_day, "2023-06-12", "no week is whole");
    let wrong = |week: &str| {
        let options = FeedOptions { week_of: Some(week.into()), within_km: None };
        read(&feed(&[]), &options, &mut Report::default()).unwrap_err().to_string()
    };
    insta::assert_snapshot!(wrong("2024-06-15"), @"twin.zip: expected trips in the week of 2024-06-10, found a timetable from 2023-06-07 to 2023-07-31");
    insta::assert_snapshot!(wrong("next week"), @r#"recipe: twin.zip: expected a day such as 2023-06-13 for week_of, found "next week""#);
}

#[test]
fn a_repeated_trip_is_many_trips() {
    let frequencies = "trip_id,start_time,end_time,headway_secs\nlate,10:00:00,10:30:00,900\nlate,11:00:00,10:30:00,900\nearly,10:00:00,10:30:00,0\n\
                       never,10:00:00,10:30:00,900\nnight,,25:61:00,60\n";
    let (timetable, report) = read_feed(&[("frequencies.txt", Some(frequencies))]);
    insta::assert_snapshot!(shown(&timetable), @"
    2023-06-12 to 2023-06-18
    7: Abbey, Bridge, Church
      0011111 10:00 10:04-10:05 10:10
      0011111 10:15 10:19-10:20 10:25
    ");
    insta::assert_snapshot!(report, @r#"
    5 errors, 0 warnings, 4 notes
    error [headway] twin.zip, frequencies.txt:3 "headway_secs": expected an end after the start and at most 5760 repetitions, found "900" from 11:00:00 to 10:30:00; the row was left out
    error [headway] twin.zip, frequencies.txt:4 "headway_secs": expected an end after the start and at most 5760 repetitions, found "0" from 10:00:00 to 10:30:00; the row was left out
    error [headway] twin.zip, frequencies.txt:6 "headway_secs": expected an end after the start and at most 5760 repetitions, found "60" from  to 25:61:00; the row was left out
    error [not-a-time] twin.zip, frequencies.txt:6 "end_time": expected a time such as 08:05:00, up to 72:00:00, found "25:61:00"; taken as not given
    error [unknown-trip] twin.zip, frequencies.txt:5 "trip_id": expected a trip that is held, found "never"; the row was left out
    note [past-midnight] twin.zip, stop_times.txt: trips that run past 24:00, which were kept on the day they begin: 1
    note [stops-without-calls] twin.zip: stops left out, because nothing calls there in the week: 1 of 4
    note [times-filled] twin.zip, stop_times.txt: calls without a time, filled in by equal steps between the calls before and after: 1
    note [week] twin.zip: the week of 2023-06-12 was taken: most trips run in it, counted by day: 10
    twin.zip, stops.txt: 4 rows read, 4 kept
    twin.zip, routes.txt: 2 rows read, 2 kept
    twin.zip, calendar.txt: 1 row read, 1 kept
    twin.zip, trips.txt: 3 rows read, 3 kept
    twin.zip, frequencies.txt: 5 rows read, 1 kept
    twin.zip, stop_times.txt: 8 rows read, 8 kept
    "#);
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
    insta::assert_snapshot!(shown(&timetable), @"
    2023-06-19 to 2023-06-25
    7: Abbey, Bridge, Church
      0011111 8:00 8:05 8:10
    r9: Abbey, Church, Church
      0011111 9:00 9:12 9:20
    ");
    insta::assert_snapshot!(report.text(true), @r#"
    23 errors, 4 warnings, 4 notes
    error [backwards] twin.zip, stop_times.txt:15 "arrival_time": expected a time that is not before 09:00:00, found 08:59:00; the trip was left out
    error [calendar-backwards] twin.zip, calendar.txt:5 "end_date": expected an end that is not before the start, found 20230607 and 20230531
    error [calendar-day] twin.zip, calendar.txt:2 "sunday": expected 0 or 1, found "yes"; taken as 0
    error [duplicate-call] twin.zip, stop_times.txt:4 "stop_sequence": expected each number once in a trip, found 2 twice; the row was left out
    error [duplicate-exception] twin.zip, calendar_dates.txt:4 "date": expected service "week" and this day once, found them a second time; the row was left out
    error [duplicate-route] twin.zip, routes.txt:3 "route_id": expected an id that stands once, found "r1"; the row was left out
    error [duplicate-service] twin.zip, calendar.txt:3 "service_id": expected service "week" once, found it a second time; the row was left out
    error [duplicate-stop] twin.zip, stops.txt:4 "stop_id": expected an id that stands once, found "B"; the row was left out
    error [duplicate-trip] twin.zip, trips.txt:3 "trip_id": expected an id that stands once, found "early"; the row was left out
    error [exception-type] twin.zip, calendar_dates.txt:2 "exception_type": expected 1 (added) or 2 (removed), found "3"; the row was left out
    error [no-time] twin.zip, stop_times.txt:9 "arrival_time": expected a time at the first and last call of a trip, found none; the call was left out
    error [not-a-date] twin.zip, calendar.txt:4 "start_date": expected a date such as 20230613, found "2023-06-07"; the row was left out
    error [not-a-date] twin.zip, calendar_dates.txt:5 "date": expected a date such as 20230613, found "20231301"; the row was left out
    error [not-a-number] twin.zip, stop_times.txt:18 "stop_sequence": expected a whole number, found "many"; the row was left out
    error [not-a-number] twin.zip, stops.txt:8 "stop_lat": expected a number, found "north"; taken as not held
    error [not-a-time] twin.zip, stop_times.txt:7 "arrival_time": expected a time such as 08:05:00, up to 72:00:00, found "8 o'clock"; taken as not given
    error [not-a-time] twin.zip, stop_times.txt:12 "arrival_time": expected a time such as 08:05:00, up to 72:00:00, found "09:75:00"; taken as not given
    error [outside-great-britain] twin.zip, stops.txt:7 "stop_lon": expected a place in Great Britain, found 2.35, 48.85; stop "P" was left out
    error [stop-without-point] twin.zip, stops.txt:6 "stop_lat": expected a latitude and a longitude, found "" and ""; stop "N" was left out
    error [stop-without-point] twin.zip, stops.txt:8 "stop_lat": expected a latitude and a longitude, found "north" and "-1.1"; stop "X" was left out
    error [unknown-service] twin.zip, trips.txt:5 "service_id": expected a service of the calendar, found "sometimes"; trip "never" was left out
    error [unknown-stop] twin.zip, stop_times.txt:6 "stop_id": expected a stop of stops.txt, found "Q"; the call was left out
    error [unknown-trip] twin.zip, stop_times.txt:17 "trip_id": expected a trip of trips.txt, found "ghost"; the row was left out
    warning [call-without-stop] twin.zip, stop_times.txt: calls left out, because their stop has no point in Great Britain: 2
    warning [trip-without-stops] twin.zip, trips.txt:7: expected a trip to call at two stops or more, found 1; it was left out
    warning [trip-without-stops] twin.zip, trips.txt:8: expected a trip to call at two stops or more, found no call; it was left out
    warning [unknown-route] twin.zip, trips.txt:4 "route_id": expected a route of routes.txt, found "r9"; it was taken as the route's name
    note [call-not-served] twin.zip, stop_times.txt: calls left out, because nobody may board or alight there: 1
    note [times-filled] twin.zip, stop_times.txt: calls without a time, filled in by equal steps between the calls before and after: 2
    note [transfers-not-read] twin.zip: transfers.txt is not read: people change within walking distance, on foot
    note [week] twin.zip: the week of 2023-06-19 was taken: most trips run in it, counted by day: 25
    twin.zip, stops.txt: 7 rows read, 3 kept
    twin.zip, routes.txt: 2 rows read, 1 kept
    twin.zip, calendar.txt: 4 rows read, 2 kept
    twin.zip, calendar_dates.txt: 4 rows read, 1 kept
    twin.zip, trips.txt: 7 rows read, 5 kept
    twin.zip, stop_times.txt: 18 rows read, 6 kept
    "#);
}

#[test]
fn a_feed_without_what_it_needs_is_refused_by_name() {
    insta::assert_snapshot!(refused(&[("stop_times.txt", None)]), @"twin.zip: expected stop_times.txt in the feed, found calendar.txt, routes.txt, stops.txt, trips.txt");
    insta::assert_snapshot!(refused(&[("calendar.txt", None)]), @"twin.zip: expected calendar.txt or calendar_dates.txt in the feed, found routes.txt, stop_times.txt, stops.txt, trips.txt");
    insta::assert_snapshot!(refused(&[("stops.txt", Some("stop_id,stop_name\nA,Abbey\n"))]), @r#"twin.zip, stops.txt: missing columns: "stop_lat", "stop_lon"; found: "stop_id", "stop_name""#);
    insta::assert_snapshot!(refused(&[("stops.txt", Some("stop_id,stop_lat,stop_lon\nA,-30.0,-51.2\n"))]), @"twin.zip, stops.txt: expected stops in Great Britain, found only such as lie elsewhere (1), the first at -51.2, -30");
    insta::assert_snapshot!(refused(&[("stop_times.txt", Some(""))]), @"twin.zip, stop_times.txt: expected a table with a header line, found nothing");
    insta::assert_snapshot!(refused(&[("trips.txt", Some("route_id,service_id,trip_id\nr1,sometimes,early\n"))]), @"twin.zip: expected trips that run on some day, found none");
}

#[test]
fn what_is_no_feed_or_no_longer_a_whole_one_is_refused() {
    let error = |bytes: &[u8]| read(&Input::from_bytes("twin.zip", bytes), &FeedOptions::default(), &mut Report::default());
    insta::assert_snapshot!(error(b"stop_id,stop_lat\n").unwrap_err(), @"twin.zip: expected a timetable feed (a whole zip file of tables), found invalid Zip archive: Could not find EOCD");
    insta::assert_snapshot!(error(b"").unwrap_err(), @"twin.zip: expected a timetable feed (a whole zip file of tables), found invalid Zip archive: Could not find EOCD");
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
    let zeros = "0".repeat(20 << 20);
    insta::assert_snapshot!(refused(&[("stop_times.txt", Some(&zeros))]), @"twin.zip, stop_times.txt: expected at most 16777216 bytes, as much as its packed size can mean, found more");
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
    insta::assert_snapshot!(summary(&newport), @"2023-06-05 to 2023-06-11: 655 stops, 57 patterns, 176 trips");
    insta::assert_snapshot!(report, @"
    0 errors, 0 warnings, 4 notes
    note [one-way-call] newport-20230613_gtfs.zip, stop_times.txt: calls at which people may only board or only alight, which the timetable does not keep apart: 33
    note [past-midnight] newport-20230613_gtfs.zip, stop_times.txt: trips that run past 24:00, which were kept on the day they begin: 8
    note [stops-without-calls] newport-20230613_gtfs.zip: stops left out, because nothing calls there in the week: 2031 of 2686
    note [week] newport-20230613_gtfs.zip: the week of 2023-06-05 was taken: most trips run in it, counted by day: 1034
    newport-20230613_gtfs.zip, stops.txt: 2686 rows read, 2686 kept
    newport-20230613_gtfs.zip, routes.txt: 16 rows read, 16 kept
    newport-20230613_gtfs.zip, calendar.txt: 22 rows read, 22 kept
    newport-20230613_gtfs.zip, trips.txt: 176 rows read, 176 kept
    newport-20230613_gtfs.zip, stop_times.txt: 7765 rows read, 7765 kept
    ");
    let (chester, report) = read_file("chester-20230816-small_gtfs.zip").unwrap();
    insta::assert_snapshot!(summary(&chester.unwrap()), @"2023-07-31 to 2023-08-06: 1292 stops, 86 patterns, 804 trips");
    insta::assert_snapshot!(report, @r#"
    1 error, 1 warning, 4 notes
    error [outside-great-britain] chester-20230816-small_gtfs.zip, stops.txt:1294 "stop_lon": expected a place in Great Britain, found -7.555903, 49.766132; stop "5120WD22102" was left out
    warning [call-without-stop] chester-20230816-small_gtfs.zip, stop_times.txt: calls left out, because their stop has no point in Great Britain: 3
    note [one-way-call] chester-20230816-small_gtfs.zip, stop_times.txt: calls at which people may only board or only alight, which the timetable does not keep apart: 401
    note [past-midnight] chester-20230816-small_gtfs.zip, stop_times.txt: trips that run past 24:00, which were kept on the day they begin: 2
    note [stops-without-calls] chester-20230816-small_gtfs.zip: stops left out, because nothing calls there in the week: 27 of 1319
    note [week] chester-20230816-small_gtfs.zip: the week of 2023-07-31 was taken: most trips run in it, counted by day: 4181
    chester-20230816-small_gtfs.zip, stops.txt: 1320 rows read, 1319 kept
    chester-20230816-small_gtfs.zip, routes.txt: 25 rows read, 25 kept
    chester-20230816-small_gtfs.zip, calendar.txt: 22 rows read, 22 kept
    chester-20230816-small_gtfs.zip, calendar_dates.txt: 0 rows read, 0 kept
    chester-20230816-small_gtfs.zip, trips.txt: 804 rows read, 804 kept
    chester-20230816-small_gtfs.zip, stop_times.txt: 34249 rows read, 34246 kept
    "#);
    let (brazil, _) = read_file("porto-alegre-r5r-eptc-gtfs.zip").unwrap();
    insta::assert_snapshot!(brazil.unwrap_err(), @"porto-alegre-r5r-eptc-gtfs.zip, stops.txt: expected stops in Great Britain, found only such as lie elsewhere (3986), the first at -51.133333, -29.986404");
}

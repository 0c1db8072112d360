//! A made-up town of straight streets over the made-up county, four kilometres by three, with one of everything that roads have.

use needsmap::import::Report;
use needsmap::import::input::Input;
use needsmap::import::source::osm_roads;
use needsmap::model::roads::RoadNetwork;

use super::pbf::Drawing;

/// South-west corner of the town, which is that of the county, metres.
pub const CORNER: (f64, f64) = (480_000.0, 318_000.0);

/// The node in a column (0 to 8) and a row (0 to 6), 500 m apart.
pub fn crossing(column: i64, row: i64) -> i64 {
    1000 + row * 10 + column
}

/// Streets: rows are ways 100 to 106, columns 200 to 208.
///
/// Row 2 is a primary road of 40 miles an hour, column 3 is one way northwards, column 5 one way southwards. In column 4 a
/// bollard stands between rows 1 and 2, in column 6 a gate. A footpath cuts the corner of rows 0 and 1; a roundabout hangs on
/// the east end of row 2; a ferry for walkers goes to an island; and there is what an import must leave out.
pub fn town() -> Drawing {
    let mut town = Drawing::default();
    let at = |column: f64, row: f64| (CORNER.0 + column * 500.0, CORNER.1 + row * 500.0);
    for row in 0..7_i64 {
        for column in 0..9_i64 {
            let (x, y) = at(f64::from(i32::try_from(column).unwrap()), f64::from(i32::try_from(row).unwrap()));
            town.node(crossing(column, row), x, y, "");
        }
    }
    let mut node = |id, column, row, tags| {
        let (x, y) = at(column, row);
        town.node(id, x, y, tags);
    };
    node(2001, 4.0, 1.5, "barrier=bollard");
    node(2002, 6.0, 1.5, "barrier=gate");
    // The footpath's bend, the roundabout, the island.
    node(2003, 0.2, 0.5, "");
    for (id, column, row) in [(2011, 8.2, 2.0), (2012, 8.3, 1.9), (2013, 8.4, 2.0), (2014, 8.3, 2.1), (2015, 9.0, 2.0)] {
        node(id, column, row, "");
    }
    for (id, column, row) in [(2021, 9.0, 6.0), (2022, 9.4, 6.0), (2023, 9.4, 6.4), (2031, 2.5, 2.5), (2032, 2.6, 2.5)] {
        node(id, column, row, "");
    }
    for row in 0..7 {
        let nodes: Vec<i64> = (0..9).map(|column| crossing(column, row)).collect();
        town.way(100 + row, &nodes, if row == 2 { "highway=primary maxspeed=40_mph" } else { "highway=residential" });
    }
    for column in 0..9 {
        let mut nodes: Vec<i64> = (0..7).map(|row| crossing(column, row)).collect();
        match column {
            4 => nodes.insert(2, 2001),
            6 => nodes.insert(2, 2002),
            _ => {}
        }
        let one_way = match column {
            3 => " oneway=yes",
            5 => " oneway=-1",
            _ => "",
        };
        town.way(200 + column, &nodes, &format!("highway=tertiary maxspeed=30_mph{one_way}"));
    }
    town.way(301, &[crossing(0, 0), 2003, crossing(1, 1)], "highway=footway");
    town.way(302, &[2011, 2012, 2013, 2014, 2011], "highway=primary junction=roundabout");
    town.way(303, &[crossing(8, 2), 2011], "highway=primary maxspeed=national");
    town.way(304, &[2013, 2015], "highway=motorway");
    town.way(305, &[crossing(8, 6), 2021], "route=ferry");
    town.way(306, &[2021, 2022, 2023, 2021], "highway=residential maxspeed=20_mph");
    town.way(307, &[2031, 2032], "highway=unclassified");
    // What is left out.
    town.way(401, &[2031, 2032], "highway=construction");
    town.way(402, &[2031, 2032, 2003, 2031], "highway=pedestrian area=yes");
    town.way(403, &[2031, 2032], "highway=service access=private");
    town.way(404, &[2031], "highway=service");
    town.way(405, &[2032, 9999, 2003, 9998], "highway=track maxspeed=30_knots");
    town.way(406, &[2031, 2032], "building=yes");
    town
}

/// The town's network.
pub fn network() -> RoadNetwork {
    let roads = osm_roads::read(&Input::from_bytes("town.osm.pbf", town().bytes(true)), None, &mut Report::default()).unwrap();
    RoadNetwork { source: "boundaries".into(), ..roads }
}

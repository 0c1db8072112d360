//! Made-up lanes round Melton Mowbray, for the page: nobody should find their way by them.

use super::pbf::Drawing;

/// Where the market place is said to be, metres of the National Grid.
const MIDDLE: (f64, f64) = (475_200.0, 319_000.0);
/// Lanes every kilometre, so many to each side of the middle.
const LANES: i32 = 6;
/// Streets every two hundred metres, so many to each side.
const STREETS: i32 = 4;

/// A number from -1 to 1 that is always the same for the same two, and looks like chance.
fn wobble(a: i32, b: i32) -> f64 {
    let mut bits = (a.wrapping_mul(73_856_093) ^ b.wrapping_mul(19_349_663)).cast_unsigned();
    bits ^= bits >> 13;
    bits = bits.wrapping_mul(0x5bd1_e995);
    bits ^= bits >> 15;
    f64::from(bits % 2001) / 1000.0 - 1.0
}

/// Lanes in a net of a kilometre with bends half way, and a town of streets in their midst.
pub fn lanes() -> Vec<u8> {
    let mut drawing = Drawing::default();
    let crossing = |column: i32, row: i32| i64::from(10_000 + (row + LANES) * 100 + column + LANES);
    let street = |column: i32, row: i32| i64::from(30_000 + (row + STREETS) * 100 + column + STREETS);
    let both = |most: i32| (-most..=most).flat_map(move |row| (-most..=most).map(move |column| (column, row)));
    // The middle is both: the crossing of the two main roads and of the two main streets.
    for (column, row) in both(LANES) {
        let off = if (column, row) == (0, 0) { (0.0, 0.0) } else { (150.0 * wobble(column, row), 150.0 * wobble(row + 50, column)) };
        drawing.node(crossing(column, row), MIDDLE.0 + f64::from(column) * 1000.0 + off.0, MIDDLE.1 + f64::from(row) * 1000.0 + off.1, "");
    }
    for (column, row) in both(LANES) {
        // The bends east and north of each crossing.
        for (number, (east, north)) in [(1, (500.0, 0.0)), (2, (0.0, 500.0))] {
            let (x, y) = (150.0 * wobble(column + 7, row * number), 150.0 * wobble(row - 9, column * number));
            let (x, y) = (MIDDLE.0 + f64::from(column) * 1000.0 + east + x, MIDDLE.1 + f64::from(row) * 1000.0 + north + y);
            drawing.node(crossing(column, row) + i64::from(number) * 5_000, x, y, "");
        }
    }
    for (column, row) in both(STREETS).filter(|place| *place != (0, 0)) {
        drawing.node(street(column, row), MIDDLE.0 + f64::from(column) * 200.0, MIDDLE.1 + f64::from(row) * 200.0, "");
    }
    let corner = |column: i32, row: i32| if (column, row) == (0, 0) { crossing(0, 0) } else { street(column, row) };
    for line in -LANES..=LANES {
        let main = line == 0;
        let tags = if main { "highway=primary maxspeed=50_mph name=Made-up_Road" } else { "highway=unclassified name=Made-up_Lane" };
        let along = |across: bool| -> Vec<i64> {
            let steps = (-LANES..=LANES).flat_map(|step| {
                let (place, bend) = if across { (crossing(step, line), 5_000) } else { (crossing(line, step), 10_000) };
                [place, place + bend]
            });
            let mut nodes: Vec<i64> = steps.collect();
            nodes.pop();
            nodes
        };
        drawing.way(i64::from(1_000 + line), &along(true), tags);
        drawing.way(i64::from(2_000 + line), &along(false), tags);
    }
    for line in -STREETS..=STREETS {
        let tags = |across: bool| match (line, across) {
            (0, _) => "highway=tertiary maxspeed=30_mph",
            (1, true) => "highway=residential oneway=yes maxspeed=20_mph",
            (2, true) => "highway=residential oneway=-1 oneway:bicycle=no",
            (3, true) => "highway=cycleway",
            (3, false) => "highway=footway",
            _ => "highway=residential",
        };
        let row: Vec<i64> = (-STREETS..=STREETS).map(|step| corner(step, line)).collect();
        let column: Vec<i64> = (-STREETS..=STREETS).map(|step| corner(line, step)).collect();
        drawing.way(i64::from(3_000 + line), &row, tags(true));
        drawing.way(i64::from(4_000 + line), &column, tags(false));
    }
    drawing.bytes(false)
}

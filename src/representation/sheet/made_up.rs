//! A made-up page with every mark and role, and words that would do harm if they were read as markup.

use super::scene::{Align, Group, Mark, Paint, PathPart, Role, Scene, Stroke, Text, Weight};
use crate::model::style::Colour;

/// Words that markup languages of any kind would act upon, all of them printable.
pub const HOSTILE: &str = "<script>alert('1')</script> & \"quoted\" ]]> &amp; \\input{x} #let $x$ %s {{y}} <!-- z -->";

pub fn text(words: &str, x: f64, y: f64) -> Text {
    Text { words: words.to_owned(), x, y, size: 8.0, weight: Weight::Regular, align: Align::Start, colour: Colour(0x22, 0x22, 0x22), halo: 0.0, spacing: 0.0 }
}

fn square(x: f64, y: f64, side: f64) -> Vec<PathPart> {
    vec![PathPart::Move(x, y), PathPart::Line(x + side, y), PathPart::Line(x + side, y + side), PathPart::Line(x, y + side), PathPart::Close]
}

fn fill(colour: Colour, opacity: f64) -> Paint {
    Paint { colour, opacity }
}

fn line(width: f64, dashes: &[f64], round: bool) -> Stroke {
    Stroke { paint: Paint { colour: Colour(0x44, 0x44, 0x44), opacity: 0.8 }, width, dashes: dashes.to_vec(), round }
}

fn group(role: Role, marks: Vec<Mark>) -> Group {
    Group { role, clip: None, marks }
}

fn map() -> Group {
    let mut holed = square(24.0, 60.0, 80.0);
    holed.extend(square(50.0, 86.0, 20.0));
    let curve = vec![PathPart::Move(20.0, 150.0), PathPart::Curve([60.0, 90.0], [100.0, 190.0], [150.0, 60.0])];
    let marks = vec![
        Mark::Path { parts: holed, fill: Some(fill(Colour(0x6a, 0x51, 0xa3), 1.0)), stroke: Some(line(0.5, &[], false)) },
        Mark::Path { parts: square(84.0, 84.0, 90.0), fill: Some(fill(Colour(0xcb, 0xc9, 0xe2), 0.6)), stroke: None },
        Mark::Path { parts: curve, fill: None, stroke: Some(line(2.0, &[4.0, 3.0], true)) },
        Mark::Text(Text { halo: 1.5, align: Align::Middle, weight: Weight::Bold, ..text("Ashby-de-la-Zouch", 90.0, 100.0) }),
        Mark::Text(Text { halo: 1.0, align: Align::End, weight: Weight::Italic, spacing: 1.5, ..text("River Mease", 150.0, 130.0) }),
    ];
    Group { role: Role::Figure("A made-up map: 2 of 58 areas are \"darkest\" & <most> deprived.".to_owned()), clip: Some([20.0, 56.0, 140.0, 104.0]), marks }
}

fn table() -> Group {
    let rows = [["Area", "People"], ["North West Leicestershire", "104,705"], ["", "12"]];
    let mut marks =
        vec![Mark::Path { parts: vec![PathPart::Move(20.0, 246.0), PathPart::Line(180.0, 246.0)], fill: None, stroke: Some(line(0.5, &[], false)) }];
    let words = [
        ("Area", 20.0, 242.0),
        ("People", 120.0, 242.0),
        ("North West", 20.0, 254.0),
        ("Leicestershire", 20.0, 262.0),
        ("104,705", 120.0, 254.0),
        ("12", 120.0, 272.0),
    ];
    marks.extend(words.map(|(words, x, y)| Mark::Text(text(words, x, y))));
    group(Role::Table(rows.map(|row| row.map(str::to_owned).to_vec()).to_vec()), marks)
}

/// A page of 200 by 320 points.
pub fn scene() -> Scene {
    let heading = |words: &str, y: f64| Mark::Text(Text { weight: Weight::Bold, size: 10.0, ..text(words, 20.0, y) });
    let swatch = |y: f64| Mark::Path { parts: square(20.0, y, 8.0), fill: Some(fill(Colour(0x6a, 0x51, 0xa3), 1.0)), stroke: None };
    let link = |address: &str, words: &str, y: f64| {
        group(Role::Link(address.to_owned()), vec![Mark::Text(Text { colour: Colour(0, 0x4b, 0xb4), ..text(words, 20.0, y) })])
    };
    let groups = vec![
        group(Role::Decoration, vec![Mark::Path { parts: square(4.0, 4.0, 192.0), fill: None, stroke: Some(line(0.4, &[], false)) }]),
        group(
            Role::Title,
            vec![
                Mark::Text(Text { weight: Weight::Bold, size: 14.0, ..text("Made-up deprivation", 20.0, 24.0) }),
                Mark::Text(Text { weight: Weight::Bold, size: 14.0, ..text("Ŵyr e\u{301}", 20.0, 40.0) }),
            ],
        ),
        map(),
        group(Role::Caption, vec![Mark::Text(text("Two of 58 areas are among", 20.0, 172.0)), Mark::Text(text("the most deprived fifth.", 20.0, 182.0))]),
        group(Role::Heading, vec![heading("Key", 198.0)]),
        group(Role::List, vec![swatch(204.0), Mark::Text(text("1 to 10", 32.0, 211.0)), swatch(216.0), Mark::Text(text("11 to 20 – 58 areas", 32.0, 223.0))]),
        table(),
        group(Role::Paragraph, vec![Mark::Text(Text { size: 3.0, ..text(HOSTILE, 20.0, 284.0) })]),
        link("https://example.org/?a=1&b=\"2\"", "example.org", 296.0),
        link("javascript:alert(1)", "not a link", 306.0),
        group(Role::Paragraph, Vec::new()),
    ];
    Scene {
        width: 200.0,
        height: 320.0,
        title: format!("Made-up deprivation {HOSTILE}"),
        description: "A page that \u{1} shows every mark & role.".to_owned(),
        groups,
    }
}

/// A page with one group.
pub fn page_of(role: Role, marks: Vec<Mark>) -> Scene {
    Scene { width: 100.0, height: 50.0, title: "One group".to_owned(), description: String::new(), groups: vec![group(role, marks)] }
}

/// The pixels of a PNG: width, height, and red, green and blue of each.
pub fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
    (frame.width, frame.height, pixels)
}

/// Whether two pictures look the same: their mean difference of 255, and the share of their values that are far from each other.
pub fn difference(first: &[u8], second: &[u8]) -> (f64, f64) {
    let ((width, height, first), other) = (decoded(first), decoded(second));
    assert_eq!((width, height), (other.0, other.1), "the pictures have different sizes");
    let differences = || first.iter().zip(&other.2).map(|(a, b)| a.abs_diff(*b));
    let count = f64::from(width) * f64::from(height) * 3.0;
    let far = f64::from(u32::try_from(differences().filter(|difference| *difference > 64).count()).unwrap());
    (differences().map(f64::from).sum::<f64>() / count, far / count)
}

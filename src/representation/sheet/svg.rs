//! A page as SVG that any browser, drawing program or word processor reads, with the letters that it uses inside.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::font::{self, FAMILY};
use super::reading;
use super::scene::{Align, Group, Mark, Paint, PathPart, Role, Scene, Stroke, Text, Weight};

/// A page as an SVG document. The same page gives the same bytes.
#[must_use]
pub fn svg(scene: &Scene) -> Vec<u8> {
    written(scene, true).into_bytes()
}

/// The characters that a page uses of each face.
pub(super) fn used(scene: &Scene) -> BTreeMap<Weight, BTreeSet<char>> {
    let mut used: BTreeMap<Weight, BTreeSet<char>> = BTreeMap::new();
    for mark in scene.groups.iter().flat_map(|group| &group.marks) {
        if let Mark::Text(text) = mark {
            used.entry(text.weight).or_default().extend(font::composed(&text.words).chars());
        }
    }
    used
}

/// The document; without the letters for a renderer that is handed them beside it.
pub(super) fn written(scene: &Scene, with_letters: bool) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let (width, height) = (Number(scene.width), Number(scene.height));
    let _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" role="graphics-document document" xml:lang="en-GB" xml:space="preserve" font-family="'{FAMILY}',Arial,sans-serif" fill-rule="evenodd">"#
    );
    let _ = write!(out, "<title>{}</title><desc>{}</desc>", Escaped(&scene.title), Escaped(&scene.description));
    if with_letters {
        letters(&mut out, scene);
    }
    for (place, group) in scene.groups.iter().enumerate() {
        write_group(&mut out, place, group);
    }
    out.push_str("</svg>\n");
    out
}

fn letters(out: &mut String, scene: &Scene) {
    out.push_str("<style>");
    for (weight, characters) in used(scene) {
        let (bold, style) = look(weight);
        let _ = write!(out, "@font-face{{font-family:'{FAMILY}';font-weight:{bold};font-style:{style};src:url(data:font/ttf;base64,");
        base64(out, &font::subset(weight, &characters));
        out.push_str(") format('truetype')}");
    }
    out.push_str("</style>");
}

const fn look(weight: Weight) -> (&'static str, &'static str) {
    match weight {
        Weight::Regular => ("400", "normal"),
        Weight::Bold => ("700", "normal"),
        Weight::Italic => ("400", "italic"),
    }
}

fn write_group(out: &mut String, place: usize, group: &Group) {
    if group.marks.is_empty() {
        return;
    }
    let clip = reading::clip(group);
    if let Some([x, y, width, height]) = clip {
        let _ = write!(
            out,
            r#"<clipPath id="clip-{place}"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath>"#,
            Number(x),
            Number(y),
            Number(width),
            Number(height)
        );
    }
    let mut closing = "</g>";
    match &group.role {
        Role::Title => out.push_str(r#"<g role="heading" aria-level="1""#),
        Role::Heading => out.push_str(r#"<g role="heading" aria-level="2""#),
        Role::Paragraph | Role::Caption => out.push_str(r#"<g role="paragraph""#),
        Role::Figure(alternative) => {
            let _ = write!(out, r#"<g role="img" aria-label="{}""#, Escaped(alternative));
        }
        Role::List => out.push_str(r#"<g role="list""#),
        Role::Table(_) => out.push_str(r#"<g role="table""#),
        Role::Link(address) if reading::is_address(address) => {
            closing = "</a>";
            let _ = write!(out, r#"<a href="{}""#, Escaped(address));
        }
        Role::Link(_) => out.push_str("<g"),
        Role::Decoration => out.push_str(r#"<g aria-hidden="true""#),
    }
    if clip.is_some() {
        let _ = write!(out, r#" clip-path="url(#clip-{place})""#);
    }
    out.push('>');
    write_marks(out, group);
    out.push_str(closing);
}

fn write_marks(out: &mut String, group: &Group) {
    let cells = if let Role::Table(rows) = &group.role { reading::cells(rows, &group.marks) } else { Vec::new() };
    let mut row = None;
    for (place, mark) in group.marks.iter().enumerate() {
        let cell = cells.get(place).copied().flatten();
        // A row is opened at its first words and ended by the next row or by whatever is no part of the table.
        let next = cell.map(|(row, _)| row);
        if next != row && matches!(mark, Mark::Text(_)) {
            out.push_str(if row.is_some() { "</g>" } else { "" });
            out.push_str(if next.is_some() { r#"<g role="row">"# } else { "" });
            row = next;
        }
        let role = match (&group.role, cell) {
            (Role::List, _) => Some("listitem"),
            (Role::Table(_), Some((0, _))) => Some("columnheader"),
            (Role::Table(_), Some(_)) => Some("cell"),
            _ => None,
        };
        match mark {
            Mark::Path { parts, fill, stroke } => write_path(out, parts, fill.as_ref(), stroke.as_ref()),
            Mark::Text(text) => write_text(out, text, role),
        }
    }
    out.push_str(if row.is_some() { "</g>" } else { "" });
}

fn write_path(out: &mut String, parts: &[PathPart], fill: Option<&Paint>, stroke: Option<&Stroke>) {
    if parts.is_empty() || (fill.is_none() && stroke.is_none()) {
        return;
    }
    out.push_str("<path d=\"");
    let mut pen = Pen::default();
    for part in parts {
        pen.draw(out, part);
    }
    out.push('"');
    match fill {
        None => out.push_str(r#" fill="none""#),
        Some(paint) => write_paint(out, "fill", paint),
    }
    if let Some(stroke) = stroke {
        write_paint(out, "stroke", &stroke.paint);
        let _ = write!(out, r#" stroke-width="{}""#, Number(stroke.width));
        if stroke.round {
            out.push_str(r#" stroke-linecap="round" stroke-linejoin="round""#);
        }
        if !stroke.dashes.is_empty() {
            let dashes: Vec<String> = stroke.dashes.iter().map(|length| Number(*length).to_string()).collect();
            let _ = write!(out, r#" stroke-dasharray="{}""#, dashes.join(" "));
        }
    }
    out.push_str("/>");
}

fn write_paint(out: &mut String, name: &str, paint: &Paint) {
    let _ = write!(out, r#" {name}="{}""#, paint.colour.hex());
    if paint.opacity < 1.0 {
        let _ = write!(out, r#" {name}-opacity="{}""#, Number(paint.opacity));
    }
}

fn write_text(out: &mut String, text: &Text, role: Option<&str>) {
    // A copy below, because office programs paint the edge over the letters where one element has both.
    if text.halo > 0.0 {
        let _ = write!(out, r##"<text aria-hidden="true" fill="none" stroke="#fff" stroke-width="{}" stroke-linejoin="round""##, Number(text.halo * 2.0));
        write_words(out, text);
    }
    out.push_str("<text");
    if let Some(role) = role {
        let _ = write!(out, r#" role="{role}""#);
    }
    let _ = write!(out, r#" fill="{}""#, text.colour.hex());
    write_words(out, text);
}

fn write_words(out: &mut String, text: &Text) {
    // With space between letters programs differ in what they hold for the middle, so the start is given.
    let (x, anchor) = match text.align {
        Align::Start => (text.x, None),
        Align::Middle if text.spacing == 0.0 => (text.x, Some("middle")),
        Align::End if text.spacing == 0.0 => (text.x, Some("end")),
        Align::Middle | Align::End => (reading::start(text), None),
    };
    let _ = write!(out, r#" x="{}" y="{}" font-size="{}""#, Number(x), Number(text.y), Number(text.size));
    match text.weight {
        Weight::Regular => {}
        Weight::Bold => out.push_str(r#" font-weight="700""#),
        Weight::Italic => out.push_str(r#" font-style="italic""#),
    }
    if let Some(anchor) = anchor {
        let _ = write!(out, r#" text-anchor="{anchor}""#);
    }
    if text.spacing != 0.0 {
        let _ = write!(out, r#" letter-spacing="{}""#, Number(text.spacing));
    }
    let _ = write!(out, ">{}</text>", Escaped(&font::composed(&text.words)));
}

/// Writes paths in steps from point to point, in hundredths: far shorter than places, and without drift since each step is between rounded places.
#[derive(Default)]
struct Pen {
    at: (i64, i64),
    begun: (i64, i64),
}

impl Pen {
    fn draw(&mut self, out: &mut String, part: &PathPart) {
        match *part {
            PathPart::Move(x, y) => {
                out.push('m');
                self.step(out, x, y, true);
                self.begun = self.at;
            }
            PathPart::Line(x, y) => {
                out.push('l');
                self.step(out, x, y, true);
            }
            PathPart::Curve([ax, ay], [bx, by], [x, y]) => {
                out.push('c');
                self.step(out, ax, ay, false);
                out.push(' ');
                self.step(out, bx, by, false);
                out.push(' ');
                self.step(out, x, y, true);
            }
            PathPart::Close => {
                out.push('z');
                self.at = self.begun;
            }
        }
    }

    fn step(&mut self, out: &mut String, x: f64, y: f64, moves: bool) {
        let to = (hundredths(x), hundredths(y));
        write_hundredths(out, to.0 - self.at.0);
        if to.1 >= self.at.1 {
            out.push(' ');
        }
        write_hundredths(out, to.1 - self.at.1);
        if moves {
            self.at = to;
        }
    }
}

/// No page is wider than this many points: far enough for what is cut away, near enough that sums stay exact.
const FARTHEST: f64 = 1e9;

#[expect(clippy::cast_possible_truncation, reason = "held within bounds first; what is no number becomes nothing")]
fn hundredths(value: f64) -> i64 {
    (value.clamp(-FARTHEST, FARTHEST) * 100.0).round() as i64
}

fn write_hundredths(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let value = value.unsigned_abs();
    let (whole, part) = (value / 100, value % 100);
    if whole > 0 || part == 0 {
        let _ = write!(out, "{whole}");
    }
    match (part, part % 10) {
        (0, _) => {}
        (_, 0) => {
            let _ = write!(out, ".{}", part / 10);
        }
        _ => {
            let _ = write!(out, ".{part:02}");
        }
    }
}

/// A number with at most two places.
pub(super) struct Number(pub(super) f64);

impl std::fmt::Display for Number {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        write_hundredths(&mut text, hundredths(self.0));
        formatter.write_str(&text)
    }
}

/// Words as XML may have them, in text and in attributes: what would be read as markup is written out, what XML forbids is replaced.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match reading::cleaned(character) {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Bytes in letters, by RFC 4648.
fn base64(out: &mut String, bytes: &[u8]) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::representation::sheet::made_up::{self, HOSTILE, page_of, text};

    fn markup(scene: &Scene) -> String {
        String::from_utf8(svg(scene)).unwrap()
    }

    #[test]
    fn words_stay_words_and_no_markup_gets_through() {
        let out = markup(&made_up::scene());
        assert!(out.contains(">Made-up deprivation</text>") && out.contains(">Ashby-de-la-Zouch</text>"));
        assert!(!out.contains("<script") && !out.contains("<!--") && !out.contains("javascript:") && !out.contains('\u{1}'));
        assert!(
            out.contains("&lt;script&gt;alert('1')&lt;/script&gt; &amp; &quot;quoted&quot; ]]&gt; &amp;amp; \\input{x} #let $x$ %s {{y}} &lt;!-- z --&gt;")
        );
        assert!(out.contains(r#"<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">"#));
    }

    #[test]
    fn the_document_is_well_formed_and_reads_back_as_it_was_typed() {
        let mut scene = page_of(
            Role::Title,
            vec![
                Mark::Text(text(HOSTILE, 5.0, 20.0)),
                Mark::Text(text(&"deprived & ".repeat(1_000), 5.0, 30.0)),
                Mark::Text(text("\0\u{b}\u{ffff}]]>", 5.0, 40.0)),
            ],
        );
        scene.title = "\u{1b}<title>".to_owned();
        let out = markup(&scene);
        let document = resvg::usvg::roxmltree::Document::parse(&out).unwrap();
        let words: Vec<&str> = document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
        assert_eq!(words, [HOSTILE, &"deprived & ".repeat(1_000), "\u{fffd}\u{fffd}\u{fffd}]]>"]);
    }

    #[test]
    fn pictures_tables_and_lists_say_what_they_are() {
        let out = markup(&made_up::scene());
        let document = resvg::usvg::roxmltree::Document::parse(&out).unwrap();
        let count = |role: &str| document.descendants().filter(|node| node.attribute("role") == Some(role)).count();
        assert_eq!(["heading", "img", "list", "listitem", "table", "row", "columnheader", "cell"].map(count), [2, 1, 1, 2, 1, 3, 2, 4]);
        let picture = document.descendants().find(|node| node.attribute("role") == Some("img")).unwrap();
        assert_eq!(picture.attribute("aria-label"), Some("A made-up map: 2 of 58 areas are \"darkest\" & <most> deprived."));
        assert!(picture.attribute("clip-path").is_some());
    }

    #[test]
    fn numbers_are_short_and_steps_do_not_drift() {
        let written = [0.0, -0.004, 12.0, 0.5, -0.05, 2.345_67, 1e300, f64::NAN].map(|value| Number(value).to_string());
        assert_eq!(written, ["0", "0", "12", ".5", "-.05", "2.35", "1000000000", "0"]);
        let mut parts = vec![PathPart::Move(0.0, 0.0)];
        parts.extend((1..=300).map(|step| PathPart::Line(f64::from(step) / 3.0, 1.0)));
        let (mut pen, mut out) = (Pen::default(), String::new());
        for part in &parts {
            pen.draw(&mut out, part);
        }
        assert_eq!(pen.at, (10_000, 100));
        assert!(out.starts_with("m0 0l.33 1l.34 0l.33 0"), "{out}");
    }

    #[test]
    fn the_letters_inside_are_those_that_are_used() {
        let out = markup(&page_of(Role::Title, vec![Mark::Text(text("abc", 5.0, 20.0))]));
        assert_eq!(out.matches("@font-face").count(), 1);
        assert!(out.len() < 5_000, "{}", out.len());
        assert!(markup(&made_up::scene()).len() < 30_000);
        assert_eq!(svg(&made_up::scene()), svg(&made_up::scene()));
        let mut bytes = String::new();
        for given in ["", "f", "fo", "foo", "foob"] {
            base64(&mut bytes, given.as_bytes());
            bytes.push(' ');
        }
        assert_eq!(bytes, " Zg== Zm8= Zm9v Zm9vYg== ");
    }
}

//! Pages as a PDF that a screen reader can follow: tagged, described, with its letters inside, held to PDF/UA-1 by the writer itself.

use std::num::NonZeroU16;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke as Line, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, BBox, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::error::{SheetError, check};
use super::scene::{Group, Mark, Paint, PathPart, Role, Scene, Stroke, Text, Weight};
use super::{font, reading};
use crate::model::style::Colour;

/// The language of every sheet.
const LANGUAGE: &str = "en-GB";

/// Pages as one PDF, named and described by the first. No date is written: the same pages give the same bytes.
///
/// # Errors
/// No page, a page without a size, a character that cannot be printed, or a file that would not be accessible (a picture without a text that stands for it).
pub fn pdf(pages: &[Scene]) -> Result<Vec<u8>, SheetError> {
    let first = pages.first().ok_or(SheetError::NoSize)?;
    for page in pages {
        check(page)?;
    }
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| SheetError::refused("PDF", &format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(
        Metadata::new()
            .title(reading::clean(&first.title))
            .description(reading::clean(&first.description))
            .language(LANGUAGE.to_owned())
            .creator("needsmap".to_owned())
            .producer(concat!("needsmap ", env!("CARGO_PKG_VERSION")).to_owned()),
    );
    let faces = Faces::new()?;
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut outline = Outline::new();
    for (number, scene) in pages.iter().enumerate() {
        for node in write_page(&mut document, &faces, number, scene)? {
            tree.push(node);
        }
        outline.push_child(entry(number, scene));
    }
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.finish().map_err(refused)
}

fn refused(error: krilla::error::KrillaError) -> SheetError {
    match error {
        krilla::error::KrillaError::Validation(found) => {
            SheetError::refused("PDF", &found.iter().map(|(error, _)| format!("{error:?}")).collect::<Vec<_>>().join("; "))
        }
        other => SheetError::refused("PDF", &other),
    }
}

/// The page in the contents beside the document, its headings below it.
fn entry(number: usize, scene: &Scene) -> OutlineNode {
    let at = |group: Option<&Group>| {
        let top = group.and_then(reading::bounds).map_or(0.0, |bounds| bounds[1]);
        XyzDestination::new(number, Point::from_xy(0.0, single(top)))
    };
    let mut page = OutlineNode::new(reading::clean(&scene.title), at(None)).with_open(true);
    for group in scene.groups.iter().filter(|group| group.role == Role::Heading) {
        page.push_child(OutlineNode::new(reading::words(group), at(Some(group))));
    }
    page
}

/// The faces, read once for a document.
struct Faces([Font; 3]);

impl Faces {
    fn new() -> Result<Self, SheetError> {
        let read = |weight: Weight| Font::new(weight.face().into(), 0).ok_or_else(|| SheetError::refused("PDF", &"a face cannot be read"));
        Ok(Self([read(Weight::Regular)?, read(Weight::Bold)?, read(Weight::Italic)?]))
    }

    fn of(&self, weight: Weight) -> Font {
        let [regular, bold, italic] = &self.0;
        match weight {
            Weight::Regular => regular,
            Weight::Bold => bold,
            Weight::Italic => italic,
        }
        .clone()
    }
}

/// A link that is known by its place among the tags until the page is drawn, when its frame can be laid over it.
struct Link {
    node: usize,
    bounds: Rect,
    address: String,
    words: String,
}

fn write_page(document: &mut Document, faces: &Faces, number: usize, scene: &Scene) -> Result<Vec<Node>, SheetError> {
    let settings = PageSettings::from_wh(single(scene.width), single(scene.height)).ok_or(SheetError::NoSize)?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let mut nodes: Vec<TagGroup> = Vec::new();
    let mut links = Vec::new();
    for group in &scene.groups {
        let clip = reading::clip(group).and_then(|[x, y, width, height]| rectangle(x, y, width, height));
        if let Some(clip) = &clip {
            surface.push_clip_path(clip, &FillRule::NonZero);
        }
        let contents = Drawing { surface: &mut surface, faces }.group(group);
        if clip.is_some() {
            surface.pop();
        }
        let Some(tagged) = tagged(group, contents, number) else { continue };
        if let Role::Link(address) = &group.role
            && reading::is_address(address)
            && let Some(bounds) = bounds(group)
        {
            links.push(Link { node: nodes.len(), bounds, address: address.clone(), words: reading::words(group) });
        }
        nodes.push(tagged);
    }
    surface.finish();
    for link in links {
        let target = Target::Action(Action::Link(LinkAction::new(link.address.clone())));
        let words = if link.words.is_empty() { link.address } else { link.words };
        let frame = page.add_tagged_annotation(Annotation::new_link(LinkAnnotation::new(link.bounds, target), Some(words)));
        let paragraph = &mut nodes[link.node];
        let words = std::mem::take(&mut paragraph.children);
        let mut inner = TagGroup::new(Tag::Link);
        inner.push(frame);
        inner.children.extend(words);
        paragraph.push(inner);
    }
    page.finish();
    Ok(nodes.into_iter().map(Node::from).collect())
}

/// The tag of a group around what was drawn of it; nothing for what is nothing to a reader.
fn tagged(group: &Group, contents: Vec<(usize, Identifier)>, number: usize) -> Option<TagGroup> {
    if contents.is_empty() {
        return None;
    }
    let level = |level: u16| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let mut tagged = match &group.role {
        Role::Title => TagGroup::new(Tag::Hn(level(1), Some(reading::words(group)))),
        Role::Heading => TagGroup::new(Tag::Hn(level(2), Some(reading::words(group)))),
        Role::Paragraph | Role::Link(_) => TagGroup::new(Tag::P),
        Role::Caption => TagGroup::new(Tag::Caption),
        Role::Figure(alternative) => {
            let bounds = bounds(group).map(|rect| BBox::new(number, rect));
            TagGroup::new(Tag::Figure(Some(reading::clean(alternative))).with_bbox(bounds))
        }
        Role::List => return Some(list(contents)),
        Role::Table(rows) => return Some(table(rows, &group.marks, contents)),
        Role::Decoration => return None,
    };
    tagged.children.extend(contents.into_iter().map(|(_, content)| Node::from(content)));
    Some(tagged)
}

fn list(contents: Vec<(usize, Identifier)>) -> TagGroup {
    let item = |content: Identifier| TagGroup::with_children(Tag::LI, vec![TagGroup::with_children(Tag::LBody, vec![content.into()]).into()]);
    TagGroup::with_children(Tag::L(ListNumbering::None), contents.into_iter().map(|(_, content)| item(content).into()).collect())
}

/// A table with every cell that it has, also those without words. Words that are in no cell go to the cell before them, so that none is left out.
fn table(rows: &[Vec<String>], marks: &[Mark], contents: Vec<(usize, Identifier)>) -> TagGroup {
    let places = reading::cells(rows, marks);
    // Rows of fewer cells than others, such as a line of the key without numbers, are filled up: a reader counts columns.
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut filled: Vec<Vec<Vec<Node>>> = rows.iter().map(|_| (0..columns).map(|_| Vec::new()).collect()).collect();
    let mut at = (0, 0);
    let mut loose = Vec::new();
    for (mark, content) in contents {
        at = places.get(mark).copied().flatten().unwrap_or(at);
        match filled.get_mut(at.0).and_then(|row| row.get_mut(at.1)) {
            Some(cell) => cell.push(content.into()),
            None => loose.push(Node::from(content)),
        }
    }
    if filled.is_empty() {
        return TagGroup::with_children(Tag::P, loose);
    }
    let line = |(number, cells): (usize, Vec<Vec<Node>>)| {
        let cell = |children: Vec<Node>| {
            Node::from(if number == 0 {
                TagGroup::with_children(Tag::TH(TableHeaderScope::Column), children)
            } else {
                TagGroup::with_children(Tag::TD, children)
            })
        };
        Node::from(TagGroup::with_children(Tag::TR, cells.into_iter().map(cell).collect()))
    };
    TagGroup::with_children(Tag::Table, filled.into_iter().enumerate().map(line).collect())
}

struct Drawing<'a, 'b> {
    surface: &'a mut Surface<'b>,
    faces: &'a Faces,
}

impl Drawing<'_, '_> {
    /// Draws a group; gives what a reader is told of it, each with the place of its mark.
    fn group(&mut self, group: &Group) -> Vec<(usize, Identifier)> {
        let marks = &group.marks;
        match &group.role {
            _ if marks.is_empty() => Vec::new(),
            Role::Decoration => {
                self.run(marks, ContentTag::Artifact(Artifact::default()));
                Vec::new()
            }
            Role::Figure(_) => self.picture(marks),
            role => {
                let last = marks.iter().rposition(|mark| matches!(mark, Mark::Text(_)));
                let joined = matches!(role, Role::Title | Role::Heading | Role::Paragraph | Role::Caption | Role::Table(_));
                let mut contents = Vec::new();
                for (place, mark) in marks.iter().enumerate() {
                    match mark {
                        Mark::Text(text) => {
                            // A line ends with a space where the words go on below, or the two words there would be read as one.
                            contents.push((place, self.line(text, joined && Some(place) != last)));
                        }
                        Mark::Path { .. } => {
                            self.run(std::slice::from_ref(mark), ContentTag::Artifact(Artifact::default()));
                        }
                    }
                }
                contents
            }
        }
    }

    /// The text that stands for a picture stands for its names as well: one piece, but for words that are drawn apart.
    fn picture(&mut self, marks: &[Mark]) -> Vec<(usize, Identifier)> {
        let is_apart = |mark: &Mark| matches!(mark, Mark::Text(text) if text.spacing != 0.0);
        let mut contents = Vec::new();
        for piece in marks.chunk_by(|first, second| !is_apart(first) && !is_apart(second)) {
            contents.push(match piece {
                [Mark::Text(text)] if text.spacing != 0.0 => (0, self.line(text, true)),
                _ => (0, self.run(piece, ContentTag::Other)),
            });
        }
        contents
    }

    /// A line of text by itself. Where its letters stand apart the words are given beside it, or they would be read letter by letter.
    fn line(&mut self, text: &Text, goes_on: bool) -> Identifier {
        let words = (text.spacing != 0.0).then(|| format!("{}{}", text.words, if goes_on { " " } else { "" }));
        let content = self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(words.as_deref())));
        self.text(text, goes_on);
        self.surface.end_tagged();
        content
    }

    fn run(&mut self, marks: &[Mark], tag: ContentTag) -> Identifier {
        let content = self.surface.start_tagged(tag);
        for mark in marks {
            match mark {
                Mark::Text(text) => self.text(text, true),
                Mark::Path { parts, fill, stroke } => self.path(parts, fill.as_ref(), stroke.as_ref()),
            }
        }
        self.surface.end_tagged();
        content
    }

    fn path(&mut self, parts: &[PathPart], fill: Option<&Paint>, stroke: Option<&Stroke>) {
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let Some(path) = path(parts) else { return };
        self.surface.set_fill(fill.map(filled));
        self.surface.set_stroke(stroke.map(stroked));
        self.surface.draw_path(&path);
    }

    fn text(&mut self, text: &Text, goes_on: bool) {
        let mut words = font::composed(&text.words).into_owned();
        if words.is_empty() {
            return;
        }
        if goes_on {
            words.push(' ');
        }
        let spacing = single(text.spacing) / single(text.size);
        let glyphs: Vec<KrillaGlyph> = words
            .char_indices()
            .map(|(at, character)| {
                let glyph = text.weight.glyph(character);
                let advance = f32::from(glyph.advance) / font::EM + spacing;
                KrillaGlyph::new(GlyphId::new(u32::from(glyph.id)), advance, 0.0, 0.0, 0.0, at..at + character.len_utf8(), None)
            })
            .collect();
        let (start, face, size) = (Point::from_xy(single(reading::start(text)), single(text.y)), self.faces.of(text.weight), single(text.size));
        if text.halo > 0.0 {
            // As outlines, so that the words are in the file once.
            let edge = Stroke { paint: Paint { colour: Colour(255, 255, 255), opacity: 1.0 }, width: text.halo * 2.0, dashes: Vec::new(), round: true };
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(stroked(&edge)));
            self.surface.draw_glyphs(start, &glyphs, face.clone(), &words, size, true);
        }
        self.surface.set_fill(Some(filled(&Paint { colour: text.colour, opacity: 1.0 })));
        self.surface.set_stroke(None);
        self.surface.draw_glyphs(start, &glyphs, face, &words, size, false);
    }
}

fn filled(paint: &Paint) -> Fill {
    Fill { paint: colour(paint.colour).into(), opacity: opacity(paint.opacity), rule: FillRule::EvenOdd }
}

fn stroked(stroke: &Stroke) -> Line {
    let dash = (!stroke.dashes.is_empty()).then(|| StrokeDash { array: stroke.dashes.iter().map(|length| single(*length)).collect(), offset: 0.0 });
    Line {
        paint: colour(stroke.paint.colour).into(),
        width: single(stroke.width),
        miter_limit: 4.0,
        line_cap: if stroke.round { LineCap::Round } else { LineCap::Butt },
        line_join: if stroke.round { LineJoin::Round } else { LineJoin::Miter },
        opacity: opacity(stroke.paint.opacity),
        dash,
    }
}

fn colour(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.0, colour.1, colour.2)
}

fn opacity(opacity: f64) -> NormalizedF32 {
    NormalizedF32::new(single(opacity.clamp(0.0, 1.0))).unwrap_or(NormalizedF32::ONE)
}

fn path(parts: &[PathPart]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for part in parts {
        match *part {
            PathPart::Move(x, y) => path.move_to(single(x), single(y)),
            PathPart::Line(x, y) => path.line_to(single(x), single(y)),
            PathPart::Curve([ax, ay], [bx, by], [x, y]) => path.cubic_to(single(ax), single(ay), single(bx), single(by), single(x), single(y)),
            PathPart::Close => path.close(),
        }
    }
    path.finish()
}

fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(single(x), single(y), single(width), single(height))?);
    path.finish()
}

fn bounds(group: &Group) -> Option<Rect> {
    let [left, top, right, bottom] = reading::bounds(group)?;
    Rect::from_ltrb(single(left), single(top), single(right), single(bottom))
}

/// The format's numbers, to a hundredth of a point as everywhere: more digits would only make the file longer. What is cut away is far enough at a mile.
#[expect(clippy::cast_possible_truncation, reason = "a page is a few thousand points wide")]
fn single(value: f64) -> f32 {
    ((value.clamp(-100_000.0, 100_000.0) * 100.0).round() / 100.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::representation::sheet::made_up::{self, page_of, text};

    fn holds(bytes: &[u8], words: &str) -> bool {
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    }

    #[test]
    fn the_same_pages_give_the_same_bytes_without_a_date() {
        let pages = [made_up::scene(), made_up::scene()];
        let bytes = pdf(&pages).unwrap();
        assert_eq!(bytes, pdf(&pages).unwrap());
        assert!(bytes.len() < 60_000, "{}", bytes.len());
        assert!(!holds(&bytes, "CreationDate") && !holds(&bytes, "ModDate"));
    }

    #[test]
    fn every_role_has_its_tag() {
        let bytes = pdf(&[made_up::scene()]).unwrap();
        for tag in [
            "/S/H1",
            "/S/H2",
            "/S/Figure",
            "/Alt(A made-up map",
            "/BBox[",
            "/S/Caption",
            "/S/L/",
            "/S/LI",
            "/S/Table",
            "/S/TH",
            "/S/TD",
            "/S/Link",
            "/Subtype/Link",
            "/S/P/",
            "<pdfuaid:part>1<",
            "/Lang(en-GB)",
            "/Marked true",
        ] {
            assert!(holds(&bytes, tag), "{tag} is missing");
        }
        assert!(!holds(&bytes, "javascript"), "only pages and letters are linked");
    }

    #[test]
    fn what_cannot_be_printed_or_read_out_is_refused_and_nothing_panics() {
        let refused = |words: &str| pdf(&[page_of(Role::Paragraph, vec![Mark::Text(text(words, 10.0, 10.0))])]);
        assert_eq!(refused("fair 😀"), Err(SheetError::Unprintable('😀')));
        assert_eq!(refused("fair \0"), Err(SheetError::Unprintable('\0')));
        assert_eq!(refused("\u{202e}riaf"), Err(SheetError::Unprintable('\u{202e}')));
        assert_eq!(pdf(&[]), Err(SheetError::NoSize));
        let mute = page_of(Role::Figure(String::new()), vec![Mark::Text(text("a", 10.0, 10.0))]);
        assert!(pdf(&[mute]).unwrap_err().to_string().contains("MissingAltText"));
        for size in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(pdf(&[Scene { width: size, ..made_up::scene() }]), Err(SheetError::NoSize));
            assert_eq!(pdf(&[page_of(Role::Title, vec![Mark::Text(Text { size, ..text("a", 1.0, 1.0) })])]), Err(SheetError::Nowhere));
        }
    }

    #[test]
    fn marks_of_any_size_and_groups_of_any_shape_are_written() {
        let far = |value: f64| {
            vec![PathPart::Move(-value, 0.0), PathPart::Line(value, value), PathPart::Curve([value, 0.0], [0.0, -value], [1.0, 1.0]), PathPart::Close]
        };
        let line = Stroke { paint: Paint { colour: Colour(0, 0, 0), opacity: 7.0 }, width: 0.0, dashes: vec![0.0, 1.0], round: false };
        let mut marks: Vec<Mark> =
            [0.0, 1e-9, 1e7, 1e300].into_iter().map(|value| Mark::Path { parts: far(value), fill: None, stroke: Some(line.clone()) }).collect();
        marks.push(Mark::Path {
            parts: vec![PathPart::Close, PathPart::Line(1.0, 1.0), PathPart::Close, PathPart::Close],
            fill: None,
            stroke: Some(line.clone()),
        });
        marks.push(Mark::Path { parts: Vec::new(), fill: Some(line.paint), stroke: None });
        marks.push(Mark::Text(text("", 1.0, 1.0)));
        marks.push(Mark::Text(text(&"x".repeat(10_000), -1e12, 1e12)));
        let table = |rows: Vec<Vec<String>>| Role::Table(rows);
        let roles = [
            Role::Title,
            Role::Heading,
            Role::Caption,
            Role::List,
            table(Vec::new()),
            table(vec![Vec::new(), vec!["y".to_owned()]]),
            Role::Link("https://example.org".to_owned()),
            Role::Figure("a".to_owned()),
            Role::Decoration,
        ];
        for role in roles {
            pdf(&[page_of(role.clone(), marks.clone())]).unwrap_or_else(|error| panic!("{role:?}: {error}"));
            pdf(&[page_of(role.clone(), Vec::new())]).unwrap_or_else(|error| panic!("{role:?}: {error}"));
        }
    }
}

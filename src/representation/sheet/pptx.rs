//! Slides as a presentation that office programs open: the picture as vectors, a copy in pixels for programs that take none, and its text for those who do not see it.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::SheetError;
use super::scene::Scene;
use super::svg::Escaped;
use super::{png, svg};

/// A slide of 13.333 by 7.5 inches.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// The picture.
    pub scene: Scene,
    /// The title of the slide.
    pub title: String,
    /// What the picture shows: below the picture unless that fills the slide, and always in the speaker's notes.
    pub caption: String,
    /// The text that stands for the picture.
    pub alternative: String,
}

/// Lengths of the format to the point.
const UNITS: f64 = 12_700.0;

/// Width and height of a slide in points.
const PAGE: [f64; 2] = [960.0, 540.0];

/// Dots per inch of the copies in pixels: sharp on a wall.
const DPI: u32 = 150;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const SPACES: &str = r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#;
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const PART: &str = "application/vnd.openxmlformats-officedocument.presentationml";

/// Slides as one presentation. The same slides give the same bytes: the files inside carry the earliest date that the format has.
///
/// # Errors
/// A scene that cannot be painted: see [`png::png`].
pub fn pptx(slides: &[Slide]) -> Result<Vec<u8>, SheetError> {
    written(slides).map_err(|error| error.unwrap_or_else(|error| SheetError::refused("PPTX", &error)))
}

/// What can go wrong: a picture, or the archive, which lies in memory.
type Failure = Result<SheetError, zip::result::ZipError>;

struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.put(name, bytes, CompressionMethod::Deflated)
    }

    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), Failure> {
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        self.0.start_file(name, options).map_err(Err)?;
        self.0.write_all(bytes).map_err(|error| Err(error.into()))
    }
}

fn written(slides: &[Slide]) -> Result<Vec<u8>, Failure> {
    let mut archive = Archive(ZipWriter::new(Cursor::new(Vec::new())));
    archive.add("[Content_Types].xml", types(slides.len()).as_bytes())?;
    let about = slides.first().map_or("", |slide| slide.title.as_str());
    archive.add("_rels/.rels", whole().as_bytes())?;
    archive.add("docProps/core.xml", core_properties(about).as_bytes())?;
    archive.add("docProps/app.xml", format!(r#"{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>needsmap</Application></Properties>"#).as_bytes())?;
    archive.add("ppt/presentation.xml", presentation(slides.len()).as_bytes())?;
    let mut parts = vec![
        ("slideMaster", "slideMasters/slideMaster1.xml".to_owned()),
        ("notesMaster", "notesMasters/notesMaster1.xml".to_owned()),
        ("theme", "theme/theme1.xml".to_owned()),
    ];
    parts.extend((1..=slides.len()).map(|number| ("slide", format!("slides/slide{number}.xml"))));
    archive.add("ppt/_rels/presentation.xml.rels", relations(&parts).as_bytes())?;
    fixed(&mut archive)?;
    for (number, slide) in (1..).zip(slides) {
        write_slide(&mut archive, number, slide)?;
    }
    Ok(archive.0.finish().map_err(Err)?.into_inner())
}

/// The parts that are the same in every presentation.
fn fixed(archive: &mut Archive) -> Result<(), Failure> {
    let layout = ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned());
    let theme = |number: u8| ("theme", format!("../theme/theme{number}.xml"));
    archive.add("ppt/theme/theme1.xml", include_bytes!("pptx/theme.xml"))?;
    archive.add("ppt/theme/theme2.xml", include_bytes!("pptx/theme.xml"))?;
    archive.add("ppt/slideMasters/slideMaster1.xml", include_bytes!("pptx/master.xml"))?;
    archive.add("ppt/slideMasters/_rels/slideMaster1.xml.rels", relations(&[layout, theme(1)]).as_bytes())?;
    archive.add("ppt/slideLayouts/slideLayout1.xml", include_bytes!("pptx/layout.xml"))?;
    archive.add("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations(&[("slideMaster", "../slideMasters/slideMaster1.xml".to_owned())]).as_bytes())?;
    archive.add("ppt/notesMasters/notesMaster1.xml", include_bytes!("pptx/notes-master.xml"))?;
    archive.add("ppt/notesMasters/_rels/notesMaster1.xml.rels", relations(&[theme(2)]).as_bytes())
}

fn write_slide(archive: &mut Archive, number: usize, slide: &Slide) -> Result<(), Failure> {
    let picture = png::png(&slide.scene, DPI).map_err(Ok)?;
    // A picture in pixels is compressed already.
    archive.put(&format!("ppt/media/image{number}.png"), &picture, CompressionMethod::Stored)?;
    archive.add(&format!("ppt/media/image{number}.svg"), &svg::svg(&slide.scene))?;
    archive.add(&format!("ppt/slides/slide{number}.xml"), slide_part(slide).as_bytes())?;
    let parts = [
        ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
        ("image", format!("../media/image{number}.png")),
        ("image", format!("../media/image{number}.svg")),
        ("notesSlide", format!("../notesSlides/notesSlide{number}.xml")),
    ];
    archive.add(&format!("ppt/slides/_rels/slide{number}.xml.rels"), relations(&parts).as_bytes())?;
    archive.add(&format!("ppt/notesSlides/notesSlide{number}.xml"), notes_part(slide).as_bytes())?;
    let parts = [("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()), ("slide", format!("../slides/slide{number}.xml"))];
    archive.add(&format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"), relations(&parts).as_bytes())
}

/// Where things stand on a slide: x, y, width, height in points.
struct Places {
    title: [f64; 4],
    picture: [f64; 4],
    caption: Option<[f64; 4]>,
}

/// A picture of a slide's own shape fills the slide and has its title in it. The slide still needs a title, which programs list and screen readers say:
/// it stands just above the slide's edge, where the office programs themselves put a hidden title, so that nobody reads it twice.
fn places(scene: &Scene) -> Places {
    let [width, height] = PAGE;
    if (scene.width / scene.height - width / height).abs() < 0.01 {
        return Places { title: [36.0, -60.0, width - 72.0, 48.0], picture: [0.0, 0.0, width, height], caption: None };
    }
    let room = [36.0, 72.0, width - 72.0, height - 72.0 - 84.0];
    let scale = (room[2] / scene.width).min(room[3] / scene.height);
    let (wide, high) = (scene.width * scale, scene.height * scale);
    let picture = [room[0] + (room[2] - wide) / 2.0, room[1] + (room[3] - high) / 2.0, wide, high];
    Places { title: [36.0, 18.0, width - 72.0, 48.0], picture, caption: Some([36.0, height - 78.0, width - 72.0, 66.0]) }
}

fn slide_part(slide: &Slide) -> String {
    let places = places(&slide.scene);
    let mut out = format!(r#"{HEAD}<p:sld {SPACES}><p:cSld name="{}"><p:spTree>{GROUP}"#, Escaped(&slide.title));
    let _ = write!(
        out,
        r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr>{}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{}</p:txBody></p:sp>"#,
        frame(places.title),
        paragraph(&slide.title)
    );
    let _ = write!(
        out,
        r#"<p:pic><p:nvPicPr><p:cNvPr id="3" name="{}" descr="{}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="rId2"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rId3"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"#,
        Escaped(&slide.title),
        Escaped(&slide.alternative),
        frame(places.picture)
    );
    if let Some(caption) = places.caption.filter(|_| !slide.caption.is_empty()) {
        let _ = write!(
            out,
            r#"<p:sp><p:nvSpPr><p:cNvPr id="4" name="Caption"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" rIns="0"><a:normAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>"#,
            frame(caption),
            paragraph(&slide.caption)
        );
    }
    out.push_str("</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>");
    out
}

const GROUP: &str = r#"<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"#;

fn notes_part(slide: &Slide) -> String {
    format!(
        r#"{HEAD}<p:notes {SPACES}><p:cSld><p:spTree>{GROUP}<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"#,
        paragraph(&slide.caption)
    )
}

fn paragraph(words: &str) -> String {
    format!(r#"<a:p><a:r><a:rPr lang="en-GB"/><a:t>{}</a:t></a:r></a:p>"#, Escaped(words))
}

fn frame([x, y, width, height]: [f64; 4]) -> String {
    let units = |points: f64| format!("{:.0}", points * UNITS);
    format!(r#"<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>"#, units(x), units(y), units(width), units(height))
}

/// Relations to parts, numbered from `rId1` in their order.
fn relations(parts: &[(&str, String)]) -> String {
    let mut out = format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (number, (kind, target)) in (1..).zip(parts) {
        let _ = write!(out, r#"<Relationship Id="rId{number}" Type="{RELATION}/{kind}" Target="{target}"/>"#);
    }
    out.push_str("</Relationships>");
    out
}

/// Relations of the whole archive. One is of another family than all the rest.
fn whole() -> String {
    let parts = relations(&[("officeDocument", "ppt/presentation.xml".to_owned()), ("extended-properties", "docProps/app.xml".to_owned())]);
    let core = format!(r#"<Relationship Id="rId3" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#);
    parts.replace("</Relationships>", &core)
}

fn presentation(slides: usize) -> String {
    let mut out = format!(
        r#"{HEAD}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>"#
    );
    for number in 0..slides {
        let _ = write!(out, r#"<p:sldId id="{}" r:id="rId{}"/>"#, 256 + number, 4 + number);
    }
    let [width, height] = PAGE.map(|points| points * UNITS);
    let _ = write!(out, r#"</p:sldIdLst><p:sldSz cx="{width:.0}" cy="{height:.0}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>"#);
    out
}

fn types(slides: usize) -> String {
    let mut out = format!(
        r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>"#
    );
    let mut part = |name: &str, kind: &str| {
        let _ = write!(out, r#"<Override PartName="/{name}" ContentType="{kind}"/>"#);
    };
    part("ppt/presentation.xml", &format!("{PART}.presentation.main+xml"));
    part("ppt/slideMasters/slideMaster1.xml", &format!("{PART}.slideMaster+xml"));
    part("ppt/slideLayouts/slideLayout1.xml", &format!("{PART}.slideLayout+xml"));
    part("ppt/notesMasters/notesMaster1.xml", &format!("{PART}.notesMaster+xml"));
    for number in 1..=2 {
        part(&format!("ppt/theme/theme{number}.xml"), "application/vnd.openxmlformats-officedocument.theme+xml");
    }
    for number in 1..=slides {
        part(&format!("ppt/slides/slide{number}.xml"), &format!("{PART}.slide+xml"));
        part(&format!("ppt/notesSlides/notesSlide{number}.xml"), &format!("{PART}.notesSlide+xml"));
    }
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    out.push_str("</Types>");
    out
}

fn core_properties(title: &str) -> String {
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>needsmap</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>"#,
        Escaped(title)
    )
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::representation::sheet::made_up::{self, HOSTILE};

    fn slides() -> [Slide; 2] {
        let slide =
            |scene: Scene| Slide { scene, title: HOSTILE.to_owned(), caption: "Two of 58 areas.".to_owned(), alternative: "A \"map\" & \u{1} more".to_owned() };
        [slide(made_up::scene()), slide(Scene { width: 960.0, height: 540.0, ..made_up::scene() })]
    }

    #[test]
    fn every_part_is_well_formed_and_every_relation_leads_to_a_part() {
        let mut archive = zip::ZipArchive::new(Cursor::new(pptx(&slides()).unwrap())).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        for name in names.iter().filter(|name| !name.starts_with("ppt/media/") || !name.contains("png")) {
            let mut part = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut part).unwrap();
            let document = resvg::usvg::roxmltree::Document::parse(&part).unwrap_or_else(|error| panic!("{name}: {error}"));
            let folder = name.replace("_rels/", "");
            let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            for target in document.descendants().filter(|node| node.has_tag_name("Relationship")).filter_map(|node| node.attribute("Target")) {
                let path = target.strip_prefix("../").map_or_else(|| format!("{folder}/{target}"), |rest| format!("ppt/{rest}"));
                assert!(names.iter().any(|name| name == path.trim_start_matches('/')), "{name} names {target}");
            }
            for part in document.descendants().filter_map(|node| node.attribute("PartName")) {
                assert!(names.iter().any(|name| name == part.trim_start_matches('/')), "{part} is listed but absent");
            }
        }
    }

    #[test]
    fn a_slide_has_its_title_its_picture_twice_and_the_text_that_stands_for_it() {
        let out = slide_part(&slides()[0]);
        let document = resvg::usvg::roxmltree::Document::parse(&out).unwrap();
        let words: Vec<&str> = document.descendants().filter(|node| node.tag_name().name() == "t").filter_map(|node| node.text()).collect();
        assert_eq!(words, [HOSTILE, "Two of 58 areas."]);
        assert!(document.descendants().any(|node| node.attribute("descr") == Some("A \"map\" & \u{fffd} more")));
        assert!(out.contains("asvg:svgBlip"));
        let whole = slide_part(&slides()[1]);
        assert!(whole.contains(r#"<a:off x="0" y="0"/><a:ext cx="12192000" cy="6858000"/>"#));
        assert!(!whole.contains("Caption"), "the picture has its own");
    }

    #[test]
    fn the_same_slides_give_the_same_bytes() {
        assert_eq!(pptx(&slides()).unwrap(), pptx(&slides()).unwrap());
        let mut odd = slides();
        odd[1].scene.width = 0.0;
        assert_eq!(pptx(&odd), Err(SheetError::NoSize));
        assert!(pptx(&[]).is_ok());
    }
}

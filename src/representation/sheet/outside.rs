//! What other programs make of sheets: each test says so in one line and ends where its program is absent.

use std::path::Path;
use std::process::Command;

use super::made_up::{self, HOSTILE, difference};
use super::pptx::{Slide, pptx};
use super::{pdf, png, svg};

/// What a program prints when it is run in a folder; nothing, said in a line, where it is absent.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program).args(arguments).current_dir(folder).output() else {
        println!("skipped: {program} is absent");
        return None;
    };
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program}: {printed}{}", String::from_utf8_lossy(&output.stderr));
    Some(printed)
}

fn folder_with(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

#[test]
fn qpdf_finds_no_fault() {
    let folder = folder_with("sheet.pdf", &pdf::pdf(&[made_up::scene(), made_up::scene()]).unwrap());
    let Some(printed) = run(folder.path(), "qpdf", &["--check", "sheet.pdf"]) else { return };
    assert!(printed.contains("No syntax or stream encoding errors found"), "{printed}");
}

#[test]
fn every_face_in_a_pdf_is_embedded_cut_down_and_knows_its_characters() {
    let folder = folder_with("sheet.pdf", &pdf::pdf(&[made_up::scene()]).unwrap());
    let Some(printed) = run(folder.path(), "pdffonts", &["sheet.pdf"]) else { return };
    let faces: Vec<&str> = printed.lines().skip(2).collect();
    assert_eq!(faces.len(), 3, "{printed}");
    assert!(faces.iter().all(|face| face.contains("NotoSans") && face.contains("yes yes yes")), "{printed}");
}

#[test]
fn the_text_of_a_pdf_is_what_was_written_once_each() {
    let folder = folder_with("sheet.pdf", &pdf::pdf(&[made_up::scene()]).unwrap());
    let Some(printed) = run(folder.path(), "pdftotext", &["-raw", "sheet.pdf", "-"]) else { return };
    for words in ["Made-up deprivation", "Ŵyr é", "Ashby-de-la-Zouch", "River Mease", "Two of 58 areas are among", "11 to 20 – 58 areas", "104,705", HOSTILE]
    {
        assert_eq!(printed.matches(words).count(), 1, "{words} in {printed}");
    }
}

#[test]
fn a_pdf_is_read_out_in_the_order_of_its_groups() {
    let folder = folder_with("sheet.pdf", &pdf::pdf(&[made_up::scene()]).unwrap());
    let Some(printed) = run(folder.path(), "pdfinfo", &["-struct-text", "sheet.pdf"]) else { return };
    let heads: Vec<&str> =
        printed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(heads, ["H1", "Figure:", "Caption", "H2", "L", "Table", "P", "P", "P"], "{printed}");
}

#[test]
fn a_pdf_and_a_picture_of_the_same_page_look_alike() {
    let folder = folder_with("sheet.pdf", &pdf::pdf(&[made_up::scene()]).unwrap());
    if run(folder.path(), "pdftoppm", &["-r", "144", "-png", "-singlefile", "sheet.pdf", "sheet"]).is_none() {
        return;
    }
    let (mean, far) = difference(&png::png(&made_up::scene(), 144).unwrap(), &std::fs::read(folder.path().join("sheet.png")).unwrap());
    assert!(mean < 3.0 && far < 0.02, "mean difference {mean}, share far off {far}");
}

#[test]
fn xmllint_finds_no_fault_in_svg() {
    let folder = folder_with("sheet.svg", &svg::svg(&made_up::scene()));
    run(folder.path(), "xmllint", &["--noout", "--nonet", "sheet.svg"]);
}

#[test]
fn an_office_program_opens_the_slides() {
    let slide = Slide {
        scene: made_up::scene(),
        title: HOSTILE.to_owned(),
        caption: "Two of 58 areas are among the most deprived fifth.".to_owned(),
        alternative: "A map".to_owned(),
    };
    let folder = folder_with("slides.pptx", &pptx(&[slide.clone(), slide]).unwrap());
    let home = format!("-env:UserInstallation=file://{}/home", folder.path().display());
    if run(folder.path(), "soffice", &[&home, "--headless", "--convert-to", "pdf", "slides.pptx"]).is_none() {
        return;
    }
    let Some(printed) = run(folder.path(), "pdftotext", &["slides.pdf", "-"]) else { return };
    assert_eq!(printed.matches("<script>alert").count(), 2, "{printed}");
    assert_eq!(printed.matches("Two of 58 areas").count(), 2, "{printed}");
    assert_eq!(printed.matches('\u{c}').count(), 2, "two pages: {printed}");
}

//! The files of a whole atlas: all pages as one document, all slides, all numbers as one workbook.

use anyhow::Context as _;

use super::make::Made;
use super::plan::{FileFormat, Plan};
use crate::model::style::Colour;
use crate::representation::sheet::layout::{ContentsEntry, contents};
use crate::representation::sheet::pptx::{Slide, pptx};
use crate::representation::sheet::{Align, Group, Mark, Role, Scene, SheetSize, Text, Weight, pdf};
use crate::representation::table;

/// How far above the lower edge a page's number stands, points.
const NUMBER_ABOVE_EDGE: f64 = 10.0;
/// How large it is, points.
const NUMBER_SIZE: f64 = 7.5;

/// The files with their names.
///
/// # Errors
/// When a page cannot be printed or the workbook is too large.
pub fn files(plan: &Plan, figures: &[Made<'_>]) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let pages = behind_contents(plan, figures)?;
    let mut files = vec![("atlas.pdf".to_owned(), pdf::pdf(&pages).context("atlas.pdf could not be made")?)];
    if plan.wants(FileFormat::Pptx) {
        let mut slides = Vec::new();
        for scene in first_pages(plan, figures, SheetSize::Slide, |made| made.slides.len())? {
            let alternative = figures.iter().map(|made| format!("Figure {}. {}", made.number, made.figure.title)).collect::<Vec<_>>().join("; ");
            slides.push(Slide { scene, title: plan.title.clone(), caption: plan.introduction.clone(), alternative });
        }
        slides.extend(figures.iter().flat_map(|made| made.slides.iter().cloned()));
        files.push(("atlas.pptx".to_owned(), pptx(&slides).context("atlas.pptx could not be made")?));
    }
    let names: Vec<String> = figures.iter().map(Made::name).collect();
    let numbered: Vec<_> = figures.iter().zip(&names).map(|(made, name)| table::Numbered { name, figure: &made.figure }).collect();
    files.push(("data.xlsx".to_owned(), table::xlsx_of_many(&plan.title, &numbered).context("data.xlsx could not be made")?));
    Ok(files)
}

/// Refuses a title or an introduction that cannot be printed, before anything is drawn.
///
/// # Errors
/// Which character is to blame.
pub fn check(plan: &Plan) -> anyhow::Result<()> {
    contents(&plan.title, &plan.introduction, &[], plan.size.0).map(drop).context("the title and the introduction of the plan")
}

/// The contents and every page behind them, numbered.
fn behind_contents(plan: &Plan, figures: &[Made<'_>]) -> anyhow::Result<Vec<Scene>> {
    let mut pages = first_pages(plan, figures, plan.size.0, |made| made.scenes.len())?;
    pages.extend(figures.iter().flat_map(|made| made.scenes.iter().cloned()));
    for (position, page) in pages.iter_mut().enumerate() {
        page.groups.push(page_number(page, position + 1));
    }
    Ok(pages)
}

/// The pages of contents. How many they are decides on which page the figures begin, and their numbers may take room.
fn first_pages(plan: &Plan, figures: &[Made<'_>], size: SheetSize, length: impl Fn(&Made<'_>) -> usize) -> anyhow::Result<Vec<Scene>> {
    let mut expected = 1;
    loop {
        let mut page = expected + 1;
        let mut entries = Vec::with_capacity(figures.len());
        for made in figures {
            let figure = &made.figure;
            entries.push(ContentsEntry { number: made.number.to_string(), title: figure.title.clone(), caption: figure.subtitle.clone(), page });
            page += length(made);
        }
        let pages = contents(&plan.title, &plan.introduction, &entries, size).context("the contents could not be made")?;
        if pages.len() <= expected {
            return Ok(pages);
        }
        expected = pages.len();
    }
}

fn page_number(scene: &Scene, number: usize) -> Group {
    let text = Text {
        words: number.to_string(),
        x: scene.width / 2.0,
        y: scene.height - NUMBER_ABOVE_EDGE,
        size: NUMBER_SIZE,
        weight: Weight::Regular,
        align: Align::Middle,
        colour: Colour(0x60, 0x60, 0x60),
        halo: 0.0,
        spacing: 0.0,
    };
    Group { role: Role::Decoration, clip: None, marks: vec![Mark::Text(text)] }
}

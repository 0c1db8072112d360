//! The files of a whole atlas: all pages as one document, all slides, all numbers as one workbook.

use anyhow::Context as _;

use super::make::Made;
use super::plan::{FileFormat, Plan};
use crate::model::style::Colour;
use crate::representation::sheet::{Align, Group, Mark, Role, Scene, Text, Weight, pdf, pptx};
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
    let scenes = scenes(plan, figures)?;
    let mut files = vec![("atlas.pdf".to_owned(), pdf::pdf(&scenes).context("atlas.pdf could not be made")?)];
    if plan.wants(FileFormat::Pptx) {
        files.push(("atlas.pptx".to_owned(), pptx::pptx(&scenes).context("atlas.pptx could not be made")?));
    }
    let names: Vec<String> = figures.iter().map(Made::name).collect();
    let numbered: Vec<_> = figures.iter().zip(&names).map(|(made, name)| table::Numbered { name, figure: &made.figure }).collect();
    files.push(("data.xlsx".to_owned(), table::xlsx_of_many(&plan.title, &numbered).context("data.xlsx could not be made")?));
    Ok(files)
}

/// The contents and every page behind them, numbered.
fn scenes(plan: &Plan, figures: &[Made<'_>]) -> anyhow::Result<Vec<Scene>> {
    let _ = plan;
    let mut scenes: Vec<Scene> = figures.iter().flat_map(|made| made.scenes.iter().cloned()).collect();
    for (position, scene) in scenes.iter_mut().enumerate() {
        scene.groups.push(page_number(scene, position + 1));
    }
    Ok(scenes)
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

//! A page as a picture: the SVG of the page painted at some number of dots per inch, with the letters of the SVG and no others.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::error::{SheetError, check};
use super::font::{self, FAMILY};
use super::scene::Scene;
use super::svg;

/// The most pixels of a picture: A3 at 500 dots per inch. It bounds the memory that one request can ask for.
pub const MOST_PIXELS: u64 = 50_000_000;

/// A page as PNG on white, `dpi` dots to the inch. The same page gives the same bytes.
///
/// # Errors
/// A character that cannot be printed, a page without a size, more than [`MOST_PIXELS`].
pub fn png(scene: &Scene, dpi: u32) -> Result<Vec<u8>, SheetError> {
    check(scene)?;
    let pixmap = painted(scene, dpi)?;
    encoded(&pixmap, dpi)
}

/// Width and height in pixels.
///
/// # Errors
/// More than [`MOST_PIXELS`], or none.
pub fn pixels(scene: &Scene, dpi: u32) -> Result<(u32, u32), SheetError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a number that is too large gives the largest, which is refused below"
    )]
    let side = |points: f64| (points * f64::from(dpi) / 72.0).round().max(1.0) as u64;
    let (width, height) = (side(scene.width), side(scene.height));
    let refused = SheetError::TooManyPixels { width, height, most: MOST_PIXELS };
    if dpi == 0 {
        return Err(SheetError::NoSize);
    }
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(refused);
    }
    Ok((u32::try_from(width).map_err(|_| refused.clone())?, u32::try_from(height).map_err(|_| refused)?))
}

fn painted(scene: &Scene, dpi: u32) -> Result<Pixmap, SheetError> {
    let (width, height) = pixels(scene, dpi)?;
    let mut letters = fontdb::Database::new();
    for (weight, characters) in svg::used(scene) {
        letters.load_font_data(font::subset(weight, &characters));
    }
    letters.set_sans_serif_family(FAMILY);
    let options = Options { dpi: 72.0, font_family: FAMILY.to_owned(), fontdb: Arc::new(letters), ..Options::default() };
    let tree = Tree::from_str(&svg::written(scene, false), &options).map_err(|error| SheetError::refused("PNG", error))?;
    let mut pixmap = Pixmap::new(width, height).ok_or(SheetError::NoSize)?;
    pixmap.fill(Color::WHITE);
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "bounded above")]
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap)
}

fn encoded(pixmap: &Pixmap, dpi: u32) -> Result<Vec<u8>, SheetError> {
    // On white every pixel is solid: the fourth byte says nothing.
    let colours: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::with_capacity(colours.len() / 16);
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let per_metre = (u64::from(dpi) * 10_000 + 127) / 254;
    let per_metre = u32::try_from(per_metre).unwrap_or(u32::MAX);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(|error| SheetError::refused("PNG", error))?;
    writer.write_image_data(&colours).map_err(|error| SheetError::refused("PNG", error))?;
    writer.finish().map_err(|error| SheetError::refused("PNG", error))?;
    Ok(bytes)
}

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
    let tree = Tree::from_str(&svg::written(scene, false), &options).map_err(|error| SheetError::refused("PNG", &error))?;
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
    // Maps are flat colours in long runs: unfiltered they pack into less, and the lowest level takes a quarter of the time of the next for a fifth more bytes.
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_filter(png::Filter::NoFilter);
    let per_metre = (u64::from(dpi) * 10_000 + 127) / 254;
    let per_metre = u32::try_from(per_metre).unwrap_or(u32::MAX);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(|error| SheetError::refused("PNG", &error))?;
    writer.write_image_data(&colours).map_err(|error| SheetError::refused("PNG", &error))?;
    writer.finish().map_err(|error| SheetError::refused("PNG", &error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::representation::sheet::made_up::{self, decoded, difference, page_of, text};
    use crate::representation::sheet::scene::{Mark, Role};

    #[test]
    fn the_made_up_page_looks_as_it_did() {
        let bytes = png(&made_up::scene(), 72).unwrap();
        let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures/made-up-page.png");
        if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
            std::fs::write(&stored, &bytes).unwrap();
        }
        let (mean, far) = difference(&bytes, &std::fs::read(stored).unwrap());
        assert!(mean < 0.5 && far < 0.002, "mean difference {mean}, share far off {far}");
    }

    #[test]
    fn a_picture_that_looks_otherwise_is_told_apart() {
        let mut other = made_up::scene();
        other.groups.remove(3);
        let (mean, far) = difference(&png(&made_up::scene(), 72).unwrap(), &png(&other, 72).unwrap());
        assert!(mean > 0.5 && far > 0.002, "mean difference {mean}, share far off {far}");
    }

    #[test]
    fn the_same_page_gives_the_same_bytes_and_says_how_large_it_is_meant() {
        let bytes = png(&made_up::scene(), 144).unwrap();
        assert_eq!(bytes, png(&made_up::scene(), 144).unwrap());
        let (width, height, pixels) = decoded(&bytes);
        assert_eq!((width, height), (400, 640));
        assert_eq!(pixels[..3], [255, 255, 255], "the paper is white");
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!(reader.info().pixel_dims.map(|size| (size.xppu, size.yppu)), Some((5669, 5669)), "144 dots per inch in dots per metre");
    }

    #[test]
    fn letters_are_painted_at_the_width_that_was_measured() {
        let mut mark = text("Ashby-de-la-Zouch To AVA", 10.0, 30.0);
        mark.size = 6.0;
        let wide = font::width(&mark.words, mark.weight, mark.size, 0.0);
        let (width, _, pixels) = decoded(&png(&page_of(Role::Paragraph, vec![Mark::Text(mark)]), 720).unwrap());
        let inked = pixels.chunks_exact(3).enumerate().filter(|(_, pixel)| pixel[0] < 128).map(|(place, _)| place % width as usize).max().unwrap();
        #[expect(clippy::cast_precision_loss, reason = "a thousand pixels")]
        let right = inked as f64 / 10.0;
        assert!((right - (10.0 + wide)).abs() < 0.3, "painted to {right}, measured to {}", 10.0 + wide);
    }

    #[test]
    fn too_many_pixels_are_refused_before_they_are_made() {
        assert_eq!(pixels(&made_up::scene(), 300), Ok((833, 1333)));
        assert!(png(&made_up::scene(), 0).is_err());
        let refused = png(&made_up::scene(), u32::MAX).unwrap_err();
        assert!(refused.to_string().contains("fewer dots per inch"), "{refused}");
        assert!(matches!(png(&Scene { width: 1e300, ..made_up::scene() }, 72), Err(SheetError::TooManyPixels { .. })));
        assert_eq!(png(&page_of(Role::Title, vec![Mark::Text(text("界", 1.0, 1.0))]), 72), Err(SheetError::Unprintable('界')));
    }
}

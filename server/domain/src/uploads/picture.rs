//! Pictures are drawn anew: nothing of the file that came survives but what one sees (no position, no camera, no payload).

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The most pixels a picture may have.
const PIXELS: u64 = 40_000_000;
/// The longer side of what is kept.
const LONGEST: u32 = 2560;

/// How many are drawn at once in this process; the others wait for their turn.
pub static TURNS: Semaphore = Semaphore::const_new(2);

/// A picture as it is kept.
pub struct Picture {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    pub width: u32,
    pub height: u32,
}

/// Reads a JPEG, PNG, WebP or GIF and writes it anew; none where it cannot be read or has more than 40 megapixels.
/// Works the processor for a while: call it off the async threads.
pub fn redraw(bytes: &[u8]) -> Option<Picture> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(20_000);
    limits.max_image_height = Some(20_000);
    limits.max_alloc = Some(PIXELS * 8);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || width == 0 || height == 0 {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > LONGEST {
        picture = picture.resize(LONGEST, LONGEST, image::imageops::FilterType::CatmullRom);
    }
    write(picture)
}

/// PNG where something shines through, JPEG else.
fn write(picture: DynamicImage) -> Option<Picture> {
    let mut bytes = Vec::new();
    let (width, height) = (picture.width(), picture.height());
    // moved from one form into the next, so that there are never more than two copies
    let picture = if picture.color().has_alpha() { DynamicImage::ImageRgba8(picture.into_rgba8()) } else { picture };
    let see_through = picture.as_rgba8().is_some_and(|picture| picture.pixels().any(|pixel| pixel.0[3] < 255));
    let content_type = if see_through {
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).ok()?;
        "image/png"
    } else {
        JpegEncoder::new_with_quality(&mut bytes, 86).encode_image(&DynamicImage::ImageRgb8(picture.into_rgb8())).ok()?;
        "image/jpeg"
    };
    Some(Picture { bytes, content_type, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, alpha: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbaImage::from_pixel(width, height, image::Rgba([30, 90, 160, alpha]));
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).expect("a picture");
        bytes
    }

    #[test]
    fn a_picture_is_drawn_anew_and_nothing_else_of_it_survives() {
        let mut bytes = png(64, 36, 255);
        bytes.extend(b"<script>alert(1)</script>");
        let kept = redraw(&bytes).expect("a picture");
        assert_eq!((kept.width, kept.height, kept.content_type), (64, 36, "image/jpeg"));
        assert!(!kept.bytes.windows(8).any(|part| part == b"<script>"));
        assert_eq!(redraw(&png(8, 8, 10)).expect("a picture").content_type, "image/png");
    }

    #[test]
    fn what_is_no_picture_or_far_too_large_is_refused() {
        assert!(redraw(b"\xff\xd8\xff\xe0 not really").is_none());
        let mut bomb = png(1, 1, 255);
        // width and height of the header, 65,535 each
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(redraw(&bomb).is_none());
    }
}

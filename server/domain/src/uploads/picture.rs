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

    /// A segment of a JPEG file, or a chunk's worth of bytes: marker, length, content.
    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    }

    fn jpeg() -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture =
            image::RgbImage::from_fn(48, 32, |x, y| image::Rgb([(x * 5).to_le_bytes()[0], (y * 7).to_le_bytes()[0], 90]));
        JpegEncoder::new(&mut bytes).encode_image(&DynamicImage::ImageRgb8(picture)).expect("a picture");
        bytes
    }

    /// What PNG ends its chunks with (CRC-32), so that only what a head claims is wrong with it.
    fn checksum(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }

    fn holds(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|part| part == words)
    }

    #[test]
    fn sec_u2_where_and_with_what_a_picture_was_taken_is_gone() {
        // Exif with one entry that points to a position (0x8825) and a maker's note as text
        let exif = [
            &b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0"[..],
            b"GPSLatitude 31.2304 canary camera 4711",
        ]
        .concat();
        let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>canary <script>alert(1)</script></x:xmpmeta>";
        let plain = jpeg();
        let with_all = [
            &plain[..2],
            &segment(0xe1, &exif),
            &segment(0xe1, xmp),
            &segment(0xed, b"Photoshop 3.0\0canary"),
            &segment(0xfe, b"canary */ alert(1) /*"),
            &plain[2..],
            b"<html>canary after the end</html>",
        ]
        .concat();
        assert!(holds(&with_all, b"GPSLatitude"));
        let kept = redraw(&with_all).expect("a picture");
        for trace in [&b"Exif"[..], b"GPS", b"canary", b"xmpmeta", b"Photoshop", b"alert"] {
            assert!(!holds(&kept.bytes, trace), "{}", String::from_utf8_lossy(trace));
        }
    }

    #[test]
    fn sec_u2_what_pretends_to_be_a_picture_is_refused_at_once() {
        let (picture, photo) = (png(400, 300, 255), jpeg());
        let claims = |width: u32, height: u32| {
            let mut bytes = picture.clone();
            bytes[16..20].copy_from_slice(&width.to_be_bytes());
            bytes[20..24].copy_from_slice(&height.to_be_bytes());
            let sum = checksum(&bytes[12..29]).to_be_bytes();
            bytes[29..33].copy_from_slice(&sum);
            bytes
        };
        let mut bent = claims(401, 300);
        bent[32] ^= 1;
        let gif =
            |width: u16, height: u16, rest: &[u8]| [&b"GIF89a"[..], &width.to_le_bytes(), &height.to_le_bytes(), rest].concat();
        let mut photo_that_claims = photo.clone();
        let frame = photo.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
        photo_that_claims[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        for (what, bytes) in [
            ("fifty thousand by fifty thousand", claims(50_000, 50_000)),
            ("thin and endless", claims(1, 4_000_000_000)),
            ("just too wide", claims(20_001, 1)),
            ("just too many pixels", claims(8_000, 5_001)),
            ("without an area", claims(0, 10)),
            ("a checksum that does not fit", bent),
            ("a photo of the largest size", photo_that_claims),
            ("a half of one", picture[..picture.len() / 2].to_vec()),
            ("a head alone", picture[..33].to_vec()),
            ("a photo's head alone", photo[..4].to_vec()),
            ("a script with a picture's first word", b"GIF89a/*\x01\x00*/=1;alert(1)//".to_vec()),
            ("an animation as large as there can be", gif(65_535, 65_535, b"\0\0\0;")),
            ("an animation of nothing", gif(10, 10, b"\0\0\0;")),
            ("a drawing", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec()),
            ("a web page", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>".to_vec()),
            ("nothing", Vec::new()),
        ] {
            assert!(redraw(&bytes).is_none(), "{what}");
        }
    }
}

//! What a file is, by its first bytes; its name and the browser's opinion decide nothing.

use super::Purpose;
use model::media::MediaKind;

const MEGABYTE: u64 = 1024 * 1024;

/// The largest file of a kind, in bytes.
pub fn limit(kind: MediaKind) -> u64 {
    match kind {
        MediaKind::Video => 2048 * MEGABYTE,
        MediaKind::Audio => 500 * MEGABYTE,
        MediaKind::Pdf => 100 * MEGABYTE,
        MediaKind::Image => 20 * MEGABYTE,
    }
}

/// The limit before a byte was seen; none where it would be refused anyway.
pub fn limit_of(purpose: Purpose, content_type: &str) -> Option<u64> {
    let content_type = content_type.to_ascii_lowercase();
    let (family, _) = content_type.split_once('/').unwrap_or((&content_type, ""));
    match (purpose, family) {
        (_, "image") if content_type.starts_with("image/svg") => None,
        (_, "image") | (Purpose::Image, "" | "application") => Some(limit(MediaKind::Image)),
        (Purpose::Image, _) | (_, "text") => None,
        (_, "audio") => Some(limit(MediaKind::Audio)),
        _ if content_type == "application/pdf" => Some(limit(MediaKind::Pdf)),
        _ => Some(limit(MediaKind::Video)),
    }
}

/// How many bytes at the head are enough to tell.
pub const HEAD: usize = 4096;

/// Kind and content type by the head of a file; none where it is nothing we take.
pub fn of(head: &[u8]) -> Option<(MediaKind, &'static str)> {
    if let Some(found) = mp4(head) {
        return Some(found);
    }
    Some(match infer::get(head)?.mime_type() {
        "video/webm" => (MediaKind::Video, "video/webm"),
        "audio/mpeg" => (MediaKind::Audio, "audio/mpeg"),
        "audio/ogg" | "audio/opus" => (MediaKind::Audio, "audio/ogg"),
        "audio/x-wav" => (MediaKind::Audio, "audio/wav"),
        "audio/aac" => (MediaKind::Audio, "audio/aac"),
        "audio/x-flac" => (MediaKind::Audio, "audio/flac"),
        "application/pdf" if head.starts_with(b"%PDF-") => (MediaKind::Pdf, "application/pdf"),
        "image/jpeg" => (MediaKind::Image, "image/jpeg"),
        "image/png" => (MediaKind::Image, "image/png"),
        "image/webp" => (MediaKind::Image, "image/webp"),
        "image/gif" => (MediaKind::Image, "image/gif"),
        _ => return None,
    })
}

/// ISO base media: the first box is `ftyp` and its brand is one that browsers play.
fn mp4(head: &[u8]) -> Option<(MediaKind, &'static str)> {
    let brand: [u8; 4] = head.get(8..12)?.try_into().ok()?;
    if head.get(4..8)? != b"ftyp" {
        return None;
    }
    match &brand {
        b"M4A " | b"M4B " => Some((MediaKind::Audio, "audio/mp4")),
        b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"M4VP" | b"dash" | b"MSNV" => {
            Some((MediaKind::Video, "video/mp4"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_what_a_file_is() {
        assert_eq!(of(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2"), Some((MediaKind::Video, "video/mp4")));
        assert_eq!(of(b"\0\0\0\x20ftypM4A \0\0\x02\0isomiso2"), Some((MediaKind::Audio, "audio/mp4")));
        assert_eq!(of(b"%PDF-1.7\n"), Some((MediaKind::Pdf, "application/pdf")));
        assert_eq!(of(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some((MediaKind::Image, "image/jpeg")));
    }

    #[test]
    fn what_could_run_or_surprise_is_not_taken() {
        for wrong in [
            &b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"[..],
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01\0",
            b"PK\x03\x04\x14\0\0\0",
            b"\0\0\0\x20ftypheic\0\0\0\0mif1",
            b"",
            b"plain words",
        ] {
            assert_eq!(of(wrong), None);
        }
    }

    #[test]
    fn a_drawing_that_runs_script_is_refused_before_a_byte_is_sent() {
        assert_eq!(limit_of(Purpose::Image, "image/svg+xml"), None);
        assert_eq!(limit_of(Purpose::Image, "video/mp4"), None);
        assert_eq!(limit_of(Purpose::Lesson, "audio/mpeg"), Some(500 * MEGABYTE));
        assert_eq!(limit_of(Purpose::Lesson, ""), Some(2048 * MEGABYTE));
    }
}

//! `Upload-Metadata` (tus "creation"): pairs of a name and a value in base64, with commas between them. Pure.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The value of this name; empty where there is none, or none that is text.
pub fn field(metadata: &str, wanted: &str) -> String {
    let pair = metadata.split(',').map(str::trim).find_map(|pair| pair.strip_prefix(wanted)?.strip_prefix(' '));
    pair.and_then(|value| STANDARD.decode(value.trim()).ok()).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let metadata = "filename bGVzc29uLm1wNA==,filetype dmlkZW8vbXA0, purpose aW1hZ2U=";
        assert_eq!(field(metadata, "filename"), "lesson.mp4");
        assert_eq!(field(metadata, "purpose"), "image");
        for absent in ["file", "name", "filenames", ""] {
            assert_eq!(field(metadata, absent), "", "{absent}");
        }
        assert_eq!(field("filename ?", "filename"), "");
        assert_eq!(field("filename /w==", "filename"), "", "bytes that are no text");
    }
}

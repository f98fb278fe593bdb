//! Caption files, and the lines made of them.

use domain::authoring::read_captions;
use domain::learning::read_transcript;

/// What is kept is kept again as it is, and its lines stand at moments that there are.
pub fn read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(kept) = read_captions(&text) {
        assert_eq!(read_captions(&kept).as_deref(), Ok(kept.as_str()), "kept differently the second time");
        for cue in read_transcript(&kept) {
            assert!(cue.seconds.is_finite() && cue.seconds >= 0.0, "a line at {}", cue.seconds);
        }
    }
    read_transcript(&text);
}

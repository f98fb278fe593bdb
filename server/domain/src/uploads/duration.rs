//! How long an MP4 recording is: the `mvhd` box inside `moov`.

use crate::ports::Files;
use std::io::Result;

/// The most boxes we walk over before giving up.
const BOXES: usize = 64;
/// How much of `moov` is looked at for `mvhd`, which stands first in it.
const MOOV_HEAD: usize = 4096;

/// The length of the recording under `key` in whole seconds, rounded up; 0 where it does not say. `Err` only where reading
/// failed; a file that has no `moov` box at all is no recording: `None`.
pub async fn of_mp4(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let mut at = 0u64;
    for _ in 0..BOXES {
        let head = files.read(key, at, 16).await?;
        let Some((size, kind)) = box_of(&head, bytes - at) else { return Ok(None) };
        if &kind == b"moov" {
            let moov = files.read(key, at, MOOV_HEAD).await?;
            return Ok(Some(movie_seconds(&moov).unwrap_or(0)));
        }
        match at.checked_add(size) {
            Some(next) if next < bytes => at = next,
            // the last box, or one that claims more than there is
            _ => return Ok(None),
        }
    }
    Ok(None)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let part = bytes.get(at..at + length)?;
    Some(part.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}

/// Size and name of the box at the start of `head`; `left` is what the file still has.
fn box_of(head: &[u8], left: u64) -> Option<(u64, [u8; 4])> {
    let kind = head.get(4..8)?.try_into().ok()?;
    let size = match number(head, 0, 4)? {
        0 => left,
        1 => number(head, 8, 8)?,
        size => size,
    };
    (size >= 8).then_some((size, kind))
}

fn movie_seconds(moov: &[u8]) -> Option<u32> {
    let name = moov.windows(4).position(|four| four == b"mvhd")?;
    let body = name + 4;
    let (scale, duration) = match moov.get(body)? {
        1 => (number(moov, body + 20, 4)?, number(moov, body + 24, 8)?),
        _ => (number(moov, body + 12, 4)?, number(moov, body + 16, 4)?),
    };
    if scale == 0 || duration == 0 {
        return None;
    }
    u32::try_from(duration.div_ceil(scale)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mvhd(version: u8, scale: u32, duration: u32) -> Vec<u8> {
        let mut moov = b"\0\0\0\x74moov\0\0\0\x6cmvhd".to_vec();
        moov.extend([version, 0, 0, 0]);
        if version == 1 {
            moov.extend([0; 16]);
            moov.extend(scale.to_be_bytes());
            moov.extend(u64::from(duration).to_be_bytes());
        } else {
            moov.extend([0; 8]);
            moov.extend(scale.to_be_bytes());
            moov.extend(duration.to_be_bytes());
        }
        moov
    }

    #[test]
    fn the_length_is_read_from_either_version_of_the_box() {
        assert_eq!(movie_seconds(&mvhd(0, 1000, 26_400)), Some(27));
        assert_eq!(movie_seconds(&mvhd(1, 600, 1200)), Some(2));
        assert_eq!(movie_seconds(&mvhd(0, 0, 5)), None);
        assert_eq!(movie_seconds(b"moov"), None);
    }

    /// What is made of a file of these bytes.
    fn seconds(bytes: &[u8]) -> Option<u32> {
        let folder = tempfile::tempdir().expect("a folder");
        let files = crate::testing::Folder::new(folder.path().to_owned());
        let read = async {
            files.write("film", 0, bytes.to_vec()).await?;
            of_mp4(&files, "film", bytes.len() as u64).await
        };
        let here = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        here.block_on(read).expect("readable")
    }

    fn ftyp() -> Vec<u8> {
        let mut bytes = b"\0\0\0\x20ftypisom".to_vec();
        bytes.resize(32, 0);
        bytes
    }

    #[test]
    fn a_box_as_large_as_a_number_can_be_is_no_recording() {
        for size in [u64::MAX, u64::MAX - 31, 1 << 63] {
            let mut bytes = ftyp();
            bytes.extend(b"\0\0\0\x01free");
            bytes.extend(size.to_be_bytes());
            assert_eq!(seconds(&bytes), None, "{size}");
        }
    }

    #[test]
    fn a_recording_behind_other_boxes_is_found() {
        let mut bytes = ftyp();
        bytes.extend(b"\0\0\0\x01free\0\0\0\0\0\0\0\x14abcd");
        bytes.extend(mvhd(0, 1000, 26_400));
        assert_eq!(seconds(&bytes), Some(27));
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(200))]
        #[test]
        fn no_bytes_at_all_break_the_reading(
            boxes in proptest::collection::vec((0u32..40, proptest::prelude::any::<u64>(), proptest::bool::ANY), 0..5),
            tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..160),
        ) {
            let mut bytes = ftyp();
            for (size, large, is_moov) in boxes {
                bytes.extend(size.to_be_bytes());
                bytes.extend(if is_moov { b"moov" } else { b"free" });
                bytes.extend(large.to_be_bytes());
            }
            bytes.extend(b"mvhd");
            bytes.extend(tail);
            let _ = seconds(&bytes);
        }
    }

    #[test]
    fn a_box_that_lies_about_its_size_leads_nowhere() {
        assert_eq!(box_of(b"\0\0\0\x02ftyp", 100), None);
        assert_eq!(box_of(b"\0\0\0\x10ftyp", 100), Some((16, *b"ftyp")));
        assert_eq!(box_of(b"\0\0", 100), None);
    }
}

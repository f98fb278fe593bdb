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
        at += size;
        if at >= bytes {
            return Ok(None);
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

    #[test]
    fn a_box_that_lies_about_its_size_leads_nowhere() {
        assert_eq!(box_of(b"\0\0\0\x02ftyp", 100), None);
        assert_eq!(box_of(b"\0\0\0\x10ftyp", 100), Some((16, *b"ftyp")));
        assert_eq!(box_of(b"\0\0", 100), None);
    }
}

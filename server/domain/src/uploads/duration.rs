//! How long an MP4 recording is: the `mvhd` box inside `moov`; where that says nothing, because the film was written in
//! fragments, its `mehd` or an index of the whole file (`sidx`).

use super::length::whole_seconds;
use crate::ports::Files;
use std::io::Result;

/// The most boxes we walk over before giving up.
const BOXES: usize = 64;
/// How much of `moov` is looked at for `mvhd`, which stands first in it.
const MOOV_HEAD: usize = 4096;
/// The longest index that is read.
const INDEX: u64 = 1024 * 1024;

/// The length of the recording under `key` in whole seconds, rounded up; 0 where it does not say. `Err` only where reading
/// failed; a file that has no `moov` box at all is no recording: `None`.
pub async fn of_mp4(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let mut at = 0u64;
    for _ in 0..BOXES {
        let head = files.read(key, at, 16).await?;
        let Some((size, kind)) = box_of(&head, bytes - at) else { return Ok(None) };
        if &kind == b"moov" {
            let moov = files.read(key, at, MOOV_HEAD).await?;
            if let Some(seconds) = movie_seconds(&moov) {
                return Ok(Some(seconds));
            }
            let end = at.saturating_add(size).min(bytes);
            return match of_fragments(files, key, &moov, at, end).await? {
                Some(seconds) => Ok(Some(seconds)),
                None => of_index(files, key, end, bytes).await.map(Some),
            };
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

/// Where the body of the box of this name begins in `bytes`.
fn body_of(bytes: &[u8], name: &[u8; 4]) -> Option<usize> {
    Some(bytes.windows(4).position(|four| four == name)? + 4)
}

fn scale_of(moov: &[u8]) -> Option<u64> {
    let body = body_of(moov, b"mvhd")?;
    number(moov, body + if *moov.get(body)? == 1 { 20 } else { 12 }, 4)
}

/// A duration of all ones means that it is not known (ISO 14496-12, 8.2.2).
fn known(duration: u64, long: bool) -> Option<u64> {
    let unknown = if long { u64::MAX } else { u64::from(u32::MAX) };
    (duration != 0 && duration != unknown).then_some(duration)
}

fn movie_seconds(moov: &[u8]) -> Option<u32> {
    let body = body_of(moov, b"mvhd")?;
    let long = *moov.get(body)? == 1;
    let duration = if long { number(moov, body + 24, 8)? } else { number(moov, body + 16, 4)? };
    whole_seconds(known(duration, long)?, scale_of(moov)?)
}

/// The length a fragmented film announces in `moov`/`mvex`/`mehd`.
async fn of_fragments(files: &dyn Files, key: &str, moov: &[u8], from: u64, end: u64) -> Result<Option<u32>> {
    let Some(scale) = scale_of(moov) else { return Ok(None) };
    let mut at = from.saturating_add(8);
    for _ in 0..BOXES {
        if at >= end {
            return Ok(None);
        }
        let head = files.read(key, at, 64).await?;
        let Some((size, kind)) = box_of(&head, end - at) else { return Ok(None) };
        if &kind == b"mvex" {
            return Ok(extended(&head, scale));
        }
        at = at.saturating_add(size);
    }
    Ok(None)
}

fn extended(mvex: &[u8], scale: u64) -> Option<u32> {
    let body = body_of(mvex, b"mehd")?;
    let long = *mvex.get(body)? == 1;
    let duration = number(mvex, body + 4, if long { 8 } else { 4 })?;
    whole_seconds(known(duration, long)?, scale)
}

/// The length by the index that follows `moov`; 0 where there is none, or where it is of one part of the file only.
async fn of_index(files: &dyn Files, key: &str, from: u64, bytes: u64) -> Result<u32> {
    let mut at = from;
    for _ in 0..BOXES {
        if at >= bytes {
            break;
        }
        let head = files.read(key, at, 16).await?;
        let Some((size, kind)) = box_of(&head, bytes - at) else { break };
        if &kind == b"sidx" {
            let index = files.read(key, at, usize::try_from(size.min(INDEX)).unwrap_or(MOOV_HEAD)).await?;
            return Ok(indexed(&index, bytes - at).unwrap_or(0));
        }
        at = at.saturating_add(size);
    }
    Ok(0)
}

/// What an index adds up to; `left` is how much of the file there is from its beginning on.
fn indexed(sidx: &[u8], left: u64) -> Option<u32> {
    let scale = number(sidx, 16, 4)?;
    let (first, mut at) = if *sidx.get(8)? == 0 { (number(sidx, 24, 4)?, 28) } else { (number(sidx, 28, 8)?, 36) };
    let count = number(sidx, at + 2, 2)?;
    at += 4;
    let (mut covered, mut duration) = (first.saturating_add(sidx.len() as u64), 0u64);
    for _ in 0..count {
        covered = covered.saturating_add(number(sidx, at, 4)? & 0x7fff_ffff);
        duration = duration.saturating_add(number(sidx, at + 4, 4)?);
        at += 12;
    }
    // an index of the first fragment alone would make a film of two hours one of two seconds
    let whole = covered >= left - left / 10;
    if whole { whole_seconds(duration, scale) } else { None }
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
    fn a_length_that_is_not_known_or_beyond_belief_is_none() {
        assert_eq!(movie_seconds(&mvhd(0, 1000, u32::MAX)), None);
        assert_eq!(movie_seconds(&mvhd(0, 1, u32::MAX - 1)), None);
        assert_eq!(movie_seconds(&mvhd(1, 1, 48 * 3600)), Some(48 * 3600));
        assert_eq!(movie_seconds(&mvhd(1, 1, 48 * 3600 + 1)), None);
    }

    #[test]
    fn a_film_in_fragments_says_its_length_in_another_place() {
        let mut bytes = ftyp();
        let mut moov = mvhd(0, 1000, 0);
        moov.resize(0x74, 0);
        moov.extend(b"\0\0\0\x18mvex\0\0\0\x10mehd\0\0\0\0");
        moov.extend(61_500u32.to_be_bytes());
        let size = u32::try_from(moov.len()).expect("short");
        moov[..4].copy_from_slice(&size.to_be_bytes());
        bytes.extend(moov);
        assert_eq!(seconds(&bytes), Some(62));
    }

    /// An index whose parts are 100 bytes and five seconds each.
    fn sidx(parts: u16) -> Vec<u8> {
        let mut index = (32 + 12 * u32::from(parts)).to_be_bytes().to_vec();
        index.extend(b"sidx\0\0\0\0\0\0\0\x01");
        index.extend(1000u32.to_be_bytes());
        index.extend([0; 10]);
        index.extend(parts.to_be_bytes());
        for _ in 0..parts {
            index.extend(100u32.to_be_bytes());
            index.extend(5000u32.to_be_bytes());
            index.extend([0; 4]);
        }
        index
    }

    #[test]
    fn an_index_of_the_whole_file_says_its_length_and_one_of_a_part_does_not() {
        let mut bytes = ftyp();
        let mut moov = mvhd(0, 1000, 0);
        moov.resize(0x74, 0);
        bytes.extend(moov);
        bytes.extend(sidx(3));
        bytes.resize(bytes.len() + 300, 0);
        assert_eq!(seconds(&bytes), Some(15));
        bytes.resize(bytes.len() + 3000, 0);
        assert_eq!(seconds(&bytes), Some(0));
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

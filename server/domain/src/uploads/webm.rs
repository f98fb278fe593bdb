//! How long a WebM film is: `Duration` of the segment's `Info`, or, where a browser recorded it and never went back to write
//! one, the time of its last cluster.

use super::length::whole_seconds;
use crate::ports::Files;
use std::io::Result;

/// `Info` stands near the beginning.
const HEAD: usize = 64 * 1024;
/// How far from the end the last cluster is looked for.
const TAIL: usize = 8 * 1024 * 1024;
const INFO: &[u8] = &[0x15, 0x49, 0xa9, 0x66];
/// What stands before an id that is only named: `SeekID`, four bytes long.
const SEEK: &[u8] = &[0x53, 0xab, 0x84];
const CLUSTER: &[u8] = &[0x1f, 0x43, 0xb6, 0x75];
const TIME_SCALE: &[u8] = &[0x2a, 0xd7, 0xb1];
const DURATION: &[u8] = &[0x44, 0x89];
const TIME: &[u8] = &[0xe7];
const NANOS: u64 = 1_000_000_000;

pub async fn seconds(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let head = files.read(key, 0, HEAD).await?;
    let info = info_of(&head).unwrap_or_default();
    let scale = value(info, TIME_SCALE).map_or(1_000_000, unsigned);
    if let Some(duration) = value(info, DURATION).and_then(float) {
        return Ok(nanos(duration, scale));
    }
    let tail = files.read(key, bytes.saturating_sub(TAIL as u64), TAIL).await?;
    let last = (0..tail.len()).rev().find_map(|at| {
        let cluster = body(tail.get(at..).filter(|rest| rest.starts_with(CLUSTER))?, CLUSTER)?;
        cluster.starts_with(TIME).then(|| value(cluster, TIME).map(unsigned)).flatten()
    });
    Ok(last.and_then(|time| whole_seconds(time.saturating_mul(scale), NANOS)))
}

/// The body of `Info` itself: the list of places before it (`SeekHead`) names the same id.
fn info_of(head: &[u8]) -> Option<&[u8]> {
    let named = |at: usize| head.get(at.saturating_sub(SEEK.len())..at) == Some(SEEK);
    let at = head.windows(INFO.len()).enumerate().position(|(at, part)| part == INFO && !named(at))?;
    body(head.get(at..)?, INFO)
}

/// A length in units of `scale` nanoseconds.
fn nanos(duration: f64, scale: u64) -> Option<u32> {
    let nanos = duration * scale as f64;
    // a float that is no length becomes 0, one too large the largest number: neither is believed
    if nanos.is_finite() { whole_seconds(nanos as u64, NANOS) } else { None }
}

/// What follows the first element of this id: its body, or as much of it as is here.
fn body<'b>(bytes: &'b [u8], id: &[u8]) -> Option<&'b [u8]> {
    let at = bytes.windows(id.len()).position(|part| part == id)? + id.len();
    let rest = bytes.get(at..)?;
    let width = width(*rest.first()?)?;
    let size = unsigned(rest.get(..width)?) & !(1u64.checked_shl(u32::try_from(7 * width).ok()?)?);
    let rest = rest.get(width..)?;
    let size = usize::try_from(size).unwrap_or(usize::MAX).min(rest.len());
    rest.get(..size)
}

/// The element of this id, if it is whole and a number.
fn value<'b>(bytes: &'b [u8], id: &[u8]) -> Option<&'b [u8]> {
    body(bytes, id).filter(|value| (1..=8).contains(&value.len()))
}

/// How many bytes a size has, by its first.
fn width(first: u8) -> Option<usize> {
    let width = first.leading_zeros() as usize + 1;
    (width <= 8).then_some(width)
}

fn unsigned(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?))),
        8 => Some(f64::from_be_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uploads::length::tests::read_as;

    fn film(info: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x1a\x45\xdf\xa3\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff".to_vec();
        bytes.extend(SEEK);
        bytes.extend(INFO);
        bytes.extend(b"\x53\xac\x81\x40");
        bytes.extend(INFO);
        bytes.push(0x80 | u8::try_from(info.len()).expect("short"));
        bytes.extend(info);
        bytes
    }

    fn length(bytes: &[u8]) -> Option<u32> {
        read_as(bytes, "video/webm")
    }

    #[test]
    fn a_film_that_says_its_length_is_believed_within_reason() {
        let said = |duration: f64| {
            let mut info = b"\x2a\xd7\xb1\x83\x0f\x42\x40\x44\x89\x88".to_vec();
            info.extend(duration.to_be_bytes());
            length(&film(&info))
        };
        assert_eq!(said(61_500.0), Some(62));
        for odd in [f64::NAN, f64::INFINITY, -5.0, 0.0, 1e18] {
            assert_eq!(said(odd), Some(0), "{odd}");
        }
    }

    #[test]
    fn a_browsers_recording_is_as_long_as_its_last_cluster_says() {
        let mut bytes = film(b"\x2a\xd7\xb1\x83\x0f\x42\x40");
        for time in [0u16, 30_000, 60_000] {
            bytes.extend(CLUSTER);
            bytes.extend(b"\x01\xff\xff\xff\xff\xff\xff\xff\xe7\x82");
            bytes.extend(time.to_be_bytes());
            bytes.extend([0; 40]);
        }
        assert_eq!(length(&bytes), Some(60));
        assert_eq!(length(&film(b"")), Some(0));
    }
}

//! How long sound recordings are, by their headers. What a header does not say or what contradicts itself is not known.

use super::length::whole_seconds;
use crate::ports::Files;
use std::io::Result;

/// How much is looked at in one piece.
const PIECE: usize = 256 * 1024;

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(bytes.get(at..at.checked_add(length)?)?.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(bytes.get(at..at.checked_add(length)?)?.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}

/// A frame header of MPEG audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Frame {
    /// Samples a second, and in one frame.
    rate: u64,
    samples: u64,
    /// Bits a second.
    bits: u64,
    /// Where a table of the whole recording may stand, from the frame's first byte.
    table: usize,
}

/// Kilobits a second by the header's number: of MPEG 1 layer III and II, and of MPEG 2 layers II and III.
const BITS_1_3: [u64; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITS_1_2: [u64; 15] = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const BITS_2: [u64; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

fn frame(head: &[u8]) -> Option<Frame> {
    let word = big(head, 0, 4)?;
    let (version, layer) = ((word >> 19) & 3, (word >> 17) & 3);
    if word >> 21 != 0x7ff || version == 1 || !matches!(layer, 1 | 2) {
        return None;
    }
    let first = version == 3;
    let rates = [44_100u64, 48_000, 32_000];
    let rate = *rates.get(usize::try_from((word >> 10) & 3).ok()?)?;
    let rate = match version {
        3 => rate,
        2 => rate / 2,
        _ => rate / 4,
    };
    let table = match (first, layer) {
        (true, 1) => &BITS_1_3,
        (true, _) => &BITS_1_2,
        _ => &BITS_2,
    };
    let bits = *table.get(usize::try_from((word >> 12) & 15).ok()?)? * 1000;
    let mono = (word >> 6) & 3 == 3;
    let side = match (first, mono) {
        (true, false) => 32,
        (false, true) => 9,
        _ => 17,
    };
    Some(Frame { rate, samples: if layer == 1 && !first { 576 } else { 1152 }, bits, table: 4 + side })
}

/// How many bytes an ID3 tag at the beginning takes.
fn tag(head: &[u8]) -> u64 {
    if !head.starts_with(b"ID3") {
        return 0;
    }
    let size = head.get(6..10).map_or(0, |four| four.iter().fold(0u64, |sum, byte| (sum << 7) | u64::from(byte & 0x7f)));
    let footer = head.get(5).is_some_and(|flags| flags & 0x10 != 0);
    10 + size + if footer { 10 } else { 0 }
}

pub async fn mp3(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let start = tag(&files.read(key, 0, 10).await?);
    if start >= bytes {
        return Ok(None);
    }
    let part = files.read(key, start, PIECE).await?;
    // some encoders leave a gap behind the tag
    let Some((at, frame)) = (0..part.len()).find_map(|at| Some((at, frame(&part[at..])?))) else { return Ok(None) };
    let left = bytes - start - at as u64;
    Ok(frames_of(&part[at..], frame).map_or_else(
        || whole_seconds(left.saturating_mul(8), frame.bits),
        |count| whole_seconds(count.saturating_mul(frame.samples), frame.rate),
    ))
}

/// How many frames the table in the first frame counts (Xing, Info or VBRI).
fn frames_of(first: &[u8], frame: Frame) -> Option<u64> {
    let at = frame.table;
    let count = match first.get(at..at + 4) {
        Some(b"Xing" | b"Info") if big(first, at + 4, 4)? & 1 == 1 => big(first, at + 8, 4)?,
        _ if first.get(36..40) == Some(b"VBRI") => big(first, 36 + 14, 4)?,
        _ => return None,
    };
    (count > 0).then_some(count)
}

pub async fn wav(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let (mut at, mut rate) = (12u64, None);
    for _ in 0..64 {
        if at >= bytes {
            break;
        }
        let head = files.read(key, at, 24).await?;
        let Some(size) = little(&head, 4, 4) else { break };
        match head.get(..4) {
            Some(b"fmt ") => rate = little(&head, 16, 4),
            Some(b"data") => {
                // a recorder that never went back writes all ones
                let sound = size.min(bytes.saturating_sub(at + 8));
                return Ok(rate.and_then(|rate| whole_seconds(sound, rate)));
            }
            _ => (),
        }
        at = at.saturating_add(8).saturating_add(size).saturating_add(size % 2);
    }
    Ok(None)
}

/// STREAMINFO stands first; `at` is where its body begins.
fn stream_info(head: &[u8], at: usize) -> Option<u32> {
    let rate = big(head, at + 10, 3)? >> 4;
    let samples = big(head, at + 13, 5)? & 0xf_ffff_ffff;
    whole_seconds(samples, rate)
}

pub async fn flac(files: &dyn Files, key: &str) -> Result<Option<u32>> {
    let start = tag(&files.read(key, 0, 10).await?);
    Ok(stream_info(&files.read(key, start, 64).await?, 8))
}

/// How many samples a second, and how many before the first that is heard, by the first packet of an Ogg stream.
fn ogg_rate(packet: &[u8]) -> Option<(u64, u64)> {
    if packet.starts_with(b"OpusHead") {
        return Some((48_000, little(packet, 10, 2)?));
    }
    if packet.starts_with(b"\x01vorbis") {
        return Some((little(packet, 12, 4)?, 0));
    }
    if packet.starts_with(b"Speex   ") {
        return Some((little(packet, 36, 4)?, 0));
    }
    packet.starts_with(b"\x7fFLAC").then(|| Some((big(packet, 17 + 10, 3)? >> 4, 0))).flatten()
}

pub async fn ogg(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let head = files.read(key, 0, 4096).await?;
    let Some(serial) = big(&head, 14, 4) else { return Ok(None) };
    let packet = head.get(26).and_then(|segments| head.get(27 + usize::from(*segments)..));
    let Some((rate, before)) = packet.and_then(ogg_rate) else { return Ok(None) };
    let tail = files.read(key, bytes.saturating_sub(PIECE as u64), PIECE).await?;
    // the last page of the same stream that ends a packet says how far it has come
    let last = (0..tail.len().saturating_sub(26)).rev().find_map(|at| {
        let page = &tail[at..];
        let ours = page.starts_with(b"OggS") && big(page, 14, 4) == Some(serial);
        little(page, 6, 8).filter(|granule| ours && *granule != u64::MAX)
    });
    Ok(last.and_then(|granule| whole_seconds(granule.saturating_sub(before), rate)))
}

const AAC_RATES: [u64; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// Frames carry no count of their own: they are walked over, from one header to the next.
pub async fn aac(files: &dyn Files, key: &str, bytes: u64) -> Result<Option<u32>> {
    let mut at = tag(&files.read(key, 0, 10).await?);
    let (mut samples, mut rate) = (0u64, None);
    while at < bytes {
        let part = files.read(key, at, PIECE).await?;
        let mut here = 0usize;
        while let Some(head) = part.get(here..here + 7) {
            let length = usize::try_from((big(head, 3, 3).unwrap_or(0) >> 5) & 0x1fff).unwrap_or(0);
            if head[0] != 0xff || head[1] & 0xf6 != 0xf0 || length < 7 {
                // what stands behind the last frame (a tag) ends the recording
                return Ok(rate.and_then(|rate| whole_seconds(samples, rate)));
            }
            rate = rate.or_else(|| AAC_RATES.get(usize::from((head[2] >> 2) & 15)).copied());
            samples += 1024 * (u64::from(head[6] & 3) + 1);
            here += length;
        }
        if here == 0 {
            break;
        }
        at += here as u64;
    }
    Ok(rate.and_then(|rate| whole_seconds(samples, rate)))
}

#[cfg(test)]
#[path = "sound_tests.rs"]
mod tests;

//! How long a recording is, whatever it is kept in.

use super::{duration, sound, webm};
use crate::ports::Files;
use std::io::Result;

/// What is longer is not believed, in seconds: two days, as with a player's reports.
const LONGEST: u64 = 48 * 3600;

/// The length of the recording under `key` in whole seconds, rounded up; 0 where it does not say. `None` where the file is no
/// recording after all. `Err` only where reading failed.
pub async fn of(files: &dyn Files, key: &str, bytes: u64, content_type: &str) -> Result<Option<u32>> {
    let seconds = match content_type {
        "video/mp4" | "audio/mp4" => return duration::of_mp4(files, key, bytes).await,
        "video/webm" => webm::seconds(files, key, bytes).await?,
        "audio/mpeg" => sound::mp3(files, key, bytes).await?,
        "audio/ogg" => sound::ogg(files, key, bytes).await?,
        "audio/wav" => sound::wav(files, key, bytes).await?,
        "audio/flac" => sound::flac(files, key).await?,
        "audio/aac" => sound::aac(files, key, bytes).await?,
        _ => None,
    };
    Ok(Some(seconds.unwrap_or(0)))
}

/// `count` units of which a second has `rate`, rounded up; none where that is nothing or more than two days.
pub fn whole_seconds(count: u64, rate: u64) -> Option<u32> {
    if rate == 0 || count == 0 {
        return None;
    }
    let seconds = count.div_ceil(rate);
    if seconds > LONGEST { None } else { u32::try_from(seconds).ok() }
}

#[cfg(test)]
pub(super) mod tests {
    /// The length of a file of these bytes and this type.
    pub(in crate::uploads) fn read_as(bytes: &[u8], content_type: &str) -> Option<u32> {
        let folder = tempfile::tempdir().expect("a folder");
        let files = crate::testing::Folder::new(folder.path().to_owned());
        let read = async {
            crate::ports::Files::write(&files, "file", 0, bytes.to_vec()).await?;
            super::of(&files, "file", bytes.len() as u64, content_type).await
        };
        let here = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        here.block_on(read).expect("readable")
    }
}

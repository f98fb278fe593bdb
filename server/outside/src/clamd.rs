//! ClamAV's daemon looks at files: its `INSTREAM` over TCP (clamd(8)).

use domain::ports::{Files, Outage, Scanner, Verdict};
use futures::future::BoxFuture;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long connecting may take, and one file in all.
const CONNECTING: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_secs(300);
/// How much is sent at once.
const PIECE: usize = 256 * 1024;
/// The longest answer that is read.
const LONGEST: usize = 4_096;

/// A daemon at `host:port`.
pub struct Clamd {
    address: String,
}

/// Whether a daemon could be at this address; why not otherwise.
pub fn check(address: &str) -> Result<(), String> {
    match address.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(()),
        _ => Err("host:port, such as 127.0.0.1:3310".into()),
    }
}

impl Clamd {
    pub fn new(address: impl Into<String>) -> Self {
        Self { address: address.into() }
    }

    async fn connect(&self) -> Result<TcpStream, Outage> {
        let connecting = timeout(CONNECTING, TcpStream::connect(&self.address)).await;
        connecting.map_err(|_| Outage("clamd does not answer".into()))?.map_err(|cause| Outage(format!("clamd: {cause}")))
    }

    /// Whether it is there.
    pub async fn answers(&self) -> Result<(), Outage> {
        let asking = async {
            let mut line = self.connect().await?;
            line.write_all(b"zPING\0").await.map_err(broken)?;
            match answer(&mut line).await?.as_str() {
                "PONG" => Ok(()),
                other => Err(unknown(other)),
            }
        };
        timeout(CONNECTING, asking).await.unwrap_or_else(|_| Err(Outage("clamd does not answer".into())))
    }

    async fn look(&self, files: &dyn Files, key: &str) -> Result<Verdict, Outage> {
        let mut line = self.connect().await?;
        send(&mut line, files, key).await?;
        match answer(&mut line).await?.as_str() {
            "" => Err(Outage("clamd says nothing".into())),
            said => verdict(said),
        }
    }
}

impl Scanner for Clamd {
    fn look_at<'a>(&'a self, files: &'a dyn Files, key: &'a str) -> BoxFuture<'a, Result<Verdict, Outage>> {
        Box::pin(async move {
            timeout(PATIENCE, self.look(files, key)).await.unwrap_or_else(|_| Err(Outage("clamd takes too long".into())))
        })
    }
}

/// The whole file in pieces, each behind its length; a length of nought ends it. Of a file that is too long for it the daemon lets
/// go while we are still sending, and says so: a line that takes no more is no failure yet.
async fn send(line: &mut TcpStream, files: &dyn Files, key: &str) -> Result<(), Outage> {
    let mut at = 0;
    let mut taken = line.write_all(b"zINSTREAM\0").await.is_ok();
    while taken {
        let piece = files.read(key, at, PIECE).await.map_err(|cause| Outage(format!("the file: {cause}")))?;
        let length = u32::try_from(piece.len()).map_err(|_| Outage("a piece is too long".into()))?;
        taken = line.write_all(&length.to_be_bytes()).await.is_ok() && line.write_all(&piece).await.is_ok();
        if piece.is_empty() {
            break;
        }
        at += u64::from(length);
    }
    Ok(())
}

/// What it says until it ends the answer or the line.
async fn answer(line: &mut TcpStream) -> Result<String, Outage> {
    let mut said = Vec::new();
    let mut part = [0; 512];
    while said.len() < LONGEST && !said.contains(&0) {
        match line.read(&mut part).await {
            Ok(0) => break,
            Ok(length) => said.extend_from_slice(&part[..length]),
            // the rest was thrown away with what it had not read
            Err(_) if !said.is_empty() => break,
            Err(cause) => return Err(broken(cause)),
        }
    }
    let said = said.split(|byte| *byte == 0).next().unwrap_or_default();
    Ok(String::from_utf8_lossy(said).trim().to_owned())
}

fn verdict(said: &str) -> Result<Verdict, Outage> {
    let told = said.strip_prefix("stream: ").unwrap_or(said);
    match told {
        "OK" => Ok(Verdict::Clean),
        "INSTREAM size limit exceeded. ERROR" => Ok(Verdict::TooLong),
        _ => match told.strip_suffix(" FOUND") {
            // with AlertExceedsMax: it gave up at one of its limits, and found nothing
            Some(name) if name.starts_with("Heuristics.Limits.Exceeded") => Ok(Verdict::TooLong),
            Some(name) => Ok(Verdict::Infected(name.chars().filter(char::is_ascii_graphic).take(100).collect())),
            None => Err(unknown(said)),
        },
    }
}

fn broken(cause: std::io::Error) -> Outage {
    Outage(format!("clamd: {cause}"))
}

fn unknown(said: &str) -> Outage {
    Outage(format!("clamd says {:?}", said.chars().take(100).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_a_verdict_or_nothing_to_rely_on() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        assert_eq!(verdict("stream: Eicar-Test-Signature FOUND").unwrap(), Verdict::Infected("Eicar-Test-Signature".into()));
        assert_eq!(verdict("INSTREAM size limit exceeded. ERROR").unwrap(), Verdict::TooLong);
        assert_eq!(verdict("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND").unwrap(), Verdict::TooLong);
        for odd in ["", "OK FOUND?", "UNKNOWN COMMAND", "stream: Can't allocate memory ERROR"] {
            assert!(verdict(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn an_address_is_a_host_and_a_port() {
        assert!(check("127.0.0.1:3310").is_ok() && check("clamd.internal:3310").is_ok() && check("[::1]:3310").is_ok());
        assert!(check("clamd").is_err() && check(":3310").is_err() && check("clamd:port").is_err());
    }
}

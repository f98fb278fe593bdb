//! A mail server that does what a drill wants: takes letters, refuses an address for ever, or takes one and never says so.

use load::told;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A letter that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub to: String,
    pub message_id: String,
}

#[derive(Default)]
struct Desk {
    taken: Vec<Taken>,
    /// Addresses that hold this are refused.
    refused: Option<String>,
    /// Letters are taken, and nobody is told.
    mute: bool,
}

pub struct Post {
    pub address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    serving: JoinHandle<()>,
}

impl Post {
    pub async fn open() -> Result<Self, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(told)?;
        let address = listener.local_addr().map_err(told)?;
        let desk = Arc::<Mutex<Desk>>::default();
        let shared = desk.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = shared.clone();
                tokio::spawn(async move {
                    // a connection that breaks off is part of the drill
                    let _ = converse(stream, &desk).await;
                });
            }
        });
        Ok(Self { address, desk, serving })
    }

    /// As the program's setting wants it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Desk) -> T) -> T {
        act(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Addresses that hold `part` are refused from now on, with the word for "try later".
    pub fn refuse(&self, part: &str) {
        self.with(|desk| desk.refused = Some(part.to_owned()));
    }

    /// Whether letters are taken without a word.
    pub fn be_mute(&self, mute: bool) {
        self.with(|desk| desk.mute = mute);
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.with(|desk| desk.taken.clone())
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn converse(stream: TcpStream, desk: &Mutex<Desk>) -> std::io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 drill\r\n").await?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" | "HELO" | "MAIL" | "RSET" | "NOOP" => "250 good",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let refused = look(desk, |desk| desk.refused.as_ref().is_some_and(|part| to.contains(part)));
                if refused { "451 not now" } else { "250 good" }
            }
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await?;
                let mut message_id = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    if line.to_ascii_lowercase().starts_with("message-id:") {
                        message_id = line[11..].trim().to_owned();
                    }
                }
                let mute = look(desk, |desk| {
                    desk.taken.push(Taken { to: to.clone(), message_id: message_id.clone() });
                    desk.mute
                });
                if mute {
                    tokio::time::sleep(Duration::from_secs(60)).await;
                }
                "250 taken"
            }
            "QUIT" => {
                writing.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 what",
        };
        writing.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

fn look<T>(desk: &Mutex<Desk>, act: impl FnOnce(&mut Desk) -> T) -> T {
    act(&mut desk.lock().unwrap_or_else(PoisonError::into_inner))
}

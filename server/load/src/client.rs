//! A browser's connection cut down to what a measurement needs: HTTP/1.1, kept open, nothing else that costs time.

use std::io::{Error, ErrorKind, Result};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// An open connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What the answer's cookies are to be sent back as.
    pub fn cookies(&self) -> String {
        let pairs = self.headers.iter().filter(|(key, _)| key == "set-cookie");
        pairs.filter_map(|(_, value)| value.split(';').next()).collect::<Vec<_>>().join("; ")
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        Self::over(TcpStream::connect(address).await?)
    }

    /// From another address of this machine, where it has one (Linux answers to all of 127.0.0.0/8); else from the usual one.
    pub async fn open_from(source: Ipv4Addr, address: SocketAddr) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        match socket.bind((source, 0).into()) {
            Ok(()) => Self::over(socket.connect(address).await?),
            Err(_) => Self::open(address).await,
        }
    }

    fn over(stream: TcpStream) -> Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Whether the other side still holds it; whoever asks nothing for a while is let go.
    fn is_open(&self) -> bool {
        self.stream.try_read(&mut [0]).is_err_and(|cause| cause.kind() == ErrorKind::WouldBlock)
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let head = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.fill().await?;
        };
        let (status, headers) = read_head(&self.buffer[..head])?;
        self.buffer.drain(..head);
        let body = match headers.iter().find(|(name, _)| name == "content-length") {
            Some((_, length)) => self.exactly(length.parse().map_err(|_| broken("content-length"))?).await?,
            None if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") => {
                self.chunks().await?
            }
            None => Vec::new(),
        };
        Ok(Answer { status, headers, body })
    }

    async fn fill(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    async fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                if let Some(at) = find(&self.buffer, b"\r\n") {
                    break at;
                }
                self.fill().await?;
            };
            let size =
                std::str::from_utf8(&self.buffer[..line]).ok().and_then(|text| usize::from_str_radix(text.trim(), 16).ok());
            let size = size.ok_or_else(|| broken("chunk size"))?;
            self.buffer.drain(..line + 2);
            let chunk = self.exactly(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn read_head(head: &[u8]) -> Result<(u16, Vec<(String, String)>)> {
    let text = std::str::from_utf8(head).map_err(|_| broken("head"))?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(|| broken("status"))?;
    let headers =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    Ok((status, headers.collect()))
}

fn broken(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("an answer with an unreadable {what}"))
}

/// A connection that is opened when it is needed, and anew after it broke.
pub struct Line {
    address: SocketAddr,
    open: Option<Connection>,
    /// How long an answer may take.
    patience: Duration,
}

impl Line {
    pub fn to(address: SocketAddr, patience: Duration) -> Self {
        Self { address, open: None, patience }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends a request once. One that got no answer may have been carried out.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        let held = self.open.take();
        let address = self.address;
        let exchange = async move {
            let mut connection = match held {
                Some(connection) if connection.is_open() => connection,
                _ => Connection::open(address).await?,
            };
            let answer = connection.send(request).await?;
            Ok((connection, answer))
        };
        match tokio::time::timeout(self.patience, exchange).await {
            Ok(Ok((connection, answer))) => {
                self.open = (answer.header("connection") != Some("close")).then_some(connection);
                Ok(answer)
            }
            Ok(Err(cause)) => Err(cause),
            Err(_) => Err(ErrorKind::TimedOut.into()),
        }
    }
}

/// A call with a body of JSON (or of whatever the headers say).
pub fn call(method: &str, path: &str, host: SocketAddr, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A GET as a browser of a signed-in person (or of nobody, where `cookies` is empty) sends it.
pub fn get(path: &str, cookies: &str, brotli: bool) -> Vec<u8> {
    let encoding = if brotli { "accept-encoding: br\r\n" } else { "" };
    let cookies = if cookies.is_empty() { String::new() } else { format!("cookie: {cookies}\r\n") };
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\n{encoding}{cookies}\r\n").into_bytes()
}

/// A form as the browser of a page of ours sends it.
pub fn post(path: &str, origin: &str, cookies: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode as encode};
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value, NON_ALPHANUMERIC))).collect();
    let body = body.join("&");
    let host = origin.split("://").nth(1).unwrap_or(origin);
    let cookies = if cookies.is_empty() { String::new() } else { format!("cookie: {cookies}\r\n") };
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n{cookies}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

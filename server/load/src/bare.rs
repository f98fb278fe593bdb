//! What a page is compared with: an axum handler that does nothing but answer with as many bytes.

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use load::program::{Program, free_address};
use load::told;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::process::Command;

/// The most bytes that are asked for.
const MOST: usize = 4 * 1024 * 1024;

/// Serves `/bytes/{n}` until the process is ended.
pub async fn serve(address: SocketAddr) -> Result<(), String> {
    let bytes = Bytes::from(vec![b'x'; MOST]);
    let answer = move |Path(length): Path<usize>| {
        let body = bytes.slice(..length.min(MOST));
        async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], body) }
    };
    let listener = TcpListener::bind(address).await.map_err(told)?;
    axum::serve(listener, Router::new().route("/bytes/{length}", get(answer))).await.map_err(told)
}

/// Starts this program again as the bare handler.
pub async fn start() -> Result<Program, String> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe().map_err(told)?);
    command.arg("bare").arg(address.to_string()).kill_on_drop(true);
    Program::start(command, address, format!("http://{address}"), "/bytes/1").await
}

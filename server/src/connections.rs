//! Connections of the server: each answers one request after the other, and none is held by somebody who sends nothing.

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::Layer;

/// How long the head of a request may take, and how long a connection may rest between two.
pub const HEAD: Duration = Duration::from_secs(30);
/// After the system could not give us another connection.
const REST: Duration = Duration::from_secs(1);

/// Answers until `told` ends; then until every request that has begun is answered.
pub async fn serve(listener: TcpListener, router: Router, told: impl Future<Output = ()>, head: Duration) {
    let (tell, stop) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut told = pin!(told);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => {
                    open.spawn(answer(stream, address, router.clone(), stop.clone(), head));
                }
                Err(cause) => {
                    tracing::warn!(%cause, "a connection could not be taken");
                    tokio::time::sleep(REST).await;
                }
            },
            // those that ended are forgotten as they end
            Some(_) = open.join_next() => (),
            () = &mut told => break,
        }
    }
    drop(listener);
    let _ = tell.send(true);
    while open.join_next().await.is_some() {}
}

async fn answer(stream: TcpStream, address: SocketAddr, router: Router, stop: watch::Receiver<bool>, head: Duration) {
    let service = TowerToHyperService::new(Extension(ConnectInfo(address)).layer(router));
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = told_to(stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(%cause, "a connection broke");
    }
}

async fn told_to(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|told| *told).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    /// What comes back for these bytes until the server lets the connection go.
    async fn said(address: SocketAddr, bytes: &[u8]) -> String {
        let mut connection = TcpStream::connect(address).await.expect("a connection");
        connection.write_all(bytes).await.expect("it takes them");
        let mut said = Vec::new();
        let reading = connection.read_to_end(&mut said);
        let _ = tokio::time::timeout(Duration::from_secs(60), reading).await.expect("it is let go");
        String::from_utf8_lossy(&said).into_owned()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_never_ends_the_head_of_a_request_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(|| async { "here" });
        let (tell, told) = oneshot::channel::<()>();
        let told = async move {
            let _ = told.await;
        };
        let serving = tokio::spawn(serve(listener, router, told, Duration::from_millis(300)));
        let quick = said(address, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(quick.starts_with("HTTP/1.1 200") && quick.ends_with("here"), "{quick}");
        let slow = said(address, b"GET / HTTP/1.1\r\nhost: a").await;
        assert!(!slow.contains("here"), "{slow}");
        tell.send(()).expect("it listens");
        serving.await.expect("it ends");
    }
}

//! Connections of the server: each answers one request after the other, none is held by somebody who sends nothing, and nobody
//! holds all of them.

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::Layer;

/// How long the head of a request may take, and how long a connection may rest between two.
pub const HEAD: Duration = Duration::from_secs(10);
/// After the system could not give us another connection.
const REST: Duration = Duration::from_secs(1);

/// The log is told at most so often that connections are closed for want of a place.
const TELL: Duration = Duration::from_secs(600);

/// How many connections are open from each place: an IPv4 address, or the /64 of an IPv6 address.
type Open = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Those who are connected, and how many of them may come from one place.
#[derive(Clone)]
pub struct Crowd {
    most: usize,
    proxies: Arc<[IpAddr]>,
    open: Open,
    /// When the log was last told of one that was closed.
    told: Arc<Mutex<Option<Instant>>>,
}

impl Crowd {
    /// At most so many from one place; this machine and these proxies, who speak for many, are not counted.
    pub fn of_at_most(most: usize, proxies: &[IpAddr]) -> Self {
        Self { most, proxies: proxies.into(), open: Arc::default(), told: Arc::default() }
    }

    /// A place for one more; none where as many are open as may be.
    fn admit(&self, address: IpAddr) -> Option<Admitted> {
        let address = address.to_canonical();
        if address.is_loopback() || self.proxies.contains(&address) {
            return Some(Admitted(None));
        }
        let place = match address {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
            v4 => v4,
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(place).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Admitted(Some((self.open.clone(), place))))
    }

    /// One was closed for want of a place: that is counted, and told to the log now and then, without whose it was.
    fn sent_away(&self) {
        metrics::counter!("connections_refused_total").increment(1);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|at| at.elapsed() >= TELL) {
            *told = Some(Instant::now());
            tracing::warn!(
                most = self.most,
                "an address has as many connections open as LECTERN_CONNECTIONS lets it; \
                 where that is a proxy of ours, name it in LECTERN_TRUSTED_PROXIES"
            );
        }
    }
}

/// One connection, counted until it is dropped.
struct Admitted(Option<(Open, IpAddr)>);

impl Drop for Admitted {
    fn drop(&mut self) {
        let Some((open, place)) = &self.0 else { return };
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(place) {
            *count -= 1;
            if *count == 0 {
                open.remove(place);
            }
        }
    }
}

/// Answers until `told` ends; then until every request that has begun is answered.
pub async fn serve(listener: TcpListener, router: Router, told: impl Future<Output = ()>, head: Duration, crowd: Crowd) {
    let (tell, stop) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut told = pin!(told);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => match crowd.admit(address.ip()) {
                    Some(admitted) => {
                        open.spawn(answer(stream, address, router.clone(), stop.clone(), head, admitted));
                    }
                    // closed at once: an answer would cost what is to be saved
                    None => crowd.sent_away(),
                },
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

async fn answer(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    stop: watch::Receiver<bool>,
    head: Duration,
    _admitted: Admitted,
) {
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
        let crowd = Crowd::of_at_most(1, &[]);
        let serving = tokio::spawn(serve(listener, router, told, Duration::from_millis(300), crowd));
        let quick = said(address, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(quick.starts_with("HTTP/1.1 200") && quick.ends_with("here"), "{quick}");
        let slow = said(address, b"GET / HTTP/1.1\r\nhost: a").await;
        assert!(!slow.contains("here"), "{slow}");
        tell.send(()).expect("it listens");
        serving.await.expect("it ends");
    }

    #[test]
    fn nobody_has_more_connections_than_may_come_from_one_place() {
        let at = |text: &str| text.parse::<IpAddr>().expect("an address");
        let crowd = Crowd::of_at_most(2, &[at("10.0.0.1")]);
        let here = "203.0.113.9";
        let (one, other) = (crowd.admit(at(here)), crowd.admit(at(here)));
        assert!(one.is_some() && other.is_some());
        assert!(crowd.admit(at(here)).is_none());
        assert!(crowd.admit(at("::ffff:203.0.113.9")).is_none(), "the same address");
        assert!(crowd.admit(at("203.0.113.10")).is_some());
        drop(one);
        let again = crowd.admit(at(here));
        assert!(again.is_some() && crowd.admit(at(here)).is_none());

        let network = ["2001:db8:1:2::1", "2001:db8:1:2:3::4"].map(|address| crowd.admit(at(address)));
        assert!(network.iter().all(Option::is_some) && crowd.admit(at("2001:db8:1:2::9")).is_none());
        assert!(crowd.admit(at("2001:db8:1:3::1")).is_some());

        let many = ["127.0.0.1", "::1", "10.0.0.1"].map(|address| (0..9).map(|_| crowd.admit(at(address))).collect::<Vec<_>>());
        assert!(many.iter().flatten().all(Option::is_some), "who speaks for many is not counted");
        drop((other, again, network, many));
        assert!(crowd.open.lock().expect("a count").is_empty());
    }
}

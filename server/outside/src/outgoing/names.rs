//! From a name to the addresses that may be connected to.

use super::Reach;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Asks what addresses a name has.
pub trait Lookup: Send + Sync + 'static {
    fn addresses(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// By the machine's own resolver.
#[derive(Clone, Copy, Debug)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.map(|found| found.ip()).collect()) })
    }
}

/// Keeps of a name's addresses those that the way leads to; the connection is made to one of these.
pub struct Names {
    lookup: Arc<dyn Lookup>,
    reach: Reach,
}

impl Names {
    pub fn new(lookup: impl Lookup, reach: Reach) -> Self {
        Self { lookup: Arc::new(lookup), reach }
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let (asked, reach) = (self.lookup.addresses(name.as_str().to_owned()), self.reach);
        Box::pin(async move {
            let found = asked.await?;
            // port 0: the address's own
            let kept: Vec<SocketAddr> =
                found.into_iter().filter(|ip| reach.takes(*ip)).map(|ip| SocketAddr::new(ip, 0)).collect();
            if kept.is_empty() {
                return Err(
                    io::Error::new(io::ErrorKind::PermissionDenied, "the name stands for no address that may be called").into()
                );
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

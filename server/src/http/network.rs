//! Which network a request comes from, for limits; and which country, where a proxy of ours says so.

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderName;
use std::net::{IpAddr, SocketAddr};

/// The IPv4 address, or the /64 of the IPv6 address. What proxies say counts only where the peer is one of ours.
pub fn network(request: &Request, trusted: &[IpAddr]) -> String {
    let Some(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical()) else {
        return "unknown".into();
    };
    named(behind(peer, request, trusted))
}

/// The country in two letters, as `header` of one of our proxies has it; empty where there is none, or it is not known.
pub fn country(request: &Request, trusted: &[IpAddr], header: Option<&HeaderName>) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let ours = peer.is_some_and(|peer| trusted.contains(&peer));
    let said = header.filter(|_| ours).and_then(|header| request.headers().get(header)?.to_str().ok()).unwrap_or_default().trim();
    let known = said.len() == 2 && said.bytes().all(|letter| letter.is_ascii_alphabetic()) && !said.eq_ignore_ascii_case("XX");
    if known { said.to_ascii_uppercase() } else { String::new() }
}

/// The last address in `X-Forwarded-For` that is not one of our proxies. What stands before something unreadable was written by
/// a stranger.
fn behind(peer: IpAddr, request: &Request, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let said: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.to_str().unwrap_or("unreadable").split(','))
        .collect();
    for part in said.into_iter().rev() {
        match part.trim().parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(address) if trusted.contains(&address) => (),
            Ok(address) => return address,
            Err(_) => return peer,
        }
    }
    peer
}

fn named(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn asking(peer: &str, forwarded: &str) -> Request {
        let mut request = Request::builder().header("x-forwarded-for", forwarded).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
        request
    }

    #[test]
    fn what_a_stranger_says_of_itself_does_not_count() {
        assert_eq!(network(&asking("203.0.113.9", "198.51.100.1"), &[]), "203.0.113.9");
        let ours = ["10.0.0.1".parse().unwrap()];
        assert_eq!(network(&asking("203.0.113.9", "198.51.100.1"), &ours), "203.0.113.9");
    }

    #[test]
    fn a_country_is_believed_only_from_our_proxy() {
        let header = HeaderName::from_static("cf-ipcountry");
        let ours: Vec<IpAddr> = vec!["10.0.0.1".parse().unwrap()];
        let said = |peer: &str, country: &str| {
            let mut request = asking(peer, "198.51.100.1");
            request.headers_mut().insert("cf-ipcountry", country.parse().unwrap());
            request
        };
        assert_eq!(country(&said("10.0.0.1", "nz"), &ours, Some(&header)), "NZ");
        assert_eq!(country(&said("10.0.0.1", "NZ"), &ours, None), "");
        assert_eq!(country(&said("10.0.0.1", "NZ"), &[], Some(&header)), "");
        assert_eq!(country(&said("203.0.113.9", "NZ"), &ours, Some(&header)), "");
        for unknown in ["XX", "T1", "Atlantis", ""] {
            assert_eq!(country(&said("10.0.0.1", unknown), &ours, Some(&header)), "", "{unknown}");
        }
    }

    #[test]
    fn behind_our_proxy_the_last_foreign_address_counts() {
        let ours = ["10.0.0.1".parse().unwrap()];
        assert_eq!(network(&asking("10.0.0.1", "1.2.3.4, 198.51.100.1"), &ours), "198.51.100.1");
        assert_eq!(network(&asking("10.0.0.1", "nonsense"), &ours), "10.0.0.1");
        assert_eq!(network(&asking("10.0.0.1", "6.6.6.6, x, 198.51.100.7"), &ours), "198.51.100.7");
        assert_eq!(network(&asking("10.0.0.1", "6.6.6.6, x, 10.0.0.1"), &ours), "10.0.0.1");
        assert_eq!(network(&asking("10.0.0.1", "2001:db8:1:2:3::4"), &ours), "2001:db8:1:2::/64");
    }
}

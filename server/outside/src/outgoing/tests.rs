//! Where the program lets itself be sent, and where not.

use super::*;
use futures::future::BoxFuture;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Every name has this address.
struct Always(&'static str);

impl Lookup for Always {
    fn addresses(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let address = self.0.parse().unwrap();
        Box::pin(async move { Ok(vec![address]) })
    }
}

/// A name that is public when it is looked at, and this machine ever after.
#[derive(Default)]
struct Rebinding(Arc<AtomicUsize>);

impl Lookup for Rebinding {
    fn addresses(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let asked = self.0.fetch_add(1, Ordering::SeqCst);
        let both: Vec<IpAddr> = vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()];
        Box::pin(async move { Ok(if asked == 0 { both } else { vec!["::ffff:127.0.0.1".parse().unwrap()] }) })
    }
}

/// Addresses that lead into our own network, however they are written, though an operator had named every one of these hosts.
const INWARD: [&str; 64] = [
    "https://127.0.0.1/",
    "https://127.0.0.1:8443/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://0177.0.0.01/",
    "https://00000177.1/",
    "https://127.0.0.1./",
    "https://%31%32%37.0.0.1/",
    "https://127%2e0%2e0%2e1/",
    "https://１２７.0.0.1/",
    "https://127。0。0。1/",
    "https://①②⑦.0.0.1/",
    "https://127.127.127.127/",
    "https://0/",
    "https://0.0.0.0/",
    "https://0x0/",
    "https://10.0.0.1/",
    "https://10.255.255.254/",
    "https://012.0.0.1/",
    "https://0xa000001/",
    "https://167772161/",
    "https://172.16.0.1/",
    "https://172.31.255.254/",
    "https://192.168.1.1/",
    "https://3232235777/",
    "https://100.64.0.1/",
    "https://100.100.100.200/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/iam/",
    "https://2852039166/latest/meta-data/",
    "https://0xa9fea9fe/computeMetadata/v1/",
    "https://0251.0376.0251.0376/",
    "https://169.254.170.2/v2/credentials",
    "https://192.0.0.192/opc/v1/",
    "https://198.18.0.1/",
    "https://203.0.113.7/",
    "https://224.0.0.1/",
    "https://239.255.255.250/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[0000::0001]:443/",
    "https://[::127.0.0.1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[0:0:0:0:0:ffff:10.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[64:ff9b:1::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a9fe:a9fe::1]/",
    "https://[2001:0:7f00:1::1]/",
    "https://[2001:db8::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/latest/meta-data/",
    "https://[fe80::1]/",
    "https://[ff02::1]/",
];

#[test]
fn ssrf_no_way_of_writing_an_address_leads_into_our_own_network() {
    for written in INWARD {
        let url: Url = written.parse().unwrap_or_else(|cause| panic!("{written}: {cause}"));
        // the operator's own slip: the host is on the list
        let out = Outgoing::to([written]).unwrap();
        let refused = out.admits(&url);
        assert_eq!(refused, Err(Unsent::Barred("it lies in a private network")), "{written} is {url}");
    }
}

#[test]
fn ssrf_what_is_not_on_the_list_is_not_called() {
    let out = Outgoing::to(["https://id.example/realms/one", "https://keys.id.example"]).unwrap();
    for open in ["https://id.example/", "https://ID.example:443/any?where", "https://keys.id.example/jwks"] {
        assert_eq!(out.admits(&open.parse().unwrap()), Ok(()), "{open}");
    }
    for other in [
        "http://id.example/",
        "https://id.example:8443/",
        "https://id.example.evil.test/",
        "https://evil.test/?https://id.example/",
        "https://evil.test\\@id.example.test/",
        "https://id.example@evil.test/",
        "https://id-example/",
        "https://sub.id.example/",
        "https://id.example.:444/",
        "https://1.1.1.1/",
        "ftp://id.example/",
        "file:///etc/passwd",
        "gopher://id.example/",
        "data:text/plain,hello",
        "unix:/run/docker.sock",
    ] {
        assert!(matches!(out.admits(&other.parse().unwrap()), Err(Unsent::Barred(_))), "{other}");
    }
    assert_eq!(out.admits(&"https://me:secret@id.example/".parse().unwrap()), Err(Unsent::Barred("it names a user")));
}

#[test]
fn ssrf_without_encryption_only_this_machine_is_reached() {
    for far in ["http://id.example", "http://10.0.0.1", "http://169.254.169.254", "http://1.1.1.1", "http://[::ffff:127.0.0.1]"] {
        let out = Outgoing::to([far]).unwrap();
        let by_address = !far.contains("example");
        assert_eq!(out.admits(&far.parse().unwrap()).is_err(), by_address, "{far}; names are looked at when they are resolved");
    }
    assert!(Outgoing::to(["http://127.0.0.1:3900"]).unwrap().admits(&"http://127.0.0.1:3900/v1".parse().unwrap()).is_ok());
    assert!(Outgoing::to(["https://id.example", "http://127.0.0.1"]).is_err(), "one way is either near or far");
    assert!(Outgoing::to([]).is_err() && Outgoing::to(["ftp://id.example"]).is_err());
}

#[tokio::test]
async fn ssrf_a_name_that_stands_for_a_private_address_is_not_connected_to() {
    for inward in
        ["127.0.0.1", "10.0.0.7", "169.254.169.254", "100.64.1.1", "::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "fd00::1"]
    {
        let out = Outgoing::with(["https://id.example"], Always(inward)).unwrap();
        let asked = out.send(out.request(Method::GET, "https://id.example/")).await;
        let cause = match asked {
            Err(Unsent::Silent(cause)) => cause,
            other => panic!("{inward}: {other:?}"),
        };
        assert!(cause.contains("no address that may be called"), "{inward}: {cause}");
        assert!(!cause.contains("id.example"), "{cause}");
    }
    let out = Outgoing::with(["http://till.test"], Always("192.168.1.10")).unwrap();
    assert!(out.send(out.request(Method::GET, "http://till.test/")).await.is_err(), "near means this machine");
}

#[tokio::test]
async fn ssrf_the_address_that_was_looked_at_is_the_one_that_is_connected_to() {
    let (url, served) = serving("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok".into()).await;
    let port = url.rsplit(':').next().unwrap().to_owned();
    let asked = Arc::new(AtomicUsize::new(0));
    let name = format!("http://till.test:{port}");
    let out = Outgoing::with([name.as_str()], Rebinding(asked.clone())).unwrap();
    let reply = out.send(out.request(Method::GET, &name)).await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (StatusCode::OK, b"ok".as_slice()));
    assert_eq!((asked.load(Ordering::SeqCst), served.load(Ordering::SeqCst)), (1, 1), "a name is asked once for a connection");
    let again = out.send(out.request(Method::GET, &name)).await;
    assert!(again.is_err(), "the name has changed its mind: {again:?}");
    assert_eq!(served.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn ssrf_a_redirect_is_an_answer_and_is_not_followed() {
    let there = "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/latest/meta-data/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let (url, served) = serving(there.into()).await;
    let out = Outgoing::to([url.as_str()]).unwrap();
    let reply = out.send(out.request(Method::GET, &url)).await.unwrap();
    assert_eq!(reply.status, StatusCode::FOUND);
    assert_eq!(served.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let (url, _) = serving(format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "x".repeat(LONGEST + 1))).await;
    let out = Outgoing::to([url.as_str()]).unwrap();
    let outcome = out.send(out.request(Method::GET, &url)).await;
    assert!(
        matches!(&outcome, Err(Unsent::Silent(cause)) if cause == "an answer without end"),
        "{:?}",
        outcome.map(|reply| reply.status)
    );
}

/// Answers every request so; counts them.
async fn serving(answer: String) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let served = Arc::new(AtomicUsize::new(0));
    let count = served.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let mut asked = [0; 1024];
            let _ = stream.read(&mut asked).await;
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (url, served)
}

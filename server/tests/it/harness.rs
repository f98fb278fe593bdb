//! The whole program on a port of its own, on a school with its cast: what stands between a browser and the rules.

use domain::accounts::identity::IdentityProvider;
use domain::app::Ports;
use domain::ports::Clock;
use domain::testing::School;
use domain::{Member, accounts};
use lectern::config::Config;
use lectern::http;
use outside::sandbox::Sandbox;
use reqwest::header::{COOKIE, ORIGIN, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Response};
use std::net::SocketAddr;
use std::sync::Arc;
use store::testing::Fresh;
use store::{Kind, Migrations};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A running program and the school behind it.
pub struct Running {
    pub school: School,
    /// `http://127.0.0.1:port`
    pub url: String,
    client: reqwest::Client,
    _fresh: Fresh,
    /// Tells the worker to stop as it is dropped.
    _worker: Option<watch::Sender<bool>>,
}

impl Running {
    pub async fn start(kind: Kind) -> Self {
        Self::opened(kind, async |_| None).await
    }

    /// With these houses to come in through; each is opened under the school's clock.
    pub async fn with_houses(kind: Kind, open: impl AsyncFnOnce(Arc<dyn Clock>) -> Vec<Arc<dyn IdentityProvider>>) -> Self {
        Self::opened(kind, async |clock| Some(open(clock).await)).await
    }

    async fn opened(kind: Kind, houses: impl AsyncFnOnce(Arc<dyn Clock>) -> Option<Vec<Arc<dyn IdentityProvider>>>) -> Self {
        let fresh = Fresh::open(kind, Migrations::of_the_school()).await.expect("a fresh database");
        let mut school = School::open(fresh.db.clone()).await;
        if let Some(identities) = houses(school.app.ports.clock.clone()).await {
            let ports = &school.app.ports;
            school.app.ports = Arc::new(Ports {
                clock: ports.clock.clone(),
                chance: ports.chance.clone(),
                mail: ports.mail.clone(),
                files: ports.files.clone(),
                scanner: ports.scanner.clone(),
                gateways: ports.gateways.clone(),
                identities,
                issuer: ports.issuer.clone(),
            });
        }
        let flags = [("env", "test"), ("listen", "127.0.0.1:0"), ("gateway", "off")];
        let flags = flags.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let config = Config::load(flags).expect("settings");
        let listener = TcpListener::bind(config.listen).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = http::router(school.app.clone(), &config, None);
        tokio::spawn(async move { axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await });
        let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { school, url, client, _fresh: fresh, _worker: None }
    }

    /// The program with its worker, and the sandbox payment provider beside it: its own database, its own port.
    pub async fn selling(kind: Kind) -> Self {
        let fresh = Fresh::open(kind, Migrations::of_the_school()).await.expect("a fresh database");
        let mut school = School::open(fresh.db.clone()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let till = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let till_url = format!("http://{}", till.local_addr().expect("an address"));
        let (key, secret) = ("the key of a test", "whsec_of_a_test");
        let books = format!("sqlite://{}", school.folder.path().join("gateway.db").display());
        let clock = school.clock.clone();
        let settings = gateway::Settings {
            db: gateway::open_database(&books).await.expect("the provider's books"),
            key: key.into(),
            webhook_secrets: vec!["whsec_of_yesterday".into(), secret.into()],
            clock: Arc::new(move || clock.now().millis()),
            public_url: None,
        };
        tokio::spawn(gateway::serve(till, settings));
        let sandbox = Sandbox::new(outside::sandbox::Settings {
            url: till_url.clone(),
            key: key.into(),
            webhook_secrets: vec![secret.into()],
            notify_url: format!("{url}/webhooks/sandbox"),
        });
        let others = imitations(&till_url, &url, key, &school.app.ports.clock, secret);
        let ports = &school.app.ports;
        school.app.ports = Arc::new(Ports {
            clock: ports.clock.clone(),
            chance: ports.chance.clone(),
            mail: ports.mail.clone(),
            files: ports.files.clone(),
            scanner: ports.scanner.clone(),
            gateways: [vec![Arc::new(sandbox.expect("the provider")) as Arc<dyn domain::payments::Gateway>], others].concat(),
            identities: ports.identities.clone(),
            issuer: ports.issuer.clone(),
        });
        let flags = [("env", "test"), ("listen", "127.0.0.1:0"), ("gateway_url", till_url.as_str())];
        let flags = flags.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let config = Config::load(flags).expect("settings");
        let router = http::router(school.app.clone(), &config, None);
        tokio::spawn(async move { axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await });
        let (tell, stop) = watch::channel(false);
        tokio::spawn(lectern::worker::run(school.app.clone(), stop));
        let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
        let endpoint = client.post(format!("{till_url}/stripe/v1/webhook_endpoints")).bearer_auth(format!("sk_test_{key}"));
        let endpoint = endpoint.form(&[("url", format!("{url}/webhooks/stripe"))]).send().await.expect("an answer");
        assert!(endpoint.status().is_success(), "Stripe knows where to send its events");
        Self { school, url, client, _fresh: fresh, _worker: Some(tell) }
    }

    /// Somebody unknown.
    pub fn anybody(&self) -> Browser<'_> {
        Browser { running: self, secret: None }
    }

    /// Somebody with a session of their own, fresh for this call.
    pub async fn signed_in(&self, member: &Member) -> Browser<'_> {
        self.signed_in_with(member).await.0
    }

    /// The same, and the secret of the session.
    pub async fn signed_in_with(&self, member: &Member) -> (Browser<'_>, String) {
        let app = &self.school.app;
        let secret = app.db.write(async |tx| accounts::open_session(app, tx, &member.id, "a test").await).await;
        let secret = secret.expect("a session").reveal().to_owned();
        (Browser { running: self, secret: Some(secret.clone()) }, secret)
    }
}

/// What a person sends with.
pub struct Browser<'r> {
    running: &'r Running,
    secret: Option<String>,
}

impl Browser<'_> {
    /// A request as it is, with the cookie alone.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.running.client.request(method, format!("{}{path}", self.running.url));
        match &self.secret {
            Some(secret) => request.header(COOKIE, format!("sid={secret}")),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.bare(Method::GET, path).send().await.expect("an answer")
    }

    /// The same from a browser that names itself so.
    pub async fn get_as(&self, user_agent: &str, path: &str) -> Response {
        self.bare(Method::GET, path).header(USER_AGENT, user_agent).send().await.expect("an answer")
    }

    /// A form from a page of ours.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.bare(Method::POST, path).header(ORIGIN, &self.running.url);
        request.form(fields).send().await.expect("an answer")
    }

    /// The same from a browser that names itself so.
    pub async fn post_as(&self, user_agent: &str, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.bare(Method::POST, path).header(ORIGIN, &self.running.url).header(USER_AGENT, user_agent);
        request.form(fields).send().await.expect("an answer")
    }
}

/// The value of an answer's header; empty where it has none.
pub fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Stripe, Alipay and WeChat Pay, imitated by the sandbox provider at `till`, for a school at `url`.
fn imitations(till: &str, url: &str, key: &str, clock: &Arc<dyn Clock>, secret: &str) -> Vec<Arc<dyn domain::payments::Gateway>> {
    use gateway::emulation as imitated;
    use outside::{Hidden, alipay, stripe, wechat};
    let stripe = stripe::Settings {
        url: format!("{till}/stripe"),
        key: Hidden::new(format!("sk_test_{key}")),
        webhook_secrets: vec![Hidden::new(secret)],
    };
    let alipay = alipay::Settings {
        url: format!("{till}/alipay/gateway.do"),
        app_id: imitated::ALIPAY_APP_ID.into(),
        seller_id: imitated::ALIPAY_SELLER_ID.into(),
        key: imitated::MERCHANT_KEY.parse().expect("a key"),
        papers: alipay::Papers::Key(imitated::PLATFORM_PUBLIC_KEY.parse().expect("a key")),
        notify_url: format!("{url}/webhooks/alipay"),
    };
    let wechat = wechat::Settings {
        url: format!("{till}/wechat"),
        app_id: imitated::WECHAT_APP_ID.into(),
        merchant: imitated::WECHAT_MERCHANT_ID.into(),
        serial: imitated::WECHAT_MERCHANT_SERIAL.into(),
        key: imitated::MERCHANT_KEY.parse().expect("a key"),
        api_key: imitated::WECHAT_API_KEY.parse().expect("a key"),
        papers: wechat::Papers::Key {
            id: imitated::WECHAT_PUBLIC_KEY_ID.into(),
            key: imitated::PLATFORM_PUBLIC_KEY.parse().expect("a key"),
        },
        notify_url: format!("{url}/webhooks/wechat"),
        inside: Some(wechat::Inside {
            secret: Hidden::new(imitated::WECHAT_APP_SECRET),
            open_url: format!("{till}/wechat"),
            api_url: format!("{till}/wechat"),
        }),
    };
    vec![
        Arc::new(stripe::Stripe::new(stripe, clock.clone()).expect("Stripe")),
        Arc::new(alipay::Alipay::new(alipay, clock.clone()).expect("Alipay")),
        Arc::new(wechat::Wechat::new(wechat, clock.clone()).expect("WeChat Pay")),
    ]
}

//! Providers of identities by OpenID Connect: the authorization code with PKCE (S256), and ID tokens that are checked here.
//!
//! What a provider says about itself (discovery, keys) is fetched over the one way out and kept for a while; keys that were changed are
//! fetched anew when a token names one we do not know. Access tokens are used once, for the address, and kept nowhere.

mod keys;
mod metadata;
#[cfg(feature = "fuzzing")]
pub mod readers;
mod token;

use crate::Hidden;
use crate::outgoing::{Outgoing, Reply, Unsent};
use domain::accounts::identity::{Ask, Claims, Doubt, IdentityProvider, Redeem};
use domain::ports::Clock;
use futures::future::BoxFuture;
use keys::KeySet;
use metadata::Metadata;
use model::text::{Email, Name};
use model::time::{Span, minutes, seconds};
use model::{Lang, Moment};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::Deserialize;
use std::sync::{Arc, Mutex, PoisonError};
use token::{Expected, Wrong};

/// How long discovery and keys are good for: a key that a provider has withdrawn is not taken for longer than this.
const KEPT: Span = minutes(15);
/// Keys are not fetched anew more often than this, whatever tokens name.
const BREATH: Span = seconds(20);
/// What a form may not hold as it is (RFC 6749, 2.3.1).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the operator says of a provider.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Small letters and digits; stands in our address at the provider.
    pub name: String,
    /// As people know it.
    pub label: String,
    /// Exactly as the provider calls itself.
    pub issuer: String,
    pub client_id: String,
    /// None: a public client, which PKCE alone protects.
    pub client_secret: Option<Hidden>,
    /// Further hosts of the provider, where its keys or its token endpoint are elsewhere than its issuer.
    pub hosts: Vec<String>,
    /// With spaces between them; `openid` is among them.
    pub scopes: String,
}

impl Settings {
    /// Every origin the provider may use.
    fn origins(&self) -> Vec<String> {
        let scheme = if self.issuer.starts_with("http://") { "http" } else { "https" };
        std::iter::once(self.issuer.clone()).chain(self.hosts.iter().map(|host| format!("{scheme}://{host}"))).collect()
    }
}

/// One provider.
pub struct Oidc {
    settings: Settings,
    out: Outgoing,
    clock: Arc<dyn Clock>,
    metadata: Kept<Metadata>,
    keys: Kept<KeySet>,
}

/// What was fetched, and when.
type Kept<T> = Mutex<Option<(Moment, Arc<T>)>>;

impl Oidc {
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let origins = settings.origins();
        let out = Outgoing::to(origins.iter().map(String::as_str))?;
        Ok(Self { settings, out, clock, metadata: Mutex::default(), keys: Mutex::default() })
    }

    /// Whether the provider can be used: it answers, is who it should be, and has keys we can check with.
    pub async fn examine(&self) -> Result<(), String> {
        let metadata = self.metadata().await.map_err(told)?;
        let keys = self.keys(&metadata, None).await.map_err(told)?;
        if keys.is_empty() { Err("it has no key that its tokens could be checked with".into()) } else { Ok(()) }
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, Doubt> {
        let now = self.clock.now();
        if let Some(kept) = fresh(&self.metadata, now, KEPT) {
            return Ok(kept);
        }
        let url = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let reply = self.fetch(self.out.request(Method::GET, &url)).await?;
        let metadata = Arc::new(Metadata::read(&reply.body, &self.settings.issuer, &self.out)?);
        keep(&self.metadata, now, metadata.clone());
        Ok(metadata)
    }

    /// The provider's keys; those that were fetched more than `older` ago are fetched anew.
    async fn keys(&self, metadata: &Metadata, older: Option<Span>) -> Result<Arc<KeySet>, Doubt> {
        let now = self.clock.now();
        if let Some(kept) = fresh(&self.keys, now, older.unwrap_or(KEPT)) {
            return Ok(kept);
        }
        let reply = self.fetch(self.out.request(Method::GET, &metadata.jwks_uri)).await?;
        let keys = Arc::new(KeySet::read(&reply.body).ok_or_else(|| Doubt::Away("its keys cannot be read".into()))?);
        keep(&self.keys, now, keys.clone());
        Ok(keys)
    }

    async fn fetch(&self, request: RequestBuilder) -> Result<Reply, Doubt> {
        let reply = self.out.send(request.header("accept", "application/json")).await.map_err(unsent)?;
        if reply.status == StatusCode::OK { Ok(reply) } else { Err(Doubt::Away(format!("status {}", reply.status))) }
    }

    async fn exchange(&self, answer: &Redeem) -> Result<Claims, Doubt> {
        if answer.issuer.as_ref().is_some_and(|issuer| *issuer != self.settings.issuer) {
            return Err(Doubt::Untrue("the answer comes from another issuer"));
        }
        if answer.code.is_empty() || answer.code.len() > 4096 {
            return Err(Doubt::Untrue("no code"));
        }
        let metadata = self.metadata().await?;
        if metadata.names_itself && answer.issuer.is_none() {
            return Err(Doubt::Untrue("the answer does not say which issuer it comes from"));
        }
        let tokens = self.tokens(&metadata, answer).await?;
        let claims = self.verified(&metadata, &tokens.id_token, &answer.nonce).await?;
        let authenticated = claims.auth_time;
        let told = match (&claims.email, &metadata.userinfo_endpoint, &tokens.access_token) {
            (None, Some(url), Some(access)) => Some(self.about(url, access, &claims.sub).await?),
            _ => None,
        };
        let (email, verified, name) = match told {
            Some(told) => (told.email, told.email_verified, told.name.or(claims.name)),
            None => (claims.email, claims.email_verified, claims.name),
        };
        Ok(Claims {
            issuer: self.settings.issuer.clone(),
            subject: claims.sub,
            email: email.and_then(|text| Email::parse(&text).ok()),
            email_verified: verified.is_some_and(|said| said.is_true()),
            name: name.and_then(|text| Name::parse(&text).ok()),
            authenticated: authenticated.map(|seconds| Moment::from_millis((seconds as i64).saturating_mul(1000))),
        })
    }

    /// Gives the code back for tokens; once, for a code is good once.
    async fn tokens(&self, metadata: &Metadata, answer: &Redeem) -> Result<Tokens, Doubt> {
        let Settings { client_id, client_secret, .. } = &self.settings;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", answer.code.as_str()),
            ("redirect_uri", answer.redirect_uri.as_str()),
            ("code_verifier", answer.verifier.as_str()),
        ];
        let request = self.out.request(Method::POST, &metadata.token_endpoint).header("accept", "application/json");
        let request = match client_secret {
            Some(secret) if metadata.takes_basic() => {
                let part = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
                request.basic_auth(part(client_id), Some(part(secret.reveal())))
            }
            Some(secret) => {
                form.extend([("client_id", client_id.as_str()), ("client_secret", secret.reveal())]);
                request
            }
            None => {
                form.push(("client_id", client_id.as_str()));
                request
            }
        };
        let reply = self.out.send(request.form(&form)).await.map_err(unsent)?;
        match reply.status {
            StatusCode::OK => serde_json::from_slice(&reply.body).map_err(|_| Doubt::Untrue("no ID token")),
            status if status.is_client_error() => {
                let refused: Refused = serde_json::from_slice(&reply.body).unwrap_or_default();
                // our own settings are wrong there: the person can do nothing about it
                let ours = matches!(refused.error.as_str(), "invalid_client" | "unauthorized_client");
                if ours {
                    Err(Doubt::Away("it does not take our client".into()))
                } else {
                    Err(Doubt::Untrue("the code was not taken"))
                }
            }
            status => Err(Doubt::Away(format!("status {status}"))),
        }
    }

    async fn verified(&self, metadata: &Metadata, token: &str, nonce: &str) -> Result<token::IdToken, Doubt> {
        let Settings { issuer, client_id, .. } = &self.settings;
        let expected = Expected { issuer, client_id, nonce, algorithms: &metadata.algorithms, now: self.clock.now().seconds() };
        let keys = self.keys(metadata, None).await?;
        match token::verify(token, &keys, &expected) {
            // perhaps the keys were changed since
            Err(Wrong::UnknownKey) => {
                let keys = self.keys(metadata, Some(BREATH)).await?;
                token::verify(token, &keys, &expected)
            }
            outcome => outcome,
        }
        .map_err(|wrong| match wrong {
            Wrong::UnknownKey => Doubt::Untrue("the token is signed by a key that the provider does not have"),
            Wrong::Untrue(why) => Doubt::Untrue(why),
        })
    }

    /// What the provider says of the person where the token does not.
    async fn about(&self, url: &str, access: &str, subject: &str) -> Result<About, Doubt> {
        let reply = self.fetch(self.out.request(Method::GET, url).bearer_auth(access)).await?;
        let about: About = serde_json::from_slice(&reply.body).map_err(|_| Doubt::Untrue("unreadable words about the person"))?;
        if about.sub == subject { Ok(about) } else { Err(Doubt::Untrue("words about somebody else")) }
    }
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

#[derive(Default, Deserialize)]
struct Refused {
    #[serde(default)]
    error: String,
}

#[derive(Deserialize)]
struct About {
    sub: String,
    email: Option<String>,
    email_verified: Option<token::Truth>,
    name: Option<String>,
}

impl IdentityProvider for Oidc {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn label(&self) -> &str {
        &self.settings.label
    }

    fn page<'a>(&'a self, ask: &'a Ask) -> BoxFuture<'a, Result<String, Doubt>> {
        Box::pin(async move {
            let metadata = self.metadata().await?;
            let mut url: Url =
                metadata.authorization_endpoint.parse().map_err(|_| Doubt::Untrue("an address that cannot be read"))?;
            url.query_pairs_mut()
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.settings.client_id)
                .append_pair("redirect_uri", &ask.redirect_uri)
                .append_pair("scope", &self.settings.scopes)
                .append_pair("state", &ask.state)
                .append_pair("nonce", &ask.nonce)
                .append_pair("code_challenge", &ask.challenge)
                .append_pair("code_challenge_method", "S256")
                .append_pair(
                    "ui_locales",
                    match ask.lang {
                        Lang::Zh => "zh-CN",
                        Lang::En => "en",
                    },
                );
            if ask.anew {
                url.query_pairs_mut().append_pair("prompt", "login").append_pair("max_age", "0");
            }
            Ok(url.into())
        })
    }

    fn redeem<'a>(&'a self, answer: &'a Redeem) -> BoxFuture<'a, Result<Claims, Doubt>> {
        Box::pin(self.exchange(answer))
    }
}

fn fresh<T>(kept: &Kept<T>, now: Moment, for_: Span) -> Option<Arc<T>> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, value) = kept.as_ref()?;
    (now.since(*at) < for_).then(|| value.clone())
}

fn keep<T>(kept: &Kept<T>, now: Moment, value: Arc<T>) {
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, value));
}

fn unsent(unsent: Unsent) -> Doubt {
    match unsent {
        Unsent::Barred(_) => Doubt::Untrue("an address that may not be called"),
        Unsent::Silent(cause) => Doubt::Away(cause),
    }
}

fn told(doubt: Doubt) -> String {
    match doubt {
        Doubt::Away(cause) => cause,
        Doubt::Untrue(cause) => cause.to_owned(),
    }
}

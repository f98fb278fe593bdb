//! A provider of identities that lies in whatever way it is told to. Its page is played by the test; the rest answers over HTTP.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ports::Clock;
use hmac::{Hmac, Mac};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// How it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    None,
    WrongNonce,
    NoNonce,
    WrongAudience,
    OtherParty,
    ManyAudiences,
    WrongIssuer,
    NoSignature,
    PublicKeyAsSecret,
    OwnKeyInHeader,
    UnknownKey,
    BentPayload,
    /// A claim that nobody reads is no text.
    NotUtf8,
    AnotherAlgorithm,
    Critical,
    Expired,
    FromTheFuture,
    OfLongAgo,
    Nobody,
    NoToken,
    EndlessToken,
    Redirect,
    CodeRefused,
    Broken,
    OtherName,
    KeysInside,
    TokensElsewhere,
    /// What it says of the person is of another person.
    OtherPerson,
    EmailOfGrace,
    EmailUnseen,
}

/// What it remembers of somebody on their way.
#[derive(Debug, Clone, Default)]
pub struct Grant {
    pub nonce: String,
    pub challenge: String,
    pub redirect_uri: String,
}

#[derive(Clone)]
pub struct Hostile(Arc<Inner>);

struct Inner {
    url: String,
    clock: Arc<dyn Clock>,
    lie: Mutex<Lie>,
    grants: Mutex<BTreeMap<String, Grant>>,
    /// Every call, by its path.
    asked: Mutex<Vec<String>>,
    keys: Mutex<Vec<(String, Arc<EcdsaKeyPair>)>>,
    names_itself: bool,
}

pub const CLIENT: &str = "lectern";
pub const SECRET: &str = "a secret: of/ours+too";

impl Hostile {
    /// Answers on a port of its own; `names_itself`: as RFC 9207 wants it.
    pub async fn open(clock: Arc<dyn Clock>, names_itself: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let keys = Mutex::new(vec![("k1".to_owned(), key())]);
        let grants = Mutex::default();
        let this =
            Self(Arc::new(Inner { url, clock, lie: Mutex::new(Lie::None), grants, asked: Mutex::default(), keys, names_itself }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(this.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        this
    }

    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// As the operator of the school sets it up.
    pub fn settings(&self, name: &str) -> outside::oidc::Settings {
        outside::oidc::Settings {
            name: name.into(),
            label: "Campus".into(),
            issuer: self.0.url.clone(),
            client_id: CLIENT.into(),
            client_secret: Some(outside::Hidden::new(SECRET)),
            hosts: Vec::new(),
            scopes: "openid email profile".into(),
        }
    }

    pub fn lies(&self, lie: Lie) {
        *self.0.lie.lock().expect("the lie") = lie;
    }

    /// Somebody says who they are on its page: a code for them.
    pub fn grants(&self, grant: Grant) -> String {
        let mut grants = self.0.grants.lock().expect("the grants");
        let code = format!("code-{}", grants.len());
        grants.insert(code.clone(), grant);
        code
    }

    /// New keys, and the old ones are gone.
    pub fn changes_keys(&self, name: &str) {
        *self.0.keys.lock().expect("the keys") = vec![(name.to_owned(), key())];
    }

    pub fn asked(&self) -> Vec<String> {
        self.0.asked.lock().expect("the calls").clone()
    }

    fn lie(&self) -> Lie {
        *self.0.lie.lock().expect("the lie")
    }

    fn note(&self, path: &str) {
        self.0.asked.lock().expect("the calls").push(path.to_owned());
    }

    fn key(&self) -> (String, Arc<EcdsaKeyPair>) {
        self.0.keys.lock().expect("the keys")[0].clone()
    }

    /// The claims of somebody with this nonce.
    fn claims(&self, nonce: &str) -> Value {
        let now = self.0.clock.now().seconds();
        let mut claims = json!({
            "iss": self.0.url, "sub": "k-1", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
            "email": "kay@campus.test", "email_verified": true, "name": "Kay of the campus",
        });
        match self.lie() {
            Lie::WrongNonce => claims["nonce"] = json!("another"),
            Lie::NoNonce => drop(claims.as_object_mut().and_then(|all| all.remove("nonce"))),
            Lie::WrongAudience => claims["aud"] = json!("another school"),
            Lie::OtherParty => claims["azp"] = json!("another school"),
            Lie::ManyAudiences => claims["aud"] = json!([CLIENT, "another school"]),
            Lie::WrongIssuer => claims["iss"] = json!("https://accounts.example"),
            Lie::Expired => claims["exp"] = json!(now - 61),
            Lie::FromTheFuture => claims["iat"] = json!(now + 120),
            Lie::OfLongAgo => claims["iat"] = json!(now - 3_600),
            Lie::Nobody => claims["sub"] = json!(""),
            Lie::EndlessToken => claims["name"] = json!("x".repeat(40_000)),
            Lie::EmailOfGrace => {
                claims["sub"] = json!("eve");
                claims["email"] = json!("grace@lectern.example");
            }
            Lie::EmailUnseen => {
                claims["sub"] = json!("eve");
                claims["email"] = json!("eve@campus.test");
                claims["email_verified"] = json!(false);
            }
            Lie::OtherPerson => drop(claims.as_object_mut().and_then(|all| all.remove("email"))),
            _ => (),
        }
        claims
    }

    fn id_token(&self, nonce: &str) -> String {
        let claims = self.claims(nonce);
        let (kid, key) = self.key();
        let honest = json!({ "alg": "ES256", "kid": kid, "typ": "JWT" });
        match self.lie() {
            Lie::NoSignature => format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims)),
            Lie::PublicKeyAsSecret => {
                let message = format!("{}.{}", part(&json!({ "alg": "HS256", "kid": kid })), part(&claims));
                let mut mac = Hmac::<Sha256>::new_from_slice(key.public_key().as_ref()).expect("a key");
                mac.update(message.as_bytes());
                format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
            }
            Lie::OwnKeyInHeader => {
                let own = self::key();
                let header = json!({ "alg": "ES256", "jwk": jwk("own", &own), "jku": format!("{}/own", self.0.url), "kid": kid });
                signed(&header, &claims, &own)
            }
            Lie::UnknownKey => signed(&json!({ "alg": "ES256", "kid": "k9" }), &claims, &self::key()),
            Lie::AnotherAlgorithm => signed(&json!({ "alg": "RS256", "kid": kid }), &claims, &key),
            Lie::Critical => signed(&json!({ "alg": "ES256", "kid": kid, "crit": ["exp"], "exp": 1 }), &claims, &key),
            Lie::BentPayload => {
                let token = signed(&honest, &claims, &key);
                let mut bent = claims;
                bent["sub"] = json!("g-1");
                let (head, rest) = token.split_once('.').expect("a token");
                format!("{head}.{}.{}", part(&bent), rest.split_once('.').expect("a token").1)
            }
            Lie::NotUtf8 => {
                let mut bytes = claims.to_string().into_bytes();
                bytes.pop();
                bytes.extend_from_slice(b",\"hobby\":\"\xf4rue\"}");
                signed_bytes(&honest, &bytes, &key)
            }
            _ => signed(&honest, &claims, &key),
        }
    }
}

fn key() -> Arc<EcdsaKeyPair> {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    Arc::new(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).expect("a key"))
}

fn jwk(name: &str, key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": name, "x": x, "y": y })
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn signed(header: &Value, claims: &Value, key: &EcdsaKeyPair) -> String {
    signed_bytes(header, claims.to_string().as_bytes(), key)
}

fn signed_bytes(header: &Value, claims: &[u8], key: &EcdsaKeyPair) -> String {
    let message = format!("{}.{}", part(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = key.sign(&SystemRandom::new(), message.as_bytes()).expect("a signature");
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

async fn discovery(State(this): State<Hostile>) -> Response {
    this.note("discovery");
    let url = this.url();
    let lie = this.lie();
    if lie == Lie::Broken {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let elsewhere = "http://169.254.169.254/latest/meta-data";
    Json(json!({
        "issuer": if lie == Lie::OtherName { "https://accounts.example" } else { url },
        "authorization_endpoint": format!("{url}/authorize?from=lectern"),
        "token_endpoint": if lie == Lie::TokensElsewhere { elsewhere.to_owned() } else { format!("{url}/token") },
        "jwks_uri": if lie == Lie::KeysInside { "http://10.0.0.1/jwks".to_owned() } else { format!("{url}/jwks") },
        "userinfo_endpoint": format!("{url}/userinfo"),
        "id_token_signing_alg_values_supported": ["ES256", "none", "HS256"],
        "authorization_response_iss_parameter_supported": this.0.names_itself,
    }))
    .into_response()
}

async fn jwks(State(this): State<Hostile>) -> Json<Value> {
    this.note("jwks");
    let keys: Vec<Value> = this.0.keys.lock().expect("the keys").iter().map(|(name, key)| jwk(name, key)).collect();
    let others =
        [json!({ "kty": "oct", "kid": "shared", "k": "c2VjcmV0" }), json!({ "kty": "EC", "crv": "secp256k1" }), json!(7)];
    let all = [keys, others.to_vec()].concat();
    Json(json!({ "keys": all }))
}

async fn token(State(this): State<Hostile>, headers: HeaderMap, Form(form): Form<BTreeMap<String, String>>) -> Response {
    this.note("token");
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    // a code is good once, for whoever has its verifier and our client's secret
    let grant = this.0.grants.lock().expect("the grants").remove(&field("code")).unwrap_or_default();
    let fits = grant.challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")))
        && grant.redirect_uri == field("redirect_uri")
        && field("grant_type") == "authorization_code"
        && headers.get("authorization").is_some_and(|sent| sent == basic().as_str());
    let lie = this.lie();
    if !fits || lie == Lie::CodeRefused {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    match lie {
        Lie::Redirect => (StatusCode::FOUND, [("location", "http://169.254.169.254/latest/meta-data/")]).into_response(),
        Lie::NoToken => Json(json!({ "access_token": "a", "token_type": "Bearer" })).into_response(),
        _ => {
            Json(json!({ "access_token": "a", "token_type": "Bearer", "id_token": this.id_token(&grant.nonce) })).into_response()
        }
    }
}

fn basic() -> String {
    let secret = "a%20secret%3A%20of%2Fours%2Btoo";
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:{secret}")))
}

async fn userinfo(State(this): State<Hostile>) -> Json<Value> {
    this.note("userinfo");
    Json(json!({ "sub": "g-1", "email": "g@campus.test", "email_verified": true }))
}

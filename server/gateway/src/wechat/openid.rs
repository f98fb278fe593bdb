//! WeChat's public platform: a browser inside the app is sent on with a code, and the application learns by it as whom WeChat knows
//! whoever holds the phone. A phone is told from others by how its browser names itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, State};
use axum::http::header::{LOCATION, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::emulation::{WECHAT_APP_ID, WECHAT_APP_SECRET};
use crate::gateway::{Gateway, new_id};

/// How long a code is good, in milliseconds.
const LIFE: i64 = 5 * 60_000;

/// Codes that nobody has brought yet: the openid behind each, and until when it is good.
#[derive(Clone, Default)]
pub(crate) struct Codes(Arc<Mutex<BTreeMap<String, (String, i64)>>>);

impl Codes {
    fn give(&self, openid: String, now: i64) -> String {
        let code = new_id("code").replace('_', "");
        let mut codes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        codes.retain(|_, (_, until)| *until > now);
        codes.insert(code.clone(), (openid, now + LIFE));
        code
    }

    /// Once.
    fn take(&self, code: &str, now: i64) -> Option<String> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(code);
        taken.filter(|(_, until)| *until > now).map(|(openid, _)| openid)
    }
}

pub(super) fn router() -> Router<Gateway> {
    Router::new().route("/connect/oauth2/authorize", get(authorize)).route("/sns/oauth2/access_token", get(access_token))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    appid: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    response_type: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    state: String,
}

/// The page that nobody sees: `snsapi_base` asks nothing. What it does not take, it shows in the app and sends nobody on.
async fn authorize(State(gateway): State<Gateway>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let back = reqwest::Url::parse(&asked.redirect_uri).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let state = (1..=128).contains(&asked.state.len()) && asked.state.bytes().all(|b| b.is_ascii_alphanumeric());
    let wrong = match back {
        _ if !agent.contains("MicroMessenger/") => "请在微信客户端打开链接",
        _ if asked.appid != WECHAT_APP_ID => "AppID 参数错误",
        _ if asked.response_type != "code" || asked.scope != "snsapi_base" => "Scope 参数错误或没有 Scope 权限",
        _ if !state => "State 参数错误",
        None => "redirect_uri 参数错误",
        Some(mut url) => {
            let code = gateway.codes.give(openid_of(agent), gateway.now());
            url.query_pairs_mut().append_pair("code", &code).append_pair("state", &asked.state);
            return match HeaderValue::from_str(url.as_str()) {
                Ok(location) => (StatusCode::FOUND, [(LOCATION, location)]).into_response(),
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            };
        }
    };
    (StatusCode::BAD_REQUEST, wrong).into_response()
}

/// `o` and 27 characters, always the same for one phone.
fn openid_of(agent: &str) -> String {
    let mark = URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{WECHAT_APP_ID} {agent}")));
    format!("o{}", mark.get(..27).unwrap_or_default())
}

#[derive(Deserialize)]
struct Brought {
    #[serde(default)]
    appid: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    grant_type: String,
}

/// Refusals come with 200, as WeChat's do.
async fn access_token(State(gateway): State<Gateway>, Query(brought): Query<Brought>) -> Response {
    let refused = |code: i64, words: &str| Json(json!({ "errcode": code, "errmsg": words })).into_response();
    if brought.appid != WECHAT_APP_ID {
        return refused(40_013, "invalid appid");
    }
    if brought.secret != WECHAT_APP_SECRET {
        return refused(40_125, "invalid appsecret");
    }
    if brought.grant_type != "authorization_code" {
        return refused(40_002, "invalid grant_type");
    }
    match gateway.codes.take(&brought.code, gateway.now()) {
        Some(openid) => Json(json!({
            "access_token": new_id("token"),
            "expires_in": 7_200,
            "refresh_token": new_id("token"),
            "openid": openid,
            "scope": "snsapi_base",
        }))
        .into_response(),
        None => refused(40_029, "invalid code"),
    }
}

//! Who pays inside the app: WeChat sends them back with a code, and tells our application the openid that it stands for. Nothing else
//! of the person is asked for (`snsapi_base`), so WeChat asks them nothing.

use crate::keys::Hidden;
use crate::line::Line;
use domain::payments::{Acquaintance, Trouble};
use futures::future::BoxFuture;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde::Deserialize;

/// What WeChat's public platform needs to be told.
#[derive(Clone, Debug)]
pub struct Inside {
    /// Our application's secret.
    pub secret: Hidden,
    /// Where its page is, without a slash at the end: `https://open.weixin.qq.com`.
    pub open_url: String,
    /// Where it answers: `https://api.weixin.qq.com`.
    pub api_url: String,
}

/// Knows who comes in.
pub(super) struct Doorman {
    app_id: String,
    inside: Inside,
    line: Line,
}

/// Its answer, which it signs no more than its refusal: what it says comes over the line to it alone.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    openid: String,
    #[serde(default)]
    errcode: i64,
}

impl Doorman {
    pub fn new(app_id: &str, inside: Inside) -> Result<Self, String> {
        let line = Line::to(&inside.api_url)?;
        Ok(Self { app_id: app_id.to_owned(), inside, line })
    }

    /// Asked once: a code is good once, and a second question would be refused whatever became of the first.
    async fn redeem(&self, code: &str) -> Result<String, Trouble> {
        let said = [
            ("appid", self.app_id.as_str()),
            ("secret", self.inside.secret.reveal()),
            ("code", code),
            ("grant_type", "authorization_code"),
        ];
        let query: Vec<String> = said.iter().map(|(name, value)| format!("{name}={}", written(value))).collect();
        let url = format!("{}/sns/oauth2/access_token?{}", self.inside.api_url, query.join("&"));
        let reply = self.line.once(self.line.request(Method::GET, url)).await?;
        let told: Told = serde_json::from_slice(&reply.body).map_err(|_| Trouble::Silent("an unreadable answer".into()))?;
        match told {
            Told { errcode: 0, openid } if reply.status.is_success() && is_openid(&openid) => Ok(openid),
            Told { errcode, .. } => Err(Trouble::Refused(format!("{} errcode {errcode}", reply.status))),
        }
    }
}

/// It goes into requests that are signed as it stands.
fn is_openid(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn written(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl Acquaintance for Doorman {
    fn application(&self) -> &str {
        &self.app_id
    }

    fn page(&self, state: &str, back: &str) -> String {
        let Inside { open_url, .. } = &self.inside;
        // WeChat wants the parts in this order, and this end
        format!(
            "{open_url}/connect/oauth2/authorize?appid={}&redirect_uri={}&response_type=code&scope=snsapi_base&state={}#wechat_redirect",
            written(&self.app_id),
            written(back),
            written(state)
        )
    }

    fn name<'a>(&'a self, code: &'a str) -> BoxFuture<'a, Result<String, Trouble>> {
        Box::pin(self.redeem(code))
    }
}

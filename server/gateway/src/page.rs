//! The hosted page: where a payer decides what happens. Works without script; every button is a form.

mod html;
mod views;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::answer::Result;
use crate::dialect::Dialect;
use crate::gateway::Gateway;
use crate::payments::{self, Choice, Payment, Status};
use crate::queries;
use crate::words::Lang;
use views::Seen;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Seconds before a payer who has paid is taken back.
const TO_THE_SHOP: u8 = 6;
/// Seconds between looks at a slow payment.
const LOOK_AGAIN: u8 = 3;

pub(crate) fn router() -> Router<Gateway> {
    Router::new()
        .route("/pay/{id}", get(show).post(choose))
        .route("/pay.css", get(async || asset("text/css; charset=utf-8", include_str!("page/pay.css"))))
        .route("/pay.svg", get(async || asset("image/svg+xml", include_str!("page/pay.svg"))))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
    /// Where WeChat's page takes the payer back to: the shop adds it to the address that it was given.
    redirect_url: Option<String>,
}

#[derive(Deserialize)]
struct Chosen {
    action: String,
    #[serde(default)]
    step: i64,
    #[serde(default)]
    code: String,
}

async fn show(
    State(gateway): State<Gateway>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let found = opened(&gateway, &id, asked.redirect_url.as_deref()).await;
    // who comes from a page in Chinese goes on in Chinese
    let asked = Asked { lang: asked.lang.or_else(|| found.as_ref().ok().and_then(spoken_there)), ..asked };
    answer(&gateway, language(&asked, &headers), StatusCode::OK, found, None)
}

/// The payment, and from now on its way back where the address brought one.
async fn opened(gateway: &Gateway, id: &str, back: Option<&str>) -> Result<Payment> {
    let payment = payments::find(&mut gateway.db.read().await?, id).await?;
    let Some(back) = back.filter(|back| leads_back(&payment, back)) else { return Ok(payment) };
    gateway.db.write(async |tx| queries::note_return(tx, id, back).await).await?;
    Ok(Payment { return_url: back.to_owned(), ..payment })
}

/// Only a payment of WeChat's that has no way back takes one, and only to the host that the shop is told on.
fn leads_back(payment: &Payment, back: &str) -> bool {
    let host = |url: &str| {
        reqwest::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?.host_str().map(str::to_owned)
    };
    let shop = payment.notify_url.as_deref().and_then(host);
    payment.dialect == Dialect::Wechat && payment.return_url.is_empty() && shop.is_some() && host(back) == shop
}

/// The language of the page that the shop wants the payer back at: `https://shop/zh/…`.
fn spoken_there(payment: &Payment) -> Option<String> {
    let path = reqwest::Url::parse(&payment.return_url).ok()?;
    path.path_segments()?.next().filter(|first| matches!(*first, "zh" | "en")).map(str::to_owned)
}

/// A choice on a payment that is open leads back to the page by redirect, so that reloading repeats nothing. On one that is not
/// open any more nothing is done, and the page says so with its true state.
async fn choose(
    State(gateway): State<Gateway>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let lang = language(&asked, &headers);
    let Some(choice) = choice(chosen) else {
        let found = async { payments::find(&mut gateway.db.read().await?, &id).await };
        return answer(&gateway, lang, StatusCode::UNPROCESSABLE_ENTITY, found.await, None);
    };
    let now = gateway.now();
    match gateway.db.write(async |tx| decide(tx, &gateway, &id, &choice, now).await).await {
        Ok(None) => Redirect::to(&format!("/pay/{id}?lang={}", lang.code())).into_response(),
        Ok(Some(payment)) => {
            let words = lang.words();
            let notice = if payment.status == Status::Succeeded { words.already_paid } else { words.too_late };
            answer(&gateway, lang, StatusCode::CONFLICT, Ok(payment), Some(notice))
        }
        Err(refusal) => answer(&gateway, lang, refusal.status, Err(refusal), None),
    }
}

/// The payment as it really is, where it is too late to choose.
async fn decide(tx: &mut store::Tx, gateway: &Gateway, id: &str, choice: &Choice, now: i64) -> Result<Option<Payment>> {
    let (payment, changed) = payments::choose(tx, gateway, id, choice, now).await?;
    Ok((!changed && !payment.is_payable(now)).then_some(payment))
}

fn choice(chosen: Chosen) -> Option<Choice> {
    Some(match chosen.action.as_str() {
        "pay" => Choice::Pay("good"),
        "pay_then_insufficient" => Choice::Pay("insufficient_funds"),
        "pay_then_lost" => Choice::Pay("lost_card"),
        "insufficient_funds" => Choice::Decline("insufficient_funds"),
        "lost_card" => Choice::Decline("lost_card"),
        "succeed_later" => Choice::Later("succeed"),
        "fail_later" => Choice::Later("fail"),
        "challenge" => Choice::Challenge,
        "confirm" if (1..=3).contains(&chosen.step) => Choice::Confirm { step: chosen.step, code: chosen.code },
        "deny" => Choice::Deny,
        _ => return None,
    })
}

fn language(asked: &Asked, headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Lang::choose(asked.lang.as_deref(), accepted)
}

/// The page for whatever was found, with its strict headers.
fn answer(gateway: &Gateway, lang: Lang, status: StatusCode, found: Result<Payment>, notice: Option<&str>) -> Response {
    let now = gateway.now();
    let mut refresh = None;
    let (status, body) = match found {
        Ok(payment) => {
            refresh = match payment.status {
                Status::Succeeded if notice.is_none() && !payment.return_url.is_empty() => {
                    Some(format!("{TO_THE_SHOP};url={}", payment.return_url))
                }
                Status::Processing => Some(format!("{LOOK_AGAIN};url=/pay/{}?lang={}", payment.id, lang.code())),
                _ => None,
            };
            (status, views::page(&Seen { lang, payment: &payment, now, notice, leaves: refresh.is_some() }))
        }
        Err(refusal) => {
            let words = lang.words();
            let report = if refusal.status == StatusCode::NOT_FOUND { &words.missing } else { &words.broken };
            (refusal.status, views::nothing(lang, report))
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CONTENT_LANGUAGE, lang.tag()),
    ];
    let mut response = (status, headers, body).into_response();
    if let Some(refresh) = refresh.and_then(|text| text.parse().ok()) {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response
}

//! What one provider does and the others do not.

use super::counter::{Counter, Talk};
use super::{PRICE, asked, found, refund_that_cannot_arrive};
use domain::payments::{Begin, Fact, RefundAsk, RefundFact, Subject, Trouble};
use model::payments::{Device, Provider};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_failed_at_stripe_is_made_anew_only_when_it_is_ordered_anew() {
    let counter = Counter::open(Talk::Stripe).await;
    let ask = refund_that_cannot_arrive(&counter).await;
    counter.faults(json!({})).await;
    let question = RefundAsk { again: true, ..ask.clone() };
    assert_eq!(counter.gateway.refund(&question).await.unwrap().fact, RefundFact::Failed);
    assert_eq!(counter.truth("refunded").await, 0);
    for ask in [&ask, &question, &ask] {
        assert_eq!(counter.gateway.refund(ask).await.unwrap().fact, RefundFact::Succeeded);
        assert_eq!(counter.truth("refunded").await, PRICE.minor());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_gets_another_page_than_a_desktop() {
    for (talk, desktop, phone) in
        [(Talk::Alipay, "trade.page.pay", "trade.wap.pay"), (Talk::Wechat, "weixin://", "redirect_url=http")]
    {
        let counter = Counter::open(talk).await;
        let at_desk = counter.gateway.begin(&asked(&counter.attempt())).await.unwrap();
        assert!(at_desk.pay_url.contains(desktop), "{}", at_desk.pay_url);
        let in_hand = Begin { device: Device::Phone, address: Some("203.0.113.7".into()), ..asked(&counter.attempt()) };
        let in_hand = counter.gateway.begin(&in_hand).await.unwrap();
        assert!(in_hand.pay_url.contains(phone), "{}", in_hand.pay_url);
        assert_eq!(
            (at_desk.pay_until, in_hand.pay_until.is_some()),
            (None, talk == Talk::Wechat),
            "WeChat's page opens for minutes"
        );
        counter.pays(&in_hand, "pay").await;
        let paid = counter.opens(&in_hand).await;
        let paid = reqwest::get(format!("{paid}?lang=en")).await.unwrap();
        let back = paid.headers().get("refresh").map(|value| value.to_str().unwrap().to_owned());
        assert!(back.is_some_and(|back| back.ends_with("url=http://127.0.0.1:1/zh/pay/o-1?a=1&b=2")), "{talk:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inside_wechat_the_sheet_opens_for_a_payer_who_is_known() {
    let counter = Counter::open(Talk::Wechat).await;
    let inside = Begin { device: Device::WechatApp, ..asked(&counter.attempt()) };
    let code = counter.gateway.begin(&inside).await.unwrap();
    assert!(code.pay_url.starts_with("weixin://"), "who is not known gets a code: {}", code.pay_url);
    let known = Begin { attempt: counter.attempt(), payer: Some("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o".into()), ..inside };
    let begun = counter.gateway.begin(&known).await.unwrap();
    assert!(begun.pay_url.starts_with("weixin-jsapi:?appId=") && begun.pay_url.contains("paySign="), "{}", begun.pay_url);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inside_wechat_a_payer_is_known_by_a_code_that_is_good_once() {
    const INSIDE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile MicroMessenger/8.0.50";
    assert!(Counter::open(Talk::Wechat).await.gateway.acquaintance().is_none(), "without a secret nobody is known");
    let counter = Counter::that_knows_people().await;
    let wechat = counter.gateway.acquaintance().unwrap();
    assert!(counter.gateway.draws(Device::Desktop) && !counter.gateway.draws(Device::WechatApp));
    let page = wechat.page("0a1b2c3d", "http://127.0.0.1:1/auth/payer/wechat");
    assert!(page.ends_with("&state=0a1b2c3d#wechat_redirect"), "{page}");
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let elsewhere = browser.get(&page).send().await.unwrap();
    assert_eq!(elsewhere.status(), 400, "it opens inside WeChat alone");
    let code = async || {
        let sent = browser.get(&page).header("user-agent", INSIDE).send().await.unwrap();
        let back = sent.headers()["location"].to_str().unwrap().to_owned();
        let (code, state) = back.strip_prefix("http://127.0.0.1:1/auth/payer/wechat?code=").unwrap().split_once('&').unwrap();
        assert_eq!(state, "state=0a1b2c3d");
        code.to_owned()
    };
    let (first, second) = (code().await, code().await);
    let openid = wechat.name(&first).await.unwrap();
    assert!(openid.len() == 28 && openid.starts_with('o'), "{openid}");
    assert_eq!(wechat.name(&second).await.unwrap(), openid, "the same phone");
    for used in [first.as_str(), "nobody-gave-this"] {
        assert!(matches!(wechat.name(used).await, Err(Trouble::Refused(_))), "{used}");
    }
    let inside = Begin { device: Device::WechatApp, payer: Some(openid), ..asked(&counter.attempt()) };
    let begun = counter.gateway.begin(&inside).await.unwrap();
    assert!(begun.pay_url.contains("package=prepay%5Fid%3D"), "{}", begun.pay_url);
    counter.pays(&begun, "pay").await;
    assert_eq!(found(&counter, &inside.attempt, None).await.fact, Fact::Succeeded);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wechat_pay_s_certificates_are_fetched_when_they_are_needed() {
    let counter = Counter::with_certificates().await;
    assert_eq!(counter.gateway.provider(), Provider::Wechat);
    let (attempt, _) = counter.paid(&asked(&counter.attempt())).await;
    assert_eq!(found(&counter, &attempt, None).await.fact, Fact::Succeeded);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wechat_pay_s_certificates_prove_its_notifications() {
    let counter = Counter::with_certificates().await;
    let begun = counter.gateway.begin(&asked(&counter.attempt())).await.unwrap();
    counter.pays(&begun, "pay").await;
    assert!(matches!(counter.hears().await.subject, Subject::Payment { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alipay_s_certificates_say_who_we_are() {
    let counter = Counter::with_alipay_s_certificates().await;
    let begun = counter.gateway.begin(&asked(&counter.attempt())).await.unwrap();
    assert!(begun.pay_url.contains("app_cert_sn=") && begun.pay_url.contains("alipay_root_cert_sn="));
    counter.pays(&begun, "pay").await;
    assert!(matches!(counter.hears().await.subject, Subject::Payment { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_secret_is_printed() {
    for talk in [Talk::Stripe, Talk::Alipay, Talk::Wechat] {
        let printed = Counter::settings_printed(talk);
        for secret in ["sk_test", "whsec", gateway::emulation::WECHAT_API_KEY, "PRIVATE"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

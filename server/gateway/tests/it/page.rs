use gateway::MIGRATIONS;
use store::{Db, on_both};

use crate::booth::Booth;

on_both!(MIGRATIONS, a_payer_who_pays_is_shown_the_way_back, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(19_900).await;
    let open = booth.look(&id).await;
    assert_eq!(open.status(), 200);
    let policy = open.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("form-action 'self'") && policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    let html = open.text().await.unwrap();
    assert!(html.contains("¥199.00") && html.contains("SANDBOX") && html.contains("概率思维"));
    assert!(!html.contains("<script") && !html.contains("style="), "{html}");
    assert_eq!(booth.choose(&id, "action=pay").await, 303);
    let paid = booth.look(&id).await;
    assert!(paid.headers()["refresh"].to_str().unwrap().ends_with("/orders/1?a=1&b=2"));
    let html = paid.text().await.unwrap();
    assert!(html.contains("Payment complete") && html.contains("/orders/1?a=1&amp;b=2\""), "{html}");
});

on_both!(MIGRATIONS, paying_twice_from_two_tabs_charges_once, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    let (one, other) = tokio::join!(booth.submit(&id, "action=pay"), booth.submit(&id, "action=pay"));
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let second = if one.status() == 409 { one } else { other };
    assert!(second.text().await.unwrap().contains("not been charged again"));
    assert_eq!(booth.get("/truth").await["totals"][0]["captured"], 100);
    booth.hears(1).await;
});

on_both!(MIGRATIONS, a_declined_card_leaves_the_payment_open_for_another, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    for (card, words) in [("insufficient_funds", "insufficient funds"), ("lost_card", "reported lost")] {
        assert_eq!(booth.choose(&id, &format!("action={card}")).await, 303);
        assert!(booth.look(&id).await.text().await.unwrap().contains(words));
        assert_eq!(booth.status(&id).await, "open");
    }
    assert_eq!(booth.choose(&id, "action=pay").await, 303);
    let heard = booth.hears(3).await;
    let failure = heard.iter().map(|one| one.json()).find(|event| event["data"]["failure"]["code"] == "lost_card").unwrap();
    assert_eq!((failure["type"].as_str(), failure["data"]["failure"]["hard"].as_bool()), (Some("payment.failed"), Some(true)));
    assert_eq!(failure["data"]["status"], "open");
});

on_both!(MIGRATIONS, the_bank_confirms_in_three_steps, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    assert_eq!(booth.choose(&id, "action=challenge").await, 303);
    assert_eq!(booth.choose(&id, "action=confirm&step=3").await, 303);
    assert_eq!(booth.status(&id).await, "open", "a step cannot be jumped over");
    for fields in ["action=confirm&step=1", "action=confirm&step=2&code=246810", "action=confirm&step=3"] {
        assert_eq!(booth.status(&id).await, "open");
        assert_eq!(booth.choose(&id, fields).await, 303);
    }
    assert_eq!(booth.status(&id).await, "succeeded");
});

on_both!(MIGRATIONS, a_wrong_code_or_a_refusal_ends_the_confirmation, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    for fields in ["action=challenge", "action=confirm&step=1", "action=confirm&step=2&code=000000"] {
        booth.choose(&id, fields).await;
    }
    assert!(booth.look(&id).await.text().await.unwrap().contains("could not confirm the code"));
    booth.choose(&id, "action=challenge").await;
    booth.choose(&id, "action=deny").await;
    assert!(booth.look(&id).await.text().await.unwrap().contains("You refused the payment"));
    assert_eq!(booth.status(&id).await, "open");
    assert!(booth.hears(2).await.iter().all(|one| one.kind() == "payment.failed"));
});

on_both!(MIGRATIONS, a_slow_method_answers_later, async |db: Db| {
    for (action, status) in [("succeed_later", "succeeded"), ("fail_later", "failed")] {
        let booth = Booth::open(db.clone()).await;
        let opened = booth.post("/v1/payments", Some(action), &booth.payment(100)).await;
        let id = opened.json::<serde_json::Value>().await.unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(booth.choose(&id, &format!("action={action}")).await, 303);
        assert_eq!(booth.status(&id).await, "processing");
        assert!(booth.look(&id).await.headers().contains_key("refresh"));
        assert_eq!(booth.choose(&id, "action=pay").await, 409);
        booth.hears(1).await;
        booth.after(6);
        assert_eq!(booth.hears(2).await[1].kind(), format!("payment.{status}"));
        assert_eq!(booth.status(&id).await, status);
    }
});

on_both!(MIGRATIONS, paying_after_expiry_is_refused, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    booth.after(30 * 60);
    let late = booth.submit(&id, "action=pay").await;
    assert_eq!(late.status(), 409);
    assert!(late.text().await.unwrap().contains("expired"));
    assert_eq!(booth.hears(1).await[0].kind(), "payment.canceled");
    assert_eq!(booth.status(&id).await, "canceled");
    assert!(booth.get("/truth").await["totals"].as_array().unwrap().is_empty());
});

on_both!(MIGRATIONS, what_a_shop_writes_is_text_and_not_markup, async |db: Db| {
    let booth = Booth::open(db).await;
    let mut body = booth.payment(100);
    body["description"] = "<script>alert(1)</script>".into();
    body["reference"] = "\"><img src=x>".into();
    let opened: serde_json::Value = booth.post("/v1/payments", Some("k"), &body).await.json().await.unwrap();
    let html = booth.look(opened["id"].as_str().unwrap()).await.text().await.unwrap();
    assert!(!html.contains("<script") && !html.contains("<img src=x"), "{html}");
});

on_both!(MIGRATIONS, the_page_speaks_chinese_and_english, async |db: Db| {
    let booth = Booth::open(db).await;
    let id = booth.open_payment(100).await;
    let page = format!("{}/pay/{id}", booth.url);
    let chinese = booth.http.get(&page).header("accept-language", "zh-CN,en;q=0.5").send().await.unwrap().text().await.unwrap();
    assert!(chinese.contains("lang=\"zh-CN\"") && chinese.contains("沙盒支付"));
    let english = booth.http.get(format!("{page}?lang=en")).header("accept-language", "zh").send().await.unwrap();
    assert!(english.text().await.unwrap().contains("Choose a test card"));
    assert_eq!(booth.look("pay_none").await.status(), 404);
    assert_eq!(booth.choose(&id, "action=steal").await, 422);
});

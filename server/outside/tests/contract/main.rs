//! What every payment adapter owes the school, driven against the providers that the sandbox gateway imitates: over HTTP, with
//! their wire formats, their keys and every fault.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test has nobody to tell but its reader

mod apart;
mod counter;

use counter::{Counter, Talk};
use domain::payments::{Begin, DisputeFact, Fact, Found, Gone, PayoutAsk, PayoutFact, RefundAsk, RefundFact, Subject, Trouble};
use model::books::MovementKind;
use model::payments::Device;
use model::time::seconds;
use model::{Currency, Money};
use serde_json::json;

const PRICE: Money = Money::new(19_900, Currency::Cny);

/// Each story is told with every adapter, each at a counter of its own.
macro_rules! every_adapter {
    ($($name:ident $story:expr;)+) => { $(
        mod $name {
            use super::*;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sandbox() { ($story)(Counter::open(Talk::Sandbox).await).await; }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn stripe() { ($story)(Counter::open(Talk::Stripe).await).await; }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn alipay() { ($story)(Counter::open(Talk::Alipay).await).await; }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn wechat() { ($story)(Counter::open(Talk::Wechat).await).await; }
        }
    )+ };
}

fn asked(attempt: &str) -> Begin {
    Begin {
        attempt: attempt.to_owned(),
        amount: PRICE,
        description: "概率思维：从赌场到法庭 / a=b&c".into(),
        return_url: "http://127.0.0.1:1/zh/pay/o-1?a=1&b=2".into(),
        expires_in: 1_800,
        remember: false,
        device: Device::Desktop,
        payer: None,
        address: None,
    }
}

/// A refund of everything that was paid, which the provider took and then could not make.
async fn refund_that_cannot_arrive(counter: &Counter) -> RefundAsk {
    let (_, payment) = counter.paid(&asked(&counter.attempt())).await;
    counter.faults(json!({ "refunds": "fail_later" })).await;
    let ask = RefundAsk { refund: counter.attempt(), payment, amount: PRICE, reason: String::new(), again: false };
    assert_eq!(counter.gateway.refund(&ask).await.unwrap().fact, RefundFact::Pending);
    counter.after(7);
    counter.settles().await;
    ask
}

async fn found(counter: &Counter, attempt: &str, id: Option<&str>) -> Found {
    counter.gateway.query(attempt, id).await.unwrap().unwrap()
}

every_adapter! {
    a_payment_is_begun_paid_found_and_told_of
    async |counter: Counter| {
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        assert_eq!(begun.fact, Fact::Open);
        counter.pays(&begun, "pay").await;
        let found = found(&counter, &attempt, Some(&begun.provider_id)).await;
        assert_eq!((found.fact, found.amount), (Fact::Succeeded, PRICE));
        let Subject::Payment { attempt: told, found: heard } = counter.hears().await.subject else { panic!("a payment") };
        assert_eq!((told, heard.fact, heard.amount, heard.provider_id), (attempt, Fact::Succeeded, PRICE, found.provider_id));
    };

    a_payment_whose_provider_s_id_never_reached_us_is_found_by_our_own
    async |counter: Counter| {
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.opens(&begun).await;
        assert_eq!(found(&counter, &attempt, None).await.fact, Fact::Open);
        assert_eq!(counter.gateway.query(&counter.attempt(), None).await.unwrap(), Err(Gone));
    };

    the_same_attempt_begun_twice_is_one_payment
    async |counter: Counter| {
        let attempt = counter.attempt();
        let first = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.after(2);
        let second = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        assert_eq!(first.provider_id, second.provider_id);
        counter.pays(&second, "pay").await;
        assert_eq!(counter.truth("captured").await, 19_900);
    };

    a_lost_answer_is_asked_for_again_and_nothing_is_done_twice
    async |counter: Counter| {
        counter.faults(json!({ "lose_answers": 1 })).await;
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.faults(json!({})).await;
        counter.pays(&begun, "pay").await;
        counter.faults(json!({ "lose_answers": 1 })).await;
        let id = found(&counter, &attempt, Some(&begun.provider_id)).await.provider_id;
        let ask = RefundAsk { refund: counter.attempt(), payment: id, amount: Money::new(900, Currency::Cny), reason: "试听".into(), again: false };
        let refund = counter.gateway.refund(&ask).await.unwrap();
        assert_eq!(refund.fact, RefundFact::Succeeded);
        assert_eq!(counter.truth("refunded").await, 900);
    };

    a_provider_that_does_not_answer_is_silent_and_never_refuses
    async |counter: Counter| {
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.pays(&begun, "pay").await;
        let id = found(&counter, &attempt, Some(&begun.provider_id)).await.provider_id;
        for trouble in [json!({ "lose_answers": 9 }), json!({ "fail_after": 9 }), json!({ "too_many": 9 })] {
            counter.faults(trouble.clone()).await;
            let ask = RefundAsk { refund: counter.attempt(), payment: id.clone(), amount: Money::new(1, Currency::Cny), reason: String::new(), again: false };
            let refused = counter.gateway.refund(&ask).await;
            assert!(matches!(refused, Err(Trouble::Silent(_))), "{trouble}: {refused:?}");
        }
    };

    a_closed_payment_is_closed_and_one_that_was_paid_says_so
    async |counter: Counter| {
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.opens(&begun).await;
        assert_eq!(counter.gateway.close(&begun.provider_id).await.unwrap().fact, Fact::Canceled);
        assert_eq!(found(&counter, &attempt, Some(&begun.provider_id)).await.fact, Fact::Canceled);
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.pays(&begun, "pay").await;
        let closed = counter.gateway.close(&begun.provider_id).await.unwrap();
        assert_eq!((closed.fact, closed.amount), (Fact::Succeeded, PRICE));
    };

    money_that_comes_after_closing_is_told_as_what_it_is
    async |counter: Counter| {
        counter.faults(json!({ "pay_after_close": true })).await;
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.opens(&begun).await;
        assert_eq!(counter.gateway.close(&begun.provider_id).await.unwrap().fact, Fact::Canceled);
        counter.after(7);
        counter.hears_of(|subject| matches!(subject, Subject::Payment { found, .. } if found.fact == Fact::Succeeded)).await;
        assert_eq!(found(&counter, &attempt, Some(&begun.provider_id)).await.fact, Fact::Succeeded);
    };

    a_declined_card_leaves_the_payment_open
    async |counter: Counter| {
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.pays(&begun, "insufficient_funds").await;
        assert_eq!(found(&counter, &attempt, Some(&begun.provider_id)).await.fact, Fact::Open);
        counter.pays(&begun, "pay").await;
        assert_eq!(found(&counter, &attempt, Some(&begun.provider_id)).await.fact, Fact::Succeeded);
    };

    a_slow_method_ends_in_success
    async |counter: Counter| {
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.pays(&begun, "succeed_later").await;
        let before = found(&counter, &attempt, Some(&begun.provider_id)).await.fact;
        assert!(before == Fact::Processing || before == Fact::Open && counter.talk == Talk::Alipay, "{before}");
        counter.after(7);
        counter.hears_of(|subject| matches!(subject, Subject::Payment { found, .. } if found.fact == Fact::Succeeded)).await;
        assert_eq!(found(&counter, &attempt, Some(&begun.provider_id)).await.fact, Fact::Succeeded);
    };

    a_wrong_amount_is_told_as_it_was_taken
    async |counter: Counter| {
        counter.faults(json!({ "capture_off_by": -100 })).await;
        let attempt = counter.attempt();
        let begun = counter.gateway.begin(&asked(&attempt)).await.unwrap();
        counter.pays(&begun, "pay").await;
        let wrong = Money::new(19_800, Currency::Cny);
        assert_eq!(found(&counter, &attempt, Some(&begun.provider_id)).await.amount, wrong);
        let Subject::Payment { found, .. } = counter.hears().await.subject else { panic!("a payment") };
        assert_eq!(found.amount, wrong);
    };

    refunds_are_partial_and_several_and_the_same_one_is_made_once
    async |counter: Counter| {
        let (_, payment) = counter.paid(&asked(&counter.attempt())).await;
        let ask = |refund: &str, fen| RefundAsk { refund: refund.into(), payment: payment.clone(), amount: Money::new(fen, Currency::Cny), reason: "x".into(), again: false };
        let (first, second) = (counter.attempt(), counter.attempt());
        for _ in 0..2 {
            assert_eq!(counter.gateway.refund(&ask(&first, 900)).await.unwrap().fact, RefundFact::Succeeded);
        }
        assert_eq!(counter.truth("refunded").await, 900);
        assert_eq!(counter.gateway.refund(&ask(&second, 19_000)).await.unwrap().fact, RefundFact::Succeeded);
        assert!(matches!(counter.gateway.refund(&ask(&counter.attempt(), 1)).await, Err(Trouble::Refused(_))));
        assert_eq!(counter.truth("net").await, 0);
        let heard = counter.hears_of(|subject| matches!(subject, Subject::Refund { refund, .. } if *refund == second)).await;
        let Subject::Refund { found, .. } = heard.subject else { panic!("a refund") };
        assert_eq!(found.fact, RefundFact::Succeeded);
    };

    a_refund_that_takes_its_time_is_pending_until_asked_again
    async |counter: Counter| {
        let (_, payment) = counter.paid(&asked(&counter.attempt())).await;
        counter.faults(json!({ "refunds": "succeed_later" })).await;
        let ask = RefundAsk { refund: counter.attempt(), payment, amount: PRICE, reason: String::new(), again: false };
        assert_eq!(counter.gateway.refund(&ask).await.unwrap().fact, RefundFact::Pending);
        counter.after(7);
        counter.hears_of(|subject| matches!(subject, Subject::Refund { found, .. } if found.fact == RefundFact::Succeeded)).await;
        assert_eq!(counter.gateway.refund(&RefundAsk { again: true, ..ask }).await.unwrap().fact, RefundFact::Succeeded);
    };

    a_refund_asked_about_days_later_is_still_the_same_refund
    async |counter: Counter| {
        let (_, payment) = counter.paid(&asked(&counter.attempt())).await;
        let first = RefundAsk { refund: counter.attempt(), payment, amount: Money::new(900, Currency::Cny), reason: "x".into(), again: false };
        let other = RefundAsk { refund: counter.attempt(), ..first.clone() };
        for ask in [&first, &other] {
            assert_eq!(counter.gateway.refund(ask).await.unwrap().fact, RefundFact::Succeeded);
        }
        for again in [true, false] {
            counter.after(25 * 3_600);
            let found = counter.gateway.refund(&RefundAsk { again, ..first.clone() }).await.unwrap();
            assert_eq!(found.fact, RefundFact::Succeeded);
        }
        assert_eq!(counter.truth("refunded").await, 1_800, "two refunds, however often they are asked for");
    };

    what_became_of_a_refund_is_asked_and_nothing_is_made
    async |counter: Counter| {
        let (_, payment) = counter.paid(&asked(&counter.attempt())).await;
        let ask = RefundAsk { refund: counter.attempt(), payment, amount: Money::new(900, Currency::Cny), reason: "x".into(), again: false };
        let other = RefundAsk { refund: counter.attempt(), ..ask.clone() };
        let question = async |ask: &RefundAsk, again| counter.gateway.refunded(&RefundAsk { again, ..ask.clone() }).await.unwrap();
        for again in [false, true] {
            assert_eq!(question(&ask, again).await, Err(Gone), "nobody has made it");
        }
        assert_eq!(counter.truth("refunded").await, 0);
        let made = counter.gateway.refund(&ask).await.unwrap();
        for hours in [0, 25, 24 * 30] {
            counter.after(hours * 3_600);
            for again in [false, true] {
                assert_eq!(question(&ask, again).await, Ok(made.clone()), "after {hours} hours");
            }
        }
        assert_eq!(made.fact, RefundFact::Succeeded);
        assert_eq!(question(&other, true).await, Err(Gone), "another refund of the same payment is another one");
        assert_eq!(counter.truth("refunded").await, 900);
    };

    a_refund_is_found_as_far_as_it_has_come
    async |counter: Counter| {
        let (_, payment) = counter.paid(&asked(&counter.attempt())).await;
        let ask = |payment: &str| RefundAsk { refund: counter.attempt(), payment: payment.into(), amount: Money::new(900, Currency::Cny), reason: String::new(), again: false };
        let failed = if counter.talk == Talk::Wechat { RefundFact::Abnormal } else { RefundFact::Failed };
        for (fault, ends) in [("succeed_later", RefundFact::Succeeded), ("fail_later", failed)] {
            counter.faults(json!({ "refunds": fault })).await;
            let ask = ask(&payment);
            counter.gateway.refund(&ask).await.unwrap();
            let found = async || counter.gateway.refunded(&ask).await.unwrap().map(|found| found.fact);
            assert_eq!(found().await, Ok(RefundFact::Pending), "{fault}");
            counter.after(7);
            counter.settles().await;
            assert_eq!(found().await, Ok(ends), "{fault}");
        }
        assert_eq!(counter.truth("refunded").await, 900, "and asking has made nothing anew");
    };

    a_provider_that_is_away_says_nothing_and_so_do_we
    async |counter: Counter| {
        let (attempt, payment) = counter.paid(&asked(&counter.attempt())).await;
        let away = counter.deserted().await;
        let ask = RefundAsk { refund: counter.attempt(), payment: payment.clone(), amount: PRICE, reason: String::new(), again: false };
        let silent = |outcome: Option<Trouble>, what| assert!(matches!(outcome, Some(Trouble::Silent(_))), "{what}: {outcome:?}");
        silent(away.query(&attempt, Some(&payment)).await.err(), "query");
        silent(away.close(&payment).await.err(), "close");
        silent(away.refund(&ask).await.err(), "refund");
        for again in [false, true] {
            silent(away.refunded(&RefundAsk { again, ..ask.clone() }).await.err(), "refunded");
        }
        if away.charges_alone() {
            silent(away.charge(&asked(&counter.attempt()), "agreement").await.err(), "charge");
            silent(away.revoke("agreement").await.err(), "revoke");
        }
        if away.settles() {
            silent(away.settled(counter.now() - seconds(60), counter.now()).await.err(), "settled");
        }
    };

    who_cannot_pay_out_says_so_and_who_can_does_it_once
    async |counter: Counter| {
        let ask = PayoutAsk { payout: counter.attempt(), account: "6222021234567890".into(), amount: Money::new(13_930, Currency::Cny) };
        assert_eq!(counter.gateway.pays_out(), counter.talk == Talk::Sandbox);
        if !counter.gateway.pays_out() {
            assert!(matches!(counter.gateway.pay_out(&ask).await, Err(Trouble::Refused(_))));
            return;
        }
        let first = counter.gateway.pay_out(&ask).await.unwrap();
        assert!(matches!(first.fact, PayoutFact::InTransit | PayoutFact::Paid), "{first:?}");
        counter.after(7);
        counter.hears_of(|subject| matches!(subject, Subject::Payout { payout, found } if *payout == ask.payout && found.fact == PayoutFact::Paid)).await;
        let again = counter.gateway.pay_out(&ask).await.unwrap();
        assert_eq!((again.provider_id, again.fact, again.amount), (first.provider_id, PayoutFact::Paid, ask.amount));
        assert_eq!(counter.truth("paid_out").await, 13_930);
    };

    who_tells_what_moved_tells_all_of_it_and_who_does_not_says_so
    async |counter: Counter| {
        let before = counter.now();
        assert_eq!(counter.gateway.settles(), counter.talk == Talk::Sandbox);
        if !counter.gateway.settles() {
            assert!(matches!(counter.gateway.settled(before, before + seconds(60)).await, Err(Trouble::Refused(_))));
            return;
        }
        let (attempt, payment) = counter.paid(&asked(&counter.attempt())).await;
        let ask = RefundAsk { refund: counter.attempt(), payment, amount: Money::new(900, Currency::Cny), reason: String::new(), again: false };
        counter.gateway.refund(&ask).await.unwrap();
        let mut moved: Vec<_> = counter.gateway.settled(before, before + seconds(60)).await.unwrap();
        moved.sort_by_key(|one| one.amount.minor());
        let told: Vec<_> = moved.iter().map(|one| (one.reference.as_str(), one.kind, one.amount.minor())).collect();
        assert_eq!(told, [(attempt.as_str(), MovementKind::Refund, 900), (attempt.as_str(), MovementKind::Capture, 19_900)]);
        assert!(counter.gateway.settled(before - seconds(60), before).await.unwrap().is_empty(), "nothing moved before");
    };

    the_payer_is_sent_to_where_the_policy_of_the_page_allows
    async |counter: Counter| {
        let in_hand = Begin { device: Device::Phone, address: Some("203.0.113.7".into()), ..asked(&counter.attempt()) };
        let begun = counter.gateway.begin(&in_hand).await.unwrap();
        assert!(begun.pay_url.starts_with(counter.gateway.origin()), "{} is not at {}", begun.pay_url, counter.gateway.origin());
    };

    a_refund_that_cannot_arrive_does_not_count_as_made
    async |counter: Counter| {
        let ask = refund_that_cannot_arrive(&counter).await;
        let expected = if counter.talk == Talk::Wechat { RefundFact::Abnormal } else { RefundFact::Failed };
        assert_eq!(counter.gateway.refund(&RefundAsk { again: true, ..ask }).await.unwrap().fact, expected);
        assert_eq!(counter.truth("refunded").await, 0);
    };

    only_what_the_provider_signed_is_taken_and_every_genuine_notification_is
    async |counter: Counter| {
        counter.faults(json!({ "bad_signature": true, "old_timestamp": true, "unknown_type": true, "unknown_payment": true,
                               "truncated": true, "duplicate": 1 })).await;
        let (attempt, _) = counter.paid(&asked(&counter.attempt())).await;
        let about_it = |subject: &Subject| matches!(subject, Subject::Payment { attempt: told, found } if *told == attempt && found.fact == Fact::Succeeded);
        counter.hears_of(about_it).await;
        counter.settles().await;
        let (taken, refused) = counter.sorted().await;
        let told = taken.iter().filter(|one| about_it(&one.subject)).count();
        // Alipay's notifications have no time that is checked: one an hour old is the same one again
        let expected = if counter.talk == Talk::Alipay { 3 } else { 2 };
        assert_eq!(told, expected);
        let names: std::collections::BTreeSet<_> = taken.iter().filter(|one| about_it(&one.subject)).map(|one| &one.event_id).collect();
        assert_eq!(names.len(), 1, "the same event each time");
        assert!(refused >= 2, "{refused}");
    };

    no_changed_byte_of_a_notification_is_taken
    async |counter: Counter| {
        counter.paid(&asked(&counter.attempt())).await;
        let parcel = counter.parcel().await;
        assert!(counter.takes(&parcel).await.is_ok());
        for place in 0..parcel.body.len() {
            let mut other = parcel.clone();
            other.body[place] ^= 1;
            assert!(counter.takes(&other).await.is_err(), "byte {place} of the body");
        }
        for header in 0..parcel.headers.len() {
            for place in 0..parcel.headers[header].len() {
                for bit in [1_u8, 0x20] {
                    let mut bytes = parcel.headers[header].clone().into_bytes();
                    bytes[place] ^= bit;
                    let mut other = parcel.clone();
                    let Ok(text) = String::from_utf8(bytes) else { continue };
                    other.headers[header] = text;
                    // other schemes, and the seal under a secret that we do not have, are passed over
                    let seals = &parcel.headers[header];
                    let foreign = seals.find("v1=").zip(seals.rfind(",v1=")).is_some_and(|(first, ours)| (first..ours).contains(&place));
                    let beside = foreign || place >= seals.find(",v0=").unwrap_or(usize::MAX);
                    assert!(beside || counter.takes(&other).await.is_err(), "byte {place} of header {header}: {}", other.headers[header]);
                }
            }
        }
    };

    what_was_signed_long_ago_or_ahead_of_time_is_refused
    async |counter: Counter| {
        counter.paid(&asked(&counter.attempt())).await;
        let parcel = counter.parcel().await;
        for seconds in [-301_i64, 301] {
            let late = counter.takes_at(&parcel, seconds).await;
            assert_eq!(late.is_ok(), counter.talk == Talk::Alipay, "{seconds}");
        }
        for seconds in [-290_i64, 290] {
            assert!(counter.takes_at(&parcel, seconds).await.is_ok(), "{seconds}");
        }
    };

    an_amount_it_cannot_take_is_refused_before_anything_is_done
    async |counter: Counter| {
        let dinars = Begin { amount: Money::new(1_234, Currency::Kwd), ..asked(&counter.attempt()) };
        let refused = counter.gateway.begin(&dinars).await;
        assert_eq!(matches!(refused, Err(Trouble::Refused(_))), counter.talk != Talk::Sandbox, "{refused:?}");
        let takes = counter.gateway.takes(Currency::Kwd);
        assert_eq!(takes, matches!(counter.talk, Talk::Sandbox | Talk::Stripe));
    };

    who_cannot_charge_alone_says_so_and_who_can_does
    async |counter: Counter| {
        let can = matches!(counter.talk, Talk::Sandbox | Talk::Stripe);
        assert_eq!(counter.gateway.charges_alone(), can);
        if !can {
            assert!(matches!(counter.gateway.charge(&asked(&counter.attempt()), "x").await, Err(Trouble::Refused(_))));
            return;
        }
        let (attempt, id) = counter.paid(&Begin { remember: true, ..asked(&counter.attempt()) }).await;
        let agreement = found(&counter, &attempt, Some(&id)).await.agreement.expect("an agreement");
        let Subject::Payment { found: told, .. } = counter.hears().await.subject else { panic!("a payment") };
        assert_eq!(told.agreement.as_deref(), Some(agreement.as_str()), "a notification tells it too");
        let renewal = counter.attempt();
        for _ in 0..2 {
            let charged = counter.gateway.charge(&asked(&renewal), &agreement).await.unwrap();
            assert_eq!((charged.fact, charged.amount), (Fact::Succeeded, PRICE));
        }
        assert_eq!(counter.truth("captured").await, 2 * 19_900);
        for (card, hard) in [("insufficient_funds", false), ("lost_card", true)] {
            counter.faults(json!({ "charges": card })).await;
            let declined = counter.gateway.charge(&asked(&counter.attempt()), &agreement).await.unwrap();
            assert_eq!((declined.fact, declined.decline.as_deref(), declined.hard), (Fact::Failed, Some(card), hard));
        }
        counter.faults(json!({})).await;
        for _ in 0..2 {
            counter.gateway.revoke(&agreement).await.unwrap();
        }
        counter.hears_of(|subject| matches!(subject, Subject::AgreementEnded { agreement: ended } if *ended == agreement)).await;
        let over = counter.gateway.charge(&asked(&counter.attempt()), &agreement).await.unwrap();
        assert_eq!((over.fact, over.decline.as_deref(), over.hard), (Fact::Failed, Some("agreement_ended"), true));
        assert_eq!(counter.truth("captured").await, 2 * 19_900);
    };

    a_charge_whose_answer_was_lost_is_found
    async |counter: Counter| {
        if !counter.gateway.charges_alone() {
            return;
        }
        let (attempt, id) = counter.paid(&Begin { remember: true, ..asked(&counter.attempt()) }).await;
        let agreement = found(&counter, &attempt, Some(&id)).await.agreement.expect("an agreement");
        counter.faults(json!({ "lose_answers": 9 })).await;
        let renewal = counter.attempt();
        assert!(matches!(counter.gateway.charge(&asked(&renewal), &agreement).await, Err(Trouble::Silent(_))));
        counter.faults(json!({})).await;
        assert_eq!(found(&counter, &renewal, None).await.fact, Fact::Succeeded);
        assert_eq!(counter.truth("captured").await, 2 * 19_900);
    };

    disputes_are_told_with_the_payment_they_are_about
    async |counter: Counter| {
        if !counter.gateway.charges_alone() {
            return;
        }
        counter.faults(json!({ "disputes": "lost" })).await;
        let (attempt, _) = counter.paid(&asked(&counter.attempt())).await;
        let id = found(&counter, &attempt, None).await.provider_id;
        counter.hears_of(|subject| matches!(subject, Subject::Dispute { found, .. } if found.fact == DisputeFact::Opened && found.payment == id)).await;
        counter.after(7);
        counter.hears_of(|subject| matches!(subject, Subject::Dispute { found, .. } if found.fact == DisputeFact::Lost && found.amount == PRICE)).await;
    };
}

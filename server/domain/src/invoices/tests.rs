//! Stories of invoices. After each, every invariant of the books is asked.

use super::*;
use crate::orders::{self, Choices, begin_checkout_of};
use crate::put_off::Lane;
use crate::testing::School;
use crate::testing::buying::{all_done, books_hold, bought, came_back, paid, refunded};
use crate::{App, Error, Member, Result, payments};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::future::BoxFuture;
use model::ids::{InvoiceId, OrderId};
use model::invoices::{InvoiceFilter, InvoiceForm, InvoiceState, IssueForm, Refusal, RefuseForm};
use model::orders::{Item, LineKind, NextStep, RefundForm};
use model::time::minutes;
use model::{Fault, Lang};
use std::sync::{Arc, Mutex};
use store::on_both;

fn form(orders: &[&OrderId], idem: &str) -> InvoiceForm {
    InvoiceForm {
        order: orders.iter().map(|id| (*id).clone()).collect(),
        title_kind: "company".into(),
        title: "讲台（上海）教育科技有限公司".into(),
        tax_number: "91350100M000100Y43".into(),
        email: "fapiao@example.com".into(),
        idem: idem.into(),
        ..InvoiceForm::default()
    }
}

fn issued_form() -> IssueForm {
    IssueForm { number: "25312000000012345678".into(), file: STANDARD.encode(b"%PDF-1.7 an invoice"), ..IssueForm::default() }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T>) -> Refusal {
    match outcome {
        Err(Error::Fault(Fault::Conflict(model::Refusal::Invoices(refusal)))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn state(school: &School, buyer: &Member, id: &InvoiceId) -> Result<InvoiceState> {
    Ok(show(&school.app, buyer, id).await?.state)
}

/// Grace has bought the course and asked for an invoice.
async fn asked(school: &School) -> Result<(OrderId, InvoiceId)> {
    let order = bought(school, &school.grace()).await?;
    let id = ask(&school.app, &school.grace(), form(&[&order], "k")).await?;
    Ok((order, id))
}

on_both!(an_invoice_goes_from_the_buyer_over_finance_back_to_the_buyer, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (grace, sam) = (school.grace(), school.sam_at_work());
    let (order, id) = asked(&school).await?;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.number.as_str(), seen.state, seen.amount.minor()), ("F-000001", InvoiceState::Requested, 19_900));
    take(&school.app, &sam, &id).await?;
    assert_eq!(refusal(withdraw(&school.app, &grace, &id).await), Refusal::Transition, "finance has it in hand");
    let trail = show_for_staff(&school.app, &sam, &id).await?.trail;
    assert_eq!(trail.iter().filter(|row| row.action == "invoice.not_possible").count(), 1);
    issue(&school.app, &sam, &id, issued_form()).await?;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!(seen.state, InvoiceState::Issued);
    assert_eq!(seen.tax_office_number.as_deref(), Some("25312000000012345678"));
    let sent = file(&school.app, &school.visit(&grace), &id, &seen.files[0].id).await?;
    assert_eq!((sent.name.as_str(), sent.bytes.as_slice()), ("F-000001.pdf", b"%PDF-1.7 an invoice".as_slice()));
    assert!(file(&school.app, &school.visit(&school.lin()), &id, &seen.files[0].id).await.is_err(), "nobody else’s");
    assert!(desk(&school.app, &grace, 1).await?.invoiceable.is_empty());
    assert_eq!(refusal(ask(&school.app, &grace, form(&[&order], "k2")).await), Refusal::AlreadyInvoiced);
    school.catch_up(crate::notifications::FOLLOWER).await;
    books_hold(&school).await
});

on_both!(asking_twice_by_one_form_asks_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (order, id) = asked(&school).await?;
    assert_eq!(ask(&school.app, &school.grace(), form(&[&order], "k")).await?, id);
    assert_eq!(desk(&school.app, &school.grace(), 1).await?.rows.items.len(), 1);
    books_hold(&school).await
});

on_both!(two_requests_for_one_order_at_once_make_one_invoice, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let order = bought(&school, &grace).await?;
    let asks = (0..8).map(|n| ask(&school.app, &grace, form(&[&order], &format!("k{n}"))));
    let outcomes = futures::future::join_all(asks).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    books_hold(&school).await
});

on_both!(a_request_taken_back_or_refused_frees_its_orders, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, id) = asked(&school).await?;
    withdraw(&school.app, &grace, &id).await?;
    assert_eq!(state(&school, &grace, &id).await?, InvoiceState::None);
    let second = ask(&school.app, &grace, form(&[&order], "k2")).await?;
    let why = RefuseForm { reason: "抬头与税号不符".into() };
    refuse(&school.app, &school.sam_at_work(), &second, why).await?;
    let seen = show(&school.app, &grace, &second).await?;
    assert_eq!((seen.state, seen.reason.as_str()), (InvoiceState::None, "抬头与税号不符"));
    assert_eq!(show(&school.app, &grace, &ask(&school.app, &grace, form(&[&order], "k3")).await?).await?.number, "F-000003");
    books_hold(&school).await
});

on_both!(what_was_not_paid_or_is_not_one_s_own_cannot_be_invoiced, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    assert!(matches!(ask(&school.app, &school.lin(), form(&[&order], "k")).await, Err(Error::Fault(Fault::NotFound))));
    refunded(&school, &order, "").await?;
    assert_eq!(refusal(ask(&school.app, &school.grace(), form(&[&order], "k")).await), Refusal::NothingPaid);
    books_hold(&school).await
});

on_both!(a_refund_before_it_is_issued_lowers_it_or_takes_it_away, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (order, id) = asked(&school).await?;
    refunded(&school, &order, "99").await?;
    school.catch_up(FOLLOWER).await;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.amount.minor()), (InvoiceState::Requested, 10_000));
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(state(&school, &grace, &id).await?, InvoiceState::None);
    books_hold(&school).await
});

on_both!(a_refund_of_an_issued_invoice_queues_a_red_letter_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (grace, sam) = (school.grace(), school.sam_at_work());
    let (order, id) = asked(&school).await?;
    issue(&school.app, &sam, &id, issued_form()).await?;
    refunded(&school, &order, "99").await?;
    school.catch_up(FOLLOWER).await;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.amount.minor(), seen.red_amount.minor()), (InvoiceState::RedRequested, 19_900, 9_900));
    issue_red(&school.app, &sam, &id, issued_form()).await?;
    assert_eq!(state(&school, &grace, &id).await?, InvoiceState::RedIssued);
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::RedRequested, 10_000), "the rest, and nothing twice");
    issue_red(&school.app, &sam, &id, issued_form()).await?;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::RedIssued, 19_900), "in all");
    assert_eq!(seen.files.iter().filter(|file| file.red).count(), 2);
    books_hold(&school).await
});

on_both!(money_that_the_bank_sends_back_is_not_taken_off_an_invoice, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (grace, sam) = (school.grace(), school.sam_at_work());
    let (order, id) = asked(&school).await?;
    refunded(&school, &order, "9").await?;
    school.catch_up(FOLLOWER).await;
    came_back(&school, &order).await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(show(&school.app, &grace, &id).await?.amount.minor(), 19_900, "before it is issued");
    issue(&school.app, &sam, &id, issued_form()).await?;
    refunded(&school, &order, "99").await?;
    school.catch_up(FOLLOWER).await;
    came_back(&school, &order).await?;
    school.catch_up(FOLLOWER).await;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::Issued, 0));
    // what a red letter has taken off stays taken off
    refunded(&school, &order, "50").await?;
    school.catch_up(FOLLOWER).await;
    issue_red(&school.app, &sam, &id, issued_form()).await?;
    refunded(&school, &order, "20").await?;
    school.catch_up(FOLLOWER).await;
    came_back(&school, &order).await?;
    school.catch_up(FOLLOWER).await;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::RedIssued, 5_000));
    books_hold(&school).await
});

on_both!(a_red_letter_over_less_than_went_back_leaves_the_rest_due, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (grace, sam) = (school.grace(), school.sam_at_work());
    let (order, id) = asked(&school).await?;
    issue(&school.app, &sam, &id, issued_form()).await?;
    refunded(&school, &order, "99").await?;
    school.catch_up(FOLLOWER).await;
    // finance reads ¥99.00, and the rest goes back before the number is written down
    let over = |amount: &str| IssueForm { amount: amount.into(), ..issued_form() };
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    issue_red(&school.app, &sam, &id, over("9900")).await?;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::RedRequested, 10_000));
    for wrong in ["19900", "0", "-1"] {
        let refused = issue_red(&school.app, &sam, &id, over(wrong)).await;
        assert!(matches!(refused, Err(Error::Fault(Fault::Conflict(model::Refusal::ChangedMeanwhile)))), "{wrong} {refused:?}");
    }
    issue_red(&school.app, &sam, &id, over("10000")).await?;
    assert_eq!(state(&school, &grace, &id).await?, InvoiceState::RedIssued);
    books_hold(&school).await
});

on_both!(money_that_goes_back_while_it_is_being_issued_is_not_forgotten, async |db| -> Result<()> {
    let school = School::open(db).await;
    let sam = school.sam_at_work();
    let (order, id) = asked(&school).await?;
    take(&school.app, &sam, &id).await?;
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    assert_eq!(state(&school, &school.grace(), &id).await?, InvoiceState::Issuing);
    issue(&school.app, &sam, &id, issued_form()).await?;
    assert_eq!(state(&school, &school.grace(), &id).await?, InvoiceState::RedRequested);
    books_hold(&school).await
});

/// Grace buys so, from her wallet first.
async fn buys(school: &School, items: &[Item]) -> Result<OrderId> {
    school.after(minutes(1));
    let choices = Choices { coupon: None, use_wallet: true };
    match begin_checkout_of(&school.app, &school.grace(), items, &choices, false).await? {
        NextStep::Checkout(checkout) => paid(school, &school.grace(), &checkout).await,
        other => panic!("not at the checkout but at {other:?}"),
    }
}

/// The payer's bank has taken back what the provider had taken for an order.
async fn lost(school: &School, order: &OrderId) -> Result<()> {
    let attempt = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?.expect("an attempt");
    let told = school.till.tell_dispute(attempt.id.as_str(), payments::DisputeFact::Lost, attempt.amount);
    payments::keep(&school.app, model::payments::Provider::Sandbox, &["good"], told.as_bytes()).await?;
    all_done(school).await?;
    school.catch_up(FOLLOWER).await;
    Ok(())
}

on_both!(money_that_a_bank_took_back_is_taken_off_by_a_red_letter_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (grace, sam) = (school.grace(), school.sam_at_work());
    buys(&school, &[Item::of(LineKind::Topup, 5_000)]).await?;
    let order = buys(&school, &[Item::of(LineKind::Course, school.engines())]).await?;
    let id = ask(&school.app, &grace, form(&[&order], "k")).await?;
    issue(&school.app, &sam, &id, issued_form()).await?;
    for _ in 0..2 {
        lost(&school, &order).await?;
        let seen = show(&school.app, &grace, &id).await?;
        let red = (seen.state, seen.amount.minor(), seen.red_amount.minor());
        assert_eq!(red, (InvoiceState::RedRequested, 19_900, 14_900), "what the wallet paid is still there");
    }
    issue_red(&school.app, &sam, &id, issued_form()).await?;
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    let seen = show(&school.app, &grace, &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::RedRequested, 5_000), "until staff give it back");
    issue_red(&school.app, &sam, &id, issued_form()).await?;
    assert_eq!(state(&school, &grace, &id).await?, InvoiceState::RedIssued);
    books_hold(&school).await
});

on_both!(what_was_lost_before_anybody_asked_is_on_no_invoice, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    lost(&school, &order).await?;
    assert!(desk(&school.app, &school.grace(), 1).await?.invoiceable.is_empty());
    assert_eq!(refusal(ask(&school.app, &school.grace(), form(&[&order], "k")).await), Refusal::NothingPaid);
    books_hold(&school).await
});

on_both!(a_refund_lowers_an_invoice_by_what_went_back_of_its_own_lines, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let items = [Item::of(LineKind::Course, school.engines()), Item::of(LineKind::Topup, 10_000)];
    let order = buys(&school, &items).await?;
    let id = ask(app, &grace, form(&[&order], "k")).await?;
    let lines = orders::lines(&mut app.db.read().await?, &order).await?;
    let back = async |line: usize, amount: &str| -> Result<i64> {
        let idem = school.app.new_id::<OrderId>().to_string();
        let line = vec![lines[line].id.to_string()];
        let form = RefundForm { line, amount: amount.into(), reason: "Asked".into(), idem };
        orders::request_refund(app, &school.sam_at_work(), &order, form).await?;
        all_done(&school).await?;
        school.catch_up(FOLLOWER).await;
        Ok(show(app, &grace, &id).await?.amount.minor())
    };
    assert_eq!(back(1, "").await?, 19_900, "money in a wallet was never on it");
    assert_eq!(back(0, "99").await?, 10_000);
    books_hold(&school).await
});

on_both!(a_file_that_is_none_and_a_number_that_is_none_are_told, async |db| -> Result<()> {
    let school = School::open(db).await;
    let sam = school.sam_at_work();
    let (_, id) = asked(&school).await?;
    for (number, file) in [("", ""), ("123", ""), ("25312000000012345678", "PGh0bWw+"), ("25312000000012345678", "***")] {
        let form = IssueForm { number: number.into(), file: file.into(), ..IssueForm::default() };
        assert!(matches!(issue(&school.app, &sam, &id, form).await, Err(Error::Fault(Fault::Invalid(_)))), "{number} {file}");
    }
    assert_eq!(state(&school, &school.grace(), &id).await?, InvoiceState::Requested);
    books_hold(&school).await
});

on_both!(who_takes_the_table_away_is_written_down_and_no_cell_is_a_formula, async |db| -> Result<()> {
    let school = School::open(db).await;
    let order = bought(&school, &school.grace()).await?;
    let evil = InvoiceForm { title: "=HYPERLINK(\"https://evil\")".into(), ..form(&[&order], "k") };
    ask(&school.app, &school.grace(), evil).await?;
    let text = export(&school.app, &school.sam_at_work(), Lang::Zh, &InvoiceFilter::default()).await?;
    assert!(text.starts_with("\u{feff}申请编号,"), "{text}");
    assert!(text.contains(",\"'=HYPERLINK(\"\"https://evil\"\")\","), "{text}");
    assert!(text.contains("F-000001,待开票,") && text.contains("199.00,CNY"), "{text}");
    let sam = school.sam_at_work().id;
    let deeds = crate::audit_trail::of(&mut school.app.db.read().await?, &[sam.to_string()]).await?;
    let taken: Vec<_> = deeds.iter().filter(|deed| deed.action == "invoices.exported").collect();
    assert!(matches!(&taken[..], [deed] if deed.actor.is_some()));
    let found = list(&school.app, &school.sam_at_work(), InvoiceFilter { q: "hyperlink".into(), ..Default::default() }).await?;
    assert_eq!((found.page.total, found.waiting), (1, 1));
    books_hold(&school).await
});

on_both!(a_page_behind_the_end_is_the_last_one, async |db| -> Result<()> {
    let school = School::open(db).await;
    asked(&school).await?;
    let sam = school.sam_at_work();
    let invoices = list(&school.app, &sam, InvoiceFilter { page: 7, ..Default::default() }).await?;
    assert_eq!((invoices.page.number, invoices.page.total, invoices.page.items.len()), (1, 1, 1));
    let filter = model::orders::OrderFilter { page: 7, ..Default::default() };
    let orders = crate::orders::list_orders(&school.app, &sam, filter).await?;
    assert_eq!((orders.page.number, orders.page.total, orders.page.items.len()), (1, 1, 1));
    Ok(())
});

/// A service that thinks about everything once: what it was asked for, by key, amount and the sum of the lines.
#[derive(Default)]
struct Service(Mutex<Vec<(String, i64, i64)>>);

impl Service {
    fn calls(&self) -> Vec<(String, i64, i64)> {
        self.0.lock().expect("no panic").clone()
    }
}

impl Issuer for Service {
    fn is_by_hand(&self) -> bool {
        false
    }
    fn issue<'a>(&'a self, asked: &'a Asked) -> BoxFuture<'a, Result<Answer, crate::ports::Outage>> {
        let mut calls = self.0.lock().expect("no panic");
        calls.push((asked.key.clone(), asked.amount.minor(), asked.lines.iter().map(|(_, amount)| amount.minor()).sum()));
        let again = calls.iter().filter(|(key, ..)| *key == asked.key).count() > 1;
        let number = format!("2531200000001234{:04}", calls.len());
        Box::pin(async move {
            Ok(if again { Answer::Issued { number, files: vec![b"<?xml version='1.0'?>".to_vec()] } } else { Answer::Pending })
        })
    }
}

on_both!(a_service_is_asked_until_it_has_issued_and_then_no_more, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let service = Arc::new(Service::default());
    school.app = with(&school.app, service.clone());
    let (order, id) = asked(&school).await?;
    while work(&school.app).await? {}
    assert_eq!(state(&school, &school.grace(), &id).await?, InvoiceState::Issuing);
    school.after(model::time::minutes(2));
    while work(&school.app).await? {}
    assert_eq!(state(&school, &school.grace(), &id).await?, InvoiceState::Issued);
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    for _ in 0..3 {
        while work(&school.app).await? {}
        school.after(model::time::minutes(20));
    }
    assert_eq!(state(&school, &school.grace(), &id).await?, InvoiceState::RedIssued);
    let keys: Vec<String> = service.calls().into_iter().map(|(key, ..)| key).collect();
    assert_eq!(keys, ["F-000001", "F-000001", "F-000001-red-19900", "F-000001-red-19900"]);
    books_hold(&school).await
});

on_both!(an_invoice_that_cannot_be_asked_for_holds_up_no_other, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let service = Arc::new(Service::default());
    school.app = with(&school.app, service.clone());
    asked(&school).await?;
    school.after(model::time::minutes(1));
    let other = school.learner("other").await;
    let order = bought(&school, &other).await?;
    ask(&school.app, &other, form(&[&order], "k")).await?;
    school.spoil(Lane::Invoices).await;
    while work(&school.app).await? {}
    let keys: Vec<String> = service.calls().into_iter().map(|(key, ..)| key).collect();
    assert_eq!(keys, ["F-000002"]);
    Ok(())
});

on_both!(a_service_takes_off_each_part_that_went_back_once, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let service = Arc::new(Service::default());
    school.app = with(&school.app, service.clone());
    let (order, id) = asked(&school).await?;
    for _ in 0..2 {
        while work(&school.app).await? {}
        school.after(model::time::minutes(2));
    }
    refunded(&school, &order, "99").await?;
    school.catch_up(FOLLOWER).await;
    while work(&school.app).await? {}
    // the service is at it when the rest goes back
    refunded(&school, &order, "").await?;
    school.catch_up(FOLLOWER).await;
    for _ in 0..4 {
        while work(&school.app).await? {}
        school.after(model::time::minutes(20));
    }
    let seen = show(&school.app, &school.grace(), &id).await?;
    assert_eq!((seen.state, seen.red_amount.minor()), (InvoiceState::RedIssued, 19_900));
    let mut red: Vec<(String, i64, i64)> = service.calls().into_iter().filter(|(key, ..)| key.contains("red")).collect();
    red.dedup();
    assert_eq!(red, [("F-000001-red-9900".into(), 9_900, 9_900), ("F-000001-red-19900".into(), 10_000, 10_000)]);
    books_hold(&school).await
});

fn with(app: &App, issuer: Arc<dyn Issuer>) -> App {
    let ports = &app.ports;
    let ports = crate::app::Ports {
        clock: ports.clock.clone(),
        chance: ports.chance.clone(),
        mail: ports.mail.clone(),
        files: ports.files.clone(),
        scanner: ports.scanner.clone(),
        gateways: ports.gateways.clone(),
        identities: ports.identities.clone(),
        issuer,
    };
    App { ports: Arc::new(ports), ..app.clone() }
}

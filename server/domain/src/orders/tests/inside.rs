//! Buyers inside a provider's app: known to it, and paying by its own sheet.

use super::*;
use crate::Visitor;
use crate::settlement::{Said, Way};
use crate::testing::Till;
use model::payments::{Device, Provider};
use model::routes;
use model::time::days;
use std::sync::Arc;

const WECHAT: Provider = Provider::Wechat;

/// A school that takes WeChat Pay, which knows people.
async fn open(db: store::Db) -> (School, Arc<Till>) {
    let mut school = School::open(db).await;
    let wechat = school.second_till(WECHAT);
    wechat.knows_people();
    (school, wechat)
}

/// Somebody's browser inside the app, in this session.
fn inside(school: &School, who: &Member, session: &str) -> Visitor {
    let user_agent = "Mozilla/5.0 (iPhone) Mobile MicroMessenger/8.0.50".to_owned();
    Visitor { session: Some(session.into()), user_agent, ..school.visit(who) }
}

fn by_wechat(visitor: &Visitor, text: &str) -> PayRequest {
    PayRequest { provider: Some(WECHAT), payer: visitor.payer(), ..key(text) }
}

/// "Pay" inside the app by somebody who is not known yet.
async fn unknown(school: &School, visitor: &Visitor) -> Result<OrderId> {
    let buyer = visitor.member()?;
    let checkout = at_checkout(school, &buyer).await?;
    match place(&school.app, &buyer, Lang::En, &checkout, &by_wechat(visitor, "k")).await? {
        NextStep::SayWho(WECHAT, order) => Ok(order),
        other => panic!("not asked who pays: {other:?}"),
    }
}

/// To the provider: the state that went along.
async fn sent(school: &School, visitor: &Visitor, order: &OrderId) -> Result<String> {
    let Way::On { url, .. } = settlement::say_who(&school.app, visitor, WECHAT, order).await? else { panic!("sent back") };
    Ok(url.split_once("state=").expect("a state").1.to_owned())
}

/// And back, with this code.
async fn back(school: &School, visitor: &Visitor, state: &str, code: &str) -> Result<String> {
    let said = Said { state: state.to_owned(), code: code.to_owned() };
    settlement::said_who(&school.app, visitor, WECHAT, &said).await
}

async fn seen(school: &School, device: Device, order: &OrderId) -> Result<Standing> {
    let order = show_order(&school.app, &school.grace(), order).await?;
    Ok(shown_on(&school.app, device, order).standing)
}

async fn tries(school: &School, order: &OrderId) -> Result<usize> {
    Ok(payments::attempts_of(&mut school.app.db.read().await?, order.as_str()).await?.len())
}

on_both!(inside_the_app_a_buyer_is_asked_for_once_and_pays_by_the_sheet, async |db| -> Result<()> {
    let (school, wechat) = open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let visitor = inside(&school, &grace, "session-1");
    let order = unknown(&school, &visitor).await?;
    assert_eq!((tries(&school, &order).await?, wechat.counts()), (0, (0, 0)), "nothing begins before the payer is known");
    let shown = shown_on(app, Device::WechatApp, show_order(app, &grace, &order).await?);
    assert_eq!((shown.standing, shown.provider), (Standing::Idle { last: None }, Some(WECHAT)));
    let state = sent(&school, &visitor, &order).await?;
    assert_eq!(back(&school, &visitor, &state, "code-of-grace_h").await?, routes::pay(Lang::En, &order));
    let attempt = attempt_of(&school, &order).await?;
    let sheet = format!("weixin-jsapi:?attempt={attempt}&payer=grace_h");
    assert_eq!(seen(&school, Device::WechatApp, &order).await?, Standing::Sheet(sheet));
    assert_eq!(seen(&school, Device::Desktop, &order).await?, Standing::SheetElsewhere);
    assert_eq!(back(&school, &visitor, &state, "code-of-eve").await?, routes::my_orders(Lang::En), "a state is good once");
    let known = async |session: &str| {
        let payer = inside(&school, &grace, session).payer();
        let mut conn = app.db.read().await?;
        payments::name_of(app, &mut conn, &grace.id, WECHAT, &payer).await
    };
    assert_eq!(known("session-1").await?.as_deref(), Some("grace_h"));
    assert_eq!(known("session-2").await?, None, "another phone may be another person's");
    let paid = wechat.tell(&attempt, Fact::Succeeded, PRICE);
    payments::keep(app, WECHAT, &["good"], paid.as_bytes()).await?;
    all_done(app).await?;
    assert_eq!((state_of(&school, &order).await?, tries(&school, &order).await?), (OrderState::Paid, 1));
    books_hold(&school).await
});

on_both!(as_whom_a_payer_is_known_is_forgotten_when_no_session_can_be_that_old, async |db| -> Result<()> {
    let (school, _) = open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let visitor = inside(&school, &grace, "session-1");
    let order = unknown(&school, &visitor).await?;
    let state = sent(&school, &visitor, &order).await?;
    back(&school, &visitor, &state, "code-of-grace").await?;
    for known in [Some("grace"), None] {
        school.after(days(15));
        payments::tidy_journeys(app).await?;
        let name = payments::name_of(app, &mut app.db.read().await?, &grace.id, WECHAT, &visitor.payer()).await?;
        assert_eq!(name.as_deref(), known);
    }
    Ok(())
});

async fn state_of(school: &School, order: &OrderId) -> Result<OrderState> {
    state(school, &school.grace(), order).await
}

on_both!(a_way_to_the_provider_ends_where_it_was_begun, async |db| -> Result<()> {
    let (school, wechat) = open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let visitor = inside(&school, &grace, "session-1");
    let order = unknown(&school, &visitor).await?;
    let mine = routes::my_orders(Lang::En);
    let state = sent(&school, &visitor, &order).await?;
    for other in [inside(&school, &grace, "session-2"), inside(&school, &school.lin(), "session-1")] {
        assert_eq!(back(&school, &other, &state, "code-of-eve").await?, mine);
    }
    let lins = settlement::say_who(app, &inside(&school, &school.lin(), "session-3"), WECHAT, &order).await;
    assert!(matches!(lins, Err(Error::Fault(model::Fault::NotFound))), "{lins:?}");
    school.after(minutes(11));
    assert_eq!(back(&school, &visitor, &state, "code-of-grace").await?, mine, "ten minutes are over");
    for code in ["", "what WeChat never gave"] {
        let state = sent(&school, &visitor, &order).await?;
        assert_eq!(back(&school, &visitor, &state, code).await?, routes::pay_unknown(Lang::En, &order));
    }
    let at_home = Visitor { user_agent: "Mozilla/5.0 (X11; Linux x86_64)".into(), ..visitor };
    let way = settlement::say_who(app, &at_home, WECHAT, &order).await?;
    assert_eq!(way, Way::Back(routes::pay(Lang::En, &order)));
    assert_eq!((tries(&school, &order).await?, wechat.counts()), (0, (0, 0)));
    books_hold(&school).await
});

on_both!(a_sheet_is_closed_for_a_page_outside_and_a_code_for_a_sheet_inside, async |db| -> Result<()> {
    let (school, wechat) = open(db).await;
    let (app, grace) = (&school.app, school.grace());
    wechat.draws_codes();
    let visitor = inside(&school, &grace, "session-1");
    let order = unknown(&school, &visitor).await?;
    let state = sent(&school, &visitor, &order).await?;
    back(&school, &visitor, &state, "code-of-grace").await?;
    let sheet = attempt_of(&school, &order).await?;
    let at_desk = PayRequest { provider: Some(WECHAT), ..key("k1") };
    assert_eq!(settlement::pay(app, &grace, &order, &at_desk).await?, NextStep::Watch(order.clone()));
    assert!(matches!(seen(&school, Device::Desktop, &order).await?, Standing::Scan(_)));
    assert!(matches!(seen(&school, Device::WechatApp, &order).await?, Standing::ScanElsewhere(_)));
    let code = attempt_of(&school, &order).await?;
    let anew = settlement::pay(app, &grace, &order, &by_wechat(&visitor, "k2")).await?;
    assert_eq!(anew, NextStep::Watch(order.clone()), "known already");
    assert!(matches!(seen(&school, Device::WechatApp, &order).await?, Standing::Sheet(_)));
    for closed in [sheet, code] {
        assert_eq!(wechat.payment(&closed).expect("the payment").fact, Fact::Canceled);
    }
    books_hold(&school).await
});

on_both!(where_the_provider_knows_nobody_everything_is_as_for_a_code, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    let wechat = school.second_till(WECHAT);
    let (app, grace) = (&school.app, school.grace());
    let visitor = inside(&school, &grace, "session-1");
    let checkout = at_checkout(&school, &grace).await?;
    let next = place(app, &grace, Lang::En, &checkout, &by_wechat(&visitor, "k")).await?;
    assert!(matches!(next, NextStep::PayAt(_)), "{next:?}");
    assert_eq!(wechat.counts(), (1, 0));
    books_hold(&school).await
});

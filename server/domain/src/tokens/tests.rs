use super::*;
use crate::Error;
use crate::testing::School;
use model::Fault;
use model::time::{days, minutes};
use model::tokens::{EndToken, NewToken, Scope};
use store::{Db, on_both};

fn shop(lifetime: &str) -> NewToken {
    NewToken { name: "Shop".into(), scopes: vec!["orders:read".into()], days: lifetime.into() }
}

on_both!(a_token_acts_for_its_owner_until_it_is_ended, async |db: Db| {
    let school = School::open(db).await;
    let grace = school.grace();
    let issued = issue(&school.app, &grace, shop("")).await.unwrap();
    let found = holder(&school.app, &issued.secret).await.unwrap().expect("live");
    assert_eq!((found.me.id, found.scopes), (grace.id.clone(), vec![Scope::OrdersRead]));
    assert!(holder(&school.app, &issued.secret[..issued.secret.len() - 1]).await.unwrap().is_none());
    let listed = list(&school.app, &grace, Some(&issued.id)).await.unwrap();
    assert!(listed.tokens.len() == 1 && listed.tokens[0].used.is_some());
    assert_eq!(listed.secret.as_deref(), Some(issued.secret.as_str()), "its owner sees the secret for a moment");
    assert_eq!(list(&school.app, &school.ada(), Some(&issued.id)).await.unwrap().secret, None);
    school.clock.advance(minutes(6));
    forget_secrets(&school.app).await.unwrap();
    assert_eq!(list(&school.app, &grace, Some(&issued.id)).await.unwrap().secret, None, "and never again");
    let theirs = EndToken { token: issued.id.to_string() };
    let stranger = end(&school.app, &school.ada(), &theirs).await;
    assert!(matches!(stranger, Err(Error::Fault(Fault::NotFound))), "nobody ends another's");
    end(&school.app, &grace, &theirs).await.unwrap();
    assert!(holder(&school.app, &issued.secret).await.unwrap().is_none());
});

on_both!(a_token_ends_with_its_time, async |db: Db| {
    let school = School::open(db).await;
    let issued = issue(&school.app, &school.grace(), shop("30")).await.unwrap();
    school.clock.advance(days(29));
    assert!(holder(&school.app, &issued.secret).await.unwrap().is_some());
    school.clock.advance(days(1));
    assert!(holder(&school.app, &issued.secret).await.unwrap().is_none());
});

on_both!(a_call_is_carried_out_once_and_answered_alike, async |db: Db| {
    let school = School::open(db).await;
    let grace = school.grace();
    let call = Call { account: &grace.id, route: "POST /orders", key: "k-1", request: b"{}" };
    assert_eq!(call.claim(&school.app).await.unwrap(), Claim::Ours);
    assert_eq!(call.claim(&school.app).await.unwrap(), Claim::UnderWay);
    finish(&school.app, &call, Some((201, "{\"id\":1}"))).await.unwrap();
    let again = Claim::Answered { status: 201, body: "{\"id\":1}".into() };
    assert_eq!(call.claim(&school.app).await.unwrap(), again);
    let other = Call { request: b"{ }", ..call.clone() };
    assert_eq!(other.claim(&school.app).await.unwrap(), Claim::OtherRequest);
    school.clock.advance(days(31));
    forget_calls(&school.app).await.unwrap();
    assert_eq!(other.claim(&school.app).await.unwrap(), Claim::Ours, "keys are kept for a month");
});

on_both!(a_call_given_up_while_another_claims_it_is_claimed_and_never_missing, async |db: Db| {
    let school = School::open(db).await;
    let grace = school.grace();
    let call = Call { account: &grace.id, route: "POST /orders", key: "k-1", request: b"{}" };
    let tries = (0..8).map(|_| async {
        for _ in 0..25 {
            match call.claim(&school.app).await.unwrap() {
                Claim::Ours => finish(&school.app, &call, None).await.unwrap(),
                Claim::UnderWay => tokio::task::yield_now().await,
                other => panic!("{other:?}"),
            }
        }
    });
    futures::future::join_all(tries).await;
});

on_both!(a_call_whose_caller_died_is_carried_out_by_the_next, async |db: Db| {
    let school = School::open(db).await;
    let grace = school.grace();
    let call = Call { account: &grace.id, route: "POST /orders", key: "k-1", request: b"{}" };
    assert_eq!(call.claim(&school.app).await.unwrap(), Claim::Ours);
    school.clock.advance(minutes(2));
    assert_eq!(call.claim(&school.app).await.unwrap(), Claim::Ours);
    finish(&school.app, &call, None).await.unwrap();
    assert_eq!(call.claim(&school.app).await.unwrap(), Claim::Ours, "a failure of ours may be tried again at once");
});

on_both!(a_token_is_only_offered_and_made_for_what_the_person_can_use, async |db: Db| {
    let school = School::open(db).await;
    let coupons = || NewToken { name: "Shop".into(), scopes: vec!["coupons:write".into()], days: String::new() };
    let (grace, sam) = (school.grace(), school.sam());
    assert!(!list(&school.app, &grace, None).await.unwrap().offered.contains(&Scope::CouponsWrite));
    assert_eq!(list(&school.app, &sam, None).await.unwrap().offered, Scope::ALL);
    let refused = issue(&school.app, &grace, coupons()).await;
    assert!(matches!(refused, Err(Error::Fault(Fault::Invalid(errors))) if errors.len() == 1 && errors[0].field == "scopes"));
    issue(&school.app, &sam, coupons()).await.unwrap();
});

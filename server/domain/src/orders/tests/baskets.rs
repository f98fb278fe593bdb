//! Several things at once: the cart, and bundles.

use super::*;
use crate::catalog::bundled;
use model::cart::{Basket, MOST_ITEMS, NewBundle};
use model::ids::{BundleId, CourseId};
use model::orders::{Bar, Item, LineKind};

pub(super) fn course(id: &CourseId) -> Item {
    Item::of(LineKind::Course, id)
}

async fn fill(school: &School, who: &Member, items: &[Item]) -> Result<()> {
    for item in items {
        add_to_cart(&school.app, &school.visit(who), &mut Basket::default(), item.clone()).await?;
    }
    Ok(())
}

/// Everything in the cart, ordered: the order and its attempt.
pub(super) async fn order_cart(school: &School, who: &Member) -> Result<(OrderId, Option<String>)> {
    let next = check_out(&school.app, who, &mut Basket::default()).await?;
    let NextStep::Checkout(checkout) = next else { panic!("not at the checkout but at {next:?}") };
    place(&school.app, who, Lang::En, &checkout, &key(checkout.as_str())).await?;
    let order = my_orders(&school.app, who).await?[0].id.clone();
    let attempt = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?;
    Ok((order, attempt.map(|attempt| attempt.id.to_string())))
}

/// A bundle of these courses for so much.
async fn bundle(school: &School, slug: &str, courses: &[&CourseId], price: &str) -> Result<BundleId> {
    let form = NewBundle {
        title: slug.into(),
        promise: "Together".into(),
        slug: slug.into(),
        course: courses.iter().map(ToString::to_string).collect(),
        price: price.into(),
    };
    bundled::create(&school.app, &school.ada(), form).await
}

async fn opens(school: &School, who: &Member, course: &CourseId) -> Result<bool> {
    let mut conn = school.app.db.read().await?;
    Ok(entitlement::may_open(&mut conn, Some(&who.id), course, school.app.now()).await?.is_open())
}

on_both!(a_cart_of_several_courses_is_one_order_with_a_line_for_each, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let (data, free) = (school.another_course("data-one", 5_050).await, school.notes());
    fill(&school, &grace, &[course(&school.engines()), course(&data), course(&free)]).await?;
    let cart = show_cart(&school.app, &school.visit(&grace), &Basket::default()).await?;
    assert_eq!((cart.lines.len(), cart.total.due.minor()), (3, 24_950));
    let (order, attempt) = order_cart(&school, &grace).await?;
    books_hold(&school).await?;
    told(&school, &attempt.expect("an attempt"), Fact::Succeeded, Money::new(24_950, Currency::Cny)).await?;
    for course in [&school.engines(), &data, &free] {
        assert!(opens(&school, &grace, course).await?);
    }
    let view = show_order(&school.app, &grace, &order).await?;
    assert_eq!((view.state, view.lines.len()), (OrderState::Paid, 3));
    assert_eq!(show_cart(&school.app, &school.visit(&grace), &Basket::default()).await?.lines.len(), 0, "the cart is empty");
    assert_eq!(school.announced(crate::events::Happening::OrderPaid).await.len(), 1);
    books_hold(&school).await
});

on_both!(bundles_are_read_by_pages, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, ada) = (&school.app, school.ada());
    let data = school.another_course("data-one", 5_050).await;
    for number in 0..31 {
        bundle(&school, &format!("bundle-{number}"), &[&school.engines(), &data], "200").await?;
        school.after(minutes(1));
    }
    let (first, second) = (bundled::bundles(app, &ada, 1).await?.rows, bundled::bundles(app, &ada, 2).await?.rows);
    assert_eq!((first.items.len(), second.items.len(), first.pages()), (30, 1, 2));
    assert_eq!((first.items[0].slug.as_str(), second.items[0].slug.as_str()), ("bundle-30", "bundle-0"));
    Ok(())
});

on_both!(whoever_keeps_pages_hears_of_bundles, async |db| -> Result<()> {
    let school = School::open(db).await;
    let data = school.another_course("data-one", 5_050).await;
    let id = bundle(&school, "both", &[&school.engines(), &data], "150").await?;
    bundled::set_listed(&school.app, &school.ada(), &id, false).await?;
    assert_eq!(school.announced(crate::events::Happening::BundleChanged).await.len(), 2);
    Ok(())
});

on_both!(a_visitor_s_cart_is_there_after_signing_in, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let visitor = crate::Visitor::stranger(Lang::En);
    let mut basket = Basket::default();
    add_to_cart(app, &visitor, &mut basket, course(&school.engines())).await?;
    let basket_again = Basket::read(&basket.written());
    let shown = show_cart(app, &visitor, &basket_again).await?;
    assert_eq!((shown.lines.len(), shown.signed_in, shown.total.due), (1, false, PRICE));
    assert_eq!(show_cart(app, &school.visit(&grace), &basket_again).await?.lines.len(), 1, "seen at once");
    cart_wallet(app, &grace, &mut basket, true).await?;
    assert!(basket.0.is_empty(), "taken over");
    assert_eq!(show_cart(app, &school.visit(&grace), &Basket::default()).await?.lines.len(), 1);
    remove_from_cart(app, &school.visit(&grace), &mut basket, &course(&school.engines())).await?;
    assert_eq!(show_cart(app, &school.visit(&grace), &Basket::default()).await?.lines.len(), 0);
    Ok(())
});

on_both!(what_a_full_cart_has_no_room_for_is_refused_and_not_lost, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let mut courses = Vec::new();
    for n in 0..=MOST_ITEMS {
        courses.push(course(&school.another_course(&format!("course-{n}"), 5_000).await));
    }
    let (last, others) = courses.split_last().expect("some");
    fill(&school, &grace, others).await?;
    assert_eq!(refused(fill(&school, &grace, std::slice::from_ref(last)).await), Refusal::CartFull);
    fill(&school, &grace, &others[..1]).await?;
    let visitor = crate::Visitor::stranger(Lang::En);
    let mut full = Basket(others.to_vec());
    assert_eq!(refused(add_to_cart(app, &visitor, &mut full, last.clone()).await), Refusal::CartFull);
    // what the browser brings beside a full cart waits there for room
    let mut brought = Basket(vec![last.clone()]);
    cart_wallet(app, &grace, &mut brought, true).await?;
    assert_eq!(brought.0, std::slice::from_ref(last));
    remove_from_cart(app, &school.visit(&grace), &mut brought, &others[0]).await?;
    cart_wallet(app, &grace, &mut brought, true).await?;
    assert!(brought.0.is_empty(), "taken over");
    Ok(())
});

on_both!(what_cannot_be_bought_stays_out_of_the_cart_and_out_of_its_sum, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let data = school.another_course("data-one", 5_000).await;
    let mine = add_to_cart(app, &school.visit(&school.ada()), &mut Basket::default(), course(&data)).await;
    assert_eq!(refused(mine), Refusal::OwnCourse);
    fill(&school, &grace, &[course(&school.engines()), course(&data)]).await?;
    app.db.write(async |tx| crate::catalog::unlist(app, tx, &data).await).await?;
    school.reprice(29_900).await?;
    let cart = show_cart(app, &school.visit(&grace), &Basket::default()).await?;
    assert_eq!(cart.lines[1].bar, Some(Bar::NotForSale));
    assert_eq!((cart.lines[0].was, cart.total.due.minor()), (Some(PRICE), 29_900), "a changed price is told");
    let (order, _) = order_cart(&school, &grace).await?;
    assert_eq!(show_order(app, &grace, &order).await?.lines.len(), 1);
    assert!(matches!(show_cart(app, &school.visit(&grace), &Basket::default()).await?.lines[0].bar, Some(Bar::Ordered(_))));
    assert_eq!(refused(check_out(app, &grace, &mut Basket::default()).await), Refusal::NothingToBuy);
    books_hold(&school).await
});

on_both!(a_checkout_goes_on_without_what_is_gone_when_the_buyer_says_so, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let data = school.another_course("data-one", 5_000).await;
    fill(&school, &grace, &[course(&school.engines()), course(&data)]).await?;
    let NextStep::Checkout(id) = check_out(app, &grace, &mut Basket::default()).await? else { panic!("no checkout") };
    app.db.write(async |tx| crate::catalog::unlist(app, tx, &data).await).await?;
    assert_eq!(show_checkout(app, &grace, &id).await?.bars, [(1, Bar::NotForSale)]);
    assert_eq!(refused(place(app, &grace, Lang::En, &id, &key("a")).await), Refusal::NotForSale);
    assert_eq!(accept(app, &grace, &id).await?, NextStep::Checkout(id.clone()));
    assert_eq!(show_checkout(app, &grace, &id).await?.total.due, PRICE);
    assert!(matches!(place(app, &grace, Lang::En, &id, &key("b")).await?, NextStep::PayAt(_)));
    books_hold(&school).await
});

on_both!(the_amount_on_the_button_is_the_amount_that_is_paid, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let id = at_checkout(&school, &grace).await?;
    let stale = PayRequest { shown: Some(model::orders::Shown::Due(1_000)), ..key("k") };
    let was = Money::new(1_000, Currency::Cny);
    assert_eq!(refused(place(&school.app, &grace, Lang::En, &id, &stale).await), Refusal::PriceChanged { was, now: PRICE });
    let right = PayRequest { shown: Some(model::orders::Shown::Due(19_900)), ..key("k2") };
    assert!(matches!(place(&school.app, &grace, Lang::En, &id, &right).await?, NextStep::PayAt(_)));
    books_hold(&school).await
});

on_both!(a_bundle_opens_its_courses_and_shares_its_price_among_them, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let (one, two) = (school.another_course("one", 10_000).await, school.another_course("two", 20_000).await);
    let id = bundle(&school, "both", &[&one, &two], "200").await?;
    let page = show_bundle(app, &school.visit(&grace), &slug("both")).await?;
    assert_eq!((page.sum.minor(), page.price.minor(), page.yours.minor()), (30_000, 20_000, 20_000));
    fill(&school, &grace, &[Item::of(LineKind::Bundle, &id), course(&one)]).await?;
    let cart = show_cart(app, &school.visit(&grace), &Basket::default()).await?;
    let alone = cart.lines.iter().find(|line| line.line.item.kind == LineKind::Course).expect("the course alone");
    assert_eq!(alone.bar, Some(Bar::Within("both".into())), "nobody pays twice for one course");
    let (order, attempt) = order_cart(&school, &grace).await?;
    told(&school, &attempt.expect("an attempt"), Fact::Succeeded, Money::new(20_000, Currency::Cny)).await?;
    assert!(opens(&school, &grace, &one).await? && opens(&school, &grace, &two).await?);
    let lines = lines(&mut app.db.read().await?, &order).await?;
    assert_eq!(lines[0].parts.iter().map(|part| part.net.minor()).collect::<Vec<_>>(), [6_667, 13_333]);
    books_hold(&school).await?;
    request_refund(app, &school.sam_at_work(), &order, RefundForm { reason: "x".into(), idem: "r".into(), ..Default::default() })
        .await?;
    all_done(app).await?;
    assert!(!opens(&school, &grace, &one).await? && !opens(&school, &grace, &two).await?);
    books_hold(&school).await
});

on_both!(who_has_a_part_of_a_bundle_pays_for_the_rest_alone, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let one = school.another_course("one", 10_000).await;
    let id = bundle(&school, "both", &[&one, &school.engines()], "240").await?;
    bought(&school, &grace).await?;
    let page = show_bundle(app, &school.visit(&grace), &slug("both")).await?;
    assert_eq!(page.courses.iter().map(|course| course.owned).collect::<Vec<_>>(), [false, true]);
    // 240.00 split 100 : 199
    assert_eq!(page.yours.minor(), 8_027);
    fill(&school, &grace, &[Item::of(LineKind::Bundle, &id)]).await?;
    let (order, attempt) = order_cart(&school, &grace).await?;
    told(&school, &attempt.expect("an attempt"), Fact::Succeeded, Money::new(8_027, Currency::Cny)).await?;
    let view = show_order(app, &grace, &order).await?;
    assert_eq!((view.state, view.lines[0].courses.len()), (OrderState::Paid, 1));
    let again = add_to_cart(app, &school.visit(&grace), &mut Basket::default(), Item::of(LineKind::Bundle, &id)).await;
    assert_eq!(refused(again), Refusal::AlreadyOwned);
    books_hold(&school).await
});

on_both!(a_bundle_costs_less_than_its_courses_and_holds_only_its_maker_s, async |db| -> Result<()> {
    let school = School::open(db).await;
    let one = school.another_course("one", 10_000).await;
    let field = |outcome: Result<BundleId>| match outcome {
        Err(Error::Fault(model::Fault::Invalid(errors))) => errors[0].field.clone(),
        other => panic!("not refused: {other:?}"),
    };
    assert_eq!(field(bundle(&school, "dear", &[&one, &school.engines()], "299").await), "price");
    assert_eq!(field(bundle(&school, "alone", &[&one], "1").await), "course");
    let form = NewBundle {
        title: "x".into(),
        promise: "x".into(),
        slug: "theirs".into(),
        course: vec![one.to_string(), school.engines().to_string()],
        price: "10".into(),
    };
    assert_eq!(field(bundled::create(&school.app, &school.lin(), form.clone()).await), "course");
    bundled::create(&school.app, &school.sam(), form.clone()).await?;
    assert_eq!(field(bundled::create(&school.app, &school.sam(), form).await), "slug");
    Ok(())
});

on_both!(a_course_can_be_bought_again_when_access_has_ended, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace) = (&school.app, school.grace());
    let for_a_month = entitlement::Grant {
        account: &grace.id,
        course: &school.engines(),
        source: Source::Subscription,
        source_id: "sub-1",
        expires_at: Some(app.now() + model::time::days(30)),
    };
    app.db.write(async |tx| entitlement::grant(app, tx, for_a_month.clone()).await).await?;
    assert!(matches!(begin_checkout(app, &grace, &slug("analytical-engines")).await?, NextStep::Checkout(_)), "for good, now");
    let (order, _) = bought(&school, &grace).await?;
    request_refund(app, &school.sam_at_work(), &order, RefundForm { reason: "x".into(), idem: "r".into(), ..Default::default() })
        .await?;
    all_done(app).await?;
    school.after(model::time::days(31));
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    bought(&school, &grace).await?;
    assert_eq!(access(&school, &grace).await?, OPEN);
    books_hold(&school).await
});

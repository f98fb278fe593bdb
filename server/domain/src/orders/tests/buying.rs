//! From the course to the receipt.

use super::*;

on_both!(a_buyer_pays_and_the_course_opens, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    let shown = show_checkout(&school.app, &grace, &checkout).await?;
    assert_eq!((shown.total.due, shown.now, shown.bars.len()), (PRICE, None, 0));
    let next = place(&school.app, &grace, Lang::En, &checkout, &key("k1")).await?;
    assert!(matches!(&next, NextStep::PayAt(url) if url.starts_with("http://till.test/pay/")), "{next:?}");
    let order = my_orders(&school.app, &grace).await?[0].id.clone();
    assert_eq!(access(&school, &grace).await?, Access::Preview);
    let attempt = attempt_of(&school, &order).await?;
    told(&school, &attempt, Fact::Succeeded, PRICE).await?;
    let view = show_order(&school.app, &grace, &order).await?;
    assert_eq!((view.state, view.standing, view.total), (OrderState::Paid, Standing::Over, PRICE));
    assert_eq!(view.receipt.expect("a receipt").number, "R-000001");
    assert_eq!(access(&school, &grace).await?, OPEN);
    let transfers = ledger::of_order(&mut school.app.db.read().await?, order.as_str()).await?;
    let moved: Vec<_> =
        transfers.iter().map(|t| (t.moved.debit.clone(), t.moved.credit.clone(), t.moved.amount.minor())).collect();
    let ada = format!("instr_pending:{}", school.ada().id);
    assert_eq!(moved, [("psp:sandbox".to_owned(), "revenue".to_owned(), 19_900), ("revenue".to_owned(), ada, 13_930)]);
    books_hold(&school).await
});

on_both!(a_free_course_needs_no_payment_and_is_taken_once, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    for _ in 0..2 {
        assert_eq!(enrol(&school.app, &grace, Lang::Zh, &slug("notes")).await?, NextStep::Learn(slug("notes")));
    }
    let mine = my_orders(&school.app, &grace).await?;
    assert_eq!((mine.len(), mine[0].state, mine[0].total.minor()), (1, OrderState::Paid, 0));
    assert_eq!(school.till.counts(), (0, 0));
    books_hold(&school).await
});

on_both!(what_costs_something_is_not_taken_for_nothing, async |db| -> Result<()> {
    let school = School::open(db).await;
    let taken = enrol(&school.app, &school.grace(), Lang::En, &slug("analytical-engines")).await;
    assert!(matches!(refused(taken), Refusal::PriceChanged { .. }));
    assert_eq!(my_orders(&school.app, &school.grace()).await?.len(), 0);
    books_hold(&school).await
});

on_both!(a_double_click_two_tabs_and_the_back_button_make_one_order, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    assert_eq!(at_checkout(&school, &grace).await?, checkout, "buying again leads to the same checkout");
    let (a, b, c) = (key("same"), key("same"), key("other-tab"));
    let app = &school.app;
    let (first, second, third) = futures::join!(
        place(app, &grace, Lang::En, &checkout, &a),
        place(app, &grace, Lang::En, &checkout, &b),
        place(app, &grace, Lang::En, &checkout, &c),
    );
    for outcome in [first?, second?, third?] {
        assert!(matches!(outcome, NextStep::PayAt(_) | NextStep::Watch(_)), "{outcome:?}");
    }
    assert_eq!(my_orders(app, &grace).await?.len(), 1);
    assert_eq!(school.till.counts(), (1, 0));
    let back = begin_checkout(app, &grace, &slug("analytical-engines")).await?;
    assert!(matches!(back, NextStep::Watch(_)), "{back:?}");
    books_hold(&school).await
});

on_both!(inv_10a_the_same_key_with_another_request_is_refused, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    place(&school.app, &grace, Lang::En, &checkout, &key("k")).await?;
    let other = PayRequest { provider: Some(model::payments::Provider::Sandbox), ..key("k") };
    assert_eq!(refused(place(&school.app, &grace, Lang::En, &checkout, &other).await), Refusal::OtherRequest);
    assert!(matches!(Key::parse(""), Err(model::Fault::Invalid(_))), "no key, no order");
    books_hold(&school).await
});

on_both!(a_price_that_changed_since_the_checkout_is_told_with_both_prices, async |db| -> Result<()> {
    let school = School::open(db).await;
    let grace = school.grace();
    let checkout = at_checkout(&school, &grace).await?;
    school.reprice(29_900).await?;
    let now = Money::new(29_900, Currency::Cny);
    let outcome = place(&school.app, &grace, Lang::En, &checkout, &key("k")).await;
    assert_eq!(refused(outcome), Refusal::PriceChanged { was: PRICE, now });
    assert_eq!(show_checkout(&school.app, &grace, &checkout).await?.now.map(|total| total.due), Some(now));
    let anew = at_checkout(&school, &grace).await?;
    assert_ne!(anew, checkout);
    place(&school.app, &grace, Lang::En, &anew, &key("k2")).await?;
    let order = my_orders(&school.app, &grace).await?[0].clone();
    school.reprice(1_000).await?;
    assert_eq!(show_order(&school.app, &grace, &order.id).await?.total, now, "an order keeps its price (INV-08)");
    books_hold(&school).await
});

on_both!(nobody_buys_their_own_course_nor_what_they_have_nor_what_is_not_offered, async |db| -> Result<()> {
    let school = School::open(db).await;
    let engines = slug("analytical-engines");
    assert_eq!(refused(begin_checkout(&school.app, &school.ada(), &engines).await), Refusal::OwnCourse);
    bought(&school, &school.grace()).await?;
    assert_eq!(begin_checkout(&school.app, &school.grace(), &engines).await?, NextStep::Learn(engines.clone()));
    school.app.db.write(async |tx| crate::catalog::unlist(&school.app, tx, &school.engines()).await).await?;
    assert_eq!(refused(begin_checkout(&school.app, &school.lin(), &engines).await), Refusal::NotForSale);
    assert_eq!(access(&school, &school.grace()).await?, OPEN, "who bought it keeps it");
    books_hold(&school).await
});

on_both!(an_order_and_a_checkout_are_their_buyer_s_alone, async |db| -> Result<()> {
    let school = School::open(db).await;
    let checkout = at_checkout(&school, &school.grace()).await?;
    let not_found = |outcome: Result<()>| matches!(outcome, Err(Error::Fault(model::Fault::NotFound)));
    assert!(not_found(show_checkout(&school.app, &school.lin(), &checkout).await.map(drop)));
    assert!(not_found(place(&school.app, &school.lin(), Lang::En, &checkout, &key("k")).await.map(drop)));
    let (order, _) = ordered(&school, &school.grace()).await?;
    assert!(not_found(show_order(&school.app, &school.lin(), &order).await.map(drop)));
    assert!(not_found(cancel(&school.app, &school.lin(), &order).await.map(drop)));
    assert!(not_found(pay_again(&school.app, &school.lin(), &order, &key("k")).await.map(drop)));
    books_hold(&school).await
});

on_both!(sec_l3_twenty_orders_an_hour_are_taken_of_one_person_and_what_is_free_is_not_counted, async |db| -> Result<()> {
    let school = School::open(db).await;
    let (app, grace, lin) = (&school.app, school.grace(), school.lin());
    enrol(app, &grace, Lang::En, &slug("notes")).await?;
    let order = async |who: &Member, number: i32| {
        let item = model::orders::Item::of(model::orders::LineKind::Topup, 5_000);
        let next = begin_checkout_of(app, who, &[item], &Choices::default(), false).await?;
        let NextStep::Checkout(checkout) = next else { panic!("{next:?}") };
        place(app, who, Lang::En, &checkout, &key(&format!("k{number}"))).await?;
        Ok::<_, Error>(checkout)
    };
    let mut last = order(&grace, 0).await?;
    for number in 1..20 {
        last = order(&grace, number).await?;
    }
    school.after(minutes(15));
    let stopped = order(&grace, 20).await;
    assert!(matches!(stopped, Err(Error::Fault(model::Fault::TooOften { seconds: 2_700 }))), "{stopped:?}");
    assert!(order(&lin, 0).await.is_ok(), "another person's orders are their own");
    let again = place(app, &grace, Lang::En, &last, &key("again")).await?;
    assert!(matches!(again, NextStep::Watch(_)), "an order that stands is not placed once more: {again:?}");
    school.after(minutes(45));
    order(&grace, 21).await.map(drop)
});

on_both!(every_order_stands_on_one_page_of_the_list_and_behind_its_end_is_the_last, async |db| -> Result<()> {
    let mut school = School::open(db).await;
    // as many in one hour as nobody orders
    school.app.settings = std::sync::Arc::new(crate::app::Settings { limits: false, ..(*school.app.settings).clone() });
    let (app, grace) = (&school.app, school.grace());
    for number in 0..31 {
        let item = model::orders::Item::of(model::orders::LineKind::Topup, 5_000);
        let next = begin_checkout_of(app, &grace, &[item], &Choices::default(), false).await?;
        let NextStep::Checkout(checkout) = next else { panic!("{next:?}") };
        place(app, &grace, Lang::En, &checkout, &key(&format!("k{number}"))).await?;
    }
    let mut seen = Vec::new();
    for page in 1..=2 {
        let found = my_orders_page(app, &grace, page).await?;
        assert_eq!((found.number, found.total, found.pages()), (page, 31, 2));
        seen.extend(found.items.into_iter().map(|row| row.id.to_string()));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 31);
    let behind = my_orders_page(app, &grace, 9).await?;
    assert_eq!((behind.number, behind.items.len()), (2, 1));
    assert_eq!(my_orders_page(app, &school.lin(), 1).await?.total, 0);
    Ok(())
});

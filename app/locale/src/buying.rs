//! What is bought together: cart, coupon, wallet, bundles.

use model::Lang;
use model::cart::Movement;
use model::orders::Bar;

messages! {
    // the cart
    cart { zh: "购物车", en: "Cart" }
    cart_empty { zh: "购物车还是空的", en: "Your cart is empty" }
    cart_empty_text { zh: "看到喜欢的课程，点“加入购物车”，就能一起结算。", en: "Add the courses you like, and buy them together." }
    add_to_cart { zh: "加入购物车", en: "Add to cart" }
    remove_named(title: &str) { zh: "移除《{title}》", en: "Remove “{title}”" }
    was_when_added(was: &str) { zh: "价格有变，之前是 {was}", en: "The price has changed; it was {was}" }
    free { zh: "免费", en: "Free" }
    to_checkout { zh: "去结算", en: "Check out" }
    sign_in_to_buy { zh: "登录后结算", en: "Sign in to check out" }
    cart_is_kept { zh: "登录后，购物车里的东西都还在。", en: "Everything stays in your cart when you sign in." }
    // bundles
    bundles { zh: "课程合集", en: "Bundles" }
    bundles_lede { zh: "把几门课合在一起，卖得比单买便宜。已经拥有其中一部分的学员，只需付其余部分的钱。", en: "Several courses together, for less than buying them one by one. Learners who already own some pay only for the rest." }
    no_bundles { zh: "还没有合集", en: "No bundles yet" }
    two_courses_first { zh: "至少要有两门已上架的课程，才能做合集。", en: "You need at least two published courses to make a bundle." }
    new_bundle { zh: "新建合集", en: "New bundle" }
    bundle_title { zh: "名称", en: "Title" }
    bundle_promise { zh: "一句话介绍", en: "Tagline" }
    bundle_address { zh: "网址", en: "Web address" }
    bundle_address_help { zh: "小写字母、数字和连字符，例如 rust-from-scratch", en: "Lowercase letters, digits and hyphens, for example rust-from-scratch" }
    bundle_price { zh: "合集价", en: "Price" }
    bundle_price_help { zh: "要低于单买的总价", en: "Must be less than the courses cost separately" }
    make_bundle { zh: "上架合集", en: "Publish bundle" }
    one_by_one { zh: "单买总价", en: "Separately" }
    on_offer { zh: "在售", en: "On sale" }
    off_offer { zh: "已下架", en: "Withdrawn" }
    take_off { zh: "下架", en: "Withdraw" }
    offer_again { zh: "重新上架", en: "Put back on sale" }
    in_this_bundle { zh: "包含的课程", en: "Courses included" }
    courses_in_all(n: u32) { zh: "共 {n} 门课", en: one "{n} course", many "{n} courses" }
    you_have_it { zh: "你已拥有", en: "You own this" }
    all_of_it_is_yours { zh: "合集里的课程你都有了", en: "You own every course in it" }
    this_bundle(what: &str) { zh: "这个合集{what}", en: "This bundle {what}" }
    only_the_rest(n: u32, price: &str, yours: &str) { zh: "你已拥有其中 {n} 门，合集价 {price}，其余部分只需 {yours}", en: one "You have {n} of them. Of the {price}, only {yours} is left for the rest", many "You have {n} of them. Of the {price}, only {yours} is left for the rest" }
    cheaper_by(amount: &str) { zh: "比单买便宜 {amount}", en: "Save {amount}" }
    buy_bundle { zh: "购买合集", en: "Buy bundle" }
    also_in(title: &str, saved: &str) { zh: "也在合集《{title}》里，一起买省 {saved}", en: "Also in the bundle “{title}”: save {saved} together" }
    // the wallet
    wallet { zh: "钱包", en: "Wallet" }
    wallet_lede { zh: "结算时可以用钱包付全部或一部分。赠送余额先用。", en: "Pay for all or part of an order with it. Your gift balance is used first." }
    own_money { zh: "余额", en: "Balance" }
    own_money_note { zh: "你自己充值的钱", en: "Money you have added" }
    gift_balance { zh: "赠送余额", en: "Gift balance" }
    gift_balance_note { zh: "可以消费，不能提现", en: "For purchases only; cannot be withdrawn" }
    top_up { zh: "充值", en: "Top up" }
    how_much { zh: "充多少", en: "Amount" }
    top_up_now { zh: "去充值", en: "Top up" }
    history { zh: "收支明细", en: "Activity" }
    what_for { zh: "事项", en: "Details" }
    nothing_moved { zh: "还没有收支", en: "No activity yet" }
    moved_topup { zh: "充值", en: "Top-up" }
    moved_spent { zh: "购买", en: "Purchase" }
    moved_held { zh: "为待付款的订单预留", en: "Held for an unpaid order" }
    moved_withheld { zh: "银行处理争议期间冻结", en: "Held while a bank decides on a dispute" }
    moved_gift { zh: "赠送", en: "Gift balance" }
    moved_refund { zh: "退款", en: "Refund" }
    moved_other { zh: "其他", en: "Other" }
}

messages! {
    between { zh: "、", en: ", " }
    more(title: &str, n: u32) { zh: "{title} 等 {n} 件", en: "{title} and {n} more" }
    coupon { zh: "优惠券", en: "Coupon" }
    coupon_code { zh: "优惠码", en: "Coupon code" }
    use_coupon { zh: "使用", en: "Apply" }
    remove { zh: "移除", en: "Remove" }
    coupon_takes(code: &str, amount: &str) { zh: "{code} 已减 {amount}", en: "{code} takes {amount} off" }
    coupon_gone(reason: &str, was: &str, now: &str) { zh: "{reason}。应付金额从 {was} 变为 {now}。", en: "{reason}. The amount due changes from {was} to {now}." }
    from_gift_balance { zh: "赠送余额支付", en: "From your gift balance" }
    from_wallet { zh: "钱包支付", en: "From your wallet" }
    in_wallet(amount: &str) { zh: "钱包里有 {amount}", en: "{amount} in your wallet" }
    use_wallet { zh: "用钱包支付", en: "Use wallet" }
    leave_wallet { zh: "不用钱包", en: "Don’t use wallet" }
    topped_up { zh: "充值成功", en: "Topped up" }
    paid_several { zh: "付款成功，课程已开放", en: "Paid. The courses are yours" }
    to_wallet { zh: "查看钱包", en: "Go to wallet" }
    confirm_free { zh: "确认下单", en: "Place order" }
    go_on_without { zh: "去掉这些，继续结算", en: "Continue without these" }
    back { zh: "返回", en: "Go back" }
    bar_owned { zh: "已经是你的了", en: "is already yours" }
    bar_own { zh: "是你自己的课程", en: "is your own course" }
    bar_sold_out { zh: "名额已满", en: "has no places left" }
    bar_not_for_sale { zh: "已经下架", en: "is no longer on sale" }
    bar_ordered { zh: "在一个待付款的订单里", en: "is in an order awaiting payment" }
    bar_within(title: &str) { zh: "已包含在《{title}》里", en: "is already part of “{title}”" }
    bar_other_currency { zh: "是另一种货币，需要单独购买", en: "is in another currency; buy it separately" }
}

/// An order by its first line and how many more there are.
pub fn and_more(lang: Lang, title: &str, others: u32) -> String {
    match (lang, others) {
        (_, 0) => title.to_owned(),
        (Lang::Zh, others) => more(lang, title, others + 1),
        (Lang::En, others) => more(lang, title, others),
    }
}

/// What a line of the wallet's history stands for.
pub fn movement(lang: Lang, movement: Movement) -> &'static str {
    match movement {
        Movement::Topup => moved_topup(lang),
        Movement::Spent => moved_spent(lang),
        Movement::Held => moved_held(lang),
        Movement::Withheld => moved_withheld(lang),
        Movement::Gift => moved_gift(lang),
        Movement::Refund => moved_refund(lang),
        Movement::Other => moved_other(lang),
    }
}

/// Why a line cannot be bought.
pub fn bar(lang: Lang, bar: &Bar) -> String {
    match bar {
        Bar::Owned => bar_owned(lang).into(),
        Bar::Own => bar_own(lang).into(),
        Bar::NotForSale => bar_not_for_sale(lang).into(),
        Bar::SoldOut => bar_sold_out(lang).into(),
        Bar::Ordered(_) => bar_ordered(lang).into(),
        Bar::Within(title) => bar_within(lang, title),
        Bar::OtherCurrency => bar_other_currency(lang).into(),
    }
}

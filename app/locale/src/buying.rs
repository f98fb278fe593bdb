//! What is bought together: cart, coupon, wallet, bundles.

use model::Lang;
use model::orders::Bar;

messages! {
    between { zh: "、", en: ", " }
    more(title: &str, n: u32) { zh: "{title} 等 {n} 件", en: "{title} and {n} more" }
    coupon { zh: "优惠券", en: "Coupon" }
    coupon_code { zh: "优惠码", en: "Coupon code" }
    use_coupon { zh: "使用", en: "Use it" }
    remove { zh: "移除", en: "Remove" }
    coupon_takes(code: &str, amount: &str) { zh: "{code} 已减 {amount}", en: "{code} takes {amount} off" }
    coupon_gone(reason: &str, was: &str, now: &str) { zh: "{reason}。应付金额从 {was} 变为 {now}。", en: "{reason}. Instead of {was}, {now} is due." }
    from_gift_balance { zh: "赠送余额支付", en: "From your gift balance" }
    from_wallet { zh: "钱包支付", en: "From your wallet" }
    in_wallet(amount: &str) { zh: "钱包里有 {amount}", en: "{amount} in your wallet" }
    use_wallet { zh: "用钱包支付", en: "Pay from it" }
    leave_wallet { zh: "不用钱包", en: "Don’t use it" }
    to_wallet { zh: "查看钱包", en: "To your wallet" }
    confirm_free { zh: "确认下单", en: "Place the order" }
    go_on_without { zh: "去掉这些，继续结算", en: "Go on without these" }
    back { zh: "返回", en: "Go back" }
    bar_owned { zh: "已经是你的了", en: "is yours already" }
    bar_own { zh: "是你自己的课程", en: "is your own course" }
    bar_not_for_sale { zh: "已经下架", en: "is no longer offered" }
    bar_ordered { zh: "在一个待付款的订单里", en: "is in an order that waits for payment" }
    bar_within(title: &str) { zh: "已包含在《{title}》里", en: "is part of “{title}” already" }
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

/// Why a line cannot be bought.
pub fn bar(lang: Lang, bar: &Bar) -> String {
    match bar {
        Bar::Owned => bar_owned(lang).into(),
        Bar::Own => bar_own(lang).into(),
        Bar::NotForSale => bar_not_for_sale(lang).into(),
        Bar::Ordered(_) => bar_ordered(lang).into(),
        Bar::Within(title) => bar_within(lang, title),
        Bar::OtherCurrency => bar_other_currency(lang).into(),
    }
}

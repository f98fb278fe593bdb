//! Buying: checkout, payment, orders, what they can be refused for, and what staff read of them.

mod staff;
mod states;

pub use staff::*;
pub use states::*;

use crate::numbers;
use model::orders::{LineKind, Refusal};
use model::payments::RefundCause;
use model::{Lang, Money};

messages! {
    // checkout
    checkout { zh: "确认订单", en: "Checkout" }
    you_get { zh: "你将获得", en: "What you get" }
    full_access { zh: "全部课时，长期有效，随时回看", en: "Every lesson, yours to keep and revisit" }
    on_all_devices { zh: "手机、平板、电脑都能学，进度同步", en: "On phone, tablet and computer, with your progress in sync" }
    with_updates { zh: "作者今后的更新", en: "Every future update by the author" }
    summary { zh: "金额明细", en: "Summary" }
    list_price { zh: "原价", en: "List price" }
    subtotal { zh: "小计", en: "Subtotal" }
    reduction { zh: "优惠", en: "Reduction" }
    to_pay { zh: "应付", en: "To pay" }
    price_includes_tax { zh: "价格已含税。点击付款后，价格保留 30 分钟，扫码付款的保留 2 小时。", en: "Prices include tax. Once you continue to payment, this price is held for 30 minutes, or for two hours if you pay by scanning a code." }
    refund_rule_title { zh: "退款规则", en: "Refunds" }
    receipt_to(email: &str) { zh: "收据会发到 {email}", en: "Your receipt goes to {email}" }
    pay_amount(amount: &str) { zh: "支付 {amount}", en: "Pay {amount}" }
    pay_with { zh: "付款方式", en: "Payment method" }
    frozen_price_changed(was: &str, now: &str) { zh: "价格已从 {was} 变为 {now}。请按新价格重新确认。", en: "The price has changed from {was} to {now}. Please confirm the new price." }
    use_new_price(now: &str) { zh: "按新价格 {now} 继续", en: "Continue at {now}" }
    balance_changed(was: &str, now: &str) { zh: "钱包余额有变，应付金额从 {was} 变为 {now}，请重新确认", en: "Your wallet balance has changed: {now} is due instead of {was}. Please check again" }
    already_ordered_refusal { zh: "其中有一件已在待付款的订单里，请先付款或取消那个订单", en: "Something here is in another order awaiting payment; pay for or cancel that one first" }
    nothing_to_buy { zh: "购物车里没有可以购买的内容", en: "Nothing in your cart can be bought" }
    kind_course { zh: "课程", en: "Course" }
    kind_bundle { zh: "课程合集", en: "Bundle" }
    kind_subscription { zh: "会员订阅", en: "Membership" }
    kind_seat_pack { zh: "团队名额", en: "Team seats" }
    seats_at(n: u32, each: &str) { zh: "{n} 个名额 × {each}", en: one "{n} seat × {each}", many "{n} seats × {each}" }
    kind_gift { zh: "礼物", en: "Gift" }
    kind_topup { zh: "钱包充值", en: "Wallet top-up" }
    already_owned { zh: "这门课已经是你的了", en: "You already own this course" }
    already_owned_text { zh: "不用再买一次，直接去学吧。", en: "Nothing to pay; carry on learning." }
    already_ordered { zh: "你已经为它下过单", en: "You have already ordered it" }
    already_ordered_text { zh: "订单只有一份，看看它到哪一步了。", en: "There is only one order; see how it stands." }
    see_order { zh: "查看订单", en: "View order" }
    start_learning { zh: "开始学习", en: "Start learning" }
    back_to_course { zh: "返回课程", en: "Back to the course" }
    buy { zh: "购买", en: "Buy" }
    enrol_free { zh: "免费加入", en: "Enrol for free" }
    lessons(n: u32) { zh: "{n} 节课", en: one "{n} lesson", many "{n} lessons" }
    by_instructor(name: &str) { zh: "讲师：{name}", en: "With {name}" }
}

messages! {
    // payment
    payment { zh: "付款", en: "Payment" }
    connecting { zh: "正在连接支付平台…", en: "Contacting the payment provider…" }
    connecting_text { zh: "通常只要一两秒，这一页会自己更新。", en: "This takes a second or two; the page refreshes by itself." }
    waiting_for_you { zh: "等待付款", en: "Waiting for your payment" }
    open_elsewhere(until: &str) { zh: "微信里打不开支付宝。请点右上角的“…”，选择“在浏览器打开”，再继续付款。订单会保留到 {until}。", en: "Alipay does not open inside WeChat. Tap “…” at the top right, choose to open this page in your browser, and pay there. The order waits until {until}." }
    waiting_text(time: &str) { zh: "请在 {time} 前完成付款。付过之后回到这里，页面会自己更新。", en: "Please pay by {time}. Come back here afterwards; the page refreshes by itself." }
    scan_code { zh: "微信付款码", en: "WeChat Pay code" }
    scan_with_wechat { zh: "打开微信“扫一扫”，扫描上面的二维码付款。", en: "Open WeChat, choose Scan, and point it at the code above." }
    scan_elsewhere { zh: "这部手机扫不了自己屏幕上的码。请用另一部手机的微信扫码；如果正在微信里看这一页，也可以点右上角的“…”，选择“在浏览器打开”，在浏览器里付款。", en: "A phone can’t scan its own screen. Scan the code with WeChat on another phone; or, if you are inside WeChat, tap “…” at the top right, open this page in your browser and pay there." }
    sheet_text(time: &str) { zh: "请在 {time} 前点下面的按钮，在微信里完成付款。", en: "Please tap the button below by {time} and pay in WeChat." }
    sheet_button(amount: &str) { zh: "微信支付 · {amount}", en: "Pay with WeChat · {amount}" }
    sheet_without { zh: "如果没有出现付款按钮，或者付款窗口打不开：点右上角的“…”，选择“在浏览器打开”，在浏览器里用微信支付；也可以换一种付款方式。", en: "No button, or nothing opens when you tap it? Tap “…” at the top right, open this page in your browser and pay with WeChat there; or pay another way." }
    sheet_elsewhere(until: &str) { zh: "这笔付款是在微信里开始的。请回到微信里付款，或者在这里重新选择一种付款方式。订单会保留到 {until}。", en: "You began to pay inside WeChat. Go back to WeChat and pay there, or choose again here how to pay. The order waits until {until}." }
    sheet_paid_text { zh: "微信已经受理，我们正在等微信支付的确认，通常只要几秒，这一页会自己更新。", en: "WeChat has taken it on. We are waiting for WeChat Pay’s word, which takes a few seconds; the page refreshes by itself." }
    payer_unknown { zh: "微信没有告诉我们是谁在付款，所以还不能打开付款窗口，也没有扣款。可以再试一次；还是不行的话，点右上角的“…”，选择“在浏览器打开”，在浏览器里付款，或者换一种付款方式。", en: "WeChat did not tell us who is paying, so its payment window can’t open; nothing was charged. Try once more. If that doesn’t help, tap “…” at the top right, open this page in your browser and pay there, or pay another way." }
    on_to(name: &str) { zh: "正在前往{name}", en: "On to {name}" }
    continue_to_pay { zh: "去付款", en: "Continue to payment" }
    processing { zh: "银行正在处理", en: "Your bank is processing it" }
    processing_text { zh: "款项确认后课程立刻开放，并发邮件告诉你。可以放心离开这一页。", en: "The course opens as soon as the payment is confirmed, and we’ll e-mail you. You can leave this page." }
    unclear { zh: "正在核实付款结果", en: "Checking your payment" }
    unclear_text { zh: "支付平台没有及时回应，我们正在反复查询。核实清楚之前请不要重复付款：如果款已付，课程会自动开放；如果没有，这里会让你再试。", en: "The payment provider hasn’t answered in time, so we keep asking. Please don’t pay twice: if your money has gone, the course opens automatically; if not, you can try again here." }
    declined { zh: "付款没有成功", en: "The payment was declined" }
    not_charged { zh: "没有扣款。可以换一张卡再试，价格仍为你保留。", en: "You were not charged. Try another card; your price is still held." }
    not_paid { zh: "还没有付款", en: "Not paid yet" }
    not_paid_text { zh: "付款没有完成，没有扣款。可以继续付款，也可以取消订单。", en: "The payment was not completed and nothing was charged. Continue, or cancel the order." }
    try_again { zh: "再试一次", en: "Try again" }
    cancel_order { zh: "取消订单", en: "Cancel order" }
    closing { zh: "正在关闭上一种付款方式", en: "Closing your first way to pay" }
    closing_text { zh: "支付平台确认关闭之后，就可以换一种方式付款，通常只要一两秒。在那之前不会开始新的付款，所以不会重复扣款。", en: "You can pay another way as soon as the provider confirms, usually within a second or two. Nothing new begins before that, so you can’t be charged twice." }
    pay_otherwise { zh: "换一种付款方式", en: "Pay another way" }
    closed_first { zh: "换之前会先关闭现在这一笔，不会重复扣款。", en: "The payment you have begun is closed first, so you can’t be charged twice." }
    check_again { zh: "刷新状态", en: "Check again" }
}

messages! {
    // order
    order { zh: "订单", en: "Order" }
    order_number(id: &str) { zh: "订单号 {id}", en: "Order {id}" }
    paid_title { zh: "付款成功，课程已开放", en: "Paid. The course is yours" }
    free_title { zh: "已加入，课程已开放", en: "Done. The course is yours" }
    canceled_title { zh: "订单已取消", en: "The order was canceled" }
    canceled_text { zh: "没有扣款。想学的时候随时可以再买。", en: "Nothing was charged. You can buy it whenever you like." }
    expired_title { zh: "订单已过期", en: "The order has expired" }
    expired_text { zh: "没有按时收到付款，订单已自动关闭，没有扣款。", en: "No payment arrived in time, so the order was closed. Nothing was charged." }
    refunded_title { zh: "已全额退款", en: "Refunded in full" }
    refunded_text { zh: "款项已退回，课程随之关闭。", en: "The money has gone back, and the course is closed." }
    disputed_title { zh: "这笔付款有争议", en: "This payment is disputed" }
    disputed_text { zh: "付款方的银行要求退回这笔款项。有结果之前，买到的内容暂时关闭；银行确认付款有效后会自动恢复。", en: "The payer’s bank has asked for this payment back. What it paid for is closed until that is decided, and opens again by itself if the payment stands." }
    lost_title { zh: "这笔款项已被银行追回", en: "The bank took this payment back" }
    lost_text { zh: "银行已把款项退给付款方，买到的内容随之关闭。如果其中有一部分是用钱包付的，请联系我们处理那一部分。", en: "The bank has returned this payment to whoever made it, so what it paid for is closed. If your wallet paid a part, write to us about that part." }
    partly_refunded_title { zh: "已部分退款，课程仍然开放", en: "Partly refunded. The course stays yours" }
    receipt { zh: "收据", en: "Receipt" }
    receipt_number { zh: "收据号", en: "Receipt number" }
    ordered_on { zh: "下单时间", en: "Ordered" }
    paid_on { zh: "付款时间", en: "Paid" }
    total { zh: "合计", en: "Total" }
    refunded { zh: "已退", en: "Refunded" }
    buy_again { zh: "重新购买", en: "Buy it again" }
    money_back { zh: "退款记录", en: "Money on its way back" }
    second_payment(amount: &str) { zh: "这笔订单收到了两次付款。多付的 {amount} 会自动原路退回，你不用做什么。", en: "This order was paid twice. The second {amount} goes back to you by itself; there is nothing you need to do." }
    late_payment(amount: &str) { zh: "订单关闭之后收到了 {amount}。这笔钱会自动原路退回。", en: "{amount} came after the order was closed. It goes back to you by itself." }
    wrong_payment(amount: &str) { zh: "收到的 {amount} 与应付金额不符，课程没有开放。这笔钱会自动原路退回。", en: "{amount} came, which is not the amount asked for, so the course was not opened. It goes back to you by itself." }
    staff_refund(amount: &str) { zh: "退款 {amount}", en: "Refund of {amount}" }
}

messages! {
    // my orders
    my_orders { zh: "我的订单", en: "My orders" }
    no_orders { zh: "还没有订单", en: "No orders yet" }
    no_orders_text { zh: "买过的和加入的课程，收据都在这里。", en: "What you buy or take is kept here, with its receipts." }
    browse_courses { zh: "看看课程", en: "Browse courses" }
    course { zh: "课程", en: "Course" }
    state { zh: "状态", en: "State" }
    amount { zh: "金额", en: "Amount" }
    date { zh: "时间", en: "Date" }
}

messages! {
    // refusals
    price_changed(was: &str, now: &str) { zh: "价格已从 {was} 变为 {now}，请按新价格重新确认", en: "The price has changed from {was} to {now}; please check again at the new price" }
    own_course { zh: "这是你自己的课程，不用购买", en: "This is your own course; there is no need to buy it" }
    sold_out { zh: "名额已满，暂时不能购买", en: "All places are taken; it cannot be bought at the moment" }
    cart_full(most: usize) { zh: "购物车最多放 {most} 件，先结算或移除一些再加", en: "A cart holds {most} things at most; check out or remove some first" }
    not_for_sale { zh: "这门课已经下架，不能购买", en: "This course is no longer offered" }
    payment_in_progress { zh: "上一次付款还在处理中，请等它有结果", en: "A payment is still under way; please wait until it is clear" }
    order_closed { zh: "这笔订单已经结束", en: "This order is closed" }
    other_request { zh: "这份表单已经提交过别的内容，请刷新页面再试", en: "This form was sent before with other contents; please reload the page" }
    no_provider { zh: "现在没有可用的付款方式", en: "No way to pay is available just now" }
    too_much(left: &str) { zh: "最多还能退 {left}", en: "No more than {left} can be refunded" }
    second_person { zh: "需要另一位同事批准，不能批准自己提出的退款", en: "A second person has to approve; you can’t approve what you asked for" }
    only_whole { zh: "礼物和名额只能整笔退款，请单独选择它，并把金额留空", en: "A gift, or seats bought together, goes back whole: choose it alone and leave the amount empty" }
    disputed { zh: "付款人的银行正在争议这笔款项，不能再退款", en: "The payer’s bank disputes this payment, so it cannot be refunded" }
    bad_transition { zh: "现在的状态下不能这样做", en: "That is not possible in the state it is in" }
}

/// Why buying, paying or refunding cannot go on.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::PriceChanged { was, now } => price_changed(lang, &numbers::money(*was), &numbers::money(*now)),
        Refusal::BalanceChanged { was, now } => balance_changed(lang, &numbers::money(*was), &numbers::money(*now)),
        Refusal::Coupon(reason) => crate::promotions::refusal(lang, *reason).into(),
        Refusal::NothingToBuy => nothing_to_buy(lang).into(),
        Refusal::AlreadyOrdered => already_ordered_refusal(lang).into(),
        Refusal::AlreadyOwned => already_owned(lang).into(),
        Refusal::OwnCourse => own_course(lang).into(),
        Refusal::NotForSale => not_for_sale(lang).into(),
        Refusal::SoldOut => sold_out(lang).into(),
        Refusal::CartFull => cart_full(lang, model::cart::MOST_ITEMS),
        Refusal::PaymentInProgress => payment_in_progress(lang).into(),
        Refusal::Closed => order_closed(lang).into(),
        Refusal::OtherRequest => other_request(lang).into(),
        Refusal::NoProvider => no_provider(lang).into(),
        Refusal::TooMuch { left } => too_much(lang, &numbers::money(*left)),
        Refusal::SecondPerson => second_person(lang).into(),
        Refusal::OnlyWhole => only_whole(lang).into(),
        Refusal::Disputed => disputed(lang).into(),
        Refusal::Transition => bad_transition(lang).into(),
    }
}

/// What a line of this kind is called where it has no title of its own.
pub fn line_kind(lang: Lang, kind: LineKind) -> &'static str {
    match kind {
        LineKind::Course => kind_course(lang),
        LineKind::Bundle => kind_bundle(lang),
        LineKind::Subscription => kind_subscription(lang),
        LineKind::SeatPack => kind_seat_pack(lang),
        LineKind::Gift => kind_gift(lang),
        LineKind::Topup => kind_topup(lang),
    }
}

/// What a buyer reads about money on its way back.
pub fn refund_told(lang: Lang, cause: RefundCause, amount: Money) -> String {
    let amount = numbers::money_exact(amount);
    match cause {
        RefundCause::Staff | RefundCause::Learner => staff_refund(lang, &amount),
        RefundCause::Late => late_payment(lang, &amount),
        RefundCause::Second => second_payment(lang, &amount),
        RefundCause::Mismatch => wrong_payment(lang, &amount),
    }
}

//! Buying: checkout, payment, orders, and what staff read of them.

use crate::numbers;
use model::accounts::Role;
use model::entitlement::GrantState;
use model::orders::{DisputeState, LineKind, OrderState, Refunded, Refusal};
use model::payments::{AttemptState, Decline, Provider, RefundCause, RefundState};
use model::{Lang, Money};

messages! {
    // checkout
    checkout { zh: "确认订单", en: "Checkout" }
    you_get { zh: "你将获得", en: "What you get" }
    full_access { zh: "全部课时，长期有效，随时回看", en: "Every lesson, for good, as often as you like" }
    on_all_devices { zh: "手机、平板、电脑都能学，进度同步", en: "On phone, tablet and computer, with your place kept" }
    with_updates { zh: "作者今后的更新", en: "Everything the author adds later" }
    summary { zh: "金额明细", en: "Summary" }
    list_price { zh: "原价", en: "List price" }
    reduction { zh: "优惠", en: "Reduction" }
    to_pay { zh: "应付", en: "To pay" }
    price_includes_tax { zh: "价格已含税。点击付款后，价格保留 30 分钟。", en: "Prices include tax. Once you go on to pay, this price is yours for 30 minutes." }
    refund_rule_title { zh: "退款规则", en: "Refunds" }
    receipt_to(email: &str) { zh: "收据会发到 {email}", en: "The receipt goes to {email}" }
    pay_amount(amount: &str) { zh: "支付 {amount}", en: "Pay {amount}" }
    pay_with { zh: "付款方式", en: "How you pay" }
    frozen_price_changed(was: &str, now: &str) { zh: "价格已从 {was} 变为 {now}。请按新价格重新确认。", en: "The price has changed from {was} to {now}. Please check again at the new price." }
    use_new_price(now: &str) { zh: "按新价格 {now} 继续", en: "Go on at {now}" }
    balance_changed(was: &str, now: &str) { zh: "钱包余额有变，应付金额从 {was} 变为 {now}，请重新确认", en: "Your wallet’s balance has changed: instead of {was}, {now} is due. Please check again" }
    already_ordered_refusal { zh: "其中有一件已在待付款的订单里，请先付款或取消那个订单", en: "Something here is in an order of yours that waits for payment; pay or cancel that one first" }
    nothing_to_buy { zh: "购物车里没有可以购买的内容", en: "Nothing in the cart can be bought" }
    kind_course { zh: "课程", en: "Course" }
    kind_bundle { zh: "课程合集", en: "Bundle" }
    kind_subscription { zh: "会员订阅", en: "Membership" }
    kind_seat_pack { zh: "企业席位", en: "Seats" }
    kind_gift { zh: "礼物", en: "Gift" }
    kind_topup { zh: "钱包充值", en: "Wallet top-up" }
    already_owned { zh: "这门课已经是你的了", en: "This course is yours already" }
    already_owned_text { zh: "不用再买一次，直接去学吧。", en: "There is nothing to pay; go on learning." }
    already_ordered { zh: "你已经为它下过单", en: "You have ordered it already" }
    already_ordered_text { zh: "订单只有一份，看看它到哪一步了。", en: "There is one order and no more; see how it stands." }
    see_order { zh: "查看订单", en: "See the order" }
    start_learning { zh: "开始学习", en: "Start learning" }
    back_to_course { zh: "返回课程", en: "Back to the course" }
    buy { zh: "购买", en: "Buy" }
    enrol_free { zh: "免费加入", en: "Take it, free" }
    lessons(n: u32) { zh: "{n} 节课", en: one "{n} lesson", many "{n} lessons" }
    by_instructor(name: &str) { zh: "讲师：{name}", en: "With {name}" }
}

messages! {
    // payment
    payment { zh: "付款", en: "Payment" }
    connecting { zh: "正在连接支付平台…", en: "Reaching the payment provider…" }
    connecting_text { zh: "通常只要一两秒，这一页会自己更新。", en: "This takes a second or two; the page renews itself." }
    waiting_for_you { zh: "等待付款", en: "Waiting for your payment" }
    waiting_text(time: &str) { zh: "请在 {time} 前完成付款。付过之后回到这里，页面会自己更新。", en: "Please pay by {time}. When you have, this page renews itself." }
    scan_code { zh: "微信付款码", en: "Code to pay by WeChat" }
    scan_with_wechat { zh: "打开微信“扫一扫”，扫描上面的二维码付款。", en: "Open WeChat, choose Scan, and point it at the code above." }
    continue_to_pay { zh: "去付款", en: "Go on to pay" }
    processing { zh: "银行正在处理", en: "Your bank is working on it" }
    processing_text { zh: "款项确认后课程立刻开放，并发邮件告诉你。可以放心离开这一页。", en: "The course opens the moment the money is confirmed, and we write to you. You can leave this page." }
    unclear { zh: "正在核实付款结果", en: "Finding out what became of it" }
    unclear_text { zh: "支付平台没有及时回应，我们正在反复查询。核实清楚之前请不要重复付款：如果款已付，课程会自动开放；如果没有，这里会让你再试。", en: "The payment provider did not answer in time, and we keep asking. Please don’t pay twice: if your money has gone, the course opens by itself; if not, you can try again here." }
    declined { zh: "付款没有成功", en: "The payment was declined" }
    not_charged { zh: "没有扣款。可以换一张卡再试，价格仍为你保留。", en: "You were not charged. Try another card; the price is still yours." }
    not_paid { zh: "还没有付款", en: "Not paid yet" }
    not_paid_text { zh: "付款没有完成，没有扣款。可以继续付款，也可以取消订单。", en: "The payment was left unfinished and nothing was charged. Go on, or cancel the order." }
    try_again { zh: "再试一次", en: "Try again" }
    cancel_order { zh: "取消订单", en: "Cancel the order" }
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
    expired_title { zh: "订单已过期", en: "The order ran out of time" }
    expired_text { zh: "30 分钟内没有收到付款，订单已自动关闭，没有扣款。", en: "No payment came within 30 minutes, so the order was closed. Nothing was charged." }
    refunded_title { zh: "已全额退款", en: "Refunded in full" }
    refunded_text { zh: "款项已按原付款方式退回，课程随之关闭。", en: "The money has gone back the way it came, and the course is closed." }
    partly_refunded_title { zh: "已部分退款，课程仍然开放", en: "Refunded in part. The course stays yours" }
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
    // states
    order_awaiting { zh: "待付款", en: "To be paid" }
    order_paid { zh: "已付款", en: "Paid" }
    order_canceled { zh: "已取消", en: "Canceled" }
    order_expired { zh: "已过期", en: "Expired" }
    refund_none { zh: "未退款", en: "Not refunded" }
    refund_partial { zh: "部分退款", en: "Partly refunded" }
    refund_full { zh: "已退款", en: "Refunded" }
    needs_review { zh: "需人工核对", en: "Needs a look" }
    needs_review_text {
        zh: "这笔订单有情况需要人工核对，缘由见下方的记录。处理完后请标记为已核对。",
        en: "Something about this order needs a person's look; the trail below says what. Once it is dealt with, mark it as looked at."
    }
    looked_at { zh: "标记为已核对", en: "Mark as looked at" }
    attempt_created { zh: "已创建", en: "Written down" }
    attempt_submitting { zh: "发送中", en: "Being sent" }
    attempt_pending { zh: "等待付款人", en: "With the payer" }
    attempt_processing { zh: "银行处理中", en: "With the bank" }
    attempt_unknown { zh: "不明", en: "Unknown" }
    attempt_succeeded { zh: "成功", en: "Succeeded" }
    attempt_failed { zh: "失败", en: "Failed" }
    attempt_canceled { zh: "已关闭", en: "Closed" }
    refund_requested { zh: "待批准", en: "To be approved" }
    refund_approved { zh: "已批准", en: "Approved" }
    refund_submitting { zh: "提交中", en: "Being sent" }
    refund_pending { zh: "银行处理中", en: "With the bank" }
    refund_unknown { zh: "不明", en: "Unknown" }
    refund_succeeded { zh: "已退回", en: "Sent back" }
    refund_failed { zh: "退款失败", en: "Failed" }
    refund_canceled { zh: "已驳回", en: "Rejected" }
    refund_needs_attention { zh: "需人工处理", en: "Needs attention" }
    cause_learner { zh: "买家申请", en: "Asked by the buyer" }
    cause_staff { zh: "客服退款", en: "By staff" }
    cause_late { zh: "订单关闭后到账", en: "Came too late" }
    cause_second { zh: "重复付款", en: "Paid twice" }
    cause_mismatch { zh: "金额不符", en: "Wrong amount" }
    grant_active { zh: "可学习", en: "Open" }
    grant_suspended { zh: "已暂停", en: "Suspended" }
    grant_revoked { zh: "已收回", en: "Ended" }
    grant_expired { zh: "已到期", en: "Run out" }
}

messages! {
    // declines
    insufficient_funds { zh: "卡内余额不足。", en: "There is not enough money on the card." }
    lost_card { zh: "这张卡已挂失，请换一张卡。", en: "This card has been reported lost; please use another." }
    challenge_failed { zh: "银行验证没有通过。", en: "The bank’s confirmation failed." }
    challenge_denied { zh: "你在银行页面拒绝了这笔付款。", en: "The payment was refused on the bank’s page." }
    other_decline { zh: "付款方拒绝了这笔付款。", en: "The payment was refused by the bank." }

    sandbox { zh: "沙盒支付（不扣真钱）", en: "Sandbox (no real money)" }
    stripe { zh: "银行卡（Stripe）", en: "Card (Stripe)" }
    alipay { zh: "支付宝", en: "Alipay" }
    wechat_pay { zh: "微信支付", en: "WeChat Pay" }

    // refusals
    price_changed(was: &str, now: &str) { zh: "价格已从 {was} 变为 {now}，请按新价格重新确认", en: "The price has changed from {was} to {now}; please check again at the new price" }
    own_course { zh: "这是你自己的课程，不用购买", en: "This is your own course; there is no need to buy it" }
    not_for_sale { zh: "这门课已经下架，不能购买", en: "This course is no longer offered" }
    payment_in_progress { zh: "上一次付款还在处理中，请等它有结果", en: "A payment is still under way; please wait until it is clear" }
    order_closed { zh: "这笔订单已经结束", en: "This order is closed" }
    other_request { zh: "这份表单已经提交过别的内容，请刷新页面再试", en: "This form was sent before with other contents; please reload the page" }
    no_provider { zh: "现在没有可用的付款方式", en: "No way to pay is available just now" }
    too_much(left: &str) { zh: "最多还能退 {left}", en: "No more than {left} can be refunded" }
    second_person { zh: "需要另一位同事批准，不能批准自己提出的退款", en: "A second person has to approve; you can’t approve what you asked for" }
    only_whole { zh: "礼物和名额只能整笔退款，请单独选择它，并把金额留空", en: "A gift, or seats bought together, goes back whole: choose it alone and leave the amount empty" }
    disputed { zh: "付款人的银行正在争议这笔款项，不能再退款", en: "The payer’s bank disputes this payment, so it cannot be refunded" }
    dispute { zh: "争议", en: "Dispute" }
    dispute_open { zh: "争议中", en: "Open" }
    dispute_won { zh: "已胜诉", en: "Won" }
    dispute_lost { zh: "已败诉", en: "Lost" }
    bad_transition { zh: "现在的状态下不能这样做", en: "That is not possible in the state it is in" }
}

messages! {
    // staff
    staff_orders { zh: "订单", en: "Orders" }
    staff_refunds { zh: "退款", en: "Refunds" }
    staff_people { zh: "用户", en: "People" }
    staff_audit { zh: "账目核对", en: "The books" }
    staff_area { zh: "后台", en: "Back office" }
    find_orders { zh: "邮箱或订单号", en: "E-mail or order id" }
    find { zh: "查找", en: "Find" }
    any_state { zh: "全部状态", en: "Any state" }
    with_refund { zh: "有退款", en: "With a refund" }
    nothing_found { zh: "没有符合条件的订单", en: "No order fits" }
    nothing_found_text { zh: "换个邮箱或状态试试。", en: "Try another address or state." }
    buyer { zh: "买家", en: "Buyer" }
    access { zh: "学习权限", en: "Access" }
    attempts { zh: "付款尝试", en: "Attempts" }
    no_attempts { zh: "没有付款尝试（免费或未提交）", en: "None: it cost nothing, or nothing was sent" }
    provider { zh: "渠道", en: "Provider" }
    provider_id { zh: "渠道单号", en: "Provider’s id" }
    evidence { zh: "证据", en: "Evidence" }
    source { zh: "来源", en: "Source" }
    fact { zh: "内容", en: "Fact" }
    had_effect { zh: "生效", en: "Effect" }
    yes { zh: "是", en: "yes" }
    no { zh: "否", en: "no" }
    transfers { zh: "账目", en: "Transfers" }
    no_transfers { zh: "没有资金变动", en: "No money moved" }
    debit { zh: "借", en: "Debit" }
    credit { zh: "贷", en: "Credit" }
    kind { zh: "类别", en: "Kind" }
    phase { zh: "阶段", en: "Phase" }
    trail { zh: "操作记录", en: "Trail" }
    who { zh: "操作人", en: "Who" }
    the_program { zh: "系统", en: "the program" }
    what { zh: "操作", en: "What" }
    detail { zh: "备注", en: "Detail" }
    refund_this { zh: "退款", en: "Refund" }
    refund_order(id: &str) { zh: "为订单 {id} 退款", en: "Refund order {id}" }
    refund_amount { zh: "退款金额", en: "Amount" }
    refund_amount_help(left: &str) { zh: "留空则全额退款，最多 {left}", en: "Leave empty to refund all of it; at most {left}" }
    refund_reason { zh: "退款原因", en: "Reason" }
    refund_reason_help { zh: "买家看不到，会写进操作记录", en: "Kept in the trail; the buyer does not see it" }
    refund_confirm { zh: "确认退款", en: "Refund now" }
    refund_consequence { zh: "全额退款会立刻收回学习权限，并冲回讲师分成。款项原路退回。", en: "A full refund ends access and takes back the instructor’s share. The money goes back the way it came." }
    refund_limit(limit: &str) { zh: "超过 {limit} 的退款需要另一位同事批准。", en: "Above {limit} a second person has to approve." }
    nothing_refundable { zh: "没有可以退的款项", en: "There is nothing to refund" }
    no_refunds { zh: "没有退款", en: "No refunds" }
    no_refunds_text { zh: "退款申请和自动退回的款项会列在这里。", en: "Refunds asked for, and money sent back by itself, are listed here." }
    cause { zh: "原因", en: "Cause" }
    asked_by { zh: "申请人", en: "Asked by" }
    approve { zh: "批准", en: "Approve" }
    reject { zh: "驳回", en: "Reject" }
}

messages! {
    find_people { zh: "姓名或邮箱", en: "Name or e-mail" }
    name { zh: "姓名", en: "Name" }
    email { zh: "邮箱", en: "E-mail" }
    roles { zh: "角色", en: "Roles" }
    joined { zh: "加入时间", en: "Joined" }
    owned { zh: "课程数", en: "Courses" }
    suspended { zh: "已停用", en: "Suspended" }
    role_instructor { zh: "讲师", en: "Instructor" }
    role_moderator { zh: "版主", en: "Moderator" }
    role_support { zh: "客服", en: "Support" }
    role_finance { zh: "财务", en: "Finance" }
    role_admin { zh: "管理员", en: "Administrator" }
    nobody_found { zh: "没有找到", en: "Nobody found" }
    invariant { zh: "不变量", en: "Invariant" }
    meaning { zh: "含义", en: "What it says" }
    holds { zh: "成立", en: "Holds" }
    broken { zh: "被破坏", en: "Broken" }
    all_hold { zh: "全部成立", en: "All of them hold" }
    some_broken(n: u32) { zh: "{n} 条被破坏，请立即查看", en: one "{n} is broken; look at once", many "{n} are broken; look at once" }
    previous { zh: "上一页", en: "Previous" }
    next { zh: "下一页", en: "Next" }
    pages { zh: "分页", en: "Pages" }
}

/// How a dispute stands; none where there is none.
pub fn dispute_state(lang: Lang, state: DisputeState) -> Option<&'static str> {
    match state {
        DisputeState::None => None,
        DisputeState::Open => Some(dispute_open(lang)),
        DisputeState::Won => Some(dispute_won(lang)),
        DisputeState::Lost => Some(dispute_lost(lang)),
    }
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

pub fn order_state(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => order_awaiting(lang),
        OrderState::Paid => order_paid(lang),
        OrderState::Canceled => order_canceled(lang),
        OrderState::Expired => order_expired(lang),
    }
}

pub fn refunded_state(lang: Lang, state: Refunded) -> &'static str {
    match state {
        Refunded::None => refund_none(lang),
        Refunded::Partial => refund_partial(lang),
        Refunded::Full => refund_full(lang),
    }
}

pub fn attempt_state(lang: Lang, state: AttemptState) -> &'static str {
    match state {
        AttemptState::Created => attempt_created(lang),
        AttemptState::Submitting => attempt_submitting(lang),
        AttemptState::Pending => attempt_pending(lang),
        AttemptState::Processing => attempt_processing(lang),
        AttemptState::Unknown => attempt_unknown(lang),
        AttemptState::Succeeded => attempt_succeeded(lang),
        AttemptState::Failed => attempt_failed(lang),
        AttemptState::Canceled => attempt_canceled(lang),
    }
}

pub fn refund_state(lang: Lang, state: RefundState) -> &'static str {
    match state {
        RefundState::Requested => refund_requested(lang),
        RefundState::Approved => refund_approved(lang),
        RefundState::Submitting => refund_submitting(lang),
        RefundState::Pending => refund_pending(lang),
        RefundState::Unknown => refund_unknown(lang),
        RefundState::Succeeded => refund_succeeded(lang),
        RefundState::Failed => refund_failed(lang),
        RefundState::Canceled => refund_canceled(lang),
        RefundState::NeedsAttention => refund_needs_attention(lang),
    }
}

pub fn refund_cause(lang: Lang, cause: RefundCause) -> &'static str {
    match cause {
        RefundCause::Staff => cause_staff(lang),
        RefundCause::Learner => cause_learner(lang),
        RefundCause::Late => cause_late(lang),
        RefundCause::Second => cause_second(lang),
        RefundCause::Mismatch => cause_mismatch(lang),
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

pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Instructor => role_instructor(lang),
        Role::Moderator => role_moderator(lang),
        Role::Support => role_support(lang),
        Role::Finance => role_finance(lang),
        Role::Admin => role_admin(lang),
    }
}

pub fn grant_state(lang: Lang, state: GrantState) -> &'static str {
    match state {
        GrantState::Active => grant_active(lang),
        GrantState::Suspended => grant_suspended(lang),
        GrantState::Revoked => grant_revoked(lang),
        GrantState::Expired => grant_expired(lang),
    }
}

pub fn decline(lang: Lang, decline: Decline) -> &'static str {
    match decline {
        Decline::InsufficientFunds => insufficient_funds(lang),
        Decline::LostCard => lost_card(lang),
        Decline::ChallengeFailed => challenge_failed(lang),
        Decline::ChallengeDenied => challenge_denied(lang),
        Decline::Other => other_decline(lang),
    }
}

pub fn provider_name(lang: Lang, provider: Provider) -> &'static str {
    match provider {
        Provider::Sandbox => sandbox(lang),
        Provider::Stripe => stripe(lang),
        Provider::Alipay => alipay(lang),
        Provider::Wechat => wechat_pay(lang),
    }
}

/// What an invariant says, for people.
pub fn invariant_meaning(lang: Lang, id: &str) -> &'static str {
    match (id, lang) {
        ("INV-01", Lang::Zh) => "账目收支平衡，余额等于逐笔重算",
        ("INV-01", Lang::En) => "The ledger balances, and the balances are what the transfers make",
        ("INV-02", Lang::Zh) => "账目只增不改，哈希链完整",
        ("INV-02", Lang::En) => "Transfers are only ever added, and their chain is whole",
        ("INV-03", Lang::Zh) => "预留款最多处理一次，没有遗留",
        ("INV-03", Lang::En) => "What is reserved is resolved once, and nothing is left lying",
        ("INV-04", Lang::Zh) => "讲师看到的余额就是账目上的余额，没有人的账户为负",
        ("INV-04", Lang::En) => "Balances that people see are what the ledger says, and nobody’s is below nought",
        ("INV-05", Lang::Zh) => "权限与订单一一对应",
        ("INV-05", Lang::En) => "Whoever paid can open it, and whoever was refunded cannot",
        ("INV-06", Lang::Zh) => "已付订单实收等于应收，多出的款项都在退回",
        ("INV-06", Lang::En) => "A paid order has exactly its money; any more is set aside and going back",
        ("INV-07", Lang::Zh) => "优惠券使用次数等于占用与核销之和，不超过上限",
        ("INV-07", Lang::En) => "A coupon’s count is its uses, and none is used more often than it may be",
        ("INV-08", Lang::Zh) => "订单行合计等于订单金额，下单后不变",
        ("INV-08", Lang::En) => "An order’s lines make its total and never change",
        ("INV-09", Lang::Zh) => "每条渠道通知至多生效一次",
        ("INV-09", Lang::En) => "No notification has an effect twice",
        ("INV-10", Lang::Zh) => "每次渠道调用都有幂等键",
        ("INV-10", Lang::En) => "Every call to a provider has its key",
        ("INV-11", Lang::Zh) => "每笔订单、每一项的退款都不超过实收",
        ("INV-11", Lang::En) => "No more goes back than came, in all and for each line",
        ("INV-12", Lang::Zh) => "分成逐分冻结、逐分入账，扣回不超过分成",
        ("INV-12", Lang::En) => "Shares are given as they were frozen, to the last fen, and no more is taken back",
        ("INV-13", Lang::Zh) => "会员各期首尾相接，每期只收一次费",
        ("INV-13", Lang::En) => "A membership’s periods follow one another, each paid once",
        ("INV-14", Lang::Zh) => "没有提前 5 天的提醒就没有自动扣款，取消后不再扣款",
        ("INV-14", Lang::En) => "Nothing is charged without a reminder five days before, nor after cancelling",
        ("INV-15", Lang::Zh) => "每次状态变化都有一条操作记录",
        ("INV-15", Lang::En) => "Every change of state has one row in the trail",
        ("INV-16", Lang::Zh) => "收据、退款凭证和发票编号连续，内容未被改动",
        ("INV-16", Lang::En) => "Receipts, credit notes and invoices are numbered without gaps and say what they said",
        ("INV-17", Lang::Zh) => "名额不超卖，每个兑换码只领取一次",
        ("INV-17", Lang::En) => "No more seats are given than were bought, and every code is claimed once",
        ("INV-18", Lang::Zh) => "没有超时未决的付款、退款和通知",
        ("INV-18", Lang::En) => "No payment, refund or notification is stuck",
        _ => "",
    }
}

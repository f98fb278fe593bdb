//! Gifts, redeem codes, seats, and the share for recommending.

use model::Lang;
use model::vouchers::{Refusal, SeatState, VoucherState};

messages! {
    // giving
    give { zh: "送课给朋友", en: "Give a course as a gift" }
    give_title(title: &str) { zh: "把《{title}》送给朋友", en: "Give “{title}”" }
    give_lede { zh: "付款后得到一个专属链接，发给对方即可领取。一年内有效，未领取可以退款。", en: "After paying you get a link to pass on. It is valid for a year, and refundable until it is claimed." }
    choose_course { zh: "先选一门课", en: "Choose a course first" }
    choose_course_text { zh: "在课程页点“送给朋友”，就会回到这里写贺卡。", en: "Choose “Give as a gift” on a course page to come back here and write the card." }
    browse { zh: "看看课程", en: "Browse courses" }
    recipient { zh: "对方的称呼", en: "To" }
    recipient_help { zh: "写在贺卡上，可以不填", en: "Written on the card; optional" }
    sender { zh: "你的署名", en: "From" }
    message { zh: "想说的话", en: "Your message" }
    message_help { zh: "最多 300 字", en: "Up to 300 characters" }
    optional { zh: "选填", en: "optional" }
    continue_to_pay(amount: &str) { zh: "去付款 {amount}", en: "Continue to pay {amount}" }
    paid_title { zh: "付款成功，可以分给对方了", en: "Paid. Ready to pass on" }
    to_gift { zh: "查看领取链接", en: "See the gift link" }
    my_gifts { zh: "我送出的", en: "Gifts I’ve given" }
    gift_link { zh: "领取链接", en: "Gift link" }
    gift_link_help { zh: "谁拿到链接谁就能领取，请只发给对方。", en: "Anyone with the link can claim it, so send it only to the recipient." }
    valid_until(date: &str) { zh: "{date} 前有效", en: "valid until {date}" }
    give_this { zh: "送给朋友", en: "Give as a gift" }

    // claiming
    redeem { zh: "兑换", en: "Redeem" }
    redeem_lede { zh: "输入礼物链接里的兑换码，或老师、学校发给你的兑换码。", en: "Enter the code from a gift link, or one your teacher or school gave you." }
    code { zh: "兑换码", en: "Code" }
    code_help { zh: "26 位字母和数字，横线可不填", en: "26 letters and digits; hyphens optional" }
    look { zh: "查看", en: "Check code" }
    gift_for(name: &str) { zh: "给 {name}", en: "For {name}" }
    gift_from(name: &str) { zh: "{name} 送你一门课", en: "{name} has given you a course" }
    from_school { zh: "你收到一门课", en: "A course for you" }
    seat_from(name: &str) { zh: "{name} 为你准备了学习名额", en: "{name} has reserved a seat for you" }
    balance_title(amount: &str) { zh: "{amount} 学习余额", en: "{amount} wallet credit" }
    balance_text { zh: "兑换后存入赠送余额，买课时优先抵扣，不能提现。", en: "Added to your gift balance and used first when you buy; it cannot be withdrawn." }
    by_instructor(name: &str) { zh: "讲师：{name}", en: "With {name}" }
    claim_course { zh: "领取这门课", en: "Claim this course" }
    claim_balance { zh: "存入余额", en: "Add to my wallet" }
    claim_seat { zh: "开始学习", en: "Start learning" }
    sign_in_first { zh: "登录后领取", en: "Sign in to claim" }
    other_code { zh: "换一个兑换码", en: "Use another code" }
    claimed_balance(amount: &str) { zh: "{amount} 已存入你的赠送余额", en: "{amount} was added to your gift balance" }

    // refusals
    unknown { zh: "没有这个兑换码，请核对后再试", en: "No such code; please check it and try again" }
    already_claimed { zh: "这个兑换码已经被领取了", en: "This code has already been claimed" }
    expired { zh: "这个兑换码已过期", en: "This code has expired" }
    revoked { zh: "这个兑换码已失效", en: "This code is no longer valid" }
    owned { zh: "这门课你已经有了，可以把链接转送给别人", en: "You already own this course; you can pass the link on" }
    own_course { zh: "这是你自己的课", en: "This is your own course" }
    no_seat { zh: "名额已用完。收回的名额 24 小时后才能再分配", en: "No seats left. A seat you take back is free again after 24 hours" }
    has_seat { zh: "这个邮箱已经有名额了", en: "This e-mail already has a seat" }
    other_address { zh: "这个名额是给另一个邮箱的，请用收到邀请的邮箱登录", en: "This seat is for another e-mail; please sign in with the one that was invited" }
    already_exported { zh: "这批兑换码已经导出过，为安全只能导出一次", en: "This batch has already been exported; for safety that can be done only once" }
    waits { zh: "这批兑换码金额较大，要等另一位同事批准", en: "These codes give more than one person may give; a second person has to approve them" }
    own_batch { zh: "要由另一位同事批准，不能批准自己生成的兑换码", en: "A second person has to approve; you can’t approve codes you made" }
    approve { zh: "批准", en: "Approve" }
    waiting { zh: "待批准", en: "Waiting for a second person" }
    withheld { zh: "这笔付款正在被银行核查，暂时不能领取或分配", en: "The bank is reviewing this payment; until then it can’t be claimed or assigned" }
    not_refundable { zh: "礼物已被领取或名额已分配，不能再退款", en: "It has been claimed or its seats are assigned, so it can no longer be refunded" }
    not_possible { zh: "状态已变化，请刷新后再试", en: "Its state has changed; please refresh and try again" }

    // states
    state_unpaid { zh: "待付款", en: "Unpaid" }
    state_issued { zh: "待领取", en: "Not yet claimed" }
    state_claimed { zh: "已领取", en: "Claimed" }
    state_expired { zh: "已过期", en: "Expired" }
    state_revoked { zh: "已撤销", en: "Revoked" }
    seat_invited { zh: "已邀请", en: "Invited" }
    seat_claimed { zh: "学习中", en: "In use" }
    seat_freed { zh: "已收回", en: "Taken back" }

    // staff's batches
    codes { zh: "兑换码", en: "Codes" }
    make_codes { zh: "生成一批兑换码", en: "Create codes" }
    batch_name { zh: "名称", en: "Name" }
    batch_name_help { zh: "给自己看的，例如：春季活动", en: "For your own reference, for example: spring campaign" }
    gives { zh: "兑换内容", en: "Each code gives" }
    gives_course { zh: "一门课", en: "A course" }
    gives_balance { zh: "学习余额", en: "Wallet credit" }
    course_field { zh: "课程地址", en: "Course address" }
    course_field_help { zh: "课程网址最后一段，例如 analytical-engines", en: "The last part of the course’s web address, for example analytical-engines" }
    amount_field { zh: "每码金额", en: "Credit per code" }
    count_field { zh: "数量", en: "Number of codes" }
    days_field { zh: "有效天数", en: "Valid for (days)" }
    make { zh: "生成", en: "Create codes" }
    batches { zh: "已生成的批次", en: "Batches" }
    no_batches { zh: "还没有兑换码", en: "No codes yet" }
    no_batches_text { zh: "生成之后，明文只能导出一次，请妥善保管。", en: "Once created, codes can be exported only once, so keep them safe." }
    used(claimed: u64, count: u64) { zh: "已兑 {claimed} / {count}", en: "{claimed} of {count} claimed" }
    export_once { zh: "导出（仅一次）", en: "Export (once)" }
    exported { zh: "已导出", en: "Exported" }
    revoke_rest { zh: "作废未兑的", en: "Revoke unclaimed" }
    what { zh: "内容", en: "Content" }
    valid { zh: "有效期至", en: "Valid until" }
    code_column { zh: "兑换码", en: "Code" }
    link_column { zh: "领取链接", en: "Link" }

    // seats
    seats { zh: "团队名额", en: "Team seats" }
    seats_lede { zh: "一次购买多个学习名额，按邮箱分给同事。收回的名额 24 小时后可以再分配。", en: "Buy several seats at once and assign them by e-mail. A seat you take back is free again after 24 hours." }
    buy_seats(title: &str) { zh: "为团队购买《{title}》", en: "Buy “{title}” for a team" }
    how_many { zh: "名额数", en: "Number of seats" }
    per_seat(amount: &str) { zh: "每个名额 {amount}", en: "{amount} each" }
    buy { zh: "去结算", en: "Continue to checkout" }
    no_packs { zh: "还没有名额", en: "No seats yet" }
    no_packs_text { zh: "在课程页点“为团队购买”，就能一次买多个名额。", en: "Choose “Buy for a team” on a course page to buy several seats at once." }
    for_team { zh: "为团队购买", en: "Buy for a team" }
    assigned(assigned: u32, purchased: u32) { zh: "已分配 {assigned} / {purchased}", en: "{assigned} of {purchased} assigned" }
    assign_title { zh: "分配名额", en: "Assign a seat" }
    assign_email { zh: "对方邮箱", en: "E-mail" }
    assign_help { zh: "对方会收到邀请邮件，用这个邮箱登录后领取", en: "They get an invitation and claim the seat by signing in with this e-mail" }
    assign { zh: "分配", en: "Assign seat" }
    unassign { zh: "收回", en: "Take back" }
    seat_list { zh: "名额", en: "Seats" }
    nobody_yet { zh: "还没有分配给任何人", en: "No seats assigned yet" }
    free_again(at: &str) { zh: "{at} 后可再分配", en: "free again after {at}" }
    invite_link { zh: "邀请链接", en: "Invitation" }
    person { zh: "成员", en: "Member" }
    state_label { zh: "状态", en: "State" }
    date { zh: "时间", en: "Date" }
    course { zh: "课程", en: "Course" }
    ended { zh: "已退款", en: "Refunded" }

    // letters
    letter_seat_subject(title: &str) { zh: "邀请你学习《{title}》", en: "A seat in “{title}” is yours" }
    letter_seat_text(from: &str, title: &str, link: &str) {
        zh: "你好：\n\n{from} 为你准备了《{title}》的学习名额。用这个邮箱登录或注册讲台，然后打开下面的链接领取：\n{link}",
        en: "Hello,\n\n{from} has a seat in “{title}” for you. Sign in to Lectern with this address, or register with it, and open this link to take the seat:\n{link}"
    }
    letter_gift_subject(title: &str) { zh: "礼物已备好：《{title}》", en: "Your gift is ready: “{title}”" }
    letter_gift_text(name: &str, title: &str, page: &str) {
        zh: "{name}，你好：\n\n你送出的《{title}》已经备好。领取链接在这里，复制后发给对方：\n{page}",
        en: "Hello {name},\n\n“{title}”, your gift, is ready. Its link is here; copy it and hand it on:\n{page}"
    }
    letter_claimed_subject(title: &str) { zh: "礼物已被领取：《{title}》", en: "Your gift was claimed: “{title}”" }
    letter_claimed_text(name: &str, title: &str) {
        zh: "{name}，你好：\n\n你送出的《{title}》已经被领取，对方可以开始学习了。",
        en: "Hello {name},\n\n“{title}”, your gift, has been claimed, and its learning has begun."
    }
}

pub fn state(lang: Lang, state: VoucherState) -> &'static str {
    match state {
        VoucherState::Unpaid => state_unpaid(lang),
        VoucherState::Issued => state_issued(lang),
        VoucherState::Claimed => state_claimed(lang),
        VoucherState::Expired => state_expired(lang),
        VoucherState::Revoked => state_revoked(lang),
    }
}

pub fn seat_state(lang: Lang, state: SeatState) -> &'static str {
    match state {
        SeatState::Invited => seat_invited(lang),
        SeatState::Claimed => seat_claimed(lang),
        SeatState::Freed => seat_freed(lang),
    }
}

/// Why not.
pub fn refusal(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Unknown => unknown(lang),
        Refusal::Claimed => already_claimed(lang),
        Refusal::Expired => expired(lang),
        Refusal::Revoked => revoked(lang),
        Refusal::Owned => owned(lang),
        Refusal::OwnCourse => own_course(lang),
        Refusal::NoSeat => no_seat(lang),
        Refusal::HasSeat => has_seat(lang),
        Refusal::OtherAddress => other_address(lang),
        Refusal::AlreadyExported => already_exported(lang),
        Refusal::Waits => waits(lang),
        Refusal::OwnBatch => own_batch(lang),
        Refusal::Withheld => withheld(lang),
        Refusal::NotRefundable => not_refundable(lang),
        Refusal::Transition => not_possible(lang),
    }
}

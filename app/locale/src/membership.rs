//! The membership: its page, one's own, what staff see, and the letters about it.

use crate::letters::{Words, letter};
use crate::{dates, numbers};
use model::subscriptions::{InvoiceKind, InvoiceState, MySubscription, Refusal, SubscriptionState, WayToPay};
use model::{Lang, Moment, Money};

messages! {
    // the public page
    membership { zh: "会员", en: "Membership" }
    headline { zh: "一份会员，读遍书房", en: "One membership, the whole library" }
    lede(courses: u32, hours: u32) {
        zh: "会员期内，{courses} 门课随时打开，共 {hours} 小时。想学哪门就从哪门开始。",
        en: "For as long as you are a member, {courses} courses are open to you, {hours} hours in all. Start wherever you like."
    }
    choose_a_plan { zh: "选择方案", en: "Choose a plan" }
    per_month(amount: &str) { zh: "合每月 {amount}", en: "{amount} a month" }
    saves(percent: u32) { zh: "省 {percent}%", en: "Save {percent}%" }
    billed(amount: &str, length: &str) { zh: "每{length} {amount}", en: "{amount} each {length}" }
    what_you_get { zh: "会员权益", en: "What it includes" }
    get_courses(n: u32) { zh: "{n} 门课的全部课时，新课加入即可学", en: one "Every lesson of {n} course, and those that join later", many "Every lesson of {n} courses, and those that join later" }
    get_progress { zh: "学习进度、笔记和已买的课永远保留", en: "Your progress, notes and purchases stay yours, always" }
    get_share { zh: "会费按你实际学习的时长分给讲师", en: "Your fee goes to the teachers you actually learn from, by the minute" }
    get_leave { zh: "随时取消，两步完成，用到期末", en: "Cancel any time in two clicks; it runs to the end of the period" }
    included { zh: "会员课程", en: "Courses included" }
    included_text { zh: "有些课只能单独购买，课程页会写明。", en: "Some courses are sold separately only; their pages say so." }
    see_all_courses { zh: "浏览全部课程", en: "All courses" }
    course_is_in { zh: "加入会员", en: "In the membership" }
    course_is_in_note { zh: "会员可直接学习，你按他们实际学习的时长分成；课程仍可单独购买。", en: "Members can open it, and you are paid by the minutes they study. It can still be bought on its own." }
    in_membership { zh: "会员可学", en: "Included in membership" }
    members_learn_free { zh: "会员可直接学习", en: "Open to members" }
    see_membership { zh: "了解会员", en: "See membership" }
    open_by_membership { zh: "会员期内可学", en: "Open to you as a member" }
    worth(amount: &str) { zh: "单买 {amount}", en: "{amount} on its own" }
    how_it_renews { zh: "如何续费", en: "How it renews" }
    you_are_a_member { zh: "你已是会员", en: "You are a member" }
    manage { zh: "管理会员", en: "Manage membership" }
    start_trial(days: u32) { zh: "先试 {days} 天，不收费", en: "Try it free for {days} days" }
    no_trial { zh: "直接开通", en: "Subscribe now" }
    begin_with { zh: "怎样开始", en: "How to start" }
    subscribe { zh: "开通会员", en: "Become a member" }
    sign_in_first { zh: "登录后开通", en: "Sign in to subscribe" }
    consent_missing { zh: "请先勾选，表示同意自动续费", en: "Please tick the box to agree to automatic renewal" }
    renews_by_itself { zh: "到期自动续费", en: "Renews by itself" }
    renews_by_link { zh: "到期发付款链接", en: "We send a link each time" }
    no_plans { zh: "会员暂未开放", en: "Membership is not open yet" }
    no_plans_text { zh: "课程可以单独购买。", en: "Courses can be bought individually." }
    hours(n: u32) { zh: "{n} 小时", en: one "{n} hour", many "{n} hours" }
    lessons(n: u32) { zh: "{n} 节课", en: one "{n} lesson", many "{n} lessons" }
    courses(n: u32) { zh: "{n} 门课", en: one "{n} course", many "{n} courses" }
    honest_price { zh: "价格已含税，没有附加费用。涨价不影响已开通的会员。", en: "Prices include tax, with no extra fees. If the price rises, yours stays the same." }
}

messages! {
    // one's own
    my_membership { zh: "我的会员", en: "My membership" }
    none_yet { zh: "你还不是会员", en: "You’re not a member yet" }
    none_yet_text { zh: "开通后，会员课程随时可学。", en: "Members can open every course in the membership." }
    plan { zh: "方案", en: "Plan" }
    state { zh: "状态", en: "State" }
    next_charge { zh: "下次续费", en: "Next renewal" }
    ends_on { zh: "到期日", en: "Ends" }
    access_until { zh: "可学习至", en: "Access until" }
    pays_by { zh: "付款方式", en: "Payment" }
    pays_by_card { zh: "已保存的付款方式，到期自动扣款", en: "Saved payment method, charged automatically" }
    pays_by_link { zh: "到期时发付款链接，由你自己付", en: "We send a payment link when the period ends" }
    forget_card { zh: "不再自动扣款，改为付款链接", en: "Stop automatic charges; send me a link" }
    forget_card_text { zh: "删除保存的付款方式。到期时我们发链接，不付就不会续。", en: "Your saved payment method is deleted. When the period ends you get a link; if you don’t pay, nothing renews." }
    invoices { zh: "账单", en: "Invoices" }
    invoice { zh: "账单", en: "Invoice" }
    no_invoices { zh: "还没有账单", en: "No invoices yet" }
    date { zh: "日期", en: "Date" }
    amount { zh: "金额", en: "Amount" }
    receipt { zh: "收据", en: "Receipt" }
    see_receipt { zh: "查看", en: "View" }
    pay_now { zh: "现在付款", en: "Pay now" }
    cancel { zh: "取消会员", en: "Cancel membership" }
    cancel_question { zh: "确定取消吗？", en: "Cancel your membership?" }
    cancel_text(date: &str) { zh: "会员用到 {date}，之后不再扣款。到期前可以随时恢复。", en: "It lasts until {date}, and nothing is charged after that. You can resume any time before then." }
    cancel_due_text(date: &str) { zh: "取消后不再催付，也不再扣款。课程可以学到 {date}，在那之前可以恢复。", en: "Nothing will be charged or asked for any more. Your courses stay open until {date}; until then you can take this back." }
    cancel_now_text { zh: "取消后不再催付，也不再扣款。", en: "You won’t be charged or asked to pay again." }
    cancel_yes { zh: "确认取消", en: "Yes, cancel" }
    keep { zh: "保留会员", en: "Keep membership" }
    undo { zh: "恢复会员", en: "Resume membership" }
    undo_pause { zh: "不暂停了", en: "Don’t pause" }
    undo_change { zh: "不换方案了", en: "Keep my current plan" }
    pause { zh: "暂停一阵", en: "Take a break" }
    pause_text(date: &str) { zh: "从 {date} 起暂停，最长 90 天；暂停期间不扣款，也不能学会员课程。随时可以恢复。", en: "From {date} your membership pauses for up to 90 days. Nothing is charged and member courses are closed; resume whenever you like." }
    pause_yes { zh: "到期后暂停", en: "Pause at the end of this period" }
    resume { zh: "恢复会员", en: "Resume membership" }
    resume_text(amount: &str) { zh: "付款 {amount} 后，新的一期从今天开始。", en: "A new period begins today once {amount} is paid." }
    change_plan { zh: "更换方案", en: "Change plan" }
    change_text { zh: "换更长的方案，未用完的部分折抵；换更短的，到期生效。", en: "A longer plan starts now, less what is left of your current one; a shorter one starts when this period ends." }
    no_change_yet { zh: "你还没有会员。开通之后，可以在这里换成更长或更短的方案。", en: "You have no membership yet. Once you do, you can change to a longer or shorter plan here." }
    no_change_in_trial { zh: "试用期间还不能更换方案。试用结束、第一期开始之后就可以换；不想继续，随时可以取消。", en: "A plan can’t be changed during the trial. You can change it once the trial is over and the first period has begun, or cancel at any time." }
    no_change_cancelled { zh: "会员已取消，不会再续费，所以没有可以更换的方案。先恢复会员，再更换方案。", en: "Your membership is cancelled and won’t renew, so there is nothing to change. Take the cancellation back first." }
    no_change_pausing { zh: "会员到期后会暂停。先撤销暂停，再更换方案。", en: "Your membership will pause at the end of this period. Take the pause back first, then change the plan." }
    no_change_paused { zh: "会员正在暂停。恢复之后才能更换方案。", en: "Your membership is paused. Resume it first, then change the plan." }
    no_change_unpaid { zh: "有一笔会员费用还没付清。付清之后才能更换方案。", en: "A payment for your membership is still due. Once it is paid, you can change the plan." }
    no_change_over { zh: "会员已经结束。重新开通时可以任选方案。", en: "Your membership has ended. You can choose any plan when you subscribe again." }
    no_other_plan { zh: "目前没有别的方案可以更换。", en: "There is no other plan to change to at the moment." }
    see_cost { zh: "看看差价", en: "See the cost" }
    preview { zh: "更换方案前，请确认", en: "Review your change" }
    from_plan(plan: &str) { zh: "{plan}未用完的部分", en: "Unused part of {plan}" }
    to_plan(plan: &str) { zh: "新方案：{plan}", en: "New plan: {plan}" }
    pay_today { zh: "今天应付", en: "Due today" }
    counts_from { zh: "新方案生效", en: "New plan starts" }
    renews_on { zh: "下次续费", en: "Renews on" }
    renewal_amount { zh: "续费金额", en: "Renewal" }
    nothing_now(date: &str) { zh: "今天不收费。新方案从 {date} 起生效。", en: "Nothing is charged today. The new plan starts on {date}." }
    change_now(amount: &str) { zh: "支付 {amount}，立即更换", en: "Pay {amount} and change now" }
    change_later { zh: "到期后更换", en: "Change when this period ends" }
    back { zh: "返回", en: "Back" }
    agreements { zh: "自动续费协议", en: "Renewal agreements" }
    agreements_text { zh: "你在讲台的自动续费只有这一项，可以随时取消，不收任何费用。", en: "This is the only thing that renews automatically at Lectern. Cancel any time, at no cost." }
    told_cancelled { zh: "已取消，不再扣款。", en: "Cancelled. Nothing more will be charged." }
    told_undone { zh: "已恢复，一切照旧。", en: "Done. Everything stays as it was." }
    told_paused { zh: "好的，到期后暂停。", en: "It will pause at the end of this period." }
    told_changed { zh: "方案已安排更换。", en: "The new plan starts when this period ends." }
    told_trial { zh: "试用开始了，随便看吧。", en: "Your trial has begun. Look around." }
    told_card { zh: "付款方式已删除。", en: "Payment method deleted." }
    waits_with_access(amount: &str, until: &str) { zh: "续费 {amount} 待付款。{until} 之前课程照常可学。", en: "Your renewal of {amount} is awaiting payment. Your courses stay open until {until}." }
    suspended { zh: "银行正在核查会员的一笔付款。核查期间，会员课程暂时不能学，也不会自动扣款。", en: "Your bank is looking into a payment for this membership. Until that is settled its courses are closed and nothing is charged by itself." }
    waits_to_begin(amount: &str) { zh: "付款 {amount} 后会员立即开通。", en: "Your membership begins as soon as {amount} is paid." }
    renews_soon(date: &str, amount: &str) { zh: "会员将于 {date} 续费，金额 {amount}。不想续费，可以现在取消。", en: "Your membership renews on {date}, for {amount}. If you don’t want that, you can cancel it now." }
    cancels_on(date: &str) { zh: "已取消，用到 {date}，之后不再扣款。", en: "Cancelled. It lasts until {date}; nothing is charged after that." }
    pauses_on(date: &str) { zh: "将于 {date} 起暂停。", en: "It will pause on {date}." }
    rests_until(date: &str) { zh: "会员已暂停，最长到 {date}，期间不扣款。", en: "Your membership is paused until {date} at the latest, and nothing is charged." }
    nothing_to_cancel { zh: "没有需要取消的会员", en: "There is nothing to cancel" }
    subscribe_again { zh: "重新开通", en: "Subscribe again" }
}

messages! {
    // staff
    staff_subscriptions { zh: "会员", en: "Memberships" }
    find_members { zh: "邮箱或姓名", en: "E-mail or name" }
    any_state { zh: "全部状态", en: "Any state" }
    with_cancelling { zh: "已申请取消", en: "Cancelling" }
    person { zh: "会员", en: "Member" }
    since { zh: "开通", en: "Since" }
    period_ends { zh: "本期至", en: "Period ends" }
    open_invoice { zh: "待付账单", en: "Open invoice" }
    nobody_fits { zh: "没有符合条件的会员", en: "No matching members" }
    end_now { zh: "立即结束", en: "End now" }
    plans { zh: "方案", en: "Plans" }
    offer_a_plan { zh: "提供一个方案", en: "Offer a plan" }
    offer_text { zh: "已有的时长按新价格提供；已开通的会员价格不变。", en: "An existing length is offered at the new price; current members keep theirs." }
    length_of_plan { zh: "时长", en: "Length" }
    price_of_plan { zh: "价格（元）", en: "Price (CNY)" }
    trial_of_plan { zh: "试用天数", en: "Trial days" }
    trial_help { zh: "7 到 60 天；不填则没有试用", en: "7 to 60; leave empty for no trial" }
    offer_it { zh: "提供", en: "Offer it" }
    is_offered { zh: "提供中", en: "Offered" }
    not_offered { zh: "已停止", en: "Not offered" }
    withdraw { zh: "停止提供", en: "Stop offering" }
    told_offered { zh: "方案已更新，会员页面已显示。", en: "The plan is now offered on the membership page." }
    told_withdrawn { zh: "方案已停止提供，已开通的会员不受影响。", en: "The plan is no longer offered. Members who have it keep it." }
    cancelling { zh: "到期取消", en: "Cancels" }
    pausing { zh: "到期暂停", en: "Pausing" }
}

/// Why this membership cannot be changed to another plan now; none: it can.
pub fn no_change(lang: Lang, one: &MySubscription) -> Option<&'static str> {
    use SubscriptionState::{Active, Ended, Incomplete, IncompleteExpired, PastDue, Paused, Trialing};
    match one.state {
        Ended | IncompleteExpired => Some(no_change_over(lang)),
        Incomplete | PastDue => Some(no_change_unpaid(lang)),
        Paused => Some(no_change_paused(lang)),
        Active | Trialing if one.cancels => Some(no_change_cancelled(lang)),
        Trialing => Some(no_change_in_trial(lang)),
        Active if one.pauses => Some(no_change_pausing(lang)),
        Active if one.others.is_empty() => Some(no_other_plan(lang)),
        Active => None,
    }
}

/// What a state is called.
pub fn state_name(lang: Lang, state: SubscriptionState) -> &'static str {
    use SubscriptionState::{Active, Ended, Incomplete, IncompleteExpired, PastDue, Paused, Trialing};
    match (state, lang) {
        (Incomplete, Lang::Zh) => "待付款",
        (Incomplete, Lang::En) => "Waiting for payment",
        (Trialing, Lang::Zh) => "试用中",
        (Trialing, Lang::En) => "Trial",
        (Active, Lang::Zh) => "使用中",
        (Active, Lang::En) => "Active",
        (PastDue, Lang::Zh) => "待续费",
        (PastDue, Lang::En) => "Payment due",
        (Paused, Lang::Zh) => "已暂停",
        (Paused, Lang::En) => "Paused",
        (Ended, Lang::Zh) => "已结束",
        (Ended, Lang::En) => "Ended",
        (IncompleteExpired, Lang::Zh) => "未付款，已关闭",
        (IncompleteExpired, Lang::En) => "Never paid",
    }
}

/// A plan by its length: `月度会员`, `Monthly`.
pub fn plan_name(lang: Lang, months: u32) -> &'static str {
    match (months, lang) {
        (3, Lang::Zh) => "季度会员",
        (3, Lang::En) => "Quarterly",
        (12, Lang::Zh) => "年度会员",
        (12, Lang::En) => "Yearly",
        (_, Lang::Zh) => "月度会员",
        (_, Lang::En) => "Monthly",
    }
}

/// A plan's length in a sentence: `每年`, `year`.
pub fn length(lang: Lang, months: u32) -> &'static str {
    match (months, lang) {
        (3, Lang::Zh) => "季",
        (3, Lang::En) => "quarter",
        (12, Lang::Zh) => "年",
        (12, Lang::En) => "year",
        (_, Lang::Zh) => "月",
        (_, Lang::En) => "month",
    }
}

/// An order's line: `讲台会员 · 年度会员`.
pub fn invoice_line(lang: Lang, months: u32) -> String {
    let plan = plan_name(lang, months);
    match lang {
        Lang::Zh => format!("讲台会员 · {plan}"),
        Lang::En => format!("Lectern membership · {plan}"),
    }
}

/// What an invoice is for.
pub fn invoice_kind(lang: Lang, kind: InvoiceKind) -> &'static str {
    match (kind, lang) {
        (InvoiceKind::First, Lang::Zh) => "开通",
        (InvoiceKind::First, Lang::En) => "First period",
        (InvoiceKind::Renewal, Lang::Zh) => "续费",
        (InvoiceKind::Renewal, Lang::En) => "Renewal",
        (InvoiceKind::Upgrade, Lang::Zh) => "更换方案差价",
        (InvoiceKind::Upgrade, Lang::En) => "Change of plan",
    }
}

pub fn invoice_state(lang: Lang, state: InvoiceState) -> &'static str {
    match (state, lang) {
        (InvoiceState::Open, Lang::Zh) => "待付款",
        (InvoiceState::Open, Lang::En) => "To pay",
        (InvoiceState::Paid, Lang::Zh) => "已付款",
        (InvoiceState::Paid, Lang::En) => "Paid",
        (InvoiceState::Void, Lang::Zh) => "已作废",
        (InvoiceState::Void, Lang::En) => "Void",
    }
}

/// What one agrees to, with price and date (CN-04).
pub fn consent(lang: Lang, price: Money, months: u32, first_charge: Moment) -> String {
    let (price, length, day) = (numbers::money_exact(price), length(lang, months), dates::date(lang, first_charge));
    match lang {
        Lang::Zh => format!("我同意自动续费：每{length} {price}，首次扣款日 {day}。每次扣款前 5 天会提醒我，我可以随时取消。"),
        Lang::En => format!(
            "I agree that it renews: {price} each {length}, the first charge on {day}. I am reminded 5 days before every charge and can cancel at any time."
        ),
    }
}

/// How renewing works, in a sentence or two: by itself, by a link, or as one pays.
pub fn renewing(lang: Lang, ways: &[WayToPay]) -> &'static str {
    let (alone, link) = (ways.iter().any(|way| way.alone), ways.iter().any(|way| !way.alone));
    match (alone, link, lang) {
        (true, false, Lang::Zh) => "到期自动续费。每次扣款前 5 天，我们发邮件告诉你金额和日期；没有提醒，就不会扣款。",
        (true, false, Lang::En) => {
            "It renews by itself. Five days before every charge we write to you with the amount and the date; without that letter, nothing is charged."
        }
        (true, true, Lang::Zh) => {
            "怎么续费，看你选的付款方式：能自动扣款的，到期自动续费；其余的，到期发付款链接，由你自己付款。不管哪一种，我们都提前 5 天发邮件告诉你金额和日期。"
        }
        (true, true, Lang::En) => {
            "How it renews depends on how you pay: some ways are charged by themselves, for the others we send a link. Either way we write to you five days before, with the amount and the date."
        }
        (false, _, Lang::Zh) => "到期前 5 天提醒，到期时发付款链接，由你自己付款；不付，会员就到期结束，不会多收一分。",
        (false, _, Lang::En) => {
            "Five days before it ends we remind you, then we send a link and you pay yourself. If you don’t, it simply ends; nothing is taken."
        }
    }
}

/// Why it cannot be.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let words = match (refusal, lang) {
        (Refusal::AlreadySubscribed, Lang::Zh) => "你已经是会员了，不用再开通一次。",
        (Refusal::AlreadySubscribed, Lang::En) => "You are a member already; there is no need to begin again.",
        (Refusal::TrialUsed, Lang::Zh) => "试用每人一次，你已经用过了。可以直接开通。",
        (Refusal::TrialUsed, Lang::En) => "The trial is there once for everyone, and you have had it. You can begin right away.",
        (Refusal::NotOffered, Lang::Zh) => "这个方案已不再提供，请另选一个。",
        (Refusal::NotOffered, Lang::En) => "This plan is not offered any more. Please choose another.",
        (Refusal::SamePlan, Lang::Zh) => "你用的就是这个方案。",
        (Refusal::SamePlan, Lang::En) => "This is the plan you have.",
        (Refusal::PaymentInProgress, Lang::Zh) => "有一笔付款正在处理，核实清楚后再试。",
        (Refusal::PaymentInProgress, Lang::En) => "A payment is under way. Please try again once it is clear.",
        (Refusal::Transition, Lang::Zh) => "会员的状态已经变了，请看看最新情况。",
        (Refusal::Transition, Lang::En) => "Your membership has changed meanwhile. Please see how it stands.",
        (Refusal::TrialChanged { now: 0, .. }, Lang::Zh) => "这个方案现在没有试用了，可以直接开通。",
        (Refusal::TrialChanged { now: 0, .. }, Lang::En) => "This plan has no trial any more. You can begin right away.",
        (Refusal::TrialChanged { was, now }, Lang::Zh) => return format!("试用已从 {was} 天变为 {now} 天，请重新确认。"),
        (Refusal::TrialChanged { was, now }, Lang::En) => {
            return format!("The trial is now {now} days and no longer {was}. Please check it again.");
        }
        (Refusal::PriceChanged { was, now }, Lang::Zh) => {
            return format!("金额已从 {} 变为 {}，请按新的金额确认。", numbers::money_exact(*was), numbers::money_exact(*now));
        }
        (Refusal::PriceChanged { was, now }, Lang::En) => {
            return format!(
                "The amount has changed from {} to {}. Please check it again.",
                numbers::money_exact(*was),
                numbers::money_exact(*now)
            );
        }
    };
    words.to_owned()
}

messages! {
    begun_subject { zh: "欢迎成为讲台会员", en: "Welcome to the Lectern membership" }
    begun_text(name: &str, until: &str, link: &str) {
        zh: "{name}，你好：\n\n会员已开通，本期到 {until}。会员课程现在都可以学了。\n\n查看、更换或取消会员：\n{link}",
        en: "Hello {name},\n\nyou are a member now, for this period until {until}. Every course in the membership is open.\n\nSee, change or cancel it:\n{link}"
    }
    trial_text(name: &str, until: &str, link: &str) {
        zh: "{name}，你好：\n\n会员试用已开始，到 {until} 为止，不收费。到期前 5 天我们会提醒你；不想继续，随时可以取消。\n\n查看或取消：\n{link}",
        en: "Hello {name},\n\nyour free trial has begun and lasts until {until}. We remind you five days before it ends; if you don’t want to go on, cancel at any time.\n\nSee or cancel it:\n{link}"
    }
    reminder_subject(date: &str) { zh: "会员将于 {date} 续费", en: "Your membership renews on {date}" }
    reminder_alone_text(name: &str, amount: &str, date: &str, link: &str) {
        zh: "{name}，你好：\n\n你的讲台会员将于 {date} 自动续费，扣款 {amount}，用你保存的付款方式。\n\n不想续费，请在这之前取消，两步就好，不收任何费用：\n{link}",
        en: "Hello {name},\n\nyour Lectern membership renews on {date}. {amount} will be charged to your saved way of paying.\n\nIf you don’t want that, cancel before then. It takes two clicks and costs nothing:\n{link}"
    }
    reminder_link_text(name: &str, amount: &str, date: &str, link: &str) {
        zh: "{name}，你好：\n\n你的讲台会员将于 {date} 到期。想继续的话，到时我们会发付款链接，金额 {amount}；不付就不会续，也不会扣款。\n\n查看或取消：\n{link}",
        en: "Hello {name},\n\nthe period of your Lectern membership ends on {date}. To go on you will get a link to pay {amount}; if you don’t pay, it ends and nothing is taken.\n\nSee or cancel it:\n{link}"
    }
    due_subject { zh: "会员续费待付款", en: "Your membership is waiting for payment" }
    due_text(name: &str, amount: &str, until: &str, link: &str) {
        zh: "{name}，你好：\n\n会员续费 {amount} 还没有付款。{until} 之前课程仍然可以学，过期未付会员就会结束。\n\n付款：\n{link}",
        en: "Hello {name},\n\nthe renewal of your membership, {amount}, has not been paid. Your courses stay open until {until}; after that the membership ends.\n\nPay here:\n{link}"
    }
    cancelled_subject { zh: "会员已取消", en: "Your membership is cancelled" }
    cancelled_text(name: &str, until: &str, link: &str) {
        zh: "{name}，你好：\n\n会员已取消，可以用到 {until}，之后不再扣款。改变主意的话，到期前随时可以恢复：\n{link}",
        en: "Hello {name},\n\nyour membership is cancelled. It lasts until {until} and nothing is charged after that. If you change your mind before then, take it back here:\n{link}"
    }
    paused_subject { zh: "会员已暂停", en: "Your membership rests" }
    paused_text(name: &str, link: &str) {
        zh: "{name}，你好：\n\n会员已暂停，最长 90 天，期间不扣款。满期前我们会提醒你；想回来，随时恢复：\n{link}",
        en: "Hello {name},\n\nyour membership rests, for 90 days at most, and nothing is charged. We remind you before that time is over; come back whenever you like:\n{link}"
    }
    ended_subject { zh: "会员已结束", en: "Your membership has ended" }
    ended_text(name: &str, link: &str) {
        zh: "{name}，你好：\n\n会员已结束，不会再扣款。学习进度、笔记和买过的课都还在。想回来，随时欢迎：\n{link}",
        en: "Hello {name},\n\nyour membership has ended and nothing more is charged. Your progress, your notes and what you bought are all still there. You are welcome back at any time:\n{link}"
    }
}

pub fn begun_letter(lang: Lang, name: &str, until: Moment, trial: bool, link: &str) -> Words {
    let until = dates::date(lang, until);
    let text = if trial { trial_text(lang, name, &until, link) } else { begun_text(lang, name, &until, link) };
    letter(lang, begun_subject(lang), &text)
}

pub fn reminder_letter(lang: Lang, name: &str, amount: Money, at: Moment, alone: bool, link: &str) -> Words {
    let (amount, date) = (numbers::money_exact(amount), dates::date(lang, at));
    let text = if alone {
        reminder_alone_text(lang, name, &amount, &date, link)
    } else {
        reminder_link_text(lang, name, &amount, &date, link)
    };
    letter(lang, &reminder_subject(lang, &date), &text)
}

pub fn due_letter(lang: Lang, name: &str, amount: Money, until: Moment, link: &str) -> Words {
    let text = due_text(lang, name, &numbers::money_exact(amount), &dates::date(lang, until), link);
    letter(lang, due_subject(lang), &text)
}

pub fn cancelled_letter(lang: Lang, name: &str, until: Moment, link: &str) -> Words {
    letter(lang, cancelled_subject(lang), &cancelled_text(lang, name, &dates::date(lang, until), link))
}

pub fn paused_letter(lang: Lang, name: &str, link: &str) -> Words {
    letter(lang, paused_subject(lang), &paused_text(lang, name, link))
}

pub fn ended_letter(lang: Lang, name: &str, link: &str) -> Words {
    letter(lang, ended_subject(lang), &ended_text(lang, name, link))
}

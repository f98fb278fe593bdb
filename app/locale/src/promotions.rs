//! Coupons.

use crate::numbers;
use model::Lang;
use model::promotions::{Reduction, Refusal, Scope, Standing};

messages! {
    // making them
    coupons { zh: "优惠券", en: "Coupons" }
    studio_lede { zh: "给自己的课程发优惠码。优惠的钱从你的分成里出，平台那一份不变。", en: "Discount codes for your own courses. The discount comes out of your share; the platform’s share stays the same." }
    none_yet { zh: "还没有优惠券", en: "There are no coupons yet" }
    new { zh: "新建优惠券", en: "New coupon" }
    make { zh: "创建优惠券", en: "Create coupon" }
    end { zh: "结束", en: "End" }
    was_made { zh: "优惠券已创建，现在就能用", en: "Coupon created. It can be used right away." }
    was_ended { zh: "优惠券已结束。已经下单占用的仍然有效", en: "Coupon ended. Orders already placed with it keep the discount." }
    name { zh: "名称", en: "Name" }
    name_help { zh: "只有你看得到，例如“春季活动”", en: "Only you see it, for example “Spring sale”" }
    codes { zh: "优惠码", en: "Codes" }
    codes_help { zh: "可以写多个，用空格或逗号隔开；它们共用一个次数上限。留空则自动生成", en: "One or more, separated by spaces or commas; they share one limit. Leave empty to generate codes" }
    count { zh: "自动生成几个", en: "Codes to generate" }
    count_help { zh: "没有写优惠码时有效，最多 500 个", en: "Only if you entered none above; 500 at most" }
    takes_off { zh: "优惠", en: "Discount" }
    percent { zh: "按百分比", en: "Percentage" }
    fixed { zh: "固定金额，每单一次", en: "Fixed amount, once per order" }
    how_much { zh: "减多少", en: "Value" }
    value_help { zh: "百分比填 20 表示减 20%，金额填 30 表示减 ¥30", en: "20 means 20% off, or ¥20 off" }
    for_topics { zh: "限主题", en: "Limit to topics" }
    for_courses { zh: "限课程", en: "Limit to courses" }
    for_everything { zh: "都不选，就是全场通用。主题和课程只能选一种", en: "Choose none to cover everything. Topics or courses, not both" }
    for_all_mine { zh: "都不选，就是你的全部课程", en: "Choose none to cover all your courses" }
    most { zh: "总次数上限", en: "Total uses" }
    most_help { zh: "留空为不限", en: "Leave empty for no limit" }
    per_person { zh: "每人次数", en: "Uses per person" }
    per_person_help { zh: "留空为不限", en: "Leave empty for no limit" }
    first_day { zh: "开始日期", en: "First day" }
    last_day { zh: "最后一天", en: "Last day" }
    first_order { zh: "仅限首单", en: "First order only" }
    returns { zh: "全额退款后，这个人可以再用一次", en: "Can be used again after a full refund" }
    from_your_share(percent: &str) { zh: "每人限用一次。平台的 {percent}% 按优惠前的价格计算；优惠超过你的分成时，分成为零。", en: "Once per person. The platform’s {percent}% is taken from the price before the discount; if the discount exceeds your share, your share is zero." }
    uses { zh: "已用", en: "Used" }
    given { zh: "共优惠", en: "Discounts" }
    standing_head { zh: "状态", en: "State" }
    until(day: &str) { zh: "{day} 截止", en: "until {day}" }
    borne_by(name: &str) { zh: "{name} 承担", en: "funded by {name}" }
    scope_all { zh: "全场", en: "all courses" }
    scope_courses { zh: "指定课程", en: "selected courses" }
    scope_topics { zh: "指定主题", en: "selected topics" }
    scope_instructor { zh: "讲师全部课程", en: "all of one instructor’s courses" }
    running { zh: "进行中", en: "Running" }
    planned { zh: "未开始", en: "Planned" }
    is_used_up { zh: "已用完", en: "Used up" }
    ended { zh: "已结束", en: "Ended" }
    and_others(codes: &str, n: u32) { zh: "{codes} 等 {n} 个", en: "{codes} and others ({n} in all)" }
}

messages! {
    unknown { zh: "没有这个优惠码，请检查有没有输错", en: "We don’t know this code. Please check the spelling" }
    not_yet { zh: "这个优惠码还没到可用时间", en: "This code can’t be used yet" }
    expired { zh: "这个优惠码已经过期", en: "This code has expired" }
    used_up { zh: "这个优惠码已经被领完了", en: "This code has been used up" }
    already_used { zh: "你已经用过这个优惠码了", en: "You have used this code already" }
    not_for_this { zh: "这个优惠码不适用于你要买的内容", en: "This code doesn’t apply to what you are buying" }
    first_order_only { zh: "这个优惠码只限首单使用", en: "This code is for first orders only" }
    other_currency { zh: "这个优惠码是另一种货币的", en: "This code is in another currency" }
}

/// Why a code takes nothing off.
pub fn refusal(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Unknown => unknown(lang),
        Refusal::NotYet => not_yet(lang),
        Refusal::Expired => expired(lang),
        Refusal::UsedUp => used_up(lang),
        Refusal::AlreadyUsed => already_used(lang),
        Refusal::NotForThis => not_for_this(lang),
        Refusal::FirstOrderOnly => first_order_only(lang),
        Refusal::OtherCurrency => other_currency(lang),
    }
}

/// What is taken off: `20%`, `¥30`.
pub fn reduction(_: Lang, reduction: Reduction) -> String {
    match reduction {
        Reduction::Percent { bp } if bp % 100 == 0 => format!("{}%", bp / 100),
        Reduction::Percent { bp } => format!("{}.{:02}%", bp / 100, bp % 100),
        Reduction::Fixed(amount) => numbers::money(amount),
    }
}

/// How often it was used, of how often it may be.
pub fn used_of(used: u32, most: Option<u32>) -> String {
    match most {
        Some(most) => format!("{used} / {most}"),
        None => used.to_string(),
    }
}

/// A few codes, and how many there are where there are more.
pub fn named_codes(lang: Lang, codes: &[String], in_all: u32) -> String {
    let named = codes.join(", ");
    match usize::try_from(in_all) {
        Ok(all) if all > codes.len() => and_others(lang, &named, in_all),
        _ => named,
    }
}

pub fn scope(lang: Lang, scope: Scope) -> &'static str {
    match scope {
        Scope::All => scope_all(lang),
        Scope::Courses => scope_courses(lang),
        Scope::Topics => scope_topics(lang),
        Scope::Instructor => scope_instructor(lang),
    }
}

pub fn standing(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::Running => running(lang),
        Standing::Planned => planned(lang),
        Standing::UsedUp => is_used_up(lang),
        Standing::Ended => ended(lang),
    }
}

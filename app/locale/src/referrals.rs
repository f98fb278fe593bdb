//! Recommending and its share.

messages! {
    share { zh: "推荐有礼", en: "Recommend Lectern" }
    lede(percent: &str, days: i64) {
        zh: "把链接发给朋友。对方 {days} 天内买课，你得到实付金额的 {percent}。",
        en: "Send your link to friends. When one of them buys within {days} days, {percent} of what they pay is yours."
    }
    your_link { zh: "你的推荐链接", en: "Your link" }
    link_help(code: &str) { zh: "任何课程网址后面加上 ?via={code} 也有效", en: "You can also add ?via={code} to any course address" }
    rules { zh: "规则", en: "How it works" }
    rule_first { zh: "以最先点开的推荐链接为准，自己推荐自己不算", en: "The first referral link someone opens counts; you can’t refer yourself" }
    rule_hold(days: i64) { zh: "奖励保留 {days} 天后进入钱包；期间退款则相应扣回", en: "Rewards are held for {days} days, then go to your wallet; refunds are deducted in proportion" }
    rule_private { zh: "你看不到是谁买的，对方也不会多付一分钱", en: "You don’t see who bought, and they don’t pay a cent more" }
    brought(n: u64) { zh: "{n} 位朋友通过你的链接来到讲台", en: one "{n} person came by your link", many "{n} people came by your link" }
    shares { zh: "推荐奖励", en: "Your rewards" }
    no_shares { zh: "还没有奖励", en: "No rewards yet" }
    no_shares_text { zh: "朋友买课后，奖励会出现在这里。", en: "When a friend buys a course, your reward appears here." }
    held_until(date: &str) { zh: "{date} 到账", en: "available on {date}" }
    released { zh: "已进钱包", en: "In your wallet" }
    taken_back { zh: "已扣回", en: "Taken back" }
    course { zh: "课程", en: "Course" }
    date { zh: "时间", en: "Date" }
    state { zh: "状态", en: "State" }
    amount { zh: "金额", en: "Amount" }
}

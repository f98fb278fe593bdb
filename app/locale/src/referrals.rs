//! Recommending and its share.

messages! {
    share { zh: "推荐有礼", en: "Recommend Lectern" }
    lede(percent: &str, days: i64) {
        zh: "把链接发给朋友。对方 {days} 天内买课，你得到实付金额的 {percent}。",
        en: "Send your link to friends. When one of them buys within {days} days, {percent} of what they pay is yours."
    }
    your_link { zh: "你的推荐链接", en: "Your link" }
    link_help(code: &str) { zh: "任何课程网址后面加上 ?via={code} 也有效", en: "Any course’s address works too, with ?via={code} after it" }
    rules { zh: "规则", en: "How it works" }
    rule_first { zh: "以最先点开的推荐链接为准，自己推荐自己不算", en: "The first link somebody opens counts; one’s own does not" }
    rule_hold(days: i64) { zh: "奖励保留 {days} 天后进入钱包；期间退款则相应扣回", en: "A share is held for {days} days and then goes to your wallet; what is refunded is taken back in proportion" }
    rule_private { zh: "你看不到是谁买的，对方也不会多付一分钱", en: "You don’t see who bought, and nobody pays a cent more" }
    brought(n: u64) { zh: "{n} 位朋友通过你的链接来到讲台", en: one "{n} person came by your link", many "{n} people came by your link" }
    shares { zh: "推荐奖励", en: "Your shares" }
    no_shares { zh: "还没有奖励", en: "No shares yet" }
    no_shares_text { zh: "朋友买课后，奖励会出现在这里。", en: "When a friend buys something, its share stands here." }
    held_until(date: &str) { zh: "{date} 到账", en: "yours on {date}" }
    released { zh: "已进钱包", en: "In your wallet" }
    taken_back { zh: "已扣回", en: "Taken back" }
    course { zh: "课程", en: "Course" }
    date { zh: "时间", en: "Date" }
    state { zh: "状态", en: "State" }
    amount { zh: "金额", en: "Amount" }
}

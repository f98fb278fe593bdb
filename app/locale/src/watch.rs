//! Keeping watch: the audit trail, and signals of attacks.

use model::Lang;
use model::admin::SignalKind;

messages! {
    // the audit trail
    trail_title { zh: "审计日志", en: "Audit log" }
    trail_lede { zh: "谁对什么做了什么，只增不改。", en: "Who did what to what. Only ever added to." }
    trail_who { zh: "操作人", en: "Who" }
    trail_who_help { zh: "姓名、邮箱或 ID；- 表示系统", en: "Name, e-mail or ID; - for the house itself" }
    trail_what { zh: "操作", en: "Deed" }
    trail_what_help { zh: "以此开头，例如 account.", en: "How it begins, such as account." }
    trail_subject { zh: "对象", en: "Done to" }
    trail_subject_help { zh: "完整的 ID 或邮箱", en: "A whole ID or address" }
    trail_from { zh: "从", en: "From" }
    trail_to { zh: "到", en: "To" }
    trail_export { zh: "导出 CSV", en: "Export as CSV" }
    trail_none { zh: "没有符合条件的记录", en: "Nothing was done that fits" }
    trail_none_text { zh: "放宽条件试试。", en: "Try wider filters." }
    when { zh: "时间", en: "When" }
    detail { zh: "备注", en: "Note" }
    house { zh: "系统", en: "The house" }
}

messages! {
    // signals
    signals_title { zh: "安全信号", en: "Security signals" }
    signals_lede { zh: "最近 24 小时里超过阈值的迹象。这里不拦截任何人，拦截由频率限制负责。", en: "What passed its threshold within the last 24 hours. Nothing is refused here; limits do that." }
    signals_none { zh: "没有异常", en: "All quiet" }
    signals_none_text { zh: "最近 24 小时没有超过阈值的迹象。", en: "Nothing passed its threshold within the last 24 hours." }
    signals_failures { zh: "登录失败（每小时）", en: "Failed sign-ins by hour" }
    signals_failures_of(count: u32, hour: &str) { zh: "{hour}：{count} 次", en: "{hour}: {count}" }
    signals_networks { zh: "没有配置国家来源：新地点按网络判断，只看有角色的人，或先有 3 次失败的登录。", en: "No proxy tells the country, so new places are networks: of people with a role, and of others after three failures." }
    signals_countries { zh: "新地点按代理给出的国家判断。", en: "New places are countries, as your proxy tells them." }
    kind { zh: "迹象", en: "Signal" }
    about { zh: "对象", en: "About" }
    count { zh: "次数", en: "Count" }
    since { zh: "开始", en: "Since" }
    last { zh: "最近", en: "Last" }
    mark { zh: "处理", en: "Handled" }
    threshold(count: u32) { zh: "阈值 {count} 次/天", en: "threshold {count} a day" }
    failed_at_account { zh: "同一账号登录失败", en: "Failed sign-ins at one account" }
    failed_from_network { zh: "同一网络登录失败", en: "Failed sign-ins from one network" }
    new_place { zh: "从新地点登录", en: "Sign-in from a new place" }
    coupon_guessing { zh: "猜优惠券", en: "Guessing coupons" }
    code_guessing { zh: "猜兑换码", en: "Guessing codes" }
    card_testing { zh: "测试银行卡", en: "Card testing" }
    networks(count: u32) { zh: "来自 {count} 个网络", en: one "from {count} network", many "from {count} networks" }
    accounts(count: u32) { zh: "涉及 {count} 个账号", en: one "at {count} account", many "at {count} accounts" }
    seen_by(name: &str, when: &str) { zh: "{name} 于 {when} 看过", en: "seen by {name}, {when}" }
    mark_seen { zh: "看过", en: "Seen" }
    mark_closed { zh: "处理完毕", en: "Close" }
    done_marked { zh: "已记下。", en: "Noted." }
}

/// The headings of the trail as a table.
pub fn trail_columns(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::Zh => ["时间（UTC）", "操作人", "操作人 ID", "操作", "对象类型", "对象 ID", "备注"],
        Lang::En => ["Time (UTC)", "Who", "Who (ID)", "Deed", "Kind", "Done to (ID)", "Note"],
    }
}

pub fn signal_kind(lang: Lang, kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::FailedAtAccount => failed_at_account(lang),
        SignalKind::FailedFromNetwork => failed_from_network(lang),
        SignalKind::NewPlace => new_place(lang),
        SignalKind::CouponGuessing => coupon_guessing(lang),
        SignalKind::CodeGuessing => code_guessing(lang),
        SignalKind::CardTesting => card_testing(lang),
    }
}

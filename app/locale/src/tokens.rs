//! Keys of other programs.

use model::Lang;
use model::tokens::Scope;

messages! {
    title { zh: "API 令牌", en: "API tokens" }
    lede { zh: "让别的程序以你的身份使用讲台。权限只能比你少，不会比你多；不用了随时停用。", en: "Let another program use Lectern for you. It can never do more than you can, and you can end it at any time." }
    reference { zh: "接口文档", en: "API reference" }
    yours { zh: "使用中的令牌", en: "Your tokens" }
    none_yet { zh: "还没有令牌", en: "No tokens yet" }
    none_yet_text { zh: "需要时在下面创建一个。", en: "Create one below when you need it." }
    make { zh: "创建令牌", en: "Create token" }
    name { zh: "名称", en: "Name" }
    name_help { zh: "给自己看的，例如：财务导出脚本。", en: "For your own reference, for example: bookkeeping export." }
    scopes { zh: "可以做什么", en: "Permissions" }
    days { zh: "有效天数", en: "Valid for (days)" }
    days_help { zh: "留空表示一直有效，直到停用。", en: "Leave empty to keep it valid until you revoke it." }
    fresh { zh: "令牌已创建，现在就复制", en: "Token created. Copy it now" }
    fresh_text { zh: "几分钟后就再也看不到它了。请像保管密码一样保管它。", en: "In a few minutes it can’t be shown again. Keep it as safe as a password." }
    end { zh: "停用", en: "Revoke" }
    done_ended { zh: "令牌已停用。", en: "Token revoked." }
    created(when: &str) { zh: "{when} 创建", en: "Created {when}" }
    expires(when: &str) { zh: "{when} 到期", en: "Expires {when}" }
    used(when: &str) { zh: "最近使用：{when}", en: "Last used {when}" }
    never_used { zh: "从未使用", en: "Never used" }
}

/// What a scope allows.
pub fn scope(lang: Lang, scope: Scope) -> &'static str {
    let (zh, en) = match scope {
        Scope::OrdersRead => ("查看订单", "Read orders"),
        Scope::OrdersWrite => ("下单和取消订单", "Place and cancel orders"),
        Scope::RefundsWrite => ("申请退款", "Ask for refunds"),
        Scope::SubscriptionsRead => ("查看订阅", "Read subscriptions"),
        Scope::SubscriptionsWrite => ("开通和变更订阅", "Start and change subscriptions"),
        Scope::CouponsRead => ("查看优惠券（员工）", "Read coupons (staff)"),
        Scope::CouponsWrite => ("创建和停用优惠券（员工）", "Make and end coupons (staff)"),
        Scope::LedgerRead => ("查看账目", "Read the ledger"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

//! What staff read of orders, refunds, people and the books.

use model::Lang;
use model::accounts::Role;

messages! {
    // staff
    staff_orders { zh: "订单", en: "Orders" }
    staff_refunds { zh: "退款", en: "Refunds" }
    staff_people { zh: "用户", en: "People" }
    staff_audit { zh: "账目核对", en: "Ledger checks" }
    staff_area { zh: "后台", en: "Back office" }
    find_orders { zh: "邮箱或订单号", en: "E-mail or order number" }
    find { zh: "查找", en: "Find" }
    any_state { zh: "全部状态", en: "Any state" }
    with_refund { zh: "有退款", en: "With a refund" }
    nothing_found { zh: "没有符合条件的订单", en: "No matching orders" }
    nothing_found_text { zh: "换个邮箱或状态试试。", en: "Try another address or state." }
    buyer { zh: "买家", en: "Buyer" }
    access { zh: "学习权限", en: "Access" }
    attempts { zh: "付款尝试", en: "Payment attempts" }
    no_attempts { zh: "没有付款尝试（免费或未提交）", en: "None (free, or never submitted)" }
    provider { zh: "渠道", en: "Provider" }
    provider_id { zh: "渠道单号", en: "Provider ID" }
    evidence { zh: "证据", en: "Evidence" }
    source { zh: "来源", en: "Source" }
    fact { zh: "结果", en: "Result" }
    had_effect { zh: "生效", en: "Applied" }
    yes { zh: "是", en: "Yes" }
    no { zh: "否", en: "No" }
    transfers { zh: "账目", en: "Ledger entries" }
    no_transfers { zh: "没有资金变动", en: "No money has moved" }
    debit { zh: "借", en: "Debit" }
    credit { zh: "贷", en: "Credit" }
    kind { zh: "类别", en: "Kind" }
    phase { zh: "阶段", en: "Phase" }
    trail { zh: "操作记录", en: "History" }
    who { zh: "操作人", en: "Who" }
    the_program { zh: "系统", en: "System" }
    what { zh: "操作", en: "Action" }
    detail { zh: "备注", en: "Note" }
    refund_this { zh: "退款", en: "Refund" }
    refund_title { zh: "为这笔订单退款", en: "Refund this order" }
    refund_amount { zh: "退款金额", en: "Amount" }
    refund_amount_help(left: &str) { zh: "留空则全额退款，最多 {left}", en: "Leave empty to refund everything, at most {left}" }
    refund_reason { zh: "退款原因", en: "Reason" }
    refund_reason_help { zh: "买家看不到，会写进操作记录", en: "Kept in the history; the buyer doesn’t see it" }
    refund_confirm { zh: "确认退款", en: "Refund now" }
    refund_consequence { zh: "全额退款会立刻收回学习权限，并冲回讲师分成。款项原路退回。", en: "A full refund ends access at once and takes back the instructor’s share. The money goes back to the original payment method." }
    refund_limit(limit: &str) { zh: "超过 {limit} 的退款需要另一位同事批准。", en: "Refunds above {limit} need a second person’s approval." }
    nothing_refundable { zh: "没有可以退的款项", en: "Nothing left to refund" }
    no_refunds { zh: "没有退款", en: "No refunds" }
    no_refunds_text { zh: "退款申请和自动退回的款项会列在这里。", en: "Refund requests and automatic refunds are listed here." }
    cause { zh: "原因", en: "Cause" }
    asked_by { zh: "申请人", en: "Asked by" }
    approve { zh: "批准", en: "Approve" }
    reject { zh: "驳回", en: "Reject" }
}

messages! {
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
    nobody_found { zh: "没有找到", en: "No one found" }
    invariant { zh: "编号", en: "Check" }
    meaning { zh: "含义", en: "Meaning" }
    holds { zh: "成立", en: "Passes" }
    broken { zh: "被破坏", en: "Fails" }
    all_hold { zh: "全部成立", en: "All of them hold" }
    some_broken(n: u32) { zh: "{n} 条被破坏，请立即查看", en: one "{n} is broken; look at once", many "{n} are broken; look at once" }
    previous { zh: "上一页", en: "Previous" }
    next { zh: "下一页", en: "Next" }
    pages { zh: "分页", en: "Pages" }
}

/// A word of the ledger or of the evidence, for people; one that is not known here stands as it is.
pub fn ledger_word(lang: Lang, word: &str) -> String {
    let (zh, en) = match word {
        "answer" => ("即时返回", "Response"),
        "notification" => ("通知", "Notification"),
        "query" => ("查询", "Query"),
        "open" => ("等待付款人", "Waiting for payer"),
        "processing" => ("银行处理中", "Bank processing"),
        "succeeded" => ("成功", "Succeeded"),
        "failed" => ("失败", "Failed"),
        "canceled" => ("已关闭", "Closed"),
        "single" => ("立即", "Immediate"),
        "pending" => ("预留", "Reserved"),
        "post" => ("入账", "Posted"),
        "void" => ("撤销", "Voided"),
        "capture" => ("收款", "Payment"),
        "tax" => ("税", "Tax"),
        "share" => ("分成", "Share"),
        "stray" => ("挂账", "Suspense"),
        "refund" => ("退款", "Refund"),
        "refund_tax" => ("退税", "Tax refund"),
        "clawback" => ("分成扣回", "Share taken back"),
        "stray_refund" => ("挂账退回", "Suspense returned"),
        "release" => ("转为可提现", "Became payable"),
        "payout" => ("提现", "Payout"),
        "payout_returned" => ("提现退回", "Payout returned"),
        "paid_by_hand" => ("人工转账退款", "Refunded by hand"),
        "dispute_opened" => ("拒付冻结", "Dispute opened"),
        "dispute_won" => ("拒付胜诉", "Dispute won"),
        "dispute_lost" => ("拒付败诉", "Dispute lost"),
        "wallet_part" => ("钱包抵扣", "Paid from wallet"),
        "topup" => ("钱包充值", "Wallet top-up"),
        "earned" => ("确认收入", "Revenue earned"),
        "affiliate_share" => ("推荐奖励", "Referral reward"),
        "affiliate_release" => ("推荐奖励到账", "Referral reward released"),
        "affiliate_back" => ("推荐奖励扣回", "Referral reward taken back"),
        "breakage" => ("过期未领", "Never claimed"),
        "gift_balance" => ("赠送余额", "Gift balance"),
        "recognition" => ("会员收入确认", "Membership revenue"),
        other => return other.to_owned(),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
    .to_owned()
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
        ("INV-15", Lang::Zh) => "每次状态变化都有一条操作记录，操作记录未被改动",
        ("INV-15", Lang::En) => "Every change of state has one row in the trail, and the trail says what it said",
        ("INV-16", Lang::Zh) => "收据、退款凭证和发票编号连续，内容未被改动",
        ("INV-16", Lang::En) => "Receipts, credit notes and invoices are numbered without gaps and say what they said",
        ("INV-17", Lang::Zh) => "名额不超卖，每个兑换码只领取一次",
        ("INV-17", Lang::En) => "No more seats are given than were bought, and every code is claimed once",
        ("INV-18", Lang::Zh) => "没有超时未决的付款、退款和通知",
        ("INV-18", Lang::En) => "No payment, refund or notification is stuck",
        _ => "",
    }
}

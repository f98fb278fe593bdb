//! What instructors earn and how they are paid; refunds as learners read them.

use crate::{dates, numbers};
use model::Lang;
use model::earnings::{EarningKind, PayoutMove, PayoutState, Refusal};
use model::refunds::{OutsidePolicy, RefundPolicy, Remedy};

messages! {
    // what a course promises
    refund_any(days: u32) { zh: "购买后 {days} 天内可以申请全额退款，原路退回。", en: one "Full refund to your original payment method within a day of purchase.", many "Full refund to your original payment method within {days} days of purchase." }
    refund_days_and_share(days: u32, studied: u32) {
        zh: "购买后 {days} 天内、学习不超过 {studied}%，可以申请全额退款，原路退回。",
        en: one "Full refund to your original payment method within a day of purchase, if you have studied no more than {studied}%.", many "Full refund to your original payment method within {days} days of purchase, if you have studied no more than {studied}%."
    }
    refund_never { zh: "这门课购买后不支持无理由退款；有问题可以提交申请，我们会人工处理。", en: "This course doesn’t offer no-questions refunds. If something is wrong, send a request and our staff will look at it." }

    // asking for it
    ask_title { zh: "申请退款", en: "Request a refund" }
    ask_lead { zh: "款项按原付款方式退回。退款完成后，课程随之关闭。", en: "The money goes back to the original payment method. Once it has, the course is closed." }
    ask_within { zh: "符合退款规则，提交后立即退款", en: "Covered by the refund policy: approved at once" }
    ask_outside { zh: "不在自动退款范围内，提交后由客服处理，一般 2 个工作日内答复", en: "Outside the refund policy: our staff will review it, usually within two working days" }
    ask_until(date: &str) { zh: "可在 {date} 前申请", en: "Until {date}" }
    ask_studied(percent: u32) { zh: "已学 {percent}%", en: "{percent}% studied" }
    ask_which { zh: "退哪一项", en: "What to refund" }
    ask_reason { zh: "退款原因", en: "Reason" }
    ask_reason_help { zh: "讲师和客服会看到，帮助我们改进", en: "The instructor and our staff read it; it helps us improve" }
    ask_send { zh: "提交退款申请", en: "Request refund" }
    ask_amount(amount: &str) { zh: "可退 {amount}", en: "{amount} to refund" }
    ask_waiting { zh: "退款申请正在等客服处理。", en: "Your request is waiting for our staff." }
    ask_withdraw { zh: "撤回申请", en: "Withdraw request" }
    ask_where { zh: "退到哪里", en: "Refund to" }
    to_original { zh: "原路退回", en: "Original payment method" }
    to_wallet { zh: "退到钱包余额", en: "Wallet balance" }
    to_wallet_note { zh: "即时到账，可用于下次购买", en: "Available at once for your next course" }
    ask_complain { zh: "对处理结果不满意，可以拨打 12315 投诉。", en: "If you disagree with the outcome, you can complain to 12315 (in China) or your local consumer body." }
    outside_late(date: &str) { zh: "已过退款期限（{date}）", en: "The refund period ended on {date}" }
    outside_studied(studied: u32, allowed: u32) { zh: "已学 {studied}%，超过 {allowed}%", en: "You have studied {studied}%, more than {allowed}%" }
    outside_before { zh: "这门课你曾经退过款", en: "You have had this course refunded before" }

    // remedies
    remedy_retry { zh: "重新提交给支付渠道", en: "Send again" }
    remedy_paid { zh: "已由银行人工转账", en: "Paid by bank transfer" }
    remedy { zh: "处理方式", en: "Resolution" }
    remedy_note { zh: "说明或银行流水号", en: "Note or bank reference" }
    remedy_propose { zh: "提出方案", en: "Propose" }
    remedy_confirm { zh: "确认执行", en: "Confirm" }
    remedy_proposed(by: &str, what: &str) { zh: "{by} 提出：{what}", en: "{by} proposes: {what}" }
    remedy_wait { zh: "等待另一位同事确认", en: "Waiting for a second person" }
    refund_lines { zh: "退哪些项", en: "Items to refund" }
    refund_lines_help { zh: "不选则按全部项分摊", en: "Choose none to spread it over all of them" }
}

messages! {
    // the studio's page
    earnings { zh: "收入", en: "Earnings" }
    earnings_lede { zh: "每一笔分成从哪来、扣了什么、什么时候能提，都在这里。", en: "Where each share comes from, what was deducted, and when you can withdraw it." }
    payable { zh: "可提现", en: "Available" }
    payable_note { zh: "现在就能申请", en: "Ready to withdraw" }
    payable_negative { zh: "退款已超出余额，会从以后的收入中抵扣", en: "Refunds exceeded your balance; the difference comes out of future earnings" }
    pending { zh: "待结算", en: "Pending" }
    pending_note(date: &str) { zh: "最早一笔 {date} 可提现", en: "Next available on {date}" }
    pending_none { zh: "没有等待中的分成", en: "Nothing pending" }
    on_way { zh: "打款中", en: "On its way" }
    paid_out { zh: "已到账", en: "Paid out" }
    this_month { zh: "本月收入", en: "This month" }
    months { zh: "近十二个月收入（已扣退款）", en: "Last twelve months, after refunds" }
    month_of(year: i32, month: u32) { zh: "{year}年{month}月", en: "{year}-{month:02}" }
    statement { zh: "明细", en: "Statement" }
    statement_empty { zh: "还没有收入", en: "No earnings yet" }
    statement_empty_text { zh: "课程卖出后，分成会立刻出现在这里。", en: "When a course is sold, your share appears here right away." }
    hold_rule(days: u32) { zh: "分成先保留 {days} 天（覆盖退款期），之后自动转为可提现。", en: "Each share is held for {days} days to cover the refund period, then becomes available automatically." }
    older { zh: "更早的明细", en: "Older" }
    newest { zh: "回到最新", en: "Back to the latest" }
    what { zh: "项目", en: "Item" }
    sale { zh: "成交", en: "Sale" }
    fee { zh: "平台", en: "Platform" }
    others { zh: "合作者", en: "Co-authors" }
    change { zh: "变动", en: "Change" }
    yearly { zh: "年度账单", en: "Statements by year" }
    yearly_text { zh: "CSV 表格，含每一笔变动，可用于报税。", en: "A CSV file with every transaction, for your taxes." }
    download_year(year: i32) { zh: "{year} 年", en: "{year}" }
    kind_share { zh: "分成", en: "Share" }
    kind_refund { zh: "退款扣回", en: "Refund" }
    kind_refund_undone { zh: "退款未成，返还", en: "Refund undone" }
    kind_release { zh: "转为可提现", en: "Became available" }
    kind_payout { zh: "提现", en: "Payout" }
    kind_payout_returned { zh: "提现退回", en: "Payout came back" }

    // bank account and payouts
    bank { zh: "收款账户", en: "Bank account" }
    bank_none { zh: "还没有收款账户。填好之后才能提现。", en: "You haven’t added a bank account yet. You need one to be paid." }
    bank_set { zh: "设置收款账户", en: "Add a bank account" }
    bank_change { zh: "更换收款账户", en: "Change bank account" }
    bank_text { zh: "账户信息加密保存，页面上只显示末四位。更换后 72 小时内不打款，并会发邮件提醒你。", en: "Stored encrypted; only the last four digits are ever shown. After a change, payouts pause for 72 hours and we e-mail you." }
    bank_held(date: &str) { zh: "账户刚更换过，{date} 之后可以提现", en: "Changed recently; payouts resume on {date}" }
    bank_holder { zh: "户名", en: "Account holder" }
    bank_name { zh: "开户行", en: "Bank" }
    bank_number { zh: "账号", en: "Account number or IBAN" }
    bank_password { zh: "登录密码", en: "Your password" }
    bank_password_help { zh: "确认是你本人", en: "To confirm it’s you" }
    bank_save { zh: "保存账户", en: "Save account" }
    bank_saved { zh: "收款账户已保存。", en: "Bank account saved." }
    payouts { zh: "提现", en: "Payouts" }
    payouts_none { zh: "还没有提现记录", en: "No payouts yet" }
    payout_ask(amount: &str) { zh: "申请提现 {amount}", en: "Withdraw {amount}" }
    payout_least(amount: &str) { zh: "满 {amount} 可以提现。", en: "You can withdraw from {amount}." }
    payout_asked { zh: "提现申请已提交，两位财务同事核对后打款。", en: "Withdrawal requested. Two people check it before it is sent." }
    payout_withdraw { zh: "撤回", en: "Withdraw" }
    payout_withdrawn { zh: "提现申请已撤回。", en: "Withdrawal cancelled." }
    payout_reference { zh: "流水号", en: "Reference" }
    payout_to { zh: "收款账户", en: "To" }
    payout_state { zh: "状态", en: "State" }
    payout_date { zh: "申请时间", en: "Asked for" }
    payout_amount { zh: "金额", en: "Amount" }
    payout_draft { zh: "待批准", en: "To be approved" }
    payout_approved { zh: "已批准，待打款", en: "Approved, not yet sent" }
    payout_submitting { zh: "提交中", en: "Submitting" }
    payout_in_transit { zh: "打款中", en: "On its way" }
    payout_unknown { zh: "结果不明", en: "Unclear" }
    payout_paid { zh: "已到账", en: "Paid" }
    payout_failed { zh: "打款失败", en: "Failed" }
    payout_canceled { zh: "已取消", en: "Canceled" }
    payout_returned { zh: "被银行退回", en: "Sent back" }

    // staff
    staff_payouts { zh: "提现", en: "Payouts" }
    staff_payouts_none { zh: "没有提现申请", en: "No payout requests" }
    staff_payouts_none_text { zh: "讲师申请提现后会排在这里，由两位同事先后批准和打款。", en: "Instructors’ payout requests wait here: one person approves, another sends." }
    payee { zh: "讲师", en: "Instructor" }
    hands { zh: "经手人", en: "Handled by" }
    approved_by(name: &str) { zh: "批准：{name}", en: "approved by {name}" }
    sent_by(name: &str) { zh: "打款：{name}", en: "sent by {name}" }
    payable_now(amount: &str) { zh: "可提现 {amount}", en: "{amount} payable" }
    act { zh: "处理", en: "Action" }
    note { zh: "流水号或原因", en: "Reference or reason" }
    move_do { zh: "确认", en: "Confirm" }
    move_approve { zh: "批准", en: "Approve" }
    move_reject { zh: "驳回", en: "Reject" }
    move_send { zh: "交支付渠道打款", en: "Send through the provider" }
    move_sent { zh: "已在网银打款", en: "Sent by bank transfer" }
    move_lost { zh: "结果不明", en: "Unclear" }
    move_paid { zh: "已到账", en: "Arrived" }
    move_failed { zh: "打款失败", en: "Failed" }
    move_returned { zh: "银行退回", en: "Returned by the bank" }
    other_person { zh: "等待另一位同事", en: "Waiting for a colleague" }
    two_people { zh: "批准和打款必须由两位同事完成。打款可以交给支付渠道，也可以在网银里手工完成，再把流水号记在这里。", en: "One person approves, another sends: through the provider, or by bank transfer with its reference noted here." }

    // terms in the studio
    terms_refunds { zh: "退款承诺", en: "Refund policy" }
    terms_refunds_text { zh: "展示在课程和付款页上，只影响之后的购买。", en: "Shown on the course and checkout pages. Changes apply to future purchases only." }
    terms_days { zh: "购买后天数", en: "Days after purchase" }
    terms_days_help { zh: "0 表示不承诺退款", en: "0 means no refund promise" }
    terms_studied { zh: "已学不超过（%）", en: "Studied at most (%)" }
    terms_save { zh: "保存承诺", en: "Save policy" }
    terms_authors { zh: "合作者分成", en: "Co-authors" }
    terms_authors_text { zh: "从讲师分成里划出的比例，之后的每笔销售按此分配；余下归你。", en: "Shares of what the course earns its instructors, for every future sale. The rest is yours." }
    terms_own { zh: "你", en: "You" }
    terms_email { zh: "合作者邮箱", en: "Co-author’s e-mail" }
    terms_share { zh: "比例（%）", en: "Share (%)" }
    terms_add { zh: "添加或更改", en: "Add or update" }
    terms_drop { zh: "移除", en: "Remove" }
    terms_saved { zh: "已保存。", en: "Saved." }

    // refusals
    not_an_instructor { zh: "这个邮箱没有讲师账号", en: "No instructor uses this e-mail" }
    too_much_shared { zh: "合作者的比例加起来超过了 100%", en: "The shares add up to more than 100%" }
    no_bank { zh: "请先填写收款账户", en: "Please add a bank account first" }
    bank_is_held(date: &str) { zh: "收款账户刚更换过，{date} 之后才能提现", en: "The bank account was changed recently; withdrawals resume after {date}" }
    bank_replaced { zh: "讲师已更换收款账户，请驳回这笔提现，让讲师重新申请", en: "The instructor has another bank account now. Please reject this payout and have it asked for again" }
    one_is_open { zh: "已经有一笔提现在处理中", en: "A withdrawal is already in progress" }
    too_little(least: &str) { zh: "满 {least} 才能提现", en: "You can withdraw from {least}" }
    balance_changed(payable: &str) { zh: "余额有变化，现在可提现 {payable}，请驳回后让讲师重新申请", en: "The balance has changed: {payable} is payable now. Please reject it and have it asked for again" }
    no_provider { zh: "没有支付渠道支持这种货币的打款，请在网银里手工完成", en: "No provider pays out in this currency; please make the transfer at the bank" }
    second_person { zh: "需要另一位同事来做", en: "A colleague has to do this" }
    bad_transition { zh: "现在的状态下不能这样做", en: "Not possible in its current state" }
}

/// Why something about earnings cannot be done.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotAnInstructor => not_an_instructor(lang).into(),
        Refusal::TooMuchShared => too_much_shared(lang).into(),
        Refusal::NoBank => no_bank(lang).into(),
        Refusal::BankHeld { until } => bank_is_held(lang, &dates::date_time(lang, *until)),
        Refusal::BankReplaced => bank_replaced(lang).into(),
        Refusal::OneIsOpen => one_is_open(lang).into(),
        Refusal::TooLittle { least } => too_little(lang, &numbers::money(*least)),
        Refusal::BalanceChanged { payable } => balance_changed(lang, &numbers::money_exact(*payable)),
        Refusal::NoProvider => no_provider(lang).into(),
        Refusal::SecondPerson => second_person(lang).into(),
        Refusal::Transition => bad_transition(lang).into(),
    }
}

/// What a course promises, in a sentence.
pub fn policy(lang: Lang, policy: RefundPolicy) -> String {
    match policy {
        policy if policy.is_none() => refund_never(lang).into(),
        RefundPolicy { days, studied: 100 } => refund_any(lang, days),
        RefundPolicy { days, studied } => refund_days_and_share(lang, days, studied),
    }
}

/// What stands against a refund.
pub fn outside(lang: Lang, why: OutsidePolicy) -> String {
    match why {
        OutsidePolicy::TooLate { until } => outside_late(lang, &dates::date(lang, until)),
        OutsidePolicy::TooMuchStudied { studied, allowed } => outside_studied(lang, studied, allowed),
        OutsidePolicy::RefundedBefore => outside_before(lang).into(),
    }
}

pub fn remedy_word(lang: Lang, remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Retry => remedy_retry(lang),
        Remedy::Paid => remedy_paid(lang),
    }
}

pub fn kind(lang: Lang, kind: EarningKind) -> &'static str {
    match kind {
        EarningKind::Share => kind_share(lang),
        EarningKind::Refund => kind_refund(lang),
        EarningKind::RefundUndone => kind_refund_undone(lang),
        EarningKind::Release => kind_release(lang),
        EarningKind::Payout => kind_payout(lang),
        EarningKind::PayoutReturned => kind_payout_returned(lang),
    }
}

pub fn state(lang: Lang, state: PayoutState) -> &'static str {
    match state {
        PayoutState::Draft => payout_draft(lang),
        PayoutState::Approved => payout_approved(lang),
        PayoutState::Submitting => payout_submitting(lang),
        PayoutState::InTransit => payout_in_transit(lang),
        PayoutState::Unknown => payout_unknown(lang),
        PayoutState::Paid => payout_paid(lang),
        PayoutState::Failed => payout_failed(lang),
        PayoutState::Canceled => payout_canceled(lang),
        PayoutState::Returned => payout_returned(lang),
    }
}

pub fn payout_move(lang: Lang, step: PayoutMove) -> &'static str {
    match step {
        PayoutMove::Approve => move_approve(lang),
        PayoutMove::Reject => move_reject(lang),
        PayoutMove::Send => move_send(lang),
        PayoutMove::Sent => move_sent(lang),
        PayoutMove::Lost => move_lost(lang),
        PayoutMove::Paid => move_paid(lang),
        PayoutMove::Failed => move_failed(lang),
        PayoutMove::Returned => move_returned(lang),
    }
}

//! What instructors earn and how they are paid; refunds as learners read them.

use crate::{dates, numbers};
use model::Lang;
use model::earnings::{EarningKind, PayoutMove, PayoutState, Refusal};
use model::refunds::{OutsidePolicy, RefundPolicy, Remedy};

messages! {
    // what a course promises
    refund_any(days: u32) { zh: "购买后 {days} 天内可以申请全额退款，原路退回。", en: one "Within a day of buying you can have all of it back, by the way you paid.", many "Within {days} days of buying you can have all of it back, by the way you paid." }
    refund_days_and_share(days: u32, studied: u32) {
        zh: "购买后 {days} 天内、学习不超过 {studied}%，可以申请全额退款，原路退回。",
        en: one "Within a day, and with no more than {studied}% of it studied, you can have all of it back, by the way you paid.", many "Within {days} days, and with no more than {studied}% of it studied, you can have all of it back, by the way you paid."
    }
    refund_never { zh: "这门课购买后不支持无理由退款；有问题可以提交申请，我们会人工处理。", en: "This course makes no promise of refunds. If something is wrong, ask, and a person looks at it." }

    // asking for it
    ask_title { zh: "申请退款", en: "Ask for your money back" }
    ask_lead { zh: "款项按原付款方式退回。退款完成后，课程随之关闭。", en: "The money goes back the way it came. When it has, the course is closed." }
    ask_within { zh: "符合退款规则，提交后立即退款", en: "Covered by the refund rule: granted at once" }
    ask_outside { zh: "不在自动退款范围内，提交后由客服处理，一般 2 个工作日内答复", en: "Not covered by the rule: a person looks at it, usually within two working days" }
    ask_until(date: &str) { zh: "可在 {date} 前申请", en: "Until {date}" }
    ask_studied(percent: u32) { zh: "已学 {percent}%", en: "{percent}% studied" }
    ask_which { zh: "退哪一项", en: "Which of them" }
    ask_reason { zh: "退款原因", en: "Why" }
    ask_reason_help { zh: "讲师和客服会看到，帮助我们改进", en: "The instructor and our staff read it; it helps us get better" }
    ask_send { zh: "提交退款申请", en: "Ask for the refund" }
    ask_amount(amount: &str) { zh: "可退 {amount}", en: "{amount} to refund" }
    ask_waiting { zh: "退款申请正在等客服处理。", en: "Your request is waiting for a person." }
    ask_withdraw { zh: "撤回申请", en: "Take the request back" }
    ask_where { zh: "退到哪里", en: "Where to" }
    to_original { zh: "原路退回", en: "The way it came" }
    to_wallet { zh: "退到钱包余额", en: "Into your wallet" }
    to_wallet_note { zh: "即时到账，可用于下次购买", en: "There at once, for your next course" }
    ask_complain { zh: "对处理结果不满意，可以拨打 12315 投诉。", en: "If you disagree with the outcome you can complain at 12315 (in China) or to your consumer body." }
    outside_late(date: &str) { zh: "已过退款期限（{date}）", en: "The time for refunds ended on {date}" }
    outside_studied(studied: u32, allowed: u32) { zh: "已学 {studied}%，超过 {allowed}%", en: "{studied}% is studied, more than {allowed}%" }
    outside_before { zh: "这门课你曾经退过款", en: "You had this course refunded before" }

    // remedies
    remedy_retry { zh: "重新提交给支付渠道", en: "Send it again" }
    remedy_paid { zh: "已由银行人工转账", en: "Paid by our own bank" }
    remedy { zh: "处理方式", en: "Way out" }
    remedy_note { zh: "说明或银行流水号", en: "Reason, or the bank’s reference" }
    remedy_propose { zh: "提出方案", en: "Propose" }
    remedy_confirm { zh: "确认执行", en: "Confirm" }
    remedy_proposed(by: &str, what: &str) { zh: "{by} 提出：{what}", en: "{by} proposes: {what}" }
    remedy_wait { zh: "等待另一位同事确认", en: "Waiting for a second person" }
    refund_lines { zh: "退哪些项", en: "Which lines" }
    refund_lines_help { zh: "不选则按全部项分摊", en: "None chosen: spread over all of them" }
}

messages! {
    // the studio's page
    earnings { zh: "收入", en: "Earnings" }
    earnings_lede { zh: "每一笔分成从哪来、扣了什么、什么时候能提，都在这里。", en: "Where each share comes from, what was taken off, and when you can have it." }
    payable { zh: "可提现", en: "Payable" }
    payable_note { zh: "现在就能申请", en: "Ask for it now" }
    payable_negative { zh: "退款已超出余额，会从以后的收入中抵扣", en: "Refunds came to more than was there; it is set off against what comes" }
    pending { zh: "待结算", en: "Waiting" }
    pending_note(date: &str) { zh: "最早一笔 {date} 可提现", en: "The next becomes payable on {date}" }
    pending_none { zh: "没有等待中的分成", en: "Nothing waits" }
    on_way { zh: "打款中", en: "On its way" }
    paid_out { zh: "已到账", en: "Paid so far" }
    this_month { zh: "本月收入", en: "This month" }
    months { zh: "近十二个月收入（已扣退款）", en: "The last twelve months, less refunds" }
    month_of(year: i32, month: u32) { zh: "{year}年{month}月", en: "{year}-{month:02}" }
    statement { zh: "明细", en: "Statement" }
    statement_empty { zh: "还没有收入", en: "Nothing earned yet" }
    statement_empty_text { zh: "课程卖出后，分成会立刻出现在这里。", en: "When a course is sold, your share appears here at once." }
    hold_rule(days: u32) { zh: "分成先保留 {days} 天（覆盖退款期），之后自动转为可提现。", en: "A share waits {days} days, which covers most refunds, and then becomes payable by itself." }
    older { zh: "更早的明细", en: "Older" }
    newest { zh: "回到最新", en: "Back to the latest" }
    what { zh: "项目", en: "What" }
    sale { zh: "成交", en: "Sale" }
    fee { zh: "平台", en: "School" }
    others { zh: "合作者", en: "Co-authors" }
    change { zh: "变动", en: "Change" }
    yearly { zh: "年度账单", en: "Statements by year" }
    yearly_text { zh: "CSV 表格，含每一笔变动，可用于报税。", en: "A CSV table with every movement, for your tax papers." }
    download_year(year: i32) { zh: "{year} 年", en: "{year}" }
    kind_share { zh: "分成", en: "Share" }
    kind_refund { zh: "退款扣回", en: "Refund" }
    kind_refund_undone { zh: "退款未成，返还", en: "Refund undone" }
    kind_release { zh: "转为可提现", en: "Became payable" }
    kind_payout { zh: "提现", en: "Payout" }
    kind_payout_returned { zh: "提现退回", en: "Payout came back" }

    // bank account and payouts
    bank { zh: "收款账户", en: "Bank account" }
    bank_none { zh: "还没有收款账户。填好之后才能提现。", en: "There is none yet; you need one to be paid." }
    bank_set { zh: "设置收款账户", en: "Set a bank account" }
    bank_change { zh: "更换收款账户", en: "Change the bank account" }
    bank_text { zh: "账户信息加密保存，页面上只显示末四位。更换后 72 小时内不打款，并会发邮件提醒你。", en: "Kept encrypted; only the last four are ever shown. After a change nothing is paid for 72 hours, and we write to you." }
    bank_held(date: &str) { zh: "账户刚更换过，{date} 之后可以提现", en: "Changed a short while ago; payouts from {date} on" }
    bank_holder { zh: "户名", en: "Account holder" }
    bank_name { zh: "开户行", en: "Bank" }
    bank_number { zh: "账号", en: "Account number or IBAN" }
    bank_password { zh: "登录密码", en: "Your password" }
    bank_password_help { zh: "确认是你本人", en: "So that we know it is you" }
    bank_save { zh: "保存账户", en: "Save the account" }
    bank_saved { zh: "收款账户已保存。", en: "The bank account is saved." }
    payouts { zh: "提现", en: "Payouts" }
    payouts_none { zh: "还没有提现记录", en: "No payouts yet" }
    payout_ask(amount: &str) { zh: "申请提现 {amount}", en: "Ask for {amount}" }
    payout_least(amount: &str) { zh: "满 {amount} 可以提现。", en: "Payouts begin at {amount}." }
    payout_asked { zh: "提现申请已提交，两位财务同事核对后打款。", en: "Asked for. Two people check it before it is sent." }
    payout_withdraw { zh: "撤回", en: "Withdraw" }
    payout_withdrawn { zh: "提现申请已撤回。", en: "The request was taken back." }
    payout_reference { zh: "流水号", en: "Reference" }
    payout_to { zh: "收款账户", en: "To" }
    payout_state { zh: "状态", en: "State" }
    payout_date { zh: "申请时间", en: "Asked for" }
    payout_amount { zh: "金额", en: "Amount" }
    payout_draft { zh: "待批准", en: "To be approved" }
    payout_approved { zh: "已批准，待打款", en: "Approved, to be sent" }
    payout_submitting { zh: "提交中", en: "Being sent" }
    payout_in_transit { zh: "打款中", en: "On its way" }
    payout_unknown { zh: "结果不明", en: "Unclear" }
    payout_paid { zh: "已到账", en: "Paid" }
    payout_failed { zh: "打款失败", en: "Failed" }
    payout_canceled { zh: "已取消", en: "Canceled" }
    payout_returned { zh: "被银行退回", en: "Sent back" }

    // staff
    staff_payouts { zh: "提现", en: "Payouts" }
    staff_payouts_none { zh: "没有提现申请", en: "No payouts" }
    staff_payouts_none_text { zh: "讲师申请提现后会排在这里，由两位同事先后批准和打款。", en: "What instructors ask for waits here: one person approves, another sends." }
    payee { zh: "讲师", en: "Instructor" }
    hands { zh: "经手人", en: "Hands" }
    approved_by(name: &str) { zh: "批准：{name}", en: "approved by {name}" }
    sent_by(name: &str) { zh: "打款：{name}", en: "sent by {name}" }
    payable_now(amount: &str) { zh: "可提现 {amount}", en: "{amount} payable" }
    act { zh: "处理", en: "Action" }
    note { zh: "流水号或原因", en: "Reference or reason" }
    move_do { zh: "确认", en: "Do it" }
    move_approve { zh: "批准", en: "Approve" }
    move_reject { zh: "驳回", en: "Reject" }
    move_send { zh: "交支付渠道打款", en: "Send through the provider" }
    move_sent { zh: "已在网银打款", en: "Sent at the bank" }
    move_lost { zh: "结果不明", en: "Unclear" }
    move_paid { zh: "已到账", en: "Arrived" }
    move_failed { zh: "打款失败", en: "Failed" }
    move_returned { zh: "银行退回", en: "Came back" }
    other_person { zh: "等待另一位同事", en: "Waiting for another person" }
    two_people { zh: "批准和打款必须由两位同事完成。打款可以交给支付渠道，也可以在网银里手工完成，再把流水号记在这里。", en: "One person approves, another sends: through the provider, or at the bank by hand, and then keeps its reference here." }

    // terms in the studio
    terms_refunds { zh: "退款承诺", en: "Refund promise" }
    terms_refunds_text { zh: "展示在课程和付款页上，只影响之后的购买。", en: "Shown on the course and before paying. It holds for whoever buys from now on." }
    terms_days { zh: "购买后天数", en: "Days after buying" }
    terms_days_help { zh: "0 表示不承诺退款", en: "0: no promise" }
    terms_studied { zh: "已学不超过（%）", en: "Studied no more than (%)" }
    terms_save { zh: "保存承诺", en: "Save the promise" }
    terms_authors { zh: "合作者分成", en: "Co-authors" }
    terms_authors_text { zh: "从讲师分成里划出的比例，之后的每笔销售按此分配；余下归你。", en: "Parts of what the course earns its instructors, for every sale from now on. The rest is yours." }
    terms_own { zh: "你", en: "You" }
    terms_email { zh: "合作者邮箱", en: "Co-author’s e-mail" }
    terms_share { zh: "比例（%）", en: "Part (%)" }
    terms_add { zh: "添加或更改", en: "Add or change" }
    terms_drop { zh: "移除", en: "Remove" }
    terms_saved { zh: "已保存。", en: "Saved." }

    // refusals
    not_an_instructor { zh: "这个邮箱没有讲师账号", en: "No instructor has this address" }
    too_much_shared { zh: "合作者的比例加起来超过了 100%", en: "The parts come to more than 100%" }
    no_bank { zh: "请先填写收款账户", en: "Please set a bank account first" }
    bank_is_held(date: &str) { zh: "收款账户刚更换过，{date} 之后才能提现", en: "The bank account was changed a short while ago; please come back after {date}" }
    bank_replaced { zh: "讲师已更换收款账户，请驳回这笔提现，让讲师重新申请", en: "The instructor has another bank account now. Please reject this payout and have it asked for again" }
    one_is_open { zh: "已经有一笔提现在处理中", en: "A payout is under way already" }
    too_little(least: &str) { zh: "满 {least} 才能提现", en: "Payouts begin at {least}" }
    balance_changed(payable: &str) { zh: "余额有变化，现在可提现 {payable}，请驳回后让讲师重新申请", en: "The balance has changed: {payable} is payable now. Please reject it and have it asked for again" }
    no_provider { zh: "没有支付渠道支持这种货币的打款，请在网银里手工完成", en: "No provider pays out in this currency; please make the transfer at the bank" }
    second_person { zh: "需要另一位同事来做", en: "Another person has to do this" }
    bad_transition { zh: "现在的状态下不能这样做", en: "That is not possible in the state it is in" }
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

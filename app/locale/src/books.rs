//! Keeping the books straight, as staff read it.

use model::Lang;
use model::books::{NoticeState, Outcome};

messages! {
    suspense { zh: "挂账", en: "Suspense" }
    suspense_text { zh: "迟到、重复或金额不符的款项先记在这里，并自动原路退回。需要人工处理的会出现在退款列表里。", en: "Payments that arrive late, twice or in the wrong amount are held here and returned automatically. Anything that needs a person appears under Refunds." }
    lies_now { zh: "当前余额", en: "Held now" }
    no_strays { zh: "没有挂账款项", en: "Nothing in suspense" }
    no_strays_text { zh: "迟到、重复或金额不符的款项会列在这里。", en: "Payments that arrive late, twice or in the wrong amount will be listed here." }

    webhooks { zh: "渠道通知", en: "Notifications" }
    webhooks_text { zh: "渠道发来的每条通知先验签、存下，再处理。处理多次仍失败的会停在“待人工处理”，排除原因后可以重试；重试不会重复入账。", en: "Every notification is verified and stored before it is processed. Those that keep failing wait for a person; once the cause is gone, retry them. Nothing is ever booked twice." }
    all_notices { zh: "全部", en: "All" }
    no_notices { zh: "没有通知", en: "No notifications" }
    event { zh: "事件", en: "Event" }
    tries { zh: "次数", en: "Attempts" }
    problem { zh: "问题", en: "Problem" }
    replay { zh: "重试", en: "Try again" }
    notice_received { zh: "待处理", en: "Waiting" }
    notice_processed { zh: "已处理", en: "Processed" }
    notice_ignored { zh: "无需处理", en: "Ignored" }
    notice_failed { zh: "失败，将重试", en: "Failed, will retry" }
    notice_dead { zh: "待人工处理", en: "Needs attention" }

    reconciliation { zh: "对账", en: "Reconciliation" }
    reconciliation_text { zh: "每天把渠道的结算清单与本站账目逐笔比对。跨过零点的款项不算差异。", en: "Every day the provider’s statement is compared with our books, payment by payment. Payments that only crossed midnight don’t count as differences." }
    day { zh: "日期", en: "Day" }
    compare { zh: "立即对账", en: "Compare now" }
    not_compared { zh: "还没有对过账", en: "Nothing compared yet" }
    not_compared_text { zh: "每天凌晨自动进行，也可以现在选一天开始。", en: "This runs every night. You can also choose a day and start now." }
    theirs { zh: "渠道", en: "Theirs" }
    ours { zh: "本站", en: "Ours" }
    asked { zh: "时间", en: "Compared" }
    captured { zh: "收款", en: "Received" }
    sent_back { zh: "退款", en: "Sent back" }
    came_back { zh: "退款被退回", en: "Refund returned" }
    withheld { zh: "拒付冻结", en: "Held for a dispute" }
    given_back { zh: "拒付胜诉返还", en: "Dispute won" }
    all_same { zh: "最近一次对账完全一致", en: "The last comparison found no differences" }
    some_differ(n: u32) { zh: "最近一次对账有 {n} 处差异，请核对", en: one "The last comparison found {n} difference; please look", many "The last comparison found {n} differences; please look" }
    no_answer_text { zh: "渠道没有返回清单，稍后会自动再试", en: "The provider did not answer; it will be asked again automatically" }
    outcome_same { zh: "一致", en: "The same" }
    outcome_different { zh: "有差异", en: "Different" }
    outcome_no_answer { zh: "无应答", en: "No answer" }
}

pub fn notice_state(lang: Lang, state: NoticeState) -> &'static str {
    match state {
        NoticeState::Received => notice_received(lang),
        NoticeState::Processed => notice_processed(lang),
        NoticeState::Ignored => notice_ignored(lang),
        NoticeState::Failed => notice_failed(lang),
        NoticeState::Dead => notice_dead(lang),
    }
}

pub fn outcome(lang: Lang, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Same => outcome_same(lang),
        Outcome::Different => outcome_different(lang),
        Outcome::NoAnswer => outcome_no_answer(lang),
    }
}

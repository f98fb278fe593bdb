//! How far an order, its payment, its refunds and its rights are, in a word; who took the money, and why a bank would not.

use model::Lang;
use model::entitlement::GrantState;
use model::orders::{DisputeState, OrderState, Refunded};
use model::payments::{AttemptState, Decline, Provider, RefundCause, RefundState};

messages! {
    // states
    order_awaiting { zh: "待付款", en: "Awaiting payment" }
    order_paid { zh: "已付款", en: "Paid" }
    order_canceled { zh: "已取消", en: "Canceled" }
    order_expired { zh: "已过期", en: "Expired" }
    refund_none { zh: "未退款", en: "Not refunded" }
    refund_partial { zh: "部分退款", en: "Partly refunded" }
    refund_full { zh: "已退款", en: "Refunded" }
    needs_review { zh: "需人工核对", en: "Needs review" }
    needs_review_text {
        zh: "这笔订单有情况需要人工核对，缘由见下方的记录。处理完后请标记为已核对。",
        en: "Something about this order needs a person to review it; the trail below says what. Once it is dealt with, mark it as reviewed."
    }
    looked_at { zh: "标记为已核对", en: "Mark as reviewed" }
    attempt_created { zh: "已创建", en: "Created" }
    attempt_submitting { zh: "发送中", en: "Submitting" }
    attempt_pending { zh: "等待付款人", en: "Waiting for payer" }
    attempt_processing { zh: "银行处理中", en: "Bank processing" }
    attempt_unknown { zh: "不明", en: "Unknown" }
    attempt_succeeded { zh: "成功", en: "Succeeded" }
    attempt_failed { zh: "失败", en: "Failed" }
    attempt_canceled { zh: "已关闭", en: "Closed" }
    refund_requested { zh: "待批准", en: "To be approved" }
    refund_approved { zh: "已批准", en: "Approved" }
    refund_submitting { zh: "提交中", en: "Submitting" }
    refund_pending { zh: "银行处理中", en: "Bank processing" }
    refund_unknown { zh: "不明", en: "Unknown" }
    refund_succeeded { zh: "已退回", en: "Sent back" }
    refund_failed { zh: "退款失败", en: "Failed" }
    refund_canceled { zh: "已驳回", en: "Rejected" }
    refund_needs_attention { zh: "需人工处理", en: "Needs attention" }
    cause_learner { zh: "买家申请", en: "Buyer’s request" }
    cause_staff { zh: "客服退款", en: "By staff" }
    cause_late { zh: "订单关闭后到账", en: "Arrived too late" }
    cause_second { zh: "重复付款", en: "Paid twice" }
    cause_mismatch { zh: "金额不符", en: "Wrong amount" }
    grant_active { zh: "可学习", en: "Open" }
    grant_suspended { zh: "已暂停", en: "Suspended" }
    grant_revoked { zh: "已收回", en: "Revoked" }
    grant_expired { zh: "已到期", en: "Expired" }
}

messages! {
    // declines
    insufficient_funds { zh: "卡内余额不足。", en: "There is not enough money on the card." }
    lost_card { zh: "这张卡已挂失，请换一张卡。", en: "This card has been reported lost; please use another." }
    challenge_failed { zh: "银行验证没有通过。", en: "The bank’s confirmation failed." }
    challenge_denied { zh: "你在银行页面拒绝了这笔付款。", en: "The payment was refused on the bank’s page." }
    other_decline { zh: "付款方拒绝了这笔付款。", en: "The payment was refused by the bank." }

    sandbox { zh: "沙盒支付（不扣真钱）", en: "Sandbox (no real money)" }
    stripe { zh: "银行卡（Stripe）", en: "Card (Stripe)" }
    alipay { zh: "支付宝", en: "Alipay" }
    wechat_pay { zh: "微信支付", en: "WeChat Pay" }

    // disputes
    dispute { zh: "争议", en: "Dispute" }
    dispute_open { zh: "争议中", en: "Open" }
    dispute_won { zh: "已胜诉", en: "Won" }
    dispute_lost { zh: "已败诉", en: "Lost" }
}

pub fn order_state(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => order_awaiting(lang),
        OrderState::Paid => order_paid(lang),
        OrderState::Canceled => order_canceled(lang),
        OrderState::Expired => order_expired(lang),
    }
}

pub fn refunded_state(lang: Lang, state: Refunded) -> &'static str {
    match state {
        Refunded::None => refund_none(lang),
        Refunded::Partial => refund_partial(lang),
        Refunded::Full => refund_full(lang),
    }
}

pub fn attempt_state(lang: Lang, state: AttemptState) -> &'static str {
    match state {
        AttemptState::Created => attempt_created(lang),
        AttemptState::Submitting => attempt_submitting(lang),
        AttemptState::Pending => attempt_pending(lang),
        AttemptState::Processing => attempt_processing(lang),
        AttemptState::Unknown => attempt_unknown(lang),
        AttemptState::Succeeded => attempt_succeeded(lang),
        AttemptState::Failed => attempt_failed(lang),
        AttemptState::Canceled => attempt_canceled(lang),
    }
}

pub fn refund_state(lang: Lang, state: RefundState) -> &'static str {
    match state {
        RefundState::Requested => refund_requested(lang),
        RefundState::Approved => refund_approved(lang),
        RefundState::Submitting => refund_submitting(lang),
        RefundState::Pending => refund_pending(lang),
        RefundState::Unknown => refund_unknown(lang),
        RefundState::Succeeded => refund_succeeded(lang),
        RefundState::Failed => refund_failed(lang),
        RefundState::Canceled => refund_canceled(lang),
        RefundState::NeedsAttention => refund_needs_attention(lang),
    }
}

pub fn refund_cause(lang: Lang, cause: RefundCause) -> &'static str {
    match cause {
        RefundCause::Staff => cause_staff(lang),
        RefundCause::Learner => cause_learner(lang),
        RefundCause::Late => cause_late(lang),
        RefundCause::Second => cause_second(lang),
        RefundCause::Mismatch => cause_mismatch(lang),
    }
}

pub fn grant_state(lang: Lang, state: GrantState) -> &'static str {
    match state {
        GrantState::Active => grant_active(lang),
        GrantState::Suspended => grant_suspended(lang),
        GrantState::Revoked => grant_revoked(lang),
        GrantState::Expired => grant_expired(lang),
    }
}

/// How a dispute stands; none where there is none.
pub fn dispute_state(lang: Lang, state: DisputeState) -> Option<&'static str> {
    match state {
        DisputeState::None => None,
        DisputeState::Open => Some(dispute_open(lang)),
        DisputeState::Won => Some(dispute_won(lang)),
        DisputeState::Lost => Some(dispute_lost(lang)),
    }
}

pub fn decline(lang: Lang, decline: Decline) -> &'static str {
    match decline {
        Decline::InsufficientFunds => insufficient_funds(lang),
        Decline::LostCard => lost_card(lang),
        Decline::ChallengeFailed => challenge_failed(lang),
        Decline::ChallengeDenied => challenge_denied(lang),
        Decline::Other => other_decline(lang),
    }
}

pub fn provider_name(lang: Lang, provider: Provider) -> &'static str {
    match provider {
        Provider::Sandbox => sandbox(lang),
        Provider::Stripe => stripe(lang),
        Provider::Alipay => alipay(lang),
        Provider::Wechat => wechat_pay(lang),
    }
}

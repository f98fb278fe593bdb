//! What stands on receipts and credit notes.

use model::Lang;
use model::orders::LineKind;

messages! {
    receipt { zh: "收据", en: "Receipt" }
    receipt_number { zh: "收据编号", en: "Receipt number" }
    credit_note { zh: "退款凭证", en: "Credit note" }
    credit_number { zh: "凭证编号", en: "Credit note number" }
    /// Beside its number, where the bank sent its money back.
    credit_void { zh: "已作废：银行退回了这笔退款", en: "Void: the bank sent this refund back" }
    /// In the seal.
    paid { zh: "已付", en: "PAID" }
    refunded { zh: "已退", en: "REFUNDED" }
    paid_on { zh: "付款时间", en: "Paid" }
    refunded_on { zh: "退款时间", en: "Refunded" }
    zone(at: &str) { zh: "{at}（UTC+8）", en: "{at} (UTC+8)" }
    paid_by { zh: "付款方式", en: "Paid by" }
    order { zh: "订单号", en: "Order" }
    of_receipt { zh: "对应收据", en: "For receipt" }
    seller { zh: "收款方", en: "From" }
    buyer { zh: "付款方", en: "To" }
    tax_number(number: &str) { zh: "税号 {number}", en: "Tax number {number}" }
    item { zh: "项目", en: "Item" }
    list_price { zh: "原价", en: "Price" }
    reduction { zh: "优惠", en: "Reduction" }
    amount { zh: "金额", en: "Amount" }
    subtotal { zh: "小计", en: "Subtotal" }
    tax { zh: "其中税额", en: "Tax included" }
    total { zh: "合计", en: "Total" }
    from_gift { zh: "赠送余额支付", en: "From gift balance" }
    from_cash { zh: "余额支付", en: "From wallet" }
    from_provider(name: &str) { zh: "{name}支付", en: "By {name}" }
    wallet { zh: "余额", en: "Wallet" }
    free { zh: "免费", en: "Free of charge" }
    refund_total { zh: "退款金额", en: "Amount refunded" }
    order_total { zh: "订单金额", en: "Order total" }
    holds(titles: &str) { zh: "内含：{titles}", en: "Holds: {titles}" }
    times(n: u32) { zh: "{n} 份", en: "{n} ×" }
    no_invoice { zh: "本收据是付款凭证，不是发票。需要发票，请登录后在“我的发票”申请。", en: "This receipt proves your payment. It is not a Chinese tax invoice (fapiao); ask for one under “My invoices”." }
    credit_text { zh: "上列款项已从原收据中退还。原收据保留不变，两份凭证合在一起即为这笔订单的实际金额。", en: "This amount of the receipt named above has been given back. The receipt itself stays as it is; both together say what was really paid." }
    author { zh: "讲台", en: "Lectern" }
    foot(address: &str) { zh: "讲台 · {address}", en: "Lectern · {address}" }
    gift_of(title: &str) { zh: "赠课：{title}", en: "Gift: {title}" }
    seats_of(title: &str) { zh: "学习名额：{title}", en: "Seats: {title}" }
    receipt_file(number: &str) { zh: "收据-{number}.pdf", en: "receipt-{number}.pdf" }
    credit_file(number: &str) { zh: "退款凭证-{number}.pdf", en: "credit-note-{number}.pdf" }
}

/// What a line is called.
pub fn line(lang: Lang, kind: LineKind, title: &str) -> String {
    match kind {
        LineKind::Gift => gift_of(lang, title),
        LineKind::SeatPack => seats_of(lang, title),
        LineKind::Course | LineKind::Bundle | LineKind::Subscription | LineKind::Topup => title.to_owned(),
    }
}

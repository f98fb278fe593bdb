//! 发票: asking for invoices, and issuing them.

use model::Lang;
use model::invoices::{FileFormat, InvoiceKind, InvoiceState, Refusal, TitleKind};

messages! {
    // a person's own
    my_invoices { zh: "我的发票", en: "My invoices" }
    lede { zh: "勾选已付款的订单，填写抬头，数字化电子发票会发到邮箱，也能在这里下载。几笔订单可以合开一张。", en: "Choose paid orders and enter who the invoice (fapiao) is for. It arrives by e-mail and can be downloaded here. Several orders can share one invoice." }
    ask_title { zh: "申请开票", en: "Request an invoice" }
    which_orders { zh: "开票订单", en: "Orders" }
    which_orders_help { zh: "金额为实付部分，不含优惠券和赠送余额。", en: "The amount is what you actually paid, excluding coupons and gift balance." }
    paid_on(date: &str) { zh: "{date} 付款", en: "paid {date}" }
    title_kind_label { zh: "抬头类型", en: "Invoice to" }
    personal { zh: "个人", en: "Individual" }
    company { zh: "企业单位", en: "Company" }
    company_note { zh: "需要税号", en: "tax number required" }
    invoice_kind_label { zh: "发票类型", en: "Invoice type" }
    ordinary { zh: "数电普票", en: "Ordinary e-fapiao" }
    special { zh: "数电专票", en: "Special VAT e-fapiao" }
    special_note { zh: "企业可抵扣", en: "deductible for companies" }
    title { zh: "发票抬头", en: "Invoice title" }
    title_help { zh: "企业请填营业执照上的全称", en: "For companies, the full registered name" }
    tax_number { zh: "税号", en: "Tax number" }
    tax_number_help { zh: "企业必填：统一社会信用代码，18 位", en: "Required for companies: the 18-character unified social credit code" }
    email { zh: "接收邮箱", en: "Send to" }
    bank { zh: "开户行及账号", en: "Bank and account" }
    address { zh: "地址及电话", en: "Address and telephone" }
    optional { zh: "选填", en: "optional" }
    ask { zh: "提交申请", en: "Submit request" }
    nothing_to_invoice { zh: "没有可开票的订单", en: "No orders to invoice" }
    nothing_to_invoice_text { zh: "付款订单出现后，就能在这里申请。收据可以在每笔订单里直接下载。", en: "Once you have paid for something, you can request an invoice here. Receipts can be downloaded from each order." }
    older_orders { zh: "这里只列出最近的 100 笔。开过票之后，更早的订单会接着出现。", en: "Only the latest 100 are listed. Older orders come up as these are invoiced." }
    past { zh: "开票记录", en: "Past invoices" }
    number { zh: "编号", en: "Number" }
    state_label { zh: "状态", en: "State" }
    amount { zh: "金额", en: "Amount" }
    asked_on { zh: "申请时间", en: "Requested" }

    // one invoice
    invoice(number: &str) { zh: "发票申请 {number}", en: "Invoice {number}" }
    all_my_invoices { zh: "全部发票", en: "All invoices" }
    requested_text(date: &str) { zh: "已收到申请，预计 {date} 前开出。开票前可以撤回修改。", en: "We’ve received your request and expect to issue it by {date}. Until then you can withdraw it." }
    issuing_text(date: &str) { zh: "正在开票，预计 {date} 前完成。", en: "It is being issued, expected by {date}." }
    issued_text { zh: "发票已开出，可以下载，也已发邮件通知你。", en: "Your invoice is ready to download. We have e-mailed you as well." }
    red_requested_text(amount: &str) { zh: "订单退款 {amount}，正在为退款部分开具红字发票。", en: "{amount} was refunded; a red-letter (credit) invoice for it is being issued." }
    red_issued_text(amount: &str) { zh: "退款 {amount} 已开具红字发票。", en: "A red-letter (credit) invoice for the {amount} refund has been issued." }
    none_text { zh: "申请已撤回，这些订单可以重新申请。", en: "The request was withdrawn; its orders can be invoiced again." }
    refused_text(reason: &str) { zh: "财务未能按申请开票：{reason}。请修改后重新申请。", en: "We couldn’t issue it as requested: {reason}. Please correct it and submit again." }
    withdraw { zh: "撤回申请", en: "Withdraw request" }
    download { zh: "下载", en: "Download" }
    file(format: &str, size: &str) { zh: "{format} 文件 · {size}", en: "{format} · {size}" }
    red_file(format: &str, size: &str) { zh: "红字发票 {format} · {size}", en: "Red-letter {format} · {size}" }
    on_it { zh: "所含订单", en: "Orders included" }
    tax_office_number { zh: "发票号码", en: "Invoice number" }
    issued_on { zh: "开票时间", en: "Issued" }
    red_number { zh: "红字发票号码", en: "Red-letter number" }
    red_on { zh: "红字开具时间", en: "Red-letter issued" }
    went_back(amount: &str) { zh: "已退 {amount}", en: "{amount} refunded" }

    // states
    state_none { zh: "已撤回", en: "Withdrawn" }
    state_requested { zh: "待开票", en: "Requested" }
    state_issuing { zh: "开票中", en: "Being issued" }
    state_issued { zh: "已开票", en: "Issued" }
    state_red_requested { zh: "待红冲", en: "Red-letter due" }
    state_red_issued { zh: "已红冲", en: "Red-letter issued" }

    // refusals
    already_invoiced { zh: "其中有订单已经在另一张发票上了", en: "One of these orders is already on another invoice" }
    nothing_paid { zh: "所选订单没有可开票的实付金额", en: "These orders have no paid amount to invoice" }
    currencies { zh: "一张发票只能是一种币种", en: "An invoice can only be in one currency" }
    not_possible { zh: "发票状态已变化，请刷新后再试", en: "The invoice’s state has changed; please refresh and try again" }

    // finance
    staff_invoices { zh: "发票", en: "Invoices" }
    waiting(n: u64) { zh: "{n} 张待处理", en: one "{n} waits for you", many "{n} wait for you" }
    nobody_waits { zh: "没有待处理的申请", en: "No requests waiting" }
    no_invoices { zh: "没有找到发票", en: "No invoices found" }
    no_invoices_text { zh: "学员申请开票后会出现在这里。", en: "Learners’ invoice requests appear here." }
    search { zh: "抬头、税号、邮箱或号码", en: "Title, tax number, e-mail or number" }
    show { zh: "查看", en: "Show" }
    every_state { zh: "全部状态", en: "All states" }
    all_waiting { zh: "待处理", en: "Waiting" }
    late { zh: "已超时", en: "Late" }
    export { zh: "导出 CSV", en: "Export CSV" }
    take { zh: "开始处理", en: "Start processing" }
    take_text { zh: "开始处理后，学员不能再撤回。", en: "Once processing starts, the learner can no longer withdraw it." }
    issue_title { zh: "登记开票结果", en: "Record the invoice" }
    issue_text { zh: "在电子税务局开出后，登记号码并上传文件，学员会收到通知。", en: "After issuing it at the e-tax bureau, enter its number and upload the file. The learner is notified." }
    issue { zh: "登记为已开票", en: "Mark as issued" }
    red_title { zh: "登记红字发票", en: "Red-letter invoice" }
    red_text(amount: &str) { zh: "需红冲 {amount}。", en: "{amount} to be credited." }
    issue_red { zh: "登记为已红冲", en: "Mark as issued" }
    number_field { zh: "发票号码", en: "Invoice number" }
    number_help { zh: "数电发票 20 位", en: "20 digits for an e-fapiao" }
    file_field { zh: "发票文件", en: "File" }
    file_help { zh: "PDF、OFD 或 XML，不超过 5 MB", en: "PDF, OFD or XML, up to 5 MB" }
    attach_title { zh: "补充其他格式", en: "Add another format" }
    attach { zh: "上传文件", en: "Upload file" }
    refuse_title { zh: "退回申请", en: "Return the request" }
    refuse_reason { zh: "退回原因", en: "Reason" }
    refuse_help { zh: "学员会看到，例如：抬头与税号不符", en: "The learner sees it, for example: title and tax number don’t match" }
    refuse { zh: "退回", en: "Return" }
    asked_by { zh: "申请人", en: "Requested by" }

    // letters
    letter_issued_subject(number: &str) { zh: "发票已开出：{number}", en: "Your invoice {number} is ready" }
    letter_issued_text(name: &str, page: &str) {
        zh: "{name}，你好：\n\n你申请的发票已经开出，可以在这里查看和下载：\n{page}",
        en: "Hello {name},\n\nthe invoice you asked for has been issued. You can see and download it here:\n{page}"
    }
    letter_refused_subject(number: &str) { zh: "开票申请被退回：{number}", en: "Your invoice {number} could not be issued" }
    letter_refused_text(name: &str, reason: &str, page: &str) {
        zh: "{name}，你好：\n\n财务未能按申请开票：{reason}\n\n请修改后重新申请：\n{page}",
        en: "Hello {name},\n\nyour invoice could not be issued as asked for: {reason}\n\nPlease correct it and ask again:\n{page}"
    }
    letter_red_subject(number: &str) { zh: "红字发票已开具：{number}", en: "Red-letter invoice for {number}" }
    letter_red_text(name: &str, page: &str) {
        zh: "{name}，你好：\n\n订单退款对应的红字发票已经开具：\n{page}",
        en: "Hello {name},\n\nthe red-letter invoice over your refund has been issued:\n{page}"
    }
}

pub fn state(lang: Lang, state: InvoiceState) -> &'static str {
    match state {
        InvoiceState::None => state_none(lang),
        InvoiceState::Requested => state_requested(lang),
        InvoiceState::Issuing => state_issuing(lang),
        InvoiceState::Issued => state_issued(lang),
        InvoiceState::RedRequested => state_red_requested(lang),
        InvoiceState::RedIssued => state_red_issued(lang),
    }
}

pub fn title_kind(lang: Lang, kind: TitleKind) -> &'static str {
    match kind {
        TitleKind::Personal => personal(lang),
        TitleKind::Company => company(lang),
    }
}

pub fn invoice_kind(lang: Lang, kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Ordinary => ordinary(lang),
        InvoiceKind::Special => special(lang),
    }
}

pub fn format(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => "PDF",
        FileFormat::Ofd => "OFD",
        FileFormat::Xml => "XML",
    }
}

/// Why not.
pub fn refusal(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::AlreadyInvoiced => already_invoiced(lang),
        Refusal::NothingPaid => nothing_paid(lang),
        Refusal::Currencies => currencies(lang),
        Refusal::Transition => not_possible(lang),
    }
}

/// The headings of finance's table.
pub fn columns(lang: Lang) -> [&'static str; 18] {
    match lang {
        Lang::Zh => [
            "申请编号",
            "状态",
            "抬头类型",
            "发票类型",
            "抬头",
            "税号",
            "金额",
            "币种",
            "邮箱",
            "开户行及账号",
            "地址及电话",
            "订单号",
            "申请日期",
            "发票号码",
            "开票日期",
            "红冲金额",
            "红字发票号码",
            "红冲日期",
        ],
        Lang::En => [
            "Request",
            "State",
            "Made out to",
            "Kind",
            "Title",
            "Tax number",
            "Amount",
            "Currency",
            "E-mail",
            "Bank and account",
            "Address and telephone",
            "Orders",
            "Asked",
            "Invoice number",
            "Issued",
            "Red-letter amount",
            "Red-letter number",
            "Red-letter issued",
        ],
    }
}

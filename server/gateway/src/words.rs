//! What the hosted page says, in Chinese and in English.

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Zh,
    En,
}

impl Lang {
    /// `?lang=` decides, then the browser's wishes in their order, then English.
    pub(crate) fn choose(asked: Option<&str>, accepted: Option<&str>) -> Self {
        asked.and_then(Self::of).or_else(|| accepted?.split(',').find_map(Self::of)).unwrap_or(Self::En)
    }

    fn of(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        if tag.starts_with("zh") {
            Some(Self::Zh)
        } else if tag.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// As a URL has it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// As HTML has it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

/// A card that can be tried: its title and what it does.
pub(crate) struct Card {
    pub(crate) title: &'static str,
    pub(crate) effect: &'static str,
}

/// A page that reports a state.
pub(crate) struct Report {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
}

/// Every sentence of the page. `{…}` marks what is put in.
pub(crate) struct Words {
    pub(crate) brand: &'static str,
    pub(crate) ribbon: &'static str,
    pub(crate) other_language: &'static str,
    pub(crate) title: &'static str,
    pub(crate) paying: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) last_minute: &'static str,
    pub(crate) cards: &'static str,
    pub(crate) cards_hint: &'static str,
    pub(crate) works: Card,
    pub(crate) insufficient: Card,
    pub(crate) lost: Card,
    pub(crate) confirmed: Card,
    pub(crate) works_once: Card,
    pub(crate) lost_later: Card,
    pub(crate) slow: &'static str,
    pub(crate) slow_hint: &'static str,
    pub(crate) slow_works: Card,
    pub(crate) slow_fails: Card,
    pub(crate) abandon: &'static str,
    pub(crate) back: &'static str,
    pub(crate) going_back: &'static str,
    pub(crate) look_again: &'static str,
    pub(crate) succeeded: Report,
    pub(crate) processing: Report,
    pub(crate) failed: Report,
    pub(crate) canceled: Report,
    pub(crate) expired: Report,
    pub(crate) missing: Report,
    pub(crate) broken: Report,
    pub(crate) already_paid: &'static str,
    pub(crate) too_late: &'static str,
    pub(crate) insufficient_funds: &'static str,
    pub(crate) lost_card: &'static str,
    pub(crate) challenge_failed: &'static str,
    pub(crate) challenge_denied: &'static str,
    pub(crate) refunded: &'static str,
    pub(crate) bank: &'static str,
    pub(crate) step: &'static str,
    pub(crate) step_one: Report,
    pub(crate) step_two: Report,
    pub(crate) step_three: Report,
    pub(crate) go_on: &'static str,
    pub(crate) code: &'static str,
    pub(crate) code_hint: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) deny: &'static str,
}

const EN: Words = Words {
    brand: "Sandbox Pay",
    ribbon: "Sandbox: no real money moves here",
    other_language: "中文",
    title: "Pay {amount}",
    paying: "To {shop}",
    reference: "Reference",
    expires: "Time left",
    minutes: "{n} min",
    last_minute: "less than a minute",
    cards: "Choose a test card",
    cards_hint: "Each card has one fixed behaviour. Nothing to type in.",
    works: Card { title: "Payment succeeds", effect: "Approved straight away" },
    insufficient: Card { title: "Insufficient funds", effect: "Declined; another card may be tried" },
    lost: Card { title: "Lost card", effect: "Declined for good" },
    confirmed: Card { title: "Bank confirmation", effect: "Three steps, then approved" },
    works_once: Card { title: "Empty next time", effect: "Approved now; later charges are declined" },
    lost_later: Card { title: "Lost next time", effect: "Approved now; later charges are declined for good" },
    slow: "Or a slow method",
    slow_hint: "The answer arrives a few seconds after you have left.",
    slow_works: Card { title: "Bank transfer", effect: "Arrives later" },
    slow_fails: Card { title: "Bank transfer", effect: "Is refused later" },
    abandon: "Leave without paying",
    back: "Back to the shop",
    going_back: "You will be taken back in a few seconds.",
    look_again: "Check again",
    succeeded: Report { title: "Payment complete", text: "{amount} has been paid. The shop has been told." },
    processing: Report {
        title: "Waiting for the bank",
        text: "The transfer of {amount} is on its way. You may close this page: the shop will hear about it.",
    },
    failed: Report { title: "The transfer was refused", text: "Nothing was charged. Return to the shop to try again." },
    canceled: Report { title: "This payment was closed", text: "The shop closed it before it was paid. Nothing was charged." },
    expired: Report {
        title: "This payment has expired",
        text: "Time ran out before it was paid. Nothing was charged; start again from the shop.",
    },
    missing: Report { title: "No such payment", text: "Check the address, or start again from the shop." },
    broken: Report { title: "Something went wrong here", text: "Nothing was charged. Reload the page in a moment." },
    already_paid: "This payment was already made. You have not been charged again.",
    too_late: "Nothing was done: this payment is no longer open.",
    insufficient_funds: "The card was declined: insufficient funds. Nothing was charged. Try another card.",
    lost_card: "The card was declined: it has been reported lost. Nothing was charged. Use another card.",
    challenge_failed: "The bank could not confirm the code. Nothing was charged. Try again or use another card.",
    challenge_denied: "You refused the payment at your bank. Nothing was charged.",
    refunded: "Refunded so far: {amount}",
    bank: "Sandbox Bank",
    step: "Step {n} of 3",
    step_one: Report {
        title: "Your bank wants to be sure",
        text: "A payment of {amount} to {shop} needs your confirmation. We are sending a code to your phone.",
    },
    step_two: Report { title: "Enter the code", text: "The sandbox phone shows: {code}" },
    step_three: Report { title: "Approve the payment", text: "{amount} to {shop}, from the card ending in 3155." },
    go_on: "Continue",
    code: "Code",
    code_hint: "Six digits. A wrong code ends the confirmation.",
    approve: "Approve {amount}",
    deny: "Refuse",
};

const ZH: Words = Words {
    brand: "沙盒支付",
    ribbon: "沙盒环境：不会产生真实扣款",
    other_language: "English",
    title: "支付 {amount}",
    paying: "付给 {shop}",
    reference: "订单编号",
    expires: "剩余时间",
    minutes: "{n} 分钟",
    last_minute: "不到一分钟",
    cards: "选择一张测试卡",
    cards_hint: "每张卡的结果都是固定的，无需填写卡号。",
    works: Card { title: "支付成功", effect: "立即通过" },
    insufficient: Card { title: "余额不足", effect: "被拒，可换卡再试" },
    lost: Card { title: "挂失卡", effect: "被拒，此卡无法再用" },
    confirmed: Card { title: "银行验证", effect: "三步验证后通过" },
    works_once: Card { title: "下次余额不足", effect: "本次通过，之后自动扣款因余额不足被拒" },
    lost_later: Card { title: "之后挂失", effect: "本次通过，之后自动扣款被拒且无法恢复" },
    slow: "或使用非实时方式",
    slow_hint: "离开页面几秒后才会有结果。",
    slow_works: Card { title: "银行转账", effect: "稍后到账" },
    slow_fails: Card { title: "银行转账", effect: "稍后被拒" },
    abandon: "暂不支付，返回商家",
    back: "返回商家",
    going_back: "几秒后将自动返回。",
    look_again: "刷新状态",
    succeeded: Report { title: "支付成功", text: "已支付 {amount}，结果已通知商家。" },
    processing: Report {
        title: "等待银行处理", text: "{amount} 的转账正在处理。可以关闭此页，结果会通知商家。"
    },
    failed: Report { title: "转账被拒绝", text: "未扣款。请返回商家重新支付。" },
    canceled: Report { title: "这笔支付已关闭", text: "商家在付款前关闭了它，未扣款。" },
    expired: Report {
        title: "这笔支付已过期", text: "未在规定时间内付款，没有扣款。请返回商家重新下单。"
    },
    missing: Report { title: "找不到这笔支付", text: "请检查网址，或从商家页面重新进入。" },
    broken: Report { title: "页面出了点问题", text: "没有扣款。请稍后刷新重试。" },
    already_paid: "这笔支付之前已经完成，没有重复扣款。",
    too_late: "未做任何操作：这笔支付已不能继续。",
    insufficient_funds: "银行卡余额不足，支付被拒，未扣款。请换一张卡。",
    lost_card: "该卡已挂失，支付被拒，未扣款。请使用其他卡。",
    challenge_failed: "验证码不正确，银行未能确认，未扣款。请重试或换一张卡。",
    challenge_denied: "你已在银行页面拒绝这笔支付，未扣款。",
    refunded: "已退款 {amount}",
    bank: "沙盒银行",
    step: "第 {n} 步，共 3 步",
    step_one: Report {
        title: "银行需要你确认", text: "向 {shop} 支付 {amount} 需要验证身份，我们将向你的手机发送验证码。"
    },
    step_two: Report { title: "输入验证码", text: "沙盒手机收到：{code}" },
    step_three: Report { title: "确认支付", text: "使用尾号 3155 的卡向 {shop} 支付 {amount}。" },
    go_on: "继续",
    code: "验证码",
    code_hint: "六位数字。输错一次即结束验证。",
    approve: "确认支付 {amount}",
    deny: "拒绝",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_comes_before_the_browsers() {
        assert_eq!(Lang::choose(Some("zh"), Some("en-GB,en;q=0.9")), Lang::Zh);
        assert_eq!(Lang::choose(Some("fr"), Some("fr,zh-CN;q=0.8,en;q=0.5")), Lang::Zh);
        assert_eq!(Lang::choose(None, Some("fr")), Lang::En);
        assert_eq!(Lang::choose(None, None), Lang::En);
    }
}

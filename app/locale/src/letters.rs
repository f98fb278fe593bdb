//! Letters to people: subject and text.

use crate::{dates, numbers};
use model::{Lang, Moment, Money};

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub text: String,
}

messages! {
    welcome_subject { zh: "欢迎来到讲台", en: "Welcome to Lectern" }
    welcome_text(name: &str, feed: &str) {
        zh: "{name}，你好：\n\n你的讲台账号已经可以用了。选几个感兴趣的主题，首页就会开始为你挑课；每一条推荐都写明理由，不想看的，点一下就不再出现。\n\n从这里开始：\n{feed}",
        en: "Hello {name},\n\nyour Lectern account is ready. Choose a few topics and your feed starts to pick courses for you. Every suggestion says why it is there, and one tap takes away what you don’t want.\n\nStart here:\n{feed}"
    }
    someone_tried_subject { zh: "有人用你的邮箱注册讲台", en: "Someone tried to register with your address" }
    someone_tried_text(name: &str, sign_in: &str) {
        zh: "{name}，你好：\n\n刚才有人想用这个邮箱注册讲台，但它已经属于你的账号，所以没有成功。\n\n如果是你自己，直接登录就好：\n{sign_in}\n\n如果不是你，不必做什么，你的账号没有任何变化。",
        en: "Hello {name},\n\nsomeone just tried to register at Lectern with this address. It already belongs to your account, so nothing came of it.\n\nIf it was you, simply sign in:\n{sign_in}\n\nIf it wasn’t, there is nothing you need to do. Your account is unchanged."
    }
    password_changed_subject { zh: "你的讲台密码已修改", en: "Your Lectern password was changed" }
    password_changed_text(name: &str, sign_in: &str) {
        zh: "{name}，你好：\n\n你的密码刚刚被修改，其他设备上的登录已全部退出。\n\n如果不是你改的，请马上回复这封邮件。\n\n登录：\n{sign_in}",
        en: "Hello {name},\n\nyour password was changed just now, and every other device was signed out.\n\nIf it wasn’t you, answer this letter at once.\n\nSign in:\n{sign_in}"
    }
    bank_changed_subject { zh: "你的收款账户已更新", en: "Your bank account for payouts was set" }
    bank_changed_text(name: &str, earnings: &str) {
        zh: "{name}，你好：\n\n你在讲台的收款账户刚刚被设置或更换。如果是更换，72 小时内不会向新账户打款，给你留出核对的时间。\n\n如果不是你操作的，请马上修改密码，并回复这封邮件。\n\n收入与收款账户：\n{earnings}",
        en: "Hello {name},\n\nthe bank account that Lectern pays you at was set or changed just now. Nothing is paid to a changed account for 72 hours, so that you have time to look.\n\nIf it wasn’t you, change your password and answer this letter at once.\n\nEarnings and bank account:\n{earnings}"
    }
    receipt_subject(number: &str) { zh: "讲台收据 {number}", en: "Your Lectern receipt {number}" }
    receipt_text(name: &str, titles: &str, total: &str, date: &str, number: &str, paper: &str, order: &str) {
        zh: "{name}，你好：\n\n付款成功，课程已经可以学了。\n\n{titles}\n\n合计：{total}\n日期：{date}\n收据编号：{number}\n\n下载收据（PDF）：\n{paper}\n\n订单：\n{order}",
        en: "Hello {name},\n\nyour payment arrived and the door is open.\n\n{titles}\n\nTotal: {total}\nDate: {date}\nReceipt: {number}\n\nThe receipt as a PDF file:\n{paper}\n\nThe order:\n{order}"
    }
    refund_subject { zh: "退款已受理", en: "Your refund is on its way" }
    refund_text(name: &str, amount: &str, order: &str) {
        zh: "{name}，你好：\n\n我们已退款 {amount}，按原付款方式退回，通常 1 到 5 个工作日到账。\n\n订单：\n{order}",
        en: "Hello {name},\n\nwe have refunded {amount} to the way you paid. It usually arrives within one to five working days.\n\nThe order:\n{order}"
    }
    greeting { zh: "讲台", en: "Lectern" }
}

pub fn welcome(lang: Lang, name: &str, feed: &str) -> Words {
    letter(lang, welcome_subject(lang), &welcome_text(lang, name, feed))
}

pub fn someone_tried(lang: Lang, name: &str, sign_in: &str) -> Words {
    letter(lang, someone_tried_subject(lang), &someone_tried_text(lang, name, sign_in))
}

pub fn password_changed(lang: Lang, name: &str, sign_in: &str) -> Words {
    letter(lang, password_changed_subject(lang), &password_changed_text(lang, name, sign_in))
}

pub fn bank_changed(lang: Lang, name: &str, earnings: &str) -> Words {
    letter(lang, bank_changed_subject(lang), &bank_changed_text(lang, name, earnings))
}

/// What a receipt says.
pub struct Receipt<'a> {
    pub number: &'a str,
    pub titles: &'a [String],
    pub total: Money,
    pub paid_at: Moment,
    /// Address of the order.
    pub order: &'a str,
    /// Address of the receipt as a file.
    pub paper: &'a str,
}

pub fn receipt(lang: Lang, name: &str, receipt: &Receipt<'_>) -> Words {
    let titles = receipt.titles.iter().map(|title| format!("· {title}")).collect::<Vec<_>>().join("\n");
    let (total, date) = (numbers::money_exact(receipt.total), dates::date(lang, receipt.paid_at));
    let text = receipt_text(lang, name, &titles, &total, &date, receipt.number, receipt.paper, receipt.order);
    letter(lang, &receipt_subject(lang, receipt.number), &text)
}

pub fn refund(lang: Lang, name: &str, amount: Money, order: &str) -> Words {
    letter(lang, refund_subject(lang), &refund_text(lang, name, &numbers::money_exact(amount), order))
}

/// An invoice was issued, refused (with a reason), or taken back by a red-letter one.
pub fn invoice(lang: Lang, name: &str, what: &str, number: &str, reason: &str, page: &str) -> Words {
    use crate::invoices as says;
    let (subject, text) = match what {
        "refused" => (says::letter_refused_subject(lang, number), says::letter_refused_text(lang, name, reason, page)),
        "red_issued" => (says::letter_red_subject(lang, number), says::letter_red_text(lang, name, page)),
        _ => (says::letter_issued_subject(lang, number), says::letter_issued_text(lang, name, page)),
    };
    letter(lang, &subject, &text)
}

/// A gift is paid; its link is on this page.
pub fn gift(lang: Lang, name: &str, title: &str, page: &str) -> Words {
    use crate::vouchers as says;
    letter(lang, &says::letter_gift_subject(lang, title), &says::letter_gift_text(lang, name, title, page))
}

/// Somebody has claimed it.
pub fn gift_claimed(lang: Lang, name: &str, title: &str) -> Words {
    use crate::vouchers as says;
    letter(lang, &says::letter_claimed_subject(lang, title), &says::letter_claimed_text(lang, name, title))
}

/// Somebody is invited to a seat.
pub fn seat(lang: Lang, from: &str, title: &str, link: &str) -> Words {
    use crate::vouchers as says;
    letter(lang, &says::letter_seat_subject(lang, title), &says::letter_seat_text(lang, from, title, link))
}

/// Every letter ends with who wrote it.
pub fn letter(lang: Lang, subject: &str, text: &str) -> Words {
    Words { subject: subject.to_owned(), text: format!("{text}\n\n— {}\n", greeting(lang)) }
}

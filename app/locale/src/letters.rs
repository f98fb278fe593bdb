//! Letters to people: subject and text.

use crate::{dates, numbers};
use model::payments::RefundCause;
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
    someone_tried_subject { zh: "有人想用你的邮箱", en: "Someone tried to use your address" }
    someone_tried_text(name: &str, sign_in: &str, reset: &str) {
        zh: "{name}，你好：\n\n刚才有人想在讲台使用这个邮箱，但它已经属于你的账号，所以没有成功。\n\n如果是你自己，直接登录就好：\n{sign_in}\n\n忘了密码，可以在这里重设：\n{reset}\n\n如果不是你，不必做什么，你的账号没有任何变化。",
        en: "Hello {name},\n\nsomeone just tried to use this address at Lectern. It already belongs to your account, so nothing came of it.\n\nIf it was you, simply sign in:\n{sign_in}\n\nIf you forgot your password, set a new one:\n{reset}\n\nIf it wasn’t you, there is nothing you need to do. Your account is unchanged."
    }
    welcome_confirm_text(name: &str, link: &str, feed: &str) {
        zh: "{name}，你好：\n\n你的讲台账号已经可以用了。请点开下面的链接，确认这个邮箱是你的（7 天内有效）：\n{link}\n\n再选几个感兴趣的主题，首页就会开始为你挑课：\n{feed}\n\n如果你没有注册过讲台，请不要理会这封邮件。",
        en: "Hello {name},\n\nyour Lectern account is ready. Please follow this link to confirm that the address is yours (it works for seven days):\n{link}\n\nThen choose a few topics and your feed starts to pick courses for you:\n{feed}\n\nIf you did not join Lectern, please ignore this letter."
    }
    password_reset_subject { zh: "重设讲台密码", en: "Set a new Lectern password" }
    password_reset_text(name: &str, link: &str) {
        zh: "{name}，你好：\n\n有人（希望是你）说忘记了密码。打开下面的链接就能设一个新的，30 分钟内有效，只能用一次：\n{link}\n\n设好之后，所有设备都会退出登录，用新密码再登录即可。\n\n如果不是你要求的，不必理会，密码没有变化。",
        en: "Hello {name},\n\nsomeone, hopefully you, forgot the password. This link sets a new one. It works for 30 minutes, and once:\n{link}\n\nAfterwards every device is signed out, and you sign in with the new password.\n\nIf you didn’t ask for this, ignore the letter. Your password is unchanged."
    }
    confirm_address_subject { zh: "确认你的邮箱", en: "Confirm your address" }
    confirm_address_text(name: &str, link: &str) {
        zh: "{name}，你好：\n\n请打开下面的链接，确认这个邮箱是你的，7 天内有效：\n{link}\n\n如果你没有讲台账号，请不要理会这封邮件。",
        en: "Hello {name},\n\nplease follow this link to confirm that the address is yours. It works for seven days:\n{link}\n\nIf you have no Lectern account, please ignore this letter."
    }
    confirm_new_address_text(name: &str, link: &str) {
        zh: "{name}，你好：\n\n你想把讲台账号的邮箱换成这一个。请打开下面的链接确认，2 小时内有效：\n{link}\n\n确认之前，登录和邮件都仍用原来的邮箱。如果不是你要求的，请不要理会这封邮件。",
        en: "Hello {name},\n\nyou want this to be the address of your Lectern account. Follow this link to confirm it; it works for two hours:\n{link}\n\nUntil then you sign in with your present address. If you didn’t ask for this, please ignore the letter."
    }
    address_change_asked_subject { zh: "有人想更换你的讲台邮箱", en: "Your Lectern address is about to change" }
    address_change_asked_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n刚才有人在你的账号里要求更换邮箱。新邮箱确认之后才会生效。\n\n如果是你，到新邮箱里打开确认链接即可。如果不是，请马上修改密码，并退出其他设备：\n{security}",
        en: "Hello {name},\n\nsomeone signed in to your account just asked for another address. Nothing changes before the new one is confirmed.\n\nIf it was you, open the link in the letter to the new address. If it wasn’t, change your password at once and sign out everywhere else:\n{security}"
    }
    address_changed_subject { zh: "你的讲台邮箱已更换", en: "Your Lectern address was changed" }
    address_changed_text(name: &str, email: &str) {
        zh: "{name}，你好：\n\n你的讲台账号现在使用这个邮箱：{email}\n\n以后用它登录，我们的邮件也寄到那里。如果不是你改的，请马上回复这封邮件。",
        en: "Hello {name},\n\nyour Lectern account now has this address: {email}\n\nSign in with it from now on; our letters go there too. If it wasn’t you, answer this letter at once."
    }
    nobody_in_particular { zh: "朋友", en: "there" }
    address_changed_undo_text(name: &str, email: &str, link: &str) {
        zh: "{name}，你好：\n\n你的讲台账号现在使用这个邮箱：{email}\n\n以后用它登录，我们的邮件也寄到那里。如果是你改的，不必做什么。\n\n如果不是你改的，请打开下面的链接，把账号恢复到这个邮箱（72 小时内有效）。所有设备都会退出登录，原来的密码作废，由你重新设一个：\n{link}",
        en: "Hello {name},\n\nyour Lectern account now has this address: {email}\n\nSign in with it from now on; our letters go there too. If it was you, there is nothing to do.\n\nIf it wasn’t you, this link makes the present mailbox the account’s again. It works for 72 hours, signs every device out, and lets you set a new password:\n{link}"
    }
    wrong_codes_subject { zh: "有人知道你的密码，正在试验证码", en: "Someone who knows your password is trying codes" }
    wrong_codes_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n今天有好几次登录：密码是对的，验证码不对。\n\n如果是你自己输错了，不必做什么。如果不是，说明有人知道了你的密码；验证码挡住了，但请马上换一个密码：\n{security}\n\n登录不了的话，用一个恢复码代替验证码。",
        en: "Hello {name},\n\nseveral sign-ins to your Lectern account today had the right password and a wrong code.\n\nIf that was you mistyping, there is nothing to do. If it wasn’t, someone knows your password. The codes kept them out; change the password at once all the same:\n{security}\n\nIf you can’t sign in meanwhile, use a recovery code in place of the code."
    }
    recovery_code_used_subject { zh: "用掉了一个恢复码", en: "A recovery code was used" }
    recovery_code_used_text(name: &str, codes: &str) {
        zh: "{name}，你好：\n\n刚才有人用一个恢复码代替验证码，通过了你的讲台账号的验证。每个恢复码只能用一次。\n\n如果不是你，请马上修改密码，并换一组恢复码：\n{codes}",
        en: "Hello {name},\n\na recovery code was just used in place of a code from your app. Each of them works once.\n\nIf it wasn’t you, change your password at once and make new recovery codes:\n{codes}"
    }
    password_changed_ways_text(name: &str, passkeys: i64, houses: i64, security: &str) {
        zh: "{name}，你好：\n\n你的密码刚刚被修改，其他设备上的登录已全部退出。\n\n除了密码，你的账号还有别的登录方式，它们仍然有效：通行密钥 {passkeys} 个，关联的账号 {houses} 个。请看一看是不是都是你自己的：\n{security}\n\n如果不是你改的密码，请马上回复这封邮件。",
        en: "Hello {name},\n\nyour password was changed just now, and every other device was signed out.\n\nThere are other ways into your account, and they still work. Passkeys: {passkeys}. Linked sign-ins: {houses}. Please look whether all of them are yours:\n{security}\n\nIf it wasn’t you who changed the password, answer this letter at once."
    }
    token_made_subject { zh: "你的账号添加了一个访问令牌", en: "A key for programs was made for your account" }
    token_made_text(name: &str, tokens: &str) {
        zh: "{name}，你好：\n\n你的讲台账号刚刚添加了一个访问令牌，持有它的程序可以替你操作。\n\n如果不是你添加的，请马上让它失效，并修改密码：\n{tokens}",
        en: "Hello {name},\n\na key was just made with which another program can act for you at Lectern.\n\nIf it wasn’t you, end it at once and change your password:\n{tokens}"
    }
    second_factor_on_subject { zh: "两步验证已开启", en: "Codes are now asked for when you sign in" }
    second_factor_on_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n你的讲台账号开启了两步验证：以后登录，除了密码，还要输入验证器里的六位数字。请收好恢复码。\n\n如果不是你开启的，请马上回复这封邮件。\n\n密码与登录：\n{security}",
        en: "Hello {name},\n\nfrom now on a code from your app is asked for when you sign in to Lectern. Keep your recovery codes in a safe place.\n\nIf it wasn’t you who set this up, answer this letter at once.\n\nPassword and sign-ins:\n{security}"
    }
    second_factor_off_subject { zh: "两步验证已关闭", en: "Codes are no longer asked for when you sign in" }
    second_factor_off_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n你的讲台账号关闭了两步验证，登录只需要密码。\n\n如果不是你关闭的，请马上修改密码，并回复这封邮件：\n{security}",
        en: "Hello {name},\n\ncodes from an app are no longer asked for when you sign in to Lectern; the password alone is enough.\n\nIf it wasn’t you who turned them off, change your password and answer this letter at once:\n{security}"
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
    shares_changed_subject { zh: "课程分成已更改", en: "The shares of a course were changed" }
    shares_changed_text(name: &str, courses: &str) {
        zh: "{name}，你好：\n\n你的一门课程的分成刚刚被更改：今后卖出的收入会按新的比例分给合作讲师。已经卖出的不受影响。\n\n如果不是你操作的，请马上修改密码，并回复这封邮件。\n\n你的课程（分成在“定价”页）：\n{courses}",
        en: "Hello {name},\n\nwho has a part of what one of your courses earns was changed just now. It counts for what is sold from now on; what was sold before stays as it was.\n\nIf it wasn’t you, change your password and answer this letter at once.\n\nYour courses (the parts stand on their pages of prices):\n{courses}"
    }
    receipt_subject(number: &str) { zh: "讲台收据 {number}", en: "Your Lectern receipt {number}" }
    receipt_text(name: &str, titles: &str, total: &str, date: &str, number: &str, paper: &str, order: &str) {
        zh: "{name}，你好：\n\n付款成功，课程已经可以学了。\n\n{titles}\n\n合计：{total}\n日期：{date}\n收据编号：{number}\n\n下载收据（PDF）：\n{paper}\n\n订单：\n{order}",
        en: "Hello {name},\n\nyour payment arrived and the door is open.\n\n{titles}\n\nTotal: {total}\nDate: {date}\nReceipt: {number}\n\nThe receipt as a PDF file:\n{paper}\n\nThe order:\n{order}"
    }
    refund_subject { zh: "退款已受理", en: "Your refund is on its way" }
    refund_in_wallet_subject { zh: "退款已到钱包", en: "Your refund is in your wallet" }
    refund_text(name: &str, amount: &str, order: &str) {
        zh: "{name}，你好：\n\n我们已退款 {amount}，按原付款方式退回，通常 1 到 5 个工作日到账。\n\n订单：\n{order}",
        en: "Hello {name},\n\nwe have refunded {amount} to the way you paid. It usually arrives within one to five working days.\n\nThe order:\n{order}"
    }
    refund_to_wallet_text(name: &str, amount: &str, order: &str) {
        zh: "{name}，你好：\n\n我们已退款 {amount}，已经在你的钱包里了。\n\n订单：\n{order}",
        en: "Hello {name},\n\nwe have refunded {amount}. It is in your wallet already.\n\nThe order:\n{order}"
    }
    refund_in_parts_text(name: &str, amount: &str, due: &str, order: &str) {
        zh: "{name}，你好：\n\n我们已退款 {amount}：其中 {due} 按原付款方式退回，通常 1 到 5 个工作日到账；其余的已经在你的钱包里了。\n\n订单：\n{order}",
        en: "Hello {name},\n\nwe have refunded {amount}. {due} of it goes back to the way you paid and usually arrives within one to five working days; the rest is in your wallet already.\n\nThe order:\n{order}"
    }
    stray_subject { zh: "有一笔付款会退回给你", en: "A payment of yours is on its way back" }
    stray_text(name: &str, what: &str, order: &str) {
        zh: "{name}，你好：\n\n{what}通常 1 到 5 个工作日到账。\n\n订单：\n{order}",
        en: "Hello {name},\n\n{what} It usually arrives within one to five working days.\n\nThe order:\n{order}"
    }
    greeting { zh: "讲台", en: "Lectern" }
}

pub fn welcome(lang: Lang, name: &str, feed: &str) -> Words {
    letter(lang, welcome_subject(lang), &welcome_text(lang, name, feed))
}

pub fn someone_tried(lang: Lang, name: &str, sign_in: &str, reset: &str) -> Words {
    letter(lang, someone_tried_subject(lang), &someone_tried_text(lang, name, sign_in, reset))
}

/// The welcome of somebody whose address is to be confirmed.
pub fn welcome_to_confirm(lang: Lang, name: &str, link: &str, feed: &str) -> Words {
    letter(lang, welcome_subject(lang), &welcome_confirm_text(lang, name, link, feed))
}

pub fn password_reset(lang: Lang, name: &str, link: &str) -> Words {
    letter(lang, password_reset_subject(lang), &password_reset_text(lang, name, link))
}

pub fn confirm_address(lang: Lang, name: &str, link: &str) -> Words {
    letter(lang, confirm_address_subject(lang), &confirm_address_text(lang, name, link))
}

pub fn confirm_new_address(lang: Lang, name: &str, link: &str) -> Words {
    letter(lang, confirm_address_subject(lang), &confirm_new_address_text(lang, name, link))
}

pub fn address_change_asked(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, address_change_asked_subject(lang), &address_change_asked_text(lang, name, security))
}

pub fn address_changed(lang: Lang, name: &str, email: &str) -> Words {
    letter(lang, address_changed_subject(lang), &address_changed_text(lang, name, email))
}

/// The same to the former address, from where it can be taken back.
pub fn address_changed_to_undo(lang: Lang, name: &str, email: &str, link: &str) -> Words {
    letter(lang, address_changed_subject(lang), &address_changed_undo_text(lang, name, email, link))
}

pub fn wrong_codes(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, wrong_codes_subject(lang), &wrong_codes_text(lang, name, security))
}

pub fn recovery_code_used(lang: Lang, name: &str, codes: &str) -> Words {
    letter(lang, recovery_code_used_subject(lang), &recovery_code_used_text(lang, name, codes))
}

/// The same where other ways into the account stay open.
pub fn password_changed_ways(lang: Lang, name: &str, passkeys: i64, houses: i64, security: &str) -> Words {
    letter(lang, password_changed_subject(lang), &password_changed_ways_text(lang, name, passkeys, houses, security))
}

pub fn token_made(lang: Lang, name: &str, tokens: &str) -> Words {
    letter(lang, token_made_subject(lang), &token_made_text(lang, name, tokens))
}

pub fn second_factor_on(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, second_factor_on_subject(lang), &second_factor_on_text(lang, name, security))
}

pub fn second_factor_off(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, second_factor_off_subject(lang), &second_factor_off_text(lang, name, security))
}

pub fn password_changed(lang: Lang, name: &str, sign_in: &str) -> Words {
    letter(lang, password_changed_subject(lang), &password_changed_text(lang, name, sign_in))
}

pub fn shares_changed(lang: Lang, name: &str, courses: &str) -> Words {
    letter(lang, shares_changed_subject(lang), &shares_changed_text(lang, name, courses))
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

/// `due` of the amount goes back by the provider; the rest is in the wallet.
pub fn refund(lang: Lang, name: &str, amount: Money, due: Money, order: &str) -> Words {
    let said = numbers::money_exact(amount);
    if due.is_zero() {
        return letter(lang, refund_in_wallet_subject(lang), &refund_to_wallet_text(lang, name, &said, order));
    }
    let text = match due == amount {
        true => refund_text(lang, name, &said, order),
        false => refund_in_parts_text(lang, name, &said, &numbers::money_exact(due), order),
    };
    letter(lang, refund_subject(lang), &text)
}

/// Money came that has no place, and goes back by itself.
pub fn stray(lang: Lang, name: &str, why: RefundCause, amount: Money, order: &str) -> Words {
    letter(lang, stray_subject(lang), &stray_text(lang, name, &crate::orders::refund_told(lang, why, amount), order))
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

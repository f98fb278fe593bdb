//! Letters to people: subject and text.

use model::Lang;

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

/// Every letter ends with who wrote it.
pub fn letter(lang: Lang, subject: &str, text: &str) -> Words {
    Words { subject: subject.to_owned(), text: format!("{text}\n\n— {}\n", greeting(lang)) }
}

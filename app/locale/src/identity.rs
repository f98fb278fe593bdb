//! Ways of signing in beside the password: other houses, passkeys, and the letters about them.

use crate::letters::{Words, letter};
use model::Lang;
use model::identity::Setback;

messages! {
    or { zh: "或者", en: "or" }
    through(label: &str) { zh: "用{label}登录", en: "Continue with {label}" }
    identities_title { zh: "关联的账号", en: "Linked sign-ins" }
    identities_lede { zh: "关联之后，可以用这些账号直接登录讲台。", en: "Once linked, these accounts open Lectern too." }
    link(label: &str) { zh: "关联{label}", en: "Link {label}" }
    unlink { zh: "解除关联", en: "Unlink" }
    unlink_this(label: &str) { zh: "解除{label}的关联", en: "Unlink {label}" }
    none_linked { zh: "还没有关联其他账号。", en: "Nothing is linked yet." }
    used_at(when: &str) { zh: "最近使用：{when}", en: "Last used {when}" }
    newcomer { zh: "新同学", en: "Newcomer" }
    done_linked { zh: "已关联，下次可以直接用它登录。", en: "Linked. You can sign in with it from now on." }
    done_unlinked { zh: "已解除关联。", en: "Unlinked." }

    stale { zh: "这次登录已经过期，或者不是在这个浏览器里开始的，请重新来一次。", en: "That sign-in is over, or was begun in another browser. Please start once more." }
    declined { zh: "登录没有完成：你或对方取消了授权。", en: "The sign-in was not finished: you or the other side called it off." }
    untrue { zh: "对方返回的信息没有通过安全检查，登录已中止，你的账号没有任何变化。", en: "What came back did not pass our checks, so we stopped. Nothing about your account has changed." }
    away { zh: "对方暂时没有响应，请稍后再试，或换一种方式登录。", en: "The other side does not answer just now. Try again later, or sign in another way." }
    no_email { zh: "对方没有提供经过验证的邮箱，无法用它创建账号。请先用邮箱注册，再到“密码与登录”里关联。", en: "No verified e-mail address came along, and a new account needs one. Register with your address first, then link it under “Password and sign-ins”." }
    known_email { zh: "这个邮箱已经注册过讲台。请用原来的方式登录，再到“密码与登录”里关联。", en: "There already is an account with that address. Sign in as you usually do, then link it under “Password and sign-ins”." }
    others { zh: "它已经关联到另一个讲台账号。", en: "It is linked to another Lectern account." }
    closed { zh: "这个账号目前不能登录，请联系客服。", en: "This account can’t sign in at present. Please write to support." }
    signed_out { zh: "开始关联时的登录已经退出，请登录后重新关联。", en: "The sign-in you began from is over. Sign in and link once more." }
    last_way_in { zh: "这是你唯一的登录方式，请先设置密码或添加别的方式。", en: "This is your only way in. Set a password or add another way first." }
    unknown_key { zh: "这个通行密钥没有通过验证，请换一种方式登录。", en: "This passkey could not be verified. Please sign in another way." }
    known_key { zh: "这个通行密钥已经添加过了。", en: "This passkey is on your account already." }
    copied_key { zh: "这个通行密钥的使用记录不连续，可能被复制过，这次没有放行。请换一种方式登录，检查账号，并删除它。", en: "This passkey’s count went backwards, so it may have been copied, and we did not let it in. Sign in another way, look over your account, and remove it." }
    too_many_keys { zh: "通行密钥已达上限，请先删除不用的。", en: "You have as many passkeys as an account can hold. Remove one you don’t use first." }

    no_key { zh: "没有用到通行密钥：需要启用 JavaScript，并使用支持通行密钥的浏览器。", en: "No passkey came along: this needs JavaScript and a browser that knows passkeys." }

    passkeys_title { zh: "通行密钥", en: "Passkeys" }
    passkeys_lede { zh: "用指纹、面容或设备密码登录，不用再输入邮箱和密码，也不会被假网站骗走。", en: "Sign in with your fingerprint, face or device code. Nothing to type, and nothing a false site could take." }
    passkey_sign_in { zh: "用通行密钥登录", en: "Sign in with a passkey" }
    no_passkeys { zh: "还没有通行密钥。", en: "No passkeys yet." }
    add_passkey { zh: "添加通行密钥", en: "Add a passkey" }
    passkey_name { zh: "名称", en: "Name" }
    passkey_name_help { zh: "给自己看的，例如：工作用的笔记本电脑。", en: "For your own eyes, such as: laptop at work." }
    my_passkey { zh: "我的通行密钥", en: "My passkey" }
    synced { zh: "随账号同步", en: "Synced" }
    made_on(when: &str) { zh: "{when} 添加", en: "Added {when}" }
    never_used { zh: "还没用过", en: "Not used yet" }
    change_passkey(name: &str) { zh: "重命名或删除“{name}”", en: "Rename or remove “{name}”" }
    rename { zh: "重命名", en: "Rename" }
    remove { zh: "删除", en: "Remove" }
    done_passkey_added { zh: "通行密钥已添加，下次可以直接用它登录。", en: "Your passkey is ready. You can sign in with it from now on." }
    done_passkey_renamed { zh: "名称已更新。", en: "Renamed." }
    done_passkey_removed { zh: "通行密钥已删除。", en: "The passkey is removed." }

    logged_added { zh: "添加了登录方式", en: "A way to sign in was added" }
    logged_removed { zh: "移除了登录方式", en: "A way to sign in was removed" }
    logged_copied { zh: "通行密钥可能被复制，未放行", en: "A passkey may have been copied and was not let in" }

    way_in_added_subject { zh: "你的讲台账号新增了一种登录方式", en: "A new way to sign in to your Lectern account" }
    way_in_added_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n你的账号刚刚新增了一种登录方式（关联账号或通行密钥）。\n\n如果不是你操作的，请马上删除它、修改密码，并回复这封邮件。\n\n密码与登录：\n{security}",
        en: "Hello {name},\n\na way to sign in was added to your account just now: a linked account or a passkey.\n\nIf it wasn’t you, remove it, change your password and answer this letter at once.\n\nPassword and sign-ins:\n{security}"
    }
    way_in_removed_subject { zh: "你的讲台账号少了一种登录方式", en: "A way to sign in to your Lectern account was removed" }
    way_in_removed_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n你的账号刚刚移除了一种登录方式（关联账号或通行密钥）。\n\n如果不是你操作的，请马上修改密码，并回复这封邮件。\n\n密码与登录：\n{security}",
        en: "Hello {name},\n\na way to sign in was removed from your account just now: a linked account or a passkey.\n\nIf it wasn’t you, change your password and answer this letter at once.\n\nPassword and sign-ins:\n{security}"
    }
    key_copied_subject { zh: "请检查你的讲台账号：一个通行密钥可能被复制", en: "Please look at your Lectern account: a passkey may have been copied" }
    key_copied_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n有人刚刚用你的一个通行密钥登录，但它的使用计数比上一次还小，可能被复制过。我们没有放行。\n\n请删除它，检查登录中的设备，需要时修改密码：\n{security}",
        en: "Hello {name},\n\nsomeone just used one of your passkeys, and its count was lower than last time: it may have been copied. We did not let them in.\n\nRemove it, look over where you are signed in, and change your password if in doubt:\n{security}"
    }
}

/// Why a way of signing in came to nothing.
pub fn setback(lang: Lang, setback: Setback) -> &'static str {
    match setback {
        Setback::Stale => stale(lang),
        Setback::Declined => declined(lang),
        Setback::Untrue => untrue(lang),
        Setback::Away => away(lang),
        Setback::NoEmail => no_email(lang),
        Setback::KnownEmail => known_email(lang),
        Setback::Others => others(lang),
        Setback::Closed => closed(lang),
        Setback::SignedOut => signed_out(lang),
        Setback::LastWayIn => last_way_in(lang),
        Setback::UnknownKey => unknown_key(lang),
        Setback::KnownKey => known_key(lang),
        Setback::CopiedKey => copied_key(lang),
        Setback::TooManyKeys => too_many_keys(lang),
        Setback::NoKey => no_key(lang),
    }
}

pub fn way_in_added(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, way_in_added_subject(lang), &way_in_added_text(lang, name, security))
}

pub fn way_in_removed(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, way_in_removed_subject(lang), &way_in_removed_text(lang, name, security))
}

pub fn key_copied(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, key_copied_subject(lang), &key_copied_text(lang, name, security))
}

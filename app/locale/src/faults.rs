//! A fault as a sentence.

use model::{Fault, Lang, Problem, Refusal};

messages! {
    optional { zh: "选填", en: "optional" }
    required { zh: "请填写这一项", en: "Please fill this in" }
    too_short(min: u32) { zh: "至少 {min} 个字符", en: "At least {min} characters" }
    too_long(max: u32) { zh: "最多 {max} 个字符", en: "At most {max} characters" }
    too_few(min: u32) { zh: "至少选择 {min} 项", en: "Choose at least {min}" }
    not_an_email { zh: "这不像一个邮箱地址，例如 name@example.com", en: "That doesn’t look like an e-mail address, such as name@example.com" }
    not_a_code { zh: "兑换码是 26 位字母和数字，请核对", en: "A code has 26 letters and digits; please compare" }
    not_a_tax_number { zh: "税号应为 18 位，末位是校验码，请核对", en: "A tax number has 18 characters, and the last one checks the others; please compare" }
    not_a_number { zh: "请填写数字", en: "Please enter a number" }
    not_an_amount { zh: "请填写金额，例如 129 或 129.00", en: "Please enter an amount, such as 129 or 129.00" }
    out_of_range(min: i64, max: i64) { zh: "请填写 {min} 到 {max} 之间的数", en: "Between {min} and {max}, please" }
    not_a_choice { zh: "请从给出的选项中选择", en: "Please choose one of the options" }
    not_a_slug { zh: "只能用小写字母、数字和连字符", en: "Only small letters, digits and hyphens" }
    taken { zh: "已被使用，请换一个", en: "Already taken; please choose another" }
    too_common { zh: "这个密码太常见，很容易被猜到", en: "This password is too common and easy to guess" }
    too_personal { zh: "密码里有你的称呼或邮箱，容易被猜到", en: "It contains your name or e-mail address, which is easy to guess" }
    wrong_credentials { zh: "邮箱或密码不对", en: "The e-mail or the password is wrong" }
    wrong_code { zh: "验证码不对，或者已经用过了", en: "That code is wrong, or it was used already" }
    code_unreadable { zh: "暂时无法核对验证器里的数字，请用一个恢复码，或联系客服", en: "Codes from your app can’t be checked at present; please use a recovery code, or write to support" }
    same_address { zh: "这就是你现在的邮箱", en: "That is your address already" }
    wrong_password { zh: "当前密码不对", en: "That is not your current password" }
    too_large(limit: &str) { zh: "文件太大，上限 {limit}", en: "The file is too large; the limit is {limit}" }
    wrong_kind_of_file { zh: "文件内容不是支持的格式", en: "The file’s content is not of a kind we take" }
    infected { zh: "文件里有病毒或恶意代码，没有收下", en: "The file holds a virus or other harmful code, so it was not taken" }
    not_scannable { zh: "文件太大，无法检查病毒，没有收下。请压缩后再上传，或联系管理员", en: "The file is too large to be checked for viruses, so it was not taken. Make it smaller, or write to support" }
    unreadable { zh: "含有无法读取的字符", en: "It contains characters that can’t be read" }
    not_found { zh: "找不到了，可能已被移走", en: "It is not here; it may have been moved" }
    sign_in { zh: "请先登录", en: "Please sign in first" }
    confirm { zh: "请先确认是你本人", en: "Please confirm first that it is you" }
    forbidden { zh: "你没有做这件事的权限", en: "You may not do this" }
    too_often(minutes: u32) { zh: "尝试得太频繁，请 {minutes} 分钟后再来", en: one "Too many tries; please wait a minute", many "Too many tries; please wait {minutes} minutes" }
    later { zh: "现在太忙，请稍后再试", en: "Too busy just now; please try again shortly" }
    broken(incident: &str) { zh: "我们这里出错了，编号 {incident}", en: "Something broke on our side ({incident})" }
    check_the_form { zh: "有几处需要修改", en: "A few things need another look" }
    changed_meanwhile { zh: "内容在别处被改过了，请核对后再提交", en: "It was changed elsewhere meanwhile; please check and send again" }
    in_progress { zh: "上一次提交还在处理中，请稍候", en: "Your last request is still being worked on" }
}

/// A limit as people say it: whole mebibytes are "MB".
pub fn limit(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    if bytes >= MEBIBYTE && bytes.is_multiple_of(MEBIBYTE) {
        format!("{} MB", bytes / MEBIBYTE)
    } else {
        crate::numbers::size(bytes)
    }
}

/// What is wrong with one value.
pub fn problem(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::Required => required(lang).into(),
        Problem::TooShort { min } => too_short(lang, *min),
        Problem::TooLong { max } => too_long(lang, *max),
        Problem::TooFew { min } => too_few(lang, *min),
        Problem::NotAnEmail => not_an_email(lang).into(),
        Problem::NotACode => not_a_code(lang).into(),
        Problem::NotATaxNumber => not_a_tax_number(lang).into(),
        Problem::NotANumber => not_a_number(lang).into(),
        Problem::NotAnAmount => not_an_amount(lang).into(),
        Problem::OutOfRange { min, max } => out_of_range(lang, *min, *max),
        Problem::NotAChoice => not_a_choice(lang).into(),
        Problem::NotASlug => not_a_slug(lang).into(),
        Problem::Taken => taken(lang).into(),
        Problem::TooCommon => too_common(lang).into(),
        Problem::TooPersonal => too_personal(lang).into(),
        Problem::WrongCredentials => wrong_credentials(lang).into(),
        Problem::WrongCode => wrong_code(lang).into(),
        Problem::CodeUnreadable => code_unreadable(lang).into(),
        Problem::SameAddress => same_address(lang).into(),
        Problem::WrongPassword => wrong_password(lang).into(),
        Problem::TooLarge { max_bytes } => too_large(lang, &limit(*max_bytes)),
        Problem::WrongKindOfFile => wrong_kind_of_file(lang).into(),
        Problem::Infected => infected(lang).into(),
        Problem::NotScannable => not_scannable(lang).into(),
        Problem::Unreadable => unreadable(lang).into(),
    }
}

/// Why the state of things refuses a request.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::ChangedMeanwhile => changed_meanwhile(lang).into(),
        Refusal::InProgress => in_progress(lang).into(),
        Refusal::Accounts(reason) => crate::accounts::refusal(lang, reason).into(),
        Refusal::Community(reason) => crate::community::refusal(lang, reason).into(),
        Refusal::Orders(reason) => crate::orders::refusal(lang, reason),
        Refusal::Vouchers(reason) => crate::vouchers::refusal(lang, reason).into(),
        Refusal::Invoices(reason) => crate::invoices::refusal(lang, reason).into(),
        Refusal::Privacy(reason) => crate::privacy::refusal(lang, reason).into(),
        Refusal::Identity(setback) => crate::identity::setback(lang, *setback).into(),
        Refusal::Earnings(reason) => crate::earnings::refusal(lang, reason),
        Refusal::Authoring(reason) => crate::studio::refusal(lang, reason).into(),
        Refusal::Subscriptions(reason) => crate::membership::refusal(lang, reason),
    }
}

/// The one sentence for a whole fault.
pub fn sentence(lang: Lang, fault: &Fault) -> String {
    match fault {
        Fault::NotFound => not_found(lang).into(),
        Fault::SignIn => sign_in(lang).into(),
        Fault::Forbidden => forbidden(lang).into(),
        Fault::Confirm => confirm(lang).into(),
        Fault::Invalid(_) => check_the_form(lang).into(),
        Fault::Conflict(reason) => refusal(lang, reason),
        Fault::Later { .. } => later(lang).into(),
        Fault::TooOften { seconds } => too_often(lang, seconds.div_ceil(60).max(1)),
        Fault::Broken(incident) => broken(lang, incident),
    }
}

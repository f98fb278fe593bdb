//! Letters about roles, being kept out, and codes that were lost.

use crate::letters::{Words, letter};
use crate::orders::role as named;
use crate::people::{change_of, request_state};
use model::Lang;
use model::accounts::Role;
use model::admin::RoleRequest;

messages! {
    asked_subject(role: &str) { zh: "待批准：{role}角色变更", en: "A change of role waits: {role}" }
    asked_text(name: &str, asker: &str, what: &str, whom: &str, reason: &str, page: &str) {
        zh: "{name}，你好：\n\n{asker} 申请变更 {whom} 的角色：{what}。\n理由：{reason}\n\n请一位没有提出申请、也不是当事人的管理员在 3 天内批准或驳回：\n{page}",
        en: "Hello {name},\n\n{asker} asks for a change of role of {whom}: {what}.\nReason: {reason}\n\nWithin three days an administrator who has not asked, and whom it is not about, may approve or reject it:\n{page}"
    }
    decided_subject(role: &str) { zh: "{role}角色变更已处理", en: "A change of role was decided: {role}" }
    decided_text(name: &str, decider: &str, what: &str, whom: &str, state: &str, page: &str) {
        zh: "{name}，你好：\n\n{whom} 的角色变更（{what}）{state}，处理人：{decider}。\n\n如果这不该发生，请马上查看：\n{page}",
        en: "Hello {name},\n\nthe change of role of {whom} ({what}) is now: {state}. Decided by {decider}.\n\nIf this should not have happened, look at once:\n{page}"
    }
    given_subject(role: &str) { zh: "你获得了新角色：{role}", en: "You were given a role: {role}" }
    given_text(name: &str, role: &str, sign_in: &str) {
        zh: "{name}，你好：\n\n你在讲台获得了新角色：{role}。所有设备已退出，请重新登录：\n{sign_in}\n\n如果你不该有这个角色，请马上回复这封邮件。",
        en: "Hello {name},\n\nyou were given a role at Lectern: {role}. You are signed out everywhere; please sign in again:\n{sign_in}\n\nIf you should not have it, answer this letter at once."
    }
    taken_subject(role: &str) { zh: "你的角色被收回：{role}", en: "A role was taken from you: {role}" }
    taken_text(name: &str, role: &str, sign_in: &str) {
        zh: "{name}，你好：\n\n你在讲台的角色“{role}”已被收回，其他一切照旧。所有设备已退出，请重新登录：\n{sign_in}\n\n有疑问请回复这封邮件。",
        en: "Hello {name},\n\nthe role {role} was taken from you at Lectern; nothing else changes. You are signed out everywhere; please sign in again:\n{sign_in}\n\nIf you have a question, answer this letter."
    }
    suspended_subject { zh: "你的讲台账号已停用", en: "Your Lectern account is suspended" }
    suspended_text(name: &str, reason: &str) {
        zh: "{name}，你好：\n\n你的讲台账号已停用，暂时不能登录。原因：\n{reason}\n\n你买的课程和订单都保留着。如果你认为这是误会，请回复这封邮件。",
        en: "Hello {name},\n\nyour Lectern account is suspended, and you cannot sign in for now. The reason:\n{reason}\n\nWhat you bought stays yours. If you think this is a mistake, answer this letter."
    }
    restored_subject { zh: "你的讲台账号已恢复", en: "Your Lectern account is open again" }
    restored_text(name: &str, sign_in: &str) {
        zh: "{name}，你好：\n\n你的讲台账号已恢复，可以照常登录：\n{sign_in}\n\n以前的访问令牌不再有效，需要的话请重新创建。",
        en: "Hello {name},\n\nyour Lectern account is open again, and you can sign in as before:\n{sign_in}\n\nKeys for programs that you had no longer work; make new ones if you need them."
    }
    second_lost_subject { zh: "你的两步验证已由我们关闭", en: "We turned codes off at your request" }
    second_lost_text(name: &str, security: &str) {
        zh: "{name}，你好：\n\n因为你说手机和恢复码都不在了，我们关闭了你账号的两步验证，并让所有设备退出了登录。现在登录只需要密码。\n\n请尽快重新开启：\n{security}\n\n如果你没有提过这个请求，请马上修改密码，并回复这封邮件。",
        en: "Hello {name},\n\nbecause you told us that your phone and your recovery codes are gone, codes are no longer asked for at your account, and every device was signed out. For now the password alone is enough.\n\nPlease set codes up again soon:\n{security}\n\nIf you asked for no such thing, change your password and answer this letter at once."
    }
}

fn what(lang: Lang, request: &RoleRequest) -> String {
    change_of(lang, request.change, request.role)
}

/// To an administrator: a change of role waits.
pub fn role_asked(lang: Lang, name: &str, request: &RoleRequest, page: &str) -> Words {
    let (what, whom) = (what(lang, request), request.name.as_str());
    let text = asked_text(lang, name, &request.asked_by, &what, whom, &request.reason, page);
    letter(lang, &asked_subject(lang, named(lang, request.role)), &text)
}

/// To an administrator: it was decided.
pub fn role_decided(lang: Lang, name: &str, request: &RoleRequest, page: &str) -> Words {
    let decider = request.decided_by.as_deref().unwrap_or_default();
    let state = request_state(lang, request.state);
    let text = decided_text(lang, name, decider, &what(lang, request), request.name.as_str(), state, page);
    letter(lang, &decided_subject(lang, named(lang, request.role)), &text)
}

pub fn role_given(lang: Lang, name: &str, role: Role, sign_in: &str) -> Words {
    let role = named(lang, role);
    letter(lang, &given_subject(lang, role), &given_text(lang, name, role, sign_in))
}

pub fn role_taken(lang: Lang, name: &str, role: Role, sign_in: &str) -> Words {
    let role = named(lang, role);
    letter(lang, &taken_subject(lang, role), &taken_text(lang, name, role, sign_in))
}

pub fn suspended(lang: Lang, name: &str, reason: &str) -> Words {
    letter(lang, suspended_subject(lang), &suspended_text(lang, name, reason))
}

pub fn restored(lang: Lang, name: &str, sign_in: &str) -> Words {
    letter(lang, restored_subject(lang), &restored_text(lang, name, sign_in))
}

pub fn second_factor_lost(lang: Lang, name: &str, security: &str) -> Words {
    letter(lang, second_lost_subject(lang), &second_lost_text(lang, name, security))
}

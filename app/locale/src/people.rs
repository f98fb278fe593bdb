//! People as staff see them: their pages, roles, being kept out, looking as somebody else.

use model::Lang;
use model::accounts::Role;
use model::admin::{Change, RequestState, Standing};

messages! {
    // the list
    find_people { zh: "姓名、邮箱或 ID", en: "Name, e-mail or ID" }
    any_role { zh: "全部角色", en: "Any role" }
    learners { zh: "没有角色", en: "No role" }
    standing { zh: "状态", en: "State" }
    any_standing { zh: "全部状态", en: "Any state" }
    standing_active { zh: "正常", en: "Active" }
    standing_suspended { zh: "已停用", en: "Suspended" }
    standing_unconfirmed { zh: "邮箱未确认", en: "Address not confirmed" }
    nobody_found_text { zh: "换个词，或放宽角色和状态试试。", en: "Try another word, or a wider role or state." }
    further { zh: "下一页", en: "Next page" }
    from_the_start { zh: "回到开头", en: "Back to the start" }

    // the page
    facts { zh: "账号", en: "Account" }
    id { zh: "ID", en: "ID" }
    public_page { zh: "公开主页", en: "Public profile" }
    address { zh: "邮箱", en: "Address" }
    language { zh: "邮件语言", en: "Letters in" }
    joined { zh: "加入", en: "Joined" }
    ways_in { zh: "登录方式", en: "Ways in" }
    way_password { zh: "密码", en: "Password" }
    way_codes { zh: "两步验证", en: "Codes from an app" }
    way_passkeys(count: u32) { zh: "{count} 个通行密钥", en: one "{count} passkey", many "{count} passkeys" }
    way_none { zh: "只通过其他平台登录", en: "Through another provider only" }
    purchases { zh: "购买", en: "Purchases" }
    courses_open(count: u32) { zh: "{count} 门课程可学", en: one "{count} course open", many "{count} courses open" }
    orders_placed(count: u32) { zh: "{count} 笔订单", en: one "{count} order", many "{count} orders" }
    roles_none { zh: "没有角色", en: "None" }
    sessions { zh: "登录中的设备", en: "Signed-in devices" }
    sessions_none { zh: "没有登录中的设备。", en: "Not signed in anywhere." }
    device { zh: "设备", en: "Device" }
    network { zh: "网络", en: "Network" }
    opened { zh: "登录时间", en: "Signed in" }
    seen { zh: "最近使用", en: "Last seen" }
    end_session { zh: "退出", en: "Sign out" }
    end_all { zh: "全部退出", en: "Sign out everywhere" }
    log { zh: "账号动静", en: "Security log" }
    log_none { zh: "还没有记录。", en: "Nothing yet." }
    trail { zh: "操作记录", en: "History" }
    done_ended { zh: "已退出登录。", en: "Signed out." }
    done_asked { zh: "申请已提交，等另一位管理员批准。", en: "Asked. Another administrator decides." }
    done_suspended { zh: "账号已停用，所有登录和令牌已失效。", en: "Suspended. Every session and every key for programs has ended." }
    done_restored { zh: "账号已恢复。", en: "Restored." }
    done_approved { zh: "已批准。对方需要重新登录。", en: "Approved. They have to sign in again." }
    done_rejected { zh: "申请已驳回。", en: "Rejected." }
    done_withdrawn { zh: "申请已撤回。", en: "Taken back." }
    done_over { zh: "已回到你自己的身份。", en: "You see the pages as yourself again." }

    // roles
    role_requests { zh: "角色申请", en: "Role requests" }
    role_lede { zh: "授予或收回角色要两个人：一个申请并写明理由，另一位管理员批准。申请 3 天内有效。", en: "Giving or taking a role takes two people: one asks and says why, another administrator approves. A request is good for three days." }
    ask_role { zh: "申请变更角色", en: "Ask for a change of role" }
    change { zh: "变更", en: "Change" }
    give(role: &str) { zh: "授予：{role}", en: "Give: {role}" }
    take(role: &str) { zh: "收回：{role}", en: "Take away: {role}" }
    reason { zh: "理由", en: "Reason" }
    reason_kept { zh: "会写进操作记录。", en: "Kept in the history." }
    ask { zh: "提交申请", en: "Ask" }
    waiting { zh: "待批准", en: "Waiting" }
    waiting_none { zh: "没有等待批准的申请", en: "Nothing waits for you" }
    waiting_none_text { zh: "在用户的页面上可以申请变更角色。", en: "Changes are asked for on a person’s page." }
    decided { zh: "已处理", en: "Decided" }
    person { zh: "用户", en: "Person" }
    asked_by { zh: "申请人", en: "Asked by" }
    decided_by { zh: "处理人", en: "Decided by" }
    good_until(when: &str) { zh: "有效期至 {when}", en: "good until {when}" }
    other_person { zh: "需要另一位管理员批准", en: "Another administrator decides" }
    approve { zh: "批准", en: "Approve" }
    reject { zh: "驳回", en: "Reject" }
    withdraw { zh: "撤回", en: "Take back" }
    request_open { zh: "待批准", en: "Waiting" }
    request_approved { zh: "已批准", en: "Approved" }
    request_rejected { zh: "已驳回", en: "Rejected" }
    request_withdrawn { zh: "已撤回", en: "Taken back" }
    request_expired { zh: "已过期", en: "Expired" }
    see_requests { zh: "查看全部申请", en: "All requests" }

    // suspending
    suspend_title { zh: "停用账号", en: "Suspend" }
    suspend_lede { zh: "对方立刻退出登录，令牌失效，也不能再登录。已购课程和订单都保留。", en: "They are signed out at once, keys for their programs stop, and they cannot sign in. What they bought stays theirs." }
    suspend_reason_help { zh: "会写在给对方的邮件里。", en: "They read it in a letter." }
    suspend { zh: "停用", en: "Suspend" }
    restore_title { zh: "恢复账号", en: "Restore" }
    restore { zh: "恢复", en: "Restore" }
    suspended_since(when: &str) { zh: "自 {when} 起停用", en: "Suspended since {when}" }
    suspended_by(name: &str) { zh: "操作人：{name}", en: "by {name}" }
    the_operator { zh: "运维人员", en: "the operator" }

    // seeing as
    see_as_title { zh: "以对方的身份查看", en: "See the pages as they do" }
    see_as_lede { zh: "只能看，什么都改不了，15 分钟后自动结束。密码、令牌、银行账户和各种码不会显示。", en: "You can look and change nothing; after 15 minutes it ends by itself. Passwords, keys, bank accounts and codes are not shown." }
    see_as { zh: "开始查看", en: "See as" }
    seeing_label { zh: "正在以他人身份查看", en: "Seeing as somebody else" }
    seeing(staff: &str, name: &str, until: &str) { zh: "{staff}，你正在以 {name} 的身份查看，只能看，{until} 结束。", en: "{staff}, you see the pages as {name} does. Read only, until {until}." }
    seeing_end { zh: "结束查看", en: "Stop" }
    seeing_title { zh: "以他人身份查看", en: "Seeing as somebody else" }
    seeing_none { zh: "你现在看到的是自己的页面", en: "You see the pages as yourself" }
    seeing_none_text { zh: "在用户的页面上可以开始查看。", en: "It begins on a person’s page." }
    seeing_who { zh: "身份", en: "As" }
    seeing_since { zh: "开始", en: "Since" }
    seeing_until { zh: "结束", en: "Until" }
    seeing_home { zh: "到首页看看", en: "Look at the home page" }
    not_shown_title { zh: "以他人身份查看时打不开", en: "Not while seeing as somebody else" }
    not_shown_text { zh: "你正在以另一个人的身份查看：只能看普通页面，什么都不能改，密码、令牌和码不显示。", en: "You see the pages as somebody else does: ordinary pages can be read, nothing can be changed, and keys, codes and passwords are not shown." }

    // refusals
    refused_second_person { zh: "这件事需要另一个人来做", en: "This takes another person" }
    refused_last_admin { zh: "至少要留下一位管理员", en: "At least one administrator has to be left" }
    refused_asked_already { zh: "同样的申请已在等待批准", en: "This was asked for already and waits" }
    refused_request_over { zh: "这个申请已处理、撤回或过期", en: "This request was decided, taken back, or is too old" }
    refused_nothing { zh: "没有需要改变的", en: "There is nothing to change" }
    refused_above { zh: "不能对自己或职权更高的人这样做", en: "Not for yourself, nor for somebody above you" }
    refused_suspended { zh: "这个账号已停用", en: "This account is suspended" }
    refused_no_second { zh: "这个账号没有开启两步验证", en: "Codes are not asked for at this account" }

    // lines of a person's own log
    logged_role_given { zh: "获得了新角色", en: "A role was given" }
    logged_role_taken { zh: "一个角色被收回", en: "A role was taken away" }
    logged_suspended { zh: "账号被停用", en: "The account was suspended" }
    logged_restored { zh: "账号已恢复", en: "The account was restored" }
    logged_signed_out { zh: "客服让设备退出了登录", en: "Signed out by our staff" }
    logged_second_lost { zh: "运维人员关闭了两步验证", en: "Codes turned off by the operator, who was asked to" }
}

pub fn standing_name(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::Active => standing_active(lang),
        Standing::Suspended => standing_suspended(lang),
        Standing::Unconfirmed => standing_unconfirmed(lang),
    }
}

/// What is to happen with a role: "Give: Finance".
pub fn change_of(lang: Lang, change: Change, role: Role) -> String {
    let role = crate::orders::role(lang, role);
    match change {
        Change::Give => give(lang, role),
        Change::Take => take(lang, role),
    }
}

pub fn request_state(lang: Lang, state: RequestState) -> &'static str {
    match state {
        RequestState::Open => request_open(lang),
        RequestState::Approved => request_approved(lang),
        RequestState::Rejected => request_rejected(lang),
        RequestState::Withdrawn => request_withdrawn(lang),
        RequestState::Expired => request_expired(lang),
    }
}

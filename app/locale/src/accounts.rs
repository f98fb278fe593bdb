//! Registering, signing in, and the person's own settings.

use crate::people;
use model::Lang;
use model::accounts::{LoggedKind, Refusal};

messages! {
    email { zh: "邮箱", en: "E-mail" }
    password { zh: "密码", en: "Password" }
    name { zh: "称呼", en: "Name" }
    gate_promise { zh: "一门好课，是一个人把多年的弯路，替你走直。", en: "A good course is someone else’s years of detours, walked straight for you." }

    sign_in_title { zh: "登录讲台", en: "Sign in to Lectern" }
    login_lede { zh: "接着上次停下的地方学。", en: "Pick up where you stopped." }
    no_account_yet { zh: "还没有账号？", en: "New here?" }
    register_title { zh: "注册讲台", en: "Join Lectern" }
    register_lede { zh: "一个邮箱就够了，不需要手机号。", en: "An e-mail address is all it takes." }
    name_help { zh: "别人在评价和讨论里看到的名字，可以不是真名。", en: "What others see beside your reviews; it need not be your full name." }
    password_help { zh: "至少 8 个字符。一句只有你会说的话，比一串符号更好记，也更安全。", en: "At least 8 characters. A sentence only you would say beats a jumble of symbols." }
    by_registering { zh: "注册即表示你已阅读并同意：", en: "By joining you agree to our" }
    have_account { zh: "已经有账号了？", en: "Already have an account?" }

    interests_kicker { zh: "先认识一下", en: "Getting acquainted" }
    interests_title { zh: "你想学点什么？", en: "What would you like to learn?" }
    interests_lede { zh: "选三个以上的主题，推荐从此就有了依据。以后随时可以改。", en: "Pick three topics or more and your feed has something to go on. You can change them any time." }
    interests_legend { zh: "感兴趣的主题", en: "Topics you care about" }
    interests_help { zh: "至少选 3 个", en: "Choose at least three" }
    interests_nav { zh: "兴趣", en: "Interests" }
    show_my_feed { zh: "看看为我选的课", en: "Show me my feed" }
    skip { zh: "先跳过", en: "Skip for now" }

    profile_title { zh: "个人资料", en: "Profile" }
    headline { zh: "一句话介绍", en: "Headline" }
    headline_help { zh: "显示在你的名字下面，例如：中学物理老师，业余做木工。", en: "Shown below your name, for example: teaches physics, builds chairs." }
    bio { zh: "简介", en: "About you" }
    bio_help { zh: "显示在你的个人主页上。", en: "Shown on your public profile." }
    letters_language { zh: "邮件语言", en: "E-mail language" }
    keep { zh: "保存", en: "Save" }

    security_title { zh: "密码与登录", en: "Password and security" }
    change_password { zh: "修改密码", en: "Change password" }
    set_password { zh: "设置密码", en: "Set a password" }
    current_password { zh: "当前密码", en: "Current password" }
    new_password { zh: "新密码", en: "New password" }
    password_note { zh: "修改之后，其他设备上的登录会全部退出。", en: "You will be signed out on all other devices." }
    sessions_title { zh: "登录中的设备", en: "Signed-in devices" }
    sessions_lede { zh: "有不认识的设备，就让它退出，再改一次密码。", en: "Sign out any device you don’t recognise, then change your password." }
    this_session { zh: "当前设备", en: "This device" }
    seen_at(when: &str) { zh: "最近使用：{when}", en: "Last used {when}" }
    end_session { zh: "退出", en: "Sign out" }
    end_others { zh: "退出其他设备", en: "Sign out other devices" }
    unknown_browser { zh: "未知设备", en: "Unknown device" }

    appearance_title { zh: "语言与外观", en: "Language and theme" }
    shortcuts { zh: "键盘快捷键", en: "Keyboard shortcuts" }
    shortcuts_on { zh: "启用单键快捷键", en: "Use single keys" }
    shortcuts_note { zh: "“/”跳到搜索。播放课程时：K 播放或暂停，J 和 L 后退、前进 10 秒，M 静音，F 全屏，C 字幕。使用语音输入时可以关闭；只对这个浏览器有效。", en: "“/” goes to search. While a lesson plays: K plays and pauses, J and L go back and forward 10 seconds, M mutes, F is full screen, C shows captions. Switch them off if you use speech input. Kept in this browser only." }
    appearance_lede { zh: "保存在这个浏览器里；登录之后也跟着账号走。", en: "Kept in this browser, and with your account once you are signed in." }
    sign_out_question { zh: "要退出登录吗？", en: "Sign out?" }
    sign_out_lede { zh: "学习进度都保存好了，下次登录接着学。", en: "Your progress is saved and will be here when you come back." }
    stay { zh: "再待一会儿", en: "Stay" }

    done_kept { zh: "已保存。", en: "Saved." }
    done_password { zh: "密码已修改，其他设备已全部退出。", en: "Password changed. All other devices have been signed out." }
    done_session { zh: "那台设备已退出。", en: "That device has been signed out." }
    done_sessions { zh: "其他设备已全部退出。", en: "All other devices have been signed out." }
}

messages! {
    forgot_it { zh: "忘记密码？", en: "Forgot it?" }
    reset_title { zh: "重设密码", en: "Set a new password" }
    reset_lede { zh: "填写注册时的邮箱，我们会寄一个链接给你。", en: "Tell us your address, and we send you a link." }
    reset_ask { zh: "寄给我", en: "Send me a link" }
    reset_sent_title { zh: "请查收邮件", en: "Look into your mailbox" }
    reset_sent { zh: "如果这个邮箱有账号，我们已经寄出了链接。30 分钟内有效，只能用一次。没有收到的话，也看看垃圾邮件。", en: "If an account has this address, a link is on its way. It works for 30 minutes, and once. If nothing arrives, look among the junk mail too." }
    reset_set_lede { zh: "设好之后，所有设备都会退出登录。", en: "Afterwards every device is signed out." }
    reset_over_title { zh: "这个链接失效了", en: "This link no longer works" }
    reset_over { zh: "它可能已经用过，或者过了 30 分钟。再要一个新的就好。", en: "It was used already, or it is older than 30 minutes. Simply ask for another." }
    ask_again { zh: "再要一个链接", en: "Ask for another" }
    done_reset { zh: "新密码设好了，请用它登录。", en: "Your new password is set. Sign in with it." }

    verify_title { zh: "确认邮箱", en: "Confirm your address" }
    look_into_mailbox(email: &str) { zh: "我们给 {email} 寄了一封邮件，打开里面的链接，就确认这个邮箱是你的。", en: "We have written to {email}. The link in the letter confirms that the address is yours." }
    address_is_verified(email: &str) { zh: "{email} 已确认是你的邮箱。", en: "{email} is confirmed as your address." }
    send_again { zh: "再寄一次", en: "Send it again" }
    done_sent { zh: "已经寄出，请查收。", en: "It is on its way." }
    done_verified { zh: "邮箱已确认。", en: "Your address is confirmed." }
    just_registered_title { zh: "请查收邮件", en: "Look into your mailbox" }
    just_registered { zh: "如果你刚刚注册，我们已经给你写了信，里面说明了下一步。", en: "If you have just joined, we have written to you. The letter says how to go on." }
    have_account_sign_in { zh: "已经有账号的话，登录之后就能选兴趣。", en: "If you have an account, sign in and choose your interests." }
    link_verify(email: &str) { zh: "确认 {email} 是你的邮箱？", en: "Confirm {email} as your address?" }
    link_change(email: &str) { zh: "把账号的邮箱换成 {email}？", en: "Make {email} the address of your account?" }
    link_change_note { zh: "以后用它登录，我们的邮件也寄到那里。", en: "You will sign in with it, and our letters will go there." }
    link_do { zh: "确认", en: "Confirm" }
    link_asked(when: &str) { zh: "{when} 有人用这个邮箱注册了讲台。如果是你，请先登录那个账号再确认。", en: "Somebody registered with this address on {when}. If it was you, sign in to that account first, and confirm then." }
    link_change_asked(when: &str) { zh: "{when} 有人想把讲台账号的邮箱换成这一个。如果是你，请先登录那个账号再确认。", en: "On {when} somebody asked to make this the address of their account. If it was you, sign in to that account first, and confirm then." }
    link_not_me { zh: "不是我", en: "It wasn’t me" }
    link_refused_title { zh: "好的，这个邮箱没有被确认", en: "Thank you. This address was not confirmed" }
    link_refused { zh: "链接已作废。你的邮箱不会被用在别人的账号上，不必再做什么。", en: "The link is void, and your address is not used for somebody else’s account. There is nothing more to do." }
    restore_title(email: &str) { zh: "把账号恢复到 {email}？", en: "Make {email} the account’s address again?" }
    restore_note { zh: "所有设备都会退出登录，现在的密码作废，更换邮箱前后一天内添加的登录方式也会删除。接着由你设一个新密码。", en: "Every device is signed out, the present password stops working, and ways of signing in that were added since the day before the change are removed. Then you set a new password." }
    restore_do { zh: "恢复", en: "Take it back" }
    done_look_over { zh: "新密码设好了。除了密码，这个账号还有下面这些登录方式，请看一看是不是都是你自己的。", en: "Your new password is set. There are other ways into this account; please look below whether all of them are yours." }
    link_over { zh: "它可能已经用过，或者太旧了。登录之后，可以在“密码与登录”里再要一个。", en: "It was used already, or it is too old. Sign in and ask for another under “Password and sign-ins”." }

    address_title { zh: "邮箱", en: "Address" }
    verified { zh: "已确认", en: "Confirmed" }
    unverified { zh: "未确认", en: "Not confirmed" }
    confirm_now { zh: "去确认", en: "Confirm it" }
    new_email { zh: "新邮箱", en: "New address" }
    new_email_help { zh: "我们会给新邮箱寄确认链接，也会告诉现在的邮箱。", en: "A link goes to the new address, and a word to the present one." }
    change_email { zh: "更换邮箱", en: "Change address" }
    done_email { zh: "请到新邮箱里打开确认链接，2 小时内有效。", en: "Open the link we sent to the new address. It works for two hours." }
    done_changed { zh: "邮箱已更换。", en: "Your address is changed." }

    log_title { zh: "最近的动静", en: "What happened lately" }
    log_lede { zh: "登录、失败和改动，只有你看得到。", en: "Sign-ins, failures and changes. Only you can see this." }
    log_none { zh: "还没有记录。", en: "Nothing yet." }
    from_network(network: &str) { zh: "网络 {network}", en: "network {network}" }
}

messages! {
    second_title { zh: "两步验证", en: "Codes from an app" }
    second_lede { zh: "登录时除了密码，再输入验证器里的六位数字。密码被人知道了，账号也还安全。", en: "A code from an app on your phone, asked for after the password. Whoever learns your password still can’t come in." }
    second_on(when: &str) { zh: "已开启，自 {when} 起。", en: "On since {when}." }
    second_is_on { zh: "已开启", en: "On" }
    second_off { zh: "未开启", en: "Off" }
    second_set_up { zh: "开启两步验证", en: "Set up codes" }
    second_manage { zh: "管理两步验证", en: "Manage codes" }
    second_turn_off { zh: "关闭两步验证", en: "Turn codes off" }
    second_scan { zh: "用手机上的验证器扫这个码", en: "Scan this square with the authenticator on your phone" }
    second_key { zh: "扫不了的话，手动输入这个密钥：", en: "If you can’t scan it, type this key:" }
    second_then { zh: "再输入它显示的六位数字", en: "Then type the six digits it shows" }
    second_finish { zh: "开启", en: "Turn on" }
    second_address_first { zh: "先确认邮箱，再开启两步验证。", en: "Confirm your address first, then set up codes." }
    codes_title { zh: "恢复码", en: "Recovery codes" }
    codes_fresh { zh: "手机不在身边时，每个码可以代替一次验证码。现在就抄下来或打印出来，离开这一页就看不到了。", en: "When your phone is gone, each of these opens the door once. Write them down or print them now; they won’t be shown again." }
    codes_left(count: u32) { zh: "还有 {count} 个没有用过。", en: one "{count} is left.", many "{count} are left." }
    codes_renew { zh: "换一组恢复码", en: "Make new ones" }
    code { zh: "验证码", en: "Code" }
    code_help { zh: "验证器里的六位数字；手机不在身边时，用一个恢复码。", en: "The six digits from your app, or a recovery code." }
    step_title { zh: "还差一步", en: "One more step" }
    step_lede { zh: "打开手机上的验证器，输入它显示的六位数字。", en: "Open the authenticator on your phone and type the six digits it shows." }
    step_again { zh: "重新登录", en: "Start again" }
    done_second_on { zh: "两步验证已开启，其他设备已全部退出。", en: "Codes are on, and every other device is signed out." }
    done_second_off { zh: "两步验证已关闭，其他设备已全部退出。", en: "Codes are off, and every other device is signed out." }
    done_codes { zh: "新的恢复码做好了，旧的已作废。", en: "Here are your new codes; the old ones no longer work." }

    confirm_lede { zh: "这一步很要紧，所以再核对一次身份。确认之后五分钟内不再问。", en: "This step matters, so we ask once more who you are. For five minutes we won’t ask again." }
    confirm_do { zh: "是我", en: "It is me" }
    confirm_back { zh: "返回", en: "Go back" }
    confirm_no_way {
        zh: "你的账号没有密码，请重新登录来确认。如果登录后仍然回到这里，可以用邮件设置一个密码。",
        en: "Your account has no password. Sign in again to confirm. Where that leads back here, set a password by mail."
    }
    confirm_get_password { zh: "用邮件设置密码", en: "Set a password by mail" }

    refused_link_over { zh: "这个链接失效了，可能已经用过，或者太旧了", en: "This link no longer works; it was used already, or it is too old" }
    refused_step_over { zh: "这次登录已经过期，请重新输入密码", en: "This sign-in is over; please start again with your password" }
    refused_unproven { zh: "请先确认你的邮箱", en: "Please confirm your address first" }

    logged_signed_in { zh: "登录", en: "Signed in" }
    logged_failed { zh: "登录失败：密码不对", en: "A sign-in failed: wrong password" }
    logged_code_failed { zh: "验证码不对", en: "A code was wrong" }
    logged_recovery { zh: "用掉了一个恢复码", en: "A recovery code was used" }
    logged_confirmed { zh: "确认了身份", en: "Confirmed that it is you" }
    logged_password { zh: "修改了密码", en: "Password changed" }
    logged_reset { zh: "用邮件里的链接重设了密码", en: "Password set by a link from a letter" }
    logged_proven { zh: "确认了邮箱", en: "Address confirmed" }
    logged_address { zh: "更换了邮箱", en: "Address changed" }
    logged_second_on { zh: "开启了两步验证", en: "Codes turned on" }
    logged_second_off { zh: "关闭了两步验证", en: "Codes turned off" }
    logged_codes { zh: "换了一组恢复码", en: "New recovery codes made" }
    logged_session { zh: "让一台设备退出了登录", en: "A device was signed out" }
    logged_refused { zh: "有人表示这个邮箱不是账号主人的", en: "Somebody said that an address was not theirs" }
    logged_restored { zh: "从原来的邮箱撤回了更换", en: "Change of address taken back from the former one" }
    logged_sessions { zh: "让其他设备都退出了登录", en: "Every other device was signed out" }
}

/// Why an account refuses something.
pub fn refusal(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::LinkOver => refused_link_over(lang),
        Refusal::StepOver => refused_step_over(lang),
        Refusal::AddressUnproven => refused_unproven(lang),
        Refusal::SecondPerson => people::refused_second_person(lang),
        Refusal::LastAdmin => people::refused_last_admin(lang),
        Refusal::AskedAlready => people::refused_asked_already(lang),
        Refusal::RequestOver => people::refused_request_over(lang),
        Refusal::NothingToChange => people::refused_nothing(lang),
        Refusal::Above => people::refused_above(lang),
        Refusal::SuspendedNow => people::refused_suspended(lang),
        Refusal::NoSecondFactor => people::refused_no_second(lang),
    }
}

/// A line of the log.
pub fn logged(lang: Lang, kind: LoggedKind) -> &'static str {
    match kind {
        LoggedKind::SignedIn => logged_signed_in(lang),
        LoggedKind::SignInFailed => logged_failed(lang),
        LoggedKind::CodeFailed => logged_code_failed(lang),
        LoggedKind::RecoveryCodeUsed => logged_recovery(lang),
        LoggedKind::Confirmed => logged_confirmed(lang),
        LoggedKind::PasswordChanged => logged_password(lang),
        LoggedKind::PasswordReset => logged_reset(lang),
        LoggedKind::AddressProven => logged_proven(lang),
        LoggedKind::AddressChanged => logged_address(lang),
        LoggedKind::AddressRefused => logged_refused(lang),
        LoggedKind::AddressRestored => logged_restored(lang),
        LoggedKind::SecondFactorOn => logged_second_on(lang),
        LoggedKind::SecondFactorOff => logged_second_off(lang),
        LoggedKind::RecoveryCodesMade => logged_codes(lang),
        LoggedKind::SessionEnded => logged_session(lang),
        LoggedKind::SessionsEnded => logged_sessions(lang),
        LoggedKind::WayInAdded => crate::identity::logged_added(lang),
        LoggedKind::WayInRemoved => crate::identity::logged_removed(lang),
        LoggedKind::KeyCopied => crate::identity::logged_copied(lang),
        LoggedKind::RoleGiven => people::logged_role_given(lang),
        LoggedKind::RoleTaken => people::logged_role_taken(lang),
        LoggedKind::Suspended => people::logged_suspended(lang),
        LoggedKind::Restored => people::logged_restored(lang),
        LoggedKind::SignedOut => people::logged_signed_out(lang),
        LoggedKind::SecondFactorLost => people::logged_second_lost(lang),
        LoggedKind::ArchiveAsked => crate::privacy::logged_archive(lang),
        LoggedKind::LeavingAsked => crate::privacy::logged_leaving(lang),
        LoggedKind::LeavingUndone => crate::privacy::logged_undone(lang),
    }
}

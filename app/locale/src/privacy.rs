//! One's own data: consents, what suggestions use, how one is told of things, the archive, and leaving.

use crate::letters::{Words, letter};
use crate::{dates, numbers};
use model::privacy::{NoticeKind, Obstacle, Purpose, Refusal};
use model::{Lang, Moment, Money};

messages! {
    title { zh: "隐私与推荐", en: "Privacy and suggestions" }
    lede { zh: "每一项单独同意，随时可以收回，收回和给出一样容易。", en: "You agree to each thing by itself, and take it back as easily as you gave it." }
    ask_again_title { zh: "条款有更新", en: "The terms have changed" }
    ask_again { zh: "请读一读现在的服务条款和隐私说明，同意之后继续使用。", en: "Please read the terms and the word on privacy as they are now, and agree to go on." }
    agree { zh: "我同意", en: "I agree" }
    consents_title { zh: "你的同意", en: "What you agreed to" }
    terms { zh: "服务条款", en: "Terms of service" }
    privacy { zh: "隐私说明", en: "Privacy" }
    letters { zh: "新课邮件", en: "Letters about new courses" }
    letters_text { zh: "有你关注的主题上新时，写信告诉你。默认不寄。", en: "A letter when there is a new course in a topic you chose. Off unless you ask for it." }
    personal { zh: "个性化推荐", en: "Suggestions made for you" }
    personal_text { zh: "按你学过和看过的内容来推荐。关闭之后，推荐对所有人都一样，你的浏览记录也不再用于推荐。", en: "From what you studied and looked at. When it is off, suggestions are the same for everybody, and nothing you do is used for them." }
    is_on { zh: "已开启", en: "On" }
    is_off { zh: "已关闭", en: "Off" }
    turn_on { zh: "开启", en: "Turn on" }
    turn_off { zh: "关闭", en: "Turn off" }
    use_title { zh: "推荐可以用什么", en: "What suggestions may use" }
    use_studied { zh: "我在学、学过和评价过的课", en: "Courses I take, finished or reviewed" }
    use_looked { zh: "我看过的课程页", en: "Course pages I looked at" }
    use_interests { zh: "我选的主题", en: "Topics I chose" }
    forget_title { zh: "清除推荐记录", en: "Clear the history" }
    forget_text { zh: "忘掉你看过什么、隐藏过什么。课程、进度和评价不受影响。", en: "Forgets what you looked at and what you hid. Your courses, progress and reviews stay." }
    forget { zh: "清除记录", en: "Clear the history" }
    history_title { zh: "历次回答", en: "Your answers so far" }
    history_none { zh: "还没有回答过。", en: "None yet." }
    version(version: i64) { zh: "第 {version} 版", en: "version {version}" }
    given { zh: "同意", en: "agreed" }
    taken_back { zh: "收回", en: "taken back" }
    save { zh: "保存", en: "Save" }

    channels_title { zh: "通知方式", en: "Notifications" }
    channels_lede { zh: "选择怎样告诉你。收据、扣款前的提醒，以及和账号安全有关的邮件总会寄出。", en: "Choose how we tell you. Receipts, reminders before a charge and everything about the safety of your account are always sent by mail." }
    by_mail { zh: "邮件", en: "By mail" }
    inside { zh: "站内", en: "On the site" }
    kind_purchases { zh: "退款和发票", en: "Refunds and invoices" }
    kind_membership { zh: "会员", en: "Membership" }
    kind_gifts { zh: "礼物", en: "Gifts" }
    kind_news { zh: "关注主题的新课", en: "New courses in your topics" }
    notices_title { zh: "通知", en: "Notices" }
    notices_none { zh: "还没有通知", en: "Nothing yet" }
    notices_none_text { zh: "退款、礼物、会员和新课的消息会出现在这里。", en: "News of refunds, gifts, your membership and new courses will be here." }
    fresh { zh: "新", en: "New" }
    all_read { zh: "全部标为已读", en: "Mark all as read" }

    letters_off_title { zh: "不再收这类邮件", en: "No more of these letters" }
    letters_off_lede(kind: &str) {
        zh: "关于“{kind}”的邮件不再寄给你。站内消息照旧；收据、扣款前的提醒和有关账号安全的邮件仍会寄出。",
        en: "You will get no more letters about this: {kind}. What you see on the site stays as it is; receipts, reminders before a charge and everything about the safety of your account are still sent."
    }
    letters_off_do { zh: "不再寄给我", en: "Stop these letters" }
    letters_are_off(kind: &str) { zh: "关于“{kind}”的邮件已经停寄。", en: "You get no more letters about this: {kind}." }
    letters_on_again { zh: "重新选择通知方式", en: "Choose again" }
    letters_off_foot(link: &str) {
        zh: "不想再收到这类邮件，点这里停寄，不用登录：\n{link}",
        en: "If you would rather not get letters of this kind, stop them here, without signing in:\n{link}"
    }

    data_title { zh: "我的数据", en: "Your data" }
    data_lede { zh: "把和你有关的一切打成一个压缩包：每个方面一个 JSON 文件，一个可以直接阅读的网页，还有你上传的文件。", en: "Everything about you in one ZIP file: a JSON file for each area, a page to read it by, and the files you uploaded." }
    data_ask { zh: "打包我的数据", en: "Make my archive" }
    data_again { zh: "重新打包", en: "Make a new one" }
    data_making { zh: "正在打包", en: "Your archive is being made" }
    data_making_text(when: &str) { zh: "{when} 提出。做好之后会写信告诉你，通常几分钟，最长一天。", en: "Asked for {when}. We write to you when it is ready, usually within minutes, within a day at the most." }
    data_none { zh: "还没有打包过", en: "No archive yet" }
    data_none_text { zh: "做好之后七天内可以下载，只有登录的你能打开。", en: "Once it is made you can fetch it for seven days. Only you can, signed in." }
    data_ready { zh: "压缩包做好了", en: "Your archive is ready" }
    data_ready_text(size: &str, until: &str) { zh: "{size}，{until} 之前可以下载。", en: "{size}. You can fetch it until {until}." }
    data_download { zh: "下载", en: "Download" }
    data_over { zh: "压缩包已过期", en: "Your archive is gone" }
    data_over_text(made: &str) { zh: "{made} 做好的那一份已经删除。需要的话，再做一份。", en: "The one of {made} has been deleted. Make a new one whenever you like." }
    data_failed { zh: "没有做成", en: "It could not be made" }
    data_failed_text { zh: "我们这里出了问题，请再试一次。", en: "Something went wrong on our side. Please try again." }
    data_leave { zh: "注销账号", en: "Delete the account" }
    data_leave_text { zh: "想离开的话，可以在这里注销，七天之内能反悔。", en: "If you want to go, you can. There are seven days to change your mind." }

    leave_title { zh: "注销账号", en: "Delete your account" }
    leave_lede { zh: "提出之后有七天时间反悔：登录，在这一页点“撤销”。七天之后，下面的内容会被永久删除。", en: "You have seven days to change your mind: sign in, come here and press undo. After that it is done for good." }
    leave_goes_title { zh: "会删除的", en: "What is deleted" }
    leave_goes { zh: "称呼、邮箱、简介、登录方式、设备、学习记录、进度、推荐记录、购物车、通知、邮件、草稿和没有在用的文件。已买的课不能再打开。", en: "Name, address, introduction, ways of signing in, devices, studies, progress, what suggestions knew, cart, notices, letters, drafts and files that nothing uses. Courses you bought no longer open." }
    leave_stays_title { zh: "法律要求保留的", en: "What the law makes us keep" }
    leave_stays { zh: "订单、收据、发票、退款和账目。它们不再和你的称呼、邮箱连在一起，只留下单据上必须写的内容。", en: "Orders, receipts, invoices, refunds and the books. They are no longer tied to your name or address, beyond what is written on the papers themselves." }
    leave_sold { zh: "已经卖出的课，买的人还能学；你的名字会换成“已注销用户”。", en: "Whoever bought a course of yours keeps it; your name on it becomes “Deleted user”." }
    leave_first { zh: "注销之前，请先处理：", en: "Before you go, please settle this:" }
    leave_reviews(count: u32) { zh: "你写过 {count} 条评价", en: one "You wrote a review", many "You wrote {count} reviews" }
    leave_reviews_keep { zh: "留下，署名“已注销用户”", en: "Keep them, by “Deleted user”" }
    leave_reviews_remove { zh: "一起删除", en: "Delete them too" }
    leave_waive(amount: &str) { zh: "放弃余额 {amount}", en: "Give up the {amount} in my wallet" }
    leave_waive_note { zh: "放弃之后不能退回。也可以先花掉，或联系客服退款。", en: "It can’t be had back. You may spend it first, or ask us to refund it." }
    leave_understood { zh: "我知道哪些会删除，哪些会保留", en: "I know what is deleted and what is kept" }
    leave_do { zh: "注销账号", en: "Delete my account" }
    leaving_title(when: &str) { zh: "账号将在 {when} 注销", en: "Your account will be deleted on {when}" }
    leaving_text { zh: "在那之前一切照常。改主意了，点一下就撤销。", en: "Until then everything works as before. If you changed your mind, one press undoes it." }
    leaving_undo { zh: "撤销注销", en: "Keep my account" }
    done_undone { zh: "已撤销，账号保留。", en: "Your account stays." }
    done_agreed { zh: "谢谢，已记下你的同意。", en: "Thank you. We noted that you agree." }
    done_answered { zh: "已记下你的选择。", en: "Your choice is noted." }
    done_forgotten { zh: "推荐记录已清除。", en: "The history is cleared." }
    deleted_user { zh: "已注销用户", en: "Deleted user" }

    obstacle_wallet { zh: "钱包里还有余额：先花掉，或在下面选择放弃", en: "There is money in your wallet: spend it, or give it up below" }
    obstacle_on_sale { zh: "你还有课程或套装在售：先在工作室下架", en: "You have courses or bundles on sale: take them out of the catalogue first" }
    obstacle_membership { zh: "会员还会续费：先取消会员", en: "Your membership would renew: cancel it first" }
    obstacle_earnings { zh: "还有没结清的收入：等它可以提现，再提到银行", en: "There are earnings not paid to you yet: wait until they can be paid out" }
    obstacle_payout { zh: "有一笔提现正在路上", en: "A payout is on its way" }
    obstacle_order { zh: "有一笔订单等待付款：先付款或取消", en: "An order waits for payment: pay or cancel it" }
    obstacle_refund { zh: "有一笔退款正在处理", en: "A refund is on its way" }
    obstacle_dispute { zh: "银行正在处理一笔争议", en: "A bank is deciding about a payment" }
    obstacle_invoice { zh: "有一张发票正在开具", en: "An invoice is being made out" }
    obstacle_last_admin { zh: "你是唯一的管理员：先任命另一位", en: "You are the only administrator: appoint another one first" }
    archive_today { zh: "一天只打包一次，请明天再来", en: "One archive a day; please come back tomorrow" }
    not_leaving { zh: "没有正在进行的注销", en: "There is nothing to undo" }

    logged_archive { zh: "要求打包自己的数据", en: "Asked for an archive of your data" }
    logged_leaving { zh: "提出注销账号", en: "Asked to delete the account" }
    logged_undone { zh: "撤销了注销", en: "Kept the account after all" }

    archive_ready_subject { zh: "你的数据已打包好", en: "Your archive is ready" }
    archive_ready_text(name: &str, page: &str) {
        zh: "{name}，你好：\n\n你要的数据压缩包做好了，七天之内可以下载。登录后在这里：\n{page}\n\n如果不是你要求的，请马上修改密码，并回复这封邮件。",
        en: "Hello {name},\n\nthe archive of your data is ready. You can fetch it for seven days, signed in, here:\n{page}\n\nIf it wasn’t you who asked for it, change your password and answer this letter at once."
    }
    leaving_subject { zh: "你的讲台账号将在七天后注销", en: "Your Lectern account will be deleted in seven days" }
    leaving_letter(name: &str, when: &str, page: &str) {
        zh: "{name}，你好：\n\n你提出了注销账号。{when} 之后，除了法律要求保留的单据，你的数据会被永久删除。\n\n改主意了，登录后在这里撤销：\n{page}\n\n如果不是你提出的，请马上撤销并修改密码。",
        en: "Hello {name},\n\nyou asked us to delete your account. After {when} your data is gone for good, but for the papers that the law makes us keep.\n\nIf you change your mind, sign in and undo it here:\n{page}\n\nIf it wasn’t you who asked, undo it at once and change your password."
    }
    undone_subject { zh: "注销已撤销", en: "Your account stays" }
    undone_letter(name: &str, page: &str) {
        zh: "{name}，你好：\n\n注销已经撤销，账号和数据都还在。\n\n如果不是你撤销的，请马上修改密码：\n{page}",
        en: "Hello {name},\n\nyour account is not going to be deleted; everything is as it was.\n\nIf it wasn’t you who undid it, change your password at once:\n{page}"
    }
    stopped_subject { zh: "账号没有注销", en: "Your account could not be deleted" }
    kept_out_letter(name: &str) {
        zh: "{name}，你好：\n\n你申请的账号注销今天到期。你的账号目前处于停用状态，停用期间我们不会删除任何内容，因此这次申请已经取消。\n\n账号恢复之后，你可以重新申请。如果你仍然希望现在就删除，请回复这封邮件。",
        en: "Hello {name},\n\nyour account was to be deleted today. It is suspended, and nothing of a suspended account is deleted, so the request was taken back.\n\nYou can ask again once the account is open. If you want it deleted all the same, answer this letter."
    }
    stopped_letter(name: &str, page: &str) {
        zh: "{name}，你好：\n\n七天之间又有了需要先处理的事，所以账号没有注销，数据都还在。这里写着是什么：\n{page}\n\n处理之后可以再提出一次。",
        en: "Hello {name},\n\nduring the seven days something came up that has to be settled first, so your account was not deleted and everything is as it was. This page says what it is:\n{page}\n\nOnce it is settled you can ask again."
    }
    news_subject(title: &str) { zh: "新课：{title}", en: "A new course: {title}" }
    news_letter(name: &str, title: &str, promise: &str, course: &str) {
        zh: "{name}，你好：\n\n你关注的主题有一门新课：\n\n{title}\n{promise}\n\n看看：\n{course}",
        en: "Hello {name},\n\nthere is a new course in a topic you chose:\n\n{title}\n{promise}\n\nHave a look:\n{course}"
    }
}

pub fn purpose(lang: Lang, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Terms => terms(lang),
        Purpose::Privacy => privacy(lang),
        Purpose::Letters => letters(lang),
        Purpose::Personal => personal(lang),
    }
}

pub fn kind(lang: Lang, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Purchases => kind_purchases(lang),
        NoticeKind::Membership => kind_membership(lang),
        NoticeKind::Gifts => kind_gifts(lang),
        NoticeKind::News => kind_news(lang),
    }
}

/// What has to be settled, and how.
pub fn obstacle(lang: Lang, obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Wallet => obstacle_wallet(lang),
        Obstacle::OnSale => obstacle_on_sale(lang),
        Obstacle::Membership => obstacle_membership(lang),
        Obstacle::Earnings => obstacle_earnings(lang),
        Obstacle::Payout => obstacle_payout(lang),
        Obstacle::Order => obstacle_order(lang),
        Obstacle::Refund => obstacle_refund(lang),
        Obstacle::Dispute => obstacle_dispute(lang),
        Obstacle::Invoice => obstacle_invoice(lang),
        Obstacle::LastAdmin => obstacle_last_admin(lang),
    }
}

pub fn refusal(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Stands(what) => obstacle(lang, *what),
        Refusal::ArchiveToday => archive_today(lang),
        Refusal::NotLeaving => not_leaving(lang),
    }
}

/// What a wallet's money is called where it is given up.
pub fn waived(lang: Lang, amount: Money) -> String {
    leave_waive(lang, &numbers::money_exact(amount))
}

pub fn archive_ready(lang: Lang, name: &str, page: &str) -> Words {
    letter(lang, archive_ready_subject(lang), &archive_ready_text(lang, name, page))
}

pub fn leaving(lang: Lang, name: &str, due: Moment, page: &str) -> Words {
    letter(lang, leaving_subject(lang), &leaving_letter(lang, name, &dates::date_time(lang, due), page))
}

pub fn undone(lang: Lang, name: &str, page: &str) -> Words {
    letter(lang, undone_subject(lang), &undone_letter(lang, name, page))
}

pub fn not_while_kept_out(lang: Lang, name: &str) -> Words {
    letter(lang, stopped_subject(lang), &kept_out_letter(lang, name))
}

pub fn stopped(lang: Lang, name: &str, page: &str) -> Words {
    letter(lang, stopped_subject(lang), &stopped_letter(lang, name, page))
}

pub fn news(lang: Lang, name: &str, title: &str, promise: &str, course: &str) -> Words {
    letter(lang, &news_subject(lang, title), &news_letter(lang, name, title, promise, course))
}

//! The frame around every page: header, navigation, footer, and the pages of failure.

/// A language in itself, as readers of it look for it.
pub const fn language_name(language: model::Lang) -> &'static str {
    match language {
        model::Lang::Zh => "中文",
        model::Lang::En => "English",
    }
}

messages! {
    product { zh: "讲台", en: "Lectern" }
    tagline { zh: "好的老师，值得的时间。", en: "Good teachers. Time well spent." }
    copy_link { zh: "复制链接", en: "Copy link" }
    skip_to_content { zh: "跳到正文", en: "Skip to content" }
    main_navigation { zh: "主导航", en: "Main" }
    discover { zh: "发现", en: "Discover" }
    for_you { zh: "推荐", en: "For you" }
    learning { zh: "我的学习", en: "My learning" }
    learning_short { zh: "学习", en: "Learning" }
    account { zh: "我的", en: "Account" }
    studio { zh: "讲师工作室", en: "Studio" }
    staff { zh: "运营后台", en: "Staff" }
    orders { zh: "订单", en: "Orders" }
    settings { zh: "设置", en: "Settings" }
    search { zh: "搜索", en: "Search" }
    search_hint { zh: "搜索课程、讲师、主题", en: "Search courses, teachers, topics" }
    sign_in { zh: "登录", en: "Sign in" }
    sign_up { zh: "注册", en: "Create account" }
    sign_out { zh: "退出登录", en: "Sign out" }
    other_language { zh: "English", en: "中文" }
    language { zh: "语言", en: "Language" }
    theme { zh: "外观", en: "Theme" }
    theme_light { zh: "浅色", en: "Light" }
    theme_dark { zh: "深色", en: "Dark" }
    theme_auto { zh: "跟随系统", en: "System" }
    help { zh: "帮助", en: "Help" }
    terms { zh: "服务条款", en: "Terms" }
    privacy { zh: "隐私", en: "Privacy" }
    refunds { zh: "退款规则", en: "Refunds" }
    teach_with_us { zh: "成为讲师", en: "Teach with us" }

    account_menu { zh: "我的菜单", en: "Your menu" }
    foot_learn { zh: "学习", en: "Learn" }
    foot_help { zh: "帮助", en: "Help" }
    foot_house { zh: "关于", en: "About" }
    fine_print { zh: "讲台是自由软件，以 AGPL-3.0 发布。", en: "Lectern is free software under the AGPL-3.0." }

    not_found_title { zh: "这一页不在这里", en: "Page not found" }
    not_found_text { zh: "它可能改了地址，也可能从来没有过。搜一搜，或者从下面几页开始。", en: "It may have moved, or it may never have been. Try a search, or start from one of these." }
    forbidden_title { zh: "你还不能打开这一页", en: "You can’t open this page" }
    forbidden_text { zh: "它属于另一种身份。如果你认为应当能打开，请联系我们。", en: "It belongs to another role. If you think it should be open to you, tell us." }
    confirm_title { zh: "确认是你本人", en: "Confirm that it is you" }
    confirm_text { zh: "这一步很要紧，所以再核对一次身份。确认之后，会回到这一页。", en: "This step matters, so we ask once more who you are. Then you come straight back." }
    sign_in_first_title { zh: "请先登录", en: "Sign in first" }
    sign_in_first_text { zh: "登录之后，会回到你想去的这一页。", en: "After signing in you come straight back to this page." }
    broken_title { zh: "是我们这里出错了", en: "Something went wrong on our side" }
    broken_text(incident: &str) { zh: "你填写的内容没有丢。请稍后再试；如果告诉我们，请附上编号 {incident}。", en: "Nothing you typed was kept half done. Try again in a moment; if you write to us, quote {incident}." }
    body_too_large_title { zh: "内容太大了", en: "That is too much at once" }
    foreign_title { zh: "这个请求来自别的网站", en: "This came from another site" }
    foreign_text { zh: "为了你的安全，我们没有执行它。请回到讲台的页面上再试一次。", en: "To keep you safe, nothing was done. Please try again from a page of ours." }
    wrong_kind_title { zh: "无法读取这种内容", en: "We can’t read this kind of content" }
    wrong_kind_text { zh: "请求的内容类型不对，什么都没有改变。", en: "The request’s content type is not one this address takes. Nothing was changed." }
    too_often_title { zh: "请歇一歇", en: "Too many requests" }
    later_title { zh: "现在有点忙不过来", en: "We are catching our breath" }
    later_text { zh: "服务暂时不可用，数据都在。请过一会儿刷新这一页。", en: "The service is away for a moment and nothing is lost. Reload this page shortly." }
    try_again { zh: "再试一次", en: "Try again" }
    back_home { zh: "回到首页", en: "Back to home" }
}

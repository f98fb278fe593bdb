//! Registering, signing in, and the person's own settings.

messages! {
    email { zh: "邮箱", en: "E-mail" }
    password { zh: "密码", en: "Password" }
    name { zh: "称呼", en: "Name" }
    gate_promise { zh: "一门好课，是一个人把多年的弯路，替你走直。", en: "A good course is someone else’s years of detours, walked straight for you." }

    welcome_back { zh: "欢迎回来", en: "Welcome back" }
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
    appearance_lede { zh: "只保存在这个浏览器里。", en: "Saved in this browser only." }
    sign_out_question { zh: "要退出登录吗？", en: "Sign out?" }
    sign_out_lede { zh: "学习进度都保存好了，下次登录接着学。", en: "Your progress is saved and will be here when you come back." }
    stay { zh: "再待一会儿", en: "Stay" }

    done_kept { zh: "已保存。", en: "Saved." }
    done_password { zh: "密码已修改，其他设备已全部退出。", en: "Password changed. All other devices have been signed out." }
    done_session { zh: "那台设备已退出。", en: "That device has been signed out." }
    done_sessions { zh: "其他设备已全部退出。", en: "All other devices have been signed out." }
}

//! Registering, signing in, and the person's own settings.

messages! {
    email { zh: "邮箱", en: "E-mail" }
    password { zh: "密码", en: "Password" }
    name { zh: "称呼", en: "Name" }
}

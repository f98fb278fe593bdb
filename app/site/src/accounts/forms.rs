//! The forms of these pages, as they work without script.

use super::api;
use wire::{Filled, Form, Who};

macro_rules! form {
    ($page:literal, $name:literal, $who:ident, $verb:ident) => {
        Form {
            page: $page,
            name: $name,
            who: Who::$who,
            act: |filled: Filled| Box::pin(async move { api::$verb(filled.read()?).await }),
        }
    };
}

/// Page, form, who, verb.
pub const FORMS: &[Form] = &[
    form!("/register", "register", Anyone, register),
    form!("/login", "login", Anyone, login),
    Form { page: "/logout", name: "logout", who: Who::Anyone, act: |_| Box::pin(api::logout()) },
    form!("/settings/interests", "interests", Member, keep_interests),
    form!("/settings/profile", "profile", Member, keep_profile),
    form!("/settings/security", "password", Member, replace_password),
    form!("/settings/security", "end_session", Member, end_my_session),
    Form { page: "/settings/security", name: "end_others", who: Who::Member, act: |_| Box::pin(api::end_other_sessions()) },
    form!("/settings/appearance", "appearance", Anyone, choose_appearance),
];

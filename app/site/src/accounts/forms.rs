//! The forms of these pages, as they work without script.

use super::api;
use model::text::Hidden;
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

/// The secret in the address of a link from a letter.
fn token(filled: &Filled) -> Result<Hidden, wire::Error> {
    Ok(Hidden::new(filled.param::<String>("token")?))
}

/// Page, form, who, verb.
pub const FORMS: &[Form] = &[
    form!("/register", "register", Anyone, register),
    form!("/login", "login", Anyone, login),
    Form { page: "/logout", name: "logout", who: Who::Anyone, act: |_| Box::pin(api::logout()) },
    form!("/login/second", "second", Anyone, take_second_step),
    form!("/reset", "reset", Anyone, forgot_password),
    Form {
        page: "/reset/{token}",
        name: "set_password",
        who: Who::Anyone,
        act: |filled: Filled| Box::pin(async move { api::set_password(token(&filled)?, filled.read()?).await }),
    },
    Form { page: "/verify", name: "send_again", who: Who::Member, act: |_| Box::pin(api::send_again()) },
    Form {
        page: "/verify/{token}",
        name: "follow",
        who: Who::Anyone,
        act: |filled: Filled| Box::pin(async move { api::follow_link(token(&filled)?).await }),
    },
    Form {
        page: "/verify/{token}",
        name: "refuse",
        who: Who::Anyone,
        act: |filled: Filled| Box::pin(async move { api::refuse_link(token(&filled)?).await }),
    },
    form!("/confirm", "confirm", Member, prove_it),
    form!("/settings/security", "email", Member, replace_email),
    Form { page: "/settings/security/codes", name: "begin", who: Who::Member, act: |_| Box::pin(api::begin_second()) },
    form!("/settings/security/codes", "finish", Member, finish_second),
    Form { page: "/settings/security/codes", name: "end", who: Who::Member, act: |_| Box::pin(api::end_second()) },
    Form { page: "/settings/security/codes", name: "renew", who: Who::Member, act: |_| Box::pin(api::renew_codes()) },
    form!("/settings/interests", "interests", Member, keep_interests),
    form!("/settings/profile", "profile", Member, keep_profile),
    form!("/settings/security", "password", Member, replace_password),
    form!("/settings/security", "end_session", Member, end_my_session),
    Form { page: "/settings/security", name: "end_others", who: Who::Member, act: |_| Box::pin(api::end_other_sessions()) },
    form!("/settings/appearance", "appearance", Anyone, choose_appearance),
];

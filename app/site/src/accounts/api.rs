//! What the pages of accounts ask the server.

#[cfg(feature = "ssr")]
use domain::accounts::{self, Arrival, Followed, SignedIn};
#[cfg(feature = "ssr")]
use domain::storefront;
use leptos::prelude::*;
use model::accounts::{
    Address, Appearance, AskReset, ChangeEmail, ChangePassword, ChooseInterests, ConfirmIt, EditProfile, EndSession, Interests,
    LinkPage, NewPassword, Profile, ResetPage, Second, SecondStep, Security, SignIn, SignUp, Ways,
};
use model::text::Hidden;
#[cfg(feature = "ssr")]
use model::{routes, viewer::Theme};
use wire::Next;

/// Register. New people choose their interests first, and so it looks where somebody has the address; a known address with its
/// password is simply signed in.
#[server]
pub async fn register(form: SignUp) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let arrived = accounts::sign_up(&app, &visitor, &form).await?;
    let wanted = Next::wanted(&form.next, routes::feed(visitor.lang));
    Ok(match arrived {
        Arrival::Inside(SignedIn { session, account, is_new: false }) => {
            wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
            at_home(&app, &account, visitor.lang, wanted).await?
        }
        Arrival::Inside(SignedIn { session, .. }) | Arrival::Outside(session) => {
            wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
            Next(routes::interests_then(visitor.lang, &wanted.0))
        }
        Arrival::Second(challenge) => to_second_step(&app, visitor.lang, &challenge, &wanted),
    })
}

/// Sign in.
#[server]
pub async fn login(form: SignIn) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let wanted = Next::wanted(&form.next, routes::feed(visitor.lang));
    match accounts::sign_in(&app, &visitor, &form).await? {
        Arrival::Second(challenge) => Ok(to_second_step(&app, visitor.lang, &challenge, &wanted)),
        Arrival::Inside(SignedIn { session, account, .. }) => {
            wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
            at_home(&app, &account, visitor.lang, wanted).await
        }
        Arrival::Outside(session) => {
            wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
            Ok(wanted)
        }
    }
}

/// Colours as the account has them; and whoever has to agree to the texts anew is asked before anything else.
#[cfg(feature = "ssr")]
pub(super) async fn at_home(
    app: &domain::App,
    account: &model::ids::AccountId,
    lang: model::Lang,
    wanted: Next,
) -> Result<Next, wire::Error> {
    if let Some(theme) = accounts::theme_of(app, account).await? {
        wire::set_cookie(app, wire::Cookie::Theme, theme.as_str());
    }
    let asks = accounts::asks_again(app, account).await?;
    Ok(if asks { Next(routes::with_next(&routes::privacy(lang), &wanted.0)) } else { wanted })
}

#[cfg(feature = "ssr")]
fn to_second_step(app: &domain::App, lang: model::Lang, challenge: &domain::secrets::Secret, wanted: &Next) -> Next {
    wire::set_cookie(app, wire::Cookie::Second, challenge.reveal());
    Next(routes::with_next(&routes::second_step(lang), &wanted.0))
}

/// The second step of signing in.
#[server]
pub async fn take_second_step(form: SecondStep) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let arrived = accounts::second_step(&app, &visitor, &wire::sent_second()?, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Second, "");
    wire::set_cookie(&app, wire::Cookie::Session, arrived.session.reveal());
    at_home(&app, &arrived.account, visitor.lang, Next::wanted(&form.next, routes::feed(visitor.lang))).await
}

/// "I forgot my password."
#[server]
pub async fn forgot_password(form: AskReset) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::ask_reset(&app, &visitor, &form).await?;
    Ok(Next(format!("{}?done=sent", routes::reset(visitor.lang))))
}

/// Whose password the link sets.
#[server]
pub async fn read_reset(token: Hidden) -> Result<ResetPage, wire::Error> {
    Ok(accounts::reset_page(&wire::app()?, token.reveal()).await?)
}

/// Set a new password by the link.
#[server]
pub async fn set_password(token: Hidden, form: NewPassword) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let other_ways = accounts::reset_password(&app, &visitor, token.reveal(), &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, "");
    // whoever had the account before may have left a way in: the owner is led to where they stand
    let page = match other_ways {
        true => routes::with_next(&routes::login(visitor.lang), &routes::security_done(visitor.lang, "look_over")),
        false => routes::login(visitor.lang),
    };
    let mark = if page.contains('?') { '&' } else { '?' };
    Ok(Next(format!("{page}{mark}done=reset")))
}

/// One's address and whether it is confirmed.
#[server]
pub async fn read_address() -> Result<Address, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(accounts::address(&app, &member).await?)
}

/// Send the link that confirms it once more.
#[server]
pub async fn send_again() -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::send_again(&app, &member).await?;
    Ok(Next(format!("{}?done=sent", routes::verify(wire::lang()))))
}

/// What a link from a letter would do.
#[server]
pub async fn read_link(token: Hidden) -> Result<LinkPage, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(accounts::link_page(&app, &visitor, token.reveal()).await?)
}

/// Do it.
#[server]
pub async fn follow_link(token: Hidden) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(Next(match accounts::follow_link(&app, &visitor, token.reveal()).await? {
        Followed::Verified => routes::security_done(visitor.lang, "verified"),
        Followed::Changed => routes::security_done(visitor.lang, "changed"),
        Followed::Restored(reset) => routes::set_password(visitor.lang, reset.reveal()),
    }))
}

/// "It wasn't me."
#[server]
pub async fn refuse_link(token: Hidden) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::refuse_link(&app, &visitor, token.reveal()).await?;
    Ok(Next(format!("{}?done=refused", routes::verify(visitor.lang))))
}

/// How the person can show who they are.
#[server]
pub async fn read_ways() -> Result<Ways, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(accounts::ways(&app, &member).await?)
}

/// "It is me."
#[server]
pub async fn prove_it(form: ConfirmIt) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::confirm(&app, &visitor, &form).await?;
    Ok(Next::wanted(&form.next, routes::security(visitor.lang)))
}

/// "My address is another now."
#[server]
pub async fn replace_email(form: ChangeEmail) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::ask_change(&app, &visitor, &form).await?;
    Ok(Next(format!("{}?done=email", routes::security(visitor.lang))))
}

/// Codes from an app: off, begun or on.
#[server]
pub async fn read_second() -> Result<Second, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(accounts::second_page(&app, &visitor).await?)
}

/// Make a secret for an app.
#[server]
pub async fn begin_second() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::begin_second(&app, &visitor).await?;
    Ok(Next(routes::second_factor(visitor.lang)))
}

/// The app works: ask for its codes from now on.
#[server]
pub async fn finish_second(form: SecondStep) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let session = accounts::finish_second(&app, &visitor, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
    Ok(Next(format!("{}?done=second_on", routes::second_factor(visitor.lang))))
}

/// Ask for codes no more.
#[server]
pub async fn end_second() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let session = accounts::end_second(&app, &visitor).await?;
    wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
    Ok(Next(format!("{}?done=second_off", routes::second_factor(visitor.lang))))
}

/// Make new recovery codes.
#[server]
pub async fn renew_codes() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::renew_codes(&app, &visitor).await?;
    Ok(Next(format!("{}?done=codes", routes::second_factor(visitor.lang))))
}

/// Sign out here; what the browser kept of us goes too.
#[server]
pub async fn logout() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::sign_out(&app, &visitor).await?;
    wire::set_cookie(&app, wire::Cookie::Session, "");
    wire::add_header("clear-site-data", "\"cache\", \"storage\"");
    Ok(Next(routes::home(visitor.lang)))
}

/// The topics and the person's choice among them.
#[server]
pub async fn read_interests() -> Result<Interests, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(storefront::interests(&app, &member).await?)
}

/// Keep these interests.
#[server]
pub async fn keep_interests(form: ChooseInterests) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::choose_interests(&app, &member, &form).await?;
    Ok(Next::wanted(&form.next, routes::feed(wire::lang())))
}

/// The person as they may change themselves.
#[server]
pub async fn read_profile() -> Result<Profile, wire::Error> {
    let (app, member) = wire::member()?;
    Ok(accounts::profile(&app, &member).await?)
}

/// Keep this profile.
#[server]
pub async fn keep_profile(form: EditProfile) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    accounts::edit_profile(&app, &member, &form).await?;
    Ok(Next(format!("{}?done=kept", routes::settings(wire::lang()))))
}

/// The password's state and the places where the person is signed in.
#[server]
pub async fn read_security() -> Result<Security, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    Ok(accounts::security(&app, &visitor).await?)
}

/// Set a new password; other sessions end.
#[server]
pub async fn replace_password(form: ChangePassword) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let session = accounts::change_password(&app, &visitor, &form).await?;
    wire::set_cookie(&app, wire::Cookie::Session, session.reveal());
    Ok(Next(format!("{}?done=password", routes::security(visitor.lang))))
}

/// End one of one's own sessions.
#[server]
pub async fn end_my_session(form: EndSession) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::revoke_session(&app, &visitor, &form).await?;
    Ok(Next(format!("{}?done=session", routes::security(visitor.lang))))
}

/// End every session but this one.
#[server]
pub async fn end_other_sessions() -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    accounts::revoke_other_sessions(&app, &visitor).await?;
    Ok(Next(format!("{}?done=sessions", routes::security(visitor.lang))))
}

/// Remember the colours in this browser, and with the account where there is one.
#[server]
pub async fn choose_appearance(form: Appearance) -> Result<Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    if let Ok(theme) = form.theme.parse::<Theme>() {
        wire::set_cookie(&app, wire::Cookie::Theme, theme.as_str());
        if let Ok(member) = visitor.member() {
            accounts::keep_theme(&app, &member, theme).await?;
        }
    }
    Ok(Next::wanted(&form.back, routes::home(visitor.lang)))
}

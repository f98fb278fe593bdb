//! What the page of tokens asks the server.

#[cfg(feature = "ssr")]
use domain::tokens;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::routes;
use model::tokens::{EndToken, NewToken, Tokens};
use wire::Next;

/// One's tokens; with the id of one just made, its secret.
#[server]
pub async fn read_tokens(fresh: Option<String>) -> Result<Tokens, wire::Error> {
    let (app, member) = wire::member()?;
    let fresh = fresh.and_then(|id| id.parse().ok());
    Ok(tokens::list(&app, &member, fresh.as_ref()).await?)
}

/// Make one.
#[server]
pub async fn make_token(form: NewToken) -> Result<Next, wire::Error> {
    let (app, member) = wire::proven_member()?;
    let issued = tokens::issue(&app, &member, form).await?;
    Ok(Next(format!("{}?new={}", routes::tokens(wire::lang()), issued.id)))
}

/// End one.
#[server]
pub async fn drop_token(form: EndToken) -> Result<Next, wire::Error> {
    let (app, member) = wire::member()?;
    tokens::end(&app, &member, &form).await?;
    Ok(Next(format!("{}?done=token_ended", routes::tokens(wire::lang()))))
}

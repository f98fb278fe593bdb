//! A person's own tokens.

use super::queries;
use super::secret;
use crate::audit_trail::{self, Deed};
use crate::events::{self, Event, Happening, Occasion};
use crate::secrets::{Secret, hash};
use crate::{App, Error, Member, Result, accounts};
use model::ids::TokenId;
use model::time::{Span, days, minutes};
use model::tokens::{EndToken, Issued, NewToken, Scope, Tokens};
use model::{Fault, Problem};

/// So many live tokens a person may have.
const MOST: usize = 20;
/// How long the secret can be shown to its owner.
pub const SHOWN: Span = minutes(5);

/// Makes a token. Its page can show the secret for [`SHOWN`]; after that nobody can.
pub async fn issue(app: &App, member: &Member, form: NewToken) -> Result<Issued> {
    let wanted = form.parse()?;
    if !wanted.scopes.iter().all(|scope| scope.serves(&member.me)) {
        return Err(Error::field("scopes", Problem::NotAChoice));
    }
    let id: TokenId = app.new_id();
    let nonce = Secret::mint(app.ports.chance.as_ref());
    let secret = secret::made(app, &id, nonce.reveal());
    let now = app.now();
    let expires = wanted.days.map(|length| now + days(i64::from(length)));
    let (held, nonce, wanted) = (hash(&secret), nonce.reveal(), &wanted);
    app.db
        .write(async |tx| {
            accounts::require_verified(tx, &member.id).await?;
            if queries::of_person(tx, &member.id, now).await?.len() >= MOST {
                return Err(Error::field("name", Problem::OutOfRange { min: 1, max: i64::try_from(MOST).unwrap_or_default() }));
            }
            queries::add(tx, &id, &member.id, wanted, (nonce, &held), now, expires).await?;
            let detail = wanted.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ");
            audit_trail::record(app, tx, Deed::new("token.issued", "token", &id).by(&member.id).detail(detail)).await?;
            events::announce(app, tx, Event::new(Happening::MailDue, Occasion::TokenMade).of(&member.id)).await
        })
        .await?;
    Ok(Issued { id, secret })
}

/// The person's live tokens, the latest first, and the secret of one that was made just now.
pub async fn list(app: &App, member: &Member, fresh: Option<&TokenId>) -> Result<Tokens> {
    let (mut conn, now) = (app.db.read().await?, app.now());
    let tokens = queries::of_person(&mut conn, &member.id, now).await?;
    let nonce = match fresh {
        Some(id) => queries::nonce(&mut conn, id, &member.id, now - SHOWN).await?,
        None => None,
    };
    let secret = match (fresh, nonce) {
        (Some(id), Some(nonce)) => Some(secret::made(app, id, &nonce)),
        _ => None,
    };
    let offered = Scope::ALL.iter().copied().filter(|scope| scope.serves(&member.me)).collect();
    Ok(Tokens { tokens, offered, secret })
}

/// Forgets what secrets can be made from.
pub async fn forget_secrets(app: &App) -> Result<()> {
    let before = app.now() - SHOWN;
    app.db.write(async |tx| queries::forget_nonces(tx, before).await).await
}

/// Ends one of one's own tokens; it opens nothing from now on.
pub async fn end(app: &App, member: &Member, form: &EndToken) -> Result<()> {
    let id: TokenId = form.token.parse().map_err(|_| Error::not_found())?;
    let id = &id;
    app.db
        .write(async |tx| {
            if !queries::end(tx, id, &member.id, app.now()).await? {
                return Err(Error::Fault(Fault::NotFound));
            }
            audit_trail::record(app, tx, Deed::new("token.ended", "token", id).by(&member.id)).await
        })
        .await
}

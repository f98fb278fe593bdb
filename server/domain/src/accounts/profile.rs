//! What people say about themselves and what they want to hear about.

use super::queries;
use crate::error::OrNotFound;
use crate::events::{self, Event, Happening};
use crate::{App, Error, Member, Result, audit_trail};
use audit_trail::Deed;
use model::Problem;
use model::accounts::{ChooseInterests, EditProfile, Profile};
use model::ids::AccountId;
use model::text::Slug;
use store::Tx;

/// The person as they may change themselves.
pub async fn profile(app: &App, member: &Member) -> Result<Profile> {
    queries::profile(&mut app.db.read().await?, &member.id).await?.or_not_found()
}

/// Changes name, headline, introduction and the language of letters.
pub async fn edit_profile(app: &App, member: &Member, form: &EditProfile) -> Result<()> {
    let new = form.parse()?;
    app.db
        .write(async |tx| {
            queries::set_profile(tx, &member.id, &new).await?;
            let event = Event::new(Happening::ProfileChanged, &member.id).of(&member.id);
            events::announce(app, tx, event).await?;
            let deed = Deed::new("account.profile_changed", "account", &member.id).by(&member.id);
            audit_trail::record(app, tx, deed).await
        })
        .await
}

/// Keeps these topics instead of the ones before.
pub async fn choose_interests(app: &App, member: &Member, form: &ChooseInterests) -> Result<()> {
    let topics = form.parse()?;
    app.db.write(async |tx| keep_interests(app, tx, &member.id, &topics).await).await
}

/// The same in a transaction of the caller's; refused where one is not a topic of ours.
pub async fn keep_interests(app: &App, tx: &mut Tx, account: &AccountId, topics: &[Slug]) -> Result<()> {
    // a form sent twice at once: the second waits, and replaces what the first has kept
    queries::lock(tx, account).await?;
    if !queries::set_interests(tx, account, topics, app.now()).await? {
        return Err(Error::field("topic", Problem::NotAChoice));
    }
    events::announce(app, tx, Event::new(Happening::InterestsChosen, account).of(account)).await
}

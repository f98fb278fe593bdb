//! Consents: each purpose by itself, with the version of the text; taken back as easily as given. The log of them only grows, what
//! holds now is repeated beside it (`choices`).

use super::queries::consents as queries;
use crate::events::{self, Event, Happening};
use crate::{App, Member, Result, audit_trail};
use audit_trail::Deed;
use model::Lang;
use model::ids::{AccountId, ConsentId};
use model::privacy::{AnswerConsent, ChooseFeedUse, Consent, FeedUse, PrivacyPage, Purpose};
use store::{Conn, Tx};

/// Who joins agrees to the terms and the word on privacy as they are; asked for again when their version is another.
pub async fn agree(app: &App, tx: &mut Tx, account: &AccountId, lang: Lang) -> Result<()> {
    for purpose in Purpose::ALL.iter().copied().filter(|purpose| purpose.is_needed()) {
        record(app, tx, account, purpose, true, lang).await?;
    }
    Ok(())
}

async fn record(app: &App, tx: &mut Tx, account: &AccountId, purpose: Purpose, given: bool, lang: Lang) -> Result<()> {
    let consent = Consent { purpose, version: purpose.version(), given, at: app.now() };
    queries::add(tx, &app.new_id::<ConsentId>(), account, &consent, lang).await
}

/// Whether one of the needed texts was agreed to in another version than today's, or never.
pub async fn asks_again(app: &App, account: &AccountId) -> Result<bool> {
    is_behind(&mut app.db.read().await?, account).await
}

async fn is_behind(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    let answers = queries::of(conn, account).await?;
    Ok(Purpose::ALL.iter().filter(|purpose| purpose.is_needed()).any(|purpose| {
        let latest = answers.iter().find(|answer| answer.purpose == *purpose);
        latest.is_none_or(|answer| !answer.given || answer.version < purpose.version())
    }))
}

/// The page of consents and suggestions.
pub async fn privacy(app: &App, member: &Member) -> Result<PrivacyPage> {
    let mut conn = app.db.read().await?;
    Ok(PrivacyPage {
        history: queries::of(&mut conn, &member.id).await?,
        feed: queries::feed_use(&mut conn, &member.id).await?,
        letters: queries::wants_letters(&mut conn, &member.id).await?,
        asks_again: is_behind(&mut conn, &member.id).await?,
    })
}

/// "I agree" to the texts as they are now.
pub async fn agree_again(app: &App, member: &Member, lang: Lang) -> Result<()> {
    app.db
        .write(async |tx| {
            agree(app, tx, &member.id, lang).await?;
            audit_trail::record(app, tx, Deed::new("account.agreed", "account", &member.id).by(&member.id)).await
        })
        .await
}

/// Gives or takes back one consent, at once: suggestions of the next page and letters from now on heed it.
pub async fn answer(app: &App, member: &Member, lang: Lang, form: &AnswerConsent) -> Result<()> {
    let (purpose, given) = form.parse()?;
    app.db
        .write(async |tx| {
            record(app, tx, &member.id, purpose, given, lang).await?;
            queries::set_answer(tx, &member.id, purpose, given).await?;
            let word = format!("{purpose} {}", if given { "given" } else { "taken_back" });
            audit_trail::record(app, tx, Deed::new("account.consent", "account", &member.id).by(&member.id).detail(word)).await?;
            match (purpose, given) {
                (Purpose::Personal, false) => forgotten(app, tx, &member.id).await,
                _ => Ok(()),
            }
        })
        .await
}

/// Whether letters about new courses are wanted.
pub(crate) async fn wants_letters(conn: &mut Conn, account: &AccountId) -> Result<bool> {
    queries::wants_letters(conn, account).await
}

/// Takes the consent to letters about new courses back, by the link of such a letter; nothing where it does not stand.
pub(crate) async fn decline_letters(app: &App, tx: &mut Tx, account: &AccountId, lang: Lang) -> Result<()> {
    if !queries::wants_letters(tx, account).await? {
        return Ok(());
    }
    record(app, tx, account, Purpose::Letters, false, lang).await?;
    queries::set_answer(tx, account, Purpose::Letters, false).await?;
    let deed = Deed::new("account.consent", "account", account).detail("letters taken_back by a letter's link");
    audit_trail::record(app, tx, deed).await
}

/// What suggestions may use from now on; what they may not is told to be forgotten.
pub async fn choose_feed_use(app: &App, member: &Member, form: &ChooseFeedUse) -> Result<()> {
    app.db
        .write(async |tx| {
            let before = queries::feed_use(tx, &member.id).await?;
            let uses = FeedUse {
                personal: before.personal,
                studied: form.uses("studied"),
                looked: form.uses("looked"),
                interests: form.uses("interests"),
            };
            queries::set_feed_use(tx, &member.id, uses).await?;
            audit_trail::record(app, tx, Deed::new("account.feed_use", "account", &member.id).by(&member.id)).await?;
            forgotten(app, tx, &member.id).await
        })
        .await
}

/// Told to whoever keeps traces.
async fn forgotten(app: &App, tx: &mut Tx, account: &AccountId) -> Result<()> {
    events::announce(app, tx, Event::new(Happening::TracesForgotten, account).of(account)).await
}

/// What suggestions may use of this person.
pub async fn feed_use(conn: &mut Conn, account: &AccountId) -> Result<FeedUse> {
    queries::feed_use(conn, account).await
}

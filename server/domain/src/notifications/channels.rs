//! By which ways people hear of what happened. What the law or their safety asks for is always sent by mail; the rest as they chose.

use super::queries::notices as queries;
use crate::events::{Event, Happening, Logged};
use crate::{App, Member, Result};
use model::ids::{AccountId, NoticeId};
use model::paging::{Leaf, Page};
use model::privacy::{Channels, ChooseChannels, Notice, NoticeKind};
use store::Tx;

/// How many notices a page shows.
const PER_PAGE: u32 = 50;

/// What can be chosen for an event; nothing: mail alone, and always (safety, invitations, welcomes).
pub(super) struct Choice {
    pub kind: NoticeKind,
    /// A receipt, a reminder before a charge, money that came and goes back.
    pub always_by_mail: bool,
}

pub(super) fn choice(happening: Happening) -> Option<Choice> {
    use Happening as H;
    let (kind, always_by_mail) = match happening {
        H::OrderPaid | H::MoneyStrayed => (NoticeKind::Purchases, true),
        H::OrderRefunded | H::InvoiceChanged => (NoticeKind::Purchases, false),
        H::SubscriptionReminder | H::SubscriptionDue => (NoticeKind::Membership, true),
        H::SubscriptionBegun | H::SubscriptionCancelled | H::SubscriptionPaused | H::SubscriptionEnded => {
            (NoticeKind::Membership, false)
        }
        H::GiftIssued | H::GiftClaimed => (NoticeKind::Gifts, false),
        _ => return None,
    };
    Some(Choice { kind, always_by_mail })
}

/// Which letters a letter about this may offer to turn off from itself; not those about money, which the settings alone do.
pub(super) fn stops(happening: Happening) -> Option<NoticeKind> {
    let choice = choice(happening)?;
    (!choice.always_by_mail && choice.kind != NoticeKind::Purchases).then_some(choice.kind)
}

/// Where an event is looked at, after the language.
fn page(event: &Event) -> String {
    use Happening as H;
    match event.kind {
        H::OrderPaid | H::OrderRefunded | H::MoneyStrayed => format!("/orders/{}", event.subject),
        H::InvoiceChanged => format!("/me/invoices/{}", event.subject),
        H::GiftIssued | H::GiftClaimed => "/gift".into(),
        _ => "/me/membership".into(),
    }
}

/// Tells the person inside, where they want that; whether they shall have a letter too.
pub(super) async fn tell(app: &App, tx: &mut Tx, logged: &Logged, account: &AccountId, cause: &str, title: &str) -> Result<bool> {
    let Some(choice) = choice(logged.event.kind) else { return Ok(true) };
    let ways = queries::ways(tx, account, choice.kind).await?;
    if ways.inside {
        put(app, tx, account, choice.kind, cause, title, &page(&logged.event)).await?;
    }
    Ok(ways.mail || choice.always_by_mail)
}

/// Puts a notice before somebody; the same again changes nothing.
pub(super) async fn put(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    kind: NoticeKind,
    cause: &str,
    title: &str,
    page: &str,
) -> Result<()> {
    let notice = Notice { title: title.to_owned(), page: page.to_owned(), at: app.now(), fresh: true };
    queries::add(tx, &app.new_id::<NoticeId>(), account, kind, cause, &notice).await
}

/// How the member hears of each kind of thing.
pub async fn channels(app: &App, member: &Member) -> Result<Vec<Channels>> {
    let mut conn = app.db.read().await?;
    let mut all = Vec::new();
    for kind in NoticeKind::ALL {
        all.push(queries::ways(&mut conn, &member.id, *kind).await?);
    }
    Ok(all)
}

/// From now on so.
pub async fn choose_channels(app: &App, member: &Member, form: &ChooseChannels) -> Result<()> {
    let lines = form.lines();
    app.db
        .write(async |tx| {
            for line in &lines {
                queries::set_ways(tx, &member.id, line).await?;
            }
            Ok(())
        })
        .await
}

/// A page of what the member was told inside, the latest first.
pub async fn notices(app: &App, member: &Member, page: u32) -> Result<Page<Notice>> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count(&mut conn, &member.id).await?);
    Ok(leaf.with(queries::of(&mut conn, &member.id, leaf).await?))
}

/// All of it is read.
pub async fn read_all(app: &App, member: &Member) -> Result<()> {
    app.db.write(async |tx| queries::read_all(tx, &member.id, app.now()).await).await
}

//! From an event to a letter.

use super::queries;
use crate::events::{Happening, Logged, Occasion};
use crate::{App, Result, accounts};
use locale::letters::{self, Words};
use model::Lang;
use model::accounts::Profile;
use store::Tx;

/// Writes the letter an event is worth, if it is worth one. The same event again writes nothing.
pub(super) async fn compose(app: &App, tx: &mut Tx, logged: &Logged) -> Result<()> {
    let Some(account) = &logged.event.account else { return Ok(()) };
    let words: fn(&App, &Profile) -> Words = match logged.event.kind {
        Happening::MemberJoined => |app, person| letters::welcome(person.lang, person.name.as_str(), &feed(app, person.lang)),
        Happening::MailDue => match logged.event.subject.parse() {
            Ok(Occasion::SomeoneTried) => {
                |app, person| letters::someone_tried(person.lang, person.name.as_str(), &sign_in(app, person.lang))
            }
            Ok(Occasion::PasswordChanged) => {
                |app, person| letters::password_changed(person.lang, person.name.as_str(), &sign_in(app, person.lang))
            }
            Err(_) => return Ok(()),
        },
        _ => return Ok(()),
    };
    let Some(person) = accounts::profile_of(tx, account).await? else { return Ok(()) };
    let letter = queries::Due {
        id: app.new_id::<model::ids::EventId>().to_string(),
        cause: format!("{}:{}", logged.id, logged.event.kind),
        account,
        person: &person,
        words: words(app, &person),
    };
    if queries::add(tx, &letter, app.now()).await? {
        tx.wake();
    }
    Ok(())
}

fn feed(app: &App, lang: Lang) -> String {
    app.settings.public_url.clone() + &model::routes::feed(lang)
}

fn sign_in(app: &App, lang: Lang) -> String {
    app.settings.public_url.clone() + &model::routes::login(lang)
}

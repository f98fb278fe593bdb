//! A new course, for those who chose its topic: inside unless they declined, by mail only where they agreed to such letters.

use super::channels;
use super::queries::{self, notices};
use crate::events::Logged;
use crate::{App, Result};
use locale::privacy as says;
use model::ids::CourseId;
use model::privacy::NoticeKind;
use model::routes;
use store::Tx;

/// Tells everybody it is for; each of them once, however often the course is offered anew.
pub(super) async fn tell(app: &App, tx: &mut Tx, logged: &Logged) -> Result<()> {
    let Ok(course) = logged.event.subject.parse::<CourseId>() else { return Ok(()) };
    let Some(new) = notices::new_course(tx, &course).await? else { return Ok(()) };
    for reader in notices::readers(tx, &course).await? {
        let cause = format!("news:{course}:{}", reader.account);
        let words = says::news(
            reader.lang,
            &reader.name,
            &new.title,
            &new.promise,
            &(app.settings.public_url.clone() + &routes::course(reader.lang, &new.slug)),
        );
        if notices::ways(tx, &reader.account, NoticeKind::News).await?.inside {
            let page = format!("/courses/{}", new.slug);
            channels::put(app, tx, &reader.account, NoticeKind::News, &cause, &words.subject, &page).await?;
        }
        if reader.letters {
            let id = app.new_id::<model::ids::EventId>().to_string();
            let (account, address, lang) = (&reader.account, reader.email.clone(), reader.lang);
            let due = queries::Due { id, cause, account, address, lang, words, link: None, stops: Some(NoticeKind::News) };
            if queries::add(tx, &due, app.now()).await? {
                tx.wake();
            }
        }
    }
    Ok(())
}

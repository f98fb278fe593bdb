//! Somebody's own link and what it brought.

use super::{HOLD, WINDOW, queries};
use crate::{App, Error, Member, Result};
use model::paging::Leaf;
use model::referrals::ShareDesk;
use model::vouchers::Code;
use model::{Lang, routes};

/// How often a code is drawn before giving up; two of a million million are rarely the same.
const DRAWS: u32 = 5;
const PER_PAGE: u32 = 30;

/// The person's link, made at the first look, and a page of their shares.
pub async fn desk(app: &App, who: &Member, lang: Lang, page: u32) -> Result<ShareDesk> {
    // the connection is given back before anything is written
    let known = queries::code_of(&mut app.db.read().await?, &who.id).await?;
    let code = match known {
        Some(code) => code,
        None => draw(app, who).await?,
    };
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_of_affiliate(&mut conn, &who.id).await?);
    Ok(ShareDesk {
        link: format!("{}{}?via={code}", app.settings.public_url, routes::home(lang)),
        code,
        share_bp: app.settings.affiliate_bp,
        window_days: WINDOW.as_seconds() / 86_400,
        hold_days: HOLD.as_seconds() / 86_400,
        brought: queries::brought(&mut conn, &who.id).await?,
        shares: leaf.with(queries::of_affiliate(&mut conn, &who.id, leaf).await?),
    })
}

async fn draw(app: &App, who: &Member) -> Result<String> {
    for _ in 0..DRAWS {
        let mut bits = [0u8; 16];
        app.ports.chance.fill(&mut bits);
        let code: String = Code::of(bits).plain().chars().rev().take(8).collect();
        app.db.write(async |tx| queries::add_affiliate(tx, &who.id, &code, app.now()).await).await?;
        let drawn = queries::code_of(&mut app.db.read().await?, &who.id).await?;
        if let Some(code) = drawn {
            return Ok(code);
        }
    }
    Err(Error::bug("no code for links could be drawn"))
}

//! Letters about the membership.

use crate::events::{Happening, Logged};
use crate::{Error, Result, orders};
use locale::letters::Words;
use locale::membership;
use model::ids::OrderId;
use model::{Lang, Moment, Money, routes};
use serde::Deserialize;
use store::Conn;

/// What the events of the membership tell beyond their subject.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    until: Option<Moment>,
    trial: bool,
    amount: Option<Money>,
    at: Option<Moment>,
    alone: bool,
    order: Option<OrderId>,
}

pub(super) fn is_worth_one(kind: Happening) -> bool {
    use Happening::{
        SubscriptionBegun, SubscriptionCancelled, SubscriptionDue, SubscriptionEnded, SubscriptionPaused, SubscriptionReminder,
    };
    matches!(
        kind,
        SubscriptionBegun
            | SubscriptionCancelled
            | SubscriptionDue
            | SubscriptionEnded
            | SubscriptionPaused
            | SubscriptionReminder
    )
}

pub(super) async fn words(
    conn: &mut Conn,
    logged: &Logged,
    lang: Lang,
    name: &str,
    at: &(dyn Fn(String) -> String + Send + Sync),
) -> Result<Option<Words>> {
    let told: Told = serde_json::from_str(&logged.event.detail).map_err(Error::bug)?;
    let mine = at(routes::my_membership(lang));
    Ok(match logged.event.kind {
        Happening::SubscriptionBegun => told.until.map(|until| membership::begun_letter(lang, name, until, told.trial, &mine)),
        Happening::SubscriptionReminder => {
            told.amount.zip(told.at).map(|(amount, day)| membership::reminder_letter(lang, name, amount, day, told.alone, &mine))
        }
        Happening::SubscriptionDue => {
            let Some(id) = told.order else { return Ok(None) };
            let Some(order) = orders::order(conn, &id).await? else { return Ok(None) };
            Some(membership::due_letter(
                lang,
                name,
                order.total,
                told.until.unwrap_or(order.expires_at),
                &at(routes::pay(lang, &id)),
            ))
        }
        Happening::SubscriptionCancelled => told.until.map(|until| membership::cancelled_letter(lang, name, until, &mine)),
        Happening::SubscriptionPaused => Some(membership::paused_letter(lang, name, &mine)),
        Happening::SubscriptionEnded => Some(membership::ended_letter(lang, name, &at(routes::membership(lang)))),
        _ => None,
    })
}

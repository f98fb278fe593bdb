//! No table is forgotten: whatever names a person is in the archive or left out for a reason, and goes with them or stays for one.

use crate::privacy::queries::areas;
use crate::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use store::{Db, on_both};

/// Tables that name people and are not in the archive: why not.
const LEFT_OUT: &[(&str, &str)] = &[
    ("sign_in_challenges", "ten minutes of a sign-in; nothing but hashes"),
    ("identity_attempts", "ten minutes of a sign-in; nothing but hashes"),
    ("payer_journeys", "ten minutes of a way to a provider; nothing but hashes"),
    ("passkey_ceremonies", "five minutes of a sign-in; nothing but hashes"),
    ("reset_requests", "gone as soon as the letter is written, which is there"),
    ("idempotency", "hashes that keep a form from being taken twice"),
    ("reconciliations", "which of staff compared the books; the deed is in the audit trail"),
    ("signal_marks", "what staff made of signals of an attack"),
    ("erasures", "of people who have no archive any more"),
];

/// Tables whose rows stay when a person goes, and why; what of them named the person is emptied.
pub const STAYS: &[(&str, &str)] = &[
    ("accounts", "the books refer to it; nothing of the person is left in it"),
    ("orders", "the law: purchases"),
    ("checkouts", "the law: what an order was made of"),
    ("redemptions", "the law: what an order was reduced by"),
    ("invoices", "the law: issued papers; without the address letters went to"),
    ("grants", "what an order gave"),
    ("passes", "what a membership gave"),
    ("subscriptions", "the law: what was paid for which time"),
    ("agreements", "ended, and ended at the provider by the worker"),
    ("ledger_accounts", "the books"),
    ("transfers", "the books"),
    ("balances", "the books"),
    ("order_line_parts", "the books: who earned by a sale"),
    ("line_shares", "the books"),
    ("share_holds", "the books"),
    ("payouts", "the books; by whom of staff they were sent"),
    ("payout_accounts", "the books: the end of the number that was paid to; the rest is emptied"),
    ("refunds", "the books; by whom of staff they were granted"),
    ("affiliates", "shares were booked by it; the code is chance"),
    ("affiliate_shares", "the books"),
    ("vouchers", "the books: what was given and taken, without the card"),
    ("voucher_batches", "what staff made"),
    ("seat_pools", "the books: what was bought"),
    ("seats", "the books: who had one, without the address"),
    ("reviews", "where the person chose to leave them, under no name"),
    ("courses", "whoever bought one keeps it; under no name"),
    ("drafts", "of courses that were sold"),
    ("media", "files that sold courses show"),
    ("bundles", "the books refer to them"),
    ("promotions", "the books refer to them; ended"),
    ("study_events", "until the shares of instructors are counted by them"),
    ("lesson_progress", "until the shares of instructors are counted by it"),
    ("course_progress", "until the shares of instructors are counted by them"),
    ("events", "ids alone, which lead to nobody any more"),
    ("audit_entries", "ids alone; who did what is not undone"),
    ("reconciliations", "which of staff compared the books"),
    ("role_requests", "what the person decided about others as staff"),
    ("account_suspensions", "what the person decided about others as staff"),
    ("seen_as", "what the person did as staff"),
    ("signal_marks", "what the person did as staff"),
    ("erasures", "an id that leads to nobody, so that they are forgotten again after a restore"),
];

/// Tables whose rows go with the person.
const GOES: &[&str] = &[
    "account_choices",
    "account_interests",
    "account_links",
    "account_roles",
    "address_changes",
    "api_tokens",
    "archives",
    "cart_items",
    "carts",
    "consents",
    "course_shares",
    "departures",
    "dismissals",
    "identities",
    "identity_attempts",
    "idempotency",
    "interactions",
    "letters",
    "notice_choices",
    "notices",
    "passkey_ceremonies",
    "passkeys",
    "payer_journeys",
    "payer_names",
    "recovery_codes",
    "referrals",
    "reset_requests",
    "rest_calls",
    "second_factors",
    "security_log",
    "sessions",
    "sign_in_challenges",
    "trials",
    "uploads",
    "wrong_codes",
];

/// Whether a column of this name says who somebody is.
fn names_somebody(column: &str) -> bool {
    column.ends_with("_by")
        || column.ends_with("account_id")
        || matches!(
            column,
            "owner_id"
                | "actor_id"
                | "staff_id"
                | "instructor_id"
                | "giver_id"
                | "affiliate_id"
                | "email"
                | "former"
                | "principal"
                | "user_agent"
                | "network"
                | "recipient"
                | "sender"
        )
}

/// The tables with such a column, each with them.
async fn people_s(db: &Db) -> Result<BTreeMap<String, Vec<String>>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column, _) in store::testing::columns(db).await? {
        if names_somebody(&column) {
            tables.entry(table).or_default().push(column);
        }
    }
    Ok(tables)
}

on_both!(gd_1_every_table_that_names_a_person_is_in_the_archive_or_left_out_for_a_reason, async |db: Db| -> Result<(), Error> {
    let told: BTreeSet<&str> = areas::all().iter().flat_map(|area| area.tables.iter().copied()).collect();
    let left_out: BTreeSet<&str> = LEFT_OUT.iter().map(|(table, _)| *table).collect();
    let tables = people_s(&db).await?;
    let forgotten: Vec<_> =
        tables.iter().filter(|(table, _)| !told.contains(table.as_str()) && !left_out.contains(table.as_str())).collect();
    assert!(forgotten.is_empty(), "neither in the archive nor left out for a reason: {forgotten:?}");
    let both: Vec<_> = told.intersection(&left_out).collect();
    assert!(both.is_empty(), "in the archive and left out: {both:?}");
    Ok(())
});

on_both!(gd_2_every_table_that_names_a_person_goes_with_them_or_stays_for_a_reason, async |db: Db| -> Result<(), Error> {
    let known: BTreeSet<&str> = STAYS.iter().map(|(table, _)| *table).chain(GOES.iter().copied()).collect();
    let tables = people_s(&db).await?;
    let forgotten: Vec<_> = tables.iter().filter(|(table, _)| !known.contains(table.as_str())).collect();
    assert!(forgotten.is_empty(), "neither goes nor stays for a reason: {forgotten:?}");
    Ok(())
});

/// Tables that may still name an account that was erased: by its id alone.
pub fn may_name(table: &str) -> bool {
    STAYS.iter().any(|(stays, _)| *stays == table)
}

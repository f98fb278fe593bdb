//! Stories of the sandbox gateway, each on both databases, over HTTP.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test has nobody to tell but its reader")]

mod alone;
mod booth;
mod interface;
mod notifications;
mod page;
mod refunds;
mod trouble;

store::on_both!(gateway::MIGRATIONS, every_statement_prepares, async |db: store::Db| store::testing::prepare_everything(&db)
    .await);

#[test]
fn the_migrations_keep_to_the_subset() {
    assert_eq!(gateway::MIGRATIONS.mistakes(), Vec::<String>::new());
}

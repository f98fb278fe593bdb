//! "That e-mail address is taken", said the same way by both databases.
//!
//! SQLite names `table.column`; Postgres names the table, the constraint and, in the detail, the columns. Both become
//! `table.column` (`table.first,second` for several). A unique index over an expression has no columns to name: both give
//! the name of the index.

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

/// The columns whose unique value is taken.
pub(crate) fn table_column(refusal: &dyn DatabaseError) -> String {
    match refusal.try_downcast_ref::<PgDatabaseError>() {
        Some(refusal) => postgres(
            refusal.table().unwrap_or_default(),
            refusal.constraint().unwrap_or_default(),
            refusal.detail().unwrap_or_default(),
        ),
        None => sqlite(refusal.message()),
    }
}

/// `UNIQUE constraint failed: accounts.email` or `… failed: index 'accounts_email_key'`.
fn sqlite(message: &str) -> String {
    let named = message.rsplit_once("failed: ").map_or(message, |(_, named)| named);
    if let Some(index) = named.strip_prefix("index '") {
        return index.trim_end_matches('\'').to_owned();
    }
    let mut columns = named.split(", ");
    let first = columns.next().unwrap_or(named).to_owned();
    columns.fold(first, |all, column| {
        let column = column.rsplit_once('.').map_or(column, |(_, column)| column);
        all + "," + column
    })
}

/// The detail reads `Key (email)=(ada@…) already exists.`; its words may be translated, its brackets are not. Where the
/// server hides the detail, the constraint's name `<table>_<column>_key` still tells.
fn postgres(table: &str, constraint: &str, detail: &str) -> String {
    let columns = detail.split_once('(').and_then(|(_, rest)| rest.split_once(")=(")).map(|(columns, _)| columns);
    match columns {
        Some(columns) if columns.contains('(') => constraint.to_owned(),
        Some(columns) => format!("{table}.{}", columns.replace(", ", ",").replace('"', "")),
        None => constraint
            .strip_prefix(table)
            .and_then(|rest| rest.strip_prefix('_'))
            .and_then(|rest| rest.strip_suffix("_key"))
            .map_or_else(|| constraint.to_owned(), |column| format!("{table}.{column}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_names_its_columns() {
        assert_eq!(sqlite("UNIQUE constraint failed: accounts.email"), "accounts.email");
        assert_eq!(sqlite("UNIQUE constraint failed: seats.pool_id, seats.account_id"), "seats.pool_id,account_id");
        assert_eq!(sqlite("UNIQUE constraint failed: index 'accounts_lower_key'"), "accounts_lower_key");
    }

    #[test]
    fn postgres_tells_by_its_detail_else_by_the_constraint() {
        let taken = |detail| postgres("accounts", "accounts_email_key", detail);
        assert_eq!(taken("Key (email)=(ada@lectern.example) already exists."), "accounts.email");
        assert_eq!(taken("Schlüssel »(email)=(x)« existiert bereits."), "accounts.email");
        assert_eq!(taken(""), "accounts.email");
        assert_eq!(postgres("seats", "s", "Key (pool_id, account_id)=(1, 2) already exists."), "seats.pool_id,account_id");
        assert_eq!(postgres("accounts", "accounts_lower_key", "Key (lower(email))=(x) already exists."), "accounts_lower_key");
    }
}

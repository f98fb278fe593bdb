//! Writes that travel with the statement behind them. SQLite works in a thread of its own, and a journey there and back costs more than
//! most writes do; so one of which nobody asks anything waits for the next statement of its transaction, or for its end.
//!
//! The order stays, and each finds what those before it wrote. What fails is told a statement later, and has failed the transaction.

use sqlx::sqlite::SqliteArguments;

/// What waits on one connection.
#[derive(Default)]
pub(crate) enum Waiting {
    #[default]
    Nothing,
    Writes {
        text: String,
        values: SqliteArguments,
    },
    /// They stand in front of a statement that is being put together. Where that is never run they are lost, and all is undone.
    Handed,
}

/// So many values wait at most: the texts that are joined stay short, and so does what SQLite keeps of them prepared.
pub(crate) const MOST: usize = 96;

/// Adds a statement behind `text`, its placeholders counted on from the `before` values that are there already.
pub(crate) fn join(text: &mut String, statement: &str, before: usize) {
    // the line break ends a comment that the text may end with
    text.push_str("\n;\n");
    let mut pieces = statement.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(piece.len());
        let (number, rest) = piece.split_at(digits);
        text.push('$');
        match number.parse::<usize>() {
            Ok(number) => text.push_str(&(number + before).to_string()),
            Err(_) => text.push_str(number),
        }
        text.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_counted_on() {
        let mut text = "INSERT INTO a VALUES ($1, $2)".to_owned();
        join(&mut text, "UPDATE b SET x = $2 WHERE id = $1 AND y = $10", 2);
        assert_eq!(text, "INSERT INTO a VALUES ($1, $2)\n;\nUPDATE b SET x = $4 WHERE id = $3 AND y = $12");
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        let mut text = String::new();
        join(&mut text, "SELECT '$.x', $1", 3);
        assert_eq!(text, "\n;\nSELECT '$.x', $4");
    }
}

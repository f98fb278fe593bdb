//! The five column types of the subset, looked for in migrations: SQLite accepts nonsense silently.

const ALLOWED: [&str; 5] = ["TEXT", "BIGINT", "BOOLEAN", "DOUBLE", "BYTEA"];

/// What a line of a table's definition may begin with when it declares no column.
const NO_COLUMN: [&str; 6] = ["PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT", "REFERENCES"];

/// Each column whose type is none of the five, as `column TYPE`.
pub(crate) fn foreign_types(sql: &str) -> Vec<String> {
    let sql: String = sql.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n");
    let mut foreign = Vec::new();
    for statement in sql.split(';') {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let upper: Vec<String> = words.iter().map(|word| word.to_uppercase()).collect();
        match upper.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["CREATE", "TABLE", ..] => {
                let columns = statement.split_once('(').map_or("", |(_, rest)| rest);
                foreign.extend(definitions(columns).into_iter().filter_map(|definition| strange(&definition)));
            }
            ["ALTER", "TABLE", _, "ADD", "COLUMN", ..] => foreign.extend(strange(&words[5..].join(" "))),
            ["ALTER", "TABLE", _, "ADD", ..] => foreign.extend(strange(&words[4..].join(" "))),
            _ => {}
        }
    }
    foreign
}

/// Whether a column is SQLite's growing number, which has this one spelling and is the half of a dialect pair.
pub(crate) fn is_sqlite_counter(sql: &str, column: &str) -> bool {
    sql.contains(&format!("{column} PRIMARY KEY AUTOINCREMENT"))
}

/// The parts of a table's definition, cut at its own commas and not at those in brackets.
fn definitions(columns: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_i32;
    for letter in columns.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// The definition's column and type if the type is not allowed.
fn strange(definition: &str) -> Option<String> {
    let mut words = definition.split_whitespace().map(|word| word.trim_end_matches(')'));
    let name = words.next()?;
    let bare = name.split('(').next().unwrap_or(name).to_uppercase();
    if NO_COLUMN.contains(&bare.as_str()) || bare.is_empty() {
        return None;
    }
    let declared = words.next().unwrap_or("without one");
    let known = ALLOWED.contains(&declared.to_uppercase().as_str());
    (!known).then(|| format!("{name} {declared}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_types_pass_with_all_their_trimmings() {
        let sql = "CREATE TABLE a (
            id TEXT PRIMARY KEY, -- a UUID
            owner TEXT NOT NULL REFERENCES b(id) ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('open', 'done')),
            amount BIGINT NOT NULL DEFAULT 0, rate DOUBLE PRECISION, live BOOLEAN NOT NULL, body BYTEA,
            CONSTRAINT a_owner_state_key UNIQUE (owner, state), PRIMARY KEY (id, owner), CHECK(amount > 0)
        );
        CREATE UNIQUE INDEX a_open ON a (owner) WHERE state = 'open';
        ALTER TABLE a ADD COLUMN note TEXT;";
        assert_eq!(foreign_types(sql), Vec::<String>::new());
    }

    #[test]
    fn any_other_type_is_found() {
        let sql = "CREATE TABLE a (id UUID PRIMARY KEY, at TIMESTAMPTZ, n INTEGER, j JSONB, s VARCHAR(20), bare);
                   ALTER TABLE a ADD COLUMN x NUMERIC(10, 2); alter table a add y int;";
        let expected =
            ["id UUID", "at TIMESTAMPTZ", "n INTEGER", "j JSONB", "s VARCHAR(20", "bare without one", "x NUMERIC(10,", "y int"];
        assert_eq!(foreign_types(sql), expected);
    }
}

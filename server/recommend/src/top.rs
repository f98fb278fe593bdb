//! Lists for many people at once.

use std::io;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::csv;
use crate::evaluate::Fitted;
use crate::interactions::Interactions;
use crate::parallel;

/// One line of the answer; ranks start at 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    pub user: String,
    pub item: String,
    pub rank: usize,
    pub score: f64,
}

/// Tunes and fits on `train` and gives each of the people, in their order, the `count` best items that they do not
/// have. Somebody who is not in `train` is given what is popular.
pub fn top(train: &Interactions, catalogue: &Catalogue, users: &[String], count: usize) -> Vec<Row> {
    let fitted = Fitted::new(train, catalogue);
    let lists = parallel::chunks(users.len(), |range| {
        users[range].iter().flat_map(|user| list(&fitted, user, count)).collect::<Vec<_>>()
    });
    lists.into_iter().flatten().collect()
}

fn list(fitted: &Fitted, user: &str, count: usize) -> Vec<Row> {
    let best = fitted.best(user, count).into_iter();
    let row = |(rank, candidate): (usize, crate::diversify::Candidate)| Row {
        user: user.to_owned(),
        item: fitted.model.name(candidate.item).to_owned(),
        rank,
        score: f64::from(candidate.score),
    };
    (1..).zip(best).map(row).collect()
}

/// Writes CSV with the header `user,item,rank,score`.
pub fn write_rows(rows: &[Row], mut out: impl io::Write) -> io::Result<()> {
    out.write_all(b"user,item,rank,score\n")?;
    for row in rows {
        csv::write_field(&mut out, &row.user)?;
        out.write_all(b",")?;
        csv::write_field(&mut out, &row.item)?;
        writeln!(out, ",{},{:.6}", row.rank, row.score)?;
    }
    out.flush()
}

//! REL-18: the mail server takes a letter, and the program is killed before it notes that.

use crate::oracle::{judge, quiet};
use crate::post::Post;
use crate::props::Props;
use crate::report::Report;
use crate::stage::{Plan, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use store::Kind;

const ROUNDS: usize = 5;

pub async fn run(props: &mut Props, report: &mut Report) -> Result<(), String> {
    let rounds = props.scaled(ROUNDS, 2);
    let post = Post::open().await?;
    let mut stage = Stage::open(props, Plan::new(Kind::Sqlite, 1).movable().with("LECTERN_SMTP_URL", post.url())).await?;
    report.did(format!("{rounds} times: somebody joins, the mail server takes the welcome and stays silent, SIGKILL, start again, three minutes pass"));
    for round in 0..rounds {
        let before = post.taken().len();
        post.be_mute(true);
        stage.people(&format!("joins-{round}"), 1).await?;
        wait_for(&post, before + 1).await?;
        stage.kill(0).await;
        post.be_mute(false);
        stage.start(0).await?;
        // the letter is lent to whoever sends it for two minutes
        stage.advance(180).await?;
        wait_for(&post, before + 2).await?;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for taken in post.taken().into_iter().filter(|taken| taken.to.starts_with("joins-")) {
        *times.entry(taken.message_id.clone()).or_default() += 1;
        ids.entry(taken.to).or_default().insert(taken.message_id);
    }
    report.figure(format!("{} people were written to, {} letters were taken", ids.len(), times.values().sum::<usize>()));
    report.must(ids.len() == rounds, "everybody has the letter");
    report.must(times.values().all(|times| *times <= 2), format!("at most one duplicate of each ({times:?})"));
    report.must(ids.values().all(|ids| ids.len() == 1), "a duplicate has the Message-ID of the first");
    quiet(&stage, Duration::from_secs(30)).await?;
    judge(&stage, report).await?;
    stage.close().await;
    Ok(())
}

async fn wait_for(post: &Post, letters: usize) -> Result<(), String> {
    for _ in 0..300 {
        if post.taken().len() >= letters {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{} letters were taken within half a minute, and not {letters}", post.taken().len()))
}

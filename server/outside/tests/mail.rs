//! Letters against a mail server of our own that remembers what it was told.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test has nobody to tell but its reader

use domain::ports::{Letter, Mail};
use model::Lang;
use outside::letterbox::Letterbox;
use outside::smtp::Smtp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

fn letter(to: &str) -> Letter {
    Letter {
        id: "0190-letter".into(),
        to: to.into(),
        lang: Lang::Zh,
        subject: "欢迎来到讲台".into(),
        text: "你好：\n\n.一行以点开头\n".into(),
        unsubscribe: None,
    }
}

/// Takes one letter (or refuses its recipient) and gives what was said to it.
async fn server(recipient_answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let heard = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (read, mut write) = socket.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 ready\r\n").await.unwrap();
        let (mut all, mut in_data) = (String::new(), false);
        while let Ok(Some(line)) = lines.next_line().await {
            all.push_str(&line);
            all.push('\n');
            let answer = match line.get(..4).unwrap_or(&line) {
                "." if in_data => {
                    in_data = false;
                    "250 kept"
                }
                _ if in_data => continue,
                "EHLO" => "250 hello",
                "RCPT" => recipient_answer,
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                "QUIT" => "221 bye",
                _ => "250 fine",
            };
            if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                break;
            }
            // the letter is in; do not wait for a connection that is kept for the next one
            if answer == "250 kept" {
                break;
            }
        }
        all
    });
    (url, heard)
}

#[tokio::test]
async fn a_letter_reaches_the_mail_server_whole() {
    let (url, heard) = server("250 fine").await;
    let smtp = Smtp::new(&url, "Lectern <no-reply@lectern.example>").unwrap();
    smtp.send(&letter("grace@lectern.example")).await.unwrap();
    let heard = heard.await.unwrap();
    assert!(heard.contains("RCPT TO:<grace@lectern.example>"), "{heard}");
    assert!(heard.contains("Message-ID: <0190-letter@lectern>"), "{heard}");
    assert!(heard.contains("From: Lectern <no-reply@lectern.example>") || heard.contains("From: \"Lectern\""), "{heard}");
}

#[tokio::test]
async fn a_refused_recipient_is_an_outage_and_not_a_panic() {
    let (url, _heard) = server("550 no such person").await;
    let smtp = Smtp::new(&url, "Lectern <no-reply@lectern.example>").unwrap();
    assert!(smtp.send(&letter("grace@lectern.example")).await.is_err());
}

#[tokio::test]
async fn a_server_that_is_away_is_an_outage() {
    let smtp = Smtp::new("smtp://127.0.0.1:1", "Lectern <no-reply@lectern.example>").unwrap();
    assert!(smtp.send(&letter("grace@lectern.example")).await.is_err());
}

#[tokio::test]
async fn nothing_typed_becomes_a_header() {
    let folder = tempfile::tempdir().unwrap();
    let letters = Letterbox::new(folder.path().to_owned(), "Lectern <no-reply@lectern.example>");
    let sly = letter("grace@lectern.example\r\nBcc: everybody@lectern.example");
    assert!(letters.send(&sly).await.is_err());
    let sly = Letter { subject: "Hello\r\nBcc: everybody@lectern.example".into(), ..letter("grace@lectern.example") };
    letters.send(&sly).await.unwrap();
    let written = std::fs::read_to_string(folder.path().join("0190-letter.eml")).unwrap();
    assert!(!written.lines().any(|line| line.starts_with("Bcc:")), "{written}");
}

#[tokio::test]
async fn a_letter_that_can_be_turned_off_says_so_to_the_mail_program() {
    let folder = tempfile::tempdir().unwrap();
    let letters = Letterbox::new(folder.path().to_owned(), "Lectern <no-reply@lectern.example>");
    let written = || std::fs::read_to_string(folder.path().join("0190-letter.eml")).unwrap();
    letters.send(&letter("grace@lectern.example")).await.unwrap();
    assert!(!written().contains("List-Unsubscribe"), "{}", written());
    let address = format!("https://lectern.example/unsubscribe/0190-account.news.{}", "0a".repeat(32));
    let off = Letter { unsubscribe: Some(address.clone()), ..letter("grace@lectern.example") };
    letters.send(&off).await.unwrap();
    assert!(written().contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{}", written());
    assert!(written().contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{}", written());
    let sly = Letter { unsubscribe: Some("x>\r\nBcc: everybody@lectern.example".into()), ..letter("grace@lectern.example") };
    letters.send(&sly).await.unwrap();
    assert!(!written().lines().any(|line| line.starts_with("Bcc:")), "{}", written());
}

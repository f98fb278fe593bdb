//! Stopping: what runs is finished first.

use crate::process::{Running, folder};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered_before_the_program_ends() {
    let mut program = Running::serve(folder(), &[], &[]).await;
    let body = "form=login&email=nobody%40lectern.example&password=a+long+enough+sentence";
    let head = format!(
        "POST /en/login HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {1}\r\n\r\n",
        program.address,
        body.len()
    );
    let mut connection = TcpStream::connect(program.address).await.unwrap();
    let (first, rest) = body.split_at(body.len() / 2);
    connection.write_all(format!("{head}{first}").as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;

    program.tell_to_stop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(TcpStream::connect(program.address).await.is_err(), "no new visitor is let in");
    assert!(program.child.try_wait().unwrap().is_none(), "it waits for the one who is being served");

    connection.write_all(rest.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.contains("</html>"), "the whole page arrives: {answer}");
    let status = program.child.wait().unwrap();
    assert!(status.success(), "{status}: {}", program.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_told_twice_does_not_wait_for_a_visitor_who_never_ends() {
    let mut program = Running::serve(folder(), &[], &[]).await;
    let mut connection = TcpStream::connect(program.address).await.unwrap();
    let head = format!(
        "POST /en/login HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 10\r\n\r\n",
        program.address
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    program.tell_to_stop();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(program.child.try_wait().unwrap().is_none(), "told once, it is patient");
    program.tell_to_stop();
    let ended = tokio::task::spawn_blocking(move || program.child.wait().unwrap());
    let status = tokio::time::timeout(Duration::from_secs(15), ended).await.expect("it ends").unwrap();
    assert!(status.success(), "{status}");
}

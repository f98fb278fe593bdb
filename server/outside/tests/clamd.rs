//! Files before a scanner of our own that speaks as clamd does.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test has nobody to tell but its reader

use domain::ports::{Files, Scanner, Verdict};
use outside::clamd::Clamd;
use outside::disk::Disk;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What every scanner takes for a virus, and nothing else does (eicar.org); in two parts, so that this file is none.
fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// Takes so many bytes of a file at most.
async fn daemon(most: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        loop {
            let (line, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(line, most));
        }
    });
    address
}

async fn serve(mut line: TcpStream, most: usize) {
    let mut command = Vec::new();
    while command.last() != Some(&0) {
        command.push(line.read_u8().await.unwrap());
    }
    if command == b"zPING\0" {
        line.write_all(b"PONG\0").await.unwrap();
        return;
    }
    assert_eq!(command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let Ok(length) = line.read_u32().await else { return };
        let length = length as usize;
        if length == 0 {
            break;
        }
        if file.len() + length > most {
            line.write_all(b"INSTREAM size limit exceeded. ERROR\0").await.unwrap();
            line.shutdown().await.unwrap();
            let _ = tokio::io::copy(&mut line, &mut tokio::io::sink()).await;
            return;
        }
        let mut piece = vec![0; length];
        line.read_exact(&mut piece).await.unwrap();
        file.extend(piece);
    }
    let virus = eicar();
    let found = file.windows(virus.len()).any(|part| part == virus);
    line.write_all(if found { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" }).await.unwrap();
}

#[tokio::test]
async fn a_virus_is_found_wherever_it_stands_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let files = Disk::new(folder.path().to_owned());
    let clamd = Clamd::new(daemon(64 * 1024 * 1024).await);
    clamd.answers().await.unwrap();
    files.write("clean", 0, vec![7; 1_000_000]).await.unwrap();
    assert_eq!(clamd.look_at(&files, "clean").await.unwrap(), Verdict::Clean);
    files.write("empty", 0, Vec::new()).await.unwrap();
    assert_eq!(clamd.look_at(&files, "empty").await.unwrap(), Verdict::Clean);
    // across the end of a piece
    let hidden = [vec![7; 256 * 1024 - 20], eicar(), vec![7; 1_000]].concat();
    files.write("hidden", 0, hidden).await.unwrap();
    assert_eq!(clamd.look_at(&files, "hidden").await.unwrap(), Verdict::Infected("Eicar-Test-Signature".into()));
}

#[tokio::test]
async fn a_file_that_is_too_long_for_it_is_told_apart_from_a_scanner_that_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let files = Disk::new(folder.path().to_owned());
    files.write("long", 0, vec![7; 300 * 1024]).await.unwrap();
    assert_eq!(Clamd::new(daemon(280 * 1024).await).look_at(&files, "long").await.unwrap(), Verdict::TooLong);
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string();
    assert!(Clamd::new(nobody.clone()).look_at(&files, "long").await.is_err());
    assert!(Clamd::new(nobody).answers().await.is_err());
    assert!(Clamd::new(daemon(9).await).look_at(&files, "no-such-file").await.is_err());
}

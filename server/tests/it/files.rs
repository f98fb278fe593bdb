//! Files that pretend: what is taken is told by its bytes, kept under a name of ours, and served so that nothing of it runs. And
//! addresses of files that were bent.

use crate::program::{Answer, Program};
use axum::body::Body;
use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::media::{self, Audience, Purpose};
use model::ids::MediaId;
use model::time::hours;
use store::{Db, on_both};

/// One point, white.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/// In whatever came with a file and must not come out again.
const CANARY: &[u8] = b"<script>alert('canary')</script>";

fn png() -> Vec<u8> {
    STANDARD.decode(PNG).expect("a picture")
}

/// Somebody with an uploader.
struct Desk<'p> {
    program: &'p Program,
    cookie: String,
}

impl Desk<'_> {
    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let own = [("cookie", self.cookie.as_str()), ("sec-fetch-site", "same-origin"), ("tus-resumable", "1.0.0")];
        self.program.ask(method, path, &[&own, headers].concat(), Body::from(body)).await
    }

    /// Sends a file under this name and of this kind, as a browser would say; the last answer.
    async fn send(&self, name: &str, kind: &str, bytes: &[u8]) -> Answer {
        let metadata = format!("filename {},filetype {},purpose bGVzc29u", STANDARD.encode(name), STANDARD.encode(kind));
        let length = bytes.len().to_string();
        let announced = [("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
        let begun = self.ask(Method::POST, "/uploads", &announced, Vec::new()).await;
        if begun.status.as_u16() != 201 {
            return begun;
        }
        let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", "0")];
        self.ask(Method::PATCH, begun.header("location"), &headers, bytes.to_vec()).await
    }
}

on_both!(sec_u1_a_file_is_what_its_bytes_say, async |db: Db| {
    let program = Program::open(db).await;
    let ada = Desk { program: &program, cookie: program.cookie(&program.school.ada()).await };
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".as_slice();
    let half = &png()[..40];
    let pretenders: &[(&str, &str, &[u8])] = &[
        ("a.svg", "image/svg+xml", svg),
        ("a.png", "image/png", svg),
        ("a.png", "image/png", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.pdf", "application/pdf", b"<html>%PDF-1.7<script>alert(1)</script>"),
        ("a.pdf", "application/pdf", b"\n%PDF-1.7"),
        ("a.png", "image/png", half),
        ("a.png", "image/png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
        ("a.gif", "image/gif", b"GIF89a/*\x01\x00*/=1;alert(1)//"),
        ("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\0<?php system('id') ?>"),
        ("a.zip", "application/zip", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("a.mp4", "video/mp4", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("a.docx", "", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml<!ENTITY x SYSTEM \"file:///etc/passwd\">"),
        ("a.mp4", "video/mp4", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ("a.mp4", "video/mp4", b"ffconcat version 1.0\nfile /etc/passwd\n"),
        ("a.mp4", "video/mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42"),
        ("a.mp4", "video/mp4", b"\0\0\0\x14ftypqt  \0\0\0\0qt  "),
        ("a.mp3", "audio/mpeg", b"\x1f\x8b\x08\0\0\0\0\0"),
        ("a.sh", "", b"#!/bin/sh\nid\n"),
        ("a.exe", "application/octet-stream", b"MZ\x90\0\x03\0\0\0"),
        ("a", "", b"\x7fELF\x02\x01\x01\0"),
        (
            "a.xml",
            "application/xml",
            b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        ),
        ("a.txt", "text/plain", b"words"),
    ];
    for (name, kind, bytes) in pretenders {
        let answer = ada.send(name, kind, bytes).await;
        let status = answer.status.as_u16();
        assert!(matches!(status, 415 | 422), "{name} {kind} {}: {status}", String::from_utf8_lossy(bytes));
    }
    let all = store::testing::everything(&program.school.app.db).await.expect("everything");
    assert!(all["media"].is_empty(), "{:?}", all["media"]);
    let left = walk(&program.school.folder.path().join("files"));
    assert!(left.is_empty(), "bytes are left: {left:?}");
});

/// Every file below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.flat_map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { vec![entry.path()] }).collect()
}

on_both!(sec_u1_what_is_taken_runs_nothing_whatever_it_is_called, async |db: Db| {
    let program = Program::open(db).await;
    let school = &program.school;
    let ada = Desk { program: &program, cookie: program.cookie(&school.ada()).await };
    let script =
        b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n<script>alert(1)</script>\n%%EOF";
    let picture = [png(), CANARY.to_vec()].concat();
    let names = [
        "../../../etc/passwd.pdf",
        "..\\..\\windows\\system32\\x.pdf",
        "/etc/passwd",
        "a\"; filename=\"evil.html",
        "a\r\nset-cookie: sid=evil\r\n\r\n<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>.html",
        "invoice\u{202e}fdp.exe",
        "a\0.html",
        "con.pdf",
        "讲义.pdf",
        "",
    ];
    for name in names {
        for (kind, bytes) in [("application/pdf", script.as_slice()), ("image/png", picture.as_slice())] {
            let sent = ada.send(name, kind, bytes).await;
            assert_eq!(sent.status.as_u16(), 204, "{name:?} {kind}: {}", String::from_utf8_lossy(&sent.body));
            let media: MediaId = sent.header("lectern-media").parse().expect("a file");
            let mut conn = school.app.db.read().await.expect("a connection");
            let found = media::playable(&school.app, &mut conn, &media, Purpose::Own, Audience::Account(school.ada().id)).await;
            let src = found.expect("an answer").expect("a file").src;
            let answer = ada.ask(Method::GET, &src, &[], Vec::new()).await;
            let what = format!("{name:?} as {kind}");
            assert_eq!(answer.status.as_u16(), 200, "{what}");
            assert!(["application/pdf", "image/png", "image/jpeg"].contains(&answer.header("content-type")), "{what}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{what}");
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{what}: {policy}");
            // the viewer of a PDF does not start in a sandbox; what is no document gets one
            assert_eq!(policy.contains("sandbox"), kind != "application/pdf", "{what}: {policy}");
            let disposition = answer.header("content-disposition");
            let plain = disposition.split("filename=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            assert!(!plain.contains(['/', '\\', '<', '>', ';', '=']) && disposition.is_ascii(), "{what}: {disposition}");
            assert_eq!(answer.header("set-cookie"), "", "{what}");
            if kind == "image/png" {
                assert!(!answer.body.windows(CANARY.len()).any(|part| part == CANARY), "{what}: it is drawn anew");
            }
        }
    }
    for file in walk(&school.folder.path().join("files")) {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)), "{name}");
        assert!(!name.contains("passwd") && !name.contains("html"), "a name of ours: {name}");
    }
    let page = ada.ask(Method::GET, "/en/studio/media", &[], Vec::new()).await;
    assert!(!String::from_utf8_lossy(&page.body).contains("<img src=x"), "names are words");
});

on_both!(sec_3_7_an_address_that_was_bent_opens_nothing, async |db: Db| {
    let program = Program::open(db).await;
    let school = &program.school;
    let ada = Desk { program: &program, cookie: program.cookie(&school.ada()).await };
    let grace = Desk { program: &program, cookie: program.cookie(&school.grace()).await };
    let mut files = Vec::new();
    for name in ["first.pdf", "second.pdf"] {
        let sent = ada.send(name, "application/pdf", b"%PDF-1.7\nsomething to read\n%%EOF").await;
        files.push(sent.header("lectern-media").parse::<MediaId>().expect("a file"));
    }
    let mut conn = school.app.db.read().await.expect("a connection");
    let own = Audience::Account(school.ada().id);
    let found = media::playable(&school.app, &mut conn, &files[0], Purpose::Own, own).await;
    drop(conn);
    let src = found.expect("an answer").expect("a file").src;
    let (path, query) = src.split_once('?').expect("a signature");
    let (first, second) = (files[0].as_str(), files[1].as_str());
    let (_, signature) = query.split_once("sig=").expect("a signature");
    let bent: Vec<String> = vec![
        path.to_owned(),
        format!("{path}?"),
        format!("{}?{query}", path.replace(first, second)),
        format!("{path}?{}", query.replace(signature, "")),
        format!("{path}?{}", query.replace(signature, &signature[..signature.len() - 1])),
        format!("{path}?{}", query.replace(signature, &"0".repeat(signature.len()))),
        format!("{path}?{query}&who=anyone"),
        format!("{path}?who=anyone&{query}"),
        format!("{path}?{}", query.replace(school.ada().id.as_str(), "anyone")),
        format!("{path}?{}", query.replace(school.ada().id.as_str(), school.grace().id.as_str())),
        format!("{path}?{}", query.replace("exp=", "exp=9")),
        format!("{path}?{}", query.replace("exp=", "exp=-")),
        format!("{path}?{}", query.replace("for=own", "for=")),
        format!("/media/{first}/../{second}/file?{query}"),
        format!("/media/{first}%2f..%2f{second}/file?{query}"),
        format!("/media/{first}/file%00?{query}"),
        format!("/media/{first}/file/?{query}"),
        format!("/media/{first}/FILE?{query}"),
        format!("/media/{first}/captions.en?{query}"),
        format!("/media/{first}/?{query}"),
        format!("/media/{first}?{query}"),
        format!("/media/?{query}"),
        "/media/".to_owned(),
        "/media".to_owned(),
        "/media/..%2f..%2fetc/passwd".to_owned(),
        "/files/".to_owned(),
        "/data/".to_owned(),
        "/.git/config".to_owned(),
        "/pkg/../Cargo.toml".to_owned(),
        "/pkg/..%2f..%2fCargo.toml".to_owned(),
        "/icons/%2e%2e/%2e%2e/etc/passwd".to_owned(),
    ];
    for address in &bent {
        for desk in [&ada, &grace] {
            let answer = desk.ask(Method::GET, address, &[], Vec::new()).await;
            assert!(matches!(answer.status.as_u16(), 400 | 403 | 404), "{address}: {}", answer.status);
            assert!(!answer.body.starts_with(b"%PDF"), "{address}");
        }
    }
    // only her, only from here, only for six hours
    assert_eq!(ada.ask(Method::GET, &src, &[], Vec::new()).await.status.as_u16(), 200);
    assert_eq!(ada.ask(Method::HEAD, &src, &[], Vec::new()).await.status.as_u16(), 200);
    assert_eq!(grace.ask(Method::GET, &src, &[], Vec::new()).await.status.as_u16(), 403);
    assert_eq!(program.get(&src, &[]).await.status.as_u16(), 403);
    let foreign = [("cookie", ada.cookie.as_str()), ("sec-fetch-site", "cross-site"), ("referer", "https://evil.example/")];
    assert_eq!(program.get(&src, &foreign).await.status.as_u16(), 403);
    school.after(hours(6));
    let ada = Desk { program: &program, cookie: program.cookie(&school.ada()).await };
    assert_eq!(ada.ask(Method::GET, &src, &[], Vec::new()).await.status.as_u16(), 403);
});

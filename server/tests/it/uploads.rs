//! Uploads over HTTP: pieces that stop and go on, files that come with a plain form, and what is refused.

use crate::program::{Answer, Program};
use axum::body::{Body, Bytes};
use axum::http::Method;
use domain::{Error, Member};
use futures::{StreamExt, stream};
use store::{Db, on_both};

const PDF: &[u8] = b"%PDF-1.7\nsomething to read, in two pieces\n%%EOF";
/// `第一课.pdf`, `application/pdf`, `lesson`
const METADATA: &str = "filename 56ys5LiA6K++LnBkZg==,filetype YXBwbGljYXRpb24vcGRm,purpose bGVzc29u";

/// Somebody at an uploader.
struct Uploader<'p> {
    program: &'p Program,
    cookie: String,
}

impl<'p> Uploader<'p> {
    async fn of(program: &'p Program, member: &Member) -> Self {
        Self { program, cookie: program.cookie(member).await }
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let own = [("cookie", self.cookie.as_str()), ("sec-fetch-site", "same-origin"), ("tus-resumable", "1.0.0")];
        self.program.ask(method, path, &[&own, headers].concat(), body).await
    }
    async fn create(&self, length: usize, metadata: &str) -> Answer {
        let length = length.to_string();
        self.ask(Method::POST, "/uploads", &[("upload-length", &length), ("upload-metadata", metadata)], Body::empty()).await
    }
    async fn patch(&self, at: &str, offset: usize, more: &[(&str, &str)], body: Body) -> Answer {
        let offset = offset.to_string();
        let headers = [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str())];
        self.ask(Method::PATCH, at, &[&headers, more].concat(), body).await
    }
    async fn head(&self, at: &str) -> Answer {
        self.ask(Method::HEAD, at, &[], Body::empty()).await
    }
}

/// The first bytes of a file, and then the connection breaks.
fn broken(bytes: &'static [u8]) -> Body {
    let part = stream::once(async move { Ok(Bytes::from_static(bytes)) });
    Body::from_stream(part.chain(stream::once(async { Err(std::io::Error::other("the network is gone")) })))
}

on_both!(an_interrupted_upload_goes_on_where_it_stopped, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Uploader::of(&program, &program.school.ada()).await;
    let created = ada.create(PDF.len(), METADATA).await;
    assert_eq!(created.status.as_u16(), 201);
    let at = created.header("location").to_owned();
    ada.patch(&at, 0, &[], broken(&PDF[..12])).await;
    let told = ada.head(&at).await;
    assert_eq!((told.header("upload-offset"), told.header("upload-length")), ("12", PDF.len().to_string().as_str()));
    assert_eq!(told.header("upload-metadata"), METADATA, "as it was announced");
    assert_eq!(ada.patch(&at, 0, &[], PDF.into()).await.status.as_u16(), 409, "not from the start again");
    let done = ada.patch(&at, 12, &[], (&PDF[12..]).into()).await;
    assert_eq!(done.status.as_u16(), 204);
    assert!(!done.header("lectern-media").is_empty());
    assert_eq!(ada.head(&at).await.header("lectern-media"), done.header("lectern-media"));
    let library = program.get("/en/studio/media", &[("cookie", &ada.cookie)]).await;
    assert!(String::from_utf8_lossy(&library.body).contains("第一课.pdf"));

    let grace = Uploader::of(&program, &program.school.grace()).await;
    assert_eq!(grace.create(10, METADATA).await.status.as_u16(), 403);
    assert_eq!(grace.head(&at).await.status.as_u16(), 403);
    assert_eq!(ada.ask(Method::DELETE, &at, &[], Body::empty()).await.status.as_u16(), 204);
    assert_eq!(ada.head(&at).await.status.as_u16(), 404);
    Ok(())
});

on_both!(what_is_not_taken_is_refused_with_a_sentence, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Uploader::of(&program, &program.school.ada()).await;
    let huge = ada.create(3 * 1024 * 1024 * 1024, "filename YQ==").await;
    assert_eq!(huge.status.as_u16(), 413);
    assert!(String::from_utf8_lossy(&huge.body).contains("message"));
    let script = b"<script>alert(1)</script>";
    let at = ada.create(script.len(), METADATA).await.header("location").to_owned();
    assert_eq!(ada.patch(&at, 0, &[], script.as_slice().into()).await.status.as_u16(), 415);
    assert_eq!(ada.head(&at).await.status.as_u16(), 404, "it is gone");
    let wrong = ada.ask(Method::POST, "/uploads", &[("upload-length", "many")], Body::empty()).await;
    assert_eq!(wrong.status.as_u16(), 422);
    let stranger = [("tus-resumable", "1.0.0"), ("upload-length", "10"), ("sec-fetch-site", "same-origin")];
    assert_eq!(program.ask(Method::POST, "/uploads", &stranger, Body::empty()).await.status.as_u16(), 401);
    let foreign = [("cookie", ada.cookie.as_str()), ("tus-resumable", "1.0.0"), ("sec-fetch-site", "cross-site")];
    assert_eq!(program.ask(Method::POST, "/uploads", &foreign, Body::empty()).await.status.as_u16(), 403);
    let old = [("cookie", ada.cookie.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(program.ask(Method::POST, "/uploads", &old, Body::empty()).await.status.as_u16(), 412);
    Ok(())
});

on_both!(a_piece_that_does_not_match_its_checksum_does_not_count, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Uploader::of(&program, &program.school.ada()).await;
    let at = ada.create(PDF.len(), METADATA).await.header("location").to_owned();
    for algorithm in ["sha1", "sha256"] {
        let refused = ada.patch(&at, 0, &[("upload-checksum", &format!("{algorithm} AAAA"))], PDF.into()).await;
        assert_eq!(refused.status.as_u16(), 460, "{algorithm}");
        assert_eq!(ada.head(&at).await.header("upload-offset"), "0");
    }
    let unknown = ada.patch(&at, 0, &[("upload-checksum", "md5 AAAA")], PDF.into()).await;
    assert_eq!(unknown.status.as_u16(), 400);
    assert_eq!(ada.patch(&at, 0, &[], PDF.into()).await.status.as_u16(), 204);
    Ok(())
});

fn form(bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in [("form", "upload"), ("media_id", "")] {
        body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sheet.pdf\"\r\nContent-Type: application/pdf\r\n\r\n",
    );
    body.extend(bytes);
    body.extend(b"\r\n--b--\r\n");
    body
}

/// The library's form of captions with a file in it.
fn captions(media: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in [("form", "captions"), ("media_id", media), ("lang", "en"), ("captions", "")] {
        body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(
        b"--b\r\nContent-Disposition: form-data; name=\"captions_file\"; filename=\"en.vtt\"\r\nContent-Type: text/vtt\r\n\r\n",
    );
    body.extend(file);
    body.extend(b"\r\n--b--\r\n");
    body
}

on_both!(captions_come_as_a_file_and_what_is_none_is_told_at_the_field, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Uploader::of(&program, &program.school.ada()).await;
    let multipart = [("content-type", "multipart/form-data; boundary=b")];
    let sound = form(b"ID3\x04\0\0\0\0\0\0sound");
    assert_eq!(ada.ask(Method::POST, "/en/studio/media", &multipart, sound.into()).await.status.as_u16(), 303);
    let library = ada.ask(Method::GET, "/en/studio/media", &[], Body::empty()).await;
    let library = String::from_utf8_lossy(&library.body).into_owned();
    let (_, rest) = library.split_once("name=\"media_id\" value=\"").expect("a file of hers");
    let media = rest.split_once('"').expect("its id").0;
    let vtt = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello";
    let done = ada.ask(Method::POST, "/en/studio/media", &multipart, captions(media, vtt).into()).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/en/studio/media?done=captions"));
    for wrong in [b"1\n00:00:00,000 --> 00:00:02,000\nHello".as_slice(), b"\xff\xfe\0W", &[b'x'; 300 * 1024]] {
        let refused = ada.ask(Method::POST, "/en/studio/media", &multipart, captions(media, wrong).into()).await;
        assert_eq!(refused.status.as_u16(), 422);
        let page = String::from_utf8_lossy(&refused.body).into_owned();
        assert!(page.contains(&format!("file-{media}-error")), "the message stands at the field");
    }
    Ok(())
});

on_both!(what_stands_behind_a_refused_file_is_read_all_the_same, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Uploader::of(&program, &program.school.ada()).await;
    let mut body =
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: text/plain\r\n\r\n".to_vec();
    body.resize(body.len() + 3 * 1024 * 1024, b'x');
    body.extend(b"\r\n--b\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\nupload\r\n--b--\r\n");
    let multipart = [("content-type", "multipart/form-data; boundary=b")];
    let refused = ada.ask(Method::POST, "/en/studio/media", &multipart, body.into()).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(String::from_utf8_lossy(&refused.body).contains("not of a kind we take"));
    Ok(())
});

on_both!(a_file_comes_with_a_plain_form_too, async |db: Db| -> Result<(), Error> {
    let program = Program::open(db).await;
    let ada = Uploader::of(&program, &program.school.ada()).await;
    let multipart = [("content-type", "multipart/form-data; boundary=b")];
    let mut large = PDF.to_vec();
    large.resize(3 * 1024 * 1024, b' ');
    let done = ada.ask(Method::POST, "/en/studio/media", &multipart, form(&large).into()).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/en/studio/media?done=uploaded"));
    let refused = ada.ask(Method::POST, "/en/studio/media", &multipart, form(b"not a document").into()).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(String::from_utf8_lossy(&refused.body).contains("not of a kind we take"));
    let grace = Uploader::of(&program, &program.school.grace()).await;
    let other = grace.ask(Method::POST, "/en/studio/media", &multipart, form(PDF).into()).await;
    assert_eq!(other.status.as_u16(), 403);
    Ok(())
});

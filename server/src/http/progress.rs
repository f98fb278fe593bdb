//! What a player asks and reports, in JSON (frontend/README.md): `POST /{lang}/learn/{course}/{lesson}/progress` keeps where
//! somebody is, `GET …/source` signs the media's address anew.

use super::Site;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use domain::{Visitor, learning};
use model::Fault;
use model::ids::LessonId;
use model::learning::{Content, StudyAnswer, StudyReport};
use model::text::Slug;
use std::collections::BTreeMap;

/// Takes in one report. Only JSON is read, so that no other site's form can send one.
pub async fn report(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((course, lesson)): Path<(String, String)>,
    report: Result<Json<StudyReport>, JsonRejection>,
) -> Response {
    let report = match report {
        Ok(Json(report)) => report,
        Err(refusal) => return refusal.status().into_response(),
    };
    match keep(&site, &visitor, &course, &lesson, report).await {
        Ok(answer) => ([(CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(cause) => failed(cause),
    }
}

/// The recording's address and those of its captions by language, signed anew: the old ones expire while a page stays open.
#[derive(serde::Serialize)]
pub struct Source {
    src: String,
    captions: BTreeMap<&'static str, String>,
}

pub async fn source(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((course, lesson)): Path<(String, String)>,
) -> Response {
    let (Ok(course), Ok(lesson)) = (course.parse::<Slug>(), lesson.parse::<LessonId>()) else {
        return refused(&Fault::NotFound);
    };
    match learning::lesson_page(&site.app, &visitor, &course, &lesson).await {
        Ok(page) => match page.content {
            Content::Recording(recording) => {
                let captions = recording.captions.into_iter().map(|(lang, src)| (lang.tag(), src)).collect();
                ([(CACHE_CONTROL, "no-store")], Json(Source { src: recording.src, captions })).into_response()
            }
            Content::Locked => refused(&Fault::Forbidden),
            _ => refused(&Fault::NotFound),
        },
        Err(cause) => failed(cause),
    }
}

async fn keep(site: &Site, visitor: &Visitor, course: &str, lesson: &str, report: StudyReport) -> domain::Result<StudyAnswer> {
    let member = visitor.member()?;
    let course: Slug = course.parse().map_err(|_| domain::Error::not_found())?;
    let lesson: LessonId = lesson.parse().map_err(|_| domain::Error::not_found())?;
    learning::study(&site.app, &member, &course, &lesson, report).await
}

fn failed(cause: domain::Error) -> Response {
    match cause {
        domain::Error::Fault(fault) => refused(&fault),
        away if away.is_unavailable() => refused(&Fault::Later { seconds: 5 }),
        bug => {
            tracing::error!(cause = %bug, "a player was not answered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn refused(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST);
    match fault {
        Fault::Later { seconds } => (status, [(RETRY_AFTER, seconds.to_string())]).into_response(),
        _ => status.into_response(),
    }
}

//! What a player reports: `POST /{lang}/learn/{course}/{lesson}/progress`, JSON both ways (frontend/README.md).

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
use model::learning::{StudyAnswer, StudyReport};
use model::text::Slug;

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
        Err(domain::Error::Fault(fault)) => refused(&fault),
        Err(away) if away.is_unavailable() => refused(&Fault::Later { seconds: 5 }),
        Err(bug) => {
            tracing::error!(cause = %bug, "progress was not kept");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn keep(site: &Site, visitor: &Visitor, course: &str, lesson: &str, report: StudyReport) -> domain::Result<StudyAnswer> {
    let member = visitor.member()?;
    let course: Slug = course.parse().map_err(|_| domain::Error::not_found())?;
    let lesson: LessonId = lesson.parse().map_err(|_| domain::Error::not_found())?;
    learning::study(&site.app, &member, &course, &lesson, report).await
}

fn refused(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST);
    match fault {
        Fault::Later { seconds } => (status, [(RETRY_AFTER, seconds.to_string())]).into_response(),
        _ => status.into_response(),
    }
}

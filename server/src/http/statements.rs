//! What an instructor downloads: the statement of a year as a table (`GET /{lang}/studio/earnings/{year}.csv`).

use super::Site;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::{Visitor, payouts};
use model::Fault;

pub async fn yearly(State(site): State<Site>, Extension(visitor): Extension<Visitor>, Path(file): Path<String>) -> Response {
    match csv(&site, &visitor, &file).await {
        Ok((year, csv)) => {
            let name = format!("attachment; filename=\"lectern-{year}.csv\"");
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, name),
                (CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (headers, csv).into_response()
        }
        Err(domain::Error::Fault(fault)) => {
            StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST).into_response()
        }
        Err(away) if away.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(bug) => {
            tracing::error!(cause = %bug, "a statement could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn csv(site: &Site, visitor: &Visitor, file: &str) -> domain::Result<(i32, String)> {
    let member = visitor.member()?;
    if !member.me.teaches() {
        return Err(Fault::Forbidden.into());
    }
    let year = file.strip_suffix(".csv").and_then(|year| year.parse::<i32>().ok()).filter(|year| (2000..=2200).contains(year));
    let year = year.ok_or_else(domain::Error::not_found)?;
    Ok((year, payouts::yearly_csv(&site.app, &member, year).await?))
}

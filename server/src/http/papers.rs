//! Files made for one person: receipts, credit notes, invoices, and finance's table of them.

use super::Site;
use axum::extract::{Extension, Path, Query, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::{Visitor, accounts, admin, invoices, receipts, vouchers};
use model::accounts::Role;
use model::admin::{ADMINS, TrailFilter};
use model::ids::{BatchId, InvoiceFileId, InvoiceId, OrderId};
use model::invoices::{FileFormat, InvoiceFilter};
use model::{Fault, routes};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Who may take finance's table away.
const FINANCE: &[Role] = &[Role::Finance, Role::Admin];

/// `GET /{lang}/orders/{id}/receipt.pdf`
pub async fn receipt(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    uri: Uri,
) -> Response {
    let outcome = async {
        let id: OrderId = id.parse().map_err(|_| domain::Error::not_found())?;
        receipts::receipt(&site.app, &visitor, &id, visitor.lang).await
    };
    outcome
        .await
        .map_or_else(|cause| refused(&visitor, &uri, cause), |file| send(&file.name, "application/pdf", file.bytes, true))
}

/// `GET /{lang}/orders/{id}/credit-notes/{number}`
pub async fn credit_note(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((id, number)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    let outcome = async {
        let id: OrderId = id.parse().map_err(|_| domain::Error::not_found())?;
        let number: i64 = number.parse().map_err(|_| domain::Error::not_found())?;
        receipts::credit_note(&site.app, &visitor, &id, number, visitor.lang).await
    };
    outcome
        .await
        .map_or_else(|cause| refused(&visitor, &uri, cause), |file| send(&file.name, "application/pdf", file.bytes, true))
}

/// `GET /{lang}/me/invoices/{id}/files/{file}`
pub async fn invoice(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((id, file)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    let outcome = async {
        let id: InvoiceId = id.parse().map_err(|_| domain::Error::not_found())?;
        let file: InvoiceFileId = file.parse().map_err(|_| domain::Error::not_found())?;
        invoices::file(&site.app, &visitor, &id, &file).await
    };
    outcome.await.map_or_else(
        |cause| refused(&visitor, &uri, cause),
        |file| send(&file.name, file.format.content_type(), file.bytes, file.format == FileFormat::Pdf),
    )
}

/// `GET /{lang}/admin/invoices.csv`: for whoever has just shown who they are.
pub async fn table(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<InvoiceFilter>,
    uri: Uri,
) -> Response {
    let outcome = async {
        let staff = visitor.staff(FINANCE)?;
        accounts::require_proof(&site.app, &visitor)?;
        invoices::export(&site.app, &staff, visitor.lang, &filter).await
    };
    outcome.await.map_or_else(
        |cause| refused(&visitor, &uri, cause),
        |text| send("invoices.csv", "text/csv; charset=utf-8", text.into_bytes(), false),
    )
}

/// `POST /{lang}/admin/codes/{batch}/codes.csv`: once.
pub async fn codes(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
    uri: Uri,
) -> Response {
    let outcome = async {
        let staff = visitor.staff(FINANCE)?;
        // codes are money: whoever takes them away shows who they are
        accounts::require_proof(&site.app, &visitor)?;
        let batch: BatchId = batch.parse().map_err(|_| domain::Error::not_found())?;
        vouchers::export(&site.app, &staff, visitor.lang, &batch).await
    };
    let outcome = outcome.await;
    if let Err(domain::Error::Fault(Fault::Confirm)) = outcome {
        return see_other(routes::with_next(&routes::confirm(visitor.lang), &routes::admin_codes(visitor.lang)));
    }
    outcome.map_or_else(
        |cause| refused(&visitor, &uri, cause),
        |text| send("codes.csv", "text/csv; charset=utf-8", text.into_bytes(), false),
    )
}

/// `GET /{lang}/admin/trail.csv`: for whoever has just shown who they are.
pub async fn trail(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<TrailFilter>,
    uri: Uri,
) -> Response {
    let outcome = async {
        let staff = visitor.staff(ADMINS)?;
        accounts::require_proof(&site.app, &visitor)?;
        admin::export_trail(&site.app, &staff, visitor.lang, &filter).await
    };
    outcome.await.map_or_else(
        |cause| refused(&visitor, &uri, cause),
        |text| send("audit-log.csv", "text/csv; charset=utf-8", text.into_bytes(), false),
    )
}

/// The file, kept by nobody on its way. `shown`: in the browser's own viewer, which does not start inside a sandbox.
pub(super) fn send(name: &str, content_type: &str, bytes: Vec<u8>, shown: bool) -> Response {
    let policy = match shown {
        true => "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        false => "sandbox; default-src 'none'; frame-ancestors 'none'",
    };
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(CONTENT_TYPE, content_type);
    set(CONTENT_SECURITY_POLICY, policy);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(CACHE_CONTROL, "private, no-store");
    set(CONTENT_DISPOSITION, &disposition(name, shown));
    (headers, bytes).into_response()
}

/// RFC 6266, under a name of ours.
fn disposition(name: &str, shown: bool) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let how = if shown { "inline" } else { "attachment" };
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

/// Who is not signed in is sent to do so, and who has to show again who they are comes back to the table's page; everybody else is
/// told by the status.
pub(super) fn refused(visitor: &Visitor, uri: &Uri, cause: domain::Error) -> Response {
    let wanted = uri.path_and_query().map_or(uri.path(), PathAndQuery::as_str);
    let status = match cause {
        domain::Error::Fault(Fault::SignIn) => {
            let next = utf8_percent_encode(wanted, NON_ALPHANUMERIC);
            return see_other(format!("{}?next={next}", routes::login(visitor.lang)));
        }
        domain::Error::Fault(Fault::Confirm) => {
            let page = wanted.replacen(".csv", "", 1);
            return see_other(routes::with_next(&routes::confirm(visitor.lang), &page));
        }
        domain::Error::Fault(fault) => StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::FORBIDDEN),
        away if away.is_unavailable() => StatusCode::SERVICE_UNAVAILABLE,
        bug => {
            tracing::error!(cause = %bug, "a file could not be made");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    (status, [(CACHE_CONTROL, "no-store")]).into_response()
}

fn see_other(target: String) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Lang;

    #[test]
    fn who_signs_in_first_comes_back_to_the_same_table() {
        let uri = Uri::from_static("/en/admin/invoices.csv?state=issued");
        let answer = refused(&Visitor::stranger(Lang::En), &uri, Fault::SignIn.into());
        let target = answer.headers()[LOCATION].to_str().expect("an address");
        assert_eq!(target, "/en/login?next=%2Fen%2Fadmin%2Finvoices%2Ecsv%3Fstate%3Dissued");
        let answer = refused(&Visitor::stranger(Lang::En), &uri, Fault::Confirm.into());
        let target = answer.headers()[LOCATION].to_str().expect("an address");
        assert_eq!(target, "/en/confirm?next=/en/admin/invoices?state=issued");
    }
}

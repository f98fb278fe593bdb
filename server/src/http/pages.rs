//! Pages and their forms: GET shows, POST acts and answers 303, or shows the page again with what was typed and what is wrong.

use super::multipart::{self, Sent};
use super::render::render;
use super::{Site, json};
use app::routes::{Page, Params};
use app::{document, fault_page};
use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts};
use axum::response::{IntoResponse, Response};
use domain::{Visitor, accounts};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::ResponseOptions;
use model::accounts::ConfirmIt;
use model::text::Hidden;
use model::viewer::{Query, Submitted, Theme};
use model::{Fault, Lang, Viewer};
use std::collections::BTreeMap;
use wire::{Asked, Filled};

/// The largest form we read; most are held to less before they come here (`http::security`).
const FORM_BYTES: usize = super::security::LARGEST_FORM;

/// The most fields of one form; our longest has some hundreds.
const MOST_FIELDS: usize = 1_000;

/// GET of a page.
pub async fn show(State(site): State<Site>, page: Page, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Opened::read(&site, parts).await {
        Ok(opened) => opened.page(page, None).await,
        Err(answer) => answer,
    }
}

/// POST of a page's form.
pub async fn submit(State(site): State<Site>, page: Page, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut opened = match Opened::read(&site, parts).await {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if let Err(fault) = page.who.admits(&opened.visitor) {
        return opened.refused(fault).await;
    }
    let fields = match fields(&opened, body).await {
        Ok(fields) => fields,
        Err(answer) => return answer,
    };
    // a file may take its time, and a session end meanwhile
    if opened.brings_parts() {
        match super::session::still_stands(&site, &opened.visitor).await {
            Ok(true) => (),
            Ok(false) => return opened.refused(Fault::SignIn).await,
            Err(cause) => return opened.refused(wire::Error::from(cause).0).await,
        }
    }
    let wanted = fields.all().iter().find(|(name, _)| name == "form").map(|(_, value)| value.as_str());
    let mut candidates = site.forms.iter().filter(|form| form.page == page.path);
    let found = match wanted {
        Some(name) => candidates.find(|form| form.name == name),
        None => candidates.next(),
    };
    let Some(form) = found.copied() else {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    };
    if let Err(fault) = form.who.admits(&opened.visitor) {
        return opened.refused(fault).await;
    }
    let (fields, refused) = fields.into_parts();
    let fields = storable(fields);
    let (fields, proof) = proof_in(fields);
    if let Some(proof) = proof {
        if let Err(cause) = accounts::confirm(&site.app, &opened.visitor, &proof).await {
            return opened.ask_who(fields, wire::Error::from(cause).0).await;
        }
        opened.visitor.proven_at = Some(site.app.now());
    }
    let filled = Filled { params: opened.params.clone(), fields: fields.clone() };
    let (outcome, options, reply) = match refused {
        // the file was not taken: the form's verb is not asked
        Some(fault) => (Err(wire::Error(fault)), ResponseOptions::default(), None),
        None => opened.act(form, filled).await,
    };
    if wants_json(&opened.parts.headers) {
        return json::answer(opened.viewer.lang, outcome, reply);
    }
    match outcome {
        Ok(next) => done(next, options),
        // first they show who they are; what they typed waits on that page
        Err(wire::Error(Fault::Confirm)) => opened.ask_who(fields, Fault::Confirm).await,
        Err(wire::Error(fault)) => {
            let submitted = Submitted { form: form.name.into(), fields: without_secrets(fields), fault };
            opened.page(page, Some(submitted)).await
        }
    }
}

/// An address nobody has; one that only ends in a slash too many is sent on.
pub async fn not_found(State(site): State<Site>, request: Request) -> Response {
    if let Some(without) = without_slash(request.uri()) {
        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, without)]).into_response();
    }
    let (parts, _) = request.into_parts();
    match Opened::read(&site, parts).await {
        Ok(opened) => opened.refused(Fault::NotFound).await,
        Err(answer) => answer,
    }
}

/// The address without the slashes at its end, if it is one of a language.
fn without_slash(uri: &Uri) -> Option<String> {
    let path = uri.path();
    let bare = path.trim_end_matches('/');
    let lang = bare.split('/').nth(1)?;
    if bare.len() == path.len() || lang.parse::<Lang>().is_err() || bare.contains(['\\', '\r', '\n']) {
        return None;
    }
    Some(uri.query().map_or_else(|| bare.to_owned(), |query| format!("{bare}?{query}")))
}

/// POST (and GET, where a function only reads) of a server function.
pub async fn server_function(State(site): State<Site>, mut request: Request) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Some(refusal) = misdirected(&site, visitor.lang, &request) {
        return refusal;
    }
    // a browser's own form would be sent back to the page it names as its referrer; ours post to their pages instead
    request.headers_mut().remove(ACCEPT);
    let viewer = viewer_of(&visitor, Theme::Auto, request.uri().to_string());
    let cart = wire::cookie(request.headers(), wire::Cookie::Cart, &site.app).unwrap_or_default().to_owned();
    let second = wire::cookie(request.headers(), wire::Cookie::Second, &site.app).unwrap_or_default().to_owned();
    let identity = wire::cookie(request.headers(), wire::Cookie::Identity, &site.app).unwrap_or_default().to_owned();
    let provide = move || {
        provide_context(viewer.lang);
        provide_context(viewer.clone());
        provide_context(site.assets.clone());
        let (cart, second, identity) = (cart.clone(), second.clone(), identity.clone());
        provide_context(Asked { app: site.app.clone(), visitor: visitor.clone(), cart, second, identity });
    };
    leptos_axum::handle_server_fns_with_context(provide, request).await.into_response()
}

/// No such function (404), another method (405), or a body of a kind no function takes (415): JSON and form fields are taken,
/// `text/plain` and multipart, which another site's page could send unasked, are not.
fn misdirected(site: &Site, lang: Lang, request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let methods: Vec<_> = server_fn_paths().filter(|(known, _)| *known == path).map(|(_, method)| method).collect();
    if methods.is_empty() {
        return Some(StatusCode::NOT_FOUND.into_response());
    }
    if !methods.contains(request.method()) {
        let allowed = methods.iter().map(axum::http::Method::as_str).collect::<Vec<_>>().join(", ");
        return Some((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allowed)]).into_response());
    }
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let taken = request.method() == axum::http::Method::GET
        || matches!(kind.as_str(), "application/x-www-form-urlencoded" | "application/json");
    (!taken).then(|| super::plain::page(site, lang, StatusCode::UNSUPPORTED_MEDIA_TYPE, super::plain::Why::WrongKind))
}

/// A request for a page, with everything the page may want to know.
struct Opened {
    site: Site,
    parts: Parts,
    visitor: Visitor,
    viewer: Viewer,
    params: BTreeMap<String, String>,
}

impl Opened {
    async fn read(site: &Site, mut parts: Parts) -> Result<Self, Response> {
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_else(|| Visitor::stranger(Lang::Zh));
        let params =
            RawPathParams::from_request_parts(&mut parts, site).await.map_err(|_| StatusCode::NOT_FOUND.into_response())?;
        let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let theme = wire::cookie(&parts.headers, wire::Cookie::Theme, &site.app)
            .and_then(|value| value.parse().ok())
            .unwrap_or(Theme::Auto);
        // `//elsewhere` is a path of ours when it comes, and another house when it stands in a link
        let address =
            parts.uri.path_and_query().map(|address| address.as_str().trim_start_matches(['/', '\\'])).unwrap_or_default();
        let address = format!("/{address}");
        let viewer = viewer_of(&visitor, theme, address);
        Ok(Self { site: site.clone(), parts, visitor, viewer, params })
    }

    /// A form that may bring a file along.
    fn brings_parts(&self) -> bool {
        self.kind().starts_with("multipart/form-data")
    }

    fn kind(&self) -> &str {
        self.parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
    }

    /// Everything a page or a form finds in its context.
    fn provide(&self, submitted: Option<Submitted>) -> impl FnOnce() + Send + use<> {
        let sent = |cookie| wire::cookie(&self.parts.headers, cookie, &self.site.app).unwrap_or_default().to_owned();
        let (cart, second, identity) = (sent(wire::Cookie::Cart), sent(wire::Cookie::Second), sent(wire::Cookie::Identity));
        let asked = Asked { app: self.site.app.clone(), visitor: self.visitor.clone(), cart, second, identity };
        let (viewer, assets) = (self.viewer.clone(), self.site.assets.clone());
        let query = serde_html_form::from_str(self.parts.uri.query().unwrap_or_default()).unwrap_or_default();
        let query = Query(storable(query));
        move || {
            provide_context(viewer.lang);
            provide_context(viewer);
            provide_context(assets);
            provide_context(query);
            provide_context(asked);
            if let Some(submitted) = submitted {
                wire::say(&submitted.fault);
                provide_context(submitted);
            }
        }
    }

    /// The page, if the visitor may open it.
    async fn page(self, page: Page, submitted: Option<Submitted>) -> Response {
        if let Err(fault) = page.who.admits(&self.visitor) {
            return self.refused(fault).await;
        }
        let params = Params(self.params.clone());
        let provide = self.provide(submitted);
        self.render(provide, move || {
            (page.view)(&params).unwrap_or_else(|| {
                wire::set_status(404);
                fault_page(Fault::NotFound)
            })
        })
        .await
    }

    /// "Is it you?", with everything that was sent, to be sent once more together with the answer.
    async fn ask_who(self, fields: Vec<(String, String)>, fault: Fault) -> Response {
        let submitted = Submitted { form: "confirm".into(), fields: without_secrets(fields), fault };
        let provide = self.provide(Some(submitted));
        self.render(provide, app::routes::confirm_here).await
    }

    /// A page that says why not; who is not signed in is sent to do so first.
    async fn refused(self, fault: Fault) -> Response {
        if fault == Fault::SignIn {
            let next =
                percent_encoding::utf8_percent_encode(&self.viewer.address, percent_encoding::NON_ALPHANUMERIC).to_string();
            return see_other(&format!("{}?next={next}", model::routes::login(self.viewer.lang)));
        }
        let provide = self.provide(None);
        let status = fault.status();
        self.render(provide, move || {
            wire::set_status(status);
            fault_page(fault)
        })
        .await
    }

    async fn render(self, provide: impl FnOnce() + Send + 'static, body: impl FnOnce() -> AnyView + Send + 'static) -> Response {
        let rendered = render(provide, move || document(body)).await;
        let mut answer = (rendered.status, [(CONTENT_TYPE, "text/html; charset=utf-8")], rendered.html).into_response();
        append(&mut answer, &rendered.asked.headers);
        answer
    }

    /// Runs the form's verb as a page would: inside a reactive owner, with the same contexts.
    async fn act(
        &self,
        form: wire::Form,
        filled: Filled,
    ) -> (Result<wire::Next, wire::Error>, ResponseOptions, Option<wire::Kept>) {
        let provide = self.provide(None);
        let options = ResponseOptions::default();
        let reply = wire::Reply::default();
        let owner = Owner::new();
        let outcome = owner
            .with(|| {
                provide_context(options.clone());
                provide_context(reply.clone());
                provide();
                ScopedFuture::new(async move { (form.act)(filled).await })
            })
            .await;
        owner.unset();
        (outcome, options, reply.take())
    }
}

fn viewer_of(visitor: &Visitor, theme: Theme, address: String) -> Viewer {
    Viewer { lang: visitor.lang, theme, me: visitor.me.clone(), seen_by: visitor.seen_by.clone(), address }
}

/// Whether a script sent the form and stays on the page.
fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.starts_with("application/json"))
}

/// The fields of a form's body; a file that came along went into the library and is a field `media_id`.
async fn fields(opened: &Opened, body: Body) -> Result<Sent, Response> {
    let kind = opened.kind();
    if opened.brings_parts() && opened.viewer.path().starts_with("/studio/") {
        return multipart::read(&opened.site, &opened.visitor, kind, body).await;
    }
    if opened.brings_parts() && opened.viewer.path().contains("/admin/invoices/") {
        return multipart::hold(kind, body).await;
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let bytes = axum::body::to_bytes(body, FORM_BYTES).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    // before a field takes any room of its own
    if bytes.iter().filter(|byte| **byte == b'&').count() >= MOST_FIELDS {
        return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    }
    serde_html_form::from_bytes(&bytes).map(Sent::plain).map_err(|_| StatusCode::BAD_REQUEST.into_response())
}

/// Without U+0000, which no keyboard types and PostgreSQL's texts cannot hold.
fn storable(mut fields: Vec<(String, String)>) -> Vec<(String, String)> {
    for (_, value) in &mut fields {
        value.retain(|sign| sign != '\0');
    }
    fields
}

/// The answer to "is it you?" among the fields of a form, and the fields without it.
fn proof_in(fields: Vec<(String, String)>) -> (Vec<(String, String)>, Option<ConfirmIt>) {
    let (proof, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| name.starts_with("confirm_"));
    let typed = |wanted: &str| {
        let found = proof.iter().find(|(name, _)| name == wanted);
        Hidden::new(found.map(|(_, value)| value.as_str()).unwrap_or_default())
    };
    let answer = ConfirmIt { password: typed("confirm_password"), code: typed("confirm_code"), next: String::new() };
    (fields, (!proof.is_empty()).then_some(answer))
}

/// What may be put back into the page: everything typed but passwords and files.
fn without_secrets(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields.into_iter().filter(|(name, _)| !name.contains("password") && name != "file").collect()
}

fn see_other(target: &str) -> Response {
    match HeaderValue::from_str(target) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// 303 to where the form leads, with the headers (cookies) its verb asked for.
fn done(next: wire::Next, options: ResponseOptions) -> Response {
    let mut answer = see_other(&next.0);
    append(&mut answer, &options.0.read().map(|parts| parts.headers.clone()).unwrap_or_default());
    answer
}

/// Adds headers beside those the answer has.
fn append(answer: &mut Response, headers: &HeaderMap) {
    for (name, value) in headers {
        answer.headers_mut().append(name.clone(), value.clone());
    }
}

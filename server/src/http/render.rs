//! From a page's view to its bytes, with every read awaited: whole documents without a script in them.

use axum::http::StatusCode;
use futures::StreamExt;
use hydration_context::{SharedContext, SsrSharedContext};
use leptos::prelude::*;
use leptos::reactive::owner::Sandboxed;
use leptos_axum::{ResponseOptions, ResponseParts};
use leptos_meta::ServerMetaContext;
use std::sync::Arc;

/// A page as it goes out.
pub struct Rendered {
    pub status: StatusCode,
    /// Headers that the page's reads asked for.
    pub asked: ResponseParts,
    pub html: String,
}

/// Renders the document that `view` makes; `provide` gives it its contexts.
///
/// Resources are not repeated for the browser (islands read none), so nothing follows the document.
pub async fn render<V: IntoView + 'static>(provide: impl FnOnce() + Send, view: impl FnOnce() -> V + Send) -> Rendered {
    let (meta, collected) = ServerMetaContext::new();
    let options = ResponseOptions::default();
    let shared: Arc<dyn SharedContext + Send + Sync> = Arc::new(SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(shared));
    let inside = owner.clone();
    let asked = options.clone();
    let document = Sandboxed::new(async move {
        let stream = inside.with(move || {
            provide_context(meta);
            provide_context(asked);
            provide();
            view().to_html_stream_in_order()
        });
        stream.collect::<String>().await
    });
    let document = document.await;
    let whole = collected.inject_meta_context(futures::stream::once(std::future::ready(document))).await;
    let html = whole.collect::<String>().await;
    owner.unset_with_forced_cleanup();
    let asked = options.0.read().map(|parts| parts.clone()).unwrap_or_default();
    Rendered { status: asked.status.unwrap_or(StatusCode::OK), asked, html }
}

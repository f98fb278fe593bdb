//! The one way to show what was asked of the server: ready, or why not.

use crate::fault::FaultView;
use leptos::prelude::*;
use model::Fault;
use std::future::Future;

/// Waits for `read` and shows it with `ready`; a failure is shown in its place.
pub fn loaded<T, E, Read>(read: Read, ready: fn(T) -> AnyView) -> AnyView
where
    T: Send + 'static,
    E: Into<Fault> + Send + 'static,
    Read: Future<Output = Result<T, E>> + Send + 'static,
{
    view! {
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                match read.await {
                    Ok(value) => ready(value),
                    Err(error) => view! { <FaultView fault=error.into()/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

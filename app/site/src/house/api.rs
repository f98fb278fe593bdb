//! What the pages of help and law ask the server.

#[cfg(feature = "ssr")]
use domain::storefront;
use leptos::prelude::*;
use model::storefront::{Document, Shelf};

/// A text of the house.
#[server]
pub async fn read_document(shelf: Shelf, name: String) -> Result<Document, wire::Error> {
    Ok(storefront::document(wire::lang(), shelf, &name)?)
}

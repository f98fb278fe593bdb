//! One app for the browser and the server: the document, the frame around every page, and every address.

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod routes;

#[cfg(feature = "ssr")]
pub use document::{document, fault_page};

// islands reach the browser through these crates; naming them keeps them in the bundle
#[cfg(feature = "hydrate")]
extern crate learn as _;
#[cfg(feature = "hydrate")]
extern crate manage as _;
#[cfg(feature = "hydrate")]
extern crate site as _;
#[cfg(feature = "hydrate")]
extern crate teach as _;

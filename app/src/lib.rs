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
pub use {learn as _, manage as _, site as _, teach as _};

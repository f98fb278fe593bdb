//! The seam between pages and rules: how a server function learns who asks, and how failures travel back.

mod codec;
mod context;
#[cfg(feature = "ssr")]
mod cookie_header;
#[cfg(feature = "ssr")]
mod cookies;
mod error;
#[cfg(feature = "ssr")]
mod form;
mod next;
#[cfg(feature = "ssr")]
mod reply;
#[cfg(feature = "ssr")]
mod respond;
#[cfg(feature = "ssr")]
mod server;

pub use codec::Done;
pub use context::{assets, form_state, lang, public_url, query, viewer};
#[cfg(feature = "ssr")]
pub use cookies::{Cookie, cookie, set_cookie};
pub use error::Error;
#[cfg(feature = "ssr")]
pub use form::{Filled, Form, Who};
pub use next::Next;
#[cfg(feature = "ssr")]
pub use reply::{Kept, Reply, reply};
#[cfg(feature = "ssr")]
pub use respond::{add_header, say, set_status};
#[cfg(feature = "ssr")]
pub use server::{Asked, app, member, payer, proven_member, proven_staff, sent_cart, sent_identity, sent_second, staff, visitor};

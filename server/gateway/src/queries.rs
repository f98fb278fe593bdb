//! Every statement of the gateway, by what it is about.

mod agreements;
mod books;
mod disputes;
mod events;
mod knobs;
mod payments;
mod payouts;
mod refunds;
mod requests;

pub(crate) use agreements::*;
pub(crate) use books::*;
pub(crate) use disputes::*;
pub(crate) use events::*;
pub(crate) use knobs::*;
pub(crate) use payments::*;
pub(crate) use payouts::*;
pub(crate) use refunds::*;
pub(crate) use requests::*;

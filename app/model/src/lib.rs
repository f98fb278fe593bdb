//! What both sides say: the words, values and page models that the browser and the server share.
//!
//! Nothing here knows a database, a network or a view. A value that exists is valid: text is parsed once and trusted
//! afterwards, states are enums, money is minor units with its currency.
//!
//! # Glossary
//! - **course**: anything that is sold and learned; its [`catalog::Kind`] says course, column, e-book or lecture
//! - **draft**: what an author edits; **edition**: what learners see, made from the draft by publishing
//! - **chapter**, **lesson**: the two levels of an outline
//! - **quote**: a price computed and frozen for one buyer; **order**: a quote the buyer accepted; **line**: one thing in it
//! - **attempt**: one try to pay an order at one provider; **fact**: one piece of evidence about an attempt
//! - **grant**: the right to open a course, with its source; **entitlement**: the sum of a person's grants
//! - **transfer**: one movement between two ledger accounts, always the same amount out and in
//! - **plan**: a length and a price of the membership; **subscription**: one person's; **period**: a time it was paid for;
//!   **pass**: the right to everything in the membership; **agreement**: a saved way of paying
//! - **fault**: why a request was refused, as a person may read it

pub mod accounts;
pub mod admin;
pub mod authoring;
pub mod books;
pub mod browse;
pub mod cart;
pub mod catalog;
pub mod community;
pub mod csv;
pub mod earnings;
pub mod entitlement;
pub mod fault;
pub mod feed;
pub mod html;
pub mod identity;
pub mod ids;
pub mod invoices;
pub mod lang;
pub mod learning;
pub mod media;
pub mod money;
pub mod orders;
pub mod paging;
pub mod passkeys;
pub mod payments;
pub mod privacy;
pub mod promotions;
pub mod referrals;
pub mod refunds;
pub mod routes;
pub mod storefront;
pub mod subscriptions;
pub mod text;
pub mod time;
pub mod tokens;
pub mod viewer;
pub mod vouchers;
pub mod words;

pub use fault::{Fault, FieldError, Problem, Refusal};
pub use lang::Lang;
pub use money::{Currency, Money};
pub use time::Moment;
pub use viewer::{FormState, Viewer};

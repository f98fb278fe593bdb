//! Every message in Chinese and English as a typed function; dates, numbers and money as people write them.
//!
//! One file per area. A missing translation or argument does not compile: see [`messages!`].

#[macro_use]
mod catalogue;

pub mod accounts;
pub mod books;
pub mod buying;
pub mod catalog;
pub mod community;
pub mod dates;
pub mod earnings;
pub mod elements;
pub mod faults;
pub mod feed;
pub mod house;
pub mod identity;
pub mod invoices;
pub mod learning;
pub mod letters;
pub mod membership;
pub mod numbers;
pub mod offline;
pub mod orders;
pub mod papers;
pub mod people;
pub mod privacy;
pub mod promotions;
pub mod referrals;
pub mod shell;
pub mod standing;
pub mod storefront;
pub mod studio;
pub mod tokens;
pub mod vouchers;
pub mod watch;

pub use model::Lang;

//! What several audiences see of trade: the buyer's page and finance's desk show the same invoice, an instructor and the school
//! the same list of coupons. Knows pages' parts, no page.

mod coupons;
mod invoices;

pub use coupons::CouponList;
pub use invoices::{Facts, InvoiceFiles, InvoiceOrders};

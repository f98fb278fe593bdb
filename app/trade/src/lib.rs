//! What several audiences see of trade: the buyer's page and finance's desk show the same invoice and the same lines to give money
//! back for, an instructor and the school the same list of coupons, and every list of theirs has pages. Knows pages' parts, no page.

mod coupons;
mod invoices;
mod pages;
mod refunds;

pub use coupons::CouponList;
pub use invoices::{Facts, InvoiceFiles, InvoiceOrders};
pub use pages::Pages;
pub use refunds::line_boxes;

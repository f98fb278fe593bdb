//! What several audiences see of trade: the buyer's page and finance's desk show the same invoice and the same lines to give money
//! back for, an instructor and the school the same list of coupons. Knows pages' parts, no page.

mod coupons;
mod invoices;
mod refunds;

pub use coupons::CouponList;
pub use invoices::{Facts, InvoiceFiles, InvoiceOrders};
pub use refunds::line_boxes;

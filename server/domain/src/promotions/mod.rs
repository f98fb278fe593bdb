//! Coupons: promotions with their codes, and their uses (SM-5). May call catalog; knows what a purchase is made
//! of only as far as it is told.
//!
//! Everybody's use is counted on the promotion's own row, by a conditional update: with one use left, one of many gets it.

mod make;
mod queries;
mod rules;
mod usage;

pub use make::{Maker, create, create_in, end, list, list_after, show};
pub use model::promotions::{Reduction, Scope};
pub use queries::Promotion;
pub use rules::{Bearer, Sold, covers, tidy_code};
pub use usage::{consume, find, give_back, is_for_first_orders, release, reserve, reserve_again, use_again};

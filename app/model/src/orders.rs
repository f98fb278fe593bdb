//! Buying: checkouts, orders, and what staff see of them.

mod checkout;
mod desk;
mod forms;
mod view;
mod words;

pub use checkout::*;
pub use desk::*;
pub use forms::*;
pub use view::*;
pub use words::*;

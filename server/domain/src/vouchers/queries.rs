//! The statements of codes and seats.

mod batches;
mod codes;
mod people;
mod pools;
mod seats;

pub use batches::*;
pub use codes::*;
pub use people::*;
pub use pools::*;
pub use seats::*;

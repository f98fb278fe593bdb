//! What staff look through that no one area owns: people, the audit trail, signals of attacks. Reads across all areas; nobody calls it.

mod keyset;
mod people;
mod queries;
mod signals;
#[cfg(test)]
mod tests;
mod trail;

pub use people::{list_people, person};
pub use signals::{mark_signal, signals};
pub use trail::{export_trail, read_trail};

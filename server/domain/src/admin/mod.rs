//! What staff look through that no one area owns. Reads across all areas; nobody calls it.

mod people;
mod queries;

pub use people::list_people;

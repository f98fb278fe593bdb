//! People and the books, as staff see them.

mod api;
mod audit_page;
mod people_page;

pub use audit_page::AuditPage;
pub use people_page::PeoplePage;

//! Parts of the catalog's pages.

pub mod course_card;
pub mod filters;
pub mod outline;
pub mod purchase;
pub mod review_form;
pub mod reviews;

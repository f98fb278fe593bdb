//! What authors make: drafts of courses with their outline and lessons. Publishing writes an edition into the catalog; ids of
//! course, chapters and lessons are the same there, so that what learners did with a lesson survives every edition.
//!
//! Every verb takes an [`Author`], which only [`author_of`] and [`open`] hand out: an instructor and one course of theirs.
//! May call accounts, catalog and media. Announces nothing itself; publishing announces through the catalog.

mod author;
mod draft;
mod lesson;
mod library;
mod membership;
mod outline;
mod places;
mod pricing;
mod publish;
mod queries;
mod rooms;
mod seed;
mod terms;
#[cfg(test)]
mod tests;
mod webvtt;

/// What reads an uploaded caption file, for whoever throws other bytes at it.
#[cfg(feature = "fuzzing")]
pub use webvtt::read as read_captions;

pub use author::{Author, author_of, open};
pub use draft::{begin, save_address, save_landing, set_cover};
pub use lesson::{attach, detach, save_lesson};
pub use library::{add_captions, library, own, remove_captions, remove_file};
pub use membership::save_membership;
pub use outline::{Item, add_chapter, add_lesson, put_in_order, remove, rename, shift};
pub use places::save_places;
pub use pricing::save_price;
pub use publish::{publish, unpublish};
pub use rooms::{courses, lesson_room, preview, room};
pub use seed::{Seed, seed};
pub use terms::{promise, share_no_more, share_with, terms};

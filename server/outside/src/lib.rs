//! Real implementations of the domain's ports: files on disk, letters, payment providers.

pub mod disk;
pub mod letterbox;
pub mod sandbox;
pub mod smtp;

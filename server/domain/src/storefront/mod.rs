//! Page models that need several areas. Reads only.

mod home;

pub use home::home;

//! The design system: knows colours and keyboards, not courses.

mod fault;
mod loaded;

pub use fault::FaultView;
pub use loaded::loaded;

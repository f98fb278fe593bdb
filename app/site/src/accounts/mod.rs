//! Registering, signing in and out, and the person's own settings.

mod api;
mod appearance;
#[cfg(feature = "ssr")]
mod forms;
mod gate;
pub mod identity;
mod interests;
mod login;
pub mod passkeys;
mod profile;
mod register;
mod security;
mod settings;

pub use appearance::{AppearancePage, SignOutPage};
#[cfg(feature = "ssr")]
pub use forms::FORMS;
pub(crate) use gate::{Mistakes, wrong};
pub use interests::InterestsPage;
pub use login::LoginPage;
pub use profile::ProfilePage;
pub use register::RegisterPage;
pub use security::SecurityPage;
pub(crate) use settings::{Place, Settings};

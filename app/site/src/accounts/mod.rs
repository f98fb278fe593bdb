//! Registering, signing in and out, and the person's own settings.

mod api;
mod appearance;
mod confirm;
#[cfg(feature = "ssr")]
mod forms;
mod gate;
pub mod identity;
mod interests;
mod login;
pub mod passkeys;
mod profile;
mod register;
mod reset;
mod second;
mod security;
mod settings;
mod step;
mod verify;

pub use appearance::{AppearancePage, SignOutPage};
pub use confirm::ConfirmPage;
#[cfg(feature = "ssr")]
pub use forms::FORMS;
pub(crate) use gate::{Mistakes, wrong};
pub use interests::InterestsPage;
pub use login::LoginPage;
pub use profile::ProfilePage;
pub use register::RegisterPage;
pub use reset::{NewPasswordPage, ResetPage};
pub use second::SecondPage;
pub use security::SecurityPage;
pub(crate) use settings::{Place, Settings};
pub use step::StepPage;
pub use verify::{LinkPage, VerifyPage};

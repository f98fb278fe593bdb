//! What the staff's page of codes asks the server.

#[cfg(feature = "ssr")]
use super::MAKERS;
#[cfg(feature = "ssr")]
use domain::vouchers;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::routes;
use model::vouchers::CodeDesk;
#[cfg(feature = "ssr")]
use model::vouchers::{ApproveForm, BatchForm, RevokeForm};

/// A page of every batch.
#[server]
pub async fn read_codes(page: u32) -> Result<CodeDesk, wire::Error> {
    let (app, staff) = wire::staff(MAKERS)?;
    Ok(vouchers::codes(&app, &staff, page).await?)
}

/// "Make them".
#[cfg(feature = "ssr")]
pub async fn make_codes(form: BatchForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(MAKERS)?;
    vouchers::make(&app, &staff, form).await?;
    Ok(wire::Next(routes::admin_codes(wire::lang())))
}

/// "Approve".
#[cfg(feature = "ssr")]
pub async fn approve_codes(form: ApproveForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::proven_staff(MAKERS)?;
    vouchers::approve(&app, &staff, &form.batch).await?;
    Ok(wire::Next(routes::admin_codes(wire::lang())))
}

/// "Revoke the rest".
#[cfg(feature = "ssr")]
pub async fn revoke_codes(form: RevokeForm) -> Result<wire::Next, wire::Error> {
    let (app, staff) = wire::staff(MAKERS)?;
    vouchers::revoke_rest(&app, &staff, &form.batch).await?;
    Ok(wire::Next(routes::admin_codes(wire::lang())))
}

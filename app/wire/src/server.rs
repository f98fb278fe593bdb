//! Who is asking, as values: a server function gets what it needs here, or leaves.

use crate::Error;
use domain::{App, Member, Staff, Visitor};
use leptos::prelude::use_context;
use model::Fault;
use model::accounts::Role;

/// The request being answered: the world and who asks. Provided by the server for every page, form and server function.
#[derive(Clone)]
pub struct Asked {
    pub app: App,
    pub visitor: Visitor,
    /// What the browser keeps for a cart.
    pub cart: String,
    /// What names a sign-in that waits for its second step; empty where nothing.
    pub second: String,
    /// What binds ways to other houses to this browser; empty where nothing.
    pub identity: String,
}

fn asked() -> Result<Asked, Error> {
    use_context::<Asked>().ok_or_else(|| Error(Fault::Broken("no request".into())))
}

/// The world, for what anyone may ask.
pub fn app() -> Result<App, Error> {
    Ok(asked()?.app)
}

/// The world and whoever asks.
pub fn visitor() -> Result<(App, Visitor), Error> {
    let Asked { app, visitor, .. } = asked()?;
    Ok((app, visitor))
}

/// The world and the signed-in person who asks.
pub fn member() -> Result<(App, Member), Error> {
    let Asked { app, visitor, .. } = asked()?;
    let member = visitor.member()?;
    Ok((app, member))
}

/// The world and a member of staff with one of `roles`.
pub fn staff(roles: &[Role]) -> Result<(App, Staff), Error> {
    let Asked { app, visitor, .. } = asked()?;
    let staff = visitor.staff(roles)?;
    Ok((app, staff))
}

/// The world and a member of staff with one of `roles` who has just shown who they are: money may go out.
pub fn proven_staff(roles: &[Role]) -> Result<(App, Staff), Error> {
    let Asked { app, visitor, .. } = asked()?;
    let staff = visitor.staff(roles)?;
    domain::accounts::require_proof(&app, &visitor)?;
    Ok((app, staff))
}

/// The world and the signed-in person, who has just shown who they are.
pub fn proven_member() -> Result<(App, Member), Error> {
    let Asked { app, visitor, .. } = asked()?;
    let member = visitor.member()?;
    domain::accounts::require_proof(&app, &visitor)?;
    Ok((app, member))
}

/// What names a sign-in that waits for its second step; empty where nothing.
pub fn sent_second() -> Result<String, Error> {
    Ok(asked()?.second)
}

/// What binds ways to other houses to this browser; empty where nothing.
pub fn sent_identity() -> Result<String, Error> {
    Ok(asked()?.identity)
}

/// What the browser keeps for the cart; empty where nothing.
pub fn sent_cart() -> Result<String, Error> {
    Ok(asked()?.cart)
}

/// Who is about to pay, as their request shows.
pub fn payer() -> Result<model::payments::Payer, Error> {
    Ok(asked()?.visitor.payer())
}

/// A short name for a failure, for the log and for the person.
pub(crate) fn incident() -> String {
    use_context::<Asked>()
        .map(|asked| asked.app.new_id::<model::ids::IncidentId>().to_string())
        .unwrap_or_else(|| "unknown".into())
}

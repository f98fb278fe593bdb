//! At the gate: signing in with a key.

use leptos::prelude::*;
use locale::{elements, identity};
use model::passkeys::Place;
use ui::{Button, Glyph, Kind, Size};

/// The button; nothing where browsers make no keys for our address.
#[component]
pub fn PasskeyGate(next: String) -> impl IntoView {
    let lang = wire::lang();
    Place::of(&wire::public_url()).map(|_| {
        view! {
            <passkey-gate data-labels=elements::passkey_gate(lang)>
                <form method="post" class="stack gap-2">
                    <input type="hidden" name="form" value="passkey"/>
                    <input type="hidden" name="next" value=next/>
                    <input type="hidden" name="credential" value=""/>
                    <input type="hidden" name="client_data" value=""/>
                    <input type="hidden" name="authenticator_data" value=""/>
                    <input type="hidden" name="signature" value=""/>
                    <input type="hidden" name="user_handle" value=""/>
                    <Button kind=Kind::Secondary size=Size::Large block=true icon=Some(Glyph::Lock)>{identity::passkey_sign_in(lang)}</Button>
                    <p class="small muted center" role="status" data-passkey-status=""></p>
                </form>
            </passkey-gate>
        }
    })
}

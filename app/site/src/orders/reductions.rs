//! The coupon and the wallet, as plain forms of the page they stand on.

use leptos::prelude::*;
use locale::{buying, faults};
use model::Money;
use model::orders::{Balance, ChosenCoupon};
use ui::{Button, Field, Glyph, Icon, Kind};

/// The chosen coupon with what it takes off, or a field for a code. A refusal stands at the field.
#[component]
pub fn CouponForm(chosen: Option<ChosenCoupon>, coupon: Money) -> impl IntoView {
    let lang = wire::lang();
    let form = wire::form_state("coupon");
    let refused = form.fault().map(|fault| faults::sentence(lang, fault));
    match chosen.filter(|chosen| chosen.problem.is_none() && refused.is_none()) {
        Some(chosen) => view! {
            <form method="post" class="split">
                <input type="hidden" name="form" value="coupon"/>
                <input type="hidden" name="coupon" value=""/>
                <p class="pair"><Icon glyph=Glyph::Check/><span>{buying::coupon_takes(lang, &chosen.code, &super::parts::said(coupon))}</span></p>
                <Button kind=Kind::Quiet>{buying::remove(lang)}</Button>
            </form>
        }
        .into_any(),
        None => view! {
            <form method="post" class="field-line">
                <input type="hidden" name="form" value="coupon"/>
                <Field label=buying::coupon_code(lang) name="coupon" value=form.value("coupon", "") error=refused autocomplete="off"/>
                <Button kind=Kind::Secondary>{buying::use_coupon(lang)}</Button>
            </form>
        }
        .into_any(),
    }
}

/// Paying from the wallet, or no longer; nothing where it is empty.
#[component]
pub fn WalletForm(balance: Balance, use_wallet: bool) -> impl IntoView {
    let lang = wire::lang();
    (!balance.is_empty()).then(|| {
        let all = balance.gift.plus(balance.cash).unwrap_or(balance.cash);
        let words = if use_wallet { buying::leave_wallet(lang) } else { buying::use_wallet(lang) };
        view! {
            <form method="post" class="split">
                <input type="hidden" name="form" value="wallet"/>
                <input type="hidden" name="use" value=if use_wallet { "no" } else { "yes" }/>
                <p>{buying::in_wallet(lang, &super::parts::said(all))}</p>
                <Button kind=Kind::Secondary>{words}</Button>
            </form>
        }
    })
}

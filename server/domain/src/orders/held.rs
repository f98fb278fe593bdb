//! What an order's page offers on what its buyer holds: nothing that does not open there.

use crate::{App, payments};
use model::orders::{OrderView, Standing};
use model::payments::{Device, Provider};

/// The order as it is shown on this device.
pub fn shown_on(app: &App, device: Device, mut order: OrderView) -> OrderView {
    let inside = device == Device::WechatApp;
    let has_sheet = |provider: Option<Provider>| inside && provider.is_some_and(|one| payments::has_sheet(app, one));
    order.ways.retain(|way| device.opens(*way));
    order.standing = match order.standing {
        Standing::PayAt { .. } if order.provider.is_some_and(|provider| !device.opens(provider)) => Standing::Elsewhere,
        // a page begun on another device: here there is the app's sheet, or a code
        Standing::PayAt { .. } if order.provider.is_some_and(|provider| !payments::opens_page(app, device, provider)) => {
            Standing::Idle { last: None }
        }
        Standing::Scan(code) if device != Device::Desktop => {
            let chosen = order.provider;
            // inside the app there is no page of its own either
            order.ways.retain(|way| !inside || Some(*way) != chosen || has_sheet(chosen));
            Standing::ScanElsewhere(code)
        }
        Standing::Sheet(_) if !inside => Standing::SheetElsewhere,
        // nothing begun yet: inside an app its own way stands first
        Standing::Idle { last: None } if order.ways.iter().any(|way| has_sheet(Some(*way))) => {
            order.provider = order.ways.iter().copied().find(|way| has_sheet(Some(*way)));
            Standing::Idle { last: None }
        }
        other => other,
    };
    order
}
